//! Rules about names that point at something: steps, variations, options, tools.

use std::collections::BTreeMap;

use crate::diagnostic::{Level, Rule};
use crate::names::Tool;
use crate::routine::Do;
use crate::wording::{List, nearest};

use super::report::{Report, What};
use super::view::View;
use super::{Check, Entry};

/// Most characters of a name or id (`format.md` 1).
const NAME: usize = 60;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW110",
            level: Level::Error,
            summary: "Two steps have the same name",
            explanation: "A name is there so that something can point at the step: a variation, a caution, a source. \
                          Two steps of one name cannot be told apart. Steps of different variations may share one.",
            wrong: "(name: \"rest\", do: Rest(length: 30)),\n(name: \"rest\", do: Rest(length: 20))",
            right: "(name: \"rest\", do: Rest(length: 30)),\n(name: \"rest-again\", do: Rest(length: 20))",
        },
        check: Check::Written(same_name),
    },
    Entry {
        rule: Rule {
            code: "RW111",
            level: Level::Error,
            summary: "Two variations have the same name",
            explanation: "The variation is chosen by its name. Put what belongs together into one of them, or rename the other.",
            wrong: "variations: [(name: \"easier\", drop: [\"work\"]), (name: \"easier\", drop: [\"work\"])],",
            right: "variations: [(name: \"easier\", drop: [\"work\"])],",
        },
        check: Check::Written(same_variation),
    },
    Entry {
        rule: Rule {
            code: "RW112",
            level: Level::Error,
            summary: "A name is not written in small letters and hyphens",
            explanation: "Names of steps, variations, options, poses and routines are small letters, digits and hyphens, \
                          at most 60 of them: \"hands-on-heart\". What a person reads is the `title`.",
            wrong: "(name: \"Hands on heart\", do: Rest(length: 30))",
            right: "(name: \"hands-on-heart\", title: \"Hands on heart\", do: Rest(length: 30))",
        },
        check: Check::Written(not_kebab),
    },
    Entry {
        rule: Rule {
            code: "RW113",
            level: Level::Error,
            summary: "A source speaks of a step that is not there",
            explanation: "`of` is the name of the step whose numbers the source supports. Give the step that `name`, or correct the `of`.",
            wrong: "sources: [(of: \"squeze\", says: \"30 to 60 s\", cite: \"Hou02\", grade: B)],",
            right: "sources: [(of: \"work\", says: \"30 to 60 s\", cite: \"Hou02\", grade: B)],",
        },
        check: Check::Written(source_of_nothing),
    },
    Entry {
        rule: Rule {
            code: "RW114",
            level: Level::Error,
            summary: "A caution points at a variation or a step that is not there",
            explanation: "`use` is the name of one of this file's variations, `drop` the names of its steps. A caution that points at \
                          nothing would leave the person without the change that keeps them safe.",
            wrong: "cautions: [(tag: BloodThinner, use: \"light\")],",
            right: "cautions: [(tag: BloodThinner, drop: [\"work\"])],",
        },
        check: Check::Written(caution_of_nothing),
    },
    Entry {
        rule: Rule {
            code: "RW115",
            level: Level::Error,
            summary: "A variation changes a step that is not there",
            explanation: "A variation replaces or drops whole steps by their names. When a step is renamed, its variations must be too.",
            wrong: "variations: [(name: \"easier\", drop: [\"squeeze\"])],",
            right: "variations: [(name: \"easier\", drop: [\"work\"])],",
        },
        check: Check::Written(variation_of_nothing),
    },
    Entry {
        rule: Rule {
            code: "RW116",
            level: Level::Error,
            summary: "A caution does not do exactly one thing",
            explanation: "A caution uses a variation, drops steps, or blocks the routine: one of the three. What a tag does by itself \
                          needs no line. The same tag may have only one line.",
            wrong: "cautions: [(tag: Pregnancy)],",
            right: "cautions: [(tag: Pregnancy, drop: [\"work\"])],",
        },
        check: Check::Written(caution_does_not_one_thing),
    },
    Entry {
        rule: Rule {
            code: "RW117",
            level: Level::Warning,
            summary: "A step uses a tool that is not in the list of tools",
            explanation: "`tools` is what a person gets ready before they begin, and what the library filters by. \
                          A tool that only a variation needs is not listed.",
            wrong: "tools: [],\n(do: Roll(path: \"along the outer hip muscle\", pass: 3, length: 45, pressure: (4, 5)))",
            right: "tools: [Roller],\n(do: Roll(path: \"along the outer hip muscle\", pass: 3, length: 45, pressure: (4, 5)))",
        },
        check: Check::Written(unlisted_tool),
    },
];

