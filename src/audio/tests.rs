//! The engine on scores of unit impulses: an onset is a sample, and a sample has a number.

mod levels;
mod scripts;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

use assert_no_alloc::{AllocDisabler, assert_no_alloc};

use super::programme::Programme;
use super::render::{Finish, render};
use super::sounds::House;
use super::*;
use crate::names::Talk;
use crate::routine::{Bed, BedSound, CueKind, Fade, SectionKind};
use crate::timeline::{
    Asks, Event, Gate, GateKind, Line, Phase, Role, Segment, SegmentSide, Timeline, ToneRole, What,
};
use crate::units::{Decibels, Frames, Secs};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

/// Our own sounds, made once for all tests.
pub(in crate::audio) static HOUSE: LazyLock<House> = LazyLock::new(House::new);

/// Each sound is one sample.
struct Impulses {
    bed: Option<Pcm>,
}

/// How high the impulses are, above the floor and under the limiter.
const HIGH: f32 = 0.25;

fn impulse() -> Pcm {
    Pcm::stereo(vec![32_767, 32_767], HIGH)
}

impl Sounds for Impulses {
    fn tone(&self, _: ToneRole, _: SegmentSide) -> Option<Pcm> {
        Some(impulse())
    }
    fn phase(&self, _: PhaseShape) -> Option<Pcm> {
        Some(impulse())
    }
    fn bed(&self, _: BedSound) -> Option<Pcm> {
        self.bed.clone()
    }
    fn notice(&self) -> Option<Pcm> {
        None
    }
    fn bed_breath(&self) -> Decibels {
        Decibels(-3.0)
    }
}

/// A timeline of `total` frames with events and gates (start, end, time-out).
fn timeline(total: u64, events: Vec<(u64, u64, What)>, gates: &[(u64, u64, u64)]) -> Timeline {
    let segments = gates.iter().map(|(start, end, time_out)| Segment {
        step: 0,
        path: String::new(),
        section: SectionKind::Bridge,
        kind: "wait",
        role: Role::Gate,
        title: String::new(),
        side: SegmentSide::None,
        round: None,
        start: Frames(*start),
        frames: Frames(end - start),
        pressure: None,
        breath: None,
        breaths: None,
        beat: None,
        pose: None,
        gate: Some(Gate {
            asks: Asks::Ready {
                what: "a ball".into(),
            },
            time_out: Frames(*time_out),
        }),
    });
    let events = events.into_iter().map(|(at, frames, what)| Event {
        at: Frames(at),
        frames: Frames(frames),
        what,
        side: SegmentSide::None,
        segment: 0,
    });
    Timeline {
        segments: segments.collect(),
        events: events.collect(),
        total: Frames(total),
        ..Timeline::default()
    }
}

fn line(text: &str) -> What {
    What::Say(Line {
        kind: CueKind::Instruction,
        text: text.into(),
        caption: text.into(),
        clip: None,
        spoken: true,
        room: Frames(96_000),
    })
}

fn tone(role: ToneRole) -> What {
    What::Tone(role)
}

fn score(timeline: Timeline) -> Arc<Score> {
    Arc::new(Score::new(Arc::new(timeline), &Impulses { bed: None }))
}

/// Some of everything, with a bed, a line, a fade.
fn rich() -> Arc<Score> {
    let noise: Vec<i16> = (0..2 * 50_021_i32)
        .map(|n| ((n * 7_919) % 9_001) as i16)
        .collect();
    let mut timeline = timeline(
        600_000,
        vec![
            (7, 0, tone(ToneRole::Ready)),
            (48_000, 96_000, What::Phase(Phase::Inhale)),
            (100_003, 60_000, line("Let it fall.")),
            (144_000, 144_000, What::Phase(Phase::Exhale)),
            (288_000, 0, tone(ToneRole::Half)),
            (350_000, 30_000, line("And out.")),
            (500_001, 0, tone(ToneRole::Release)),
        ],
        &[],
    );
    timeline.bed = Some(Bed {
        sound: BedSound::Brown,
        level: Decibels(-6.0),
        fade: Some(Fade {
            last: Secs(6.0),
            by: Decibels(-12.0),
        }),
    });
    let bed = Some(Pcm::stereo(noise, 0.4));
    Arc::new(Score::new(Arc::new(timeline), &Impulses { bed }))
}

