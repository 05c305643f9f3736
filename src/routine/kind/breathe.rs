//! Paced or natural breathing.

use serde::{Deserialize, Serialize};

use crate::routine::amount::Breath;
use crate::routine::amount::Count;
use crate::routine::amount::Length;
use crate::routine::amount::RampStage;

/// Paced or natural breathing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breathe {
    /// The breath to arrive at; none with `natural`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Breath>,
    /// How many breaths of the pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaths: Option<Count>,
    /// How long instead: as many whole breaths as fit, the nearest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// Stages on the way to the pattern.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ramp: Vec<RampStage>,
    /// Seconds for each number of the pattern and the ramp; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<f64>,
    /// Which way the air goes; the nose if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// A soft guide, never paced, instead of a pattern.
    #[serde(default, skip_serializing_if = "is_false")]
    pub natural: bool,
}

/// Which way the air goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Through {
    /// In and out by the nose.
    #[default]
    Nose,
    /// In by the nose, out by the mouth.
    NoseThenMouth,
    /// In by the nose, out by pursed lips.
    PursedLips,
    /// In by one nostril, out by the other, and back.
    AlternateNostrils,
    /// In by the nose, out as a hum.
    Hum,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
