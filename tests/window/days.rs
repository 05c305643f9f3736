//! What goes from day to day: the night and its morning, the checks of movement, the page for the visit, and who speaks.

use std::sync::atomic::Ordering;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use rootwell::app::App;
use rootwell::app::settings::{Reader, Settings};
use rootwell::app::shell::Screen;
use rootwell::app::world::World;
use rootwell::checkin::Rating;
use rootwell::journal::Entry;
use rootwell::journal::movement::{Check, Measure};
use rootwell::names::{Hand, Style, Tag};
use rootwell::store::Folders;
use rootwell::store::journal::Journal;

use super::fixture::{app, app_over, evening, press, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

/// Answers a rating by its digit.
fn rate(harness: &mut Harness<'static, App>, question: &str, key: Key) {
    harness
        .get_all_by_role_and_label(Role::Slider, question)
        .next()
        .unwrap()
        .focus();
    harness.run_steps(2);
    harness.key_press(key);
    harness.run_steps(3);
}

fn says(harness: &Harness<'static, App>, sentence: &str) -> bool {
    harness
        .query_all_by(|node| node.value().is_some_and(|value| value == sentence))
        .next()
        .is_some()
}

fn journal(home: &tempfile::TempDir) -> Journal {
    Journal::open(&Folders::under(home.path())).unwrap()
}

#[test]
fn what_leads_into_sleep_ends_in_the_dark() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    press(&mut harness, "Tell us more");
    press(&mut harness, "This is to lead me into sleep");
    rate(&mut harness, "How stressed or on edge are you?", Key::Num5);
    let suggestion = harness.state().model().today.suggestion.clone().unwrap();
    assert!(suggestion.offer.choices.bedtime);
    let label = format!("Begin · {} minutes", suggestion.offer.minutes);
    let begin = harness.get_all_by_label(&label).last().unwrap();
    begin.click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "None of these today");
    if harness.query_by_label("None of this").is_some() {
        press(&mut harness, "None of this");
    }
    assert_eq!(harness.state().model().screen, Screen::Player);
    for _ in 0..60 {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(2);
        std::thread::sleep(std::time::Duration::from_millis(30));
        if harness.state().model().screen != Screen::Player {
            break;
        }
    }
    until(&mut harness, |model| model.screen == Screen::Night);
    press(&mut harness, "Sleep well. We ask tomorrow.");
    assert_eq!(harness.state().model().screen, Screen::Today);
    let entries = journal(&home).entries(&Default::default()).unwrap();
    assert!(entries[0].1.bedtime && entries[0].1.after == Default::default());
}

/// A session of the night before.
fn last_night(world: &mut World) {
    let started = evening() - jiff::SignedDuration::from_hours(22);
    let mut entry = Entry::begun(
        started.timestamp(),
        started.date(),
        "even-keel",
        "Even Keel",
        Style::Relaxation,
    );
    entry.bedtime = true;
    entry.before.tension = Rating::new(7);
    let journal = world.journal.as_mut().unwrap();
    journal.add(&entry).unwrap();
}

#[test]
fn the_next_morning_asks_what_the_night_did_not() {
    let (mut harness, home) = app_over(TALL, Settings::default(), last_night);
    harness.run();
    harness.get_by_label("After yesterday");
    rate(&mut harness, "How was last night’s sleep?", Key::Num8);
    rate(&mut harness, "How does your body feel now?", Key::Num3);
    press(&mut harness, "Done");
    assert!(harness.query_by_label("After yesterday").is_none());
    let (_, entry) = journal(&home)
        .entries(&Default::default())
        .unwrap()
        .remove(0);
    assert_eq!(
        (entry.slept, entry.after.tension, entry.after.stress),
        (Rating::new(8), Rating::new(3), None)
    );
    assert_eq!(harness.state().model().today.answers.sleep, Some(8));
}

