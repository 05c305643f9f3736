//! Time for words alone.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Length;

/// Time for words alone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// How long; if not written, the step's lines and their gaps by the speech formula (`content.md` 5.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
}
