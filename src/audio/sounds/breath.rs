//! The breath: air whose colour and a note whose pitch follow fullness, each phase with a character of its own.
//! A phase is made once for each shape and starts anew each time.

use super::noise::{OnePole, Pink, Svf, white};
use super::recipe::{Air, Breath, Still};
use super::strike::Turning;
use crate::audio::envelope::smooth;
use crate::audio::pcm::Pcm;
use crate::audio::score::PhaseShape;
use crate::timeline::Phase;
use crate::units::RATE;

/// Filters and notes follow fullness in steps of so many frames: 0.7 ms.
const STEP: usize = 32;
/// Pink noise through the band has about this root mean square.
const AIR_RMS: f32 = 0.16;
/// Nobody breathes below this, in hertz.
const RUMBLE: f32 = 150.0;

/// The sound of a phase.
pub(super) fn phase(breath: &Breath, shape: PhaseShape) -> Pcm {
    let out = match shape.phase {
        Phase::Inhale => air(breath, &breath.inhale, shape),
        Phase::TopUp => air(breath, &breath.top_up, shape),
        Phase::Exhale => air(breath, &breath.exhale, shape),
        Phase::Hold => still(breath, &breath.hold, shape),
        Phase::Empty => still(breath, &breath.empty, shape),
    };
    Pcm::fine(&out)
}

/// In, on top, or out.
fn air(breath: &Breath, air: &Air, shape: PhaseShape) -> Vec<f32> {
    let mut out = silence(breath, shape);
    let frames = out.len() / 2;
    let floor = breath.floor.gain();
    let noise_gain = air.rms.gain() / AIR_RMS;
    let note_gain = air.note.gain() * std::f32::consts::SQRT_2;
    let mut sides = [Side::new(air, 11), Side::new(air, 23)];
    let mut note = Turning::new(f64::from(air.from), 1.0);
    let mut octave = Turning::new(2.0 * f64::from(air.from), 1.0);
    let (mut flow, mut slope) = (0.0, 0.0);
    for frame in 0..frames {
        if frame % STEP == 0 {
            let here = shape.fullness(frame as u64);
            let colour = air.low * (air.high / air.low).powf(here);
            let pitch = f64::from(air.from * (air.to / air.from).powf(here));
            note.tune(pitch, 1.0);
            octave.tune(2.0 * pitch, 1.0);
            for side in &mut sides {
                side.tune(colour);
            }
            let next = loudness(shape, frame + STEP, floor);
            flow = loudness(shape, frame, floor);
            slope = (next - flow) / STEP as f32;
        }
        let level = (flow + slope * (frame % STEP) as f32) * edges(breath, shape, frame, frames);
        let tone = (note.next() + 0.18 * octave.next()) * note_gain;
        let shared = white(37, frame as u32);
        for (side, out) in sides.iter_mut().zip(&mut out[2 * frame..]) {
            let noise = side.next(frame as u32, shared) * noise_gain;
            *out = (noise + tone) * level;
        }
    }
    out
}

/// How loud the air is: its flow, and a little more the fuller it is.
fn loudness(shape: PhaseShape, frame: usize, floor: f32) -> f32 {
    let here = shape.fullness(frame as u64);
    let low = f32::from(shape.from.min(shape.to)) / 100.0;
    let high = f32::from(shape.from.max(shape.to)) / 100.0;
    let moved = ((here - low) / (high - low).max(0.01)).clamp(0.0, 1.0);
    let flow = (4.0 * moved * (1.0 - moved)).max(0.0).sqrt();
    floor + (1.0 - floor) * (0.7 * flow + 0.3 * moved * flow.max(moved * 0.5))
}

/// Held: steady notes that tremble as slowly as the picture, and fade.
fn still(breath: &Breath, still: &Still, shape: PhaseShape) -> Vec<f32> {
    let mut out = silence(breath, shape);
    let frames = out.len() / 2;
    let decay = 0.1_f64.powf(1.0 / (still.fade.0 * f64::from(RATE)));
    let gain = still.level.gain() * std::f32::consts::SQRT_2;
    let mut pairs: Vec<[Turning; 2]> = still
        .notes
        .iter()
        .map(|hz| [-0.4, 0.4].map(|beat| Turning::new(f64::from(*hz) + beat, decay)))
        .collect();
    let mut tremble = Turning::new(0.25, 1.0);
    for (frame, out) in out.chunks_exact_mut(2).enumerate() {
        let level = gain * edges(breath, shape, frame, frames) * (1.0 - 0.25 * tremble.next());
        for (index, [left, right]) in pairs.iter_mut().enumerate() {
            let share = level / (1 + index) as f32;
            out[0] += left.next() * share;
            out[1] += right.next() * share;
        }
    }
    out
}

fn silence(breath: &Breath, shape: PhaseShape) -> Vec<f32> {
    vec![0.0; 2 * (shape.frames + breath.tail.frames()).0 as usize]
}

/// The soft beginning and the soft end, which reaches into the next phase.
fn edges(breath: &Breath, shape: PhaseShape, frame: usize, frames: usize) -> f32 {
    let attack = breath.attack.frames().0.min(shape.frames.0 / 2).max(1);
    let tail = breath.tail.frames().0.max(1);
    smooth(frame as f32 / attack as f32) * smooth((frames - frame) as f32 / tail as f32)
}

/// One ear's air.
struct Side {
    seed: u32,
    pink: Pink,
    cut: OnePole,
    band: Svf,
    lid: OnePole,
}

impl Side {
    fn new(air: &Air, seed: u32) -> Self {
        Self {
            seed,
            pink: Pink::default(),
            cut: OnePole::new(RUMBLE),
            band: Svf::new(air.low, air.q),
            lid: OnePole::new(1.6 * air.high),
        }
    }

    fn tune(&mut self, hz: f32) {
        self.band.tune(hz);
    }

    /// Half of the air is the same in both ears.
    fn next(&mut self, index: u32, shared: f32) -> f32 {
        let own = white(self.seed, index);
        let pink = self.cut.high(self.pink.next(0.7 * shared + 0.7 * own));
        let (band, low) = self.band.next(pink);
        self.lid.low(band + 0.25 * low)
    }
}
