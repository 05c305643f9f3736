//! Makes a routine fit for a person: the author's cautions, what tags do by themselves, position, tools at hand. A
//! routine that cannot be made fit is refused with the reason; nothing is mended in silence.

use std::fmt;

use crate::cautions::{LIGHT, Limits};
use crate::checkin::CheckIn;
use crate::names::{Area, Level, Position, Tag, Tool};
use crate::routine::{Do, Routine, Step, Variation};
use crate::units::Pressure;

use crate::routine::does::Does;

/// The variation that needs nothing at hand.
pub const NO_TOOLS: &str = "no-tools";

/// The variation that asks more of the body.
pub const DEEPER: &str = "deeper";

/// What a person's day asks of any routine.
#[derive(Clone, Debug, Default)]
pub struct Demands<'a> {
    /// The person's tags, for the author's cautions.
    pub tags: &'a [Tag],
    /// What those tags leave possible.
    pub limits: Limits,
    /// Where it will be done; anywhere if `None`.
    pub position: Option<Position>,
    /// What is at hand; anything if `None`.
    pub tools: Option<&'a [Tool]>,
    /// No rolling: a blend at bedtime.
    pub still_only: bool,
    /// Nothing that goes deeper: before sleep, sedated [2.4], or until the therapist is asked.
    pub gently: bool,
}

impl<'a> Demands<'a> {
    /// What a check-in asks; `tags` are those of its ticks.
    pub fn of(check_in: &'a CheckIn, tags: &'a [Tag]) -> Self {
        let limits = check_in.limits();
        Self {
            tags,
            gently: check_in.bedtime
                || check_in.asks_first(&limits)
                || tags.contains(&Tag::Sedated),
            limits,
            position: check_in.position,
            tools: check_in.tools.as_deref(),
            still_only: check_in.bedtime,
        }
    }
}

/// How a routine can be taken.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Adapted {
    /// The variations to apply, in the order of the file.
    pub variations: Vec<String>,
    /// Named steps that are left out.
    pub left_out: Vec<String>,
    /// Where it is done, if that had to be decided.
    pub position: Option<Position>,
    /// Nothing presses harder than this, if a tag says so.
    pub cap: Option<Pressure>,
}

/// Why a routine is not offered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Refusal {
    /// The author rules it out for this tag.
    Author(Tag),
    /// Only rest and the natural breath are possible.
    Blocked,
    /// It touches, moves or tenses a part that is left alone.
    Locked,
    /// It presses or rolls where only light touch is allowed.
    Pressing,
    /// It stretches where no end of a range should be reached.
    EndOfRange,
    /// A breath is held.
    Hold,
    /// It rolls, and it is bedtime.
    Rolling,
    /// It goes deeper than is good before sleep, or before the therapist is asked.
    Deeper,
    /// It cannot be done in this position.
    Position,
    /// It needs something that is not at hand.
    Tools,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Author(tag) => return write!(f, "its author rules it out for {tag}"),
            Self::Blocked => "today only rest and the natural breath are safe",
            Self::Locked => "it works on a part that is to be left alone today",
            Self::Pressing => "it presses or rolls where only light touch is safe",
            Self::EndOfRange => "it stretches where no end of a range should be reached",
            Self::Hold => "it holds the breath and has no version without",
            Self::Rolling => "it may roll, and nothing rolls before sleep",
            Self::Deeper => {
                "it goes deeper; that is not for bedtime, and your therapist should be asked first"
            }
            Self::Position => "it cannot be done in this position",
            Self::Tools => "it needs something that is not at hand",
        })
    }
}

/// How a routine can be taken with these demands.
pub fn adapt(routine: &Routine, demands: &Demands<'_>) -> Result<Adapted, Refusal> {
    if demands.gently && routine.level == Level::Deeper {
        return Err(Refusal::Deeper);
    }
    let mut taken = Taken {
        routine,
        variations: Vec::new(),
        left_out: Vec::new(),
    };
    for caution in routine
        .cautions
        .iter()
        .filter(|caution| demands.tags.contains(&caution.tag))
    {
        if caution.block {
            return Err(Refusal::Author(caution.tag));
        }
        if let Some(name) = &caution.r#use
            && !taken.add(name)
            && !taken.variations.contains(name)
        {
            // What its author would change for this tag is not there.
            return Err(Refusal::Author(caution.tag));
        }
        taken.left_out.extend(caution.drop.iter().cloned());
    }
    let position = taken.place(demands)?;
    taken.gather(demands.tools)?;
    let areas = routine.areas_spread();
    while let Some(refusal) = taken
        .steps()
        .iter()
        .find_map(|step| forbidden(step, &areas, demands))
    {
        let cure = match refusal {
            Refusal::Hold => "hold-free",
            Refusal::Pressing | Refusal::Rolling | Refusal::EndOfRange => "light-only",
            _ => return Err(refusal),
        };
        if !taken.add(cure) {
            return Err(refusal);
        }
    }
    let cap = Limits::meets(&demands.limits.light, &areas).then_some(LIGHT);
    Ok(Adapted {
        variations: taken.names(),
        left_out: taken.left_out,
        position,
        cap,
    })
}

