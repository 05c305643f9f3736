//! A guest saves nothing: neither in the journal nor in the profile, and nothing of the person's own is touched.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rootwell::app::App;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::checkin::{Rating, Tick};
use rootwell::journal::{Entry, ResumePoint};
use rootwell::names::{Style, Tag};
use rootwell::store::Folders;
use rootwell::store::journal::Journal;

use super::fixture::{app_over, evening, plan, press, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

/// What the person left unfinished an hour ago.
fn unfinished() -> ResumePoint {
    let begun = evening() - jiff::SignedDuration::from_hours(1);
    let entry = Entry::begun(
        begun.timestamp(),
        begun.date(),
        "even-keel",
        "Even Keel",
        Style::Relaxation,
    );
    ResumePoint {
        choices: Default::default(),
        step: 1,
        step_title: "Breathe".to_owned(),
        at: rootwell::units::Frames::whole_secs(60),
        written: entry.started,
        entry,
    }
}

/// A window with the person's unfinished session, a plan and a tick, used by a guest or by the person.
fn window(guest: bool) -> (Harness<'static, App>, tempfile::TempDir) {
    let settings = Settings {
        guest,
        ..Settings::default()
    };
    let (mut harness, home) = app_over(TALL, settings, |world| {
        let journal = world.journal.as_mut().unwrap();
        journal.set_resume_point(&unfinished()).unwrap();
        world.followed = plan(
            "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"even-keel\")])",
        );
        world.profile.ticks = vec![Tick::from(Tag::Pregnancy)];
        world.folders.save_profile(&world.profile).unwrap();
    });
    harness.run();
    (harness, home)
}

fn journal(home: &tempfile::TempDir) -> Journal {
    Journal::open(&Folders::under(home.path())).unwrap()
}

/// Begins the short breath, stops it at once, and answers what After asks.
fn stop_and_answer(harness: &mut Harness<'static, App>) {
    press(harness, "Begin · 3 minutes");
    press(harness, "None of these today");
    until(harness, |model| model.screen == Screen::Player);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    until(harness, |model| model.screen == Screen::After);
    harness
        .get_by_role_and_label(Role::Slider, "How stressed or on edge are you now?")
        .focus();
    harness.run_steps(2);
    harness.key_press(Key::Num9);
    harness.run_steps(3);
    press(harness, "Done for today");
    assert_eq!(harness.state().model().screen, Screen::Today);
}

#[test]
fn the_answers_of_a_guest_go_into_nobodys_unfinished_session() {
    let (mut harness, home) = window(true);
    stop_and_answer(&mut harness);
    assert_eq!(journal(&home).resume_point().unwrap(), Some(unfinished()));
}

#[test]
fn the_answers_of_the_person_wait_with_their_own_session() {
    let (mut harness, home) = window(false);
    stop_and_answer(&mut harness);
    let point = journal(&home).resume_point().unwrap().unwrap();
    assert_eq!(point.entry.routine, "feet-on-the-ground");
    assert_eq!(point.entry.after.stress, Rating::new(9));
}

#[test]
fn a_guest_puts_off_nothing_of_the_plan() {
    for (guest, entries) in [(true, 0), (false, 1)] {
        let (mut harness, home) = window(guest);
        press(&mut harness, "Not today");
        let kept = journal(&home).entries(&Default::default()).unwrap();
        assert_eq!(kept.len(), entries, "guest: {guest}");
        let told = harness.state().model().notice.clone();
        assert_eq!(told.is_some(), guest, "{told:?}");
    }
}

#[test]
fn what_a_guest_ticks_is_gone_with_the_guest() {
    let (mut harness, home) = window(true);
    let kept = || Folders::under(home.path()).profile().unwrap().0.ticks;
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Comma);
    harness.run();
    harness
        .get_all_by_label("Show the list")
        .next()
        .unwrap()
        .click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "Cancer");
    press(&mut harness, "Cancer: I asked my therapist");
    assert_eq!(kept(), [Tick::from(Tag::Pregnancy)]);
    harness
        .get_by_role_and_label(Role::Switch, "Guest")
        .click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "Blood thinner");
    assert_eq!(kept(), [Tag::Pregnancy, Tag::BloodThinner].map(Tick::from));
}