fn same_name(view: &View<'_>, report: &mut Report<'_>) {
    // Steps of a variation are told apart from those of the file and of the same variation.
    let mut seen: BTreeMap<(Option<usize>, &str), &str> = BTreeMap::new();
    for placed in &view.steps {
        let Some(name) = placed.step.name.as_deref() else {
            continue;
        };
        let twice = seen
            .insert((placed.variation, name), &placed.path)
            .is_some();
        let stands_in = placed.variation.is_some_and(|v| {
            let variation = &view.routine.variations[v];
            variation.drop.iter().any(|dropped| dropped == name)
                || variation.replace.iter().any(|replace| replace.step == name)
        });
        if twice || (placed.variation.is_some() && !stands_in && view.named(name).is_some()) {
            report.at(
                placed.field("name"),
                format!("there is already a step `{name}`"),
            );
        }
    }
}

fn same_variation(view: &View<'_>, report: &mut Report<'_>) {
    let variations = &view.routine.variations;
    for (i, variation) in variations.iter().enumerate() {
        if variations[..i]
            .iter()
            .any(|other| other.name == variation.name)
        {
            report.at(
                format!("variations[{i}].name"),
                format!("there is already a variation `{}`", variation.name),
            );
        }
    }
}

/// Whether it is small letters, digits and hyphens, and not too long.
pub(super) fn is_kebab(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn not_kebab(view: &View<'_>, report: &mut Report<'_>) {
    let mut check = |name: &str, path: &dyn Fn() -> String| {
        if !is_kebab(name) {
            let finding =
                report.at(path(), format!("`{name}` is not a name: write small letters, digits and hyphens, at most {NAME}"));
            let better = kebab(name);
            if is_kebab(&better) {
                finding.set(format!("\"{better}\""));
            }
        }
    };
    for placed in &view.steps {
        if let Some(name) = &placed.step.name {
            check(name, &|| placed.field("name"));
        }
        if let Some(pose) = &placed.step.pose {
            check(pose, &|| placed.field("pose"));
        }
        if let Do::Choose(choose) = &placed.step.r#do {
            for (i, option) in choose.options.iter().enumerate() {
                check(option, &|| placed.field(&format!("do.options[{i}]")));
            }
        }
        if let Do::Include(include) = &placed.step.r#do {
            // An id may have its studio in front.
            for part in include.routine.iter().flat_map(|id| id.splitn(2, '/')) {
                check(part, &|| placed.field("do.routine"));
            }
        }
    }
    for (i, variation) in view.routine.variations.iter().enumerate() {
        check(&variation.name, &|| format!("variations[{i}].name"));
    }
}

fn kebab(name: &str) -> String {
    let mut better = String::new();
    for letter in name.trim().chars() {
        if letter.is_ascii_alphanumeric() {
            better.push(letter.to_ascii_lowercase());
        } else if !better.ends_with('-') {
            better.push('-');
        }
    }
    better.trim_matches('-').to_owned()
}

/// Reports a name that points at nothing, with the one that was probably meant.
fn missing(report: &mut Report<'_>, path: String, what: &str, name: &str, known: &[&str]) {
    let finding = report.at(path, format!("there is no {what} `{name}`"));
    if let Some(near) = nearest(name, known.iter().copied()) {
        finding.diagnostic.label = format!("did you mean `{near}`?");
        finding.guess(format!("\"{near}\""));
    } else if known.is_empty() {
        finding.note(format!("this file has no {what} with a name"));
    } else if known.len() <= 12 {
        finding.note(format!("there are {}", List::and(known)));
    }
}

