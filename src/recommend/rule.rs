//! The rule itself: thirteen steps in order, the first hit wins (`content.md` 4.4).

use serde::Serialize;

use super::thresholds::Thresholds;
use crate::cautions::{LIGHT, Limits};
use crate::checkin::{CheckIn, Rating};
use crate::names::{Area, Tag, Urgency, Wish};
use crate::units::Pressure;

/// What kind of session fits today.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Softness only.
    Relaxation,
    /// Focused work.
    Therapeutic,
    /// Soften first, then release.
    Blend,
    /// Something short that keeps the gain.
    Maintenance,
    /// No self-care now.
    Stop,
}

/// What the rule says, with what it was decided by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// What fits.
    pub answer: Answer,
    /// How soon something else must be done.
    pub urgency: Option<Urgency>,
    /// The soft share of a blend, percent.
    pub relax_share: Option<u8>,
    /// Nothing presses harder than this.
    pub pressure_cap: Option<Pressure>,
    /// Whether to ask again afterwards, and offer a blend if stress has fallen.
    pub reask: bool,
    /// Which of the thirteen steps decided.
    pub rule: u8,
    /// How much calm is needed; `None` when nothing was told.
    pub calm: Option<u8>,
    /// How much the body needs; `None` when nothing was told or no open area is chosen.
    pub body: Option<u8>,
    /// The chosen areas that may be worked on.
    pub open: Vec<Area>,
    /// Stretches and still holds only, no rolling: a blend at bedtime.
    pub still_only: bool,
}

/// The step that finds pain rising: only softness, for all that a blend or a plan would do.
pub const RISING: u8 = 4;

impl Decision {
    /// The soft share of a blend that is made on this day, whatever the rule would rather have, percent.
    pub fn share_of_a_blend(&self, bedtime: bool, thresholds: &Thresholds) -> u8 {
        share(bedtime, self.calm, self.body, thresholds)
    }
}

/// Decides what kind of session fits.
pub fn decide(check_in: &CheckIn, limits: &Limits, thresholds: &Thresholds) -> Decision {
    let open = check_in.open_areas(limits);
    let seen = Seen {
        check_in,
        limits,
        thresholds,
        calm: calm(check_in, thresholds),
        body: body(check_in, &open),
        open,
    };
    seen.safety()
        .or_else(|| seen.first_needs())
        .or_else(|| seen.wish())
        .unwrap_or_else(|| seen.needs())
}

/// Stress, or what sleep left open; the larger of those given [rule 6].
fn calm(check_in: &CheckIn, thresholds: &Thresholds) -> Option<u8> {
    let stress = check_in.ratings.stress.map(Rating::number);
    let sleep = check_in
        .ratings
        .sleep
        .map(|sleep| thresholds.sleep_need.saturating_sub(sleep.number()));
    stress.max(sleep)
}

/// Tension or pain, the larger of those given, if an open area is chosen [rule 6].
fn body(check_in: &CheckIn, open: &[Area]) -> Option<u8> {
    if open.is_empty() {
        return None;
    }
    check_in
        .ratings
        .tension
        .max(check_in.ratings.pain)
        .map(Rating::number)
}

struct Seen<'a> {
    check_in: &'a CheckIn,
    limits: &'a Limits,
    thresholds: &'a Thresholds,
    calm: Option<u8>,
    body: Option<u8>,
    open: Vec<Area>,
}

