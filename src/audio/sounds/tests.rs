//! The sounds as numbers: what a small loudspeaker leaves of them, and what an ear would stumble over.

use super::*;
use crate::audio::tests::HOUSE;
use crate::timeline::Phase;
use crate::units::{Frames, RATE};

/// What a small loudspeaker leaves: nothing much below 250 Hz.
fn small_speaker(pcm: &Pcm) -> Vec<f32> {
    let mut cuts = [
        noise::OnePole::new(250.0),
        noise::OnePole::new(250.0),
        noise::OnePole::new(250.0),
    ];
    let samples: Vec<f32> = pcm.heard().collect();
    let mono = samples
        .chunks_exact(2)
        .map(|frame| f32::midpoint(frame[0], frame[1]));
    mono.map(|s| cuts.iter_mut().fold(s, |s, cut| cut.high(s)))
        .collect()
}

/// The level of each 10 ms.
fn envelope(samples: &[f32]) -> Vec<f32> {
    let window = RATE as usize / 100;
    let power = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32;
    samples
        .chunks_exact(window)
        .map(|part| power(part).sqrt())
        .collect()
}

/// Where sound begins, in hundredths of a second.
fn onsets(envelope: &[f32]) -> Vec<usize> {
    let loudest = envelope.iter().copied().fold(0.0, f32::max);
    let mut found: Vec<usize> = Vec::new();
    for n in 0..envelope.len() {
        let before = envelope[n.saturating_sub(4)..n]
            .iter()
            .copied()
            .fold(0.0, f32::max);
        let fresh = found.last().is_none_or(|last| n > last + 7);
        if fresh && envelope[n] > 0.12 * loudest && envelope[n] > 1.25 * before {
            found.push(n);
        }
    }
    found
}

/// How much of a frequency there is.
fn strength(samples: &[f32], hz: f64) -> f64 {
    let (mut x, mut y) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let turn = std::f64::consts::TAU * hz * n as f64 / f64::from(RATE);
        let window = 1.0 - (std::f64::consts::TAU * n as f64 / samples.len() as f64).cos();
        x += f64::from(*sample) * window * turn.cos();
        y += f64::from(*sample) * window * turn.sin();
    }
    x.hypot(y)
}

/// The strongest frequency of a quarter of a second, in semitones above 220 Hz.
fn pitch(samples: &[f32]) -> i32 {
    let hz = |semitone: i32| 220.0 * (f64::from(semitone) / 12.0).exp2();
    (0..48)
        .max_by(|a, b| strength(samples, hz(*a)).total_cmp(&strength(samples, hz(*b))))
        .expect("there are notes")
}

/// What tells a tone from another: how many notes, which way they go, how high, how long it rings.
#[derive(PartialEq, Debug)]
struct Character {
    notes: usize,
    first: i32,
    steps: Vec<i32>,
    /// Hundredths of a second to a tenth of its loudest.
    rings: usize,
    /// Hundredths of a second to its loudest.
    rises: usize,
}

fn character(pcm: &Pcm) -> Character {
    let sound = small_speaker(pcm);
    let envelope = envelope(&sound);
    let onsets = onsets(&envelope);
    let hundredth = RATE as usize / 100;
    let pitches: Vec<i32> = onsets
        .iter()
        .map(|n| {
            let from = (n + 2) * hundredth;
            pitch(&sound[from.min(sound.len())..(from + 12 * hundredth).min(sound.len())])
        })
        .collect();
    let loudest = envelope.iter().copied().fold(0.0, f32::max);
    let top = envelope
        .iter()
        .position(|level| *level == loudest)
        .unwrap_or(0);
    Character {
        notes: onsets.len(),
        first: pitches.first().copied().unwrap_or(0),
        steps: pitches
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).signum())
            .collect(),
        rings: envelope
            .iter()
            .rposition(|level| *level > 0.1 * loudest)
            .unwrap_or(0),
        rises: top,
    }
}

fn far_apart(one: usize, other: usize) -> bool {
    let (short, long) = (one.min(other).max(1), one.max(other));
    long >= 2 * short && long - short >= 20
}

#[test]
fn every_tone_is_told_from_every_other_on_a_small_loudspeaker() {
    let all: Vec<_> = Tone::all()
        .map(|tone| (tone, character(&HOUSE.sound(tone))))
        .collect();
    for (index, (tone, one)) in all.iter().enumerate() {
        for (other_tone, other) in &all[index + 1..] {
            let told = one.notes != other.notes
                || one.steps != other.steps
                || (one.first - other.first).abs() >= 4
                || far_apart(one.rings, other.rings);
            assert!(told, "{tone:?} {one:?} and {other_tone:?} {other:?}");
        }
    }
}

