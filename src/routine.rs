//! The routine: plain serde types of the file that a therapist writes (`routines/README.md` is its guide).
//!
//! The types hold what is written and nothing else: no places, no derived values. Defaults stand beside each field.
//! Lengths are seconds, pressures are places on the dial (0–10), names are those of [`crate::names`].

pub mod amount;
pub mod atoms;
pub mod cue;
pub mod does;
pub mod kind;
pub mod speech_length;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::names::{Area, Goal, Hand, Level, Position, Region, Style, Tag, Tool, spread};
use crate::units::{Decibels, Secs};

pub use amount::{Breath, Count, Length, RampStage};
pub use cue::{Cue, CueKind, Part, Turn};
pub use kind::Do;

/// The format that this Rootwell writes; files of an older one are read for ever.
pub const FORMAT: u32 = 1;

/// A whole routine file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routine {
    /// The format that the file is written in; [`FORMAT`] today.
    pub format: u32,
    /// What the routine is called.
    pub title: String,
    /// What it is for, in one line.
    pub promise: String,
    /// Relaxation, therapeutic or both.
    pub style: Style,
    /// How much it asks of the body.
    pub level: Level,
    /// The parts of the body that it works on; groups are spread.
    pub areas: Vec<Region>,
    /// Where it can be done.
    pub positions: Vec<Position>,
    /// What must be at hand; none: hands only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Tool>,
    /// The studio's promises that it is meant for.
    pub goals: Vec<Goal>,
    /// Who wrote it.
    pub author: String,
    /// The language of its texts, as `en` or `es`; `en` if not written.
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub language: String,
    /// A few sentences more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it needs of the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// Where its numbers come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What changes for whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<Caution>,
    /// What is said about the hours after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_care: Option<String>,
    /// How often it may be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spacing: Option<Spacing>,
    /// The background sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bed: Option<Bed>,
    /// Whether it leads into sleep: no chime and no bright page at its end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bedtime: bool,
    /// Tools that can stand in for another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<Instead>,
    /// The declared length in minutes, checked against the sum of the steps at their ideal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// The therapist's stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// How the voice says a word: word → spelling.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub respell: BTreeMap<String, String>,
    /// What is done, in order.
    pub sections: Vec<Section>,
    /// Overlays that replace or drop whole named steps, applied in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variations: Vec<Variation>,
}

impl Routine {
    /// The areas it works on, groups spread.
    pub fn areas_spread(&self) -> Vec<Area> {
        spread(&self.areas)
    }

    /// The area that a session of it is about: the chosen one, where it works on it or takes its steps in; else its first.
    pub fn area_of(&self, chosen: Option<Area>) -> Option<Area> {
        let own = self.areas_spread();
        let mut takes_in = false;
        self.walk(&mut |_path, step| {
            takes_in |= matches!(&step.r#do, Do::Include(include) if include.area.is_some());
        });
        chosen
            .filter(|area| takes_in || own.contains(area))
            .or(own.first().copied())
    }

    /// All steps with their paths, groups and variations included, in the order of the file.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&str, &'a Step)) {
        for (s, section) in self.sections.iter().enumerate() {
            walk_steps(&format!("sections[{s}].steps"), &section.steps, visit);
        }
        for (v, variation) in self.variations.iter().enumerate() {
            for (r, replace) in variation.replace.iter().enumerate() {
                walk_steps(
                    &format!("variations[{v}].replace[{r}].with"),
                    &replace.with,
                    visit,
                );
            }
        }
    }
}

fn walk_steps<'a>(path: &str, steps: &'a [Step], visit: &mut dyn FnMut(&str, &'a Step)) {
    for (i, step) in steps.iter().enumerate() {
        let path = format!("{path}[{i}]");
        visit(&path, step);
        if let Do::Group(group) = &step.r#do {
            walk_steps(&format!("{path}.do.steps"), &group.steps, visit);
        }
    }
}

/// What a routine needs of the room.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// The space, in words ("a wall and two steps of floor").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    /// The noise that it makes or needs kept away, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noise: Option<String>,
}

/// Where a number comes from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name of the step that it speaks of.
    pub of: String,
    /// What it says about the dose.
    pub says: String,
    /// The code of the reference (`content.md` 9).
    pub cite: String,
    /// How firm the evidence is.
    pub grade: Grade,
    /// What of it was read.
    #[serde(default)]
    pub seen: Seen,
}

/// How firm evidence is, after `content.md`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Grade {
    /// A meta-analysis, or several trials that agree.
    A,
    /// One decent trial, or a mixed picture.
    B,
    /// Handouts, expert consensus, physiology.
    C,
    /// Tradition.
    D,
}

/// What of a source was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Seen {
    /// The whole paper.
    Paper,
    /// The abstract, or the top of its page.
    Abstract,
    /// Nothing lately: from memory.
    Memory,
    /// No source: the practice of the studio.
    #[default]
    Practice,
}

/// What a tag changes in this routine, beyond what it does by itself (`content.md` 2.4).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// Whom it is about.
    pub tag: Tag,
    /// The variation that is used instead.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub r#use: Option<String>,
    /// The named steps that are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
    /// Whether the routine is not offered at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub block: bool,
}

/// How often a routine may be done.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spacing {
    /// Hours before the same area again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Times a week at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_week: Option<u32>,
}

