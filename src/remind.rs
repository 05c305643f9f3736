//! Gentle reminders as the desktop's own notifications, also while the app is closed: a timer of the desktop calls
//! `rootwell remind`, which asks [`due_reminder`] and shows at most what that allows.
//!
//! The timer is a systemd user timer; where there is none, an autostart entry that looks twice an hour.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::DateTime;

use crate::journal::Entry;
use crate::library::Library;
use crate::plan::Followed;
use crate::plan::reminder::due_reminder;
use crate::profile::Profile;
use crate::store::journal::{Journal, JournalError, Query};
use crate::store::{self, Folders, StoreError};
use crate::words::Words;

/// Why there is no reminder.
#[derive(Debug, thiserror::Error)]
pub enum RemindError {
    /// What is kept cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The desktop shows no notifications.
    #[error("the desktop shows no notifications: {0}")]
    Desktop(String),
    /// The timer cannot be set up or taken away.
    #[error("the reminder's timer could not be changed: {source}: {}", path.display())]
    Timer {
        /// Why not.
        source: io::Error,
        /// Which file.
        path: PathBuf,
    },
}

/// Shows a reminder if one is due at this local moment, and remembers it. Returns what was shown.
pub fn remind(
    folders: &Folders,
    now: DateTime,
    words: &Words,
    show: impl FnOnce(&str) -> Result<(), RemindError>,
) -> Result<Option<String>, RemindError> {
    let profile: Profile = store::peek(&folders.profile_file());
    let followed: Followed = store::peek(&folders.plan_file());
    if !profile.reminders.on || followed.now.is_none() {
        return Ok(None);
    }
    let today = now.date();
    let of_today = Query {
        since: Some(today),
        until: Some(today),
        ..Query::default()
    };
    let journal = Journal::open(folders)?;
    let mut entries: Vec<Entry> = journal
        .entries(&of_today)?
        .into_iter()
        .map(|(_, entry)| entry)
        .collect();
    // What is being followed at this moment, or was left for later today, has been begun.
    entries.extend(journal.resume_point()?.map(|point| point.entry));
    let (shown, _) = folders.shown()?;
    let Some(item) = due_reminder(&profile.reminders, shown, &followed, &entries, now) else {
        return Ok(None);
    };
    let library = Library::with_folder(&folders.edits());
    let title = library
        .entry(&item.routine)
        .map_or(item.routine.as_str(), |entry| entry.title());
    let sentence = sentence(words, title, item.minutes);
    show(&sentence)?;
    folders.save_shown(&shown.again(today))?;
    Ok(Some(sentence))
}

fn sentence(words: &Words, title: &str, minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => {
            let minutes = words.minutes(minutes);
            let places: [(&str, &dyn Display); 2] = [("routine", &title), ("minutes", &minutes)];
            words.fill(&words.remind.due_for, &places)
        }
        None => words.fill(&words.remind.due, &[("routine", &title)]),
    }
}

/// Shows a sentence as a notification of the desktop.
pub fn notify(sentence: &str) -> Result<(), RemindError> {
    let shown = notify_rust::Notification::new()
        .appname("Rootwell")
        .summary("Rootwell")
        .body(sentence)
        .icon("rootwell")
        .timeout(notify_rust::Timeout::Default)
        .show();
    shown
        .map(drop)
        .map_err(|error| RemindError::Desktop(error.to_string()))
}

/// How the timer was set up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// By systemd.
    Systemd,
    /// By an entry that starts with the desktop.
    Autostart,
}

/// The desktop's places for a timer, and what the timer calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desktop {
    /// The folder of the person's configuration, `~/.config`.
    pub config: PathBuf,
    /// The program that controls systemd.
    pub systemctl: PathBuf,
    /// This program.
    pub program: PathBuf,
    /// The one folder of everything, where `ROOTWELL_HOME` names it.
    pub home: Option<PathBuf>,
}

impl Desktop {
    /// The desktop of this person; `None` where there is no home folder.
    pub fn find() -> Option<Self> {
        let folders = directories::BaseDirs::new()?;
        Some(Self {
            config: folders.config_dir().to_owned(),
            systemctl: PathBuf::from("systemctl"),
            program: std::env::current_exe().ok()?,
            home: std::env::var_os("ROOTWELL_HOME").map(PathBuf::from),
        })
    }

