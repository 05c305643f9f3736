//! The journal's database: `SQLite` in WAL mode with full synchronisation, so that what is acknowledged stays.
//!
//! A database of a newer Rootwell is left untouched. A damaged one is kept aside, all rows that can still be read are
//! copied into a new one, and [`Journal::notices`] says so. Before each migration a dated backup is made.

mod recover;
mod schema;
pub mod transfer;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::journal::movement::Measure;
use crate::journal::{Entry, EntryId, ResumePoint};
use crate::names::Area;
use crate::store::Folders;

/// An open journal. One writer at a time; others may read meanwhile.
#[derive(Debug)]
pub struct Journal {
    connection: Connection,
    path: PathBuf,
    backups: PathBuf,
    notices: Vec<String>,
}

/// What the journal cannot do.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Its folder cannot be made or written.
    #[error("the journal's folder cannot be used: {source}: {}", path.display())]
    Folder {
        /// Why not.
        source: std::io::Error,
        /// Which one.
        path: PathBuf,
    },
    /// A newer Rootwell has written it.
    #[error("the journal was written by a newer Rootwell (version {found}, this one knows {}); it is left as it is: {}", schema::VERSION, path.display())]
    Newer {
        /// Its version.
        found: u32,
        /// Where.
        path: PathBuf,
    },
    /// The disk is full; all that was acknowledged before is kept.
    #[error("there is no room left on the disk; all entries before this one are kept: {}", path.display())]
    Full {
        /// Where.
        path: PathBuf,
    },
    /// There is no such entry.
    #[error("there is no entry {0}; `rootwell journal list` shows their numbers")]
    NoEntry(i64),
    /// Anything else that `SQLite` reports.
    #[error("the journal cannot be used: {source}: {}", path.display())]
    Database {
        /// What it reports.
        source: rusqlite::Error,
        /// Where.
        path: PathBuf,
    },
}

/// Which entries to read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// From this local date on.
    pub since: Option<Date>,
    /// Up to this local date.
    pub until: Option<Date>,
    /// For this area only.
    pub area: Option<Area>,
    /// Of this routine only.
    pub routine: Option<String>,
    /// At most so many, the newest.
    pub newest: Option<usize>,
}

impl Journal {
    /// Opens the journal in its folder, making, migrating or recovering it as needed.
    pub fn open(folders: &Folders) -> Result<Self, JournalError> {
        Self::open_at(&folders.journal(), &folders.backups())
    }

    /// Opens a database at a place, with its backups at another.
    pub fn open_at(path: &Path, backups: &Path) -> Result<Self, JournalError> {
        if let Some(folder) = path.parent() {
            private_folder(folder).map_err(|source| JournalError::Folder {
                source,
                path: folder.to_owned(),
            })?;
        }
        let opened =
            schema::connect(path).and_then(|connection| schema::prepare(connection, path, backups));
        let (connection, notices) = match opened {
            Ok(connection) => (connection, Vec::new()),
            Err(error) if recover::is_damage(&error) => recover::recover(path, backups)?,
            Err(error) => return Err(error),
        };
        Ok(Self {
            connection,
            path: path.to_owned(),
            backups: backups.to_owned(),
            notices,
        })
    }

    /// What a person should be told about the opening, each a sentence; empty when all is well.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Adds an entry; when this returns, it is on the disk.
    pub fn add(&mut self, entry: &Entry) -> Result<EntryId, JournalError> {
        self.transaction(|connection| insert(connection, entry))
    }

    /// Adds a finished entry and takes its resume point away, both or neither.
    pub fn finish(&mut self, entry: &Entry) -> Result<EntryId, JournalError> {
        self.transaction(|connection| {
            connection.execute("DELETE FROM resume", [])?;
            insert(connection, entry)
        })
    }

    /// Writes where the session stands; called at each step. One that was left for this one becomes an entry.
    pub fn set_resume_point(&mut self, point: &ResumePoint) -> Result<(), JournalError> {
        let data = serde_json::to_string(point).expect("a resume point is plain data");
        let left = self
            .resume_point()?
            .filter(|left| left.entry.started != point.entry.started)
            .filter(|left| left.step > 0 || !left.at.is_zero());
        self.transaction(|connection| {
            if let Some(left) = &left {
                insert(connection, &left.entry)?;
            }
            connection.execute(
                "INSERT OR REPLACE INTO resume (id, data) VALUES (1, ?1)",
                [data],
            )?;
            Ok(())
        })
    }

