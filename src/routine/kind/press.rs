//! Press a spot and wait.

use serde::{Deserialize, Serialize};

use crate::names::Tool;
use crate::routine::Step;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Mistake, Timed};
use crate::units::Band;

/// Press a spot and wait.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Press {
    /// Where, in words.
    pub spot: String,
    /// How long a side.
    pub length: Length,
    /// How much, on the dial.
    pub pressure: Band,
    /// With what; the hands if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<Tool>,
}

impl Press {
    /// One hold.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        let extent = atoms::extent(self.length, step.breath, "do.length")?;
        Ok(vec![Atom::Timed(
            Timed::work(extent).pressed(self.pressure),
        )])
    }
}
