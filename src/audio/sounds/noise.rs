//! Noise by hash of the sample's index, and the filters that colour it.

use std::f32::consts::PI;

use super::super::floor::hash;
use crate::units::RATE;

/// White noise, −1…1: the same at an index for ever. Streams differ by their seed.
pub(super) fn white(seed: u32, index: u32) -> f32 {
    let bits = hash(index ^ seed.wrapping_mul(0x6c07_8965).rotate_left(7));
    bits.cast_signed() as f32 / 2_147_483_648.0
}

/// Noise that falls by 3 dB an octave, by Paul Kellet's economy filter.
#[derive(Clone, Copy, Default)]
pub(super) struct Pink([f32; 3]);

impl Pink {
    pub(super) fn next(&mut self, white: f32) -> f32 {
        let [slow, middle, quick] = &mut self.0;
        *slow = 0.997_65 * *slow + white * 0.099_046;
        *middle = 0.963_0 * *middle + white * 0.296_516_4;
        *quick = 0.57 * *quick + white * 1.052_691_3;
        (*slow + *middle + *quick + white * 0.184_8) * 0.3
    }
}

/// A first-order low-pass.
#[derive(Clone, Copy)]
pub(super) struct OnePole {
    step: f32,
    value: f32,
}

impl OnePole {
    pub(super) fn new(hz: f32) -> Self {
        Self {
            step: 1.0 - (-2.0 * PI * hz / RATE as f32).exp(),
            value: 0.0,
        }
    }

    pub(super) fn low(&mut self, input: f32) -> f32 {
        self.value += self.step * (input - self.value);
        self.value
    }

    pub(super) fn high(&mut self, input: f32) -> f32 {
        input - self.low(input)
    }
}

/// A state-variable filter in its topology-preserving form, whose frequency may move without a click.
#[derive(Clone, Copy)]
pub(super) struct Svf {
    damping: f32,
    a: [f32; 3],
    state: [f32; 2],
}

impl Svf {
    pub(super) fn new(hz: f32, q: f32) -> Self {
        let mut svf = Self {
            damping: 1.0 / q,
            a: [0.0; 3],
            state: [0.0; 2],
        };
        svf.tune(hz);
        svf
    }

    pub(super) fn tune(&mut self, hz: f32) {
        let g = (PI * hz / RATE as f32).tan();
        let first = 1.0 / (1.0 + g * (g + self.damping));
        self.a = [first, g * first, g * g * first];
    }

    /// (band-pass, low-pass), both 1 at most around their frequency for q ≤ 0.7; the band is scaled to 1 at its middle.
    pub(super) fn next(&mut self, input: f32) -> (f32, f32) {
        let [first, second] = self.state;
        let v3 = input - second;
        let v1 = self.a[0] * first + self.a[1] * v3;
        let v2 = second + self.a[1] * first + self.a[2] * v3;
        self.state = [2.0 * v1 - first, 2.0 * v2 - second];
        (v1 * self.damping, v2)
    }
}
