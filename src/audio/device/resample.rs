//! The finished mix at a device's own rate: resampled once, at the very end. Runs on the audio thread: must not allocate,
//! free, lock or wait.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

use crate::units::RATE;

/// Frames that are resampled at once, about; the library takes the next number that suits both rates.
const CHUNK: usize = 512;

/// Stereo at [`RATE`], heard at another rate.
pub(super) struct Resampled<S> {
    source: S,
    resampler: Fft<f32>,
    input: Box<[f32]>,
    output: Box<[f32]>,
    taken: usize,
}

impl<S: Iterator<Item = f32>> Resampled<S> {
    /// A source of interleaved stereo at `rate` Hz, which is above zero.
    pub(super) fn new(source: S, rate: u32) -> Self {
        let resampler = Fft::new(RATE as usize, rate as usize, CHUNK, 2, FixedSync::Both)
            .expect("both rates are above zero");
        let output = vec![0.0; 2 * resampler.output_frames_max()].into_boxed_slice();
        Self {
            source,
            input: vec![0.0; 2 * resampler.input_frames_max()].into_boxed_slice(),
            taken: output.len(),
            output,
            resampler,
        }
    }

    /// How much later than the source it is heard, in frames of the device.
    pub(super) fn delay(&self) -> u64 {
        (self.resampler.output_delay() + self.output.len() / 2) as u64
    }

    /// The next frame, left and right.
    pub(super) fn frame(&mut self) -> [f32; 2] {
        if self.taken >= self.output.len() {
            self.fill();
            self.taken = 0;
        }
        self.taken += 2;
        [self.output[self.taken - 2], self.output[self.taken - 1]]
    }

    fn fill(&mut self) {
        for sample in &mut self.input {
            *sample = self.source.next().unwrap_or(0.0);
        }
        let frames = self.input.len() / 2;
        let input = InterleavedSlice::new(&self.input, 2, frames).expect("whole frames");
        let frames = self.output.len() / 2;
        let mut output =
            InterleavedSlice::new_mut(&mut self.output, 2, frames).expect("whole frames");
        self.resampler
            .process_into_buffer(&input, &mut output, None)
            .expect("both have the lengths that it asks for");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assert_no_alloc::assert_no_alloc;

    /// A tone of 1 kHz, left; a tone of half its loudness, right.
    fn tone() -> impl Iterator<Item = f32> {
        (0_u32..).map(|n| {
            let x = f64::from(n / 2) * 1_000.0 / f64::from(RATE);
            let sample = (x.fract() * std::f64::consts::TAU).sin() as f32;
            if n % 2 == 0 { sample } else { 0.5 * sample }
        })
    }

    #[track_caller]
    fn case(rate: u32) {
        let mut resampled = Resampled::new(tone(), rate);
        let delay = resampled.resampler.output_delay();
        let frames: Vec<[f32; 2]> = (0..rate).map(|_| resampled.frame()).collect();
        for (n, [left, right]) in frames.iter().enumerate().skip(2 * delay + 10) {
            let x = (n - delay) as f64 * 1_000.0 / f64::from(rate);
            let expected = (x.fract() * std::f64::consts::TAU).sin() as f32;
            assert!(
                (left - expected).abs() < 0.002,
                "{rate} Hz, frame {n}: {left} {expected}"
            );
            assert!(
                (right - 0.5 * expected).abs() < 0.001,
                "{rate} Hz, frame {n}"
            );
        }
    }

    #[test]
    fn a_tone_stays_what_it_is() {
        case(44_100);
        case(96_000);
    }

    #[test]
    fn it_does_not_allocate() {
        let mut resampled = Resampled::new(tone(), 44_100);
        for _ in 0..10_000 {
            assert_no_alloc(|| resampled.frame());
        }
    }
}
