//! Struck things: a few modes, each a pair of decaying sines that beat slowly, differently left and right.

use std::f64::consts::TAU;

use super::noise::{OnePole, white};
use super::recipe::{Instrument, Mode, Motif, Note, Recipe, Thump};
use crate::audio::pcm::Pcm;
use crate::units::{Decibels, RATE, Secs};

/// A mode is over where it is so far below its start.
const OVER: f64 = 1.15; // 69 dB
/// The last part of a motif fades to nothing.
const FADE: usize = 9_600;
/// How long a bend takes.
const BEND_SECS: f64 = 0.33;
/// The weights of a beating pair; left and right have them the other way round, so that the sound turns.
const PAIR: [f32; 2] = [0.58, 0.42];

/// The motif as sound.
pub(super) fn motif(recipe: &Recipe, motif: &Motif) -> Pcm {
    let mut out = Vec::new();
    for note in &motif.notes {
        let instrument = recipe
            .instruments
            .get(&note.on)
            .expect("the table's own instruments are there: a test reads them all");
        strike(&mut out, instrument, note);
    }
    let frames = out.len() / 2;
    for frame in frames.saturating_sub(FADE)..frames {
        let left = (frames - frame) as f32 / FADE as f32;
        out[2 * frame] *= left * left;
        out[2 * frame + 1] *= left * left;
    }
    let loudest = out.iter().fold(1e-9_f32, |most, s| most.max(s.abs()));
    Pcm::fine(&out).scaled(motif.peak.gain() / loudest)
}

fn strike(out: &mut Vec<f32>, instrument: &Instrument, note: &Note) {
    let from = note.at.frames().0 as usize;
    let gain = note.level.gain();
    for mode in &instrument.modes {
        let length = (mode.t60.0 * note.ring * OVER * f64::from(RATE)) as usize;
        let attack = instrument.attack.frames().0 as usize;
        ring(room(out, from, length), *mode, note, gain, attack);
    }
    if let Some(thump) = instrument.thump {
        let length = (thump.secs.0 * OVER * f64::from(RATE)) as usize;
        felt(
            room(out, from, length),
            thump,
            note,
            gain,
            instrument.attack,
        );
    }
}

/// The stretch of `out` from a frame on, made where it is not there.
fn room(out: &mut Vec<f32>, from: usize, frames: usize) -> &mut [f32] {
    if out.len() < 2 * (from + frames) {
        out.resize(2 * (from + frames), 0.0);
    }
    &mut out[2 * from..2 * (from + frames)]
}

/// Adds one mode.
fn ring(out: &mut [f32], mode: Mode, note: &Note, gain: f32, attack: usize) {
    let decay = 0.001_f64.powf(1.0 / (mode.t60.0 * note.ring * f64::from(RATE)));
    let hz = [
        mode.ratio * note.hz - mode.beat / 2.0,
        mode.ratio * note.hz + mode.beat / 2.0,
    ];
    let mut pair = hz.map(|hz| Turning::new(hz, decay));
    let bend_frames = BEND_SECS * f64::from(RATE);
    let gain = gain * mode.level.gain();
    let (left, right) = pan(note.pan);
    for (frame, out) in out.chunks_exact_mut(2).enumerate() {
        if note.bend != 0.0 && frame % 32 == 0 && frame as f64 <= bend_frames + 32.0 {
            let done = (frame as f64 / bend_frames).min(1.0);
            let factor = ((note.bend * done * done) / 12.0).exp2();
            for (turning, hz) in pair.iter_mut().zip(hz) {
                turning.tune(hz * factor, decay);
            }
        }
        let swell = if frame < attack {
            let x = frame as f32 / attack as f32;
            (1.0 - (std::f32::consts::PI * x).cos()) / 2.0 * gain
        } else {
            gain
        };
        let [one, other] = [pair[0].next(), pair[1].next()];
        out[0] += (PAIR[0] * one + PAIR[1] * other) * swell * left;
        out[1] += (PAIR[1] * one + PAIR[0] * other) * swell * right;
    }
}

/// Adds the mallet's felt.
fn felt(out: &mut [f32], thump: Thump, note: &Note, gain: f32, attack: Secs) {
    let mut filters = [OnePole::new(thump.hz), OnePole::new(thump.hz)];
    let decay = 0.001_f32.powf(1.0 / (thump.secs.0 as f32 * RATE as f32));
    let attack = attack.frames().0 as f32;
    let mut level = gain * Decibels(thump.level.0 + 12.0).gain();
    let (left, right) = pan(note.pan);
    for (index, out) in (0_u32..).zip(out.chunks_exact_mut(2)) {
        let noise = white(note.hz as u32, index);
        let soft = filters[0].low(noise);
        let sound = filters[1].low(soft) * level * (index as f32 / attack).min(1.0);
        out[0] += sound * left;
        out[1] += sound * right;
        level *= decay;
    }
}

/// Left and right, with equal power.
fn pan(pan: f32) -> (f32, f32) {
    let angle = (pan.clamp(-1.0, 1.0) + 1.0) * std::f32::consts::FRAC_PI_4;
    let full = std::f32::consts::SQRT_2;
    (angle.cos() * full, angle.sin() * full)
}

/// A decaying sine as a number that turns in the plane: no sine is computed a sample.
#[derive(Clone, Copy)]
pub(super) struct Turning {
    value: (f64, f64),
    step: (f64, f64),
}

impl Turning {
    /// From phase 0; the amplitude is multiplied by `decay` each frame.
    pub(super) fn new(hz: f64, decay: f64) -> Self {
        let mut turning = Self {
            value: (1.0, 0.0),
            step: (0.0, 0.0),
        };
        turning.tune(hz, decay);
        turning
    }

    /// From where so many turns lead to, without decay.
    pub(super) fn from(hz: f64, turns: f64) -> Self {
        let angle = TAU * turns.fract();
        Self {
            value: (angle.cos(), angle.sin()),
            ..Self::new(hz, 1.0)
        }
    }

    /// Another frequency from here on.
    pub(super) fn tune(&mut self, hz: f64, decay: f64) {
        let angle = TAU * hz / f64::from(RATE);
        self.step = (angle.cos() * decay, angle.sin() * decay);
    }

    /// The next sample.
    pub(super) fn next(&mut self) -> f32 {
        let ((x, y), (c, s)) = (self.value, self.step);
        self.value = (x * c - y * s, x * s + y * c);
        y as f32
    }
}
