//! A routine as it will be heard: segments and events in frames, sorted, without gaps. Pure: the same inputs give the
//! same timeline on every machine.

pub mod at;
pub mod compile;
pub mod difference;
pub mod fullness;
pub mod json;
pub mod rules;
pub mod speech_length;
pub mod table;

use serde::{Deserialize, Serialize};

use crate::names::{Area, Hand, Style, Tag, Talk};
use crate::routine::{Bed, CueKind, SectionKind};
use crate::units::{Band, Decibels, Frames, Pressure, Secs};

pub use crate::routine::atoms::{Asks, PacedBreath, Role};
pub use compile::{EmptyShelf, Reach, Shelf, compile, reach};

/// What a person, a plan and today decide about a routine, before it is compiled.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The wanted length in minutes; the routine's ideal if none.
    pub minutes: Option<f64>,
    /// The variations to apply, in any order: the file's order counts.
    pub variations: Vec<String>,
    /// What is true of the person today.
    pub tags: Vec<Tag>,
    /// The tighter side; left first where none is known.
    pub tighter: Option<Hand>,
    /// The area for what the routine leaves open: the plan's, else today's.
    pub area: Option<Area>,
    /// The areas that must be left alone today.
    pub locked: Vec<Area>,
    /// How much talking; full if none.
    pub talk: Option<Talk>,
    /// The branch to take; the silent one if none.
    pub choose: Option<String>,
    /// No pressure above this.
    pub cap: Option<Pressure>,
    /// A plan's own side for every step that names one: `Some` makes the work one-sided.
    pub side: Option<Hand>,
    /// Named steps that are left out.
    pub left_out: Vec<String>,
    /// Whether lines meant for the first times are left out.
    pub familiar: bool,
    /// Whether it is to lead into sleep, whatever the routine is by itself: no chime at the end.
    pub bedtime: bool,
    /// Changes asked for while playing.
    pub edits: Vec<Edit>,
}

/// A change that a person asks for while playing. Steps are counted in the order of the timeline's steps.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum Edit {
    /// What goes on at `from` lasts so much longer, and so does its mirror where that is still to come.
    Longer {
        /// Which step: [`Segment::step`].
        step: usize,
        /// By how much.
        by: Secs,
        /// The frame at which it was asked; before the step begins, its first work is meant.
        from: Frames,
    },
    /// The step, and all after it, asks for two less on the dial; what is left of its work from `from` on is halved.
    EaseOff {
        /// Which step: [`Segment::step`].
        step: usize,
        /// The frame at which it was asked.
        from: Frames,
    },
}

/// A compiled routine.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    /// The routine's id.
    pub routine: String,
    /// The routine's title.
    pub title: String,
    /// The routine's style; relaxation for an empty timeline.
    pub style: Option<Style>,
    /// The language of its texts.
    pub language: String,
    /// The background sound.
    pub bed: Option<Bed>,
    /// The fade of everything towards the end, in frames of this timeline. After [`FadeSpan::end`] the level stays.
    pub fade: Option<FadeSpan>,
    /// Whether it leads into sleep.
    pub bedtime: bool,
    /// What was decided before.
    pub choices: Choices,
    /// How the voice says some words: (word, spelling), sorted.
    pub respell: Vec<(String, String)>,
    /// The steps, in order.
    pub steps: Vec<StepSpan>,
    /// Leaf atoms, in order, without gaps; they sum to the total.
    pub segments: Vec<Segment>,
    /// What is heard, sorted by `at`, then gate, tone, phase, say.
    pub events: Vec<Event>,
    /// The indices of the lines among the events, in order.
    pub lines: Vec<usize>,
    /// The frames of all segments.
    pub total: Frames,
}

/// A fade of everything over a stretch of a timeline.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FadeSpan {
    /// Where it begins.
    pub start: Frames,
    /// Where it is complete.
    pub end: Frames,
    /// By so many decibels (negative).
    pub by: Decibels,
}

/// A step of the timeline: where it begins, how long it lasts, and what a person can know of it. The steps of a group
/// come again in each round.
#[derive(Clone, PartialEq, Debug)]
pub struct StepSpan {
    /// Its place in the file it came from, as `sections[3].steps[0]`.
    pub path: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What the person reads.
    pub title: String,
    /// The part of the routine.
    pub section: SectionKind,
    /// The index of the part, counted over the parts that are played.
    pub part: usize,
    /// Its first segment.
    pub first: usize,
    /// One past its last segment.
    pub end: usize,
    /// Its first frame.
    pub start: Frames,
    /// Its length.
    pub frames: Frames,
    /// Where exactly, what to avoid, what to feel, when to stop: the author's words.
    pub notes: Notes,
}

/// An author's words about a step that are read, not said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notes {
    /// Where exactly.
    pub landmark: Option<String>,
    /// What to stay away from.
    pub avoid: Option<String>,
    /// What it should feel like.
    pub feel: Option<String>,
    /// When to stop.
    pub stop: Option<String>,
}

