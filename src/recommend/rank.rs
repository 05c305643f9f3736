//! Which routines of the library are offered, best first: what a tag forbids, what the position or the tools do not
//! allow and what bedtime rules out is gone before anything is ranked.

use std::cmp::Reverse;

use super::Offer;
use super::adapt::{Adapted, Demands, Does, adapt, steps_with};
use super::rule::{Answer, Decision};
use super::thresholds::Thresholds;
use crate::checkin::CheckIn;
use crate::names::{Area, Goal, Level, Style, Tag};
use crate::routine::{Do, Step};

/// The suggestion and up to two alternatives, the last of them softer where there is one.
pub fn rank<'a>(
    check_in: &CheckIn,
    decision: &Decision,
    demands: &Demands<'_>,
    thresholds: &Thresholds,
    offers: &'a [Offer],
) -> Vec<(&'a Offer, Adapted)> {
    let ranking = Ranking {
        check_in,
        decision,
        thresholds,
    };
    let mut found: Vec<Candidate<'a>> = offers
        .iter()
        .filter_map(|offer| ranking.candidate(offer, demands))
        .collect();
    found.sort_by(|a, b| {
        a.order
            .cmp(&b.order)
            .then_with(|| a.offer.id.cmp(&b.offer.id))
    });
    let softer = found
        .iter()
        .position(|candidate| candidate.offer.routine.style == Style::Relaxation);
    if let Some(softer) = softer.filter(|&softer| softer > 2) {
        found.swap(2, softer);
    }
    found
        .into_iter()
        .take(3)
        .map(|candidate| (candidate.offer, candidate.adapted))
        .collect()
}

struct Candidate<'a> {
    offer: &'a Offer,
    adapted: Adapted,
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
    thresholds: &'a Thresholds,
}

impl Ranking<'_> {
    fn candidate<'a>(&self, offer: &'a Offer, demands: &Demands<'_>) -> Option<Candidate<'a>> {
        let routine = &*offer.routine;
        let adapted = adapt(routine, demands).ok()?;
        let steps = steps_with(routine, &adapted.variations, &adapted.left_out);
        let areas = routine.areas_spread();
        let style = self.distance(routine.style, &areas, &steps)?;
        let deeper = routine.level == Level::Deeper
            && (!demands.limits.ask_first.is_empty() || self.check_in.bedtime);
        if deeper {
            return None;
        }
        let open = &self.decision.open;
        let order = Order {
            style,
            grounds: Reverse(
                self.ground_first() && steps.iter().any(|step| matches!(step.r#do, Do::Ground(_))),
            ),
            misses: self.misses(offer),
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
        Some(Candidate {
            offer,
            adapted,
            order,
        })
    }

    /// How far a routine is from the answer: 0 it is the answer, 1 a softer alternative, 2 another one; `None` not
    /// offered with this answer.
    fn distance(&self, style: Style, areas: &[Area], steps: &[&Step]) -> Option<u8> {
        let here = areas.iter().any(|area| self.decision.open.contains(area));
        let touches = steps.iter().any(|step| Does::of(step).touches);
        let grounds = steps.iter().any(|step| matches!(step.r#do, Do::Ground(_)));
        let breathes = steps.iter().any(|step| matches!(step.r#do, Do::Breathe(_)));
        match (self.decision.answer, style) {
            (Answer::Stop, Style::Relaxation) if !touches => match self.decision.rule {
                2 if grounds => Some(0),
                3 if breathes || grounds => Some(0),
                _ => None,
            },
            (Answer::Stop, _) => None,
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

    fn misses(&self, offer: &Offer) -> u32 {
        let (least, most) = offer.minutes();
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
