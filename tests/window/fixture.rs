//! A whole app over a folder of its own: the shipped routines, the silent clock, nobody who speaks, and a fixed day.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::ZonedDateTime;
use jiff::civil::date;
use rootwell::app::App;
use rootwell::app::model::Model;
use rootwell::app::settings::Settings;
use rootwell::app::words::Language;
use rootwell::app::world::{Booth, Known, Shelf, Slow, Wanted, World};
use rootwell::audio::device::Entry;
use rootwell::audio::export::Spoken;
use rootwell::audio::{Pcm, PhaseShape, Sounds};
use rootwell::names::Style;
use rootwell::playback::{JournalDiary, Playback, Setting};
use rootwell::remind::Desktop;
use rootwell::routine::{BedSound, Routine};
use rootwell::session::{Attention, Diary, NoDiary, Volumes};
use rootwell::speech::{Clip, Line, NoVoice, Voice};
use rootwell::store::Folders;
use rootwell::store::journal::Journal;
use rootwell::timeline::compile::{EmptyShelf, compile, reach};
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, SegmentSide, Timeline, ToneRole};
use rootwell::units::{Decibels, Frames};
use rootwell::words::Words;

/// A fixed evening.
pub(super) fn evening() -> ZonedDateTime {
    date(2026, 11, 25)
        .at(19, 0, 0, 0)
        .in_tz("UTC")
        .expect("a day of the calendar")
}

/// Reads a shipped routine.
pub(super) fn known(path: &Path) -> Known {
    let text = std::fs::read_to_string(path).expect("a shipped routine");
    let extensions = ron::extensions::Extensions::IMPLICIT_SOME
        | ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES;
    let routine: Routine = ron::Options::default()
        .with_default_extension(extensions)
        .from_str(&text)
        .expect("it reads");
    let id = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let reach = reach(&routine, &id, &Choices::default(), &EmptyShelf).expect("it compiles");
    Known {
        id,
        range: (reach.min, reach.max),
        ideal: reach.ideal,
        routine: Arc::new(routine),
    }
}

/// All shipped routines that need no other.
pub(super) fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    for style in Style::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("routines")
            .join(style.kebab());
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("routines ship")
            .map(|file| file.expect("readable").path())
            .collect();
        files.sort();
        shelf.known.extend(
            files
                .iter()
                .filter(|file| file.extension().is_some_and(|end| end == "ron"))
                .map(|file| known(file)),
        );
    }
    shelf
}

struct Mute;

impl Voice for Mute {
    fn speak(&self, _line: &Line) -> Result<Clip, NoVoice> {
        Err(NoVoice::Nothing)
    }
}

impl Sounds for Mute {
    fn tone(&self, _role: ToneRole, _side: SegmentSide) -> Option<Pcm> {
        None
    }
    fn phase(&self, _shape: PhaseShape) -> Option<Pcm> {
        None
    }
    fn bed(&self, _sound: BedSound) -> Option<Pcm> {
        None
    }
    fn notice(&self) -> Option<Pcm> {
        None
    }
    fn bed_breath(&self) -> Decibels {
        Decibels(0.0)
    }
}

/// Plays on the silent clock, and writes it down.
pub(super) struct Quiet(Folders);

impl Booth for Quiet {
    fn compile(&self, known: &Known, choices: &Choices) -> Result<Timeline, String> {
        compile(&known.routine, &known.id, choices, &Formula, &EmptyShelf)
            .map_err(|problems| problems[0].message.clone())
    }

    fn begin(&mut self, wanted: Wanted, wake: Box<dyn Fn() + Send>) -> Result<Playback, String> {
        let diary: Box<dyn Diary> = match wanted.entry {
            Some(entry) => {
                let journal = Journal::open(&self.0).map_err(|error| error.to_string())?;
                Box::new(JournalDiary::new(
                    journal,
                    entry,
                    wanted.choices,
                    wanted.area,
                ))
            }
            None => Box::new(NoDiary),
        };
        let setting = Setting {
            timeline: wanted.timeline,
            from: wanted.from,
            compiler: Box::new(|_| None),
            sounds: Arc::new(Mute),
            voice: Arc::new(Mute),
            recordings: Arc::new(|_| None),
            diary,
            device: None,
            volumes: Volumes::default(),
            attention: Attention::default(),
            area: wanted.area,
            words: Words::of(Language::English),
            correction: Frames::ZERO,
        };
        Playback::begin(setting, wake).map_err(|error| error.to_string())
    }

