//! Slow work: it goes on while the window stays quick, and what it brings back is done in `logic`.

use std::fmt::Display;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Model, Sheet};
use crate::app::foot::Working;
use crate::app::settings::Removing;
use crate::app::shell::Screen;
use crate::app::take::{Ask, View};
use crate::app::world::{Known, Slow};
use crate::audio::export::{Captions, ExportError, Format, TextFile};
use crate::jobs::{Job, JobId, Shown};
use crate::plan::Followed;
use crate::store::care::follow;
use crate::store::journal::Journal;
use crate::timeline::Choices;
use crate::words::Words;

/// What is to be done when a job is through.
pub(super) type Then = Box<dyn FnOnce(&mut Model) + Send>;

impl Model {
    /// Starts slow work whose sentence is `name`; `then` hears in `logic` what it brought.
    pub(super) fn work<T: Send + 'static>(
        &mut self,
        name: String,
        can_stop: bool,
        work: impl FnOnce(&Job) -> T + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        let work = move |job: &Job| -> Then {
            let brought = work(job);
            Box::new(move |model| then(model, brought))
        };
        self.jobs.start(name, can_stop, work);
    }

    /// Does what finished jobs leave to do, and says what the journal and the voice have met.
    pub fn take_in_work(&mut self) {
        let met = self.world.journal.as_ref().map(Journal::take_notices);
        for notice in met.into_iter().flatten() {
            self.say(notice.said(self.words));
        }
        for sentence in self.world.booth.take_troubles(self.words) {
            self.say(sentence);
        }
        for ended in self.jobs.take() {
            match ended {
                Ok(then) => then(self),
                Err(broken) => {
                    let sentence = &self.words.work.broken_off;
                    self.say(self.words.fill(sentence, &[("work", &broken.0)]));
                }
            }
        }
    }

    /// What the foot shows of it.
    pub fn working(&self) -> Vec<Working> {
        let work = |shown: Shown| {
            let told = if shown.stopping {
                Some(self.words.work.stopping.clone())
            } else {
                shown.far.left.map(|left| self.time_left(left))
            };
            Working {
                id: shown.id,
                sentence: [Some(shown.name), told]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
                share: shown.far.share.unwrap_or(0.0),
                can_stop: shown.can_stop && !shown.stopping,
            }
        };
        self.jobs.shown().into_iter().map(work).collect()
    }

    /// Asks a job to stop.
    pub(super) fn stop_work(&mut self, id: JobId) {
        self.jobs.stop(id);
    }

    /// Says a sentence at the foot of the window, on a line of its own below what has not been put away yet.
    pub fn say(&mut self, sentence: String) {
        let mut letters = sentence.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let sentence: String = first.chain(letters).collect();
        match &mut self.notice {
            Some(said) if !said.contains(&sentence) => {
                said.push('\n');
                said.push_str(&sentence);
            }
            Some(_) => {}
            none => *none = Some(sentence),
        }
    }

    /// Opens a file that was handed over or dropped: a routine, or a copy of everything.
    pub fn open_file(&mut self, path: &Path) {
        let file = path.file_name().unwrap_or_default();
        let file = file.to_string_lossy().into_owned();
        if self.settings.guest {
            return self.say(self.words.settings.guest_hint.clone());
        }
        if self.settings_view.removing == Removing::UnderWay {
            return self.say(self.words.work.wait.clone());
        }
        if path.extension().is_some_and(|ending| ending == super::COPY) {
            return self.bring_back(path);
        }
        let words = &self.words;
        let named = path.extension().is_some_and(|ending| ending == "ron");
        if !named || file.starts_with('.') {
            let sentence = words.fill(&words.notice.not_ron, &[("file", &file)]);
            return self.say(sentence);
        }
        let name = words.fill(&words.work.opening, &[("file", &file)]);
        if is_plan(path) {
            return self.follow_plan(name, path);
        }
        let opening = self.world.booth.open(path);
        self.work(name, false, opening, move |model, opened| match opened {
            Ok(known) => model.opened(known),
            Err(error) => {
                let words = &model.words;
                let places: [(&str, &dyn Display); 2] = [("file", &file), ("error", &error)];
                model.say(words.fill(&words.notice.not_opened, &places));
            }
        });
    }

    /// Follows a plan that the therapist gave, from today on.
    fn follow_plan(&mut self, name: String, path: &Path) {
        let today = (self.world.now)().date();
        let (folders, path) = (self.world.folders.clone(), path.to_owned());
        let read = move |_job: &Job| {
            follow(&folders, &path, today).map_err(|error| format!("{error}: {}", path.display()))
        };
        self.work(name, false, read, |model, read| match read {
            Ok((followed, trouble)) => {
                if let Some(trouble) = trouble {
                    model.say(trouble.said(model.words));
                }
                model.follows(followed);
            }
            Err(sentence) => model.say(sentence),
        });
    }

    fn follows(&mut self, followed: Followed) {
        self.world.followed = followed;
        if let Some(held) = &self.world.followed.now {
            let (title, therapist) = (&held.plan.title, &held.plan.therapist);
            let sentence = self.words.fill(
                &self.words.notice.plan_followed,
                &[("title", title), ("therapist", therapist)],
            );
            self.say(sentence);
        }
        if !matches!(self.screen, Screen::Player | Screen::After) {
            self.screen = Screen::Today;
            self.open_today();
        }
    }

    fn opened(&mut self, known: Known) {
        let id = known.id.clone();
        let title = &known.routine.title;
        let words = &self.words;
        let sentence = words.fill(&words.notice.opened, &[("title", title)]);
        self.say(sentence);
        self.world.shelf.known.retain(|other| other.id != id);
        self.world.shelf.known.push(known);
        self.open_shelf();
        if !matches!(self.screen, Screen::Player | Screen::After) {
            self.sheet = None;
            self.start = None;
            self.open_routine(&id);
        }
    }

    /// Asks how the open routine is to be taken along.
    pub(super) fn take_along(&mut self) {
        let Some(view) = &self.routine else { return };
        self.sheet = Some(Sheet::Take(View {
            title: view.card.title.clone(),
            minutes: view.chosen,
            format: self.taken.unwrap_or(Format::HERE[0]),
            page: false,
            folder: self.world.documents.display().to_string(),
        }));
    }

    /// Does what was asked about taking it along.
    pub(super) fn ask_take(&mut self, ask: Ask) {
        let Some(Sheet::Take(view)) = &mut self.sheet else {
            return;
        };
        match ask {
            Ask::Format(format) => {
                view.format = format;
                self.taken = Some(format);
            }
            Ask::Page(page) => view.page = page,
            Ask::Close => self.sheet = None,
            Ask::Make => {
                let (format, page) = (view.format, view.page);
                self.sheet = None;
                self.record(format, page);
            }
        }
    }

    fn record(&mut self, format: Format, page: bool) {
        let Some((known, choices)) = self.chosen() else {
            return;
        };
        let choices = match self.fitted(&known, choices) {
            Ok(choices) => Choices {
                talk: Some(self.settings.talk),
                ..choices
            },
            Err(sentence) => return self.say(sentence),
        };
        let timeline = match self.world.booth.compile(&known, &choices) {
            Ok(timeline) => timeline,
            Err(sentence) => return self.say(sentence),
        };
        let minutes = (timeline.total.secs() / 60.0).round().max(1.0) as u32;
        let stem = known.id.rsplit('/').next().unwrap_or_default();
        let path = self
            .world
            .documents
            .join(format!("{stem}-{minutes}-min.{}", format.ending()));
        let title = &known.routine.title;
        let name = self
            .words
            .fill(&self.words.work.taking, &[("title", title)]);
        let beside = page.then(|| (path.with_extension("txt"), Captions::Txt.write(&timeline)));
        self.set_up_sound();
        let sound = self
            .world
            .booth
            .record(timeline, path.clone(), self.artist());
        let make = {
            let (path, words) = (path.clone(), self.words);
            move |job: &Job| make(job, &path, sound, beside, words)
        };
        self.work(name, true, make, move |model, made| {
            let words = &model.words.take;
            let sentence = match made {
                Ok(Made::Whole) => model.words.fill(&words.made, &[("file", &path.display())]),
                Ok(Made::PartlyMute) => model
                    .words
                    .fill(&words.made_mute, &[("file", &path.display())]),
                Ok(Made::Stopped) => words.stopped.clone(),
                Err(sentence) => sentence,
            };
            model.say(sentence);
        });
    }

    /// The studio's name, or ours.
    fn artist(&self) -> String {
        match self.world.studio.name.as_str() {
            "" => self.words.app.title.clone(),
            name => name.to_owned(),
        }
    }

    /// How much time is left, as it is read.
    fn time_left(&self, left: Duration) -> String {
        let secs = left.as_secs() + 1;
        let words = &self.words;
        let time = if secs >= 90 {
            words.minutes(secs.div_ceil(60) as u32)
        } else {
            words.fill(&words.said.seconds_many, &[("n", &(secs.div_ceil(5) * 5))])
        };
        words.fill(&words.work.left, &[("time", &time)])
    }
}

