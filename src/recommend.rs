//! "Which one is right for you today?": the ordered rule of `content.md` 4.4, then what the library has for it.
//!
//! [`rule::decide`] is the rule alone; [`recommend`] adds up to three routines, each adapted to the person's tags.

pub mod adapt;
pub mod rank;
pub mod reason;
pub mod rule;
pub mod thresholds;

use std::sync::Arc;

use crate::checkin::CheckIn;
use crate::names::{Position, Tag, Urgency};
use crate::routine::Routine;
use crate::timeline::Choices;
use crate::units::{Frames, Pressure};

pub use adapt::{Adapted, Demands, Refusal};
pub use rule::{Answer, Decision};
pub use thresholds::Thresholds;

/// A routine of the library that may be offered; includes are resolved.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// The routine.
    pub routine: Arc<Routine>,
    /// From how short to how long it can be made.
    pub range: (Frames, Frames),
}

impl Offer {
    /// The whole minutes that it can last; at least one, so that a pause of 40 s can be offered.
    pub fn minutes(&self) -> (u32, u32) {
        let least = (self.range.0.secs() / 60.0).ceil().max(1.0) as u32;
        let most = (self.range.1.secs() / 60.0).floor() as u32;
        (least, most.max(least))
    }
}

/// What fits today.
#[derive(Clone, PartialEq, Debug)]
pub struct Recommendation {
    /// What the rule says.
    pub decision: Decision,
    /// Why, in one sentence.
    pub reason: String,
    /// What to ask the therapist before deeper work.
    pub ask_first: Vec<Tag>,
    /// The suggestion, then up to two alternatives.
    pub routines: Vec<Suggestion>,
}

impl Recommendation {
    /// What kind of session fits.
    pub fn answer(&self) -> Answer {
        self.decision.answer
    }

    /// How soon something else must be done.
    pub fn urgency(&self) -> Option<Urgency> {
        self.decision.urgency
    }
}

/// A routine as it is offered to this person.
#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    /// The routine's id.
    pub id: String,
    /// How it is to be compiled: minutes, variations, tags, cap, area.
    pub choices: Choices,
    /// Where it is done, if that had to be decided.
    pub position: Option<Position>,
}

/// What fits today, and up to three routines for it.
pub fn recommend(check_in: &CheckIn, thresholds: &Thresholds, offers: &[Offer]) -> Recommendation {
    let limits = check_in.limits();
    let decision = rule::decide(check_in, &limits, thresholds);
    let tags: Vec<Tag> = check_in.ticks.iter().map(|tick| tick.tag).collect();
    let demands = Demands {
        tags: &tags,
        limits,
        position: check_in.position,
        tools: check_in.tools.as_deref(),
        still_only: check_in.bedtime,
    };
    let ranked = rank::rank(check_in, &decision, &demands, thresholds, offers);
    let routines = ranked
        .into_iter()
        .map(|(offer, adapted)| suggestion(check_in, &decision, &tags, offer, adapted));
    Recommendation {
        reason: reason::sentence(check_in, &decision),
        routines: routines.collect(),
        ask_first: demands.limits.ask_first,
        decision,
    }
}

fn suggestion(
    check_in: &CheckIn,
    decision: &Decision,
    tags: &[Tag],
    offer: &Offer,
    adapted: Adapted,
) -> Suggestion {
    let (least, most) = offer.minutes();
    let cap = match (decision.pressure_cap, adapted.cap) {
        (Some(rule), Some(tag)) => Some(rule.min(tag)),
        (one, other) => one.or(other),
    };
    let choices = Choices {
        minutes: check_in
            .minutes
            .map(|minutes| f64::from(minutes.clamp(least, most))),
        variations: adapted.variations,
        tags: tags.to_vec(),
        area: decision.open.first().copied(),
        cap: cap.or(Some(Pressure(0))),
        left_out: adapted.left_out,
        ..Choices::default()
    };
    Suggestion {
        id: offer.id.clone(),
        choices,
        position: adapted.position,
    }
}

#[cfg(test)]
mod tests;
