//! How long lines take: by the formula, or measured with the voice.

use std::path::PathBuf;

use super::{Stop, World};

use crate::speech::{Language, Line, Pace, Setup, Speaker, Voice as _, reason};
use crate::store::Folders;
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
        Some(folders) => folders.voice(program),
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
    let folders = world.folders.clone();
    Ok(Box::new(Measured { speaker, folders }))
}

/// The lengths of the real voice and of the studio's recordings; the formula for a line that nobody can say.
struct Measured {
    speaker: Speaker,
    folders: Option<Folders>,
}

impl Measured {
    fn file(&self, name: &str) -> Option<PathBuf> {
        self.folders.as_ref()?.recording(name)
    }
}

impl SpeechLengths for Measured {
    fn frames(&self, said: &Said<'_>) -> Frames {
        let line = Line {
            language: Language::from_tag(said.language),
            respell: said.respell.iter().cloned().collect(),
            recording: said.clip.and_then(|name| self.file(name)),
            ..Line::new(said.text, Pace::of(Some(said.style), said.section))
        };
        let clip = self.speaker.speak(&line).ok();
        clip.map_or_else(|| Formula.frames(said), |clip| clip.frames())
    }

    fn unheard(&self, recording: &str) -> Option<String> {
        let path = self.file(recording)?;
        Some(reason(self.speaker.recording(&path).err()?))
    }
}
