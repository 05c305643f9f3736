//! What is kept about the person beside the journal: health ticks, reminders, and the answers that are remembered.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::checkin::{AskedSign, Tick};
use crate::names::{Flag, Position, Tag, Tool, Wish};
use crate::plan::reminder::Reminders;

/// What is kept about the person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The version of the file's shape; 1 today.
    pub version: u32,
    /// Health: asked when a routine first conflicts with one, not before.
    pub ticks: Vec<Tick>,
    /// What of health has been asked about, whatever the answer was.
    pub health_asked: Vec<Tag>,
    /// When the therapist was asked about a sign of the safety list.
    pub asked: Vec<AskedSign>,
    /// What was ticked on the safety list that needs help first, and when; that of other days is forgotten.
    pub signs: Vec<SeenSign>,
    /// How to be reminded.
    pub reminders: Reminders,
    /// The answers of last time, which are today's first guess.
    pub last: Remembered,
}

impl Profile {
    /// What needs help first today.
    pub fn signs_of(&self, today: Date) -> Vec<Flag> {
        let todays = self.signs.iter().filter(|sign| sign.on == today);
        todays.map(|sign| sign.flag).collect()
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            version: 1,
            ticks: Vec::new(),
            health_asked: Vec::new(),
            asked: Vec::new(),
            signs: Vec::new(),
            reminders: Reminders::default(),
            last: Remembered::default(),
        }
    }
}

/// A sign of the safety list that was ticked, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeenSign {
    /// What; an emergency, or something urgent.
    pub flag: Flag,
    /// When.
    pub on: Date,
}

/// The answers of last time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// How many minutes there were.
    pub minutes: Option<u32>,
    /// Where it was done.
    pub position: Option<Position>,
    /// What was at hand.
    pub tools: Option<Vec<Tool>>,
    /// What would have helped most.
    pub wish: Wish,
}
