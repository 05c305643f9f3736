//! Today's safety wins over any plan: what a planned item becomes today, or why it is left out.

use super::{Item, Plan};
use crate::cautions::can_be_settled;
use crate::checkin::CheckIn;
use crate::names::Tag;
use crate::recommend::adapt::{DEEPER, Demands, Refusal, adapt, forbidden, steps_with};
use crate::recommend::pick::{LeftOut, gently, not_too_much, todays_cap};
use crate::recommend::rule;
use crate::recommend::{Offer, Thresholds, whole_minutes};
use crate::timeline::{Choices, Shelf, reach};
use crate::units::Pressure;

/// What a planned item becomes today.
pub fn planned(
    plan: &Plan,
    item: &Item,
    offer: &Offer,
    shelf: &dyn Shelf,
    check_in: &CheckIn,
    thresholds: &Thresholds,
) -> Result<Choices, LeftOut> {
    // What the therapist has settled is not asked about again; some tags can never be settled.
    let mut check_in = CheckIn {
        baseline: check_in.baseline.or(plan.baseline),
        ..check_in.clone()
    };
    check_in.ticks.retain(|tick| !settled(plan, tick.tag));
    let limits = check_in.limits();
    let decision = rule::decide(&check_in, &limits, thresholds);
    not_too_much(&decision, &offer.routine)?;
    let tags = check_in.tags();
    let locked: Vec<_> = limits.locked.iter().copied().collect();
    let demands = Demands {
        gently: gently(&check_in, &limits, &tags),
        limits,
        still_only: false,
        ..Demands::of(&check_in, &tags)
    };
    let mut adapted = adapt(&offer.routine, &demands).map_err(LeftOut::Refused)?;
    for name in &item.variations {
        let known = offer
            .routine
            .variations
            .iter()
            .any(|variation| variation.name == *name);
        let too_much = name == DEEPER && demands.gently;
        if known && !too_much && !adapted.variations.contains(name) {
            adapted.variations.push(name.clone());
        }
    }
    // What the plan asks for besides is judged as all else.
    let areas = offer.routine.areas_spread();
    let steps = steps_with(&offer.routine, &adapted.variations, &adapted.left_out);
    let refusal = steps
        .into_iter()
        .find_map(|step| forbidden(step, &areas, &demands));
    if let Some(refusal) = refusal {
        return Err(LeftOut::Refused(refusal));
    }
    let cap = cap(item, adapted.cap, &check_in, &demands, thresholds);
    let mut choices = Choices {
        variations: adapted.variations,
        tags,
        area: item.area.or(check_in.areas.first().copied()),
        cap: Some(cap),
        side: item.side,
        locked,
        left_out: adapted.left_out,
        ..Choices::default()
    };
    // What the compiler would refuse is left out as well; its reason is about tags or areas.
    let reach = reach(&offer.routine, &offer.id, &choices, shelf)
        .map_err(|_refused| LeftOut::Refused(Refusal::Locked))?;
    let wanted = item.minutes.zip(whole_minutes(reach));
    choices.minutes = wanted.map(|(minutes, (least, most))| f64::from(minutes.clamp(least, most)));
    Ok(choices)
}

/// The plan's cap, lowered by what today says.
fn cap(
    item: &Item,
    of_tags: Option<Pressure>,
    check_in: &CheckIn,
    demands: &Demands<'_>,
    thresholds: &Thresholds,
) -> Pressure {
    let today = todays_cap(check_in, demands.gently, thresholds).unwrap_or(super::HARDEST);
    let planned = item.cap.unwrap_or(thresholds.cap).min(super::HARDEST);
    planned.min(today).min(of_tags.unwrap_or(super::HARDEST))
}

/// Whether the therapist has settled a tag for this client.
fn settled(plan: &Plan, tag: Tag) -> bool {
    plan.allows.contains(&tag) && can_be_settled(tag)
}
