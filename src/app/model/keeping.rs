//! What is kept: settings, the person's remembered answers, copies and pages for a person, removal.

use std::path::PathBuf;

use super::Model;
use crate::app::settings::{Ask, Settings, VERSION, View};
use crate::checkin::Tick;
use crate::profile::Remembered;
use crate::session::{Volume, Volumes};
use crate::store::{self, Kept, data};
use crate::summary;

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
            tags: self
                .world
                .profile
                .ticks
                .iter()
                .map(|tick| tick.tag)
                .collect(),
            health: self.settings_view.health,
            removing: false,
            done: self.settings_view.done.take(),
        };
    }

    /// Does what was asked in the settings.
    pub(super) fn ask_settings(&mut self, ask: Ask) {
        match ask {
            Ask::Set(next) => self.change(*next),
            Ask::SoundCheck => {
                let volumes = Volumes {
                    all: Volume::new(self.settings.volume),
                    voice: Volume::new(self.settings.voice),
                    tones: Volume::new(self.settings.tones),
                    ..Volumes::default()
                };
                self.world.booth.check_sound(volumes);
            }
            Ask::Health(shown) => self.settings_view.health = shown,
            Ask::Tick(tag) => {
                let ticks = &mut self.world.profile.ticks;
                if ticks.iter().any(|tick| tick.tag == tag) {
                    ticks.retain(|tick| tick.tag != tag);
                } else {
                    ticks.push(Tick::from(tag));
                }
                self.keep_profile();
                self.open_settings();
            }
            Ask::Export => self.export(),
            Ask::Remove => self.settings_view.removing = true,
            Ask::Kept => self.settings_view.removing = false,
            Ask::Removed => self.remove_all(),
        }
    }

    fn change(&mut self, next: Settings) {
        if next.language != self.settings.language {
            self.words =
                crate::app::words::Words::built_in(next.language.unwrap_or(self.machine_language));
        }
        self.world.profile.reminders.on = next.remind;
        self.settings = next;
        self.keep_profile();
        self.open_shelf();
    }

    /// Saves the settings; called when they have changed and the person's hand is off them.
    pub fn keep_settings(&mut self) {
        if let Err(error) = store::save(&self.world.folders.settings(), &self.settings) {
            self.notice = Some(error.to_string());
        }
    }

    fn keep_profile(&mut self) {
        if let Err(error) = self.world.folders.save_profile(&self.world.profile) {
            self.notice = Some(error.to_string());
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
        if !self.settings.guest {
            self.keep_profile();
        }
    }

    /// A path for a page or a copy, with today's date in its name.
    fn document(&self, name: &str, ending: &str) -> PathBuf {
        let today = (self.world.now)().date();
        self.world
            .documents
            .join(format!("{name}-{today}.{ending}"))
    }

    fn export(&mut self) {
        let path = self.document("rootwell", "zip");
        self.settings_view.done = Some(match data::export(&self.world.folders, &path) {
            Ok(_files) => self.words.fill(
                &self.words.settings.data_exported,
                &[("file", &path.display())],
            ),
            Err(error) => error.to_string(),
        });
    }

    fn remove_all(&mut self) {
        // The database is closed first: an open file could be written to after it was removed.
        self.world.journal = None;
        self.settings_view.removing = false;
        self.settings_view.done = Some(match data::remove_all(&self.world.folders) {
            Ok(()) => self.words.settings.data_removed.clone(),
            Err(error) => error.to_string(),
        });
        self.settings = Settings {
            language: self.settings.language,
            ..Settings::default()
        };
        self.world.profile = crate::profile::Profile::default();
        self.world.followed = crate::plan::Followed::default();
        self.world.journal = crate::store::journal::Journal::open(&self.world.folders).ok();
    }

    /// A page for the next visit.
    pub(super) fn visit_page(&mut self) {
        let entries: Vec<_> = self
            .world
            .entries()
            .into_iter()
            .map(|(_id, entry)| entry)
            .collect();
        let today = (self.world.now)().date();
        let since = entries.first().map_or(today, |entry| entry.date);
        let measures = self
            .world
            .journal
            .as_ref()
            .and_then(|journal| journal.measures().ok())
            .unwrap_or_default();
        let sources = summary::Sources {
            entries: &entries,
            measures: &measures,
            followed: &self.world.followed,
            since,
            today,
        };
        let page = summary::html(sources, summary::Wanted::default());
        let path = self.document("for-my-visit", "html");
        self.notice = Some(match store::replace(&path, page.as_bytes()) {
            Ok(()) => self
                .words
                .fill(&self.words.journey.visit_made, &[("file", &path.display())]),
            Err(error) => format!("{error}: {}", path.display()),
        });
    }
}
