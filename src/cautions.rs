//! What a tag does by itself (`content.md` 2.4 and 1.4), whatever routine is asked for: one table, read by the
//! recommendation, the blend and the timeline.
//!
//! The letters are those of the source: **B** block · **A** block that area · **L** light only · **H** hold-free
//! breathing · **P** swap the position · **Q** ask first, then remember the answer.

use std::collections::BTreeSet;

use crate::names::{Area, Tag};
use crate::units::Pressure;

/// Nothing presses harder than this where a tag says light only [2.4 L].
pub const LIGHT: Pressure = Pressure(3);

/// What one tag does by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Action {
    /// B: nothing but rest and the natural breath.
    pub block: bool,
    /// A: no hands, tools, stretch or tension here.
    pub locked: Where,
    /// L: dial at most 3, no compression, no rolling here.
    pub light: Where,
    /// No stretch to the end of a range here.
    pub no_end_range: Where,
    /// H: no breath is held.
    pub hold_free: bool,
    /// P: seated or standing, never flat on the back.
    pub upright: bool,
    /// Q: check with the therapist before deeper work.
    pub ask_first: bool,
}

/// The areas that an action is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Where {
    /// None.
    Nowhere,
    /// The same ones for everybody.
    These(&'static [Area]),
    /// The place that the person names; as long as it is not named, everywhere.
    Told,
    /// All of them.
    Everywhere,
}

impl Where {
    fn areas(self, told: &[Area]) -> &[Area] {
        match self {
            Self::Nowhere => &[],
            Self::These(areas) => areas,
            Self::Told if !told.is_empty() => told,
            Self::Told | Self::Everywhere => Area::ALL,
        }
    }
}

const NOTHING: Action = Action {
    block: false,
    locked: Where::Nowhere,
    light: Where::Nowhere,
    no_end_range: Where::Nowhere,
    hold_free: false,
    upright: false,
    ask_first: false,
};

const LEGS: &[Area] = &[
    Area::Hips,
    Area::HipFlexors,
    Area::Hamstrings,
    Area::Thighs,
    Area::InnerThighs,
    Area::Calves,
    Area::Soles,
];
const NECK: &[Area] = &[Area::SkullBase, Area::Neck, Area::Jaw];
/// Spine and ribs.
const SPINE: &[Area] = &[
    Area::SkullBase,
    Area::Neck,
    Area::Chest,
    Area::BackOfShoulder,
    Area::MidBack,
    Area::LowBack,
];
/// Legs, belly, and the web of the thumb.
const PREGNANT: &[Area] = &[
    Area::Hips,
    Area::HipFlexors,
    Area::Hamstrings,
    Area::Thighs,
    Area::InnerThighs,
    Area::Calves,
    Area::Soles,
    Area::Belly,
    Area::Hands,
    Area::LowBack,
];
const LIMBS: &[Area] = &[
    Area::Forearms,
    Area::Hands,
    Area::Hips,
    Area::HipFlexors,
    Area::Hamstrings,
    Area::Thighs,
    Area::InnerThighs,
    Area::Calves,
    Area::Soles,
];
/// Round an artificial hip or knee: no crossing, no deep bend.
const HIP_AND_KNEE: &[Area] = &[
    Area::Hips,
    Area::HipFlexors,
    Area::Hamstrings,
    Area::Thighs,
    Area::InnerThighs,
    Area::Calves,
    Area::LowBack,
];

