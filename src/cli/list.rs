//! `list`: the routines at hand.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::{Answer, Exit, World};
use crate::library::{Entry, Library};
use crate::names::Style;
use crate::routine::Routine;
use crate::timeline::Choices;
use crate::timeline::{Reach, reach};
use crate::units::Frames;

/// What `list` is told.
#[derive(Args, Debug)]
pub(super) struct List {
    /// Only routines of this style: relaxation, therapeutic or blend.
    #[arg(long)]
    style: Option<Style>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// The object of `list --json`.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    routines: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    style: Option<&'static str>,
    file: &'a str,
    seconds: Option<Seconds>,
    areas: Vec<&'static str>,
    positions: Vec<&'static str>,
    tools: Vec<&'static str>,
    goals: Vec<&'static str>,
    stage: &'static str,
    problems: usize,
}

#[derive(Serialize)]
struct Seconds {
    min: f64,
    ideal: f64,
    max: f64,
}

/// Lists the routines.
pub(super) fn run(args: &List, world: &World, out: &mut dyn Write) -> Answer {
    let library = world.library();
    let wanted = |entry: &&Entry| {
        args.style.is_none_or(|style| {
            entry
                .checked
                .routine
                .as_ref()
                .is_some_and(|routine| routine.style == style)
        })
    };
    let rows: Vec<_> = library
        .entries()
        .iter()
        .filter(wanted)
        .map(|entry| row(entry, &library))
        .collect();
    if args.json {
        serde_json::to_writer(
            &mut *out,
            &Report {
                version: 1,
                routines: rows,
            },
        )
        .map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        table(&rows, out)?;
    }
    Ok(Exit::Fine)
}

fn row<'a>(entry: &'a Entry, library: &Library) -> Row<'a> {
    let routine = entry.checked.routine.as_ref();
    let names = |all: &dyn Fn(&Routine) -> Vec<&'static str>| routine.map(all).unwrap_or_default();
    let reach =
        routine.and_then(|routine| reach(routine, &entry.id, &Choices::default(), library).ok());
    Row {
        id: &entry.id,
        title: entry.title(),
        style: routine.map(|routine| routine.style.kebab()),
        file: &entry.source.name,
        seconds: reach.map(seconds),
        areas: names(&|routine| {
            routine
                .areas_spread()
                .into_iter()
                .map(crate::names::Area::kebab)
                .collect()
        }),
        positions: names(&|routine| {
            routine
                .positions
                .iter()
                .map(|position| position.kebab())
                .collect()
        }),
        tools: names(&|routine| routine.tools.iter().map(|tool| tool.kebab()).collect()),
        goals: names(&|routine| routine.goals.iter().map(|goal| goal.kebab()).collect()),
        stage: if routine.is_some_and(|routine| routine.review.is_some()) {
            "reviewed"
        } else {
            "draft"
        },
        problems: entry.checked.problems(),
    }
}

fn seconds(reach: Reach) -> Seconds {
    Seconds {
        min: reach.min.secs(),
        ideal: reach.ideal.secs(),
        max: reach.max.secs(),
    }
}

/// One line a routine; one that cannot be used is a line with what to do.
fn table(rows: &[Row<'_>], out: &mut dyn Write) -> Result<(), super::Stop> {
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
    for row in rows {
        match (row.style, &row.seconds) {
            (Some(style), Some(seconds)) => {
                let minutes = whole_minutes(seconds);
                writeln!(
                    out,
                    "{:width$}  {style:11}  {minutes:>9} min  {}",
                    row.id, row.title
                )?;
            }
            _ => writeln!(
                out,
                "{:width$}  cannot be used: rootwell check {}",
                row.id, row.file
            )?,
        }
    }
    Ok(())
}

/// The whole minutes that a routine can have: `10`, or `8–14`.
fn whole_minutes(seconds: &Seconds) -> String {
    let (least, most) = ((seconds.min / 60.0).ceil(), (seconds.max / 60.0).floor());
    if least < most {
        format!("{least}–{most}")
    } else {
        Frames((seconds.ideal * 48_000.0) as u64).to_string()
    }
}
