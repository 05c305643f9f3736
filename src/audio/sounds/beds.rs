//! The beds: loops without a joint. Noise runs through its filters for a moment before the loop begins, on the
//! samples with which the loop ends; sines turn a whole number of times in a loop.

use std::f64::consts::TAU;

use super::noise::{OnePole, Pink, Svf, level, white};
use super::recipe::{Beds, Hiss, Ocean, Pad, Rain};
use super::scratch;
use super::strike::Turning;
use crate::audio::envelope::smooth;
use crate::audio::pcm::Pcm;
use crate::routine::BedSound;
use crate::units::RATE;

/// How long noise runs through the filters before a loop: 1 s.
const WARM: u32 = RATE;
/// Filters that move do so in steps of so many frames.
const STEP: u32 = 64;

/// The loop of a background sound.
pub(super) fn bed(beds: &Beds, sound: BedSound) -> Option<Pcm> {
    let frames = beds.secs * RATE;
    let (mut out, rms) = match sound {
        BedSound::None => return None,
        BedSound::Pad => (pad(&beds.pad, frames), beds.pad.rms),
        BedSound::Brown => (brown(&beds.brown, frames), beds.brown.rms),
        BedSound::Pink => (pink(&beds.pink, frames), beds.pink.rms),
        BedSound::Rain => (rain(&beds.rain, frames), beds.rain.rms),
        BedSound::Ocean => (ocean(&beds.ocean, frames), beds.ocean.rms),
    };
    level(&mut out, rms.gain());
    Some(Pcm::fine(&out))
}

/// A loop of noise in two ears that share `shared` of it (0…1); `colour` filters one ear's stream.
fn noise<F: FnMut(f32, u32) -> f32>(frames: u32, shared: f32, mut colours: [F; 2]) -> Vec<f32> {
    let own = (1.0 - shared * shared).sqrt();
    let mut out = scratch::empty();
    for index in (frames - WARM..frames).chain(0..frames).enumerate() {
        let (n, index) = (index.0 as u32, index.1);
        let middle = white(1, index) * shared;
        let ears =
            [0, 1].map(|ear| colours[ear](middle + own * white(2 + ear as u32, index), index));
        if n >= WARM {
            out.extend(ears);
        }
    }
    out
}

fn pad(pad: &Pad, frames: u32) -> Vec<f32> {
    let mut out = scratch::silence(frames as usize);
    let whole = |hz: f64| {
        (hz * f64::from(frames) / f64::from(RATE)).round() * f64::from(RATE) / f64::from(frames)
    };
    for (index, partial) in pad.partials.iter().enumerate() {
        let times = pad.sway[index % pad.sway.len()];
        let phase = TAU * index as f64 / pad.partials.len() as f64;
        for ear in 0..2 {
            let detune = if ear == 0 { -pad.detune } else { pad.detune };
            let mut note = Turning::new(whole(partial.hz + detune / 2.0), 1.0);
            let mut sway = 0.0;
            for frame in 0..frames {
                if frame % STEP == 0 {
                    let turn = TAU * f64::from(times) * f64::from(frame) / f64::from(frames);
                    sway = partial.level.gain() * (1.0 + 0.45 * (turn + phase).sin() as f32);
                }
                out[2 * frame as usize + ear] += note.next() * sway;
            }
        }
    }
    out
}

fn brown(hiss: &Hiss, frames: u32) -> Vec<f32> {
    noise(
        frames,
        0.5,
        [0, 1].map(|_ear| {
            let mut leak = OnePole::new(hiss.low_cut * 2.0);
            let mut lid = OnePole::new(hiss.high_cut);
            let mut cut = OnePole::new(hiss.low_cut);
            move |white, _| lid.low(cut.high(leak.low(white)))
        }),
    )
}

fn pink(hiss: &Hiss, frames: u32) -> Vec<f32> {
    noise(
        frames,
        0.5,
        [0, 1].map(|_ear| {
            let mut pink = Pink::default();
            let mut lid = OnePole::new(hiss.high_cut);
            let mut cut = OnePole::new(hiss.low_cut);
            move |white, _| lid.low(cut.high(pink.next(white)))
        }),
    )
}

