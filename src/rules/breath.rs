//! Rules about breathing (`content.md` 1.1, 1.2, 1.4 and R-46). Over-breathing is the hidden side effect of slow pacing
//! [Szul19b]; one sentence halves it [Szul19a].

use crate::diagnostic::{Level, Rule};
use crate::routine::kind::Breathe;
use crate::routine::{Breath, Do};

use super::range::{self, Range, short};
use super::report::Report;
use super::view::{Placed, View};
use super::{Check, Entry};

/// Breaths a minute.
const RATE: Range = Range(3.0, 12.0);
/// Seconds in; a top-up is a short second one.
const IN: Range = Range(1.0, 8.0);
/// Seconds out.
const OUT: Range = Range(2.0, 12.0);
/// Seconds held.
const HOLD: Range = Range(0.0, 8.0);
/// A hold longer than this is that of 4-7-8: at most eight breaths [Weil478].
const LONG_HOLD: f64 = 5.0;
/// Most breaths with a long hold [Weil478].
const LONG_HOLDS: u32 = 8;
/// Seconds of change from stage to stage: a second is usual, two is what the blends of `content.md` 3 do.
const CHANGE: f64 = 2.0;
/// A first pace slower than this, in breaths a minute, wants a ramp (`content.md` 1.1).
const SLOW: f64 = 8.0;
/// Paced breathing up to so many seconds needs no ramp.
const NO_RAMP: f64 = 90.0;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW130",
            level: Level::Error,
            summary: "A breath is too fast or too slow",
            explanation: "Paced breaths are 3 to 12 a minute, usually 4.5 to 6.5: the sum of all parts is 5 to 20 seconds.",
            wrong: "(do: Breathe(pattern: (inhale: 1, exhale: 2), breaths: 6))",
            right: "(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: 6))",
        },
        check: Check::Written(rate),
    },
    Entry {
        rule: Rule {
            code: "RW131",
            level: Level::Error,
            summary: "A part of a breath is too short or too long",
            explanation: "In 1 to 8 seconds (usually 3 to 5), out 2 to 12 (4 to 8), held at most 8 (0).",
            wrong: "(do: Breathe(pattern: (inhale: 5, hold: 9, exhale: 5), breaths: 4))",
            right: "(do: Breathe(pattern: (inhale: 5, exhale: 5), breaths: 4))",
        },
        check: Check::Written(parts),
    },
    Entry {
        rule: Rule {
            code: "RW132",
            level: Level::Error,
            summary: "A ramp goes too fast",
            explanation: "From one stage to the next no part of the breath changes by more than two seconds; one is usual, for every \
                          three to five breaths. Lengthen the out-breath first.",
            wrong: "(do: Breathe(ramp: [(inhale: 3, exhale: 3, breaths: 3)], pattern: (inhale: 4, exhale: 6), breaths: 6))",
            right: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 3), (inhale: 4, exhale: 5, breaths: 3)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 6))",
        },
        check: Check::Written(ramp),
    },
    Entry {
        rule: Rule {
            code: "RW133",
            level: Level::Warning,
            summary: "Slow breathing begins without a ramp",
            explanation: "The first paced breathing begins at 8 to 10 breaths a minute and slows down over a minute or two. \
                          Going straight to six makes beginners breathe too much.",
            wrong: "(do: Breathe(pattern: (inhale: 4, exhale: 6), breaths: 12))",
            right: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5), (inhale: 4, exhale: 5, breaths: 5)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 6))",
        },
        check: Check::Written(no_ramp),
    },
    Entry {
        rule: Rule {
            code: "RW134",
            level: Level::Error,
            summary: "A held breath has no hold-free variation",
            explanation: "Pregnancy, heart, lung, eye and other conditions remove every hold by themselves. So whatever holds the breath \
                          is replaced or dropped by a variation with the name \"hold-free\", which holds nothing: four in, six out is usual.",
            wrong: "(name: \"box\", do: Breathe(pattern: (inhale: 4, hold: 4, exhale: 4, empty: 4), breaths: 5))",
            right: "variations: [(name: \"hold-free\", replace: [(step: \"box\", with: [(do: Breathe(pattern: (inhale: 4, exhale: 6), \
                    breaths: 8))])])],\n(name: \"box\", do: Breathe(pattern: (inhale: 4, hold: 4, exhale: 4, empty: 4), breaths: 5))",
        },
        check: Check::Written(hold_without_twin),
    },
    Entry {
        rule: Rule {
            code: "RW135",
            level: Level::Error,
            summary: "Too many breaths with a long hold",
            explanation: "A hold of more than five seconds, as in 4-7-8, is done four times, later at most eight times.",
            wrong: "variations: [(name: \"hold-free\", drop: [\"478\"])],\n\
                    (name: \"478\", do: Breathe(pattern: (inhale: 4, hold: 7, exhale: 8), breaths: 20))",
            right: "variations: [(name: \"hold-free\", drop: [\"478\"])],\n\
                    (name: \"478\", do: Breathe(pattern: (inhale: 4, hold: 7, exhale: 8), breaths: 4))",
        },
        check: Check::Written(many_long_holds),
    },
    Entry {
        rule: Rule {
            code: "RW136",
            level: Level::Error,
            summary: "A breathing step says too little or too much",
            explanation: "Either `natural: true` with a `length`, or a `pattern` with `breaths` or with `length`.",
            wrong: "(do: Breathe(pattern: (inhale: 4, exhale: 6), natural: true, length: 60))",
            right: "(do: Breathe(natural: true, length: 60))",
        },
        check: Check::Written(contradiction),
    },
];