/// The same with a bed of ours that is made while it is heard.
fn bedded(sound: BedSound) -> Arc<Score> {
    let mut timeline = Timeline::clone(rich().timeline());
    timeline.bed = Some(Bed {
        sound,
        level: Decibels(-6.0),
        fade: None,
    });
    Arc::new(Score::live(Arc::new(timeline), &*HOUSE))
}

/// A clip of 1.1 s that begins with a step and is loud enough for the limiter.
fn clip(event: usize) -> Option<Pcm> {
    let samples: Vec<i16> = (0..52_800_i32)
        .map(|n| (30_000 - (n * 97) % 12_000 + event as i32) as i16)
        .collect();
    Some(Pcm::mono(samples, 0.8))
}

fn offline(score: &Score, threads: usize) -> Vec<i16> {
    let mut out = Vec::new();
    let threads = NonZeroUsize::new(threads).unwrap();
    let ended = render::<()>(score, &clip, threads, Finish::Whole, |_, samples| {
        out.extend(samples);
        ControlFlow::Continue(())
    });
    assert!(ended.is_continue());
    out
}

/// What a programme puts out, in blocks of `block` frames, as the 16 bits of a file.
fn live(programme: &mut Programme, frames: usize, block: usize) -> Vec<i16> {
    let mut out = vec![0.0; 2 * frames];
    for block in out.chunks_mut(2 * block) {
        programme.fill(block);
    }
    out.iter()
        .map(|s| (s * 32_768.0).round_ties_even() as i16)
        .collect()
}

fn feed(score: &Score, feed: &mut Feed) {
    for (index, event) in score.timeline().events.iter().enumerate() {
        if let What::Say(line) = &event.what {
            feed.hand_over(event.at, &line.text, clip(index).unwrap())
                .unwrap();
        }
    }
}

fn playing() -> Start {
    Start {
        playing: true,
        ..Start::default()
    }
}

/// The frames of samples above half an impulse.
fn onsets(samples: &[i16]) -> Vec<u64> {
    let high = (HIGH * 0.3 * 32_768.0) as i16;
    (0_u64..)
        .zip(samples.chunks_exact(2))
        .filter(|(_, frame)| frame[0] > high)
        .map(|(n, _)| n)
        .collect()
}

#[test]
fn every_onset_is_on_its_frame_offline_and_live() {
    let places = [
        0, 1, 255, 256, 257, 47_999, 479_999, 480_000, 480_001, 700_013,
    ];
    let events = places.map(|at| (at, 0, tone(ToneRole::Start))).to_vec();
    let score = score(timeline(800_000, events, &[]));
    assert_eq!(onsets(&offline(&score, 2)), places);
    let (mut programme, _control, _feed) = open(Arc::clone(&score), &playing());
    let heard: Vec<u64> = onsets(&live(&mut programme, 800_000, 441))
        .iter()
        .map(|n| n - DELAY.0)
        .collect();
    assert_eq!(heard, places);
}

#[test]
fn live_and_offline_are_the_same_for_any_block_and_any_number_of_threads() {
    let score = rich();
    let whole = offline(&score, 1);
    assert_eq!(whole.len(), 2 * 600_000);
    assert!(offline(&score, 2) == whole, "two threads");
    assert!(offline(&score, 3) == whole, "three threads");
    let delay = DELAY.0 as usize;
    for block in [1, 100, 256, 1_000, 4_800] {
        let (mut programme, _control, mut clips) = open(Arc::clone(&score), &playing());
        feed(&score, &mut clips);
        let heard = live(&mut programme, 500_000, block);
        assert!(
            heard[2 * delay..] == whole[..heard.len() - 2 * delay],
            "blocks of {block}"
        );
    }
}

#[test]
fn after_any_seek_the_bytes_are_those_of_the_file() {
    let score = rich();
    let whole = offline(&score, 1);
    for to in [
        5_120_u64, 20_000, 99_000, 101_000, 150_000, 287_999, 420_000,
    ] {
        // The sound has been open for exactly as long as makes `run` meet `at` after the seek.
        let away = 5_120;
        let start = Start {
            at: Frames(300_000),
            run: Frames(to - away),
            ..playing()
        };
        let (mut programme, mut control, mut clips) = open(Arc::clone(&score), &start);
        feed(&score, &mut clips);
        live(&mut programme, away as usize, 256);
        control.seek(Frames(to)).unwrap();
        feed(&score, &mut clips);
        let heard = live(&mut programme, 60_000, 256);
        // The ramp of 20 ms, and as long as the limiter remembers.
        let settled = 960 + super::limiter::REACH + super::limiter::DELAY;
        let from = 2 * (to as usize + settled - DELAY.0 as usize);
        let (heard, whole) = (&heard[2 * settled..], &whole[from..]);
        let length = heard.len().min(whole.len());
        assert!(heard[..length] == whole[..length], "after a seek to {to}");
    }
}

