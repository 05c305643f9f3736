//! After and the journey: what was felt goes into the journal, and comes back as pairs.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Model, Screen};
use crate::app::after::{self, Felt, Rotating};
use crate::app::journey::{Ask, Days, Series, View};
use crate::app::kit::chart::Pair;
use crate::app::shell;
use crate::checkin::{Rating, Rotating as Asked};
use crate::jobs::Job;
use crate::journal::journey::{
    Measured, NEWEST, Only, pairs, practised, subjects, weeks_practised,
};
use crate::journal::movement::Measure;
use crate::journal::{self, Entry, EntryId, ResumePoint};
use crate::names::Style;
use crate::store::journal::{Journal, JournalError, Query};

/// How many subjects the journey shows.
const SUBJECTS: usize = 4;
/// How many sessions are listed one by one.
const LISTED: usize = 30;

impl Model {
    /// The question that comes this time.
    pub(super) fn rotating(&self) -> Rotating {
        match Asked::after(
            self.world
                .journal
                .as_ref()
                .and_then(|journal| journal.count().ok())
                .unwrap_or(0),
        ) {
            Asked::Settled => Rotating::Settled,
            Asked::Ease => Rotating::Ease,
            Asked::Warmth => Rotating::Warmth,
            Asked::Evenness => Rotating::Evenness,
        }
    }

    /// Does what was answered after a session.
    pub(super) fn ask_after(&mut self, ask: after::Ask) {
        match ask {
            after::Ask::Answers(answers) => self.after.answers = answers,
            after::Ask::Done => {
                self.keep_answers();
                self.screen = shell::Screen::Today;
                self.open_today();
            }
        }
    }

    /// Keeps what was answered after the session, however its page is left.
    pub fn keep_answers(&mut self) {
        let Some(going) = self.going.take() else {
            return;
        };
        match (going.entry, going.begun) {
            (Some(id), _) => self.keep_after(id),
            (None, Some(begun)) => self.keep_after_so_far(begun),
            (None, None) => {} // a guest's
        }
        self.read_past();
        self.let_ring(going.playback);
        let before = std::mem::take(&mut self.today.answers);
        let (thresholds, _sentences) = self.world.studio.checked_thresholds();
        let fell = |now: u8| {
            before
                .stress
                .is_some_and(|then| then >= now + thresholds.stress_falls)
        };
        let calmer = self.after.answers.stress.filter(|&now| fell(now));
        if let Some(stress) = calmer.filter(|_| going.reask) {
            // Calm came first; what else was told today still stands.
            self.today.answers = crate::app::today::Answers {
                stress: Some(stress),
                ..before
            };
            self.say(self.words.after.calmer.clone());
        }
    }

    fn keep_after(&mut self, id: EntryId) {
        let Some(journal) = &mut self.world.journal else {
            return;
        };
        let after = &self.after;
        let kept = journal.entry(id).and_then(|mut entry| {
            answered(&mut entry, after);
            journal.edit(id, &entry)
        });
        if let Err(error) = kept {
            self.say(error.said(self.words));
        }
    }

    /// The session that began then was left and has no entry yet: what was answered waits with its place.
    fn keep_after_so_far(&mut self, begun: Timestamp) {
        let Some(journal) = self.world.journal.as_mut() else {
            return;
        };
        let after = &self.after;
        let kept = journal.resume_point().and_then(|point| {
            let ours = point.filter(|point| point.entry.started == begun);
            ours.map_or(Ok(()), |mut point| {
                answered(&mut point.entry, after);
                journal.set_resume_point(&point)
            })
        });
        if let Err(error) = kept {
            self.say(error.said(self.words));
        }
    }

    /// Reads the newest of the journal, back to the beginning of the plan; where that fails the person hears of it, and
    /// what was read before stays.
    pub(super) fn read_past(&mut self) {
        let Some(journal) = &self.world.journal else {
            self.past = Past::default();
            return;
        };
        let plan = self.world.followed.now.as_ref().map(|held| held.opened);
        let read = Past::read(journal, plan);
        let notices = journal.take_notices();
        match read {
            Ok(past) => self.past = past,
            Err(error) => self.say(error.said(self.words)),
        }
        for notice in notices {
            self.say(notice.said(self.words));
        }
    }

