//! Stroke slowly along a path; slow deep glides are strokes of 10–20 s.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
use crate::routine::atoms::{self, Atom, Mistake, Timed};
use crate::units::Band;
use crate::units::Secs;

/// Stroke slowly along a path; slow deep glides are strokes of 10–20 s.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stroke {
    /// From where to where, in words.
    pub path: String,
    /// How long the path is, in centimetres.
    pub cm: f64,
    /// Seconds for one stroke.
    pub seconds: Secs,
    /// How many strokes a side.
    pub times: Count,
    /// How much, on the dial.
    pub pressure: Band,
    /// Whether each stroke goes with an out-breath.
    #[serde(default, skip_serializing_if = "is_false")]
    pub with_exhale: bool,
}

impl Stroke {
    /// One stretch of time with its strokes inside.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        let stroke = atoms::frames(self.seconds, "do.seconds")?;
        let all = atoms::rounds_of(stroke, self.times, "do.times")?;
        Ok(vec![Atom::Timed(
            Timed::work(all).pressed(self.pressure).beat(stroke),
        )])
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
