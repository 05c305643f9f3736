//! What a face can see of a session that plays.

use std::sync::Arc;
use std::time::Instant;

use super::sound::now;
use crate::journal::EntryId;
use crate::names::{Area, Talk};
use crate::session::{Attention, OpenGate, Place, Session, State, Volumes};

use crate::timeline::Timeline;
use crate::units::{Frames, RATE};

/// A picture of the session at one moment. It changes when something happens, not with every frame: between two of
/// them [`View::heard`] tells the frame that reaches the ear.
#[derive(Clone, Debug)]
pub struct View {
    /// The timeline that is followed; another one after a change while playing.
    pub timeline: Arc<Timeline>,
    /// What the session is doing.
    pub state: State,
    /// Where it was, and when.
    pub anchor: Anchor,
    /// The open gate.
    pub gate: Option<GateView>,
    /// A sentence that is not in the routine: where we are, what silence means, what became of the sound.
    pub aside: Option<String>,
    /// What is to be said of the device.
    pub sound: Sound,
    /// How loud the layers are.
    pub volumes: Volumes,
    /// How much talking there is.
    pub talk: Talk,
    /// How the person follows.
    pub attention: Attention,
    /// The area that the stop card is about.
    pub area: Option<Area>,
    /// How much of it was heard, since it began or was taken up again.
    pub listened: Frames,
    /// The journal's entry, when the session is over.
    pub entry: Option<EntryId>,
}

impl View {
    /// What is seen of a session whose sound is still being made.
    pub(super) fn first(session: &Session, area: Option<Area>) -> Self {
        let at = session.clock().at;
        Self {
            timeline: Arc::clone(session.timeline()),
            state: session.state().clone(),
            anchor: Anchor {
                at,
                when: now(),
                latency: Frames::ZERO,
                moving: false,
                from: at,
                until: at,
            },
            gate: None,
            aside: None,
            sound: Sound::Opening,
            volumes: session.volumes(),
            talk: session.talk(),
            attention: session.attention(),
            area,
            listened: Frames::ZERO,
            entry: None,
        }
    }

    /// The frame that reaches the ear at a moment: the picture follows it.
    pub fn heard(&self, now: Instant) -> Frames {
        self.anchor.heard(now)
    }

    /// Where that is.
    pub fn place(&self, now: Instant) -> Place {
        Place::of(&self.timeline, self.heard(now))
    }
}

/// A frame and the moment at which it was rendered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The frame.
    pub at: Frames,
    /// When it left the engine.
    pub when: Instant,
    /// How long it takes to the ear: the device's buffer and the person's own correction.
    pub latency: Frames,
    /// Whether the timeline moves.
    pub moving: bool,
    /// The frame that is not passed before the next anchor: where sound began, and a gate's last frame.
    pub from: Frames,
    /// One past the last frame before the next anchor.
    pub until: Frames,
}

impl Anchor {
    /// The frame that reaches the ear at a moment.
    pub fn heard(&self, now: Instant) -> Frames {
        let since = now.saturating_duration_since(self.when).as_secs_f64();
        let moved = if self.moving {
            (since * f64::from(RATE)) as u64
        } else {
            0
        };
        let frame = (self.at + Frames(moved)).saturating_sub(self.latency);
        frame.clamp(self.from, self.until.max(self.from))
    }
}

/// An open gate, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GateView {
    /// The gate; what it asks is [`OpenGate::asks`] of the timeline.
    pub gate: OpenGate,
    /// What silence means.
    pub silence: String,
    /// When silence will have lasted long enough; `None` in a pause.
    pub until: Option<Instant>,
}

/// What is to be said of the sound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sound {
    /// The device is being opened.
    Opening,
    /// It is heard, on this device.
    Heard(String),
    /// The session runs on without sound, and why.
    Silent(String),
    /// The session waits for the sound, and what the person can do.
    Waiting(String),
}

impl Sound {
    /// The sentence for the person, where something is not as it should be.
    pub fn sentence(&self) -> Option<&str> {
        match self {
            Self::Opening | Self::Heard(_) => None,
            Self::Silent(sentence) | Self::Waiting(sentence) => Some(sentence),
        }
    }
}
