//! How long lines take: by the formula, or measured with the voice.

use super::{Stop, World};

use crate::speech::{Language, Line, Pace, Setup, Speaker, Voice as _};
use crate::timeline::speech_length::Formula;
use crate::timeline::{Said, SpeechLengths};
use crate::units::Frames;

/// Lengths that can be asked from several threads.
pub(super) type Lengths<'a> = &'a (dyn SpeechLengths + Sync);

/// The voice that this world has.
pub(super) fn speaker(world: &World) -> Result<Speaker, Stop> {
    Ok(Speaker::new(setup(world)?))
}

/// How that voice works. Without a home folder it keeps no lines.
#[expect(
    clippy::disallowed_methods,
    reason = "where there is no home folder, no better place is left"
)]
pub(super) fn setup(world: &World) -> Result<Setup, Stop> {
    let program = world.program.clone().ok_or_else(|| {
        Stop::Sentence("this program cannot find itself, and so has no voice".to_owned())
    })?;
    Ok(match &world.folders {
        Some(folders) => Setup::ours(program, folders.voice_cache()),
        None => Setup {
            limit: 0,
            ..Setup::ours(program, std::env::temp_dir().join("rootwell"))
        },
    })
}

/// The formula, or the voice where it is asked for.
pub(super) fn lengths(
    measured: bool,
    world: &World,
) -> Result<Box<dyn SpeechLengths + Sync>, Stop> {
    if !measured {
        return Ok(Box::new(Formula));
    }
    let speaker = speaker(world)?;
    // One line first: without a voice nothing would be measured, and nobody would know.
    speaker
        .speak(&Line::new("Welcome.", Pace::Relaxed))
        .map_err(|error| Stop::Sentence(format!("there is no voice to measure with: {error}")))?;
    Ok(Box::new(Measured(speaker)))
}

/// The lengths of the real voice; the formula for a line that it cannot say.
struct Measured(Speaker);

impl SpeechLengths for Measured {
    fn frames(&self, said: &Said<'_>) -> Frames {
        let pace = Pace::of(Some(said.style), said.section);
        let line = Language::from_tag(said.language).map(|language| Line {
            language,
            respell: said.respell.iter().cloned().collect(),
            ..Line::new(said.text, pace)
        });
        let clip = line.and_then(|line| self.0.speak(&line).ok());
        clip.map_or_else(|| Formula.frames(said), |clip| clip.frames())
    }
}
