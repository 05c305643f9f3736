//! Push a little, let go, lengthen.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Count;
use crate::units::Band;
use crate::units::Secs;

/// Push a little, let go, lengthen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractRelax {
    /// Seconds of the push; 6 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push: Option<Secs>,
    /// Effort of the push in percent; 33 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<f64>,
    /// Seconds of letting go; 4 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ease: Option<Secs>,
    /// Seconds of the stretch; 20 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Secs>,
    /// Seconds of rest between rounds; 5 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Secs>,
    /// Seconds of rest after the last round; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Secs>,
    /// How many rounds a side.
    pub times: Count,
    /// How strong the stretch is, on the dial; 4 to 5 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressure: Option<Band>,
}