    /// The unfinished session, if there is one.
    pub fn resume_point(&self) -> Result<Option<ResumePoint>, JournalError> {
        let data: Option<String> = self
            .connection
            .query_row("SELECT data FROM resume WHERE id = 1", [], |row| row.get(0))
            .optional()
            .map_err(|error| self.trouble(error))?;
        // One of an older shape is no longer offered; its entry was never finished and nothing else refers to it.
        Ok(data.and_then(|data| serde_json::from_str(&data).ok()))
    }

    /// Takes the resume point away without an entry.
    pub fn clear_resume_point(&mut self) -> Result<(), JournalError> {
        self.transaction(|connection| connection.execute("DELETE FROM resume", []).map(drop))
    }

    /// One entry.
    pub fn entry(&self, id: EntryId) -> Result<Entry, JournalError> {
        self.connection
            .query_row("SELECT data FROM entry WHERE id = ?1", [id.0], |row| {
                read_entry(row, 0)
            })
            .optional()
            .map_err(|error| self.trouble(error))?
            .ok_or(JournalError::NoEntry(id.0))
    }

    /// The entries that a query names, oldest first.
    pub fn entries(&self, query: &Query) -> Result<Vec<(EntryId, Entry)>, JournalError> {
        let mut conditions = Vec::new();
        let mut values: Vec<String> = Vec::new();
        let mut condition = |sql: &str, value: Option<String>| {
            if let Some(value) = value {
                values.push(value);
                conditions.push(sql.replace('?', &format!("?{}", values.len())));
            }
        };
        condition("date >= ?", query.since.map(|date| date.to_string()));
        condition("date <= ?", query.until.map(|date| date.to_string()));
        condition("routine = ?", query.routine.clone());
        condition(
            "id IN (SELECT entry FROM entry_area WHERE area = ?)",
            query.area.map(|area| area.kebab().to_owned()),
        );
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.join(" AND "))
        };
        let limit = query
            .newest
            .map(|n| format!("LIMIT {n}"))
            .unwrap_or_default();
        let sql =
            format!("SELECT id, data FROM entry {filter} ORDER BY started DESC, id DESC {limit}");
        let read = || -> rusqlite::Result<Vec<(EntryId, Entry)>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(&values), |row| {
                Ok((EntryId(row.get(0)?), read_entry(row, 1)?))
            })?;
            rows.collect()
        };
        let mut entries = read().map_err(|error| self.trouble(error))?;
        entries.reverse();
        Ok(entries)
    }

    /// How many entries there are.
    pub fn count(&self) -> Result<usize, JournalError> {
        let count: rusqlite::Result<i64> =
            self.connection
                .query_row("SELECT count(*) FROM entry", [], |row| row.get(0));
        count
            .map(|count| count as usize)
            .map_err(|error| self.trouble(error))
    }

    /// The local dates with at least one session in a span, sorted.
    pub fn days(&self, since: Date, until: Date) -> Result<Vec<Date>, JournalError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT DISTINCT date FROM entry WHERE date BETWEEN ?1 AND ?2 AND ended != 'NotToday' ORDER BY date",
            )?;
            statement
                .query_map([since.to_string(), until.to_string()], |row| row.get(0))?
                .collect()
        };
        let days = read().map_err(|error| self.trouble(error))?;
        Ok(days.iter().filter_map(|day| day.parse().ok()).collect())
    }

    /// Corrects an entry; its key stays.
    pub fn edit(&mut self, id: EntryId, entry: &Entry) -> Result<(), JournalError> {
        let key = self.entry(id)?.key;
        let entry = Entry {
            key,
            ..entry.clone()
        };
        self.transaction(|connection| {
            connection.execute(
                "UPDATE entry SET started = ?2, date = ?3, routine = ?4, style = ?5, ended = ?6, data = ?7 WHERE id = ?1",
                params![
                    id.0,
                    entry.started.as_microsecond(),
                    entry.date.to_string(),
                    entry.routine,
                    entry.style.kebab(),
                    format!("{:?}", entry.end),
                    to_json(&entry)
                ],
            )?;
            connection.execute("DELETE FROM entry_area WHERE entry = ?1", [id.0])?;
            insert_areas(connection, id.0, &entry.areas)
        })
    }

    /// Removes an entry for good: from the database, its log and all backups.
    pub fn remove(&mut self, id: EntryId) -> Result<(), JournalError> {
        let key = self.entry(id)?.key;
        let delete = |connection: &Connection| {
            connection
                .execute("DELETE FROM entry WHERE key = ?1", [&key])
                .map(drop)
        };
        self.transaction(delete)?;
        self.empty_log()?;
        for backup in schema::backups_in(&self.backups) {
            let remove = || -> rusqlite::Result<()> {
                let connection = Connection::open(&backup)?;
                connection.pragma_update(None, "secure_delete", true)?;
                delete(&connection)
            };
            remove().map_err(|source| JournalError::Database {
                source,
                path: backup.clone(),
            })?;
        }
        Ok(())
    }

    /// Adds a measure of movement.
    pub fn add_measure(&mut self, measure: &Measure) -> Result<(), JournalError> {
        let data = serde_json::to_string(measure).expect("a measure is plain data");
        self.transaction(|connection| {
            connection.execute(
                "INSERT INTO measure (date, data) VALUES (?1, ?2)",
                params![measure.date.to_string(), data],
            )?;
            Ok(())
        })
    }

    /// All measures of movement, oldest first.
    pub fn measures(&self) -> Result<Vec<Measure>, JournalError> {
        let read = || -> rusqlite::Result<Vec<Measure>> {
            let mut statement = self
                .connection
                .prepare_cached("SELECT data FROM measure ORDER BY date, id")?;
            statement
                .query_map([], |row| from_json(&row.get::<_, String>(0)?, 0))?
                .collect()
        };
        read().map_err(|error| self.trouble(error))
    }

    /// Makes a dated backup if the newest is a week old, and keeps the newest three. For a quiet moment: after a
    /// session.
    pub fn back_up(&mut self, today: Date) -> Result<(), JournalError> {
        schema::back_up_weekly(&self.connection, &self.backups, today)
            .map_err(|error| self.trouble(error))
    }

    /// Looks at every page; `false` means that the database is damaged and the next opening will recover it. For a
    /// background job: it takes a while with many entries.
    pub fn is_sound(&self) -> bool {
        let check = self
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        check.is_ok_and(|answer| answer == "ok")
    }

    fn empty_log(&self) -> Result<(), JournalError> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|error| self.trouble(error))
    }

    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        let run = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run(&mut self.connection).map_err(|error| self.trouble(error))
    }

    fn trouble(&self, source: rusqlite::Error) -> JournalError {
        schema::trouble(source, &self.path)
    }
}

