//! The voice: a line of text in, a clip of sound out.
//!
//! Everything that speaks stands behind one small door, [`Voice`]. A caller hands in a [`Line`] and gets a
//! [`Clip`] that is ready to be mixed, or [`NoVoice`], which costs that one line: its caption and its tone stay.
//! A clip depends on nothing but its line, so its length can be known before a routine is played.

mod cache;
mod clip;
mod decode;
mod english;
mod external;
mod finish;
#[cfg(feature = "pico")]
mod foreign;
mod hibari;
mod line;
pub mod phonemes;
#[cfg(feature = "pico")]
mod pico;
mod speaker;
mod trouble;
pub mod worker;

use serde::{Deserialize, Serialize};

pub use crate::names::Language;
pub use clip::Clip;
pub use english::English;
pub use external::External;
pub use line::{Line, Pace};
pub use speaker::{Setup, Speaker};
pub use trouble::reason;
pub use worker::Worker;

use cache::Key;

/// Something that can say a line.
///
/// A call may take long (hundreds of milliseconds for a line that is new): never on the audio thread.
pub trait Voice: Send + Sync {
    /// The line as sound.
    fn speak(&self, line: &Line) -> Result<Clip, NoVoice>;
}

/// What makes this build's voice for a language differ from another's.
fn voice_digest(language: Language) -> Key {
    match language {
        Language::English => Key::of(&[english::DIGEST.as_bytes()]),
        #[cfg(feature = "pico")]
        other => foreign::digest(other),
        #[cfg(not(feature = "pico"))]
        other => Key::of(&[other.to_string().as_bytes()]),
    }
}

/// Why a line has no sound. It never stops a session: the caption is shown and a tone is played instead.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
pub enum NoVoice {
    /// There is nothing in the text that can be said.
    #[error("there is nothing to say in this line")]
    Nothing,
    /// The text is longer than a spoken line may be.
    #[error("this line is too long to be spoken; make two of it")]
    TooLong,
    /// No voice for this language is part of this build.
    #[error("there is no voice for {0} in this build")]
    NoLanguage(Language),
    /// No voice of any build knows the language.
    #[error("there is no voice for the language of this routine")]
    UnknownLanguage,
    /// The voice gave up on this text.
    #[error("the voice could not say this line: {0}")]
    Failed(String),
    /// The voice took longer than it may.
    #[error("the voice took too long over this line")]
    TimeOut,
    /// The voice's process ended in the middle of the line.
    #[error("the voice stopped while it was saying this line")]
    Stopped,
    /// A recording cannot be used.
    #[error("the recording cannot be used: {0}")]
    Recording(String),
    /// The voice's program could not be started.
    #[error("the voice could not be started: {0}")]
    NotStarted(String),
}
