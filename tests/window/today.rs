//! From the first launch to the first breath, and what Today suggests.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;

use super::fixture::app;

const DESIGN: [f32; 2] = [1100.0, 720.0];

#[test]
fn first_launch_to_first_breath_in_two_presses() {
    for size in [DESIGN, [640.0, 480.0], [450.0, 300.0]] {
        two_presses(size);
    }
}

fn two_presses(size: [f32; 2]) {
    let (mut harness, _home) = app(size, Settings::default());
    harness.run();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.get_by_label("None of these today");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Player);
    harness.get_by_role_and_label(Role::Image, "Breath pacer");
    harness.get_by_label("Something feels wrong");
}

#[test]
fn three_answers_bring_one_suggestion_with_its_reason() {
    let (mut harness, _home) = app(DESIGN, Settings::default());
    harness.run();
    harness
        .get_by_role_and_label(Role::CheckBox, "Neck")
        .click_accesskit();
    harness.run_steps(3);
    for (name, key) in [
        ("How does your body feel?", Key::Num6),
        ("How stressed or on edge are you?", Key::Num5),
    ] {
        harness.get_by_role_and_label(Role::Slider, name).focus();
        harness.run_steps(2);
        harness.key_press(key);
        harness.run_steps(2);
    }
    let suggestion = harness
        .state()
        .model()
        .today
        .suggestion
        .clone()
        .expect("something fits");
    assert!(!suggestion.reason.is_empty());
    harness.get_by_role_and_label(Role::Heading, &suggestion.offer.title);
}

#[test]
fn not_answered_is_never_zero() {
    let (mut harness, _home) = app(DESIGN, Settings::default());
    harness.run();
    let name = "How does your body feel?";
    harness.get_by_role_and_label(Role::Slider, name).focus();
    harness.run_steps(2);
    assert_eq!(harness.state().model().today.answers.tension, None);
    harness.key_press(Key::Num0);
    harness.run_steps(2);
    assert_eq!(harness.state().model().today.answers.tension, Some(0));
    harness.key_press(Key::T);
    harness.run_steps(2);
    assert_eq!(harness.state().model().today.answers.tension, Some(10));
    harness.key_press(Key::Backspace);
    harness.run_steps(2);
    assert_eq!(harness.state().model().today.answers.tension, None);
}

#[test]
fn an_emergency_sign_ends_the_way_to_a_routine() {
    let (mut harness, _home) = app(DESIGN, Settings::default());
    harness.run();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness
        .get_by_label("Chest pain, sudden breathlessness, a blackout or seizure")
        .click_accesskit();
    harness.run_steps(3);
    harness.get_by_label("One of these").click_accesskit();
    harness.run_steps(3);
    assert!(harness.query_by_label("None of these today").is_none());
    harness.get_by_label("I understand").click_accesskit();
    harness.run_steps(3);
    assert_eq!(harness.state().model().screen, Screen::Today);
}
