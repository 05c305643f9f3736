//! Writes a session into the journal: at each step where it could be taken up again, at its end an entry.

use jiff::Timestamp;

use crate::checkin::Rating;
use crate::journal::{Answer as Given, End, Entry, EntryId, ResumePoint};
use crate::names::{Area, Style};
use crate::session::{Account, Answer, Answered, Diary, Leaving, Reached, Told};
use crate::store::journal::{Journal, JournalError};
use crate::timeline::Choices;
use crate::units::{Frames, RATE};

/// The journal, held by one session.
pub struct JournalDiary {
    journal: Journal,
    point: ResumePoint,
    /// What is left alone for the day if something feels wrong.
    area: Option<Area>,
}

impl JournalDiary {
    /// A diary of a session that begins, or is taken up again, with what is known of its entry and the area that its
    /// stop card names.
    pub fn new(journal: Journal, entry: Entry, choices: Choices, area: Option<Area>) -> Self {
        let written = entry.started;
        let point = ResumePoint {
            entry,
            choices,
            step: 0,
            step_title: String::new(),
            at: Frames::ZERO,
            written,
        };
        Self {
            journal,
            point,
            area,
        }
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
        let entry = &mut self.point.entry;
        entry.end = end;
        if entry.style == Style::Blend && !went_deeper(entry) {
            entry.pressed.clear();
        }
        if let Some(area) = self.area.filter(|_| end == End::FeltWrong)
            && !entry.areas.contains(&area)
        {
            entry.areas.push(area);
        }
        self.journal.finish(entry)
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
        .map_err(|error| error.to_string())
    }
}

/// Whether a blend's release was chosen: unanswered it stays soft, which presses nothing.
fn went_deeper(entry: &Entry) -> bool {
    entry.answers.iter().any(|answer| {
        answer
            .chosen
            .as_deref()
            .is_some_and(|branch| branch != "soft")
    })
}

fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Folders;
    use crate::store::journal::Query;

    #[track_caller]
    fn case(style: Style, chosen: Option<&str>, end: End, areas: &[Area], pressed: &[Area]) {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let today = jiff::civil::date(2026, 11, 25);
        let mut entry = Entry::begun(now(), today, "x", "X", style);
        entry.pressed = vec![Area::Hips];
        entry.answers.extend(chosen.map(|branch| Given {
            asked: "choose".to_owned(),
            rating: None,
            chosen: Some(branch.to_owned()),
        }));
        let journal = Journal::open(&folders).unwrap();
        let area = Some(Area::Neck);
        let mut diary = JournalDiary::new(journal, entry, Choices::default(), area);
        diary.finish(&Account::default(), end).unwrap();
        let kept = Journal::open(&folders).unwrap();
        let kept = kept.entries(&Query::default()).unwrap();
        assert_eq!((&*kept[0].1.areas, &*kept[0].1.pressed), (areas, pressed));
    }

    #[test]
    fn what_felt_wrong_names_its_area_and_what_stayed_soft_was_not_pressed() {
        use Style::{Blend, Relaxation, Therapeutic};
        case(
            Relaxation,
            None,
            End::FeltWrong,
            &[Area::Neck],
            &[Area::Hips],
        );
        case(Therapeutic, None, End::Finished, &[], &[Area::Hips]);
        case(Blend, Some("deeper"), End::Finished, &[], &[Area::Hips]);
        case(Blend, Some("soft"), End::Finished, &[], &[]);
        case(Blend, None, End::Finished, &[], &[]);
        case(Blend, None, End::FeltWrong, &[Area::Neck], &[]);
    }
}
