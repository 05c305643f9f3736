//! Roll slowly along a path.

use serde::{Deserialize, Serialize};

use crate::names::Tool;
use crate::routine::Step;
use crate::routine::amount::Count;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Extent, Mistake, Role, Rounds, Timed};
use crate::units::Band;
use crate::units::Secs;

/// Roll slowly along a path.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    /// From where to where, in words.
    pub path: String,
    /// Seconds one way.
    pub pass: Secs,
    /// How long a set.
    pub length: Length,
    /// How many sets a side; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<Count>,
    /// Seconds between sets; 30 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<Secs>,
    /// How much, on the dial.
    pub pressure: Band,
    /// With what; a roller if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<Tool>,
}

impl Roll {
    /// Sets of slow passes with a pause between.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        let set = Timed::work(atoms::extent(self.length, step.breath, "do.length")?)
            .pressed(self.pressure)
            .beat(atoms::frames(self.pass, "do.pass")?);
        let between = atoms::frames_or(self.between, 30.0, "do.between")?;
        Ok(vec![Atom::Group(Rounds {
            between: Some(Timed::new(Role::Between, Extent::fixed(between))),
            ..Rounds::new(
                vec![Atom::Timed(set)],
                atoms::times(self.sets.unwrap_or_default(), "do.sets")?,
            )
        })])
    }
}
