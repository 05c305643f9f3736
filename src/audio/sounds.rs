//! Rootwell's own sounds, made from numbers when they are first needed and then kept.
//!
//! Every number stands in `assets/sounds.ron`. A studio can put a recording of its own in the place of any tone.

mod beds;
mod breath;
mod noise;
mod own;
mod recipe;
mod strike;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use crate::routine::BedSound;
use crate::speech::Speaker;
use crate::store::Folders;
use crate::studio;
use crate::timeline::{SegmentSide, ToneRole};
use crate::units::Decibels;

use super::pcm::Pcm;
use super::score::{PhaseShape, Sounds};
pub use beds::LiveBed;
use own::OwnTones;
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

impl From<studio::Tone> for Tone {
    fn from(tone: studio::Tone) -> Self {
        Self::Role(match tone {
            studio::Tone::Ready => ToneRole::Ready,
            studio::Tone::Start => ToneRole::Start,
            studio::Tone::Half => ToneRole::Half,
            studio::Tone::Warning => ToneRole::Warning,
            studio::Tone::Switch => ToneRole::Switch,
            studio::Tone::Release => ToneRole::Release,
            studio::Tone::Question => ToneRole::Question,
            studio::Tone::End => ToneRole::End,
            studio::Tone::Left => return Self::Left,
            studio::Tone::Right => return Self::Right,
            studio::Tone::Notice => return Self::Notice,
        })
    }
}

/// All sounds of the house. Tones and loops are made once, phases once for each shape.
#[derive(Default)]
pub struct House {
    studio: Option<OwnTones>,
    own: OnceLock<BTreeMap<Tone, Pcm>>,
    tones: Mutex<BTreeMap<Tone, Pcm>>,
    phases: Mutex<BTreeMap<PhaseShape, Pcm>>,
    beds: [OnceLock<Option<Pcm>>; 6],
}

impl House {
    /// Our own sounds.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with the tones that the studio has of its own, which `studio.ron` names; they are read when a tone is first
    /// needed. What cannot be used is one of the speaker's troubles.
    pub fn of(folders: Option<&Folders>, speaker: &Arc<Speaker>) -> Self {
        Self {
            studio: folders.map(|folders| OwnTones::of(folders, speaker)),
            ..Self::default()
        }
    }

    /// A tone.
    pub fn sound(&self, tone: Tone) -> Pcm {
        let own = || self.studio.iter().flat_map(OwnTones::read).collect();
        if let Some(own) = self.own.get_or_init(own).get(&tone) {
            return own.clone();
        }
        let mut tones = self.tones.lock().expect(NO_PANIC);
        tones.entry(tone).or_insert_with(|| ours(tone)).clone()
    }
}

/// Our own sound for a tone.
fn ours(tone: Tone) -> Pcm {
    strike::motif(&RECIPE, tone.motif())
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
            .get_or_init(|| self.live_bed(sound).map(LiveBed::whole))
            .clone()
    }

    fn live_bed(&self, sound: BedSound) -> Option<LiveBed> {
        LiveBed::new(&RECIPE.beds, sound)
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