/// Seconds for each number of the pattern.
pub(super) fn count(breathe: &Breathe) -> f64 {
    breathe.count.unwrap_or(1.0)
}

/// All breaths of a step in seconds, stage by stage, each with its path within the step.
fn stages(breathe: &Breathe) -> impl Iterator<Item = (String, Breath)> + '_ {
    let seconds = move |breath: Breath| {
        let count = count(breathe);
        Breath {
            inhale: breath.inhale * count,
            top_up: breath.top_up * count,
            hold: breath.hold * count,
            exhale: breath.exhale * count,
            empty: breath.empty * count,
        }
    };
    let ramp = breathe
        .ramp
        .iter()
        .enumerate()
        .map(move |(i, stage)| (format!("do.ramp[{i}]"), seconds(stage.breath())));
    ramp.chain(
        breathe
            .pattern
            .map(|pattern| ("do.pattern".to_owned(), seconds(pattern))),
    )
}

fn each_breathe<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v Placed<'v>, &'v Breathe)> {
    view.steps
        .iter()
        .filter_map(|placed| match &placed.step.r#do {
            Do::Breathe(breathe) => Some((placed, breathe)),
            _ => None,
        })
}

fn rate(view: &View<'_>, report: &mut Report<'_>) {
    for (placed, breathe) in each_breathe(view) {
        for (path, breath) in stages(breathe) {
            let total = breath.total();
            if total > 0.0 && !RATE.holds(60.0 / total) {
                let Range(from, to) = RATE;
                report.at(
                    placed.field(&path),
                    format!(
                        "this breath lasts {} s, {} a minute; from {from} to {to} a minute is allowed",
                        short(total),
                        short(60.0 / total)
                    ),
                );
            }
        }
    }
}

fn parts(view: &View<'_>, report: &mut Report<'_>) {
    for (placed, breathe) in each_breathe(view) {
        // A slow count makes the numbers longer; the range is one of seconds, so the fix must be divided back.
        let plain = count(breathe) == 1.0;
        for (path, breath) in stages(breathe) {
            let parts = [
                ("inhale", "the breath in", breath.inhale, IN),
                ("exhale", "the breath out", breath.exhale, OUT),
                ("top_up", "the top-up", breath.top_up, Range(0.0, IN.1)),
                ("hold", "the hold", breath.hold, HOLD),
                ("empty", "the hold when empty", breath.empty, HOLD),
            ];
            for (field, what, secs, range) in parts {
                let path = placed.field(&format!("{path}.{field}"));
                if let Some(finding) = range::check(report, &path, what, " s", secs, range)
                    && !plain
                {
                    finding.change = None;
                }
            }
        }
    }
}

fn ramp(view: &View<'_>, report: &mut Report<'_>) {
    for (placed, breathe) in each_breathe(view) {
        let stages: Vec<_> = stages(breathe).collect();
        for pair in stages.windows(2) {
            let [(_, from), (path, to)] = pair else {
                continue;
            };
            let change = [
                to.inhale - from.inhale,
                to.top_up - from.top_up,
                to.hold - from.hold,
                to.exhale - from.exhale,
                to.empty - from.empty,
            ]
            .into_iter()
            .map(f64::abs)
            .fold(0.0, f64::max);
            if change > CHANGE + 0.0005 {
                report
                    .at(
                        placed.field(path),
                        format!("this stage changes the breath by {} s at once; at most {CHANGE} s is allowed", short(change)),
                    )
                    .note("put a stage between");
            }
        }
    }
}

