//! Where the sound comes from and whose voice it is: chosen in the settings, used from the next sound on.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::settings::Settings;

use super::fixture::{app, press, until};

#[test]
fn a_device_and_a_voice_program_are_chosen_by_name() {
    let (mut harness, home) = app([1100.0, 2400.0], Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
    harness.run();

    press(&mut harness, "Which others are there?");
    until(&mut harness, |model| {
        !model.settings_view.devices.is_empty()
    });
    press(&mut harness, "The screen");
    let field = harness.get_by_role_and_label(Role::TextInput, "A voice program of your own");
    field.focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "A voice program of your own")
        .type_text("espeak-ng --stdin --stdout");
    harness.run();
    press(&mut harness, "Sound check");

    let told = std::fs::read_to_string(home.path().join("data/set-up")).expect("it was told");
    assert_eq!(told, "alsa:hdmi espeak-ng --stdin --stdout");
    let kept = std::fs::read_to_string(home.path().join("config/settings.ron")).expect("kept");
    assert!(kept.contains("alsa:hdmi") && kept.contains("espeak-ng --stdin --stdout"));

    press(&mut harness, "The usual one");
    press(&mut harness, "Sound check");
    let told = std::fs::read_to_string(home.path().join("data/set-up")).expect("it was told");
    assert_eq!(told, " espeak-ng --stdin --stdout");
}

#[test]
fn what_is_heard_otherwise_than_it_was_meant_is_said_at_the_foot() {
    let (mut harness, home) = app([1100.0, 800.0], Settings::default());
    harness.run();
    std::fs::write(home.path().join("data/trouble"), "no voice speaks this").unwrap();
    until(&mut harness, |model| model.notice.is_some());
    assert_eq!(
        harness.state().model().notice.as_deref(),
        Some("No voice speaks this")
    );
}
