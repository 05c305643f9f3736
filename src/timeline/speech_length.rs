//! The length of a line where no voice is at hand.

use crate::names::Style;
use crate::routine::SectionKind;
use crate::routine::speech_length::formula;
use crate::timeline::SpeechLengths;
use crate::units::Frames;

/// The formula of `content.md` 5.2.
#[derive(Clone, Copy, Debug, Default)]
pub struct Formula;

impl SpeechLengths for Formula {
    fn frames(&self, text: &str, style: Style, section: SectionKind, _language: &str) -> Frames {
        formula(text, style, section).frames()
    }
}
