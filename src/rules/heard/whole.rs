//! Rules about the whole of what is heard: its length, its safety line, the shares of a blend.

use crate::diagnostic::{Level, Rule};
use crate::names::Style;
use crate::routine::{CueKind, SectionKind};
use crate::rules::range::{Range, short};
use crate::rules::report::{Report, What};
use crate::rules::{Check, Entry};
use crate::timeline::Timeline;

use super::Heard;

/// Within so many seconds the first safety line is said.
const SAFETY: f64 = 60.0;
/// Shares of a blend's time; the check-in moves them (`content.md` 3 and 4.4), so they are wider than the usual ones.
const SOFTEN: Range = Range(0.28, 0.62);
const RELEASE: Range = Range(0.18, 0.55);
const INTEGRATE: Range = Range(0.10, 0.25);
/// Seconds of the bridge (`content.md` 3).
const BRIDGE: Range = Range(10.0, 40.0);

pub(in crate::rules) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW191",
            level: Level::Error,
            summary: "No safety line is said in the first minute",
            explanation: "A routine that presses or stretches says within its first 60 seconds when to stop: \
                          \"Stop any time, if something is sharp, tingles, or feels wrong.\" Mark the line `kind: Safety`: \
                          it is never left out.",
            wrong: "(section: Arrive, steps: [(do: Rest(length: 90), say: [(at: 70, kind: Safety, text: \"Stop if anything is sharp.\")])]),\n\
                    (section: Release, steps: [(do: Stretch(length: 30, pressure: (4, 5))), (do: Rest(length: 30))])",
            right: "(section: Arrive, steps: [(do: Rest(length: 90), say: [(at: 10, kind: Safety, text: \"Stop if anything is sharp.\")])]),\n\
                    (section: Release, steps: [(do: Stretch(length: 30, pressure: (4, 5))), (do: Rest(length: 30))])",
        },
        check: Check::Heard(safety),
    },
    Entry {
        rule: Rule {
            code: "RW192",
            level: Level::Error,
            summary: "The declared minutes are not the length of the routine",
            explanation: "`minutes` is what the author means it to last; the sum of all steps at their usual length must come to it, within \
                          half a minute.",
            wrong: "minutes: 9,",
            right: "minutes: 2,",
        },
        check: Check::Heard(minutes),
    },
    Entry {
        rule: Rule {
            code: "RW193",
            level: Level::Warning,
            summary: "The parts of a blend are out of proportion",
            explanation: "Usually 35 to 45 % soften (30 to 60 by check-in), a bridge of 10 to 40 seconds, 35 to 50 % release and \
                          12 to 20 % integrate. Arriving counts as softening, closing as integrating.",
            wrong: "style: Blend,\n(section: Soften, steps: [(do: Rest(length: 30))])",
            right: crate::rules::blend::WHOLE,
        },
        check: Check::Heard(shares),
    },
];

fn safety(heard: &Heard<'_>, report: &mut Report<'_>) {
    if !heard.view.works_deep() {
        return;
    }
    let said = heard.lines().any(|(event, line)| {
        line.kind == CueKind::Safety && line.spoken && event.at.secs() < SAFETY
    });
    if !said {
        report
            .at("sections[0]", "nothing says in the first minute when to stop")
            .note("add, in the first step: (at: 12, kind: Safety, text: \"Stop any time, if something is sharp, tingles, or feels wrong.\")");
    }
}

fn minutes(heard: &Heard<'_>, report: &mut Report<'_>) {
    let Some(minutes) = heard.view.routine.minutes.filter(|_| heard.plain) else {
        return;
    };
    let secs = heard.timeline.total.secs();
    if (minutes * 60.0 - secs).abs() >= 30.0 {
        let whole = (secs / 60.0).round().max(1.0);
        report
            .at(
                "minutes",
                format!(
                    "it lasts {} ({} s), not {} minutes",
                    heard.timeline.total,
                    short(secs),
                    short(minutes)
                ),
            )
            .change(format!("write {whole}"), "minutes", What::Set(short(whole)))
            // The number may be right, and a length mistyped.
            .unsure();
    }
}

/// A part of a blend with its share of the whole.
pub(in crate::rules) struct Part {
    what: &'static str,
    share: f64,
    usual: Range,
}

impl Part {
    /// Whether it is neither too long nor too short.
    pub(in crate::rules) fn is_usual(&self) -> bool {
        self.usual.holds(self.share)
    }
}

/// The parts of a blend.
pub(in crate::rules) fn parts(timeline: &Timeline) -> [Part; 3] {
    let part = |what, sections: &[SectionKind], usual| Part {
        what,
        share: secs(timeline, sections) / timeline.total.secs(),
        usual,
    };
    [
        part(
            "softening",
            &[SectionKind::Arrive, SectionKind::Soften],
            SOFTEN,
        ),
        part("release", &[SectionKind::Release], RELEASE),
        part(
            "integrating",
            &[SectionKind::Integrate, SectionKind::Close],
            INTEGRATE,
        ),
    ]
}

/// How long these sections last together.
fn secs(timeline: &Timeline, sections: &[SectionKind]) -> f64 {
    let segments = timeline.segments.iter();
    let of_these = segments.filter(|segment| sections.contains(&segment.section));
    of_these.map(|segment| segment.frames.secs()).sum()
}

fn shares(heard: &Heard<'_>, report: &mut Report<'_>) {
    if heard.style() != Style::Blend || !heard.plain || heard.timeline.total.is_zero() {
        return;
    }
    for part in parts(heard.timeline) {
        if !part.is_usual() {
            let (from, to) = (short(part.usual.0 * 100.0), short(part.usual.1 * 100.0));
            report.at(
                "sections",
                format!(
                    "{} takes {} % of the time; {from} to {to} % is usual",
                    part.what,
                    short((part.share * 100.0).round())
                ),
            );
        }
    }
    let bridge = secs(heard.timeline, &[SectionKind::Bridge]);
    if bridge > 0.0 && !BRIDGE.holds(bridge) {
        report.at(
            "sections",
            format!(
                "the bridge takes {} s; {} to {} s is usual",
                short(bridge),
                BRIDGE.0,
                BRIDGE.1
            ),
        );
    }
}
