//! What earlier sessions say about today: areas to leave alone, and the pains before (`content.md` 4.4, rules 4, 5).

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{End, Entry};
use crate::checkin::Rating;
use crate::names::Area;

/// An ache from here on locks the area until it is gone (`content.md` 2.1, after-care).
const ACHE: u8 = 4;
/// The same spot is left alone for so long.
const SPOT_HOURS: i64 = 24;
/// How long an ache from a session can keep its area locked, in days: later it is the therapist's matter.
const ACHE_DAYS: i32 = 2;

/// So long after a session the next morning has come …
const ASLEEP_HOURS: i64 = 6;
/// … and so long after it nobody remembers how it was.
const MORNING_HOURS: i64 = 36;

/// Why an area is left alone today.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lock {
    /// Something felt wrong there today.
    FeltWrong,
    /// It ached after the last session.
    Ache,
    /// It was pressed within the last day.
    Pressed,
}

/// The areas to leave alone, each with the weightiest reason. Entries may be in any order; those of the last three
/// days are enough.
pub fn locks<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    now: Timestamp,
    today: Date,
) -> Vec<(Area, Lock)> {
    let mut locks: Vec<(Area, Lock)> = Vec::new();
    for entry in entries {
        if entry.end == End::FeltWrong && entry.date == today {
            locks.extend(
                entry
                    .areas
                    .iter()
                    .chain(&entry.pressed)
                    .map(|&area| (area, Lock::FeltWrong)),
            );
        }
        let days = (today - entry.date).get_days();
        if (0..=ACHE_DAYS).contains(&days) && entry.ache.is_some_and(|ache| ache.number() >= ACHE) {
            let worked = if entry.pressed.is_empty() {
                &entry.areas
            } else {
                &entry.pressed
            };
            locks.extend(worked.iter().map(|&area| (area, Lock::Ache)));
        }
        // A clock that was set back makes the past lie ahead; such an entry still counts as lately.
        if now.duration_since(entry.started) < SignedDuration::from_hours(SPOT_HOURS) {
            locks.extend(entry.pressed.iter().map(|&area| (area, Lock::Pressed)));
        }
    }
    locks.sort_unstable();
    locks.dedup_by_key(|(area, _)| *area);
    locks
}

/// The session that the next morning asks about, with its place among the entries: the newest of the night or the day
/// before that led into sleep, or pressed somewhere, and was not asked about yet.
pub fn morning_after(entries: &[Entry], now: Timestamp) -> Option<usize> {
    let asks = |entry: &Entry| {
        let since = now.duration_since(entry.started);
        let slept_over = SignedDuration::from_hours(ASLEEP_HOURS) <= since
            && since < SignedDuration::from_hours(MORNING_HOURS);
        let worked = entry.bedtime || !entry.pressed.is_empty();
        slept_over && worked && !entry.morning && entry.end != End::NotToday
    };
    entries.iter().rposition(asks)
}

/// The pains of earlier check-ins that concern one of these areas, oldest first; a pain that was not asked is left
/// out.
pub fn pains(entries: &[Entry], areas: &[Area]) -> Vec<Rating> {
    let concerned = |entry: &&Entry| entry.areas.iter().any(|area| areas.contains(area));
    entries
        .iter()
        .filter(concerned)
        .filter_map(|entry| entry.before.pain)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Style;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 25);

    fn now() -> Timestamp {
        "2026-11-25T18:00:00Z".parse().expect("a moment")
    }

    fn entry(hours_ago: i64) -> Entry {
        let started = now() - SignedDuration::from_hours(hours_ago);
        let date = jiff::tz::TimeZone::UTC.to_datetime(started).date();
        Entry {
            areas: vec![Area::Neck],
            ..Entry::begun(started, date, "x", "X", Style::Therapeutic)
        }
    }

    #[track_caller]
    fn case(entry: Entry, expected: &[(Area, Lock)]) {
        assert_eq!(locks(&[entry], now(), TODAY), expected);
    }

    #[test]
    fn areas_are_left_alone() {
        case(entry(2), &[]);
        case(
            Entry {
                pressed: vec![Area::Neck],
                ..entry(23)
            },
            &[(Area::Neck, Lock::Pressed)],
        );
        case(
            Entry {
                pressed: vec![Area::Neck],
                ..entry(24)
            },
            &[],
        );
        case(
            Entry {
                ache: Rating::new(3),
                ..entry(30)
            },
            &[],
        );
        case(
            Entry {
                ache: Rating::new(4),
                ..entry(30)
            },
            &[(Area::Neck, Lock::Ache)],
        );
        case(
            Entry {
                ache: Rating::new(9),
                ..entry(24 * 3)
            },
            &[],
        );
        case(
            Entry {
                end: End::FeltWrong,
                ..entry(1)
            },
            &[(Area::Neck, Lock::FeltWrong)],
        );
        case(
            Entry {
                end: End::FeltWrong,
                ..entry(24)
            },
            &[],
        );
    }

    #[test]
    fn the_next_morning_asks_about_the_night_and_about_what_was_pressed() {
        #[track_caller]
        fn asked(entry: Entry, expected: bool) {
            assert_eq!(morning_after(&[entry], now()).is_some(), expected);
        }
        let night = |hours| Entry {
            bedtime: true,
            ..entry(hours)
        };
        asked(night(5), false);
        asked(night(6), true);
        asked(night(35), true);
        asked(night(36), false);
        asked(entry(12), false);
        asked(
            Entry {
                pressed: vec![Area::Neck],
                ..entry(12)
            },
            true,
        );
        asked(
            Entry {
                morning: true,
                ..night(12)
            },
            false,
        );
        asked(
            Entry {
                end: End::NotToday,
                ..night(12)
            },
            false,
        );
        let two = [night(20), night(10)];
        assert_eq!(morning_after(&two, now()), Some(1), "the newest");
    }

    #[test]
    fn pains_are_those_of_the_same_area_that_were_given() {
        let with = |pain: Option<u8>, area| {
            let mut entry = Entry {
                areas: vec![area],
                ..entry(50)
            };
            entry.before.pain = pain.and_then(Rating::new);
            entry
        };
        let entries = [
            with(Some(3), Area::Neck),
            with(None, Area::Neck),
            with(Some(9), Area::Calves),
            with(Some(4), Area::Neck),
        ];
        let pains: Vec<u8> = pains(&entries, &[Area::Neck])
            .into_iter()
            .map(Rating::number)
            .collect();
        assert_eq!(pains, [3, 4]);
    }
}
