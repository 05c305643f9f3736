//! The rules of a routine: one table, which `explain`, the authors' guide and the tests read, and the check that runs
//! all of it over a file.
//!
//! Reading and syntax have their own codes (`RW001`–`RW099`), so has what keeps a routine from becoming a timeline
//! (`RW2xx`). The rules here are `RW100`–`RW199`.

mod blend;
mod body;
mod breath;
mod heard;
mod limits;
mod pointers;
mod range;
mod report;
mod session_sum;
mod sides;
mod structure;
mod text;
mod touch;
mod trust;
mod view;
mod voice;
mod words;

use crate::diagnostic::{self, Diagnostic, Fix, Level, Rule};
use crate::reader::{self, Reading};
use crate::routine::Routine;
use crate::source::Source;
use crate::syntax::Tree;
use crate::timeline::speech_length::Formula;
use crate::timeline::{Shelf, SpeechLengths, Timeline, compile};

use heard::Heard;
use report::{Change, Finding, Report, What};
use view::View;

/// A rule with what finds its violations.
struct Entry {
    rule: Rule,
    check: Check,
}

/// How a rule looks.
enum Check {
    /// At what is written.
    Written(fn(&View<'_>, &mut Report<'_>)),
    /// At what is heard, one way through the routine at a time.
    Heard(fn(&Heard<'_>, &mut Report<'_>)),
}

/// Codes before this one are about reading.
pub const FIRST: &str = "RW100";
/// What the codes of the timeline begin with.
const TIMELINE: &str = "RW2";

/// The table.
fn entries() -> impl Iterator<Item = &'static Entry> {
    const WRITTEN: [&[Entry]; 12] = [
        trust::RULES,
        pointers::RULES,
        limits::RULES,
        breath::RULES,
        touch::RULES,
        session_sum::RULES,
        body::RULES,
        sides::RULES,
        words::RULES,
        voice::RULES,
        structure::RULES,
        blend::RULES,
    ];
    WRITTEN.into_iter().chain(heard::RULES).flatten()
}

/// Every rule about a routine, in the order of their codes.
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = entries().map(|entry| &entry.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Whether a text can be the id of a routine or the name of a step: small letters, digits and hyphens, at most 60.
pub fn is_id(text: &str) -> bool {
    pointers::is_kebab(text)
}

/// Whether the parts of a blend are in the proportions that are usual.
pub fn is_in_proportion(blend: &Timeline) -> bool {
    heard::parts(blend).iter().all(heard::Part::is_usual)
}

/// What a check gave.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The routine, if it can be used: no error anywhere.
    pub routine: Option<Routine>,
    /// All that was found, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// How many errors and warnings there are.
    pub fn problems(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.level != Level::Note)
            .count()
    }
}

/// Reads a routine file and runs every rule over it, with lines as long as the speech formula says.
pub fn check(source: &Source, shelf: &dyn Shelf) -> Checked {
    check_spoken(source, shelf, &Formula)
}

/// The same with the lengths of a real voice.
pub fn check_spoken(source: &Source, shelf: &dyn Shelf, lengths: &dyn SpeechLengths) -> Checked {
    let reading: Reading<Routine> = reader::read(source);
    let mut found = match reading.checkable() {
        Some(routine) => findings(routine, reading.value.is_some(), shelf, lengths),
        None => Vec::new(),
    };
    found.retain(|finding| reading.trusts(grounds(&finding.diagnostic)));
    let mut diagnostics: Vec<_> = found
        .into_iter()
        .map(|finding| placed(&reading.tree, finding))
        .collect();
    reading.tree.locate(&mut diagnostics);
    diagnostics.extend(reading.diagnostics);
    diagnostic::tidy(&mut diagnostics);
    let usable = diagnostics
        .iter()
        .all(|diagnostic| diagnostic.level != Level::Error);
    Checked {
        routine: reading.value.filter(|_| usable),
        diagnostics,
    }
}

/// All that the rules find; what is heard only of a file that was read without an error.
fn findings(
    routine: &Routine,
    whole: bool,
    shelf: &dyn Shelf,
    lengths: &dyn SpeechLengths,
) -> Vec<Finding> {
    let view = View::new(routine, lengths);
    let mut found = Vec::new();
    for entry in entries() {
        if let Check::Written(check) = entry.check {
            check(
                &view,
                &mut Report {
                    rule: &entry.rule,
                    found: &mut found,
                },
            );
        }
    }
    let mut timelines: Vec<Timeline> = Vec::new();
    for choices in heard::ways(routine) {
        match compile(routine, "", &choices, lengths, shelf) {
            Ok(timeline) => timelines.push(timeline),
            Err(problems) => found.extend(new_problems(&found, problems)),
        }
    }
    if whole {
        for timeline in &timelines {
            let plain = timeline.choices.variations.is_empty()
                && std::ptr::eq(timeline, &raw const timelines[0]);
            let heard = Heard {
                view: &view,
                timeline,
                plain,
            };
            for entry in entries() {
                if let Check::Heard(check) = entry.check {
                    check(
                        &heard,
                        &mut Report {
                            rule: &entry.rule,
                            found: &mut found,
                        },
                    );
                }
            }
        }
    }
    found
}

/// The path of all that a diagnostic rests on: when a line is heard rests on its whole step, and how long a routine
/// lasts on all of it.
fn grounds(diagnostic: &Diagnostic) -> &str {
    let path = diagnostic.path.as_deref().unwrap_or_default();
    if !diagnostic.code.starts_with(TIMELINE) && diagnostic.code != sides::IDLE_SWITCH {
        return path;
    }
    let step = path.rfind("steps[").and_then(|at| {
        let end = at + path[at..].find(']')?;
        path.get(..=end)
    });
    step.unwrap_or_default()
}

/// What keeps a routine from becoming a timeline, without what only follows from an error that is known already.
fn new_problems(found: &[Finding], problems: Vec<Diagnostic>) -> Vec<Finding> {
    let path = |diagnostic: &Diagnostic| diagnostic.path.clone().unwrap_or_default();
    let within = |inner: &str, outer: &str| inner.starts_with(outer) || outer.starts_with(inner);
    problems
        .into_iter()
        .filter(|problem| {
            !found.iter().any(|known| {
                known.diagnostic.level == Level::Error
                    && within(&path(&known.diagnostic), &path(problem))
            })
        })
        .map(|diagnostic| Finding {
            diagnostic,
            change: None,
        })
        .collect()
}

/// The diagnostic of a finding, its change turned into edits of the text.
fn placed(tree: &Tree, finding: Finding) -> Diagnostic {
    let fix = finding.change.and_then(|change| fix(tree, change));
    Diagnostic {
        fix,
        ..finding.diagnostic
    }
}

fn fix(tree: &Tree, change: Change) -> Option<Fix> {
    let edit = match &change.what {
        What::Set(text) => tree.set(&change.path, text),
        What::Remove => tree.remove(&change.path),
        What::Append(text) => {
            let list = tree.node_at(&change.path)?;
            tree.insert(
                &format!("{}[{}]", change.path, tree.children(list).count()),
                text,
            )
        }
    };
    edit.map(|edit| Fix {
        message: change.message,
        sure: change.sure,
        edits: vec![edit],
    })
}
