//! A score as a stream of 16-bit samples, made on several threads: the same bytes as the player puts out.
//!
//! A render is split at fixed frames. A piece begins a little early, so that the limiter knows all that it would know in one
//! run; clips of speech are asked for when a piece needs them and kept no longer than the next pieces do.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use crate::names::Talk;
use crate::units::Frames;

use super::BLOCK;
use super::envelope::{AFTER, ATTACK};
use super::floor;
use super::limiter::{self, Limiter};
use super::mixer::{Cursor, Faders, LONGEST_CLIP, Levels, Mixer, Part, Voice};
use super::pcm::Pcm;
use super::programme::unspoken;
use super::score::{Background, Score};

/// The length of a piece: 10 s, a whole number of blocks.
const PIECE: u64 = 480_000;

/// Where the clip of a line comes from; `event` is the line's index in the timeline's events. Called from several threads.
pub type Speech<'a> = dyn Fn(usize) -> Option<Pcm> + Sync + 'a;

/// What is done to the mix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Finish {
    /// Limiter and floor: what the player puts out.
    #[default]
    Whole,
    /// The limiter alone, to measure what the floor costs.
    Limited,
    /// Nothing, to measure the mix.
    Bare,
}

/// Renders all of a score and hands it on in order, interleaved stereo, with the number of its first frame.
///
/// `take` ends the render early by breaking.
///
/// # Panics
/// For a [live](Score::live) score, whose background sound goes one way only.
pub fn render<B>(
    score: &Score,
    speech: &Speech<'_>,
    threads: NonZeroUsize,
    finish: Finish,
    mut take: impl FnMut(Frames, &[i16]) -> ControlFlow<B>,
) -> ControlFlow<B> {
    assert!(
        !matches!(score.background, Some(Background::Live(..))),
        "a file is made of a score that keeps its bed"
    );
    let clips = Clips::new(score, speech);
    let pieces = score.rings_out().0.div_ceil(PIECE) as usize;
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let work = |piece: usize| {
        let from = piece as u64 * PIECE;
        let to = (from + PIECE).min(score.rings_out().0);
        render_range(score, &clips.around(from, to), finish, from..to)
    };
    if threads.get() == 1 {
        for piece in 0..pieces {
            take(Frames(piece as u64 * PIECE), &work(piece))?;
        }
        return ControlFlow::Continue(());
    }
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(threads.get());
        for number in 0..threads.get() {
            let (sender, next, stopped, work) = (sender.clone(), &next, &stopped, &work);
            let run = move || {
                while !stopped.load(Ordering::Relaxed) {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= pieces || sender.send((piece, work(piece))).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new()
                .name(format!("render {number}"))
                .spawn_scoped(scope, run)
                .expect("a thread can be started");
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        while due < pieces {
            let (piece, samples) = receiver.recv().expect("every piece is made");
            early.insert(piece, samples);
            while let Some(samples) = early.remove(&due) {
                let taken = take(Frames(due as u64 * PIECE), &samples);
                if taken.is_break() {
                    stopped.store(true, Ordering::Relaxed);
                    return taken;
                }
                due += 1;
            }
        }
        ControlFlow::Continue(())
    })
}

/// One range of a score as samples; the same whatever the range.
fn render_range(score: &Score, voices: &[Voice], finish: Finish, range: Range<u64>) -> Vec<i16> {
    let mut mixer = Mixer::new();
    let mut limiter = Limiter::new();
    let faders = Faders::new(Levels::default());
    let (early, delay) = match finish {
        Finish::Bare => (0, 0),
        Finish::Whole | Finish::Limited => (
            (limiter::REACH + limiter::DELAY) as u64,
            limiter::DELAY as u64,
        ),
    };
    let mut at = range.start.saturating_sub(early) / BLOCK as u64 * BLOCK as u64;
    let mut out = Vec::with_capacity(2 * (range.end - range.start) as usize);
    let mut block = [0.0_f32; 2 * BLOCK];
    while at < range.end + delay {
        let frames = (range.end + delay - at).min(BLOCK as u64);
        let block = &mut block[..2 * frames as usize];
        block.fill(0.0);
        let part = Part {
            score,
            voices,
            cursor: Cursor::new(at),
            run: at,
            live: &[],
            weights: None,
        };
        mixer.add(&part, &faders, block);
        if finish != Finish::Bare {
            limiter.process(block);
        }
        let skip = (range.start + delay).saturating_sub(at).min(frames);
        let heard = &mut block[2 * skip as usize..];
        if finish == Finish::Whole && !heard.is_empty() {
            floor::add(at + skip - delay, heard);
        }
        quantise(heard, &mut out);
        at += frames;
    }
    out
}

/// Rounds to 16 bits. Adding 1.5 · 2²³ leaves the nearest whole number in the low bits, without a call for each sample.
fn quantise(samples: &[f32], out: &mut Vec<i16>) {
    const MAGIC: f32 = 12_582_912.0;
    out.extend(samples.iter().map(|sample| {
        let scaled = (sample * 32_768.0).clamp(-32_768.0, 32_767.0);
        ((scaled + MAGIC).to_bits().cast_signed() - MAGIC.to_bits().cast_signed()) as i16
    }));
}

/// The clips that the pieces at work need.
struct Clips<'a> {
    score: &'a Score,
    speech: &'a Speech<'a>,
    talk: Talk,
    kept: Mutex<BTreeMap<usize, Arc<OnceLock<Voice>>>>,
}

impl<'a> Clips<'a> {
    fn new(score: &'a Score, speech: &'a Speech<'a>) -> Self {
        Self {
            score,
            speech,
            talk: score.timeline.choices.talk.unwrap_or(Talk::Full),
            kept: Mutex::default(),
        }
    }

    /// What becomes of each line, as far as it matters from a frame to another.
    fn around(&self, from: u64, to: u64) -> Vec<Voice> {
        let mut voices = vec![Voice::Waiting; self.score.lines.len()];
        let early = (limiter::REACH + limiter::DELAY + BLOCK) as u64;
        let first = from.saturating_sub(LONGEST_CLIP + AFTER + early);
        let last = to + ATTACK + early;
        let lines = &self.score.lines;
        let range = lines.partition_point(|line| line.at < first)
            ..lines.partition_point(|line| line.at < last);
        // Other threads are at most a few pieces behind.
        let old = lines.partition_point(|line| line.at + 8 * PIECE < first);
        for index in range {
            let kept = {
                let mut kept = self.kept.lock().expect("no panic while it is held");
                *kept = kept.split_off(&old);
                Arc::clone(kept.entry(index).or_default())
            };
            voices[index] = kept.get_or_init(|| self.voice(index)).clone();
        }
        voices
    }

    fn voice(&self, index: usize) -> Voice {
        let line = &self.score.lines[index];
        if !line.spoken {
            return unspoken(self.talk, false);
        }
        (self.speech)(line.event)
            .filter(|clip| self.score.fits(index, clip))
            .map_or_else(|| unspoken(self.talk, true), Voice::Clip)
    }
}
