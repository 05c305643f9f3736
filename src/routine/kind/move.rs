//! Move slowly and without pain.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
use crate::routine::atoms::{self, Atom, Mistake, Timed};
use crate::units::Secs;

/// Move slowly and without pain.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// How many times.
    pub times: Count,
    /// Seconds each.
    pub seconds: Secs,
    /// The tempo, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo: Option<String>,
}

impl Move {
    /// One stretch of time with its movements inside.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        let movement = atoms::frames(self.seconds, "do.seconds")?;
        let all = atoms::rounds_of(movement, self.times, "do.times")?;
        Ok(vec![Atom::Timed(Timed::work(all).beat(movement))])
    }
}
