//! `rootwell recommend`: which one is right for you today.

use std::io::{self, Write};
use std::sync::Arc;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::answers::AnswerArgs;
use super::{Answer as Answered, Exit, World};
use crate::checkin::CheckIn;
use crate::checkin::safety::{self, Language};
use crate::names::Urgency;
use crate::recommend::reason::sentence;
use crate::recommend::{Answer, Decision, Offer, Recommendation, Thresholds, recommend};
use crate::words::{Language as Spoken, Words};

/// How today feels.
#[derive(ClapArgs, Clone, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    answers: AnswerArgs,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl World {
    /// The usable routines at hand.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let library = self.library();
        let usable = library.entries().iter().filter_map(|entry| {
            let routine = Arc::new(entry.checked.routine.clone()?);
            Some(Offer {
                id: entry.id.clone(),
                routine,
            })
        });
        usable.collect()
    }

    /// The thresholds of the studio, or the standard ones; what is wrong with the studio's is said.
    pub(super) fn thresholds(&self, err: &mut dyn Write) -> io::Result<Thresholds> {
        let Some(folders) = &self.folders else {
            return Ok(Thresholds::default());
        };
        let (studio, problems) = folders.studio_settings();
        for problem in problems {
            writeln!(err, "rootwell: {problem}")?;
        }
        Ok(studio.checked_thresholds().0)
    }
}

/// What is to be read before anything else; `None` where nothing stands in the way.
pub(super) fn card(check_in: &CheckIn, decision: &Decision) -> Option<&'static str> {
    let asks = decision.urgency == Some(Urgency::AskFirst);
    safety::card(&check_in.flags)
        .or(asks.then_some(safety::ASK_FIRST))
        .map(|text| text.said(Language::English))
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
    let offers = world.offers();
    let found = recommend(&check_in, &thresholds, &offers);
    let reason = sentence(&check_in, &found.decision, Words::of(Spoken::English));
    if args.json {
        serde_json::to_writer(&mut *out, &Report::of(&found, &reason)).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(Exit::Fine);
    }
    if let Some(card) = card(&check_in, &found.decision) {
        writeln!(out, "{card}")?;
    }
    writeln!(out, "{reason}")?;
    for (i, suggestion) in found.routines.iter().enumerate() {
        let title = offers
            .iter()
            .find(|offer| offer.id == suggestion.id)
            .map_or("", |offer| &offer.routine.title);
        let minutes = suggestion
            .choices
            .minutes
            .map(|minutes| format!(", {minutes} minutes"))
            .unwrap_or_default();
        let taken = &suggestion.choices.variations;
        let with = if taken.is_empty() {
            String::new()
        } else {
            format!(", {}", taken.join(" and "))
        };
        writeln!(
            out,
            "{} {title} ({}{minutes}{with})",
            if i == 0 { "→" } else { " " },
            suggestion.id
        )?;
    }
    Ok(Exit::Fine)
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    answer: Answer,
    urgency: Option<&'static str>,
    relax_share: Option<f64>,
    pressure_cap: Option<u8>,
    reask: bool,
    rule: u8,
    reason: &'a str,
    routines: Vec<&'a str>,
}

impl<'a> Report<'a> {
    fn of(found: &'a Recommendation, reason: &'a str) -> Self {
        let decision = &found.decision;
        Self {
            version: 1,
            answer: decision.answer,
            urgency: decision.urgency.map(Urgency::kebab),
            relax_share: decision.relax_share.map(|share| f64::from(share) / 100.0),
            pressure_cap: decision.pressure_cap.map(|cap| cap.0),
            reask: decision.reask,
            rule: decision.rule,
            reason,
            routines: found
                .routines
                .iter()
                .map(|suggestion| suggestion.id.as_str())
                .collect(),
        }
    }
}
