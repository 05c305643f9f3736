//! Slow changes of level as formulas of positions: the dip under a line, and the curves of a whole routine.

use std::f32::consts::PI;

use crate::units::Decibels;

/// The dip begins so many frames before a line: 300 ms, and takes that long.
pub(super) const ATTACK: u64 = 14_400;
/// It stays down so long after the line: 150 ms.
const HOLD: u64 = 7_200;
/// It is over so long after that: 900 ms.
const RELEASE: u64 = 43_200;
/// How long after its line a dip is over.
pub(super) const AFTER: u64 = HOLD + RELEASE;

/// How far the bed and the breath go down under a line (`sound.md` B3).
pub(super) const BED_DIP: Decibels = Decibels(-10.0);
/// How far the tones go down under a line.
pub(super) const TONE_DIP: Decibels = Decibels(-6.0);

/// The shape of every dip: half a cosine, in [`ATTACK`] steps.
pub(super) struct DipCurve(Box<[f32]>);

impl DipCurve {
    pub(super) fn new() -> Self {
        let steps = ATTACK as f32;
        Self((0..=ATTACK).map(|n| smooth(n as f32 / steps)).collect())
    }

    /// Deepens `depth` (0 open … 1 down), frame by frame from `at`, by the dip of a line that lasts from `start` to `end`.
    pub(super) fn deepen(&self, at: u64, depth: &mut [f32], start: u64, end: u64) {
        let opens = (start + ATTACK, end + ATTACK); // Shifted by the attack, so that nothing is below zero.
        for (frame, depth) in (at + ATTACK..).zip(depth) {
            let before = opens.0.saturating_sub(frame);
            let after = frame.saturating_sub(opens.1 + HOLD);
            if before < ATTACK && after < RELEASE {
                let attack = self.0[(ATTACK - before) as usize];
                let release = self.0[(ATTACK - after / (RELEASE / ATTACK)) as usize];
                *depth = depth.max(attack.min(release));
            }
        }
    }
}

/// `(1 − cos πx) / 2`: from 0 to 1 without an edge.
pub(super) fn smooth(x: f32) -> f32 {
    (1.0 - (PI * x.clamp(0.0, 1.0)).cos()) / 2.0
}

/// A level that moves from one value to another in a straight line, counted in frames that are heard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glide {
    from: f32,
    to: f32,
    done: u32,
    over: u32,
}

impl Glide {
    /// A level that stands still.
    pub(super) const fn still(value: f32) -> Self {
        Self {
            from: value,
            to: value,
            done: 0,
            over: 0,
        }
    }

    /// From where it is now to `to`, over so many frames.
    pub(super) fn turn(&mut self, to: f32, over: u32) {
        *self = Self {
            from: self.value(),
            to,
            done: 0,
            over,
        };
    }

    /// Where it is now.
    pub(super) fn value(&self) -> f32 {
        self.after(0)
    }

    /// Whether it has arrived.
    pub(super) fn is_still(&self) -> bool {
        self.done >= self.over
    }

    /// How many frames it still moves.
    pub(super) fn left(&self) -> u32 {
        self.over - self.done
    }

    /// Multiplies mono levels by its course from now on.
    pub(super) fn scale(&self, levels: &mut [f32]) {
        if self.is_still() {
            levels.iter_mut().for_each(|level| *level *= self.to);
        } else {
            for (level, n) in levels.iter_mut().zip(0_u32..) {
                *level *= self.after(n);
            }
        }
    }

    /// So many frames have gone.
    pub(super) fn pass(&mut self, frames: usize) {
        self.done = (self.done + frames as u32).min(self.over);
    }

    fn after(&self, frames: u32) -> f32 {
        let done = self.done + frames;
        if done >= self.over {
            self.to
        } else {
            self.from + (self.to - self.from) * (done as f32 / self.over as f32)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dip_is_down_when_the_line_starts_and_open_when_it_is_long_over() {
        let curve = DipCurve::new();
        let mut depth = vec![0.0; 200_000];
        curve.deepen(0, &mut depth, 20_000, 60_000);
        assert_eq!(depth[20_000 - 14_400], 0.0);
        assert!((depth[20_000 - 7_200] - 0.5).abs() < 1e-3);
        assert!(depth[20_000..=67_200].iter().all(|d| *d == 1.0));
        assert!(depth[67_200 + 43_200] < 1e-6);
        let most = depth.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(most.fold(0.0, f32::max) < 2e-4, "no edge");
    }

    #[test]
    fn a_dip_at_the_very_start_is_already_down() {
        let mut depth = [0.0; 4];
        DipCurve::new().deepen(0, &mut depth, 0, 10);
        assert_eq!(depth, [1.0; 4]);
    }

    #[test]
    fn a_glide_turns_from_where_it_is() {
        let mut glide = Glide::still(1.0);
        glide.turn(0.0, 4);
        glide.pass(2);
        assert_eq!(glide.value(), 0.5);
        glide.turn(1.0, 4);
        assert_eq!(glide.value(), 0.5);
        glide.pass(9);
        assert_eq!(glide.value(), 1.0);
        assert!(glide.is_still());
    }
}
