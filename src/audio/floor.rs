//! The inaudible floor under everything: triangular noise of ±8 steps of 16 bits, about −80 dBFS, for as long as the
//! sound is open. It keeps a Bluetooth link awake in silence, and it is the dither of 16-bit files.

/// From a step of 16 bits to full scale 1.0.
const STEP: f32 = 1.0 / 32_768.0;
/// The half width in steps; the noise has 8/√6 steps = −80.0 dBFS.
const STEPS: f32 = 8.0;

/// Adds the floor to interleaved stereo; `run` is the first frame's number since the sound was opened.
pub(super) fn add(run: u64, out: &mut [f32]) {
    let first = (run as u32).wrapping_mul(2);
    for (sample, index) in out.iter_mut().zip(0_u32..) {
        let bits = hash(first.wrapping_add(index));
        let triangle = (bits & 0xffff).cast_signed() + (bits >> 16).cast_signed() - 0xffff;
        *sample += triangle as f32 * (STEPS * STEP / 65_536.0);
    }
}

/// Thirty-two well mixed bits of an index: the same on every machine, from any place.
pub(super) fn hash(index: u32) -> u32 {
    let mut bits = index.wrapping_mul(0x9e37_79b1);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x85eb_ca77);
    bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae3d);
    bits ^ (bits >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_lies_at_minus_eighty_and_has_no_offset() {
        let mut out = vec![0.0; 96_000];
        add(12_345, &mut out);
        let power = out.iter().map(|s| f64::from(s * s)).sum::<f64>() / 96_000.0;
        let mean = out.iter().map(|s| f64::from(*s)).sum::<f64>() / 96_000.0;
        assert!(
            (10.0 * power.log10() + 80.0).abs() < 0.2,
            "{} dBFS",
            10.0 * power.log10()
        );
        assert!(mean.abs() < 1e-6, "{mean}");
    }

    #[test]
    fn the_floor_is_the_same_from_any_place() {
        let mut whole = vec![0.0; 200];
        add(0, &mut whole);
        let mut part = vec![0.0; 100];
        add(50, &mut part);
        assert_eq!(part, whole[100..]);
    }
}
