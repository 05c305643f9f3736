//! Rest the attention in one region after another.

use serde::{Deserialize, Serialize};

use crate::names::Region;
use crate::routine::amount::Length;

/// Rest the attention in one region after another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// The regions, in order.
    pub regions: Vec<Region>,
    /// How long in each.
    pub each: Length,
}
