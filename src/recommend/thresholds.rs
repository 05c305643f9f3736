//! The numbers of the rule. All are design targets with no trial behind them (`content.md` 4.4 \[D\]); a studio may set
//! its own in `studio.ron`.

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
    /// What a studio may not set: a stop later, a deeper cap, or nonsense. The sentences name the field.
    pub fn problems(&self) -> Vec<String> {
        let standard = Self::default();
        let mut problems = Vec::new();
        let mut need = |fine: bool, sentence: &str| {
            if !fine {
                problems.push(sentence.to_owned());
            }
        };
        need(
            self.pain_stop <= standard.pain_stop,
            "`pain_stop` may be lower than 8, not higher",
        );
        need(
            self.above_baseline <= standard.above_baseline,
            "`above_baseline` may be lower than 2, not higher",
        );
        need(
            self.rising_check_ins >= 2,
            "`rising_check_ins` is at least 2",
        );
        need(self.stress_first <= 10, "`stress_first` is at most 10");
        need(
            self.cap <= standard.cap,
            "`cap` may be lower than 6, not higher; a plan can allow 7 to one client",
        );
        need(self.cap_low <= self.cap, "`cap_low` is at most `cap`");
        need(
            self.cap_relaxation <= standard.cap_relaxation,
            "`cap_relaxation` may be lower than 3, not higher",
        );
        need(
            self.share_min <= self.share_max
                && self.share_max <= 100
                && self.share_bedtime <= self.share_max,
            "the shares are in order: `share_min`, `share_bedtime`, `share_max`, at most 100",
        );
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_have_no_problem_and_a_later_stop_has() {
        assert!(Thresholds::default().problems().is_empty());
        let late = Thresholds {
            pain_stop: 9,
            ..Thresholds::default()
        };
        assert_eq!(
            late.problems(),
            ["`pain_stop` may be lower than 8, not higher"]
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
