//! Rules about trust: review, sources, after-care, pictures.

use crate::diagnostic::{Level, Rule};
use crate::routine::{Do, Seen};

use super::report::Report;
use super::view::View;
use super::{Check, Entry};

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW100",
            level: Level::Note,
            summary: "Nobody has reviewed this routine",
            explanation: "A routine is a draft until a therapist has checked it and put their name, credential and the date on it. \
                          It can be played and tried; it cannot be given to a client.",
            wrong: "author: \"Ada\",",
            right: "review: (name: \"Ada Example\", credential: \"LMT\", date: \"2026-11-25\", digest: \"0\"),",
        },
        check: Check::Written(unreviewed),
    },
    Entry {
        rule: Rule {
            code: "RW101",
            level: Level::Error,
            summary: "A date of the review is not a date",
            explanation: "Dates are written as year, month, day: \"2026-11-25\". `until` lies after `date`.",
            wrong: "review: (name: \"Ada Example\", credential: \"LMT\", date: \"25 Nov 2026\", digest: \"0\"),",
            right: "review: (name: \"Ada Example\", credential: \"LMT\", date: \"2026-11-25\", digest: \"0\"),",
        },
        check: Check::Written(dates),
    },
    Entry {
        rule: Rule {
            code: "RW102",
            level: Level::Warning,
            summary: "A number stands on memory alone",
            explanation: "All sources of this step are marked `seen: Memory`. Open one of them again, or mark it as what it is: \
                          the practice of the studio.",
            wrong: "sources: [(of: \"work\", says: \"30 s\", cite: \"Garber11\", grade: B, seen: Memory)],",
            right: "sources: [(of: \"work\", says: \"30 s\", cite: \"Garber11\", grade: B, seen: Abstract)],",
        },
        check: Check::Written(memory_only),
    },
    Entry {
        rule: Rule {
            code: "RW103",
            level: Level::Warning,
            summary: "Nothing is said about the hours after",
            explanation: "After pressure or stretching about one in ten people feels a mild ache within a day. \
                          `after_care` says so, and when to tell the therapist.",
            wrong: "after_care: \"\",\n(do: Stretch(length: 30, pressure: (4, 5)), pose: \"lean\"), (do: Rest(length: 20))",
            right: "after_care: \"You may feel a mild ache for a day. If it lasts longer, tell your therapist.\",",
        },
        check: Check::Written(no_after_care),
    },
    Entry {
        rule: Rule {
            code: "RW104",
            level: Level::Note,
            summary: "A step has no picture",
            explanation: "`pose` is the id of the picture that shows where hands and tool go. Without one the player shows the pebble.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)))",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), pose: \"ear-to-shoulder\")",
        },
        check: Check::Written(no_picture),
    },
];

fn unreviewed(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.review.is_none() {
        report.at("title", "nobody has reviewed this routine; it is a draft");
    }
}

fn dates(view: &View<'_>, report: &mut Report<'_>) {
    let Some(review) = &view.routine.review else {
        return;
    };
    let date = |text: &str| {
        text.parse::<jiff::civil::Date>()
            .ok()
            .filter(|_| text.len() == 10)
    };
    let from = date(&review.date);
    if from.is_none() {
        report.at(
            "review.date",
            "write the date as year, month, day: \"2026-11-25\"",
        );
    }
    if let Some(until) = &review.until {
        match (from, date(until)) {
            (_, None) => {
                report.at(
                    "review.until",
                    "write the date as year, month, day: \"2027-11-25\"",
                );
            }
            (Some(from), Some(until)) if until <= from => {
                report.at("review.until", "the review runs out before it begins");
            }
            _ => {}
        }
    }
}

fn memory_only(view: &View<'_>, report: &mut Report<'_>) {
    let sources = &view.routine.sources;
    for (i, source) in sources
        .iter()
        .enumerate()
        .filter(|(_, source)| source.seen == Seen::Memory)
    {
        let alone = sources
            .iter()
            .filter(|other| other.of == source.of)
            .all(|other| other.seen == Seen::Memory);
        let first = sources.iter().position(|other| other.of == source.of) == Some(i);
        if alone && first {
            report.at(
                format!("sources[{i}].seen"),
                format!("what is said about `{}` stands on memory alone", source.of),
            );
        }
    }
}

fn no_after_care(view: &View<'_>, report: &mut Report<'_>) {
    let said = view
        .routine
        .after_care
        .as_ref()
        .is_some_and(|text| !text.trim().is_empty());
    if view.works_deep() && !said {
        let path = if view.routine.after_care.is_some() {
            "after_care"
        } else {
            "title"
        };
        report.at(path, "this routine presses or stretches, and says nothing about the hours after").note(
            "add `after_care: \"You may feel a mild ache for a day. If it lasts longer, tell your therapist.\"`",
        );
    }
}

fn no_picture(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let shown = placed.works_deep() || matches!(placed.step.r#do, Do::Stroke(_) | Do::Move(_));
        let around = placed
            .group
            .is_some_and(|group| view.steps[group].step.pose.is_some());
        if shown && placed.step.pose.is_none() && !around {
            report.at(placed.field("do"), "this step has no picture (`pose`)");
        }
    }
}
