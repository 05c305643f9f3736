//! `rootwell blend`: a blend made to measure, as a routine file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::answers::AnswerArgs;
use super::kept::stop;
use super::recommend::card;
use super::{Answer as Answered, Exit, Stop, World};
use crate::blend::{Wanted, blend, for_areas, text};
use crate::names::{Area, Style};
use crate::recommend::adapt::adapt;
use crate::recommend::reason::sentence;
use crate::recommend::rule::{RISING, decide};
use crate::recommend::{Answer, Demands, Offer};
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
pub(super) fn run(
    args: &Args,
    world: &World,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Answered {
    let thresholds = world.thresholds(err)?;
    let check_in = args.answers.check_in();
    let tags = check_in.tags();
    let demands = Demands::of(&check_in, &tags);
    let decision = decide(&check_in, &demands.limits, &thresholds);
    let card = card(&check_in, &decision);
    let reason = sentence(&check_in, &decision, Words::of(Language::English));
    // Where pain has been rising, softness is all there is, as for a plan.
    if decision.answer == Answer::Stop || decision.rule == RISING {
        let why: Vec<&str> = card.into_iter().chain([&*reason]).collect();
        return Err(Stop::Sentence(why.join(" ")));
    }
    let offers = world.offers();
    let fitting = Fitting {
        offers: &offers,
        demands: &demands,
    };
    let relax = match &args.relax {
        Some(name) => world.routine(name)?.routine,
        None => fitting.relaxation()?.clone(),
    };
    let named = args
        .release
        .as_ref()
        .map(|name| world.routine(name))
        .transpose()?;
    let release: Vec<&Routine> = match &named {
        Some(chosen) => vec![&chosen.routine],
        None => fitting.for_areas(&decision.open),
    };
    if release.is_empty() {
        let none = "name an area that may be worked on and has a routine, or one with --release";
        return Err(Stop::Sentence(none.to_owned()));
    }
    let wanted = Wanted {
        relax: &relax,
        release: &release,
        minutes: check_in.minutes.unwrap_or(USUAL_MINUTES),
        share: decision.share_of_a_blend(check_in.bedtime, &thresholds),
        cap: decision.pressure_cap.unwrap_or(thresholds.cap_relaxation),
        demands: demands.clone(),
    };
    let made = blend(&wanted).map_err(stop)?;
    let file = std::path::absolute(&args.output).unwrap_or_else(|_odd| args.output.clone());
    replace(&file, text(&made.routine).as_bytes()).map_err(|error| {
        Stop::Sentence(format!(
            "could not write the blend: {error}: {}",
            args.output.display()
        ))
    })?;
    if let Some(card) = card {
        writeln!(out, "{card}")?;
    }
    if !matches!(decision.answer, Answer::Blend | Answer::Therapeutic) {
        writeln!(out, "{reason}")?;
    }
    writeln!(out, "{}", made.explanation)?;
    writeln!(out, "Written to {}.", args.output.display())?;
    Ok(Exit::Fine)
}

/// What of the library goes with the person.
struct Fitting<'a> {
    offers: &'a [Offer],
    demands: &'a Demands<'a>,
}

impl<'a> Fitting<'a> {
    fn fits(&self, routine: &Routine) -> bool {
        adapt(routine, self.demands).is_ok()
    }

    /// The first relaxation that is long enough to soften with.
    fn relaxation(&self) -> Result<&'a Routine, Stop> {
        let fitting = || {
            self.offers.iter().filter(|offer| {
                offer.routine.style == Style::Relaxation && self.fits(&offer.routine)
            })
        };
        fitting()
            .find(|offer| offer.id == "down-to-six")
            .or_else(|| fitting().next())
            .map(|offer| &*offer.routine)
            .ok_or_else(|| Stop::Sentence("no relaxation goes with what was told".to_owned()))
    }

    /// The work for these areas; where nothing fits what would be taken otherwise, so that its reason is told.
    fn for_areas(&self, areas: &[Area]) -> Vec<&'a Routine> {
        let all = self.offers.iter().map(|offer| &*offer.routine);
        let fitting = for_areas(areas, all.clone().filter(|routine| self.fits(routine)));
        if fitting.is_empty() {
            for_areas(areas, all)
        } else {
            fitting
        }
    }
}