/// What is wrong with a step, if anything; `areas` are those of its routine.
pub fn forbidden(step: &Step, areas: &[Area], demands: &Demands<'_>) -> Option<Refusal> {
    let limits = &demands.limits;
    if matches!(step.r#do, Do::Include(_)) {
        // What it names is judged by the compiler, which applies the cures there; it knows no bedtime.
        return demands.still_only.then_some(Refusal::Rolling);
    }
    let does = Does::of(step);
    if limits.block && does.more_than_rest {
        return Some(Refusal::Blocked);
    }
    if limits.hold_free && does.holds {
        return Some(Refusal::Hold);
    }
    if does.touches && Limits::meets(&limits.locked, areas) {
        return Some(Refusal::Locked);
    }
    if does.presses && Limits::meets(&limits.light, areas) {
        return Some(Refusal::Pressing);
    }
    if does.lengthens && Limits::meets(&limits.no_end_range, areas) {
        return Some(Refusal::EndOfRange);
    }
    (does.rolls && demands.still_only).then_some(Refusal::Rolling)
}

/// The steps that are played with these overlays, groups opened.
pub fn steps_with<'a>(
    routine: &'a Routine,
    variations: &[String],
    left_out: &[String],
) -> Vec<&'a Step> {
    let overlays: Vec<&Variation> = routine
        .variations
        .iter()
        .filter(|variation| variations.contains(&variation.name))
        .collect();
    let mut steps = Vec::new();
    for step in routine.sections.iter().flat_map(|section| &section.steps) {
        overlaid(step, &overlays, left_out, &mut steps);
    }
    steps
}

fn overlaid<'a>(
    step: &'a Step,
    overlays: &[&'a Variation],
    left_out: &[String],
    steps: &mut Vec<&'a Step>,
) {
    if let Some(name) = &step.name {
        if left_out.contains(name) {
            return;
        }
        for (i, overlay) in overlays.iter().enumerate() {
            if overlay.drop.contains(name) {
                return;
            }
            if let Some(replace) = overlay.replace.iter().find(|replace| replace.step == *name) {
                for step in &replace.with {
                    overlaid(step, &overlays[i + 1..], left_out, steps);
                }
                return;
            }
        }
    }
    match &step.r#do {
        Do::Group(group) => group
            .steps
            .iter()
            .for_each(|step| overlaid(step, overlays, left_out, steps)),
        _ => steps.push(step),
    }
}

/// A routine with the overlays chosen so far.
struct Taken<'a> {
    routine: &'a Routine,
    variations: Vec<String>,
    left_out: Vec<String>,
}

impl<'a> Taken<'a> {
    /// Adds a variation; false if there is none of that name, or it is in already.
    fn add(&mut self, name: &str) -> bool {
        let known = self
            .routine
            .variations
            .iter()
            .any(|variation| variation.name == name);
        let new = known && !self.variations.iter().any(|taken| taken == name);
        if new {
            self.variations.push(name.to_owned());
        }
        new
    }

    fn steps(&self) -> Vec<&'a Step> {
        steps_with(self.routine, &self.variations, &self.left_out)
    }

    /// The names in the order of the file.
    fn names(&self) -> Vec<String> {
        let names = self
            .routine
            .variations
            .iter()
            .map(|variation| &variation.name);
        names
            .filter(|name| self.variations.contains(name))
            .cloned()
            .collect()
    }

    /// Decides the position; lying flat is swapped for sitting where a tag asks for it.
    fn place(&mut self, demands: &Demands<'_>) -> Result<Option<Position>, Refusal> {
        const UPRIGHT: [Position; 2] = [Position::Chair, Position::Standing];
        let wanted: Vec<Position> = match demands.position {
            Some(position) if !demands.limits.upright || UPRIGHT.contains(&position) => {
                vec![position]
            }
            _ if demands.limits.upright => UPRIGHT.to_vec(),
            _ => return Ok(None),
        };
        if let Some(&position) = wanted
            .iter()
            .find(|position| self.routine.positions.contains(position))
        {
            return Ok(Some(position));
        }
        let overlay = |position| match position {
            Position::Chair => Some("seated"),
            Position::Bed => Some("bed"),
            Position::Floor | Position::Standing => None,
        };
        let found = wanted
            .into_iter()
            .find(|&position| overlay(position).is_some_and(|name| self.add(name)));
        found.map(Some).ok_or(Refusal::Position)
    }

    /// Sees that all tools are at hand, or others that serve as well, or that it goes without.
    fn gather(&mut self, tools: Option<&[Tool]>) -> Result<(), Refusal> {
        let Some(tools) = tools else { return Ok(()) };
        let at_hand = |tool: &Tool| {
            tools.contains(tool)
                || self
                    .routine
                    .instead
                    .iter()
                    .any(|instead| instead.tool == *tool && tools.contains(&instead.r#use))
        };
        if self.routine.tools.iter().all(at_hand) || self.add(NO_TOOLS) {
            Ok(())
        } else {
            Err(Refusal::Tools)
        }
    }
}

#[cfg(test)]
mod tests;
