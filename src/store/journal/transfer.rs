//! The journal as CSV and JSON, and back: an import knows its own entries by their keys, so that nothing is doubled.
//!
//! Both forms hold everything; a table opens in any spreadsheet, its lists are JSON in their cells.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Journal, JournalError, Query, insert, insert_measure};
use crate::journal::Entry;
use crate::journal::movement::Measure;

/// The version of the JSON export.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Export {
    version: u32,
    entries: Vec<Entry>,
    #[serde(default)]
    measures: Vec<Measure>,
}

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// Entries that are new here.
    pub added: usize,
    /// Entries that were here already.
    pub known: usize,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no export of ours.
    #[error("this is not an export of a journal: {0}")]
    Shape(String),
    /// A newer Rootwell has made it.
    #[error("this export was made with a newer Rootwell (version {0})")]
    Newer(u32),
    /// The journal refuses it; nothing was added.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Journal {
    /// Everything as JSON.
    pub fn to_json(&self) -> Result<String, JournalError> {
        let entries = self
            .entries(&Query::default())?
            .into_iter()
            .map(|(_, entry)| entry)
            .collect();
        let export = Export {
            version: VERSION,
            entries,
            measures: self.measures()?,
        };
        let mut text = serde_json::to_string_pretty(&export).expect("entries are plain data");
        text.push('\n');
        Ok(text)
    }

    /// All entries as a table, one a line.
    pub fn to_csv(&self) -> Result<String, JournalError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut record = |cells: Vec<String>| {
            writer
                .write_record(cells)
                .expect("memory takes every record")
        };
        record(COLUMNS.iter().map(ToString::to_string).collect());
        for (_, entry) in self.entries(&Query::default())? {
            let Value::Object(fields) =
                serde_json::to_value(&entry).expect("an entry is plain data")
            else {
                unreachable!("an entry is a group of fields")
            };
            record(COLUMNS.iter().map(|column| cell(&fields, column)).collect());
        }
        let bytes = writer.into_inner().expect("memory takes every record");
        Ok(String::from_utf8(bytes).expect("all cells are text"))
    }

    /// Adds what an export of ours holds and is not here yet; all of it or nothing.
    pub fn import(&mut self, text: &str) -> Result<Imported, ImportError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let export = if text.trim_start().starts_with('{') {
            read_json(text)?
        } else {
            read_csv(text)?
        };
        let here = self.measures()?;
        let imported = self.transaction(|connection| {
            let mut imported = Imported::default();
            for entry in &export.entries {
                let mut known = connection.prepare_cached("SELECT 1 FROM entry WHERE key = ?1")?;
                if !entry.key.is_empty() && known.exists([&entry.key])? {
                    imported.known += 1;
                } else {
                    insert(connection, entry)?;
                    imported.added += 1;
                }
            }
            for measure in export
                .measures
                .iter()
                .filter(|measure| !here.contains(measure))
            {
                insert_measure(connection, measure)?;
            }
            Ok(imported)
        })?;
        Ok(imported)
    }
}

/// The columns of the table: fields of an entry; a dot goes into a group.
const COLUMNS: &[&str] = &[
    "key",
    "started",
    "date",
    "routine",
    "title",
    "version",
    "style",
    "end",
    "planned",
    "before.tension",
    "after.tension",
    "before.pain",
    "after.pain",
    "before.stress",
    "after.stress",
    "before.sleep",
    "after.sleep",
    "before.settled",
    "after.settled",
    "before.rotating",
    "after.rotating",
    "change",
    "pressure",
    "ache",
    "slept",
    "wish",
    "areas",
    "pressed",
    "flags",
    "variations",
    "heard",
    "skipped",
    "answers",
    "plan_item",
    "note",
];

fn cell(fields: &Map<String, Value>, column: &str) -> String {
    let value = match column.split_once('.') {
        Some((group, field)) => fields.get(group).and_then(|group| group.get(field)),
        None => fields.get(column),
    };
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => guarded(text),
        Some(other) => other.to_string(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe in front, which the import takes away.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn read_json(text: &str) -> Result<Export, ImportError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| ImportError::Shape(error.to_string()))?;
    match value.get("version").and_then(Value::as_u64) {
        Some(version) if version > u64::from(VERSION) => {
            return Err(ImportError::Newer(version as u32));
        }
        None => return Err(ImportError::Shape("it has no version".to_owned())),
        Some(_) => {}
    }
    serde_json::from_value(value).map_err(|error| ImportError::Shape(error.to_string()))
}

fn read_csv(text: &str) -> Result<Export, ImportError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let shape = |error: csv::Error| ImportError::Shape(error.to_string());
    let columns = reader.headers().map_err(shape)?.clone();
    if !["key", "started", "date", "routine"]
        .iter()
        .all(|needed| columns.iter().any(|column| column == *needed))
    {
        return Err(ImportError::Shape(
            "its first line does not name the columns".to_owned(),
        ));
    }
    let mut entries = Vec::new();
    for (line, record) in reader.records().enumerate() {
        let record = record.map_err(shape)?;
        let entry = entry_of(&columns, &record)
            .map_err(|error| ImportError::Shape(format!("entry {}: {error}", line + 1)))?;
        entries.push(entry);
    }
    Ok(Export {
        version: VERSION,
        entries,
        measures: Vec::new(),
    })
}

fn entry_of(
    columns: &csv::StringRecord,
    record: &csv::StringRecord,
) -> Result<Entry, serde_json::Error> {
    let mut fields = Map::new();
    for (column, text) in columns
        .iter()
        .zip(record)
        .filter(|(_, text)| !text.is_empty())
    {
        let plain = [
            "key",
            "started",
            "date",
            "routine",
            "title",
            "version",
            "style",
            "end",
            "pressure",
            "wish",
            "plan_item",
            "note",
        ];
        let value = if plain.contains(&column) {
            Value::String(text.strip_prefix('\'').unwrap_or(text).to_owned())
        } else {
            serde_json::from_str(text)?
        };
        match column.split_once('.') {
            Some((group, field)) => {
                let group = fields
                    .entry(group)
                    .or_insert_with(|| Value::Object(Map::new()));
                group
                    .as_object_mut()
                    .expect("groups are made here")
                    .insert(field.to_owned(), value);
            }
            None => drop(fields.insert(column.to_owned(), value)),
        }
    }
    serde_json::from_value(Value::Object(fields))
}
