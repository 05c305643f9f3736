//! Roll slowly along a path.

use serde::{Deserialize, Serialize};

use crate::names::Tool;
use crate::routine::amount::Count;
use crate::routine::amount::Length;
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