#[test]
fn the_clock_stands_at_an_unanswered_gate_and_goes_on_at_its_time_out() {
    let events = vec![
        (48_000, 0, tone(ToneRole::Question)),
        (96_000, 0, tone(ToneRole::Start)),
    ];
    let score = score(timeline(200_000, events, &[(48_000, 96_000, 144_000)]));
    let (mut programme, mut control, _feed) = open(score, &playing());
    let heard = live(&mut programme, 100_000, 256);
    assert_eq!(onsets(&heard), [48_000 + DELAY.0]);
    assert_eq!(control.position().at, Frames(95_999));
    assert_eq!(control.position().state, State::Waiting);
    // Opened at 48 000, it waits for 144 000 frames: until 192 000; then the 20 ms of coming in.
    let heard = live(&mut programme, 120_000, 256);
    assert_eq!(control.position().state, State::Playing);
    assert_eq!(
        control.reports().collect::<Vec<_>>(),
        [Report::TimedOut { segment: 0 }]
    );
    let run = control.position().run.0;
    assert_eq!(control.position().at.0 - 96_000, run - 192_000);
    assert!(
        onsets(&heard).is_empty(),
        "what starts with the gate's end has come in softly"
    );
}

#[test]
fn an_answer_goes_to_the_gates_end_at_once() {
    let score = score(timeline(200_000, vec![], &[(48_000, 96_000, 960_000)]));
    let (mut programme, mut control, _feed) = open(score, &playing());
    live(&mut programme, 51_200, 256);
    assert_eq!(control.position().at, Frames(51_200));
    control.seek(Frames(96_000)).unwrap();
    live(&mut programme, 256, 256);
    assert_eq!(control.position().at, Frames(96_256));
    // Not within the estimate, but while it stands.
    control.seek(Frames(90_112)).unwrap();
    live(&mut programme, 256 * 100, 256);
    assert_eq!(control.position().state, State::Waiting);
    control.seek(Frames(96_000)).unwrap();
    live(&mut programme, 256, 256);
    assert_eq!(control.position().at, Frames(96_256));
}

#[test]
fn the_end_is_reached_by_a_seek_and_through_a_last_gate_too() {
    let score = score(timeline(96_000, vec![], &[(48_000, 96_000, 60_000)]));
    let (mut programme, mut control, _feed) = open(score, &playing());
    live(&mut programme, 120_000, 256);
    let reports: Vec<Report> = control.reports().collect();
    assert_eq!(reports, [Report::TimedOut { segment: 0 }, Report::Ended]);
    control.seek(Frames(10)).unwrap();
    live(&mut programme, 2_560, 256);
    assert_eq!(control.position().state, State::Playing);
    control.seek(Frames(96_000)).unwrap();
    live(&mut programme, 2_560, 256);
    assert_eq!(
        (control.position().at, control.position().state),
        (Frames(96_000), State::Ended)
    );
}

#[test]
fn a_pause_goes_on_where_it_was_asked_for() {
    let score = rich();
    let (mut programme, mut control, _feed) = open(score, &playing());
    live(&mut programme, 25_600, 256);
    control.pause().unwrap();
    live(&mut programme, 48_000, 256);
    assert_eq!(
        (control.position().at, control.position().state),
        (Frames(25_600), State::Paused)
    );
    assert_eq!(
        control.position().run,
        Frames(25_600 + 48_000),
        "the sound stays open"
    );
    control.play().unwrap();
    live(&mut programme, 2_560, 256);
    assert_eq!(
        (control.position().at, control.position().state),
        (Frames(28_160), State::Playing)
    );
}

