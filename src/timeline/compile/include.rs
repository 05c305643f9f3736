//! What a routine takes from others, before anything else happens.

use crate::diagnostic::Diagnostic;
use crate::routine::kind::Include;
use crate::routine::kind::include::IncludeArea;
use crate::routine::{Do, Routine, Step};
use crate::timeline::Choices;

use super::Shelf;
use super::draft::{Draft, DraftStep, DraftVariation};
use super::problem::problem;

/// No more steps than this come out of includes, however they are nested (`authoring.md` D1).
const MOST_STEPS: usize = 10_000;

/// Puts the steps of other routines in the place of each `Include`.
pub(super) fn resolve(
    draft: &mut Draft,
    routine: &Routine,
    id: &str,
    choices: &Choices,
    shelf: &dyn Shelf,
    problems: &mut Vec<Diagnostic>,
) {
    let mut includer = Includer {
        routine,
        choices,
        shelf,
        problems,
        stack: vec![if id.is_empty() { "this routine" } else { id }.to_owned()],
        steps: 0,
        taken: Vec::new(),
    };
    for section in &mut draft.sections {
        includer.steps(&mut section.steps);
    }
    for (id, other) in includer.taken {
        draft.join(&id, other);
    }
}

struct Includer<'a> {
    routine: &'a Routine,
    choices: &'a Choices,
    shelf: &'a dyn Shelf,
    problems: &'a mut Vec<Diagnostic>,
    /// The routines that are being taken from, outermost first.
    stack: Vec<String>,
    steps: usize,
    /// The routines that something was taken from.
    taken: Vec<(String, &'a Routine)>,
}

impl<'a> Includer<'a> {
    fn steps(&mut self, steps: &mut Vec<DraftStep>) {
        if !steps.iter().any(DraftStep::holds_include) {
            return;
        }
        for mut step in std::mem::take(steps) {
            if let Do::Include(include) = &step.step.r#do {
                steps.extend(self.include(include, &step.path));
            } else {
                self.steps(&mut step.children);
                steps.push(step);
            }
        }
    }

    fn include(&mut self, include: &Include, path: &str) -> Vec<DraftStep> {
        let Some((id, other)) = self.source(include, path) else {
            return Vec::new();
        };
        if self.stack.contains(&id) {
            let circle = [&self.stack[..], &[id]].concat().join(" → ");
            self.say(
                "RW242",
                path,
                format!("these routines include each other in a circle: {circle}"),
            );
            return Vec::new();
        }
        if other.language != self.routine.language {
            let message = format!(
                "“{id}” is written in “{}”, this routine in “{}”",
                other.language, self.routine.language
            );
            self.say("RW243", path, message);
            return Vec::new();
        }
        let found = named(include, other);
        if found.is_empty() {
            self.say(
                "RW241",
                path,
                format!("“{id}” has nothing that this include names"),
            );
            return Vec::new();
        }
        self.steps += found.len();
        if self.steps > MOST_STEPS {
            self.say(
                "RW204",
                path,
                "the includes hold more than 10 000 steps".to_owned(),
            );
            return Vec::new();
        }
        let mut steps: Vec<DraftStep> = found
            .into_iter()
            .map(|(inner, step)| DraftStep::new(format!("{path}/{id}/{inner}"), step))
            .collect();
        if !self.taken.iter().any(|(taken, _)| *taken == id) {
            self.taken.push((id.clone(), other));
        }
        self.stack.push(id);
        self.steps(&mut steps);
        self.stack.pop();
        steps
    }

    /// The routine that an include names.
    fn source(&mut self, include: &Include, path: &str) -> Option<(String, &'a Routine)> {
        match (&include.routine, include.area) {
            (Some(id), None) => {
                let found = self.shelf.routine(id);
                if found.is_none() {
                    self.say(
                        "RW241",
                        path,
                        format!("there is no routine “{id}” here that can be read"),
                    );
                }
                found.map(|routine| (id.clone(), routine))
            }
            (None, Some(IncludeArea::Chosen)) => {
                let first = self.routine.areas_spread().first().copied();
                let Some(area) = self.choices.area.or(first) else {
                    self.say(
                        "RW241",
                        path,
                        "no area is chosen, and this routine names none".to_owned(),
                    );
                    return None;
                };
                let found = self.shelf.for_area(area);
                if found.is_none() {
                    self.say(
                        "RW241",
                        path,
                        format!("there is no therapeutic routine for {area}"),
                    );
                }
                found.map(|(id, routine)| (id.to_owned(), routine))
            }
            _ => {
                self.say(
                    "RW241",
                    path,
                    "an include names either a `routine` or an `area`".to_owned(),
                );
                None
            }
        }
    }

    fn say(&mut self, code: &'static str, path: &str, message: String) {
        self.problems.push(problem(code, path, message));
    }
}

/// The steps that an include takes, with their paths in their own file.
fn named<'r>(include: &Include, other: &'r Routine) -> Vec<(String, &'r Step)> {
    let mut found = Vec::new();
    for (s, section) in other.sections.iter().enumerate() {
        let whole = include.section == Some(section.section) && section.when.is_none();
        for (i, step) in section.steps.iter().enumerate() {
            let by_name = include.step.is_some() && include.step == step.name;
            let daily = include.area.is_some() && step.daily;
            if whole || by_name || daily {
                found.push((format!("sections[{s}].steps[{i}]"), step));
            }
        }
    }
    found
}

impl DraftStep {
    fn holds_include(&self) -> bool {
        matches!(self.step.r#do, Do::Include(_)) || self.children.iter().any(Self::holds_include)
    }
}

impl Draft {
    /// Takes over what another routine says about its steps: cautions, variations, spellings, areas.
    fn join(&mut self, id: &str, other: &Routine) {
        self.cautions.extend(other.cautions.iter().cloned());
        for (v, variation) in other.variations.iter().enumerate() {
            self.variations.push(DraftVariation {
                path: format!("{id}/variations[{v}]"),
                variation: variation.clone(),
                own: false,
            });
        }
        for (word, spelling) in &other.respell {
            if !self.respell.iter().any(|(known, _)| known == word) {
                self.respell.push((word.clone(), spelling.clone()));
            }
        }
        for area in other.areas_spread() {
            if !self.areas.contains(&area) {
                self.areas.push(area);
            }
        }
        self.respell.sort();
    }
}