/// What a tag does by itself.
pub fn action(tag: Tag) -> Action {
    let locked = |locked| Action { locked, ..NOTHING };
    let light = |light| Action { light, ..NOTHING };
    match tag {
        Tag::OpenWound | Tag::Fracture | Tag::LocalInflammation | Tag::AcuteInjury => {
            locked(Where::Told)
        }
        Tag::ClotNow => Action {
            block: true,
            locked: Where::Everywhere,
            hold_free: true,
            ..NOTHING
        },
        Tag::ClotHistory => Action {
            ask_first: true,
            ..light(Where::These(LEGS))
        },
        Tag::BloodThinner => light(Where::Everywhere),
        Tag::BoneInfection | Tag::RecentSurgery | Tag::NumbnessTingling | Tag::Cancer => Action {
            ask_first: true,
            hold_free: tag == Tag::RecentSurgery,
            ..locked(Where::Told)
        },
        Tag::Osteoporosis => Action {
            no_end_range: Where::These(SPINE),
            ..light(Where::These(SPINE))
        },
        Tag::VaricoseVeins => locked(Where::These(LEGS)),
        Tag::Pregnancy => Action {
            hold_free: true,
            upright: true,
            ask_first: true,
            ..light(Where::These(PREGNANT))
        },
        Tag::JointReplacement => locked(Where::These(HIP_AND_KNEE)),
        Tag::NeckArtery => locked(Where::These(NECK)),
        Tag::Fever => Action {
            block: true,
            locked: Where::Everywhere,
            hold_free: true,
            ..NOTHING
        },
        // Light only also keeps every tool off the neck.
        Tag::JointDisease => Action {
            no_end_range: Where::Everywhere,
            ..light(Where::Everywhere)
        },
        Tag::DiabetesNeuropathy => light(Where::These(&[Area::Soles, Area::Calves])),
        Tag::Fibromyalgia | Tag::Sedated => light(Where::Everywhere),
        Tag::Lymphoedema => Action {
            ask_first: true,
            ..locked(Where::These(LIMBS))
        },
        Tag::ImplantedDevice => Action {
            hold_free: true,
            ..locked(Where::These(&[Area::Chest]))
        },
        Tag::HeartOrPressure
        | Tag::LungDisease
        | Tag::EyeCondition
        | Tag::EpilepsyOrFainting
        | Tag::PanicOrTrauma => Action {
            hold_free: true,
            ..NOTHING
        },
        Tag::Under16 => Action {
            ask_first: true,
            ..NOTHING
        },
    }
}

/// A tag of one person, with the place where it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told<'a> {
    /// The tag.
    pub tag: Tag,
    /// Where; empty when nobody has said.
    pub areas: &'a [Area],
    /// Whether the therapist has been asked lately.
    pub asked: bool,
}

/// What all tags of a person together leave possible.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Limits {
    /// Only rest, attention and the natural breath.
    pub block: bool,
    /// Nothing touches, stretches or tenses these.
    pub locked: BTreeSet<Area>,
    /// At most [`LIGHT`], no compression, no rolling here.
    pub light: BTreeSet<Area>,
    /// No stretch here.
    pub no_end_range: BTreeSet<Area>,
    /// No breath is held.
    pub hold_free: bool,
    /// Seated or standing only.
    pub upright: bool,
    /// What should be asked before deeper work.
    pub ask_first: Vec<Tag>,
}

impl Limits {
    /// What a person's tags leave possible. "I asked my therapist" lifts only the asking: never a clot, a pregnancy
    /// or a blood thinner, and no locked area.
    pub fn of(told: &[Told<'_>]) -> Self {
        let mut limits = Self::default();
        for told in told {
            let action = action(told.tag);
            limits.block |= action.block;
            limits.locked.extend(action.locked.areas(told.areas));
            limits.light.extend(action.light.areas(told.areas));
            limits
                .no_end_range
                .extend(action.no_end_range.areas(told.areas));
            limits.hold_free |= action.hold_free;
            limits.upright |= action.upright;
            if action.ask_first && !(told.asked && liftable(told.tag)) {
                limits.ask_first.push(told.tag);
            }
        }
        limits
    }

    /// The limits of bare tags, places not told and nobody asked.
    pub fn of_tags(tags: &[Tag]) -> Self {
        Self::of(
            &tags
                .iter()
                .map(|&tag| Told {
                    tag,
                    areas: &[],
                    asked: false,
                })
                .collect::<Vec<_>>(),
        )
    }

    /// Whether any of these areas is touched by a set; `Whole` stands for every area, on either side.
    pub fn meets(set: &BTreeSet<Area>, areas: &[Area]) -> bool {
        !set.is_empty()
            && areas.iter().any(|area| {
                *area == Area::Whole || set.contains(area) || set.contains(&Area::Whole)
            })
    }
}

/// Whether "I asked my therapist" can lift the asking of a tag (`content.md` 4.4 as corrected: never these).
pub fn liftable(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::ClotNow | Tag::ClotHistory | Tag::Pregnancy | Tag::BloodThinner
    )
}

