//! Rules about hands, tools and stretches: doses (`content.md` 2.1 and R-46) and the pressure dial (2.2).

use crate::diagnostic::{Level, Rule};
use crate::names::Style;
use crate::routine::{Do, Length};
use crate::units::Band;

use super::range::{self, Range, short};
use super::report::Report;
use super::view::{Placed, View};
use super::{Check, Entry};

/// Highest place on the dial that a file may ask for, and only where a therapist assigned it (`content.md` 2.2).
const HARD: u8 = 7;
/// The dial's soft limit at home (`content.md` 2.2).
const SOFT: u8 = 6;
/// Relaxation asks for no more than this (`content.md` 4.4).
const RELAXED: u8 = 3;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW140",
            level: Level::Error,
            summary: "The pressure is above the cap",
            explanation: "On the dial 8 to 10 is too much for anybody, and 7 is the edge. Melting asks for at most 5, rolling and gliding \
                          for at most 6, relaxation for at most 3. From the lower to the higher: `pressure: (4, 6)`.",
            wrong: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (6, 9), tool: Ball))",
            right: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: Ball))",
        },
        check: Check::Written(pressure),
    },
    Entry {
        rule: Rule {
            code: "RW141",
            level: Level::Warning,
            summary: "The pressure is at the edge",
            explanation: "7 on the dial is only for people whose therapist has assigned it, which a plan does. In a routine 6 is plenty.",
            wrong: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (5, 7), tool: Ball))",
            right: "(do: Press(spot: \"the buttock muscle\", length: 45, pressure: (4, 6), tool: Ball))",
        },
        check: Check::Written(edge),
    },
    Entry {
        rule: Rule {
            code: "RW142",
            level: Level::Error,
            summary: "A press is too short or too long",
            explanation: "Press and wait 10 to 90 seconds, usually 30 to 60. More than 90 seconds in one spot has injured nerves.",
            wrong: "(do: Press(spot: \"the buttock muscle\", length: 120, pressure: (4, 6), tool: Ball))",
            right: "(do: Press(spot: \"the buttock muscle\", length: 90, pressure: (4, 6), tool: Ball))",
        },
        check: Check::Written(press),
    },
    Entry {
        rule: Rule {
            code: "RW143",
            level: Level::Error,
            summary: "A melt is too short or too long",
            explanation: "Lean and melt 60 to 180 seconds, usually 90 to 120.",
            wrong: "(do: Melt(spot: \"the buttock muscle\", length: 20, pressure: (3, 4), tool: Ball))",
            right: "(do: Melt(spot: \"the buttock muscle\", length: 90, pressure: (3, 4), tool: Ball))",
        },
        check: Check::Written(melt),
    },
    Entry {
        rule: Rule {
            code: "RW144",
            level: Level::Error,
            summary: "A roll is outside its dose",
            explanation: "A set lasts 20 to 120 seconds (usually 30 to 60), a pass one way 2 to 6 seconds (3), one to three sets.",
            wrong: "(do: Roll(path: \"along the outer hip muscle\", pass: 1, length: 45, pressure: (4, 5)))",
            right: "(do: Roll(path: \"along the outer hip muscle\", pass: 3, length: 45, pressure: (4, 5)))",
        },
        check: Check::Written(roll),
    },
    Entry {
        rule: Rule {
            code: "RW145",
            level: Level::Error,
            summary: "A stretch is outside its dose",
            explanation: "10 to 90 seconds (usually 30), one to four times; up to twelve times where each is 15 seconds or less.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5), times: 6))",
            right: "(do: Stretch(length: 30, pressure: (4, 5), times: 3))",
        },
        check: Check::Written(stretch),
    },
    Entry {
        rule: Rule {
            code: "RW146",
            level: Level::Error,
            summary: "A contract–relax is outside its dose",
            explanation: "Push 3 to 10 seconds (6) at 10 to 50 % of your strength (33), ease 2 to 6 (4), stretch 10 to 30 (20), \
                          rest 5 to 60 or not at all, at most four rounds.",
            wrong: "(do: ContractRelax(push: 20, effort: 90, times: 2))",
            right: "(do: ContractRelax(push: 6, effort: 33, times: 2))",
        },
        check: Check::Written(contract_relax),
    },
    Entry {
        rule: Rule {
            code: "RW147",
            level: Level::Error,
            summary: "A stroke is too fast or too slow",
            explanation: "1 to 10 centimetres a second, usually 3 to 5: its length in `cm` divided by its `seconds`. \
                          Slow deep glides are strokes of 10 to 20 seconds, at most eight of them.",
            wrong: "(do: Stroke(path: \"knee to hip\", cm: 40, seconds: 2, times: 6, pressure: (2, 3)))",
            right: "(do: Stroke(path: \"knee to hip\", cm: 40, seconds: 8, times: 6, pressure: (2, 3)))",
        },
        check: Check::Written(stroke),
    },
    Entry {
        rule: Rule {
            code: "RW148",
            level: Level::Error,
            summary: "A rest between sets is too short or too long",
            explanation: "5 to 60 seconds, usually 10 to 30; from 2 where each stretch is 15 seconds or less.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 1))",
            right: "(do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10))",
        },
        check: Check::Written(between),
    },
    Entry {
        rule: Rule {
            code: "RW149",
            level: Level::Error,
            summary: "A tense-and-release, a scan or a grounding is outside its dose",
            explanation: "Tense 4 to 8 seconds (6), let go 10 to 40 (24); rest the attention 10 to 90 seconds in each region (20 to 40); \
                          3 to 30 seconds for each thing that a sense finds (8 to 10), one to ten things.",
            wrong: "(do: TenseRelease(groups: [\"hands\"], tense: 15, release: 24))",
            right: "(do: TenseRelease(groups: [\"hands\"], tense: 6, release: 24))",
        },
        check: Check::Written(attention),
    },
];