    /// Sets the timer up, or takes it away; says how it was set up.
    pub fn switch(&self, on: bool) -> Result<Option<Timer>, RemindError> {
        if on {
            self.switch_on().map(Some)
        } else {
            self.switch_off().map(|()| None)
        }
    }

    fn units(&self) -> [PathBuf; 2] {
        let folder = self.config.join("systemd/user");
        [
            folder.join("rootwell-remind.service"),
            folder.join("rootwell-remind.timer"),
        ]
    }

    fn autostart(&self) -> PathBuf {
        self.config.join("autostart/rootwell-remind.desktop")
    }

    fn switch_on(&self) -> Result<Timer, RemindError> {
        let [service, timer] = self.units();
        let home = self.home.as_deref();
        let program = escaped(&self.program);
        let environment = home
            .map(|home| format!("Environment=\"ROOTWELL_HOME={}\"\n", escaped(home)))
            .unwrap_or_default();
        let service_text = format!(
            "[Unit]\nDescription=Rootwell: a gentle reminder\n\n[Service]\nType=oneshot\n{environment}ExecStart=\"{program}\" remind\n"
        );
        write(&service, &service_text)?;
        write(
            &timer,
            "[Unit]\nDescription=Rootwell: look twice an hour whether a reminder is due\n\n\
             [Timer]\nOnCalendar=*:0/30\nAccuracySec=1min\n\n[Install]\nWantedBy=timers.target\n",
        )?;
        if self.control(&["daemon-reload"])
            && self.control(&["enable", "--now", "rootwell-remind.timer"])
        {
            remove(&self.autostart())?;
            return Ok(Timer::Systemd);
        }
        remove(&service)?;
        remove(&timer)?;
        let home = home
            .map(|home| format!("env \"ROOTWELL_HOME={}\" ", escaped(home)))
            .unwrap_or_default();
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Rootwell reminders\nExec={home}\"{program}\" remind --stay\nNoDisplay=true\n\
             X-GNOME-Autostart-enabled=true\n"
        );
        write(&self.autostart(), &entry)?;
        Ok(Timer::Autostart)
    }

    /// Takes the timer away, however it was set up.
    fn switch_off(&self) -> Result<(), RemindError> {
        let [service, timer] = self.units();
        if timer.exists() {
            self.control(&["disable", "--now", "rootwell-remind.timer"]);
        }
        remove(&timer)?;
        remove(&service)?;
        remove(&self.autostart())?;
        self.control(&["daemon-reload"]);
        Ok(())
    }

    /// Whether a timer is set up.
    pub fn is_on(&self) -> bool {
        self.units()[1].exists() || self.autostart().exists()
    }

    fn control(&self, words: &[&str]) -> bool {
        let quiet = Command::new(&self.systemctl)
            .arg("--user")
            .args(words)
            .stdin(Stdio::null())
            .output();
        quiet.is_ok_and(|output| output.status.success())
    }
}

/// A path within double quotes, for unit files and desktop entries alike.
fn escaped(path: &Path) -> String {
    path.to_string_lossy()
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%")
}

fn write(path: &Path, text: &str) -> Result<(), RemindError> {
    crate::store::replace(path, text.as_bytes()).map_err(|source| RemindError::Timer {
        source,
        path: path.to_owned(),
    })
}

