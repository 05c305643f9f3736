//! The three checks of movement that are worth a number, or a feeling, at home, each with its smallest real change
//! (`content.md` 4.3). A smaller difference is "the same": the measure itself is not finer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::names::Hand;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Check {
    /// Knees straight, slow bend: centimetres from middle finger to floor; less is further.
    FingertipsToFloor,
    /// Heel down, knee touching: centimetres from toe to wall; more is further.
    KneeToWall,
    /// Seated against a wall: the mark that is seen over the shoulder, 10 cm each; more is further.
    LookOverShoulder,
}

impl Check {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::FingertipsToFloor,
        Self::KneeToWall,
        Self::LookOverShoulder,
    ];

    /// The smallest change that is real: 5 cm [Ekedahl12: 4.5], 2 cm [Powden15: 1.9], one mark \[P\].
    pub fn smallest_change(self) -> f64 {
        match self {
            Self::FingertipsToFloor => 5.0,
            Self::KneeToWall => 2.0,
            Self::LookOverShoulder => 1.0,
        }
    }

    /// What a value may be.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::FingertipsToFloor => (0.0, 100.0),
            Self::KneeToWall => (0.0, 30.0),
            Self::LookOverShoulder => (0.0, 20.0),
        }
    }

    /// Whether left and right are measured apart.
    pub fn has_sides(self) -> bool {
        self != Self::FingertipsToFloor
    }

    /// What came of it, from an earlier to a later value.
    pub fn change(self, earlier: f64, later: f64) -> Change {
        let further = if self == Self::FingertipsToFloor {
            earlier - later
        } else {
            later - earlier
        };
        if further >= self.smallest_change() {
            Change::More
        } else if -further >= self.smallest_change() {
            Change::Less
        } else {
            Change::Same
        }
    }
}

/// What came of a movement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Change {
    /// Less far.
    Less,
    /// The same, as far as the check can tell.
    Same,
    /// Further.
    More,
}

/// One measure.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measure {
    /// The local date.
    pub date: Date,
    /// What was measured.
    pub check: Check,
    /// On which side.
    #[serde(default)]
    pub side: Option<Hand>,
    /// The best of two tries; centimetres or marks. Absent where it was only felt.
    #[serde(default)]
    pub value: Option<f64>,
    /// Felt, where there is no number.
    #[serde(default)]
    pub felt: Option<Change>,
}

impl Measure {
    /// Whether its value is one that its check can give: a measure from elsewhere may say what it likes.
    pub fn is_possible(&self) -> bool {
        let (least, most) = self.check.range();
        self.value
            .is_none_or(|value| (least..=most).contains(&value))
    }
}

/// What came of a check on one side, between its first and its newest measure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Since {
    /// What was measured.
    pub check: Check,
    /// On which side.
    pub side: Option<Hand>,
    /// The first value and its date.
    pub first: (Date, f64),
    /// The newest value and its date.
    pub newest: (Date, f64),
    /// How many measures.
    pub n: usize,
    /// What came of it.
    pub change: Change,
}

/// What came of each check and side that was measured at least twice. Measures are in order of their dates.
pub fn since(measures: &[Measure]) -> Vec<Since> {
    let mut found = Vec::new();
    for check in Check::ALL {
        for side in [None, Some(Hand::Left), Some(Hand::Right)] {
            let values: Vec<(Date, f64)> = measures
                .iter()
                .filter(|measure| measure.check == check && measure.side == side)
                .filter_map(|measure| Some((measure.date, measure.value?)))
                .collect();
            if let [first, .., newest] = values[..] {
                let change = check.change(first.1, newest.1);
                found.push(Since {
                    check,
                    side,
                    first,
                    newest,
                    n: values.len(),
                    change,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn case(check: Check, earlier: f64, later: f64, expected: Change) {
        assert_eq!(check.change(earlier, later), expected);
    }

    #[test]
    fn less_than_the_smallest_real_change_is_the_same() {
        case(Check::FingertipsToFloor, 20.0, 15.1, Change::Same);
        case(Check::FingertipsToFloor, 20.0, 15.0, Change::More);
        case(Check::FingertipsToFloor, 15.0, 20.0, Change::Less);
        case(Check::KneeToWall, 8.0, 9.9, Change::Same);
        case(Check::KneeToWall, 8.0, 10.0, Change::More);
        case(Check::KneeToWall, 10.0, 8.0, Change::Less);
        case(Check::LookOverShoulder, 3.0, 3.0, Change::Same);
        case(Check::LookOverShoulder, 3.0, 4.0, Change::More);
    }

    #[test]
    fn sides_are_apart_and_one_measure_says_nothing() {
        let at = |day, side, value| Measure {
            date: date(2026, 11, day),
            check: Check::KneeToWall,
            side: Some(side),
            value: Some(value),
            felt: None,
        };
        let found = since(&[
            at(1, Hand::Left, 8.0),
            at(1, Hand::Right, 9.0),
            at(9, Hand::Left, 11.0),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].side, found[0].change, found[0].n),
            (Some(Hand::Left), Change::More, 2)
        );
    }
}
