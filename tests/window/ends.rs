//! How a session ends: what was asked about leaving it is asked no more, and its last sound is not cut.

use std::sync::Arc;

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::App;
use rootwell::app::command::{Act, Command};
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::checkin::Rating;
use rootwell::store::Folders;
use rootwell::store::journal::Journal;

use super::fixture::{app_over, plan, press, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

/// A window in which the short breath has been begun, by day or to lead into sleep.
fn begun(bedtime: bool) -> (Harness<'static, App>, tempfile::TempDir) {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world.profile.health_asked = rootwell::names::Tag::ALL.to_vec();
        world.followed = plan(
            "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"feet-on-the-ground\")])",
        );
        for known in &mut world.shelf.known {
            Arc::make_mut(&mut known.routine).bedtime = bedtime;
        }
    });
    harness.run();
    let plan = harness.state().model().today.plan.clone().unwrap();
    let label = format!("Begin · {} minutes", plan.items[0].offer.minutes);
    let button = harness.get_all_by_label(&label).next().unwrap();
    button.click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "None of these today");
    assert_eq!(harness.state().model().screen, Screen::Player);
    (harness, home)
}

/// Goes on from step to step, whatever lies on top, until the session is over.
fn to_the_end(harness: &mut Harness<'static, App>) {
    let ctx = harness.ctx.clone();
    for _ in 0..100 {
        if harness.state().model().screen != Screen::Player {
            return;
        }
        let model = harness.state_mut().model_mut();
        model.apply(&ctx, Command::Act(Act::Next));
        harness.run_steps(1);
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    panic!("it does not end");
}

#[test]
fn the_wish_to_close_ends_with_the_session() {
    let (mut harness, _home) = begun(false);
    assert!(harness.state_mut().model_mut().keep_open());
    harness.run_steps(3);
    harness.get_by_label("Stay");
    to_the_end(&mut harness);
    assert_eq!(harness.state().model().screen, Screen::After);
    assert!(harness.query_by_label("Stay").is_none());
    press(&mut harness, "Done for today");

    press(&mut harness, "Begin · 3 minutes");
    press(&mut harness, "None of these today");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    // Had the window still wished to close, it would have closed without this page.
    until(&mut harness, |model| model.screen == Screen::After);
}

#[test]
fn something_that_feels_wrong_ends_the_wish_to_close() {
    let (mut harness, _home) = begun(false);
    assert!(harness.state_mut().model_mut().keep_open());
    let ctx = harness.ctx.clone();
    let model = harness.state_mut().model_mut();
    model.apply(&ctx, Command::Act(Act::Wrong));
    until(&mut harness, |model| model.screen == Screen::Today);
    press(&mut harness, "I’m all right");

    press(&mut harness, "Begin · 3 minutes");
    press(&mut harness, "None of these today");
    assert!(
        harness.state_mut().model_mut().keep_open(),
        "it asks again before it closes"
    );
}

#[test]
fn the_last_sound_of_the_day_dies_away_by_itself() {
    let (mut harness, _home) = begun(true);
    to_the_end(&mut harness);
    assert_eq!(harness.state().model().screen, Screen::Night);
    assert!(harness.state().model().rings(), "it was cut");
    until(&mut harness, |model| !model.rings());
}

#[test]
fn closing_on_the_page_after_keeps_what_was_answered() {
    let (mut harness, home) = begun(false);
    to_the_end(&mut harness);
    assert_eq!(harness.state().model().screen, Screen::After);
    harness.state_mut().model_mut().after.answers.stress = Some(2);
    eframe::App::on_exit(harness.state_mut(), None);
    let journal = Journal::open(&Folders::under(home.path())).unwrap();
    let entries = journal.entries(&Default::default()).unwrap();
    assert_eq!(entries[0].1.after.stress, Rating::new(2));
}
