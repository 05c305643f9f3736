//! The four atoms that every kind of step is expanded to: [`Timed`], [`Breaths`], [`GateAtom`] and [`Rounds`]
//! (`format.md` 3). All that comes later (fitting, sides, the player, the strip) knows atoms only.
//!
//! A new kind is one file under `kind`: its fields, its expansion, its words.

use serde::{Deserialize, Serialize};

use crate::names::Style;
use crate::routine::kind::Do;
use crate::routine::kind::ask::Scale;
use crate::routine::kind::breathe::Through;
use crate::routine::{Breath, Count, Length, Part, SectionKind, Step};
use crate::units::{Band, Frames, Secs};

/// The longest that anything may last, in seconds: four hours (`authoring.md` D1).
pub const LONGEST_SECS: f64 = 14_400.0;

/// The shortest paced breath, in seconds. The rules ask for far slower ones; this keeps the number of breaths bounded.
const SHORTEST_BREATH_SECS: f64 = 1.0;

/// One of the four.
#[derive(Clone, PartialEq, Debug)]
pub enum Atom {
    /// A length, a role, a pressure.
    Timed(Timed),
    /// A pattern and a count.
    Breaths(Breaths),
    /// An estimate and a time-out.
    Gate(GateAtom),
    /// Children in order, a number of times.
    Group(Rounds),
}

/// A stretch of time with one thing going on.
#[derive(Clone, PartialEq, Debug)]
pub struct Timed {
    /// How long, for one play.
    pub extent: Extent,
    /// What it is within its step.
    pub role: Role,
    /// How much pressure, on the dial.
    pub pressure: Option<Band>,
    /// Which part of a round it is.
    pub part: Option<Part>,
    /// Which group, region or sense it is, from 1.
    pub item: Option<u32>,
    /// The length of one stroke, pass or movement, where it has rounds inside.
    pub beat: Option<Frames>,
    /// The time between soft bells, where it has them.
    pub bell: Option<Frames>,
    /// What it is called where that is not the step's own title.
    pub title: Option<String>,
}

impl Timed {
    /// A stretch of time with a role, and nothing else.
    pub fn new(role: Role, extent: Extent) -> Self {
        Self {
            extent,
            role,
            pressure: None,
            part: None,
            item: None,
            beat: None,
            bell: None,
            title: None,
        }
    }

    /// The work of a step.
    pub fn work(extent: Extent) -> Self {
        Self::new(Role::Work, extent)
    }

    /// The same with a pressure.
    #[must_use]
    pub fn pressed(mut self, band: Band) -> Self {
        self.pressure = Some(band);
        self
    }

    /// The same as a part of a round.
    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        self.part = Some(part);
        self
    }

    /// The same as an item with a name.
    #[must_use]
    pub fn item(mut self, index: usize, title: String) -> Self {
        self.item = Some(index as u32 + 1);
        self.title = Some(title);
        self
    }

    /// The same with rounds inside.
    #[must_use]
    pub fn beat(mut self, beat: Frames) -> Self {
        self.beat = Some(beat);
        self
    }
}

/// Paced breaths of one pattern.
#[derive(Clone, PartialEq, Debug)]
pub struct Breaths {
    /// The pattern.
    pub breath: PacedBreath,
    /// How long all of them last; its unit is one breath.
    pub extent: Extent,
}

/// A question, a wait or a choice.
#[derive(Clone, PartialEq, Debug)]
pub struct GateAtom {
    /// What it asks.
    pub asks: Asks,
    /// What the timeline gives it.
    pub estimate: Frames,
    /// How long it waits for an answer, counted in frames that are heard, not in pauses.
    pub time_out: Frames,
}

/// Children in order, a number of times.
#[derive(Clone, PartialEq, Debug)]
pub struct Rounds {
    /// What one round holds.
    pub children: Vec<Atom>,
    /// How many rounds.
    pub times: Times,
    /// What lies between two rounds.
    pub between: Option<Timed>,
    /// What follows the last round.
    pub after: Option<Timed>,
    /// Whether the children last equally long and change together, as the regions of a scan.
    pub tied: bool,
}

impl Rounds {
    /// Children with nothing between the rounds.
    pub fn new(children: Vec<Atom>, times: Times) -> Self {
        Self {
            children,
            times,
            between: None,
            after: None,
            tied: false,
        }
    }
}

