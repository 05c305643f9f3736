//! What the person tells of themselves is one truth: the settings, the files, the desktop's timer, and what is offered.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::{Time, date};
use rootwell::app::App;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::checkin::{AskedSign, Tick};
use rootwell::journal::{End, Entry, ResumePoint};
use rootwell::names::{Area, Flag, Style, Tag};
use rootwell::remind::{RemindError, remind};
use rootwell::store::Folders;
use rootwell::store::journal::Journal;
use rootwell::units::Pressure;
use rootwell::words::{Language, Words};

use super::fixture::{app, app_over, evening, plan, press, until};

const TALL: [f32; 2] = [1100.0, 2400.0];

/// Goes to the settings.
fn settings(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Comma);
    harness.run();
}

#[test]
fn the_reminder_switch_is_what_remind_reads_and_sets_up_the_timer() {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(
            "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"even-keel\")])",
        );
        world.folders.save_followed(&world.followed).unwrap();
    });
    let folders = Folders::under(home.path());
    let timer = home
        .path()
        .join("desktop/systemd/user/rootwell-remind.timer");
    let words = Words::of(Language::English);
    let due = || {
        let shown: Result<_, RemindError> = remind(&folders, &evening(), words, |_| Ok(()));
        shown.unwrap().is_some()
    };
    harness.run();
    settings(&mut harness);
    assert!(!timer.exists() && !due());

    press(&mut harness, "One gentle reminder a day");
    until(&mut harness, |model| model.world.profile.reminders.on);
    assert!(timer.exists());
    // The evening is at seven: quiet from six on, it waits.
    harness
        .get_by_role_and_label(Role::Slider, "Quiet from")
        .focus();
    for _ in 0..5 {
        harness.run_steps(2);
        harness.key_press(Key::ArrowLeft);
    }
    harness.run_steps(3);
    let quiet = folders.profile().unwrap().0.reminders.quiet_from;
    assert_eq!(quiet, Time::constant(18, 0, 0, 0));
    assert!(!due());
    harness
        .get_by_role_and_label(Role::Slider, "Quiet from")
        .focus();
    for _ in 0..5 {
        harness.run_steps(2);
        harness.key_press(Key::ArrowRight);
    }
    harness.run_steps(3);
    assert!(due() && !due(), "one a day");

    press(&mut harness, "One gentle reminder a day");
    until(&mut harness, |model| !model.world.profile.reminders.on);
    assert!(!timer.exists());
    assert!(!folders.profile().unwrap().0.reminders.on);
}

#[test]
fn a_timer_that_cannot_be_set_up_leaves_the_switch_off_and_says_why() {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world.desktop = None;
    });
    harness.run();
    settings(&mut harness);
    press(&mut harness, "One gentle reminder a day");
    let profile = Folders::under(home.path()).profile().unwrap().0;
    assert!(!profile.reminders.on);
    let notice = harness.state().model().notice.clone().unwrap();
    assert!(
        notice.starts_with("The reminder could not be set up"),
        "{notice}"
    );
}

#[test]
fn a_timer_that_is_missing_is_set_up_again_at_the_start() {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world.profile.reminders.on = true;
    });
    let timer = home
        .path()
        .join("desktop/systemd/user/rootwell-remind.timer");
    until(&mut harness, |_| timer.exists());
}

#[test]
fn health_is_kept_with_its_place_and_with_the_day_of_asking() {
    let (mut harness, home) = app(TALL, Settings::default());
    let kept = || Folders::under(home.path()).profile().unwrap().0.ticks;
    harness.run();
    settings(&mut harness);
    harness
        .get_all_by_label("Show the list")
        .next()
        .unwrap()
        .click_accesskit();
    harness.run_steps(3);
    press(&mut harness, "Cancer");
    assert_eq!(kept(), [Tick::from(Tag::Cancer)]);
    press(&mut harness, "Cancer: Calves");
    press(&mut harness, "Cancer: I asked my therapist");
    let tick = Tick {
        areas: vec![Area::Calves],
        asked: Some(date(2026, 11, 25)),
        ..Tick::from(Tag::Cancer)
    };
    assert_eq!(kept(), [tick]);
    let said = "Cancer: you asked your therapist on 25 November. That counts until 23 February.";
    harness.get_by(|node| node.value().is_some_and(|value| value == said));
    press(&mut harness, "Pregnancy");
    assert!(
        harness
            .query_by_label("Pregnancy: I asked my therapist")
            .is_none(),
        "asking never lifts this"
    );
}

/// Tells where and how tight, and begins what is suggested.
fn begin_suggested(harness: &mut Harness<'static, App>, area: &str) {
    harness
        .get_by_role_and_label(Role::CheckBox, area)
        .click_accesskit();
    harness.run_steps(3);
    harness
        .get_by_role_and_label(Role::Slider, "How does your body feel?")
        .focus();
    harness.run_steps(2);
    harness.key_press(Key::Num7);
    harness.run_steps(3);
    let suggestion = harness.state().model().today.suggestion.clone().unwrap();
    let label = format!("Begin · {} minutes", suggestion.offer.minutes);
    let begin = harness.get_all_by_label(&label).last().unwrap();
    begin.click_accesskit();
    harness.run_steps(3);
}

