//! The journal's database: `SQLite` in WAL mode with full synchronisation, so that what is acknowledged stays.
//!
//! A database of a newer Rootwell is left untouched. A damaged one is kept aside, all rows that can still be read are
//! copied into a new one, and [`Journal::take_notices`] says so, whether it shows at opening or only when a row is read.
//! Before each migration a dated backup is made. Where nothing can be written, it can still be read.

mod hold;
mod notice;
mod recover;
mod removal;
mod rows;
mod schema;
pub mod transfer;

pub use notice::Notice;
pub(super) use removal::copies;

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use crate::journal::movement::Measure;
use crate::journal::{Entry, EntryId, ResumePoint};
use crate::names::Area;
use crate::store::Folders;
use crate::words::{Words, in_english};
use hold::{FileId, alone, file_id, real};
use rows::{from_json, insert, insert_measure, read_entry};

/// An open journal. One writer at a time; others may read meanwhile.
#[derive(Debug)]
pub struct Journal {
    /// Replaced when damage is met while reading.
    connection: RefCell<Connection>,
    path: PathBuf,
    backups: PathBuf,
    notices: RefCell<Vec<Notice>>,
    /// The file that the connection holds; another process may put a new one in its place.
    held: Cell<Option<FileId>>,
    /// Whether it is open for reading only.
    only_read: Cell<bool>,
}

/// What the journal cannot do.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Its place or its folder cannot be used.
    Folder {
        /// Why not.
        source: std::io::Error,
        /// Which one.
        path: PathBuf,
    },
    /// A newer Rootwell has written it.
    Newer {
        /// Its version.
        found: u32,
        /// Where.
        path: PathBuf,
    },
    /// The disk is full; all that was acknowledged before is kept.
    Full {
        /// Where.
        path: PathBuf,
    },
    /// It or its folder takes no changes.
    ReadOnly {
        /// Where.
        path: PathBuf,
    },
    /// There is no such entry.
    NoEntry(i64),
    /// Anything else that `SQLite` reports.
    Database {
        /// What it reports.
        source: rusqlite::Error,
        /// Where.
        path: PathBuf,
    },
}

impl JournalError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::Folder { source, path } => words.fill(
                &said.journal_folder,
                &[("error", source), ("file", &path.display())],
            ),
            Self::Newer { found, path } => words.fill(
                &said.journal_newer,
                &[
                    ("found", found),
                    ("known", &schema::VERSION),
                    ("file", &path.display()),
                ],
            ),
            Self::Full { path } => words.fill(&said.journal_full, &[("file", &path.display())]),
            Self::ReadOnly { path } => {
                words.fill(&said.journal_read_only, &[("file", &path.display())])
            }
            Self::NoEntry(number) => words.fill(&said.journal_no_entry, &[("n", number)]),
            Self::Database { source, path } => words.fill(
                &said.journal_unusable,
                &[("error", source), ("file", &path.display())],
            ),
        }
    }
}

in_english!(JournalError);

/// Which entries to read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// From this local date on.
    pub since: Option<Date>,
    /// Up to this local date.
    pub until: Option<Date>,
    /// For any of these areas; for all where there are none.
    pub areas: Vec<Area>,
    /// Of this routine only.
    pub routine: Option<String>,
    /// At most so many, the newest.
    pub newest: Option<usize>,
}

impl Journal {
    /// Opens the journal in its folder, making, migrating or recovering it as needed; for reading only where the disk is
    /// full or the folder cannot be written.
    pub fn open(folders: &Folders) -> Result<Self, JournalError> {
        Self::open_at(&folders.journal(), &folders.backups())
    }

