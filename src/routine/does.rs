//! What a step does to a body, as far as safety goes.

use crate::routine::{Breath, Do, Step};

/// What a step does to a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Does {
    /// Anything but rest, words, attention and the natural breath.
    pub more_than_rest: bool,
    /// Touches, moves or tenses a part of the body.
    pub touches: bool,
    /// Compresses: press, melt or roll.
    pub presses: bool,
    /// Rolls.
    pub rolls: bool,
    /// Stretches.
    pub lengthens: bool,
    /// Holds the breath, full or empty.
    pub holds: bool,
}

impl Does {
    /// What one step does; a group does what its steps do, an include that is not resolved might do anything.
    pub fn of(step: &Step) -> Self {
        let touch = Self {
            more_than_rest: true,
            touches: true,
            ..Self::default()
        };
        match &step.r#do {
            Do::Rest(_)
            | Do::Say(_)
            | Do::Scan(_)
            | Do::Ground(_)
            | Do::Ask(_)
            | Do::Wait(_)
            | Do::Choose(_) => Self::default(),
            Do::Breathe(breathe) => {
                let held = |breath: &Breath| breath.hold > 0.0 || breath.empty > 0.0;
                let holds = breathe.pattern.as_ref().is_some_and(held)
                    || breathe.ramp.iter().any(|stage| held(&stage.breath()));
                Self {
                    more_than_rest: !breathe.natural,
                    holds,
                    ..Self::default()
                }
            }
            Do::Stroke(_) | Do::Move(_) | Do::TenseRelease(_) => touch,
            Do::Press(_) | Do::Melt(_) => Self {
                presses: true,
                ..touch
            },
            Do::Roll(_) => Self {
                presses: true,
                rolls: true,
                ..touch
            },
            Do::Stretch(_) | Do::ContractRelax(_) => Self {
                lengthens: true,
                ..touch
            },
            Do::Group(group) => group
                .steps
                .iter()
                .map(Self::of)
                .fold(Self::default(), Self::and),
            Do::Include(_) => Self {
                more_than_rest: true,
                touches: true,
                presses: true,
                rolls: true,
                lengthens: true,
                holds: true,
            },
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            more_than_rest: self.more_than_rest | other.more_than_rest,
            touches: self.touches | other.touches,
            presses: self.presses | other.presses,
            rolls: self.rolls | other.rolls,
            lengthens: self.lengthens | other.lengthens,
            holds: self.holds | other.holds,
        }
    }
}
