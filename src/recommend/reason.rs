//! The reason for a recommendation, in one sentence that a client can check: "Because stress is 6 and neck tension is
//! 7: soften first, then release."

use super::rule::{Answer, Decision};
use crate::checkin::{CheckIn, Rating};
use crate::names::{Area, Wish};
use crate::words::{ReasonWords, Words};

/// The reason in one sentence.
pub fn sentence(check_in: &CheckIn, decision: &Decision, words: &Words) -> String {
    let advice = advice(decision, &words.reason);
    match cause(check_in, decision, words) {
        Some(cause) => words.fill(
            &words.reason.because,
            &[("cause", &cause), ("advice", &advice)],
        ),
        None if check_in.areas.is_empty() => {
            words.fill(&words.reason.nothing, &[("advice", &advice)])
        }
        None => words.fill(&words.reason.no_numbers, &[("advice", &advice)]),
    }
}

fn advice<'w>(decision: &Decision, words: &'w ReasonWords) -> &'w str {
    match (decision.rule, decision.answer) {
        (1, _) => &words.emergency,
        (2, _) => &words.urgent,
        (3, _) => &words.pain_stop,
        (4, _) => &words.rising,
        (7, _) => &words.calm_first,
        (8, Answer::Blend) => &words.bedtime_blend,
        (8, _) => &words.bedtime,
        (_, Answer::Relaxation) => &words.calm,
        (_, Answer::Therapeutic) => &words.focused,
        (_, Answer::Blend) => &words.blend,
        (_, Answer::Maintenance) => &words.short,
        (_, Answer::Stop) => &words.stop,
    }
}

fn cause(check_in: &CheckIn, decision: &Decision, words: &Words) -> Option<String> {
    let reason = &words.reason;
    match decision.rule {
        1 | 2 => return Some(reason.of_signs.clone()),
        3 => {
            let pain = check_in.ratings.pain?;
            return Some(words.fill(&reason.pain, &[("n", &pain)]));
        }
        4 => return Some(reason.of_rising.clone()),
        _ => {}
    }
    let mut causes = Vec::new();
    if decision.rule == 9 {
        causes.push(match check_in.wish {
            Wish::Calm => reason.wish_calm.clone(),
            Wish::Ease => {
                let place = words.places(&decision.open);
                words.fill(&reason.wish_ease, &[("place", &place)])
            }
            Wish::Both | Wish::Unsure => reason.wish_both.clone(),
        });
    } else {
        causes.extend(numbers(check_in, decision, words));
    }
    let locked: Vec<Area> = check_in
        .areas
        .iter()
        .copied()
        .filter(|area| !decision.open.contains(area))
        .collect();
    if !locked.is_empty() {
        let place = words.places(&locked);
        causes.push(words.fill(&reason.locked, &[("place", &place)]));
    }
    if causes.is_empty() {
        if !check_in.flags.is_empty() {
            return Some(reason.of_signs.clone());
        }
        if !check_in.ticks.is_empty() {
            return Some(reason.of_health.clone());
        }
        return None;
    }
    Some(words.list(&causes))
}

/// The ratings that were told.
fn numbers(check_in: &CheckIn, decision: &Decision, words: &Words) -> Vec<String> {
    let (ratings, reason) = (&check_in.ratings, &words.reason);
    let is = |text: &str, rating: Option<Rating>| {
        rating.map(|rating| words.fill(text, &[("n", &rating)]))
    };
    let mut numbers: Vec<String> = is(&reason.stress, ratings.stress).into_iter().collect();
    if decision.rule != 7 {
        numbers.extend(is(&reason.sleep, ratings.sleep));
        if decision.open.is_empty() {
            numbers.extend(is(&reason.tension, ratings.tension));
        } else {
            let place = words.places(&decision.open);
            let here = words.fill(&reason.tension_in, &[("place", &place)]);
            numbers.extend(is(&here, ratings.tension));
        }
        numbers.extend(is(&reason.pain, ratings.pain));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkin::Ratings;
    use crate::names::{Flag, Tag};
    use crate::recommend::Thresholds;
    use crate::recommend::rule::decide;
    use crate::words::Language;

    #[track_caller]
    fn case(check_in: CheckIn, expected: &str) {
        let decision = decide(&check_in, &check_in.limits(), &Thresholds::default());
        let words = Words::of(Language::English);
        assert_eq!(sentence(&check_in, &decision, words), expected);
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
            CheckIn {
                areas: vec![Area::Neck],
                ..CheckIn::default()
            },
            "You gave no numbers yet: something short that keeps the gain.",
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
            "Because stress is 2, tension is 7 and your neck should be left alone today: something short that keeps the gain.",
        );
        case(
            CheckIn {
                wish: Wish::Ease,
                ..told(2, 2, &[Area::Calves, Area::Soles])
            },
            "Because you would like to ease your calves and soles: some focused work.",
        );
    }

    #[test]
    fn whatever_was_told_is_said() {
        let pain = |pain, stress, baseline| CheckIn {
            ratings: Ratings {
                pain: Rating::new(pain),
                stress,
                ..Ratings::default()
            },
            baseline,
            ..CheckIn::default()
        };
        let short = |cause: &str| format!("Because {cause}: something short that keeps the gain.");
        case(pain(5, None, None), &short("pain is 5"));
        case(pain(9, None, Rating::new(8)), &short("pain is 9"));
        case(
            pain(7, Rating::new(1), None),
            &short("stress is 1 and pain is 7"),
        );
        case(
            CheckIn {
                ticks: vec![Tag::Fever.into()],
                ..CheckIn::default()
            },
            &short("of what you told us about your health"),
        );
        case(
            CheckIn {
                flags: vec![Flag::BruiseAfterSession],
                ..CheckIn::default()
            },
            &short("of what you ticked on the safety list"),
        );
    }

    #[test]
    fn reasons_are_given_in_spanish_too() {
        let check_in = told(6, 7, &[Area::Neck, Area::Chest]);
        let decision = decide(&check_in, &check_in.limits(), &Thresholds::default());
        assert_eq!(
            sentence(&check_in, &decision, Words::of(Language::Spanish)),
            "Porque el estrés es 6 y la tensión en el cuello y el pecho es 7: primero ablandar, luego soltar."
        );
    }
}