fn remove(path: &Path) -> Result<(), RemindError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(RemindError::Timer {
            source,
            path: path.to_owned(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use crate::words::Language;
    use jiff::civil::datetime;

    fn followed() -> (tempfile::TempDir, Folders) {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let text = "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [\
                    (name: \"x\", routine: \"feet-on-the-ground\", minutes: 11, until: Day(3))])";
        let plan: Plan = crate::store::ron_options().from_str(text).unwrap();
        let mut followed = crate::plan::Followed::default();
        followed.follow(plan, jiff::civil::date(2026, 11, 25));
        folders.save_followed(&followed).unwrap();
        (home, folders)
    }

    fn home() -> (tempfile::TempDir, Folders) {
        let (home, folders) = followed();
        let mut profile = Profile::default();
        profile.reminders.on = true;
        folders.save_profile(&profile).unwrap();
        (home, folders)
    }

    fn look(folders: &Folders, at: DateTime) -> Option<String> {
        let words = Words::of(Language::English);
        remind(folders, at, words, |_| Ok(())).unwrap()
    }

    fn at(day: i8, hour: i8) -> DateTime {
        datetime(2026, 11, day, hour, 0, 0, 0)
    }

    #[test]
    fn one_reminder_a_day_in_hours_that_are_not_quiet_and_none_when_the_plan_is_over() {
        let (_home, folders) = home();
        for (at, expected) in [
            (at(25, 7), false),
            (at(25, 18), true),
            (at(25, 19), false),
            (at(26, 21), false),
            (at(27, 18), true),
            (at(28, 18), false),
        ] {
            assert_eq!(look(&folders, at).is_some(), expected, "{at}");
        }
    }

    #[test]
    fn a_damaged_file_is_left_for_the_window_to_say() {
        let (_home, folders) = home();
        fs::write(folders.profile_file(), "Profile(version: ").unwrap();
        assert_eq!(look(&folders, at(25, 18)), None);
        assert!(folders.profile_file().exists());
    }

    #[test]
    fn they_are_off_until_switched_on() {
        let (_home, folders) = followed();
        assert_eq!(look(&folders, at(25, 18)), None);
    }

    #[test]
    fn the_sentence_is_in_the_language_of_the_person() {
        let (_home, folders) = home();
        assert_eq!(
            look(&folders, at(25, 18)).unwrap(),
            "From your plan, when it suits you: Feet on the Ground, 11 minutes. Not today is fine too."
        );
        let (_home, folders) = home();
        let spanish = Words::of(Language::Spanish);
        let shown = remind(&folders, at(25, 18), spanish, |_| Ok(())).unwrap();
        assert!(shown.unwrap().starts_with("De tu plan"));
    }

    #[test]
    fn what_has_been_begun_needs_no_reminder() {
        let (_home, folders) = home();
        let mut entry = Entry::begun(
            jiff::Timestamp::UNIX_EPOCH,
            at(25, 17).date(),
            "feet-on-the-ground",
            "Feet on the Ground",
            crate::names::Style::Relaxation,
        );
        entry.plan_item = Some("x".to_owned());
        let point = crate::journal::ResumePoint {
            choices: crate::timeline::Choices::default(),
            step: 0,
            step_title: String::new(),
            at: crate::units::Frames::ZERO,
            written: entry.started,
            entry,
        };
        let mut journal = Journal::open(&folders).unwrap();
        journal.set_resume_point(&point).unwrap();
        assert_eq!(look(&folders, at(25, 18)), None);
    }

    #[test]
    fn one_that_could_not_be_shown_is_tried_again() {
        let (_home, folders) = home();
        let words = Words::of(Language::English);
        let no_bus = |_: &str| Err(RemindError::Desktop("no bus".to_owned()));
        assert!(remind(&folders, at(25, 18), words, no_bus).is_err());
        assert!(look(&folders, at(25, 18)).is_some());
    }

    fn desktop(systemctl: &str, program: &str) -> (tempfile::TempDir, Desktop) {
        let home = tempfile::tempdir().unwrap();
        let desktop = Desktop {
            config: home.path().to_owned(),
            systemctl: PathBuf::from(systemctl),
            program: PathBuf::from(program),
            home: None,
        };
        (home, desktop)
    }

    #[test]
    fn systemd_gets_a_timer_that_goes_again() {
        let (_home, desktop) = desktop("true", "/opt/root well/rootwell");
        assert_eq!(desktop.switch(true).unwrap(), Some(Timer::Systemd));
        let service = fs::read_to_string(&desktop.units()[0]).unwrap();
        assert!(
            service.contains("ExecStart=\"/opt/root well/rootwell\" remind\n"),
            "{service}"
        );
        assert!(desktop.is_on());
        assert_eq!(desktop.switch(false).unwrap(), None);
        assert!(!desktop.is_on());
        assert!(!desktop.units()[0].exists());
    }

    #[test]
    fn without_systemd_it_starts_with_the_desktop() {
        let (_home, mut desktop) = desktop("false", "/usr/bin/rootwell");
        desktop.home = Some(PathBuf::from("/opt/a"));
        assert_eq!(desktop.switch(true).unwrap(), Some(Timer::Autostart));
        let entry = fs::read_to_string(desktop.autostart()).unwrap();
        assert!(
            entry.contains(
                "Exec=env \"ROOTWELL_HOME=/opt/a\" \"/usr/bin/rootwell\" remind --stay\n"
            ),
            "{entry}"
        );
        assert!(!desktop.units()[1].exists());
        desktop.switch(false).unwrap();
        assert!(!desktop.is_on());
    }
}
