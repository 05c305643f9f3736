//! The session as the player shows it: what is true at the frame that reaches the ear, put into words and forms. Pure:
//! the frame and the session's picture are handed in.

use std::time::Instant;

use super::kit::pebble::{LAG, Pebble};
use super::player::{Asked, Stage, View};
use super::settings::Settings;
use super::words::Words;
use crate::easing::soft;
use crate::names::{Hand, Style};
use crate::playback;
use crate::routine::SectionKind;
use crate::routine::kind::breathe::Through;
use crate::session::State;
use crate::timeline::at::Now;
use crate::timeline::{Asks, Phase, Role, Segment, SegmentSide, Timeline, What};
use crate::units::{Frames, RATE, Secs};

/// How long cool takes to become warm in a blend, from its bridge on.
const BRIDGE: Secs = Secs(20.0);
/// How long the window's edge swells for a tone.
const SWELL: Secs = Secs(2.0);
/// How far back the trail of a stroke reaches.
const TRAIL: Secs = Secs(0.4);
/// The seconds of a phase are counted in the first breaths of a step.
const COUNTED: u32 = 3;

/// What the window adds to the session's picture.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// Whether the session begins by itself, as soon as its sound is made.
    pub starts: bool,
    /// How much of the controls is seen.
    pub chrome: f32,
    /// How dark it is for lying down.
    pub lying: Option<f32>,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// Whether a screen reader says the captions, because our voice is off.
    pub live: bool,
}

/// The player's view at a moment; `None` for a timeline without anything in it.
pub fn view(
    session: &playback::View,
    now: Instant,
    settings: &Settings,
    words: &Words,
    face: Face,
) -> Option<View> {
    let timeline = &session.timeline;
    let at = session.heard(now);
    let here = timeline.at(at)?;
    let segment = &timeline.segments[here.segment];
    let hand = hand(here.side);
    let minute = u64::from(RATE) * 60;
    let begins = face.starts && session.state == State::Ready;
    let mut stage = stage(timeline, &here, settings, words, &session.state);
    if begins {
        stage.phase.clone_from(&words.player.get_ready);
    }
    Some(View {
        title: timeline.title.clone(),
        section: format!(
            "{} · {}",
            section(words, here.section),
            timeline.steps[here.step].title
        ),
        minutes: (
            (at.0 / minute) as u32,
            timeline.total.0.div_ceil(minute) as u32,
        ),
        sections: shares(timeline),
        done: (at.secs() / timeline.total.secs()) as f32,
        stage,
        hand,
        band: here.pressure,
        caption: session
            .aside
            .clone()
            .or_else(|| here.caption.map(|(line, _since)| line.caption.clone())),
        live: face.live,
        left: Some(clock(here.left_in_step)),
        then: then(timeline, &here, words),
        playing: begins || matches!(session.state, State::Playing | State::AtGate(_)),
        captions: settings.captions,
        volume: f32::from(session.volumes.all.percent()) / 100.0,
        muted: session.volumes.muted,
        question: session
            .gate
            .as_ref()
            .map(|gate| asked(gate.gate.asks(timeline), &gate.silence, segment, words)),
        notice: session.sound.sentence().map(str::to_owned),
        chrome: face.chrome,
        swell: if settings.flash {
            swell(timeline, at)
        } else {
            0.0
        },
        lying: face.lying,
        full_screen: face.full_screen,
    })
}

fn hand(side: SegmentSide) -> Option<Hand> {
    match side {
        SegmentSide::Left => Some(Hand::Left),
        SegmentSide::Right => Some(Hand::Right),
        SegmentSide::None | SegmentSide::Both => None,
    }
}

/// A section's name.
pub fn section(words: &Words, section: SectionKind) -> &str {
    let words = &words.section;
    match section {
        SectionKind::Arrive => &words.arrive,
        SectionKind::Soften => &words.soften,
        SectionKind::Bridge => &words.bridge,
        SectionKind::Release => &words.release,
        SectionKind::Integrate => &words.integrate,
        SectionKind::Close => &words.close,
    }
}

