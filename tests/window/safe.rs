//! Today's safety holds on every way into a session, for a guest too, and for no longer than today.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::{ToSpan as _, ZonedDateTime};
use rootwell::app::App;
use rootwell::app::command::{Act, Command};
use rootwell::app::library::Ask as Library;
use rootwell::app::model::Sheet;
use rootwell::app::routine;
use rootwell::app::safety;
use rootwell::app::settings::Settings;
use rootwell::app::shell::Screen;
use rootwell::app::today::Ask as Today;
use rootwell::names::{Area, Flag, Tag};
use rootwell::store::Folders;
use rootwell::store::journal::Journal;

use super::fixture::{app_over, evening, press, until};

const RELEASE: &str = "neck-and-shoulder-release";

type Window = Harness<'static, App>;

fn window(guest: bool) -> (Window, tempfile::TempDir) {
    let settings = Settings {
        guest,
        ..Settings::default()
    };
    let (mut harness, home) = app_over([1100.0, 2400.0], settings, |world| {
        world.profile.health_asked = Tag::ALL.to_vec();
    });
    harness.run();
    (harness, home)
}

fn ask(harness: &mut Window, command: Command) {
    let ctx = harness.ctx.clone();
    harness.state_mut().model_mut().apply(&ctx, command);
    harness.run_steps(3);
}

fn tell(harness: &mut Window, area: Area, pain: Option<u8>) {
    if !harness.state().model().today.answers.areas.contains(&area) {
        ask(harness, Command::Today(Today::Area(area)));
    }
    ask(harness, Command::Today(Today::Pain(pain)));
    ask(harness, Command::Today(Today::Tension(Some(6))));
}

/// Opens a routine's page, and why it is not for today.
fn opened(harness: &mut Window, id: &str) -> Option<String> {
    ask(harness, Command::Library(Library::Open(id.to_owned())));
    let page = harness.state().model().routine.clone();
    page.expect("its page is open").refused
}

fn begin(harness: &mut Window, id: &str) {
    assert_eq!(opened(harness, id), None);
    ask(harness, Command::Routine(routine::Ask::Begin));
    press(harness, "None of these today");
    assert_eq!(harness.state().model().screen, Screen::Player);
}

/// The card of what felt wrong, and what is left alone.
fn felt_wrong(harness: &mut Window) {
    harness.step();
    ask(harness, Command::Act(Act::Wrong));
    until(harness, |model| model.screen == Screen::Today);
}

/// What is ticked on the list that is open.
fn ticked(harness: &Window) -> Vec<Flag> {
    let Some(Sheet::Safety(safety::View::List { lines, all })) = &harness.state().model().sheet
    else {
        panic!("the list is open");
    };
    let shown = all.as_ref().unwrap_or(lines).iter();
    shown
        .filter(|line| line.on)
        .flat_map(|line| line.flags.clone())
        .collect()
}

fn tomorrow() -> ZonedDateTime {
    evening()
        .checked_add(1.day())
        .expect("a day of the calendar")
}

#[test]
fn pain_stops_and_lightens_what_is_picked_by_hand_too() {
    let (mut harness, home) = window(false);
    tell(&mut harness, Area::Neck, Some(8));
    let refused = opened(&mut harness, RELEASE).expect("pain stops");
    assert!(refused.starts_with("Not today"), "{refused}");
    assert_eq!(opened(&mut harness, "feet-on-the-ground"), None);
    tell(&mut harness, Area::Neck, Some(6));
    begin(&mut harness, RELEASE);
    let place = || {
        Journal::open(&Folders::under(home.path()))
            .unwrap()
            .resume_point()
            .unwrap()
    };
    until(&mut harness, |_| place().is_some());
    assert_eq!(place().unwrap().choices.cap.map(|cap| cap.0), Some(4));
}

