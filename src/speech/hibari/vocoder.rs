//! Frames of spectrum to sound at 24 kHz.
//!
//! The network says, for each 12.5 ms, how loud and in which phase each frequency is, in three parts: pulses of the
//! voice's pitch, noise, and a part whose phase it gives itself. Their sum goes through one inverse transform. The
//! noise is a hash of its place, so that the same frames always give the same bytes.

use std::f32::consts::PI;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// Samples a second.
pub(super) const RATE: u32 = 24_000;
/// Samples from one frame to the next.
const HOP: usize = 300;
/// Samples in one transform.
const WINDOW: usize = 1200;
/// Frequencies in one transform.
pub(super) const BINS: usize = WINDOW / 2 + 1;
/// The highest harmonic of the pulses, in Hz.
const HIGHEST: f32 = 11_000.0;
/// Below this pitch a frame has no voice, in Hz.
const VOICED: f32 = 40.0;
/// Log amplitudes are cut off here, as they were when the network was taught.
const LOUDEST: f32 = 7.0;

/// What the network says of a phrase: rows of [`BINS`] frequencies, each as long as the phrase has frames.
pub(super) struct Spectrum<'a> {
    /// Log amplitude that the pulses are multiplied by.
    pub pulse: &'a [f32],
    /// Phase that they are turned by; its hyperbolic tangent is in half turns.
    pub turn: &'a [f32],
    /// Log amplitude of the noise.
    pub noise: &'a [f32],
    /// Log amplitude of the third part.
    pub free: &'a [f32],
    /// Phase of the third part, in radians.
    pub phase: &'a [f32],
    /// Pitch of each frame in Hz, 0 where there is no voice.
    pub pitch: &'a [f32],
}

/// The transforms, planned once.
pub(super) struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
}

impl Vocoder {
    pub(super) fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let turn = |n: usize| 2.0 * PI * n as f32 / WINDOW as f32;
        Self {
            forward: planner.plan_fft_forward(WINDOW),
            inverse: planner.plan_fft_inverse(WINDOW),
            window: (0..WINDOW).map(|n| 0.5 - 0.5 * turn(n).cos()).collect(),
        }
    }

    /// The sound of a phrase, [`HOP`] samples a frame.
    pub(super) fn sound(&self, spectrum: &Spectrum<'_>) -> Vec<f32> {
        let frames = spectrum.pitch.len();
        let pulses = pulses(spectrum.pitch);
        let mut sum = vec![0.0; frames * HOP + WINDOW];
        let mut weight = vec![0.0; sum.len()];
        let mut piece = vec![0.0; WINDOW];
        let mut bins = vec![Complex32::ZERO; BINS];
        for frame in 0..frames {
            self.excite(&pulses, frame, &mut piece, &mut bins);
            for (bin, value) in bins.iter_mut().enumerate() {
                let at = bin * frames + frame;
                let loud = |row: &[f32]| row[at].min(LOUDEST).exp();
                *value = *value
                    * Complex32::from_polar(loud(spectrum.pulse), PI * spectrum.turn[at].tanh())
                    + noise(bin, frame) * loud(spectrum.noise)
                    + Complex32::from_polar(loud(spectrum.free), spectrum.phase[at]);
            }
            // A real signal has nothing imaginary at either end of its spectrum.
            bins[0].im = 0.0;
            bins[BINS - 1].im = 0.0;
            self.inverse
                .process(&mut bins, &mut piece)
                .expect("the lengths are those of the plan");
            for (n, (&sample, &window)) in piece.iter().zip(&self.window).enumerate() {
                sum[frame * HOP + n] += sample * window / WINDOW as f32;
                weight[frame * HOP + n] += window * window;
            }
        }
        let middle = WINDOW / 2..WINDOW / 2 + frames * HOP;
        middle.map(|n| sum[n] / weight[n].max(1e-11)).collect()
    }

    /// The spectrum of the pulses around a frame, edges reflected.
    fn excite(&self, pulses: &[f32], frame: usize, piece: &mut [f32], bins: &mut [Complex32]) {
        let start = (frame * HOP) as isize - (WINDOW / 2) as isize;
        for (n, (sample, &window)) in piece.iter_mut().zip(&self.window).enumerate() {
            *sample = pulses[reflected(start + n as isize, pulses.len())] * window / HOP as f32;
        }
        self.forward
            .process(piece, bins)
            .expect("the lengths are those of the plan");
    }
}

