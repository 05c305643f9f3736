//! Lengthen and stay.

use serde::{Deserialize, Serialize};

use crate::routine::Step;
use crate::routine::amount::Count;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Extent, Mistake, Role, Rounds, Timed};
use crate::units::Band;
use crate::units::Secs;

/// Lengthen and stay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// How long each time.
    pub length: Length,
    /// How strong, on the dial.
    pub pressure: Band,
    /// How many times a side; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Count>,
    /// Seconds of rest between; 10 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<Secs>,
}

impl Stretch {
    /// Holds with a rest between.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        let hold = Timed::work(atoms::extent(self.length, step.breath, "do.length")?)
            .pressed(self.pressure);
        let between = atoms::frames_or(self.between, 10.0, "do.between")?;
        Ok(vec![Atom::Group(Rounds {
            between: Some(Timed::new(Role::Between, Extent::fixed(between))),
            ..Rounds::new(
                vec![Atom::Timed(hold)],
                atoms::times(self.times.unwrap_or_default(), "do.times")?,
            )
        })])
    }
}
