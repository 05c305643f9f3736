//! Takes the parts of two routines and puts them into one.

use std::collections::BTreeSet;

use super::safety::Taken;
use super::{NoBlend, cautions, own, safety};
use crate::names::{Level, Region, Style};
use crate::recommend::adapt::{Adapted, Demands, NO_TOOLS};
use crate::routine::does::Does;
use crate::routine::{
    BedSound, Cue, Do, FORMAT, Replace, Routine, Section, SectionKind, Spacing, Step,
};
use crate::units::Pressure;

/// A routine as this person takes it, its overlays applied for good.
pub(super) fn overlaid(routine: &Routine, adapted: &Adapted, demands: &Demands<'_>) -> Routine {
    let mut routine = routine.clone();
    let overlays = std::mem::take(&mut routine.variations);
    for section in &mut routine.sections {
        drop_steps(&mut section.steps, &adapted.left_out);
        for overlay in overlays
            .iter()
            .filter(|overlay| adapted.variations.contains(&overlay.name))
        {
            replace_steps(&mut section.steps, &overlay.replace);
            drop_steps(&mut section.steps, &overlay.drop);
        }
    }
    let said = std::mem::take(&mut routine.cautions);
    routine.cautions = cautions::still_said(said, adapted, demands);
    if let Some(position) = adapted.position {
        routine.positions = vec![position];
    }
    if adapted.variations.iter().any(|name| name == NO_TOOLS) {
        routine.tools.clear();
    }
    routine
}

fn drop_steps(steps: &mut Vec<Step>, names: &[String]) {
    steps.retain(|step| !step.name.as_ref().is_some_and(|name| names.contains(name)));
    for step in steps {
        if let Do::Group(group) = &mut step.r#do {
            drop_steps(&mut group.steps, names);
        }
    }
}

fn replace_steps(steps: &mut Vec<Step>, replacements: &[Replace]) {
    for step in std::mem::take(steps) {
        match replacements
            .iter()
            .find(|replace| Some(&replace.step) == step.name.as_ref())
        {
            Some(replace) => steps.extend(replace.with.iter().cloned()),
            None => steps.push(step),
        }
    }
    for step in steps {
        if let Do::Group(group) = &mut step.r#do {
            replace_steps(&mut group.steps, replacements);
        }
    }
}

/// Two therapeutic routines as one, the second after the first.
pub(super) fn beside(mut first: Routine, mut second: Routine) -> Routine {
    positions(&mut first, &second);
    rename_doubles(&first, &mut second);
    first.sections.append(&mut second.sections);
    gather(&mut first, second);
    first
}

/// The blend, with every step at the length that its author wrote.
pub(super) fn join(mut relax: Routine, mut release: Routine) -> Result<Routine, NoBlend> {
    positions(&mut relax, &release);
    rename_doubles(&relax, &mut release);
    let mut soft = soft_steps(&relax)?;
    let work = work_steps(&release)?;
    let title = format!("{}, then {}", relax.title, release.title);
    let promise = format!(
        "Soften first with {}, then release with {}.",
        relax.title, release.title
    );
    let mut blend = relax;
    gather(&mut blend, release);
    blend.format = FORMAT;
    blend.title = title;
    blend.promise = promise;
    blend.style = Style::Blend;
    blend.level = blend.level.max(Level::Standard);
    blend.author = "Rootwell".to_owned();
    blend.review = None;
    blend.minutes = None;
    cap_steps(&mut soft.steps, own::SOFTEST);
    for step in &mut soft.steps {
        soft.before.extend(own::keep_first_lines(step));
    }
    let section = |section, when: Option<&str>, steps| Section {
        section,
        title: None,
        when: when.map(str::to_owned),
        steps,
    };
    let led_by = |name, lines, kind, steps: Vec<Step>| -> Vec<Step> {
        safety::said(name, lines, kind)
            .into_iter()
            .chain(steps)
            .collect()
    };
    let (soften, release) = (SectionKind::Soften, SectionKind::Release);
    let mut soft_part = led_by("soft", soft.before, soften, soft.steps);
    soft_part.push(own::steady());
    let after = [soft.after, work.after].concat();
    blend.sections = vec![
        own::arrive(),
        section(soften, None, soft_part),
        own::bridge(),
        section(
            release,
            Some(own::DEEPER),
            led_by("deeper", work.before, release, work.steps),
        ),
        own::soft_branch(),
        own::integrate(),
        own::close(safety::said("after", after, SectionKind::Close)),
    ];
    Ok(blend)
}