    /// Opens a database at a place, with its backups at another.
    pub fn open_at(path: &Path, backups: &Path) -> Result<Self, JournalError> {
        // Its log and what is kept aside lie beside the file itself.
        let path = &real(path)?;
        if let Some(folder) = path.parent() {
            private_folder(folder).map_err(|source| JournalError::Folder {
                source,
                path: folder.to_owned(),
            })?;
        }
        let _alone = alone(path);
        let (connection, notice, only_read) = match schema::open(path, backups) {
            Ok(connection) => (connection, None, false),
            Err(error) if recover::is_damage(&error) => {
                let (connection, notice) = recover::recover(path, backups)?;
                (connection, Some(notice), false)
            }
            Err(error) => {
                let reading = schema::open_for_reading(path, &error).ok_or(error)?;
                (reading, None, true)
            }
        };
        let journal = Self::holding(connection, path, backups, only_read);
        journal.notices.borrow_mut().extend(notice);
        Ok(journal)
    }

    /// Opens the journal for a look that changes nothing: damage is left for whoever can be told of it. `None` where
    /// there is none yet, or one of an older version.
    pub fn look(folders: &Folders) -> Result<Option<Self>, JournalError> {
        let path = real(&folders.journal())?;
        if !path.exists() {
            return Ok(None);
        }
        let connection = schema::look(&path)?;
        Ok(connection.map(|looking| Self::holding(looking, &path, &folders.backups(), true)))
    }

    fn holding(connection: Connection, path: &Path, backups: &Path, only_read: bool) -> Self {
        // A file that is read-only opens all the same.
        let only_read = only_read || connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(true);
        Self {
            connection: RefCell::new(connection),
            path: path.to_owned(),
            backups: backups.to_owned(),
            notices: RefCell::default(),
            held: Cell::new(file_id(path)),
            only_read: Cell::new(only_read),
        }
    }

    /// What a person should be told about the file and has not been told yet; empty when all is well.
    pub fn take_notices(&self) -> Vec<Notice> {
        self.notices.take()
    }

    /// Adds an entry; when this returns, it is on the disk.
    pub fn add(&mut self, entry: &Entry) -> Result<EntryId, JournalError> {
        self.transaction(|connection| insert(connection, entry))
    }

    /// A key for an entry that shall be known again: finished twice, it is kept once.
    pub fn new_key(entry: &Entry) -> String {
        rows::new_key(entry)
    }

