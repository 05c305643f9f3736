//! `rootwell data`: everything that is kept, seen, taken away, brought in, removed.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;

use super::kept::stop;
use super::{Answer, Exit, Stop, World};
use crate::remind::Desktop;
use crate::store::data::{Exported, export, import, remove_all, show};
use crate::store::journal::Notice;
use crate::wording::Count;

/// What to do with everything that is kept.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum Args {
    /// Show everything that is kept, and where.
    Show,
    /// Write all of it to one file, for another machine or for yourself.
    Export {
        /// The file; any `SQLite` can open it.
        file: PathBuf,
    },
    /// Bring an export in; what is here already stays as it is.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Remove everything for good, backups too.
    RemoveAll {
        /// Do not ask; needed where nobody can answer.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let folders = world.kept()?;
    match args {
        Args::Show => {
            for place in show(folders) {
                let size = if place.files == 0 {
                    "nothing".to_owned()
                } else {
                    sized(place.bytes)
                };
                writeln!(
                    out,
                    "{:<40} {size:>9}  {}",
                    place.what,
                    place.path.display()
                )?;
            }
        }
        Args::Export { file } => {
            let Exported { files, notices } = export(folders, file).map_err(stop)?;
            writeln!(
                out,
                "{} written to {}.",
                Count(files, "file"),
                file.display()
            )?;
            said(notices, out)?;
        }
        Args::Import { file } => {
            let brought = import(folders, file).map_err(stop)?;
            writeln!(
                out,
                "{} {} added.",
                brought.journal,
                Count(brought.files, "file")
            )?;
            for kept in brought.kept {
                writeln!(out, "Another {kept} is here already and stays.")?;
            }
            said(brought.notices, out)?;
        }
        Args::RemoveAll { yes } => {
            if !yes && !world.in_is_terminal {
                let sentence = "nothing was removed, because nobody can be asked here; with --yes everything is removed for good";
                return Err(Stop::Sentence(sentence.to_owned()));
            }
            if !yes && !confirmed(err)? {
                writeln!(out, "Nothing was removed.")?;
                return Ok(Exit::Fine);
            }
            if let Some(desktop) = Desktop::find().filter(Desktop::is_on) {
                desktop.switch(false).map_err(stop)?;
            }
            let left = remove_all(folders).map_err(stop)?;
            writeln!(out, "Everything is removed. These folders are gone:")?;
            for folder in [&folders.data, &folders.config, &folders.cache] {
                writeln!(out, "  {}", folder.display())?;
            }
            for folder in left {
                let folder = folder.display();
                writeln!(
                    out,
                    "A link led to a folder where others keep something too; that is left: {folder}"
                )?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn said(notices: Vec<Notice>, out: &mut dyn Write) -> io::Result<()> {
    notices
        .into_iter()
        .try_for_each(|notice| writeln!(out, "{notice}"))
}

fn confirmed(err: &mut dyn Write) -> io::Result<bool> {
    write!(
        err,
        "This removes journal, plans, settings and recordings for good. Type “remove” to go on: "
    )?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "remove")
}

fn sized(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
