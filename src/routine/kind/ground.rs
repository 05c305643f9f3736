//! Come back through the senses.

use serde::{Deserialize, Serialize};

use crate::units::Secs;

/// Come back through the senses.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// What is noticed: a sense, how many things, seconds for each thing, as `(See, 5, 8)`.
    pub items: Vec<GroundItem>,
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
