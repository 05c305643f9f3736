//! The reason for a recommendation, in one sentence that a client can check: "Because stress is 6 and neck tension is
//! 7: soften first, then release."

use super::rule::{Answer, Decision};
use crate::checkin::{CheckIn, Rating};
use crate::names::{Area, Urgency, Wish};

/// The reason in one sentence.
pub fn sentence(check_in: &CheckIn, decision: &Decision) -> String {
    let advice = advice(decision);
    match cause(check_in, decision) {
        Some(cause) => format!("Because {cause}: {advice}."),
        None => format!("Nothing was told today: {advice}."),
    }
}

/// What is said beside the reason when something should be asked first (`content.md` 4.5).
pub const ASK_FIRST: &str = "Check with your therapist before deeper work.";

fn advice(decision: &Decision) -> &'static str {
    match (decision.rule, decision.answer) {
        (1, _) => "stop here and get help now",
        (2, _) => {
            "please do not treat this yourself; contact your doctor or advice line today, and tell your therapist"
        }
        (3, _) => {
            "please do not treat this yourself; contact your therapist or doctor, and only breathe gently until then"
        }
        (4, _) => "keep it soft today, and please tell your therapist",
        (7, _) => "calm first; we ask again afterwards",
        (8, Answer::Blend) => "soften first, then stretches and still holds only, as it is bedtime",
        (8, _) => "something soft, as it is bedtime",
        (_, Answer::Relaxation) => "something that calms",
        (_, Answer::Therapeutic) => "some focused work",
        (_, Answer::Blend) => "soften first, then release",
        (_, Answer::Maintenance) => "something short that keeps the gain",
        (_, Answer::Stop) => "stop here",
    }
}

fn cause(check_in: &CheckIn, decision: &Decision) -> Option<String> {
    match decision.rule {
        1 => return Some("of what you ticked on the safety list".to_owned()),
        2 if decision.urgency == Some(Urgency::Urgent) => {
            return Some("of what you told us about your safety".to_owned());
        }
        3 => return check_in.ratings.pain.map(|pain| format!("pain is {pain}")),
        4 => return Some("pain has risen at each of the last check-ins".to_owned()),
        _ => {}
    }
    let mut causes = Vec::new();
    if decision.rule == 9 {
        causes.push(match check_in.wish {
            Wish::Calm => "you would like to feel calmer".to_owned(),
            Wish::Ease => format!("you would like to ease your {}", places(&decision.open)),
            Wish::Both | Wish::Unsure => "you would like some of both".to_owned(),
        });
    } else {
        causes.extend(numbers(check_in, decision));
    }
    let locked: Vec<Area> = check_in
        .areas
        .iter()
        .copied()
        .filter(|area| !decision.open.contains(area))
        .collect();
    if !locked.is_empty() && matches!(decision.rule, 5..=13) {
        causes.push(format!(
            "your {} should be left alone today",
            places(&locked)
        ));
    }
    (!causes.is_empty()).then(|| list(&causes))
}

/// The ratings that took part.
fn numbers(check_in: &CheckIn, decision: &Decision) -> Vec<String> {
    let ratings = &check_in.ratings;
    let is =
        |name: &str, rating: Option<Rating>| rating.map(|rating| format!("{name} is {rating}"));
    let mut numbers: Vec<String> = is("stress", ratings.stress).into_iter().collect();
    if decision.rule != 7 {
        numbers.extend(
            ratings
                .sleep
                .map(|sleep| format!("last night's sleep was {sleep}")),
        );
        if !decision.open.is_empty() {
            let place = places(&decision.open);
            numbers.extend(
                ratings
                    .tension
                    .map(|tension| format!("tension in your {place} is {tension}")),
            );
            numbers.extend(is("pain", ratings.pain));
        } else if ratings.stress.is_none() && ratings.sleep.is_none() {
            numbers.extend(is("tension", ratings.tension));
        }
    }
    numbers
}

/// The areas as a person says them: "neck and chest".
pub fn places(areas: &[Area]) -> String {
    list(&areas.iter().map(|&area| plain(area)).collect::<Vec<_>>())
}

/// Words in a sentence: "stress, sleep and pain".
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn plain(area: Area) -> String {
    match area {
        Area::SkullBase => "base of the skull".to_owned(),
        Area::BackOfShoulder => "back of the shoulder".to_owned(),
        Area::Whole => "whole body".to_owned(),
        Area::HipFlexors => "front of the hips".to_owned(),
        other => other.kebab().replace('-', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkin::Ratings;
    use crate::recommend::Thresholds;
    use crate::recommend::rule::decide;

    #[track_caller]
    fn case(check_in: CheckIn, expected: &str) {
        let decision = decide(&check_in, &check_in.limits(), &Thresholds::default());
        assert_eq!(sentence(&check_in, &decision), expected);
    }

    fn told(stress: u8, tension: u8, areas: &[Area]) -> CheckIn {
        let ratings = Ratings {
            stress: Rating::new(stress),
            tension: Rating::new(tension),
            ..Ratings::default()
        };
        CheckIn {
            ratings,
            areas: areas.to_vec(),
            ..CheckIn::default()
        }
    }

    #[test]
    fn reasons_read_like_sentences() {
        case(
            CheckIn::default(),
            "Nothing was told today: something short that keeps the gain.",
        );
        case(
            told(6, 7, &[Area::Neck]),
            "Because stress is 6 and tension in your neck is 7: soften first, then release.",
        );
        case(
            told(9, 7, &[Area::Neck]),
            "Because stress is 9: calm first; we ask again afterwards.",
        );
        case(
            CheckIn {
                locked: vec![Area::Neck],
                ..told(2, 7, &[Area::Neck])
            },
            "Because stress is 2 and your neck should be left alone today: something short that keeps the gain.",
        );
        case(
            CheckIn {
                wish: Wish::Ease,
                ..told(2, 2, &[Area::Calves, Area::Soles])
            },
            "Because you would like to ease your calves and soles: some focused work.",
        );
    }
}
