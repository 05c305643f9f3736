//! The journal: what was done and how it felt, before and after. Types and
//! trends only; the database is a floor higher.
//!
//! Times are UTC with the local date beside them: a session at 23:50 belongs to that evening, whatever the zone is
//! later. A rating that was not given is absent.

pub mod history;
pub mod journey;
pub mod movement;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::checkin::{Rating, Ratings};
use crate::names::{Area, Flag, Style, Wish};
use crate::routine::does::Does;
use crate::routine::{Routine, SectionKind};

/// The number of an entry on this machine; entries of an export are told apart by [`Entry::key`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub i64);

/// The seconds of a day.
const DAY: u64 = 86_400;

/// The years that a session may lie in.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// One session, as it went.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The same on every machine: an import knows by it what is already there. Made by the store when empty.
    #[serde(default)]
    pub key: String,
    /// When it began, UTC.
    pub started: Timestamp,
    /// The local date when it began.
    pub date: Date,
    /// The routine's id.
    pub routine: String,
    /// The routine's title at that time.
    pub title: String,
    /// The hash of the routine's text at that time.
    #[serde(default)]
    pub version: String,
    /// The routine's style.
    pub style: Style,
    /// The variations that were taken, with the branch that was chosen.
    #[serde(default)]
    pub variations: Vec<String>,
    /// The seconds that were planned.
    #[serde(default)]
    pub planned: u32,
    /// The seconds that were heard, part by part, in the order of the session.
    #[serde(default)]
    pub heard: Vec<(SectionKind, u32)>,
    /// The steps that were skipped, by title.
    #[serde(default)]
    pub skipped: Vec<String>,
    /// How it ended.
    pub end: End,
    /// Where it was felt.
    #[serde(default)]
    pub areas: Vec<Area>,
    /// The areas that were pressed or rolled: left alone for a day.
    #[serde(default)]
    pub pressed: Vec<Area>,
    /// What was ticked on the safety list.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// What would have helped most.
    #[serde(default)]
    pub wish: Wish,
    /// Before.
    #[serde(default)]
    pub before: Ratings,
    /// After.
    #[serde(default)]
    pub after: Ratings,
    /// The answers that were given on the way, in order.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Overall, from −3 much worse to +3 much better.
    #[serde(default)]
    pub change: Option<i8>,
    /// How the pressure was.
    #[serde(default)]
    pub pressure: Option<Felt>,
    /// Whether it led into sleep: how it was is asked the next morning.
    #[serde(default)]
    pub bedtime: bool,
    /// Whether the next morning's questions were answered or put away.
    #[serde(default)]
    pub morning: bool,
    /// Next day: the ache.
    #[serde(default)]
    pub ache: Option<Rating>,
    /// Next day: the night's sleep.
    #[serde(default)]
    pub slept: Option<Rating>,
    /// The plan's item that it answered.
    #[serde(default)]
    pub plan_item: Option<String>,
    /// The person's own note.
    #[serde(default)]
    pub note: String,
}

impl Entry {
    /// A session that begins, with nothing answered yet.
    pub fn begun(started: Timestamp, date: Date, routine: &str, title: &str, style: Style) -> Self {
        Self {
            key: String::new(),
            started,
            date,
            routine: routine.to_owned(),
            title: title.to_owned(),
            version: String::new(),
            style,
            variations: Vec::new(),
            planned: 0,
            heard: Vec::new(),
            skipped: Vec::new(),
            end: End::Left,
            areas: Vec::new(),
            pressed: Vec::new(),
            flags: Vec::new(),
            wish: Wish::Unsure,
            before: Ratings::default(),
            after: Ratings::default(),
            answers: Vec::new(),
            change: None,
            pressure: None,
            bedtime: false,
            morning: false,
            ache: None,
            slept: None,
            plan_item: None,
            note: String::new(),
        }
    }

    /// A session with a routine that begins: what may be pressed in it is known.
    pub fn of(started: Timestamp, date: Date, id: &str, routine: &Routine) -> Self {
        let mut presses = false;
        routine.walk(&mut |_, step| presses |= Does::of(step).presses);
        let mut entry = Self::begun(started, date, id, &routine.title, routine.style);
        entry.bedtime = routine.bedtime;
        if presses {
            entry.pressed = routine.areas_spread();
        }
        entry
    }

