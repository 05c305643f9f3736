//! `check`: every mistake of every file, drawn, as JSON, or mended.

mod mend;

use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use clap::Args;

use super::{Answer, Exit, Stop, World};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::json::Entry;
use crate::diagnostic::terminal::{Look, render};
use crate::library::{Beside, Files, Unwalked, read};
use crate::rules;
use crate::source::Source;
use crate::wording::{Count, nearest};

/// What `check` is told.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// Files and folders; `routines` if none, or else the folder that you are in.
    paths: Vec<PathBuf>,
    /// Measure the lines with the voice instead of estimating them.
    #[arg(long)]
    voice: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Print sentences without drawings, for a screen reader.
    #[arg(long)]
    plain: bool,
    /// Mend what a machine can mend, in the files.
    #[arg(long)]
    fix: bool,
    /// Let warnings fail the check too.
    #[arg(long)]
    deny_warnings: bool,
}

/// Files that are checked before the next ones are looked for: enough to keep all cores busy, and a fixed amount of
/// memory however many there are.
const BATCH: usize = 512;

/// A file with what was found in it.
struct Found {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

/// Checks files and folders.
pub(super) fn run(args: &Check, world: &World, out: &mut dyn Write) -> Answer {
    let lengths = super::voice::lengths(args.voice, world)?;
    let mut walk = Files::named_or_here(&args.paths);
    let mut printer = Printer::new(args, world, out)?;
    loop {
        let batch: Vec<_> = walk.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let job = |path: &Path| {
            let named = args.paths.iter().any(|named| named == path);
            if args.fix {
                mend::mend(path, &*lengths, named)
            } else {
                look(path, &*lengths, named)
            }
        };
        for found in in_order(batch, &job)? {
            printer.file(found?)?;
        }
    }
    printer.end()
}

/// The diagnostics of one file; `None` for a file of a folder that says itself that it is no routine.
fn look(
    path: &Path,
    lengths: super::voice::Lengths<'_>,
    named: bool,
) -> Result<Option<Found>, Stop> {
    Ok(match read(path) {
        Err(diagnostic) => Some(Found {
            source: Source::new(path.display().to_string(), ""),
            diagnostics: vec![diagnostic],
        }),
        Ok(source) if !named && says_otherwise(&source.text) => None,
        Ok(source) => {
            let shelf = Beside::of(path, &source.text);
            let diagnostics = rules::check_spoken(&source, &shelf, lengths).diagnostics;
            Some(Found {
                source,
                diagnostics,
            })
        }
    })
}

/// Whether a file starts with the name of another kind of file: plans, themes and the like lie beside routines.
fn says_otherwise(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = [("//", "\n"), ("/*", "*/"), ("#!", "\n")]
        .into_iter()
        .find_map(|(start, end)| rest.starts_with(start).then_some(end))
    {
        rest = rest
            .split_once(end)
            .map_or("", |(_, after)| after)
            .trim_start();
    }
    let kind: String = rest
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
        .take(LONGEST_KIND)
        .collect();
    let opens = rest[kind.len()..].trim_start().starts_with('(');
    opens && !kind.is_empty() && nearest(&kind, ["Routine"]).is_none()
}

/// No kind of file has a longer name.
const LONGEST_KIND: usize = 40;

/// Runs a job over a batch on all cores; the answers come in the order of the batch.
fn in_order<J>(
    batch: Vec<Result<PathBuf, Unwalked>>,
    job: &J,
) -> Result<Vec<Result<Option<Found>, Stop>>, Stop>
where
    J: Fn(&Path) -> Result<Option<Found>, Stop> + Sync,
{
    let answer = |item: Result<PathBuf, Unwalked>| match item {
        Ok(path) => job(&path),
        Err(unwalked) => Ok(Some(Found {
            source: Source::new(unwalked.path.display().to_string(), ""),
            diagnostics: vec![unwalked.diagnostic],
        })),
    };
    let cores = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(batch.len());
    if cores == 1 {
        return Ok(batch.into_iter().map(answer).collect());
    }
    let count = batch.len();
    let waiting = Mutex::new(batch.into_iter().enumerate());
    let work = || {
        let mut done = Vec::with_capacity(count / cores + 1);
        loop {
            let next = waiting
                .lock()
                .expect("no job holds the lock while it works")
                .next();
            let Some((index, item)) = next else {
                return done;
            };
            done.push((index, answer(item)));
        }
    };
    let mut answers = thread::scope(|scope| {
        let helpers = (1..cores)
            .map(|n| {
                thread::Builder::new()
                    .name(format!("check {n}"))
                    .spawn_scoped(scope, work)
            })
            .collect::<Vec<_>>();
        let mut done = work();
        for helper in helpers {
            // Where no thread can be had, this one has done all of it.
            if let Ok(helper) = helper {
                done.extend(helper.join().expect("a check never panics"));
            }
        }
        done
    });
    answers.sort_by_key(|(index, _)| *index);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

/// Writes what is found, file by file, and sums up at the end.
struct Printer<'a> {
    args: &'a Check,
    look: Look,
    out: &'a mut dyn Write,
    files: usize,
    levels: [usize; 3],
    first: bool,
}

impl<'a> Printer<'a> {
    fn new(args: &'a Check, world: &World, out: &'a mut dyn Write) -> Result<Self, Stop> {
        if args.json {
            write!(out, "{{\"version\":1,\"diagnostics\":[")?;
        }
        let look = Look {
            colour: world.colour(),
            plain: args.plain,
        };
        Ok(Self {
            args,
            look,
            out,
            files: 0,
            levels: [0; 3],
            first: true,
        })
    }

