//! The safety list: "Any of these today?" For each area the few lines that matter, emergency first, read in under twenty
//! seconds: at most [`MOST_LINES`] lines and [`MOST_WORDS`] words. Every sign of `content.md` 4.5 is reached by some
//! area, and all of them by [`all`], which "More signs" shows.
//!
//! The texts are constants of the program: no file can weaken them. A studio adds its numbers beside them.

use crate::names::{Area, Flag, Urgency};

/// The most lines that are shown.
pub const MOST_LINES: usize = 8;
/// The most words that are shown.
pub const MOST_WORDS: usize = 60;

/// The languages of the safety texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The language of a code such as `es`; English where we have none.
    pub fn of(code: &str) -> Self {
        if code.starts_with("es") {
            Self::Spanish
        } else {
            Self::English
        }
    }
}

/// A text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    english: &'static str,
    spanish: &'static str,
}

impl Text {
    pub(super) const fn new(english: &'static str, spanish: &'static str) -> Self {
        Self { english, spanish }
    }

    /// The text in a language.
    pub const fn said(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Spanish => self.spanish,
        }
    }
}

/// One line of the list: what is read, and the signs that it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// What is read.
    pub text: Text,
    /// The signs, all of one urgency.
    pub flags: &'static [Flag],
    zones: &'static [Zone],
}

impl Line {
    /// How soon it must be acted on.
    pub fn urgency(&self) -> Urgency {
        self.flags[0].urgency()
    }
}

/// Parts of the body that share their signs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Zone {
    Head,
    Neck,
    Arm,
    Back,
    Leg,
    Whole,
}

impl Zone {
    fn of(area: Area) -> Self {
        match area {
            Area::Jaw | Area::Head | Area::Face => Self::Head,
            Area::SkullBase | Area::Neck => Self::Neck,
            Area::Chest | Area::BackOfShoulder | Area::Forearms | Area::Hands => Self::Arm,
            Area::MidBack | Area::LowBack => Self::Back,
            Area::Hips
            | Area::HipFlexors
            | Area::Hamstrings
            | Area::Thighs
            | Area::InnerThighs
            | Area::Calves
            | Area::Soles => Self::Leg,
            Area::Belly | Area::Whole => Self::Whole,
        }
    }
}

/// The first answer, one key.
pub const NONE_OF_THESE: Text = Text::new("None of these today", "Nada de esto hoy");

/// What is shown for an emergency; a studio's own number stands below it, never instead.
pub const EMERGENCY: Text = Text::new(
    "Stop. Call your emergency number now.",
    "Para. Llama ahora a tu número de emergencias.",
);

/// What is shown for thoughts of hurting oneself.
pub const CRISIS: Text = Text::new(
    "You matter. Please call a crisis line or your emergency number now, and stay with someone you trust.",
    "Tú importas. Llama ahora a una línea de crisis o a tu número de emergencias, y quédate con alguien de confianza.",
);

/// What is shown for both at once: neither hides the other.
pub const EMERGENCY_AND_CRISIS: Text = Text::new(
    "Stop. Call your emergency number now. You matter: you can call a crisis line too. Please stay with someone you trust.",
    "Para. Llama ahora a tu número de emergencias. Tú importas: también puedes llamar a una línea de crisis. Quédate con alguien de confianza.",
);

/// What is shown for something urgent.
pub const URGENT: Text = Text::new(
    "Please don't self-treat. Contact your doctor or advice line today, and tell your therapist.",
    "No te trates por tu cuenta. Contacta hoy con tu médico o línea de consejo, y díselo a tu terapeuta.",
);

/// What is shown where the therapist should be asked first.
pub const ASK_FIRST: Text = Text::new(
    "Check with your therapist before deeper work.",
    "Consulta a tu terapeuta antes de un trabajo más profundo.",
);

/// What is shown for what was ticked; `None` when nothing was. Every emergency is in it.
pub fn card(flags: &[Flag]) -> Option<Text> {
    let of_the_body = |flag: &Flag| flag.urgency() == Urgency::Emergency && *flag != Flag::SelfHarm;
    Some(match flags.iter().map(|flag| flag.urgency()).min()? {
        Urgency::Emergency if !flags.contains(&Flag::SelfHarm) => EMERGENCY,
        Urgency::Emergency if flags.iter().any(of_the_body) => EMERGENCY_AND_CRISIS,
        Urgency::Emergency => CRISIS,
        Urgency::Urgent => URGENT,
        Urgency::AskFirst => ASK_FIRST,
    })
}

/// The lines that matter for today's areas, emergency first; without an area those of the whole body.
pub fn list(areas: &[Area]) -> Vec<&'static Line> {
    let mut zones: Vec<Zone> = areas.iter().map(|&area| Zone::of(area)).collect();
    if zones.is_empty() {
        zones.push(Zone::Whole);
    }
    let mut lines: Vec<&Line> = Vec::new();
    let mut words = 0;
    for line in LINES
        .iter()
        .filter(|line| line.zones.iter().any(|zone| zones.contains(zone)))
    {
        let longest = count_words(line.text.english).max(count_words(line.text.spanish));
        if lines.len() < MOST_LINES && words + longest <= MOST_WORDS {
            words += longest;
            lines.push(line);
        }
    }
    lines
}

