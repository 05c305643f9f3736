//! Rules about how a routine is built: sections, branches, the closing rest that takes what is left (`format.md` 5).

use crate::diagnostic::{Level, Rule};
use crate::routine::{Do, Length, Routine, Section, Side, Step};

use super::range::short;
use super::report::{Report, What};
use super::view::{View, branch_runs};
use super::{Check, Entry};

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW170",
            level: Level::Error,
            summary: "There is nothing to do",
            explanation: "A routine has at least one section, a section at least one step, a group at least one step, a choice at least \
                          two options, a scan, a grounding or a tense-and-release at least one place.",
            wrong: "sections: [],",
            right: "(do: Rest(length: 30))",
        },
        check: Check::Written(nothing),
    },
    Entry {
        rule: Rule {
            code: "RW171",
            level: Level::Error,
            summary: "A branch is never reached",
            explanation: "A section with `when: \"deeper\"` is played when the `Choose` right before the branches has the option \"deeper\" \
                          and it is taken. Every option has such a section, every such section its option.",
            wrong: "(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"soft\", estimate: 5))]),\n\
                    (section: Release, when: \"soft\", steps: [(do: Rest(length: 30))]),\n\
                    (section: Release, when: \"firm\", steps: [(do: Rest(length: 30))])",
            right: "(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"soft\", estimate: 5))]),\n\
                    (section: Release, when: \"soft\", steps: [(do: Rest(length: 30))]),\n\
                    (section: Release, when: \"deeper\", steps: [(do: Rest(length: 30))])",
        },
        check: Check::Written(unreachable),
    },
    Entry {
        rule: Rule {
            code: "RW172",
            level: Level::Error,
            summary: "Silence means something that cannot be chosen",
            explanation: "`silence` is one of the options: the one that is taken when nobody answers. In a bridge it is the soft one.",
            wrong: "(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"rest\", estimate: 5))]),\n\
                    (section: Release, when: \"soft\", steps: [(do: Rest(length: 30))]),\n\
                    (section: Release, when: \"deeper\", steps: [(do: Rest(length: 30))])",
            right: "(section: Bridge, steps: [(do: Choose(options: [\"soft\", \"deeper\"], silence: \"soft\", estimate: 5))]),\n\
                    (section: Release, when: \"soft\", steps: [(do: Rest(length: 30))]),\n\
                    (section: Release, when: \"deeper\", steps: [(do: Rest(length: 30))])",
        },
        check: Check::Written(silence),
    },
    Entry {
        rule: Rule {
            code: "RW173",
            level: Level::Error,
            summary: "Nothing takes what is left when the routine is fitted to a length",
            explanation: "Breaths, rounds and seconds a side only fit in whole units. The last elastic `Rest` outside groups, sides and \
                          branches takes the rest, to the frame; between its shortest and its longest lies at least the largest unit.",
            wrong: "(section: Soften, steps: [(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: (min: 4, ideal: 6, max: 12))),\n\
                    (do: Rest(length: (min: 20, ideal: 22, max: 24)))])",
            right: "(section: Soften, steps: [(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: (min: 4, ideal: 6, max: 12))),\n\
                    (do: Rest(length: (min: 20, ideal: 30, max: 60)))])",
        },
        check: Check::Written(filler),
    },
    Entry {
        rule: Rule {
            code: "RW174",
            level: Level::Warning,
            summary: "The routine ends on a hold",
            explanation: "The body needs a moment to let go. After the last press, stretch or held breath comes at least a rest or an easy breath.",
            wrong: "(section: Arrive, steps: [(do: Rest(length: 30), say: [(at: 1, kind: Safety, text: \"Stop if anything is sharp.\")])]),\n\
                    (section: Release, steps: [(do: Stretch(length: 30, pressure: (4, 5)))])",
            right: "(section: Arrive, steps: [(do: Rest(length: 30), say: [(at: 1, kind: Safety, text: \"Stop if anything is sharp.\")])]),\n\
                    (section: Release, steps: [(do: Stretch(length: 30, pressure: (4, 5))), (do: Rest(length: 30))])",
        },
        check: Check::Written(ends_on_a_hold),
    },
    Entry {
        rule: Rule {
            code: "RW175",
            level: Level::Error,
            summary: "An include does not say what it takes",
            explanation: "`Include(routine: \"even-keel\")` takes a whole routine, with `step` or `section` a part of it; \
                          `Include(area: Chosen)` takes the daily steps of the chosen area.",
            wrong: "(do: Include(step: \"squeeze\"))",
            right: "areas: [Neck],\n(do: Include(area: Chosen))",
        },
        check: Check::Written(include),
    },
    Entry {
        rule: Rule {
            code: "RW176",
            level: Level::Error,
            summary: "Something that a person must know is missing",
            explanation: "A routine names at least one area, one position and one of the promises it is meant for; the library filters by them.",
            wrong: "positions: [],",
            right: "positions: [Chair],",
        },
        check: Check::Written(lists),
    },
    Entry {
        rule: Rule {
            code: "RW177",
            level: Level::Warning,
            summary: "A fade makes it louder, or lasts longer than the routine can",
            explanation: "`fade: (last: 480, by: -12)` lets everything sink by 12 decibels over the last eight minutes.",
            wrong: "bed: (sound: Rain, fade: (last: 60, by: 12)),",
            right: "bed: (sound: Rain, fade: (last: 60, by: -12)),",
        },
        check: Check::Written(fade),
    },
];

