//! Sections in the order they are played, and the branches of a choice beside each other.

use crate::diagnostic::Diagnostic;
use crate::routine::Do;
use crate::routine::kind::Choose;
use crate::timeline::Choices;

use super::draft::{Draft, DraftSection};
use super::nodes::{self, Node};
use super::problem::problem;

/// A stretch of sections.
#[derive(Debug)]
pub(super) enum Part<'d> {
    /// A section that is always played.
    Section(Vec<Node<'d>>),
    /// The branches of a choice, of which one is played.
    Branches(Vec<Branch<'d>>, usize),
}

/// One branch: its sections.
#[derive(Debug)]
pub(super) struct Branch<'d> {
    pub(super) name: &'d str,
    pub(super) path: &'d str,
    pub(super) sections: Vec<Vec<Node<'d>>>,
}

/// All parts of a draft.
pub(super) fn parts<'d>(
    draft: &'d Draft,
    choices: &Choices,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    let mut choice: Option<&Choose> = None;
    let mut sections = draft.sections.iter().peekable();
    while let Some(section) = sections.next() {
        let Some(when) = &section.when else {
            problems.extend(choice.map(|choice| no_branch(&section.path, taken(choice, choices))));
            choice = choose(section);
            parts.push(Part::Section(section_nodes(
                draft, section, choices, problems,
            )));
            continue;
        };
        let mut branches: Vec<Branch<'d>> = Vec::new();
        let mut next = Some((section, when));
        while let Some((section, when)) = next {
            if !choice.is_some_and(|choice| choice.options.contains(when)) {
                problems.push(problem(
                    "RW220",
                    format!("{}.when", section.path),
                    format!("no `Choose` before this section has the option “{when}”"),
                ));
            }
            if choose(section).is_some() {
                problems.push(problem(
                    "RW220",
                    section.path.clone(),
                    "a branch has no `Choose` of its own",
                ));
            }
            let nodes = section_nodes(draft, section, choices, problems);
            match branches.iter_mut().find(|branch| branch.name == when) {
                Some(branch) => branch.sections.push(nodes),
                None => branches.push(Branch {
                    name: when,
                    path: &section.path,
                    sections: vec![nodes],
                }),
            }
            next = sections
                .next_if(|section| section.when.is_some())
                .and_then(|section| Some((section, section.when.as_ref()?)));
        }
        if let Some(choice) = choice.take() {
            let taken = taken(choice, choices);
            match branches.iter().position(|branch| branch.name == taken) {
                Some(index) => parts.push(Part::Branches(branches, index)),
                None => problems.push(no_branch(&section.path, taken)),
            }
        }
    }
    problems.extend(choice.map(|choice| no_branch("sections", taken(choice, choices))));
    parts
}

fn no_branch(path: &str, option: &str) -> Diagnostic {
    problem(
        "RW220",
        path,
        format!("after the choice there is no section `when: \"{option}\"`"),
    )
}

/// The option that is taken: the chosen one where this choice has it, else the silent one.
fn taken<'c>(choice: &'c Choose, choices: &'c Choices) -> &'c str {
    choices
        .choose
        .as_ref()
        .filter(|chosen| choice.options.contains(chosen))
        .unwrap_or(&choice.silence)
}

fn section_nodes<'d>(
    draft: &'d Draft,
    section: &'d DraftSection,
    choices: &Choices,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Node<'d>> {
    nodes::nodes(
        &section.steps,
        draft.setting(section.kind),
        choices,
        problems,
    )
}

/// The last choice of a section.
pub(super) fn choose(section: &DraftSection) -> Option<&Choose> {
    let mut found = None;
    for step in &section.steps {
        if let Do::Choose(choice) = &step.step.r#do {
            found = Some(choice);
        }
    }
    found
}
