//! Steps of another routine.

use serde::{Deserialize, Serialize};

use crate::routine::SectionKind;

/// Steps of another routine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Include {
    /// The routine's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routine: Option<String>,
    /// The one step that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The one section that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionKind>,
    /// Instead of a routine: the daily steps of the chosen area's therapeutic routine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<IncludeArea>,
}

/// Which area an include is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum IncludeArea {
    /// The plan's, else today's, else the one asked for, else the routine's first.
    Chosen,
}