/// What became of a file to take along.
enum Made {
    /// It is there.
    Whole,
    /// It is there; some lines could not be spoken.
    PartlyMute,
    /// The person stopped it; nothing is there.
    Stopped,
}

/// Makes the sound file, then the page beside it.
fn make(
    job: &Job,
    path: &Path,
    sound: Slow<bool>,
    beside: Option<(PathBuf, String)>,
    words: &Words,
) -> Result<Made, String> {
    let refused = |error: std::io::Error| format!("{error}: {}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused)?;
    }
    // What cannot be is said before any work is done.
    let page = beside.map(|(page, text)| Ok((TextFile::to(&page)?, text)));
    let page = page
        .transpose()
        .map_err(|error: ExportError| error.said(words))?;
    let whole = match sound(job) {
        Err(_) if job.is_stopped() => return Ok(Made::Stopped),
        other => other?,
    };
    if let Some((page, text)) = page {
        page.write(&text).map_err(|error| error.said(words))?;
    }
    Ok(if whole { Made::Whole } else { Made::PartlyMute })
}

/// Whether a file is a plan: it says so at its start, after comments.
fn is_plan(path: &Path) -> bool {
    /// A plan's name stands within so many bytes.
    const START: u64 = 4096;
    if !path.is_file() {
        return false; // a pipe would keep us waiting
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(START).read_to_end(&mut start));
    let text = String::from_utf8_lossy(&start);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
    read.is_ok() && first.is_some_and(|line| line.starts_with("Plan("))
}
