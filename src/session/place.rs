//! Where a session is, in words.

use std::fmt::Display;

use crate::routine::SectionKind;
use crate::timeline::{SegmentSide, Timeline, What};
use crate::units::{Frames, RATE};
use crate::words::Words;

/// Where a session is.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The part of the routine.
    pub section: SectionKind,
    /// The step's title.
    pub title: String,
    /// On which side.
    pub side: SegmentSide,
    /// Which step, from 0.
    pub step: usize,
    /// Of how many.
    pub steps: usize,
    /// How far into the step.
    pub step_at: Frames,
    /// The step's length.
    pub step_frames: Frames,
    /// How far into the session.
    pub at: Frames,
    /// The session's length.
    pub total: Frames,
    /// The title of the step after this one.
    pub next: Option<String>,
}

impl Place {
    /// The place of a frame.
    pub fn of(timeline: &Timeline, at: Frames) -> Self {
        let step = timeline.step_at(at);
        let span = &timeline.steps[step];
        let segment = &timeline.segments[timeline.segment_at(at)];
        Self {
            section: span.section,
            title: span.title.clone(),
            side: segment.side,
            step,
            steps: timeline.steps.len(),
            step_at: at.saturating_sub(span.start).min(span.frames),
            step_frames: span.frames,
            at,
            total: timeline.total,
            next: timeline.steps.get(step + 1).map(|next| next.title.clone()),
        }
    }

    /// What is left of the step.
    pub fn step_left(&self) -> Frames {
        self.step_frames.saturating_sub(self.step_at)
    }

    /// A few sentences that are said and shown when someone asks where we are.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.said;
        let step = match self.side {
            SegmentSide::Left => words.fill(&said.left_side, &[("step", &self.title)]),
            SegmentSide::Right => words.fill(&said.right_side, &[("step", &self.title)]),
            SegmentSide::None | SegmentSide::Both => self.title.clone(),
        };
        let left = lasting(self.step_left(), words);
        let minutes = |frames: u64| u32::try_from(frames).unwrap_or(u32::MAX);
        let minute = u64::from(RATE) * 60;
        let all = words.minutes(minutes(self.total.0.div_ceil(minute)));
        let mut sentences = vec![words.fill(&said.here, &[("step", &step), ("time", &left)])];
        sentences.extend(
            self.next
                .as_ref()
                .map(|next| words.fill(&said.next, &[("step", next)])),
        );
        let done = [
            ("done", &(self.at.0 / minute) as &dyn Display),
            ("all", &all),
        ];
        sentences.push(words.fill(&said.done, &done));
        sentences.join(" ")
    }
}

/// A length of time in whole seconds, in words.
fn lasting(frames: Frames, words: &Words) -> String {
    let seconds = frames.0.div_ceil(u64::from(RATE));
    let counted = |n: u64| {
        let noun = if n == 1 {
            &words.said.seconds_one
        } else {
            &words.said.seconds_many
        };
        words.fill(noun, &[("n", &n)])
    };
    let minutes = words.minutes(u32::try_from(seconds / 60).unwrap_or(u32::MAX));
    match (seconds / 60, seconds % 60) {
        (0, seconds) => counted(seconds),
        (_, 0) => minutes,
        (_, rest) => words.fill(
            &words.said.time,
            &[("minutes", &minutes), ("seconds", &counted(rest))],
        ),
    }
}

/// The event of the last line that began before a frame.
pub(super) fn last_line(timeline: &Timeline, at: Frames) -> Option<usize> {
    let begun = timeline.events.partition_point(|event| event.at <= at);
    timeline.events[..begun]
        .iter()
        .rposition(|event| matches!(event.what, What::Say(_)))
}