fn source_of_nothing(view: &View<'_>, report: &mut Report<'_>) {
    let names: Vec<&str> = view
        .steps
        .iter()
        .filter_map(|placed| placed.step.name.as_deref())
        .collect();
    for (i, source) in view.routine.sources.iter().enumerate() {
        if !names.contains(&source.of.as_str()) {
            missing(
                report,
                format!("sources[{i}].of"),
                "step",
                &source.of,
                &names,
            );
        }
    }
}

fn caution_of_nothing(view: &View<'_>, report: &mut Report<'_>) {
    let steps: Vec<&str> = view.names().collect();
    let variations: Vec<&str> = view
        .routine
        .variations
        .iter()
        .map(|variation| variation.name.as_str())
        .collect();
    for (i, caution) in view.routine.cautions.iter().enumerate() {
        if let Some(name) = &caution.r#use
            && !variations.contains(&name.as_str())
        {
            missing(
                report,
                format!("cautions[{i}].use"),
                "variation",
                name,
                &variations,
            );
        }
        for (d, name) in caution.drop.iter().enumerate() {
            if !steps.contains(&name.as_str()) {
                missing(
                    report,
                    format!("cautions[{i}].drop[{d}]"),
                    "step",
                    name,
                    &steps,
                );
            }
        }
    }
}

fn variation_of_nothing(view: &View<'_>, report: &mut Report<'_>) {
    let steps: Vec<&str> = view.names().collect();
    for (v, variation) in view.routine.variations.iter().enumerate() {
        let replaced = variation.replace.iter().enumerate();
        let places = replaced
            .map(|(r, replace)| (format!("variations[{v}].replace[{r}].step"), &replace.step))
            .chain(
                variation
                    .drop
                    .iter()
                    .enumerate()
                    .map(|(d, name)| (format!("variations[{v}].drop[{d}]"), name)),
            );
        for (path, name) in places {
            if !steps.contains(&name.as_str()) {
                missing(report, path, "step", name, &steps);
            }
        }
    }
}

fn caution_does_not_one_thing(view: &View<'_>, report: &mut Report<'_>) {
    let cautions = &view.routine.cautions;
    for (i, caution) in cautions.iter().enumerate() {
        let things = usize::from(caution.r#use.is_some())
            + usize::from(!caution.drop.is_empty())
            + usize::from(caution.block);
        let path = format!("cautions[{i}]");
        if things != 1 {
            let message = if things == 0 {
                "this caution does nothing"
            } else {
                "this caution does more than one thing"
            };
            report
                .at(path, message)
                .note("write `use: \"variation\"`, `drop: [\"step\"]` or `block: true`");
        } else if cautions[..i].iter().any(|other| other.tag == caution.tag) {
            report
                .at(
                    format!("{path}.tag"),
                    format!("there is already a caution for `{}`", caution.tag.camel()),
                )
                .change("take it out", path, What::Remove)
                .unsure();
        }
    }
}

fn unlisted_tool(view: &View<'_>, report: &mut Report<'_>) {
    for placed in view.own() {
        let tool = match &placed.step.r#do {
            Do::Press(press) => press.tool,
            Do::Melt(melt) => melt.tool,
            Do::Roll(roll) => Some(roll.tool.unwrap_or(Tool::Roller)),
            _ => None,
        };
        if let Some(tool) = tool.filter(|tool| !view.routine.tools.contains(tool)) {
            let finding = report.at(
                placed.field("do"),
                format!(
                    "this step uses a tool that `tools` does not list: {}",
                    tool.camel()
                ),
            );
            let all: Vec<&str> = view
                .routine
                .tools
                .iter()
                .chain([&tool])
                .map(|tool| tool.camel())
                .collect();
            finding.change(
                format!("add `{}`", tool.camel()),
                "tools",
                What::Set(format!("[{}]", all.join(", "))),
            );
        }
    }
}
