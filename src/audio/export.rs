//! A score as a file that can be taken away: written beside its place, and there only when it is whole.

mod captions;
mod flac;
#[cfg(feature = "mp3")]
mod mp3;
mod opus;
mod spoken;
mod tags;
mod wav;

use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::render::{Finish, Speech, render};
use super::score::Score;
use crate::store::{Output, Readers};
use crate::units::Frames;
use crate::words::{Words, in_english};

pub use captions::Captions;
pub use spoken::Spoken;
pub use tags::Tags;

/// The kinds of sound file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// WAV, 16 bits.
    Wav,
    /// FLAC, 16 bits.
    Flac,
    /// Ogg Opus, 64 kbit/s.
    Opus,
    /// MP3, 64 kbit/s, joint stereo.
    Mp3,
}

impl Format {
    /// The formats that this build writes, the one that every phone plays first.
    pub const HERE: &[Self] = &[
        #[cfg(feature = "mp3")]
        Self::Mp3,
        Self::Flac,
        Self::Opus,
        Self::Wav,
    ];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Flac => "flac",
            Self::Opus => "opus",
            Self::Mp3 => "mp3",
        }
    }

    /// The format that a file's ending asks for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        [Self::Wav, Self::Flac, Self::Opus, Self::Mp3]
            .into_iter()
            .find(|format| format.ending() == ending)
    }
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ending is none of ours.
    Unknown(PathBuf),
    /// The ending is no captions' one.
    UnknownCaptions(PathBuf),
    /// This build leaves the encoder out.
    LeftOut,
    /// More than the format can hold.
    TooLong,
    /// The disk is full.
    Full(PathBuf),
    /// The file could not be written.
    Write {
        /// Why.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// Someone asked to stop.
    Cancelled,
}

impl ExportError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        let of = |text: &str, path: &Path| words.fill(text, &[("file", &path.display())]);
        match self {
            Self::Unknown(path) => of(&said.sound_ending, path),
            Self::UnknownCaptions(path) => of(&said.captions_ending, path),
            Self::LeftOut => said.no_mp3.clone(),
            Self::TooLong => said.wav_too_long.clone(),
            Self::Full(path) => of(&said.sound_full, path),
            Self::Write { source, path } => words.fill(
                &said.sound_unwritten,
                &[("error", source), ("file", &path.display())],
            ),
            Self::Cancelled => said.sound_stopped.clone(),
        }
    }
}

in_english!(ExportError);

/// How far a render is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// What is done.
    pub done: Frames,
    /// What there is to do.
    pub total: Frames,
    /// The time it has taken.
    pub elapsed: Duration,
}

impl Progress {
    /// How many seconds of sound are made in a second.
    pub fn rate(&self) -> f64 {
        self.done.secs() / self.elapsed.as_secs_f64().max(1e-3)
    }

    /// The time that is left at this rate.
    pub fn left(&self) -> Duration {
        let secs = self.total.saturating_sub(self.done).secs() / self.rate().max(1e-3);
        Duration::from_secs_f64(secs)
    }
}

/// Writes a score into a sound file. `watch` hears of each piece; breaking, it stops the work and nothing is kept.
pub fn export(
    score: &Score,
    speech: &Speech<'_>,
    tags: &Tags,
    path: &Path,
    threads: NonZeroUsize,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), ExportError> {
    let format = Format::of(path).ok_or_else(|| ExportError::Unknown(path.to_owned()))?;
    let failed = |source: io::Error| failure(source, path);
    let mut output = Output::to(path, Readers::Usual).map_err(failed)?;
    let total = score.rings_out();
    let start = now();
    let mut work = |put: Put<'_>| {
        let ended = render(score, speech, threads, Finish::Whole, |at, samples| {
            if let Err(error) = put(samples) {
                return ControlFlow::Break(Ended::Failed(error));
            }
            let progress = Progress {
                done: at + Frames(samples.len() as u64 / 2),
                total,
                elapsed: now().duration_since(start),
            };
            watch(progress).map_break(|()| Ended::Cancelled)
        });
        match ended {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(ended) => Err(ended),
        }
    };
    let written = encode(format, output.file(), tags, total, &mut work);
    written.map_err(|ended| match ended {
        Ended::Failed(error) => failed(error),
        Ended::Refused(error) => error,
        Ended::Cancelled => ExportError::Cancelled,
    })?;
    output.keep().map_err(failed)
}

/// A text, such as captions, that has its place before there is anything to write into it.
pub struct TextFile {
    output: Output,
    path: PathBuf,
}

impl TextFile {
    /// A text that is to stand in a place; nothing is left of it where it is not written.
    pub fn to(path: &Path) -> Result<Self, ExportError> {
        let output = Output::to(path, Readers::Usual);
        Ok(Self {
            output: output.map_err(|source| failure(source, path))?,
            path: path.to_owned(),
        })
    }

    /// Writes it in the same way as a sound file.
    pub fn write(mut self, text: &str) -> Result<(), ExportError> {
        let written = self.output.file().write_all(text.as_bytes());
        written
            .and_then(|()| self.output.keep())
            .map_err(|source| failure(source, &self.path))
    }
}

/// Where samples go: interleaved stereo.
type Put<'a> = &'a mut dyn FnMut(&[i16]) -> io::Result<()>;

/// What puts all samples in.
type Work<'a> = dyn FnMut(Put<'_>) -> Result<(), Ended> + 'a;

/// Why a file was not written to its end.
enum Ended {
    /// The system refuses.
    Failed(io::Error),
    /// The format cannot hold it, or this build cannot write it.
    Refused(ExportError),
    /// Someone asked to stop.
    Cancelled,
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Takes samples and makes a file of them.
trait Encoder {
    /// Takes interleaved stereo.
    fn write(&mut self, samples: &[i16]) -> io::Result<()>;
    /// Writes what is left; nothing more comes.
    fn finish(&mut self) -> io::Result<()>;
}

fn encode(
    format: Format,
    file: &mut std::fs::File,
    tags: &Tags,
    total: Frames,
    work: &mut Work<'_>,
) -> Result<(), Ended> {
    let mut encoder: Box<dyn Encoder + '_> = match format {
        Format::Flac => return flac::write(file, tags, total, work),
        Format::Wav if total.0 * 4 > u64::from(u32::MAX) - (1 << 20) => {
            return Err(Ended::Refused(ExportError::TooLong));
        }
        Format::Wav => Box::new(wav::Wav::new(file, tags, total)?),
        Format::Opus => Box::new(opus::Opus::new(file, tags)?),
        #[cfg(feature = "mp3")]
        Format::Mp3 => Box::new(mp3::Mp3::new(file, tags, total)?),
        #[cfg(not(feature = "mp3"))]
        Format::Mp3 => return Err(Ended::Refused(ExportError::LeftOut)),
    };
    work(&mut |samples| encoder.write(samples))?;
    Ok(encoder.finish()?)
}

fn failure(source: io::Error, path: &Path) -> ExportError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ExportError::Full(path),
        _ => ExportError::Write { source, path },
    }
}

#[expect(clippy::disallowed_methods, reason = "the rate of the work is told")]
fn now() -> Instant {
    Instant::now()
}
