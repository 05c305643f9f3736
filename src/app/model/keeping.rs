//! What is kept: settings, the person's remembered answers, copies and pages for a person, removal.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use jiff::civil::Date;

use super::{COPY, Model, Screen, Sheet};
use crate::app::after;
use crate::app::belongings::Belongings;
use crate::app::settings::{Ask, Removing, Settings, VERSION, View};
use crate::app::today::Answers;
use crate::app::visit;
use crate::app::world::Shelf;
use crate::jobs::Job;
use crate::plan::Followed;
use crate::profile::Remembered;
use crate::remind::Desktop;
use crate::store::journal::{Journal, Query};
use crate::store::{self, Folders, Kept, data};
use crate::summary;
use crate::words::Words;

/// How many copies of everything are offered to be brought back.
const COPIES: usize = 3;

impl Kept for Settings {
    const NAME: &'static str = "settings";
    const VERSION: u32 = VERSION;
    fn version(&self) -> u32 {
        self.version
    }
}

impl Model {
    /// Makes the settings page what is true.
    pub(super) fn open_settings(&mut self) {
        self.settings_view = View {
            folder: self.world.folders.data.display().to_string(),
            reminders: self.world.profile.reminders,
            ticks: self.ticks(),
            health: self.settings_view.health,
            removing: Removing::No,
            devices: std::mem::take(&mut self.settings_view.devices),
            copies: copies(&self.world.documents),
            done: self.settings_view.done.take(),
        };
    }

    /// Does what was asked in the settings.
    pub(super) fn ask_settings(&mut self, ask: Ask) {
        match ask {
            Ask::Set(next) => self.change(*next),
            Ask::SoundCheck => {
                self.set_up_sound();
                if let Err(error) = self.world.booth.check_sound(self.volumes()) {
                    let words = &self.words;
                    self.say(words.fill(&words.settings.sound_check_none, &[("error", &error)]));
                }
            }
            Ask::Devices => self.find_devices(),
            Ask::Health(shown) => self.settings_view.health = shown,
            Ask::Reader(reader) => {
                self.settings.reader = reader;
                self.sheet = None;
            }
            Ask::Remind(next) => self.remind(next),
            Ask::Tick(tag) => self.tick_health(tag),
            Ask::Place(tag, area) => self.place_health(tag, area),
            Ask::Asked(tag) => self.asked_about(&[tag]),
            Ask::Export => self.export(),
            Ask::Bring(copy) => self.bring_back(&copy),
            Ask::Remove => self.settings_view.removing = Removing::Asked,
            Ask::Kept => self.settings_view.removing = Removing::No,
            Ask::Removed => self.remove_all(),
        }
    }

    /// Tells the booth what the person has set of it.
    pub(super) fn set_up_sound(&mut self) {
        let (device, program) = (self.settings.device.clone(), &self.settings.voice_program);
        self.world.booth.set_up(device, program);
    }

    fn find_devices(&mut self) {
        let (name, find) = (self.words.work.devices.clone(), self.world.booth.devices());
        self.work(name, false, find, |model, found| match found {
            Ok(devices) if devices.is_empty() => model.say(model.words.session.device_none.clone()),
            Ok(devices) => model.settings_view.devices = devices,
            Err(sentence) => model.say(sentence),
        });
    }

    fn change(&mut self, next: Settings) {
        if next.device != self.settings.device
            && let Some(going) = &self.going
        {
            going.playback.use_device(next.device.clone());
        }
        let other_language = next.language != self.settings.language;
        let gone = self.settings.guest && !next.guest;
        self.settings = next;
        if other_language {
            self.words = Words::of(self.language());
            self.open_shelf();
            self.open_settings();
        }
        if gone {
            self.forget_guest();
        }
    }

    /// A guest has gone: what they told goes with them, and the person is here again.
    fn forget_guest(&mut self) {
        match self.world.folders.profile() {
            Ok((profile, trouble)) => {
                self.world.profile = profile;
                if let Some(trouble) = trouble {
                    self.say(trouble.said(self.words));
                }
            }
            Err(error) => self.say(error.said(self.words)),
        }
        self.forget_answers();
        self.open_settings();
    }

    /// Forgets what was told in this window.
    fn forget_answers(&mut self) {
        self.today.answers = Answers::default();
        self.felt_wrong.clear();
        self.after = after::View::default();
        self.routine = None;
        self.taken = None;
        self.start = None;
    }

