//! Where a session is, in words.

use std::fmt;

use crate::routine::SectionKind;
use crate::timeline::{SegmentSide, Timeline, What};
use crate::units::{Frames, RATE};
use crate::wording::Lasting;

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

    /// "6 of 20 minutes".
    pub fn minutes(&self) -> String {
        let minute = u64::from(RATE) * 60;
        let total = self.total.0.div_ceil(minute);
        let unit = if total == 1 { "minute" } else { "minutes" };
        format!("{} of {total} {unit}", self.at.0 / minute)
    }
}

/// A few sentences that are said and shown when someone asks where we are.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        match self.side {
            SegmentSide::Left => f.write_str(", left side")?,
            SegmentSide::Right => f.write_str(", right side")?,
            SegmentSide::None | SegmentSide::Both => {}
        }
        let left = Lasting(self.step_left().0.div_ceil(u64::from(RATE)));
        write!(f, ". {left} left here. ")?;
        if let Some(next) = &self.next {
            write!(f, "Then: {next}. ")?;
        }
        write!(f, "{} done.", self.minutes())
    }
}

/// The last line that began before a frame, as it was said.
pub(super) fn last_line(timeline: &Timeline, at: Frames) -> Option<String> {
    let begun = timeline.events.partition_point(|event| event.at <= at);
    timeline.events[..begun]
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            What::Say(line) => Some(line.text.clone()),
            _ => None,
        })
}
