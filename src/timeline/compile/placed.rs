//! Events on their way into a timeline: each knows which one of its kind it is, so that it can be found again after a
//! change of lengths.

use crate::timeline::{Event, GateKind, Line, Phase, SegmentSide, ToneRole, What};
use crate::units::Frames;

/// An event with its identity.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) at: Frames,
    pub(super) frames: Frames,
    pub(super) what: What,
    pub(super) side: SegmentSide,
    pub(super) id: Id,
}

/// Which one of its kind an event is. Ids stay the same when lengths change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Id {
    /// The gate of a leaf.
    Gate(usize),
    /// A tone of a leaf; bells are counted.
    Tone(usize, ToneRole, u32),
    /// A phase of the nth breath of a leaf.
    Phase(usize, u32, Phase),
    /// A cue of a stage, counted over where it comes again.
    Line(usize, usize, u32),
}

impl Placed {
    pub(super) fn gate(at: Frames, frames: Frames, kind: GateKind, leaf: usize) -> Self {
        Self {
            at,
            frames,
            what: What::Gate(kind),
            side: SegmentSide::None,
            id: Id::Gate(leaf),
        }
    }

    pub(super) fn tone(at: Frames, role: ToneRole, side: SegmentSide, leaf: usize, n: u32) -> Self {
        Self {
            at,
            frames: Frames::ZERO,
            what: What::Tone(role),
            side,
            id: Id::Tone(leaf, role, n),
        }
    }

    pub(super) fn is_line(&self) -> bool {
        matches!(self.what, What::Say(_))
    }

    pub(super) fn line(&self) -> Option<&Line> {
        match &self.what {
            What::Say(line) => Some(line),
            _ => None,
        }
    }

    pub(super) fn line_mut(&mut self) -> Option<&mut Line> {
        match &mut self.what {
            What::Say(line) => Some(line),
            _ => None,
        }
    }

    /// Gate, tone, phase, say: the order at one frame.
    fn rank(&self) -> u8 {
        match self.what {
            What::Gate(_) => 0,
            What::Tone(_) => 1,
            What::Phase(_) => 2,
            What::Say(_) => 3,
        }
    }

    pub(super) fn into_event(self, segment: usize) -> Event {
        Event {
            at: self.at,
            frames: self.frames,
            what: self.what,
            side: self.side,
            segment,
        }
    }
}

/// Sorts events by their frame, then gate, tone, phase, say.
pub(super) fn sort(events: &mut [Placed]) {
    events.sort_by_key(|event| (event.at, event.rank()));
}
