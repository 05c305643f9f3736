//! The real sounds through the engine: how loud they are, and whether anything clicks.

use ebur128::{EbuR128, Mode};

use super::*;
use crate::units::RATE;

/// A quiet corner of a routine: rain, a breath in and out, a bowl that rings.
fn corner(
    secs: u64,
    bed: BedSound,
    events: Vec<(u64, u64, What)>,
    gates: &[(u64, u64, u64)],
) -> Arc<Score> {
    let mut timeline = timeline(secs * u64::from(RATE), events, gates);
    timeline.bed = Some(Bed {
        sound: bed,
        level: Decibels(0.0),
        fade: None,
    });
    Arc::new(Score::new(Arc::new(timeline), &*HOUSE))
}

/// The same, its bed made while it is heard.
fn live_bed(kept: &Score) -> Arc<Score> {
    Arc::new(Score::live(Arc::clone(kept.timeline()), &*HOUSE))
}

fn breath_and_bowl(last: ToneRole) -> Vec<(u64, u64, What)> {
    let second = u64::from(RATE);
    vec![
        (0, 0, tone(ToneRole::Ready)),
        (4 * second, 4 * second, What::Phase(Phase::Inhale)),
        (5 * second, 0, tone(ToneRole::Start)),
        (8 * second, 6 * second, What::Phase(Phase::Exhale)),
        (14 * second, 4 * second, What::Phase(Phase::Inhale)),
        (16 * second, 0, tone(last)),
        (18 * second, 6 * second, What::Phase(Phase::Exhale)),
    ]
}

/// Something like speech at −18 LUFS: noise in syllables.
fn speech(secs: f32) -> Pcm {
    let frames = (secs * RATE as f32) as usize;
    let mut low = 0.0_f32;
    let samples: Vec<f32> = (0..frames)
        .map(|n| {
            let white = crate::audio::floor::hash(n as u32) as f32 / u32::MAX as f32 - 0.5;
            low += 0.12 * (white - low);
            let syllable = (n as f32 * std::f32::consts::TAU * 4.0 / RATE as f32)
                .sin()
                .abs();
            let edge = (n.min(frames - n) as f32 / 1_000.0).min(1.0);
            low * syllable * edge
        })
        .collect();
    let stereo: Vec<f32> = samples.iter().flat_map(|s| [*s, *s]).collect();
    let factor = 10.0_f64.powf((-18.0 - loudness(&stereo)) / 20.0) as f32;
    let whole: Vec<i16> = samples
        .iter()
        .map(|s| (s * factor * 32_768.0) as i16)
        .collect();
    Pcm::mono(whole, 1.0)
}

fn meter(mode: Mode, samples: &[f32]) -> EbuR128 {
    let mut meter = EbuR128::new(2, RATE, mode).unwrap();
    meter.add_frames_f32(samples).unwrap();
    meter
}

fn loudness(samples: &[f32]) -> f64 {
    meter(Mode::I, samples).loudness_global().unwrap()
}

fn heard(programme: &mut Programme, frames: usize) -> Vec<f32> {
    let mut out = vec![0.0; 2 * frames];
    programme.fill(&mut out);
    out
}

/// The loudest 1 ms above 6 kHz over its surroundings, in decibels, and where.
fn click(samples: &[f32]) -> (f64, usize) {
    const MILLI: usize = RATE as usize / 1_000;
    let mut high = [[0.0_f64; 4]; 2];
    // A fourth-order high-pass of one-pole sections is soft, but the same for a click and for what surrounds it.
    let step = 1.0 - (-std::f64::consts::TAU * 6_000.0 / f64::from(RATE)).exp();
    let energies: Vec<f64> = samples
        .chunks_exact(2 * MILLI)
        .map(|part| {
            part.chunks_exact(2)
                .map(|frame| {
                    let mut energy = 0.0;
                    for (ear, sample) in frame.iter().enumerate() {
                        let mut s = f64::from(*sample);
                        for state in &mut high[ear] {
                            *state += step * (s - *state);
                            s -= *state;
                        }
                        energy += s * s;
                    }
                    energy
                })
                .sum()
        })
        .collect();
    let mut worst = (0.0, 0);
    for n in 50..energies.len() - 50 {
        let mut around: Vec<f64> = energies[n - 50..n + 50].to_vec();
        around.sort_by(f64::total_cmp);
        let over = 10.0 * (energies[n] / around[50].max(1e-14)).log10();
        if over > worst.0 {
            worst = (over, n);
        }
    }
    worst
}

