//! Gentle reminders as the desktop's own notifications, also while the app is closed: a timer of the desktop calls
//! `rootwell remind`, which asks [`due_reminder`] and shows at most what that allows.
//!
//! The timer is a systemd user timer; where there is none, an autostart entry that looks twice an hour.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::DateTime;

use crate::plan::reminder::due_reminder;
use crate::store::journal::{Journal, JournalError, Query};
use crate::store::{Folders, StoreError};

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
    show: impl FnOnce(&str) -> Result<(), RemindError>,
) -> Result<Option<String>, RemindError> {
    let (mut profile, _) = folders.profile()?;
    let (followed, _) = folders.followed()?;
    if !profile.reminders.on || followed.now.is_none() {
        return Ok(None);
    }
    let today = now.date();
    let of_today = Query {
        since: Some(today),
        until: Some(today),
        ..Query::default()
    };
    let entries: Vec<_> = Journal::open(folders)?
        .entries(&of_today)?
        .into_iter()
        .map(|(_, entry)| entry)
        .collect();
    let Some(item) = due_reminder(&profile.reminders, profile.shown, &followed, &entries, now)
    else {
        return Ok(None);
    };
    let sentence = sentence(&item.routine, item.minutes);
    show(&sentence)?;
    profile.shown = profile.shown.again(today);
    folders.save_profile(&profile)?;
    Ok(Some(sentence))
}

fn sentence(routine: &str, minutes: Option<u32>) -> String {
    let name = routine
        .rsplit('/')
        .next()
        .unwrap_or(routine)
        .replace('-', " ");
    let length = minutes
        .map(|minutes| format!(", {minutes} minutes"))
        .unwrap_or_default();
    format!("From your plan, when it suits you: {name}{length}. Not today is fine too.")
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

/// The desktop's places for a timer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desktop {
    /// The folder of the person's configuration, `~/.config`.
    pub config: PathBuf,
    /// The program that controls systemd.
    pub systemctl: PathBuf,
}

impl Desktop {
    /// The desktop of this person; `None` where there is no home folder.
    pub fn find() -> Option<Self> {
        let folders = directories::BaseDirs::new()?;
        Some(Self {
            config: folders.config_dir().to_owned(),
            systemctl: PathBuf::from("systemctl"),
        })
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

    /// Sets the timer up for a program; `home` is `ROOTWELL_HOME`, if it is set.
    pub fn switch_on(&self, program: &Path, home: Option<&Path>) -> Result<Timer, RemindError> {
        let [service, timer] = self.units();
        let environment = home
            .map(|home| format!("Environment=\"ROOTWELL_HOME={}\"\n", escaped(home)))
            .unwrap_or_default();
        let service_text = format!(
            "[Unit]\nDescription=Rootwell: a gentle reminder\n\n[Service]\nType=oneshot\n{environment}ExecStart=\"{}\" remind\n",
            escaped(program)
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
            "[Desktop Entry]\nType=Application\nName=Rootwell reminders\nExec={home}\"{}\" remind --stay\nNoDisplay=true\n\
             X-GNOME-Autostart-enabled=true\n",
            escaped(program)
        );
        write(&self.autostart(), &entry)?;
        Ok(Timer::Autostart)
    }

    /// Takes the timer away, however it was set up.
    pub fn switch_off(&self) -> Result<(), RemindError> {
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
    use crate::profile::Profile;
    use jiff::civil::datetime;
    use std::cell::RefCell;

    fn followed() -> (tempfile::TempDir, Folders) {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let text = "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [\
                    (name: \"x\", routine: \"deep-hip-release\", minutes: 11)])";
        let plan: Plan = crate::store::ron_options().from_str(text).unwrap();
        let mut followed = crate::plan::Followed::default();
        followed.follow(plan, jiff::civil::date(2026, 11, 25));
        folders.save_followed(&followed).unwrap();
        (home, folders)
    }

    #[test]
    fn one_reminder_a_day_and_only_when_switched_on() {
        let (_home, folders) = followed();
        let shown = RefCell::new(Vec::new());
        let at = |hour| {
            let show = |sentence: &str| {
                shown.borrow_mut().push(sentence.to_owned());
                Ok(())
            };
            remind(&folders, datetime(2026, 11, 25, hour, 0, 0, 0), show).unwrap()
        };
        assert_eq!(at(18), None, "they are off until switched on");
        let mut profile = Profile::default();
        profile.reminders.on = true;
        folders.save_profile(&profile).unwrap();
        assert!(at(18).is_some());
        assert_eq!(at(19), None);
        assert_eq!(
            *shown.borrow(),
            [
                "From your plan, when it suits you: deep hip release, 11 minutes. Not today is fine too."
            ]
        );
    }

    #[test]
    fn one_that_could_not_be_shown_is_tried_again() {
        let (_home, folders) = followed();
        let mut profile = Profile::default();
        profile.reminders.on = true;
        folders.save_profile(&profile).unwrap();
        let now = datetime(2026, 11, 25, 18, 0, 0, 0);
        assert!(
            remind(&folders, now, |_| Err(RemindError::Desktop(
                "no bus".to_owned()
            )))
            .is_err()
        );
        assert!(remind(&folders, now, |_| Ok(())).unwrap().is_some());
    }

    fn desktop(systemctl: &str) -> (tempfile::TempDir, Desktop) {
        let home = tempfile::tempdir().unwrap();
        let desktop = Desktop {
            config: home.path().to_owned(),
            systemctl: PathBuf::from(systemctl),
        };
        (home, desktop)
    }

    #[test]
    fn systemd_gets_a_timer_that_goes_again() {
        let (_home, desktop) = desktop("true");
        assert_eq!(
            desktop
                .switch_on(Path::new("/opt/root well/rootwell"), None)
                .unwrap(),
            Timer::Systemd
        );
        let service = fs::read_to_string(&desktop.units()[0]).unwrap();
        assert!(
            service.contains("ExecStart=\"/opt/root well/rootwell\" remind\n"),
            "{service}"
        );
        assert!(desktop.is_on());
        desktop.switch_off().unwrap();
        assert!(!desktop.is_on());
        assert!(!desktop.units()[0].exists());
    }

    #[test]
    fn without_systemd_it_starts_with_the_desktop() {
        let (_home, desktop) = desktop("false");
        assert_eq!(
            desktop
                .switch_on(Path::new("/usr/bin/rootwell"), Some(Path::new("/opt/a")))
                .unwrap(),
            Timer::Autostart
        );
        let entry = fs::read_to_string(desktop.autostart()).unwrap();
        assert!(
            entry.contains(
                "Exec=env \"ROOTWELL_HOME=/opt/a\" \"/usr/bin/rootwell\" remind --stay\n"
            ),
            "{entry}"
        );
        assert!(!desktop.units()[1].exists());
        desktop.switch_off().unwrap();
        assert!(!desktop.is_on());
    }
}
