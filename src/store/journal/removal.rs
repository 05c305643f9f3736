//! What is removed goes from every copy: the backups, and the damaged files that were kept aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{JournalError, Notice, schema};
use crate::store::with_ending;

/// Deletes an entry from a database.
pub(super) fn delete(connection: &Connection, key: &str) -> rusqlite::Result<()> {
    connection
        .execute("DELETE FROM entry WHERE key = ?1", [key])
        .map(drop)
}

/// Deletes an entry from all copies of the journal. One that cannot be cleaned is removed whole; each of those is a
/// notice.
pub(super) fn clean_copies(
    journal: &Path,
    backups: &Path,
    key: &str,
) -> Result<Vec<Notice>, JournalError> {
    let mut said = Vec::new();
    for copy in copies(journal, backups) {
        if is_cleaned(&copy, key).unwrap_or(false) {
            continue;
        }
        remove(&copy).map_err(|source| JournalError::Folder {
            source,
            path: copy.clone(),
        })?;
        said.push(Notice::CopyRemoved(copy));
    }
    Ok(said)
}

/// Backups, those that a crash left half made too, and damaged copies.
pub(in crate::store) fn copies(journal: &Path, backups: &Path) -> Vec<PathBuf> {
    let name = journal.file_name().unwrap_or_default().to_string_lossy();
    let damaged = format!("{name}.damaged-");
    let is_damaged = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_prefix(&damaged)
            .is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let is_unfinished = |path: &PathBuf| schema::is_named(path, "part");
    let mut copies = schema::backups_in(backups);
    copies.extend(files_in(backups).filter(is_unfinished));
    copies.extend(
        journal
            .parent()
            .into_iter()
            .flat_map(files_in)
            .filter(is_damaged),
    );
    copies
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
}

/// Deletes an entry from a copy; `false` where something of it may be left on a page that is damaged.
fn is_cleaned(copy: &Path, key: &str) -> rusqlite::Result<bool> {
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "secure_delete", true)?;
    delete(&connection, key)?;
    schema::empty_log(&connection)?;
    Ok(schema::is_sound(&connection))
}

fn remove(copy: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match fs::remove_file(with_ending(copy, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
