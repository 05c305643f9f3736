//! `rootwell plan`: shows the plan that is followed, follows another, takes it away.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

use super::kept::{stop, today};
use super::{Answer, Exit, World};
use crate::diagnostic::terminal::{Look, render};
use crate::journal::Entry;
use crate::plan::adherence::{State, adherence, state};
use crate::plan::{Followed, Held};
use crate::store::care::{follow, read_plan};
use crate::store::journal::{Journal, Query};
use crate::words::{Language, Words};

/// What to do with the plan.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum Args {
    /// Show the plan that is followed, with what is due today.
    Show,
    /// Follow a plan that your therapist gave you, from today on.
    Add {
        /// The plan's file.
        file: PathBuf,
    },
    /// Take the plan away; what was done with it stays in the journal.
    Remove,
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let today = today();
    let folders = world.kept()?;
    match args {
        Args::Show => {
            let (followed, notice) = folders.followed().map_err(stop)?;
            if let Some(notice) = notice {
                writeln!(out, "{notice}")?;
            }
            let journal = Journal::open(folders).map_err(stop)?;
            let entries = journal.entries(&Query::default()).map_err(stop)?;
            for notice in journal.take_notices() {
                writeln!(out, "{notice}")?;
            }
            let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
            match &followed.now {
                Some(held) => show(held, &followed, &entries, today, out)?,
                None => writeln!(out, "No plan is followed.")?,
            }
        }
        Args::Add { file } => {
            let (source, reading) = read_plan(file, today).map_err(stop)?;
            let library = world.library();
            let routine = |id: &str| library.find(id).ok().map(|(_, routine)| routine);
            let found = reading.not_at_hand(routine);
            let (followed, trouble) = follow(folders, file, today).map_err(stop)?;
            let look = Look {
                colour: world.err_is_terminal && !world.no_colour,
                plain: false,
            };
            let found = [reading.diagnostics, found].concat();
            write!(err, "{}", render(&source, &found, look))?;
            if let Some(trouble) = trouble {
                writeln!(out, "{trouble}")?;
            }
            if let Some(held) = &followed.now {
                writeln!(out, "Following “{}” from {}.", held.plan.title, held.since)?;
            }
        }
        Args::Remove => {
            let (mut followed, _) = folders.followed().map_err(stop)?;
            match followed.now.as_ref().map(|held| held.plan.title.clone()) {
                Some(title) => {
                    followed.close(today);
                    folders.save_followed(&followed).map_err(stop)?;
                    writeln!(
                        out,
                        "“{title}” is no longer followed. What you did with it stays in your journal."
                    )?;
                }
                None => writeln!(out, "No plan is followed.")?,
            }
        }
    }
    Ok(Exit::Fine)
}

fn show(
    held: &Held,
    followed: &Followed,
    entries: &[Entry],
    today: Date,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let plan = &held.plan;
    writeln!(out, "{}, from {}", plan.title, plan.therapist)?;
    let day = held.day(today);
    match plan.last_day(held.opened) {
        Some(last) if today > last => writeln!(out, "It ended on {last}.")?,
        Some(last) => writeln!(out, "Day {day} of {}.", held.day(last))?,
        None => writeln!(out, "Day {day}.")?,
    }
    if !plan.note.is_empty() {
        writeln!(out, "{}", plan.note)?;
    }
    let due = plan.due(held.opened, today);
    if due.is_empty() {
        writeln!(out, "Nothing is due today.")?;
    }
    for item in due {
        let minutes = item
            .minutes
            .map(|minutes| format!(", {minutes} minutes"))
            .unwrap_or_default();
        let state = match state(entries, &item.name, today) {
            State::Open => "due today",
            State::Done => "done",
            State::NotToday => "not today, which is fine",
        };
        writeln!(out, "  {} ({}{minutes}): {state}", item.name, item.routine)?;
    }
    writeln!(
        out,
        "{}",
        adherence(followed, entries, today).sentence(Words::of(Language::English))
    )
}