#[test]
fn the_stop_card_is_about_what_the_routine_works_on() {
    for (ticked, said) in [(Area::Calves, Area::Neck), (Area::Neck, Area::Neck)] {
        let (mut harness, _home) = window(false);
        tell(&mut harness, ticked, None);
        begin(&mut harness, RELEASE);
        felt_wrong(&mut harness);
        let name = harness.state().model().words.areas[&said].clone();
        let blocked = |value: &str| value.starts_with(&name) && value.contains("left alone");
        harness.get_by(|node| node.value().is_some_and(|value| blocked(&value)));
    }
}

#[test]
fn what_felt_wrong_to_a_guest_is_left_alone_as_long_as_they_are_here() {
    let (mut harness, _home) = window(true);
    begin(&mut harness, RELEASE);
    felt_wrong(&mut harness);
    press(&mut harness, "I’m all right");
    assert!(opened(&mut harness, RELEASE).is_some());
    harness.state_mut().model_mut().world.now = tomorrow;
    assert_eq!(opened(&mut harness, RELEASE), None, "that was yesterday");
}

#[test]
fn a_sign_that_needs_help_first_is_remembered_for_the_day() {
    let (mut harness, home) = window(false);
    let want = |harness: &mut Window| {
        opened(harness, RELEASE);
        ask(harness, Command::Routine(routine::Ask::Begin));
    };
    want(&mut harness);
    ask(
        &mut harness,
        Command::Safety(safety::Ask::Tick(vec![Flag::SelfHarm])),
    );
    ask(&mut harness, Command::Safety(safety::Ask::Some));
    ask(&mut harness, Command::Safety(safety::Ask::Close));
    let (kept, _trouble) = Folders::under(home.path()).profile().unwrap();
    assert_eq!(kept.signs_of(evening().date()), [Flag::SelfHarm]);
    assert!(opened(&mut harness, RELEASE).is_some(), "help comes first");
    // The opener asks again, with what was ticked, and believes that it is over.
    ask(&mut harness, Command::Act(Act::Today));
    press(&mut harness, "Begin · 3 minutes");
    assert!(harness.query_by_label("None of these today").is_none());
    ask(
        &mut harness,
        Command::Safety(safety::Ask::Tick(vec![Flag::SelfHarm])),
    );
    press(&mut harness, "None of these today");
    assert_eq!(harness.state().model().screen, Screen::Player);
    let (kept, _trouble) = Folders::under(home.path()).profile().unwrap();
    assert_eq!(kept.signs, []);
}

#[test]
fn a_sign_that_the_short_list_lacks_is_shown_all_the_same() {
    let (mut harness, home) = window(false);
    let on = evening().date();
    let flag = Flag::NeckArterySigns;
    let signs = vec![rootwell::profile::SeenSign { flag, on }];
    harness.state_mut().model_mut().world.profile.signs = signs;
    press(&mut harness, "Begin · 3 minutes");
    assert_eq!(ticked(&harness), [flag]);
    ask(&mut harness, Command::Safety(safety::Ask::All));
    assert_eq!(ticked(&harness), [flag]);
    ask(&mut harness, Command::Safety(safety::Ask::Tick(vec![flag])));
    press(&mut harness, "None of these today");
    assert_eq!(harness.state().model().screen, Screen::Player);
    assert_eq!(Folders::under(home.path()).profile().unwrap().0.signs, []);
}

#[test]
fn what_was_told_yesterday_is_not_todays() {
    let (mut harness, _home) = window(false);
    tell(&mut harness, Area::Neck, Some(8));
    harness.run_steps(3);
    assert!(harness.state().model().today.answers.told());
    harness.state_mut().model_mut().world.now = tomorrow;
    harness.run_steps(2);
    assert!(!harness.state().model().today.answers.told());
    assert!(harness.state().model().today.suggestion.is_none());
}

#[test]
fn the_page_after_counts_what_was_heard() {
    let (mut harness, _home) = window(false);
    tell(&mut harness, Area::Neck, None);
    begin(&mut harness, "down-to-six");
    for _ in 0..100 {
        if harness.state().model().screen != Screen::Player {
            break;
        }
        ask(&mut harness, Command::Act(Act::Next));
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    let after = harness.state().model().after.clone();
    assert_eq!((after.minutes, after.before), (1, (Some(6), None)));
}
