//! The next morning: how the night was, how it feels after a session that led into sleep, and whether it aches.

use super::Model;
use crate::app::today::morning::{Answers, Ask, View};
use crate::checkin::Rating;
use crate::journal::EntryId;
use crate::journal::history::morning_after;

impl Model {
    /// The session that this morning asks about; a guest is not asked about somebody else's night.
    pub(super) fn morning(&self) -> Option<View> {
        if self.settings.guest {
            return None;
        }
        let past = &self.past;
        let found = morning_after(&past.entries, (self.world.now)().timestamp())?;
        let (id, entry) = (past.ids[found], &past.entries[found]);
        let before = self
            .today
            .morning
            .as_ref()
            .filter(|view| view.entry == id.0);
        Some(View {
            entry: id.0,
            title: entry.title.clone(),
            night: entry.bedtime,
            ache: !entry.pressed.is_empty(),
            answers: before.map(|view| view.answers).unwrap_or_default(),
        })
    }

    /// Does what was answered this morning.
    pub(super) fn ask_morning(&mut self, ask: Ask) {
        let Some(view) = &mut self.today.morning else {
            return;
        };
        match ask {
            Ask::Answers(answers) => return view.answers = answers,
            Ask::Done => {}
            Ask::Skip => view.answers = Answers::default(),
        }
        let (id, answers) = (EntryId(view.entry), view.answers);
        self.keep_morning(id, answers);
        // Last night's sleep is asked once a day.
        self.today.answers.sleep = self.today.answers.sleep.or(answers.sleep);
        self.open_today();
    }

    fn keep_morning(&mut self, id: EntryId, answers: Answers) {
        let Some(journal) = &mut self.world.journal else {
            return;
        };
        let rating = |value: Option<u8>| value.and_then(Rating::new);
        let kept = journal.entry(id).and_then(|mut entry| {
            entry.morning = true;
            entry.slept = rating(answers.sleep);
            entry.ache = rating(answers.ache);
            entry.after.tension = rating(answers.tension).or(entry.after.tension);
            entry.after.stress = rating(answers.stress).or(entry.after.stress);
            journal.edit(id, &entry)
        });
        if let Err(error) = kept {
            self.say(error.said(self.words));
        }
    }
}
