//! Everything that is kept, in one hand: seen, taken away as one file, brought to another machine, removed.
//!
//! The one file is an `SQLite` archive (`sqlar`): any `SQLite` lists and unpacks it (`sqlite3 FILE -At`). The journal is in
//! it as JSON, so that it comes back without doubles; all other files as they are.

mod archive;
mod removal;

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::journal::transfer::{ImportError, Imported};
use super::journal::{Journal, JournalError, Notice};
use super::{Folders, replace};
use crate::words::{Words, in_english};
use archive::{read_archive, write_archive};

pub use removal::remove_all;

/// Something that is kept, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// What it is, in plain words.
    pub what: &'static str,
    /// The file or the folder.
    pub path: PathBuf,
    /// How many files there are.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
}

/// What cannot be done with what is kept.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file is refused by the system.
    File {
        /// What was being done.
        doing: Doing,
        /// Why not.
        source: std::io::Error,
        /// Which one.
        path: PathBuf,
    },
    /// The archive cannot be read or written.
    Archive {
        /// What `SQLite` reports.
        source: rusqlite::Error,
        /// Which one.
        path: PathBuf,
    },
    /// A file in the archive cannot be unpacked; nothing was brought in.
    Packed(String),
    /// The archive holds a name that is not one of ours; nothing was brought in.
    Foreign(String),
    /// The journal refuses.
    Journal(#[from] JournalError),
    /// The journal in the archive cannot be brought in.
    Import(#[from] ImportError),
}

impl DataError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::File {
                doing,
                source,
                path,
            } => {
                let doing = match doing {
                    Doing::Read => &said.data_read,
                    Doing::Write => &said.data_write,
                    Doing::Remove => &said.data_remove,
                };
                words.fill(doing, &[("error", source), ("file", &path.display())])
            }
            Self::Archive { source, path } => words.fill(
                &said.data_archive,
                &[("error", source), ("file", &path.display())],
            ),
            Self::Packed(name) => words.fill(&said.data_packed, &[("name", name)]),
            Self::Foreign(name) => words.fill(&said.data_foreign, &[("name", name)]),
            Self::Journal(error) => error.said(words),
            Self::Import(error) => error.said(words),
        }
    }
}

in_english!(DataError);

/// What was to be done with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doing {
    /// It was to be read.
    Read,
    /// It was to be written.
    Write,
    /// It was to be removed with all the others.
    Remove,
}

/// What an export did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exported {
    /// How many files are in it.
    pub files: usize,
    /// What is to be said about the journal.
    pub notices: Vec<Notice>,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Brought {
    /// What came into the journal.
    pub journal: Imported,
    /// Files that are new here.
    pub files: usize,
    /// Files of the archive that were left out, because another one stands in their place here.
    pub kept: Vec<String>,
    /// What is to be said about the journal.
    pub notices: Vec<Notice>,
}

/// The name of the journal in the archive.
const JOURNAL: &str = "journal.json";

/// Everything that is kept, with its place.
pub fn show(folders: &Folders) -> Vec<Place> {
    let places = [
        ("Journal", folders.journal()),
        ("Backups of the journal", folders.backups()),
        ("Settings", folders.settings()),
        (
            "Health ticks, signs of today, reminders, last answers",
            folders.profile_file(),
        ),
        ("Reminders that were shown", folders.shown_file()),
        ("The studio's settings", folders.studio()),
        ("Plans", folders.plans()),
        ("Your own versions of routines", folders.edits()),
        ("Recordings", folders.recordings()),
        ("Reports of crashes", folders.crashes()),
        (
            "What can be made again (voice, loops)",
            folders.cache.clone(),
        ),
    ];
    let named: Vec<PathBuf> = places.iter().map(|(_, path)| path.clone()).collect();
    let mut shown: Vec<Place> = places
        .into_iter()
        .map(|(what, path)| measured(what, path))
        .collect();
    let mut others = Place {
        what: "Other files",
        path: folders.data.clone(),
        files: 0,
        bytes: 0,
    };
    let all = [&folders.config, &folders.data].map(|folder| files_in(folder));
    for file in all.iter().flatten() {
        if named.iter().any(|known| file.starts_with(known)) {
            continue;
        }
        // The journal's log and damaged copies lie beside it.
        let inside = file.strip_prefix(&folders.data).map(slashes);
        let place = match inside {
            Ok(inside) if is_of_journal(&inside) => &mut shown[0],
            _ => &mut others,
        };
        place.files += 1;
        place.bytes += size(file);
    }
    if others.files > 0 {
        shown.push(others);
    }
    shown
}

