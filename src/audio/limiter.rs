//! The limiter at the end of the mix: no true peak above its ceiling, and not a bit changed where none comes near.
//!
//! The gain of a frame is the mean over [`LOOK`] frames of the smallest gain that any frame around needs: a sliding minimum
//! and a sliding mean, both in integers, so that it depends on what lies within [`REACH`] frames and on nothing else.

use std::collections::VecDeque;

/// How far it looks ahead, and over how many frames its gain moves: 5 ms.
const LOOK: usize = 240;
/// How long it stays down after a peak: 60 ms, longer than a period of the lowest note.
const HOLD: usize = 2_880;
/// The length of the filter that finds peaks between samples.
const TAPS: usize = 12;
/// The frames between a peak and its place between samples.
const CENTRE: usize = TAPS / 2;
/// What comes out is so many frames late.
pub(super) const DELAY: usize = LOOK - 1 + CENTRE;
/// What happened longer ago than this many frames has no influence.
pub(super) const REACH: usize = HOLD + 2 * LOOK + 2 * CENTRE;
/// A gain of 1 as an integer.
const ONE: u32 = 1 << 24;
/// −1.2 dBFS: below −1 dBTP by what a fourfold estimate of a peak can miss (`sound.md` B3).
const CEILING: f32 = 0.871;
/// The interpolation filter's absolute sum: no estimate can be more than this times the loudest sample.
const OVERSHOOT: f32 = 2.03;
/// Frames handled at once.
const BLOCK: usize = super::BLOCK;

/// Fourfold interpolation, ITU-R BS.1770-4 annex 2; the other two phases are these two backwards.
const PHASES: [[f32; TAPS]; 2] = [
    [
        0.001_708_984_4,
        0.010_986_328,
        -0.019_653_32,
        0.033_203_125,
        -0.059_448_242,
        0.137_329_1,
        0.972_167_97,
        -0.102_294_92,
        0.047_607_422,
        -0.026_611_328,
        0.014_892_578,
        -0.008_300_781,
    ],
    [
        -0.029_174_805,
        0.029_296_875,
        -0.051_757_813,
        0.089_111_33,
        -0.166_503_9,
        0.465_087_9,
        0.779_785_16,
        -0.200_317_38,
        0.101_562_5,
        -0.058_227_54,
        0.033_081_055,
        -0.018_920_898,
    ],
];

/// The limiter's memory.
pub(super) struct Limiter {
    /// The last frames that went in, oldest first, then room for a block.
    line: Box<[f32; 2 * (DELAY + CENTRE + BLOCK)]>,
    /// Frames since any needed less than full gain.
    calm: usize,
    /// Where the sliding minimum may change: (frame, needed gain), rising in both.
    lowest: VecDeque<(u64, u32)>,
    /// The last minima.
    minima: VecDeque<u32>,
    /// Their sum.
    sum: u64,
    /// Frames that went in.
    frame: u64,
}

impl Limiter {
    /// A limiter that has heard silence.
    pub(super) fn new() -> Self {
        let mut minima = VecDeque::with_capacity(LOOK + 1);
        minima.extend(std::iter::repeat_n(ONE, LOOK));
        Self {
            line: Box::new([0.0; 2 * (DELAY + CENTRE + BLOCK)]),
            calm: REACH,
            lowest: VecDeque::with_capacity(HOLD + LOOK + 1),
            minima,
            sum: u64::from(ONE) * LOOK as u64,
            frame: 0,
        }
    }

    /// Replaces a block by the limited sound of [`DELAY`] frames before. Interleaved stereo, at most [`BLOCK`] frames.
    pub(super) fn process(&mut self, block: &mut [f32]) {
        const KEPT: usize = 2 * (DELAY + CENTRE);
        let len = block.len();
        self.line[KEPT..KEPT + len].copy_from_slice(block);
        // What the peaks around the frames that are new can be seen in.
        let seen = KEPT - 2 * (TAPS - 1)..KEPT + len;
        let mut peaks = [0.0_f32; 2 * BLOCK];
        let peaks = &mut peaks[..len];
        if peak(&self.line[seen.clone()]) * OVERSHOOT >= CEILING {
            true_peaks(&self.line[seen], peaks);
        }
        // The oldest frame of the delay that comes out now.
        let delayed = KEPT - 2 * DELAY..KEPT - 2 * DELAY + len;
        block.copy_from_slice(&self.line[delayed]);
        if self.calm >= REACH && peak(peaks) <= CEILING {
            self.frame += (len / 2) as u64;
        } else {
            for (pair, peaks) in block.chunks_exact_mut(2).zip(peaks.chunks_exact(2)) {
                let gain = self.gain(needed(peaks[0].max(peaks[1])));
                pair[0] *= gain;
                pair[1] *= gain;
            }
        }
        self.line.copy_within(len..len + KEPT, 0);
    }