fn nothing(view: &View<'_>, report: &mut Report<'_>) {
    if view.routine.sections.is_empty() {
        report.at("sections", "there is nothing to do in this routine");
    }
    for (s, section) in view.routine.sections.iter().enumerate() {
        if section.steps.is_empty() {
            report.at(
                format!("sections[{s}].steps"),
                "there is nothing to do in this section",
            );
        }
    }
    for placed in &view.steps {
        let (field, empty) = match &placed.step.r#do {
            Do::Group(group) => ("do.steps", group.steps.is_empty()),
            Do::Scan(scan) => ("do.regions", scan.regions.is_empty()),
            Do::Ground(ground) => ("do.items", ground.items.is_empty()),
            Do::TenseRelease(tense) => ("do.groups", tense.groups.is_empty()),
            Do::Choose(choose) => ("do.options", choose.options.len() < 2),
            _ => continue,
        };
        if empty {
            let message = if field == "do.options" {
                "a choice has at least two options"
            } else {
                "there is nothing in this list"
            };
            report.at(placed.field(field), message);
        }
    }
}

/// The last `Choose` of the section before a run of branches, with its path.
fn choose_before(
    sections: &[Section],
    first: usize,
) -> Option<(String, &crate::routine::kind::Choose)> {
    let section = first.checked_sub(1)?;
    sections[section]
        .steps
        .iter()
        .enumerate()
        .rev()
        .find_map(|(i, step)| match &step.r#do {
            Do::Choose(choose) => Some((format!("sections[{section}].steps[{i}]"), choose)),
            _ => None,
        })
}

fn unreachable(view: &View<'_>, report: &mut Report<'_>) {
    let sections = &view.routine.sections;
    for (first, end) in branch_runs(sections) {
        let branches = &sections[first..end];
        let Some((path, choose)) = choose_before(sections, first) else {
            report
                .at(format!("sections[{first}].when"), "this branch is never reached: the section before it has no `Choose`")
                .note("the options that a person can take are those of the `Choose` in the section right before the branches");
            continue;
        };
        for (i, section) in branches.iter().enumerate() {
            let when = section.when.as_deref().unwrap_or_default();
            if !choose.options.iter().any(|option| option == when) {
                let path = format!("sections[{}].when", first + i);
                let finding = report.at(
                    path,
                    format!("this branch is never reached: there is no option `{when}`"),
                );
                if let Some(near) =
                    crate::wording::nearest(when, choose.options.iter().map(String::as_str))
                {
                    finding.guess(format!("\"{near}\""));
                }
            }
        }
        for (o, option) in choose.options.iter().enumerate() {
            if !branches
                .iter()
                .any(|section| section.when.as_ref() == Some(option))
            {
                report.at(
                    format!("{path}.do.options[{o}]"),
                    format!("nothing happens for `{option}`: no section has `when: \"{option}\"`"),
                );
            }
        }
    }
}

fn silence(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Do::Choose(choose) = &placed.step.r#do else {
            continue;
        };
        if !choose.options.contains(&choose.silence) {
            let finding = report.at(
                placed.field("do.silence"),
                format!("`{}` is none of the options", choose.silence),
            );
            if let Some(near) =
                crate::wording::nearest(&choose.silence, choose.options.iter().map(String::as_str))
            {
                finding.guess(format!("\"{near}\""));
            }
        }
        for (o, option) in choose.options.iter().enumerate() {
            if choose.options[..o].contains(option) {
                report.at(
                    placed.field(&format!("do.options[{o}]")),
                    format!("`{option}` is there twice"),
                );
            }
        }
    }
}

