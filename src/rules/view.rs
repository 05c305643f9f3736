//! A routine laid out for the rules: every step with its path and what is true around it.

use crate::routine::{Do, Length, Routine, Section, SectionKind, Side, Step};
use crate::timeline::SpeechLengths;

/// A routine and all its steps, those of groups and of variations included, in the order of the file.
pub(super) struct View<'a> {
    pub(super) routine: &'a Routine,
    /// Who measures the lines.
    pub(super) lengths: &'a dyn SpeechLengths,
    pub(super) steps: Vec<Placed<'a>>,
}

/// A step with what is true around it.
pub(super) struct Placed<'a> {
    /// As `sections[3].steps[0]`.
    pub(super) path: String,
    pub(super) step: &'a Step,
    /// The part of the routine that it is played in; for a step of a variation, that of the step it stands in for.
    pub(super) section: SectionKind,
    /// The branch that it belongs to.
    pub(super) when: Option<&'a str>,
    /// The index of the variation that it belongs to.
    pub(super) variation: Option<usize>,
    /// The group right around it, as an index into the steps.
    pub(super) group: Option<usize>,
    /// Its own side, else that of the groups around it.
    pub(super) side: Option<Side>,
}

impl<'a> View<'a> {
    pub(super) fn new(routine: &'a Routine, lengths: &'a dyn SpeechLengths) -> Self {
        let mut view = Self {
            routine,
            lengths,
            steps: Vec::with_capacity(32),
        };
        for (s, section) in routine.sections.iter().enumerate() {
            let around = Around {
                section: section.section,
                when: section.when.as_deref(),
                variation: None,
                group: None,
                side: None,
            };
            view.add(&format!("sections[{s}].steps"), &section.steps, around);
        }
        for (v, variation) in routine.variations.iter().enumerate() {
            for (r, replace) in variation.replace.iter().enumerate() {
                let replaced = view.named(&replace.step);
                let around = Around {
                    section: replaced.map_or(SectionKind::Release, |placed| placed.section),
                    when: replaced.and_then(|placed| placed.when),
                    variation: Some(v),
                    group: None,
                    side: replaced
                        .and_then(|placed| placed.group)
                        .and_then(|group| view.steps[group].side),
                };
                view.add(
                    &format!("variations[{v}].replace[{r}].with"),
                    &replace.with,
                    around,
                );
            }
        }
        view
    }

    fn add(&mut self, path: &str, steps: &'a [Step], around: Around<'a>) {
        for (i, step) in steps.iter().enumerate() {
            let path = format!("{path}[{i}]");
            let side = step.side.or(around.side);
            let inner = match &step.r#do {
                Do::Group(group) => Some((format!("{path}.do.steps"), &group.steps)),
                _ => None,
            };
            let own = self.steps.len();
            self.steps.push(Placed {
                path,
                step,
                section: around.section,
                when: around.when,
                variation: around.variation,
                group: around.group,
                side,
            });
            if let Some((path, steps)) = inner {
                self.add(
                    &path,
                    steps,
                    Around {
                        group: Some(own),
                        side,
                        ..around
                    },
                );
            }
        }
    }

    /// The steps of the file's own sections, without those of variations.
    pub(super) fn own(&self) -> impl Iterator<Item = &Placed<'a>> {
        self.steps
            .iter()
            .filter(|placed| placed.variation.is_none())
    }

    /// The step of the file's own sections with this name.
    pub(super) fn named(&self, name: &str) -> Option<&Placed<'a>> {
        self.own()
            .find(|placed| placed.step.name.as_deref() == Some(name))
    }

    /// The names of the steps of the file's own sections.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.steps
            .iter()
            .filter(|placed| placed.variation.is_none())
            .filter_map(|placed| placed.step.name.as_deref())
    }

    /// Whether anything is done that can hurt: pressure, rolling, stretching.
    pub(super) fn works_deep(&self) -> bool {
        self.own().any(Placed::works_deep)
    }
}

impl Placed<'_> {
    /// Whether it presses, rolls or stretches.
    pub(super) fn works_deep(&self) -> bool {
        matches!(
            self.step.r#do,
            Do::Press(_) | Do::Melt(_) | Do::Roll(_) | Do::Stretch(_) | Do::ContractRelax(_)
        )
    }

    /// Whether it is done on the left and on the right.
    pub(super) fn two_sided(&self) -> bool {
        matches!(
            self.side,
            Some(Side::Each | Side::EasierFirst | Side::Alternate)
        )
    }

    /// Whether the step itself, not a group around it, is done on both sides in turn.
    pub(super) fn own_two_sides(&self) -> bool {
        matches!(
            self.step.side,
            Some(Side::Each | Side::EasierFirst | Side::Alternate)
        )
    }

    /// The path of a field of the step.
    pub(super) fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.path)
    }

    /// The shortest, usual and longest seconds of one of its lengths.
    pub(super) fn secs(&self, length: Length) -> (f64, f64, f64) {
        match length {
            Length::Fixed(secs) => (secs.0, secs.0, secs.0),
            Length::Elastic { min, ideal, max } => (min.0, ideal.0, max.0),
            Length::Breaths(n) => {
                let secs = n * self.step.breath.map_or(0.0, crate::routine::Breath::total);
                (secs, secs, secs)
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Around<'a> {
    section: SectionKind,
    when: Option<&'a str>,
    variation: Option<usize>,
    group: Option<usize>,
    side: Option<Side>,
}

/// The sections that lie next to each other and carry `when`, as (first, one past the last).
pub(super) fn branch_runs(sections: &[Section]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (i, section) in sections.iter().enumerate() {
        match (section.when.is_some(), start) {
            (true, None) => start = Some(i),
            (false, Some(first)) => {
                runs.push((first, i));
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|first| (first, sections.len())));
    runs
}
