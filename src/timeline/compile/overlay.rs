//! Variations, and steps that are left out: whole named steps, never a part of one.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::routine::kind::Rest;
use crate::routine::{Do, Length, Step};
use crate::timeline::Choices;
use crate::units::Secs;

use super::draft::{Draft, DraftStep};
use super::fitting;
use super::parts::choose;
use super::problem::problem;

/// What becomes of the time of a step that is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// It goes; within a branch a rest stands in, so that the branches still last equally long.
    Goes,
    /// A rest stands in (`content.md` R-33: an omission that keeps the clock).
    Stays,
}

/// Applies overlays to a draft, each at most once.
pub(super) struct Overlays<'a> {
    choices: &'a Choices,
    /// All step names that the files know, with those that variations bring.
    names: BTreeSet<String>,
    applied: BTreeSet<String>,
}

impl<'a> Overlays<'a> {
    pub(super) fn new(draft: &Draft, choices: &'a Choices) -> Self {
        let mut names = BTreeSet::new();
        draft.walk(&mut |_, step| names.extend(step.step.name.clone()));
        for variation in &draft.variations {
            for step in variation
                .variation
                .replace
                .iter()
                .flat_map(|replace| &replace.with)
            {
                DraftStep::new(String::new(), step)
                    .walk(&mut |step| names.extend(step.step.name.clone()));
            }
        }
        Self {
            choices,
            names,
            applied: BTreeSet::new(),
        }
    }

    /// Whether a variation of this name is there, of the routine or of one that it includes.
    pub(super) fn knows(draft: &Draft, name: &str) -> bool {
        draft
            .variations
            .iter()
            .any(|variation| variation.variation.name == name)
    }

    /// Applies the variations with these names, in the order of the file, those not yet applied.
    pub(super) fn apply(
        &mut self,
        draft: &mut Draft,
        names: &[String],
        problems: &mut Vec<Diagnostic>,
    ) {
        for v in 0..draft.variations.len() {
            let variation = draft.variations[v].clone();
            let name = &variation.variation.name;
            if !names.contains(name) || self.applied.contains(name) {
                continue;
            }
            for (d, dropped) in variation.variation.drop.iter().enumerate() {
                if variation.own && !self.names.contains(dropped) {
                    let path = format!("{}.drop[{d}]", variation.path);
                    problems.push(missing(path, dropped));
                }
                self.leave_out(draft, dropped, Clock::Goes);
            }
            for (r, replace) in variation.variation.replace.iter().enumerate() {
                let path = format!("{}.replace[{r}]", variation.path);
                if variation.own && !self.names.contains(&replace.step) {
                    problems.push(missing(format!("{path}.step"), &replace.step));
                }
                let with = DraftStep::list(&format!("{path}.with"), &replace.with);
                change(draft, &mut |step, _| {
                    (step.step.name.as_ref() == Some(&replace.step)).then(|| with.clone())
                });
            }
        }
        self.applied.extend(names.iter().cloned());
    }

    /// Leaves out all steps of a name.
    pub(super) fn leave_out(&self, draft: &mut Draft, name: &str, clock: Clock) {
        self.leave_out_if(draft, clock, &|step| step.name.as_deref() == Some(name));
    }

    /// Leaves out all steps for which the test holds; a group goes with the last of its steps.
    pub(super) fn leave_out_if(
        &self,
        draft: &mut Draft,
        clock: Clock,
        test: &dyn Fn(&Step) -> bool,
    ) {
        let style = draft.style;
        change(draft, &mut |step, section| {
            if !test(&step.step) {
                return None;
            }
            let stays = clock == Clock::Stays || section.when.is_some();
            let setting = crate::routine::atoms::Setting {
                style,
                section: section.kind,
            };
            let stand_in = || stand_in(step, fitting::reach_of_step(step, setting, self.choices)?);
            Some(stays.then(stand_in).flatten().into_iter().collect())
        });
    }
}

/// Reports variations that are asked for and not there.
pub(super) fn unknown(draft: &Draft, choices: &Choices, problems: &mut Vec<Diagnostic>) {
    for name in &choices.variations {
        if Overlays::knows(draft, name) {
            continue;
        }
        let known: Vec<&str> = draft
            .variations
            .iter()
            .map(|variation| variation.variation.name.as_str())
            .collect();
        let there = if known.is_empty() {
            "it has none".to_owned()
        } else {
            format!("it has {}", known.join(", "))
        };
        problems.push(problem(
            "RW244",
            "variations",
            format!("this routine has no variation “{name}”; {there}"),
        ));
    }
}

/// A branch that is asked for and that no choice has.
pub(super) fn no_such_branch(draft: &Draft, choices: &Choices) -> Option<Diagnostic> {
    let asked = choices.choose.as_ref()?;
    let options: Vec<&str> = draft
        .sections
        .iter()
        .filter_map(choose)
        .flat_map(|choice| choice.options.iter().map(String::as_str))
        .collect();
    (!options.contains(&asked.as_str())).then(|| {
        let there = if options.is_empty() {
            "there is nothing to choose in it".to_owned()
        } else {
            format!("it has {}", options.join(", "))
        };
        let message = format!("this routine has no branch “{asked}”; {there}");
        problem("RW245", "sections", message)
    })
}

/// A quiet rest in the place of a step, as elastic as the step was.
fn stand_in(step: &DraftStep, reach: fitting::Reach) -> Option<DraftStep> {
    if reach.max.is_zero() {
        return None;
    }
    let secs = |frames: crate::units::Frames| Secs(frames.secs());
    let length = if reach.min == reach.max {
        Length::Fixed(secs(reach.ideal))
    } else {
        Length::Elastic {
            min: secs(reach.min),
            ideal: secs(reach.ideal),
            max: secs(reach.max),
        }
    };
    Some(DraftStep {
        path: step.path.clone(),
        step: Step {
            priority: step.step.priority,
            ..Step::new(Do::Rest(Rest { length, bell: None }))
        },
        children: Vec::new(),
    })
}

/// The section a step stands in, as far as changing it goes.
pub(super) struct Around<'s> {
    pub(super) when: &'s Option<String>,
    pub(super) kind: crate::routine::SectionKind,
}

type Change<'c> = dyn FnMut(&DraftStep, &Around<'_>) -> Option<Vec<DraftStep>> + 'c;

/// Puts other steps in the place of those for which `change` gives some; groups that are left empty go.
fn change(draft: &mut Draft, change: &mut Change<'_>) {
    for section in &mut draft.sections {
        let around = Around {
            when: &section.when,
            kind: section.kind,
        };
        change_steps(&mut section.steps, &around, change);
    }
}

fn change_steps(steps: &mut Vec<DraftStep>, around: &Around<'_>, change: &mut Change<'_>) {
    for mut step in std::mem::take(steps) {
        if let Some(others) = change(&step, around) {
            steps.extend(others);
            continue;
        }
        let group = !step.children.is_empty();
        change_steps(&mut step.children, around, change);
        if !(group && step.children.is_empty()) {
            steps.push(step);
        }
    }
}

fn missing(path: String, name: &str) -> Diagnostic {
    problem("RW240", path, format!("there is no step named “{name}”"))
}
