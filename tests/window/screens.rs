//! Every screen: reached by keyboard, nothing focusable without a name, still when nothing happens, nothing cut off.

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rootwell::app::App;
use rootwell::app::settings::{Settings, ThemeChoice};
use rootwell::app::shell::Screen;

use super::fixture::app;

const PAGES: [(Screen, Key, Modifiers); 6] = [
    (Screen::Today, Key::Num1, Modifiers::COMMAND),
    (Screen::Library, Key::Num2, Modifiers::COMMAND),
    (Screen::Journey, Key::Num3, Modifiers::COMMAND),
    (Screen::Studio, Key::Num4, Modifiers::COMMAND),
    (Screen::Settings, Key::Comma, Modifiers::COMMAND),
    (Screen::Help, Key::F1, Modifiers::NONE),
];

fn go(harness: &mut Harness<'static, App>, (screen, key, modifiers): (Screen, Key, Modifiers)) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
    assert_eq!(harness.state().model().screen, screen);
}

/// The focusable nodes without a name.
fn unnamed(harness: &Harness<'static, App>) -> Vec<String> {
    let focusable = |role| {
        !matches!(
            role,
            Role::Window | Role::GenericContainer | Role::Pane | Role::Unknown
        )
    };
    harness
        .query_all_by(|node| node.data().supports_action(Action::Focus) && focusable(node.role()))
        .filter(|node| {
            node.accesskit_node()
                .label()
                .is_none_or(|label| label.trim().is_empty())
        })
        .map(|node| format!("{:?}", node.accesskit_node().role()))
        .collect()
}

#[test]
fn every_page_is_reached_by_a_key_has_a_heading_and_names_everything() {
    for size in [[1100.0, 720.0], [640.0, 480.0], [450.0, 300.0]] {
        let (mut harness, _home) = app(size, Settings::default());
        harness.run();
        for page in PAGES {
            go(&mut harness, page);
            assert!(
                harness.query_all_by_role(Role::Heading).next().is_some(),
                "{:?} has a heading",
                page.0
            );
            assert_eq!(
                unnamed(&harness),
                Vec::<String>::new(),
                "{:?} at {size:?}",
                page.0
            );
        }
    }
}

#[test]
fn a_card_says_that_no_therapist_has_checked_it() {
    let (mut harness, _home) = app([1100.0, 720.0], Settings::default());
    harness.run();
    go(&mut harness, PAGES[1]);
    let card = harness.get_by_label_contains("Down to Six");
    let name = card.accesskit_node().label().unwrap();
    assert!(name.ends_with("Not yet checked by a therapist."), "{name}");
}

#[test]
fn a_page_that_nobody_touches_is_still() {
    let (mut harness, _home) = app([1100.0, 720.0], Settings::default());
    harness.run();
    for page in PAGES {
        go(&mut harness, page);
        harness.run_steps(40); // what fades has faded
        harness.step();
        let delay = harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        assert_eq!(delay, std::time::Duration::MAX, "{:?} repaints", page.0);
    }
}

#[test]
fn every_theme_language_and_size_of_text_draws_every_page() {
    use rootwell::app::words::Language;
    for theme in [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::Contrast] {
        for language in Language::ALL {
            for text_size in [80, 200] {
                let settings = Settings {
                    theme,
                    text_size,
                    language: Some(language),
                    ..Settings::default()
                };
                let (mut harness, _home) = app([900.0, 600.0], settings);
                harness.run();
                for page in PAGES {
                    go(&mut harness, page);
                }
            }
        }
    }
}

#[test]
fn every_routine_has_its_page() {
    let (mut harness, _home) = app([1100.0, 3000.0], Settings::default());
    harness.run();
    go(&mut harness, PAGES[1]);
    let titles: Vec<String> = harness
        .state()
        .model()
        .library
        .cards
        .iter()
        .map(|card| card.title.clone())
        .collect();
    assert_eq!(titles.len(), 8);
    for title in titles {
        harness
            .get_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|l| l.starts_with(&title))
            })
            .click_accesskit();
        harness.run();
        assert_eq!(harness.state().model().screen, Screen::Routine);
        harness.get_by_role_and_label(Role::Heading, &title);
        assert!(
            !harness
                .state()
                .model()
                .routine
                .as_ref()
                .expect("open")
                .sections
                .is_empty()
        );
        harness.key_press(Key::Escape);
        harness.run();
    }
}