/// All lines, for "More signs": emergency, urgent, ask first.
pub fn all() -> &'static [Line] {
    LINES
}

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

const EVERYWHERE: &[Zone] = &[
    Zone::Head,
    Zone::Neck,
    Zone::Arm,
    Zone::Back,
    Zone::Leg,
    Zone::Whole,
];

const fn line(
    english: &'static str,
    spanish: &'static str,
    flags: &'static [Flag],
    zones: &'static [Zone],
) -> Line {
    Line {
        text: Text::new(english, spanish),
        flags,
        zones,
    }
}

/// In the order of severity, which is the order of a screen reader (`content.md` 4.5).
const LINES: &[Line] = &[
    line(
        "Chest pain, sudden breathlessness, a blackout or seizure",
        "Dolor de pecho, falta de aire, desmayo o convulsión",
        &[
            Flag::ChestPain,
            Flag::SuddenBreathless,
            Flag::BlackoutOrSeizure,
        ],
        EVERYWHERE,
    ),
    line(
        "Face droop, slurred speech, sudden worst-ever headache",
        "Cara caída, habla confusa, el peor dolor de cabeza",
        &[Flag::StrokeSigns, Flag::WorstHeadache],
        EVERYWHERE,
    ),
    line(
        "I may hurt myself",
        "Podría hacerme daño",
        &[Flag::SelfHarm],
        EVERYWHERE,
    ),
    line(
        "Dizzy, trouble swallowing, numb face, drooping eyelid",
        "Mareo, dificultad al tragar, cara dormida, párpado caído",
        &[Flag::NeckArterySigns],
        &[Zone::Head, Zone::Neck],
    ),
    line(
        "Numb between the legs, new bladder or bowel change",
        "Entumecimiento entre las piernas, cambios al orinar o evacuar",
        &[Flag::SaddleNumbness],
        &[Zone::Back],
    ),
    line(
        "Swollen painful leg with breathlessness",
        "Pierna hinchada y dolorosa, con falta de aire",
        &[Flag::SwollenLegBreathless],
        &[Zone::Leg],
    ),
    line(
        "Severe head, neck or back injury",
        "Lesión grave de cabeza, cuello o espalda",
        &[Flag::SevereInjury],
        &[Zone::Neck, Zone::Whole],
    ),
    line(
        "One leg or arm swollen, warm, red, throbbing",
        "Pierna o brazo hinchado, caliente, rojo",
        &[Flag::SwollenLimb],
        &[Zone::Arm, Zone::Leg],
    ),
    line(
        "New numbness, weakness or clumsy hands",
        "Nuevo entumecimiento, debilidad o manos torpes",
        &[Flag::NewWeaknessOrNumbness],
        &[Zone::Neck, Zone::Arm, Zone::Back],
    ),
    line(
        "Fever or feeling very unwell with pain",
        "Fiebre o mucho malestar con dolor",
        &[Flag::FeverWithPain],
        &[Zone::Back, Zone::Whole, Zone::Neck],
    ),
    line(
        "Weight loss, night sweats, pain worst at night",
        "Pérdida de peso, sudores, dolor peor de noche",
        &[Flag::WeightLossOrNightSweats, Flag::NightPain],
        &[Zone::Back],
    ),
    line(
        "Hot joint, or cannot bear weight or lift",
        "Articulación caliente, o no puedo apoyar o levantar",
        &[Flag::HotJoint, Flag::CannotBearWeight],
        &[Zone::Arm, Zone::Leg],
    ),
    line(
        "New headache over fifty, or a locked jaw",
        "Dolor de cabeza nuevo tras los cincuenta, mandíbula trabada",
        &[Flag::NewHeadacheOver50, Flag::JawLocked],
        &[Zone::Head],
    ),
    line(
        "Pregnant with bleeding, pain, swelling, headache",
        "Embarazo con sangrado, dolor, hinchazón, cefalea",
        &[Flag::PregnancyWarning],
        &[Zone::Whole],
    ),
    line(
        "Cancer, with new pain",
        "Cáncer, con dolor nuevo",
        &[Flag::CancerNewPain],
        &[Zone::Whole],
    ),
    line(
        "A painful lump, or infected skin",
        "Un bulto doloroso o piel infectada",
        &[Flag::PainfulLump, Flag::SkinInfection],
        &[Zone::Head, Zone::Arm, Zone::Leg],
    ),
    line(
        "A new fall",
        "Una caída reciente",
        &[Flag::NewFall],
        &[Zone::Leg, Zone::Back],
    ),
    line(
        "Pain for over six weeks, or new medicine",
        "Dolor de más de seis semanas, medicina nueva",
        &[Flag::PainOverSixWeeks, Flag::NewMedicine],
        &[Zone::Head, Zone::Whole],
    ),
    line(
        "Pain or a bruise since last session",
        "Dolor o moretón desde la última sesión",
        &[Flag::PainAfterSession, Flag::BruiseAfterSession],
        &[Zone::Neck, Zone::Arm],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_list_is_short_enough_in_both_languages() {
        for &area in Area::ALL {
            for language in [Language::English, Language::Spanish] {
                let lines = list(&[area]);
                let words: usize = lines
                    .iter()
                    .map(|line| count_words(line.text.said(language)))
                    .sum();
                assert!(
                    lines.len() <= MOST_LINES && words <= MOST_WORDS,
                    "{area}: {} lines, {words} words",
                    lines.len()
                );
            }
        }
    }

    #[test]
    fn no_line_of_an_area_is_cut_off() {
        for &area in Area::ALL {
            let zone = Zone::of(area);
            let meant = LINES
                .iter()
                .filter(|line| line.zones.contains(&zone))
                .count();
            assert_eq!(list(&[area]).len(), meant, "{area}");
        }
    }

    #[test]
    fn every_sign_is_reached() {
        let reached: BTreeSet<Flag> = Area::ALL
            .iter()
            .flat_map(|&area| list(&[area]))
            .flat_map(|line| line.flags)
            .copied()
            .collect();
        // The last two stand for "one of these" and are not signs of their own.
        let signs = Flag::ALL
            .iter()
            .filter(|flag| !matches!(flag, Flag::Emergency | Flag::Urgent));
        let missed: Vec<&Flag> = signs.filter(|flag| !reached.contains(flag)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn lines_come_in_the_order_of_severity_and_are_of_one_kind() {
        assert!(LINES.is_sorted_by_key(Line::urgency));
        for line in LINES {
            assert!(
                line.flags
                    .iter()
                    .all(|flag| flag.urgency() == line.urgency()),
                "{}",
                line.text.english
            );
        }
    }

    #[test]
    fn several_areas_are_short_enough_too() {
        for &one in Area::ALL {
            for &other in Area::ALL {
                let lines = list(&[one, other, Area::Whole]);
                for language in [Language::English, Language::Spanish] {
                    let said = lines
                        .iter()
                        .map(|line| count_words(line.text.said(language)));
                    let words: usize = said.sum();
                    assert!(
                        lines.len() <= MOST_LINES && words <= MOST_WORDS,
                        "{one} {other}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_emergency_of_any_three_areas_is_cut_off() {
        for &one in Area::ALL {
            for &two in Area::ALL {
                for &three in Area::ALL {
                    let zones = [one, two, three].map(Zone::of);
                    let meant = LINES.iter().filter(|line| {
                        line.urgency() == Urgency::Emergency
                            && line.zones.iter().any(|zone| zones.contains(zone))
                    });
                    let shown = list(&[one, two, three]);
                    let shown = shown
                        .iter()
                        .filter(|line| line.urgency() == Urgency::Emergency);
                    assert_eq!(shown.count(), meant.count(), "{one} {two} {three}");
                }
            }
        }
    }

    #[test]
    fn several_areas_keep_what_is_most_urgent() {
        let lines = list(&[Area::Neck, Area::LowBack, Area::Calves]);
        assert!(lines.len() <= MOST_LINES);
        assert!(
            lines
                .iter()
                .any(|line| line.flags == [Flag::SaddleNumbness])
        );
        assert!(
            lines
                .iter()
                .any(|line| line.flags == [Flag::NeckArterySigns])
        );
        assert!(
            lines
                .iter()
                .any(|line| line.flags == [Flag::SwollenLegBreathless])
        );
    }

    #[test]
    fn the_card_follows_the_most_urgent() {
        assert_eq!(card(&[]), None);
        assert_eq!(card(&[Flag::NewMedicine]), Some(ASK_FIRST));
        assert_eq!(card(&[Flag::NewMedicine, Flag::HotJoint]), Some(URGENT));
        assert_eq!(card(&[Flag::HotJoint, Flag::ChestPain]), Some(EMERGENCY));
        assert_eq!(card(&[Flag::SelfHarm, Flag::HotJoint]), Some(CRISIS));
    }

    #[test]
    fn no_emergency_hides_another() {
        for &flag in Flag::ALL {
            if flag.urgency() == Urgency::Emergency && flag != Flag::SelfHarm {
                for flags in [[flag, Flag::SelfHarm], [Flag::SelfHarm, flag]] {
                    assert_eq!(card(&flags), Some(EMERGENCY_AND_CRISIS), "{flag}");
                }
            }
        }
        for language in [Language::English, Language::Spanish] {
            let both = EMERGENCY_AND_CRISIS.said(language);
            assert!(both.starts_with(EMERGENCY.said(language)), "{both}");
        }
    }
}
