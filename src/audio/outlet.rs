//! What a device pulls from: the inaudible floor until a programme comes, then the programme, and beside it what is said
//! out of turn ("where are we", "the sound is back"). Runs on the audio thread: must not allocate, free, lock or wait.

use std::time::Duration;

use rodio::{ChannelCount, SampleRate, Source, nz};
use rtrb::{Consumer, Producer, RingBuffer};

use super::envelope::{Glide, smooth};
use super::floor;
use super::pcm::Pcm;
use super::programme::{BLOCK, Programme};
use crate::units::Secs;

/// While something is said out of turn, the programme is 10 dB softer (`sound.md` B3).
const DUCKED: f32 = 0.316;
/// What is said out of turn comes after the limiter: so loud that the sum stays below −1 dBTP.
const ASIDE: f32 = 0.85;
/// The programme gives way within 200 ms.
const GLIDE: f32 = 9_600.0;
/// Room for what is said out of turn.
const ASIDES: usize = 8;
/// What is said out of turn gives way to the next within 15 ms; so does its volume.
const GIVE_WAY: u32 = 720;

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
        leaving: None,
        loudness: Glide::still(1.0),
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
    aside: Producer<Order>,
    spent: Consumer<Pcm>,
}

/// What is asked about what is said out of turn.
enum Order {
    Say(Pcm),
    /// Be silent within so many frames.
    Hush(u32),
    Loudness(f32),
}

/// Something said out of turn.
struct Aside {
    pcm: Pcm,
    /// The next sample of it.
    at: usize,
    level: Glide,
}

impl Plug {
    /// Lets the outlet play a programme from its next block on. An outlet takes one programme in its life.
    pub fn play(&mut self, programme: Programme) {
        // A second one finds no room and is dropped here, which is not the audio thread.
        let _ = self.programme.push(programme);
    }

    /// Says something out of turn, at once, in place of what was still being said so. `false` where nobody pulls.
    pub fn say(&mut self, pcm: Pcm) -> bool {
        self.ask(Order::Say(pcm))
    }

    /// Ends what is being said out of turn, within 15 ms or as slowly as asked.
    pub fn hush(&mut self, over: Option<Secs>) {
        let over = over.map_or(GIVE_WAY, |over| over.frames().0 as u32);
        // Where nobody pulls, it is silent.
        let _ = self.ask(Order::Hush(over));
    }

    /// How loud what is said out of turn is: the voice's factor.
    pub fn set_loudness(&mut self, factor: f32) {
        let _ = self.ask(Order::Loudness(factor));
    }

    fn ask(&mut self, order: Order) -> bool {
        while self.spent.pop().is_ok() {}
        self.aside.push(order).is_ok()
    }
}

/// Two channels at 48 kHz, without an end.
pub struct Outlet {
    programmes: Consumer<Programme>,
    programme: Option<Programme>,
    asides: Consumer<Order>,
    /// What is being said out of turn.
    aside: Option<Aside>,
    /// What it took the place of.
    leaving: Option<Aside>,
    loudness: Glide,
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
        if self.aside.is_some() || self.leaving.is_some() || self.ducked > 0.0 {
            self.add_aside(out);
        }
    }

    fn take_aside(&mut self) {
        while let Ok(order) = self.asides.pop() {
            match order {
                Order::Say(pcm) => {
                    self.send_away(GIVE_WAY);
                    let level = Glide::still(1.0);
                    self.aside = Some(Aside { pcm, at: 0, level });
                }
                Order::Hush(over) => self.send_away(over),
                Order::Loudness(factor) => self.loudness.turn(factor, GIVE_WAY),
            }
        }
    }

    /// Lets what is being said fade away; what was fading already is cut.
    fn send_away(&mut self, over: u32) {
        if let Some(mut aside) = self.aside.take() {
            aside.level.turn(0.0, over.max(1));
            if let Some(cut) = self.leaving.replace(aside) {
                self.give_back(cut.pcm);
            }
        }
    }

    fn add_aside(&mut self, out: &mut [f32]) {
        for pair in out.chunks_exact_mut(2) {
            let towards = if self.aside.is_some() { 1.0 } else { -1.0 };
            self.ducked = (self.ducked + towards / GLIDE).clamp(0.0, 1.0);
            let level = 1.0 - (1.0 - DUCKED) * smooth(self.ducked);
            let said =
                (next_of(&mut self.aside) + next_of(&mut self.leaving)) * self.loudness.value();
            self.loudness.pass(1);
            for sample in pair {
                *sample = *sample * level + said;
            }
        }
        for aside in [
            self.aside.take_if(|aside| aside.is_over()),
            self.leaving.take_if(|aside| aside.is_over()),
        ] {
            if let Some(aside) = aside {
                self.give_back(aside.pcm);
            }
        }
    }

    fn give_back(&mut self, pcm: Pcm) {
        if let Err(rtrb::PushError::Full(pcm)) = self.spent.push(pcm) {
            // Losing memory once is better than freeing it here.
            std::mem::forget(pcm);
        }
    }
}

impl Aside {
    fn next(&mut self) -> f32 {
        let sample = self.pcm.samples().get(self.at).copied().unwrap_or(0);
        self.at += self.pcm.channels();
        let level = self.level.value();
        self.level.pass(1);
        f32::from(sample) * self.pcm.gain() * ASIDE * level
    }

    fn is_over(&self) -> bool {
        self.at >= self.pcm.samples().len() || self.level.is_still() && self.level.value() == 0.0
    }
}

fn next_of(aside: &mut Option<Aside>) -> f32 {
    aside.as_mut().map_or(0.0, Aside::next)
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

    /// What is left of a long aside, 0 … 1, before and after something happens to it.
    fn left(act: impl FnOnce(&mut Plug)) -> Vec<f32> {
        let (mut outlet, mut plug) = outlet();
        assert!(plug.say(Pcm::mono(vec![16_384; 100_000], 1.0)));
        outlet.fill(&mut [0.0; 64]);
        act(&mut plug);
        let mut out = vec![0.0; 4_000];
        outlet.fill(&mut out);
        out.iter()
            .step_by(2)
            .map(|sample| sample / (0.5 * ASIDE))
            .collect()
    }

    /// It goes from 1 to an end in so many frames, without an edge.
    #[track_caller]
    fn goes(left: &[f32], to: f32, within: usize) {
        assert!((left[0] - 1.0).abs() < 0.01, "{}", left[0]);
        assert!((left[within] - to).abs() < 0.01, "{}", left[within]);
        let edge = left.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(edge.fold(0.0, f32::max) < 0.005);
    }

    #[test]
    fn what_is_said_out_of_turn_gives_way_and_follows_the_voices_volume() {
        goes(
            &left(|plug| assert!(plug.say(Pcm::mono(vec![0; 4_000], 1.0)))),
            0.0,
            720,
        );
        goes(&left(|plug| plug.hush(None)), 0.0, 720);
        goes(&left(|plug| plug.hush(Some(Secs(0.03)))), 0.0, 1_440);
        goes(&left(|plug| plug.set_loudness(0.1)), 0.1, 720);
        goes(&left(|plug| plug.set_loudness(0.0)), 0.0, 720);
    }
}