/// The parts' shares of the whole.
fn shares(timeline: &Timeline) -> Vec<f32> {
    let mut shares: Vec<f32> = Vec::new();
    let mut part = None;
    for step in &timeline.steps {
        let share = (step.frames.secs() / timeline.total.secs()) as f32;
        match shares.last_mut() {
            Some(last) if part == Some(step.part) => *last += share,
            _ => shares.push(share),
        }
        part = Some(step.part);
    }
    shares
}

/// Minutes and seconds, the last second counted as one: `0:34`.
fn clock(left: Frames) -> String {
    Frames::whole_secs(left.0.div_ceil(u64::from(RATE))).to_string()
}

/// What comes next: the other side of this step, else the next step.
fn then(timeline: &Timeline, here: &Now<'_>, words: &Words) -> Option<String> {
    let step = &timeline.steps[here.step];
    let other = timeline.segments[here.segment + 1..step.end]
        .iter()
        .find_map(|segment| hand(segment.side));
    match (hand(here.side), other) {
        (Some(now), Some(next)) if now != next => {
            let side = if next == Hand::Left {
                &words.player.left
            } else {
                &words.player.right
            };
            Some(side.to_lowercase())
        }
        _ => here.next.map(|next| timeline.steps[next].title.clone()),
    }
}

/// How warm it is: by style; a blend turns from its first release on.
fn warmth(timeline: &Timeline, at: Frames, still: bool) -> f32 {
    match timeline.style {
        None | Some(Style::Relaxation) => 0.0,
        Some(Style::Therapeutic) => 1.0,
        Some(Style::Blend) => {
            let bridge = timeline
                .steps
                .iter()
                .find(|step| step.section >= SectionKind::Bridge)
                .map(|step| step.start);
            let Some(bridge) = bridge.filter(|&bridge| bridge <= at) else {
                return 0.0;
            };
            if still {
                1.0
            } else {
                soft((at - bridge).secs() / BRIDGE.0) as f32
            }
        }
    }
}

fn stage(
    timeline: &Timeline,
    here: &Now<'_>,
    settings: &Settings,
    words: &Words,
    state: &State,
) -> Stage {
    let segment = &timeline.segments[here.segment];
    let into = here.at.saturating_sub(segment.start);
    let share = (into.secs() / segment.frames.secs().max(f64::EPSILON)) as f32;
    let held = here.role == Role::Work && matches!(segment.kind, "press" | "melt" | "stretch");
    let sinks = here.role == Role::Work && matches!(segment.kind, "press" | "melt");
    let mut pebble = Pebble {
        core: timeline.fullness(here.at) as f32,
        halo: timeline.fullness(here.at.saturating_sub(Secs(LAG).frames())) as f32,
        drift: here.at.secs() as f32,
        warmth: warmth(timeline, here.at, settings.still),
        presence: if here.breath.is_some() || held || segment.beat.is_some() {
            1.0
        } else {
            0.6
        },
        lean: 0.0,
        hum: false,
    };
    if sinks {
        pebble.core = 0.6 - 0.35 * soft(f64::from(share)) as f32;
        pebble.halo = pebble.core;
    }
    if let (Some(now), Some(breath)) = (here.breath, segment.breath) {
        pebble.lean = if breath.through == Through::AlternateNostrils {
            nostril(now.number, now.phase)
        } else {
            0.0
        };
        pebble.hum = breath.through == Through::Hum && now.phase == Phase::Exhale;
    }
    let counted = here
        .breath
        .filter(|breath| settings.count || settings.still || breath.number <= COUNTED);
    Stage {
        pebble,
        phase: phase(here, segment, words, state).to_owned(),
        count: counted.map(|breath| breath.left.0.div_ceil(u64::from(RATE)) as u32),
        hold: (held || here.role == Role::Push || here.role == Role::Tense)
            .then(|| (share, ring(here.role, share))),
        path: segment
            .beat
            .filter(|_| here.role == Role::Work)
            .map(|beat| {
                (
                    along(into, beat),
                    along(into.saturating_sub(TRAIL.frames()), beat),
                )
            }),
    }
}

/// The ring's width: it thickens while somebody pushes.
fn ring(role: Role, share: f32) -> f32 {
    if matches!(role, Role::Push | Role::Tense) {
        6.0 + 6.0 * (2.0 * share).min(1.0)
    } else {
        6.0
    }
}

