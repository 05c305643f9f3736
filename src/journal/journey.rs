//! What came of it: pairs before → after, medians with their n, what got worse too, and a trend from five sessions on.
//! Never a score of a person, never a streak (`content.md` 4.6).

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::{End, Entry};
use crate::checkin::{Rating, Ratings};
use crate::names::Area;

/// From how many sessions on there is a trend (`content.md` 4.6).
pub const TREND_FROM: usize = 5;

/// From how many of the newest sessions today and the journey's first picture are made, however many there are.
pub const NEWEST: usize = 200;

/// What can be compared before and after.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measured {
    /// 0 loose – 10 tight.
    Tension,
    /// 0 none – 10 worst.
    Pain,
    /// 0 at ease – 10 on edge.
    Stress,
}

impl Measured {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tension, Self::Pain, Self::Stress];

    fn of(self, ratings: &Ratings) -> Option<Rating> {
        match self {
            Self::Tension => ratings.tension,
            Self::Pain => ratings.pain,
            Self::Stress => ratings.stress,
        }
    }
}

/// A rating before and after one session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The local date.
    pub date: Date,
    /// Before.
    pub before: u8,
    /// After.
    pub after: u8,
}

/// What came of a set of sessions, in one measure.
#[derive(Clone, PartialEq, Debug)]
pub struct Pairs {
    /// The pairs in order of time; sessions without both ratings are left out.
    pub pairs: Vec<Pair>,
    /// The median before, if there is a pair.
    pub before: Option<f64>,
    /// The median after.
    pub after: Option<f64>,
    /// How many felt worse after than before.
    pub worse: usize,
    /// How many felt better.
    pub better: usize,
    /// The trend of what it is before sessions, from five sessions on.
    pub trend: Option<Trend>,
}

impl Pairs {
    /// How many sessions stand behind it.
    pub fn n(&self) -> usize {
        self.pairs.len()
    }
}

/// A line through the ratings before each session: Theil and Sen's, the median of all slopes, so that one bad day does
/// not turn it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Trend {
    /// Points a week; below zero it eases.
    pub a_week: f64,
    /// The line's value at the first session.
    pub first: f64,
    /// The line's value at the last session.
    pub last: f64,
}

/// What came of these sessions in one measure, for an area or a routine if one is named. Entries are in order of time.
pub fn pairs(entries: &[Entry], measured: Measured, only: &Only) -> Pairs {
    let pairs: Vec<Pair> = entries
        .iter()
        .filter(|entry| only.covers(entry))
        .filter_map(|entry| {
            let before = measured.of(&entry.before)?.number();
            let after = measured.of(&entry.after)?.number();
            Some(Pair {
                date: entry.date,
                before,
                after,
            })
        })
        .collect();
    Pairs {
        before: median(pairs.iter().map(|pair| f64::from(pair.before)).collect()),
        after: median(pairs.iter().map(|pair| f64::from(pair.after)).collect()),
        worse: pairs.iter().filter(|pair| pair.after > pair.before).count(),
        better: pairs.iter().filter(|pair| pair.after < pair.before).count(),
        trend: trend(&pairs),
        pairs,
    }
}

/// Which sessions are looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// Those where this area was chosen.
    Area(Area),
    /// Those of this routine.
    Routine(String),
}

impl Only {
    fn covers(&self, entry: &Entry) -> bool {
        entry.end != End::NotToday
            && match self {
                Self::All => true,
                Self::Area(area) => entry.areas.contains(area),
                Self::Routine(routine) => entry.routine == *routine,
            }
    }
}

/// The areas and the routines that sessions are about, those with the most sessions first.
pub fn subjects(entries: &[Entry]) -> Vec<(Only, usize)> {
    let mut counted: Vec<(Only, usize)> = Vec::new();
    let areas: BTreeSet<Area> = entries
        .iter()
        .flat_map(|entry| entry.areas.iter().copied())
        .collect();
    let routines: BTreeSet<&str> = entries.iter().map(|entry| entry.routine.as_str()).collect();
    let subjects = areas
        .into_iter()
        .map(Only::Area)
        .chain(routines.into_iter().map(|id| Only::Routine(id.to_owned())));
    for only in subjects {
        let n = entries.iter().filter(|entry| only.covers(entry)).count();
        if n > 0 {
            counted.push((only, n));
        }
    }
    counted.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    counted
}

