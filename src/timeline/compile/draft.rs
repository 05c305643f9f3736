//! A routine while it is being changed: its sections and steps, each with the path it has in the file.

use crate::names::{Area, Position, Style};
use crate::routine::atoms::Setting;
use crate::routine::{Caution, Do, Routine, SectionKind, Step, Variation};

/// The routine after the stages that have run so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) style: Style,
    pub(super) areas: Vec<Area>,
    pub(super) positions: Vec<Position>,
    pub(super) cautions: Vec<Caution>,
    pub(super) variations: Vec<DraftVariation>,
    pub(super) respell: Vec<(String, String)>,
    pub(super) sections: Vec<DraftSection>,
}

/// An overlay with its path.
#[derive(Clone, Debug)]
pub(super) struct DraftVariation {
    pub(super) path: String,
    pub(super) variation: Variation,
    /// Whether it is the routine's own, not one of a routine that was included.
    pub(super) own: bool,
}

/// A section with its path.
#[derive(Clone, Debug)]
pub(super) struct DraftSection {
    pub(super) path: String,
    pub(super) kind: SectionKind,
    pub(super) when: Option<String>,
    pub(super) steps: Vec<DraftStep>,
}

/// A step with its path; a group's steps stand beside it, so that they keep their paths when one is taken out.
#[derive(Clone, Debug)]
pub(super) struct DraftStep {
    pub(super) path: String,
    pub(super) step: Step,
    pub(super) children: Vec<Self>,
}

impl Draft {
    pub(super) fn new(routine: &Routine) -> Self {
        Self {
            style: routine.style,
            areas: routine.areas_spread(),
            positions: routine.positions.clone(),
            cautions: routine.cautions.clone(),
            variations: routine
                .variations
                .iter()
                .enumerate()
                .map(|(v, variation)| DraftVariation {
                    path: format!("variations[{v}]"),
                    variation: variation.clone(),
                    own: true,
                })
                .collect(),
            respell: routine
                .respell
                .iter()
                .map(|(word, spelling)| (word.clone(), spelling.clone()))
                .collect(),
            sections: routine
                .sections
                .iter()
                .enumerate()
                .map(|(s, section)| {
                    let path = format!("sections[{s}]");
                    DraftSection {
                        kind: section.section,
                        when: section.when.clone(),
                        steps: DraftStep::list(&format!("{path}.steps"), &section.steps),
                        path,
                    }
                })
                .collect(),
        }
    }

    pub(super) fn setting(&self, section: SectionKind) -> Setting {
        Setting {
            style: self.style,
            section,
        }
    }

    /// All steps, groups before their own.
    pub(super) fn walk(&self, visit: &mut dyn FnMut(&DraftSection, &DraftStep)) {
        for section in &self.sections {
            for step in &section.steps {
                step.walk(&mut |step| visit(section, step));
            }
        }
    }

    /// All steps, to be changed.
    pub(super) fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut DraftStep)) {
        for step in self
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.steps)
        {
            step.walk_mut(visit);
        }
    }
}

impl DraftStep {
    pub(super) fn new(path: String, step: &Step) -> Self {
        let mut step = step.clone();
        let children = match &mut step.r#do {
            Do::Group(group) => Self::list(
                &format!("{path}.do.steps"),
                &std::mem::take(&mut group.steps),
            ),
            _ => Vec::new(),
        };
        Self {
            path,
            step,
            children,
        }
    }

    /// The steps of a list in the file.
    pub(super) fn list(path: &str, steps: &[Step]) -> Vec<Self> {
        steps
            .iter()
            .enumerate()
            .map(|(i, step)| Self::new(format!("{path}[{i}]"), step))
            .collect()
    }

    pub(super) fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    pub(super) fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        visit(self);
        for child in &mut self.children {
            child.walk_mut(visit);
        }
    }
}
