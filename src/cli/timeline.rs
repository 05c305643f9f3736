//! `timeline`: what is heard when, as a table to read or as JSON.

use std::io::Write;

use clap::Args;

use super::{Answer, ChoiceArgs, Exit, Stop, World};
use crate::timeline::json::json;
use crate::timeline::speech_length::Formula;
use crate::timeline::table::table;
use crate::timeline::{Timeline, compile};

/// What `timeline` is told.
#[derive(Args, Debug)]
pub(super) struct Show {
    /// The id of a routine, or the path of its file.
    routine: String,
    #[command(flatten)]
    choices: ChoiceArgs,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Shows the timeline of a routine.
pub(super) fn run(args: &Show, world: &World, out: &mut dyn Write) -> Answer {
    let timeline = compiled(&args.routine, &args.choices, world)?;
    let text = if args.json {
        json(&timeline)
    } else {
        table(&timeline)
    };
    writeln!(out, "{}", text.trim_end())?;
    Ok(Exit::Fine)
}

/// The timeline of a routine that a person names, with their choices.
pub fn compiled(routine: &str, choices: &ChoiceArgs, world: &World) -> Result<Timeline, Stop> {
    let chosen = world.routine(routine)?;
    compile(
        &chosen.routine,
        &chosen.id,
        &choices.choices(),
        &Formula,
        &*chosen.shelf,
    )
    .map_err(|problems| {
        let sentences: Vec<String> = problems
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        Stop::Sentence(sentences.join("; "))
    })
}
