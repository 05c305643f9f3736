//! What compiles and plays: the library, the voice, the sounds and the session's thread, joined for the window.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use jiff::ZonedDateTime;

use super::belongings::Belongings;
use super::display;
use super::library::Broken;
use super::settings::Settings;
use super::words::Words;
use super::world::{Booth, Known, Shelf, Slow, Wanted, World};
use crate::audio::device;
use crate::audio::export::Spoken;
use crate::audio::sounds::House;
use crate::library::{self, Entry, Library};
use crate::plan::Followed;
use crate::playback::{JournalDiary, Playback, Setting};
use crate::profile::Profile;
use crate::remind::Desktop;
use crate::routine::Routine;
use crate::session::{Attention, Command, Diary, NoDiary, Volumes};
use crate::source::Source;
use crate::speech::{Setup, Speaker};
use crate::store::journal::Journal;
use crate::store::{self, Folders};
use crate::studio::Studio;
use crate::timeline::compile::{compile, reach};
use crate::timeline::speech_length::Formula;
use crate::timeline::{Choices, Timeline};
use crate::units::{Frames, Secs};

/// The text of the sound check: one line and one bowl.
const SOUND_CHECK: &str = include_str!("../../assets/studio/sound-check.ron");

/// The booth of this machine.
struct OurBooth {
    folders: Folders,
    library: Arc<RwLock<Arc<Library>>>,
    sounds: Arc<House>,
    voice: Arc<Speaker>,
    device: Option<String>,
    voice_program: String,
    /// Sound checks that can still be heard.
    checking: Vec<Playback>,
}

impl World {
    /// The rest of the house on this machine, the settings, and what is to be said of the reading.
    pub fn of_this_machine(folders: Folders, words: &Words) -> (Self, Settings, Vec<String>) {
        let library = Library::with_folder(&folders.edits());
        let shelf = shelf(&library);
        let voice = speaker(&folders, "");
        let mut world = Self {
            journal: None,
            profile: Profile::default(),
            followed: Followed::default(),
            studio: Studio::default(),
            essay: include_str!("../../assets/studio/styles.txt").to_owned(),
            shelf,
            now,
            desktop: Desktop::find(),
            reader: Arc::default(),
            software: display::in_software(),
            documents: documents(&folders),
            booth: Box::new(OurBooth {
                library: Arc::new(RwLock::new(Arc::new(library))),
                sounds: Arc::new(House::of(Some(&folders), &voice)),
                voice,
                device: None,
                voice_program: String::new(),
                checking: Vec::new(),
                folders: folders.clone(),
            }),
            folders,
        };
        let (settings, notices) = world.take(Belongings::read(&world.folders, words));
        (world, settings, notices)
    }
}

fn now() -> ZonedDateTime {
    ZonedDateTime::now()
}

/// Where pages and copies for a person go.
fn documents(folders: &Folders) -> std::path::PathBuf {
    let own = directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_owned));
    match own {
        Some(documents) if std::env::var_os("ROOTWELL_HOME").is_none() => documents,
        _ => folders.data.join("documents"),
    }
}

/// The routines of a library.
fn shelf(library: &Library) -> Shelf {
    let mut shelf = Shelf::default();
    for entry in library.entries() {
        match usable(entry, library) {
            Ok(known) => shelf.known.push(known),
            Err(error) => shelf.broken.push(Broken {
                file: entry.source.name.clone(),
                error,
            }),
        }
    }
    shelf
}

/// The routine of an entry, or its first mistake.
fn usable(entry: &Entry, library: &Library) -> Result<Known, String> {
    let Some(routine) = &entry.checked.routine else {
        return Err(entry.mistake(&entry.checked.diagnostics));
    };
    let reach = reach(routine, &entry.id, &Choices::default(), library)
        .map_err(|problems| entry.mistake(&problems))?;
    Ok(Known {
        id: entry.id.clone(),
        routine: Arc::new(routine.clone()),
        range: (reach.min, reach.max),
        ideal: reach.ideal,
    })
}

fn said(problems: &[crate::diagnostic::Diagnostic]) -> String {
    problems
        .first()
        .map(|problem| problem.message.clone())
        .unwrap_or_default()
}

