//! The numbers of the rule. All are design targets with no trial behind them (`content.md` 4.4 \[D\]); a studio may set
//! its own in `studio.ron`.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::units::Pressure;

/// The numbers of the rule, each with its default.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Rule 3: pain from here on stops (8).
    pub pain_stop: u8,
    /// Rule 3: points above a personal baseline that stop (2).
    pub above_baseline: u8,
    /// Rule 4: check-ins in a row over which pain rises (3).
    pub rising_check_ins: usize,
    /// Rule 4: points that it rises by in all (2).
    pub rising_total: u8,
    /// Rule 6: what sleep is taken from (8).
    pub sleep_need: u8,
    /// Rule 7: stress from here on comes first (8).
    pub stress_first: u8,
    /// Rule 7: points that stress must fall by before a blend is offered (2).
    pub stress_falls: u8,
    /// Rules 8, 10, 11, 12: a need counts from here on (4).
    pub need: u8,
    /// Rule 10: minutes that a blend needs (10).
    pub blend_minutes: u32,
    /// Relax share of a blend when both needs are equal, percent (40).
    pub share: u8,
    /// Percent for each point of difference (5).
    pub share_step: u8,
    /// The smallest relax share, percent (30).
    pub share_min: u8,
    /// The largest, percent (60).
    pub share_max: u8,
    /// The smallest at bedtime, percent (50).
    pub share_bedtime: u8,
    /// Pressure cap of therapeutic and blend (6).
    pub cap: Pressure,
    /// Pressure cap from `cap_pain` on, of a blend at bedtime, and of maintenance (4).
    pub cap_low: Pressure,
    /// Pain from here on lowers the cap (6).
    pub cap_pain: u8,
    /// Pressure cap of relaxation (3).
    pub cap_relaxation: Pressure,
    /// The longest maintenance routine that is looked for first, minutes (10).
    pub short_minutes: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            pain_stop: 8,
            above_baseline: 2,
            rising_check_ins: 3,
            rising_total: 2,
            sleep_need: 8,
            stress_first: 8,
            stress_falls: 2,
            need: 4,
            blend_minutes: 10,
            share: 40,
            share_step: 5,
            share_min: 30,
            share_max: 60,
            share_bedtime: 50,
            cap: Pressure(6),
            cap_low: Pressure(4),
            cap_pain: 6,
            cap_relaxation: Pressure(3),
            short_minutes: 10,
        }
    }
}

impl Thresholds {
    /// The numbers that hold. A studio may be more careful than the built-in ones, never less: for each number that is
    /// less careful the built-in one holds, and a sentence says so.
    pub fn checked(mut self) -> (Self, Vec<String>) {
        let standard = Self::default();
        let mut problems = Vec::new();
        macro_rules! careful {
            ($side:ident: $($field:ident $(.$inner:tt)?),+) => {$(
                $side(&mut problems, stringify!($field), &mut self.$field$(.$inner)?, standard.$field$(.$inner)?);
            )+};
        }
        careful!(no_higher: pain_stop, above_baseline, rising_check_ins, rising_total, stress_first, cap_pain);
        careful!(no_higher: cap.0, cap_low.0, cap_relaxation.0, share_max);
        careful!(no_lower: sleep_need, stress_falls, need, blend_minutes);
        careful!(no_lower: share, share_min, share_max, share_bedtime);
        if self.rising_check_ins < 2 {
            problems.push(
                "`rising_check_ins` is at least 2: one alone cannot rise; 3 holds".to_owned(),
            );
            self.rising_check_ins = standard.rising_check_ins;
        }
        // What is meant to be gentler is never harder than the usual, and no share is above the largest.
        self.cap_low = self.cap_low.min(self.cap);
        self.cap_relaxation = self.cap_relaxation.min(self.cap);
        for share in [&mut self.share_min, &mut self.share_bedtime] {
            *share = (*share).min(self.share_max);
        }
        (self, problems)
    }
}

/// Lower is more careful.
fn no_higher<T: PartialOrd + Copy + Display>(
    problems: &mut Vec<String>,
    name: &str,
    value: &mut T,
    standard: T,
) {
    if *value > standard {
        problems.push(format!(
            "`{name}` may be lower than {standard}, not higher; {standard} holds"
        ));
        *value = standard;
    }
}