/// What a relaxation softens with: all but its first settling and its close; nothing that is held.
fn soft_steps(relax: &Routine) -> Result<Taken, NoBlend> {
    let of = |kinds: &[SectionKind]| {
        let wanted = |section: &Section| kinds.contains(&section.section) && section.when.is_none();
        safety::take(relax, wanted, is_soft)
    };
    let mut taken = of(&[SectionKind::Soften]);
    if taken.steps.iter().all(is_gate) {
        taken = of(&[
            SectionKind::Arrive,
            SectionKind::Release,
            SectionKind::Integrate,
        ]);
    }
    if taken.steps.iter().all(is_gate) {
        return Err(NoBlend::Lacks {
            title: relax.title.clone(),
            what: "nothing to soften with",
        });
    }
    Ok(taken)
}

fn is_soft(step: &Step) -> bool {
    let does = Does::of(step);
    !does.presses && !does.lengthens && !does.holds && stays(step)
}

/// Whether a step can stand in another routine: time to get something ready, and a question on which safety hangs. The
/// blend asks the rest itself, and there is one choice.
fn stays(step: &Step) -> bool {
    match step.r#do {
        Do::Ask(_) => safety::keeps_safe(step),
        Do::Choose(_) | Do::Include(_) => false,
        _ => true,
    }
}

/// Whether a step only waits or asks.
pub(super) fn is_gate(step: &Step) -> bool {
    matches!(step.r#do, Do::Wait(_) | Do::Ask(_))
}

/// The work of a therapeutic routine, whole steps with both their sides.
fn work_steps(release: &Routine) -> Result<Taken, NoBlend> {
    let wanted = |section: &Section| {
        section.section == SectionKind::Release && section.when.as_deref() != Some(own::SOFT)
    };
    let taken = safety::take(release, wanted, stays);
    if !taken.steps.iter().any(|step| Does::of(step).touches) {
        return Err(NoBlend::Lacks {
            title: release.title.clone(),
            what: "nothing to release with",
        });
    }
    Ok(taken)
}

/// The positions that both can be done in; else those of the work: one may sit to soften and stand to release.
fn positions(first: &mut Routine, second: &Routine) {
    first
        .positions
        .retain(|position| second.positions.contains(position));
    if first.positions.is_empty() {
        first.positions.clone_from(&second.positions);
    }
}

/// Everything beside the steps: areas, tools, goals, sources, words.
fn gather(into: &mut Routine, from: Routine) {
    into.cautions = cautions::of_both(into, &from);
    // The areas of the work are what the blend is for; where anything else is touched stays named too.
    if into.areas == [Region::Whole] && !cautions::touches(into) {
        into.areas.clear();
    }
    extend(&mut into.areas, from.areas);
    extend(&mut into.tools, from.tools);
    extend(&mut into.goals, from.goals);
    extend(&mut into.instead, from.instead);
    into.sources.extend(from.sources);
    into.respell.extend(from.respell);
    into.level = into.level.max(from.level);
    let care = [into.after_care.take(), from.after_care];
    into.after_care = care.into_iter().flatten().reduce(|one, other| {
        if one.contains(&other) {
            one
        } else {
            format!("{one} {other}")
        }
    });
    into.spacing = stricter(into.spacing, from.spacing);
    into.needs = from.needs.or(into.needs.take());
    // No sound is said by no bed.
    into.bed = into
        .bed
        .take()
        .or(from.bed)
        .filter(|bed| bed.sound != BedSound::None);
}

/// How often both may be done.
fn stricter(one: Option<Spacing>, other: Option<Spacing>) -> Option<Spacing> {
    let (Some(one), Some(other)) = (one, other) else {
        return one.or(other);
    };
    let hours = [one.hours, other.hours].into_iter().flatten();
    Some(Spacing {
        hours: hours.reduce(f64::max),
        a_week: [one.a_week, other.a_week].into_iter().flatten().min(),
    })
}

fn extend<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for one in from {
        if !into.contains(&one) {
            into.push(one);
        }
    }
}