#[test]
fn the_morning_card_can_be_put_away_and_stays_away() {
    let (mut harness, home) = app_over(TALL, Settings::default(), last_night);
    harness.run();
    press(&mut harness, "Not now");
    assert!(harness.query_by_label("After yesterday").is_none());
    let (_, entry) = journal(&home)
        .entries(&Default::default())
        .unwrap()
        .remove(0);
    assert!(entry.morning && entry.slept.is_none());
}

#[test]
fn movement_is_measured_kept_and_shown() {
    let before = Measure {
        date: date(2026, 11, 1),
        check: Check::KneeToWall,
        side: Some(Hand::Left),
        value: Some(1.0),
        felt: None,
    };
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world
            .journal
            .as_mut()
            .unwrap()
            .add_measure(&before)
            .unwrap();
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num3);
    harness.run();
    assert!(says(&harness, "Knee to wall, left side: 1 cm · 1 November"));
    harness.get_by_label("Take to my visit");
    press(&mut harness, "Measure again");
    harness
        .get_by_role_and_label(Role::Slider, "Knee to wall, left side")
        .focus();
    for _ in 0..3 {
        harness.run_steps(2);
        harness.key_press(Key::ArrowRight);
    }
    harness.run_steps(3);
    press(&mut harness, "Keep these");
    let after = Measure {
        date: date(2026, 11, 25),
        value: Some(3.0),
        ..before
    };
    assert_eq!(journal(&home).measures().unwrap(), [before, after]);
    assert!(says(
        &harness,
        "Knee to wall, left side: a little more · 3 cm · 25 November"
    ));
}

#[test]
fn a_check_that_does_not_go_with_the_person_is_not_offered() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.profile.ticks.push(Tag::Osteoporosis.into());
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num3);
    harness.run();
    press(&mut harness, "Measure how far");
    let offered = |name: &str| {
        harness
            .query_by_role_and_label(Role::Slider, name)
            .is_some()
    };
    assert!(!offered("Fingertips to floor") && !offered("Look over the shoulder, left side"));
    assert!(offered("Knee to wall, left side"));
}

#[test]
fn the_page_for_the_visit_holds_what_is_ticked() {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        last_night(world);
        let journal = world.journal.as_mut().unwrap();
        let (id, mut entry) = journal.entries(&Default::default()).unwrap().remove(0);
        entry.after.tension = Rating::new(4);
        entry.areas = vec![rootwell::names::Area::Neck];
        entry.note = "my shoulder clicked".to_owned();
        journal.edit(id, &entry).unwrap();
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num3);
    harness.run();
    press(&mut harness, "Take to my visit");
    assert!(
        harness.query_by_label("Make the page").is_none(),
        "nothing is ticked"
    );
    press(&mut harness, "My notes");
    press(&mut harness, "Make the page");
    until(&mut harness, |model| model.notice.is_some());
    let page = home.path().join("for-my-visit-2026-11-25.html");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(
        page.contains("my shoulder clicked") && !page.contains("Even Keel"),
        "{page}"
    );
}

#[test]
fn who_speaks_is_asked_once_when_a_screen_reader_is_on() {
    let reader = std::sync::Arc::<std::sync::atomic::AtomicBool>::default();
    let found = std::sync::Arc::clone(&reader);
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| world.reader = found);
    harness.run();
    let question = "A screen reader is on. Who speaks during a routine?";
    assert!(harness.query_by_label(question).is_none());
    reader.store(true, Ordering::Relaxed);
    harness.run_steps(3);
    harness.get_by_label(question);
    press(&mut harness, "My screen reader");
    let settings = &harness.state().model().settings;
    assert_eq!(settings.reader, Some(Reader::Theirs));
    harness.get_by(|node| {
        let begins = |label: String| label.starts_with("Begin");
        node.is_focused() && node.label().is_some_and(begins)
    });
    reader.store(true, Ordering::Relaxed);
    harness.run_steps(3);
    assert!(harness.query_by_label(question).is_none(), "once");
}
