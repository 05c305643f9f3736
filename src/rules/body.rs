//! Rules about places on the body: where nothing presses, and which technique does not go with which area
//! (`content.md` 2.1, 2.3 and the no-press map of 2.4).

use crate::diagnostic::{Level, Rule};
use crate::names::{Area, Tool};
use crate::routine::{CueKind, Do};

use super::report::Report;
use super::text;
use super::view::{Placed, View};
use super::words::english;
use super::{Check, Entry};

/// Where nothing presses [`ABMPend`, Shariff23, Cho19]: words of a `spot` or `path`.
const NO_PRESS: &[&str] = &[
    "front of the neck",
    "side of the neck",
    "sides of the neck",
    "throat",
    "windpipe",
    "carotid*",
    "jugular*",
    "artery",
    "arteries",
    "eyeball*",
    "arm pit*",
    "eye",
    "eyes",
    "eyelid*",
    "armpit*",
    "inner elbow",
    "elbow crease",
    "crease of the elbow",
    "funny bone",
    "breast",
    "breasts",
    "kidney*",
    "low ribs",
    "lowest ribs",
    "floating rib*",
    "belly",
    "stomach",
    "abdomen",
    "navel",
    "groin*",
    "behind the knee",
    "back of the knee",
    "hollow of the knee",
    "spine",
    "vertebra*",
    "tailbone",
    "kneecap*",
    "collarbone",
    "achilles",
    "lump*",
    "vein",
    "veins",
    "bruise*",
    "ear canal",
];
/// Words that point away from the place they name: "below the collarbone", "either side of the spine".
const AWAY: &[&str] = &[
    "below", "above", "beside", "between", "either", "outside", "off", "from", "to", "towards",
    "toward", "near", "next", "under", "not", "never", "away", "past", "out", "and", "over",
    "before", "short", "avoid", "avoiding", "along",
];
/// What no roller goes over (`content.md` 2.1: not on joints, low back, neck).
const NO_ROLL: &[&str] = &[
    "low back",
    "lower back",
    "lumbar",
    "neck",
    "throat",
    "knee",
    "knees",
    "elbow*",
    "ankle*",
    "shin*",
    "spine",
];
/// Areas whose routines never roll.
const NEVER_ROLLED: &[Area] = &[
    Area::Jaw,
    Area::SkullBase,
    Area::Neck,
    Area::LowBack,
    Area::Belly,
    Area::Face,
    Area::Head,
];

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW154",
            level: Level::Error,
            summary: "A press goes where nothing presses",
            explanation: "Nothing presses on the front or side of the neck, eyes, throat, armpit, inner elbow, breast, kidneys and lowest \
                          ribs, belly, groin, the hollow of the knee, the bones of the spine, or any lump, vein or new bruise. \
                          To say where a spot lies, say it from there: \"two fingers out from the spine\", \"below the collarbone\".",
            wrong: "(do: Press(spot: \"the hollow of the knee\", length: 30, pressure: (3, 4)))",
            right: "(do: Press(spot: \"the calf muscle, a hand below the hollow of the knee\", length: 30, pressure: (3, 4)))",
        },
        check: Check::Written(no_press),
    },
    Entry {
        rule: Rule {
            code: "RW155",
            level: Level::Error,
            summary: "This technique does not go with this area",
            explanation: "No roller on the neck, the low back or a joint; on the inner thigh only lightly (at most 4). No ball on jaw, \
                          neck or belly: hands, or a pair of balls under the skull with the head's own weight. \
                          Low back: a soft ball at the wall, beside the spine.",
            wrong: "areas: [LowBack],\n(do: Roll(path: \"up and down the low back\", pass: 3, length: 45, pressure: (4, 5)))",
            right: "areas: [MidBack],\n(do: Roll(path: \"across the shoulder blades\", pass: 3, length: 45, pressure: (4, 5)))",
        },
        check: Check::Written(technique),
    },
    Entry {
        rule: Rule {
            code: "RW156",
            level: Level::Warning,
            summary: "Calves are worked without asking for the signs of a clot",
            explanation: "Before a calf is pressed, rolled or glided, every time, a safety line says not to when one leg is swollen, \
                          warm, red or throbbing.",
            wrong: "areas: [Calves],\n(do: Press(spot: \"the calf muscle\", length: 60, pressure: (4, 5)))",
            right: "areas: [Calves],\n(do: Press(spot: \"the calf muscle\", length: 60, pressure: (4, 5)), set_up: 15, \
                    say: [(set_up: 0.3, kind: Safety, text: \"One leg swollen, warm, or red? Stop here, and call your doctor.\")])",
        },
        check: Check::Written(clot_gate),
    },
];