#[test]
fn something_feels_wrong_leaves_the_area_alone_for_the_day() {
    let (mut harness, home) = app_over(TALL, Settings::default(), |world| {
        world.followed = plan(
            "Plan(version: 1, title: \"T\", therapist: \"Ana\", items: [(name: \"x\", routine: \"neck-and-shoulder-release\")])",
        );
    });
    harness.run();
    begin_suggested(&mut harness, "Neck");
    press(&mut harness, "None of these today");
    press(&mut harness, "None of this");
    assert_eq!(harness.state().model().screen, Screen::Player);
    until(&mut harness, |model| model.screen == Screen::Player);
    harness.key_press(Key::W);
    until(&mut harness, |model| model.screen == Screen::Today);
    harness.get_by(|node| {
        node.value()
            .is_some_and(|value| value == "Neck: left alone for today.")
    });
    press(&mut harness, "I’m all right");

    let entries = Journal::open(&Folders::under(home.path()))
        .unwrap()
        .entries(&Default::default())
        .unwrap();
    assert_eq!(entries[0].1.end, End::FeltWrong);
    let today = &harness.state().model().today;
    let item = &today.plan.as_ref().unwrap().items[0];
    assert_eq!(
        item.instead.as_deref(),
        Some("This part is left alone today. It can be worked on again when it has settled.")
    );
    let suggestion = today.suggestion.clone().unwrap();
    let known = |id: &str| {
        let shelf = super::fixture::shelf();
        shelf
            .known
            .into_iter()
            .find(|known| known.id == id)
            .unwrap()
    };
    for offer in std::iter::once(&suggestion.offer).chain(&suggestion.others) {
        let areas = known(&offer.routine).routine.areas_spread();
        assert!(!areas.contains(&Area::Neck), "{} is offered", offer.routine);
    }
    assert!(suggestion.reason.contains("left alone today"));

    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num2);
    harness.run();
    let card = harness
        .get_all_by_role(Role::Button)
        .find(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.starts_with("Neck & Shoulder Release"))
        })
        .unwrap();
    card.click_accesskit();
    harness.run();
    assert!(harness.query_all_by_role(Role::Button).all(|node| {
        node.accesskit_node()
            .label()
            .is_none_or(|label| !label.starts_with("Begin"))
    }));
}

#[test]
fn what_of_health_changes_a_routine_is_asked_once_and_counts_at_once() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    begin_suggested(&mut harness, "Neck");
    press(&mut harness, "None of these today");
    press(&mut harness, "Blood thinner");
    press(&mut harness, "Go on");
    let profile = Folders::under(home.path()).profile().unwrap().0;
    assert_eq!(profile.ticks, [Tick::from(Tag::BloodThinner)]);
    let journal = Journal::open(&Folders::under(home.path())).unwrap();
    until(&mut harness, |_| journal.resume_point().unwrap().is_some());
    let choices = journal.resume_point().unwrap().unwrap().choices;
    assert_eq!(choices.tags, [Tag::BloodThinner]);
    assert!(choices.cap <= Some(Pressure(3)));
}

#[test]
fn asking_about_a_sign_is_dated_and_counts_the_next_time() {
    let (mut harness, home) = app(TALL, Settings::default());
    harness.run();
    let tick = "Pain for over six weeks, or new medicine";
    press(&mut harness, "Begin · 3 minutes");
    if harness.query_by_label(tick).is_none() {
        press(&mut harness, "All the signs");
    }
    press(&mut harness, tick);
    press(&mut harness, "One of these");
    press(&mut harness, "I asked my therapist");
    assert_eq!(harness.state().model().screen, Screen::Player);
    let on = date(2026, 11, 25);
    let asked = Folders::under(home.path()).profile().unwrap().0.asked;
    assert_eq!(
        asked,
        [Flag::PainOverSixWeeks, Flag::NewMedicine].map(|flag| AskedSign { flag, on })
    );
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    until(&mut harness, |model| model.screen == Screen::After);
    press(&mut harness, "Done for today");
    press(&mut harness, "Begin · 3 minutes");
    if harness.query_by_label(tick).is_none() {
        press(&mut harness, "All the signs");
    }
    press(&mut harness, tick);
    press(&mut harness, "One of these");
    assert_eq!(
        harness.state().model().screen,
        Screen::Player,
        "it is settled"
    );
}

#[test]
fn what_was_told_since_keeps_an_unfinished_session_from_going_on() {
    #[track_caller]
    fn case(tag: Option<Tag>, goes_on: bool) {
        let (mut harness, _home) = app_over(TALL, Settings::default(), |world| {
            world.profile.health_asked = Tag::ALL.to_vec();
            world.profile.ticks = tag.into_iter().map(Tick::from).collect();
            let mut entry = Entry::begun(
                evening().timestamp(),
                evening().date(),
                "neck-and-shoulder-release",
                "Neck & Shoulder Release",
                Style::Therapeutic,
            );
            entry.pressed = vec![Area::Neck];
            let point = ResumePoint {
                choices: Default::default(),
                step: 1,
                step_title: "Squeeze".to_owned(),
                at: rootwell::units::Frames::whole_secs(60),
                written: entry.started,
                entry,
            };
            let journal = world.journal.as_mut().unwrap();
            journal.set_resume_point(&point).unwrap();
        });
        harness.run();
        press(&mut harness, "Carry on at “Squeeze”");
        let asked = harness.query_by_label("None of these today").is_some();
        assert_eq!(asked, goes_on, "{tag:?}");
    }
    case(None, true);
    case(Some(Tag::HeartOrPressure), true);
    case(Some(Tag::BloodThinner), false);
    case(Some(Tag::NeckArtery), false);
}
