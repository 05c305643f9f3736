//! What comes by itself: gates, phases of the breath, and the standard tones (`content.md` 5.3–5.6).

use crate::routine::Do;
use crate::routine::atoms::Role;
use crate::timeline::{GateKind, Phase, SegmentSide, ToneRole, What};
use crate::units::Frames;

use super::placed::{Id, Placed};
use super::score::{Leaf, Score};

/// A hold this long has a soft tone half-way: the longest silence within one (`content.md` 5.2).
const HALF_FROM: Frames = Frames::whole_secs(30);

/// A hold this long is warned of its end (`content.md` 5.3) …
const WARNING_FROM: Frames = Frames::whole_secs(60);

/// … this much before it.
const WARNING_BEFORE: Frames = Frames::whole_secs(10);

/// The last tone lies so long before the end, after the last words of the scripts (`content.md` 5.7).
const END_BEFORE: Frames = Frames::whole_secs(4);

/// Adds gates, phases and tones of everything that is played.
pub(super) fn place(score: &Score<'_>, starts: &[Frames], bedtime: bool, events: &mut Vec<Placed>) {
    for (i, leaf) in score.leaves.iter().enumerate() {
        let start = starts[i];
        if let Some(gate) = &leaf.gate {
            events.push(Placed::gate(
                start,
                leaf.frames,
                GateKind::from(&gate.asks),
                i,
            ));
        }
        phases(leaf, i, start, events);
    }
    let mut tones = Vec::new();
    for (i, leaf) in score.leaves.iter().enumerate() {
        if leaf.node.step.tones != Some(false) {
            of_leaf(leaf, i, starts[i], &mut tones);
        }
    }
    for (first, second) in &score.pairs {
        let leaf = &score.leaves[second.start.min(score.leaves.len() - 1)];
        let has_switch = score.leaves[first.end..second.start]
            .iter()
            .any(|leaf| leaf.role == Role::Switch);
        if !has_switch && !second.is_empty() && leaf.node.step.tones != Some(false) {
            let at = starts[second.start];
            tones.push(Placed::tone(
                at,
                ToneRole::Switch,
                leaf.side,
                second.start,
                0,
            ));
        }
    }
    let total = starts[score.leaves.len()];
    if !bedtime && !score.leaves.is_empty() {
        let last = score.leaves.len() - 1;
        let at = total.saturating_sub(END_BEFORE);
        tones.push(Placed::tone(at, ToneRole::End, SegmentSide::None, last, 0));
    }
    tones.retain(|tone| tone.at < total);
    events.extend(one_at_a_time(tones));
}

/// The phases of paced breaths, each with its length.
fn phases(leaf: &Leaf<'_>, index: usize, start: Frames, events: &mut Vec<Placed>) {
    let Some(breath) = leaf.breath else { return };
    let cycle = breath.total();
    for n in 0..leaf.frames.0 / cycle.0 {
        for (phase, into, frames) in breath.phases() {
            events.push(Placed {
                at: start + cycle * n + into,
                frames,
                what: What::Phase(phase),
                side: nostril(leaf, phase, n),
                id: Id::Phase(index, n as u32, phase),
            });
        }
    }
}

/// The nostril of a phase: in by the left, out by the right, and back, so that a round of two ends on the left.
fn nostril(leaf: &Leaf<'_>, phase: Phase, n: u64) -> SegmentSide {
    use crate::routine::kind::breathe::Through;
    let alternates = leaf
        .breath
        .is_some_and(|breath| breath.through == Through::AlternateNostrils);
    match (alternates, phase, n % 2) {
        (false, ..) => leaf.side,
        (true, Phase::Inhale | Phase::TopUp | Phase::Hold, 0)
        | (true, Phase::Exhale | Phase::Empty, 1) => SegmentSide::Left,
        (true, ..) => SegmentSide::Right,
    }
}

/// The tones of one leaf.
fn of_leaf(leaf: &Leaf<'_>, index: usize, start: Frames, tones: &mut Vec<Placed>) {
    let end = start + leaf.frames;
    let mut tone = |at, role, n| tones.push(Placed::tone(at, role, leaf.side, index, n));
    match (leaf.role, &leaf.node.step.r#do) {
        (Role::SetUp, _) | (Role::Gate, Do::Wait(_)) => tone(start, ToneRole::Ready, 0),
        (Role::Switch, _) => tone(start, ToneRole::Switch, 0),
        (Role::Gate, _) => tone(start, ToneRole::Question, 0),
        (Role::Push | Role::Tense, _) => tone(start, ToneRole::Start, 0),
        (Role::Ease | Role::Release, _) => tone(start, ToneRole::Release, 0),
        (Role::Stretch, _) => {
            tone(start, ToneRole::Start, 0);
            tone(end, ToneRole::Release, 0);
        }
        (Role::Work, Do::Press(_) | Do::Melt(_) | Do::Stretch(_) | Do::Roll(_)) => {
            tone(start, ToneRole::Start, 0);
            if leaf.frames >= HALF_FROM {
                tone(start + Frames(leaf.frames.0 / 2), ToneRole::Half, 0);
            }
            if leaf.frames >= WARNING_FROM {
                tone(end - WARNING_BEFORE, ToneRole::Warning, 0);
            }
            tone(end, ToneRole::Release, 0);
        }
        (Role::Work, Do::Stroke(_) | Do::Move(_)) if leaf.round.is_none_or(|round| round == 1) => {
            tone(start, ToneRole::Start, 0);
        }
        (Role::Work, _) if leaf.item => tone(start, ToneRole::Start, 0),
        (Role::Rest, _) => bells(leaf, start, &mut tone),
        _ => {}
    }
}

/// Soft tones through a rest, so that someone who hears only knows that it goes on.
fn bells(leaf: &Leaf<'_>, start: Frames, tone: &mut impl FnMut(Frames, ToneRole, u32)) {
    let Some(bell) = leaf.bell else { return };
    let mut n = 1;
    while bell * n < leaf.frames {
        tone(start + bell * n, ToneRole::Half, n as u32);
        n += 1;
    }
}

/// Of the tones on one frame only the most telling is heard: two at once cannot be told apart.
fn one_at_a_time(mut tones: Vec<Placed>) -> Vec<Placed> {
    tones.sort_by_key(|tone| (tone.at, telling(tone)));
    tones.dedup_by_key(|tone| tone.at);
    tones
}

fn telling(tone: &Placed) -> u8 {
    match tone.what {
        What::Tone(ToneRole::End) => 0,
        What::Tone(ToneRole::Question) => 1,
        What::Tone(ToneRole::Switch) => 2,
        What::Tone(ToneRole::Start) => 3,
        What::Tone(ToneRole::Release) => 4,
        What::Tone(ToneRole::Warning) => 5,
        What::Tone(ToneRole::Half) => 6,
        _ => 7,
    }
}
