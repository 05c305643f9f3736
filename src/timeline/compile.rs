//! A routine and the choices made become a timeline.
//!
//! The order of work (`format.md` 4): includes → language → variations → tags → plan → the client's own edits → safety
//! check → atoms → fit → sides → cues → tones and transitions. What a later stage makes unsafe is an error, never a
//! silent mend.

mod draft;
mod edits;
mod finish;
mod fit;
mod fitting;
mod include;
mod lines;
mod nodes;
mod overlay;
mod parts;
mod placed;
mod problem;
mod score;
mod tags;
#[cfg(test)]
mod tests;
mod tones;

use crate::diagnostic::Diagnostic;
use crate::names::Area;
use crate::routine::Routine;
use crate::routine::atoms;
use crate::timeline::{Choices, SpeechLengths, Timeline};
use crate::units::Frames;

use draft::Draft;
use finish::Heard;
use lines::Lines;
use nodes::Node;
use overlay::{Clock, Overlays};
use parts::Part;
use score::Score;

pub use fitting::Reach;

/// Other routines, for what a routine includes.
pub trait Shelf {
    /// The routine with this id.
    fn routine(&self, id: &str) -> Option<&Routine>;

    /// The therapeutic routine that is about an area before others, with its id.
    fn for_area(&self, area: Area) -> Option<(&str, &Routine)>;
}

/// A shelf with nothing on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyShelf;

impl Shelf for EmptyShelf {
    fn routine(&self, _id: &str) -> Option<&Routine> {
        None
    }

    fn for_area(&self, _area: Area) -> Option<(&str, &Routine)> {
        None
    }
}

/// The timeline of a routine with the choices made, or all that keeps it from being one. Pure: the same inputs give the
/// same timeline on every machine.
pub fn compile(
    routine: &Routine,
    id: &str,
    choices: &Choices,
    lengths: &dyn SpeechLengths,
    shelf: &dyn Shelf,
) -> Result<Timeline, Vec<Diagnostic>> {
    let draft = chosen(routine, id, choices, shelf)?;
    let mut parts = ready(&draft, choices)?;
    fitting::set_lengths(&mut parts, choices.minutes, &routine.title)?;
    let mut score = Score::new(&routine.language);
    for (index, section) in parts.iter().flat_map(played).enumerate() {
        score.section(section, index);
    }
    let mut hearing = Hearing {
        routine,
        choices,
        lengths,
        respell: &draft.respell,
        ideal: choices.minutes.is_none(),
    };
    let mut heard = hearing.hear(&score)?;
    for &edit in &choices.edits {
        edits::apply(&mut score, &heard.starts, edit).map_err(|problem| vec![*problem])?;
        hearing.ideal = false;
        heard = hearing.hear_on(&score, heard, edit.from())?;
    }
    Ok(finish::finish(
        routine,
        id,
        choices,
        draft.respell.clone(),
        &score,
        heard,
    ))
}

/// How short and how long a routine can be with the choices made, and how long it is by itself.
pub fn reach(
    routine: &Routine,
    id: &str,
    choices: &Choices,
    shelf: &dyn Shelf,
) -> Result<Reach, Vec<Diagnostic>> {
    let draft = chosen(routine, id, choices, shelf)?;
    fitting::reach(&ready(&draft, choices)?)
}

/// The stages that choose steps, up to the safety check of what has come out.
fn chosen(
    routine: &Routine,
    id: &str,
    choices: &Choices,
    shelf: &dyn Shelf,
) -> Result<Draft, Vec<Diagnostic>> {
    let mut problems: Vec<Diagnostic> = bed_without_numbers(routine).into_iter().collect();
    let mut draft = Draft::new(routine);
    include::resolve(&mut draft, routine, id, choices, shelf, &mut problems);
    overlay::unknown(&draft, choices, &mut problems);
    problems.extend(overlay::no_such_branch(&draft, choices));
    let mut overlays = Overlays::new(&draft, choices);
    overlays.apply(&mut draft, &choices.variations, &mut problems);
    let bounds = tags::apply(&mut draft, &mut overlays, choices, &mut problems);
    tags::cap(&mut draft, bounds.cap);
    for name in &choices.left_out {
        overlays.leave_out(&mut draft, name, Clock::Goes);
    }
    tags::check(&draft, &bounds, &mut problems);
    if problems.is_empty() {
        Ok(draft)
    } else {
        Err(problems)
    }
}

