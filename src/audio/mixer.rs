//! Mixes one block of a score from any frame. Each sample is a formula of its own position, but for a bed that is made
//! meanwhile, so that neither the size of the blocks nor where they begin can be heard. Runs on the audio thread: must not
//! allocate.

use crate::units::Decibels;

use super::BLOCK;
use super::envelope::{AFTER, ATTACK, BED_DIP, Glide, TONE_DIP};
use super::pcm::Pcm;
use super::score::{Background, CELL, Layer, Score};

/// No clip of the voice may be longer: 60 s.
pub(super) const LONGEST_CLIP: u64 = 60 * 48_000;

/// The volume of each layer, as factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// The background sound.
    pub bed: f32,
    /// The sound of the breath.
    pub breath: f32,
    /// Bowls, chimes, signals.
    pub tones: f32,
    /// The voice.
    pub voice: f32,
}

impl Default for Levels {
    fn default() -> Self {
        Self {
            bed: 1.0,
            breath: 1.0,
            tones: 1.0,
            voice: 1.0,
        }
    }
}

/// The volumes as they move.
pub(super) struct Faders {
    bed: Glide,
    breath: Glide,
    tones: Glide,
    voice: Glide,
}

impl Faders {
    pub(super) fn new(levels: Levels) -> Self {
        Self {
            bed: Glide::still(levels.bed),
            breath: Glide::still(levels.breath),
            tones: Glide::still(levels.tones),
            voice: Glide::still(levels.voice),
        }
    }

    pub(super) fn get(&self, layer: Layer) -> &Glide {
        match layer {
            Layer::Bed => &self.bed,
            Layer::Breath => &self.breath,
            Layer::Tones => &self.tones,
            Layer::Voice => &self.voice,
        }
    }

    pub(super) fn turn(&mut self, layer: Layer, to: f32, over: u32) {
        match layer {
            Layer::Bed => self.bed.turn(to, over),
            Layer::Breath => self.breath.turn(to, over),
            Layer::Tones => self.tones.turn(to, over),
            Layer::Voice => self.voice.turn(to, over),
        }
    }

    pub(super) fn pass(&mut self, frames: usize) {
        for glide in [
            &mut self.bed,
            &mut self.breath,
            &mut self.tones,
            &mut self.voice,
        ] {
            glide.pass(frames);
        }
    }
}

/// What became of a line.
#[derive(Clone, Debug)]
pub(super) enum Voice {
    /// Its sound has not come yet.
    Waiting,
    /// Its sound.
    Clip(Pcm),
    /// A short tone stands for it.
    Notice,
    /// Nothing is heard of it.
    Silent,
}

/// A place from which a score is heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cursor {
    /// The frame.
    pub(super) at: u64,
    /// What starts here or later is not heard: the clock stands still before it, and what began before rings on.
    pub(super) limit: u64,
}

impl Cursor {
    pub(super) const fn new(at: u64) -> Self {
        Self {
            at,
            limit: u64::MAX,
        }
    }
}

/// How much of a score is heard over a block, where it comes or goes; mono.
#[derive(Clone, Copy)]
pub(super) struct Weights<'a> {
    /// Of what belongs to events.
    pub(super) events: &'a [f32],
    /// Of the bed.
    pub(super) bed: &'a [f32],
}

/// One score to be mixed over a block.
pub(super) struct Part<'a> {
    pub(super) score: &'a Score,
    pub(super) voices: &'a [Voice],
    pub(super) cursor: Cursor,
    pub(super) run: u64,
    /// The bed's samples over the block, where it is made as it is heard.
    pub(super) live: &'a [i16],
    pub(super) weights: Option<Weights<'a>>,
}

/// Room to work in.
pub(super) struct Mixer {
    depth: Box<[f32; BLOCK]>,
    all: Box<[f32; BLOCK]>,
    bed: Box<[f32; BLOCK]>,
    gains: Box<[f32; 2 * BLOCK]>,
}

impl Mixer {
    pub(super) fn new() -> Self {
        Self {
            depth: Box::new([0.0; BLOCK]),
            all: Box::new([0.0; BLOCK]),
            bed: Box::new([0.0; BLOCK]),
            gains: Box::new([0.0; 2 * BLOCK]),
        }
    }