    /// Saves the settings where they have changed; called while the person's hand is off them.
    pub fn keep_settings(&mut self) {
        if self.settings == self.saved {
            return;
        }
        self.saved = self.settings.clone();
        if let Err(error) = store::save(&self.world.folders.settings(), &self.settings) {
            self.say(error.said(self.words));
        }
    }

    /// Keeps what the person has told of themselves; of a guest nothing stays.
    pub(super) fn keep_profile(&mut self) {
        if self.settings.guest {
            return;
        }
        if let Err(error) = self.world.folders.save_profile(&self.world.profile) {
            self.say(error.said(self.words));
        }
    }

    /// Keeps the answers that are next time's first guess.
    pub(super) fn remember(&mut self) {
        let answers = &self.today.answers;
        self.world.profile.last = Remembered {
            minutes: answers.minutes,
            position: answers.position,
            tools: (!answers.tools.is_empty()).then(|| answers.tools.clone()),
            wish: answers.wish,
        };
        self.keep_profile();
    }

    /// A path for a page or a copy, with today's date in its name.
    fn document(&self, name: &str, ending: &str) -> PathBuf {
        let today = (self.world.now)().date();
        let named = |name: &str| self.world.documents.join(format!("{name}.{ending}"));
        let first = format!("{name}-{today}");
        let others = (2..).map(|n| format!("{first}-{n}"));
        std::iter::once(first.clone())
            .chain(others)
            .map(|name| named(&name))
            .find(|path| !path.exists())
            .expect("there is no end of numbers")
    }

    fn export(&mut self) {
        let (path, folders) = (self.document("rootwell", COPY), self.world.folders.clone());
        let (to, words) = (path.clone(), self.words);
        let export = move |_job: &Job| {
            folder_for(&to)?;
            data::export(&folders, &to).map_err(|error| error.said(words))
        };
        let name = self.words.work.exporting.clone();
        self.work(name, false, export, move |model, exported| {
            let words = &model.words;
            let file = path.display();
            model.settings_view.done = Some(match exported {
                Ok(_files) => words.fill(&words.settings.data_exported, &[("file", &file)]),
                Err(sentence) => sentence,
            });
            model.settings_view.copies = copies(&model.world.documents);
        });
    }

    /// Brings a copy of everything in; what is here already stays.
    pub(super) fn bring_back(&mut self, path: &Path) {
        let (folders, from) = (self.world.folders.clone(), path.to_owned());
        let words = self.words;
        let shelf = self.world.booth.shelf();
        let bring = move |job: &Job| {
            let brought = data::import(&folders, &from).map_err(|error| error.said(words));
            brought.map(|brought| (brought, shelf(job)))
        };
        let name = self.words.work.bringing.clone();
        self.work(name, false, bring, |model, brought| {
            let sentence = match brought {
                Ok((brought, shelf)) => {
                    model.take_over(shelf, None);
                    let words = model.words;
                    for notice in &brought.notices {
                        model.say(notice.said(words));
                    }
                    for file in &brought.kept {
                        model.say(words.fill(&words.settings.data_kept, &[("file", file)]));
                    }
                    let places: [(&str, &dyn std::fmt::Display); 2] = [
                        ("sessions", &brought.journal.added),
                        ("files", &brought.files),
                    ];
                    words.fill(&words.settings.data_brought, &places)
                }
                Err(sentence) => sentence,
            };
            if model.screen == Screen::Settings {
                model.settings_view.done = Some(sentence);
            } else {
                model.say(sentence);
            }
        });
    }

    fn remove_all(&mut self) {
        if !self.jobs.shown().is_empty() {
            // What is still at work could write after it.
            self.settings_view.removing = Removing::No;
            return self.say(self.words.work.wait.clone());
        }
        // The database is closed first: an open file could be written to after it was removed.
        self.world.journal = None;
        self.settings_view.removing = Removing::UnderWay;
        let folders = self.world.folders.clone();
        let (desktop, words) = (self.world.desktop.clone(), self.words);
        let shelf = self.world.booth.shelf();
        let remove = move |job: &Job| {
            let timer = desktop.filter(Desktop::is_on);
            let removed = match timer.map(|desktop| desktop.switch(false)) {
                Some(Err(error)) => Err(error.said(words)),
                _ => data::remove_all(&folders).map_err(|error| error.said(words)),
            };
            (removed, shelf(job))
        };
        let name = self.words.work.removing.clone();
        self.work(name, false, remove, |model, (removed, shelf)| {
            // What is needed to read the page stays as it is; nothing is written before the person chooses something.
            let settings = Settings {
                language: model.settings.language,
                reader: model.settings.reader,
                ..Settings::default()
            };
            model.forget_answers();
            model.take_over(shelf, Some(settings));
            model.settings_view.removing = Removing::No;
            model.settings_view.done = Some(match removed {
                Ok(left) => removed_but(&left, model.words),
                Err(sentence) => sentence,
            });
        });
    }

