//! Move slowly and without pain.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
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