    /// Makes the journey what the journal says: of the newest at once, of all when they are read.
    pub(super) fn open_journey(&mut self) {
        self.read_past();
        self.draw_journey();
        let read = self.past.entries.len();
        let journal = self.world.journal.as_ref();
        if journal.is_some_and(|journal| journal.count().is_ok_and(|all| all > read)) {
            self.read_all();
        }
    }

    fn read_all(&mut self) {
        let folders = self.world.folders.clone();
        let read = move |_job: &Job| {
            let journal = Journal::open(&folders)?;
            Past::of(&journal, &Query::default())
        };
        let name = self.words.work.reading.clone();
        self.work(name, false, read, |model, read| match read {
            Ok(past) if model.screen == Screen::Journey => {
                model.past = past;
                model.draw_journey();
            }
            Ok(_too_late) => {}
            Err(error) => model.say(error.said(model.words)),
        });
    }

    fn draw_journey(&mut self) {
        let Past { ids, entries, .. } = &self.past;
        let today = (self.world.now)().date();
        let days = practised(entries);
        self.journey = View {
            series: self.series(entries),
            tables: self.journey.tables || self.settings.reader.is_some(),
            month: Some(month(today, |date| days.contains(&date))),
            weeks: self.settings.weeks.then(|| weeks_practised(&days) as u32),
            range: self.range(),
            removing: None,
            entries: std::iter::zip(ids, entries)
                .rev()
                .take(LISTED)
                .map(|(id, entry)| (id.0, self.date(entry.date), entry.title.clone()))
                .collect(),
        };
    }

    fn series(&self, entries: &[Entry]) -> Vec<Series> {
        let (areas, routines): (Vec<_>, Vec<_>) = subjects(entries)
            .into_iter()
            .map(|(only, _n)| only)
            .partition(|only| matches!(only, Only::Area(_)));
        let areas = areas.into_iter().filter_map(|only| match only {
            Only::Area(area) => Some((self.words.areas[&area].clone(), Measured::Tension, only)),
            _ => None,
        });
        let routines = routines.into_iter().filter_map(|only| {
            let Only::Routine(id) = &only else {
                return None;
            };
            let newest = entries.iter().rev().find(|entry| entry.routine == *id)?;
            let measured = if newest.style == Style::Relaxation {
                Measured::Stress
            } else {
                Measured::Tension
            };
            Some((newest.title.clone(), measured, only))
        });
        let stress = (
            self.words.journey.stress.clone(),
            Measured::Stress,
            Only::All,
        );
        let subjects = areas
            .take(SUBJECTS)
            .chain([stress])
            .chain(routines.take(SUBJECTS));
        subjects
            .filter_map(|(name, measured, only)| self.one(name, measured, &only, entries))
            .collect()
    }

    fn one(
        &self,
        name: String,
        measured: Measured,
        only: &Only,
        entries: &[Entry],
    ) -> Option<Series> {
        let found = pairs(entries, measured, only);
        let (before, after) = (found.before?, found.after?);
        let line = |trend: journal::journey::Trend| {
            let steps = (found.n() - 1).max(1) as f64;
            (found.n().saturating_sub(NEWEST)..found.n())
                .map(|i| (trend.first + (trend.last - trend.first) * i as f64 / steps) as f32)
                .collect()
        };
        let shown = &found.pairs[found.pairs.len().saturating_sub(NEWEST)..];
        Some(Series {
            name,
            sessions: found.n() as u32,
            rows: shown
                .iter()
                .rev()
                .map(|pair| {
                    vec![
                        self.date(pair.date),
                        pair.before.to_string(),
                        pair.after.to_string(),
                    ]
                })
                .collect(),
            usual: Some((self.words.number(before), self.words.number(after))),
            worse: found.worse as u32,
            trend: found.trend.map(line),
            pairs: shown
                .iter()
                .map(|pair| Pair {
                    before: Some(pair.before),
                    after: Some(pair.after),
                })
                .collect(),
        })
    }