fn no_ramp(view: &View<'_>, report: &mut Report<'_>) {
    let first = each_breathe(view)
        .find(|(placed, breathe)| placed.variation.is_none() && breathe.pattern.is_some());
    let Some((placed, breathe)) = first else {
        return;
    };
    let Some((_, start)) = stages(breathe).next() else {
        return;
    };
    let held = start.hold > 0.0 || start.empty > 0.0 || start.top_up > 0.0;
    // With a slow count the ramp is one of counts, from step to step.
    if !breathe.ramp.is_empty() || held || breathe.count.is_some() || start.total() <= 0.0 {
        return;
    }
    let secs = paced_secs(placed, breathe);
    if secs > NO_RAMP && 60.0 / start.total() < SLOW {
        report
            .at(
                placed.field("do"),
                format!("the first paced breathing goes straight to {} breaths a minute", short(60.0 / start.total())),
            )
            .note("begin with a `ramp` at 8 to 10 a minute, such as (inhale: 3, exhale: 4, breaths: 5)");
    }
}

/// The usual length of a paced step in seconds.
pub(super) fn paced_secs(placed: &Placed<'_>, breathe: &Breathe) -> f64 {
    let count = count(breathe);
    let Some(pattern) = breathe.pattern else {
        return 0.0;
    };
    let ramp: f64 = breathe
        .ramp
        .iter()
        .map(|stage| stage.breath().total() * f64::from(stage.breaths))
        .sum();
    match (breathe.breaths, breathe.length) {
        (Some(breaths), _) => (ramp + pattern.total() * f64::from(breaths.range().1)) * count,
        (None, Some(length)) => ramp * count + placed.secs(length).1,
        (None, None) => ramp * count,
    }
}

fn holds(breathe: &Breathe) -> bool {
    let held = |breath: Breath| breath.hold > 0.0 || breath.empty > 0.0;
    breathe.pattern.is_some_and(held) || breathe.ramp.iter().any(|stage| held(stage.breath()))
}

fn hold_without_twin(view: &View<'_>, report: &mut Report<'_>) {
    let twin = view
        .routine
        .variations
        .iter()
        .position(|variation| variation.name == "hold-free");
    for (placed, _) in each_breathe(view).filter(|(_, breathe)| holds(breathe)) {
        let freed = twin.is_some_and(|twin| {
            // A step of the twin itself must not hold; one of another variation is taken out with its named step.
            placed.variation != Some(twin) && is_changed_by(view, placed, twin)
        });
        if !freed {
            let message = if placed.variation.is_some() && placed.variation == twin {
                "the hold-free variation holds the breath"
            } else {
                "this holds the breath, and no variation `hold-free` takes it out"
            };
            report
                .at(placed.field("do"), message)
                .note("who should not hold the breath is led through the variation `hold-free` by itself; four in, six out is usual");
        }
    }
}

/// Whether a variation replaces or drops the step, a group around it, or what it stands in for.
fn is_changed_by(view: &View<'_>, placed: &Placed<'_>, twin: usize) -> bool {
    let variation = &view.routine.variations[twin];
    let changes = |name: &str| {
        variation.drop.iter().any(|dropped| dropped == name)
            || variation.replace.iter().any(|replace| replace.step == name)
    };
    let mut step = Some(placed);
    while let Some(placed) = step {
        if placed.step.name.as_deref().is_some_and(changes) {
            return true;
        }
        step = placed.group.map(|group| &view.steps[group]);
    }
    // What another variation brings in stands where this one's named step stood.
    placed.variation.is_some_and(|v| {
        view.routine.variations[v]
            .replace
            .iter()
            .any(|replace| changes(&replace.step))
    })
}

fn many_long_holds(view: &View<'_>, report: &mut Report<'_>) {
    for (placed, breathe) in each_breathe(view) {
        let (Some(pattern), Some(breaths)) = (breathe.pattern, breathe.breaths) else {
            continue;
        };
        let hold = pattern.hold.max(pattern.empty) * count(breathe);
        let (_, ideal, max) = breaths.range();
        if hold > LONG_HOLD && max > LONG_HOLDS {
            let path = if ideal == max {
                "do.breaths"
            } else {
                "do.breaths.max"
            };
            let message = format!(
                "with a hold of {} s at most {LONG_HOLDS} breaths are done, not {max}",
                short(hold)
            );
            report
                .at(placed.field(path), message)
                .guess(LONG_HOLDS.to_string());
        }
    }
}

fn contradiction(view: &View<'_>, report: &mut Report<'_>) {
    for (placed, breathe) in each_breathe(view) {
        let message = match (
            breathe.natural,
            breathe.pattern,
            breathe.breaths,
            breathe.length,
        ) {
            (true, Some(_), _, _) => "natural breathing has no pattern; leave one of them out",
            (true, None, Some(_), _) => "natural breathing is not counted; give it a `length`",
            (true, None, None, None) => "natural breathing needs a `length`",
            (false, None, _, _) => "write a `pattern`, or `natural: true`",
            (false, Some(_), Some(_), Some(_)) => "write `breaths` or `length`, not both",
            (false, Some(_), None, None) => "write how many `breaths`, or a `length`",
            _ => continue,
        };
        report.at(placed.field("do"), message);
    }
}
