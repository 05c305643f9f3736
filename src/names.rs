//! The names that Rootwell knows: CamelCase in files (`SkullBase`), kebab case in commands and JSON (`skull-base`).

mod language;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use language::Language;

/// Makes a closed list of names: the enum, all of it in order, its kebab names, and reading them back.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $kebab:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        $(#[$doc])*
        pub enum $name { $($(#[$vdoc])* #[doc = $kebab] $variant),+ }

        impl $name {
            /// Every name, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in commands and JSON.
            pub const fn kebab(self) -> &'static str {
                match self { $(Self::$variant => $kebab),+ }
            }

            /// The name in files.
            pub const fn camel(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.kebab())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;
            fn from_str(text: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|name| name.kebab() == text).ok_or_else(|| UnknownName {
                    text: text.to_owned(),
                    known: Self::ALL.iter().map(|name| name.kebab()).collect(),
                })
            }
        }
    };
}

/// A word that is not in the list it should come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownName {
    /// What was written.
    pub text: String,
    /// What may be written.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there is no `{}`; known are {}",
            self.text,
            self.known.join(", ")
        )
    }
}

impl std::error::Error for UnknownName {}

names! {
    /// What a routine is for.
    Style { Relaxation = "relaxation", Therapeutic = "therapeutic", Blend = "blend" }
}

names! {
    /// How much a routine asks of the body.
    Level { Gentle = "gentle", Standard = "standard", Deeper = "deeper" }
}

names! {
    /// A part of the body: A1–A15 of `content.md` 2.3 in its order, then what only soft work touches.
    Area {
        Jaw = "jaw", SkullBase = "skull-base", Neck = "neck", Chest = "chest", BackOfShoulder = "back-of-shoulder",
        Forearms = "forearms", MidBack = "mid-back", LowBack = "low-back", Hips = "hips", HipFlexors = "hip-flexors",
        Hamstrings = "hamstrings", Thighs = "thighs", InnerThighs = "inner-thighs", Calves = "calves", Soles = "soles",
        Head = "head", Face = "face", Hands = "hands", Belly = "belly", Whole = "whole",
    }
}

names! {
    /// An area, or a group of areas that is spread at once.
    #[serde(rename = "Area")] // what a message to the author calls it
    Region {
        Jaw = "jaw", SkullBase = "skull-base", Neck = "neck", Chest = "chest", BackOfShoulder = "back-of-shoulder",
        Forearms = "forearms", MidBack = "mid-back", LowBack = "low-back", Hips = "hips", HipFlexors = "hip-flexors",
        Hamstrings = "hamstrings", Thighs = "thighs", InnerThighs = "inner-thighs", Calves = "calves", Soles = "soles",
        Head = "head", Face = "face", Hands = "hands", Belly = "belly", Whole = "whole",
        Shoulders = "shoulders", Back = "back", Legs = "legs", Feet = "feet", Arms = "arms",
    }
}

impl Region {
    /// The areas that this name stands for.
    pub fn areas(self) -> &'static [Area] {
        match self {
            Self::Shoulders => &[Area::Neck, Area::BackOfShoulder, Area::Chest],
            Self::Back => &[Area::MidBack, Area::LowBack],
            Self::Legs => &[
                Area::Hamstrings,
                Area::Thighs,
                Area::InnerThighs,
                Area::Calves,
            ],
            Self::Feet => &[Area::Soles, Area::Calves],
            Self::Arms => &[Area::Forearms, Area::Hands],
            one => std::slice::from_ref(&Area::ALL[one as usize]),
        }
    }
}

impl Region {
    /// The name as a person reads it, as "Skull base".
    pub fn words(self) -> String {
        let mut words = self.kebab().replace('-', " ");
        words[..1].make_ascii_uppercase();
        words
    }
}

impl From<Area> for Region {
    fn from(area: Area) -> Self {
        Self::ALL[area as usize]
    }
}

