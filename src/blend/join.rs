//! Takes the parts of two routines and puts them into one.

use std::collections::BTreeSet;

use super::{NoBlend, own};
use crate::names::{Level, Style};
use crate::recommend::adapt::Adapted;
use crate::routine::does::Does;
use crate::routine::{BedSound, Do, FORMAT, Replace, Routine, Section, SectionKind, Step};
use crate::units::{Band, Pressure};

/// A routine with these overlays applied for good.
pub(super) fn overlaid(routine: &Routine, adapted: &Adapted) -> Routine {
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
    // What was said of tags has been done, for this person.
    routine.cautions.clear();
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
    let soft = soft_steps(&relax)?;
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
    blend.bedtime = false;
    let branch = |when: &str, steps| Section {
        section: SectionKind::Release,
        title: None,
        when: Some(when.to_owned()),
        steps,
    };
    let mut soften = soft;
    soften.iter_mut().for_each(own::keep_first_lines);
    soften.push(own::steady());
    blend.sections = vec![
        own::arrive(),
        Section {
            section: SectionKind::Soften,
            title: None,
            when: None,
            steps: soften,
        },
        own::bridge(),
        branch(own::DEEPER, work),
        own::soft_branch(),
        own::integrate(),
        own::close(),
    ];
    Ok(blend)
}

/// What a relaxation softens with: all but its first settling, its gates and its close; nothing that is held.
fn soft_steps(relax: &Routine) -> Result<Vec<Step>, NoBlend> {
    let of = |kinds: &[SectionKind]| -> Vec<Step> {
        relax
            .sections
            .iter()
            .filter(|section| kinds.contains(&section.section) && section.when.is_none())
            .flat_map(|section| section.steps.iter().filter(|step| is_soft(step)).cloned())
            .collect()
    };
    let mut steps = of(&[SectionKind::Soften]);
    if steps.is_empty() {
        steps = of(&[
            SectionKind::Arrive,
            SectionKind::Release,
            SectionKind::Integrate,
        ]);
    }
    if steps.is_empty() {
        return Err(NoBlend::Lacks {
            title: relax.title.clone(),
            what: "nothing to soften with",
        });
    }
    Ok(steps)
}

fn is_soft(step: &Step) -> bool {
    let does = Does::of(step);
    !does.presses && !does.lengthens && !is_gate(step) && !does.holds
}

fn is_gate(step: &Step) -> bool {
    matches!(
        step.r#do,
        Do::Ask(_) | Do::Choose(_) | Do::Wait(_) | Do::Include(_)
    )
}

/// The work of a therapeutic routine, whole steps with both their sides.
fn work_steps(release: &Routine) -> Result<Vec<Step>, NoBlend> {
    let steps: Vec<Step> = release
        .sections
        .iter()
        .filter(|section| {
            section.section == SectionKind::Release && section.when.as_deref() != Some(own::SOFT)
        })
        .flat_map(|section| section.steps.iter().filter(|step| !is_gate(step)).cloned())
        .collect();
    if !steps.iter().any(|step| Does::of(step).touches) {
        return Err(NoBlend::Lacks {
            title: release.title.clone(),
            what: "nothing to release with",
        });
    }
    Ok(steps)
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
    let from_areas = from.areas;
    // The areas of the work are what the blend is for; strokes elsewhere stay named too.
    let whole = crate::names::Region::Whole;
    if into.areas == [whole] {
        into.areas.clear();
    }
    extend(&mut into.areas, from_areas);
    extend(&mut into.tools, from.tools);
    extend(&mut into.goals, from.goals);
    extend(&mut into.instead, from.instead);
    into.sources.extend(from.sources);
    into.respell.extend(from.respell);
    into.level = into.level.max(from.level);
    into.after_care = from.after_care.or(into.after_care.take());
    into.spacing = from.spacing.or(into.spacing);
    into.needs = from.needs.or(into.needs.take());
    // No sound is said by no bed.
    into.bed = into
        .bed
        .take()
        .or(from.bed)
        .filter(|bed| bed.sound != BedSound::None);
}

fn extend<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for one in from {
        if !into.contains(&one) {
            into.push(one);
        }
    }
}

/// Sources speak of steps by name; those of steps that are not in the blend go.
pub(super) fn keep_sources(blend: &mut Routine) {
    let mut names = BTreeSet::new();
    blend.walk(&mut |_, step| names.extend(step.name.clone()));
    blend.sources.retain(|source| names.contains(&source.of));
}

/// Gives steps of the second routine new names where the first has the same.
fn rename_doubles(first: &Routine, second: &mut Routine) {
    let mut taken = BTreeSet::new();
    first.walk(&mut |_, step| taken.extend(step.name.clone()));
    let fresh = |name: &str| {
        (2..)
            .map(|n| format!("{}-{n}", &name[..name.len().min(56)]))
            .find(|name| !taken.contains(name))
            .expect("some number is free")
    };
    for section in &mut second.sections {
        rename(&mut section.steps, &|name| {
            taken.contains(name).then(|| fresh(name))
        });
    }
    for source in &mut second.sources {
        if taken.contains(&source.of) {
            source.of = fresh(&source.of);
        }
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

/// No step asks for more than the cap.
pub(super) fn cap(routine: &mut Routine, cap: Pressure) {
    for section in &mut routine.sections {
        cap_steps(&mut section.steps, cap);
    }
}

fn cap_steps(steps: &mut [Step], cap: Pressure) {
    let lower = |band: &mut Band| *band = band.capped(cap);
    for step in steps {
        match &mut step.r#do {
            Do::Press(press) => lower(&mut press.pressure),
            Do::Melt(melt) => lower(&mut melt.pressure),
            Do::Roll(roll) => lower(&mut roll.pressure),
            Do::Stroke(stroke) => lower(&mut stroke.pressure),
            Do::Stretch(stretch) => lower(&mut stretch.pressure),
            Do::ContractRelax(contract) => {
                if let Some(band) = &mut contract.pressure {
                    lower(band);
                }
            }
            Do::Group(group) => cap_steps(&mut group.steps, cap),
            _ => {}
        }
    }
}