    /// Adds a part to `out`, interleaved stereo of at most [`BLOCK`] frames.
    pub(super) fn add(&mut self, part: &Part<'_>, faders: &Faders, out: &mut [f32]) {
        let frames = out.len() / 2;
        let dips = self.dip(part, frames);
        let fades = self.slow(part, frames);
        if let Some(background) = &part.score.background {
            self.layer_gain(part, faders, Layer::Bed, dips, true, frames);
            let gains = &self.gains[..2 * frames];
            match background {
                Background::Loop(pcm) => add_loop(out, pcm, part.run, gains),
                Background::Live(bed, level) => {
                    add_stereo(out, part.live, bed.gain() * level, gains);
                }
            }
        }
        let curved = dips || fades || part.weights.is_some();
        for layer in [Layer::Breath, Layer::Tones] {
            let mut ready = false;
            for (at, pcm) in sounding(part, layer, frames) {
                ready = ready || self.layer_gain(part, faders, layer, dips, curved, frames);
                add_sound(out, part.cursor.at, at, pcm, &self.gains[..2 * frames]);
            }
        }
        let mut ready = false;
        for (at, pcm) in speaking(part, frames) {
            ready = ready || self.layer_gain(part, faders, Layer::Voice, false, curved, frames);
            add_sound(out, part.cursor.at, at, pcm, &self.gains[..2 * frames]);
        }
    }

    /// Fills `depth` and says whether any line dips the rest.
    fn dip(&mut self, part: &Part<'_>, frames: usize) -> bool {
        let Cursor { at, limit } = part.cursor;
        let from = at.saturating_sub(LONGEST_CLIP + AFTER);
        let first = part.score.lines.partition_point(|line| line.at < from);
        let mut any = false;
        for (line, voice) in part.score.lines.iter().zip(part.voices).skip(first) {
            if line.at >= (at + frames as u64 + ATTACK).min(limit) {
                break;
            }
            let Voice::Clip(pcm) = voice else { continue };
            let end = line.at + pcm.frames().0;
            if end + AFTER > at {
                if !any {
                    self.depth[..frames].fill(0.0);
                    any = true;
                }
                let depth = &mut self.depth[..frames];
                part.score.dip.deepen(at, depth, line.at, end);
            }
        }
        any
    }

    /// Fills `all` and `bed` with the slow curves and says whether `all` is more than ones.
    fn slow(&mut self, part: &Part<'_>, frames: usize) -> bool {
        let fades = part.score.fades(part.cursor.at);
        let mut done = 0;
        while done < frames {
            let at = part.cursor.at + done as u64;
            let (cell, into) = (at / CELL, (at % CELL) as usize);
            let count = (frames - done).min(CELL as usize - into);
            let (from, to) = (part.score.slow(cell), part.score.slow(cell + 1));
            straight(&mut self.bed[done..done + count], from.1, to.1, into);
            if fades {
                straight(&mut self.all[done..done + count], from.0, to.0, into);
            }
            done += count;
        }
        fades
    }

    /// Fills `gains`, a pair for each frame, with the gain of a layer. Returns true.
    fn layer_gain(
        &mut self,
        part: &Part<'_>,
        faders: &Faders,
        layer: Layer,
        dips: bool,
        curved: bool,
        frames: usize,
    ) -> bool {
        let fader = faders.get(layer);
        if !curved && fader.is_still() {
            self.gains[..2 * frames].fill(fader.value());
            return true;
        }
        let mut mono = [1.0_f32; BLOCK];
        let mono = &mut mono[..frames];
        fader.scale(mono);
        if layer == Layer::Bed {
            scale(mono, &self.bed[..frames]);
        }
        if part.score.fades(part.cursor.at) {
            scale(mono, &self.all[..frames]);
        }
        if dips {
            let dip = dip_of(layer).gain();
            for (gain, depth) in mono.iter_mut().zip(&self.depth[..frames]) {
                *gain *= 1.0 - depth * (1.0 - dip);
            }
        }
        if let Some(weights) = part.weights {
            let bed = layer == Layer::Bed;
            scale(mono, if bed { weights.bed } else { weights.events });
        }
        for (pair, gain) in self.gains.chunks_exact_mut(2).zip(mono) {
            pair[0] = *gain;
            pair[1] = *gain;
        }
        true
    }
}

