//! The numbers of every sound, as `assets/sounds.ron` has them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::timeline::ToneRole;
use crate::units::{Decibels, Secs};

/// All sounds.
#[derive(Debug, Deserialize)]
#[serde(rename = "Sounds", deny_unknown_fields)]
pub(super) struct Recipe {
    /// What is struck, by name.
    pub(super) instruments: BTreeMap<String, Instrument>,
    /// What each role plays.
    pub(super) tones: BTreeMap<ToneRole, Motif>,
    /// Change to the left side.
    pub(super) left: Motif,
    /// Change to the right side.
    pub(super) right: Motif,
    /// What stands for a line that is not spoken.
    pub(super) notice: Motif,
    /// The breath.
    pub(super) breath: Breath,
    /// The background sounds.
    pub(super) beds: Beds,
}

/// A thing that rings when struck.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instrument {
    /// From nothing to full.
    pub(super) attack: Secs,
    /// The felt's touch.
    pub(super) thump: Option<Thump>,
    /// What rings.
    pub(super) modes: Vec<Mode>,
}

/// The soft noise of the mallet.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thump {
    pub(super) level: Decibels,
    /// Low-pass, in hertz.
    pub(super) hz: f32,
    /// To −60 dB.
    pub(super) secs: Secs,
}

/// One frequency at which a thing rings, as a pair that beats.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mode {
    /// Times the note's frequency.
    pub(super) ratio: f64,
    pub(super) level: Decibels,
    /// To −60 dB.
    pub(super) t60: Secs,
    /// Between the two of the pair, in hertz.
    pub(super) beat: f64,
}

/// A few notes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Motif {
    /// The loudest sample.
    pub(super) peak: Decibels,
    pub(super) notes: Vec<Note>,
}

/// One note.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// The instrument's name.
    pub(super) on: String,
    pub(super) hz: f64,
    pub(super) at: Secs,
    #[serde(default)]
    pub(super) level: Decibels,
    /// Times the instrument's decay.
    #[serde(default = "one")]
    pub(super) ring: f64,
    /// −1 left … 1 right.
    #[serde(default)]
    pub(super) pan: f32,
    /// Semitones.
    #[serde(default)]
    pub(super) bend: f64,
}

fn one() -> f64 {
    1.0
}

/// The sounds of the phases of a breath.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Breath {
    /// From nothing to where the phase begins.
    pub(super) attack: Secs,
    /// From where the phase ends to nothing, into the next phase.
    pub(super) tail: Secs,
    /// The softest that a flow of air gets.
    pub(super) floor: Decibels,
    pub(super) inhale: Air,
    pub(super) top_up: Air,
    pub(super) exhale: Air,
    pub(super) hold: Still,
    pub(super) empty: Still,
}

/// Moving air.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Air {
    pub(super) rms: Decibels,
    /// The colour when empty, in hertz.
    pub(super) low: f32,
    /// The colour when full, in hertz.
    pub(super) high: f32,
    pub(super) q: f32,
    /// The level of the note under it.
    pub(super) note: Decibels,
    /// The note when empty, in hertz.
    pub(super) from: f32,
    /// The note when full, in hertz.
    pub(super) to: f32,
}

/// Still air: steady notes that fade.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Still {
    pub(super) notes: Vec<f32>,
    pub(super) level: Decibels,
    /// To −20 dB.
    pub(super) fade: Secs,
}

/// The background sounds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beds {
    /// The length of the loops; a whole number, at most 60.
    pub(super) secs: u32,
    /// How much softer they are when the breath is out.
    pub(super) breath: Decibels,
    pub(super) pad: Pad,
    pub(super) brown: Hiss,
    pub(super) pink: Hiss,
    pub(super) rain: Rain,
    pub(super) ocean: Ocean,
}

/// How loud a bed is.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub(super) rms: Decibels,
    /// The root mean square of what is made, before it is brought to that level; a test measures it.
    pub(super) raw: f32,
}

/// A low chord that hardly moves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pad {
    pub(super) level: Level,
    pub(super) partials: Vec<Partial>,
    /// Between left and right, in hertz.
    pub(super) detune: f64,
    /// How often the partials sway in a loop, in turn.
    pub(super) sway: Vec<u32>,
}

/// One frequency of the pad.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Partial {
    pub(super) hz: f64,
    pub(super) level: Decibels,
}

/// Plain noise.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hiss {
    pub(super) level: Level,
    /// In hertz.
    pub(super) low_cut: f32,
    /// In hertz.
    pub(super) high_cut: f32,
}

/// Steady rain.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rain {
    pub(super) level: Level,
    /// In hertz.
    pub(super) low_cut: f32,
    /// In hertz.
    pub(super) high_cut: f32,
    /// The root mean square of the rain far away alone, as it is made.
    pub(super) far: f32,
    /// Drops near by, a second.
    pub(super) drops: u32,
    /// From the largest to the smallest, in hertz.
    pub(super) drop_hz: (f32, f32),
    /// Against the rain far away.
    pub(super) drop_level: Decibels,
}

/// Slow waves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ocean {
    pub(super) level: Level,
    /// In hertz.
    pub(super) low_cut: f32,
    /// The colour between waves, in hertz.
    pub(super) dark: f32,
    /// The colour of a breaking wave, in hertz.
    pub(super) bright: f32,
    /// How many waves of each kind in a loop.
    pub(super) waves: Vec<u32>,
    /// How soft it is between waves.
    pub(super) ebb: Decibels,
}
