//! What is kept as the window uses it: a long journal, and what a copy brings back.

use jiff::{SignedDuration, ToSpan as _};
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::checkin::{Rating, Ratings};
use rootwell::journal::Entry;
use rootwell::journal::journey::NEWEST;
use rootwell::names::Style;
use rootwell::store::journal::Journal;
use rootwell::store::{self, Folders, data};

use super::fixture::{app, app_over, evening, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

/// A session of so many days ago.
fn session(days: i64) -> Entry {
    let rated = |stress| Ratings {
        stress: Rating::new(stress),
        ..Ratings::default()
    };
    let started = evening().timestamp() - SignedDuration::from_hours(24 * days);
    let date = evening().date() - days.days();
    Entry {
        before: rated(6),
        after: rated(3),
        ..Entry::begun(started, date, "even-keel", "Even Keel", Style::Relaxation)
    }
}

#[test]
fn a_journal_of_more_than_the_first_picture_holds_is_shown_whole() {
    let all = NEWEST + 50;
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        let journal = world.journal.as_mut().unwrap();
        for days in (0..all as i64).rev() {
            journal.add(&session(days)).unwrap();
        }
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num3);
    let sessions = |model: &rootwell::app::model::Model| {
        let series = model.journey.series.first();
        series.map(|series| (series.sessions as usize, series.pairs.len()))
    };
    until(&mut harness, |model| sessions(model) == Some((all, NEWEST)));
    assert_eq!(harness.state().model().screen, Screen::Journey);
}

#[test]
fn what_a_copy_brings_is_in_use_at_once() {
    let (other, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folders = Folders::under(other.path());
    Journal::open(&folders).unwrap().add(&session(1)).unwrap();
    let settings = Settings {
        text_size: 130,
        ..Settings::default()
    };
    store::save(&folders.settings(), &settings).unwrap();
    std::fs::write(folders.studio(), "Studio(version: 1, name: \"Elsewhere\")").unwrap();
    let copy = copies.path().join("rootwell.sqlar");
    data::export(&folders, &copy).unwrap();

    let (mut harness, _home) = app(TALL, Settings::default());
    harness.run();
    harness.state_mut().model_mut().open_file(&copy);
    until(&mut harness, |model| model.settings.text_size == 130);
    let model = harness.state().model();
    assert_eq!(model.world.studio.name, "Elsewhere");
    assert_eq!(model.studio.name, "Elsewhere");
    let journal = model.world.journal.as_ref().unwrap();
    assert_eq!(journal.count().unwrap(), 1);
}