    /// Takes over what other hands than the window's have changed, with these settings or those that are kept. The
    /// routines were read in a job; all else is read here, so that nothing that was told meanwhile is overwritten.
    fn take_over(&mut self, shelf: Result<Shelf, String>, settings: Option<Settings>) {
        match shelf {
            Ok(shelf) => self.world.shelf = shelf,
            Err(sentence) => self.say(sentence),
        }
        let kept = Belongings::read(&self.world.folders, self.words);
        let (read, notices) = self.world.take(kept);
        self.new_studio = true;
        self.world.booth.take_tones();
        for notice in notices {
            self.say(notice);
        }
        let settings = settings.unwrap_or(read);
        self.saved = settings.clone();
        self.change(settings);
        self.open_shelf();
        self.open_today();
        self.open_settings();
    }

    /// Asks once who speaks in a session, when a screen reader is found to be on.
    pub fn ask_reader(&mut self) {
        let found = self.world.reader.load(Ordering::Relaxed);
        let free = self.sheet.is_none() && self.screen != Screen::Player;
        if found && free {
            self.world.reader.store(false, Ordering::Relaxed);
            if self.settings.reader.is_none() {
                self.sheet = Some(Sheet::Reader);
            }
        }
    }

    /// Does what was asked about the page for the next visit.
    pub(super) fn ask_visit(&mut self, ask: visit::Ask) {
        match ask {
            visit::Ask::Tick(wanted) => self.sheet = Some(Sheet::Visit(wanted)),
            visit::Ask::Close => self.sheet = None,
            visit::Ask::Make(wanted) => {
                self.sheet = None;
                self.visit_page(wanted);
            }
        }
    }

    /// A page for the next visit, with what was ticked.
    fn visit_page(&mut self, wanted: summary::Wanted) {
        let path = self.document("for-my-visit", "html");
        let to = path.clone();
        let (folders, followed) = (self.world.folders.clone(), self.world.followed.clone());
        let today = (self.world.now)().date();
        let words = Words::of(self.language());
        let make = move |_job: &Job| visit_to(&folders, &followed, today, wanted, words, &to);
        let name = self.words.work.visiting.clone();
        self.work(name, false, make, move |model, made| {
            let words = &model.words;
            let file = path.display();
            model.say(match made {
                Ok(()) => words.fill(&words.journey.visit_made, &[("file", &file)]),
                Err(sentence) => sentence,
            });
        });
    }
}

/// That everything is removed, but for what others keep in the folders to which links led.
fn removed_but(left: &[PathBuf], words: &Words) -> String {
    let said = &words.settings;
    let left: Vec<_> = left
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    if left.is_empty() {
        return said.data_removed.clone();
    }
    let left = words.fill(&said.data_left, &[("folders", &left.join(", "))]);
    format!("{} {left}", said.data_removed)
}

/// Writes the page for the next visit from the journal as it is on the disk.
fn visit_to(
    folders: &Folders,
    followed: &Followed,
    today: Date,
    wanted: summary::Wanted,
    words: &Words,
    to: &Path,
) -> Result<(), String> {
    let journal = Journal::open(folders).map_err(|error| error.said(words))?;
    let entries: Vec<_> = journal
        .entries(&Query::default())
        .map_err(|error| error.said(words))?
        .into_iter()
        .map(|(_id, entry)| entry)
        .collect();
    let measures = journal.measures().map_err(|error| error.said(words))?;
    let sources = summary::Sources {
        entries: &entries,
        measures: &measures,
        followed,
        since: entries.first().map_or(today, |entry| entry.date),
        today,
    };
    let page = summary::html(sources, wanted, words);
    store::replace(to, page.as_bytes()).map_err(|error| format!("{error}: {}", to.display()))
}

fn folder_for(path: &Path) -> Result<(), String> {
    path.parent().map_or(Ok(()), |folder| {
        std::fs::create_dir_all(folder).map_err(|error| format!("{error}: {}", folder.display()))
    })
}

/// The newest copies of everything in a folder, newest first.
fn copies(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == COPY))
        .collect();
    copies.sort_unstable_by(|one, other| other.cmp(one));
    copies.truncate(COPIES);
    copies
}
