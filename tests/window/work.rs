//! Slow work from the window's side: a file to take along, pages, copies, removal; each is seen, and some can be stopped.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rootwell::app::App;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::app::world::World;

use super::fixture::{app, app_over, known};

const SIZE: [f32; 2] = [1100.0, 2000.0];

fn short_rest() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/short-rest.ron")
}

/// Steps until this is so; gives up after a minute.
#[track_caller]
fn until(harness: &mut Harness<'static, App>, so: impl Fn(&Harness<'static, App>) -> bool) {
    for _ in 0..6_000 {
        harness.run_steps(1);
        if so(harness) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not come about");
}

fn notice(harness: &Harness<'static, App>) -> String {
    harness.state().model().notice.clone().unwrap_or_default()
}

fn press(harness: &mut Harness<'static, App>, name: &str) {
    harness
        .get_by_role_and_label(Role::Button, name)
        .click_accesskit();
    harness.run_steps(3);
}

/// The page of a routine on a shelf that has only this one.
fn page(
    file: &Path,
    change: impl FnOnce(&mut World),
) -> (Harness<'static, App>, tempfile::TempDir) {
    let (mut harness, home) = app_over(SIZE, Settings::default(), |world| {
        world.shelf.known = vec![known(file)];
        change(world);
    });
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num2);
    harness.run();
    harness
        .get_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|l| l.contains("min"))
        })
        .click_accesskit();
    harness.run();
    assert_eq!(harness.state().model().screen, Screen::Routine);
    (harness, home)
}

/// What lies in a folder beside the app's own.
fn files(home: &Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(home)
        .expect("a folder")
        .map(|file| {
            file.expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !["config", "data", "cache"].contains(&name.as_str()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_routine_is_taken_along_as_a_file_with_its_words() {
    let (mut harness, home) = page(&short_rest(), |_| {});
    press(&mut harness, "Take it with me");
    harness
        .get_by_role_and_label(Role::RadioButton, "FLAC")
        .click_accesskit();
    harness.run_steps(3);
    harness
        .get_by_role_and_label(Role::Switch, "With its words")
        .click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "Make the file");
    until(&mut harness, |harness| {
        notice(harness).starts_with("It is here")
    });
    assert_eq!(
        files(home.path()),
        ["short-rest-1-min.flac", "short-rest-1-min.txt"]
    );
    let sound = std::fs::read(home.path().join("short-rest-1-min.flac")).expect("it is there");
    assert!(sound.starts_with(b"fLaC") && sound.len() > 10_000);
    let words = std::fs::read_to_string(home.path().join("short-rest-1-min.txt")).expect("too");
    assert!(words.contains("Stop any time."), "{words}");
    // Nobody speaks in this test, and the person hears of that.
    assert!(notice(&harness).contains("could not be spoken"));
}

#[test]
fn what_is_stopped_leaves_nothing_behind() {
    let long = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines/blend/shoulders-down.ron");
    let (mut harness, home) = page(&long, |_| {});
    press(&mut harness, "Take it with me");
    press(&mut harness, "Make the file");
    until(&mut harness, |harness| {
        let bar = harness.query_by_role(Role::ProgressIndicator);
        let far = bar.and_then(|bar| bar.accesskit_node().numeric_value());
        far.is_some_and(|share| share > 0.0)
    });
    let working = harness.state().model().working();
    assert!(
        working[0].sentence.contains("Shoulders Down"),
        "{working:?}"
    );
    assert!(working[0].sentence.contains("left."), "{working:?}");
    press(&mut harness, "Stop this");
    until(&mut harness, |harness| !notice(harness).is_empty());
    assert_eq!(notice(&harness), "Stopped. Nothing was kept.");
    assert_eq!(files(home.path()), Vec::<String>::new());
    assert!(harness.state().model().working().is_empty());
}

#[test]
fn closing_the_window_stops_the_work_and_leaves_nothing_behind() {
    let long = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines/blend/shoulders-down.ron");
    let (mut harness, home) = page(&long, |_| {});
    press(&mut harness, "Take it with me");
    press(&mut harness, "Make the file");
    until(&mut harness, |harness| {
        let working = harness.state().model().working();
        working.first().is_some_and(|work| work.share > 0.0)
    });
    drop(harness);
    assert_eq!(files(home.path()), Vec::<String>::new());
}

#[test]
fn a_folder_that_refuses_is_said() {
    let (mut harness, _home) = page(&short_rest(), |world| {
        world.documents = world.documents.join("no-folder");
        std::fs::write(&world.documents, "a file").expect("ours");
    });
    press(&mut harness, "Take it with me");
    press(&mut harness, "Make the file");
    until(&mut harness, |harness| !notice(harness).is_empty());
    assert!(
        notice(&harness).contains("no-folder"),
        "{}",
        notice(&harness)
    );
}

#[test]
fn a_file_is_opened_and_shown_or_its_mistake_is() {
    let (mut harness, home) = app(SIZE, Settings::default());
    harness.run();
    harness.state_mut().model_mut().open_file(&short_rest());
    until(&mut harness, |harness| {
        harness.state().model().screen == Screen::Routine
    });
    harness.get_by_role_and_label(Role::Heading, "Short Rest");
    assert_eq!(
        notice(&harness),
        "Short Rest has been added to your library."
    );
    let gone = home.path().join("gone.ron");
    harness.state_mut().model_mut().open_file(&gone);
    until(&mut harness, |harness| notice(harness).contains("gone.ron"));
}

#[test]
fn a_copy_of_everything_is_made_and_brought_back() {
    let (mut harness, home) = app(SIZE, Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
    harness.run();
    press(&mut harness, "Export everything");
    until(&mut harness, |harness| {
        harness.state().model().settings_view.done.is_some()
    });
    assert_eq!(files(home.path()), ["rootwell-2026-11-25.sqlar"]);
    press(&mut harness, "Bring back rootwell-2026-11-25.sqlar");
    until(&mut harness, |harness| {
        let done = harness.state().model().settings_view.done.clone();
        done.is_some_and(|done| done.starts_with("Brought back: 0 sessions"))
    });
}

#[test]
fn everything_is_removed_after_a_question() {
    let (mut harness, home) = app(SIZE, Settings::default());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
    harness.run();
    let settings = home.path().join("config/settings.ron");
    std::fs::create_dir_all(home.path().join("config")).expect("ours");
    std::fs::write(&settings, "Settings(version: 1)").expect("ours");
    press(&mut harness, "Remove everything");
    assert!(settings.exists());
    harness
        .get_all_by_role_and_label(Role::Button, "Remove everything")
        .last()
        .expect("the question's")
        .click_accesskit();
    until(&mut harness, |harness| {
        harness.state().model().settings_view.done.as_deref()
            == Some("Everything has been removed.")
    });
    assert!(!settings.exists());
}

#[test]
fn the_page_for_a_visit_is_made_beside_the_window() {
    let (mut harness, home) = app(SIZE, Settings::default());
    harness.run();
    harness.state_mut().model_mut().apply(
        &egui::Context::default(),
        rootwell::app::command::Command::Visit(rootwell::app::visit::Ask::Make(
            rootwell::summary::Wanted::ALL,
        )),
    );
    until(&mut harness, |harness| !notice(harness).is_empty());
    assert_eq!(files(home.path()), ["for-my-visit-2026-11-25.html"]);
}
