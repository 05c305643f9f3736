//! The keys of the player, and that text being written keeps its letters.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;

use super::fixture::app;

#[test]
fn space_pauses_and_escape_asks_before_it_leaves() {
    let (mut harness, _home) = app([1100.0, 720.0], Settings::default());
    harness.run();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Player);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.get_by_label("Stop here?");
    harness.get_by_label("Stay").click_accesskit();
    harness.run_steps(3);
    assert!(harness.query_by_label("Stop here?").is_none());
    assert_eq!(harness.state().model().screen, Screen::Player);
}

#[test]
fn help_lists_every_key() {
    let (mut harness, _home) = app([1100.0, 2400.0], Settings::default());
    harness.run();
    harness.key_press(Key::F1);
    harness.run();
    for key in ["Space", "Left arrow", "Shift + I", "F1", "Ctrl + 1"] {
        assert!(
            harness
                .query_all_by(|node| node.value().is_some_and(|text| text.starts_with(key)))
                .next()
                .is_some(),
            "{key}"
        );
    }
}
