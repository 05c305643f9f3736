//! What a person says before and after a session: ratings, areas, wish, the safety list; and what is asked when.
//!
//! A rating that was not given is `None`: "not asked", never 0. Only the safety list cannot be skipped.

pub mod safety;
pub mod stop;

use serde::{Deserialize, Serialize};

use crate::cautions::{Limits, Told};
use crate::names::{Area, Flag, Position, Tag, Tool, Urgency, Wish};

/// A number from 0 to 10 that a person gives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

impl Rating {
    /// The highest.
    pub const TOP: Self = Self(10);

    /// A rating, if the number is one.
    pub const fn new(number: u8) -> Option<Self> {
        if number <= 10 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The number.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Rating {
    type Error = NotARating;
    fn try_from(number: u8) -> Result<Self, NotARating> {
        Self::new(number).ok_or(NotARating)
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

impl std::str::FromStr for Rating {
    type Err = NotARating;
    fn from_str(text: &str) -> Result<Self, NotARating> {
        text.parse().ok().and_then(Self::new).ok_or(NotARating)
    }
}

impl std::fmt::Display for Rating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A number that is no rating.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a rating is a whole number from 0 to 10")]
pub struct NotARating;

/// The numbers of one moment, before or after a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ratings {
    /// 0 loose – 10 tight.
    pub tension: Option<Rating>,
    /// 0 none – 10 worst imaginable.
    pub pain: Option<Rating>,
    /// 0 at ease – 10 extremely stressed or on edge.
    pub stress: Option<Rating>,
    /// Last night: 0 very poor – 10 very good.
    pub sleep: Option<Rating>,
    /// 0 not at all – 10 fully settled; after only.
    pub settled: Option<Rating>,
    /// The rotating question, after only.
    pub rotating: Option<(Rotating, Rating)>,
}

/// The question that rotates after a session (`content.md` 4.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Rotating {
    /// How warm hands or feet are.
    Warmth,
    /// How easily it moves.
    Ease,
    /// How even left and right feel.
    Evenness,
    /// How settled it feels.
    Settled,
}

impl Rotating {
    /// The question after the nth session with a routine, from 0.
    pub fn after(session: usize) -> Self {
        [Self::Settled, Self::Ease, Self::Warmth, Self::Evenness][session % 4]
    }
}

/// Something about a person that is kept in Settings, with the place and the day of "I asked my therapist".
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tick {
    /// What.
    pub tag: Tag,
    /// Where; empty when not told.
    #[serde(default)]
    pub areas: Vec<Area>,
    /// When the therapist was asked.
    #[serde(default)]
    pub asked: Option<jiff::civil::Date>,
}

impl Tick {
    /// How long "I asked my therapist" counts, in days.
    pub const ASKED_DAYS: i32 = 90;

    /// The last day on which "I asked my therapist" counts.
    pub fn counts_until(asked: jiff::civil::Date) -> jiff::civil::Date {
        asked.saturating_add(jiff::Span::new().days(Self::ASKED_DAYS))
    }

    /// Whether the therapist was asked within the last 90 days.
    pub fn asked_lately(&self, today: jiff::civil::Date) -> bool {
        self.asked.is_some_and(|asked| counts(asked, today))
    }
}

fn counts(asked: jiff::civil::Date, today: jiff::civil::Date) -> bool {
    (0..=Tick::ASKED_DAYS).contains(&(today - asked).get_days())
}

/// A sign of the safety list about which the therapist was asked, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedSign {
    /// What; never an emergency, nothing urgent.
    pub flag: Flag,
    /// When.
    pub on: jiff::civil::Date,
}

impl AskedSign {
    /// Whether all of these signs were asked about lately: what lasts counts for 90 days, what the last session left
    /// behind for that day. An emergency and what is urgent are never lifted.
    pub fn settle(asked: &[Self], flags: &[Flag], today: jiff::civil::Date) -> bool {
        flags.iter().all(|&flag| {
            flag.urgency() == Urgency::AskFirst
                && asked.iter().any(|asked| {
                    asked.flag == flag
                        && counts(asked.on, today)
                        && (flag.lasts() || asked.on == today)
                })
        })
    }
}

impl From<Tag> for Tick {
    fn from(tag: Tag) -> Self {
        Self {
            tag,
            areas: Vec::new(),
            asked: None,
        }
    }
}

/// All that the recommendation knows of a person today.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CheckIn {
    /// What was ticked on the safety list.
    pub flags: Vec<Flag>,
    /// Where it is felt; groups are spread.
    pub areas: Vec<Area>,
    /// The numbers.
    pub ratings: Ratings,
    /// What would help most.
    pub wish: Wish,
    /// How many minutes there are.
    pub minutes: Option<u32>,
    /// Where it will be done; anywhere if not told.
    pub position: Option<Position>,
    /// What is at hand; not told: anything.
    pub tools: Option<Vec<Tool>>,
    /// Whether it is to lead into sleep.
    pub bedtime: bool,
    /// What is left alone today: a new injury, an ache from last time, a spot pressed yesterday.
    pub locked: Vec<Area>,
    /// The pains of earlier check-ins, oldest first.
    pub pain_before: Vec<Rating>,
    /// The pain that this person lives with, set by a therapist.
    pub baseline: Option<Rating>,
    /// What is kept about the person.
    pub ticks: Vec<Tick>,
    /// The local date; decides how long "I asked my therapist" counts.
    pub today: Option<jiff::civil::Date>,
}