#[test]
fn a_swap_is_heard_from_its_frame_on_and_the_past_stays() {
    let old = vec![
        (10_000, 0, tone(ToneRole::Ready)),
        (60_000, 0, tone(ToneRole::Half)),
    ];
    let new = vec![
        (10_000, 0, tone(ToneRole::Ready)),
        (70_000, 0, tone(ToneRole::Half)),
    ];
    let (old, new) = (
        score(timeline(90_000, old, &[])),
        score(timeline(100_000, new, &[])),
    );
    let (mut programme, mut control, _feed) = open(old, &playing());
    let first = live(&mut programme, 25_600, 256);
    control.swap(Frames(60_000), new).unwrap();
    let rest = live(&mut programme, 60_000, 256);
    let heard: Vec<u64> = onsets(&[first, rest].concat())
        .iter()
        .map(|n| n - DELAY.0)
        .collect();
    assert_eq!(heard, [10_000, 70_000]);
    assert_eq!(control.position().swaps, 1);
    live(&mut programme, 20_000, 256);
    assert_eq!(control.position().at, Frames(100_000), "the new end");
    assert_eq!(control.reports().collect::<Vec<_>>(), [Report::Ended]);
}

#[test]
fn a_bed_made_while_it_is_heard_is_that_of_the_file() {
    let mut timeline = timeline(2_900_000, vec![(48_000, 0, tone(ToneRole::Start))], &[]);
    timeline.bed = Some(Bed {
        sound: BedSound::Rain,
        level: Decibels(-3.0),
        fade: None,
    });
    let timeline = Arc::new(timeline);
    let file = offline(&Score::new(Arc::clone(&timeline), &*HOUSE), 2);
    let made = || Arc::new(Score::live(Arc::clone(&timeline), &*HOUSE));
    let (mut programme, mut control, _feed) = open(made(), &playing());
    let mut heard = live(&mut programme, 100_000, 441);
    // Another version takes the bed over as it stands.
    control.swap(Frames(150_000), made()).unwrap();
    heard.extend(live(&mut programme, 2_800_000, 441));
    assert_eq!(control.position().swaps, 1);
    let pairs = heard[2 * DELAY.0 as usize..].iter().zip(&file);
    // While the versions pass into each other, the last bit may differ.
    let off: Vec<usize> = (0..)
        .zip(pairs)
        .filter(|(_, (heard, file))| heard != file)
        .map(|(n, (heard, file))| {
            assert!(heard.abs_diff(*file) <= 1, "sample {n}: {heard}, {file}");
            n / 2
        })
        .collect();
    assert!(
        off.iter().all(|frame| (149_000..150_001).contains(frame)),
        "{off:?}"
    );
}

#[test]
fn a_second_swap_keeps_the_place_of_the_first() {
    let chime = |at| {
        vec![
            (10_000, 0, tone(ToneRole::Ready)),
            (at, 0, tone(ToneRole::Half)),
        ]
    };
    let old = score(timeline(90_000, chime(60_000), &[]));
    let longer = score(timeline(100_000, chime(70_000), &[]));
    let longest = score(timeline(110_000, chime(80_000), &[]));
    let (mut programme, mut control, _feed) = open(old, &playing());
    let first = live(&mut programme, 25_600, 256);
    control.swap(Frames(60_000), longer).unwrap();
    // Proved against the one before it, with which it is equal up to here.
    control.swap(Frames(70_000), longest).unwrap();
    let rest = live(&mut programme, 102_400, 256);
    let heard = onsets(&[first, rest].concat());
    assert_eq!(heard, [10_000, 80_000].map(|at| at + DELAY.0));
    assert_eq!(control.position().at, Frames(110_000), "the newest end");
}

#[test]
fn what_a_gate_has_waited_counts_after_a_lost_device_and_it_alone_waits_longer() {
    let gates = [(48_000, 96_000, 144_000)];
    let start = Start {
        at: Frames(95_999),
        stood: Frames(60_000),
        granted: Frames(24_000),
        ..playing()
    };
    let (mut programme, mut control, _feed) =
        open(score(timeline(200_000, vec![], &gates)), &start);
    // 144 000 − 48 000 of patience beyond the estimate, 24 000 more, 60 000 less, and the last frame itself.
    live(&mut programme, 60_000, 256);
    assert_eq!(control.position().state, State::Waiting);
    live(&mut programme, 512, 256);
    assert_eq!(control.position().state, State::Playing);
    control.wait_longer(Frames(480_000)).unwrap();
    control.seek(Frames(90_000)).unwrap();
    live(&mut programme, 130_000, 256);
    assert_eq!(control.position().state, State::Playing, "no gate was open");
}