/// A level or a fade that is no number, or longer than four hours.
fn bed_without_numbers(routine: &Routine) -> Option<Diagnostic> {
    let bed = routine.bed.as_ref()?;
    let fade = bed.fade.is_none_or(|fade| {
        fade.by.0.is_finite() && atoms::frames(fade.last, "bed.fade.last").is_ok()
    });
    let sound = bed.level.0.is_finite() && fade;
    (!sound).then(|| {
        problem::problem(
            "RW202",
            "bed",
            "the level and the fade of the background sound must be numbers",
        )
    })
}

/// The parts of a draft, expanded to atoms and not too many of them.
fn ready<'d>(draft: &'d Draft, choices: &Choices) -> Result<Vec<Part<'d>>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let parts = parts::parts(draft, choices, &mut problems);
    problems.extend(nodes::too_many(parts.iter().flat_map(all_nodes)));
    if problems.is_empty() {
        Ok(parts)
    } else {
        Err(problems)
    }
}

/// What the placing of events needs to know.
struct Hearing<'a> {
    routine: &'a Routine,
    choices: &'a Choices,
    lengths: &'a dyn SpeechLengths,
    respell: &'a [(String, String)],
    ideal: bool,
}

impl Hearing<'_> {
    /// All that is heard of a score.
    fn hear(&self, score: &Score<'_>) -> Result<Heard, Vec<Diagnostic>> {
        let starts = score.starts();
        let mut problems = Vec::new();
        let mut events = Vec::new();
        let bedtime = self.routine.bedtime || self.choices.bedtime;
        tones::place(score, &starts, bedtime, &mut events);
        let lines = Lines {
            score,
            starts: &starts,
            style: self.routine.style,
            language: &self.routine.language,
            choices: self.choices,
            lengths: self.lengths,
            respell: self.respell,
            ideal: self.ideal,
        };
        lines.place(&mut events, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        placed::sort(&mut events);
        lines::make_room(&mut events, Frames::ZERO);
        let fade = finish::fade(self.routine, starts[score.leaves.len()]);
        Ok(Heard {
            starts,
            events,
            fade,
        })
    }

    /// The same after a change: what was heard before `from` stays, and so does a fade that has begun.
    fn hear_on(
        &self,
        score: &Score<'_>,
        before: Heard,
        from: Frames,
    ) -> Result<Heard, Vec<Diagnostic>> {
        let mut heard = self.hear(score)?;
        heard.events = edits::splice(before.events, heard.events, from);
        lines::make_room(&mut heard.events, from);
        if before.fade.is_some_and(|fade| fade.start < from) {
            heard.fade = before.fade;
        }
        Ok(heard)
    }
}

/// The sections of a part that are played.
fn played<'p, 'd>(part: &'p Part<'d>) -> &'p [Vec<Node<'d>>] {
    match part {
        Part::Section(nodes) => std::slice::from_ref(nodes),
        Part::Branches(branches, taken) => &branches[*taken].sections,
    }
}

/// All nodes of a part, played or not.
fn all_nodes<'p, 'd>(part: &'p Part<'d>) -> Vec<&'p Node<'d>> {
    match part {
        Part::Section(nodes) => nodes.iter().collect(),
        Part::Branches(branches, _) => branches
            .iter()
            .flat_map(|branch| branch.sections.iter().flatten())
            .collect(),
    }
}
