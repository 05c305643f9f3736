//! Rootwell's own sounds, made from numbers when they are first needed and then kept.
//!
//! Every number stands in `assets/sounds.ron`. A studio can put a recording of its own in the place of any tone.

mod beds;
mod breath;
mod noise;
mod recipe;
mod strike;

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, OnceLock};

use crate::routine::BedSound;
use crate::timeline::{SegmentSide, ToneRole};
use crate::units::Decibels;

use super::pcm::Pcm;
use super::score::{PhaseShape, Sounds};
use recipe::{Motif, Recipe};

static RECIPE: LazyLock<Recipe> = LazyLock::new(|| {
    let extensions = ron::extensions::Extensions::UNWRAP_NEWTYPES
        | ron::extensions::Extensions::IMPLICIT_SOME
        | ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES;
    ron::Options::default()
        .with_default_extension(extensions)
        .from_str(include_str!("../../assets/sounds.ron"))
        .expect("the sounds are part of the program: a test reads them")
});

/// Which tone: a role, or one of the two sides of a change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tone {
    /// A role without a side.
    Role(ToneRole),
    /// Change to the left.
    Left,
    /// Change to the right.
    Right,
    /// What stands for a line that is not spoken.
    Notice,
}

impl Tone {
    /// All tones.
    pub fn all() -> impl Iterator<Item = Self> {
        let roles = ToneRole::ALL.into_iter().map(Self::Role);
        roles.chain([Self::Left, Self::Right, Self::Notice])
    }

    /// The tone of a role on a side.
    pub fn of(role: ToneRole, side: SegmentSide) -> Self {
        match (role, side) {
            (ToneRole::Switch, SegmentSide::Left) => Self::Left,
            (ToneRole::Switch, SegmentSide::Right) => Self::Right,
            _ => Self::Role(role),
        }
    }

    fn motif(self) -> &'static Motif {
        match self {
            Self::Role(role) => &RECIPE.tones[&role],
            Self::Left => &RECIPE.left,
            Self::Right => &RECIPE.right,
            Self::Notice => &RECIPE.notice,
        }
    }
}

/// All sounds of the house. Tones and loops are made once, phases once for each shape.
#[derive(Default)]
pub struct House {
    own: BTreeMap<Tone, Pcm>,
    tones: Mutex<BTreeMap<Tone, Pcm>>,
    phases: Mutex<BTreeMap<PhaseShape, Pcm>>,
    beds: [OnceLock<Option<Pcm>>; 6],
}

impl House {
    /// Our own sounds.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a studio's own recording in the place of a tone.
    #[must_use]
    pub fn with(mut self, tone: Tone, recording: Pcm) -> Self {
        self.own.insert(tone, recording);
        self
    }

    /// A tone.
    pub fn sound(&self, tone: Tone) -> Pcm {
        if let Some(own) = self.own.get(&tone) {
            return own.clone();
        }
        let mut tones = self.tones.lock().expect(NO_PANIC);
        let made = tones.entry(tone);
        made.or_insert_with(|| strike::motif(&RECIPE, tone.motif()))
            .clone()
    }
}

/// Why a lock is never poisoned.
const NO_PANIC: &str = "making a sound does not panic";

impl Sounds for House {
    fn tone(&self, role: ToneRole, side: SegmentSide) -> Option<Pcm> {
        Some(self.sound(Tone::of(role, side)))
    }

    fn phase(&self, shape: PhaseShape) -> Option<Pcm> {
        let mut phases = self.phases.lock().expect(NO_PANIC);
        let made = phases.entry(shape);
        Some(
            made.or_insert_with(|| breath::phase(&RECIPE.breath, shape))
                .clone(),
        )
    }

    fn bed(&self, sound: BedSound) -> Option<Pcm> {
        self.beds[sound as usize]
            .get_or_init(|| beds::bed(&RECIPE.beds, sound))
            .clone()
    }

    fn notice(&self) -> Option<Pcm> {
        Some(self.sound(Tone::Notice))
    }

    fn bed_breath(&self) -> Decibels {
        RECIPE.beds.breath
    }
}

#[cfg(test)]
mod tests;
