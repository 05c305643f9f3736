//! Writes a session into the journal: at each step where it could be taken up again, at its end an entry.

use jiff::Timestamp;

use crate::checkin::Rating;
use crate::journal::{Answer as Given, End, Entry, EntryId, ResumePoint};
use crate::session::{Account, Answer, Answered, Diary, Leaving, Reached, Told};
use crate::store::journal::{Journal, JournalError};
use crate::timeline::Choices;
use crate::units::{Frames, RATE};

/// The journal, held by one session.
pub struct JournalDiary {
    journal: Journal,
    point: ResumePoint,
}

impl JournalDiary {
    /// A diary of a session that begins, or is taken up again, with what is known of its entry.
    pub fn new(journal: Journal, entry: Entry, choices: Choices) -> Self {
        let written = entry.started;
        let point = ResumePoint {
            entry,
            choices,
            step: 0,
            step_title: String::new(),
            at: Frames::ZERO,
            written,
        };
        Self { journal, point }
    }

    fn reach(&mut self, reached: &Reached) -> Result<(), JournalError> {
        self.point.step = reached.step;
        self.point.step_title.clone_from(&reached.title);
        self.point.at = reached.at;
        self.keep_point()
    }

    fn keep_point(&mut self) -> Result<(), JournalError> {
        self.point.written = now();
        self.journal.set_resume_point(&self.point)
    }

    fn answer(&mut self, answered: &Answered) -> Result<(), JournalError> {
        let asked = match (&answered.question, answered.scale) {
            (Some(question), _) => question.clone(),
            (None, Some(scale)) => format!("{scale:?}").to_lowercase(),
            (None, None) => "choose".to_owned(),
        };
        let (rating, chosen) = match &answered.answer {
            Answer::Rating(number) => (Rating::new(*number), None),
            Answer::Branch(branch) => (None, Some(branch.clone())),
            Answer::Ready | Answer::Skip => return Ok(()),
        };
        self.point.entry.answers.push(Given {
            asked,
            rating,
            chosen,
        });
        self.keep_point()
    }

    fn finish(&mut self, account: &Account, end: End) -> Result<EntryId, JournalError> {
        self.count(account);
        self.point.entry.end = end;
        self.journal.finish(&self.point.entry)
    }

    fn count(&mut self, account: &Account) {
        let secs = |frames: Frames| (frames.0 / u64::from(RATE)) as u32;
        self.point.entry.heard = account
            .heard
            .iter()
            .map(|(section, frames)| (*section, secs(*frames)))
            .collect();
        self.point.entry.skipped.clone_from(&account.skipped);
    }
}

impl Diary for JournalDiary {
    fn write(&mut self, told: &Told) -> Result<Option<EntryId>, String> {
        match told {
            Told::Reached(reached) => self.reach(reached).map(|()| None),
            Told::Answered(answered) => self.answer(answered).map(|()| None),
            Told::Finished(account) => self.finish(account, End::Finished).map(Some),
            Told::Left(_, Leaving::Wrong, account) => {
                self.finish(account, End::FeltWrong).map(Some)
            }
            Told::Left(reached, Leaving::Stopped | Leaving::GaveUp, account) => {
                self.count(account);
                self.reach(reached).map(|()| None)
            }
        }
        .map_err(|error| format!("The journal could not be written: {error}"))
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}
