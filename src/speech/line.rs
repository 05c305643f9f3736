//! A line to be spoken, and how.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::names::{Language, Style};
use crate::routine::SectionKind;
use crate::timeline::{Timeline, What};

/// A line to be spoken.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Line {
    /// What is said, with `{side}` and the like filled in. A line break is a pause of a second.
    pub text: String,
    /// Which language it is in; none for one that no voice knows: then only its recording can be heard.
    pub language: Option<Language>,
    /// How fast it is said.
    pub pace: Pace,
    /// How to say words that the voice would say wrong: plain letters ("sub ox sipital") or `/phonemes/`.
    pub respell: BTreeMap<String, String>,
    /// The studio's own recording of the line, where there is one: Ogg Vorbis, FLAC or WAV.
    pub recording: Option<PathBuf>,
}

impl Line {
    /// A line in English without respelling or recording.
    pub fn new(text: impl Into<String>, pace: Pace) -> Self {
        Self {
            text: text.into(),
            language: Some(Language::English),
            pace,
            respell: BTreeMap::new(),
            recording: None,
        }
    }

    /// The line that an event of a timeline has the voice say; `recordings` finds the file of a studio's recording by its
    /// name. `None` for an event that is no line.
    pub fn of(
        timeline: &Timeline,
        event: usize,
        recordings: impl Fn(&str) -> Option<PathBuf>,
    ) -> Option<Self> {
        let event = &timeline.events[event];
        let What::Say(line) = &event.what else {
            return None;
        };
        let section = timeline.segments[event.segment].section;
        Some(Self {
            text: line.text.clone(),
            language: Language::from_tag(&timeline.language),
            pace: Pace::of(timeline.style, section),
            respell: timeline.respell.iter().cloned().collect(),
            recording: line.clip.as_deref().and_then(recordings),
        })
    }
}

/// How fast a line is said (`content.md` 5.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Pace {
    /// Relaxation, and a blend outside its release.
    Relaxed,
    /// Therapeutic work, where the hands wait for the next instruction.
    Steady,
}

impl Pace {
    /// Relaxation is spoken slowly, and so is all of a blend but its release: as the formula has it, so that a line
    /// takes what the checker says.
    pub fn of(style: Option<Style>, section: SectionKind) -> Self {
        match (style, section) {
            (Some(Style::Therapeutic), _) | (Some(Style::Blend), SectionKind::Release) => {
                Self::Steady
            }
            _ => Self::Relaxed,
        }
    }
}
