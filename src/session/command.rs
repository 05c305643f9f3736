//! What a session can be told.

use super::Answer;
use crate::names::Talk;
use crate::units::Frames;

/// What a person can ask of a session.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Begin, or go on.
    Play,
    /// Stand still.
    Pause,
    /// The one or the other.
    Toggle,
    /// The headset's button: answers a gate that one press can answer, else the same as [`Command::Toggle`].
    Button,
    /// To the step before.
    Back,
    /// To the next step.
    Next,
    /// This step again, from its start.
    Repeat,
    /// To a frame of the timeline.
    Seek(Frames),
    /// Answer the open gate.
    Answer(Answer),
    /// Less pressure, and half of what is left of it.
    EaseOff,
    /// A little longer here.
    Longer,
    /// How loud a layer is.
    Volume(Layer, Volume),
    /// How loud all layers are.
    Volumes(Volumes),
    /// No sound at all, or sound again.
    Mute,
    /// How much talking.
    Talk(Talk),
    /// Say where we are.
    WhereAmI,
    /// Say the last line once more.
    SayAgain,
    /// How the person follows just now.
    Attention(Attention),
    /// "Lie down and listen", or back from it.
    LieDown(bool),
    /// Fade the sound, stop, show the stop card.
    SomethingFeelsWrong,
    /// Leave, keeping the place.
    Stop,
}

/// What can become of the sound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum World {
    /// The device has been gone for longer than a hiccup.
    SoundGone,
    /// The device is there again.
    SoundBack,
    /// The device has been gone for so long that nobody is waiting any more.
    NobodyCame,
}

/// How the person follows a session: it decides what happens when the sound is lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attention {
    /// Captions are shown.
    pub captions: bool,
    /// The window (or terminal) can be seen.
    pub seen: bool,
    /// A screen reader is active.
    pub screen_reader: bool,
    /// Lying down, with a dark screen.
    pub lying_down: bool,
}

impl Attention {
    /// Whether the ear is what the person follows with.
    pub fn by_ear(self) -> bool {
        self.lying_down || self.screen_reader || !self.captions || !self.seen
    }
}

impl Default for Attention {
    /// Looking at captions.
    fn default() -> Self {
        Self {
            captions: true,
            seen: true,
            screen_reader: false,
            lying_down: false,
        }
    }
}

/// What a session sounds of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// All of it.
    All,
    /// The voice.
    Voice,
    /// The tones.
    Tones,
    /// The sound of the breath.
    Breath,
    /// The background sound.
    Bed,
}

/// A loudness from 0 to 100, as on a slider; 100 is as the routine was made.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Volume(u8);

impl Volume {
    /// As the routine was made.
    pub const FULL: Self = Self(100);
    /// How much one press of a key changes.
    const STEP: u8 = 5;

    /// So much of 100; more is 100.
    pub fn new(percent: u8) -> Self {
        Self(percent.min(100))
    }

    /// From 0 to 100.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// One step louder.
    #[must_use]
    pub fn louder(self) -> Self {
        Self::new(self.0 + Self::STEP)
    }

    /// One step softer.
    #[must_use]
    pub fn softer(self) -> Self {
        Self(self.0.saturating_sub(Self::STEP))
    }

    /// The factor on the amplitude: the square, so that the slider feels even to the ear.
    pub fn gain(self) -> f32 {
        let part = f32::from(self.0) / 100.0;
        part * part
    }
}

impl Default for Volume {
    fn default() -> Self {
        Self::FULL
    }
}

/// How loud each layer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Volumes {
    /// All of it.
    pub all: Volume,
    /// The voice.
    pub voice: Volume,
    /// The tones.
    pub tones: Volume,
    /// The sound of the breath.
    pub breath: Volume,
    /// The background sound.
    pub bed: Volume,
    /// No sound at all; the rest is kept.
    #[serde(skip)]
    pub muted: bool,
}

impl Volumes {
    /// The volume of a layer.
    pub fn of(self, layer: Layer) -> Volume {
        match layer {
            Layer::All => self.all,
            Layer::Voice => self.voice,
            Layer::Tones => self.tones,
            Layer::Breath => self.breath,
            Layer::Bed => self.bed,
        }
    }

    /// Changes the volume of a layer; louder sound is not muted sound.
    pub fn set(&mut self, layer: Layer, volume: Volume) {
        self.muted = false;
        match layer {
            Layer::All => self.all = volume,
            Layer::Voice => self.voice = volume,
            Layer::Tones => self.tones = volume,
            Layer::Breath => self.breath = volume,
            Layer::Bed => self.bed = volume,
        }
    }

    /// The factor on the amplitude of one layer, with the whole and muting counted in.
    pub fn gain(self, layer: Layer) -> f32 {
        match layer {
            _ if self.muted => 0.0,
            Layer::All => self.all.gain(),
            _ => self.all.gain() * self.of(layer).gain(),
        }
    }
}
