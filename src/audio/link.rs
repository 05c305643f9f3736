//! The wait-free link between a programme on the audio thread and those who drive it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering, fence};
use std::time::{Duration, Instant};

use rtrb::{Consumer, Producer, RingBuffer};

use crate::names::Talk;
use crate::units::{Decibels, Frames, Secs};

use super::mixer::Levels;
use super::pcm::Pcm;
use super::programme::{Deck, Ends, Programme, RAMP};
use super::score::{Layer, Score, key};

/// Room for commands and clips on their way.
const RING: usize = 256;
/// Room for what comes back.
const SPENT: usize = 1_024;

/// How a programme begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Where in the timeline.
    pub at: Frames,
    /// The frames since the sound was opened; 0 unless it goes on after a lost device.
    pub run: Frames,
    /// How long it has stood at the gate that it comes to next, before the device was lost.
    pub stood: Frames,
    /// How much longer that gate was asked to wait.
    pub granted: Frames,
    /// Whether it plays at once.
    pub playing: bool,
    /// How much talking.
    pub talk: Talk,
    /// The volumes.
    pub levels: Levels,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            at: Frames::ZERO,
            run: Frames::ZERO,
            stood: Frames::ZERO,
            granted: Frames::ZERO,
            playing: false,
            talk: Talk::Full,
            levels: Levels::default(),
        }
    }
}

/// A programme of a score, with the handle that drives it and the one that feeds it with speech.
pub fn open(score: Arc<Score>, start: &Start) -> (Programme, Control, Feed) {
    let (command_in, commands) = RingBuffer::new(RING);
    let (clip_in, clips) = RingBuffer::new(RING);
    let (spent, spent_out) = RingBuffer::new(SPENT);
    let (reports, report_out) = RingBuffer::new(RING);
    let anchor = Arc::new(Anchor::new(start));
    let ends = Ends {
        commands,
        clips,
        spent,
        reports,
        anchor: Arc::clone(&anchor),
    };
    let control = Control {
        commands: command_in,
        spent: spent_out,
        reports: report_out,
        anchor: Arc::clone(&anchor),
    };
    let feed = Feed {
        clips: clip_in,
        anchor,
    };
    (Programme::new(score, start, ends), control, feed)
}

/// The audio thread has stopped taking commands: the device is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the sound has stopped")]
pub struct Stalled;

/// Drives a programme. Every command takes effect at the next block and returns at once.
pub struct Control {
    commands: Producer<Command>,
    spent: Consumer<Spent>,
    reports: Consumer<Report>,
    anchor: Arc<Anchor>,
}

impl Control {
    /// Goes on from where a pause was asked for.
    pub fn play(&mut self) -> Result<(), Stalled> {
        self.send(Command::Play)
    }

    /// Fades out in 15 ms and stands still.
    pub fn pause(&mut self) -> Result<(), Stalled> {
        self.send(Command::Pause(RAMP))
    }

    /// Fades out slowly and stands still; for "Something feels wrong".
    pub fn fade_out(&mut self, over: Secs) -> Result<(), Stalled> {
        self.send(Command::Pause(over.frames().0 as u32))
    }

    /// Goes to a frame of the timeline, playing or paused. Clips for the place should have been handed over before.
    pub fn seek(&mut self, to: Frames) -> Result<(), Stalled> {
        self.send(Command::Seek(to))
    }

    /// Lets the gate that the clock is in wait so much longer, until it is left.
    pub fn wait_longer(&mut self, by: Frames) -> Result<(), Stalled> {
        self.send(Command::WaitLonger(by))
    }

    /// Sets the volume of a layer; −120 dB is off.
    pub fn set_volume(&mut self, layer: Layer, level: Decibels) -> Result<(), Stalled> {
        self.send(Command::Volume(layer, level.gain()))
    }

    /// Sets how much is spoken from the next line on.
    pub fn set_talk(&mut self, talk: Talk) -> Result<(), Stalled> {
        self.send(Command::Talk(talk))
    }

    /// Plays another score from a frame on; before it, both must be equal in what is heard.
    pub fn swap(&mut self, at: Frames, score: Arc<Score>) -> Result<(), Stalled> {
        let run = self.position().run;
        self.send(Command::Swap(at, Box::new(Deck::new(score, run))))
    }

    /// Where the sound is.
    pub fn position(&self) -> Position {
        self.anchor.load()
    }

    /// What has happened by itself, oldest first; frees what the programme no longer needs. To be called a few times a second.
    pub fn reports(&mut self) -> impl Iterator<Item = Report> {
        while self.spent.pop().is_ok() {}
        std::iter::from_fn(|| self.reports.pop().ok())
    }

    fn send(&mut self, command: Command) -> Result<(), Stalled> {
        self.commands.push(command).map_err(|_full| Stalled)
    }
}

