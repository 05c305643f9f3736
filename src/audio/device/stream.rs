//! The callback of an open device. Runs on the audio thread: must not allocate, free, lock or wait.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use cpal::{FromSample, OutputCallbackInfo, SizedSample};

use super::Signs;
use super::resample::Resampled;
use crate::audio::outlet::Outlet;
use crate::units::RATE;

/// An outlet in the shape that a device wants.
pub(super) struct Pull {
    sound: Sound,
    signs: Arc<Signs>,
    channels: u16,
    rate: u32,
    /// The frame that is being handed over, and how many of its channels are.
    frame: [f32; 2],
    done: u16,
}

enum Sound {
    /// As it is made.
    Ours(Box<Outlet>),
    /// At the device's own rate.
    Theirs(Box<Resampled<Outlet>>),
}

impl Pull {
    pub(super) fn new(outlet: Outlet, signs: Arc<Signs>, channels: u16, rate: u32) -> Self {
        let sound = if rate == RATE {
            Sound::Ours(Box::new(outlet))
        } else {
            Sound::Theirs(Box::new(Resampled::new(outlet, rate.max(1))))
        };
        Self {
            sound,
            signs,
            channels: channels.max(1),
            rate: rate.max(1),
            frame: [0.0; 2],
            done: channels.max(1),
        }
    }

    fn next(&mut self) -> f32 {
        if self.done == self.channels {
            self.frame = self.sound.frame();
            self.done = 0;
        }
        let [left, right] = self.frame;
        self.done += 1;
        match (self.channels, self.done) {
            (1, _) => f32::midpoint(left, right),
            (_, 1) => left,
            (_, 2) => right,
            // The loudspeakers behind and in the middle.
            _ => 0.0,
        }
    }

    /// Leaves the signs of one callback.
    fn note(&self, samples: usize, info: &OutputCallbackInfo) {
        let times = info.timestamp();
        let late = times
            .playback
            .saturating_duration_since(times.callback)
            .as_secs_f64();
        let ours = |frames: u64| frames * u64::from(RATE) / u64::from(self.rate);
        let frames = ours(samples as u64 / u64::from(self.channels));
        let delay = match &self.sound {
            Sound::Theirs(resampled) => ours(resampled.delay()),
            Sound::Ours(_) => 0,
        };
        self.signs.latency.store(
            (late * f64::from(RATE)) as u64 + frames + delay,
            Ordering::Relaxed,
        );
        self.signs.pulled.fetch_add(frames, Ordering::Relaxed);
        self.signs.beats.fetch_add(1, Ordering::Relaxed);
    }
}

impl Sound {
    fn frame(&mut self) -> [f32; 2] {
        match self {
            Self::Ours(outlet) => std::array::from_fn(|_| outlet.next().unwrap_or(0.0)),
            Self::Theirs(resampled) => resampled.frame(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{Pcm, outlet};

    /// The first frames that a device with so many channels is handed.
    fn heard(channels: u16) -> Vec<f32> {
        let (outlet, mut plug) = outlet();
        assert!(plug.say(Pcm::stereo(vec![16_384; 2_000], 1.0)));
        let mut pull = Pull::new(outlet, Arc::default(), channels, RATE);
        (0..channels * 2)
            .map(|_| (pull.next() * 10.0).round() / 10.0)
            .collect()
    }

    #[test]
    fn two_channels_are_spread_over_those_of_the_device() {
        assert_eq!(heard(1), [0.4, 0.4]);
        assert_eq!(heard(2), [0.4, 0.4, 0.4, 0.4]);
        assert_eq!(heard(4), [0.4, 0.4, 0.0, 0.0, 0.4, 0.4, 0.0, 0.0]);
    }
}
