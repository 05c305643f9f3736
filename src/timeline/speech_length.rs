//! The length of a line where no voice is at hand.

use crate::routine::speech_length::formula;
use crate::timeline::{Said, SpeechLengths};
use crate::units::Frames;

/// The formula of `content.md` 5.2.
#[derive(Clone, Copy, Debug, Default)]
pub struct Formula;

impl SpeechLengths for Formula {
    fn frames(&self, said: &Said<'_>) -> Frames {
        formula(said.text, said.style, said.section).frames()
    }
}
