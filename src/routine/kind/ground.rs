//! Come back through the senses.

use serde::{Deserialize, Serialize};

use crate::routine::Count;
use crate::routine::atoms::{self, Atom, Mistake, Rounds, Timed, Times};
use crate::units::Secs;

/// Come back through the senses.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// What is noticed: a sense, how many things, seconds for each thing, as `(See, 5, 8)`.
    pub items: Vec<GroundItem>,
}

impl Ground {
    /// One stretch of time for each sense, with its things inside.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        let mut children = Vec::new();
        for (i, &GroundItem(sense, count, secs)) in self.items.iter().enumerate() {
            let thing = atoms::frames(secs, "do.items")?;
            let all = atoms::rounds_of(thing, Count::Fixed(count), "do.items")?;
            let title = format!("{count} to {}", sense.verb());
            children.push(Atom::Timed(Timed::work(all).beat(thing).item(i, title)));
        }
        Ok(vec![Atom::Group(Rounds::new(children, Times::ONCE))])
    }
}

/// A sense, how many things, and seconds for each thing.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct GroundItem(pub Sense, pub u32, pub Secs);

/// A sense to come back through.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Sense {
    /// The eyes.
    See,
    /// The skin.
    Feel,
    /// The ears.
    Hear,
    /// The nose.
    Smell,
    /// The tongue.
    Taste,
}

impl Sense {
    /// What one does with it.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Feel => "feel",
            Self::Hear => "hear",
            Self::Smell => "smell",
            Self::Taste => "taste",
        }
    }
}
