//! The acceptance cases of `content.md` 4.4, each step of the rule at its boundaries, and each cap.

use super::*;
use crate::checkin::{Ratings, Tick};
use crate::names::Flag;

/// Reads the flags of `rootwell recommend` into a check-in, so that a case is one line.
fn check_in(words: &str) -> CheckIn {
    let mut check_in = CheckIn::default();
    let mut words = words.split_whitespace();
    let number = |text: &str| text.parse::<Rating>().expect("a rating in the case");
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("a value in the case");
        let ratings = &mut check_in.ratings;
        match word {
            "stress" => ratings.stress = Some(number(value())),
            "tension" => ratings.tension = Some(number(value())),
            "pain" => ratings.pain = Some(number(value())),
            "sleep" => ratings.sleep = Some(number(value())),
            "baseline" => check_in.baseline = Some(number(value())),
            "before" => check_in.pain_before = value().split(',').map(number).collect(),
            "minutes" => check_in.minutes = Some(value().parse().expect("minutes in the case")),
            "area" => check_in
                .areas
                .push(value().parse().expect("an area in the case")),
            "locked" => check_in
                .locked
                .push(value().parse().expect("an area in the case")),
            "wish" => check_in.wish = value().parse().expect("a wish in the case"),
            "flag" => check_in
                .flags
                .push(value().parse::<Flag>().expect("a flag in the case")),
            "tag" => check_in.ticks.push(Tick::from(
                value().parse::<Tag>().expect("a tag in the case"),
            )),
            "bedtime" => check_in.bedtime = true,
            other => panic!("no such word in a case: {other}"),
        }
    }
    check_in
}

fn decided(words: &str) -> Decision {
    let check_in = check_in(words);
    decide(&check_in, &check_in.limits(), &Thresholds::default())
}

/// `answer share cap rule`, as `blend 35 6 10`; a dash where there is none.
fn short(decision: &Decision) -> String {
    let or_dash = |value: Option<u8>| value.map_or("-".to_owned(), |value| value.to_string());
    format!(
        "{:?} {} {} {}",
        decision.answer,
        or_dash(decision.relax_share),
        or_dash(decision.pressure_cap.map(|cap| cap.0)),
        decision.rule
    )
    .to_lowercase()
}

#[track_caller]
fn case(words: &str, expected: &str) {
    assert_eq!(short(&decided(words)), expected, "{words}");
}

#[test]
fn acceptance() {
    case("stress 6 tension 2", "relaxation - 3 11");
    case("stress 2 tension 6 pain 3 area neck", "therapeutic - 6 12");
    case(
        "stress 6 tension 7 pain 4 area neck minutes 20",
        "blend 35 6 10",
    );
    case(
        "stress 6 tension 7 pain 4 area neck minutes 6",
        "therapeutic - 6 10",
    );
    case(
        "stress 9 pain 5 area low-back wish ease",
        "relaxation - 3 7",
    );
    case("sleep 2 stress 3 tension 3", "relaxation - 3 11");
    case(
        "bedtime stress 4 tension 5 area hips wish unsure",
        "relaxation - 3 8",
    );
    case("bedtime tension 5 area hips wish ease", "blend 50 4 8");
    case("pain 6 tension 6 stress 4 area neck", "blend 30 4 10");
    case(
        "stress 3 area calves locked calves tension 6",
        "maintenance - 4 13",
    );
    case("stress 1 tension 1 wish unsure", "maintenance - 4 13");
    case(
        "stress 1 tension 1 area calves wish ease",
        "therapeutic - 6 9",
    );
    case(
        "tag blood-thinner tension 6 stress 5 area neck area chest",
        "blend 35 3 10",
    );
    case("before 2,3 pain 4 area neck", "relaxation - 3 4");
    case("pain 8 area neck", "stop - - 3");
    case("flag swollen-limb", "stop - - 2");
    case("flag saddle-numbness", "stop - - 1");
    assert!(decided("stress 9 pain 5 area low-back wish ease").reask);
    assert!(decided("bedtime tension 5 area hips wish ease").still_only);
    assert_eq!(decided("pain 8 area neck").urgency, Some(Urgency::Urgent));
    assert_eq!(decided("flag swollen-limb").urgency, Some(Urgency::Urgent));
    assert_eq!(
        decided("flag saddle-numbness").urgency,
        Some(Urgency::Emergency)
    );
}

#[test]
fn flags_come_first() {
    for &flag in Flag::ALL {
        let words = format!("stress 9 pain 9 wish ease area neck flag {flag}");
        let expected = match flag.urgency() {
            Urgency::Emergency => "stop - - 1",
            Urgency::Urgent => "stop - - 2",
            Urgency::AskFirst => "stop - - 3",
        };
        case(&words, expected);
    }
    case("flag fever-with-pain flag chest-pain", "stop - - 1");
    case("tag clot-now", "stop - - 2");
    assert_eq!(
        decided("stress 5 flag new-medicine").urgency,
        Some(Urgency::AskFirst)
    );
    assert_eq!(
        decided("stress 5 tag pregnancy").urgency,
        Some(Urgency::AskFirst)
    );
    assert_eq!(decided("stress 5").urgency, None);
}

#[test]
fn rule_3_pain() {
    case("pain 7 area neck", "therapeutic - 4 12");
    case("pain 8", "stop - - 3");
    case("pain 8 baseline 7 area neck", "therapeutic - 4 12");
    case("pain 9 baseline 7", "stop - - 3");
    case("pain 9 baseline 8 area neck", "therapeutic - 4 12");
    case("pain 10 baseline 9", "stop - - 3");
    case("stress 2 flag new-fall pain 2", "stop - - 2");
}