/// Hands clips of speech to a programme.
pub struct Feed {
    clips: Producer<Fed>,
    anchor: Arc<Anchor>,
}

impl Feed {
    /// Hands over the clip of the line with this text that starts at this frame; gives it back where the ring is full.
    pub fn hand_over(&mut self, at: Frames, text: &str, pcm: Pcm) -> Result<(), Pcm> {
        let text = key(text);
        match self.clips.push(Fed { at, text, pcm }) {
            Ok(()) => Ok(()),
            Err(rtrb::PushError::Full(fed)) => Err(fed.pcm),
        }
    }

    /// Where the sound is.
    pub fn position(&self) -> Position {
        self.anchor.load()
    }
}

/// What a programme is asked to do.
pub(super) enum Command {
    Play,
    Pause(u32),
    Seek(Frames),
    WaitLonger(Frames),
    Volume(Layer, f32),
    Talk(Talk),
    Swap(Frames, Box<Deck>),
}

/// A clip on its way.
pub(super) struct Fed {
    pub(super) at: Frames,
    pub(super) text: u64,
    pub(super) pcm: Pcm,
}

/// What comes back to be freed.
#[expect(dead_code, reason = "it is only dropped")]
pub(super) enum Spent {
    Clip(Pcm),
    Deck(Box<Deck>),
}

/// What has happened by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Report {
    /// The clip of a line did not come in time: the caption stands for it.
    Missed {
        /// The index of the line's event in the timeline.
        event: usize,
    },
    /// Nobody answered a gate in time.
    TimedOut {
        /// The index of the gate's segment in the timeline.
        segment: usize,
    },
    /// The timeline is over.
    Ended,
}

/// Whether the clock goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It goes.
    Playing,
    /// It stands because someone asked for it.
    Paused,
    /// It stands at the last frame of a gate.
    Waiting,
    /// It has come to the end.
    Ended,
}

/// Where the sound is; what is heard is later by [`DELAY`](super::DELAY) and the device's buffers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The frame of the timeline.
    pub at: Frames,
    /// The frames since the sound was opened.
    pub run: Frames,
    /// Whether the clock goes.
    pub state: State,
    /// How often the score has been swapped.
    pub swaps: u32,
    /// When this was so.
    pub as_of: Instant,
}

/// The position as a seqlock: written by the audio thread alone, read by anybody, waited for by nobody.
pub(super) struct Anchor {
    epoch: Instant,
    sequence: AtomicU64,
    at: AtomicU64,
    run: AtomicU64,
    state: AtomicU64,
    nanos: AtomicU64,
}

impl Anchor {
    fn new(start: &Start) -> Self {
        let anchor = Self {
            epoch: now(),
            sequence: AtomicU64::new(0),
            at: AtomicU64::new(0),
            run: AtomicU64::new(0),
            state: AtomicU64::new(0),
            nanos: AtomicU64::new(0),
        };
        let state = if start.playing {
            State::Playing
        } else {
            State::Paused
        };
        anchor.store(start.at, start.run, state, 0);
        anchor
    }

    pub(super) fn store(&self, at: Frames, run: Frames, state: State, swaps: u32) {
        let sequence = self.sequence.load(Ordering::Relaxed);
        self.sequence.store(sequence + 1, Ordering::Relaxed);
        fence(Ordering::Release);
        let nanos = now().duration_since(self.epoch).as_nanos() as u64;
        self.at.store(at.0, Ordering::Relaxed);
        self.run.store(run.0, Ordering::Relaxed);
        let state = u64::from(swaps) << 8 | state as u64;
        self.state.store(state, Ordering::Relaxed);
        self.nanos.store(nanos, Ordering::Relaxed);
        self.sequence.store(sequence + 2, Ordering::Release);
    }

    fn load(&self) -> Position {
        loop {
            let before = self.sequence.load(Ordering::Acquire);
            let at = Frames(self.at.load(Ordering::Relaxed));
            let run = Frames(self.run.load(Ordering::Relaxed));
            let state = self.state.load(Ordering::Relaxed);
            let nanos = self.nanos.load(Ordering::Relaxed);
            fence(Ordering::Acquire);
            if before.is_multiple_of(2) && before == self.sequence.load(Ordering::Relaxed) {
                return Position {
                    at,
                    run,
                    state: match state & 0xff {
                        0 => State::Playing,
                        1 => State::Paused,
                        2 => State::Waiting,
                        _ => State::Ended,
                    },
                    swaps: (state >> 8) as u32,
                    as_of: self.epoch + Duration::from_nanos(nanos),
                };
            }
            std::hint::spin_loop();
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the audio clock is tied to the wall's here, for the picture"
)]
fn now() -> Instant {
    Instant::now()
}
