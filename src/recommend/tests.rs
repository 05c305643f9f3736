//! What is offered: never what a tag forbids, never outside position, tools and minutes.

use super::*;
use crate::checkin::{Rating, Ratings, Tick};
use crate::names::{Area, Style, Wish};
use crate::timeline::reach;
use crate::units::Pressure;

fn offer(id: &str, text: &str) -> Offer {
    let options = ron::Options::default().with_default_extension(
        ron::extensions::Extensions::IMPLICIT_SOME
            | ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES,
    );
    let routine: Routine = options
        .from_str(text)
        .expect("the routines of these tests read");
    Offer {
        id: id.to_owned(),
        routine: Arc::new(routine),
    }
}

fn routine(style: &str, areas: &str, extra: &str, step: &str) -> String {
    format!(
        "Routine(format: 1, title: \"T\", promise: \"P\", style: {style}, level: Standard, areas: [{areas}], \
         positions: [Chair], goals: [R3], author: \"A\", {extra} sections: [(section: Release, steps: [{step}]), \
         (section: Close, steps: [(do: Rest(length: (min: 10, ideal: 60, max: 900)))])])"
    )
}

fn library() -> Vec<Offer> {
    let press =
        "(name: \"press\", do: Press(spot: \"s\", length: 30, pressure: (4, 6)), side: Each)";
    let light = "cautions: [(tag: BloodThinner, use: \"light-only\")], variations: [(name: \"light-only\", \
                 replace: [(step: \"press\", with: [(do: Stroke(path: \"p\", cm: 20, seconds: 5, times: 6, \
                 pressure: (2, 3)), side: Each)])])],";
    let ball = "tools: [Ball],";
    let held = "(name: \"box\", do: Breathe(pattern: (inhale: 4, hold: 4, exhale: 4, empty: 4), breaths: 19))";
    let free = "variations: [(name: \"hold-free\", replace: [(step: \"box\", with: [(do: Breathe(pattern: \
                (inhale: 4, exhale: 6), breaths: 30))])])],";
    vec![
        offer("neck-press", &routine("Therapeutic", "Neck", light, press)),
        offer("neck-ball", &routine("Therapeutic", "Neck", ball, press)),
        offer("neck-blend", &routine("Blend", "Neck", light, press)),
        offer("calves", &routine("Therapeutic", "Calves", "", press)),
        offer("box", &routine("Relaxation", "Whole", free, held)),
        offer(
            "scan",
            &routine(
                "Relaxation",
                "Whole",
                "",
                "(do: Scan(regions: [Face, Hands], each: 60))",
            ),
        ),
        offer(
            "ground",
            &routine(
                "Relaxation",
                "Whole",
                "",
                "(do: Ground(items: [(See, 5, 40)]))",
            ),
        ),
    ]
}

fn told(stress: u8, tension: u8) -> CheckIn {
    let ratings = Ratings {
        stress: Rating::new(stress),
        tension: Rating::new(tension),
        ..Ratings::default()
    };
    CheckIn {
        ratings,
        areas: vec![Area::Neck],
        ..CheckIn::default()
    }
}

#[track_caller]
fn case(check_in: &CheckIn, expected: &[&str]) {
    let found = recommend(check_in, &Thresholds::default(), &library());
    let ids: Vec<&str> = found
        .routines
        .iter()
        .map(|routine| routine.id.as_str())
        .collect();
    assert_eq!(ids, expected);
}

#[test]
fn the_answer_comes_first_and_something_softer_last() {
    case(&told(2, 6), &["neck-press", "neck-ball", "box"]);
    case(&told(6, 6), &["neck-blend", "neck-press", "box"]);
    case(&told(6, 2), &["box", "ground", "scan"]);
}

#[test]
fn grounding_comes_first_when_stress_is_high() {
    case(&told(9, 2), &["ground", "box", "scan"]);
}

#[test]
fn a_stop_offers_nothing_that_touches() {
    let flagged = |flag: &str| CheckIn {
        flags: vec![flag.parse().expect("a flag")],
        ..told(2, 6)
    };
    case(&flagged("chest-pain"), &[]);
    case(&flagged("swollen-limb"), &["ground"]);
    let sore = CheckIn {
        ratings: Ratings {
            pain: Rating::new(9),
            ..Ratings::default()
        },
        ..CheckIn::default()
    };
    case(&sore, &["box", "ground"]);
    let found = recommend(&sore, &Thresholds::default(), &library());
    assert_eq!(found.routines[0].choices.variations, ["hold-free"]);
}