#[track_caller]
fn smooth(what: &str, samples: &[f32]) {
    let (over, at) = click(samples);
    assert!(over <= 10.0, "{what}: {over:.1} dB at {at} ms");
}

#[test]
fn the_meter_for_clicks_hears_a_cut() {
    let mut samples: Vec<f32> = (0..96_000)
        .map(|n| 0.1 * (n as f32 / 2.0 * 0.05).sin())
        .collect();
    crate::audio::floor::add(0, &mut samples);
    smooth("a tone", &samples);
    samples[48_000..].fill(0.0);
    crate::audio::floor::add(0, &mut samples[48_000..]);
    assert!(
        click(&samples).0 > 15.0,
        "a cut is heard: {:?}",
        click(&samples)
    );
}

#[test]
fn nothing_clicks_at_any_start_stop_pause_seek_or_swap() {
    let second = RATE as usize;
    let beds = [
        (BedSound::Pad, BedSound::Pad),
        (BedSound::Pad, BedSound::Brown),
        (BedSound::None, BedSound::None),
    ];
    for (bed, next) in beds {
        let score = live_bed(&corner(
            30,
            bed,
            breath_and_bowl(ToneRole::Half),
            &[(20 * 48_000, 22 * 48_000, 4 * 48_000)],
        ));
        let other = live_bed(&corner(30, next, breath_and_bowl(ToneRole::Release), &[]));
        let start = Start {
            at: Frames(250_000),
            ..playing()
        };
        let (mut programme, mut control, _feed) = open(Arc::clone(&score), &start);
        smooth("start in the middle", &heard(&mut programme, second));
        let mut step = |what: &str, act: &mut dyn FnMut(&mut Control), secs: usize| {
            let mut sound = heard(&mut programme, second / 2 + 77);
            act(&mut control);
            sound.extend(heard(&mut programme, second * secs));
            smooth(&format!("{what} over {bed:?}"), &sound);
        };
        step("pause", &mut |control| control.pause().unwrap(), 1);
        step("play", &mut |control| control.play().unwrap(), 1);
        step(
            "seek",
            &mut |control| control.seek(Frames(300_000)).unwrap(),
            1,
        );
        step(
            "seek back",
            &mut |control| control.seek(Frames(290_000)).unwrap(),
            1,
        );
        step(
            "volume",
            &mut |control| control.set_volume(Layer::Breath, Decibels(-30.0)).unwrap(),
            1,
        );
        step(
            "two seeks",
            &mut |control| {
                control.seek(Frames(500_000)).unwrap();
                control.seek(Frames(610_000)).unwrap();
            },
            1,
        );
        step(
            "stand at a gate",
            &mut |control| control.seek(Frames(21 * 48_000)).unwrap(),
            3,
        );
        step(
            "answer",
            &mut |control| control.seek(Frames(22 * 48_000)).unwrap(),
            1,
        );
        step(
            "back again",
            &mut |control| control.seek(Frames(12 * 48_000)).unwrap(),
            1,
        );
        let new = Arc::clone(&other);
        step(
            "swap",
            &mut |control| control.swap(Frames(16 * 48_000), Arc::clone(&new)).unwrap(),
            4,
        );
        step(
            "fade out",
            &mut |control| control.fade_out(crate::units::Secs(0.4)).unwrap(),
            1,
        );
        step(
            "seek in a pause",
            &mut |control| control.seek(Frames(5 * 48_000)).unwrap(),
            1,
        );
        step("on again", &mut |control| control.play().unwrap(), 1);
        step(
            "to the end",
            &mut |control| control.seek(Frames(28 * 48_000)).unwrap(),
            4,
        );
        assert_eq!(control.position().state, State::Ended);
    }
}

