//! A damaged database is kept aside, and what can still be read of it and of the newest backup goes into a new one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::de::DeserializeOwned;

use super::rows::{from_json, insert_as, insert_measure};
use super::{JournalError, Notice, schema};
use crate::journal::movement::Measure;
use crate::journal::{Entry, ResumePoint};
use crate::store::{free_name, with_ending};

/// How many numbers are tried one by one at most: a damaged number may be as far away as numbers go.
const MOST_BETWEEN: usize = 1_000_000;

/// Whether an error says that the file is damaged, or no database at all.
pub(super) fn is_damage(error: &JournalError) -> bool {
    let JournalError::Database { source, .. } = error else {
        return false;
    };
    let unreadable = matches!(
        source,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    );
    // Our statements fit our tables: where `SQLite` does not know a name in them, the tables are no longer ours. Without a
    // place in the statement, that is an error which `ErrorCode` has no name for.
    let misfit = matches!(source, rusqlite::Error::SqlInputError { .. });
    unreadable
        || misfit
        || matches!(
            source.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown)
        )
}

/// Moves the damaged files aside, makes a new database, and fills it with what can be read; with the notice that says
/// so. Where that fails, the damaged files are back in their place.
pub(super) fn recover(path: &Path, backups: &Path) -> Result<(Connection, Notice), JournalError> {
    let aside = free_name(path, "damaged");
    let moved = |source| JournalError::Folder {
        source,
        path: path.to_owned(),
    };
    rename_with_log(path, &aside).map_err(moved)?;
    match fill(path, backups, &aside) {
        Ok((connection, from_file, from_backup)) => {
            let notice = Notice::Recovered {
                from_file,
                from_backup,
                kept: aside,
            };
            Ok((connection, notice))
        }
        Err(error) => {
            for ending in ["-wal", "-shm"] {
                let _unfinished = fs::remove_file(with_ending(path, ending));
            }
            rename_with_log(&aside, path).map_err(moved)?;
            Err(error)
        }
    }
}

/// A new database with what can be read, and how many entries came from the file and from the backup.
fn fill(
    path: &Path,
    backups: &Path,
    aside: &Path,
) -> Result<(Connection, usize, usize), JournalError> {
    let mut salvage = Salvage::default();
    salvage.take_from(aside);
    let from_file = salvage.entries.len();
    if let Some(backup) = schema::backups_in(backups).pop() {
        salvage.take_from(&backup);
    }
    // The numbers that a person knows are those of the file.
    for (number, _) in &mut salvage.entries[from_file..] {
        *number = None;
    }
    let mut connection = schema::open(path, backups)?;
    salvage
        .put_into(&mut connection)
        .map_err(|error| schema::trouble(error, path))?;
    Ok((connection, from_file, salvage.entries.len() - from_file))
}

/// Renames the database with its log; the log may hold the newest entries.
fn rename_with_log(from: &Path, to: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match fs::rename(with_ending(from, ending), with_ending(to, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound || ending.is_empty() => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Salvage {
    keys: BTreeSet<String>,
    /// The entries, with the numbers that they are to keep.
    entries: Vec<(Option<i64>, Entry)>,
    measures: Vec<Measure>,
    resume: Option<ResumePoint>,
}

impl Salvage {
    fn take_from(&mut self, file: &Path) {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let Ok(connection) = Connection::open_with_flags(file, flags) else {
            return;
        };
        // What another process is writing at this moment is waited for.
        let _best_effort = connection.execute_batch("BEGIN IMMEDIATE");
        // Reading on over a damaged schema needs SQLite's own permission.
        let _best_effort = connection.pragma_update(None, "writable_schema", true);
        for (number, entry) in values::<Entry>(&connection, "entry") {
            if self.keys.insert(entry.key.clone()) {
                self.entries.push((Some(number), entry));
            }
        }
        if self.measures.is_empty() {
            let measures = values(&connection, "measure").map(|(_, measure)| measure);
            self.measures = measures.collect();
        }
        if self.resume.is_none() {
            self.resume = values(&connection, "resume").next().map(|(_, point)| point);
        }
    }

    fn put_into(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        // Those with a number first, so that it is still free.
        self.entries
            .sort_by_key(|(number, entry)| (number.is_none(), entry.started));
        let transaction = connection.transaction()?;
        for (number, entry) in &self.entries {
            insert_as(&transaction, *number, entry)?;
        }
        for measure in &self.measures {
            insert_measure(&transaction, measure)?;
        }
        if let Some(data) = self
            .resume
            .as_ref()
            .and_then(|point| serde_json::to_string(point).ok())
        {
            transaction.execute("INSERT INTO resume (id, data) VALUES (1, ?1)", [data])?;
        }
        transaction.commit()
    }
}

/// What the rows of a table hold, with their numbers; those that make no sense are left out.
fn values<T: DeserializeOwned>(
    connection: &Connection,
    table: &str,
) -> impl Iterator<Item = (i64, T)> {
    rows(connection, table)
        .into_iter()
        .filter_map(|(number, data)| Some((number, from_json(&data, 0).ok()?)))
}

/// All rows of a table that can be read, as JSON with their numbers: from the front to the first bad page, from the back
/// to the last, and one by one between.
fn rows(connection: &Connection, table: &str) -> Vec<(i64, String)> {
    let (mut front, reached) = scan(connection, table, "ASC");
    let Some(last) = reached else {
        return front;
    };
    let (mut back, _) = scan(connection, table, "DESC");
    back.reverse();
    let first_of_back = back.first().map_or(last, |&(id, _)| id);
    for id in (last..first_of_back).take(MOST_BETWEEN) {
        let one = format!("SELECT id, data FROM {table} WHERE id = {id}");
        if let Ok(row) = connection.query_row(&one, [], |row| Ok((row.get(0)?, row.get(1)?))) {
            front.push(row);
        }
    }
    front.extend(back);
    let mut seen = BTreeSet::new();
    front.retain(|(id, _)| seen.insert(*id));
    front
}

/// Rows in one direction; where it stopped early, the id after the last one that was read.
fn scan(
    connection: &Connection,
    table: &str,
    direction: &str,
) -> (Vec<(i64, String)>, Option<i64>) {
    let mut found: Vec<(i64, String)> = Vec::new();
    let mut read = || -> rusqlite::Result<()> {
        let mut statement = connection.prepare(&format!(
            "SELECT id, data FROM {table} ORDER BY id {direction}"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let (Ok(id), Ok(data)) = (row.get(0), row.get(1)) {
                found.push((id, data));
            }
        }
        Ok(())
    };
    let whole = read().is_ok();
    let next = found.last().map_or(0, |(id, _)| id + 1);
    (found, (!whole).then_some(next))
}
