//! The journal as CSV and JSON, and back: an import knows its own entries by their keys, so that nothing is doubled.
//!
//! Both forms hold everything; a table opens in any spreadsheet, its lists are JSON in their cells.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::rows::{insert, insert_measure};
use super::{Journal, JournalError, Query};
use crate::journal::Entry;
use crate::journal::movement::Measure;
use crate::wording::Count;
use crate::words::{Words, in_english};

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
    /// Measures of movement that are new here.
    pub measures: usize,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            added,
            known,
            measures,
        } = self;
        let was = if *known == 1 { "was" } else { "were" };
        write!(
            f,
            "{} added, {known} {was} here already.",
            entries_of(*added)
        )?;
        if *measures > 0 {
            write!(f, " {} of movement added.", Count(*measures, "measure"))?;
        }
        Ok(())
    }
}

/// So many entries, in a sentence.
pub fn entries_of(count: usize) -> String {
    let noun = if count == 1 { "entry" } else { "entries" };
    format!("{count} {noun}")
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no export of ours.
    Shape(String),
    /// It says what cannot be.
    Impossible(String),
    /// A newer Rootwell has made it.
    Newer(u32),
    /// The journal refuses it; nothing was added.
    Journal(#[from] JournalError),
}

impl ImportError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::Shape(error) => words.fill(&said.import_shape, &[("error", error)]),
            Self::Impossible(error) => words.fill(&said.import_impossible, &[("error", error)]),
            Self::Newer(version) => words.fill(&said.import_newer, &[("n", version)]),
            Self::Journal(error) => error.said(words),
        }
    }
}

in_english!(ImportError);

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

    /// Everything as a table: an entry a line, then a measure of movement a line, with its date and columns of its own.
    pub fn to_csv(&self) -> Result<String, JournalError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut record = |cells: Vec<String>| {
            writer
                .write_record(cells)
                .expect("memory takes every record")
        };
        record(COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect());
        for (_, entry) in self.entries(&Query::default())? {
            let fields = plain(&entry);
            record(
                COLUMNS
                    .iter()
                    .map(|(name, _)| cell(&fields, name))
                    .collect(),
            );
        }
        for measure in self.measures()? {
            let (date, measure) = (plain(&measure.date), plain(&measure));
            let fields = json!({ "date": date, "measure": measure });
            record(
                COLUMNS
                    .iter()
                    .map(|(name, _)| cell(&fields, name))
                    .collect(),
            );
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
        check(&export)?;
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
                imported.measures += 1;
            }
            Ok(imported)
        })?;
        Ok(imported)
    }
}

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Text,
    Json,
}

/// The columns of the table: fields of an entry; a dot goes into a group.
const COLUMNS: &[(&str, Cell)] = &[
    ("key", Cell::Text),
    ("started", Cell::Text),
    ("date", Cell::Text),
    ("routine", Cell::Text),
    ("title", Cell::Text),
    ("version", Cell::Text),
    ("style", Cell::Text),
    ("end", Cell::Text),
    ("planned", Cell::Json),
    ("before.tension", Cell::Json),
    ("after.tension", Cell::Json),
    ("before.pain", Cell::Json),
    ("after.pain", Cell::Json),
    ("before.stress", Cell::Json),
    ("after.stress", Cell::Json),
    ("before.sleep", Cell::Json),
    ("after.sleep", Cell::Json),
    ("before.settled", Cell::Json),
    ("after.settled", Cell::Json),
    ("before.rotating", Cell::Json),
    ("after.rotating", Cell::Json),
    ("change", Cell::Json),
    ("pressure", Cell::Text),
    ("ache", Cell::Json),
    ("slept", Cell::Json),
    ("wish", Cell::Text),
    ("areas", Cell::Json),
    ("pressed", Cell::Json),
    ("flags", Cell::Json),
    ("variations", Cell::Json),
    ("heard", Cell::Json),
    ("skipped", Cell::Json),
    ("answers", Cell::Json),
    ("plan_item", Cell::Text),
    ("note", Cell::Text),
    ("bedtime", Cell::Json),
    ("morning", Cell::Json),
    ("measure.check", Cell::Text),
    ("measure.side", Cell::Text),
    ("measure.value", Cell::Json),
    ("measure.felt", Cell::Text),
];

fn plain(kept: &impl Serialize) -> Value {
    serde_json::to_value(kept).expect("what is kept is plain data")
}

fn cell(fields: &Value, column: &str) -> String {
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
    let mut export = Export {
        version: VERSION,
        entries: Vec::new(),
        measures: Vec::new(),
    };
    for (line, record) in reader.records().enumerate() {
        let record = record.map_err(shape)?;
        read_line(&columns, &record, &mut export)
            .map_err(|error| ImportError::Shape(format!("line {}: {error}", line + 2)))?;
    }
    Ok(export)
}

/// Reads a line of the table: a measure where it names a check, else an entry.
fn read_line(
    columns: &csv::StringRecord,
    record: &csv::StringRecord,
    export: &mut Export,
) -> Result<(), serde_json::Error> {
    // A title may be empty; every other text that is may as well not be there.
    let mut fields = Map::from_iter([("title".to_owned(), "".into())]);
    let filled = columns.iter().zip(record);
    for (column, text) in filled.filter(|(_, text)| !text.is_empty()) {
        let value = if COLUMNS.contains(&(column, Cell::Text)) {
            Value::String(text.strip_prefix('\'').unwrap_or(text).to_owned())
        } else {
            serde_json::from_str(text)?
        };
        match column.split_once('.') {
            Some((group, field)) => {
                let group = fields.entry(group).or_insert_with(|| json!({}));
                // Another tool may have a column of the group's name; a group it is not.
                if let Some(group) = group.as_object_mut() {
                    group.insert(field.to_owned(), value);
                }
            }
            None => drop(fields.insert(column.to_owned(), value)),
        }
    }
    if let Some(Value::Object(mut measure)) = fields.remove("measure") {
        measure.extend(fields.remove_entry("date"));
        export
            .measures
            .push(serde_json::from_value(measure.into())?);
    } else {
        export.entries.push(serde_json::from_value(fields.into())?);
    }
    Ok(())
}

/// Refuses what cannot be true of anybody.
fn check(export: &Export) -> Result<(), ImportError> {
    for entry in &export.entries {
        if let Some(said) = entry.impossible() {
            let (date, routine) = (entry.date, &entry.routine);
            return Err(ImportError::Impossible(format!(
                "the entry of {date} with `{routine}`: {said}"
            )));
        }
    }
    match export
        .measures
        .iter()
        .find(|measure| !measure.is_possible())
    {
        Some(measure) => Err(ImportError::Impossible(format!(
            "the measure of {}: its value cannot be",
            measure.date
        ))),
        None => Ok(()),
    }
}