fn trend(pairs: &[Pair]) -> Option<Trend> {
    if pairs.len() < TREND_FROM {
        return None;
    }
    let first = pairs.first()?.date;
    // The newest hundred are enough for a line, and keep the work for all pairs of them small.
    let newest = &pairs[pairs.len().saturating_sub(100)..];
    let points: Vec<(f64, f64)> = newest
        .iter()
        .map(|pair| {
            (
                f64::from((pair.date - first).get_days()) / 7.0,
                f64::from(pair.before),
            )
        })
        .collect();
    let slopes: Vec<f64> = points
        .iter()
        .enumerate()
        .flat_map(|(i, a)| points[i + 1..].iter().map(move |b| (a, b)))
        .filter(|(a, b)| b.0 > a.0)
        .map(|(a, b)| (b.1 - a.1) / (b.0 - a.0))
        .collect();
    let a_week = median(slopes)?;
    let at_zero = median(points.iter().map(|(x, y)| y - a_week * x).collect())?;
    let at = |x: f64| (at_zero + a_week * x).clamp(0.0, 10.0);
    Some(Trend {
        a_week,
        first: at(points.first()?.0),
        last: at(points.last()?.0),
    })
}

/// The middle value, or the mean of the two middle ones.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// The days of a month with at least one session: quiet dots, no streaks.
pub fn practised(entries: &[Entry]) -> BTreeSet<Date> {
    entries
        .iter()
        .filter(|entry| entry.end != End::NotToday)
        .map(|entry| entry.date)
        .collect()
}

/// How many calendar weeks, Monday first, have at least one of these days.
pub fn weeks_practised(days: &BTreeSet<Date>) -> usize {
    days.iter()
        .map(|day| monday_of(*day))
        .collect::<BTreeSet<Date>>()
        .len()
}

fn monday_of(day: Date) -> Date {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    // Only the very first days of the calendar have no Monday before them.
    day.checked_sub(jiff::Span::new().days(since))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Style;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn session(day: i8, before: Option<u8>, after: Option<u8>) -> Entry {
        let mut entry = Entry::begun(
            Timestamp::UNIX_EPOCH,
            date(2026, 11, day),
            "shoulders-down",
            "Shoulders Down",
            Style::Blend,
        );
        entry.areas = vec![Area::Neck];
        entry.before.tension = before.and_then(Rating::new);
        entry.after.tension = after.and_then(Rating::new);
        entry
    }

    #[test]
    fn medians_show_their_n_and_what_got_worse() {
        let entries = [
            session(1, Some(6), Some(4)),
            session(2, Some(8), Some(3)),
            session(3, Some(5), Some(6)),
            session(4, Some(5), None),
        ];
        let found = pairs(&entries, Measured::Tension, &Only::Area(Area::Neck));
        assert_eq!(
            (found.n(), found.before, found.after),
            (3, Some(6.0), Some(4.0))
        );
        assert_eq!((found.worse, found.better), (1, 2));
        assert_eq!(found.trend, None, "three sessions make no trend");
        assert_eq!(
            pairs(&entries, Measured::Tension, &Only::Area(Area::Calves)).n(),
            0
        );
        assert_eq!(
            pairs(&entries, Measured::Pain, &Only::All).before,
            None,
            "not asked is not nought"
        );
    }

    #[test]
    fn a_trend_begins_with_five_and_one_bad_day_does_not_turn_it() {
        let falling: Vec<Entry> = [9, 8, 10, 6, 5, 4, 3]
            .iter()
            .zip([1, 3, 5, 7, 9, 11, 13])
            .map(|(&before, day)| session(day, Some(before), Some(2)))
            .collect();
        assert_eq!(
            pairs(&falling[..4], Measured::Tension, &Only::All).trend,
            None
        );
        let trend = pairs(&falling, Measured::Tension, &Only::All)
            .trend
            .expect("seven sessions");
        assert!((-3.6..=-3.4).contains(&trend.a_week), "{trend:?}");
        assert!(trend.first > trend.last);
    }

    #[test]
    fn sessions_of_one_day_make_no_slope() {
        let same: Vec<Entry> = (0..6)
            .map(|before| session(1, Some(before), Some(0)))
            .collect();
        assert_eq!(pairs(&same, Measured::Tension, &Only::All).trend, None);
    }

    #[test]
    fn days_and_weeks_are_counted_kindly() {
        let mut not_today = session(20, None, None);
        not_today.end = End::NotToday;
        let days = practised(&[
            session(1, None, None),
            session(1, None, None),
            session(2, None, None),
            not_today,
        ]);
        assert_eq!(days.len(), 2);
        assert_eq!(
            weeks_practised(&days),
            2,
            "the first of November 2026 is a Sunday"
        );
    }

    #[test]
    fn subjects_come_by_their_sessions() {
        let entries = [session(1, None, None), session(2, None, None)];
        assert_eq!(
            subjects(&entries),
            [
                (Only::Area(Area::Neck), 2),
                (Only::Routine("shoulders-down".to_owned()), 2)
            ]
        );
    }
}