/// The pressure that a step asks for, with what its technique allows.
pub(super) fn band(step: &crate::routine::Step) -> Option<(Band, u8)> {
    match &step.r#do {
        Do::Press(press) => Some((press.pressure, HARD)),
        Do::Melt(melt) => Some((melt.pressure, 5)),
        Do::Roll(roll) => Some((roll.pressure, SOFT)),
        Do::Stroke(stroke) => Some((stroke.pressure, SOFT)),
        Do::Stretch(stretch) => Some((stretch.pressure, HARD)),
        Do::ContractRelax(contract) => contract.pressure.map(|pressure| (pressure, HARD)),
        _ => None,
    }
}

fn pressure(view: &View<'_>, report: &mut Report<'_>) {
    let relaxed = view.routine.style == Style::Relaxation;
    for placed in &view.steps {
        let Some((band, cap)) = band(placed.step) else {
            continue;
        };
        let cap = if relaxed { RELAXED } else { cap };
        let path = placed.field("do.pressure");
        let (lo, hi) = (band.0.0, band.1.0);
        if lo > hi {
            report
                .at(path, format!("from the lower to the higher: ({hi}, {lo})"))
                .set(format!("({hi}, {lo})"));
        } else if hi > cap {
            let why = if relaxed {
                "in a relaxation routine".to_owned()
            } else {
                format!("for a {}", placed.step.r#do.kebab())
            };
            report
                .at(
                    path,
                    format!("{hi} on the dial is too much {why}; at most {cap} is allowed"),
                )
                .guess(format!("({}, {cap})", lo.min(cap)));
        }
    }
}

fn edge(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.style == Style::Relaxation {
        return;
    }
    for placed in &view.steps {
        if let Some((band, HARD)) = band(placed.step)
            && band.1.0 == HARD
        {
            report
                .at(
                    placed.field("do.pressure"),
                    "7 on the dial is the edge; leave it to a therapist's plan",
                )
                .guess(format!("({}, {SOFT})", band.0.0.min(SOFT)));
        }
    }
}

/// Reports a length of a step that is outside its range.
fn length(
    report: &mut Report<'_>,
    placed: &Placed<'_>,
    field: &str,
    what: &str,
    length: Length,
    range: Range,
) {
    range::check_length(
        report,
        &placed.field(field),
        what,
        placed.secs(length),
        range,
    );
}

fn press(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Do::Press(press) = &placed.step.r#do {
            length(
                report,
                placed,
                "do.length",
                "a press",
                press.length,
                Range(10.0, 90.0),
            );
        }
    }
}

fn melt(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Do::Melt(melt) = &placed.step.r#do {
            length(
                report,
                placed,
                "do.length",
                "a melt",
                melt.length,
                Range(60.0, 180.0),
            );
        }
    }
}

fn roll(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Do::Roll(roll) = &placed.step.r#do {
            length(
                report,
                placed,
                "do.length",
                "a set",
                roll.length,
                Range(20.0, 120.0),
            );
            range::check(
                report,
                &placed.field("do.pass"),
                "a pass",
                " s",
                roll.pass.0,
                Range(2.0, 6.0),
            );
            let (_, _, sets) = roll.sets.unwrap_or_default().range();
            if sets > 3 {
                report
                    .at(
                        placed.field("do.sets"),
                        format!("{sets} sets are too many; one to three are done"),
                    )
                    .guess("3");
            }
        }
    }
}

