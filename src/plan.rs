//! The plan that a therapist gives: what, on which days, from when until when, with this client's own cap, side and
//! area. Today's safety wins over it, and "not today" counts as kept.
//!
//! The date is handed in; the file is read and kept by the store.

pub mod adherence;
pub mod reminder;
pub mod today;

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
    /// What is wrong with a plan, each a sentence that names the item; empty when it can be followed.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.version > 1 {
            problems.push("This plan was made with a newer Rootwell.".to_owned());
        }
        if self.items.is_empty() {
            problems.push("There is nothing to do in this plan.".to_owned());
        }
        for (i, item) in self.items.iter().enumerate() {
            let name = &item.name;
            let mut problem = |wrong: bool, what: &str| {
                if wrong {
                    problems.push(format!("`{name}`: {what}."));
                }
            };
            problem(
                self.items[..i].iter().any(|other| other.name == item.name),
                "there are two items of this name",
            );
            problem(
                item.cap.is_some_and(|cap| cap > HARDEST),
                "the cap is at most 7 at home",
            );
            problem(item.minutes == Some(0), "it lasts no time");
            problem(
                item.on == Days::Every(0),
                "`Every(0)` is no day; `Daily` is each day",
            );
            problem(
                item.on == Days::On(Vec::new()),
                "no day of the week is named",
            );
            problem(
                [item.from, item.until].contains(&Some(When::Day(0))),
                "the day of opening is `Day(1)`",
            );
            let backwards = match (item.from, item.until) {
                (Some(When::Day(from)), Some(When::Day(until))) => from > until,
                (Some(When::Date(from)), Some(When::Date(until))) => from > until,
                _ => false,
            };
            problem(backwards, "it ends before it begins");
        }
        problems
    }

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

    /// The items due on a date, the first three.
    pub fn due(&self, opened: Date, date: Date) -> Vec<&Item> {
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
    /// plan begins with day 1.
    pub fn follow(&mut self, plan: Plan, today: Date) {
        let opened = self
            .now
            .as_ref()
            .filter(|held| held.plan.title == plan.title)
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
