//! From the first launch to the first breath, and what Today suggests.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::App;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;

use super::fixture::{app, app_over, press, until};

const DESIGN: [f32; 2] = [1100.0, 720.0];

#[test]
fn first_launch_to_first_breath_in_two_presses() {
    for size in [DESIGN, [640.0, 480.0]] {
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
    harness.get_by_label("Not yet checked by a therapist.");
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

/// Presses Tab until something of this name has the focus; answers how often.
fn tab_to(harness: &mut Harness<'static, App>, name: &str) -> usize {
    for pressed in 0..60 {
        let there = harness
            .query_all_by(|node| node.is_focused() && node.label().as_deref() == Some(name))
            .next()
            .is_some();
        if there {
            return pressed;
        }
        harness.key_press(Key::Tab);
        harness.run_steps(2);
    }
    panic!("{name} is not reached");
}

#[test]
fn on_later_days_the_suggested_routine_is_a_counted_few_keys_away() {
    let (mut harness, _home) = app_over(DESIGN, Settings::default(), |world| {
        world.profile.health_asked = rootwell::names::Tag::ALL.to_vec();
    });
    harness.run();
    let mut keys = 0;
    keys += tab_to(&mut harness, "Neck");
    harness.key_press(Key::Space);
    harness.run_steps(3);
    keys += 1;
    for (question, key) in [
        ("How does your body feel?", Key::Num6),
        ("How stressed or on edge are you?", Key::Num5),
    ] {
        keys += tab_to(&mut harness, question);
        harness.key_press(key);
        harness.run_steps(3);
        keys += 1;
    }
    let suggestion = harness.state().model().today.suggestion.clone().unwrap();
    let begin = format!("Begin · {} minutes", suggestion.offer.minutes);
    keys += tab_to(&mut harness, &begin);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    harness.get_by_label("None of these today");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    keys += 2;
    assert_eq!(harness.state().model().screen, Screen::Player);
    // Five of them say something: where, how tight, how stressed, begin, none of these.
    assert!(keys <= 20, "{keys} keys");
}

#[test]
fn when_calm_came_first_and_stress_has_fallen_the_body_is_offered_next() {
    let (mut harness, _home) = app_over([1100.0, 2400.0], Settings::default(), |world| {
        world.profile.health_asked = rootwell::names::Tag::ALL.to_vec();
    });
    harness.run();
    press(&mut harness, "Neck");
    let rate = |harness: &mut Harness<'static, App>, name: &str, key: Key| {
        harness.get_by_role_and_label(Role::Slider, name).focus();
        harness.run_steps(2);
        harness.key_press(key);
        harness.run_steps(3);
    };
    rate(&mut harness, "How does your body feel?", Key::Num7);
    rate(&mut harness, "How stressed or on edge are you?", Key::Num9);
    let suggestion = harness.state().model().today.suggestion.clone().unwrap();
    assert!(suggestion.offer.reask);
    let begin = format!("Begin · {} minutes", suggestion.offer.minutes);
    let begin = harness.get_all_by_label(&begin).last().unwrap();
    begin.click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "None of these today");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    until(&mut harness, |model| model.screen == Screen::After);
    rate(
        &mut harness,
        "How stressed or on edge are you now?",
        Key::Num5,
    );
    press(&mut harness, "Done for today");
    let today = &harness.state().model().today;
    assert_eq!(today.answers.stress, Some(5));
    let next = today.suggestion.clone().unwrap().offer;
    assert_eq!(next.style, rootwell::names::Style::Blend);
}
