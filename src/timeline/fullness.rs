//! How full the breath is, from 0 (empty) to 1 (full): the one curve that sound and picture follow (`art.md` 6).

use std::f64::consts::TAU;

use crate::easing::soft;
use crate::routine::atoms::PacedBreath;
use crate::timeline::Phase;
use crate::units::Frames;

/// How full a free, unpaced breath is drawn.
pub const FREE: f64 = 0.35;

/// How full the first in-breath is where a top-up follows it.
const BEFORE_TOP_UP: f64 = 0.86;

/// How much a full hold sways, and how often a second.
const SWAY: f64 = 0.006;
const SWAYS_A_SECOND: f64 = 0.25;

impl PacedBreath {
    /// The phases that take time, in order, each with its first frame within the breath and its length.
    pub fn phases(self) -> impl Iterator<Item = (Phase, Frames, Frames)> {
        let mut start = Frames::ZERO;
        [
            (Phase::Inhale, self.inhale),
            (Phase::TopUp, self.top_up),
            (Phase::Hold, self.hold),
            (Phase::Exhale, self.exhale),
            (Phase::Empty, self.empty),
        ]
        .into_iter()
        .filter_map(move |(phase, frames)| {
            let first = start;
            start += frames;
            (!frames.is_zero()).then_some((phase, first, frames))
        })
    }

    /// The phase at a frame of the breath, with its first frame and its length. A frame past the end is in the last.
    pub fn phase(self, into: Frames) -> (Phase, Frames, Frames) {
        let mut found = (Phase::Inhale, Frames::ZERO, self.inhale);
        for phase in self.phases() {
            if phase.1 <= into {
                found = phase;
            }
        }
        found
    }

    /// How full the breath is at a frame of it, when it began at `from` (0 within a run of breaths, [`FREE`] after free
    /// breathing).
    pub fn fullness(self, into: Frames, from: f64) -> f64 {
        let (phase, start, frames) = self.phase(into);
        let along = into.saturating_sub(start);
        let p = along.0 as f64 / frames.0.max(1) as f64;
        match phase {
            Phase::Inhale => from + (self.first_top() - from) * soft(p),
            Phase::TopUp => BEFORE_TOP_UP + (1.0 - BEFORE_TOP_UP) * soft(p),
            Phase::Hold => held(along),
            Phase::Exhale => self.before_exhale() * (1.0 - soft(p.min(1.0).powf(0.9))),
            Phase::Empty => 0.0,
        }
    }

    fn first_top(self) -> f64 {
        if self.top_up.is_zero() {
            1.0
        } else {
            BEFORE_TOP_UP
        }
    }

    fn before_exhale(self) -> f64 {
        held(self.hold)
    }
}

/// A full breath, held for so long.
fn held(frames: Frames) -> f64 {
    1.0 + SWAY * (TAU * SWAYS_A_SECOND * frames.secs()).sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breath(inhale: u64, top_up: u64, hold: u64, exhale: u64, empty: u64) -> PacedBreath {
        PacedBreath {
            inhale: Frames::whole_secs(inhale),
            top_up: Frames::whole_secs(top_up),
            hold: Frames::whole_secs(hold),
            exhale: Frames::whole_secs(exhale),
            empty: Frames::whole_secs(empty),
            ..PacedBreath::default()
        }
    }

    #[track_caller]
    fn case(breath: PacedBreath, secs: f64, expected: f64) {
        let full = breath.fullness(crate::units::Secs(secs).frames(), 0.0);
        assert!((full - expected).abs() < 1e-3, "{secs} s: {full}");
    }

    #[test]
    fn rises_stays_and_falls() {
        let calm = breath(4, 0, 0, 6, 0);
        case(calm, 0.0, 0.0);
        case(calm, 2.0, 0.5);
        case(calm, 4.0, 1.0);
        case(calm, 10.0, 0.0);
        let boxed = breath(4, 0, 4, 4, 4);
        case(boxed, 5.0, 1.006);
        case(boxed, 8.0, 1.0);
        case(boxed, 13.0, 0.0);
        let sigh = breath(2, 1, 0, 7, 0);
        case(sigh, 2.0, 0.86);
        case(sigh, 3.0, 1.0);
    }

    #[test]
    fn nothing_jumps() {
        for breath in [
            breath(4, 0, 0, 6, 0),
            breath(4, 0, 7, 8, 0),
            breath(4, 0, 3, 4, 4),
            breath(2, 1, 0, 7, 1),
        ] {
            let step = Frames(480);
            let mut last = breath.fullness(Frames::ZERO, FREE);
            let mut at = step;
            while at < breath.total() {
                let full = breath.fullness(at, FREE);
                assert!((full - last).abs() < 0.02, "{breath:?} at {at:?}");
                last = full;
                at += step;
            }
            assert!(last < 0.02);
        }
    }
}