/// The id that a file has in a library: its stem, or its stem among the person's own.
fn own(library: &Library, path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    [format!("own/{stem}"), stem]
        .into_iter()
        .find(|id| library.entry(id).is_some())
}

/// The name under which a text is kept in a folder: its own, or one with a number where another text has that.
fn free_name(folder: &Path, path: &Path, text: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let first = PathBuf::from(format!("{stem}.ron"));
    let others = (2..).map(|n| PathBuf::from(format!("{stem}-{n}.ron")));
    std::iter::once(first)
        .chain(others)
        .find(|name| match std::fs::read(folder.join(name)) {
            Ok(kept) => kept == text.as_bytes(),
            Err(_not_there) => true,
        })
        .expect("there is no end of numbers")
}

/// Keeps a file among the person's own routines, once it can be played from where it lies; answers with the library that
/// has it.
fn adopt(path: &Path, edits: &Path) -> Result<(Known, Library), String> {
    let source = library::read(path).map_err(|problem| problem.message)?;
    let name = free_name(edits, path, &source.text);
    let keep = |folder: &Path| {
        store::replace(&folder.join(&name), source.text.as_bytes())
            .map_err(|error| error.to_string())
    };
    let find = |folder: &Path| {
        let library = Library::with_folder(folder);
        let id = own(&library, &name).expect("a folder's routines are all listed");
        let entry = library.entry(&id).expect("its id was just found");
        let known = usable(entry, &library)?;
        Ok::<_, String>((known, library))
    };
    let aside = tempfile::tempdir().map_err(|error| error.to_string())?;
    keep(aside.path())?;
    find(aside.path())?;
    keep(edits)?;
    find(edits)
}

/// The voice of this machine.
fn speaker(folders: &Folders, voice_program: &str) -> Arc<Speaker> {
    let worker = std::env::current_exe().unwrap_or_default();
    let setup = Setup::ours(worker, folders.voice_cache());
    Arc::new(Speaker::new(setup.with_program(voice_program)))
}

/// All cores but one, which is left to the session and the window.
fn spare() -> NonZeroUsize {
    let all = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    NonZeroUsize::new(all - 1).unwrap_or(NonZeroUsize::MIN)
}

impl Booth for OurBooth {
    fn compile(&self, known: &Known, choices: &Choices) -> Result<Timeline, String> {
        compile(
            &known.routine,
            &known.id,
            choices,
            &Formula,
            &*self.library(),
        )
        .map_err(|problems| said(&problems))
    }

    fn begin(&mut self, wanted: Wanted, wake: Box<dyn Fn() + Send>) -> Result<Playback, String> {
        let diary: Box<dyn Diary> = match wanted.entry {
            Some(entry) => {
                let journal = Journal::open(&self.folders)
                    .map_err(|error| error.said(Words::of(self.folders.language())))?;
                Box::new(JournalDiary::new(
                    journal,
                    entry,
                    wanted.choices,
                    wanted.area,
                ))
            }
            None => Box::new(NoDiary),
        };
        let (library, routine, id) = (
            self.library(),
            wanted.routine,
            wanted.timeline.routine.clone(),
        );
        let correction = Secs(f64::from(wanted.latency) / 1000.0).frames();
        let attention = Attention {
            captions: wanted.captions,
            screen_reader: wanted.screen_reader,
            ..Attention::default()
        };
        self.hush();
        let setting = Setting {
            compiler: Box::new(move |choices| {
                compile(&routine, &id, choices, &Formula, &*library).ok()
            }),
            timeline: wanted.timeline,
            from: wanted.from,
            diary,
            volumes: wanted.volumes,
            attention,
            area: wanted.area,
            correction,
            ..self.setting()
        };
        Playback::begin(setting, wake).map_err(|error| error.to_string())
    }

    fn open(&self, path: &Path) -> Slow<Known> {
        let (path, edits) = (path.to_owned(), self.folders.edits());
        let ours = Arc::clone(&self.library);
        Box::new(move |_job| {
            let (known, library) = adopt(&path, &edits)?;
            *ours.write().expect("nothing panics while it is held") = Arc::new(library);
            Ok(known)
        })
    }