fn rain(rain: &Rain, frames: u32) -> Vec<f32> {
    let mut out = noise(
        frames,
        0.35,
        [0, 1].map(|_ear| {
            let mut pink = Pink::default();
            let mut cut = Svf::new(rain.low_cut, 0.7);
            let mut lids = [OnePole::new(rain.high_cut), OnePole::new(rain.high_cut)];
            move |white, _| {
                let pink = pink.next(white);
                let high = pink - cut.next(pink).1;
                let once = lids[0].low(high);
                lids[1].low(once)
            }
        }),
    );
    level(&mut out, 1.0);
    for drop in 0..rain.drops * (frames / RATE) {
        one_drop(&mut out, rain, drop);
    }
    out
}

/// A drop near by: a short ring that comes quickly, but not at once.
fn one_drop(out: &mut [f32], rain: &Rain, drop: u32) {
    let frames = out.len() / 2;
    let [place, size, ear, force] =
        [31, 32, 33, 34].map(|seed| f32::midpoint(white(seed, drop), 1.0));
    let hz = rain.drop_hz.1 * (rain.drop_hz.0 / rain.drop_hz.1).powf(size * size);
    let length = (0.03 + 0.05 * size) * RATE as f32;
    let decay = 0.001_f64.powf(1.0 / f64::from(length));
    let mut ring = Turning::new(f64::from(hz), decay);
    let gain = rain.drop_level.gain() * 6.0 * force * force * force;
    let from = (place * frames as f32) as usize;
    for n in 0..length as usize {
        let sound = ring.next() * gain * smooth(n as f32 / 96.0);
        let frame = (from + n) % frames;
        out[2 * frame] += sound * (1.0 - 0.8 * ear);
        out[2 * frame + 1] += sound * (0.2 + 0.8 * ear);
    }
}

fn ocean(ocean: &Ocean, frames: u32) -> Vec<f32> {
    noise(
        frames,
        0.3,
        [0, 1].map(|ear| {
            let mut pink = Pink::default();
            let mut cut = OnePole::new(ocean.low_cut);
            let mut body = Svf::new(ocean.dark, 0.6);
            let mut level = (0.0, 0.0);
            move |white, index| {
                if index % STEP == 0 {
                    let lift = wave(ocean, index, frames, f64::from(ear));
                    let next = wave(ocean, index + STEP, frames, f64::from(ear));
                    body.tune(ocean.dark * (ocean.bright / ocean.dark).powf(lift));
                    let loud =
                        |lift: f32| crate::units::Decibels(ocean.ebb.0 * (1.0 - lift)).gain();
                    level = (loud(lift), (loud(next) - loud(lift)) / STEP as f32);
                }
                let now = level.0 + level.1 * (index % STEP) as f32;
                body.next(cut.high(pink.next(white))).1 * now
            }
        }),
    )
}

/// How high the water stands, 0…1: waves that rise quicker than they fall, a little later in the other ear.
fn wave(ocean: &Ocean, index: u32, frames: u32, ear: f64) -> f32 {
    let share = 1.0 / ocean.waves.len() as f64;
    let lift = ocean.waves.iter().enumerate().map(|(kind, times)| {
        let turn = f64::from(*times) * (f64::from(index) / f64::from(frames) - 0.008 * ear);
        let x = (turn + 0.37 * kind as f64).rem_euclid(1.0);
        let skewed = if x < 0.35 {
            x / 0.7
        } else {
            0.5 + (x - 0.35) / 1.3
        };
        share * f64::from(smooth(2.0 * skewed as f32)) * if skewed < 0.5 { 1.0 } else { 0.0 }
            + share
                * f64::from(smooth(2.0 - 2.0 * skewed as f32))
                * if skewed < 0.5 { 0.0 } else { 1.0 }
    });
    lift.sum::<f64>() as f32
}