    /// The seconds that were heard.
    pub fn seconds(&self) -> u64 {
        self.heard.iter().map(|(_, secs)| u64::from(*secs)).sum()
    }

    /// What cannot be true of a session, if anything: an entry from elsewhere may say what it likes.
    pub fn impossible(&self) -> Option<&'static str> {
        let by_utc = self.started.to_zoned_datetime(TimeZone::UTC).date();
        let all = [
            (self.routine.is_empty(), "it names no routine"),
            (!YEARS.contains(&self.date.year()), "its year cannot be"),
            // Zones lie up to 14 hours apart from UTC.
            (
                (by_utc - self.date).get_days().abs() > 1,
                "its date is not the date of its start",
            ),
            (
                self.seconds() > DAY || u64::from(self.planned) > DAY,
                "it lasts for more than a day",
            ),
            (
                self.change
                    .is_some_and(|change| !(-3..=3).contains(&change)),
                "its change is not from -3 to 3",
            ),
        ];
        all.into_iter()
            .find_map(|(is_so, said)| is_so.then_some(said))
    }
}

/// An answer that was given while playing; one that was not given is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked: a scale's name, a question, or `choose`.
    pub asked: String,
    /// The number, for ratings.
    #[serde(default)]
    pub rating: Option<Rating>,
    /// The branch, for choices.
    #[serde(default)]
    pub chosen: Option<String>,
}

/// How a session ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum End {
    /// At its end.
    Finished,
    /// Before, by the person or a crash.
    Left,
    /// By "Something feels wrong": the area is left alone for the day.
    FeltWrong,
    /// "Not today": counts as kept in a plan.
    NotToday,
}

/// How the pressure was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Felt {
    /// Too light.
    TooLight,
    /// Right.
    Right,
    /// Too much.
    TooMuch,
}

/// Where an unfinished session stands, written at each step: the next start offers "Carry on at …", paused.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ResumePoint {
    /// The entry that is to be finished; what is known of it so far.
    pub entry: Entry,
    /// What had been decided before the start: the timeline is compiled from it anew.
    pub choices: crate::timeline::Choices,
    /// The index of the step in the timeline.
    pub step: usize,
    /// What the person reads: "Left hip".
    pub step_title: String,
    /// The frame of the timeline at the step's start.
    pub at: crate::units::Frames,
    /// When it was written.
    pub written: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_survives_json() {
        let mut entry = Entry::begun(
            Timestamp::UNIX_EPOCH,
            jiff::civil::date(1970, 1, 1),
            "even-keel",
            "Even Keel",
            Style::Relaxation,
        );
        entry.heard = vec![(SectionKind::Soften, 60), (SectionKind::Close, 20)];
        entry.before.tension = Rating::new(6);
        let text = serde_json::to_string(&entry).expect("entries have no maps with odd keys");
        assert_eq!(
            serde_json::from_str::<Entry>(&text).expect("what we write we read"),
            entry
        );
        assert_eq!(entry.seconds(), 80);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let entry = Entry::begun(
            "2026-11-25T23:30:00Z".parse().expect("a moment"),
            jiff::civil::date(2026, 11, 26),
            "even-keel",
            "Even Keel",
            Style::Relaxation,
        );
        assert_eq!(entry.impossible(), None);
        let said = |change: fn(&mut Entry)| {
            let mut entry = entry.clone();
            change(&mut entry);
            entry.impossible().unwrap_or_default()
        };
        assert_eq!(said(|entry| entry.routine.clear()), "it names no routine");
        assert_eq!(said(|entry| entry.date = Date::MAX), "its year cannot be");
        assert_eq!(
            said(|entry| entry.date = jiff::civil::date(2026, 11, 23)),
            "its date is not the date of its start"
        );
        let long = "it lasts for more than a day";
        assert_eq!(
            said(|entry| entry.heard = vec![(SectionKind::Soften, u32::MAX); 2]),
            long
        );
        assert_eq!(said(|entry| entry.planned = 86_401), long);
        assert_eq!(
            said(|entry| entry.change = Some(4)),
            "its change is not from -3 to 3"
        );
    }
}
