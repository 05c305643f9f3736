//! How a plan went, counted kindly: what was done, what was left on purpose, and nothing about what was not.

use jiff::civil::Date;

use super::{Followed, Held};
use crate::journal::{End, Entry};
use crate::words::Words;

/// How a plan went up to a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Adherence {
    /// How often something was due.
    pub due: usize,
    /// How often it was done, to the end or in part.
    pub done: usize,
    /// How often "not today" was said.
    pub not_today: usize,
}

impl Adherence {
    /// Done, or left on purpose.
    pub fn kept(self) -> usize {
        self.done + self.not_today
    }

    /// The sentence for the client and the therapist.
    pub fn sentence(self, words: &Words) -> String {
        let said = &words.adherence;
        if self.due == 0 {
            return said.nothing.clone();
        }
        let rests = match self.not_today {
            0 => String::new(),
            n => words.counted(n, &said.one_rest, &said.many_rests),
        };
        let (kept, due) = (self.kept(), self.due);
        words.fill(
            &said.kept,
            &[("n", &kept), ("all", &due), ("rests", &rests)],
        )
    }
}

/// How all that was followed went up to a day, past editions included.
pub fn adherence(followed: &Followed, entries: &[Entry], today: Date) -> Adherence {
    followed
        .before
        .iter()
        .chain(&followed.now)
        .fold(Adherence::default(), |sum, held| {
            let one = of_held(held, entries, today);
            Adherence {
                due: sum.due + one.due,
                done: sum.done + one.done,
                not_today: sum.not_today + one.not_today,
            }
        })
}

fn of_held(held: &Held, entries: &[Entry], today: Date) -> Adherence {
    let last = held.until.map_or(today, |until| until.min(today));
    let mut found = Adherence::default();
    let mut date = held.since;
    while date <= last {
        for item in held.plan.due(held.opened, date) {
            found.due += 1;
            match state(entries, &item.name, date) {
                State::Done => found.done += 1,
                State::NotToday => found.not_today += 1,
                State::Open => {}
            }
        }
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    found
}

/// How an item stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// Not begun yet.
    Open,
    /// Done, to the end or in part.
    Done,
    /// Left on purpose: kept.
    NotToday,
}

/// How an item stands on a day.
pub fn state(entries: &[Entry], item: &str, date: Date) -> State {
    let mut state = State::Open;
    for entry in entries
        .iter()
        .filter(|entry| entry.date == date && entry.plan_item.as_deref() == Some(item))
    {
        match entry.end {
            End::NotToday => {
                state = if state == State::Open {
                    State::NotToday
                } else {
                    state
                }
            }
            End::Finished | End::Left | End::FeltWrong => return State::Done,
        }
    }
    state
}
