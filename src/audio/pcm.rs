//! Sampled sound: 16-bit, mono or stereo, at [`RATE`](crate::units::RATE).

use std::sync::Arc;

use crate::speech::Clip;
use crate::units::Frames;

/// A sound in memory and the factor that brings it to its level. Cloning shares the samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Pcm {
    samples: Arc<[i16]>,
    channels: usize,
    /// From a stored sample to full scale 1.0.
    gain: f32,
}

impl Pcm {
    /// One channel, at a level where a stored 32 768 stands for `peak`.
    pub fn mono(samples: impl Into<Arc<[i16]>>, peak: f32) -> Self {
        Self::new(samples.into(), 1, peak)
    }

    /// Two channels, interleaved.
    ///
    /// # Panics
    /// When a frame is not whole.
    pub fn stereo(samples: impl Into<Arc<[i16]>>, peak: f32) -> Self {
        let samples = samples.into();
        assert!(
            samples.len().is_multiple_of(2),
            "a stereo frame has two samples"
        );
        Self::new(samples, 2, peak)
    }

    /// Two channels, interleaved, stored as finely as 16 bits allow.
    pub(crate) fn fine(samples: &[f32]) -> Self {
        let loudest = samples.iter().fold(1e-9_f32, |most, s| most.max(s.abs()));
        let scale = 32_767.0 / loudest;
        let stored: Arc<[i16]> = samples.iter().map(|s| (s * scale).round() as i16).collect();
        Self::stereo(stored, loudest * 32_768.0 / 32_767.0)
    }

    fn new(samples: Arc<[i16]>, channels: usize, peak: f32) -> Self {
        Self {
            samples,
            channels,
            gain: peak / 32_768.0,
        }
    }

    /// Its length.
    pub fn frames(&self) -> Frames {
        Frames((self.samples.len() / self.channels) as u64)
    }

    /// The stored samples, interleaved.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// How many channels: 1 or 2.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// The same sound, louder or softer by a factor.
    #[must_use]
    pub fn scaled(mut self, factor: f32) -> Self {
        self.gain *= factor;
        self
    }

    /// The samples at the level at which they are heard.
    pub fn heard(&self) -> impl Iterator<Item = f32> {
        self.samples
            .iter()
            .map(|sample| f32::from(*sample) * self.gain)
    }

    /// From a stored sample to full scale 1.0.
    pub(crate) fn gain(&self) -> f32 {
        self.gain
    }
}

impl From<&Clip> for Pcm {
    fn from(clip: &Clip) -> Self {
        Self::mono(clip.shared(), 1.0)
    }
}
