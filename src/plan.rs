//! The plan that a therapist gives: what, on which days, from when until when, with this client's own cap, side and
//! area. Today's safety wins over it, and "not today" counts as kept.
//!
//! The date is handed in; the file is read and kept by the store.

pub mod adherence;
pub mod reading;
pub mod reminder;
mod rules;
pub mod today;

pub use rules::RULES;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::checkin::Rating;
use crate::names::{Area, Hand, Tag};
use crate::units::Pressure;

/// The hardest that even a therapist may allow at home (`content.md` 2.2).
pub const HARDEST: Pressure = Pressure(7);
/// The most items that a day shows.
pub const MOST_A_DAY: usize = 3;

/// A plan file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the file's shape; 1 today.
    pub version: u32,
    /// What the client reads: "Hips, two weeks".
    pub title: String,
    /// Who gives it.
    pub therapist: String,
    /// What the therapist says to the client.
    #[serde(default)]
    pub note: String,
    /// What is to be done.
    pub items: Vec<Item>,
    /// The day of the next visit.
    #[serde(default)]
    pub next_visit: Option<Date>,
    /// When the plan is over; with its last item if not written.
    #[serde(default)]
    pub until: Option<When>,
    /// The pain that this client lives with.
    #[serde(default)]
    pub baseline: Option<Rating>,
    /// Tags whose locks and questions the therapist has settled for this client.
    #[serde(default)]
    pub allows: Vec<Tag>,
}

/// Something to do on some days.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name within the plan, by which sessions are counted.
    pub name: String,
    /// The routine's id.
    pub routine: String,
    /// On which days.
    #[serde(default)]
    pub on: Days,
    /// The first day; the day of opening if not written.
    #[serde(default)]
    pub from: Option<When>,
    /// The last day; as long as the plan if not written.
    #[serde(default)]
    pub until: Option<When>,
    /// How many minutes; the routine's own if not written.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// No pressure above this, at most 7.
    #[serde(default)]
    pub cap: Option<Pressure>,
    /// This side only.
    #[serde(default)]
    pub side: Option<Hand>,
    /// This area, where the routine leaves it open.
    #[serde(default)]
    pub area: Option<Area>,
    /// These variations.
    #[serde(default)]
    pub variations: Vec<String>,
    /// What the therapist says about it.
    #[serde(default)]
    pub note: String,
}

/// A day of a plan: counted from the opening, the first being 1, or a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum When {
    /// The nth day since the plan was opened, the first being 1.
    Day(u16),
    /// A date, as `"2026-11-25"`.
    Date(Date),
}

impl When {
    /// The date that it is for a plan opened on a day.
    pub fn date(self, opened: Date) -> Date {
        match self {
            Self::Date(date) => date,
            // Past the end of the calendar it stays the opening day: a plan of 9 000 years is a mistake.
            Self::Day(n) => opened
                .checked_add(jiff::Span::new().days(i64::from(n.max(1)) - 1))
                .unwrap_or(opened),
        }
    }
}

/// On which days something is due.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Days {
    /// Each day.
    #[default]
    Daily,
    /// On these days of the week.
    On(Vec<DayOfWeek>),
    /// Every nth day from the first one.
    Every(u16),
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the seven days of the week")]
pub enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

impl Plan {
    /// Whether an item is due on a date, for a plan opened on a day.
    fn is_due(&self, item: &Item, opened: Date, date: Date) -> bool {
        let from = item
            .from
            .map_or(opened, |from| from.date(opened))
            .max(opened);
        let day = (date - from).get_days();
        day >= 0
            && item
                .until
                .or(self.until)
                .is_none_or(|until| date <= until.date(opened))
            && self.until.is_none_or(|until| date <= until.date(opened))
            && match &item.on {
                Days::Daily => true,
                Days::On(days) => days.contains(&date.weekday().into()),
                Days::Every(n) => day % i32::from(*n).max(1) == 0,
            }
    }

    /// The items due on a date, the first three. A local date before the opening, as after a journey west, is still day
    /// one.
    pub fn due(&self, opened: Date, date: Date) -> Vec<&Item> {
        let date = date.max(opened);
        self.items
            .iter()
            .filter(|item| self.is_due(item, opened, date))
            .take(MOST_A_DAY)
            .collect()
    }

    /// The last day of the plan, if it has one.
    pub fn last_day(&self, opened: Date) -> Option<Date> {
        let of_items = || {
            let untils: Option<Vec<Date>> = self
                .items
                .iter()
                .map(|item| item.until.map(|until| until.date(opened)))
                .collect();
            untils?.into_iter().max()
        };
        self.until.map(|until| until.date(opened)).or_else(of_items)
    }

    /// Whether the plan is over on a date.
    pub fn is_over(&self, opened: Date, date: Date) -> bool {
        self.last_day(opened).is_some_and(|last| date > last)
    }
}

/// A plan that is being followed, with those before it: an edited plan keeps its history.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Followed {
    /// The version of this file's shape; 1 today.
    pub version: u32,
    /// The plan that holds now; none after it was taken away.
    #[serde(default)]
    pub now: Option<Held>,
    /// The plans before, oldest first.
    #[serde(default)]
    pub before: Vec<Held>,
}

/// A plan with the days on which it held.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The day of its opening: its `Day(1)`.
    pub opened: Date,
    /// From when this edition of it holds.
    pub since: Date,
    /// The last day on which it held, for those of the past.
    #[serde(default)]
    pub until: Option<Date>,
    /// The plan.
    pub plan: Plan,
}

impl Held {
    /// Which day of the plan a local date is, from 1.
    pub fn day(&self, date: Date) -> i32 {
        ((date - self.opened).get_days() + 1).max(1)
    }
}

impl Default for Followed {
    fn default() -> Self {
        Self {
            version: 1,
            now: None,
            before: Vec::new(),
        }
    }
}

impl Followed {
    /// Follows a plan from today on. An edition of the one that holds (same title) keeps its day of opening; any other
    /// plan, and one that was over, begins with day 1.
    pub fn follow(&mut self, plan: Plan, today: Date) {
        let opened = self
            .now
            .as_ref()
            .filter(|held| held.plan.title == plan.title && !held.plan.is_over(held.opened, today))
            .map_or(today, |held| held.opened);
        self.close(today);
        self.now = Some(Held {
            opened,
            since: today,
            until: None,
            plan,
        });
    }

    /// Takes the plan away; what was done with it stays.
    pub fn close(&mut self, today: Date) {
        if let Some(held) = self.now.take() {
            let until = today.yesterday().unwrap_or(today);
            // An edition of the same day never held for a day of its own.
            if held.since <= until {
                self.before.push(Held {
                    until: Some(until),
                    ..held
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
