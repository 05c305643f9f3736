//! Cuts the parts of a blend to their shares: whole steps only, so that both sides stay equal; what is left over goes
//! into whole breaths.

use super::join::is_gate;
use super::own::{BREATH_SECS, FEWEST, MOST, SETTLE, SOFT, STEADY};
use super::safety::keeps_safe;
use super::{NoBlend, own, timeline};
use crate::routine::{Count, Do, Length, Routine, Section, SectionKind, Step};
use crate::timeline::Timeline;

/// More than so many seconds of our steady breath are not all of a softening: about 36 breaths [`content.md` 3].
const MOST_STEADY: f64 = 360.0;
/// No part may be longer than its share by more than this, in seconds.
const OVER: f64 = 5.0;
/// The release takes at most about this share [`content.md` 3: 35–50 %].
const MOST_RELEASE: f64 = 0.53;
/// And at least about this one.
const LEAST_RELEASE: f64 = 0.20;
/// Integrating and closing take between these shares [`content.md` 3].
const INTEGRATE: (f64, f64) = (0.12, 0.20);

/// Cuts the softening to so many seconds, arriving included.
pub(super) fn soften(routine: &mut Routine, secs: f64) -> Result<(), NoBlend> {
    let mut now = before_bridge(&measured(routine)?);
    while now - secs > OVER
        && (shorten_breathing(routine, now - secs) || drop_last(routine, SectionKind::Soften))
    {
        now = before_bridge(&measured(routine)?);
    }
    now += own::ramp_if_first(routine);
    fill_softening(routine, now, secs);
    Ok(())
}

/// Brings the softening from `now` to `wanted` seconds with a steady breath, and with a scan of the body where that
/// would be breathing for too long.
fn fill_softening(routine: &mut Routine, now: f64, wanted: f64) {
    let part = softening(routine);
    let named = |step: &Step, name| step.name.as_deref() == Some(name);
    let before: f64 = part
        .extract_if(.., |step| named(step, own::SCAN))
        .map(|scan| own_secs(&scan))
        .sum();
    let place = part.iter().position(|step| named(step, STEADY));
    let steady = place.map_or(0.0, |place| own_secs(&part[place]));
    let mut now = now - before;
    let regions = own::SCANNED.len() as f64;
    let each = ((wanted - (now - steady) - MOST_STEADY) / regions).floor();
    if each >= own::EACH.0 {
        let each = each.min(own::EACH.1);
        part.insert(place.unwrap_or(0), own::scan(each));
        now += each * regions;
    }
    set_breaths(routine, STEADY, now, wanted);
}

fn softening(routine: &mut Routine) -> &mut Vec<Step> {
    let mut parts = routine.sections.iter_mut();
    let found = parts.find(|part| part.section == SectionKind::Soften);
    &mut found.expect("a blend has all parts").steps
}

/// The seconds of a breath or a scan of ours, without a ramp.
fn own_secs(step: &Step) -> f64 {
    let ideal = |length: Length| match length {
        Length::Elastic { ideal, .. } => ideal.0,
        _ => 0.0,
    };
    match &step.r#do {
        Do::Breathe(breathe) => breathe.length.map_or_else(
            || BREATH_SECS * f64::from(breathe.breaths.unwrap_or_default().range().1),
            ideal,
        ),
        Do::Scan(scan) => ideal(scan.each) * scan.regions.len() as f64,
        _ => 0.0,
    }
}

/// Brings the release to about so many seconds: longer within what its authors allow, or whole steps fewer, as long as
/// that comes nearer; at least one.
pub(super) fn release(routine: &mut Routine, secs: f64, total: f64) -> Result<(), NoBlend> {
    let mut now = of(&measured(routine)?, SectionKind::Release);
    while now - secs > OVER {
        let mut fewer = routine.clone();
        if !drop_last(&mut fewer, SectionKind::Release) {
            break;
        }
        let then = of(&measured(&fewer)?, SectionKind::Release);
        let nearer = now - secs >= secs - then && then >= total * LEAST_RELEASE;
        if !nearer && now <= total * MOST_RELEASE {
            break;
        }
        (*routine, now) = (fewer, then);
    }
    for section in routine
        .sections
        .iter_mut()
        .filter(|section| is_work(section))
    {
        section
            .steps
            .iter_mut()
            .for_each(|step| lengthen(step, (secs / now).max(1.0)));
    }
    Ok(())
}

/// Gives what is left of the whole to the last breaths, and what those cannot take to the softening.
pub(super) fn integrate(routine: &mut Routine, total: f64) -> Result<(), NoBlend> {
    let timeline = measured(routine)?;
    let end = of(&timeline, SectionKind::Integrate) + of(&timeline, SectionKind::Close);
    let left = total - timeline.total.secs();
    set_breaths(
        routine,
        SETTLE,
        end,
        (end + left).clamp(total * INTEGRATE.0, total * INTEGRATE.1),
    );
    let timeline = measured(routine)?;
    let soft = before_bridge(&timeline);
    fill_softening(routine, soft, soft + total - timeline.total.secs());
    Ok(())
}

/// The seconds before the bridge.
pub(super) fn before_bridge(timeline: &Timeline) -> f64 {
    of(timeline, SectionKind::Arrive) + of(timeline, SectionKind::Soften)
}

fn of(timeline: &Timeline, section: SectionKind) -> f64 {
    timeline
        .segments
        .iter()
        .filter(|segment| segment.section == section)
        .map(|segment| segment.frames.secs())
        .sum()
}

