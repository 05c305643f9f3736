//! Every question can be left, what was put off can be taken up again, and what was chosen by a key is kept.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rootwell::app::App;
use rootwell::app::command::{Act, Command};
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::checkin::Rating;
use rootwell::journal::Entry;
use rootwell::names::Style;
use rootwell::plan::adherence::State;
use rootwell::session::Volume;

use super::fixture::{app, app_over, evening, plan, press};

const TALL: [f32; 2] = [1100.0, 2400.0];
const PLAN: &str = "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"neck-and-shoulder-release\")])";

/// The names and the texts in the window that hold these words.
fn with(harness: &Harness<'static, App>, words: &str) -> Vec<String> {
    harness
        .query_all_by(|node| node.role() != egui::accesskit::Role::Window)
        .filter_map(|node| {
            let node = node.accesskit_node();
            node.label().or(node.value())
        })
        .filter(|text| text.contains(words))
        .collect()
}

/// A session of today whose stress was rated before, and not after.
fn unpaired() -> Entry {
    let now = evening();
    let mut entry = Entry::begun(
        now.timestamp(),
        now.date(),
        "even-keel",
        "Even Keel",
        Style::Relaxation,
    );
    entry.before.stress = Rating::new(6);
    entry
}

#[test]
fn every_question_has_its_not_now() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(PLAN);
    });
    harness.run();
    let begin = harness.get_all_by_label_contains("Begin · ").next();
    let begin = begin.unwrap().accesskit_node().label().unwrap();
    press(&mut harness, &begin);
    press(&mut harness, "Not now");
    assert!(!harness.state().model().sheet_open(), "the safety list");
    press(&mut harness, &begin);
    press(&mut harness, "None of these today");
    harness.get_by_label("None of this");
    press(&mut harness, "Not now");
    assert!(!harness.state().model().sheet_open(), "the health list");
    assert_eq!(harness.state().model().screen, Screen::Today);
}

#[test]
fn the_page_for_a_visit_can_be_left_before_anything_is_ticked() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.journal.as_mut().unwrap().add(&unpaired()).unwrap();
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num3);
    harness.run();
    assert!(with(&harness, "Nothing here yet").is_empty());
    harness.get_by_label("No pairs yet");
    press(&mut harness, "Take to my visit");
    harness.get_by(|node| node.is_focused() && node.label().as_deref() == Some("Not now"));
    press(&mut harness, "Not now");
    assert!(!harness.state().model().sheet_open());
}

#[test]
fn what_was_put_off_says_so_and_can_be_done_after_all() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(PLAN);
    });
    harness.run();
    press(&mut harness, "Not today");
    let plan = harness.state().model().today.plan.clone().unwrap();
    assert_eq!(plan.items[0].state, State::NotToday);
    assert_eq!(with(&harness, "Done for today."), [""; 0]);
    assert_eq!(with(&harness, "counts as kept").len(), 1);
    press(&mut harness, "Do it after all");
    harness.get_by_label("None of these today");
}

#[test]
fn what_no_therapist_has_checked_says_so_wherever_today_offers_it() {
    let unreviewed = "Not yet checked by a therapist.";
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(PLAN);
    });
    harness.run();
    assert_eq!(
        with(&harness, unreviewed).len(),
        2,
        "the plan's, the opener"
    );
    press(&mut harness, "Neck");
    let suggestion = harness.state().model().today.suggestion.clone().unwrap();
    assert!(suggestion.reason.starts_with("You gave no numbers yet"));
    let said = with(&harness, unreviewed);
    assert_eq!(said.len(), 2 + suggestion.others.len(), "{said:?}");
    for other in &suggestion.others {
        assert!(said.iter().any(|said| said.starts_with(&other.title)));
    }
}

#[test]
fn removing_everything_begins_on_what_keeps_it() {
    let (mut harness, _home) = app(TALL, Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Comma);
    harness.run();
    press(&mut harness, "Remove everything");
    harness.get_by(|node| node.is_focused() && node.label().as_deref() == Some("Keep it"));
}

#[test]
fn how_loud_it_is_made_by_a_key_is_kept() {
    let settings = Settings {
        volume: 100,
        ..Settings::default()
    };
    let (mut harness, _home) = app(TALL, settings);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    press(&mut harness, "None of these today");
    let ctx = harness.ctx.clone();
    let model = harness.state_mut().model_mut();
    model.apply(&ctx, Command::Act(Act::Quieter));
    assert_eq!(model.settings.volume, Volume::FULL.softer().percent());
}

#[test]
fn help_writes_signs_as_they_stand_on_the_keys() {
    let (mut harness, _home) = app(TALL, Settings::default());
    harness.run();
    harness.key_press(Key::F1);
    harness.run();
    for key in ["Ctrl + ,:", "Ctrl + +:", "Ctrl + -:"] {
        assert_eq!(with(&harness, key).len(), 1, "{key}");
    }
}
