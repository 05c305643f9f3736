//! Gentle reminders as the desktop's own notifications, also while the app is closed: a timer of the desktop calls
//! `rootwell remind`, which asks [`due_reminder`] and shows at most what that allows.

mod desktop;

use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, ZonedDateTime};

use crate::checkin::CheckIn;
use crate::journal::history::locks;
use crate::journal::{End, Entry};
use crate::library::Library;
use crate::plan::Followed;
use crate::plan::reminder::due_reminder;
use crate::plan::today::planned;
use crate::profile::Profile;
use crate::recommend::{Offer, Thresholds};
use crate::store::journal::{Journal, JournalError, Query};
use crate::store::{self, Folders, StoreError};
use crate::words::{Words, in_english};

pub use desktop::{Desktop, Timer};

/// Why there is no reminder.
#[derive(Debug, thiserror::Error)]
pub enum RemindError {
    /// What is kept cannot be read or written.
    Store(#[from] StoreError),
    /// The journal cannot be read.
    Journal(#[from] JournalError),
    /// The desktop shows no notifications.
    Desktop(String),
    /// The timer cannot be set up or taken away.
    Timer {
        /// Why not.
        source: io::Error,
        /// Which file.
        path: PathBuf,
    },
}

impl RemindError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::Store(error) => error.said(words),
            Self::Journal(error) => error.said(words),
            Self::Desktop(error) => words.fill(&said.no_notifications, &[("error", error)]),
            Self::Timer { source, path } => words.fill(
                &said.no_timer,
                &[("error", source), ("file", &path.display())],
            ),
        }
    }
}

in_english!(RemindError);

/// Shows a reminder if one is due at this local moment, and remembers it. Returns what was shown.
pub fn remind(
    folders: &Folders,
    now: &ZonedDateTime,
    words: &Words,
    show: impl FnOnce(&str) -> Result<(), RemindError>,
) -> Result<Option<String>, RemindError> {
    let profile: Profile = store::peek(&folders.profile_file());
    let mut followed: Followed = store::peek(&folders.plan_file());
    if !profile.reminders.on || followed.now.is_none() {
        return Ok(None);
    }
    let entries = lately(folders, now.date())?;
    let (shown, _) = folders.shown()?;
    let due = |followed: &Followed| {
        let due = due_reminder(
            &profile.reminders,
            shown,
            followed,
            &entries,
            now.datetime(),
        );
        due.cloned()
    };
    if due(&followed).is_none() || is_at_rest(&entries, now.date()) {
        return Ok(None);
    }
    let library = Library::with_folder(&folders.edits());
    let check_in = today(&profile, &entries, now);
    let thresholds = folders.studio_settings().0.checked_thresholds().0;
    leave_out(&mut followed, &library, &check_in, &thresholds);
    let Some(item) = due(&followed) else {
        return Ok(None);
    };
    let title = library
        .entry(&item.routine)
        .map_or(item.routine.as_str(), |entry| entry.title());
    let sentence = sentence(words, title, item.minutes);
    // It is remembered first: what cannot be remembered would come again twice an hour.
    folders.save_shown(&shown.again(now.date()))?;
    if let Err(error) = show(&sentence) {
        folders.save_shown(&shown)?;
        return Err(error);
    }
    Ok(Some(sentence))
}

/// The entries of the last days, as far back as an area is left alone. What is being followed at this moment, or was
/// left for later today, has been begun.
fn lately(folders: &Folders, today: Date) -> Result<Vec<Entry>, JournalError> {
    let Some(journal) = Journal::look(folders)? else {
        return Ok(Vec::new());
    };
    let lately = Query {
        since: Some(today.saturating_sub(Span::new().days(3))),
        ..Query::default()
    };
    let entries = journal.entries(&lately)?.into_iter();
    let begun = journal.resume_point()?.map(|point| point.entry);
    Ok(entries.map(|(_, entry)| entry).chain(begun).collect())
}

/// Whether nothing more is to be asked of this day: something felt wrong, or "not today" was said.
fn is_at_rest(entries: &[Entry], today: Date) -> bool {
    let mut of_today = entries.iter().filter(|entry| entry.date == today);
    of_today.any(|entry| matches!(entry.end, End::FeltWrong | End::NotToday))
}

/// What is known of the person without asking.
fn today(profile: &Profile, entries: &[Entry], now: &ZonedDateTime) -> CheckIn {
    let of_today = entries.iter().filter(|entry| entry.date == now.date());
    CheckIn {
        flags: of_today
            .flat_map(|entry| entry.flags.clone())
            .chain(profile.signs_of(now.date()))
            .collect(),
        ticks: profile.ticks.clone(),
        locked: locks(entries, now.timestamp(), now.date())
            .into_iter()
            .map(|(area, _why)| area)
            .collect(),
        today: Some(now.date()),
        ..CheckIn::default()
    }
}

