//! How long lines take: by the formula, or measured with the voice.

use super::{Stop, World};
use crate::names::Style;
use crate::routine::SectionKind;

use crate::speech::{Language, Line, Pace, Setup, Speaker, Voice as _};
use crate::timeline::SpeechLengths;
use crate::timeline::speech_length::Formula;
use crate::units::Frames;

/// Lengths that can be asked from several threads.
pub(super) type Lengths<'a> = &'a (dyn SpeechLengths + Sync);

/// Spoken lines that are kept from run to run, in bytes.
const CACHE: u64 = 256 << 20;

/// The formula, or the voice where it is asked for.
pub(super) fn lengths(
    measured: bool,
    world: &World,
) -> Result<Box<dyn SpeechLengths + Sync>, Stop> {
    if !measured {
        return Ok(Box::new(Formula));
    }
    let (Some(folders), Some(program)) = (&world.folders, &world.program) else {
        return Err(Stop::Sentence(
            "there is no home folder to keep spoken lines in; set ROOTWELL_HOME".to_owned(),
        ));
    };
    let speaker = Speaker::new(Setup {
        worker: program.clone(),
        folder: folders.voice_cache(),
        limit: CACHE,
        external: Vec::new(),
    });
    // One line first: without a voice nothing would be measured, and nobody would know.
    speaker
        .speak(&Line::new("Welcome.", Pace::Relaxed))
        .map_err(|error| Stop::Sentence(format!("there is no voice to measure with: {error}")))?;
    Ok(Box::new(Measured(speaker)))
}

/// The lengths of the real voice; the formula for a line that it cannot say.
struct Measured(Speaker);

impl SpeechLengths for Measured {
    fn frames(&self, text: &str, style: Style, section: SectionKind, language: &str) -> Frames {
        let pace = match (style, section) {
            (Style::Therapeutic, _) | (Style::Blend, SectionKind::Release) => Pace::Steady,
            _ => Pace::Relaxed,
        };
        let line = Language::from_tag(language).map(|language| Line {
            language,
            ..Line::new(text, pace)
        });
        let clip = line.and_then(|line| self.0.speak(&line).ok());
        clip.map_or_else(
            || Formula.frames(text, style, section, language),
            |clip| clip.frames(),
        )
    }
}
