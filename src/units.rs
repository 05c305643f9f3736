//! Units live in types: frames, seconds, decibels and the pressure dial. Seconds become frames in exactly one
//! function, [`Secs::frames`].

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Frames a second, in everything that Rootwell computes: timelines, sound, files.
pub const RATE: u32 = 48_000;

/// A point or a length in time, in frames at [`RATE`].
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Frames(pub u64);

impl Frames {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// The length of so many whole seconds.
    pub const fn whole_secs(secs: u64) -> Self {
        Self(secs * RATE as u64)
    }

    /// The same length in seconds.
    pub fn secs(self) -> f64 {
        self.0 as f64 / f64::from(RATE)
    }

    /// The difference, or zero where `other` is longer.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Whether there is no time in it.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// Minutes and seconds, cut down to whole seconds: `12:05`.
impl fmt::Display for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secs = self.0 / u64::from(RATE);
        write!(f, "{}:{:02}", secs / 60, secs % 60)
    }
}

impl Add for Frames {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Frames {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Frames {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Frames {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Mul<u64> for Frames {
    type Output = Self;
    fn mul(self, times: u64) -> Self {
        Self(self.0 * times)
    }
}

impl Sum for Frames {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A length in seconds as an author writes it: finite, may have a fraction.
#[derive(Clone, Copy, PartialEq, PartialOrd, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secs(pub f64);

impl Secs {
    /// The nearest whole number of frames; zero for what is not above zero.
    pub fn frames(self) -> Frames {
        Frames((self.0 * f64::from(RATE)).round().max(0.0) as u64)
    }
}

/// A level relative to full scale, or a change of level, in decibels.
#[derive(Clone, Copy, PartialEq, PartialOrd, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decibels(pub f32);

impl Decibels {
    /// The factor on the amplitude; −120 dB and less is silence.
    pub fn gain(self) -> f32 {
        if self.0 <= -120.0 {
            0.0
        } else {
            10.0_f32.powf(self.0 / 20.0)
        }
    }
}

/// A place on the pressure dial: 0 just contact … 10 far too much (`content.md` 2.2).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Pressure(pub u8);

/// From how little to how much pressure a step asks for, written `(4, 6)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Band(pub Pressure, pub Pressure);

impl Band {
    /// A band between two places on the dial.
    pub const fn new(lo: u8, hi: u8) -> Self {
        Self(Pressure(lo), Pressure(hi))
    }

    /// The same band, both ends so much lower, at least 0.
    pub fn lowered(self, by: u8) -> Self {
        Self(
            Pressure(self.0.0.saturating_sub(by)),
            Pressure(self.1.0.saturating_sub(by)),
        )
    }

    /// The same band with nothing above `cap`.
    pub fn capped(self, cap: Pressure) -> Self {
        Self(self.0.min(cap), self.1.min(cap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn frames(secs: f64, expected: u64) {
        assert_eq!(Secs(secs).frames(), Frames(expected), "{secs} s");
    }

    #[test]
    fn seconds_become_the_nearest_frame() {
        frames(0.0, 0);
        frames(1.0, 48_000);
        frames(0.3, 14_400);
        frames(1.0 / 3.0, 16_000);
        frames(-2.0, 0);
        frames(14_400.0, 691_200_000);
    }

    #[test]
    fn frames_read_as_minutes_and_seconds() {
        assert_eq!(Frames::whole_secs(725).to_string(), "12:05");
        assert_eq!((Frames::whole_secs(60) - Frames(1)).to_string(), "0:59");
    }

    #[test]
    fn a_band_is_capped_on_both_ends() {
        assert_eq!(Band::new(4, 6).capped(Pressure(5)), Band::new(4, 5));
        assert_eq!(Band::new(4, 6).capped(Pressure(3)), Band::new(3, 3));
    }

    #[test]
    fn decibels_are_factors() {
        assert!((Decibels(-6.0206).gain() - 0.5).abs() < 1e-4);
        assert_eq!(Decibels(-120.0).gain(), 0.0);
    }
}