    /// Takes the gain that one more frame needs and returns that of the frame that comes out.
    fn gain(&mut self, needed: u32) -> f32 {
        self.calm = if needed < ONE { 0 } else { self.calm + 1 };
        while self.lowest.back().is_some_and(|last| last.1 >= needed) {
            self.lowest.pop_back();
        }
        if needed < ONE {
            self.lowest.push_back((self.frame, needed));
        }
        while self
            .lowest
            .front()
            .is_some_and(|first| first.0 + (HOLD + LOOK) as u64 <= self.frame)
        {
            self.lowest.pop_front();
        }
        let minimum = self.lowest.front().map_or(ONE, |first| first.1);
        let oldest = self.minima.pop_front().unwrap_or(ONE);
        self.minima.push_back(minimum);
        self.sum = self.sum + u64::from(minimum) - u64::from(oldest);
        self.frame += 1;
        (self.sum as f64 / (f64::from(ONE) * LOOK as f64)) as f32
    }
}

/// The loudest sample.
fn peak(samples: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let chunks = samples.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, sample) in lanes.iter_mut().zip(chunk) {
            *lane = lane.max(sample.abs());
        }
    }
    lanes
        .iter()
        .chain(rest)
        .fold(0.0, |most, sample| most.max(sample.abs()))
}

/// For each new sample the true peak around the middle of the [`TAPS`] frames that end with it; `line` begins so many
/// frames but one before. Interleaved stereo, and a loop over neighbours inside, so that many are made at once.
fn true_peaks(line: &[f32], peaks: &mut [f32]) {
    let middle = 2 * (CENTRE - 1);
    for (peak, sample) in peaks.iter_mut().zip(&line[middle..]) {
        *peak = sample.abs();
    }
    let mut sums = [0.0_f32; 2 * BLOCK];
    let sums = &mut sums[..peaks.len()];
    for phase in &PHASES {
        for backwards in [false, true] {
            sums.fill(0.0);
            for tap in 0..TAPS {
                let share = phase[if backwards { TAPS - 1 - tap } else { tap }];
                for (sum, sample) in sums.iter_mut().zip(&line[2 * tap..]) {
                    *sum += share * sample;
                }
            }
            for (peak, sum) in peaks.iter_mut().zip(&*sums) {
                *peak = peak.max(sum.abs());
            }
        }
    }
}

/// The gain that keeps a peak under the ceiling.
fn needed(peak: f32) -> u32 {
    if peak <= CEILING {
        ONE
    } else {
        (CEILING / peak * ONE as f32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(input: &[f32], block: usize) -> Vec<f32> {
        let mut limiter = Limiter::new();
        let mut out = input.to_vec();
        for chunk in out.chunks_mut(2 * block) {
            limiter.process(chunk);
        }
        out
    }

    fn loud() -> Vec<f32> {
        (0..40_000_u32)
            .flat_map(|n| {
                let swell = if (9_000..20_000).contains(&n) {
                    3.0
                } else {
                    0.3
                };
                let x = swell * (f64::from(n) * 0.71).sin() as f32;
                [x, -0.7 * x]
            })
            .collect()
    }

    #[test]
    fn what_is_soft_passes_unchanged_and_late_by_the_delay() {
        let soft: Vec<f32> = loud().iter().map(|s| s * 0.1).collect();
        let out = limited(&soft, BLOCK);
        assert_eq!(out[2 * DELAY..], soft[..soft.len() - 2 * DELAY]);
    }

    #[test]
    fn what_is_loud_stays_under_the_ceiling() {
        let out = limited(&loud(), BLOCK);
        let most = peak(&out);
        assert!(most <= CEILING + 0.002, "{most}");
        assert!(most > 0.8, "it is not quieter than it must be: {most}");
        assert_eq!(
            out[2 * 30_000..],
            loud()[2 * (30_000 - DELAY)..2 * (40_000 - DELAY)],
            "it lets go again"
        );
    }

    #[test]
    fn the_block_does_not_matter() {
        let whole = limited(&loud(), BLOCK);
        for block in [1, 7, 64, 100] {
            assert_eq!(limited(&loud(), block), whole, "blocks of {block}");
        }
    }

    #[test]
    fn what_is_long_past_does_not_matter() {
        let whole = limited(&loud(), BLOCK);
        let from = 15_000;
        let part = limited(&loud()[2 * (from - REACH - DELAY)..], BLOCK);
        assert_eq!(part[2 * (REACH + DELAY)..], whole[2 * from..]);
    }
}
