//! Tense a group of muscles at half effort, then let go.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
use crate::units::Secs;

/// Tense a group of muscles at half effort, then let go.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenseRelease {
    /// The groups, in order, in words.
    pub groups: Vec<String>,
    /// Seconds of tensing; 6 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tense: Option<Secs>,
    /// Seconds of letting go; 24 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Secs>,
    /// How many times through; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Count>,
}
