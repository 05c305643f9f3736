//! What a session writes down while it goes on.

use super::{Answer, Told};
use crate::journal::EntryId;
use crate::routine::SectionKind;
use crate::routine::kind::ask::Scale;
use crate::timeline::Choices;
use crate::units::Frames;
use crate::words::Words;

/// Where a session stands: enough to take it up again there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reached {
    /// The index of the step in the timeline.
    pub step: usize,
    /// Its place in the file.
    pub path: String,
    /// What the person reads.
    pub title: String,
    /// The frame.
    pub at: Frames,
    /// The frames of the whole session.
    pub total: Frames,
    /// How it is compiled by now, with all that was decided on the way.
    pub choices: Choices,
    /// What came of it so far.
    pub account: Account,
}

/// A gate that was answered. One that was not is "not asked": it is not told at all.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    /// The place of the gate's step in the file.
    pub path: String,
    /// What was rated, where it is one of the known scales.
    pub scale: Option<Scale>,
    /// The author's own question.
    pub question: Option<String>,
    /// The answer.
    pub answer: Answer,
    /// The frame.
    pub at: Frames,
}

/// What came of the routine so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// What was heard, part by part, in the order in which the parts were first heard.
    pub heard: Vec<(SectionKind, Frames)>,
    /// The titles of the steps that were skipped.
    pub skipped: Vec<String>,
}

impl Account {
    /// All that was heard.
    pub fn total(&self) -> Frames {
        self.heard
            .iter()
            .fold(Frames::ZERO, |sum, (_part, frames)| sum + *frames)
    }

    pub(super) fn hear(&mut self, section: SectionKind, frames: Frames) {
        match self.heard.iter_mut().find(|(heard, _)| *heard == section) {
            Some((_, sum)) => *sum += frames,
            None => self.heard.push((section, frames)),
        }
    }

    pub(super) fn skip(&mut self, title: &str) {
        self.skipped.push(title.to_owned());
    }
}

/// Somewhere to write a session down.
pub trait Diary: Send {
    /// Writes something down; when this returns, it is safe. Gives the entry, once there is one.
    ///
    /// # Errors
    /// It could not be kept; the sentence is for the person, in their words.
    fn write(&mut self, told: &Told, words: &Words) -> Result<Option<EntryId>, String>;
}

/// A diary for a guest: it keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDiary;

impl Diary for NoDiary {
    fn write(&mut self, _: &Told, _: &Words) -> Result<Option<EntryId>, String> {
        Ok(None)
    }
}
