//! The files about one person that this part keeps: profile, followed plan, and the studio's own.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

use super::{Folders, Found, Kept, StoreError, Trouble, read, save};
use crate::diagnostic::Level;
use crate::plan::reading::{self, Reading};
use crate::plan::reminder::Shown;
use crate::plan::{Followed, Plan};
use crate::profile::Profile;
use crate::source::{Source, Unreadable};
use crate::speech::Setup;
use crate::studio::Studio;
use crate::words::{Language, Words, in_english};

impl Kept for Profile {
    const NAME: &'static str = "answers and health ticks";
    const VERSION: u32 = 1;
    fn version(&self) -> u32 {
        self.version
    }
}

/// What was shown has a file of its own: the desktop's timer writes it while the window may be writing the profile.
impl Kept for Shown {
    const NAME: &'static str = "reminders that were shown";
    const VERSION: u32 = 1;
    fn version(&self) -> u32 {
        self.version
    }
}

impl Kept for Followed {
    const NAME: &'static str = "plans";
    const VERSION: u32 = 1;
    fn version(&self) -> u32 {
        self.version
    }
}

impl Kept for Studio {
    const NAME: &'static str = "studio's settings";
    const VERSION: u32 = 1;
    fn version(&self) -> u32 {
        self.version
    }
}

impl Folders {
    /// What is kept about the person.
    pub fn profile_file(&self) -> PathBuf {
        self.config.join("profile.ron")
    }

    /// Which reminders were shown.
    pub fn shown_file(&self) -> PathBuf {
        self.data.join("reminders.ron")
    }

    /// The plan that is followed, with those before it.
    pub fn plan_file(&self) -> PathBuf {
        self.plans().join("followed.ron")
    }

    /// Reads the profile; with a sentence if the file could not be read.
    pub fn profile(&self) -> Result<(Profile, Option<Trouble>), StoreError> {
        Ok(read::<Profile>(&self.profile_file())?.or_default())
    }

    /// Reads which reminders were shown; with a sentence if the file could not be read.
    pub fn shown(&self) -> Result<(Shown, Option<Trouble>), StoreError> {
        Ok(read::<Shown>(&self.shown_file())?.or_default())
    }

    /// Reads the followed plan; with a sentence if the file could not be read.
    pub fn followed(&self) -> Result<(Followed, Option<Trouble>), StoreError> {
        Ok(read::<Followed>(&self.plan_file())?.or_default())
    }

    /// Reads the studio's own file. It is written by hand, so it is never moved aside: its author looks for it there.
    pub fn studio_settings(&self) -> (Studio, Vec<String>) {
        let path = self.studio();
        let refused = |error: String| {
            let sentence = format!("studio.ron could not be read: {error}: {}", path.display());
            (Studio::default(), vec![sentence])
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return (Studio::default(), Vec::new());
            }
            Err(error) => return refused(error.to_string()),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match super::ron_options().from_str::<Studio>(text) {
            Ok(studio) => {
                let problems = studio.problems();
                (studio, problems)
            }
            Err(error) => refused(error.to_string()),
        }
    }

    /// Saves the profile.
    pub fn save_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        save(&self.profile_file(), profile)
    }

    /// Saves which reminders were shown.
    pub fn save_shown(&self, shown: &Shown) -> Result<(), StoreError> {
        save(&self.shown_file(), shown)
    }

    /// The language that the person has chosen in the window, else the machine's.
    pub fn language(&self) -> Language {
        self.chosen().language.unwrap_or_else(machine_language)
    }

    /// The voice of this person: our own, or the program that they have named in the window.
    pub fn voice(&self, worker: PathBuf) -> Setup {
        Setup::ours(worker, self.voice_cache()).with_program(&self.chosen().voice_program)
    }

    /// What was chosen in the window and counts elsewhere too.
    fn chosen(&self) -> Chosen {
        std::fs::read_to_string(self.settings())
            .ok()
            .and_then(|text| super::ron_options().from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Saves the followed plan.
    pub fn save_followed(&self, followed: &Followed) -> Result<(), StoreError> {
        save(&self.plan_file(), followed)
    }
}

/// The part of the window's settings that others read.
#[derive(Default, Deserialize)]
#[serde(rename = "Settings", default)]
struct Chosen {
    language: Option<Language>,
    voice_program: String,
}

/// The language of this machine, where we speak it.
pub fn machine_language() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|locale| !locale.is_empty()));
    Language::of(&named.unwrap_or_default())
}

