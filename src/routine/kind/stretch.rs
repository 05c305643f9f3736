//! Lengthen and stay.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
use crate::routine::amount::Length;
use crate::units::Band;
use crate::units::Secs;

/// Lengthen and stay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// How long each time.
    pub length: Length,
    /// How strong, on the dial.
    pub pressure: Band,
    /// How many times a side; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Count>,
    /// Seconds of rest between; 10 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<Secs>,
}