/// The seconds that a step gives or takes at a time, over all the times that it plays; `None` where it is fixed.
fn unit(step: &Step, plays: f64) -> Option<f64> {
    let sides = if matches!(
        step.side,
        Some(Side::Each | Side::EasierFirst | Side::Alternate)
    ) {
        2.0
    } else {
        1.0
    };
    let plays = plays * sides;
    let elastic_length =
        |length: Length| matches!(length, Length::Elastic { min, max, .. } if min < max);
    let elastic_count = |count: crate::routine::Count| {
        let (min, _, max) = count.range();
        min < max
    };
    let seconds = |secs: Option<crate::units::Secs>, usual: f64| secs.map_or(usual, |secs| secs.0);
    let largest = |units: [Option<f64>; 2]| {
        units
            .into_iter()
            .flatten()
            .fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))))
    };
    let one = match &step.r#do {
        Do::Rest(rest) => elastic_length(rest.length).then_some(1.0),
        Do::Say(say) => say
            .length
            .filter(|length| elastic_length(*length))
            .map(|_| 1.0),
        Do::Press(press) => elastic_length(press.length).then_some(1.0),
        Do::Melt(melt) => elastic_length(melt.length).then_some(1.0),
        Do::Scan(scan) => elastic_length(scan.each).then_some(scan.regions.len() as f64),
        Do::Breathe(breathe) => {
            let count = super::breath::count(breathe);
            let breath = breathe
                .pattern
                .map_or(1.0, |pattern| pattern.total() * count);
            let elastic = breathe.breaths.is_some_and(elastic_count)
                || breathe.length.is_some_and(elastic_length);
            elastic.then_some(breath)
        }
        Do::Roll(roll) => {
            let sets = roll.sets.unwrap_or_default();
            largest([
                elastic_length(roll.length).then_some(f64::from(sets.range().1)),
                elastic_count(sets).then_some(seconds(roll.between, 30.0) + ideal(roll.length)),
            ])
        }
        Do::Stretch(stretch) => {
            let times = stretch.times.unwrap_or_default();
            largest([
                elastic_length(stretch.length).then_some(f64::from(times.range().1)),
                elastic_count(times)
                    .then_some(seconds(stretch.between, 10.0) + ideal(stretch.length)),
            ])
        }
        Do::Stroke(stroke) => elastic_count(stroke.times).then_some(stroke.seconds.0),
        Do::Move(moves) => elastic_count(moves.times).then_some(moves.seconds.0),
        Do::ContractRelax(contract) => elastic_count(contract.times).then(|| {
            seconds(contract.push, 6.0)
                + seconds(contract.ease, 4.0)
                + seconds(contract.stretch, 20.0)
                + seconds(contract.rest, 5.0)
        }),
        Do::TenseRelease(tense) => tense.times.filter(|times| elastic_count(*times)).map(|_| {
            (seconds(tense.tense, 6.0) + seconds(tense.release, 24.0)) * tense.groups.len() as f64
        }),
        Do::Group(group) => {
            let times = group.times.unwrap_or_default();
            let inner = group
                .steps
                .iter()
                .filter_map(|inner| unit(inner, f64::from(times.range().1)))
                .fold(None, |a: Option<f64>, b| Some(a.map_or(b, |a| a.max(b))));
            largest([inner, elastic_count(times).then_some(60.0)])
        }
        Do::Ask(_) | Do::Wait(_) | Do::Choose(_) | Do::Ground(_) | Do::Include(_) => None,
    };
    one.map(|one| one * plays)
}

fn ideal(length: Length) -> f64 {
    match length {
        Length::Fixed(secs) | Length::Elastic { ideal: secs, .. } => secs.0,
        Length::Breaths(_) => 0.0,
    }
}

/// The filler: the last elastic `Rest` outside groups, sides and branches, as (section, step, range).
fn closing_rest(routine: &Routine) -> Option<(usize, usize, f64)> {
    let mut found = None;
    for (s, section) in routine
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.when.is_none())
    {
        for (i, step) in section.steps.iter().enumerate() {
            if let Do::Rest(rest) = &step.r#do
                && let Length::Elastic { min, max, .. } = rest.length
                && matches!(step.side, None | Some(Side::Both))
                && min < max
            {
                found = Some((s, i, max.0 - min.0));
            }
        }
    }
    found
}