/// Why a plan file cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It cannot be read.
    Read(#[from] std::io::Error),
    /// It is no text.
    Unreadable(#[from] Unreadable),
    /// It cannot be followed: line and column of each mistake, and what it is.
    Mistakes(Vec<String>),
    /// The followed plan cannot be read or saved.
    Store(#[from] StoreError),
}

impl PlanError {
    /// The sentence for the person; the mistakes are the author's, in the words of `check`.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::Read(error) => words.fill(&said.plan_unread, &[("error", error)]),
            Self::Unreadable(error) => words.fill(&said.plan_unread, &[("error", error)]),
            Self::Mistakes(mistakes) => {
                words.fill(&said.plan_mistakes, &[("mistakes", &mistakes.join(" "))])
            }
            Self::Store(error) => error.said(words),
        }
    }
}

in_english!(PlanError);

/// Reads a plan file that a therapist gave.
pub fn read_plan(path: &Path, today: Date) -> Result<(Source, Reading), PlanError> {
    let name = path.display().to_string();
    let source = Source::from_bytes(name, std::fs::read(path)?)?;
    let reading = reading::read(&source, today);
    Ok((source, reading))
}

/// A plan that can be followed, or each mistake with its place.
fn followable(source: &Source, reading: Reading) -> Result<Plan, PlanError> {
    reading.plan.ok_or_else(|| {
        let errors = reading.diagnostics.iter();
        let errors = errors.filter(|found| found.level == Level::Error);
        let said = errors.map(|found| {
            let place = source.line_column(found.span.start as usize);
            format!(
                "Line {}, column {}: {}.",
                place.line, place.column, found.message
            )
        });
        PlanError::Mistakes(said.collect())
    })
}

/// Follows a plan file from today on; the one before stays in the history. With what is to be said, where the plans
/// before could not be read.
pub fn follow(
    folders: &Folders,
    path: &Path,
    today: Date,
) -> Result<(Followed, Option<Trouble>), PlanError> {
    let (source, reading) = read_plan(path, today)?;
    let plan = followable(&source, reading)?;
    let (mut followed, trouble) = match read::<Followed>(&folders.plan_file())? {
        Found::Value(followed) => (followed, None),
        Found::Nothing => (Followed::default(), None),
        Found::Aside(trouble) => (Followed::default(), Some(trouble)),
        Found::Newer(_) => {
            return Err(StoreError::Newer {
                what: Followed::NAME,
                path: folders.plan_file(),
            }
            .into());
        }
    };
    followed.follow(plan, today);
    folders.save_followed(&followed)?;
    Ok((followed, trouble))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_plan_is_followed_edited_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let file = home.path().join("hips.ron");
        let write = |on: &str| {
            let text = format!(
                "\u{feff}Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [\
                 (name: \"roll\", routine: \"deep-hip-release\", on: {on}, until: Day(14))])"
            );
            std::fs::write(&file, text).unwrap();
        };
        write("Daily");
        follow(&folders, &file, date(2026, 11, 25)).unwrap();
        write("On([Monday])");
        follow(&folders, &file, date(2026, 11, 28)).unwrap();
        let (followed, notice) = folders.followed().unwrap();
        assert_eq!(notice, None);
        assert_eq!(followed.before.len(), 1);
        assert_eq!(
            followed.now.expect("the edition holds").opened,
            date(2026, 11, 25)
        );
    }

    #[test]
    fn what_is_no_plan_is_refused_with_its_place() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("x.ron");
        std::fs::write(&file, "Plan(version: 1, titel: \"Hips\")").unwrap();
        let folders = Folders::under(home.path());
        let error = follow(&folders, &file, date(2026, 11, 25))
            .expect_err("a field is misspelt")
            .to_string();
        assert!(
            error.contains("Line 1, column 18") && error.contains("titel"),
            "{error}"
        );
    }

    #[test]
    fn a_studio_file_with_a_mistake_is_said_and_left_in_place() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        std::fs::create_dir_all(&folders.config).unwrap();
        for damage in [&b"Studio(name: 3)"[..], b"Studio(nome: \"R\")", b"\xff\xfe"] {
            std::fs::write(folders.studio(), damage).unwrap();
            let (studio, problems) = folders.studio_settings();
            assert_eq!(studio, Studio::default());
            assert!(
                problems[0].contains("studio.ron could not be read"),
                "{problems:?}"
            );
            assert!(folders.studio().exists());
        }
    }
}
