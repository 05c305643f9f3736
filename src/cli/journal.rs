//! `rootwell journal`: lists, corrects, exports, imports, and the page for the therapist.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::kept::{stop, today};
use super::{Answer, Exit, Stop, World};
use crate::checkin::{Rating, Ratings};
use crate::journal::{Entry, EntryId, Felt};
use crate::names::Region;
use crate::store::journal::transfer::entries_of;
use crate::store::journal::{Journal, JournalError, Query};
use crate::store::{Folders, replace};
use crate::summary::{Sources, Wanted, html};
use crate::wording::visible;
use crate::words::Words;

/// The bytes of an export at most: ten times what a hundred thousand entries have.
const MOST: u64 = 500_000_000;

/// What to do with the journal.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum Args {
    /// List the entries, oldest first.
    List {
        /// From this day on, as 2026-11-25.
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        /// For this area only.
        #[arg(long, value_name = "AREA")]
        area: Option<Region>,
        /// The newest ones only.
        #[arg(long, value_name = "N")]
        newest: Option<usize>,
    },
    /// Correct or remove an entry.
    Edit(Edit),
    /// Write all of it to a file: .csv or .json.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Take an export of ours back, without doubles.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Write a page for your therapist, with only what you name.
    Summary {
        /// The file: .html.
        file: PathBuf,
        /// From this day on; four weeks back if not given.
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        /// What the page holds; may be given several times. Without it: sessions, ratings, pressure, movement, plan.
        #[arg(long = "with", value_name = "WHAT", num_args = 1.., value_delimiter = ',')]
        what: Vec<Part>,
    },
}

/// How to correct an entry.
#[derive(ClapArgs, Clone, Debug)]
pub(super) struct Edit {
    /// Its number, as `list` shows it.
    entry: i64,
    /// Remove it for good, from all backups too.
    #[arg(long)]
    remove: bool,
    /// A rating before, as tension=6; without a number it is taken away.
    #[arg(long, value_name = "WHAT=N", value_parser = rating)]
    before: Vec<(Scale, Option<Rating>)>,
    /// A rating after, likewise.
    #[arg(long, value_name = "WHAT=N", value_parser = rating)]
    after: Vec<(Scale, Option<Rating>)>,
    /// The ache on the day after.
    #[arg(long, value_name = "N")]
    ache: Option<Rating>,
    /// How the pressure was.
    #[arg(long, value_name = "HOW")]
    pressure: Option<Pressed>,
    /// Overall, from -3 much worse to 3 much better.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i8).range(-3..=3))]
    change: Option<i8>,
    /// Your own note.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// A part of the page for the therapist.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Part {
    Sessions,
    Ratings,
    Pain,
    Pressure,
    Movement,
    Plan,
    Notes,
    All,
}

/// How the pressure was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Pressed {
    Light,
    Right,
    Much,
}

/// What is rated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Scale {
    Tension,
    Pain,
    Stress,
    Sleep,
    Settled,
}

fn rating(text: &str) -> Result<(Scale, Option<Rating>), String> {
    let (scale, number) = text.split_once('=').ok_or("write it as tension=6")?;
    let scale = Scale::from_str(scale, false)
        .map_err(|_unknown| "known are tension, pain, stress, sleep and settled".to_owned())?;
    let number = if number.is_empty() {
        None
    } else {
        Some(number.parse().map_err(|error| format!("{error}"))?)
    };
    Ok((scale, number))
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write) -> Answer {
    let folders = world.kept()?;
    let mut journal = Journal::open(folders).map_err(stop)?;
    let answer = answer(args, folders, &mut journal, out);
    for notice in journal.take_notices() {
        writeln!(out, "{notice}")?;
    }
    answer
}

fn answer(args: &Args, folders: &Folders, journal: &mut Journal, out: &mut dyn Write) -> Answer {
    match args {
        Args::List {
            since,
            area,
            newest,
        } => list(journal, *since, *area, *newest, out)?,
        Args::Edit(edit) => edited(journal, edit, out)?,
        Args::Export { file } => {
            let text = match ending(file) {
                "csv" => journal.to_csv(),
                "json" => journal.to_json(),
                _ => return Err(Stop::Sentence("an export ends in .csv or .json".to_owned())),
            };
            write(file, &text.map_err(stop)?)?;
            writeln!(
                out,
                "{} written to {}.",
                entries_of(journal.count().map_err(stop)?),
                file.display()
            )?;
        }
        Args::Import { file } => {
            let text = read_export(file).map_err(|error| {
                Stop::Sentence(format!(
                    "could not read the export: {error}: {}",
                    file.display()
                ))
            })?;
            let imported = journal.import(&text).map_err(stop)?;
            writeln!(out, "{imported}")?;
        }
        Args::Summary { file, since, what } => {
            let today = today();
            let since = since.unwrap_or_else(|| today.saturating_sub(jiff::Span::new().weeks(4)));
            let entries = entries(
                journal,
                &Query {
                    since: Some(since),
                    ..Query::default()
                },
            )?;
            let (followed, _) = folders.followed().map_err(stop)?;
            let measures = journal.measures().map_err(stop)?;
            let sources = Sources {
                entries: &entries,
                measures: &measures,
                followed: &followed,
                since,
                today,
            };
            write(
                file,
                &html(sources, wanted(what), Words::of(folders.language())),
            )?;
            writeln!(
                out,
                "The page is in {}. Look at it before you hand it on.",
                file.display()
            )?;
        }
    }
    Ok(Exit::Fine)
}

