//! The database's shape: its versions, the way from each to the next, and the backup that comes before.
//!
//! What can be asked of by SQL has columns of its own; the whole entry is JSON beside them, and the view `session`
//! shows its numbers to any tool.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::JournalError;
use crate::store::with_ending;

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

/// The bytes that `SQLite` needs beside a database at least: the index of its log.
const NEEDED: usize = 32 * 1024;

/// How many backups are kept.
const KEPT: usize = 3;

/// Opens the file, brings it to the newest version and makes sure that it can be read.
pub(super) fn open(path: &Path, backups: &Path) -> Result<Connection, JournalError> {
    let was_there = path.exists();
    let mut connection = connect(path)?;
    let fail = |error| trouble(error, path);
    if was_there && version(&connection).map_err(fail)? == 0 && !backups_in(backups).is_empty() {
        return Err(fail(damage("it is empty".to_owned())));
    }
    migrate(&mut connection, backups, MIGRATIONS).map_err(fail)?;
    probe(&connection, path).map_err(fail)?;
    Ok(connection)
}

/// Opens the file for a look only; `None` where it has an older version.
pub(super) fn look(path: &Path) -> Result<Option<Connection>, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let opened = Connection::open_with_flags(path, flags)
        .and_then(|connection| Ok((version(&connection)?, connection)));
    match opened {
        Ok((found, _)) if found > VERSION => Err(newer(found, path)),
        Ok((found, connection)) => Ok((found == VERSION).then_some(connection)),
        Err(error) => {
            let error = trouble(error, path);
            open_for_reading(path, &error).map(Some).ok_or(error)
        }
    }
}

/// Opens the file for reading only, where the error says that it cannot be written; `None` where it cannot be read
/// either.
pub(super) fn open_for_reading(path: &Path, error: &JournalError) -> Option<Connection> {
    let refused = match error {
        JournalError::Full { .. } | JournalError::ReadOnly { .. } => true,
        JournalError::Database { source, .. } => is_refusal(source),
        _ => false,
    };
    if !refused || !path.is_file() {
        return None;
    }
    let connection = if has_log(path) {
        // The log holds the newest entries. Held for us alone, it is read without a file beside it.
        let connection = Connection::open(path).ok()?;
        connection
            .pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))
            .ok()?;
        connection
    } else {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(as_it_lies(path), flags).ok()?
    };
    let readable = version(&connection).is_ok_and(|version| version == VERSION);
    (readable && probe(&connection, path).is_ok()).then_some(connection)
}

/// The address of a file that is read as it lies there, without a log (`sqlite.org/uri.html`).
fn as_it_lies(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'%' | b'?' | b'#' => address.push_str(&format!("%{byte:02X}")),
            byte if byte.is_ascii() => address.push(byte.into()),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address + "?immutable=1"
}

/// A database in memory, in the place of one that is let go of.
pub(super) fn nowhere() -> Result<Connection, JournalError> {
    Connection::open_in_memory().map_err(|source| JournalError::Database {
        source,
        path: PathBuf::from(":memory:"),
    })
}

/// Whether every page of a database is well.
pub(super) fn is_sound(connection: &Connection) -> bool {
    let check = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    check.is_ok_and(|answer| answer == "ok")
}

/// Moves what is in the log into the database.
pub(super) fn empty_log(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

/// Opens the file and sets what must hold for every connection.
pub(super) fn connect(path: &Path) -> Result<Connection, JournalError> {
    let fail = |error| trouble(error, path);
    if path.exists() {
        // A newer Rootwell's database is only looked at.
        match version_of(path) {
            Ok(found) if found > VERSION => return Err(newer(found, path)),
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
        return Err(newer(found, path));
    }
    set_up(&connection).map_err(fail)?;
    Ok(connection)
}

fn newer(found: u32, path: &Path) -> JournalError {
    JournalError::Newer {
        found,
        path: path.to_owned(),
    }
}

/// The version of a database, without writing a byte.
fn version_of(path: &Path) -> rusqlite::Result<u32> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    version(&Connection::open_with_flags(path, flags)?)
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
    if has_log(path) {
        let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if answer != "ok" {
            return Err(damage(answer));
        }
    }
    connection.execute_batch(
        "SELECT id, data FROM entry ORDER BY started DESC LIMIT 50; SELECT data FROM resume;
         SELECT area FROM entry_area LIMIT 1; SELECT data FROM measure LIMIT 1;",
    )?;
    let mut statement =
        connection.prepare("SELECT length(data) FROM entry ORDER BY started DESC LIMIT 50")?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Whether a log with something in it lies beside the database.
fn has_log(path: &Path) -> bool {
    fs::metadata(with_ending(path, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

/// `SQLite`'s own error for a database that is no longer in its place.
pub(super) fn moved() -> rusqlite::Error {
    let code = rusqlite::ffi::SQLITE_READONLY_DBMOVED;
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
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
        // A clock that once ran ahead stops no backups.
        .filter(|date| *date <= today)
        .max();
    // A damaged database must not push a good backup out.
    if newest.is_none_or(|newest| (today - newest).get_days() >= 7) && is_sound(connection) {
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
        .filter(|path| is_named(path, "sqlite"))
        .collect();
    found.sort();
    found
}

/// Whether a file has a name that we give to backups, with this ending.
pub(super) fn is_named(path: &Path, ending: &str) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b"journal-")
        && path.extension().is_some_and(|found| found == ending)
}

/// What an error of `SQLite` means to a person.
pub(super) fn trouble(source: rusqlite::Error, path: &Path) -> JournalError {
    let path = path.to_owned();
    let code = source.sqlite_error_code();
    match is_refusal(&source).then(|| refusal_of(&path)).flatten() {
        Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => JournalError::Full { path },
        Some(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            JournalError::ReadOnly { path }
        }
        _ if code == Some(ErrorCode::DiskFull) => JournalError::Full { path },
        _ if code == Some(ErrorCode::ReadOnly) => JournalError::ReadOnly { path },
        _ => JournalError::Database {
            source: without_path(source),
            path,
        },
    }
}

/// An error whose sentence does not name the file: ours does.
fn without_path(source: rusqlite::Error) -> rusqlite::Error {
    match source {
        rusqlite::Error::SqliteFailure(error, _) if error.code == ErrorCode::CannotOpen => {
            rusqlite::Error::SqliteFailure(error, None)
        }
        other => other,
    }
}

/// Whether an error may come from a disk or a folder that takes nothing.
fn is_refusal(source: &rusqlite::Error) -> bool {
    use ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure};
    let code = source.sqlite_error_code();
    code.is_some_and(|code| {
        [
            CannotOpen,
            DiskFull,
            PermissionDenied,
            ReadOnly,
            SystemIoFailure,
        ]
        .contains(&code)
    })
}

/// What the folder says to a new file of the size that `SQLite` needs beside the database: it does not pass that on.
fn refusal_of(path: &Path) -> Option<ErrorKind> {
    let put = |folder: &Path| {
        let mut file = tempfile::tempfile_in(folder)?;
        file.write_all(&vec![1; NEEDED])?;
        file.sync_all()
    };
    put(path.parent()?).err().map(|error| error.kind())
}
