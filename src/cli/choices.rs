//! What a person decides about a routine on the command line; `timeline`, `play` and `render` share it.

use clap::Args;

use crate::names::{Hand, Region, Tag, Talk};
use crate::timeline::Choices;

/// The choices about a routine.
#[derive(Args, Clone, Debug, Default)]
pub struct ChoiceArgs {
    /// How long it should be, in minutes.
    #[arg(long, value_name = "N", value_parser = minutes)]
    minutes: Option<f64>,
    /// A variation of the routine; may be given several times.
    #[arg(long, value_name = "NAME")]
    variation: Vec<String>,
    /// What is true of you today, such as `blood-thinner`; may be given several times.
    #[arg(long, value_name = "TAG")]
    tag: Vec<Tag>,
    /// Your tighter side: it is worked second.
    #[arg(long, value_name = "left|right")]
    tighter: Option<Hand>,
    /// The area for what the routine leaves open.
    #[arg(long, value_name = "AREA")]
    area: Option<Region>,
    /// How much talking: full, brief, tones or silent.
    #[arg(long, value_name = "LEVEL")]
    talk: Option<Talk>,
    /// The way to take where the routine lets you choose.
    #[arg(long, value_name = "NAME")]
    choose: Option<String>,
}

impl ChoiceArgs {
    /// The same as the timeline wants them. Of a group of areas the first counts.
    pub fn choices(&self) -> Choices {
        Choices {
            minutes: self.minutes,
            variations: self.variation.clone(),
            tags: self.tag.clone(),
            tighter: self.tighter,
            area: self.area.map(|region| region.areas()[0]),
            talk: self.talk,
            choose: self.choose.clone(),
            ..Choices::default()
        }
    }
}

impl ChoiceArgs {
    /// The choices as a session has them now, in the words of the command line.
    ///
    /// Tags and areas stay as they were given here: what is true of the person is known anyway, and nobody else's
    /// business.
    pub(super) fn options(&self, now: &Choices, talk: Talk) -> Vec<String> {
        let talk = (self.talk.is_some() || talk != Talk::Full).then_some(talk);
        let one =
            |option: &str, value: Option<String>| value.map(|value| [option.to_owned(), value]);
        let given = [
            one("--minutes", now.minutes.map(|minutes| minutes.to_string())),
            one("--tighter", now.tighter.map(|side| side.to_string())),
            one("--area", self.area.map(|area| area.to_string())),
            one("--talk", talk.map(|talk| talk.to_string())),
            one("--choose", now.choose.clone()),
        ];
        let each = |option: &str, values: &[String]| {
            let pairs = values
                .iter()
                .map(|value| [option.to_owned(), value.clone()]);
            pairs.collect::<Vec<_>>()
        };
        let tags: Vec<String> = self.tag.iter().map(Tag::to_string).collect();
        let variations = each("--variation", &now.variations);
        let all = given.into_iter().flatten().chain(variations);
        all.chain(each("--tag", &tags)).flatten().collect()
    }
}

/// A length in minutes that a routine can have at all: above 0, at most the four hours of a routine.
fn minutes(text: &str) -> Result<f64, String> {
    let minutes: f64 = text
        .parse()
        .map_err(|_not_a_number| "write the minutes as a number, such as 10".to_owned())?;
    if minutes > 0.0 && minutes <= 240.0 {
        Ok(minutes)
    } else {
        Err("a routine lasts more than 0 and at most 240 minutes".to_owned())
    }
}
