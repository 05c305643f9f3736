//! Changes asked for while playing: a little longer, ease off. All that has been heard stays as it was.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::routine::atoms::{LONGEST_SECS, PacedBreath, Role};
use crate::routine::{CueKind, Do};
use crate::timeline::Edit;
use crate::units::{Frames, Secs};

use super::placed::{Id, Placed};
use super::problem::problem;
use super::score::{Leaf, Score};

/// How much less on the dial "ease off" asks for.
pub(super) const EASED_BY: u8 = 2;

impl Edit {
    /// The frame from which on it may change what is heard.
    pub(super) fn from(self) -> Frames {
        match self {
            Self::Longer { from, .. } | Self::EaseOff { from, .. } => from,
        }
    }
}

/// Applies one edit to the lengths and pressures of a score.
pub(super) fn apply(
    score: &mut Score<'_>,
    starts: &[Frames],
    edit: Edit,
) -> Result<(), Box<Diagnostic>> {
    match edit {
        Edit::Longer { step, by, from } => {
            let leaf = leaf_of(score, starts, step, from)?;
            longer(score, starts, leaf, by, from)
        }
        Edit::EaseOff { step, from } => {
            let leaf = leaf_of(score, starts, step, from)?;
            ease_off(score, starts, leaf, from);
            Ok(())
        }
    }
}

/// The events after an edit: what was heard before `from` as it was, what comes after as it is now, nothing twice. A
/// safety line whose new place has already passed comes at once.
pub(super) fn splice(old: Vec<Placed>, new: Vec<Placed>, from: Frames) -> Vec<Placed> {
    let mut events: Vec<Placed> = old
        .into_iter()
        .take_while(|event| event.at < from)
        .collect();
    let heard: HashSet<Id> = events.iter().map(|event| event.id).collect();
    for mut event in new {
        let safety = event
            .line()
            .is_some_and(|line| line.kind == CueKind::Safety);
        if heard.contains(&event.id) || (event.at < from && !safety) {
            continue;
        }
        event.at = event.at.max(from);
        events.push(event);
    }
    super::placed::sort(&mut events);
    events
}

/// The leaf that an edit is about: the one that goes on at `from`; the first work of a step that is still to come.
fn leaf_of(
    score: &Score<'_>,
    starts: &[Frames],
    step: usize,
    from: Frames,
) -> Result<usize, Box<Diagnostic>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (i, leaf) in score.leaves.iter().enumerate() {
        match spans.last_mut() {
            Some((_, end)) if score.leaves[i - 1].occurrence == leaf.occurrence => *end = i + 1,
            _ => spans.push((i, i + 1)),
        }
    }
    let passed = || Box::new(problem("RW260", "", "the step that should change is over"));
    let &(first, end) = spans.get(step).ok_or_else(passed)?;
    if from < starts[first] {
        let work = |&leaf: &usize| !matches!(score.leaves[leaf].role, Role::SetUp | Role::Switch);
        return Ok((first..end).find(work).unwrap_or(first));
    }
    (first..end)
        .find(|&leaf| from < starts[leaf + 1])
        .ok_or_else(passed)
}

fn longer(
    score: &mut Score<'_>,
    starts: &[Frames],
    leaf: usize,
    by: Secs,
    from: Frames,
) -> Result<(), Box<Diagnostic>> {
    if score.leaves[leaf].gate.is_some() {
        return Ok(());
    }
    let by = in_units(&score.leaves[leaf], by.frames());
    let total = starts[score.leaves.len()];
    let mirror = score.mirror(leaf).filter(|&mirror| starts[mirror] >= from);
    for leaf in [Some(leaf), mirror].into_iter().flatten() {
        let leaf = &mut score.leaves[leaf];
        let longest = longest(leaf);
        if leaf.frames + by > longest || total + by + by > Secs(LONGEST_SECS).frames() {
            return Err(Box::new(problem(
                "RW261",
                leaf.node.path,
                format!(
                    "this is long enough: {} seconds at most in one go",
                    longest.0 / u64::from(crate::units::RATE)
                ),
            )));
        }
        leaf.frames += by;
    }
    Ok(())
}

fn ease_off(score: &mut Score<'_>, starts: &[Frames], leaf: usize, from: Frames) {
    let into = from.saturating_sub(starts[leaf]);
    let mirror = score.mirror(leaf).filter(|&mirror| starts[mirror] >= from);
    let eased = &mut score.leaves[leaf];
    if eased.pressure.is_some() {
        eased.frames = halved(eased, into);
        eased.eased.push(into);
        let frames = eased.frames;
        if let Some(mirror) = mirror {
            score.leaves[mirror].frames = frames;
        }
    }
    for later in &mut score.leaves[leaf + 1..] {
        later.pressure = later.pressure.map(|band| band.lowered(EASED_BY));
    }
}

/// The length of a leaf when what is left of it after `into` is halved; strokes and passes stay whole.
fn halved(leaf: &Leaf<'_>, into: Frames) -> Frames {
    match unit(leaf) {
        Some(unit) => {
            let done = into.0.div_ceil(unit.0);
            let left = (leaf.frames.0 / unit.0).saturating_sub(done);
            unit * (done + left / 2).max(1)
        }
        None => into + Frames((leaf.frames - into).0 / 2),
    }
}

/// A length in whole breaths, strokes or passes, at least one.
fn in_units(leaf: &Leaf<'_>, by: Frames) -> Frames {
    match unit(leaf) {
        Some(unit) => unit * ((by.0 + unit.0 / 2) / unit.0).max(1),
        None => by,
    }
}

fn unit(leaf: &Leaf<'_>) -> Option<Frames> {
    let whole = |unit: &Frames| !unit.is_zero() && leaf.frames.0.is_multiple_of(unit.0);
    leaf.breath
        .map(PacedBreath::total)
        .or(leaf.beat)
        .filter(whole)
}

/// The longest that a stretch of work may last in one go (`content.md` R-46).
fn longest(leaf: &Leaf<'_>) -> Frames {
    let secs = match (&leaf.node.step.r#do, leaf.role) {
        (Do::Press(_) | Do::Stretch(_), Role::Work) => 90,
        (Do::Melt(_), Role::Work) => 180,
        (Do::Roll(_), Role::Work) => 120,
        (Do::ContractRelax(_), Role::Push) => 10,
        (Do::ContractRelax(_), Role::Stretch) => 30,
        (Do::TenseRelease(_), Role::Tense) => 8,
        _ => return Secs(LONGEST_SECS).frames(),
    };
    Frames::whole_secs(secs)
}
