//! A gate that is open, what answers it, and what silence means.

use super::Answered;
use crate::timeline::{Asks, Gate, Timeline};
use crate::units::Frames;

/// An open gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenGate {
    /// The index of its segment.
    pub segment: usize,
    /// How long it has waited; a pause does not count.
    pub waited: Frames,
    /// How much more patience it was asked for.
    pub more: Frames,
}

impl OpenGate {
    /// What it asks.
    pub fn asks(self, timeline: &Timeline) -> &Asks {
        &self.gate(timeline).asks
    }

    /// How much longer silence may last.
    pub fn left(self, timeline: &Timeline) -> Frames {
        (self.gate(timeline).time_out + self.more).saturating_sub(self.waited)
    }

    /// Whether silence has lasted long enough.
    pub fn silent(self, timeline: &Timeline) -> bool {
        self.left(timeline).is_zero()
    }

    /// What silence means here, in a sentence that is said and shown.
    pub fn silence(self, timeline: &Timeline) -> String {
        match self.asks(timeline) {
            Asks::Rating { .. } => "No answer is fine: it counts as not asked.".to_owned(),
            Asks::Ready { .. } => "Take your time. It goes on by itself.".to_owned(),
            Asks::Branch { silence, .. } if silence == "soft" => {
                "No answer means: stay soft.".to_owned()
            }
            Asks::Branch { silence, .. } => format!("No answer means: {silence}."),
        }
    }

    pub(super) fn answered(self, timeline: &Timeline, answer: &Answer) -> Answered {
        let segment = &timeline.segments[self.segment];
        let (scale, question) = match self.asks(timeline) {
            Asks::Rating { scale, question } => (*scale, question.clone()),
            _ => (None, None),
        };
        Answered {
            path: segment.path.clone(),
            scale,
            question,
            answer: answer.clone(),
            at: segment.start,
        }
    }

    fn gate(self, timeline: &Timeline) -> &Gate {
        let gate = timeline.segments[self.segment].gate.as_ref();
        gate.expect(
            "a gate is opened on a gate's segment only, and a change keeps what has been heard",
        )
    }
}

/// An answer to a gate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A number from 0 to 10.
    Rating(u8),
    /// "I'm in place."
    Ready,
    /// One of the branches.
    Branch(String),
    /// "Not now": the same as silence, without waiting for it.
    Skip,
}

impl Answer {
    /// Whether this answers what is asked.
    pub fn suits(&self, asks: &Asks) -> bool {
        match (self, asks) {
            (Self::Rating(number), Asks::Rating { .. }) => *number <= 10,
            (Self::Ready, Asks::Ready { .. }) | (Self::Skip, _) => true,
            (Self::Branch(branch), Asks::Branch { options, .. }) => options.contains(branch),
            _ => false,
        }
    }
}
