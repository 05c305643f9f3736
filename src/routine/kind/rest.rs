//! Time without a task: arriving, letting go, ending.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Length;
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
