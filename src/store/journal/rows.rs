//! Entries and measures as rows: columns for what is asked of by SQL, and the whole as JSON beside them.

use rusqlite::{Connection, params};

use crate::journal::movement::Measure;
use crate::journal::{Entry, EntryId};
use crate::names::Area;

/// Inserts an entry as it is, in place of one with its key; one without a key gets one.
pub(super) fn insert(connection: &Connection, entry: &Entry) -> rusqlite::Result<EntryId> {
    insert_as(connection, None, entry)
}

/// Inserts an entry under a number, or under the next.
pub(super) fn insert_as(
    connection: &Connection,
    id: Option<i64>,
    entry: &Entry,
) -> rusqlite::Result<EntryId> {
    let keyed = Entry {
        key: if entry.key.is_empty() {
            new_key(entry)
        } else {
            entry.key.clone()
        },
        ..entry.clone()
    };
    connection.execute(
        "INSERT INTO entry (id, key, started, date, routine, style, ended, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT (key) DO UPDATE SET started = ?3, date = ?4, routine = ?5, style = ?6, ended = ?7, data = ?8",
        params![
            id,
            keyed.key,
            keyed.started.as_microsecond(),
            keyed.date.to_string(),
            keyed.routine,
            keyed.style.kebab(),
            format!("{:?}", keyed.end),
            to_json(&keyed)
        ],
    )?;
    let sql = "SELECT id FROM entry WHERE key = ?1";
    let id = connection.query_row(sql, [&keyed.key], |row| row.get(0))?;
    connection.execute("DELETE FROM entry_area WHERE entry = ?1", [id])?;
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

pub(super) fn insert_measure(connection: &Connection, measure: &Measure) -> rusqlite::Result<()> {
    let data = serde_json::to_string(measure).expect("a measure is plain data");
    connection.execute(
        "INSERT INTO measure (date, data) VALUES (?1, ?2)",
        [measure.date.to_string(), data],
    )?;
    Ok(())
}

/// The moment of the start and a random tail.
pub(super) fn new_key(entry: &Entry) -> String {
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

pub(super) fn read_entry(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Entry> {
    from_json(row.get_ref(column)?.as_str()?, column)
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    column: usize,
) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}