#[test]
fn prompts_keep_their_loudness_and_the_rest_gives_way() {
    let second = u64::from(RATE);
    let clip = speech(4.0);
    for bed in [BedSound::Pad, BedSound::Rain, BedSound::Brown] {
        let mut events = vec![
            (4 * second, 8 * second, What::Phase(Phase::Exhale)),
            (10 * second, 4 * second, line("Let it fall.")),
        ];
        let quiet = corner(16, bed, vec![events[0].clone()], &[]);
        let with = corner(16, bed, std::mem::take(&mut events), &[]);
        let render = |score: &Score, clip: Option<Pcm>| -> Vec<f32> {
            let mut out = Vec::new();
            let speech = |_: usize| clip.clone();
            let ended = render::<()>(
                score,
                &speech,
                NonZeroUsize::MIN,
                Finish::Whole,
                |_, samples| {
                    out.extend(samples.iter().map(|s| f32::from(*s) / 32_768.0));
                    ControlFlow::Continue(())
                },
            );
            assert!(ended.is_continue());
            out
        };
        let during = |samples: &[f32]| samples[2 * 480_000..2 * 672_000].to_vec();
        let bare = render(&quiet, None);
        let spoken = render(&with, Some(clip.clone()));
        let silent = render(&with, Some(Pcm::mono(vec![0_i16; 192_000], 1.0)));
        let prompt = loudness(&during(&spoken));
        assert!(
            (prompt + 18.0).abs() < 1.0,
            "{bed:?}: a prompt at {prompt:.1} LUFS"
        );
        let (open, down) = (loudness(&during(&bare)), loudness(&during(&silent)));
        assert!(
            open - down >= 8.0,
            "{bed:?}: {open:.1} goes down to {down:.1} only"
        );
        assert!(
            prompt - down >= 15.0,
            "{bed:?}: the rest is at {down:.1} under {prompt:.1}"
        );
        let peak = meter(Mode::TRUE_PEAK, &spoken).true_peak(0).unwrap();
        assert!(
            20.0 * peak.log10() <= -1.0,
            "{bed:?}: a true peak of {:.1} dBTP",
            20.0 * peak.log10()
        );
    }
}

#[test]
fn no_true_peak_is_above_minus_one_even_when_everything_is_too_loud() {
    let second = u64::from(RATE);
    let events: Vec<_> = (0..20)
        .map(|n| (n * second, 0, tone(ToneRole::ALL[n as usize % 8])))
        .chain([(10 * second + 1, 4 * second, line("Loud."))])
        .collect();
    let mut events = events;
    events.sort_by_key(|event| event.0);
    let score = corner(24, BedSound::Rain, events, &[]);
    let start = Start {
        levels: Levels {
            bed: 8.0,
            breath: 8.0,
            tones: 8.0,
            voice: 8.0,
        },
        ..playing()
    };
    let (mut programme, _control, mut clips) = open(score, &start);
    clips
        .hand_over(Frames(10 * second + 1), "Loud.", speech(4.0))
        .unwrap();
    let sound = heard(&mut programme, 24 * RATE as usize);
    let meter = meter(Mode::TRUE_PEAK, &sound);
    for ear in 0..2 {
        let peak = 20.0 * meter.true_peak(ear).unwrap().log10();
        assert!(peak <= -1.0, "{peak:.2} dBTP");
        assert!(
            peak > -2.5,
            "and not softer than it must be: {peak:.2} dBTP"
        );
    }
}

#[test]
fn tones_stay_below_the_voice_and_above_the_bed() {
    for tone in crate::audio::sounds::Tone::all() {
        let mut samples: Vec<f32> = HOUSE.sound(tone).heard().collect();
        samples.resize(samples.len().max(2 * RATE as usize), 0.0);
        let mut meter = EbuR128::new(2, RATE, Mode::M).unwrap();
        let mut loudest = f64::NEG_INFINITY;
        for part in samples.chunks(2 * RATE as usize / 10) {
            meter.add_frames_f32(part).unwrap();
            loudest = loudest.max(meter.loudness_momentary().unwrap());
        }
        assert!(
            (-36.0..=-18.5).contains(&loudest),
            "{tone:?}: {loudest:.1} LUFS"
        );
    }
    for bed in [
        BedSound::Pad,
        BedSound::Rain,
        BedSound::Ocean,
        BedSound::Brown,
        BedSound::Pink,
    ] {
        let samples: Vec<f32> = HOUSE.bed(bed).unwrap().heard().collect();
        let level = loudness(&samples);
        assert!((-37.5..=-31.0).contains(&level), "{bed:?}: {level:.1} LUFS");
    }
}
