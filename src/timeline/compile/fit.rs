//! Fitting to a length (`format.md` 5): numbers in, numbers out, in frames, exact.

use crate::units::Frames;

/// Something that may last longer or shorter, in all its plays together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Elastic {
    pub(super) min: Frames,
    pub(super) ideal: Frames,
    pub(super) max: Frames,
    /// A second, a breath or a round, times the number of plays.
    pub(super) unit: Frames,
    /// 3 gives first, 1 gives last.
    pub(super) class: u8,
}

/// Which way a length has to change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Longer,
    Shorter,
}

/// One elastic on its way to its length.
struct Share {
    room: u64,
    unit: u64,
    class: u8,
    given: u64,
}

/// What each elastic comes to, when all together should last `wanted`: by classes, in proportion to their room, in
/// whole units. The filler takes no share; `settle` says what an elastic can really come to when it is asked for a
/// length (a set of branches may miss it by less than a unit). What is left over is the filler's, or is not reached.
pub(super) fn fit(
    elastics: &[Elastic],
    filler: Option<Elastic>,
    wanted: Frames,
    settle: &dyn Fn(usize, Frames) -> Frames,
) -> Vec<Frames> {
    let filler_ideal = filler.map_or(Frames::ZERO, |filler| filler.ideal);
    let ideal: Frames = elastics.iter().map(|elastic| elastic.ideal).sum::<Frames>() + filler_ideal;
    let (way, left) = if wanted >= ideal {
        (Way::Longer, wanted - ideal)
    } else {
        (Way::Shorter, ideal - wanted)
    };
    let mut shares: Vec<Share> = elastics
        .iter()
        .map(|elastic| share(*elastic, way))
        .collect();
    by_classes(&mut shares, left.0);
    let reached = |i: usize, given: u64| settle(i, moved(elastics[i].ideal, given, way));
    let mut lengths: Vec<Frames> = (0..shares.len())
        .map(|i| reached(i, shares[i].given))
        .collect();
    let Some(filler) = filler else { return lengths };
    // What is left must lie within the filler's own range.
    loop {
        let sum: Frames = lengths.iter().copied().sum();
        let out = match way {
            Way::Longer => wanted > sum + filler.max,
            Way::Shorter => wanted < sum + filler.min,
        };
        let Some(i) = (out).then(|| smallest_with_room(&shares)).flatten() else {
            return lengths;
        };
        let share = &mut shares[i];
        share.given += share.unit.min(share.room - share.given);
        lengths[i] = reached(i, share.given);
    }
}

fn share(elastic: Elastic, way: Way) -> Share {
    Share {
        room: match way {
            Way::Longer => elastic.max - elastic.ideal,
            Way::Shorter => elastic.ideal - elastic.min,
        }
        .0,
        unit: elastic.unit.0.max(1),
        class: elastic.class,
        given: 0,
    }
}

fn moved(ideal: Frames, by: u64, way: Way) -> Frames {
    match way {
        Way::Longer => ideal + Frames(by),
        Way::Shorter => ideal - Frames(by),
    }
}

/// Classes 3, 2, 1: a class with less room than is left gives all of it; the first with more shares it out.
fn by_classes(shares: &mut [Share], mut left: u64) {
    for class in [3, 2, 1] {
        let room: u64 = shares
            .iter()
            .filter(|share| share.class == class)
            .map(|share| share.room)
            .sum();
        if room <= left {
            left -= room;
            for share in shares.iter_mut().filter(|share| share.class == class) {
                share.given = share.room;
            }
        } else {
            in_proportion(shares, class, room, left);
            return;
        }
    }
}

/// Shares in proportion to room, cut down to whole units; then units go one at a time to the one furthest below its
/// share, earlier first, as long as one below its share has a unit that still fits.
fn in_proportion(shares: &mut [Share], class: u8, room: u64, left: u64) {
    let mut over = left;
    for share in shares.iter_mut().filter(|share| share.class == class) {
        let exact = u128::from(left) * u128::from(share.room) / u128::from(room);
        share.given = exact as u64 / share.unit * share.unit;
        over -= share.given;
    }
    // How far below its share one is, times `room`, so that it stays whole.
    let below = |share: &Share| {
        (u128::from(left) * u128::from(share.room))
            .saturating_sub(u128::from(share.given) * u128::from(room))
    };
    loop {
        let mut furthest: Option<(usize, u128)> = None;
        for (i, share) in shares.iter().enumerate() {
            let fits = share.unit <= over && share.given + share.unit <= share.room;
            if share.class == class && fits && below(share) > furthest.map_or(0, |(_, by)| by) {
                furthest = Some((i, below(share)));
            }
        }
        let Some((i, _)) = furthest else { return };
        shares[i].given += shares[i].unit;
        over -= shares[i].unit;
    }
}

