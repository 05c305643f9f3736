//! The routines at hand: those that Rootwell ships, and those of a person's or a studio's folder. A file that cannot be
//! used is an entry too, with what is wrong with it.

mod built_in;
mod files;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::names::{Area, Style};
use crate::routine::Routine;
use crate::rules::{self, Checked};
use crate::source::Source;
use crate::timeline::Shelf;
use crate::wording::{List, nearest};

pub use built_in::BUILT_IN;
pub use files::{Files, Unwalked, read, rewrite};

/// A routine file with what its check gave.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file's stem; with the studio in front where it is a pack's, or a personal copy's of a shipped one.
    pub id: String,
    /// The file's text; its name is the path.
    pub source: Source,
    /// The routine, or what is wrong with it.
    pub checked: Checked,
}

impl Entry {
    /// What it is called: its title, else its id.
    pub fn title(&self) -> &str {
        self.checked
            .routine
            .as_ref()
            .map_or(&self.id, |routine| &routine.title)
    }

    /// The first thing that is wrong with it, and on which line: `line 3: …`.
    pub fn mistake(&self, problems: &[Diagnostic]) -> String {
        problems.first().map_or_else(String::new, |problem| {
            let line = self.source.line_column(problem.span.start as usize).line;
            format!("line {line}: {}", problem.message)
        })
    }
}

/// All routines at hand, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
}

impl Library {
    /// The routines that Rootwell ships.
    pub fn built_in() -> Self {
        let sources = BUILT_IN
            .iter()
            .map(|shipped| (shipped.id.to_owned(), shipped.source()));
        Self::of(sources.map(|(id, source)| (id, Ok(source))).collect())
    }

    /// The shipped routines and those of a folder, which may be missing.
    pub fn with_folder(folder: &Path) -> Self {
        let mut sources: Vec<(String, Result<Source, Unread>)> = BUILT_IN
            .iter()
            .map(|shipped| (shipped.id.to_owned(), Ok(shipped.source())))
            .collect();
        if folder.is_dir() {
            for path in Files::new([folder.to_owned()]).flatten() {
                let stem = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                // A personal copy never hides the original.
                let taken = sources.iter().any(|(id, _)| *id == stem);
                let id = if taken { format!("own/{stem}") } else { stem };
                let source = read(&path).map_err(|diagnostic| Unread {
                    name: path.display().to_string(),
                    diagnostic,
                });
                sources.push((id, source));
            }
        }
        Self::of(sources)
    }

    fn of(mut sources: Vec<(String, Result<Source, Unread>)>) -> Self {
        sources.sort_by(|(a, _), (b, _)| a.cmp(b));
        // Includes look at what others say, not at whether it is right.
        let mut shelf = Drafts::default();
        for (id, source) in &sources {
            if let Ok(source) = source
                && let Some(routine) = crate::reader::read::<Routine>(source).value
            {
                shelf.routines.insert(id.clone(), routine);
            }
        }
        let entries = sources
            .into_iter()
            .map(|(id, source)| match source {
                Ok(source) => {
                    let checked = rules::check(&source, &shelf);
                    Entry {
                        id,
                        source,
                        checked,
                    }
                }
                Err(unread) => unread.entry(id),
            })
            .collect();
        Self { entries }
    }

    /// All routines, sorted by id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The routine with this id, usable or not.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries
            .binary_search_by(|entry| entry.id.as_str().cmp(id))
            .ok()
            .map(|index| &self.entries[index])
    }

    /// The usable routine with this id, or a sentence that says what there is instead.
    pub fn find(&self, id: &str) -> Result<(&Entry, &Routine), String> {
        let Some(entry) = self.entry(id) else {
            let ids: Vec<&str> = self.entries.iter().map(|entry| entry.id.as_str()).collect();
            return Err(match nearest(id, ids.iter().copied()) {
                Some(near) => format!("there is no routine `{id}`; did you mean `{near}`?"),
                None => format!("there is no routine `{id}`; there are {}", List::and(&ids)),
            });
        };
        match &entry.checked.routine {
            Some(routine) => Ok((entry, routine)),
            None => Err(format!(
                "`{id}` has mistakes; `rootwell check {}` shows them",
                entry.source.name
            )),
        }
    }
}

impl Shelf for Library {
    fn routine(&self, id: &str) -> Option<&Routine> {
        self.entry(id)?.checked.routine.as_ref()
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        let usable = self
            .entries
            .iter()
            .filter_map(|entry| Some((entry.id.as_str(), entry.checked.routine.as_ref()?)));
        about(usable, area)
    }
}

/// The therapeutic routine that is about an area before others: it names the area earliest, and fewest beside it.
fn about<'a>(
    routines: impl Iterator<Item = (&'a str, &'a Routine)>,
    area: Area,
) -> Option<(&'a str, &'a Routine)> {
    routines
        .filter(|(_, routine)| routine.style == Style::Therapeutic)
        .filter_map(|(id, routine)| {
            let areas = routine.areas_spread();
            let place = areas.iter().position(|named| *named == area)?;
            Some(((place, areas.len()), (id, routine)))
        })
        .min_by_key(|(order, _)| *order)
        .map(|(_, found)| found)
}

/// Routines that were read and not checked yet.
#[derive(Default)]
struct Drafts {
    routines: BTreeMap<String, Routine>,
}

impl Shelf for Drafts {
    fn routine(&self, id: &str) -> Option<&Routine> {
        self.routines.get(id)
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        about(
            self.routines
                .iter()
                .map(|(id, routine)| (id.as_str(), routine)),
            area,
        )
    }
}

/// A file that could not be read at all.
struct Unread {
    name: String,
    diagnostic: Diagnostic,
}

impl Unread {
    fn entry(self, id: String) -> Entry {
        Entry {
            id,
            source: Source::new(self.name, ""),
            checked: Checked {
                routine: None,
                diagnostics: vec![self.diagnostic],
            },
        }
    }
}

/// The shelf for a file of a folder: the files beside it first, then the shipped routines. Nothing is read until
/// something is included.
#[derive(Default)]
pub struct Beside {
    drafts: Drafts,
}

impl Beside {
    /// The shelf for a file, given its text.
    pub fn of(path: &Path, text: &str) -> Self {
        let mut drafts = Drafts::default();
        if text.contains("Include") {
            for shipped in BUILT_IN {
                let routine = crate::reader::read::<Routine>(&shipped.source()).value;
                drafts
                    .routines
                    .extend(routine.map(|routine| (shipped.id.to_owned(), routine)));
            }
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .unwrap_or(Path::new("."));
            for path in siblings(folder) {
                let stem = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let routine = read(&path)
                    .ok()
                    .and_then(|source| crate::reader::read::<Routine>(&source).value);
                drafts
                    .routines
                    .extend(routine.map(|routine| (stem, routine)));
            }
        }
        Self { drafts }
    }
}

/// The routine files right in a folder, at most a thousand.
fn siblings(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let files = entries.flatten().map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .take(1_000)
        .collect()
}

impl Shelf for Beside {
    fn routine(&self, id: &str) -> Option<&Routine> {
        self.drafts.routine(id)
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        self.drafts.for_area(area)
    }
}
