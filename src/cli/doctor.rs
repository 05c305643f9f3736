//! `doctor`: what sound, voice and folders this machine has, and for each problem what to do.

mod look;
mod report;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use super::{Answer, Exit, World};
use crate::audio::device::{DeviceError, Entry, Format, System};
use crate::speech::{Language, NoVoice};
use crate::units::Frames;

/// Looks at this machine and says what there is.
pub(super) fn run(world: &World, out: &mut dyn Write) -> Answer {
    let found = look::around(world);
    let problems = found.problems();
    out.write_all(report::text(&found, &problems).as_bytes())?;
    Ok(if problems.is_empty() {
        Exit::Fine
    } else {
        Exit::Problems
    })
}

/// All that was found.
struct Found {
    /// The sound systems, best first; none where they do not answer.
    systems: Option<Vec<System>>,
    sound: Sound,
    /// `PULSE_RUNTIME_PATH` is set, which hides a running PulseAudio from programs that know it by its own protocol.
    strange_pulse: bool,
    voices: Vec<Spoken>,
    /// The voice program of the settings, with what is wrong with it.
    program: Option<Program>,
    kept: Option<Kept>,
    folders: Vec<Folder>,
}

/// What came of opening the usual device.
enum Sound {
    /// It pulls.
    Pulls {
        device: Entry,
        format: Format,
        /// From pulling to the ear.
        latency: Frames,
    },
    /// It is open, and does not pull.
    Stands(Entry),
    /// It cannot be opened.
    Failed(DeviceError),
    /// The attempt does not come to an end.
    Hangs,
}

/// A voice that was asked for a word.
struct Spoken {
    language: Language,
    /// The sound and the work that it took.
    answer: Result<(Duration, Duration), NoVoice>,
}

/// The voice program of the settings, asked for a word.
struct Program {
    /// With its arguments.
    command: String,
    answer: Result<(), NoVoice>,
}

/// The lines that are kept.
struct Kept {
    folder: PathBuf,
    lines: usize,
    /// In bytes.
    size: u64,
    /// In bytes.
    limit: u64,
}

/// A folder of ours.
struct Folder {
    what: &'static str,
    path: PathBuf,
    state: Result<State, std::io::Error>,
}

/// A folder that can be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is there.
    There,
    /// It will be made when something is to be kept.
    NotYet,
}

/// Something that is not right, and what a person can do.
struct Problem {
    what: String,
    remedy: String,
}

impl Found {
    fn problems(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.sound.problem().into_iter().collect();
        if self.strange_pulse {
            problems.push(Problem::new(
                "PULSE_RUNTIME_PATH is set, and PulseAudio is not found where it points.",
                "Unset PULSE_RUNTIME_PATH, or say where the server is: PULSE_SERVER=unix:/path/to/native.",
            ));
        }
        problems.extend(self.voices.iter().filter_map(Spoken::problem));
        problems.extend(self.program.as_ref().and_then(Program::problem));
        if self.folders.is_empty() {
            problems.push(Problem::new(
                "There is no home folder: nothing can be kept.",
                "Set ROOTWELL_HOME to a folder of your own.",
            ));
        }
        problems.extend(self.folders.iter().filter_map(Folder::problem));
        problems
    }
}

/// How to get a sound server to answer again.
const SERVER: &str = "Start the sound server anew (`systemctl --user restart pipewire-pulse`, or `pulseaudio --kill` and \
`pulseaudio --start`), then run `rootwell doctor` again.";
/// What can be done without a device.
const WITHOUT: &str = "Until then `rootwell play` goes on without sound, with captions, and `rootwell render` writes sound files.";

impl Sound {
    fn problem(&self) -> Option<Problem> {
        match self {
            Self::Pulls { .. } => None,
            Self::Stands(device) => Some(Problem::new(
                format!(
                    "The sound device is open and plays nothing: {}.",
                    device.name
                ),
                format!(
                    "Choose another one in the system's sound settings, or take this one out and in again. {SERVER}"
                ),
            )),
            Self::Hangs => Some(Problem::new("The sound server does not answer.", SERVER)),
            Self::Failed(DeviceError::None | DeviceError::Gone(_)) => Some(Problem::new(
                "No sound device was found.",
                format!(
                    "Connect loudspeakers or headphones; on Linux, also see that a sound server runs \
                     (`pactl info`, `pulseaudio --start`). {WITHOUT}"
                ),
            )),
            Self::Failed(DeviceError::Refused { reason, name }) => Some(Problem::new(
                format!("The sound device cannot be used ({reason}): {name}."),
                format!(
                    "Close what else uses it, or choose another one in the system's sound settings. {WITHOUT}"
                ),
            )),
        }
    }
}

impl Spoken {
    /// A language that this build does not speak is no problem: its lines are captions and tones.
    fn problem(&self) -> Option<Problem> {
        let error = self.answer.as_ref().err()?;
        let remedy = match error {
            NoVoice::NoLanguage(_) => return None,
            NoVoice::TimeOut => "Close other programs and try again: the machine is too busy.",
            NoVoice::Stopped => {
                "See that 500 MB of memory are free and that this program's file is whole; if so, install Rootwell anew."
            }
            _ => "Install Rootwell anew: its program must be whole.",
        };
        Some(Problem::new(
            format!("The {} voice does not speak: {error}.", self.language),
            format!("{remedy} Until then lines are captions and tones."),
        ))
    }
}

impl Program {
    fn problem(&self) -> Option<Problem> {
        let error = self.answer.as_ref().err()?;
        Some(Problem::new(
            format!(
                "The voice program of the settings does not speak: {error}: {}.",
                self.command
            ),
            "Correct it in Settings, or leave it empty: it takes text and gives WAV. Until then our own voice speaks.",
        ))
    }
}

impl Folder {
    fn problem(&self) -> Option<Problem> {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
        let error = self.state.as_ref().err()?;
        let remedy = match error.kind() {
            PermissionDenied => "Give yourself the right to write there",
            StorageFull => "Make room on that disk",
            ReadOnlyFilesystem => "Make that disk writable",
            _ => "See that this is a folder of yours on a disk that works",
        };
        Some(Problem::new(
            format!(
                "{} cannot be kept: {error}: {}.",
                self.what,
                self.path.display()
            ),
            format!("{remedy}, or set ROOTWELL_HOME to another folder."),
        ))
    }
}

impl Problem {
    fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}