/// How many rounds: the fewest, the usual, the most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// The fewest.
    pub min: u32,
    /// The usual.
    pub ideal: u32,
    /// The most.
    pub max: u32,
}

impl Times {
    /// Just once.
    pub const ONCE: Self = Self::fixed(1);

    /// So many, never more or less.
    pub const fn fixed(n: u32) -> Self {
        Self {
            min: n,
            ideal: n,
            max: n,
        }
    }

    /// Whether the number may change.
    pub fn is_elastic(self) -> bool {
        self.min < self.max
    }
}

/// How long an atom lasts in one play: the shortest, the usual, the longest, and the unit in which it changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// The shortest.
    pub min: Frames,
    /// The usual.
    pub ideal: Frames,
    /// The longest.
    pub max: Frames,
    /// The step in which it changes: a second, a breath or a round.
    pub unit: Frames,
}

impl Extent {
    /// A length that never changes.
    pub const fn fixed(frames: Frames) -> Self {
        Self {
            min: frames,
            ideal: frames,
            max: frames,
            unit: Frames::whole_secs(1),
        }
    }

    /// Whether the length may change.
    pub fn is_elastic(self) -> bool {
        self.min < self.max
    }
}

/// What a segment is within its step.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// The thing itself.
    Work,
    /// Getting ready.
    SetUp,
    /// Changing sides.
    Switch,
    /// A pause between rounds.
    Between,
    /// The push of a contract–relax.
    Push,
    /// Its letting go.
    Ease,
    /// Its stretch.
    Stretch,
    /// Tensing a group of muscles.
    Tense,
    /// Letting it go.
    Release,
    /// A rest.
    Rest,
    /// A gate.
    Gate,
}

impl Role {
    /// The name in JSON.
    pub const fn kebab(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::SetUp => "set_up",
            Self::Switch => "switch",
            Self::Between => "between",
            Self::Push => "push",
            Self::Ease => "ease",
            Self::Stretch => "stretch",
            Self::Tense => "tense",
            Self::Release => "release",
            Self::Rest => "rest",
            Self::Gate => "gate",
        }
    }
}

/// One paced breath, in frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PacedBreath {
    /// In.
    pub inhale: Frames,
    /// A second, short in-breath on top.
    pub top_up: Frames,
    /// Held full.
    pub hold: Frames,
    /// Out.
    pub exhale: Frames,
    /// Held empty.
    pub empty: Frames,
    /// Which way the air goes.
    pub through: Through,
}

impl PacedBreath {
    /// All of it.
    pub fn total(self) -> Frames {
        self.inhale + self.top_up + self.hold + self.exhale + self.empty
    }

    /// Whether the breath is held in it, full or empty.
    pub fn holds(self) -> bool {
        !self.hold.is_zero() || !self.empty.is_zero()
    }
}

/// What a gate asks.
#[derive(Clone, PartialEq, Debug)]
pub enum Asks {
    /// A number from 0 to 10; silence is "not asked".
    Rating {
        /// What is rated, where it is one of the known scales.
        scale: Option<Scale>,
        /// The author's own question.
        question: Option<String>,
    },
    /// Whether the person is ready; silence goes on.
    Ready {
        /// What the person gets ready.
        what: String,
    },
    /// Which branch to take.
    Branch {
        /// The branches, in the order of the file.
        options: Vec<String>,
        /// The one that silence means.
        silence: String,
    },
}

/// What keeps a step from being expanded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// The field that is wrong, seen from the step, as `do.length`.
    pub field: &'static str,
    /// A plain sentence.
    pub message: String,
}

impl Mistake {
    /// A mistake in a field of the step.
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self {
            field,
            message: message.into(),
        }
    }
}

/// Where a step stands, as far as its expansion depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The routine's style.
    pub style: Style,
    /// The part of the routine.
    pub section: SectionKind,
}

/// The atoms of one side of a step, in order. A [`Do::Group`] and a [`Do::Include`] hold steps, not atoms: they are
/// taken apart before, and give none.
pub fn expand(step: &Step, setting: Setting) -> Result<Vec<Atom>, Mistake> {
    match &step.r#do {
        Do::Rest(rest) => rest.expand(step),
        Do::Say(say) => say.expand(step, setting),
        Do::Breathe(breathe) => breathe.expand(step),
        Do::Press(press) => press.expand(step),
        Do::Melt(melt) => melt.expand(step),
        Do::Roll(roll) => roll.expand(step),
        Do::Stroke(stroke) => stroke.expand(),
        Do::Stretch(stretch) => stretch.expand(step),
        Do::ContractRelax(contract_relax) => contract_relax.expand(),
        Do::Move(movement) => movement.expand(),
        Do::TenseRelease(tense_release) => tense_release.expand(),
        Do::Scan(scan) => scan.expand(step),
        Do::Ground(ground) => ground.expand(),
        Do::Ask(ask) => ask.expand(),
        Do::Wait(wait) => wait.expand(),
        Do::Choose(choose) => choose.expand(),
        Do::Group(_) | Do::Include(_) => Ok(Vec::new()),
    }
}

