//! "Which one is right for you today?": the ordered rule of `content.md` 4.4, then what the library has for it.
//!
//! [`rule::decide`] is the rule alone; [`recommend`] adds up to three routines, each adapted to the person's tags.

pub mod adapt;
pub mod pick;
pub mod rank;
pub mod reason;
pub mod rule;
pub mod thresholds;

use std::sync::Arc;

use crate::checkin::CheckIn;
use crate::names::{Area, Position, Style, Tag, Urgency};
use crate::routine::Routine;
use crate::timeline::{Choices, Reach, Shelf};

pub use adapt::{Adapted, Demands, Refusal};
pub use rule::{Answer, Decision};
pub use thresholds::Thresholds;

/// A routine of the library that may be offered.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// The routine.
    pub routine: Arc<Routine>,
}

/// The offers are the shelf for what a routine among them includes.
impl Shelf for &[Offer] {
    fn routine(&self, id: &str) -> Option<&Routine> {
        let found = self.iter().find(|offer| offer.id == id)?;
        Some(&found.routine)
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        let about = |offer: &&Offer| {
            offer.routine.style == Style::Therapeutic
                && offer.routine.areas_spread().first() == Some(&area)
        };
        self.iter()
            .find(about)
            .map(|offer| (offer.id.as_str(), &*offer.routine))
    }
}

/// The whole minutes that a routine can last, fewest and most; `None` if there is none, as for a pause of 40 s.
pub fn whole_minutes(reach: Reach) -> Option<(u32, u32)> {
    let least = (reach.min.secs() / 60.0).ceil().max(1.0) as u32;
    let most = (reach.max.secs() / 60.0).floor() as u32;
    (least <= most).then_some((least, most))
}

/// What fits today.
#[derive(Clone, PartialEq, Debug)]
pub struct Recommendation {
    /// What the rule says.
    pub decision: Decision,
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
    let tags = check_in.tags();
    let mut demands = Demands::of(check_in, &tags);
    let decision = rule::decide(check_in, &demands.limits, thresholds);
    // Where help is needed first, what is left to breathe is never held.
    demands.limits.hold_free |= decision.answer == Answer::Stop;
    Recommendation {
        routines: rank::rank(check_in, &decision, &demands, thresholds, offers),
        ask_first: demands.limits.ask_first,
        decision,
    }
}

#[cfg(test)]
mod tests;
