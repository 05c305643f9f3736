//! The database's shape: its versions, the way from each to the next, and the backup that comes before.
//!
//! What can be asked of by SQL has columns of its own; the whole entry is JSON beside them, and the view `session`
//! shows its numbers to any tool.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::JournalError;

/// The version that this Rootwell writes.
pub(super) const VERSION: u32 = MIGRATIONS.len() as u32;

/// From each version to the next; the first makes version 1 from nothing. A published one is never changed.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        started INTEGER NOT NULL, -- microseconds UTC
        date TEXT NOT NULL,       -- local, 2026-11-25
        routine TEXT NOT NULL,
        style TEXT NOT NULL,
        ended TEXT NOT NULL,
        data TEXT NOT NULL        -- the whole entry, JSON
    ) STRICT;
    CREATE INDEX entry_started ON entry (started);
    CREATE INDEX entry_date ON entry (date);
    CREATE INDEX entry_routine ON entry (routine, started);
    CREATE TABLE entry_area (
        area TEXT NOT NULL,
        entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
        PRIMARY KEY (area, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_area_entry ON entry_area (entry);
    CREATE TABLE resume (id INTEGER PRIMARY KEY CHECK (id = 1), data TEXT NOT NULL) STRICT;
    CREATE TABLE measure (id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL, data TEXT NOT NULL) STRICT;
    CREATE VIEW session AS SELECT id, date, routine, style, ended,
        data ->> '$.before.tension' AS tension_before, data ->> '$.after.tension' AS tension_after,
        data ->> '$.before.stress' AS stress_before, data ->> '$.after.stress' AS stress_after,
        data ->> '$.before.pain' AS pain_before, data ->> '$.after.pain' AS pain_after,
        data ->> '$.note' AS note
        FROM entry;
"];

/// How many backups are kept.
const KEPT: usize = 3;

/// Opens the file and sets what must hold for every connection.
pub(super) fn connect(path: &Path) -> Result<Connection, JournalError> {
    let fail = |error| trouble(error, path);
    let newer = |found| JournalError::Newer {
        found,
        path: path.to_owned(),
    };
    if path.exists() {
        // A newer Rootwell's database is only looked at.
        match look(path) {
            Ok(found) if found > VERSION => return Err(newer(found)),
            // What a crash left half done must be rolled back first, and that takes writing.
            Err(error) if error.sqlite_error_code() != Some(ErrorCode::ReadOnly) => {
                return Err(fail(error));
            }
            _ => {}
        }
    }
    let connection = Connection::open(path).map_err(fail)?;
    let found = version(&connection).map_err(fail)?;
    if found > VERSION {
        return Err(newer(found));
    }
    set_up(&connection).map_err(fail)?;
    Ok(connection)
}

/// The version of a database, without writing a byte.
fn look(path: &Path) -> rusqlite::Result<u32> {
    version(&Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // NORMAL may lose the last commits in a power cut (`authoring.md` D3).
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is removed is overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)
}

/// Brings the database to the newest version and makes sure that it can be read.
pub(super) fn prepare(
    mut connection: Connection,
    path: &Path,
    backups: &Path,
) -> Result<Connection, JournalError> {
    let fail = |error| trouble(error, path);
    migrate(&mut connection, backups, MIGRATIONS).map_err(fail)?;
    probe(&connection, path).map_err(fail)?;
    Ok(connection)
}

/// Runs the migrations that are missing, each after a backup and in a transaction of its own.
pub(super) fn migrate(
    connection: &mut Connection,
    backups: &Path,
    migrations: &[&str],
) -> rusqlite::Result<()> {
    loop {
        let from = version(connection)?;
        let Some(migration) = migrations.get(from as usize) else {
            return Ok(());
        };
        if from > 0 {
            back_up_to(connection, backups, &format!("before-version-{}", from + 1))?;
        }
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
        // Another start may have been quicker.
        if version(&transaction)? == from {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", from + 1)?;
        }
        transaction.commit()?;
    }
}

/// Reads what the first pictures need; after an unclean end every page is looked at.
fn probe(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    if fs::metadata(PathBuf::from(wal)).is_ok_and(|wal| wal.len() > 0) {
        let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if answer != "ok" {
            return Err(damage(answer));
        }
    }
    connection.execute_batch(
        "SELECT id, data FROM entry ORDER BY started DESC LIMIT 50; SELECT data FROM resume;",
    )?;
    let mut statement =
        connection.prepare("SELECT length(data) FROM entry ORDER BY started DESC LIMIT 50")?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// An error that says damage, in `SQLite`'s own words.
fn damage(message: String) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
        Some(message),
    )
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// A backup of this week, if there is none yet; the newest few are kept.
pub(super) fn back_up_weekly(
    connection: &Connection,
    backups: &Path,
    today: Date,
) -> rusqlite::Result<()> {
    let newest = backups_in(backups)
        .iter()
        .filter_map(|path| date_of(path))
        .max();
    if newest.is_none_or(|newest| (today - newest).get_days() >= 7) {
        back_up_to(connection, backups, &today.to_string())?;
    }
    let dated: Vec<PathBuf> = backups_in(backups)
        .into_iter()
        .filter(|path| date_of(path).is_some())
        .collect();
    for old in dated.iter().rev().skip(KEPT) {
        // One that cannot be removed now is tried again next week.
        let _removed = fs::remove_file(old);
    }
    Ok(())
}

fn date_of(backup: &Path) -> Option<Date> {
    backup
        .file_stem()?
        .to_str()?
        .strip_prefix("journal-")?
        .parse()
        .ok()
}

fn back_up_to(connection: &Connection, backups: &Path, name: &str) -> rusqlite::Result<()> {
    let fail = |error: std::io::Error| {
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        let code = if full {
            rusqlite::ffi::SQLITE_FULL
        } else {
            rusqlite::ffi::SQLITE_CANTOPEN
        };
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some(error.to_string()))
    };
    super::private_folder(backups).map_err(fail)?;
    let place = backups.join(format!("journal-{name}.sqlite"));
    let unfinished = backups.join(format!("journal-{name}.part"));
    let _leftover = fs::remove_file(&unfinished);
    let written = connection
        .execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])
        .map(drop);
    let kept = written.and_then(|()| {
        fs::File::open(&unfinished)
            .and_then(|file| file.sync_all())
            .map_err(fail)?;
        fs::rename(&unfinished, &place).map_err(fail)?;
        crate::store::sync_folder(backups).map_err(fail)
    });
    if kept.is_err() {
        let _leftover = fs::remove_file(&unfinished);
    }
    kept
}

/// All backups, by name.
pub(super) fn backups_in(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "sqlite"))
        .collect();
    found.sort();
    found
}

/// What an error of `SQLite` means to a person.
pub(super) fn trouble(source: rusqlite::Error, path: &Path) -> JournalError {
    match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => JournalError::Full {
            path: path.to_owned(),
        },
        _ => JournalError::Database {
            source,
            path: path.to_owned(),
        },
    }
}