/// Takes out of the plan what the window would not offer today.
fn leave_out(
    followed: &mut Followed,
    library: &Library,
    check_in: &CheckIn,
    thresholds: &Thresholds,
) {
    let Some(held) = &mut followed.now else {
        return;
    };
    let plan = held.plan.clone();
    held.plan.items.retain(|item| {
        let known = library.entry(&item.routine);
        let routine = known.and_then(|entry| entry.checked.routine.clone());
        routine.is_some_and(|routine| {
            let offer = Offer {
                id: item.routine.clone(),
                routine: Arc::new(routine),
            };
            planned(&plan, item, &offer, library, check_in, thresholds).is_ok()
        })
    });
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::checkin::Tick;
    use crate::plan::Plan;
    use crate::words::Language;
    use jiff::civil::{DateTime, datetime};

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
        remind(folders, &zoned(at), words, |_| Ok(())).unwrap()
    }

    fn zoned(at: DateTime) -> ZonedDateTime {
        at.in_tz("UTC").unwrap()
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
        let shown = remind(&folders, &zoned(at(25, 18)), spanish, |_| Ok(())).unwrap();
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

    fn kept(folders: &Folders, change: impl FnOnce(&mut Entry)) {
        let mut entry = Entry::begun(
            zoned(at(25, 9)).timestamp(),
            at(25, 9).date(),
            "even-keel",
            "Even Keel",
            crate::names::Style::Relaxation,
        );
        change(&mut entry);
        Journal::open(folders).unwrap().add(&entry).unwrap();
    }

    #[test]
    fn todays_safety_and_a_not_today_win() {
        let silent = |change: fn(&mut Entry)| {
            let (_home, folders) = home();
            kept(&folders, change);
            assert_eq!(look(&folders, at(25, 18)), None);
            assert!(look(&folders, at(27, 18)).is_some(), "it is for the day");
        };
        silent(|entry| entry.end = End::FeltWrong);
        silent(|entry| entry.end = End::NotToday);
        silent(|entry| entry.flags = vec![crate::names::Flag::ChestPain]);
        let (_home, folders) = home();
        kept(&folders, |entry| entry.end = End::Finished);
        assert!(look(&folders, at(25, 18)).is_some());
    }

    #[test]
    fn what_health_does_not_allow_is_not_reminded_of() {
        let (_home, folders) = home();
        let mut followed = folders.followed().unwrap().0;
        let held = followed.now.as_mut().unwrap();
        held.plan.items[0].routine = "neck-and-shoulder-release".to_owned();
        folders.save_followed(&followed).unwrap();
        assert!(look(&folders, at(25, 18)).is_some());
        let mut profile = folders.profile().unwrap().0;
        profile.ticks = vec![Tick {
            tag: crate::names::Tag::ClotNow,
            areas: Vec::new(),
            asked: None,
        }];
        folders.save_profile(&profile).unwrap();
        assert_eq!(look(&folders, at(26, 18)), None);
    }

    #[test]
    fn the_journal_is_only_looked_at() {
        let (_home, folders) = home();
        assert!(look(&folders, at(25, 18)).is_some());
        assert!(!folders.journal().exists());
        fs::write(folders.journal(), "rubbish").unwrap();
        let words = Words::of(Language::English);
        assert!(remind(&folders, &zoned(at(26, 18)), words, |_| Ok(())).is_err());
        assert_eq!(fs::read(folders.journal()).unwrap(), b"rubbish");
    }

    #[test]
    fn what_cannot_be_remembered_is_not_shown() {
        let (_home, folders) = home();
        fs::create_dir_all(&folders.data).unwrap();
        fs::write(folders.shown_file(), "Shown(version: 99)").unwrap();
        let words = Words::of(Language::English);
        let show = |_: &str| panic!("it would come again");
        assert!(remind(&folders, &zoned(at(25, 18)), words, show).is_err());
    }

    #[test]
    fn one_that_could_not_be_shown_is_tried_again() {
        let (_home, folders) = home();
        let words = Words::of(Language::English);
        let no_bus = |_: &str| Err(RemindError::Desktop("no bus".to_owned()));
        assert!(remind(&folders, &zoned(at(25, 18)), words, no_bus).is_err());
        assert!(look(&folders, at(25, 18)).is_some());
    }
}
