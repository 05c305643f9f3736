//! The programme: an endless source of samples that plays a score and does what its control asks.
//!
//! Two counters: `at`, the frame of the timeline, which stands still in a pause and at the end of an unanswered gate; and
//! `run`, the frames since the sound was opened, which goes on and drives the floor and a bed that is a loop; a bed that is
//! made while it is heard stands still in silence. Everything here runs on the audio thread: it must not allocate, free, lock
//! or wait.

mod deck;
mod transport;

use std::sync::Arc;

use rtrb::{Consumer, Producer};

use crate::names::Talk;
use crate::units::Frames;

use super::envelope::Glide;
use super::floor;
use super::limiter::{self, Limiter};
use super::link::{Anchor, Command, Fed, Report, Spent, Start, State};
use super::mixer::{Cursor, Faders, Mixer, Part, Weights};
use super::score::Score;
pub(super) use deck::{Deck, unspoken};
use transport::Leaving;

/// Frames made at once; commands are taken between blocks, every 5.3 ms.
pub const BLOCK: usize = 256;
/// What is heard comes so many frames after [`Position::at`](super::Position::at), before any buffer of the device: the limiter looks ahead.
pub const DELAY: Frames = Frames(limiter::DELAY as u64);

/// Pause, resume and stop take 15 ms.
pub(super) const RAMP: u32 = 720;
/// A seek takes 20 ms.
const SEEK: u32 = 960;
/// A change of volume takes 50 ms.
const VOLUME: u32 = 2_400;
/// Clips further ahead than this are given back after a seek: 45 s.
const AHEAD: u64 = 45 * 48_000;
/// Clips are kept for this long after they have been heard: 1 s.
const BACK: u64 = 48_000;

/// The endless source. See the module's story.
pub struct Programme {
    deck: Box<Deck>,
    cursor: Cursor,
    run: u64,
    playing: bool,
    /// Where the cursor was set down last: nothing before it has been made.
    landed: u64,
    /// The line that was looked at last for a clip that is over.
    swept: usize,
    /// The frames that the clock has stood at a gate.
    stood: u64,
    /// How much longer it may stand there than the gate was made for.
    granted: u64,
    ended: bool,
    ramp: Glide,
    /// Where to go on after a pause.
    held: Option<Cursor>,
    leaving: Option<Leaving>,
    /// A seek that waits for the one before.
    target: Option<u64>,
    next: Option<(u64, Box<Deck>)>,
    swaps: u32,
    talk: Talk,
    faders: Faders,
    mixer: Mixer,
    limiter: Limiter,
    weights: Box<[[f32; BLOCK]; 4]>,
    /// The beds of what comes and of what leaves, where they are made as they are heard.
    beds: Box<[[i16; 2 * BLOCK]; 2]>,
    level: Box<[f32; BLOCK]>,
    buffer: Box<[f32]>,
    taken: usize,
    commands: Consumer<Command>,
    clips: Consumer<Fed>,
    spent: Producer<Spent>,
    reports: Producer<Report>,
    anchor: Arc<Anchor>,
}

/// The programme's ends of the rings.
pub(super) struct Ends {
    pub(super) commands: Consumer<Command>,
    pub(super) clips: Consumer<Fed>,
    pub(super) spent: Producer<Spent>,
    pub(super) reports: Producer<Report>,
    pub(super) anchor: Arc<Anchor>,
}

impl Programme {
    pub(super) fn new(score: Arc<Score>, start: &Start, ends: Ends) -> Self {
        Self {
            deck: Box::new(Deck::new(score, start.run)),
            cursor: Cursor::new(start.at.0),
            run: start.run.0,
            playing: start.playing,
            landed: start.at.0,
            swept: 0,
            stood: start.stood.0,
            granted: start.granted.0,
            ended: false,
            ramp: opening(start),
            held: None,
            leaving: None,
            target: None,
            next: None,
            swaps: 0,
            talk: start.talk,
            faders: Faders::new(start.levels),
            mixer: Mixer::new(),
            limiter: Limiter::new(),
            weights: Box::new([[0.0; BLOCK]; 4]),
            beds: Box::new([[0; 2 * BLOCK]; 2]),
            level: Box::new([0.0; BLOCK]),
            buffer: vec![0.0; 2 * BLOCK].into_boxed_slice(),
            taken: 2 * BLOCK,
            commands: ends.commands,
            clips: ends.clips,
            spent: ends.spent,
            reports: ends.reports,
            anchor: ends.anchor,
        }
    }

    /// Fills a block of interleaved stereo; its length does not matter to the sound.
    pub fn fill(&mut self, out: &mut [f32]) {
        for block in out.chunks_mut(2 * BLOCK) {
            self.obey();
            block.fill(0.0);
            let mut done = 0;
            while done < block.len() {
                let frames = self.stretch((block.len() - done) / 2);
                self.mix(&mut block[done..done + 2 * frames]);
                done += 2 * frames;
            }
            let frames = block.len() / 2;
            self.limiter.process(block);
            floor::add(self.run.wrapping_sub(frames as u64 + DELAY.0), block);
            self.publish();
        }
    }

    /// The next sample, interleaved, for who takes them one at a time.
    pub(super) fn sample(&mut self) -> f32 {
        if self.taken == self.buffer.len() {
            let mut buffer = std::mem::take(&mut self.buffer);
            self.fill(&mut buffer);
            self.buffer = buffer;
            self.taken = 0;
        }
        self.taken += 1;
        self.buffer[self.taken - 1]
    }

