//! The programme as rodio sees it: two channels at 48 kHz, without an end.

use std::time::Duration;

use rodio::{ChannelCount, SampleRate, Source, nz};

use super::programme::Programme;

impl Iterator for Programme {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        Some(self.sample())
    }
}

impl Source for Programme {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        nz!(2)
    }

    fn sample_rate(&self) -> SampleRate {
        nz!(48_000)
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}