/// The one with the smallest unit that has a whole unit of room; where none has, one with any room; earlier first.
fn smallest_with_room(shares: &[Share]) -> Option<usize> {
    let candidates = |whole: bool| {
        (0..shares.len())
            .filter(|&i| {
                let room = shares[i].room - shares[i].given;
                room >= if whole { shares[i].unit } else { 1 }
            })
            .min_by_key(|&i| shares[i].unit)
    };
    candidates(true).or_else(|| candidates(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn elastic(min: u64, ideal: u64, max: u64, unit: u64, class: u8) -> Elastic {
        let secs = Frames::whole_secs;
        Elastic {
            min: secs(min),
            ideal: secs(ideal),
            max: secs(max),
            unit: secs(unit),
            class,
        }
    }

    /// The seconds of each, the filler's last, when all should last so many seconds.
    #[track_caller]
    fn case(elastics: &[Elastic], filler: Elastic, wanted: u64, expected: &[u64]) {
        let wanted = Frames::whole_secs(wanted);
        let lengths = fit(elastics, Some(filler), wanted, &|_, length| length);
        let rest = wanted - lengths.iter().copied().sum();
        let secs: Vec<u64> = lengths
            .iter()
            .chain([&rest])
            .map(|f| f.0 / 48_000)
            .collect();
        assert_eq!(secs, expected, "{wanted:?}");
    }

    /// Settle, breaths, branches, breaths; the filler is the end. All else of Shoulders Down lasts 130 s.
    fn shoulders_down() -> [Elastic; 4] {
        [
            elastic(20, 30, 60, 1, 2),
            elastic(60, 80, 240, 10, 2),
            elastic(240, 270, 300, 2, 2),
            elastic(30, 60, 180, 10, 2),
        ]
    }

    #[test]
    fn shoulders_down_by_hand() {
        let end = elastic(15, 20, 60, 1, 2);
        let fixed = 30 + 60 + 10 + 30 + 10;
        case(&shoulders_down(), end, 600 - fixed, &[30, 80, 270, 60, 20]);
        // Nine minutes: settle 23, seven breaths, hold 35 a side, four breaths, end 17.
        case(&shoulders_down(), end, 540 - fixed, &[23, 70, 250, 40, 17]);
        case(&shoulders_down(), end, 505 - fixed, &[20, 60, 240, 30, 15]);
        case(
            &shoulders_down(),
            end,
            980 - fixed,
            &[60, 240, 300, 180, 60],
        );
    }

    #[test]
    fn less_important_classes_give_first() {
        let end = elastic(5, 10, 20, 1, 2);
        let elastics = [elastic(10, 20, 30, 1, 1), elastic(10, 20, 30, 1, 3)];
        case(&elastics, end, 45, &[20, 15, 10]);
        case(&elastics, end, 38, &[18, 10, 10]);
        case(&elastics, end, 26, &[10, 10, 6]);
    }

    #[test]
    fn a_full_filler_moves_one_more_unit() {
        let end = elastic(5, 10, 16, 1, 2);
        let elastics = [elastic(10, 20, 60, 10, 2)];
        case(&elastics, end, 36, &[20, 16]);
        case(&elastics, end, 38, &[30, 8]);
        case(&elastics, end, 49, &[40, 9]);
        case(&elastics, end, 26, &[20, 6]);
        case(&elastics, end, 24, &[10, 14]);
    }

    fn any_elastic() -> impl Strategy<Value = Elastic> {
        (
            0_u64..6,
            0_u64..6,
            0_u64..6,
            prop::sample::select(vec![1_u64, 2, 5, 10]),
            1_u8..=3,
        )
            .prop_map(|(min, more, most, unit, class)| {
                elastic(
                    min * unit,
                    (min + more) * unit,
                    (min + more + most) * unit,
                    unit,
                    class,
                )
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn every_length_within_the_range_is_reached(
            elastics in prop::collection::vec(any_elastic(), 0..6),
            spare in 0_u64..1_000,
            per_mille in 0_u64..=1_000,
        ) {
            let widest = elastics.iter().map(|e| e.unit).max().unwrap_or(Frames::whole_secs(1));
            let min = Frames::whole_secs(3);
            let filler = Elastic { min, ideal: min + Frames(spare % widest.0), max: min + widest, unit: Frames(1), class: 2 };
            let least: Frames = elastics.iter().map(|e| e.min).sum::<Frames>() + filler.min;
            let most: Frames = elastics.iter().map(|e| e.max).sum::<Frames>() + filler.max;
            let wanted = least + Frames((most - least).0 * per_mille / 1_000);
            let lengths = fit(&elastics, Some(filler), wanted, &|_, length| length);
            let rest = wanted - lengths.iter().copied().sum();
            prop_assert!(filler.min <= rest && rest <= filler.max, "filler {rest:?}");
            for (elastic, length) in elastics.iter().zip(&lengths) {
                prop_assert!(elastic.min <= *length && *length <= elastic.max);
                let moved = length.0.abs_diff(elastic.ideal.0);
                prop_assert_eq!(moved % elastic.unit.0, 0, "whole units");
            }
        }
    }
}