    /// Adds a finished entry and takes its resume point away, both or neither; then makes the week's backup.
    pub fn finish(&mut self, entry: &Entry) -> Result<EntryId, JournalError> {
        // Another session may be running beside this one, with a place of its own.
        let point = self.resume_point()?;
        let ours = point.is_none_or(|point| point.entry.started == entry.started);
        let id = self.transaction(|connection| {
            if ours {
                connection.execute("DELETE FROM resume", [])?;
            }
            insert(connection, entry)
        })?;
        // The entry is kept whatever comes of it; a backup that cannot be made now is tried again next time.
        let _tried_again = self.back_up(entry.date);
        Ok(id)
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
                [&data],
            )?;
            Ok(())
        })
    }

    /// The unfinished session, if there is one.
    pub fn resume_point(&self) -> Result<Option<ResumePoint>, JournalError> {
        let data: Option<String> = self.read(|connection| {
            let sql = "SELECT data FROM resume WHERE id = 1";
            connection.query_row(sql, [], |row| row.get(0)).optional()
        })?;
        // One of an older shape is no longer offered; its entry was never finished and nothing else refers to it.
        Ok(data.and_then(|data| serde_json::from_str(&data).ok()))
    }

    /// Takes the resume point away without an entry.
    pub fn clear_resume_point(&mut self) -> Result<(), JournalError> {
        self.transaction(|connection| connection.execute("DELETE FROM resume", []).map(drop))
    }

    /// One entry.
    pub fn entry(&self, id: EntryId) -> Result<Entry, JournalError> {
        let found = self.read(|connection| {
            let sql = "SELECT data FROM entry WHERE id = ?1";
            connection
                .query_row(sql, [id.0], |row| read_entry(row, 0))
                .optional()
        })?;
        found.ok_or(JournalError::NoEntry(id.0))
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
        // The names of areas are ours: none holds a quote.
        let areas: Vec<String> = (query.areas.iter())
            .map(|area| format!("'{}'", area.kebab()))
            .collect();
        if !areas.is_empty() {
            conditions.push(format!(
                "id IN (SELECT entry FROM entry_area WHERE area IN ({}))",
                areas.join(", ")
            ));
        }
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.join(" AND "))
        };
        let limit = query
            .newest
            .map(|n| format!("LIMIT {}", i64::try_from(n).unwrap_or(i64::MAX)))
            .unwrap_or_default();
        let sql =
            format!("SELECT id, data FROM entry {filter} ORDER BY started DESC, id DESC {limit}");
        let mut entries: Vec<_> = self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(&values), |row| {
                Ok((EntryId(row.get(0)?), read_entry(row, 1)?))
            })?;
            rows.collect()
        })?;
        entries.reverse();
        Ok(entries)
    }

    /// How many entries there are.
    pub fn count(&self) -> Result<usize, JournalError> {
        let count: i64 = self.read(|connection| {
            connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))
        })?;
        Ok(count as usize)
    }

    /// The local dates with at least one session in a span, sorted.
    pub fn days(&self, since: Date, until: Date) -> Result<Vec<Date>, JournalError> {
        let days: Vec<String> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT date FROM entry WHERE date BETWEEN ?1 AND ?2 AND ended != 'NotToday' ORDER BY date",
            )?;
            statement
                .query_map([since.to_string(), until.to_string()], |row| row.get(0))?
                .collect()
        })?;
        Ok(days.iter().filter_map(|day| day.parse().ok()).collect())
    }

    /// Corrects an entry; its key stays.
    pub fn edit(&mut self, id: EntryId, entry: &Entry) -> Result<(), JournalError> {
        let key = self.entry(id)?.key;
        let entry = Entry {
            key,
            ..entry.clone()
        };
        self.transaction(|connection| insert(connection, &entry).map(drop))
    }

    /// Removes an entry for good: from the database, its log, all backups and all damaged copies. A copy that cannot be
    /// cleaned is removed whole, and [`Self::take_notices`] says so.
    pub fn remove(&mut self, id: EntryId) -> Result<(), JournalError> {
        let key = self.entry(id)?.key;
        self.transaction(|connection| removal::delete(connection, &key))?;
        self.empty_log()?;
        let removed = removal::clean_copies(&self.path, &self.backups, &key)?;
        self.notices.get_mut().extend(removed);
        Ok(())
    }

    /// Adds a measure of movement.
    pub fn add_measure(&mut self, measure: &Measure) -> Result<(), JournalError> {
        self.transaction(|connection| insert_measure(connection, measure))
    }

    /// All measures of movement, oldest first.
    pub fn measures(&self) -> Result<Vec<Measure>, JournalError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT data FROM measure ORDER BY date, id")?;
            statement
                .query_map([], |row| from_json(&row.get::<_, String>(0)?, 0))?
                .collect()
        })
    }

    /// Makes a dated backup if the newest is a week old and the database is sound, and keeps the newest three. For a
    /// quiet moment: [`Self::finish`] does it after each session.
    pub fn back_up(&mut self, today: Date) -> Result<(), JournalError> {
        schema::back_up_weekly(self.connection.get_mut(), &self.backups, today)
            .map_err(|error| self.trouble(error))
    }

    /// Looks at every page; `false` means that the database is damaged and the next opening will recover it. For a
    /// background job: it takes a while with many entries.
    pub fn is_sound(&self) -> bool {
        schema::is_sound(&self.connection.borrow())
    }

    fn empty_log(&mut self) -> Result<(), JournalError> {
        schema::empty_log(self.connection.get_mut()).map_err(|error| self.trouble(error))
    }
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
