//! Rules about lengths and counts: what no routine needs (`authoring.md` D1), and what would be no length at all.

use crate::diagnostic::{Level, Rule};
use crate::routine::{Count, Do, FORMAT, Length};
use crate::units::Secs;

use super::range::short;
use super::report::Report;
use super::view::{Placed, View};
use super::{Check, Entry};

/// Most rounds, sets and times (`authoring.md` D1).
const REPEAT: u32 = 100;
/// Most breaths of a step: an hour of the quickest breath.
const BREATHS: u32 = 720;
/// Longest step in seconds (`authoring.md` D1).
const STEP: f64 = 3_600.0;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW120",
            level: Level::Error,
            summary: "Something is repeated more than 100 times",
            explanation: "No body needs more than 100 rounds, sets or strokes in one step, nor more than 720 breaths.",
            wrong: "(do: Move(times: 4000000000, seconds: 5))",
            right: "(do: Move(times: 8, seconds: 5))",
        },
        check: Check::Written(repeats),
    },
    Entry {
        rule: Rule {
            code: "RW121",
            level: Level::Error,
            summary: "A step is longer than an hour",
            explanation: "A step lasts at most 3 600 seconds. Lengths are seconds: write 90 for a minute and a half.",
            wrong: "(do: Rest(length: 36000))",
            right: "(do: Rest(length: 36))",
        },
        check: Check::Written(too_long),
    },
    Entry {
        rule: Rule {
            code: "RW122",
            level: Level::Error,
            summary: "A length or a count is zero or below",
            explanation: "What lasts no time cannot be done. Leave out what should not be there.",
            wrong: "(do: Rest(length: -30))",
            right: "(do: Rest(length: 30))",
        },
        check: Check::Written(nothing),
    },
    Entry {
        rule: Rule {
            code: "RW123",
            level: Level::Error,
            summary: "The usual length does not lie between the shortest and the longest",
            explanation: "An elastic length or count is written (min: 20, ideal: 30, max: 60), from small to large.",
            wrong: "(do: Rest(length: (min: 60, ideal: 30, max: 20)))",
            right: "(do: Rest(length: (min: 20, ideal: 30, max: 60)))",
        },
        check: Check::Written(disorder),
    },
    Entry {
        rule: Rule {
            code: "RW124",
            level: Level::Error,
            summary: "A priority is not 1, 2 or 3",
            explanation: "When a routine is made shorter or longer, steps of priority 3 give first and those of 1 last; 2 is usual.",
            wrong: "(do: Rest(length: (min: 20, ideal: 30, max: 60)), priority: 0)",
            right: "(do: Rest(length: (min: 20, ideal: 30, max: 60)), priority: 3)",
        },
        check: Check::Written(priority),
    },
    Entry {
        rule: Rule {
            code: "RW125",
            level: Level::Error,
            summary: "The change of sides is too short or too long",
            explanation: "Changing sides takes 4 to 30 seconds, usually 8. Where hands only swap, leave the switch out.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 2)",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8)",
        },
        check: Check::Written(switch),
    },
    Entry {
        rule: Rule {
            code: "RW126",
            level: Level::Error,
            summary: "A length in breaths without a breath",
            explanation: "`(breaths: 5)` is counted by the step's own `breath: (inhale, exhale)`. Write it on the same step.",
            wrong: "(do: Rest(length: (breaths: 5)))",
            right: "(do: Rest(length: (breaths: 5)), breath: (inhale: 4, exhale: 6))",
        },
        check: Check::Written(breathless),
    },
    Entry {
        rule: Rule {
            code: "RW127",
            level: Level::Error,
            summary: "There is no such format",
            explanation: "The first format is 1; `format:` says in which one the file is written.",
            wrong: "format: 0,",
            right: "format: 1,",
        },
        check: Check::Written(no_format),
    },
];

/// The counts of a step, each with its field and the most that it may be.
fn counts(placed: &Placed<'_>) -> Vec<(&'static str, Count, u32)> {
    match &placed.step.r#do {
        Do::Breathe(breathe) => breathe
            .breaths
            .map(|breaths| ("do.breaths", breaths, BREATHS))
            .into_iter()
            .collect(),
        Do::Roll(roll) => roll
            .sets
            .map(|sets| ("do.sets", sets, REPEAT))
            .into_iter()
            .collect(),
        Do::Stroke(stroke) => vec![("do.times", stroke.times, REPEAT)],
        Do::Stretch(stretch) => stretch
            .times
            .map(|times| ("do.times", times, REPEAT))
            .into_iter()
            .collect(),
        Do::ContractRelax(contract) => vec![("do.times", contract.times, REPEAT)],
        Do::Move(moves) => vec![("do.times", moves.times, REPEAT)],
        Do::TenseRelease(tense) => tense
            .times
            .map(|times| ("do.times", times, REPEAT))
            .into_iter()
            .collect(),
        Do::Group(group) => group
            .times
            .map(|times| ("do.times", times, REPEAT))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The length of a step, with its field.
pub(super) fn length(placed: &Placed<'_>) -> Option<(&'static str, Length)> {
    match &placed.step.r#do {
        Do::Rest(rest) => Some(("do.length", rest.length)),
        Do::Say(say) => say.length.map(|length| ("do.length", length)),
        Do::Breathe(breathe) => breathe.length.map(|length| ("do.length", length)),
        Do::Press(press) => Some(("do.length", press.length)),
        Do::Melt(melt) => Some(("do.length", melt.length)),
        Do::Roll(roll) => Some(("do.length", roll.length)),
        Do::Stretch(stretch) => Some(("do.length", stretch.length)),
        Do::Scan(scan) => Some(("do.each", scan.each)),
        _ => None,
    }
}