/// Higher is more careful.
fn no_lower<T: PartialOrd + Copy + Display>(
    problems: &mut Vec<String>,
    name: &str,
    value: &mut T,
    standard: T,
) {
    if *value < standard {
        problems.push(format!(
            "`{name}` may be higher than {standard}, not lower; {standard} holds"
        ));
        *value = standard;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a studio writes, what of it holds, and what is said.
    #[track_caller]
    fn case(written: &str, holds: Thresholds, said: &[&str]) {
        let read: Thresholds = ron::from_str(written).expect("fields of the table");
        assert_eq!(
            read.checked(),
            (holds, said.iter().map(|&text| text.to_owned()).collect())
        );
    }

    #[test]
    fn a_studio_may_be_more_careful() {
        let standard = Thresholds::default();
        case("()", standard, &[]);
        let stop = Thresholds {
            pain_stop: 7,
            ..standard
        };
        case("(pain_stop: 7)", stop, &[]);
        let need = Thresholds {
            need: 5,
            ..standard
        };
        case("(need: 5)", need, &[]);
        // All that is gentler follows.
        let light = Thresholds {
            cap: Pressure(2),
            cap_low: Pressure(2),
            cap_relaxation: Pressure(2),
            ..standard
        };
        case("(cap: 2)", light, &[]);
        let soft = Thresholds {
            share_min: 60,
            ..standard
        };
        case("(share_min: 75)", soft, &[]);
    }

    #[test]
    fn a_studio_is_never_less_careful() {
        let standard = Thresholds::default();
        for (written, said) in [
            (
                "(pain_stop: 9)",
                "`pain_stop` may be lower than 8, not higher; 8 holds",
            ),
            (
                "(above_baseline: 3)",
                "`above_baseline` may be lower than 2, not higher; 2 holds",
            ),
            (
                "(rising_check_ins: 4000)",
                "`rising_check_ins` may be lower than 3, not higher; 3 holds",
            ),
            (
                "(rising_check_ins: 1)",
                "`rising_check_ins` is at least 2: one alone cannot rise; 3 holds",
            ),
            (
                "(rising_total: 200)",
                "`rising_total` may be lower than 2, not higher; 2 holds",
            ),
            (
                "(sleep_need: 7)",
                "`sleep_need` may be higher than 8, not lower; 8 holds",
            ),
            (
                "(stress_first: 10)",
                "`stress_first` may be lower than 8, not higher; 8 holds",
            ),
            (
                "(stress_falls: 0)",
                "`stress_falls` may be higher than 2, not lower; 2 holds",
            ),
            (
                "(need: 0)",
                "`need` may be higher than 4, not lower; 4 holds",
            ),
            (
                "(blend_minutes: 1)",
                "`blend_minutes` may be higher than 10, not lower; 10 holds",
            ),
            (
                "(share: 0)",
                "`share` may be higher than 40, not lower; 40 holds",
            ),
            (
                "(share_min: 0)",
                "`share_min` may be higher than 30, not lower; 30 holds",
            ),
            (
                "(share_max: 200)",
                "`share_max` may be lower than 60, not higher; 60 holds",
            ),
            (
                "(share_bedtime: 0)",
                "`share_bedtime` may be higher than 50, not lower; 50 holds",
            ),
            ("(cap: 7)", "`cap` may be lower than 6, not higher; 6 holds"),
            (
                "(cap_low: 6)",
                "`cap_low` may be lower than 4, not higher; 4 holds",
            ),
            (
                "(cap_pain: 99)",
                "`cap_pain` may be lower than 6, not higher; 6 holds",
            ),
            (
                "(cap_relaxation: 4)",
                "`cap_relaxation` may be lower than 3, not higher; 3 holds",
            ),
        ] {
            case(written, standard, &[said]);
        }
    }

    #[test]
    fn what_is_more_careful_holds_beside_what_is_less() {
        let holds = Thresholds {
            pain_stop: 6,
            ..Thresholds::default()
        };
        case(
            "(pain_stop: 6, cap_pain: 99)",
            holds,
            &["`cap_pain` may be lower than 6, not higher; 6 holds"],
        );
    }

    #[test]
    fn a_studio_writes_only_what_differs() {
        let read: Thresholds = ron::from_str("(need: 5, cap: 5)").expect("two fields of the table");
        assert_eq!(
            read,
            Thresholds {
                need: 5,
                cap: Pressure(5),
                ..Thresholds::default()
            }
        );
    }
}
