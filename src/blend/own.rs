//! The steps that belong to every blend: arriving, the bridge, the soft branch, integrating, closing.

use super::safety;
use crate::names::Region;
use crate::routine::kind::ask::Scale;
use crate::routine::kind::{Ask, Breathe, Choose, Rest, Scan};
use crate::routine::{
    Breath, Count, Cue, CueKind, Do, Length, RampStage, Routine, Section, SectionKind, Step,
};
use crate::units::{Pressure, Secs};

/// The branch that goes deeper: always an act.
pub(super) const DEEPER: &str = "deeper";
/// The branch that silence means.
pub(super) const SOFT: &str = "soft";
/// Nothing presses harder than this before the bridge [`content.md` 3].
pub(super) const SOFTEST: Pressure = Pressure(3);
/// The question and the choice, in seconds: 10–40 [`content.md` 3].
pub(super) const BRIDGE_SECS: f64 = 16.0;
/// What is left at the end: 12–20 % [`content.md` 3].
pub(super) const INTEGRATE_SHARE: f64 = 0.16;
/// One breath of the steady pace, in seconds: the house default, long-out 4-6 [`content.md` 1.2].
pub(super) const BREATH_SECS: f64 = 10.0;
/// The fewest breaths that even something out.
pub(super) const FEWEST: u32 = 3;
/// The most: a quarter of an hour at the steady pace.
pub(super) const MOST: u32 = 90;
/// The name of the breath that evens out the softening.
pub(super) const STEADY: &str = "blend-steady";
/// The name of the scan that a long softening has.
pub(super) const SCAN: &str = "blend-feel";
/// Where it goes, feet to head [`content.md` 3, Blend 45], and how it is said.
pub(super) const SCANNED: [(Region, &str); 14] = [
    (
        Region::Soles,
        "Let your attention rest in the soles of your feet.",
    ),
    (Region::Calves, "Your calves."),
    (Region::Thighs, "Your thighs."),
    (Region::Hips, "Your hips."),
    (Region::LowBack, "Your low back."),
    (Region::Belly, "Your belly."),
    (Region::MidBack, "The middle of your back."),
    (Region::Chest, "Your chest."),
    (Region::BackOfShoulder, "The backs of your shoulders."),
    (Region::Forearms, "Your forearms."),
    (Region::Hands, "Your hands."),
    (Region::Neck, "Your neck."),
    (Region::Jaw, "Your jaw."),
    (Region::Face, "Your face."),
];
/// Where the soft branch goes, face to feet, and how it is said.
const SOFTLY_SCANNED: [(Region, &str); 9] = [
    (
        Region::Face,
        "Stay soft. Let your attention rest in your face.",
    ),
    (Region::Jaw, "Your jaw."),
    (Region::Neck, "Your neck."),
    (Region::Chest, "Your chest."),
    (Region::Hands, "Your hands."),
    (Region::Belly, "Your belly."),
    (Region::Thighs, "Your thighs."),
    (Region::Calves, "Your calves."),
    (Region::Soles, "The soles of your feet."),
];
/// Seconds in one region: the fewest, and the most that leave nobody wondering whether it goes on (`content.md` 5.2).
pub(super) const EACH: (f64, f64) = (10.0, 75.0);
/// The name of the breath that evens out the end.
pub(super) const SETTLE: &str = "blend-settle";

/// Whether a step of a part is one that the blend brings, which stays however little time there is.
pub(super) fn is_ours(step: &Step) -> bool {
    [STEADY, SCAN].map(Some).contains(&step.name.as_deref()) || safety::is_said(step)
}