    fn file(&mut self, found: Option<Found>) -> Result<(), Stop> {
        let Some(Found {
            source,
            diagnostics,
        }) = found
        else {
            return Ok(());
        };
        self.files += 1;
        for diagnostic in &diagnostics {
            self.levels[diagnostic.level as usize] += 1;
        }
        if !self.args.json {
            // Notes are asked for file by file; over many files they would hide what matters.
            self.out
                .write_all(render(&source, &diagnostics, self.look).as_bytes())?;
            return Ok(());
        }
        let mut entries: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| (diagnostic, Entry::new(&source, diagnostic)))
            .collect();
        entries.sort_by_key(|(diagnostic, _)| {
            (
                source.line_column(diagnostic.span.start as usize),
                diagnostic.code,
            )
        });
        for (_, entry) in entries {
            if !std::mem::take(&mut self.first) {
                self.out.write_all(b",")?;
            }
            serde_json::to_writer(&mut *self.out, &entry).map_err(std::io::Error::from)?;
        }
        Ok(())
    }

    fn end(self) -> Answer {
        let [errors, warnings, notes] = self.levels;
        if self.args.json {
            writeln!(self.out, "],\"files\":{}}}", self.files)?;
        } else {
            let files = Count(self.files, "file");
            let sum = match (errors, warnings, notes) {
                _ if self.files == 0 => "there is no routine file here".to_owned(),
                (0, 0, 0) => format!("{files} checked: all is well"),
                _ => format!(
                    "{files} checked: {}, {}, {}",
                    Count(errors, "error"),
                    Count(warnings, "warning"),
                    Count(notes, "note")
                ),
            };
            writeln!(self.out, "{sum}")?;
        }
        let failed = errors > 0 || (self.args.deny_warnings && warnings > 0);
        Ok(if failed { Exit::Problems } else { Exit::Fine })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;

    #[test]
    fn levels_index_the_sums() {
        assert_eq!(
            [
                Level::Error as usize,
                Level::Warning as usize,
                Level::Note as usize
            ],
            [0, 1, 2]
        );
    }

    #[test]
    fn other_kinds_of_file_say_so() {
        assert!(says_otherwise("// for Ada\n Plan(days: 3)"));
        assert!(!says_otherwise("Routine(title: \"Plan(\")"));
        assert!(says_otherwise("/// sounds\nSounds (…)"));
        assert!(says_otherwise("/* sounds */ Sounds(…)"));
        assert!(says_otherwise("#![enable(implicit_some)]\nSounds(…)"));
        assert!(says_otherwise("my_plan(…)"));
        assert!(!says_otherwise("Rutine(…)"));
        assert!(!says_otherwise("(title: \"\")"));
        assert!(!says_otherwise("Plan"));
        assert!(!says_otherwise(""));
    }
}