#[test]
fn rule_4_rising_pain() {
    case("before 3,4 pain 5 area neck", "relaxation - 3 4");
    case("before 4 pain 6 area neck", "therapeutic - 4 12");
    case("before 3,3 pain 4 area neck", "therapeutic - 6 12");
    case("before 5,4 pain 5 area neck", "therapeutic - 6 12");
    case("before 1,2,3", "relaxation - 3 4");
    case("before 9,1,2 pain 3", "relaxation - 3 4");
    case("before 3,4 pain 8", "stop - - 3");
}

#[test]
fn rule_5_locks() {
    case("tension 9 area neck locked neck", "maintenance - 4 13");
    case(
        "tension 9 area neck area calves locked calves",
        "therapeutic - 6 12",
    );
    case("tension 9 area neck tag fracture", "maintenance - 4 13");
    case(
        "tension 9 area calves tag varicose-veins",
        "maintenance - 4 13",
    );
    case(
        "tension 9 area neck tag varicose-veins",
        "therapeutic - 6 12",
    );
    case(
        "tension 9 area neck tag neck-artery wish ease",
        "maintenance - 4 13",
    );
}

#[test]
fn rule_6_needs() {
    case("sleep 4", "relaxation - 3 11");
    case("sleep 5", "maintenance - 4 13");
    case("sleep 10 stress 4", "relaxation - 3 11");
    case("pain 4 area neck", "therapeutic - 6 12");
    case("tension 2 pain 4 area neck", "therapeutic - 6 12");
    case("tension 9", "maintenance - 4 13");
    case("", "maintenance - 4 13");
}

#[test]
fn rule_7_stress_first() {
    case(
        "stress 8 tension 9 area neck wish ease bedtime",
        "relaxation - 3 7",
    );
    case(
        "stress 7 tension 9 area neck wish ease",
        "therapeutic - 6 9",
    );
    case("sleep 0 tension 9 area neck wish ease", "therapeutic - 6 9");
}

#[test]
fn rule_8_bedtime() {
    case("bedtime", "relaxation - 3 8");
    case("bedtime wish ease tension 3 area hips", "relaxation - 3 8");
    case("bedtime wish ease tension 4 area hips", "blend 50 4 8");
    case(
        "bedtime wish ease tension 4 area hips minutes 9",
        "relaxation - 3 8",
    );
    case("bedtime wish both tension 9 area hips", "relaxation - 3 8");
    case(
        "bedtime wish ease tension 5 stress 7 area hips",
        "blend 50 4 8",
    );
    case(
        "bedtime wish ease tension 4 stress 7 area hips",
        "blend 55 4 8",
    );
}

#[test]
fn rule_9_wish() {
    case("wish calm tension 9 area neck", "relaxation - 3 9");
    case("wish ease area neck stress 7", "therapeutic - 6 9");
    case("wish ease stress 7", "relaxation - 3 11");
    case("wish both area neck", "blend 40 6 9");
    case("wish both area neck minutes 10", "blend 40 6 9");
    case("wish both area neck minutes 9", "relaxation - 3 9");
    case(
        "wish both area neck minutes 9 tension 5 stress 4",
        "therapeutic - 6 9",
    );
    case(
        "wish both area neck minutes 9 tension 5 stress 5",
        "relaxation - 3 9",
    );
    case("wish both stress 5", "relaxation - 3 11");
}

#[test]
fn rule_10_blend() {
    case("stress 4 tension 4 area neck", "blend 40 6 10");
    case("stress 4 tension 3 area neck", "relaxation - 3 11");
    case("stress 3 tension 4 area neck", "therapeutic - 6 12");
    case(
        "stress 4 tension 4 area neck minutes 9",
        "relaxation - 3 10",
    );
    case(
        "stress 4 tension 5 area neck minutes 9",
        "therapeutic - 6 10",
    );
    case("stress 4 tension 10 area neck", "blend 30 6 10");
    case("stress 7 tension 4 area neck", "blend 55 6 10");
    case("sleep 0 tension 4 area neck", "blend 60 6 10");
}

#[test]
fn caps() {
    case("pain 5 stress 4 area neck", "blend 35 6 10");
    case("pain 6 stress 4 area neck", "blend 30 4 10");
    case("pain 6 area neck", "therapeutic - 4 12");
    case(
        "tension 6 area neck tag blood-thinner",
        "therapeutic - 3 12",
    );
    case(
        "tension 6 area calves tag clot-history",
        "therapeutic - 3 12",
    );
    case("tension 6 area neck tag clot-history", "therapeutic - 6 12");
    case("tag blood-thinner", "maintenance - 3 13");
    case(
        "bedtime wish ease tension 5 area hips tag blood-thinner",
        "blend 50 3 8",
    );
    case("wish calm pain 7", "relaxation - 3 9");
}

#[test]
fn a_rating_that_was_not_given_is_not_nought() {
    let told = |ratings: Ratings| {
        let check_in = CheckIn {
            ratings,
            areas: vec![Area::Neck],
            ..CheckIn::default()
        };
        decide(&check_in, &check_in.limits(), &Thresholds::default())
    };
    assert_eq!(told(Ratings::default()).calm, None);
    assert_eq!(
        told(Ratings {
            stress: Rating::new(0),
            ..Ratings::default()
        })
        .calm,
        Some(0)
    );
    assert_eq!(told(Ratings::default()).body, None);
}

#[test]
fn a_studio_can_move_the_steps() {
    let check_in = check_in("stress 4 tension 4 area neck");
    let calm = Thresholds {
        need: 5,
        ..Thresholds::default()
    };
    assert_eq!(
        decide(&check_in, &check_in.limits(), &calm).answer,
        Answer::Maintenance
    );
}
