//! What a session writes down while it goes on.

use super::{Answer, Leaving, Told};
use crate::routine::SectionKind;
use crate::routine::kind::ask::Scale;
use crate::units::Frames;

/// A step that has begun: enough to take the session up again there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
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

/// Somewhere to write a session down. Each call returns when what it was told is safe.
pub trait Diary: Send {
    /// A step has begun.
    fn step_reached(&mut self, reached: &Reached);
    /// A gate was answered.
    fn answered(&mut self, answered: &Answered);
    /// The end was reached.
    fn finished(&mut self, account: &Account);
    /// The session was left before its end.
    fn left(&mut self, reached: &Reached, why: Leaving, account: &Account);

    /// Writes one of the four down.
    fn write(&mut self, told: &Told) {
        match told {
            Told::Reached(reached) => self.step_reached(reached),
            Told::Answered(answered) => self.answered(answered),
            Told::Finished(account) => self.finished(account),
            Told::Left(reached, why, account) => self.left(reached, *why, account),
        }
    }
}

/// A diary for a guest: it keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDiary;

impl Diary for NoDiary {
    fn step_reached(&mut self, _: &Reached) {}
    fn answered(&mut self, _: &Answered) {}
    fn finished(&mut self, _: &Account) {}
    fn left(&mut self, _: &Reached, _: Leaving, _: &Account) {}
}
