//! A studio's own tones: files beside `studio.ron`, brought to the level of the sound that they stand for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Tone, ours};
use crate::audio::pcm::Pcm;
use crate::speech::{NoVoice, Speaker};
use crate::store::Folders;
use crate::units::RATE;

/// No tone is longer: 15 s, in frames.
const LONGEST: usize = 15 * RATE as usize;
/// The last part fades to nothing: 0.2 s, as of our own.
const FADE: usize = 9_600;
/// A tone that is cut fades for longer: 2 s.
const LONG_FADE: usize = 2 * RATE as usize;
/// What is softer than this part of the loudest sample is silence before the tone: −40 dB.
const SILENCE: f32 = 0.01;
/// So much of it stays: 5 ms.
const LEAD: usize = 240;
/// The stretch by which levels are compared: 0.4 s.
const STRETCH: usize = RATE as usize * 2 / 5;
/// No tone has a louder sample: it stays below the voice.
const LOUDEST: f32 = 0.25;

/// Where a studio's tones are, and who reads sound that someone else made.
pub(super) struct OwnTones {
    folders: Folders,
    speaker: Arc<Speaker>,
}

impl OwnTones {
    /// Those that are named beside the settings.
    pub(super) fn of(folders: &Folders, speaker: &Arc<Speaker>) -> Self {
        Self {
            folders: folders.clone(),
            speaker: Arc::clone(speaker),
        }
    }

    /// All that can be used.
    pub(super) fn read(&self) -> BTreeMap<Tone, Pcm> {
        let (studio, _problems) = self.folders.studio_settings();
        let tones = studio.tones.into_iter().filter_map(|(tone, name)| {
            let tone = Tone::from(tone);
            match self.tone(tone, &name) {
                Ok(sound) => Some((tone, sound)),
                Err(why) => {
                    self.speaker.meet_no_tone(name, why);
                    None
                }
            }
        });
        tones.collect()
    }

    /// The file of a name; it leads to no other folder.
    fn tone(&self, tone: Tone, name: &str) -> Result<Pcm, NoVoice> {
        let file = Path::new(name).file_name().unwrap_or_default();
        let (channels, samples) = self.speaker.sound(&self.folders.config.join(file))?;
        fitted(&stereo(channels, &samples), &ours(tone))
            .ok_or_else(|| NoVoice::Recording("it is silent".to_owned()))
    }
}

fn stereo(channels: u8, samples: &[i16]) -> Vec<f32> {
    let each = 3 - usize::from(channels);
    let samples = samples.iter().map(|sample| f32::from(*sample) / 32_768.0);
    samples
        .flat_map(|sample| std::iter::repeat_n(sample, each))
        .collect()
}

/// A sound in the place of ours: begins at once, not too long, faded, as loud; `None` for silence.
fn fitted(samples: &[f32], ours: &Pcm) -> Option<Pcm> {
    let peak = peak(samples);
    let first = samples
        .iter()
        .position(|sample| sample.abs() > SILENCE * peak)?;
    let from = (first / 2).saturating_sub(LEAD);
    let whole = &samples[2 * from..];
    let kept = &whole[..whole.len().min(2 * LONGEST)];
    let mut sound = kept.to_vec();
    let fade = if kept.len() < whole.len() {
        LONG_FADE
    } else {
        FADE
    };
    let frames = sound.len() / 2;
    for frame in frames.saturating_sub(fade)..frames {
        let left = (frames - frame) as f32 / fade as f32;
        sound[2 * frame] *= left * left;
        sound[2 * frame + 1] *= left * left;
    }
    for frame in 0..LEAD.min(frames) {
        let risen = frame as f32 / LEAD as f32;
        sound[2 * frame] *= risen;
        sound[2 * frame + 1] *= risen;
    }
    let ours: Vec<f32> = ours.heard().collect();
    let gain = level(&ours) / level(&sound);
    let gain = gain.min(LOUDEST / self::peak(&sound));
    Some(Pcm::fine(&sound).scaled(gain))
}

fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |most, s| s.abs().max(most))
}

/// The level of the loudest stretch; never quite nothing.
fn level(samples: &[f32]) -> f32 {
    let power = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>() / (2 * STRETCH) as f32;
    let parts = samples.chunks(2 * STRETCH).map(power);
    parts.fold(1e-12, f32::max).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::ToneRole;

    /// A stereo tone of 440 Hz.
    fn hum(secs: f32, loud: f32) -> Vec<f32> {
        let frames = (secs * RATE as f32) as usize;
        let wave = |n: usize| (n as f32 * 440.0 * std::f32::consts::TAU / RATE as f32).sin() * loud;
        (0..frames).flat_map(|n| [wave(n), wave(n)]).collect()
    }

    #[test]
    fn a_tone_takes_the_level_the_length_and_the_moment_of_ours() {
        let ours = ours(Tone::Role(ToneRole::End));
        let wanted = level(&ours.heard().collect::<Vec<_>>());
        for (loud, secs) in [(0.02, 3.0), (0.9, 3.0), (0.5, 40.0)] {
            let late = [vec![0.0; 2 * RATE as usize], hum(secs, loud)].concat();
            let own = fitted(&late, &ours).unwrap();
            let heard: Vec<f32> = own.heard().collect();
            let db = 20.0 * (level(&heard) / wanted).log10();
            assert!(db.abs() < 0.1, "{loud}: {db} dB");
            assert!(peak(&heard) <= LOUDEST + 1e-3);
            let most = secs.min(15.0) + 0.006;
            assert!(own.frames().secs() <= f64::from(most), "{:?}", own.frames());
            let begins = heard.iter().position(|s| s.abs() > 0.1 * peak(&heard));
            assert!(begins.unwrap() < 2 * 2 * LEAD, "{begins:?}");
            assert!(heard[heard.len() - 2].abs() < 1e-4 && heard[0].abs() < 1e-4);
        }
        assert_eq!(fitted(&[0.0; 4_000], &ours), None);
        assert_eq!(fitted(&[], &ours), None);
    }

    #[test]
    fn one_channel_becomes_two() {
        assert_eq!(stereo(1, &[16_384, 0]), [0.5, 0.5, 0.0, 0.0]);
        assert_eq!(stereo(2, &[16_384, 0]), [0.5, 0.0]);
    }
}