/// The place that a step presses, rolls or melts, with its field.
fn spot<'a>(placed: &Placed<'a>) -> Option<(&'static str, &'a str)> {
    match &placed.step.r#do {
        Do::Press(press) => Some(("do.spot", &press.spot)),
        Do::Melt(melt) => Some(("do.spot", &melt.spot)),
        Do::Roll(roll) => Some(("do.path", &roll.path)),
        // A light stroke may go anywhere; a deep glide presses.
        Do::Stroke(stroke) if stroke.pressure.1.0 > 3 => Some(("do.path", &stroke.path)),
        _ => None,
    }
}

/// The first phrase of a list that a text names as the place itself, not as a place to stay away from.
fn names(text: &str, phrases: &[&'static str]) -> Option<&'static str> {
    let words = text::words(text);
    for i in 0..words.len() {
        let Some(phrase) = phrases
            .iter()
            .find(|phrase| text::begins(&words[i..], phrase))
        else {
            continue;
        };
        let before = &words[i.saturating_sub(5)..i];
        if !before.iter().any(|(_, word)| AWAY.contains(&word.as_str())) {
            return Some(phrase);
        }
    }
    None
}

fn no_press(view: &View<'_>, report: &mut Report<'_>) {
    if !english(view) {
        return;
    }
    for placed in &view.steps {
        let Some((field, text)) = spot(placed) else {
            continue;
        };
        if let Some(phrase) = names(text, NO_PRESS) {
            report
                .at(placed.field(field), format!("nothing presses here: {}", phrase.trim_end_matches('*')))
                .note("move the spot onto muscle, or say it from there: “two fingers out from the spine”");
        }
    }
}

fn technique(view: &View<'_>, report: &mut Report<'_>) {
    let areas = view.routine.areas_spread();
    let only = |list: &[Area]| !areas.is_empty() && areas.iter().all(|area| list.contains(area));
    for placed in &view.steps {
        if let Do::Roll(roll) = &placed.step.r#do {
            if let Some(phrase) = names(&roll.path, NO_ROLL).filter(|_| english(view)) {
                let phrase = phrase.trim_end_matches('*');
                report.at(
                    placed.field("do.path"),
                    format!("no roller goes over this: {phrase}"),
                );
            } else if only(NEVER_ROLLED) {
                report.at(placed.field("do"), "none of this routine's areas is rolled");
            }
            if only(&[Area::InnerThighs]) && roll.pressure.1.0 > 4 {
                let lo = roll.pressure.0.0.min(4);
                report
                    .at(
                        placed.field("do.pressure"),
                        "the inner thigh is rolled lightly, at most 4 on the dial",
                    )
                    .guess(format!("({lo}, 4)"));
            }
        }
        let tool = match &placed.step.r#do {
            Do::Press(press) => press.tool,
            Do::Melt(melt) => melt.tool,
            _ => None,
        };
        let ball = matches!(tool, Some(Tool::Ball | Tool::FirmBall | Tool::Roller));
        if ball
            && only(&[
                Area::Jaw,
                Area::SkullBase,
                Area::Neck,
                Area::Belly,
                Area::Face,
                Area::Head,
            ])
        {
            let shoulder = spot(placed).is_some_and(|(_, text)| text.contains("shoulder"));
            if !shoulder {
                report
                    .at(placed.field("do.tool"), "no single ball or roller on the neck, jaw, head or belly; hands only")
                    .note("a `BallPair` under the skull, with the head's own weight, is the one exception");
            }
        }
    }
}

fn clot_gate(view: &View<'_>, report: &mut Report<'_>) {
    if !english(view) || !view.routine.areas_spread().contains(&Area::Calves) {
        return;
    }
    let works = |placed: &&Placed<'_>| {
        let calf = view.routine.areas_spread().len() <= 2
            || spot(placed).is_some_and(|(_, text)| text.to_lowercase().contains("cal"));
        calf && spot(placed).is_some()
    };
    let Some(first) = view.own().find(works) else {
        return;
    };
    let asked = view.own().flat_map(|placed| &placed.step.say).any(|cue| {
        cue.kind == CueKind::Safety
            && text::words(&cue.text).iter().any(|(_, word)| {
                ["swollen", "swelling", "clot", "throbbing"].contains(&word.as_str())
            })
    });
    if !asked {
        report
            .at(
                first.field("do"),
                "the calf is worked, and no safety line asks for the signs of a clot",
            )
            .note(
                "say, before it: “One leg swollen, warm, or red? Stop here, and call your doctor.”",
            );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(names(text, NO_PRESS), expected, "{text}");
    }

    #[test]
    fn a_place_to_stay_away_from_is_not_the_place_itself() {
        case("the hollow of the knee", Some("hollow of the knee"));
        case("right on the spine", Some("spine"));
        case("the front of the neck", Some("front of the neck"));
        case(
            "the soft hollows under the skull, either side of the spine",
            None,
        );
        case("the muscle between shoulder blade and spine", None);
        case("the chest muscle, below the outer collarbone", None);
        case("the muscle between neck and shoulder", None);
        case("two fingers out from the spine", None);
        case("the buttock muscle", None);
        case("the calf muscle", None);
    }
}
