//! The last stage: leaves and placed events become a timeline.

use crate::routine::Routine;
use crate::timeline::{Choices, FadeSpan, Notes, Segment, StepSpan, Timeline};
use crate::units::Frames;

use super::edits::EASED_BY;
use super::placed::{self, Placed};
use super::score::{Leaf, Score};

/// What is heard of a score.
#[derive(Debug)]
pub(super) struct Heard {
    /// The first frame of each leaf, and the frame after the last.
    pub(super) starts: Vec<Frames>,
    pub(super) events: Vec<Placed>,
    pub(super) fade: Option<FadeSpan>,
}

/// The timeline of a score with what is heard of it.
pub(super) fn finish(
    routine: &Routine,
    id: &str,
    choices: &Choices,
    respell: Vec<(String, String)>,
    score: &Score<'_>,
    heard: Heard,
) -> Timeline {
    let Heard {
        starts,
        mut events,
        fade,
    } = heard;
    let (steps, segments) = spans(score, &starts);
    placed::sort(&mut events);
    let events: Vec<_> = events
        .into_iter()
        .map(|event| {
            let segment = segments.partition_point(|segment: &Segment| segment.start <= event.at);
            event.into_event(segment.saturating_sub(1))
        })
        .collect();
    let lines = (0..events.len())
        .filter(|&i| matches!(events[i].what, crate::timeline::What::Say(_)))
        .collect();
    Timeline {
        routine: id.to_owned(),
        title: routine.title.clone(),
        style: Some(routine.style),
        language: routine.language.clone(),
        bed: routine.bed.clone(),
        fade,
        bedtime: routine.bedtime || choices.bedtime,
        choices: choices.clone(),
        respell,
        total: starts.last().copied().unwrap_or_default(),
        steps,
        segments,
        events,
        lines,
    }
}

/// The fade towards the end of so many frames.
pub(super) fn fade(routine: &Routine, total: Frames) -> Option<FadeSpan> {
    let fade = routine.bed.as_ref()?.fade?;
    Some(FadeSpan {
        start: total.saturating_sub(fade.last.frames()),
        end: total,
        by: fade.by,
    })
}

fn spans(score: &Score<'_>, starts: &[Frames]) -> (Vec<StepSpan>, Vec<Segment>) {
    let mut steps: Vec<StepSpan> = Vec::new();
    let mut segments: Vec<Segment> = Vec::with_capacity(score.leaves.len());
    let mut occurrence = None;
    for (leaf, &start) in score.leaves.iter().zip(starts) {
        if occurrence.replace(leaf.occurrence) != Some(leaf.occurrence) {
            steps.push(span(leaf, segments.len(), start));
        }
        let step = steps.len() - 1;
        segments.extend(segments_of(leaf, start, step));
        let span = &mut steps[step];
        span.end = segments.len();
        span.frames = start + leaf.frames - span.start;
    }
    (steps, segments)
}

fn span(leaf: &Leaf<'_>, first: usize, start: Frames) -> StepSpan {
    let step = leaf.node.step;
    StepSpan {
        path: leaf.node.path.to_owned(),
        name: step.name.clone(),
        title: leaf.step_title.clone().into_owned(),
        section: leaf.node.section,
        part: leaf.part,
        first,
        end: first,
        start,
        frames: Frames::ZERO,
        notes: Notes {
            landmark: step.landmark.clone(),
            avoid: step.avoid.clone(),
            feel: step.feel.clone(),
            stop: step.stop.clone(),
        },
    }
}

/// One segment; one more for each time that the pressure is eased within.
fn segments_of(leaf: &Leaf<'_>, start: Frames, step: usize) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(1);
    let mut segment = segment(leaf, start, leaf.frames, step);
    for &from in leaf.eased.iter().filter(|&&from| from < leaf.frames) {
        let rest = Segment {
            start: start + from,
            frames: leaf.frames - from,
            pressure: segment.pressure.map(|band| band.lowered(EASED_BY)),
            ..segment.clone()
        };
        segment.frames = rest.start - segment.start;
        let before = std::mem::replace(&mut segment, rest);
        if !before.frames.is_zero() {
            segments.push(before);
        }
    }
    segments.push(segment);
    segments
}

fn segment(leaf: &Leaf<'_>, start: Frames, frames: Frames, step: usize) -> Segment {
    Segment {
        step,
        path: leaf.node.path.to_owned(),
        section: leaf.node.section,
        kind: leaf.node.step.r#do.kebab(),
        role: leaf.role,
        title: leaf.title.clone().into_owned(),
        side: leaf.side,
        round: leaf.round,
        start,
        frames,
        pressure: leaf.pressure,
        breath: leaf.breath,
        breaths: leaf
            .breath
            .map(|breath| (leaf.frames.0 / breath.total().0) as u32),
        beat: leaf.beat,
        pose: leaf.node.step.pose.clone(),
        gate: leaf.gate.clone(),
    }
}
