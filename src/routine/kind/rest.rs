//! Time without a task: arriving, letting go, ending.

use serde::{Deserialize, Serialize};

use crate::routine::Step;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Mistake, Role, Timed};
use crate::units::Secs;

/// Time without a task: arriving, letting go, ending.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// How long.
    pub length: Length,
    /// Seconds between soft bells; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bell: Option<Secs>,
}

impl Rest {
    /// One stretch of time, with its bells.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        let mut rest = Timed::new(
            Role::Rest,
            atoms::extent(self.length, step.breath, "do.length")?,
        );
        if let Some(bell) = self.bell {
            if bell < Secs(1.0) {
                return Err(Mistake::new("do.bell", "bells are at least a second apart"));
            }
            rest.bell = Some(atoms::frames(bell, "do.bell")?);
        }
        Ok(vec![Atom::Timed(rest)])
    }
}
