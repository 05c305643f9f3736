//! Rules about what a session adds up to: spots pressed, minutes of stretch, firm tools, days between
//! (`content.md` 2.1).

use crate::diagnostic::{Level, Rule};
use crate::names::{Level as Demand, Tool};
use crate::routine::Do;

use super::range::short;
use super::report::Report;
use super::view::{Placed, View};
use super::{Check, Entry};

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW150",
            level: Level::Warning,
            summary: "More than four spots are pressed",
            explanation: "One session presses at most four spots a side, each at most twice; after that the body only braces.",
            wrong: "(do: Group(times: 3, steps: [(do: Press(spot: \"the buttock muscle\", length: 30, pressure: (4, 5), tool: Ball))]))",
            right: "(do: Group(times: 2, steps: [(do: Press(spot: \"the buttock muscle\", length: 30, pressure: (4, 5), tool: Ball))]))",
        },
        check: Check::Written(spots),
    },
    Entry {
        rule: Rule {
            code: "RW151",
            level: Level::Warning,
            summary: "The same muscle is stretched for more than four minutes",
            explanation: "The gain of a stretch levels off at about four minutes a muscle in one session. \
                          Steps with the same picture count together; each side counts for itself.",
            wrong: "(do: Stretch(length: 80, pressure: (4, 5), times: 4))",
            right: "(do: Stretch(length: 60, pressure: (4, 5), times: 4))",
        },
        check: Check::Written(same_muscle),
    },
    Entry {
        rule: Rule {
            code: "RW152",
            level: Level::Warning,
            summary: "A firm ball is for the deeper variation",
            explanation: "Begin with a soft ball. A firm one is for a routine of level Deeper, or for its variation \"deeper\".",
            wrong: "tools: [FirmBall],\n(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: FirmBall))",
            right: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: Ball))",
        },
        check: Check::Written(firm_ball),
    },
    Entry {
        rule: Rule {
            code: "RW153",
            level: Level::Warning,
            summary: "The same spot is pressed again within a day",
            explanation: "A pressed spot wants at least 24 hours before it is pressed again; every other day is best.",
            wrong: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: Ball), again_after: 6)",
            right: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: Ball), again_after: 24)",
        },
        check: Check::Written(again),
    },
];

/// How many rounds the groups around a step make of it.
fn rounds(view: &View<'_>, placed: &Placed<'_>) -> u32 {
    let mut rounds = 1_u32;
    let mut group = placed.group;
    while let Some(index) = group {
        if let Do::Group(around) = &view.steps[index].step.r#do {
            rounds = rounds.saturating_mul(around.times.unwrap_or_default().range().1);
        }
        group = view.steps[index].group;
    }
    rounds
}

fn spots(view: &View<'_>, report: &mut Report<'_>) {
    let presses: Vec<_> = view
        .own()
        .filter(|placed| matches!(placed.step.r#do, Do::Press(_)))
        .collect();
    for placed in &presses {
        let rounds = rounds(view, placed);
        if rounds > 2 {
            report.at(
                placed.field("do"),
                format!("this spot is pressed {rounds} times; at most twice is enough"),
            );
        }
    }
    let mut branches: Vec<Option<&str>> = presses.iter().map(|placed| placed.when).collect();
    branches.dedup();
    for branch in branches {
        let played: Vec<_> = presses
            .iter()
            .filter(|placed| placed.when.is_none() || placed.when == branch)
            .collect();
        if played.len() > 4 {
            report.at(
                played[4].field("do"),
                format!(
                    "{} spots are pressed; at most four in one session",
                    played.len()
                ),
            );
            return;
        }
    }
}

fn same_muscle(view: &View<'_>, report: &mut Report<'_>) {
    const MOST: f64 = 240.0;
    let mut muscles: Vec<(&str, f64)> = Vec::new();
    for placed in view.own() {
        let secs = match &placed.step.r#do {
            Do::Stretch(stretch) => {
                placed.secs(stretch.length).1
                    * f64::from(stretch.times.unwrap_or_default().range().1)
            }
            Do::ContractRelax(contract) => {
                contract.stretch.map_or(20.0, |secs| secs.0) * f64::from(contract.times.range().1)
            }
            _ => continue,
        } * f64::from(rounds(view, placed));
        let muscle = placed.step.pose.as_deref().unwrap_or(&placed.path);
        let total = if let Some((_, total)) = muscles.iter_mut().find(|(known, _)| *known == muscle)
        {
            *total += secs;
            *total
        } else {
            muscles.push((muscle, secs));
            secs
        };
        if total > MOST && total - secs <= MOST {
            report.at(
                placed.field("do"),
                format!(
                    "this muscle is stretched for {} s; after {MOST} s nothing more is gained",
                    short(total)
                ),
            );
        }
    }
}

fn firm_ball(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.level == Demand::Deeper {
        return;
    }
    for placed in &view.steps {
        let firm = match &placed.step.r#do {
            Do::Press(press) => press.tool == Some(Tool::FirmBall),
            Do::Melt(melt) => melt.tool == Some(Tool::FirmBall),
            Do::Roll(roll) => roll.tool == Some(Tool::FirmBall),
            _ => false,
        };
        let deeper = placed
            .variation
            .is_some_and(|v| view.routine.variations[v].name == "deeper");
        if firm && !deeper {
            report
                .at(
                    placed.field("do.tool"),
                    "a firm ball is for the deeper variation; begin with a soft one",
                )
                .guess("Ball");
        }
    }
}

fn again(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let press = matches!(placed.step.r#do, Do::Press(_));
        if let Some(hours) = placed
            .step
            .again_after
            .filter(|hours| press && *hours < 24.0)
        {
            report
                .at(
                    placed.field("again_after"),
                    format!(
                        "a pressed spot needs a day of rest, not {} hours",
                        short(hours)
                    ),
                )
                .guess("24");
        }
    }
}
