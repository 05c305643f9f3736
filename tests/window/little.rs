//! In very little room (640×480 at twice the size of text) nothing is pressed unread, and the ways out are in sight.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rootwell::app::App;
use rootwell::app::model::Model;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;

use super::fixture::{app, press, until};

const LITTLE: [f32; 2] = [320.0, 240.0];

/// A window of very little room in which the safety list is open.
fn asked() -> (Harness<'static, App>, tempfile::TempDir) {
    let (mut harness, home) = app(LITTLE, Settings::default());
    harness.run();
    harness.key_press(Key::Enter);
    harness.run_steps(10);
    harness.get_by_label("None of these today");
    (harness, home)
}

/// The same, with the session begun.
fn begun() -> (Harness<'static, App>, tempfile::TempDir) {
    let (mut harness, home) = asked();
    press(&mut harness, "None of these today");
    assert_eq!(harness.state().model().screen, Screen::Player);
    (harness, home)
}

/// What has the focus, where all of it can be seen.
#[track_caller]
fn seen_focus(harness: &Harness<'static, App>) -> String {
    let focused = harness.get_by(|node| node.is_focused() && !node.is_hidden());
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, LITTLE.into());
    let sheet = window.shrink2(egui::vec2(16.0, 40.0));
    let (name, rect) = (focused.accesskit_node().label(), focused.rect());
    let name = name.or(focused.accesskit_node().value());
    assert!(sheet.contains_rect(rect), "{name:?} at {rect:?}");
    name.unwrap_or_default()
}

/// Presses Tab until something of this name has the focus; everything on the way is in sight when it has it.
#[track_caller]
fn tab_to(harness: &mut Harness<'static, App>, name: &str) {
    for _ in 0..20 {
        harness.key_press(Key::Tab);
        harness.run_steps(40);
        if seen_focus(harness) == name {
            return;
        }
    }
    panic!("{name} is not reached");
}

#[test]
fn the_safety_list_is_read_before_it_is_answered() {
    let (mut harness, _home) = asked();
    assert_eq!(seen_focus(&harness), "Any of these today?");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Today);
    tab_to(&mut harness, "None of these today");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Player);
}

#[test]
fn the_stop_card_goes_only_after_its_sentence_was_in_sight() {
    let (mut harness, _home) = begun();
    let open = |harness: &Harness<'static, App>| harness.query_by_label("I’m all right").is_some();
    harness.key_press(Key::W);
    until(&mut harness, Model::sheet_open);
    harness.run_steps(10);
    assert_eq!(seen_focus(&harness), "We have stopped.");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(open(&harness));
    harness.key_press(Key::Escape);
    harness.run_steps(40);
    assert!(open(&harness), "when to call was not in sight");
    let call = seen_focus(&harness);
    assert!(call.contains("emergency"), "{call}");
    tab_to(&mut harness, "I’m all right");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(!open(&harness));
}

#[test]
fn no_answer_about_stopping_is_cut_in_half() {
    let (mut harness, _home) = begun();
    harness.key_press(Key::Escape);
    harness.run_steps(10);
    seen_focus(&harness);
    tab_to(&mut harness, "Stay");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Player);
}

#[test]
fn the_way_out_of_a_session_is_always_in_sight() {
    for size in [LITTLE, [450.0, 300.0], [560.0, 420.0], [640.0, 480.0]] {
        let (mut harness, _home) = app(size, Settings::default());
        harness.run();
        harness.key_press(Key::Enter);
        harness.run_steps(10);
        press(&mut harness, "None of these today");
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        for name in ["Stop here", "Something feels wrong"] {
            let rect = harness.get_by_label(name).rect();
            assert!(window.contains_rect(rect), "{name} at {rect:?} in {size:?}");
        }
    }
}
