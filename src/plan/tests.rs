//! What is due when, how it is counted, and that today's safety wins.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{date, datetime, time};

use super::adherence::{Adherence, adherence};
use super::reminder::{Reminders, Shown, due_reminder};
use super::today::planned;
use super::*;
use crate::checkin::{CheckIn, Tick};
use crate::journal::{End, Entry};
use crate::names::{Flag, Style};
use crate::recommend::adapt::Refusal;
use crate::recommend::pick::LeftOut;
use crate::recommend::{Offer, Thresholds};
use crate::timeline::EmptyShelf;
use crate::words::{Language, Words};

/// A Wednesday.
const OPENED: Date = date(2026, 11, 25);

fn options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

fn plan(items: &str) -> Plan {
    let text = format!("Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [{items}])");
    options()
        .from_str(&text)
        .expect("the plans of these tests read")
}

/// The days out of the first fourteen on which something is due.
#[track_caller]
fn case(item: &str, expected: &[i16]) {
    let plan = plan(&format!(
        "(name: \"x\", routine: \"deep-hip-release\", {item})"
    ));
    let due: Vec<i16> = (1..=14)
        .filter(|&n| {
            !plan
                .due(OPENED, When::Day(n as u16).date(OPENED))
                .is_empty()
        })
        .collect();
    assert_eq!(due, expected, "{item}");
}

