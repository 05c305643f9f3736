//! A gate that is open, what answers it, and what silence means.

use super::Answered;
use crate::names::Style;
use crate::routine::SectionKind;
use crate::routine::speech_length::formula;
use crate::timeline::{Asks, Gate, Timeline, What};
use crate::units::{Frames, Secs};
use crate::words::Words;

/// From a gate's own lines to what silence means: long enough to hear that the question is over.
const BREATH: Secs = Secs(1.0);

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

    /// What silence means here, in a sentence that is said and shown.
    pub fn silence(self, timeline: &Timeline, words: &Words) -> String {
        match self.asks(timeline) {
            Asks::Rating { .. } => words.said.gate_rating.clone(),
            Asks::Ready { .. } => words.said.gate_ready.clone(),
            Asks::Branch { silence, .. } if silence == "soft" => words.said.gate_soft.clone(),
            Asks::Branch { silence, .. } => {
                words.fill(&words.said.gate_branch, &[("branch", silence)])
            }
        }
    }

    /// Whether it is time to say so: the gate's own lines are over, and there is still time to be silent.
    pub(super) fn may_say(self, timeline: &Timeline, sentence: &str) -> bool {
        let segment = &timeline.segments[self.segment];
        let lines = timeline
            .events
            .iter()
            .filter(|event| event.segment == self.segment && matches!(event.what, What::Say(_)));
        let over = lines.map(|line| line.at + line.frames).max();
        let over = over.map_or(segment.start, |over| over + BREATH.frames());
        let patience = self.gate(timeline).time_out.max(segment.frames) + self.more;
        // A sentence in the calm pace of a blend's bridge, where such questions stand.
        let takes = formula(sentence, Style::Blend, SectionKind::Bridge).frames();
        self.waited >= over.saturating_sub(segment.start) && self.waited + takes <= patience
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
