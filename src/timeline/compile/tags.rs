//! What is true of the person today: the author's cautions, then what each tag does by itself (`content.md` 2.4). What
//! cannot be made fit is refused with the reason.

use crate::cautions::{LIGHT, Limits, Told, Where, action};
use crate::diagnostic::Diagnostic;
use crate::names::{Position, Tag};
use crate::routine::does::Does;
use crate::timeline::Choices;
use crate::units::Pressure;

use super::draft::Draft;
use super::overlay::{Clock, Overlays};
use super::problem::problem;

/// What the tags leave possible, for the check at the end.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub(super) limits: Limits,
    pub(super) light: bool,
    pub(super) no_end_range: bool,
    pub(super) cap: Option<Pressure>,
}

/// Applies the cautions and the tags, and says what is left possible.
pub(super) fn apply(
    draft: &mut Draft,
    overlays: &mut Overlays<'_>,
    choices: &Choices,
    problems: &mut Vec<Diagnostic>,
) -> Bounds {
    let cautions: Vec<_> = draft
        .cautions
        .iter()
        .filter(|caution| choices.tags.contains(&caution.tag))
        .cloned()
        .collect();
    for caution in &cautions {
        if caution.block {
            problems.push(refused(&format!(
                "its author rules it out for {}",
                caution.tag
            )));
        }
        if let Some(name) = &caution.r#use {
            overlays.apply(draft, std::slice::from_ref(name), problems);
        }
        for name in &caution.drop {
            overlays.leave_out(draft, name, Clock::Stays);
        }
    }
    let told: Vec<Tag> = cautions.iter().map(|caution| caution.tag).collect();
    let limits = limits(choices, &told);
    let mut bounds = Bounds {
        light: Limits::meets(&limits.light, &draft.areas),
        no_end_range: Limits::meets(&limits.no_end_range, &draft.areas),
        limits,
        cap: choices.cap,
    };
    if bounds.light {
        bounds.cap = Some(bounds.cap.map_or(LIGHT, |cap| cap.min(LIGHT)));
        overlays.apply(draft, &["light-only".to_owned()], problems);
        overlays.leave_out_if(draft, Clock::Stays, &|step| Does::of(step).presses);
    }
    if bounds.no_end_range {
        overlays.leave_out_if(draft, Clock::Stays, &|step| Does::of(step).lengthens);
    }
    if bounds.limits.hold_free && any(draft, |does| does.holds) {
        overlays.apply(draft, &["hold-free".to_owned()], problems);
    }
    if bounds.limits.upright && !upright(draft) {
        if Overlays::knows(draft, "seated") {
            overlays.apply(draft, &["seated".to_owned()], problems);
        } else {
            problems.push(refused(
                "it is done lying down, and today sitting is better",
            ));
        }
    }
    bounds
}

/// What the tags allow together. A tag whose place nobody has told locks everything, unless the author has said what it
/// changes here.
fn limits(choices: &Choices, cautioned: &[Tag]) -> Limits {
    let handled = |tag: &Tag| {
        choices.locked.is_empty() && cautioned.contains(tag) && action(*tag).locked == Where::Told
    };
    let told: Vec<Told<'_>> = choices
        .tags
        .iter()
        .filter(|tag| !handled(tag))
        .map(|&tag| Told {
            tag,
            areas: &choices.locked,
            asked: false,
        })
        .collect();
    let mut limits = Limits::of(&told);
    limits.hold_free |= choices.tags.iter().any(|&tag| action(tag).hold_free);
    limits.locked.extend(&choices.locked);
    limits
}

/// The check of what has come out: nothing that the tags, the areas left alone or the cap forbid.
pub(super) fn check(draft: &Draft, bounds: &Bounds, problems: &mut Vec<Diagnostic>) {
    let locked = Limits::meets(&bounds.limits.locked, &draft.areas);
    draft.walk(&mut |_, step| {
        let does = Does::of(&step.step);
        let reason = if bounds.limits.block && does.more_than_rest {
            "today only rest and the natural breath are safe"
        } else if locked && does.touches {
            "it works on a part that is to be left alone today"
        } else if bounds.light && does.presses {
            "it presses or rolls where only light touch is safe"
        } else if bounds.no_end_range && does.lengthens {
            "it stretches where no end of a range should be reached"
        } else if bounds.limits.hold_free && does.holds {
            "it holds the breath and has no hold-free version of this step"
        } else {
            return;
        };
        problems.push(problem(
            "RW250",
            step.path.clone(),
            format!("this routine is not for today: {reason}"),
        ));
    });
    // One reason is enough for a person.
    let refusals = problems
        .iter()
        .filter(|problem| problem.code == "RW250")
        .count();
    if refusals > 1 {
        let mut seen = false;
        problems.retain(|problem| problem.code != "RW250" || !std::mem::replace(&mut seen, true));
    }
}

/// Lowers every pressure to the cap of the plan, of the day or of the tags.
pub(super) fn cap(draft: &mut Draft, cap: Option<Pressure>) {
    let Some(cap) = cap else { return };
    draft.walk_mut(&mut |step| {
        if let Some(band) = step.step.r#do.pressure_mut() {
            *band = band.capped(cap);
        }
    });
}

fn refused(reason: &str) -> Diagnostic {
    problem(
        "RW250",
        "",
        format!("this routine is not for today: {reason}"),
    )
}

fn any(draft: &Draft, test: impl Fn(Does) -> bool) -> bool {
    let mut found = false;
    draft.walk(&mut |_, step| found |= test(Does::of(&step.step)));
    found
}

fn upright(draft: &Draft) -> bool {
    draft
        .positions
        .iter()
        .any(|position| matches!(position, Position::Chair | Position::Standing))
}
