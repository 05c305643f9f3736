//! The last steps of every spoken sound: trim, 48 kHz, one loudness, soft edges.

use ebur128::{EbuR128, Mode};
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

use super::{Clip, NoVoice};
use crate::units::RATE;

/// Changes whenever the same sound would come out differently, so that old cache entries are left alone.
pub(super) const VERSION: u32 = 2;

/// What counts as silence at the ends, in decibels of full scale (`sound.md` A4).
const SILENCE: f32 = 0.005_01; // −46 dB
/// Kept before the first and after the last sound, in seconds.
const LEAD: f32 = 0.015;
const TAIL: f32 = 0.060;
/// Fades at the ends, in seconds.
const FADE_IN: f32 = 0.008;
const FADE_OUT: f32 = 0.030;
/// Loudness of a line in LUFS, played alike on both channels (`sound.md` B3).
const LOUDNESS: f64 = -18.0;
/// The highest true peak, −1 dBTP.
const PEAK: f64 = 0.891_25;
/// The meter needs this much; shorter lines are measured with silence after them. In seconds.
const MEASURED: f32 = 0.5;

/// One channel of sound at some rate; full scale is 1.
pub(super) struct Sound {
    /// The samples.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

/// A sound as a clip: trimmed, at 48 kHz, −18 LUFS, with faded ends.
pub(super) fn clip(sound: Sound) -> Result<Clip, NoVoice> {
    let samples = trimmed(&sound.samples, sound.rate);
    if samples.is_empty() {
        return Err(NoVoice::Nothing);
    }
    let mut samples = at_48_khz(samples, sound.rate, 1);
    level(&mut samples);
    fade(&mut samples, RATE);
    Ok(Clip::new(
        samples
            .iter()
            .map(|&sample| to_i16(sample))
            .collect::<Vec<_>>(),
    ))
}

/// The part between the silences at both ends, which are judged against the loudest sample.
pub(super) fn trimmed(samples: &[f32], rate: u32) -> &[f32] {
    let peak = samples
        .iter()
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let heard = |sample: &f32| sample.abs() > SILENCE * peak;
    let (Some(first), Some(last)) = (
        samples.iter().position(heard),
        samples.iter().rposition(heard),
    ) else {
        return &[];
    };
    let count = |secs: f32| (secs * rate as f32) as usize;
    &samples[first.saturating_sub(count(LEAD))..(last + 1 + count(TAIL)).min(samples.len())]
}

/// Interleaved samples at 48 kHz.
pub(super) fn at_48_khz(samples: &[f32], rate: u32, channels: usize) -> Vec<f32> {
    if rate == RATE {
        return samples.to_vec();
    }
    let frames = samples.len() / channels;
    let input = InterleavedSlice::new(samples, channels, frames).expect("whole frames");
    let mut resampler = Fft::<f32>::new(
        rate as usize,
        RATE as usize,
        1024,
        channels,
        FixedSync::Both,
    )
    .expect("both rates are above zero");
    let mut whole = resampler
        .process_all(&input, frames, None)
        .expect("the input has the length it says")
        .take_data();
    // The library counts with a rounded ratio and may be a frame off.
    let exact = (frames as u64 * u64::from(RATE)).div_ceil(u64::from(rate)) as usize;
    whole.resize(exact * channels, 0.0);
    whole
}

/// Brings a line to [`LOUDNESS`], or as near as [`PEAK`] lets it.
fn level(samples: &mut [f32]) {
    let mut meter =
        EbuR128::new(1, RATE, Mode::I | Mode::TRUE_PEAK).expect("one channel at 48 kHz is metered");
    meter
        .set_channel(0, ebur128::Channel::DualMono)
        .expect("there is a channel 0");
    let missing = ((MEASURED * RATE as f32) as usize).saturating_sub(samples.len());
    meter.add_frames_f32(samples).expect("whole frames");
    meter
        .add_frames_f32(&vec![0.0; missing])
        .expect("whole frames");
    let loudness = meter.loudness_global().expect("the mode says so");
    let peak = meter.true_peak(0).expect("the mode says so");
    if loudness.is_finite() && peak > 0.0 {
        let gain = 10.0_f64.powf((LOUDNESS - loudness) / 20.0).min(PEAK / peak) as f32;
        samples.iter_mut().for_each(|sample| *sample *= gain);
    }
}

/// Softens both ends, so that a cut is not heard.
pub(super) fn fade(samples: &mut [f32], rate: u32) {
    let ramp = |secs: f32| ((secs * rate as f32) as usize).min(samples.len() / 2);
    let (rise, fall) = (ramp(FADE_IN), ramp(FADE_OUT));
    let share = |n: usize, of: usize| {
        0.5 - 0.5 * (std::f32::consts::PI * (n as f32 + 0.5) / of as f32).cos()
    };
    samples
        .iter_mut()
        .take(rise)
        .enumerate()
        .for_each(|(n, sample)| *sample *= share(n, rise));
    samples
        .iter_mut()
        .rev()
        .take(fall)
        .enumerate()
        .for_each(|(n, sample)| *sample *= share(n, fall));
}

/// The nearest of 65 536 levels.
pub(super) fn to_i16(sample: f32) -> i16 {
    (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16
}
