//! The command line: one definition makes parsing, help, completions and the man page; one file a verb.
//!
//! Leaves with 0 when all is fine, with 1 when problems were found, and with 2 and a sentence on stderr when it could
//! not run.

mod answers;
mod blend;
mod check;
mod choices;
mod data;
mod doctor;
mod explain;
mod fmt;
mod journal;
mod kept;
mod list;
mod new;
mod plan;
mod play;
mod recommend;
mod remind;
mod render;
mod routine;
mod shell;
mod signals;
mod timeline;
mod voice;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::store::Folders;
use crate::wording::visible;

pub use choices::ChoiceArgs;
pub use explain::all_rules;
pub use routine::Chosen;
pub use timeline::compiled;

/// What a command is told of the world around it.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Whether somebody can be asked: the input comes from a terminal.
    pub in_is_terminal: bool,
    /// Whether the output goes to a terminal.
    pub out_is_terminal: bool,
    /// Whether the error output goes to a terminal.
    pub err_is_terminal: bool,
    /// Whether a person has asked for no colours (`NO_COLOR`).
    pub no_colour: bool,
    /// Where everything is kept; none where there is no home folder.
    pub folders: Option<Folders>,
    /// This program itself, for the worker.
    pub program: Option<PathBuf>,
}

impl World {
    /// The world of this process.
    pub fn of_this_process() -> Self {
        Self {
            in_is_terminal: io::stdin().is_terminal(),
            out_is_terminal: io::stdout().is_terminal(),
            err_is_terminal: io::stderr().is_terminal(),
            no_colour: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            folders: Folders::find(),
            program: std::env::current_exe().ok(),
        }
    }

    /// Whether the output may have colours.
    pub fn colour(&self) -> bool {
        self.out_is_terminal && !self.no_colour
    }
}

/// How a command ended that could run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// All is fine.
    Fine,
    /// Problems were found, and said.
    Problems,
}

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// For a reason that this sentence gives, without a full stop.
    #[error("{0}")]
    Sentence(String),
    /// The output could not be written.
    #[error("could not write the output: {0}")]
    Output(#[from] io::Error),
}

impl From<String> for Stop {
    fn from(sentence: String) -> Self {
        Self::Sentence(sentence)
    }
}

/// What every verb answers.
pub type Answer = Result<Exit, Stop>;

/// Guided breathing, self-massage and stretching for the time between massage sessions.
///
/// Without a command the window opens.
#[derive(Parser, Debug)]
#[command(
    name = "rootwell",
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
struct Arguments {
    /// A routine or a file from your studio to open in the window.
    file: Option<PathBuf>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Find every mistake in routine files.
    Check(check::Check),
    /// Say what a code means, why, and how it is done right.
    Explain(explain::Explain),
    /// Lay routine files out in the usual way; comments stay.
    Fmt(fmt::Format),
    /// List the routines at hand.
    List(list::List),
    /// Show what is heard when.
    Timeline(timeline::Show),
    /// Play a routine here in the terminal.
    Play(play::Play),
    /// Make a sound file of a routine to take away, with captions beside it.
    Render(render::Render),
    /// Write a routine to start from.
    New(new::New),
    /// Say which routine is right for today, and why.
    Recommend(recommend::Args),
    /// Compose a blend for today, as a routine file.
    Blend(blend::Args),
    /// Show, follow or take away the plan from your therapist.
    #[command(subcommand)]
    Plan(plan::Args),
    /// List, correct, export and import the journal; make a page for your therapist.
    #[command(subcommand)]
    Journal(journal::Args),
    /// See, take along or remove everything that is kept.
    #[command(subcommand)]
    Data(data::Args),
    /// Show a gentle reminder if one is due; the desktop's timer calls this.
    Remind(remind::Args),
    /// Look at sound, voice and folders, and say what to do about each problem.
    Doctor,
    /// Print the completions for a shell.
    #[command(hide = true)]
    Completions(shell::Completions),
    /// Print the man page.
    #[command(hide = true)]
    Man,
    /// Make sound for the program that started this: jobs in, sound out.
    #[command(hide = true)]
    Worker,
}

/// Runs one command line, the program's name first.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    world: &World,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, world, out, err),
    };
    let answer = match arguments.verb {
        None => open_window(arguments.file),
        Some(Verb::Check(args)) => check::run(&args, world, out),
        Some(Verb::Explain(args)) => explain::run(&args, out),
        Some(Verb::Fmt(args)) => fmt::run(&args, world, out),
        Some(Verb::List(args)) => list::run(&args, world, out),
        Some(Verb::Timeline(args)) => timeline::run(&args, world, out),
        Some(Verb::Play(args)) => play::play(&args, world, out, err),
        Some(Verb::Render(args)) => render::run(&args, world, err),
        Some(Verb::New(args)) => new::run(&args, world, out),
        Some(Verb::Recommend(args)) => recommend::run(&args, world, out, err),
        Some(Verb::Blend(args)) => blend::run(&args, world, out, err),
        Some(Verb::Plan(args)) => plan::run(&args, world, out, err),
        Some(Verb::Journal(args)) => journal::run(&args, world, out),
        Some(Verb::Data(args)) => data::run(&args, world, out, err),
        Some(Verb::Remind(args)) => remind::run(&args, world, out, err),
        Some(Verb::Doctor) => doctor::run(world, out),
        Some(Verb::Completions(args)) => shell::completions(&args, out),
        Some(Verb::Man) => shell::man(out),
        Some(Verb::Worker) => worker(out),
    };
    let answer = answer.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match answer {
        Ok(Exit::Fine) => ExitCode::SUCCESS,
        Ok(Exit::Problems) => ExitCode::from(1),
        // Whoever reads has seen enough.
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(stop) => {
            // There is nobody left to tell if this fails too.
            let _ = writeln!(err, "rootwell: {}", visible(&stop.to_string()));
            ExitCode::from(2)
        }
    }
}

/// Help and version are output; everything else that clap says is a mistake.
fn usage(error: &clap::Error, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    let asked_for = !error.use_stderr();
    let terminal = if asked_for {
        world.out_is_terminal
    } else {
        world.err_is_terminal
    };
    let text = if terminal && !world.no_colour {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    // As above.
    if asked_for {
        let _ = out.write_all(text.as_bytes());
        ExitCode::SUCCESS
    } else {
        let _ = err.write_all(text.as_bytes());
        ExitCode::from(2)
    }
}

fn worker(out: &mut dyn Write) -> Answer {
    crate::speech::worker::serve(io::stdin(), out)?;
    Ok(Exit::Fine)
}

#[cfg(feature = "gui")]
fn open_window(file: Option<PathBuf>) -> Answer {
    let options = crate::app::Options { file };
    crate::app::run(&options).map_err(|no_window| Stop::Sentence(no_window.to_string()))?;
    Ok(Exit::Fine)
}

#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<PathBuf>) -> Answer {
    Err(Stop::Sentence(
        "this build has no window; use `rootwell play ROUTINE` to listen here, \
         or `rootwell render ROUTINE -o FILE` for a file to take away"
            .to_owned(),
    ))
}