    /// A day as it is read: `25 November`.
    pub(super) fn date(&self, date: Date) -> String {
        let month = &self.words.months[date.month() as usize - 1];
        let text = &self.words.count.date;
        self.words
            .fill(text, &[("day", &date.day()), ("month", month)])
    }

    /// Does what was asked on the journey.
    pub(super) fn ask_journey(&mut self, ask: Ask) {
        match ask {
            Ask::Tables(tables) => self.journey.tables = tables,
            Ask::Measure => self.open_measure(),
            Ask::Remove(index) => self.journey.removing = Some(index),
            Ask::Kept => self.journey.removing = None,
            Ask::Removed(id) => {
                let removed = self
                    .world
                    .journal
                    .as_mut()
                    .map(|journal| journal.remove(EntryId(id)));
                if let Some(Err(error)) = removed {
                    self.say(error.said(self.words));
                }
                self.open_journey();
            }
            Ask::Data => {
                self.screen = Screen::Settings;
                self.open_settings();
            }
        }
    }
}

/// The journal as it was last read, oldest first.
#[derive(Default)]
pub(super) struct Past {
    pub(super) ids: Vec<EntryId>,
    pub(super) entries: Vec<Entry>,
    pub(super) measures: Vec<Measure>,
    /// The session that can be gone on with.
    pub(super) left: Option<ResumePoint>,
}

impl Past {
    /// The newest, and all since a date.
    fn read(journal: &Journal, since: Option<Date>) -> Result<Self, JournalError> {
        let newest = Query {
            newest: Some(NEWEST),
            ..Query::default()
        };
        let past = Self::of(journal, &newest)?;
        let oldest = past.entries.first().map(|entry| entry.date);
        if past.entries.len() < NEWEST || since.is_none() || oldest <= since {
            return Ok(past);
        }
        let since = Query {
            since,
            ..Query::default()
        };
        Self::of(journal, &since)
    }

    fn of(journal: &Journal, query: &Query) -> Result<Self, JournalError> {
        let (ids, entries) = journal.entries(query)?.into_iter().unzip();
        Ok(Self {
            ids,
            entries,
            measures: journal.measures()?,
            left: journal.resume_point()?,
        })
    }
}

/// Puts what was answered after a session into its entry.
fn answered(entry: &mut Entry, after: &after::View) {
    let answers = &after.answers;
    let rating = |value: Option<u8>| value.and_then(Rating::new);
    let asked = match after.rotating {
        Rotating::Settled => Asked::Settled,
        Rotating::Ease => Asked::Ease,
        Rotating::Warmth => Asked::Warmth,
        Rotating::Evenness => Asked::Evenness,
    };
    entry.after.tension = rating(answers.tension);
    entry.after.stress = rating(answers.stress);
    entry.after.rotating = rating(answers.rotating).map(|value| (asked, value));
    entry.pressure = answers.pressure.map(|felt| match felt {
        Felt::TooLight => journal::Felt::TooLight,
        Felt::Right => journal::Felt::Right,
        Felt::TooMuch => journal::Felt::TooMuch,
    });
    entry.note = answers.note.trim().to_owned();
}

/// The month of a day.
fn month(today: Date, practised: impl Fn(Date) -> bool) -> Days {
    let first = today.first_of_month();
    let count = today.days_in_month();
    let days = (1..=count)
        .map(|day| practised(Date::constant(today.year(), today.month(), day)))
        .collect();
    Days {
        month: today.month() as usize - 1,
        lead: first.weekday().to_monday_zero_offset() as u8,
        days,
        today: Some(today.day() as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_begins_on_its_weekday() {
        let november = month(date(2026, 11, 25), |day| day.day() == 3);
        assert_eq!(
            (november.month, november.lead, november.days.len()),
            (10, 6, 30)
        );
        assert_eq!(november.days.iter().position(|&day| day), Some(2));
        assert_eq!(november.today, Some(25));
    }
}
