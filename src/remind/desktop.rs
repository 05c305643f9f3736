//! The desktop's own timer: a systemd user timer; where there is none, an autostart entry that looks twice an hour.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::RemindError;
use crate::store::Folders;

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
            home: Folders::home(),
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
        let program = self.program.to_string_lossy();
        let home = self
            .home
            .as_ref()
            .map(|home| format!("ROOTWELL_HOME={}", home.display()));
        let environment = home
            .as_ref()
            .map(|home| format!("Environment={}\n", in_unit(home)))
            .unwrap_or_default();
        // In the command, unlike in the environment, a dollar would be a variable.
        let command = in_unit(&program).replace('$', "$$");
        let service_text = format!(
            "[Unit]\nDescription=Rootwell: a gentle reminder\n\n[Service]\nType=oneshot\n{environment}ExecStart={command} remind\n"
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
            .map(|home| format!("env {} ", in_entry(&home)))
            .unwrap_or_default();
        let command = in_entry(&program);
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Rootwell reminders\nExec={home}{command} remind --stay\nNoDisplay=true\n\
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

/// A text within double quotes, as unit files write it.
fn in_unit(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('%', "%%"))
}

/// The same as desktop entries write it: first as an argument, then as a string (`specifications.freedesktop.org`).
fn in_entry(text: &str) -> String {
    let mut argument = String::new();
    for letter in text.chars() {
        if matches!(letter, '\\' | '"' | '`' | '$') {
            argument.push('\\');
        }
        argument.push(letter);
    }
    let text = argument.replace('\\', "\\\\");
    format!("\"{}\"", text.replace('%', "%%"))
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

    #[test]
    fn names_with_odd_letters_stay_one_word() {
        let odd = "/o \\ \"$x` 5%";
        assert_eq!(in_unit(odd), r#""/o \\ \"$x` 5%%""#);
        assert_eq!(in_entry(odd), r#""/o \\\\ \\"\\$x\\` 5%%""#);
    }
}
