//! The timeline as JSON (`design.md` 9): every field is always there; times are frames.

use serde::Serialize;

use crate::names::Talk;
use crate::timeline::{Event, PacedBreath, Segment, Timeline, What};
use crate::units::Frames;

/// One JSON object on one line.
pub fn json(timeline: &Timeline) -> String {
    serde_json::to_string(&Object::of(timeline)).expect("plain data is always JSON")
}

#[derive(Serialize)]
struct Object<'t> {
    version: u32,
    routine: &'t str,
    title: &'t str,
    style: Option<&'static str>,
    rate: u32,
    total_frames: Frames,
    choices: Chosen<'t>,
    segments: Vec<SegmentObject<'t>>,
    events: Vec<EventObject<'t>>,
}

#[derive(Serialize)]
struct Chosen<'t> {
    minutes: Option<f64>,
    variations: &'t [String],
    tags: Vec<&'static str>,
    talk: &'static str,
    choose: Option<&'t str>,
}

#[derive(Serialize)]
struct SegmentObject<'t> {
    index: usize,
    path: &'t str,
    section: &'static str,
    kind: &'static str,
    role: &'static str,
    title: &'t str,
    side: &'static str,
    round: Option<u32>,
    start: Frames,
    frames: Frames,
    pressure: Option<[u8; 2]>,
    breath: Option<BreathObject>,
    breaths: Option<u32>,
    pose: Option<&'t str>,
}

#[derive(Serialize)]
struct BreathObject {
    inhale: Frames,
    top_up: Frames,
    hold: Frames,
    exhale: Frames,
    empty: Frames,
}

#[derive(Serialize)]
struct EventObject<'t> {
    at: Frames,
    frames: Frames,
    kind: &'static str,
    role: &'static str,
    text: Option<&'t str>,
    side: &'static str,
    segment: usize,
}

impl<'t> Object<'t> {
    fn of(timeline: &'t Timeline) -> Self {
        let choices = &timeline.choices;
        Self {
            version: 1,
            routine: &timeline.routine,
            title: &timeline.title,
            style: timeline.style.map(crate::names::Style::kebab),
            rate: crate::units::RATE,
            total_frames: timeline.total,
            choices: Chosen {
                minutes: choices.minutes,
                variations: &choices.variations,
                tags: choices.tags.iter().map(|tag| tag.kebab()).collect(),
                talk: choices.talk.unwrap_or(Talk::Full).kebab(),
                choose: choices.choose.as_deref(),
            },
            segments: timeline
                .segments
                .iter()
                .enumerate()
                .map(|(index, segment)| SegmentObject::of(index, segment))
                .collect(),
            events: timeline.events.iter().map(EventObject::of).collect(),
        }
    }
}

impl<'t> SegmentObject<'t> {
    fn of(index: usize, segment: &'t Segment) -> Self {
        Self {
            index,
            path: &segment.path,
            section: segment.section.kebab(),
            kind: segment.kind,
            role: segment.role.kebab(),
            title: &segment.title,
            side: segment.side.kebab(),
            round: segment.round,
            start: segment.start,
            frames: segment.frames,
            pressure: segment.pressure.map(|band| [band.0.0, band.1.0]),
            breath: segment.breath.map(BreathObject::from),
            breaths: segment.breaths,
            pose: segment.pose.as_deref(),
        }
    }
}

impl From<PacedBreath> for BreathObject {
    fn from(breath: PacedBreath) -> Self {
        let PacedBreath {
            inhale,
            top_up,
            hold,
            exhale,
            empty,
            through: _,
        } = breath;
        Self {
            inhale,
            top_up,
            hold,
            exhale,
            empty,
        }
    }
}

impl<'t> EventObject<'t> {
    fn of(event: &'t Event) -> Self {
        let (kind, role, text) = match &event.what {
            What::Gate(gate) => ("gate", gate.kebab(), None),
            What::Tone(tone) => ("tone", tone.kebab(), None),
            What::Phase(phase) => ("phase", phase.kebab(), None),
            What::Say(line) => ("say", line.kind.kebab(), Some(line.text.as_str())),
        };
        Self {
            at: event.at,
            frames: event.frames,
            kind,
            role,
            text,
            side: event.side.kebab(),
            segment: event.segment,
        }
    }
}