fn stretch(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Do::Stretch(stretch) = &placed.step.r#do {
            length(
                report,
                placed,
                "do.length",
                "a stretch",
                stretch.length,
                Range(10.0, 90.0),
            );
            let (_, _, times) = stretch.times.unwrap_or_default().range();
            let (_, _, longest) = placed.secs(stretch.length);
            let most = if longest <= 15.0 { 12 } else { 4 };
            if times > most {
                let message = format!(
                    "{times} times are too many for {} s each; at most {most} are done",
                    short(longest)
                );
                report
                    .at(placed.field("do.times"), message)
                    .guess(most.to_string());
            }
        }
    }
}

fn contract_relax(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Do::ContractRelax(contract) = &placed.step.r#do else {
            continue;
        };
        let parts = [
            ("push", "the push", contract.push, Range(3.0, 10.0)),
            ("ease", "letting go", contract.ease, Range(2.0, 6.0)),
            (
                "stretch",
                "the stretch",
                contract.stretch,
                Range(10.0, 30.0),
            ),
            (
                "rest",
                "the rest",
                contract.rest.filter(|rest| rest.0 > 0.0),
                Range(5.0, 60.0),
            ),
        ];
        for (field, what, secs, range) in parts {
            if let Some(secs) = secs {
                range::check(
                    report,
                    &placed.field(&format!("do.{field}")),
                    what,
                    " s",
                    secs.0,
                    range,
                );
            }
        }
        if let Some(effort) = contract.effort {
            range::check(
                report,
                &placed.field("do.effort"),
                "the effort",
                " %",
                effort,
                Range(10.0, 50.0),
            );
        }
        let (_, _, times) = contract.times.range();
        if times > 4 {
            report
                .at(
                    placed.field("do.times"),
                    format!("{times} rounds are too many; two or three are usual"),
                )
                .guess("3");
        }
    }
}

fn stroke(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Do::Stroke(stroke) = &placed.step.r#do else {
            continue;
        };
        if stroke.seconds.0 > 0.0 {
            let speed = stroke.cm / stroke.seconds.0;
            if let Some(finding) = range::check(
                report,
                &placed.field("do.seconds"),
                "the speed",
                " cm a second",
                speed,
                Range(1.0, 10.0),
            ) {
                finding.change = None;
            }
        }
        let (_, _, times) = stroke.times.range();
        if stroke.seconds.0 >= 10.0 && stroke.pressure.1.0 > RELAXED && times > 8 {
            report
                .at(
                    placed.field("do.times"),
                    format!("{times} deep glides are too many; at most 8 are done"),
                )
                .guess("8");
        }
    }
}

fn between(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let (between, short) = match &placed.step.r#do {
            Do::Roll(roll) => (roll.between, false),
            Do::Stretch(stretch) => (stretch.between, placed.secs(stretch.length).2 <= 15.0),
            _ => continue,
        };
        if let Some(between) = between {
            let range = Range(if short { 2.0 } else { 5.0 }, 60.0);
            range::check(
                report,
                &placed.field("do.between"),
                "the rest between",
                " s",
                between.0,
                range,
            );
        }
    }
}

fn attention(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        match &placed.step.r#do {
            Do::TenseRelease(tense) => {
                let parts = [
                    ("tense", "tensing", tense.tense, Range(4.0, 8.0)),
                    ("release", "letting go", tense.release, Range(10.0, 40.0)),
                ];
                for (field, what, secs, range) in parts {
                    if let Some(secs) = secs {
                        range::check(
                            report,
                            &placed.field(&format!("do.{field}")),
                            what,
                            " s",
                            secs.0,
                            range,
                        );
                    }
                }
            }
            Do::Scan(scan) => {
                length(
                    report,
                    placed,
                    "do.each",
                    "a region",
                    scan.each,
                    Range(10.0, 90.0),
                );
            }
            Do::Ground(ground) => {
                for (i, item) in ground.items.iter().enumerate() {
                    let path = placed.field(&format!("do.items[{i}]"));
                    if !Range(3.0, 30.0).holds(item.2.0) {
                        report.at(
                            &path,
                            format!(
                                "{} s for each thing; from 3 to 30 s is allowed",
                                short(item.2.0)
                            ),
                        );
                    } else if !(1..=10).contains(&item.1) {
                        report.at(
                            &path,
                            format!("{} things to find; from 1 to 10 is allowed", item.1),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}
