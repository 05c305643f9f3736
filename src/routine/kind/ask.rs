//! Ask for a number; unanswered it is "not asked", never 0.

use serde::{Deserialize, Serialize};

use crate::routine::atoms::{self, Asks, Atom, GateAtom, Mistake};
use crate::units::Secs;

/// Ask for a number; unanswered it is "not asked", never 0.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What is rated from 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// A question in the author's own words instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Seconds that the timeline gives it.
    pub estimate: Secs,
    /// Seconds of silence before it goes on; 12 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_out: Option<Secs>,
}

impl Ask {
    /// One gate.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        Ok(vec![Atom::Gate(GateAtom {
            asks: Asks::Rating {
                scale: self.scale,
                question: self.question.clone(),
            },
            estimate: atoms::frames(self.estimate, "do.estimate")?,
            time_out: atoms::frames_or(self.time_out, 12.0, "do.time_out")?,
        })])
    }
}

/// What is rated from 0 to 10 (`content.md` 4.1 and 4.6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Scale {
    /// 0 loose … 10 tight.
    Tension,
    /// 0 none … 10 worst imaginable.
    Pain,
    /// 0 at ease … 10 extremely.
    Stress,
    /// 0 not at all … 10 wholly settled and grounded.
    Settled,
    /// 0 quiet … 10 racing.
    Mind,
    /// 0 cold … 10 warm, of hands or feet.
    Warmth,
    /// 0 stiff … 10 easy.
    Ease,
    /// 0 uneven … 10 even, left and right.
    Evenness,
    /// 0 drained … 10 full of energy.
    Energy,
    /// 0 very poor … 10 very good, last night.
    Sleep,
}