/// Inserts an entry as it is; one without a key gets one.
fn insert(connection: &Connection, entry: &Entry) -> rusqlite::Result<EntryId> {
    let keyed = Entry {
        key: if entry.key.is_empty() {
            new_key(entry)
        } else {
            entry.key.clone()
        },
        ..entry.clone()
    };
    connection.execute(
        "INSERT INTO entry (key, started, date, routine, style, ended, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            keyed.key,
            keyed.started.as_microsecond(),
            keyed.date.to_string(),
            keyed.routine,
            keyed.style.kebab(),
            format!("{:?}", keyed.end),
            to_json(&keyed)
        ],
    )?;
    let id = connection.last_insert_rowid();
    insert_areas(connection, id, &keyed.areas)?;
    Ok(EntryId(id))
}

fn insert_areas(connection: &Connection, id: i64, areas: &[Area]) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO entry_area (entry, area) VALUES (?1, ?2)")?;
    areas
        .iter()
        .try_for_each(|area| statement.execute(params![id, area.kebab()]).map(drop))
}

/// The moment of the start and a random tail.
fn new_key(entry: &Entry) -> String {
    use std::hash::{BuildHasher as _, RandomState};
    format!(
        "{:x}-{:016x}",
        entry.started.as_microsecond(),
        RandomState::new().hash_one(&entry.routine)
    )
}

fn to_json(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry is plain data")
}

fn read_entry(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Entry> {
    from_json(row.get_ref(column)?.as_str()?, column)
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}

/// Makes a folder that only its owner can look into.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
