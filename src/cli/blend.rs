//! `rootwell blend`: a blend made to measure, as a routine file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::answers::AnswerArgs;
use super::kept::stop;
use super::{Answer as Answered, Exit, Stop, World};
use crate::blend::{Wanted, blend, for_areas, text};
use crate::names::{Style, Tag};
use crate::recommend::rule::decide;
use crate::recommend::{Answer, Demands, Offer, adapt};
use crate::routine::Routine;
use crate::store::replace;
use crate::words::{Language, Words};

/// How many minutes a blend has where none are asked.
const USUAL_MINUTES: u32 = 20;

/// How today feels, and what to blend.
#[derive(ClapArgs, Clone, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    answers: AnswerArgs,
    /// The relaxation that it opens with; one that fits is chosen if not given.
    #[arg(long, value_name = "ROUTINE")]
    relax: Option<String>,
    /// The therapeutic routine whose work it releases with; those of the chosen areas if not given.
    #[arg(long, value_name = "ROUTINE")]
    release: Option<String>,
    /// The file to write: .ron.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write) -> Answered {
    let (thresholds, _) = world.thresholds();
    let check_in = args.answers.check_in();
    let limits = check_in.limits();
    let decision = decide(&check_in, &limits, &thresholds);
    if decision.answer == Answer::Stop {
        return Err(Stop::Sentence(crate::recommend::reason::sentence(
            &check_in,
            &decision,
            Words::of(Language::English),
        )));
    }
    let offers = world.offers();
    let tags: Vec<Tag> = check_in.ticks.iter().map(|tick| tick.tag).collect();
    let demands = Demands {
        tags: &tags,
        limits,
        position: check_in.position,
        tools: check_in.tools.as_deref(),
        still_only: check_in.bedtime,
    };
    let relax = match &args.relax {
        Some(name) => world.routine(name)?.routine,
        None => first_relaxation(&offers, &demands)?.clone(),
    };
    let named = args
        .release
        .as_ref()
        .map(|name| world.routine(name))
        .transpose()?;
    let release: Vec<&Routine> = match &named {
        Some(chosen) => vec![&chosen.routine],
        None => for_areas(&decision.open, offers.iter().map(|offer| &*offer.routine)),
    };
    if release.is_empty() {
        let none = "name an area that may be worked on and has a routine, or one with --release";
        return Err(Stop::Sentence(none.to_owned()));
    }
    let wanted = Wanted {
        relax: &relax,
        release: &release,
        minutes: check_in.minutes.unwrap_or(USUAL_MINUTES),
        // Where the rule says no blend, the share of equal needs.
        share: decision.relax_share.unwrap_or(thresholds.share),
        cap: match decision.answer {
            Answer::Blend | Answer::Therapeutic => {
                decision.pressure_cap.unwrap_or(thresholds.cap_low)
            }
            // The rule would rather have something soft: then no harder than at bedtime.
            _ => thresholds.cap_low,
        },
        demands,
    };
    let made = blend(&wanted).map_err(stop)?;
    let file = std::path::absolute(&args.output).unwrap_or_else(|_odd| args.output.clone());
    replace(&file, text(&made.routine).as_bytes()).map_err(|error| {
        Stop::Sentence(format!(
            "could not write the blend: {error}: {}",
            args.output.display()
        ))
    })?;
    writeln!(out, "{}", made.explanation)?;
    writeln!(out, "Written to {}.", args.output.display())?;
    Ok(Exit::Fine)
}

/// The first relaxation of the library that goes with the person and is long enough to soften with.
fn first_relaxation<'a>(offers: &'a [Offer], demands: &Demands<'_>) -> Result<&'a Routine, Stop> {
    let preferred = ["down-to-six"];
    let fits = |offer: &&Offer| {
        offer.routine.style == Style::Relaxation && adapt::adapt(&offer.routine, demands).is_ok()
    };
    let found = preferred
        .iter()
        .find_map(|id| offers.iter().filter(fits).find(|offer| offer.id == *id));
    let found = found.or_else(|| offers.iter().find(fits));
    found
        .map(|offer| &*offer.routine)
        .ok_or_else(|| Stop::Sentence("no relaxation goes with what was told".to_owned()))
}
