//! What is said, and when.

use serde::{Deserialize, Serialize};

use crate::units::Secs;

/// One line of the voice with its caption. Exactly one place is written: `at`, `before_end`, `half`, `set_up`,
/// `switch`, `inhale` or `exhale`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cue {
    /// Seconds from the start of this side's work (of the round, item or part where one is named).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Secs>,
    /// Seconds before the work's end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_end: Option<Secs>,
    /// At half of the work.
    #[serde(skip_serializing_if = "is_false")]
    pub half: bool,
    /// Seconds into the set-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_up: Option<Secs>,
    /// Seconds into the change of sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch: Option<Secs>,
    /// At the nth in-breath of the step, from 1, ramp included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inhale: Option<u32>,
    /// At the nth out-breath of the step, from 1, ramp included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhale: Option<u32>,
    /// How much it matters when time is short; an instruction if not written.
    #[serde(skip_serializing_if = "is_instruction")]
    pub kind: CueKind,
    /// Only on the first or the second side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Turn>,
    /// Only in this round, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// Only at this group, region or sense, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// Only in this part of a round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Again every so many breaths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u32>,
    /// Only until the routine is familiar.
    #[serde(skip_serializing_if = "is_false")]
    pub first_time: bool,
    /// The words; `{side}`, `{other}`, `{Side}`, `{Other}` are filled in, a line break is a pause of a second.
    pub text: String,
    /// The caption where it differs from the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The studio's own recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip: Option<String>,
    /// The line ends that many seconds before the place, instead of starting at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Secs>,
}

/// What a line is for; when time is short comfort goes first, safety never.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum CueKind {
    /// Keeps the body safe.
    Safety,
    /// Says what to do.
    #[default]
    Instruction,
    /// Says how to do it well.
    Teaching,
    /// Is just kind.
    Comfort,
}

impl CueKind {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Instruction => "instruction",
            Self::Teaching => "teaching",
            Self::Comfort => "comfort",
        }
    }
}

/// The first or the second side of a step, in the order they are done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Turn {
    /// The side that is done first.
    First,
    /// The side that is done second.
    Second,
}

/// A part of a round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Part {
    /// The push of a contract–relax.
    Push,
    /// Its letting go.
    Ease,
    /// Its stretch.
    Stretch,
    /// The rest between rounds.
    Rest,
    /// The tensing of a muscle group.
    Tense,
    /// Its release.
    Release,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_instruction(kind: &CueKind) -> bool {
    *kind == CueKind::Instruction
}
