//! The grammar of a blend (`content.md` 3): soften, then a choice, then release, then integrate.

use crate::diagnostic::{Level, Rule};
use crate::names::Style;
use crate::routine::{Do, SectionKind};

use super::report::Report;
use super::view::View;
use super::{Check, Entry};

/// Highest on the dial before the bridge (`content.md` 3).
const SOFT: u8 = 3;

/// A small blend in the right order.
pub(super) const WHOLE: &str = "style: Blend,
(section: Soften, steps: [(do: Stroke(path: \"knee to hip\", cm: 30, seconds: 8, times: 6, pressure: (2, 3)))]),
(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"soft\", estimate: 10))]),
(section: Release, when: \"soft\", steps: [(do: Rest(length: 40))]),
(section: Release, when: \"deeper\", steps: [(do: Move(times: 5, seconds: 8))]),
(section: Integrate, steps: [(do: Rest(length: 20))])";

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW178",
            level: Level::Error,
            summary: "A blend does not go from soft to deep and back",
            explanation: "A blend has the sections Soften, Bridge, Release and Integrate in this order, Arrive before them and Close after \
                          them. The body meets softness first and is let go slowly.",
            wrong: "style: Blend,\n\
                    (section: Arrive, steps: [(do: Rest(length: 30), say: [(at: 1, kind: Safety, text: \"Stop if anything is sharp.\")])]),\n\
                    (section: Release, steps: [(do: Stretch(length: 30, pressure: (4, 5)))]),\n\
                    (section: Integrate, steps: [(do: Rest(length: 30))])",
            right: WHOLE,
        },
        check: Check::Written(order),
    },
    Entry {
        rule: Rule {
            code: "RW179",
            level: Level::Error,
            summary: "The bridge of a blend has no real choice",
            explanation: "At the bridge a person chooses to stay soft or to go deeper, both work and last equally long, and silence stays \
                          soft: Choose(options: [\"soft\", \"deeper\"], silence: \"soft\"). The soft way presses at most 3 and uses no tool.",
            wrong: "style: Blend,\n(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"deeper\", estimate: 5))]),\n\
                    (section: Release, when: \"soft\", steps: [(do: Rest(length: 30))]),\n\
                    (section: Release, when: \"deeper\", steps: [(do: Stretch(length: 30, pressure: (4, 5)))]),\n\
                    (section: Integrate, steps: [(do: Rest(length: 30))])",
            right: WHOLE,
        },
        check: Check::Written(bridge),
    },
    Entry {
        rule: Rule {
            code: "RW180",
            level: Level::Error,
            summary: "Before the bridge of a blend it is not soft",
            explanation: "Until the bridge a blend uses no tools, presses at most 3 on the dial, and neither presses nor rolls.",
            wrong: "style: Blend,\n(section: Soften, steps: [(do: Stroke(path: \"knee to hip\", cm: 30, seconds: 8, times: 6, pressure: (3, 5)))])",
            right: WHOLE,
        },
        check: Check::Written(not_soft),
    },
];

fn order(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.style != Style::Blend {
        return;
    }
    let sections = &view.routine.sections;
    for (s, pair) in sections.windows(2).enumerate() {
        if pair[1].section < pair[0].section {
            report.at(
                format!("sections[{}].section", s + 1),
                format!(
                    "{} does not come after {}",
                    pair[1].section.kebab(),
                    pair[0].section.kebab()
                ),
            );
        }
    }
    for kind in [
        SectionKind::Soften,
        SectionKind::Bridge,
        SectionKind::Release,
        SectionKind::Integrate,
    ] {
        if !sections.iter().any(|section| section.section == kind) {
            report.at(
                "sections",
                format!("a blend has a section {}", kind.kebab()),
            );
        }
    }
}

fn bridge(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.style != Style::Blend {
        return;
    }
    let in_bridge: Vec<_> = view
        .own()
        .filter(|placed| placed.section == SectionKind::Bridge)
        .collect();
    if in_bridge.is_empty() {
        return;
    }
    let choice = in_bridge.iter().find_map(|placed| match &placed.step.r#do {
        Do::Choose(choose) => Some((placed, choose)),
        _ => None,
    });
    let Some((placed, choose)) = choice else {
        report
            .at(&*in_bridge[0].path, "the bridge offers no choice")
            .note("add a `Choose` with the options \"soft\" and \"deeper\"");
        return;
    };
    // The soft way is the one that silence takes; it must be soft.
    let deep = view.own().find(|step| {
        let pressed = super::touch::band(step.step).is_some_and(|(band, _)| band.1.0 > SOFT);
        step.when == Some(choose.silence.as_str())
            && (pressed || matches!(step.step.r#do, Do::Press(_) | Do::Roll(_)))
    });
    if let Some(deep) = deep {
        report
            .at(
                placed.field("do.silence"),
                format!(
                    "silence must stay soft, but `{}` goes deeper",
                    choose.silence
                ),
            )
            .note(format!("at `{}`", deep.path));
    }
}

fn not_soft(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.style != Style::Blend {
        return;
    }
    for placed in view
        .steps
        .iter()
        .filter(|placed| placed.section < SectionKind::Bridge)
    {
        let tool = match &placed.step.r#do {
            Do::Press(_) | Do::Roll(_) => true,
            Do::Melt(melt) => melt.tool.is_some(),
            _ => false,
        };
        if tool {
            report.at(
                placed.field("do"),
                "before the bridge nothing presses or rolls, and no tool is used",
            );
        } else if let Some((band, _)) = super::touch::band(placed.step)
            && band.1.0 > SOFT
        {
            report
                .at(
                    placed.field("do.pressure"),
                    format!(
                        "before the bridge at most {SOFT} on the dial, not {}",
                        band.1.0
                    ),
                )
                .guess(format!("({}, {SOFT})", band.0.0.min(SOFT)));
        }
    }
}