    fn shelf(&self) -> Slow<Shelf> {
        let (edits, ours) = (self.folders.edits(), Arc::clone(&self.library));
        Box::new(move |_job| {
            let library = Library::with_folder(&edits);
            let shelf = shelf(&library);
            *ours.write().expect("nothing panics while it is held") = Arc::new(library);
            Ok(shelf)
        })
    }

    fn record(&self, timeline: Timeline, path: PathBuf, artist: String) -> Slow<bool> {
        let (sounds, voice) = (Arc::clone(&self.sounds), Arc::clone(&self.voice));
        let folders = self.folders.clone();
        Box::new(move |job| {
            let spoken = Spoken {
                timeline: &Arc::new(timeline),
                sounds: &*sounds,
                voice: &*voice,
                recordings: &|name| folders.recording(name),
                artist: &artist,
                threads: spare(),
            };
            spoken
                .export_in(job, &path)
                .map_err(|error| error.said(Words::of(folders.language())))
        })
    }

    fn set_up(&mut self, device: Option<String>, voice_program: &str) {
        self.device = device;
        if self.voice_program != voice_program {
            voice_program.clone_into(&mut self.voice_program);
            self.voice = speaker(&self.folders, voice_program);
            self.take_tones();
        }
    }

    fn take_tones(&mut self) {
        self.sounds = Arc::new(House::of(Some(&self.folders), &self.voice));
    }

    fn take_troubles(&self, words: &Words) -> Vec<String> {
        self.voice.take_troubles(words)
    }

    fn devices(&self) -> Slow<Vec<device::Entry>> {
        Box::new(|_job| Ok(device::list()))
    }

    fn check_sound(&mut self, volumes: Volumes) -> Result<(), String> {
        let routine =
            crate::reader::read::<Routine>(&Source::new("sound-check.ron", SOUND_CHECK)).value;
        let timeline = compile(
            &routine.expect("the built-in text reads: a test plays it"),
            "sound-check",
            &Choices::default(),
            &Formula,
            &*self.library(),
        )
        .map_err(|problems| said(&problems))?;
        let setting = Setting {
            timeline: Arc::new(timeline),
            volumes,
            ..self.setting()
        };
        self.hush();
        let playback = Playback::begin(setting, || {}).map_err(|error| error.to_string())?;
        playback.send(Command::Play);
        self.checking.push(playback);
        Ok(())
    }
}

impl OurBooth {
    fn library(&self) -> Arc<Library> {
        Arc::clone(
            &self
                .library
                .read()
                .expect("nothing panics while it is held"),
        )
    }

    /// Ends the sound checks, each on its own thread; those that are quiet go.
    fn hush(&mut self) {
        self.checking.retain(|playback| !playback.is_quiet());
        for playback in &self.checking {
            playback.send(Command::Stop);
        }
    }

    /// A session of nothing, for others to fill.
    fn setting(&self) -> Setting {
        let folders = self.folders.clone();
        Setting {
            timeline: Arc::new(Timeline::default()),
            from: Frames::ZERO,
            compiler: Box::new(|_| None),
            sounds: Arc::<House>::clone(&self.sounds),
            voice: Arc::<Speaker>::clone(&self.voice),
            recordings: Arc::new(move |name| folders.recording(name)),
            diary: Box::new(NoDiary),
            device: self.device.clone(),
            volumes: Volumes::default(),
            attention: Attention::default(),
            area: None,
            words: Words::of(self.folders.language()),
            correction: Frames::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_same_name_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let name = |text| free_name(folder.path(), Path::new("/elsewhere/neck.ron"), text);
        assert_eq!(name("a"), Path::new("neck.ron"));
        std::fs::write(folder.path().join("neck.ron"), "a").unwrap();
        assert_eq!(name("a"), Path::new("neck.ron"), "it is there already");
        assert_eq!(name("b"), Path::new("neck-2.ron"));
        std::fs::write(folder.path().join("neck-2.ron"), "b").unwrap();
        assert_eq!(name("c"), Path::new("neck-3.ron"));
    }
}
