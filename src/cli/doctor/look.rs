//! Looks at the machine. What has to be written to see that it can be is taken away at once.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Folder, Found, Kept, Program, Sound, Spoken, State};
use crate::audio::device::{self, Device, System};
use crate::audio::outlet;
use crate::cli::World;
use crate::cli::voice::setup;
use crate::speech::{Language, Line, NoVoice, Pace, Setup, Speaker, Voice as _};
use crate::store::Folders;

/// A sound server that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(10);
/// A device begins to pull within this; a null sink needs up to two seconds (`stack.md` 5).
const STARTING: Duration = Duration::from_secs(4);
/// How often an opened device is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// So many pulls, and the latency has settled.
const SETTLED: u64 = 4;

/// Everything.
pub(super) fn around(world: &World) -> Found {
    let systems = in_time(device::systems);
    // Before the voices, which make a folder to work in.
    let folders_found = world.folders.as_ref().map(folders).unwrap_or_default();
    Found {
        sound: in_time(open).unwrap_or(Sound::Hangs),
        strange_pulse: std::env::var_os("PULSE_RUNTIME_PATH").is_some()
            && !has_pulse(systems.as_deref()),
        systems,
        voices: voices(world),
        program: program(world),
        kept: world.folders.as_ref().map(kept),
        folders: folders_found,
    }
}

fn has_pulse(systems: Option<&[System]>) -> bool {
    systems.is_some_and(|systems| systems.iter().any(|system| system.name == "PulseAudio"))
}

/// What `work` answers; `None` where it does not in time, and it is left behind.
fn in_time<T: Send + 'static>(work: fn() -> T) -> Option<T> {
    let (sender, answer) = mpsc::channel();
    thread::Builder::new()
        .name("doctor".to_owned())
        .spawn(move || {
            // Too late where nobody waits any more.
            let _ = sender.send(work());
        })
        .ok()?;
    answer.recv_timeout(PATIENCE).ok()
}

/// Opens the usual device and lets it pull the inaudible floor for a moment.
fn open() -> Sound {
    let (outlet, _plug) = outlet();
    match device::open(None, outlet) {
        Ok(device) => watched(&device),
        Err(error) => Sound::Failed(error),
    }
}

fn watched(device: &Device) -> Sound {
    let mut waited = Duration::ZERO;
    while device.health().beats < SETTLED {
        if waited >= STARTING || device.health().dead {
            return Sound::Stands(device.entry().clone());
        }
        thread::sleep(LOOK);
        waited += LOOK;
    }
    Sound::Pulls {
        device: device.entry().clone(),
        format: device.format().clone(),
        latency: device.health().latency,
    }
}

/// Lets each voice say a word, without the lines that are kept. Nobody is there to make them where the program cannot find
/// itself.
fn voices(world: &World) -> Vec<Spoken> {
    let Ok(setup) = setup(world) else {
        return Vec::new();
    };
    let speaker = Speaker::new(Setup {
        limit: 0,
        external: Vec::new(),
        ..setup
    });
    Language::ALL
        .iter()
        .map(|&language| Spoken {
            language,
            answer: timed(&speaker, language),
        })
        .collect()
}

/// Lets the voice program of the settings say a word.
fn program(world: &World) -> Option<Program> {
    let setup = setup(world).ok()?;
    let command = setup.external.join(" ");
    let speaker = Speaker::new(Setup { limit: 0, ..setup });
    let answer = speaker.speak_with_program(word(Language::English))?;
    Some(Program {
        command,
        answer: answer.map(drop),
    })
}

/// The second time counts: the first one loads the voice.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a word takes is what a person wants to know"
)]
fn timed(speaker: &Speaker, language: Language) -> Result<(Duration, Duration), NoVoice> {
    let line = Line {
        language: Some(language),
        ..Line::new(word(language), Pace::Relaxed)
    };
    speaker.speak(&line)?;
    let start = Instant::now();
    let clip = speaker.speak(&line)?;
    Ok((
        Duration::from_secs_f64(clip.frames().secs()),
        start.elapsed(),
    ))
}

fn word(language: Language) -> &'static str {
    match language {
        Language::English | Language::British => "Let your shoulders settle.",
        Language::German => "Lass die Schultern sinken.",
        Language::Spanish => "Deja caer los hombros.",
        Language::French => "Laisse tomber les épaules.",
        Language::Italian => "Lascia andare le spalle.",
    }
}

fn kept(folders: &Folders) -> Kept {
    let folder = folders.voice_cache().join("clips");
    let sizes: Vec<u64> = folder
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some(entry.metadata().ok()?.len()))
        .collect();
    Kept {
        lines: sizes.len(),
        size: sizes.iter().sum(),
        limit: Setup::LIMIT,
        folder,
    }
}

fn folders(folders: &Folders) -> Vec<Folder> {
    let folder = |what, path: &PathBuf| Folder {
        what,
        path: path.clone(),
        state: state(path),
    };
    vec![
        folder("Settings", &folders.config),
        folder("Journal, plans and recordings", &folders.data),
        folder("What can be made again", &folders.cache),
    ]
}

/// Whether a folder can be written to; where it is not there, the one in which it would be made.
fn state(path: &Path) -> io::Result<State> {
    let there = path.is_dir();
    let folder = path
        .ancestors()
        .find(|folder| folder.exists())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&vec![0; 1 << 16])?;
    file.as_file().sync_all()?;
    Ok(if there { State::There } else { State::NotYet })
}