/// The smallest stretch of time with one thing going on.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// The index of its step in [`Timeline::steps`].
    pub step: usize,
    /// The path of its step in the file.
    pub path: String,
    /// The part of the routine.
    pub section: SectionKind,
    /// The kind of its step, as `press`.
    pub kind: &'static str,
    /// What it is within its step.
    pub role: Role,
    /// What the person reads.
    pub title: String,
    /// On which side.
    pub side: SegmentSide,
    /// Which round, from 1, where there are several.
    pub round: Option<u32>,
    /// Its first frame.
    pub start: Frames,
    /// Its length.
    pub frames: Frames,
    /// How much pressure, on the dial.
    pub pressure: Option<Band>,
    /// The breath, where it is paced.
    pub breath: Option<PacedBreath>,
    /// How many breaths, where it is paced.
    pub breaths: Option<u32>,
    /// Seconds of one stroke, pass or movement, where it has rounds inside.
    pub beat: Option<Frames>,
    /// The id of its picture.
    pub pose: Option<String>,
    /// What it waits for, where it is a gate.
    pub gate: Option<Gate>,
}

impl Segment {
    /// One past its last frame.
    pub fn end(&self) -> Frames {
        self.start + self.frames
    }
}

/// The side of a segment or an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum SegmentSide {
    /// No side.
    #[default]
    None,
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Both at once.
    Both,
}

impl SegmentSide {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
        }
    }
}

impl From<Hand> for SegmentSide {
    fn from(hand: Hand) -> Self {
        match hand {
            Hand::Left => Self::Left,
            Hand::Right => Self::Right,
        }
    }
}

/// What a gate waits for. The timeline gives it the segment's frames; live it may end early or stand still at its last
/// frame until its time-out.
#[derive(Clone, PartialEq, Debug)]
pub struct Gate {
    /// What it asks.
    pub asks: Asks,
    /// How long it waits for an answer, counted in frames that are heard, not in pauses.
    pub time_out: Frames,
}

/// Something that is heard, or that a gate opens.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its first frame.
    pub at: Frames,
    /// Its length; for lines, as the speech formula or the measured voice says; for tones 0.
    pub frames: Frames,
    /// What it is.
    pub what: What,
    /// On which side.
    pub side: SegmentSide,
    /// The index of its segment.
    pub segment: usize,
}

/// What an event is.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A gate opens.
    Gate(GateKind),
    /// A tone.
    Tone(ToneRole),
    /// A phase of a paced breath begins; the event's length is the phase's.
    Phase(Phase),
    /// A line.
    Say(Line),
}

/// A line of the voice.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// What it is for.
    pub kind: CueKind,
    /// The words, with sides filled in.
    pub text: String,
    /// The caption.
    pub caption: String,
    /// The studio's own recording, where there is one.
    pub clip: Option<String>,
    /// Whether the voice says it; else it is a caption (talk level, or no room for the voice).
    pub spoken: bool,
    /// How much room there is before the next line, the end of its slot or of its out-breath.
    pub room: Frames,
}

impl From<&Asks> for GateKind {
    fn from(asks: &Asks) -> Self {
        match asks {
            Asks::Rating { .. } => Self::Ask,
            Asks::Ready { .. } => Self::Wait,
            Asks::Branch { .. } => Self::Choose,
        }
    }
}

/// The kind of a gate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GateKind {
    /// A number.
    Ask,
    /// Ready.
    Wait,
    /// A branch.
    Choose,
}

impl GateKind {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Wait => "wait",
            Self::Choose => "choose",
        }
    }
}

/// The standard tones: each role has its own sound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ToneRole {
    /// Get ready.
    Ready,
    /// The work starts.
    Start,
    /// Half of it is done.
    Half,
    /// It ends soon.
    Warning,
    /// Change sides.
    Switch,
    /// Let go.
    Release,
    /// A question.
    Question,
    /// The routine is over.
    End,
}

impl ToneRole {
    /// All roles.
    pub const ALL: [Self; 8] = [
        Self::Ready,
        Self::Start,
        Self::Half,
        Self::Warning,
        Self::Switch,
        Self::Release,
        Self::Question,
        Self::End,
    ];

    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Start => "start",
            Self::Half => "half",
            Self::Warning => "warning",
            Self::Switch => "switch",
            Self::Release => "release",
            Self::Question => "question",
            Self::End => "end",
        }
    }
}

/// A phase of a paced breath.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Phase {
    /// In.
    Inhale,
    /// A second, short in-breath on top.
    TopUp,
    /// Held full.
    Hold,
    /// Out.
    Exhale,
    /// Held empty.
    Empty,
}

impl Phase {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Inhale => "inhale",
            Self::TopUp => "top_up",
            Self::Hold => "hold",
            Self::Exhale => "exhale",
            Self::Empty => "empty",
        }
    }
}

/// How long a line takes to say.
pub trait SpeechLengths {
    /// The frames of a line.
    fn frames(&self, said: &Said<'_>) -> Frames;

    /// What keeps a studio's recording of this name from being heard; nothing where nobody has looked.
    fn unheard(&self, _recording: &str) -> Option<String> {
        None
    }
}

/// A line with all that its length depends on.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its words.
    pub text: &'a str,
    /// The routine's style.
    pub style: Style,
    /// The section that it is said in.
    pub section: SectionKind,
    /// The language, as `en`.
    pub language: &'a str,
    /// Words that are said otherwise than they are written.
    pub respell: &'a [(String, String)],
    /// The studio's own recording.
    pub clip: Option<&'a str>,
}