fn step(name: &str, r#do: Do, say: Vec<Cue>) -> Step {
    Step {
        name: Some(name.to_owned()),
        say,
        ..Step::new(r#do)
    }
}

fn at(secs: f64, kind: CueKind, text: &str) -> Cue {
    Cue {
        at: Some(Secs(secs)),
        kind,
        text: text.to_owned(),
        ..Cue::default()
    }
}

fn elastic(min: f64, ideal: f64, max: f64) -> Length {
    Length::Elastic {
        min: Secs(min),
        ideal: Secs(ideal),
        max: Secs(max),
    }
}

fn section(section: SectionKind, when: Option<&str>, steps: Vec<Step>) -> Section {
    Section {
        section,
        title: None,
        when: when.map(str::to_owned),
        steps,
    }
}

/// A steady breath of so many breaths.
pub(super) fn breath(name: &str, breaths: u32, say: Vec<Cue>) -> Step {
    let pattern = Breath {
        inhale: 4.0,
        exhale: 6.0,
        ..Breath::default()
    };
    let breaths = Count::Elastic {
        min: FEWEST,
        ideal: breaths.max(FEWEST),
        max: breaths.max(FEWEST) * 2,
    };
    let breathe = Breathe {
        pattern: Some(pattern),
        breaths: Some(breaths),
        length: None,
        ramp: Vec::new(),
        count: None,
        through: None,
        natural: false,
    };
    step(name, Do::Breathe(breathe), say)
}

pub(super) fn arrive() -> Section {
    let say = vec![
        at(
            1.0,
            CueKind::Instruction,
            "Settle where you are. Let your hands be heavy.",
        ),
        at(
            11.0,
            CueKind::Safety,
            "Stop any time, if something is sharp, tingles, or feels wrong.",
        ),
    ];
    let rest = Rest {
        length: elastic(20.0, 24.0, 60.0),
        bell: None,
    };
    section(
        SectionKind::Arrive,
        None,
        vec![step("blend-arrive", Do::Rest(rest), say)],
    )
}

/// "Not too deep", on the nth out-breath and again well within every three minutes [`content.md` 1.1].
fn small(n: u32) -> Cue {
    Cue {
        exhale: Some(n),
        every: Some(15),
        kind: CueKind::Safety,
        text: "Small and quiet, not big.".to_owned(),
        ..Cue::default()
    }
}

/// Keeps the first lines of a paced breath, which hold however short it becomes, and says "not too deep" all through.
/// What else it said for safety is handed back.
pub(super) fn keep_first_lines(step: &mut Step) -> Vec<Cue> {
    let Do::Breathe(breathe) = &step.r#do else {
        return Vec::new();
    };
    if breathe.pattern.is_none() {
        return Vec::new();
    }
    let ramp: u32 = breathe.ramp.iter().map(|stage| stage.breaths).sum();
    let last = (ramp + FEWEST).min(9);
    let early = |n: Option<u32>| n.is_some_and(|n| n <= last);
    let (mut kept, mut later): (Vec<Cue>, Vec<Cue>) = step.say.drain(..).partition(|cue| {
        let first = early(cue.exhale) || early(cue.inhale) || cue.at.is_some_and(|at| at.0 < 20.0);
        cue.every.is_none() && (first || cue.set_up.is_some())
    });
    let free = |n: &u32| {
        !kept
            .iter()
            .any(|cue| cue.exhale == Some(*n) || cue.inhale == Some(*n))
    };
    let n = (2..=last).find(free).unwrap_or(last);
    later.extend(kept.extract_if(.., |cue| cue.exhale == Some(n)));
    kept.push(small(n));
    step.say = kept;
    later.retain(|cue| cue.kind == CueKind::Safety && !is_small(&cue.text));
    later
}

/// Whether a line says nothing but "not too deep", sentence by sentence.
fn is_small(text: &str) -> bool {
    let mut sentences = text
        .split(['.', '!', '?'])
        .filter(|sentence| sentence.contains(char::is_alphanumeric));
    sentences.all(|sentence| {
        let sentence = sentence.to_lowercase();
        [
            "small",
            "not big",
            "not too big",
            "not deep",
            "not too deep",
        ]
        .iter()
        .any(|words| sentence.contains(words))
    })
}

/// The breath that evens out the softening.
pub(super) fn steady() -> Step {
    breath(STEADY, FEWEST, vec![small(2)])
}

/// A scan of the body from the feet up, so many seconds in each region.
pub(super) fn scan(each: f64) -> Step {
    scan_of(SCAN, &SCANNED, each)
}

/// A scan of these regions, each named as its turn comes.
fn scan_of(name: &str, regions: &[(Region, &str)], each: f64) -> Step {
    let (least, most) = EACH;
    let scan = Scan {
        regions: regions.iter().map(|&(region, _)| region).collect(),
        each: elastic(least, each.clamp(least, most), most),
    };
    let say = (1..).zip(regions).map(|(item, (_, line))| Cue {
        item: Some(item),
        ..at(1.0, CueKind::Instruction, line)
    });
    step(name, Do::Scan(scan), say.collect())
}

/// Gives that breath a ramp where nothing before it is paced [`content.md` 1.1]; returns the seconds that it takes.
pub(super) fn ramp_if_first(routine: &mut Routine) -> f64 {
    let soft = routine
        .sections
        .iter_mut()
        .filter(|section| section.section == SectionKind::Soften);
    let steps: Vec<&mut Step> = soft.flat_map(|section| &mut section.steps).collect();
    if steps
        .iter()
        .any(|step| step.name.as_deref() != Some(STEADY) && is_paced(step))
    {
        return 0.0;
    }
    let stage = |inhale, exhale| RampStage {
        inhale,
        exhale,
        breaths: 5,
        ..RampStage::default()
    };
    for step in steps {
        if step.name.as_deref() == Some(STEADY)
            && let Do::Breathe(breathe) = &mut step.r#do
            && breathe.pattern.is_some()
        {
            breathe.ramp = vec![stage(3.0, 3.0), stage(3.0, 4.0), stage(4.0, 5.0)];
            step.say = vec![small(7)];
            let stages = breathe.ramp.iter();
            return stages
                .map(|stage| stage.breath().total() * f64::from(stage.breaths))
                .sum();
        }
    }
    0.0
}