/// The frames of a number of seconds that must be finite, not below zero, and at most four hours.
pub fn frames(secs: Secs, field: &'static str) -> Result<Frames, Mistake> {
    if (0.0..=LONGEST_SECS).contains(&secs.0) {
        Ok(secs.frames())
    } else {
        Err(Mistake::new(
            field,
            "seconds must be a number from 0 to 14 400 (four hours)",
        ))
    }
}

/// The frames of a part that may be left out: `usual` seconds then.
pub fn frames_or(secs: Option<Secs>, usual: f64, field: &'static str) -> Result<Frames, Mistake> {
    frames(secs.unwrap_or(Secs(usual)), field)
}

/// How long a written length may last, in whole seconds from its ideal.
pub fn extent(
    length: Length,
    breath: Option<Breath>,
    field: &'static str,
) -> Result<Extent, Mistake> {
    match length {
        Length::Fixed(secs) => Ok(Extent::fixed(frames(secs, field)?)),
        Length::Elastic { min, ideal, max } => in_order(
            Extent {
                min: frames(min, field)?,
                ideal: frames(ideal, field)?,
                max: frames(max, field)?,
                unit: Frames::whole_secs(1),
            },
            field,
        ),
        Length::Breaths(n) => {
            let breath = breath.ok_or_else(|| {
                Mistake::new(
                    field,
                    "a length in breaths needs a `breath: (inhale: …, exhale: …)` on the same step",
                )
            })?;
            Ok(Extent::fixed(frames(Secs(n * breath.total()), field)?))
        }
    }
}

/// How many rounds a written count allows.
pub fn times(count: Count, field: &'static str) -> Result<Times, Mistake> {
    let (min, ideal, max) = count.range();
    if min >= 1 && min <= ideal && ideal <= max {
        Ok(Times { min, ideal, max })
    } else {
        Err(Mistake::new(
            field,
            "a count is at least 1, and `min`, `ideal` and `max` go upwards",
        ))
    }
}

/// How long a number of equal rounds may last, each `beat` long.
pub fn rounds_of(beat: Frames, count: Count, field: &'static str) -> Result<Extent, Mistake> {
    let times = times(count, field)?;
    let longest = Secs(LONGEST_SECS).frames();
    let all = |n: u32| {
        beat.0
            .checked_mul(u64::from(n))
            .map(Frames)
            .filter(|total| *total <= longest)
            .ok_or_else(|| Mistake::new(field, "all rounds together may last four hours at most"))
    };
    if beat < Secs(0.1).frames() {
        return Err(Mistake::new(
            field,
            "one round must last at least a tenth of a second",
        ));
    }
    Ok(Extent {
        min: all(times.min)?,
        ideal: all(times.ideal)?,
        max: all(times.max)?,
        unit: beat,
    })
}

/// A written breath in frames, `count` seconds for each of its numbers.
pub fn paced(
    breath: Breath,
    count: f64,
    through: Through,
    field: &'static str,
) -> Result<PacedBreath, Mistake> {
    let phase = |n: f64| frames(Secs(n * count), field);
    let paced = PacedBreath {
        inhale: phase(breath.inhale)?,
        top_up: phase(breath.top_up)?,
        hold: phase(breath.hold)?,
        exhale: phase(breath.exhale)?,
        empty: phase(breath.empty)?,
        through,
    };
    if paced.total() < Secs(SHORTEST_BREATH_SECS).frames() {
        return Err(Mistake::new(
            field,
            "a paced breath must last at least a second",
        ));
    }
    Ok(paced)
}

fn in_order(extent: Extent, field: &'static str) -> Result<Extent, Mistake> {
    if extent.min <= extent.ideal && extent.ideal <= extent.max {
        Ok(extent)
    } else {
        Err(Mistake::new(
            field,
            "`min`, `ideal` and `max` must go upwards",
        ))
    }
}