fn measured(what: &'static str, path: PathBuf) -> Place {
    let files = files_in(&path);
    Place {
        what,
        files: files.len(),
        bytes: files.iter().map(|file| size(file)).sum(),
        path,
    }
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// All files below a path, sorted; links are followed, one that leads back up is not gone round again.
fn files_in(path: &Path) -> Vec<PathBuf> {
    fn look(path: &Path, above: &[PathBuf], found: &mut Vec<PathBuf>) {
        let Ok(real) = fs::canonicalize(path) else {
            return;
        };
        if real.is_file() {
            return found.push(path.to_owned());
        }
        if above.contains(&real) {
            return;
        }
        let above = [above, &[real]].concat();
        let mut inside: Vec<PathBuf> = fs::read_dir(path)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        inside.sort();
        inside.iter().for_each(|path| look(path, &above, found));
    }
    let mut found = Vec::new();
    look(path, &[], &mut found);
    found
}

/// Writes everything but the cache and the backups into one file.
pub fn export(folders: &Folders, to: &Path) -> Result<Exported, DataError> {
    let journal = Journal::open(folders)?;
    let mut files = vec![(JOURNAL.to_owned(), journal.to_json()?.into_bytes())];
    for (root, folder) in [("config", &folders.config), ("data", &folders.data)] {
        for path in files_in(folder)
            .into_iter()
            .filter(|path| is_exported(folders, path))
        {
            let bytes = fs::read(&path).map_err(|source| DataError::File {
                doing: Doing::Read,
                source,
                path: path.clone(),
            })?;
            let inside = path.strip_prefix(folder).expect("it was found in there");
            files.push((format!("{root}/{}", slashes(inside)), bytes));
        }
    }
    let exported = Exported {
        files: files.len(),
        notices: journal.take_notices(),
    };
    write_archive(to, files)?;
    Ok(exported)
}

/// The journal goes as JSON: its database, log, backups and damaged copies stay. Exports of before stay too.
fn is_exported(folders: &Folders, path: &Path) -> bool {
    let is_export = path.extension().is_some_and(|ending| ending == "sqlar");
    let inside = path.strip_prefix(&folders.data);
    !is_export && !inside.is_ok_and(|inside| is_of_journal(&slashes(inside)))
}

/// Whether a path below the data folder is the journal's own; on a disk that does not tell small letters from large too.
fn is_of_journal(inside: &str) -> bool {
    let inside = inside.to_lowercase();
    inside.starts_with("journal.sqlite") || inside.starts_with("backups/")
}

fn slashes(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// Brings an export in: the journal without doubles, files only where nothing stands.
pub fn import(folders: &Folders, from: &Path) -> Result<Brought, DataError> {
    let files = read_archive(from)?;
    let mut brought = Brought::default();
    let mut places = Vec::new();
    for (name, bytes) in &files {
        if name != JOURNAL {
            places.push((
                name,
                place_of(folders, name).ok_or_else(|| DataError::Foreign(name.clone()))?,
                bytes,
            ));
        }
    }
    if let Some((_, journal)) = files.iter().find(|(name, _)| name == JOURNAL) {
        let mut here = Journal::open(folders)?;
        brought.journal = here.import(&String::from_utf8_lossy(journal))?;
        brought.notices = here.take_notices();
    }
    for (name, place, bytes) in places {
        match fs::read(&place) {
            Ok(here) if here == *bytes => {}
            Ok(_) => brought.kept.push(name.clone()),
            Err(_) => {
                replace(&place, bytes).map_err(|source| DataError::File {
                    doing: Doing::Write,
                    source,
                    path: place.clone(),
                })?;
                brought.files += 1;
            }
        }
    }
    Ok(brought)
}

/// Where a file of the archive belongs; `None` for a name that we would never write.
fn place_of(folders: &Folders, name: &str) -> Option<PathBuf> {
    let (root, inside) = name.split_once('/')?;
    let folder = match root {
        "config" => &folders.config,
        "data" => &folders.data,
        _ => return None,
    };
    let inside_path = Path::new(inside);
    let plain = inside_path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let odd = inside.is_empty()
        || inside.contains(['\\', ':'])
        || inside.contains("//")
        || inside.contains(char::is_control);
    (plain && !odd && !is_of_journal(inside)).then(|| folder.join(inside_path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Entry;
    use crate::names::Style;
    use crate::profile::Profile;
    use jiff::Timestamp;
    use jiff::civil::date;

    pub(super) fn filled() -> (tempfile::TempDir, Folders) {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(&home.path().join("rootwell"));
        let entry = Entry::begun(
            Timestamp::UNIX_EPOCH,
            date(1970, 1, 1),
            "x",
            "X",
            Style::Blend,
        );
        Journal::open(&folders).unwrap().add(&entry).unwrap();
        Journal::open(&folders)
            .unwrap()
            .back_up(date(2026, 11, 25))
            .unwrap();
        folders.save_profile(&Profile::default()).unwrap();
        replace(&folders.edits().join("my neck.ron"), b"Routine()").unwrap();
        replace(&folders.voice_cache().join("line.wav"), &[0; 100]).unwrap();
        (home, folders)
    }

    #[test]
    fn everything_is_shown_with_its_place() {
        let (_home, folders) = filled();
        let shown = show(&folders);
        let place = |what: &str| shown.iter().find(|place| place.what == what).unwrap();
        assert!(place("Journal").bytes > 0);
        assert!(shown.iter().all(|place| place.what != "Other files"));
        assert_eq!(place("Your own versions of routines").files, 1);
        assert_eq!(place("What can be made again (voice, loops)").bytes, 100);
        assert_eq!(place("Recordings").files, 0);
    }

    #[test]
    fn an_export_moves_to_another_machine_once() {
        let (home, folders) = filled();
        let file = folders.data.join("documents/all.sqlar");
        fs::create_dir(folders.data.join("documents")).unwrap();
        assert_eq!(export(&folders, &file).unwrap().files, 3);
        assert_eq!(
            export(&folders, &file).unwrap().files,
            3,
            "it is not in itself"
        );
        let other = Folders::under(&home.path().join("other"));
        let brought = import(&other, &file).unwrap();
        assert_eq!((brought.journal.added, brought.files), (1, 2));
        assert_eq!(
            fs::read(other.edits().join("my neck.ron")).unwrap(),
            b"Routine()"
        );
        let again = import(&other, &file).unwrap();
        assert_eq!(
            again,
            Brought {
                journal: Imported {
                    known: 1,
                    ..Imported::default()
                },
                ..Brought::default()
            }
        );
        fs::write(other.edits().join("my neck.ron"), b"mine").unwrap();
        assert_eq!(
            import(&other, &file).unwrap().kept,
            ["data/routines/my neck.ron"]
        );
        assert_eq!(
            fs::read(other.edits().join("my neck.ron")).unwrap(),
            b"mine"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_behind_links_goes_along() {
        use std::os::unix::fs::symlink;
        let (home, folders) = filled();
        let far = home.path().join("far");
        fs::rename(folders.edits(), &far).unwrap();
        symlink(&far, folders.edits()).unwrap();
        symlink(&far, far.join("round")).unwrap();
        let shown = show(&folders);
        let edits = shown.iter().find(|place| place.path == folders.edits());
        assert_eq!(edits.unwrap().files, 1);
        let file = home.path().join("all.sqlar");
        assert_eq!(export(&folders, &file).unwrap().files, 3);
    }

    #[track_caller]
    fn foreign(name: &str) {
        let (home, folders) = filled();
        let file = home.path().join("bad.sqlar");
        write_archive(&file, vec![(name.to_owned(), b"x".to_vec())]).unwrap();
        assert!(
            matches!(import(&folders, &file), Err(DataError::Foreign(_))),
            "{name}"
        );
    }

    #[test]
    fn names_that_reach_elsewhere_are_refused() {
        foreign("../evil");
        foreign("config/../../evil");
        foreign("/etc/passwd");
        foreign("config//etc/passwd");
        foreign("data/c:\\evil");
        foreign("data/journal.sqlite");
        foreign("data/Journal.SQLite-wal");
        foreign("data/backups/journal-2026-01-01.sqlite");
        foreign("cache/x");
        foreign("config/\x1b[2J");
        foreign("config/");
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let (home, folders) = filled();
        let file = home.path().join("no.sqlar");
        fs::write(&file, "hello").unwrap();
        assert!(matches!(
            import(&folders, &file),
            Err(DataError::Archive { .. })
        ));
    }
}
