//! The answers of a check-in on the command line; `recommend` and `blend` share them.

use clap::Args;

use crate::checkin::{CheckIn, Rating, Ratings, Tick};
use crate::names::{Flag, Position, Region, Tag, Tool, Wish, spread};

/// How today feels. What is not given is "not asked", never 0.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct AnswerArgs {
    /// How stressed or on edge, 0 at ease – 10 extremely.
    #[arg(long, value_name = "N")]
    stress: Option<Rating>,
    /// How tense, 0 loose – 10 tight.
    #[arg(long, value_name = "N")]
    tension: Option<Rating>,
    /// How much pain, 0 none – 10 worst imaginable.
    #[arg(long, value_name = "N")]
    pain: Option<Rating>,
    /// Last night's sleep, 0 very poor – 10 very good.
    #[arg(long, value_name = "N")]
    sleep: Option<Rating>,
    /// Where it is felt; may be given several times.
    #[arg(long, value_name = "AREA", num_args = 1.., value_delimiter = ',')]
    area: Vec<Region>,
    /// What is to be left alone today; may be given several times.
    #[arg(long, value_name = "AREA", num_args = 1.., value_delimiter = ',')]
    locked: Vec<Region>,
    /// The pains of earlier check-ins, oldest first, as 2,3,4.
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    pain_before: Vec<Rating>,
    /// The pain you live with, as your therapist has set it.
    #[arg(long, value_name = "N")]
    baseline: Option<Rating>,
    /// How many minutes there are.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=240))]
    minutes: Option<u32>,
    /// What would help most: calm, ease, both or unsure.
    #[arg(long, value_name = "WISH")]
    wish: Option<Wish>,
    /// Where you will be: chair, bed, floor or standing.
    #[arg(long, value_name = "POSITION")]
    position: Option<Position>,
    /// What is at hand; may be given several times. Without it anything may be asked for.
    #[arg(long, value_name = "TOOL", num_args = 1.., value_delimiter = ',')]
    tool: Vec<Tool>,
    /// What is true of you, such as `blood-thinner`; may be given several times.
    #[arg(long, value_name = "TAG", num_args = 1.., value_delimiter = ',')]
    tag: Vec<Tag>,
    /// What is true of you today from the safety list, such as `swollen-limb`; may be given several times.
    #[arg(long, value_name = "FLAG", num_args = 1.., value_delimiter = ',')]
    flag: Vec<Flag>,
    /// It is to lead into sleep.
    #[arg(long)]
    bedtime: bool,
}

impl AnswerArgs {
    /// The same as the recommendation wants them.
    pub(super) fn check_in(&self) -> CheckIn {
        CheckIn {
            flags: self.flag.clone(),
            areas: spread(&self.area),
            ratings: Ratings {
                tension: self.tension,
                pain: self.pain,
                stress: self.stress,
                sleep: self.sleep,
                ..Ratings::default()
            },
            wish: self.wish.unwrap_or_default(),
            minutes: self.minutes,
            position: self.position,
            tools: (!self.tool.is_empty()).then(|| self.tool.clone()),
            bedtime: self.bedtime,
            locked: spread(&self.locked),
            pain_before: self.pain_before.clone(),
            baseline: self.baseline,
            ticks: self.tag.iter().copied().map(Tick::from).collect(),
            today: None,
        }
    }
}