fn list(
    journal: &Journal,
    since: Option<Date>,
    area: Option<Region>,
    newest: Option<usize>,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let found = journal
        .entries(&Query {
            since,
            areas: area
                .map(|region| region.areas().to_vec())
                .unwrap_or_default(),
            newest,
            ..Query::default()
        })
        .map_err(stop)?;
    if found.is_empty() {
        let none = if journal.count().map_err(stop)? == 0 {
            "There are no entries yet."
        } else {
            "There are no such entries."
        };
        writeln!(out, "{none}")?;
    }
    for (id, entry) in found {
        writeln!(out, "{}", line(id, &entry))?;
    }
    Ok(())
}

/// The text of a file that could be an export.
fn read_export(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(file)?
        .take(MOST + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

fn line(id: EntryId, entry: &Entry) -> String {
    let minutes = (entry.seconds() as f64 / 60.0).round();
    let mut line = format!(
        "{:>4}  {}  {}, {minutes} min",
        id.0, entry.date, entry.title
    );
    let pair = |name: &str, before: Option<Rating>, after: Option<Rating>| {
        let number =
            |rating: Option<Rating>| rating.map_or("–".to_owned(), |rating| rating.to_string());
        (before.is_some() || after.is_some())
            .then(|| format!(", {name} {} → {}", number(before), number(after)))
    };
    let pairs = [
        pair("tension", entry.before.tension, entry.after.tension),
        pair("pain", entry.before.pain, entry.after.pain),
        pair("stress", entry.before.stress, entry.after.stress),
    ];
    line.extend(pairs.into_iter().flatten());
    if !entry.note.is_empty() {
        line.push_str(&format!(", “{}”", entry.note));
    }
    visible(&line.replace(['\n', '\r', '\t'], " "))
}

fn edited(journal: &mut Journal, edit: &Edit, out: &mut dyn Write) -> Result<(), Stop> {
    let id = EntryId(edit.entry);
    if edit.remove {
        journal.remove(id).map_err(stop)?;
        writeln!(out, "Entry {} is removed.", id.0)?;
        return Ok(());
    }
    let mut entry = journal.entry(id).map_err(stop)?;
    for (ratings, corrections) in [
        (&mut entry.before, &edit.before),
        (&mut entry.after, &edit.after),
    ] {
        for &(scale, rating) in corrections {
            *field(ratings, scale) = rating;
        }
    }
    entry.ache = edit.ache.or(entry.ache);
    entry.change = edit.change.or(entry.change);
    entry.note = edit.note.clone().unwrap_or(entry.note);
    entry.pressure = edit.pressure.map(Felt::from).or(entry.pressure);
    journal.edit(id, &entry).map_err(stop)?;
    writeln!(out, "{}", line(id, &entry))?;
    Ok(())
}

impl From<Pressed> for Felt {
    fn from(pressed: Pressed) -> Self {
        match pressed {
            Pressed::Light => Self::TooLight,
            Pressed::Right => Self::Right,
            Pressed::Much => Self::TooMuch,
        }
    }
}

fn field(ratings: &mut Ratings, scale: Scale) -> &mut Option<Rating> {
    match scale {
        Scale::Tension => &mut ratings.tension,
        Scale::Pain => &mut ratings.pain,
        Scale::Stress => &mut ratings.stress,
        Scale::Sleep => &mut ratings.sleep,
        Scale::Settled => &mut ratings.settled,
    }
}

fn entries(journal: &Journal, query: &Query) -> Result<Vec<Entry>, Stop> {
    let found: Result<_, JournalError> = journal.entries(query);
    Ok(found
        .map_err(stop)?
        .into_iter()
        .map(|(_, entry)| entry)
        .collect())
}

fn wanted(parts: &[Part]) -> Wanted {
    if parts.is_empty() {
        return Wanted {
            pain: false,
            notes: false,
            ..Wanted::ALL
        };
    }
    let has = |part| parts.contains(&part) || parts.contains(&Part::All);
    Wanted {
        sessions: has(Part::Sessions),
        ratings: has(Part::Ratings),
        pain: has(Part::Pain),
        pressure: has(Part::Pressure),
        movement: has(Part::Movement),
        plan: has(Part::Plan),
        notes: has(Part::Notes),
    }
}

fn ending(file: &Path) -> &str {
    file.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
}

fn write(file: &Path, text: &str) -> Result<(), Stop> {
    let absolute = std::path::absolute(file).unwrap_or_else(|_odd| file.to_owned());
    replace(&absolute, text.as_bytes()).map_err(|error| {
        Stop::Sentence(format!(
            "could not write the file: {error}: {}",
            file.display()
        ))
    })
}