#[test]
fn left_falls_and_right_rises_in_each_ear() {
    assert_eq!(character(&HOUSE.sound(Tone::Left)).steps, [-1]);
    assert_eq!(character(&HOUSE.sound(Tone::Right)).steps, [1]);
    for tone in [Tone::Left, Tone::Right] {
        let sound = HOUSE.sound(tone);
        let power = |ear: usize| {
            sound
                .heard()
                .skip(ear)
                .step_by(2)
                .map(|s| s * s)
                .sum::<f32>()
        };
        let apart = 10.0 * (power(0) / power(1)).log10().abs();
        assert!(
            (1.0..9.0).contains(&apart),
            "{tone:?} leans, but both ears have it: {apart} dB"
        );
    }
}

#[test]
fn every_tone_begins_and_ends_in_silence() {
    for tone in Tone::all() {
        let sound: Vec<f32> = HOUSE.sound(tone).heard().collect();
        let loudest = sound.iter().fold(0.0_f32, |most, s| most.max(s.abs()));
        for edge in [&sound[..16], &sound[sound.len() - 16..]] {
            let most = edge.iter().fold(0.0_f32, |most, s| most.max(s.abs()));
            assert!(most < loudest / 200.0, "{tone:?} {most} of {loudest}");
        }
        assert!(loudest < 0.25, "{tone:?} stays below the voice");
        assert!(
            sound.len() < 2 * 20 * RATE as usize,
            "{tone:?} is over at last"
        );
    }
}

fn shape(phase: Phase, secs: u64, from: u8, to: u8) -> PhaseShape {
    PhaseShape {
        phase,
        frames: Frames::whole_secs(secs),
        from,
        to,
    }
}

/// The middle of the spectrum of half a second, in hertz, by counting how often it crosses zero.
fn colour(samples: &[f32]) -> f32 {
    let crossings = samples
        .windows(2)
        .filter(|pair| pair[0] * pair[1] < 0.0)
        .count();
    crossings as f32 / samples.len() as f32 * RATE as f32 / 2.0
}

#[test]
fn breathing_in_brightens_and_breathing_out_darkens() {
    let ear = |shape| -> Vec<f32> {
        let pcm = HOUSE.phase(shape).expect("all phases sound");
        pcm.heard().step_by(2).collect()
    };
    let part = |sound: &[f32], share: f64| {
        let from = (sound.len() as f64 * share) as usize;
        colour(&sound[from..from + RATE as usize / 2])
    };
    let inhale = ear(shape(Phase::Inhale, 4, 0, 100));
    assert!(part(&inhale, 0.75) > 1.5 * part(&inhale, 0.1), "in");
    let exhale = ear(shape(Phase::Exhale, 6, 100, 0));
    assert!(1.5 * part(&exhale, 0.8) < part(&exhale, 0.1), "out");
    let level =
        |sound: &[f32]| (sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32).sqrt();
    let hold = ear(shape(Phase::Hold, 4, 100, 100));
    let empty = ear(shape(Phase::Empty, 4, 0, 0));
    assert!(
        level(&hold) < level(&inhale),
        "held breath is softer than moving air"
    );
    assert!(level(&empty) < level(&hold), "and empty is softer still");
}

#[test]
fn a_phase_reaches_softly_into_the_next() {
    let pcm = HOUSE
        .phase(shape(Phase::Exhale, 6, 100, 0))
        .expect("it sounds");
    assert!(pcm.frames() > Frames::whole_secs(6));
    let sound: Vec<f32> = pcm.heard().collect();
    assert!(
        sound[..8]
            .iter()
            .chain(&sound[sound.len() - 8..])
            .all(|s| s.abs() < 1e-3)
    );
}

#[test]
fn loops_have_no_joint_and_are_a_minute_at_most() {
    for bed in [
        BedSound::Pad,
        BedSound::Rain,
        BedSound::Ocean,
        BedSound::Brown,
        BedSound::Pink,
    ] {
        let pcm = HOUSE.bed(bed).expect("it is a sound");
        assert!(pcm.frames() <= Frames::whole_secs(60));
        let sound: Vec<f32> = pcm.heard().collect();
        let length = sound.len();
        // The second difference is high where a curve has a corner.
        let corner = |n: usize| {
            let at = |k: usize| sound[(2 * n + length + 2 * k - 2) % length];
            (at(0) - 2.0 * at(1) + at(2)).abs()
        };
        let usual = (100..50_000).map(corner).fold(0.0, f32::max);
        assert!(
            corner(0) <= usual && corner(length / 2 - 1) <= usual,
            "{bed:?}"
        );
    }
    assert_eq!(HOUSE.bed(BedSound::None), None);
}