/// Whether a tag comes and goes: it is asked about each day, and nothing that was said before settles it.
pub fn passing(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::ClotNow
            | Tag::Fever
            | Tag::OpenWound
            | Tag::LocalInflammation
            | Tag::AcuteInjury
            | Tag::Sedated
    )
}

/// Whether a therapist's plan can settle the locks and questions of a tag for one client: never what comes and goes,
/// what no asking lifts, or what must not be pressed by anybody.
pub fn can_be_settled(tag: Tag) -> bool {
    let never = matches!(tag, Tag::NeckArtery | Tag::Fracture | Tag::BoneInfection);
    liftable(tag) && !passing(tag) && !never
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn letters(tag: Tag, expected: &str) {
        let action = action(tag);
        let mut found = String::new();
        for (letter, set) in [
            ('B', action.block),
            ('A', action.locked != Where::Nowhere),
            ('L', action.light != Where::Nowhere),
            ('H', action.hold_free),
            ('P', action.upright),
            ('Q', action.ask_first),
        ] {
            if set {
                found.push(letter);
            }
        }
        assert_eq!(found, expected, "{tag}");
    }

    #[test]
    fn every_tag_has_the_letters_of_the_source() {
        letters(Tag::OpenWound, "A");
        letters(Tag::Fracture, "A");
        letters(Tag::ClotNow, "BAH");
        letters(Tag::ClotHistory, "LQ");
        letters(Tag::BloodThinner, "L");
        letters(Tag::LocalInflammation, "A");
        letters(Tag::AcuteInjury, "A");
        letters(Tag::BoneInfection, "AQ");
        letters(Tag::Osteoporosis, "L");
        letters(Tag::VaricoseVeins, "A");
        letters(Tag::Pregnancy, "LHPQ");
        letters(Tag::Cancer, "AQ");
        letters(Tag::RecentSurgery, "AHQ");
        letters(Tag::JointReplacement, "A");
        letters(Tag::NumbnessTingling, "AQ");
        letters(Tag::NeckArtery, "A");
        letters(Tag::HeartOrPressure, "H");
        letters(Tag::LungDisease, "H");
        letters(Tag::EyeCondition, "H");
        letters(Tag::Fever, "BAH");
        letters(Tag::JointDisease, "L");
        letters(Tag::DiabetesNeuropathy, "L");
        letters(Tag::Fibromyalgia, "L");
        letters(Tag::Lymphoedema, "AQ");
        letters(Tag::ImplantedDevice, "AH");
        letters(Tag::EpilepsyOrFainting, "H");
        letters(Tag::PanicOrTrauma, "H");
        letters(Tag::Sedated, "L");
        letters(Tag::Under16, "Q");
    }

    #[test]
    fn a_place_that_is_not_told_is_everywhere() {
        assert!(
            Limits::of_tags(&[Tag::OpenWound])
                .locked
                .contains(&Area::Jaw)
        );
        let told = Limits::of(&[Told {
            tag: Tag::OpenWound,
            areas: &[Area::Calves],
            asked: false,
        }]);
        assert_eq!(told.locked, BTreeSet::from([Area::Calves]));
    }

    #[test]
    fn asking_lifts_the_asking_and_nothing_else() {
        let asked = |tag| {
            Limits::of(&[Told {
                tag,
                areas: &[Area::Calves],
                asked: true,
            }])
        };
        assert!(asked(Tag::Cancer).ask_first.is_empty());
        assert!(!asked(Tag::Cancer).locked.is_empty());
        assert_eq!(asked(Tag::Pregnancy).ask_first, [Tag::Pregnancy]);
        assert_eq!(asked(Tag::ClotHistory).ask_first, [Tag::ClotHistory]);
    }

    #[test]
    fn whole_meets_every_area() {
        let set = BTreeSet::from([Area::Calves]);
        assert!(Limits::meets(&set, &[Area::Whole]));
        assert!(!Limits::meets(&set, &[Area::Neck]));
        assert!(!Limits::meets(&BTreeSet::new(), &[Area::Whole]));
        assert!(Limits::meets(&BTreeSet::from([Area::Whole]), &[Area::Neck]));
    }
}