/// An index outside, folded back in at the first or last sample.
fn reflected(index: isize, len: usize) -> usize {
    let last = len as isize - 1;
    let inside = if index < 0 {
        -index
    } else if index > last {
        2 * last - index
    } else {
        index
    };
    inside.clamp(0, last) as usize
}

/// Pulses at the pitch of each frame, all harmonics up to [`HIGHEST`] equally loud; silence where there is no voice.
fn pulses(pitch: &[f32]) -> Vec<f32> {
    let mut turns = 0.0_f64;
    let pulse = |n: usize| {
        let hz = pitch_at(pitch, n);
        turns = (turns + f64::from(hz.max(VOICED)) / f64::from(RATE)).fract();
        let harmonics = (HIGHEST / hz.max(VOICED)).floor();
        let angle = 2.0 * PI * turns as f32;
        let half = (angle / 2.0).sin();
        if hz <= VOICED {
            0.0
        } else if half.abs() <= 1e-3 {
            harmonics
        } else {
            ((harmonics + 0.5) * angle).sin() / (2.0 * half) - 0.5
        }
    };
    (0..pitch.len() * HOP).map(pulse).collect()
}

/// The pitch at a sample, between those of the frames around it.
fn pitch_at(pitch: &[f32], n: usize) -> f32 {
    let place = (n as f32 + 0.5) / HOP as f32 - 0.5;
    let before = place.floor();
    let frame = |index: f32| pitch[(index.max(0.0) as usize).min(pitch.len() - 1)];
    let share = place - before;
    frame(before) * (1.0 - share) + frame(before + 1.0) * share
}

/// Complex normal noise with a variance of one in each part, always the same at the same place.
fn noise(bin: usize, frame: usize) -> Complex32 {
    let bits = mixed((frame * BINS + bin) as u64);
    let unit = |bits: u32| (bits as f32 + 0.5) / 4_294_967_296.0;
    let radius = (-2.0 * unit((bits >> 32) as u32).ln()).sqrt();
    Complex32::from_polar(radius, 2.0 * PI * unit(bits as u32))
}

/// Bits without a pattern (the finaliser of splitmix64).
fn mixed(place: u64) -> u64 {
    let mut bits = place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_unit_variance_and_no_pattern() {
        let values: Vec<Complex32> = (0..200)
            .flat_map(|frame| (0..BINS).map(move |bin| noise(bin, frame)))
            .collect();
        let mean = |of: &dyn Fn(&Complex32) -> f32| {
            values.iter().map(of).sum::<f32>() / values.len() as f32
        };
        assert!((mean(&|z| z.re * z.re) - 1.0).abs() < 0.02);
        assert!((mean(&|z| z.im * z.im) - 1.0).abs() < 0.02);
        assert!(mean(&|z| z.re).abs() < 0.01 && mean(&|z| z.re * z.im).abs() < 0.01);
    }

    #[test]
    fn pulses_follow_the_pitch() {
        let train = pulses(&[200.0; 80]);
        let is_peak =
            |&n: &usize| train[n] > 40.0 && train[n] > train[n - 1] && train[n] >= train[n + 1];
        let peaks: Vec<usize> = (1..train.len() - 1).filter(is_peak).collect();
        assert!(
            peaks.windows(2).all(|pair| pair[1] - pair[0] == 120),
            "24 000 samples at 200 Hz"
        );
        assert_eq!(peaks.len(), 199, "the last one is the very last sample");
        assert!(pulses(&[0.0; 10]).iter().all(|&sample| sample == 0.0));
    }

    #[test]
    fn a_flat_spectrum_gives_back_the_pulses() {
        let frames = 40;
        let quiet = vec![-40.0; BINS * frames];
        let zero = vec![0.0; BINS * frames];
        let pitch = vec![150.0; frames];
        let flat = Spectrum {
            pulse: &vec![(HOP as f32).ln(); BINS * frames],
            turn: &zero,
            noise: &quiet,
            free: &quiet,
            phase: &zero,
            pitch: &pitch,
        };
        let sound = Vocoder::new().sound(&flat);
        let train = pulses(&pitch);
        for n in 2 * WINDOW..sound.len() - 2 * WINDOW {
            assert!(
                (sound[n] - train[n]).abs() < 0.05,
                "{n}: {} for {}",
                sound[n],
                train[n]
            );
        }
    }
}