fn filler(view: &View<'_>, report: &mut Report<'_>) {
    let routine = view.routine;
    let rest = closing_rest(routine);
    let mut largest: Option<(f64, String)> = None;
    for (s, section) in routine.sections.iter().enumerate() {
        // A branch with a rest of its own takes what is left by itself.
        if section.when.is_some() && branch_has_rest(routine, section) {
            continue;
        }
        for (i, step) in section.steps.iter().enumerate() {
            if rest.is_some_and(|(rs, ri, _)| (rs, ri) == (s, i)) {
                continue;
            }
            if let Some(unit) = unit(step, 1.0)
                && largest.as_ref().is_none_or(|(most, _)| unit > *most)
            {
                largest = Some((unit, format!("sections[{s}].steps[{i}]")));
            }
        }
    }
    let Some((unit, path)) = largest else { return };
    match rest {
        None => {
            let end = routine.sections.len().saturating_sub(1);
            report
                .at(
                    "sections",
                    "this routine has elastic steps, and no elastic rest that takes what is left",
                )
                .note(format!(
                    "the largest unit is {} s, at `{path}`",
                    short(unit)
                ))
                .change(
                    "add a closing rest",
                    format!("sections[{end}].steps"),
                    What::Append(format!(
                        "(do: Rest(length: (min: 15, ideal: 20, max: {})))",
                        short((15.0 + unit).max(60.0).ceil())
                    )),
                );
        }
        Some((s, i, range)) if range < unit => {
            let at = format!("sections[{s}].steps[{i}].do.length");
            let Do::Rest(rest) = &routine.sections[s].steps[i].r#do else {
                return;
            };
            let Length::Elastic { min, .. } = rest.length else {
                return;
            };
            report
                .at(&at, format!("this rest gives {} s, less than the largest unit of {} s", short(range), short(unit)))
                .note(format!("the largest unit is at `{path}`: one breath, round or second, times the sides and rounds it plays"))
                .change("let it give more", format!("{at}.max"), What::Set(short((min.0 + unit).ceil())));
        }
        Some(_) => {}
    }
}

fn branch_has_rest(routine: &Routine, branch: &Section) -> bool {
    routine.sections.iter().filter(|section| section.when == branch.when).flat_map(|section| &section.steps).any(|step| {
        matches!(&step.r#do, Do::Rest(rest) if matches!(rest.length, Length::Elastic { min, max, .. } if min < max))
    })
}

fn ends_on_a_hold(view: &View<'_>, report: &mut Report<'_>) {
    let Some(last) = view
        .own()
        .filter(|placed| !matches!(placed.step.r#do, Do::Ask(_) | Do::Say(_) | Do::Group(_)))
        .last()
    else {
        return;
    };
    let holds = match &last.step.r#do {
        Do::Breathe(breathe) => breathe.pattern.is_some_and(|pattern| pattern.empty > 0.0),
        _ => last.works_deep(),
    };
    if holds {
        report
            .at(last.field("do"), "the routine ends on a hold")
            .note("add a rest, or an easy breath, after it");
    }
}

fn include(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        let Do::Include(include) = &placed.step.r#do else {
            continue;
        };
        let message = match (&include.routine, include.area) {
            (None, None) => "say which `routine` it takes, or `area: Chosen`",
            (Some(_), Some(_)) => "it takes a `routine` or the chosen area, not both",
            (None, Some(_)) if include.step.is_some() || include.section.is_some() => {
                "the chosen area brings its own steps; leave out `step` and `section`"
            }
            (Some(_), None) if include.step.is_some() && include.section.is_some() => {
                "it takes a `step` or a `section`, not both"
            }
            _ => continue,
        };
        report.at(placed.field("do"), message);
    }
}

fn lists(view: &View<'_>, report: &mut Report<'_>) {
    let routine = view.routine;
    for (field, what, empty) in [
        ("areas", "area", routine.areas.is_empty()),
        ("positions", "position", routine.positions.is_empty()),
        ("goals", "goal", routine.goals.is_empty()),
    ] {
        if empty {
            report.at(field, format!("name at least one {what}"));
        }
    }
}

fn fade(view: &View<'_>, report: &mut Report<'_>) {
    let Some(fade) = view.routine.bed.as_ref().and_then(|bed| bed.fade) else {
        return;
    };
    if fade.by.0 >= 0.0 {
        report
            .at("bed.fade.by", "a fade goes down: write it below 0")
            .set(short(f64::from(-fade.by.0.abs().max(6.0))));
    }
    if !(1.0..=14_400.0).contains(&fade.last.0) {
        report.at(
            "bed.fade.last",
            "a fade lasts at least a second and at most four hours",
        );
    }
}