#[test]
fn items_are_due_on_their_days() {
    case("", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    case("on: On([Wednesday, Sunday])", &[1, 5, 8, 12]);
    case("on: Every(3)", &[1, 4, 7, 10, 13]);
    case("on: Every(3), from: Day(2), until: Day(8)", &[2, 5, 8]);
    case("from: Day(8)", &[8, 9, 10, 11, 12, 13, 14]);
    case("until: Date(\"2026-11-27\")", &[1, 2, 3]);
    case("from: Date(\"2026-12-07\")", &[13, 14]);
    case("from: Date(\"2020-01-01\"), until: Day(1)", &[1]);
}

#[test]
fn a_day_shows_three_items_at_most() {
    let item = |n: u8| format!("(name: \"{n}\", routine: \"r\"),");
    assert_eq!(
        plan(&(0..5).map(item).collect::<String>())
            .due(OPENED, OPENED)
            .len(),
        3
    );
}

#[test]
fn a_day_before_the_opening_is_day_one() {
    let mut followed = Followed::default();
    followed.follow(
        plan("(name: \"x\", routine: \"r\", until: Day(14))"),
        OPENED,
    );
    let held = followed.now.expect("it is followed");
    let west = date(2026, 11, 24);
    assert_eq!(held.day(west), 1);
    assert_eq!(held.day(OPENED), 1);
    assert_eq!(held.day(date(2026, 11, 26)), 2);
    assert_eq!(held.plan.due(held.opened, west).len(), 1);
}

#[test]
fn a_plan_that_was_over_begins_anew() {
    let mut followed = Followed::default();
    let two_days = || plan("(name: \"x\", routine: \"r\", until: Day(2))");
    followed.follow(two_days(), OPENED);
    followed.follow(two_days(), date(2026, 11, 26));
    let opened = |followed: &Followed| followed.now.as_ref().map(|held| held.opened);
    assert_eq!(opened(&followed), Some(OPENED), "an edition");
    followed.follow(two_days(), date(2026, 11, 27));
    assert_eq!(opened(&followed), Some(date(2026, 11, 27)));
}

fn done(day: i8, end: End) -> Entry {
    let mut entry = Entry::begun(
        Timestamp::UNIX_EPOCH,
        date(2026, 11, day),
        "r",
        "R",
        Style::Therapeutic,
    );
    entry.end = end;
    entry.plan_item = Some("x".to_owned());
    entry
}

#[test]
fn not_today_counts_as_kept() {
    let mut followed = Followed::default();
    followed.follow(plan("(name: \"x\", routine: \"r\")"), OPENED);
    let entries = [
        done(25, End::Finished),
        done(26, End::NotToday),
        done(28, End::Left),
        done(28, End::NotToday),
    ];
    let found = adherence(&followed, &entries, date(2026, 11, 28));
    assert_eq!(
        found,
        Adherence {
            due: 4,
            done: 2,
            not_today: 1
        }
    );
    assert_eq!(
        found.sentence(Words::of(Language::English)),
        "Kept 3 of 4, one of them as a rest on purpose."
    );
}

#[test]
fn an_edited_plan_keeps_its_day_one_and_its_history() {
    let mut followed = Followed::default();
    followed.follow(plan("(name: \"x\", routine: \"r\")"), OPENED);
    followed.follow(
        plan("(name: \"x\", routine: \"r\", on: Every(2))"),
        date(2026, 11, 27),
    );
    let now = followed.now.as_ref().expect("a plan holds");
    assert_eq!((now.opened, now.since), (OPENED, date(2026, 11, 27)));
    assert_eq!(followed.before[0].until, Some(date(2026, 11, 26)));
    // Two days of the first edition, then every second day: the 27th and the 29th.
    assert_eq!(adherence(&followed, &[], date(2026, 11, 30)).due, 4);
    followed.close(date(2026, 12, 1));
    assert_eq!((followed.now, followed.before.len()), (None, 2));
}

#[test]
fn a_followed_plan_survives_its_file() {
    let mut followed = Followed::default();
    let item = "(name: \"x\", routine: \"r\", on: On([Monday]), cap: 7, side: Left, area: Hips, until: Day(9))";
    followed.follow(plan(item), OPENED);
    let text = options()
        .to_string_pretty(&followed, ron::ser::PrettyConfig::new().struct_names(true))
        .expect("plain data");
    assert_eq!(options().from_str::<Followed>(&text), Ok(followed));
}

#[track_caller]
fn reminded(at: jiff::civil::DateTime, entries: &[Entry], shown: Shown, expected: bool) {
    let mut followed = Followed::default();
    followed.follow(plan("(name: \"x\", routine: \"r\", until: Day(3))"), OPENED);
    let reminders = Reminders {
        on: true,
        ..Reminders::default()
    };
    assert_eq!(
        due_reminder(&reminders, shown, &followed, entries, at).is_some(),
        expected,
        "{at}"
    );
    let off = Reminders {
        on: false,
        ..reminders
    };
    assert_eq!(due_reminder(&off, shown, &followed, entries, at), None);
}

#[test]
fn reminders_are_gentle() {
    let at = |day, hour, minute| datetime(2026, 11, day, hour, minute, 0, 0);
    let fresh = Shown::default();
    reminded(at(25, 16, 59), &[], fresh, false);
    reminded(at(25, 17, 0), &[], fresh, true);
    reminded(at(25, 20, 30), &[], fresh, false);
    reminded(at(25, 7, 59), &[], fresh, false);
    reminded(at(27, 18, 0), &[], fresh, true);
    reminded(at(28, 18, 0), &[], fresh, false);
    reminded(at(25, 18, 0), &[done(25, End::NotToday)], fresh, false);
    reminded(at(25, 18, 0), &[], fresh.again(OPENED), false);
    reminded(at(26, 18, 0), &[], fresh.again(OPENED), true);
}

#[test]
fn quiet_hours_go_past_midnight_or_not() {
    let night = Reminders::default();
    assert!(
        night.is_quiet(time(23, 0, 0, 0))
            && night.is_quiet(time(3, 0, 0, 0))
            && !night.is_quiet(time(12, 0, 0, 0))
    );
    let noon = Reminders {
        quiet_from: time(12, 0, 0, 0),
        quiet_until: time(14, 0, 0, 0),
        ..night
    };
    assert!(noon.is_quiet(time(13, 0, 0, 0)) && !noon.is_quiet(time(23, 0, 0, 0)));
}

fn hips() -> Offer {
    let text = "Routine(format: 1, title: \"T\", promise: \"P\", style: Therapeutic, level: Standard, areas: [Hips], \
                positions: [Chair], goals: [T1], author: \"A\", sections: [(section: Release, steps: [\
                (name: \"press\", do: Press(spot: \"s\", length: 60, pressure: (4, 6))), \
                (do: Rest(length: (min: 60, ideal: 120, max: 540)))])])";
    let routine = options()
        .from_str(text)
        .expect("the routine of this test reads");
    Offer {
        id: "hips".to_owned(),
        routine: Arc::new(routine),
    }
}

#[track_caller]
fn today(allows: &[Tag], check_in: CheckIn, expected: Result<u8, LeftOut>) {
    let mut plan = plan("(name: \"x\", routine: \"hips\", cap: 7, side: Left, minutes: 30)");
    plan.allows = allows.to_vec();
    let found = planned(
        &plan,
        &plan.items[0],
        &hips(),
        &EmptyShelf,
        &check_in,
        &Thresholds::default(),
    );
    if let Ok(choices) = &found {
        assert_eq!(
            (choices.side, choices.minutes),
            (Some(Hand::Left), Some(10.0))
        );
    }
    assert_eq!(
        found.map(|choices| choices.cap.expect("a plan has a cap").0),
        expected
    );
}

#[test]
fn todays_safety_wins_over_the_plan() {
    let ticked = |tag| CheckIn {
        ticks: vec![Tick::from(tag)],
        ..CheckIn::default()
    };
    let pain = |n| {
        let mut check_in = CheckIn {
            areas: vec![Area::Hips],
            ..CheckIn::default()
        };
        check_in.ratings.pain = Rating::new(n);
        check_in
    };
    today(&[], CheckIn::default(), Ok(7));
    today(&[], pain(6), Ok(4));
    today(&[], pain(8), Err(LeftOut::Stop));
    let bruised = CheckIn {
        flags: vec![Flag::BruiseAfterSession],
        ..CheckIn::default()
    };
    today(&[], bruised, Ok(6));
    today(
        &[],
        CheckIn {
            flags: vec![Flag::HotJoint],
            ..CheckIn::default()
        },
        Err(LeftOut::Stop),
    );
    today(
        &[],
        CheckIn {
            locked: vec![Area::Hips],
            ..CheckIn::default()
        },
        Err(LeftOut::Refused(Refusal::Locked)),
    );
    let rising = CheckIn {
        pain_before: [2, 3].into_iter().filter_map(Rating::new).collect(),
        ..pain(4)
    };
    today(&[], rising, Err(LeftOut::SofterToday));
    today(
        &[],
        ticked(Tag::JointReplacement),
        Err(LeftOut::Refused(Refusal::Locked)),
    );
    today(
        &[Tag::JointReplacement],
        ticked(Tag::JointReplacement),
        Ok(7),
    );
    today(
        &[Tag::BloodThinner],
        ticked(Tag::BloodThinner),
        Err(LeftOut::Refused(Refusal::Pressing)),
    );
    today(&[Tag::ClotNow], ticked(Tag::ClotNow), Err(LeftOut::Stop));
    today(
        &[Tag::Fever],
        ticked(Tag::Fever),
        Err(LeftOut::Refused(Refusal::Blocked)),
    );
    for tag in [Tag::OpenWound, Tag::AcuteInjury, Tag::Fracture] {
        today(&[tag], ticked(tag), Err(LeftOut::Refused(Refusal::Locked)));
    }
    today(
        &[Tag::Sedated],
        ticked(Tag::Sedated),
        Err(LeftOut::Refused(Refusal::Pressing)),
    );
    today(
        &[Tag::Pregnancy],
        ticked(Tag::Pregnancy),
        Err(LeftOut::Refused(Refusal::Pressing)),
    );
}

#[test]
fn a_plan_goes_no_deeper_before_the_therapist_is_asked() {
    let mut offer = hips();
    let variation = "(name: \"deeper\", replace: [(step: \"press\", with: [(do: Press(spot: \"s\", length: 90, pressure: (5, 6)))])])";
    let routine = Arc::make_mut(&mut offer.routine);
    routine.variations = vec![options().from_str(variation).expect("a variation")];
    let plan = plan("(name: \"x\", routine: \"hips\", variations: [\"deeper\"])");
    let taken = |offer: &Offer, check_in: CheckIn| {
        let thresholds = Thresholds::default();
        let found = planned(
            &plan,
            &plan.items[0],
            offer,
            &EmptyShelf,
            &check_in,
            &thresholds,
        );
        found.map(|choices| choices.variations)
    };
    let variations = |offer: &Offer, flags: &[Flag]| {
        let check_in = CheckIn {
            flags: flags.to_vec(),
            ..CheckIn::default()
        };
        taken(offer, check_in)
    };
    let young = |asked: Option<Date>| {
        let tick = Tick {
            asked,
            ..Tag::Under16.into()
        };
        let check_in = CheckIn {
            ticks: vec![tick],
            today: Some(OPENED),
            ..CheckIn::default()
        };
        taken(&offer, check_in)
    };
    assert_eq!(young(None), Ok(vec![]), "nobody was asked");
    assert_eq!(young(Some(date(2026, 1, 1))), Ok(vec![]), "long ago");
    assert_eq!(young(Some(OPENED)), Ok(vec!["deeper".to_owned()]));
    assert_eq!(variations(&offer, &[]), Ok(vec!["deeper".to_owned()]));
    assert_eq!(variations(&offer, &[Flag::BruiseAfterSession]), Ok(vec![]));
    Arc::make_mut(&mut offer.routine).level = crate::names::Level::Deeper;
    assert!(variations(&offer, &[]).is_ok());
    assert_eq!(
        variations(&offer, &[Flag::BruiseAfterSession]),
        Err(LeftOut::Refused(Refusal::Deeper))
    );
}
