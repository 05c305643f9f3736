//! The callback of an open device. Runs on the audio thread: must not allocate, free, lock or wait.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use cpal::{FromSample, OutputCallbackInfo, SizedSample};
use rodio::source::UniformSourceIterator;

use super::Signs;
use crate::audio::outlet::Outlet;
use crate::units::RATE;

/// An outlet in the shape that a device wants.
pub(super) struct Pull {
    sound: Sound,
    signs: Arc<Signs>,
    channels: u64,
    rate: u32,
}

enum Sound {
    /// As it is.
    Ours(Box<Outlet>),
    /// Resampled once, and spread over the device's channels.
    Theirs(Box<UniformSourceIterator<Outlet>>),
}

impl Pull {
    pub(super) fn new(outlet: Outlet, signs: Arc<Signs>, channels: u16, rate: u32) -> Self {
        let sound = match (NonZero::new(channels), NonZero::new(rate)) {
            (Some(channels), Some(rate)) if (channels.get(), rate.get()) != (2, RATE) => {
                Sound::Theirs(Box::new(UniformSourceIterator::new(outlet, channels, rate)))
            }
            _ => Sound::Ours(Box::new(outlet)),
        };
        Self {
            sound,
            signs,
            channels: u64::from(channels.max(1)),
            rate: rate.max(1),
        }
    }

    fn next(&mut self) -> f32 {
        match &mut self.sound {
            Sound::Ours(outlet) => outlet.next(),
            Sound::Theirs(source) => source.next(),
        }
        .unwrap_or(0.0)
    }

    /// Leaves the signs of one callback.
    fn note(&self, samples: usize, info: &OutputCallbackInfo) {
        let times = info.timestamp();
        let late = times
            .playback
            .saturating_duration_since(times.callback)
            .as_secs_f64();
        let frames = samples as u64 / self.channels * u64::from(RATE) / u64::from(self.rate);
        self.signs
            .latency
            .store((late * f64::from(RATE)) as u64 + frames, Ordering::Relaxed);
        self.signs.pulled.fetch_add(frames, Ordering::Relaxed);
        self.signs.beats.fetch_add(1, Ordering::Relaxed);
    }
}

/// The callback for a sample format.
pub(super) fn data_callback<S>(
    mut pull: Pull,
) -> impl FnMut(&mut [S], &OutputCallbackInfo) + Send + 'static
where
    S: SizedSample + FromSample<f32>,
{
    move |data, info| {
        for sample in data.iter_mut() {
            *sample = S::from_sample(pull.next());
        }
        pull.note(data.len(), info);
    }
}
