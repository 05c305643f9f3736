//! What is kept as the window uses it: a long journal, and what a copy brings back.

use jiff::{SignedDuration, ToSpan as _};
use rootwell::app::command::Command;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::app::{library, today};
use rootwell::checkin::{Rating, Ratings};
use rootwell::journal::journey::NEWEST;
use rootwell::journal::{End, Entry, ResumePoint};
use rootwell::names::{Area, Style};
use rootwell::store::journal::Journal;
use rootwell::store::{self, Folders, data};

use rootwell::timeline::Choices;
use rootwell::units::Frames;

use super::fixture::{app, app_over, evening, press, until};

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

#[test]
fn what_was_learnt_since_a_page_was_opened_is_heeded_at_its_beginning() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    let ctx = harness.ctx.clone();
    let open = Command::Library(library::Ask::Open("neck-and-shoulder-release".to_owned()));
    harness.state_mut().model_mut().apply(&ctx, open);
    harness.run();
    let wrong = Entry {
        end: End::FeltWrong,
        areas: vec![Area::Neck],
        ..session(0)
    };
    let mut journal = Journal::open(&Folders::under(home.path())).unwrap();
    journal.add(&wrong).unwrap();
    let minutes = harness.state().model().routine.as_ref().unwrap().chosen;
    press(&mut harness, &format!("Begin · {minutes} minutes"));
    press(&mut harness, "None of these today");
    press(&mut harness, "None of this");
    let model = harness.state().model();
    assert_eq!(model.screen, Screen::Routine);
    let notice = model.notice.clone().unwrap_or_default();
    assert!(notice.contains("left alone today"), "{notice}");
}

#[test]
fn a_session_that_was_left_leaves_what_it_pressed_alone() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        let entry = Entry {
            areas: vec![Area::Neck],
            pressed: vec![Area::Neck],
            ..session(0)
        };
        let known = world.known("neck-and-shoulder-release").unwrap();
        let point = ResumePoint {
            step: 1,
            written: evening().timestamp(),
            at: Frames(48_000 * 60),
            choices: Choices::default(),
            step_title: "Press".to_owned(),
            entry: Entry {
                routine: known.id.clone(),
                ..entry
            },
        };
        world
            .journal
            .as_mut()
            .unwrap()
            .set_resume_point(&point)
            .unwrap();
    });
    harness.run();
    let ctx = harness.ctx.clone();
    let open = Command::Library(library::Ask::Open("neck-and-shoulder-release".to_owned()));
    harness.state_mut().model_mut().apply(&ctx, open);
    harness.run();
    let refused = &harness.state().model().routine.as_ref().unwrap().refused;
    assert!(
        refused
            .as_ref()
            .is_some_and(|said| said.contains("left alone today")),
        "{refused:?}"
    );
    // It itself can be gone on with.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num1);
    harness.run();
    let carry_on = Command::Today(today::Ask::CarryOn);
    harness.state_mut().model_mut().apply(&ctx, carry_on);
    let model = harness.state().model();
    assert!(model.sheet.is_some(), "{:?}", model.notice);
}

#[test]
fn a_guest_follows_and_keeps_nothing() {
    let settings = Settings {
        guest: true,
        ..Settings::default()
    };
    let (mut harness, home) = app(TALL, settings);
    harness.run();
    let file = home.path().join("neck.ron");
    std::fs::write(&file, "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"even-keel\")])").unwrap();
    harness.state_mut().model_mut().open_file(&file);
    harness.run();
    let model = harness.state().model();
    assert_eq!(
        model.notice.as_deref(),
        Some("Nothing of what happens now is kept.")
    );
    let followed = Folders::under(home.path()).followed().unwrap().0;
    assert!(followed.now.is_none());
}

#[test]
fn a_question_that_was_left_open_elsewhere_holds_no_key_back() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
    harness.run();
    press(&mut harness, "Remove everything");
    assert!(harness.state().model().sheet_open());
    let file = home.path().join("rest.ron");
    let rest = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/short-rest.ron");
    std::fs::copy(rest, &file).unwrap();
    harness.state_mut().model_mut().open_file(&file);
    until(&mut harness, |model| model.screen == Screen::Routine);
    assert!(!harness.state().model().sheet_open());
}