#[test]
fn tools_and_tags_filter_before_ranking() {
    case(
        &CheckIn {
            tools: Some(vec![]),
            ..told(2, 6)
        },
        &["neck-press", "neck-blend", "box"],
    );
    let thin = CheckIn {
        ticks: vec![Tick::from(Tag::BloodThinner)],
        ..told(2, 6)
    };
    let found = recommend(&thin, &Thresholds::default(), &library());
    assert_eq!(found.routines[0].id, "neck-press");
    assert_eq!(found.routines[0].choices.variations, ["light-only"]);
    assert_eq!(found.routines[0].choices.cap, Some(Pressure(3)));
    assert!(
        !found
            .routines
            .iter()
            .any(|routine| routine.id == "neck-ball")
    );
}

#[test]
fn a_held_breath_is_swapped() {
    let heart = CheckIn {
        ticks: vec![Tick::from(Tag::HeartOrPressure)],
        ..told(6, 2)
    };
    let found = recommend(&heart, &Thresholds::default(), &library());
    let box_breath = found
        .routines
        .iter()
        .find(|routine| routine.id == "box")
        .expect("box has a hold-free twin");
    assert_eq!(box_breath.choices.variations, ["hold-free"]);
}

#[test]
fn minutes_stay_within_the_range() {
    for minutes in 1..40 {
        let check_in = CheckIn {
            minutes: Some(minutes),
            ..told(6, 6)
        };
        let library = library();
        for found in recommend(&check_in, &Thresholds::default(), &library).routines {
            let offer = library
                .iter()
                .find(|offer| offer.id == found.id)
                .expect("it comes from there");
            let reach = reach(
                &offer.routine,
                &offer.id,
                &found.choices,
                &library.as_slice(),
            )
            .expect("it compiles");
            let (least, most) = whole_minutes(reach).expect("these reach whole minutes");
            let wanted = found.choices.minutes.expect("minutes were told");
            assert!((f64::from(least)..=f64::from(most)).contains(&wanted));
            assert!(wanted == f64::from(minutes) || minutes < least || minutes > most);
        }
    }
}

#[test]
fn bedtime_offers_no_rolling_and_no_hard_work() {
    let bed = CheckIn {
        bedtime: true,
        wish: Wish::Ease,
        ..told(2, 6)
    };
    let found = recommend(&bed, &Thresholds::default(), &library());
    assert_eq!(found.answer(), Answer::Blend);
    let styles: Vec<Style> = library()
        .iter()
        .filter(|offer| found.routines.iter().any(|routine| routine.id == offer.id))
        .map(|offer| offer.routine.style)
        .collect();
    assert!(!styles.contains(&Style::Therapeutic));
}

/// A blend that takes its work from the chosen area's routine.
fn daily() -> Vec<Offer> {
    let daily = "(name: \"press\", daily: true, do: Press(spot: \"s\", length: 30, pressure: (4, 6)), side: Each)";
    let light = "variations: [(name: \"light-only\", replace: [(step: \"press\", with: [(do: Stroke(path: \"p\", \
                 cm: 20, seconds: 5, times: 6, pressure: (2, 3)), side: Each)])])],";
    vec![
        offer("neck", &routine("Therapeutic", "Neck", light, daily)),
        offer(
            "daily",
            &routine("Blend", "Neck", "", "(do: Include(area: Chosen))"),
        ),
    ]
}

#[test]
fn what_a_routine_includes_is_judged_by_what_it_names() {
    #[track_caller]
    fn case(tag: Option<Tag>, expected: &[&str]) {
        let check_in = CheckIn {
            ticks: tag.into_iter().map(Tick::from).collect(),
            ..told(6, 6)
        };
        let found = recommend(&check_in, &Thresholds::default(), &daily());
        let ids: Vec<&str> = found
            .routines
            .iter()
            .map(|found| found.id.as_str())
            .collect();
        assert_eq!(ids, expected, "{tag:?}");
    }
    case(None, &["daily", "neck"]);
    case(Some(Tag::HeartOrPressure), &["daily", "neck"]);
    case(Some(Tag::BloodThinner), &["daily", "neck"]);
    case(Some(Tag::NeckArtery), &[]);
    case(Some(Tag::Fever), &[]);
}
