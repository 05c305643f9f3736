//! Let the person choose how to go on.

use serde::{Deserialize, Serialize};

use crate::routine::atoms::{self, Asks, Atom, GateAtom, Mistake};
use crate::units::Secs;

/// Let the person choose how to go on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// The names of the branches.
    pub options: Vec<String>,
    /// The branch that silence means; in a bridge the soft one.
    pub silence: String,
    /// Seconds that the timeline gives it.
    pub estimate: Secs,
    /// Seconds of silence before it goes on; 12 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_out: Option<Secs>,
}

impl Choose {
    /// One gate.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        if !self.options.contains(&self.silence) {
            return Err(Mistake::new(
                "do.silence",
                format!(
                    "`silence` must be one of the options; “{}” is not",
                    self.silence
                ),
            ));
        }
        Ok(vec![Atom::Gate(GateAtom {
            asks: Asks::Branch {
                options: self.options.clone(),
                silence: self.silence.clone(),
            },
            estimate: atoms::frames(self.estimate, "do.estimate")?,
            time_out: atoms::frames_or(self.time_out, 12.0, "do.time_out")?,
        })])
    }
}
