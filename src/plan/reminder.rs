//! When to remind, gently: a plan item is open, the hours are not quiet, nothing was shown today, the plan runs.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::adherence::{State, state};
use super::{Followed, Item};
use crate::journal::Entry;

/// How a person wants to be reminded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Reminders {
    /// Whether at all; off until switched on.
    pub on: bool,
    /// From when on in the day.
    pub from: Time,
    /// When quiet hours begin.
    pub quiet_from: Time,
    /// When quiet hours end.
    pub quiet_until: Time,
    /// At most so many a day.
    pub a_day: u8,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            on: false,
            from: Time::constant(17, 0, 0, 0),
            quiet_from: Time::constant(20, 30, 0, 0),
            quiet_until: Time::constant(8, 0, 0, 0),
            a_day: 1,
        }
    }
}

impl Reminders {
    /// Whether a time lies in the quiet hours, which may go past midnight.
    pub fn is_quiet(&self, time: Time) -> bool {
        if self.quiet_from <= self.quiet_until {
            self.quiet_from <= time && time < self.quiet_until
        } else {
            time >= self.quiet_from || time < self.quiet_until
        }
    }
}

/// What was shown, so that it is not shown again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The version of the file's shape; 1 today.
    pub version: u32,
    /// The local date of the last reminder.
    pub on: Option<Date>,
    /// How many were shown on that date.
    pub times: u8,
}

impl Shown {
    /// After one more reminder.
    pub fn again(self, today: Date) -> Self {
        let times = if self.on == Some(today) {
            self.times
        } else {
            0
        };
        Self {
            version: 1,
            on: Some(today),
            times: times.saturating_add(1),
        }
    }
}

/// The item to remind of at a local moment, if any.
pub fn due_reminder<'a>(
    reminders: &Reminders,
    shown: Shown,
    followed: &'a Followed,
    entries: &[Entry],
    now: DateTime,
) -> Option<&'a Item> {
    let (today, time) = (now.date(), now.time());
    let enough = shown.on == Some(today) && shown.times >= reminders.a_day;
    if !reminders.on || enough || time < reminders.from || reminders.is_quiet(time) {
        return None;
    }
    let held = followed
        .now
        .as_ref()
        .filter(|held| !held.plan.is_over(held.opened, today))?;
    held.plan
        .due(held.opened, today)
        .into_iter()
        .find(|item| state(entries, &item.name, today) == State::Open)
}