impl Seen<'_> {
    /// Rules 1–4.
    fn safety(&self) -> Option<Decision> {
        let flagged = |urgency| self.check_in.flagged(urgency);
        let clot = self
            .check_in
            .ticks
            .iter()
            .any(|tick| tick.tag == Tag::ClotNow);
        if flagged(Urgency::Emergency) {
            return Some(self.stop(1, Urgency::Emergency));
        }
        if flagged(Urgency::Urgent) || clot {
            return Some(self.stop(2, Urgency::Urgent));
        }
        if self
            .check_in
            .ratings
            .pain
            .is_some_and(|pain| pain.number() >= self.pain_stop())
        {
            return Some(self.stop(3, Urgency::Urgent));
        }
        self.pain_rises()
            .then(|| self.decision(Answer::Relaxation, RISING))
    }

    /// Rules 7 and 8.
    fn first_needs(&self) -> Option<Decision> {
        if self
            .check_in
            .ratings
            .stress
            .is_some_and(|stress| stress.number() >= self.thresholds.stress_first)
        {
            return Some(Decision {
                reask: true,
                ..self.decision(Answer::Relaxation, 7)
            });
        }
        if self.check_in.bedtime {
            let blend = self.check_in.wish == Wish::Ease
                && needed(self.body, self.thresholds)
                && self.time_for_a_blend();
            let answer = if blend {
                Answer::Blend
            } else {
                Answer::Relaxation
            };
            return Some(Decision {
                still_only: blend,
                ..self.decision(answer, 8)
            });
        }
        None
    }

    /// Rule 9; ease and both count only where an open area is chosen.
    fn wish(&self) -> Option<Decision> {
        match self.check_in.wish {
            Wish::Calm => Some(self.decision(Answer::Relaxation, 9)),
            Wish::Ease if !self.open.is_empty() => Some(self.decision(Answer::Therapeutic, 9)),
            Wish::Both if !self.open.is_empty() => Some(self.both(9)),
            _ => None,
        }
    }

    /// Rules 10–13.
    fn needs(&self) -> Decision {
        match (
            needed(self.calm, self.thresholds),
            needed(self.body, self.thresholds),
        ) {
            (true, true) => self.both(10),
            (true, false) => self.decision(Answer::Relaxation, 11),
            (false, true) => self.decision(Answer::Therapeutic, 12),
            (false, false) => self.decision(Answer::Maintenance, 13),
        }
    }

    /// A blend; without the time for it the larger need, ties to relaxation.
    fn both(&self, rule: u8) -> Decision {
        if self.time_for_a_blend() {
            self.decision(Answer::Blend, rule)
        } else if self.body.unwrap_or(0) > self.calm.unwrap_or(0) {
            self.decision(Answer::Therapeutic, rule)
        } else {
            self.decision(Answer::Relaxation, rule)
        }
    }

    fn time_for_a_blend(&self) -> bool {
        self.check_in
            .minutes
            .is_none_or(|minutes| minutes >= self.thresholds.blend_minutes)
    }

    /// Where rule 3 begins: 8, or two above a personal baseline; 10 always stops.
    fn pain_stop(&self) -> u8 {
        let baseline = self
            .check_in
            .baseline
            .map(|baseline| baseline.number() + self.thresholds.above_baseline);
        baseline
            .unwrap_or(self.thresholds.pain_stop)
            .min(Rating::TOP.number())
    }

    /// Whether pain rose at each of the last check-ins, today's included, and by enough in all [rule 4].
    fn pain_rises(&self) -> bool {
        let pains: Vec<u8> = self
            .check_in
            .pain_before
            .iter()
            .copied()
            .chain(self.check_in.ratings.pain)
            .map(Rating::number)
            .collect();
        let Some(from) = pains.len().checked_sub(self.thresholds.rising_check_ins) else {
            return false;
        };
        let last = &pains[from..];
        last.windows(2).all(|pair| pair[0] < pair[1])
            && last
                .last()
                .zip(last.first())
                .is_some_and(|(now, then)| now - then >= self.thresholds.rising_total)
    }

    fn stop(&self, rule: u8, urgency: Urgency) -> Decision {
        Decision {
            urgency: Some(urgency),
            ..self.decision(Answer::Stop, rule)
        }
    }

    fn decision(&self, answer: Answer, rule: u8) -> Decision {
        let asks = self.check_in.asks_first(self.limits);
        Decision {
            answer,
            urgency: (asks && answer != Answer::Stop).then_some(Urgency::AskFirst),
            relax_share: (answer == Answer::Blend).then(|| self.share()),
            pressure_cap: self.cap(answer, rule),
            reask: false,
            rule,
            calm: self.calm,
            body: self.body,
            open: self.open.clone(),
            still_only: false,
        }
    }

    fn share(&self) -> u8 {
        share(self.check_in.bedtime, self.calm, self.body, self.thresholds)
    }

    fn cap(&self, answer: Answer, rule: u8) -> Option<Pressure> {
        let t = self.thresholds;
        let cap = match answer {
            Answer::Stop => return None,
            Answer::Relaxation => t.cap_relaxation,
            Answer::Maintenance => t.cap_low,
            Answer::Therapeutic | Answer::Blend => {
                let sore = self
                    .check_in
                    .ratings
                    .pain
                    .is_some_and(|pain| pain.number() >= t.cap_pain);
                if sore || (answer == Answer::Blend && rule == 8) {
                    t.cap_low
                } else {
                    t.cap
                }
            }
        };
        Some(if self.light() { cap.min(LIGHT) } else { cap })
    }

    /// Whether a light-only tag is about what may be worked on today.
    fn light(&self) -> bool {
        let areas = if self.open.is_empty() {
            &[Area::Whole][..]
        } else {
            &self.open
        };
        Limits::meets(&self.limits.light, areas)
    }
}

/// The soft share of a blend, percent, by what calm and the body need.
fn share(bedtime: bool, calm: Option<u8>, body: Option<u8>, t: &Thresholds) -> u8 {
    let difference = i32::from(calm.unwrap_or(0)) - i32::from(body.unwrap_or(0));
    let least = if bedtime {
        t.share_bedtime.max(t.share_min)
    } else {
        t.share_min
    };
    let share = i32::from(t.share) + i32::from(t.share_step) * difference;
    share.clamp(i32::from(least), i32::from(t.share_max)) as u8
}

fn needed(need: Option<u8>, thresholds: &Thresholds) -> bool {
    need.is_some_and(|need| need >= thresholds.need)
}

#[cfg(test)]
mod tests;