    /// Takes what has come over the rings.
    fn obey(&mut self) {
        while let Ok(command) = self.commands.pop() {
            self.apply(command);
        }
        // Half of the ring is room for what can still come back.
        while self.spent.slots() > self.spent.buffer().capacity() / 2 {
            let Ok(fed) = self.clips.pop() else { break };
            self.take(fed);
        }
        self.sweep();
    }

    fn apply(&mut self, command: Command) {
        match command {
            Command::Play => {
                self.playing = true;
                if !self.is_silent() {
                    self.held = None;
                }
                self.ramp.turn(1.0, RAMP);
            }
            Command::Pause(over) => {
                if self.playing {
                    self.held = Some(self.cursor);
                }
                self.playing = false;
                self.ramp.turn(0.0, over.max(1));
            }
            Command::Seek(to) => self.target = Some(to.0.min(self.deck.score.total().0)),
            Command::WaitLonger(by) => {
                if self.gate().is_some() {
                    self.granted += by.0;
                }
            }
            Command::Volume(layer, factor) => self.faders.turn(layer, factor, VOLUME),
            Command::Talk(talk) => self.talk = talk,
            Command::Swap(at, deck) => {
                // Proved against the one that waits: what is heard now is equal only up to where that one begins.
                let at = self.next.as_ref().map_or(at.0, |next| next.0.min(at.0));
                if let Some((_, unused)) = self.next.replace((at, deck)) {
                    self.give_back(Spent::Deck(unused));
                }
            }
        }
    }

    /// Mixes frames over which nothing changes by itself.
    fn mix(&mut self, out: &mut [f32]) {
        let frames = out.len() / 2;
        if !self.is_silent() {
            self.decide(frames);
            self.add_parts(out);
            if !(self.ramp.is_still() && self.ramp.value() == 1.0) {
                self.level[..frames].fill(1.0);
                self.ramp.scale(&mut self.level[..frames]);
                for (pair, level) in out.chunks_exact_mut(2).zip(&self.level[..frames]) {
                    pair[0] *= level;
                    pair[1] *= level;
                }
            }
            self.advance(frames as u64);
        }
        self.run += frames as u64;
        self.faders.pass(frames);
        self.ramp.pass(frames);
    }

    fn add_parts(&mut self, out: &mut [f32]) {
        let frames = out.len() / 2;
        let [events_go, events_come, bed_go, bed_come] = &mut *self.weights;
        let [bed, old_bed] = self.beds.each_mut().map(|bed| &mut bed[..2 * frames]);
        self.deck.make_bed(bed);
        let mut weights = None;
        if let Some(leaving) = &mut self.leaving {
            for frame in 0..frames {
                let x = (leaving.done + frame as u32) as f32 / SEEK as f32;
                let turn = x * std::f32::consts::FRAC_PI_2;
                (bed_go[frame], bed_come[frame]) = (1.0 - x, x);
                (events_go[frame], events_come[frame]) = if leaving.power {
                    (turn.cos(), turn.sin())
                } else {
                    (1.0 - x, x)
                };
            }
            let mut live = &*bed;
            if let Some(deck) = &mut leaving.deck
                && !deck.shares_bed(&self.deck)
            {
                deck.make_bed(old_bed);
                live = old_bed;
            }
            let deck = leaving.deck.as_ref().unwrap_or(&self.deck);
            let part = Part {
                score: &deck.score,
                voices: &deck.voices,
                cursor: leaving.cursor,
                run: self.run,
                live,
                weights: Some(Weights {
                    events: &events_go[..frames],
                    bed: &bed_go[..frames],
                }),
            };
            self.mixer.add(&part, &self.faders, out);
            weights = Some(Weights {
                events: &events_come[..frames],
                bed: &bed_come[..frames],
            });
        }
        let part = Part {
            score: &self.deck.score,
            voices: &self.deck.voices,
            cursor: self.cursor,
            run: self.run,
            live: bed,
            weights,
        };
        self.mixer.add(&part, &self.faders, out);
    }

    fn publish(&self) {
        let state = if self.ended {
            State::Ended
        } else if !self.playing {
            State::Paused
        } else if self.cursor.limit == u64::MAX {
            State::Playing
        } else {
            State::Waiting
        };
        self.anchor
            .store(Frames(self.clock()), Frames(self.run), state, self.swaps);
    }

    /// Hands what is no longer needed to where it may be freed.
    fn give_back(&mut self, spent: Spent) {
        if let Err(rtrb::PushError::Full(spent)) = self.spent.push(spent) {
            // Nobody has collected for minutes: to lose a little memory is better than to free it here.
            std::mem::forget(spent);
        }
    }

    fn report(&mut self, report: Report) {
        // Where nobody reads, nothing is told.
        let _ = self.reports.push(report);
    }
}

/// From its very start a programme is heard at once; anywhere else it comes in softly.
fn opening(start: &Start) -> Glide {
    if start.playing && start.at == Frames::ZERO {
        return Glide::still(1.0);
    }
    let mut ramp = Glide::still(0.0);
    if start.playing {
        ramp.turn(1.0, RAMP);
    }
    ramp
}
