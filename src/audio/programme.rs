//! The programme: an endless source of samples that plays a score and does what its control asks.
//!
//! Two counters: `at`, the frame of the timeline, which stands still in a pause and at the end of an unanswered gate; and
//! `run`, the frames since the sound was opened, which goes on and drives bed and floor. Everything here runs on the
//! audio thread: it must not allocate, free, lock or wait.

use std::sync::Arc;

use rtrb::{Consumer, Producer};

use crate::names::Talk;
use crate::units::Frames;

use super::envelope::{AFTER, ATTACK, Glide};
use super::floor;
use super::limiter::{self, Limiter};
use super::link::{Anchor, Command, Fed, Report, Spent, Start, State};
use super::mixer::{Cursor, Faders, LONGEST_CLIP, Mixer, Part, Voice, Weights};
use super::score::{Score, speaks};

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

/// A score with what has come of its lines.
pub(super) struct Deck {
    pub(super) score: Arc<Score>,
    pub(super) voices: Box<[Voice]>,
}

impl Deck {
    /// A score of which nothing has been spoken yet.
    pub(super) fn new(score: Arc<Score>) -> Self {
        let voices = score.lines.iter().map(|_| Voice::Waiting).collect();
        Self { score, voices }
    }

    /// The place of a line in the deck.
    fn find(&self, at: Frames, text: u64) -> Option<usize> {
        let lines = &self.score.lines;
        let first = lines.partition_point(|line| line.at < at.0);
        (first..lines.len())
            .take_while(|index| lines[*index].at == at.0)
            .find(|index| lines[*index].key == text)
    }
}

