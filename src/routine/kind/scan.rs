//! Rest the attention in one region after another.

use serde::{Deserialize, Serialize};

use crate::names::Region;
use crate::routine::Step;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Mistake, Rounds, Timed, Times};

/// Rest the attention in one region after another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// The regions, in order.
    pub regions: Vec<Region>,
    /// How long in each.
    pub each: Length,
}

impl Scan {
    /// One stretch of time for each region, all equally long.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        let each = atoms::extent(self.each, step.breath, "do.each")?;
        let children = self
            .regions
            .iter()
            .enumerate()
            .map(|(i, region)| Atom::Timed(Timed::work(each).item(i, region.words())))
            .collect();
        Ok(vec![Atom::Group(Rounds {
            tied: true,
            ..Rounds::new(children, Times::ONCE)
        })])
    }
}
