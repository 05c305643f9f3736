//! Which routines of the library are offered, best first: what a tag forbids, what the position or the tools do not
//! allow and what bedtime rules out is gone before anything is ranked.

use std::cmp::Reverse;

use super::adapt::{Adapted, Demands, adapt, steps_with};
use super::rule::{Answer, Decision};
use super::thresholds::Thresholds;
use super::{Offer, Suggestion, whole_minutes};
use crate::checkin::CheckIn;
use crate::names::{Area, Goal, Level, Style, Tag};
use crate::routine::does::Does;
use crate::routine::{Do, Step};
use crate::timeline::{Choices, Reach, reach};

/// The suggestion and up to two alternatives, the last of them softer where there is one.
pub(super) fn rank(
    check_in: &CheckIn,
    decision: &Decision,
    demands: &Demands<'_>,
    thresholds: &Thresholds,
    offers: &[Offer],
) -> Vec<Suggestion> {
    let ranking = Ranking {
        check_in,
        decision,
        demands,
        thresholds,
        offers,
    };
    let mut found: Vec<Candidate> = offers
        .iter()
        .filter_map(|offer| ranking.candidate(offer))
        .collect();
    found.sort_by(|a, b| {
        a.order
            .cmp(&b.order)
            .then_with(|| a.suggestion.id.cmp(&b.suggestion.id))
    });
    let softer = found.iter().position(|candidate| candidate.relaxes);
    if let Some(softer) = softer.filter(|&softer| softer > 2) {
        found.swap(2, softer);
    }
    found
        .into_iter()
        .take(3)
        .map(|candidate| candidate.suggestion)
        .collect()
}