/// The sound that goes away while another comes.
struct Leaving {
    /// Its own deck, where it is not the one that comes.
    deck: Option<Box<Deck>>,
    cursor: Cursor,
    done: u32,
    /// Equal power for two places, equal gain for two versions of one place.
    power: bool,
}

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
            deck: Box::new(Deck::new(score)),
            cursor: Cursor::new(start.at.0),
            run: start.run.0,
            playing: start.playing,
            landed: start.at.0,
            swept: 0,
            stood: 0,
            granted: 0,
            ended: false,
            ramp: Glide::still(f32::from(u8::from(start.playing))),
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
            Command::Answer => {
                if let Some(gate) = self.gate() {
                    self.target = Some(self.deck.score.gates[gate].end);
                }
            }
            Command::WaitLonger(by) => self.granted += by.0,
            Command::Volume(layer, factor) => self.faders.turn(layer, factor, VOLUME),
            Command::Talk(talk) => self.talk = talk,
            Command::Swap(at, deck) => {
                if let Some((_, unused)) = self.next.replace((at.0, deck)) {
                    self.give_back(Spent::Deck(unused));
                }
            }
        }
    }

    /// Puts a clip to its line, in this score and in the next.
    fn take(&mut self, fed: Fed) {
        let mut wanted = false;
        if let Some(line) = self.deck.find(fed.at, fed.text)
            && !matches!(self.deck.voices[line], Voice::Clip(_))
            && !self.is_begun(fed.at.0, fed.at.0 + fed.pcm.frames().0)
        {
            self.deck.voices[line] = Voice::Clip(fed.pcm.clone());
            wanted = true;
        }
        if let Some((_, deck)) = &mut self.next
            && let Some(line) = deck.find(fed.at, fed.text)
            && matches!(deck.voices[line], Voice::Waiting)
        {
            deck.voices[line] = Voice::Clip(fed.pcm.clone());
            wanted = true;
        }
        if !wanted {
            self.give_back(Spent::Clip(fed.pcm));
        }
    }

    /// Whether some of a line, or of the dip before it, has been made already.
    fn is_begun(&self, start: u64, end: u64) -> bool {
        let within = |at: u64| start.saturating_sub(ATTACK) < at && at < end + AFTER;
        let leaving = self
            .leaving
            .as_ref()
            .filter(|leaving| leaving.deck.is_none());
        (self.cursor.at > self.landed && within(self.cursor.at))
            || leaving.is_some_and(|leaving| within(leaving.cursor.at))
    }

    /// Gives back one clip that is over or has become too early; one line a block is quick enough.
    fn sweep(&mut self) {
        let lines = &self.deck.score.lines;
        if lines.is_empty() || self.leaving.is_some() || self.target.is_some() {
            return;
        }
        self.swept = (self.swept + 1) % lines.len();
        let (line, at) = (&lines[self.swept], self.cursor.at);
        let voice = &mut self.deck.voices[self.swept];
        if let Voice::Clip(pcm) = voice
            && (line.at + pcm.frames().0 + AFTER + BACK < at || line.at > at + AHEAD)
            && let Voice::Clip(pcm) = std::mem::replace(voice, Voice::Waiting)
        {
            self.give_back(Spent::Clip(pcm));
        }
    }

    /// The gate that the clock is in.
    fn gate(&self) -> Option<usize> {
        let at = self.clock();
        let gates = &self.deck.score.gates;
        let after = gates.partition_point(|gate| gate.start <= at);
        after.checked_sub(1).filter(|gate| at < gates[*gate].end)
    }

    /// The frame of the timeline: where a pause will go on, or the last frame of a gate.
    fn clock(&self) -> u64 {
        let cursor = self.held.unwrap_or(self.cursor);
        if cursor.limit == u64::MAX {
            cursor.at
        } else if self.ended {
            self.deck.score.total().0
        } else {
            cursor.limit - 1
        }
    }

    fn is_silent(&self) -> bool {
        self.ramp.is_still() && self.ramp.value() == 0.0
    }

    /// Brings the state up to date and returns how many frames, at most `wanted`, pass until it changes by itself.
    fn stretch(&mut self, wanted: usize) -> usize {
        if self
            .leaving
            .as_ref()
            .is_some_and(|leaving| leaving.done >= SEEK)
            || self.is_silent()
        {
            self.part();
        }
        if !self.playing && self.is_silent() {
            if let Some(held) = self.held.take() {
                self.cursor = held;
            }
            self.move_in_silence();
            return wanted;
        }
        if self.playing && self.leaving.is_none() {
            self.move_aloud();
        }
        let mut frames = wanted as u64;
        if !self.ramp.is_still() {
            frames = frames.min(u64::from(self.ramp.left()));
        }
        if let Some(leaving) = &self.leaving {
            frames = frames.min(u64::from(SEEK - leaving.done));
        }
        if self.playing {
            frames = frames.min(self.until_change());
        }
        frames.max(1) as usize
    }

    /// Frames until the clock stops, goes on or changes its score.
    fn until_change(&self) -> u64 {
        let at = self.cursor.at;
        let swap = self.next.as_ref().map_or(u64::MAX, |next| {
            match next.0.saturating_sub(u64::from(SEEK)).saturating_sub(at) {
                0 => u64::MAX,
                frames => frames,
            }
        });
        if self.cursor.limit != u64::MAX {
            return if self.ended {
                swap
            } else {
                swap.min(self.patience())
            };
        }
        let gates = &self.deck.score.gates;
        let gate = gates.get(gates.partition_point(|gate| gate.end <= at));
        let gate = gate.map_or(u64::MAX, |gate| gate.end - at);
        let end = match self.deck.score.total().0.saturating_sub(at) {
            0 => u64::MAX,
            frames => frames,
        };
        swap.min(gate).min(end)
    }

    /// How many more frames the clock will stand at its gate.
    fn patience(&self) -> u64 {
        self.gate().map_or(0, |gate| {
            let gate = &self.deck.score.gates[gate];
            (gate.time_out + self.granted + gate.start).saturating_sub(gate.end + self.stood)
        })
    }

    /// Seeks and swaps while nothing is heard.
    fn move_in_silence(&mut self) {
        if let Some(to) = self.target.take() {
            self.land(to);
        }
        if self
            .next
            .as_ref()
            .is_some_and(|next| next.0 <= self.clock())
        {
            if let Some(old) = self.install() {
                self.give_back(Spent::Deck(old));
            }
            self.landed = self.cursor.at;
        }
    }

    /// Seeks and swaps while something is heard: the old sound leaves.
    fn move_aloud(&mut self) {
        let at = self.cursor.at;
        if let Some(to) = self.target.take() {
            let cursor = self.cursor;
            let swaps = self.next.as_ref().is_some_and(|next| next.0 <= to);
            let deck = if swaps { self.install() } else { None };
            self.leave(deck, cursor, true);
            self.land(to);
        } else if let Some(frame) = self.next.as_ref().map(|next| next.0)
            && at + u64::from(SEEK) >= frame
        {
            let limit = frame.min(self.cursor.limit);
            let deck = self.install();
            self.leave(deck, Cursor { at, limit }, false);
        }
    }

    fn leave(&mut self, deck: Option<Box<Deck>>, cursor: Cursor, power: bool) {
        self.leaving = Some(Leaving {
            deck,
            cursor,
            done: 0,
            power,
        });
    }

    /// Ends what is leaving.
    fn part(&mut self) {
        if let Some(deck) = self.leaving.take().and_then(|leaving| leaving.deck) {
            self.give_back(Spent::Deck(deck));
        }
    }

    fn land(&mut self, to: u64) {
        self.cursor = Cursor::new(to);
        self.held = None;
        self.landed = to;
        self.stood = 0;
        self.granted = 0;
        self.ended = false;
    }

    /// Makes the next score the one that is heard, with all clips that it shares with the old one, which it returns.
    fn install(&mut self) -> Option<Box<Deck>> {
        let (_, mut deck) = self.next.take()?;
        let score = Arc::clone(&deck.score);
        for (line, voice) in score.lines.iter().zip(&mut deck.voices) {
            if matches!(voice, Voice::Waiting)
                && let Some(old) = self.deck.find(Frames(line.at), line.key)
            {
                *voice = self.deck.voices[old].clone();
            }
        }
        self.swaps += 1;
        self.swept = 0;
        Some(std::mem::replace(&mut self.deck, deck))
    }

    /// Decides for each line that comes near in the next frames whether it is spoken.
    fn decide(&mut self, frames: usize) {
        let score = Arc::clone(&self.deck.score);
        let Cursor { at, limit } = self.cursor;
        let fresh = at == self.landed;
        let from = if fresh {
            at.saturating_sub(LONGEST_CLIP)
        } else {
            at + ATTACK
        };
        let first = score.lines.partition_point(|line| line.at < from);
        let end = (at + frames as u64 + ATTACK).min(limit);
        for index in first..score.lines.len() {
            let line = &score.lines[index];
            if line.at >= end {
                break;
            }
            let wanted = line.spoken && speaks(self.talk, line.kind);
            let is_here = matches!(self.deck.voices[index], Voice::Clip(_));
            if wanted && is_here {
                continue;
            }
            if wanted && line.at >= at {
                self.report(Report::Missed { event: line.event });
            }
            let voice = if line.at >= at {
                unspoken(self.talk, wanted)
            } else {
                Voice::Silent
            };
            if let Voice::Clip(pcm) = std::mem::replace(&mut self.deck.voices[index], voice) {
                self.give_back(Spent::Clip(pcm));
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
        let mut weights = None;
        if let Some(leaving) = &self.leaving {
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
            let deck = leaving.deck.as_ref().unwrap_or(&self.deck);
            let part = Part {
                score: &deck.score,
                voices: &deck.voices,
                cursor: leaving.cursor,
                run: self.run,
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
            weights,
        };
        self.mixer.add(&part, &self.faders, out);
    }

    /// The clock goes on, or stands.
    fn advance(&mut self, frames: u64) {
        self.cursor.at += frames;
        if let Some(leaving) = &mut self.leaving {
            leaving.cursor.at += frames;
            leaving.done += frames as u32;
        }
        if !self.playing {
            return;
        }
        if self.cursor.limit != u64::MAX {
            self.stood += frames;
            if !self.ended && self.patience() == 0 {
                if let Some(gate) = self.gate() {
                    let gate = &self.deck.score.gates[gate];
                    let (end, segment) = (gate.end, gate.segment);
                    self.target = self.target.or(Some(end));
                    self.report(Report::TimedOut { segment });
                }
            }
            return;
        }
        let at = self.cursor.at;
        let gates = &self.deck.score.gates;
        let gate = gates.partition_point(|gate| gate.end < at);
        if gates
            .get(gate)
            .is_some_and(|gate| gate.end == at && gate.start + gate.time_out > at)
        {
            self.cursor.limit = at;
            self.stood = 0;
        } else if at == self.deck.score.total().0 {
            // What is to sound at the very end begins.
            self.cursor.limit = at + 1;
            self.ended = true;
            self.report(Report::Ended);
        }
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

/// What stands for a line that is not spoken; `missed` if it should have been.
pub(super) fn unspoken(talk: Talk, missed: bool) -> Voice {
    if missed || talk == Talk::Tones {
        Voice::Notice
    } else {
        Voice::Silent
    }
}