/// The plain seconds of a step, each with its field and whether it may be 0.
fn plain(placed: &Placed<'_>) -> Vec<(&'static str, Secs, bool)> {
    let step = placed.step;
    let mut found = Vec::new();
    let mut put =
        |field, secs: Option<Secs>, zero| found.extend(secs.map(|secs| (field, secs, zero)));
    put("set_up", step.set_up, true);
    put("switch", step.switch, true);
    match &step.r#do {
        Do::Rest(rest) => put("do.bell", rest.bell, false),
        Do::Roll(roll) => {
            put("do.pass", Some(roll.pass), false);
            put("do.between", roll.between, true);
        }
        Do::Stroke(stroke) => put("do.seconds", Some(stroke.seconds), false),
        Do::Stretch(stretch) => put("do.between", stretch.between, true),
        Do::ContractRelax(contract) => {
            put("do.push", contract.push, false);
            put("do.ease", contract.ease, false);
            put("do.stretch", contract.stretch, false);
            put("do.rest", contract.rest, true);
            put("do.after", contract.after, true);
        }
        Do::Move(moves) => put("do.seconds", Some(moves.seconds), false),
        Do::TenseRelease(tense) => {
            put("do.tense", tense.tense, false);
            put("do.release", tense.release, false);
        }
        Do::Ask(ask) => {
            put("do.estimate", Some(ask.estimate), false);
            put("do.time_out", ask.time_out, false);
        }
        Do::Wait(wait) => {
            put("do.estimate", Some(wait.estimate), false);
            put("do.time_out", wait.time_out, false);
        }
        Do::Choose(choose) => {
            put("do.estimate", Some(choose.estimate), false);
            put("do.time_out", choose.time_out, false);
        }
        Do::Group(group) => put("do.between", group.between, true),
        _ => {}
    }
    found
}

fn repeats(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        for (field, count, most) in counts(placed) {
            let (_, _, max) = count.range();
            if max > most {
                let path = match count {
                    Count::Fixed(_) => placed.field(field),
                    Count::Elastic { .. } => placed.field(&format!("{field}.max")),
                };
                report
                    .at(
                        path,
                        format!("{max} is more than anybody does; at most {most} are allowed"),
                    )
                    .guess(most.to_string());
            }
        }
    }
}

fn too_long(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Some((field, length)) = length(placed) {
            let (_, _, max) = placed.secs(length);
            if max > STEP {
                let path = match length {
                    Length::Elastic { .. } => placed.field(&format!("{field}.max")),
                    _ => placed.field(field),
                };
                let message = format!(
                    "{} s are longer than an hour; a step lasts at most {STEP} s",
                    short(max)
                );
                report.at(path, message).guess(short(STEP));
            }
        }
        for (field, secs, _) in plain(placed) {
            if secs.0 > STEP {
                let message = format!(
                    "{} s are longer than an hour; a step lasts at most {STEP} s",
                    short(secs.0)
                );
                report.at(placed.field(field), message).guess(short(STEP));
            }
        }
    }
}

fn nothing(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Some((field, length)) = length(placed) {
            let (min, ideal, _) = placed.secs(length);
            let rest = matches!(placed.step.r#do, Do::Rest(_));
            // A rest may shrink to nothing; anything else must be there.
            if min < 0.0
                || (ideal <= 0.0 && !matches!(length, Length::Breaths(_)))
                || (min == 0.0 && !rest && ideal > 0.0)
            {
                report.at(placed.field(field), "this length must be above 0 seconds");
            }
        }
        for (field, secs, zero) in plain(placed) {
            if secs.0 < 0.0 || (secs.0 == 0.0 && !zero) {
                report.at(
                    placed.field(field),
                    format!("{} s is no length; it must be above 0", short(secs.0)),
                );
            }
        }
        for (field, count, _) in counts(placed) {
            if count.range().0 == 0 {
                report
                    .at(placed.field(field), "this must happen at least once")
                    .guess("1");
            }
        }
    }
}

fn disorder(view: &View<'_>, report: &mut Report<'_>) {
    let message = "from small to large: `min`, then `ideal`, then `max`";
    for placed in &view.steps {
        if let Some((field, Length::Elastic { min, ideal, max })) = length(placed)
            && !(min <= ideal && ideal <= max)
        {
            report.at(placed.field(field), message);
        }
        for (field, count, _) in counts(placed) {
            let (min, ideal, max) = count.range();
            if !(min <= ideal && ideal <= max) {
                report.at(placed.field(field), message);
            }
        }
    }
}

fn no_format(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.format == 0 {
        report
            .at("format", "the first format is 1")
            .set(FORMAT.to_string());
    }
}

fn priority(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Some(priority) = placed
            .step
            .priority
            .filter(|priority| !(1..=3).contains(priority))
        {
            let nearest = priority.clamp(1, 3);
            report
                .at(placed.field("priority"), "a priority is 1, 2 or 3")
                .guess(nearest.to_string());
        }
    }
}

fn switch(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Some(switch) = placed.step.switch.filter(|switch| switch.0 > 0.0) else {
            continue;
        };
        super::range::check(
            report,
            &placed.field("switch"),
            "the change of sides",
            " s",
            switch.0,
            super::range::Range(4.0, 30.0),
        );
    }
}

fn breathless(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        if let Some((field, Length::Breaths(_))) = length(placed)
            && placed.step.breath.is_none()
        {
            report
                .at(
                    placed.field(field),
                    "a length in breaths needs the step's `breath`",
                )
                .note("write, for example, `breath: (inhale: 4, exhale: 6)` on the same step");
        }
    }
}