/// Whether a routine is all that a stop leaves: no touch, and grounding, or where it is pain that stops, breath.
pub(super) fn left_by_a_stop(decision: &Decision, style: Style, steps: &[&Step]) -> bool {
    let touches = steps.iter().any(|step| Does::of(step).touches);
    let grounds = steps.iter().any(|step| matches!(step.r#do, Do::Ground(_)));
    let breathes = steps.iter().any(|step| matches!(step.r#do, Do::Breathe(_)));
    let calms = match decision.rule {
        2 => grounds,
        3 => breathes || grounds,
        _ => false,
    };
    style == Style::Relaxation && !touches && calms
}

struct Candidate {
    suggestion: Suggestion,
    relaxes: bool,
    order: Order,
}

/// Smaller is better, field by field.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    /// How far the style is from the answer.
    style: u8,
    /// Whether it grounds, when that comes first (`content.md` 1.3: stress ≥ 8, panic or trauma).
    grounds: Reverse<bool>,
    /// How many minutes it misses.
    misses: u32,
    /// Whether it leads into sleep, at bedtime.
    sleeps: Reverse<bool>,
    /// How many of the chosen areas it is for.
    chosen: Reverse<usize>,
    /// How many other areas it works on.
    others: usize,
    /// Whether it is meant for what is asked.
    meant: Reverse<bool>,
    /// How much it asks of the body.
    level: Level,
    /// How much there is to fetch.
    tools: usize,
}

struct Ranking<'a> {
    check_in: &'a CheckIn,
    decision: &'a Decision,
    demands: &'a Demands<'a>,
    thresholds: &'a Thresholds,
    offers: &'a [Offer],
}

impl Ranking<'_> {
    /// The offer as this person would take it; `None` where it does not go with the answer, the tags, the position, the
    /// tools or the hour.
    fn candidate(&self, offer: &Offer) -> Option<Candidate> {
        let routine = &*offer.routine;
        let adapted = adapt(routine, self.demands).ok()?;
        let steps = steps_with(routine, &adapted.variations, &adapted.left_out);
        let areas = routine.areas_spread();
        let style = self.distance(routine.style, &areas, &steps)?;
        let mut choices = self.choices(&adapted);
        let reach = reach(routine, &offer.id, &choices, &self.offers).ok()?;
        choices.minutes = self.minutes(reach);
        let open = &self.decision.open;
        let order = Order {
            style,
            grounds: Reverse(
                self.ground_first() && steps.iter().any(|step| matches!(step.r#do, Do::Ground(_))),
            ),
            misses: self.misses(reach),
            sleeps: Reverse(
                self.check_in.bedtime && (routine.bedtime || routine.goals.contains(&Goal::R2a)),
            ),
            chosen: Reverse(areas.iter().filter(|area| open.contains(area)).count()),
            others: areas
                .iter()
                .filter(|area| !open.contains(area) && **area != Area::Whole)
                .count(),
            meant: Reverse(routine.goals.iter().any(|goal| self.goals().contains(goal))),
            level: routine.level,
            tools: routine.tools.len(),
        };
        let suggestion = Suggestion {
            id: offer.id.clone(),
            choices,
            position: adapted.position,
        };
        Some(Candidate {
            suggestion,
            relaxes: routine.style == Style::Relaxation,
            order,
        })
    }

    /// How the routine is to be compiled; with a stop nothing presses at all.
    fn choices(&self, adapted: &Adapted) -> Choices {
        let rule = self.decision.pressure_cap.unwrap_or_default();
        Choices {
            variations: adapted.variations.clone(),
            tags: self.demands.tags.to_vec(),
            area: self.decision.open.first().copied(),
            locked: self.demands.limits.locked.iter().copied().collect(),
            cap: Some(adapted.cap.map_or(rule, |cap| cap.min(rule))),
            left_out: adapted.left_out.clone(),
            bedtime: self.check_in.bedtime,
            ..Choices::default()
        }
    }

    /// The asked minutes as far as the routine can reach; its own length where it reaches no whole minute.
    fn minutes(&self, reach: Reach) -> Option<f64> {
        let (least, most) = whole_minutes(reach)?;
        self.check_in
            .minutes
            .map(|minutes| f64::from(minutes.clamp(least, most)))
    }

    /// How far a routine is from the answer: 0 it is the answer, 1 a softer alternative, 2 another one; `None` not
    /// offered with this answer.
    fn distance(&self, style: Style, areas: &[Area], steps: &[&Step]) -> Option<u8> {
        let here = areas.iter().any(|area| self.decision.open.contains(area));
        match (self.decision.answer, style) {
            (Answer::Stop, style) => left_by_a_stop(self.decision, style, steps).then_some(0),
            (Answer::Relaxation | Answer::Maintenance, Style::Relaxation) => Some(0),
            (Answer::Maintenance, Style::Therapeutic) => {
                let mobility = !steps.iter().any(|step| Does::of(step).presses);
                mobility.then_some(1)
            }
            (Answer::Therapeutic, Style::Therapeutic) | (Answer::Blend, Style::Blend) if here => {
                Some(0)
            }
            (Answer::Therapeutic, Style::Blend) if here => Some(1),
            (Answer::Therapeutic | Answer::Blend, Style::Relaxation) => Some(2),
            (Answer::Blend, Style::Therapeutic) if here && !self.check_in.bedtime => Some(1),
            _ => None,
        }
    }

    /// How many minutes lie between what is wanted and what the routine reaches.
    fn misses(&self, reach: Reach) -> u32 {
        let (least, most) = whole_minutes(reach).unwrap_or_else(|| {
            let about = (reach.ideal.secs() / 60.0).round().max(1.0) as u32;
            (about, about)
        });
        let wanted = match (self.check_in.minutes, self.decision.answer) {
            (Some(minutes), _) => minutes,
            (None, Answer::Maintenance | Answer::Stop) => least.min(self.thresholds.short_minutes),
            (None, _) => return 0,
        };
        least.saturating_sub(wanted) + wanted.saturating_sub(most)
    }

    fn ground_first(&self) -> bool {
        let tags = [Tag::PanicOrTrauma, Tag::EpilepsyOrFainting];
        self.decision.rule == 7
            || self
                .check_in
                .ticks
                .iter()
                .any(|tick| tags.contains(&tick.tag))
    }

    fn goals(&self) -> &'static [Goal] {
        match self.decision.answer {
            _ if self.check_in.bedtime => &[Goal::R2a],
            Answer::Therapeutic => &[Goal::T1, Goal::T2],
            Answer::Blend => &[Goal::R3, Goal::T2],
            Answer::Relaxation | Answer::Maintenance | Answer::Stop => &[Goal::R1, Goal::R3],
        }
    }
}