/// The routine at its ideal length.
pub(super) fn measured(routine: &Routine) -> Result<Timeline, NoBlend> {
    timeline(routine, None).map_err(|_problems| NoBlend::Lacks {
        title: routine.title.clone(),
        what: "a step that cannot be compiled",
    })
}

/// Changes a breath of ours so that its part gets from `now` to `wanted` seconds, in whole breaths.
fn set_breaths(routine: &mut Routine, name: &str, now: f64, wanted: f64) {
    let steps = routine
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.steps);
    for step in steps.filter(|step| step.name.as_deref() == Some(name)) {
        let Do::Breathe(breathe) = &mut step.r#do else {
            continue;
        };
        if let Some(Length::Elastic { min, ideal, max }) = &mut breathe.length {
            ideal.0 = (ideal.0 + wanted - now).round().clamp(min.0, max.0);
        } else {
            let (_, ideal, _) = breathe.breaths.unwrap_or_default().range();
            let change = ((wanted - now) / BREATH_SECS).round();
            let ideal =
                (f64::from(ideal) + change).clamp(f64::from(FEWEST), f64::from(MOST)) as u32;
            breathe.breaths = Some(Count::Elastic {
                min: FEWEST,
                ideal,
                max: ideal * 2,
            });
        }
    }
}

/// Shortens the longest breathing of the relaxation by about so many seconds, in whole breaths; false if none is long
/// enough to give anything.
fn shorten_breathing(routine: &mut Routine, secs: f64) -> bool {
    let steps = routine
        .sections
        .iter_mut()
        .filter(|section| section.section == SectionKind::Soften);
    let mut longest: Option<(&mut Count, f64)> = None;
    for step in steps
        .flat_map(|section| &mut section.steps)
        .filter(|step| step.name.as_deref() != Some(STEADY))
    {
        if let Do::Breathe(breathe) = &mut step.r#do
            && let (Some(pattern), Some(count)) = (breathe.pattern, breathe.breaths.as_mut())
        {
            let one = pattern.total() * breathe.count.unwrap_or(1.0);
            let all = f64::from(count.range().1) * one;
            if count.range().1 > FEWEST
                && longest
                    .as_ref()
                    .is_none_or(|(count, one)| f64::from(count.range().1) * one < all)
            {
                longest = Some((count, one));
            }
        }
    }
    let Some((count, one)) = longest else {
        return false;
    };
    let (_, ideal, _) = count.range();
    let fewer = (secs / one).ceil().max(1.0) as u32;
    let ideal = ideal.saturating_sub(fewer).max(FEWEST);
    *count = Count::Elastic {
        min: FEWEST,
        ideal,
        max: ideal * 2,
    };
    true
}

fn is_work(section: &Section) -> bool {
    section.section == SectionKind::Release && section.when.as_deref() != Some(SOFT)
}

/// Makes the elastic lengths of a step longer, within their ranges; a shorter hold would be talked through.
fn lengthen(step: &mut Step, factor: f64) {
    let length = |length: &mut Length| {
        if let Length::Elastic { min, ideal, max } = length {
            ideal.0 = (ideal.0 * factor).round().clamp(min.0, max.0);
        }
    };
    let count = |count: &mut Count| {
        if let Count::Elastic { min, ideal, max } = count {
            *ideal = ((f64::from(*ideal) * factor).round() as u32).clamp(*min, *max);
        }
    };
    match &mut step.r#do {
        Do::Press(press) => length(&mut press.length),
        Do::Melt(melt) => length(&mut melt.length),
        Do::Roll(roll) => length(&mut roll.length),
        Do::Stretch(stretch) => length(&mut stretch.length),
        Do::Stroke(stroke) => count(&mut stroke.times),
        Do::Move(moves) => count(&mut moves.times),
        Do::ContractRelax(contract) => count(&mut contract.times),
        Do::Group(group) => group
            .steps
            .iter_mut()
            .for_each(|step| lengthen(step, factor)),
        _ => {}
    }
}

/// Drops the last step of a part that can go, with what only leads to it; false if only one is left. What is ours stays.
pub(super) fn drop_last(routine: &mut Routine, kind: SectionKind) -> bool {
    let part =
        |section: &&mut Section| section.section == kind && section.when.as_deref() != Some(SOFT);
    let Some(section) = routine.sections.iter_mut().find(part) else {
        return false;
    };
    let steps = &mut section.steps;
    let theirs = |step: &Step| !own::is_ours(step) && !is_gate(step);
    // Of those with the lowest priority the last one.
    let last = steps
        .iter()
        .enumerate()
        .filter(|(_, step)| theirs(step))
        .max_by_key(|(i, step)| (step.priority.unwrap_or(2), *i))
        .map(|(i, _)| i);
    let left = steps.iter().filter(|step| theirs(step)).count();
    let Some(last) = last.filter(|_| left > 1) else {
        return false;
    };
    steps.remove(last);
    if steps.get(last).is_none_or(|next| !theirs(next)) {
        forget_gates(steps, last, steps[last..].iter().any(theirs));
    }
    true
}

/// Takes away the gates that led to the step that stood here. What they say for safety is kept as long as work follows.
fn forget_gates(steps: &mut Vec<Step>, here: usize, work_follows: bool) {
    let before = steps[..here].iter().rposition(|step| !is_gate(step));
    let led = before.map_or(0, |before| before + 1)..here;
    let mut place = 0..;
    steps.retain(|step| {
        let led = place.next().is_some_and(|place| led.contains(&place));
        !led || (work_follows && keeps_safe(step))
    });
}
