//! What goes wrong around the window: a routine's file that is gone, a clock that jumps. Nothing is lost, nothing silent.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use egui::Key;
use jiff::{SignedDuration, ZonedDateTime};
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::journal::{End, Entry, ResumePoint};
use rootwell::names::Style;
use rootwell::store::journal::{Journal, Query};
use rootwell::timeline::Choices;
use rootwell::units::Frames;

use super::fixture::{app_over, evening, known};

#[test]
fn an_unfinished_session_whose_routine_is_gone_is_kept_and_said() {
    let (mut harness, _home) = app_over([1100.0, 720.0], Settings::default(), |world| {
        let now = evening();
        let entry = Entry::begun(now.timestamp(), now.date(), "gone", "Gone", Style::Blend);
        let point = ResumePoint {
            entry,
            choices: Choices::default(),
            step: 1,
            step_title: "Left hip".to_owned(),
            at: Frames::whole_secs(60),
            written: now.timestamp(),
        };
        let journal = world.journal.as_mut().expect("the fixture has one");
        journal.set_resume_point(&point).expect("it is kept");
    });
    harness.run();
    let model = harness.state().model();
    let said = model.notice.clone().unwrap_or_default();
    assert!(said.starts_with("Gone cannot be played any more"), "{said}");
    let journal = model.world.journal.as_ref().expect("the fixture has one");
    assert_eq!(journal.resume_point().expect("it reads"), None);
    let kept = journal.entries(&Query::default()).expect("it reads");
    assert_eq!((kept.len(), kept[0].1.end), (1, End::Left));
}

/// By how many hours the clock of the next test is off.
static OFF: AtomicI64 = AtomicI64::new(0);

fn jumping() -> ZonedDateTime {
    evening() + SignedDuration::from_hours(OFF.load(Ordering::Relaxed))
}

#[test]
fn a_clock_that_jumps_shortens_no_session_and_loses_no_entry() {
    let short = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/short-rest.ron");
    let (mut harness, home) = app_over([1100.0, 720.0], Settings::default(), |world| {
        world.shelf.known = vec![known(&short)];
        world.now = jumping;
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num2);
    harness.run();
    harness.state_mut().model_mut().apply(
        &egui::Context::default(),
        rootwell::app::command::Command::Library(rootwell::app::library::Ask::Open(
            "short-rest".to_owned(),
        )),
    );
    harness.run();
    for _ in 0..2 {
        harness.key_press(Key::Enter);
        harness.run_steps(3);
    }
    assert_eq!(harness.state().model().screen, Screen::Player);
    for hours in [48, -72, 24 * 365 * 30, 0] {
        OFF.store(hours, Ordering::Relaxed);
        harness.run_steps(3);
        assert_eq!(harness.state().model().screen, Screen::Player, "{hours}");
    }
    OFF.store(-72, Ordering::Relaxed);
    for _ in 0..600 {
        harness.run_steps(1);
        if harness.state().model().screen == Screen::After {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(harness.state().model().screen, Screen::After);
    let folders = rootwell::store::Folders::under(home.path());
    let journal = Journal::open(&folders).expect("it opens");
    let kept = journal.entries(&Query::default()).expect("it reads");
    assert_eq!((kept.len(), kept[0].1.end), (1, End::Finished));
    assert_eq!(kept[0].1.date, evening().date());
    // Each section is rounded to whole seconds as it was heard.
    assert!((14..=16).contains(&kept[0].1.seconds()), "{:?}", kept[0].1);
}
