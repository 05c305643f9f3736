//! Wait until the person is ready; goes on by itself at its time-out.

use serde::{Deserialize, Serialize};

use crate::routine::atoms::{self, Asks, Atom, GateAtom, Mistake};
use crate::units::Secs;

/// Wait until the person is ready; goes on by itself at its time-out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// What the person gets ready, in words.
    pub r#for: String,
    /// Seconds that the timeline gives it.
    pub estimate: Secs,
    /// Seconds of silence before it goes on; 60 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_out: Option<Secs>,
}

impl Wait {
    /// One gate.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        Ok(vec![Atom::Gate(GateAtom {
            asks: Asks::Ready {
                what: self.r#for.clone(),
            },
            estimate: atoms::frames(self.estimate, "do.estimate")?,
            time_out: atoms::frames_or(self.time_out, 60.0, "do.time_out")?,
        })])
    }
}
