//! Today's safety wins over any choice: how a routine that was picked by hand, or planned, can be taken today, or why it
//! is left out.

use super::adapt::{Adapted, Demands, Refusal, adapt, steps_with};
use super::rank::left_by_a_stop;
use super::rule::{self, Answer, Decision, RISING};
use super::thresholds::Thresholds;
use crate::cautions::Limits;
use crate::checkin::CheckIn;
use crate::names::{Style, Tag};
use crate::routine::Routine;
use crate::timeline::Choices;
use crate::units::Pressure;
use crate::words::Words;

/// Why a routine is left out today.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LeftOut {
    /// The check-in stops: no self-care now.
    Stop,
    /// Pain has been rising: softness only, and a word to the therapist.
    SofterToday,
    /// The routine cannot be made fit for today.
    Refused(Refusal),
}

impl LeftOut {
    /// The sentence for the client.
    pub fn sentence(self, words: &Words) -> &str {
        let words = &words.left_out;
        match self {
            Self::Stop => &words.stop,
            Self::SofterToday => &words.softer,
            Self::Refused(Refusal::Locked) => &words.locked,
            Self::Refused(Refusal::Position) => &words.position,
            Self::Refused(Refusal::Tools) => &words.tools,
            Self::Refused(_) => &words.health,
        }
    }
}

/// The choices for a routine that a person picked themselves, as it can be taken today: wherever they are and whatever
/// the hour, that is theirs to know; with what a stop, rising pain, their health and what is left alone leave of it.
pub fn fit(
    check_in: &CheckIn,
    thresholds: &Thresholds,
    routine: &Routine,
    mut choices: Choices,
) -> Result<Choices, LeftOut> {
    let adapted = picked(check_in, thresholds, routine)?;
    let add = |names: &mut Vec<String>, more: Vec<String>| {
        for name in more {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    };
    add(&mut choices.variations, adapted.variations);
    add(&mut choices.left_out, adapted.left_out);
    choices.cap = choices.cap.into_iter().chain(adapted.cap).min();
    choices.locked = check_in.limits().locked.into_iter().collect();
    choices.tags = check_in.tags();
    Ok(choices)
}

/// What today's safety makes of it; the cap is today's.
fn picked(
    check_in: &CheckIn,
    thresholds: &Thresholds,
    routine: &Routine,
) -> Result<Adapted, LeftOut> {
    let tags = check_in.tags();
    let mut limits = check_in.limits();
    let decision = rule::decide(check_in, &limits, thresholds);
    let stops = decision.answer == Answer::Stop;
    limits.hold_free |= stops;
    let demands = Demands {
        tags: &tags,
        gently: gently(check_in, &limits, &tags),
        limits,
        ..Demands::default()
    };
    let mut adapted = adapt(routine, &demands).map_err(LeftOut::Refused)?;
    let steps = steps_with(routine, &adapted.variations, &adapted.left_out);
    if !stops {
        not_too_much(&decision, routine)?;
    } else if !left_by_a_stop(&decision, routine.style, &steps) {
        return Err(LeftOut::Stop);
    }
    adapted.cap = adapted
        .cap
        .into_iter()
        .chain(todays_cap(check_in, demands.gently, thresholds))
        .min();
    Ok(adapted)
}

/// Whether nothing may go deeper, whatever the hour: sedated [2.4], or until the therapist is asked.
pub(crate) fn gently(check_in: &CheckIn, limits: &Limits, tags: &[Tag]) -> bool {
    check_in.asks_first(limits) || tags.contains(&Tag::Sedated)
}

/// Refuses what a stop or rising pain leaves no room for.
pub(crate) fn not_too_much(decision: &Decision, routine: &Routine) -> Result<(), LeftOut> {
    if decision.answer == Answer::Stop {
        return Err(LeftOut::Stop);
    }
    if decision.rule == RISING && routine.style != Style::Relaxation {
        return Err(LeftOut::SofterToday);
    }
    Ok(())
}

/// The cap that today asks of any routine: by pain, and where nothing may go deeper.
pub(crate) fn todays_cap(
    check_in: &CheckIn,
    gently: bool,
    thresholds: &Thresholds,
) -> Option<Pressure> {
    let pain = check_in.ratings.pain;
    if pain.is_some_and(|pain| pain.number() >= thresholds.cap_pain) {
        Some(thresholds.cap_low)
    } else {
        gently.then_some(thresholds.cap)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::checkin::{Rating, Ratings, Tick};
    use crate::library::Library;
    use crate::names::Area;

    fn pain(pain: u8) -> CheckIn {
        CheckIn {
            areas: vec![Area::Neck],
            ratings: Ratings {
                pain: Rating::new(pain),
                ..Ratings::default()
            },
            today: Some(date(2026, 11, 26)),
            ..CheckIn::default()
        }
    }

    #[track_caller]
    fn case(check_in: &CheckIn, id: &str, expected: Result<Option<u8>, LeftOut>) {
        let routine = Library::built_in().find(id).unwrap().1.clone();
        let picked = picked(check_in, &Thresholds::default(), &routine);
        let cap = picked.map(|adapted| adapted.cap.map(|cap| cap.0));
        assert_eq!(cap, expected, "{id}");
    }

    #[test]
    fn todays_safety_wins_over_what_is_picked() {
        let release = "neck-and-shoulder-release";
        case(&CheckIn::default(), release, Ok(None));
        case(&pain(5), release, Ok(None));
        case(&pain(6), release, Ok(Some(4)));
        case(&pain(8), release, Err(LeftOut::Stop));
        case(&pain(8), "soften-then-release", Err(LeftOut::Stop));
        case(&pain(8), "feet-on-the-ground", Ok(Some(4)));
        let clot = CheckIn {
            ticks: vec![Tick::from(Tag::ClotNow)],
            ..CheckIn::default()
        };
        case(
            &clot,
            "down-to-six",
            Err(LeftOut::Refused(Refusal::Blocked)),
        );
        case(&clot, "feet-on-the-ground", Ok(None));
        let rising = CheckIn {
            pain_before: [3, 4, 5].map(|pain| Rating::new(pain).unwrap()).to_vec(),
            ..pain(6)
        };
        case(&rising, release, Err(LeftOut::SofterToday));
        case(&rising, "down-to-six", Ok(Some(4)));
    }
}
