//! Time for words alone.

use serde::{Deserialize, Serialize};

use crate::routine::Step;
use crate::routine::amount::Length;
use crate::routine::atoms::{self, Atom, Extent, Mistake, Setting, Timed};
use crate::routine::speech_length::formula;
use crate::units::Secs;

/// Time for words alone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// How long; if not written, the step's lines and their gaps by the speech formula (`content.md` 5.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
}

/// Seconds after each line (`content.md` 5.7: cues lie at least 0.8 s apart).
const GAP: f64 = 0.8;

impl Say {
    /// One stretch of time: the written length, or the lines and their gaps in whole seconds.
    pub fn expand(&self, step: &Step, setting: Setting) -> Result<Vec<Atom>, Mistake> {
        let extent = match self.length {
            Some(length) => atoms::extent(length, step.breath, "do.length")?,
            None => Extent::fixed(atoms::frames(lines_last(step, setting), "say")?),
        };
        Ok(vec![Atom::Timed(Timed::work(extent))])
    }
}

/// Each line begins at its place, or after the line before it; the last has its gap too.
fn lines_last(step: &Step, setting: Setting) -> Secs {
    let end = step.say.iter().fold(0.0_f64, |end, cue| {
        let start = cue.at.map_or(end, |at| at.0);
        end.max(start + formula(&cue.text, setting.style, setting.section).0 + GAP)
    });
    Secs(end.ceil())
}