/// Lets our breaths go as they come, for whom a pace is too much (`content.md` 1.4, lungs).
pub(super) fn at_own_pace(routine: &mut Routine) {
    let steps = routine.sections.iter_mut().flat_map(|part| &mut part.steps);
    for step in steps.filter(|step| is_breath(step)) {
        let (least, most) = (
            BREATH_SECS * f64::from(FEWEST),
            BREATH_SECS * f64::from(MOST),
        );
        step.r#do = Do::Breathe(Breathe {
            pattern: None,
            breaths: None,
            length: Some(elastic(least, least, most)),
            ramp: Vec::new(),
            count: None,
            through: None,
            natural: true,
        });
        step.say = vec![at(
            1.0,
            CueKind::Safety,
            "Breathe at your own pace, out through softly pursed lips. Small and easy.",
        )];
    }
}

/// Whether a step is one of our breaths.
pub(super) fn is_breath(step: &Step) -> bool {
    [STEADY, SETTLE].map(Some).contains(&step.name.as_deref())
}

/// Whether a step paces the breath.
fn is_paced(step: &Step) -> bool {
    match &step.r#do {
        Do::Breathe(breathe) => breathe.pattern.is_some(),
        Do::Group(group) => group.steps.iter().any(is_paced),
        _ => false,
    }
}

pub(super) fn bridge() -> Section {
    let ask = Ask {
        scale: Some(Scale::Tension),
        question: None,
        estimate: Secs(6.0),
        time_out: None,
    };
    let choose = Choose {
        options: vec![SOFT.to_owned(), DEEPER.to_owned()],
        silence: SOFT.to_owned(),
        estimate: Secs(BRIDGE_SECS - 6.0),
        time_out: None,
    };
    let question = |text| vec![at(0.3, CueKind::Instruction, text)];
    section(
        SectionKind::Bridge,
        None,
        vec![
            step(
                "blend-ask",
                Do::Ask(ask),
                question("How is your tension now, nought to ten?"),
            ),
            step(
                "blend-choose",
                Do::Choose(choose),
                question("Stay soft, or go deeper?"),
            ),
        ],
    )
}

/// What "stay soft" does instead, in the same time.
pub(super) fn soft_branch() -> Section {
    let rest = Rest {
        length: elastic(10.0, 60.0, 2400.0),
        bell: Some(Secs(60.0)),
    };
    let free = vec![at(
        1.0,
        CueKind::Instruction,
        "Rest here. Breathe any way you like.",
    )];
    section(
        SectionKind::Release,
        Some(SOFT),
        vec![
            scan_of("blend-scan", &SOFTLY_SCANNED, 15.0),
            step("blend-rest", Do::Rest(rest), free),
        ],
    )
}

pub(super) fn integrate() -> Section {
    let hands = Cue {
        exhale: Some(1),
        text: "Hands on chest and belly.".to_owned(),
        ..Cue::default()
    };
    section(
        SectionKind::Integrate,
        None,
        vec![breath(SETTLE, 6, vec![hands, small(2)])],
    )
}

/// The last part; with what the authors say of the time after.
pub(super) fn close(after: Option<Step>) -> Section {
    let ask = Ask {
        scale: Some(Scale::Tension),
        question: None,
        estimate: Secs(10.0),
        time_out: None,
    };
    let question = vec![at(
        0.5,
        CueKind::Instruction,
        "And your tension now, nought to ten?",
    )];
    let ache = if after.is_some() {
        "If an ache lasts longer than a day, tell your therapist."
    } else {
        "A mild ache for a day is common. If it lasts longer, tell your therapist."
    };
    let end = vec![
        at(0.5, CueKind::Instruction, ache),
        Cue {
            before_end: Some(Secs(10.0)),
            text: "When you are ready, look up, and carry on.".to_owned(),
            ..Cue::default()
        },
    ];
    let rest = Rest {
        length: elastic(20.0, 24.0, 60.0),
        bell: None,
    };
    let steps = [
        Some(step("blend-ask-again", Do::Ask(ask), question)),
        after,
        Some(step("blend-end", Do::Rest(rest), end)),
    ];
    section(
        SectionKind::Close,
        None,
        steps.into_iter().flatten().collect(),
    )
}
