//! What is true at a frame of a timeline. Everything is found by halving, never by walking through.

use crate::routine::SectionKind;
use crate::timeline::fullness::FREE;
use crate::timeline::{Event, Line, Phase, Role, Segment, SegmentSide, Timeline, What};
use crate::units::{Band, Frames, RATE};

/// A caption stays at least so long (`content.md` 5.6).
const CAPTION: Frames = Frames(RATE as u64 * 3 / 2);

/// The breath comes to rest over so long after the last paced one.
const SETTLING: Frames = Frames::whole_secs(2);

/// What is true at one frame.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Now<'t> {
    /// The frame that was asked for, at most the last one.
    pub at: Frames,
    /// The index of the segment.
    pub segment: usize,
    /// The index of the step in [`Timeline::steps`].
    pub step: usize,
    /// The part of the routine.
    pub section: SectionKind,
    /// What the segment is within its step.
    pub role: Role,
    /// On which side.
    pub side: SegmentSide,
    /// How much pressure.
    pub pressure: Option<Band>,
    /// The paced breath, where there is one.
    pub breath: Option<BreathNow>,
    /// How full the breath is, 0–1; a steady 0.35 where nobody paces it.
    pub fullness: f64,
    /// The line whose caption is to be seen, with the frame since which.
    pub caption: Option<(&'t Line, Frames)>,
    /// The step that comes next, as an index in [`Timeline::steps`].
    pub next: Option<usize>,
    /// What is left of the segment.
    pub left_in_segment: Frames,
    /// What is left of the step.
    pub left_in_step: Frames,
    /// What is left of everything.
    pub left: Frames,
}

/// Where a frame lies in a paced breath.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BreathNow {
    /// Which breath of the segment, from 1.
    pub number: u32,
    /// How many the segment has.
    pub of: u32,
    /// The phase.
    pub phase: Phase,
    /// The first frame of the phase, in the timeline.
    pub since: Frames,
    /// What is left of the phase.
    pub left: Frames,
}

impl Timeline {
    /// What is true at a frame; a frame past the end counts as the last. `None` for an empty timeline.
    pub fn at(&self, frame: Frames) -> Option<Now<'_>> {
        let last = self.segments.last()?;
        let at = frame.min(last.end().saturating_sub(Frames(1)));
        let index = self.segment_at(at);
        let segment = &self.segments[index];
        let step = &self.steps[segment.step];
        Some(Now {
            at,
            segment: index,
            step: segment.step,
            section: segment.section,
            role: segment.role,
            side: segment.side,
            pressure: segment.pressure,
            breath: breath_now(segment, at),
            fullness: self.fullness(at),
            caption: self.caption(at, segment.step),
            next: (segment.step + 1 < self.steps.len()).then_some(segment.step + 1),
            left_in_segment: segment.end() - at,
            left_in_step: step.start + step.frames - at,
            left: self.total - at,
        })
    }

    /// The index of the segment that holds a frame; the last one for a frame past the end.
    ///
    /// # Panics
    /// On an empty timeline.
    pub fn segment_at(&self, frame: Frames) -> usize {
        self.segments
            .partition_point(|segment| segment.start <= frame)
            .saturating_sub(1)
    }

    /// The index of the step that holds a frame; the last one for a frame past the end.
    pub fn step_at(&self, frame: Frames) -> usize {
        self.steps
            .partition_point(|step| step.start <= frame)
            .saturating_sub(1)
    }

    /// The events that begin in a stretch of frames, from `start` up to but not including `end`.
    pub fn events_in(&self, start: Frames, end: Frames) -> &[Event] {
        let first = self.events.partition_point(|event| event.at < start);
        let past = self.events.partition_point(|event| event.at < end);
        &self.events[first..past.max(first)]
    }

    /// How full the breath is at a frame, 0–1: the one function for sound and picture. Unpaced it rests at [`FREE`].
    pub fn fullness(&self, frame: Frames) -> f64 {
        if self.segments.is_empty() {
            return FREE;
        }
        let index = self.segment_at(frame);
        let segment = &self.segments[index];
        let before = index.checked_sub(1).map(|i| &self.segments[i]);
        let paced_before = before.is_some_and(|segment| segment.breath.is_some());
        let into = frame.saturating_sub(segment.start);
        match segment.breath {
            Some(breath) => {
                let cycle = breath.total();
                let first = into < cycle && !paced_before;
                breath.fullness(
                    Frames(into.0 % cycle.0.max(1)),
                    if first { FREE } else { 0.0 },
                )
            }
            None if paced_before => FREE * crate::easing::soft(into.0 as f64 / SETTLING.0 as f64),
            None => FREE,
        }
    }

    /// The line whose caption is to be seen: the last one, while its step lasts and at least its own length.
    fn caption(&self, at: Frames, step: usize) -> Option<(&Line, Frames)> {
        let past = self
            .lines
            .partition_point(|&line| self.events[line].at <= at);
        let event = &self.events[self.lines[past.checked_sub(1)?]];
        let What::Say(line) = &event.what else {
            return None;
        };
        let seen = event.frames.max(CAPTION);
        let here = self.segments[event.segment].step == step;
        (here || at < event.at + seen).then_some((line, event.at))
    }
}

fn breath_now(segment: &Segment, at: Frames) -> Option<BreathNow> {
    let breath = segment.breath?;
    let cycle = breath.total().0.max(1);
    let into = (at - segment.start).0;
    let first = Frames(into - into % cycle) + segment.start;
    let (phase, start, frames) = breath.phase(Frames(into % cycle));
    let since = first + start;
    Some(BreathNow {
        number: (into / cycle) as u32 + 1,
        of: segment.breaths.unwrap_or(0),
        phase,
        since,
        left: (since + frames).saturating_sub(at),
    })
}