    fn open(&self, path: &Path) -> Slow<Known> {
        let path = path.to_owned();
        Box::new(move |_job| {
            if path.exists() {
                Ok(known(&path))
            } else {
                Err(format!("{} could not be read", path.display()))
            }
        })
    }

    fn set_up(&mut self, device: Option<String>, voice_program: &str) {
        let told = format!("{} {voice_program}", device.unwrap_or_default());
        std::fs::create_dir_all(&self.0.data).expect("a folder of the test's own");
        std::fs::write(self.0.data.join("set-up"), told).expect("a folder of the test's own");
    }

    fn take_tones(&mut self) {}

    fn take_troubles(&self, _words: &Words) -> Vec<String> {
        let told = self.0.data.join("trouble");
        let trouble = std::fs::read_to_string(&told).ok();
        trouble
            .inspect(|_| std::fs::remove_file(&told).expect("it was just read"))
            .into_iter()
            .collect()
    }

    fn devices(&self) -> Slow<Vec<Entry>> {
        let screen = Entry {
            id: "alsa:hdmi".to_owned(),
            name: "The screen".to_owned(),
        };
        Box::new(|_job| Ok(vec![screen]))
    }

    fn shelf(&self) -> Slow<Shelf> {
        Box::new(|_job| Ok(shelf()))
    }

    fn record(&self, timeline: Timeline, path: PathBuf, artist: String) -> Slow<bool> {
        Box::new(move |job| {
            let spoken = Spoken {
                timeline: &Arc::new(timeline),
                sounds: &Mute,
                voice: &Mute,
                recordings: &|_| None,
                artist: &artist,
                threads: NonZeroUsize::MIN,
            };
            spoken
                .export_in(job, &path)
                .map_err(|error| error.to_string())
        })
    }

    fn check_sound(&mut self, _volumes: Volumes) -> Result<(), String> {
        Err("there is no thread for it".to_owned())
    }
}

/// The rest of the house over an empty folder.
pub(super) fn world(home: &Path) -> World {
    let folders = Folders::under(home);
    World {
        journal: Some(Journal::open(&folders).expect("an empty folder takes a journal")),
        software: false,
        documents: home.to_owned(),
        profile: Default::default(),
        followed: Default::default(),
        studio: rootwell::studio::Studio {
            name: "Roots Wellness Studio".into(),
            ..Default::default()
        },
        essay: include_str!("../../assets/studio/styles.txt").into(),
        shelf: shelf(),
        booth: Box::new(Quiet(folders.clone())),
        folders,
        now: evening,
        reader: Arc::default(),
        desktop: Some(Desktop {
            config: home.join("desktop"),
            systemctl: "true".into(),
            program: "/usr/bin/rootwell".into(),
            home: None,
        }),
    }
}

/// An app in a window of this size, and the folder that it lives in.
pub(super) fn app(
    size: [f32; 2],
    settings: Settings,
) -> (Harness<'static, App>, tempfile::TempDir) {
    app_over(size, settings, |_| {})
}

/// The same, in a world that was changed first.
pub(super) fn app_over(
    size: [f32; 2],
    settings: Settings,
    change: impl FnOnce(&mut World),
) -> (Harness<'static, App>, tempfile::TempDir) {
    let home = tempfile::tempdir().expect("a folder");
    let mut world = world(home.path());
    change(&mut world);
    let model = Model::new(world, settings, Language::English);
    let harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 30.0)
        .with_max_steps(60)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, model, None));
    (harness, home)
}

/// Lets time pass until something is true of the model; the session has a thread of its own.
#[track_caller]
pub(super) fn until(harness: &mut Harness<'static, App>, is: impl Fn(&Model) -> bool) {
    for _ in 0..500 {
        harness.step();
        if is(harness.state().model()) {
            return harness.run_steps(2);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it does not come to that");
}

/// Presses what has this label.
#[track_caller]
pub(super) fn press(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

/// A plan that begins today.
pub(super) fn plan(text: &str) -> rootwell::plan::Followed {
    let mut followed = rootwell::plan::Followed::default();
    let plan = rootwell::store::ron_options()
        .from_str(text)
        .expect("the plan reads");
    followed.follow(plan, evening().date());
    followed
}
