//! Writes a session into the journal: at each step where it could be taken up again, at its end an entry.

use jiff::Timestamp;

use crate::checkin::Rating;
use crate::journal::{Answer as Given, End, Entry, EntryId, ResumePoint};
use crate::names::{Area, Style};
use crate::routine::SectionKind;
use crate::session::{Account, Answer, Answered, Diary, Leaving, Reached, Told};
use crate::store::journal::{Journal, JournalError};
use crate::timeline::Choices;
use crate::units::{Frames, RATE};
use crate::words::Words;

/// The journal, held by one session.
pub struct JournalDiary {
    journal: Journal,
    point: ResumePoint,
    /// What was heard and skipped before it was taken up again.
    before: (Vec<(SectionKind, u32)>, Vec<String>),
    /// What is left alone for the day if something feels wrong.
    area: Option<Area>,
}

impl JournalDiary {
    /// A diary of a session that begins, or is taken up again, with what is known of its entry and the area that its
    /// stop card names.
    pub fn new(journal: Journal, mut entry: Entry, choices: Choices, area: Option<Area>) -> Self {
        if entry.key.is_empty() {
            entry.key = Journal::new_key(&entry);
        }
        let written = entry.started;
        let before = (entry.heard.clone(), entry.skipped.clone());
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
            before,
            area,
        }
    }

    fn reach(&mut self, reached: &Reached) -> Result<(), JournalError> {
        self.point.step = reached.step;
        self.point.step_title.clone_from(&reached.title);
        self.point.at = reached.at;
        self.point.choices.clone_from(&reached.choices);
        self.count(&reached.account);
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
        let (mut heard, mut skipped) = self.before.clone();
        for (section, frames) in &account.heard {
            let secs = (frames.0 / u64::from(RATE)) as u32;
            match heard.iter_mut().find(|(part, _)| part == section) {
                Some((_, sum)) => *sum += secs,
                None => heard.push((*section, secs)),
            }
        }
        skipped.extend_from_slice(&account.skipped);
        (self.point.entry.heard, self.point.entry.skipped) = (heard, skipped);
    }
}

impl Diary for JournalDiary {
    fn write(&mut self, told: &Told, words: &Words) -> Result<Option<EntryId>, String> {
        match told {
            Told::Reached(reached) => self.reach(reached).map(|()| None),
            Told::Answered(answered) => self.answer(answered).map(|()| None),
            Told::Finished(account) => self.finish(account, End::Finished).map(Some),
            Told::Left(reached, Leaving::Wrong) => {
                self.finish(&reached.account, End::FeltWrong).map(Some)
            }
            Told::Left(reached, Leaving::Stopped | Leaving::GaveUp) => {
                self.reach(reached).map(|()| None)
            }
        }
        .map_err(|error| error.said(words))
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

    fn english() -> &'static Words {
        Words::of(crate::words::Language::English)
    }

    fn begun(home: &std::path::Path, routine: &str, at: i64) -> (Folders, Entry) {
        let today = jiff::civil::date(2026, 11, 25);
        let started = Timestamp::from_second(at).unwrap();
        let entry = Entry::begun(started, today, routine, routine, Style::Blend);
        (Folders::under(home), entry)
    }

    #[test]
    fn a_place_holds_what_was_decided_and_heard_and_goes_on_counting() {
        let home = tempfile::tempdir().unwrap();
        let (folders, entry) = begun(home.path(), "x", 1_795_000_000);
        let choices = Choices {
            choose: Some("deeper".to_owned()),
            ..Choices::default()
        };
        let heard = |secs| Account {
            heard: vec![(SectionKind::Release, Frames::whole_secs(secs))],
            skipped: vec!["Left hip".to_owned()],
        };
        let reached = |account| {
            Told::Reached(Reached {
                choices: choices.clone(),
                account,
                ..Reached::default()
            })
        };
        let point = || {
            Journal::open(&folders)
                .unwrap()
                .resume_point()
                .unwrap()
                .unwrap()
        };
        let open = |entry| {
            JournalDiary::new(
                Journal::open(&folders).unwrap(),
                entry,
                Choices::default(),
                None,
            )
        };
        open(entry).write(&reached(heard(95)), english()).unwrap();
        assert_eq!(point().choices, choices);
        assert_eq!(point().entry.heard, [(SectionKind::Release, 95)]);
        open(point().entry)
            .write(&reached(heard(5)), english())
            .unwrap();
        assert_eq!(point().entry.heard, [(SectionKind::Release, 100)]);
        assert_eq!(point().entry.skipped, ["Left hip", "Left hip"]);
    }

    #[test]
    fn two_sessions_at_once_are_two_entries() {
        let home = tempfile::tempdir().unwrap();
        let mut diaries = [("x", 1_795_000_000), ("y", 1_795_000_100)].map(|(routine, at)| {
            let (folders, entry) = begun(home.path(), routine, at);
            JournalDiary::new(
                Journal::open(&folders).unwrap(),
                entry,
                Choices::default(),
                None,
            )
        });
        for step in 1..4 {
            for diary in &mut diaries {
                diary
                    .write(
                        &Told::Reached(Reached {
                            step,
                            ..Reached::default()
                        }),
                        english(),
                    )
                    .unwrap();
            }
        }
        let folders = Folders::under(home.path());
        let kept = || Journal::open(&folders).unwrap();
        diaries[0]
            .finish(&Account::default(), End::Finished)
            .unwrap();
        assert!(
            kept().resume_point().unwrap().is_some(),
            "the other goes on"
        );
        diaries[1]
            .finish(&Account::default(), End::Finished)
            .unwrap();
        let entries = kept().entries(&Query::default()).unwrap();
        let ends: Vec<_> = entries
            .iter()
            .map(|(_, entry)| (&*entry.routine, entry.end))
            .collect();
        assert_eq!(ends, [("x", End::Finished), ("y", End::Finished)]);
        assert!(kept().resume_point().unwrap().is_none());
    }
}
