//! `render`: a routine as a sound file to take away, with captions beside it.

use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::signals::Signals;
use super::voice::speaker;
use super::{Answer, ChoiceArgs, Exit, Stop, World, timeline};
use crate::audio::export::{Captions, ExportError, Format, Progress, Spoken, TextFile};
use crate::audio::sounds::House;
use crate::timeline::Timeline;
use crate::wording::Count;
use crate::words::{Language, Words};

/// What `render` is told.
#[derive(Args, Debug)]
pub(super) struct Render {
    /// The id of a routine, or the path of its file.
    routine: String,
    /// The sound file: .wav, .flac, .opus or .mp3.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    choices: ChoiceArgs,
    /// Write captions too: .vtt, .srt or .txt.
    #[arg(long, value_name = "FILE")]
    captions: Option<PathBuf>,
    /// How many threads work; all cores if not said.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Renders a routine.
pub(super) fn run(args: &Render, world: &World, err: &mut dyn Write) -> Answer {
    // What cannot be is said before any work is done.
    if Format::of(&args.output).is_none() {
        return Err(ExportError::Unknown(args.output.clone()).into());
    }
    let captions = args.captions.as_deref().map(|path| {
        let kind = Captions::of(path)?;
        Ok::<_, ExportError>((kind, TextFile::to(path)?))
    });
    let captions = captions.transpose()?;
    let timeline = Arc::new(timeline::compiled(&args.routine, &args.choices, world)?);
    sound(args, world, &timeline, err)?;
    if let Some((kind, file)) = captions {
        file.write(&kind.write(&timeline))?;
    }
    Ok(Exit::Fine)
}

fn sound(
    args: &Render,
    world: &World,
    timeline: &Arc<Timeline>,
    err: &mut dyn Write,
) -> Result<(), Stop> {
    let voice = Arc::new(speaker(world)?);
    let threads = args
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let signals = Signals::listen()?;
    let bar = bar(world);
    let mut watch = |progress: Progress| {
        show(&bar, progress);
        if signals.came() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let spoken = Spoken {
        timeline,
        sounds: &House::of(world.folders.as_ref(), &voice),
        voice: &*voice,
        recordings: &|name| world.folders.as_ref()?.recording(name),
        artist: &artist(world),
        threads,
    };
    let ended = spoken.export(&args.output, &mut watch);
    bar.finish_and_clear();
    ended?;
    for trouble in voice.take_troubles(Words::of(Language::English)) {
        writeln!(err, "rootwell: {trouble}")?;
    }
    Ok(())
}

/// The studio's name, or ours.
fn artist(world: &World) -> String {
    let name = world
        .folders
        .as_ref()
        .map(|folders| folders.studio_settings().0.name);
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| "Rootwell".to_owned())
}

/// A bar on a terminal, nothing in a pipe.
fn bar(world: &World) -> ProgressBar {
    let target = if world.err_is_terminal {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}")
        .expect("the template is ours");
    ProgressBar::with_draw_target(Some(1), target).with_style(style)
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.total.0);
    bar.set_position(progress.done.0);
    let left = Count(progress.left().as_secs() as usize, "second");
    bar.set_message(format!(
        "{:.0} times as fast as it plays, {left} left",
        progress.rate()
    ));
}

impl From<ExportError> for Stop {
    fn from(error: ExportError) -> Self {
        Self::Sentence(error.to_string())
    }
}
