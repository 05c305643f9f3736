//! Let the person choose how to go on.

use serde::{Deserialize, Serialize};

use crate::units::Secs;

/// Let the person choose how to go on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// The names of the branches.
    pub options: Vec<String>,
    /// The branch that silence means; in a bridge the soft one.
    pub silence: String,
    /// Seconds that the timeline gives it.
    pub estimate: Secs,
    /// Seconds of silence before it goes on; 12 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_out: Option<Secs>,
}
