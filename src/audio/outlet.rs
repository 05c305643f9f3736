//! What a device pulls from: the inaudible floor until a programme comes, then the programme, and beside it what is said
//! out of turn ("where are we", "the sound is back"). Runs on the audio thread: must not allocate, free, lock or wait.

use std::time::Duration;

use rodio::{ChannelCount, SampleRate, Source, nz};
use rtrb::{Consumer, Producer, RingBuffer};

use super::envelope::smooth;
use super::floor;
use super::pcm::Pcm;
use super::programme::{BLOCK, Programme};

/// While something is said out of turn, the programme is 10 dB softer (`sound.md` B3).
const DUCKED: f32 = 0.316;
/// What is said out of turn comes after the limiter: so loud that the sum stays below −1 dBTP.
const ASIDE: f32 = 0.85;
/// The programme gives way within 200 ms.
const GLIDE: f32 = 9_600.0;
/// Room for what is said out of turn.
const ASIDES: usize = 8;

/// An outlet for a device or the silent clock, and the plug that feeds it.
pub fn outlet() -> (Outlet, Plug) {
    let (programme, programmes) = RingBuffer::new(1);
    let (aside, asides) = RingBuffer::new(ASIDES);
    let (spent, spent_out) = RingBuffer::new(2 * ASIDES);
    let outlet = Outlet {
        programmes,
        programme: None,
        asides,
        aside: None,
        spent,
        ducked: 0.0,
        run: 0,
        block: [0.0; 2 * BLOCK],
        taken: 2 * BLOCK,
    };
    (
        outlet,
        Plug {
            programme,
            aside,
            spent: spent_out,
        },
    )
}

/// Feeds an [`Outlet`].
pub struct Plug {
    programme: Producer<Programme>,
    aside: Producer<Pcm>,
    spent: Consumer<Pcm>,
}

impl Plug {
    /// Lets the outlet play a programme from its next block on. An outlet takes one programme in its life.
    pub fn play(&mut self, programme: Programme) {
        // A second one finds no room and is dropped here, which is not the audio thread.
        let _ = self.programme.push(programme);
    }

    /// Says something out of turn, at once, in place of what was still being said so. `false` where nobody pulls.
    pub fn say(&mut self, pcm: Pcm) -> bool {
        while self.spent.pop().is_ok() {}
        self.aside.push(pcm).is_ok()
    }
}

/// Two channels at 48 kHz, without an end.
pub struct Outlet {
    programmes: Consumer<Programme>,
    programme: Option<Programme>,
    asides: Consumer<Pcm>,
    /// What is being said out of turn, and the next sample of it.
    aside: Option<(Pcm, usize)>,
    spent: Producer<Pcm>,
    /// From 0, the programme at its level, to 1, the programme ducked.
    ducked: f32,
    run: u64,
    block: [f32; 2 * BLOCK],
    taken: usize,
}

impl Outlet {
    /// Fills a block of interleaved stereo.
    pub fn fill(&mut self, out: &mut [f32]) {
        if self.programme.is_none() {
            self.programme = self.programmes.pop().ok();
        }
        if let Some(programme) = &mut self.programme {
            programme.fill(out);
        } else {
            out.fill(0.0);
            floor::add(self.run, out);
        }
        self.run += (out.len() / 2) as u64;
        self.take_aside();
        if self.aside.is_some() || self.ducked > 0.0 {
            self.add_aside(out);
        }
    }

    fn take_aside(&mut self) {
        while let Ok(next) = self.asides.pop() {
            if let Some((old, _)) = self.aside.replace((next, 0)) {
                self.give_back(old);
            }
        }
    }

    fn add_aside(&mut self, out: &mut [f32]) {
        for pair in out.chunks_exact_mut(2) {
            let towards = if self.aside.is_some() { 1.0 } else { -1.0 };
            self.ducked = (self.ducked + towards / GLIDE).clamp(0.0, 1.0);
            let level = 1.0 - (1.0 - DUCKED) * smooth(self.ducked);
            let said = self.next_of_aside();
            for sample in pair {
                *sample = *sample * level + said;
            }
        }
    }

    fn next_of_aside(&mut self) -> f32 {
        let Some((pcm, at)) = &mut self.aside else {
            return 0.0;
        };
        if let Some(sample) = pcm.samples().get(*at) {
            *at += pcm.channels();
            return f32::from(*sample) * pcm.gain() * ASIDE;
        }
        if let Some((old, _)) = self.aside.take() {
            self.give_back(old);
        }
        0.0
    }

    fn give_back(&mut self, pcm: Pcm) {
        if let Err(rtrb::PushError::Full(pcm)) = self.spent.push(pcm) {
            // Losing memory once is better than freeing it here.
            std::mem::forget(pcm);
        }
    }
}

impl Iterator for Outlet {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.taken == self.block.len() {
            let mut block = self.block;
            self.fill(&mut block);
            self.block = block;
            self.taken = 0;
        }
        let sample = self.block[self.taken];
        self.taken += 1;
        Some(sample)
    }
}

impl Source for Outlet {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use assert_no_alloc::assert_no_alloc;

    use super::*;
    use crate::audio::sounds::House;
    use crate::audio::{Score, Start, open};

    fn peak(samples: &[f32]) -> f32 {
        samples
            .iter()
            .fold(0.0, |most, sample| most.max(sample.abs()))
    }

    #[test]
    fn an_empty_outlet_plays_the_floor_alone() {
        let (mut outlet, _plug) = outlet();
        let mut out = vec![1.0; 9_600];
        outlet.fill(&mut out);
        assert!(peak(&out) > 0.0 && peak(&out) < 0.000_3, "{}", peak(&out));
    }

    #[test]
    fn what_is_said_out_of_turn_is_heard_at_once_and_given_back() {
        let (mut outlet, mut plug) = outlet();
        assert!(plug.say(Pcm::mono(vec![16_384; 100], 1.0)));
        let mut out = vec![0.0; 400];
        outlet.fill(&mut out);
        assert!((out[0] - 0.5 * ASIDE).abs() < 0.001, "{}", out[0]);
        assert!((out[199] - 0.5 * ASIDE).abs() < 0.001, "{}", out[199]);
        assert!(out[200].abs() < 0.001, "{}", out[200]);
        assert_eq!(plug.spent.slots(), 1);
    }

    #[test]
    fn neither_programme_nor_asides_allocate_or_free() {
        let (mut outlet, mut plug) = outlet();
        let score = Arc::new(Score::new(Arc::default(), &House::new()));
        let (programme, _control, _feed) = open(score, &Start::default());
        let mut programme = Some(programme);
        let mut out = [0.0; 512];
        for step in 0..40 {
            match step {
                3 => plug.play(programme.take().expect("once")),
                5 | 6 | 30 => assert!(plug.say(Pcm::mono(vec![8_192; 1_000], 1.0))),
                _ => {}
            }
            assert_no_alloc(|| outlet.fill(&mut out));
        }
    }

    #[test]
    fn a_second_aside_takes_the_place_of_the_first() {
        let (mut outlet, mut plug) = outlet();
        assert!(plug.say(Pcm::mono(vec![8_192; 100_000], 1.0)));
        outlet.fill(&mut [0.0; 64]);
        assert!(plug.say(Pcm::mono(vec![16_384; 100], 1.0)));
        let mut out = [0.0; 64];
        outlet.fill(&mut out);
        assert!((out[0] - 0.5 * ASIDE).abs() < 0.001, "{}", out[0]);
    }
}
