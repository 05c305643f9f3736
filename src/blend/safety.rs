//! Safety lines are never left out: those of what does not come along are said at the beginning of their part.

use crate::names::Style;
use crate::routine::does::Does;
use crate::routine::kind::Say;
use crate::routine::speech_length::formula;
use crate::routine::{Cue, CueKind, Do, Routine, Section, SectionKind, Step};
use crate::units::Secs;

/// What the names of our own steps for such lines begin with.
const SAFETY: &str = "blend-safety";
/// Seconds between two lines (`content.md` 5.7).
const APART: f64 = 0.8;

/// What comes along of a routine, with the safety lines of what does not.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The steps.
    pub(super) steps: Vec<Step>,
    /// What is to be said before them.
    pub(super) before: Vec<Cue>,
    /// What is to be said at the end.
    pub(super) after: Vec<Cue>,
}

/// Takes the steps that are wanted of the sections that are wanted. The lines of a step that does something to the
/// body go with it; those of a rest, of words or of a gate are about all the rest too.
pub(super) fn take(
    routine: &Routine,
    section_wanted: impl Fn(&Section) -> bool,
    step_wanted: impl Fn(&Step) -> bool,
) -> Taken {
    let mut taken = Taken::default();
    for section in &routine.sections {
        let comes = section_wanted(section);
        if !comes && section.when.is_some() {
            // What is said in another branch is about that branch.
            continue;
        }
        for step in &section.steps {
            if comes && step_wanted(step) {
                taken.steps.push(step.clone());
            } else if !Does::of(step).more_than_rest {
                let lines = if section.section < SectionKind::Integrate {
                    &mut taken.before
                } else {
                    &mut taken.after
                };
                lines.extend(lines_of(step));
            }
        }
    }
    taken
}

/// Whether a step has something to say that keeps the body safe.
pub(super) fn keeps_safe(step: &Step) -> bool {
    !lines_of(step).is_empty()
}

/// The safety lines of a step and of those in it.
fn lines_of(step: &Step) -> Vec<Cue> {
    let own = step.say.iter().filter(|cue| cue.kind == CueKind::Safety);
    let mut lines: Vec<Cue> = own.cloned().collect();
    if let Do::Group(group) = &step.r#do {
        lines.extend(group.steps.iter().flat_map(lines_of));
    }
    lines
}

/// A step that says these lines one after another; `None` if there are none.
pub(super) fn said(name: &str, lines: Vec<Cue>, section: SectionKind) -> Option<Step> {
    let mut say: Vec<Cue> = Vec::new();
    let mut at = APART;
    for line in lines {
        let text = on_both_sides(&line.text);
        if say.iter().any(|said| said.text == text) {
            continue;
        }
        let end = at + formula(&text, Style::Blend, section).0;
        say.push(Cue {
            at: Some(Secs(at)),
            kind: CueKind::Safety,
            text,
            caption: line.caption.as_deref().map(on_both_sides),
            clip: line.clip,
            ..Cue::default()
        });
        // In tenths: a person may read the file.
        at = ((end + APART) * 10.0).ceil() / 10.0;
    }
    (!say.is_empty()).then(|| Step {
        name: Some(format!("{SAFETY}-{name}")),
        say,
        ..Step::new(Do::Say(Say { length: None }))
    })
}

/// Whether a step is one of those that say such lines.
pub(super) fn is_said(step: &Step) -> bool {
    step.name
        .as_deref()
        .is_some_and(|name| name.starts_with(SAFETY))
}

/// A text for a step that has no sides.
fn on_both_sides(text: &str) -> String {
    text.replace("{side}", "left or right")
        .replace("{other}", "right or left")
        .replace("{Side}", "Left or right")
        .replace("{Other}", "Right or left")
}
