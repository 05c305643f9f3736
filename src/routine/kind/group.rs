//! Steps that belong together, several times over.

use serde::{Deserialize, Serialize};

use crate::routine::Step;
use crate::routine::amount::Count;
use crate::units::Secs;

/// Steps that belong together, several times over.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// How many times; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Count>,
    /// Seconds of rest between the times; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<Secs>,
    /// What differs from round to round, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vary: Vec<String>,
}