/// The background sound of a routine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bed {
    /// What is heard.
    pub sound: BedSound,
    /// Louder or softer than usual, in decibels.
    #[serde(default)]
    pub level: Decibels,
    /// How it fades towards the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fade: Option<Fade>,
}

/// The background sounds that Rootwell makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BedSound {
    /// Nothing.
    None,
    /// A low chord that hardly moves.
    Pad,
    /// Steady rain.
    Rain,
    /// Slow waves.
    Ocean,
    /// Deep, soft noise.
    Brown,
    /// Lighter noise.
    Pink,
}

/// A fade of everything over the last part of a routine.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fade {
    /// Over the last so many seconds.
    pub last: Secs,
    /// By so many decibels (negative).
    pub by: Decibels,
}

/// A tool that can stand in for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// The tool that is asked for.
    pub tool: Tool,
    /// The one that serves as well.
    #[serde(rename = "use")]
    pub r#use: Tool,
}

/// The therapist's stamp: dropped by any later edit of a dose, side, cue or caution.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who checked it.
    pub name: String,
    /// What makes them able to.
    pub credential: String,
    /// When, as `2026-11-25`.
    pub date: String,
    /// The hash of what was checked.
    pub digest: String,
    /// When it must be checked again, as `2027-11-25`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A part of a routine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Which part it is.
    pub section: SectionKind,
    /// What it is called, where the kind's own name will not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The option of the `Choose` before it whose branch this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What is done, in order.
    pub steps: Vec<Step>,
}

/// The parts of a routine, in the order of a session at the studio.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SectionKind {
    /// Sit or lie down, settle.
    Arrive,
    /// Breath, slow strokes, scan.
    Soften,
    /// Ask again, and choose.
    Bridge,
    /// Press, melt, roll, stretch.
    Release,
    /// Let it sink in.
    Integrate,
    /// Come back.
    Close,
}

impl SectionKind {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Arrive => "arrive",
            Self::Soften => "soften",
            Self::Bridge => "bridge",
            Self::Release => "release",
            Self::Integrate => "integrate",
            Self::Close => "close",
        }
    }
}

/// One thing to do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name, needed only where something points at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the person reads; else the kind's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is done.
    pub r#do: Do,
    /// On which side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Seconds to get ready before the (first) work; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_up: Option<Secs>,
    /// Seconds between the sides; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch: Option<Secs>,
    /// The id of its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pose: Option<String>,
    /// Where exactly, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landmark: Option<String>,
    /// What to stay away from, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid: Option<String>,
    /// What it should feel like, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feel: Option<String>,
    /// When to stop, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
    /// 1 gives time last, 2 is usual, 3 gives first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Hours before the same spot again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_after: Option<f64>,
    /// More for one side, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Extra>,
    /// Whether the standard tones are heard; they are if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tones: Option<bool>,
    /// Whether it belongs to its area's daily five.
    #[serde(default, skip_serializing_if = "is_false")]
    pub daily: bool,
    /// The breath that lengths in breaths are counted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breath: Option<Breath>,
    /// What is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub say: Vec<Cue>,
}

impl Step {
    /// A step that does this, and nothing else written.
    pub fn new(r#do: Do) -> Self {
        Self {
            name: None,
            title: None,
            r#do,
            side: None,
            set_up: None,
            switch: None,
            pose: None,
            landmark: None,
            avoid: None,
            feel: None,
            stop: None,
            priority: None,
            again_after: None,
            extra: None,
            tones: None,
            daily: false,
            breath: None,
            say: Vec::new(),
        }
    }
}

/// On which side a step is done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Side {
    /// The left one only.
    Left,
    /// The right one only.
    Right,
    /// Both at once.
    Both,
    /// Left, then right.
    Each,
    /// The easier one first, then the tighter one.
    EasierFirst,
    /// Left and right in turn, round by round.
    Alternate,
}

/// More for one side.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// For which side.
    pub side: ExtraSide,
    /// How many times more.
    pub sets: u32,
    /// Why.
    pub why: String,
}

/// The side that gets more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ExtraSide {
    /// The one that the person calls tighter.
    Tighter,
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl ExtraSide {
    /// The side that is meant, given which one is tighter today.
    pub fn hand(self, tighter: Hand) -> Hand {
        match self {
            Self::Tighter => tighter,
            Self::Left => Hand::Left,
            Self::Right => Hand::Right,
        }
    }
}

/// An overlay: whole named steps are replaced or dropped, never patched inside.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variation {
    /// Its name; those of [`Variation::KNOWN`] have a fixed meaning.
    pub name: String,
    /// What the person reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What stands in for what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replace: Vec<Replace>,
    /// What is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
}

impl Variation {
    /// The names with a fixed meaning.
    pub const KNOWN: &'static [&'static str] = &[
        "easier",
        "deeper",
        "seated",
        "bed",
        "hold-free",
        "light-only",
        "no-tools",
        "one-handed",
        "quiet",
    ];
}

/// What stands in for a named step.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// The name of the step.
    pub step: String,
    /// What is done instead.
    pub with: Vec<Step>,
}

fn english() -> String {
    "en".to_owned()
}

fn is_english(language: &str) -> bool {
    language == "en"
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