impl CheckIn {
    /// What the person's ticks leave possible today.
    pub fn limits(&self) -> Limits {
        let told: Vec<Told<'_>> = self
            .ticks
            .iter()
            .map(|tick| Told {
                tag: tick.tag,
                areas: &tick.areas,
                asked: self.today.is_some_and(|today| tick.asked_lately(today)),
            })
            .collect();
        let mut limits = Limits::of(&told);
        limits.locked.extend(&self.locked);
        limits
    }

    /// What is true of the person: the tags of the ticks.
    pub fn tags(&self) -> Vec<Tag> {
        self.ticks.iter().map(|tick| tick.tag).collect()
    }

    /// Whether a sign of this urgency was ticked.
    pub fn flagged(&self, urgency: Urgency) -> bool {
        self.flags.iter().any(|flag| flag.urgency() == urgency)
    }

    /// Whether the therapist should be asked before deeper work: about a tag, or about a sign of today.
    pub fn asks_first(&self, limits: &Limits) -> bool {
        !limits.ask_first.is_empty() || self.flagged(Urgency::AskFirst)
    }

    /// The chosen areas that may be worked on today.
    pub fn open_areas(&self, limits: &Limits) -> Vec<Area> {
        self.areas
            .iter()
            .copied()
            .filter(|&area| !Limits::meets(&limits.locked, &[area]))
            .collect()
    }
}

/// One question before a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// Where it is felt.
    Where,
    /// How tense.
    Tension,
    /// How stressed.
    Stress,
    /// How much pain.
    Pain,
    /// Last night's sleep.
    Sleep,
    /// What would help most.
    Wish,
    /// How many minutes.
    Minutes,
    /// Chair, bed, floor or standing.
    Position,
    /// What is at hand.
    Tools,
}

impl Question {
    /// What is asked at first sight: three questions, and pain where an area is chosen.
    pub fn first(area_chosen: bool) -> Vec<Self> {
        let mut questions = vec![Self::Where, Self::Tension, Self::Stress];
        if area_chosen {
            questions.push(Self::Pain);
        }
        questions
    }

    /// What stands behind "Tell us more": sleep at the day's first check-in only.
    pub fn more(first_of_day: bool) -> Vec<Self> {
        let mut questions = vec![Self::Wish, Self::Minutes, Self::Position, Self::Tools];
        if first_of_day {
            questions.insert(0, Self::Sleep);
        }
        questions
    }
}

/// Whether a local time counts as bedtime unless switched: after 20:30, until 4 in the morning (`content.md` 4.4,
/// design 7).
pub fn is_bedtime(now: jiff::civil::Time) -> bool {
    now >= jiff::civil::time(20, 30, 0, 0) || now < jiff::civil::time(4, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn a_rating_is_from_nought_to_ten() {
        assert_eq!("10".parse(), Ok(Rating::TOP));
        assert_eq!("11".parse::<Rating>(), Err(NotARating));
        assert_eq!("-1".parse::<Rating>(), Err(NotARating));
        assert_eq!("4.5".parse::<Rating>(), Err(NotARating));
    }

    #[test]
    fn asking_counts_for_ninety_days() {
        let tick = Tick {
            asked: Some(date(2026, 1, 1)),
            ..Tick::from(Tag::Cancer)
        };
        assert!(tick.asked_lately(date(2026, 1, 1)));
        assert!(tick.asked_lately(date(2026, 4, 1)), "day 90");
        assert!(!tick.asked_lately(date(2026, 4, 2)), "day 91");
        assert!(
            !tick.asked_lately(date(2025, 12, 31)),
            "not before it was asked"
        );
    }

    #[test]
    fn asking_about_a_sign_settles_what_may_be_asked_and_for_so_long() {
        let on = date(2026, 1, 1);
        let asked = |flag| vec![AskedSign { flag, on }];
        #[track_caller]
        fn case(asked: &[AskedSign], flags: &[Flag], today: jiff::civil::Date, expected: bool) {
            assert_eq!(AskedSign::settle(asked, flags, today), expected);
        }
        let six = asked(Flag::PainOverSixWeeks);
        case(&six, &[Flag::PainOverSixWeeks], on, true);
        case(&six, &[Flag::PainOverSixWeeks], date(2026, 4, 1), true);
        case(&six, &[Flag::PainOverSixWeeks], date(2026, 4, 2), false);
        case(
            &six,
            &[Flag::PainOverSixWeeks, Flag::NewMedicine],
            on,
            false,
        );
        let bruise = asked(Flag::BruiseAfterSession);
        case(&bruise, &[Flag::BruiseAfterSession], on, true);
        case(
            &bruise,
            &[Flag::BruiseAfterSession],
            date(2026, 1, 2),
            false,
        );
        for &flag in Flag::ALL
            .iter()
            .filter(|flag| flag.urgency() != Urgency::AskFirst)
        {
            case(&asked(flag), &[flag], on, false);
        }
    }

    #[test]
    fn pain_is_asked_only_with_an_area() {
        assert_eq!(Question::first(false).len(), 3);
        assert!(Question::first(true).contains(&Question::Pain));
    }

    #[test]
    fn bedtime_begins_at_half_past_eight() {
        assert!(!is_bedtime(time(20, 29, 59, 0)));
        assert!(is_bedtime(time(20, 30, 0, 0)));
        assert!(is_bedtime(time(3, 59, 0, 0)));
        assert!(!is_bedtime(time(4, 0, 0, 0)));
    }
}
