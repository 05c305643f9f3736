//! Rules about left and right (`content.md` 5.4, R-30): what is done on one side is done on the other.

use crate::diagnostic::{Level, Rule};
use crate::routine::{Section, Side, Step};

use super::report::{Report, What};
use super::view::View;
use super::{Check, Entry};

/// Whether a change of sides is ever played rests on the whole step.
pub(super) const IDLE_SWITCH: &str = "RW159";

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW157",
            level: Level::Error,
            summary: "One side gets more than the other, and nobody says why",
            explanation: "Left and right are worked equally, to the frame. Write `side: Each` or `EasierFirst` on one step instead of two \
                          steps. To give one side more on purpose: `extra: (side: Tighter, sets: 1, why: \"...\")`.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), side: Left)",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8)",
        },
        check: Check::Written(unequal),
    },
    Entry {
        rule: Rule {
            code: "RW158",
            level: Level::Error,
            summary: "An extra set has no reason, or no side to be on",
            explanation: "`extra` gives one side more, says why, and stands on a step that is done on both sides in turn.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8, extra: (side: Tighter, sets: 1, why: \"\"))",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8, \
                    extra: (side: Tighter, sets: 1, why: \"The tighter side may take one more.\"))",
        },
        check: Check::Written(extra),
    },
    Entry {
        rule: Rule {
            code: IDLE_SWITCH,
            level: Level::Warning,
            summary: "A change of sides on a step that has no second side",
            explanation: "`switch` is the time between the sides; without `side: Each` or `EasierFirst` it is never played.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), switch: 8)",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8)",
        },
        check: Check::Written(idle_switch),
    },
];

fn unequal(view: &View<'_>, report: &mut Report<'_>) {
    for (s, section) in view.routine.sections.iter().enumerate() {
        for (i, step) in section.steps.iter().enumerate() {
            let other = match step.side {
                Some(Side::Left) => Side::Right,
                Some(Side::Right) => Side::Left,
                _ => continue,
            };
            if !has_twin(section, step, other) {
                let path = format!("sections[{s}].steps[{i}].side");
                report
                    .at(
                        &path,
                        format!(
                            "this is done on the {} side only",
                            if other == Side::Left { "right" } else { "left" }
                        ),
                    )
                    .change(
                        "do it on both sides in turn",
                        path,
                        What::Set("Each".to_owned()),
                    )
                    .unsure();
            }
        }
    }
}

/// Whether as many steps do the same on the other side as on this one.
fn has_twin(section: &Section, step: &Step, other: Side) -> bool {
    let count = |side| {
        section
            .steps
            .iter()
            .filter(|twin| twin.side == Some(side) && twin.r#do == step.r#do)
            .count()
    };
    count(other) == step.side.map_or(0, count)
}

fn extra(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Some(extra) = &placed.step.extra else {
            continue;
        };
        if extra.why.trim().is_empty() {
            report.at(placed.field("extra.why"), "say why one side gets more");
        }
        if !placed.own_two_sides() {
            report.at(
                placed.field("extra"),
                "only a step with `side: Each` or `EasierFirst` can give one side more",
            );
        } else if !(1..=3).contains(&extra.sets) {
            report
                .at(placed.field("extra.sets"), "one to three sets more")
                .guess(extra.sets.clamp(1, 3).to_string());
        }
    }
}

fn idle_switch(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if placed.step.switch.is_some() && !placed.own_two_sides() {
            report
                .at(
                    placed.field("switch"),
                    "this change of sides is never played: the step has no second side",
                )
                .change("take it out", placed.field("switch"), What::Remove)
                .unsure();
        }
    }
}
