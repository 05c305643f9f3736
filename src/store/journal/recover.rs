//! A damaged database is kept aside, and what can still be read of it and of the newest backup goes into a new one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{JournalError, from_json, schema};
use crate::journal::{Entry, ResumePoint};
use crate::store::free_name;

/// Whether an error says that the file is damaged, or no database at all.
pub(super) fn is_damage(error: &JournalError) -> bool {
    let JournalError::Database { source, .. } = error else {
        return false;
    };
    let conversion = matches!(
        source,
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::Utf8Error(..)
    );
    let missing = source.to_string().contains("no such table");
    conversion
        || missing
        || matches!(
            source.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
}

/// Moves the damaged files aside, makes a new database, and fills it with what can be read.
pub(super) fn recover(
    path: &Path,
    backups: &Path,
) -> Result<(Connection, Vec<String>), JournalError> {
    let aside = move_aside(path).map_err(|source| JournalError::Folder {
        source,
        path: path.to_owned(),
    })?;
    let mut salvage = Salvage::default();
    salvage.take_from(&aside);
    let from_file = salvage.entries.len();
    if let Some(backup) = schema::backups_in(backups).pop() {
        salvage.take_from(&backup);
    }
    let mut connection = schema::prepare(schema::connect(path)?, path, backups)?;
    salvage
        .put_into(&mut connection)
        .map_err(|error| schema::trouble(error, path))?;
    let from_backup = salvage.entries.len() - from_file;
    let notice = format!(
        "The journal was damaged. {from_file} entries were recovered from it{}; the damaged file is kept as {}.",
        if from_backup > 0 {
            format!(" and {from_backup} more from the last backup")
        } else {
            String::new()
        },
        aside.display()
    );
    Ok((connection, vec![notice]))
}

/// Renames the database with its log; the log may hold the newest entries.
fn move_aside(path: &Path) -> std::io::Result<PathBuf> {
    let aside = free_name(path, "damaged");
    for ending in ["", "-wal", "-shm"] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        match fs::rename(with(path), with(&aside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound || ending.is_empty() => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(aside)
}

#[derive(Default)]
struct Salvage {
    keys: BTreeSet<String>,
    entries: Vec<Entry>,
    measures: Vec<String>,
    resume: Option<ResumePoint>,
}

impl Salvage {
    fn take_from(&mut self, file: &Path) {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let Ok(connection) = Connection::open_with_flags(file, flags) else {
            return;
        };
        // Reading on over a damaged schema needs SQLite's own permission.
        let _best_effort = connection.pragma_update(None, "writable_schema", true);
        for data in rows(&connection, "entry") {
            if let Ok(entry) = from_json::<Entry>(&data, 0)
                && self.keys.insert(entry.key.clone())
            {
                self.entries.push(entry);
            }
        }
        if self.measures.is_empty() {
            self.measures = rows(&connection, "measure");
        }
        if self.resume.is_none() {
            self.resume = rows(&connection, "resume")
                .pop()
                .and_then(|data| from_json(&data, 0).ok());
        }
    }

    fn put_into(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        self.entries.sort_by_key(|entry| entry.started);
        let transaction = connection.transaction()?;
        for entry in &self.entries {
            super::insert(&transaction, entry)?;
        }
        for data in &self.measures {
            transaction.execute(
                "INSERT INTO measure (date, data) VALUES (?1 ->> '$.date', ?1)",
                [data],
            )?;
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

/// The JSON of all rows of a table that can be read: from the front to the first bad page, from the back to the last,
/// and one by one between.
fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let (mut front, reached) = scan(connection, table, "ASC");
    let Some(last) = reached else {
        return front.into_iter().map(|(_, data)| data).collect();
    };
    let (mut back, _) = scan(connection, table, "DESC");
    back.reverse();
    let first_of_back = back.first().map_or(last, |&(id, _)| id);
    for id in last..first_of_back {
        let one = format!("SELECT id, data FROM {table} WHERE id = {id}");
        if let Ok(row) = connection.query_row(&one, [], |row| Ok((row.get(0)?, row.get(1)?))) {
            front.push(row);
        }
    }
    front.extend(back);
    front.dedup_by_key(|(id, _)| *id);
    front.into_iter().map(|(_, data)| data).collect()
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