/// In by the left, out by the right, in by the right, out by the left: −1 is left.
fn nostril(breath: u32, phase: Phase) -> f32 {
    let out = matches!(phase, Phase::Exhale | Phase::Empty);
    if (breath % 2 == 1) == out { 1.0 } else { -1.0 }
}

/// Where on its path something is that goes there and back, each way in `beat`.
fn along(into: Frames, beat: Frames) -> f32 {
    let ways = into.secs() / beat.secs().max(0.1);
    let way = ways.fract();
    soft(if (ways as u64).is_multiple_of(2) {
        way
    } else {
        1.0 - way
    }) as f32
}

fn phase<'w>(here: &Now<'_>, segment: &Segment, words: &'w Words, state: &State) -> &'w str {
    let player = &words.player;
    match state {
        State::Paused(_) | State::Ready | State::Waiting { .. } => return &player.paused,
        State::Finished => return &player.finished,
        _ => {}
    }
    if let Some(breath) = here.breath {
        return match breath.phase {
            Phase::Inhale => &player.inhale,
            Phase::TopUp => &player.top_up,
            Phase::Hold => &player.hold,
            Phase::Exhale => &player.exhale,
            Phase::Empty => &player.empty,
        };
    }
    match here.role {
        Role::SetUp => &player.get_ready,
        Role::Switch => &player.switch_sides,
        Role::Between => &player.between,
        Role::Push => &player.push,
        Role::Ease => &player.ease,
        Role::Stretch => &player.stretch,
        Role::Tense => &player.tense,
        Role::Release => &player.release,
        Role::Rest => &player.rest,
        Role::Work | Role::Gate => words
            .kinds
            .get(segment.kind)
            .map_or(player.rest.as_str(), String::as_str),
    }
}

fn asked(asks: &Asks, silence: &str, segment: &Segment, words: &Words) -> Asked {
    let silence = silence.to_owned();
    match asks {
        Asks::Ready { what } => Asked::Ready {
            what: what.clone(),
            silence,
        },
        Asks::Rating { question, .. } => Asked::Rating {
            question: question.clone().unwrap_or_else(|| segment.title.clone()),
            low: words.rating.low.clone(),
            high: words.rating.high.clone(),
            silence,
        },
        Asks::Branch { options, .. } => {
            let label = |option: &String| match option.as_str() {
                "soft" => words.player.soft.clone(),
                "deeper" => words.player.deeper.clone(),
                other => other.to_owned(),
            };
            Asked::Branch {
                options: options
                    .iter()
                    .map(|option| (option.clone(), label(option)))
                    .collect(),
                silence,
            }
        }
    }
}

/// How strongly the edge swells: up and down once in two seconds after a tone.
fn swell(timeline: &Timeline, at: Frames) -> f32 {
    let since = at.saturating_sub(SWELL.frames());
    let tone = timeline
        .events_in(since, at + Frames(1))
        .iter()
        .rev()
        .find(|event| matches!(event.what, What::Tone(_)));
    tone.map_or(0.0, |tone| {
        let share = (at - tone.at).secs() / SWELL.0;
        soft(if share < 0.5 {
            2.0 * share
        } else {
            2.0 - 2.0 * share
        }) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nostrils_alternate() {
        let side = |breath, phase| nostril(breath, phase) as i32;
        assert_eq!([side(1, Phase::Inhale), side(1, Phase::Exhale)], [-1, 1]);
        assert_eq!([side(2, Phase::Inhale), side(2, Phase::Exhale)], [1, -1]);
    }

    #[test]
    fn a_stroke_goes_there_and_back() {
        let at = |secs| along(Secs(secs).frames(), Secs(4.0).frames());
        assert!(at(0.0) < 0.01 && at(4.0) > 0.99 && at(8.0) < 0.01);
        assert!((at(2.0) - 0.5).abs() < 0.01 && (at(6.0) - 0.5).abs() < 0.01);
    }

    #[test]
    fn the_last_second_is_one() {
        assert_eq!(clock(Frames(1)), "0:01");
        assert_eq!(clock(Frames::whole_secs(34)), "0:34");
    }
}
