//! Rules about what is heard: they look at the timelines that a routine makes, one for each way through it.

mod lines;
mod pace;
mod whole;

pub(super) use whole::{Part, parts};

use crate::names::Style;
use crate::routine::{Do, Routine};
use crate::timeline::{Choices, Event, Line, Segment, StepSpan, Timeline, What};
use crate::units::Frames;

use super::Entry;
use super::view::{Placed, View};

/// The rules of all files of this folder.
pub(super) const RULES: [&[Entry]; 3] = [lines::RULES, pace::RULES, whole::RULES];

/// A routine with one of the timelines that it makes.
pub(super) struct Heard<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) timeline: &'a Timeline,
    /// Whether it is what is played when nobody chooses anything.
    pub(super) plain: bool,
}

impl<'a> Heard<'a> {
    fn style(&self) -> Style {
        self.view.routine.style
    }

    /// The lines with their events, in order.
    fn lines(&self) -> impl Iterator<Item = (&'a Event, &'a Line)> {
        self.timeline
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Say(line) => Some((event, line)),
                _ => None,
            })
    }

    fn segment(&self, event: &Event) -> &'a Segment {
        &self.timeline.segments[event.segment]
    }

    fn step(&self, event: &Event) -> &'a StepSpan {
        &self.timeline.steps[self.segment(event).step]
    }

    /// The step of the file at a path.
    fn placed(&self, path: &str) -> Option<&'a Placed<'a>> {
        self.view.steps.iter().find(|placed| placed.path == path)
    }

    /// The path of a line in the file: the cue of its step, or of a group around it, that has these words.
    fn path(&self, event: &Event, line: &Line) -> String {
        let step = &self.step(event).path;
        let mut around = self.placed(step);
        while let Some(placed) = around {
            if let Some(i) = placed
                .step
                .say
                .iter()
                .position(|cue| same_words(&cue.text, &line.text))
            {
                return placed.field(&format!("say[{i}]"));
            }
            around = placed.group.map(|group| &self.view.steps[group]);
        }
        step.clone()
    }

    /// The seconds of speech between two frames.
    fn speech(&self, start: Frames, end: Frames) -> f64 {
        self.lines()
            .filter(|(event, _)| event.at >= start && event.at < end)
            .map(|(event, _)| event.frames.min(end - event.at).secs())
            .sum()
    }
}

/// Whether a line is what a cue's text becomes with its sides filled in.
fn same_words(text: &str, said: &str) -> bool {
    let mut rest = said;
    let mut parts = text.split(['{', '}']).step_by(2);
    let Some(first) = parts.next() else {
        return said.is_empty();
    };
    let Some(after) = rest.strip_prefix(first) else {
        return false;
    };
    rest = after;
    for part in parts {
        // Whatever stands for the placeholder is one word.
        let word = rest
            .find(|letter: char| !letter.is_alphanumeric())
            .unwrap_or(rest.len());
        match rest[word..].strip_prefix(part) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Every way through a routine that a file alone can show: each branch, with each variation by itself.
pub(super) fn ways(routine: &Routine) -> Vec<Choices> {
    let options: Vec<&String> = routine
        .sections
        .iter()
        .flat_map(|section| &section.steps)
        .find_map(|step| match &step.r#do {
            Do::Choose(choose) => Some(choose),
            _ => None,
        })
        .map(|choose| {
            let others = choose
                .options
                .iter()
                .filter(|option| **option != choose.silence);
            std::iter::once(&choose.silence).chain(others).collect()
        })
        .unwrap_or_default();
    let branches: Vec<Option<String>> = if options.is_empty() {
        vec![None]
    } else {
        options
            .into_iter()
            .map(|option| Some(option.clone()))
            .collect()
    };
    let variations = std::iter::once(Vec::new()).chain(
        routine
            .variations
            .iter()
            .map(|variation| vec![variation.name.clone()]),
    );
    variations
        .flat_map(|variations| {
            branches.iter().map(move |choose| Choices {
                variations: variations.clone(),
                choose: choose.clone(),
                ..Choices::default()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_words() {
        assert!(same_words(
            "{Side} side. Nose to the {other}.",
            "Left side. Nose to the right."
        ));
        assert!(same_words("Lift.", "Lift."));
        assert!(!same_words("Lift.", "Lift. Drop."));
        assert!(!same_words("{Side} side.", "The other side."));
    }
}