/// Sources and cautions speak of steps by name; what is said of steps that are not in the blend goes.
pub(super) fn keep_names(blend: &mut Routine) {
    let mut names = BTreeSet::new();
    blend.walk(&mut |_, step| names.extend(step.name.clone()));
    blend.sources.retain(|source| names.contains(&source.of));
    blend.cautions.retain_mut(|caution| {
        caution.drop.retain(|name| names.contains(name));
        caution.block || !caution.drop.is_empty()
    });
}

/// Gives steps of the second routine new names where the first has the same.
fn rename_doubles(first: &Routine, second: &mut Routine) {
    let names = |routine: &Routine| {
        let mut names = BTreeSet::new();
        routine.walk(&mut |_, step| names.extend(step.name.clone()));
        names
    };
    let (taken, others) = (names(first), names(second));
    let fresh = |name: &str| {
        (2..)
            .map(|n| format!("{}-{n}", name.chars().take(56).collect::<String>()))
            .find(|name| !taken.contains(name) && !others.contains(name))
            .expect("some number is free")
    };
    for section in &mut second.sections {
        rename(&mut section.steps, &|name| {
            taken.contains(name).then(|| fresh(name))
        });
    }
    let sources = second.sources.iter_mut().map(|source| &mut source.of);
    let drops = second
        .cautions
        .iter_mut()
        .flat_map(|caution| &mut caution.drop);
    for name in sources.chain(drops).filter(|name| taken.contains(*name)) {
        *name = fresh(name);
    }
}

fn rename(steps: &mut [Step], new: &dyn Fn(&str) -> Option<String>) {
    for step in steps {
        if let Some(name) = step.name.as_deref().and_then(new) {
            step.name = Some(name);
        }
        if let Do::Group(group) = &mut step.r#do {
            rename(&mut group.steps, new);
        }
    }
}

/// No step asks for more than the cap; where that changes any, it is said before the work, since the lines of the
/// authors still name their own numbers.
pub(super) fn cap(routine: &mut Routine, cap: Pressure) {
    let mut lowered = false;
    for part in &mut routine.sections {
        lowered |= cap_steps(&mut part.steps, cap);
    }
    let line = Cue {
        text: format!(
            "Today stay at {} or less, also where you hear more.",
            DIAL[usize::from(cap.0).min(DIAL.len() - 1)]
        ),
        ..Cue::default()
    };
    let work = routine
        .sections
        .iter_mut()
        .find(|part| part.when.as_deref() == Some(own::DEEPER));
    if let Some(work) = work.filter(|_| lowered) {
        // After what its author says of the dial.
        let lines = |step: &&Step| safety::is_said(step);
        let place = work.steps.iter().take_while(lines).count();
        work.steps
            .splice(place..place, safety::said("cap", vec![line], work.section));
    }
}

/// The places on the dial in words.
const DIAL: [&str; 8] = [
    "nought", "one", "two", "three", "four", "five", "six", "seven",
];

/// Whether any step was lowered.
fn cap_steps(steps: &mut [Step], cap: Pressure) -> bool {
    let mut lowered = false;
    for step in steps {
        if let Do::Group(group) = &mut step.r#do {
            lowered |= cap_steps(&mut group.steps, cap);
        } else if let Some(band) = step.r#do.pressure_mut() {
            let capped = band.capped(cap);
            lowered |= *band != capped;
            *band = capped;
        }
    }
    lowered
}
