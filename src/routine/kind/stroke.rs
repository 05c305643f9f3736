//! Stroke slowly along a path; slow deep glides are strokes of 10–20 s.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