#[test]
fn a_late_clip_is_a_caption_and_no_gap() {
    let score = score(timeline(
        200_000,
        vec![(100_000, 48_000, line("Late."))],
        &[],
    ));
    let (mut programme, mut control, mut clips) = open(score, &playing());
    live(&mut programme, 90_112, 256);
    assert_eq!(
        control.reports().collect::<Vec<_>>(),
        [Report::Missed { event: 0 }]
    );
    clips
        .hand_over(Frames(100_000), "Late.", clip(0).unwrap())
        .unwrap();
    let heard = live(&mut programme, 60_000, 256);
    assert!(onsets(&heard).is_empty());
    assert_eq!(control.position().at, Frames(150_112));
}

#[test]
fn a_clip_that_would_run_into_the_next_line_is_a_caption() {
    let events = vec![(48_000, 0, line("Long.")), (90_000, 0, line("Short."))];
    let score = score(timeline(200_000, events, &[]));
    let heard = onsets(&offline(&score, 1));
    assert_eq!(
        heard.first(),
        Some(&90_000),
        "a clip of 52 800 frames has no room"
    );
    let (mut programme, mut control, mut clips) = open(Arc::clone(&score), &playing());
    feed(&score, &mut clips);
    live(&mut programme, 100_000, 256);
    assert_eq!(
        control.reports().collect::<Vec<_>>(),
        [Report::Missed { event: 0 }]
    );
}

#[test]
fn talk_levels_hold_from_the_next_line_on() {
    let mut spoken = BTreeMap::new();
    for talk in [Talk::Full, Talk::Brief, Talk::Tones, Talk::Silent] {
        let score = score(timeline(
            200_000,
            vec![(100_000, 48_000, line("Lean in."))],
            &[],
        ));
        let (mut programme, mut control, mut clips) = open(Arc::clone(&score), &playing());
        feed(&score, &mut clips);
        control.set_talk(talk).unwrap();
        let heard = onsets(&live(&mut programme, 110_000, 256));
        spoken.insert(format!("{talk:?}"), heard.first().copied());
        assert_eq!(
            control.reports().count(),
            0,
            "a line that is not wanted is not missed"
        );
    }
    let there = Some(100_000 + DELAY.0);
    let expected = [
        ("Full", there),
        ("Brief", there),
        ("Tones", None),
        ("Silent", None),
    ];
    assert_eq!(
        spoken,
        expected.map(|(talk, at)| (talk.to_owned(), at)).into()
    );
}

#[test]
fn the_callback_neither_allocates_nor_frees() {
    let beds = [BedSound::Brown, BedSound::Rain, BedSound::Rain];
    for scores in [[rich(), rich(), rich()], beds.map(bedded)] {
        neither_allocates_nor_frees(scores);
    }
}

fn neither_allocates_nor_frees([first, second, third]: [Arc<Score>; 3]) {
    let (mut programme, mut control, mut clips) = open(first, &playing());
    feed(&rich(), &mut clips);
    let mut out = vec![0.0; 2 * 4_800];
    for step in 0..120 {
        match step {
            10 => control.pause().unwrap(),
            12 => control.play().unwrap(),
            20 => control.seek(Frames(300_000)).unwrap(),
            30 => control.set_volume(Layer::Bed, Decibels(-12.0)).unwrap(),
            40 => control.set_talk(Talk::Brief).unwrap(),
            50 => control.swap(Frames(450_000), Arc::clone(&second)).unwrap(),
            55 => control.swap(Frames(490_000), Arc::clone(&third)).unwrap(),
            60 => feed(&rich(), &mut clips),
            70 => control.seek(Frames(20_000)).unwrap(),
            _ => {}
        }
        assert_no_alloc(|| programme.fill(&mut out));
        if step % 7 == 0 {
            control.reports().for_each(drop);
        }
    }
    assert_eq!(control.position().swaps, 2, "both have happened");
}

#[test]
fn a_gate_that_has_an_estimate_as_long_as_its_patience_does_not_stand() {
    let events = vec![(96_000, 0, tone(ToneRole::Start))];
    let mut timeline = timeline(200_000, events, &[(48_000, 96_000, 48_000)]);
    timeline.events.insert(
        0,
        Event {
            at: Frames(48_000),
            frames: Frames(48_000),
            what: What::Gate(GateKind::Wait),
            side: SegmentSide::None,
            segment: 0,
        },
    );
    let score = score(timeline);
    let (mut programme, _control, _feed) = open(Arc::clone(&score), &playing());
    let heard = live(&mut programme, 120_000, 256);
    assert_eq!(onsets(&heard), [96_000 + DELAY.0]);
}
