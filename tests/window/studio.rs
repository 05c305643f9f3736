//! The studio's own file brands the app, the plan names the next visit, and the library finds what fits.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::App;
use rootwell::app::model::Model;
use rootwell::app::settings::Settings;

use super::fixture::{app, app_over, plan, press, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

fn says(harness: &Harness<'static, App>, start: &str) -> bool {
    harness
        .query_all_by(|node| node.value().is_some_and(|value| value.starts_with(start)))
        .next()
        .is_some()
}

fn studio_page(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num4);
    harness.run();
}

#[test]
fn the_logo_is_shown_and_the_colour_is_used() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        std::fs::create_dir_all(&world.folders.config).unwrap();
        let logo = include_bytes!("../../assets/desktop/icons/64.png");
        std::fs::write(world.folders.config.join("logo.png"), logo).unwrap();
        world.studio.logo = Some("logo.png".to_owned());
        world.studio.accent = Some("3D5A73".to_owned());
    });
    harness.run();
    studio_page(&mut harness);
    harness.get_by_role_and_label(Role::Image, "Logo of Roots Wellness Studio");
    assert!(!says(&harness, "The colour"));
}

#[test]
fn a_logo_that_is_not_there_and_a_colour_that_is_none_are_said() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.studio.logo = Some("gone.png".to_owned());
        world.studio.accent = Some("leaf".to_owned());
    });
    harness.run();
    let notice = harness.state().model().notice.clone().unwrap();
    assert!(
        notice.starts_with("The studio’s logo could not be shown"),
        "{notice}"
    );
    studio_page(&mut harness);
    assert!(says(&harness, "leaf is no colour"));
}

#[test]
fn the_plan_names_the_next_visit_and_the_therapist_says_something_about_an_item() {
    let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(
            "Plan(version: 1, title: \"T\", therapist: \"Ana\", next_visit: \"2026-12-08\", items: [\
             (name: \"x\", routine: \"even-keel\", note: \"Slowly, please.\")])",
        );
    });
    harness.run();
    assert!(says(
        &harness,
        "From Roots Wellness Studio · your next visit: 8 December"
    ));
    assert!(says(&harness, "Slowly, please."));
}

#[test]
fn the_library_is_filtered_by_part_position_tools_and_purpose() {
    let (mut harness, _home) = app(TALL, Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num2);
    harness.run();
    let count = |harness: &Harness<'static, App>| harness.state().model().library.cards.len();
    let all = count(&harness);
    press(&mut harness, "More choices");
    for choice in ["Neck", "Chair", "Move more easily"] {
        press(&mut harness, choice);
    }
    let found = &harness.state().model().library.cards;
    assert!(!found.is_empty() && found.len() < all);
    for card in found {
        assert!(
            card.areas.contains(&rootwell::names::Area::Neck),
            "{}",
            card.title
        );
    }
    press(&mut harness, "Move more easily");
    assert!(count(&harness) >= 1);
}

#[test]
fn a_plan_that_is_opened_is_followed() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    let file = home.path().join("neck.ron");
    let text = "// from Ana\nPlan(version: 1, title: \"Neck\", therapist: \"Ana\", items: [\
                (name: \"x\", routine: \"even-keel\")])";
    std::fs::write(&file, text).unwrap();
    harness.state_mut().model_mut().open_file(&file);
    let said = |model: &Model, sentence: &str| {
        let notice = model.notice.as_ref();
        notice.is_some_and(|notice| notice.contains(sentence))
    };
    until(&mut harness, |model| {
        said(model, "You now follow “Neck”, from Ana.")
    });
    harness.get_by_label("From your therapist");

    std::fs::write(&file, "Plan(version: 1, titel: 3)").unwrap();
    harness.state_mut().model_mut().open_file(&file);
    until(&mut harness, |model| {
        said(model, "The plan cannot be followed")
    });
    assert!(harness.state().model().world.followed.now.is_some());
}