/// The areas that a list of names stands for, each once, in the order of first mention.
pub fn spread(regions: &[Region]) -> Vec<Area> {
    let mut areas = Vec::new();
    for &area in regions.iter().flat_map(|region| region.areas()) {
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    areas
}

names! {
    /// Something about a person that changes what is offered (`content.md` 2.4 and 1.4).
    Tag {
        OpenWound = "open-wound", Fracture = "fracture", ClotNow = "clot-now", ClotHistory = "clot-history",
        BloodThinner = "blood-thinner", LocalInflammation = "local-inflammation", AcuteInjury = "acute-injury",
        BoneInfection = "bone-infection", Osteoporosis = "osteoporosis", VaricoseVeins = "varicose-veins",
        Pregnancy = "pregnancy", Cancer = "cancer", RecentSurgery = "recent-surgery", JointReplacement = "joint-replacement",
        NumbnessTingling = "numbness-tingling", NeckArtery = "neck-artery", HeartOrPressure = "heart-or-pressure",
        LungDisease = "lung-disease", EyeCondition = "eye-condition", Fever = "fever", JointDisease = "joint-disease",
        DiabetesNeuropathy = "diabetes-neuropathy", Fibromyalgia = "fibromyalgia", Lymphoedema = "lymphoedema",
        ImplantedDevice = "implanted-device", EpilepsyOrFainting = "epilepsy-or-fainting", PanicOrTrauma = "panic-or-trauma",
        Sedated = "sedated", Under16 = "under-16",
    }
}

names! {
    /// A sign that stops or delays self-care (`content.md` 4.5), most urgent first.
    Flag {
        ChestPain = "chest-pain", SuddenBreathless = "sudden-breathless", StrokeSigns = "stroke-signs",
        WorstHeadache = "worst-headache", NeckArterySigns = "neck-artery-signs", SaddleNumbness = "saddle-numbness",
        SwollenLegBreathless = "swollen-leg-breathless", BlackoutOrSeizure = "blackout-or-seizure",
        SevereInjury = "severe-injury", SelfHarm = "self-harm", Emergency = "emergency",
        SwollenLimb = "swollen-limb", FeverWithPain = "fever-with-pain",
        WeightLossOrNightSweats = "weight-loss-or-night-sweats", NightPain = "night-pain", CancerNewPain = "cancer-new-pain",
        NewWeaknessOrNumbness = "new-weakness-or-numbness", HotJoint = "hot-joint", CannotBearWeight = "cannot-bear-weight",
        NewHeadacheOver50 = "new-headache-over-50", JawLocked = "jaw-locked", PregnancyWarning = "pregnancy-warning",
        PainfulLump = "painful-lump", SkinInfection = "skin-infection", NewFall = "new-fall", Urgent = "urgent",
        PainOverSixWeeks = "pain-over-six-weeks", PainAfterSession = "pain-after-session",
        BruiseAfterSession = "bruise-after-session", NewMedicine = "new-medicine",
    }
}

names! {
    /// How soon a flag must be acted on.
    Urgency { Emergency = "emergency", Urgent = "urgent", AskFirst = "ask_first" }
}

impl Flag {
    /// Whether it stays the same from day to day; what the last session left behind does not.
    pub fn lasts(self) -> bool {
        !matches!(self, Self::PainAfterSession | Self::BruiseAfterSession)
    }

    /// How soon it must be acted on.
    pub fn urgency(self) -> Urgency {
        if self <= Self::Emergency {
            Urgency::Emergency
        } else if self <= Self::Urgent {
            Urgency::Urgent
        } else {
            Urgency::AskFirst
        }
    }
}

names! {
    /// Where a routine is done.
    Position { Chair = "chair", Bed = "bed", Floor = "floor", Standing = "standing" }
}

names! {
    /// What a routine needs at hand.
    Tool {
        Ball = "ball", FirmBall = "firm-ball", BallPair = "ball-pair", Roller = "roller", Towel = "towel", Strap = "strap",
        Wall = "wall", Doorway = "doorway", Mat = "mat", Chair = "chair", Oil = "oil",
    }
}

names! {
    /// One of the studio's promises that a routine is meant for (`content.md` 4.6).
    Goal {
        R1 = "R1", R2a = "R2a", R2b = "R2b", R3 = "R3", R4 = "R4", T1 = "T1", T2 = "T2", T3 = "T3", T4 = "T4",
    }
}

names! {
    /// What would help most (`content.md` 4.1).
    #[derive(Default)]
    Wish { Calm = "calm", Ease = "ease", Both = "both", #[default] Unsure = "unsure" }
}

names! {
    /// How much talking there is.
    Talk { Full = "full", Brief = "brief", Tones = "tones", Silent = "silent" }
}

names! {
    /// One side of the body.
    Hand { Left = "left", Right = "right" }
}

impl Hand {
    /// The other side.
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for &area in Area::ALL {
            assert_eq!(area.kebab().parse(), Ok(area));
            assert_eq!(Region::from(area).areas(), [area]);
            assert_eq!(Region::from(area).kebab(), area.kebab());
        }
        assert!("sholder".parse::<Area>().is_err());
    }

    #[test]
    fn groups_spread_without_doubles() {
        assert_eq!(
            spread(&[Region::Feet, Region::Legs])
                .iter()
                .map(|area| area.kebab())
                .collect::<Vec<_>>(),
            ["soles", "calves", "hamstrings", "thighs", "inner-thighs"]
        );
    }

    #[test]
    fn flags_fall_into_three_urgencies() {
        let count = |urgency| {
            Flag::ALL
                .iter()
                .filter(|flag| flag.urgency() == urgency)
                .count()
        };
        assert_eq!(
            (
                count(Urgency::Emergency),
                count(Urgency::Urgent),
                count(Urgency::AskFirst)
            ),
            (11, 15, 4)
        );
    }
}