/// How far a layer goes down under a line.
fn dip_of(layer: Layer) -> Decibels {
    match layer {
        Layer::Bed | Layer::Breath => BED_DIP,
        Layer::Tones => TONE_DIP,
        Layer::Voice => Decibels(0.0),
    }
}

/// The sounds of a layer that are heard in a block, with their starts.
fn sounding<'a>(
    part: &Part<'a>,
    layer: Layer,
    frames: usize,
) -> impl Iterator<Item = (u64, &'a Pcm)> {
    let Cursor { at, limit } = part.cursor;
    let placed = &part.score.placed;
    let from = at.saturating_sub(part.score.longest);
    let first = placed.partition_point(|sound| sound.at < from);
    let end = (at + frames as u64).min(limit);
    placed[first..]
        .iter()
        .take_while(move |sound| sound.at < end)
        .filter(move |sound| sound.layer == layer && sound.end > at)
        .map(|sound| (sound.at, &sound.pcm))
}

/// The lines, and what stands for them, that are heard in a block, with their starts.
fn speaking<'a>(part: &Part<'a>, frames: usize) -> impl Iterator<Item = (u64, &'a Pcm)> {
    let Cursor { at, limit } = part.cursor;
    let score = part.score;
    let from = at.saturating_sub(LONGEST_CLIP);
    let first = score.lines.partition_point(|line| line.at < from);
    let end = (at + frames as u64).min(limit);
    score
        .lines
        .iter()
        .zip(part.voices)
        .skip(first)
        .take_while(move |(line, _)| line.at < end)
        .filter_map(move |(line, voice)| {
            let pcm = match voice {
                Voice::Clip(pcm) => pcm,
                Voice::Notice => score.notice.as_ref()?,
                Voice::Waiting | Voice::Silent => return None,
            };
            (line.at + pcm.frames().0 > at).then_some((line.at, pcm))
        })
}

/// Adds the part of a sound that falls into a block which begins at `from`.
fn add_sound(out: &mut [f32], from: u64, at: u64, pcm: &Pcm, gains: &[f32]) {
    let skip = from.saturating_sub(at) as usize;
    let late = at.saturating_sub(from) as usize;
    let (out, gains) = (&mut out[2 * late..], &gains[2 * late..]);
    let samples = &pcm.samples()[skip * pcm.channels()..];
    if pcm.channels() == 1 {
        add_mono(out, samples, pcm.gain(), gains);
    } else {
        add_stereo(out, samples, pcm.gain(), gains);
    }
}

/// Adds a loop that has been running for `run` frames.
fn add_loop(mut out: &mut [f32], pcm: &Pcm, run: u64, mut gains: &[f32]) {
    let length = pcm.frames().0;
    let mut from = run % length;
    while !out.is_empty() {
        let count = 2 * ((length - from) as usize).min(out.len() / 2);
        let (head, rest) = out.split_at_mut(count);
        add_sound(head, from, 0, pcm, &gains[..count]);
        (out, gains, from) = (rest, &gains[count..], 0);
    }
}

fn add_stereo(out: &mut [f32], samples: &[i16], gain: f32, gains: &[f32]) {
    for ((out, sample), level) in out.iter_mut().zip(samples).zip(gains) {
        *out += f32::from(*sample) * (level * gain);
    }
}

fn add_mono(out: &mut [f32], samples: &[i16], gain: f32, gains: &[f32]) {
    let pairs = out.chunks_exact_mut(2).zip(gains.chunks_exact(2));
    for ((out, level), sample) in pairs.zip(samples) {
        let sample = f32::from(*sample) * (level[0] * gain);
        out[0] += sample;
        out[1] += sample;
    }
}

fn scale(levels: &mut [f32], by: &[f32]) {
    for (level, by) in levels.iter_mut().zip(by) {
        *level *= by;
    }
}

/// Fills with what lies on the straight line of a cell, from its frame `into` on.
fn straight(out: &mut [f32], from: f32, to: f32, into: usize) {
    let step = (to - from) / CELL as f32;
    for (value, n) in out.iter_mut().zip(into as i32..) {
        *value = from + step * n as f32;
    }
}
