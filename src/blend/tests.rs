//! Blends of small routines: their shares, their sides, their exact minutes, and the file that comes of them.

use super::*;
use crate::cautions::Limits;
use crate::names::Tag;
use crate::recommend::adapt::Refusal;
use crate::routine::{Caution, Do, Section, Spacing, Step};
use crate::timeline::{Role, SegmentSide, What};
use crate::units::{Band, Frames};

fn options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

fn routine(style: &str, title: &str, areas: &str, rest: &str) -> Routine {
    let text = format!(
        "Routine(format: 1, title: \"{title}\", promise: \"P\", style: {style}, level: Standard, areas: [{areas}], \
         positions: [Chair], goals: [R3], author: \"A\", {rest})"
    );
    options()
        .from_str(&text)
        .expect("the routines of these tests read")
}

fn relax() -> Routine {
    routine(
        "Relaxation",
        "Down to Six",
        "Whole",
        "sections: [(section: Soften, steps: [\
           (name: \"ramp\", do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5)], pattern: (inhale: 4, exhale: 6), \
             breaths: 33), say: [(exhale: 1, kind: Safety, text: \"Small and quiet.\")]), \
           (name: \"strokes\", do: Stroke(path: \"p\", cm: 20, seconds: 5, times: 6, pressure: (2, 3)), side: Each)]), \
         (section: Close, steps: [(do: Rest(length: (min: 10, ideal: 30, max: 60)))])]",
    )
}

fn release() -> Routine {
    routine(
        "Therapeutic",
        "Neck Release",
        "Neck",
        "sections: [(section: Release, steps: [\
           (name: \"squeeze\", do: Press(spot: \"s\", length: (min: 30, ideal: 45, max: 60), pressure: (4, 6)), side: EasierFirst, set_up: 10, switch: 10), \
           (name: \"tilt\", do: Stretch(length: 30, pressure: (4, 5)), side: Each, set_up: 10, switch: 10), \
           (name: \"levator\", do: Stretch(length: 40, pressure: (4, 5)), side: Each, set_up: 10, switch: 10), \
           (name: \"strokes\", do: Press(spot: \"skull\", length: 75, pressure: (3, 5)), side: Both, set_up: 15)]), \
         (section: Close, steps: [(do: Rest(length: (min: 10, ideal: 30, max: 60)))])], \
         variations: [(name: \"light-only\", replace: [\
           (step: \"squeeze\", with: [(do: Stroke(path: \"q\", cm: 20, seconds: 5, times: 9, pressure: (2, 3)), side: Each)])], \
           drop: [\"strokes\"])]",
    )
}

fn blended(minutes: u32, share: u8, cap: u8, tags: &[Tag]) -> Result<Blend, NoBlend> {
    let (relax, release) = (relax(), release());
    blend(&Wanted {
        relax: &relax,
        release: &[&release],
        minutes,
        share,
        cap: Pressure(cap),
        demands: Demands {
            tags,
            limits: Limits::of_tags(tags),
            ..Demands::default()
        },
    })
}

fn played(blend: &Blend, minutes: u32, branch: &str) -> Timeline {
    let choices = Choices {
        minutes: Some(f64::from(minutes)),
        choose: Some(branch.to_owned()),
        ..Choices::default()
    };
    compile(&blend.routine, "blend", &choices, &Formula, &EmptyShelf).expect("a blend compiles")
}

#[track_caller]
fn case(minutes: u32, share: u8) {
    let blend = blended(minutes, share, 6, &[]).expect("it can be made");
    // Work that is too short for its share leaves more time to soften, never less.
    assert!(
        blend.share + 6 >= share && blend.share <= 60,
        "{minutes} min, {share} %: got {} %",
        blend.share
    );
    for branch in ["soft", "deeper"] {
        let timeline = played(&blend, minutes, branch);
        assert_eq!(
            timeline.total,
            Frames::whole_secs(u64::from(minutes) * 60),
            "{branch}"
        );
        let side = |side| -> Frames {
            let worked = timeline
                .segments
                .iter()
                .filter(|segment| segment.side == side && segment.role == Role::Work);
            worked.map(|segment| segment.frames).sum()
        };
        assert_eq!(
            side(SegmentSide::Left),
            side(SegmentSide::Right),
            "{branch}"
        );
    }
}

#[test]
fn shares_minutes_and_sides_are_kept() {
    for share in [30, 40, 50, 60] {
        for minutes in [10, 15, 20] {
            case(minutes, share);
        }
    }
}

#[test]
fn it_softens_before_it_releases_and_ends_on_an_exhale() {
    let blend = blended(20, 40, 6, &[]).expect("it can be made");
    let sections: Vec<SectionKind> = blend
        .routine
        .sections
        .iter()
        .map(|section| section.section)
        .collect();
    use SectionKind::{Arrive, Bridge, Close, Integrate, Release, Soften};
    assert_eq!(
        sections,
        [Arrive, Soften, Bridge, Release, Release, Integrate, Close]
    );
    let mut last = None;
    blend.routine.walk(&mut |_, step| {
        if let Do::Breathe(breathe) = &step.r#do {
            last = breathe.pattern;
        }
    });
    let last = last.expect("it breathes");
    assert!(last.exhale > 0.0 && last.empty == 0.0);
}

#[test]
fn the_cap_holds_in_every_step() {
    let blend = blended(20, 40, 4, &[]).expect("it can be made");
    let timeline = played(&blend, 20, "deeper");
    assert!(
        timeline
            .segments
            .iter()
            .filter_map(|segment| segment.pressure)
            .all(|Band(_, hi)| hi <= Pressure(4))
    );
    let line = "Today stay at four or less, also where you hear more.".to_owned();
    let said =
        |blend: &Blend| spoken(blend, "deeper").contains(&(SectionKind::Release, line.clone()));
    assert!(said(&blend), "the lines of the authors say more");
    assert!(!said(&blended(20, 40, 6, &[]).expect("it can be made")));
}

#[test]
fn the_cap_holds_where_no_pressure_is_written() {
    let write = |_: &mut Routine, release: &mut Routine| {
        release.sections[0].steps[1] = step(
            "(name: \"tilt\", do: ContractRelax(times: 2), side: Each, set_up: 10, switch: 10)",
        );
    };
    let (mut relax, mut release) = (relax(), release());
    write(&mut relax, &mut release);
    let made = blend(&Wanted {
        relax: &relax,
        release: &[&release],
        minutes: 20,
        share: 40,
        cap: Pressure(3),
        demands: Demands::default(),
    });
    let timeline = played(&made.expect("it can be made"), 20, "deeper");
    let hardest = timeline
        .segments
        .iter()
        .filter_map(|segment| segment.pressure);
    assert_eq!(hardest.map(|band| band.1).max(), Some(Pressure(3)));
}

#[test]
fn nothing_before_the_bridge_is_harder_than_soft() {
    let write = |relax: &mut Routine, _: &mut Routine| {
        if let Do::Stroke(stroke) = &mut relax.sections[0].steps[1].r#do {
            stroke.pressure = Band::new(3, 5);
        }
    };
    let blend = with(write, &[]).expect("it can be made");
    let timeline = played(&blend, 20, "deeper");
    let soft = timeline
        .segments
        .iter()
        .filter(|segment| segment.section < SectionKind::Bridge);
    assert_eq!(
        soft.filter_map(|segment| segment.pressure)
            .map(|band| band.1)
            .max(),
        Some(Pressure(3))
    );
}

#[test]
fn what_is_said_of_the_days_after_is_that_of_both() {
    let write = |relax: &mut Routine, release: &mut Routine| {
        let spacing = |hours, a_week| Some(Spacing { hours, a_week });
        relax.spacing = spacing(None, Some(3));
        release.spacing = spacing(Some(24.0), Some(5));
        relax.after_care = Some("Feet down.".to_owned());
        release.after_care = Some("A mild ache is common.".to_owned());
    };
    let made = with(write, &[]).expect("it can be made").routine;
    let expected = Spacing {
        hours: Some(24.0),
        a_week: Some(3),
    };
    assert_eq!(made.spacing, Some(expected));
    assert_eq!(
        made.after_care.as_deref(),
        Some("Feet down. A mild ache is common.")
    );
}

#[test]
fn two_languages_make_no_blend() {
    let write = |_: &mut Routine, release: &mut Routine| release.language = "es".to_owned();
    assert!(matches!(with(write, &[]), Err(NoBlend::Lacks { .. })));
}

#[test]
fn a_light_only_tag_presses_nothing() {
    let blend = blended(15, 40, 6, &[Tag::BloodThinner]).expect("it has a light version");
    let mut pressed = false;
    blend
        .routine
        .walk(&mut |_, step| pressed |= crate::routine::does::Does::of(step).presses);
    assert!(!pressed);
    assert!(matches!(
        blended(15, 40, 6, &[Tag::NeckArtery]),
        Err(NoBlend::Refused {
            refusal: Refusal::Locked,
            ..
        })
    ));
}

/// A blend of the two of these tests, as their authors wrote more into them.
fn with(more: impl Fn(&mut Routine, &mut Routine), tags: &[Tag]) -> Result<Blend, NoBlend> {
    let (mut relax, mut release) = (relax(), release());
    more(&mut relax, &mut release);
    blend(&Wanted {
        relax: &relax,
        release: &[&release],
        minutes: 20,
        share: 40,
        cap: Pressure(6),
        demands: Demands {
            tags,
            limits: Limits::of_tags(tags),
            ..Demands::default()
        },
    })
}

fn caution(tag: Tag, r#use: Option<&str>, drop: &[&str], block: bool) -> Caution {
    Caution {
        tag,
        r#use: r#use.map(str::to_owned),
        drop: drop.iter().map(|&name| name.to_owned()).collect(),
        block,
    }
}

/// What is left of the cautions of both.
#[track_caller]
fn cautions_case(relax: &[Caution], release: &[Caution], tags: &[Tag], expected: &[Caution]) {
    let write = |to_relax: &mut Routine, to_release: &mut Routine| {
        to_relax.cautions = relax.to_vec();
        to_release.cautions = release.to_vec();
    };
    let mut blend = with(write, tags).expect("it can be made");
    let ours = blend.routine.cautions.pop();
    let breaths = &["blend-steady", "blend-settle"];
    assert_eq!(ours, Some(caution(Tag::LungDisease, None, breaths, false)));
    assert_eq!(blend.routine.cautions, expected);
}

#[test]
fn the_authors_cautions_stay() {
    use Tag::{Fibromyalgia, OpenWound, PanicOrTrauma, Pregnancy, Sedated, Under16};
    let drop = |tag, names: &[&str]| caution(tag, None, names, false);
    let block = |tag| caution(tag, None, &[], true);
    cautions_case(&[], &[block(Pregnancy)], &[], &[block(Pregnancy)]);
    cautions_case(
        &[drop(PanicOrTrauma, &["strokes"])],
        &[drop(PanicOrTrauma, &["strokes", "tilt"])],
        &[],
        &[drop(PanicOrTrauma, &["strokes", "strokes-2", "tilt"])],
    );
    // What is dropped, or used, for nobody any more.
    cautions_case(&[drop(Under16, &["no-such"])], &[], &[], &[]);
    cautions_case(&[], &[drop(Under16, &["tilt"])], &[Under16], &[]);
    // A variation that is not taken does not come along.
    let light = caution(Sedated, Some("light-only"), &[], false);
    cautions_case(&[], std::slice::from_ref(&light), &[], &[block(Sedated)]);
    cautions_case(&[], &[light], &[Fibromyalgia], &[]);
    // One block is enough.
    cautions_case(
        &[drop(Under16, &["strokes"])],
        &[block(Under16)],
        &[],
        &[block(Under16)],
    );
    // Where the place is not told, one author cannot speak for what the other one touches.
    cautions_case(&[], &[drop(OpenWound, &["tilt"])], &[], &[block(OpenWound)]);
}

#[test]
fn a_blend_is_refused_to_whom_its_author_refuses() {
    let write = |_: &mut Routine, release: &mut Routine| {
        release.cautions = vec![caution(Tag::Pregnancy, None, &[], true)];
    };
    let blend = with(write, &[]).expect("it can be made");
    let choices = Choices {
        tags: vec![Tag::Pregnancy],
        ..Choices::default()
    };
    assert!(compile(&blend.routine, "blend", &choices, &Formula, &EmptyShelf).is_err());
    assert_eq!(
        with(write, &[Tag::Pregnancy]),
        Err(NoBlend::Refused {
            title: "Neck Release".to_owned(),
            refusal: Refusal::Author(Tag::Pregnancy),
        })
    );
}

/// A step of a test.
fn step(text: &str) -> Step {
    options()
        .from_str(text)
        .expect("the steps of these tests read")
}

/// All that is said in one way through a blend.
fn spoken(blend: &Blend, branch: &str) -> Vec<(SectionKind, String)> {
    let timeline = played(blend, 20, branch);
    let lines = timeline
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Say(line) => Some((timeline.segments[event.segment].section, line.text.clone())),
            _ => None,
        });
    lines.collect()
}

#[track_caller]
fn safety_case(
    more: impl Fn(&mut Routine, &mut Routine),
    branch: &str,
    section: SectionKind,
    text: &str,
) {
    let blend = with(more, &[]).expect("it can be made");
    let said = spoken(&blend, branch);
    assert!(
        said.contains(&(section, text.to_owned())),
        "{text}: {said:#?}"
    );
}

#[test]
fn safety_lines_of_what_does_not_come_along_are_said() {
    use SectionKind::{Arrive, Close, Release, Soften};
    let rest = |text: &str| {
        step(&format!(
            "(do: Rest(length: 20), say: [(at: 1, kind: Safety, text: \"{text}\"), (at: 10, text: \"Sit.\")])"
        ))
    };
    let part = |section, steps| Section {
        section,
        title: None,
        when: None,
        steps,
    };
    let clot = "One leg swollen? Do not press it.";
    let wait = format!(
        "(do: Wait(for: \"a look at your legs\", estimate: 15), say: [(at: 1, kind: Safety, text: \"{clot}\")])"
    );
    safety_case(
        |_, release| release.sections[0].steps.insert(0, step(&wait)),
        "deeper",
        Release,
        clot,
    );
    let ask = wait.replace("Wait(for: \"a look at your legs\"", "Ask(scale: Pain");
    safety_case(
        |_, release| release.sections[0].steps.insert(1, step(&ask)),
        "deeper",
        Release,
        clot,
    );
    let choose = wait.replace(
        "Wait(for: \"a look at your legs\"",
        "Choose(options: [\"a\", \"b\"], silence: \"a\"",
    );
    safety_case(
        |_, release| release.sections[0].steps.insert(1, step(&choose)),
        "deeper",
        Release,
        clot,
    );
    safety_case(
        |relax, _| relax.sections[0].steps.push(step(&wait)),
        "soft",
        Soften,
        clot,
    );
    safety_case(
        |_, release| {
            release
                .sections
                .insert(0, part(Arrive, vec![rest("Dizzy? Stop.")]))
        },
        "deeper",
        Release,
        "Dizzy? Stop.",
    );
    safety_case(
        |_, release| release.sections[1].steps.push(rest("Get up slowly.")),
        "soft",
        Close,
        "Get up slowly.",
    );
    let breathing = "(exhale: 30, kind: Safety, text: \"Light-headed? Breathe normally.\")";
    safety_case(
        |relax, _| {
            let cue = options().from_str(breathing).expect("a line");
            relax.sections[0].steps[0].say.push(cue);
        },
        "soft",
        Soften,
        "Light-headed? Breathe normally.",
    );
}

#[test]
fn a_gate_stays_as_long_as_what_it_leads_to() {
    let gate = |text: &str| format!("(do: Wait(for: \"{text}\", estimate: 15))");
    let gates = |minutes: u32| -> Vec<String> {
        let (relax, mut release) = (relax(), release());
        release.sections[0].steps.insert(3, step(&gate("skull")));
        release.sections[0].steps.insert(0, step(&gate("squeeze")));
        let wanted = Wanted {
            relax: &relax,
            release: &[&release],
            minutes,
            share: 40,
            cap: Pressure(6),
            demands: Demands::default(),
        };
        let mut found = Vec::new();
        let blend = blend(&wanted).expect("it can be made");
        blend.routine.walk(&mut |_, step| {
            if let Do::Wait(wait) = &step.r#do {
                found.push(wait.r#for.clone());
            }
        });
        found
    };
    assert_eq!(gates(20), ["squeeze", "skull"]);
    assert_eq!(gates(10), ["squeeze"]);
}

#[test]
fn with_weak_lungs_our_breaths_have_no_pace() {
    let natural = |relax: &mut Routine, _: &mut Routine| {
        let own =
            "(name: \"ramp\", do: Breathe(natural: true, length: (min: 60, ideal: 200, max: 600)))";
        relax.sections[0].steps[0] = step(own);
    };
    let blend = with(natural, &[Tag::LungDisease]).expect("it can be made");
    for branch in ["soft", "deeper"] {
        let timeline = played(&blend, 20, branch);
        assert!(
            timeline
                .segments
                .iter()
                .all(|segment| segment.breath.is_none())
        );
    }
    // Somebody else's blend keeps its time, and rests where our breaths were.
    let blend = with(natural, &[]).expect("it can be made");
    let choices = Choices {
        minutes: Some(20.0),
        tags: vec![Tag::LungDisease],
        ..Choices::default()
    };
    let timeline =
        compile(&blend.routine, "blend", &choices, &Formula, &EmptyShelf).expect("it compiles");
    assert!(
        timeline
            .segments
            .iter()
            .all(|segment| segment.breath.is_none())
    );
}

#[test]
fn what_is_touched_elsewhere_stays_named() {
    let write = |relax: &mut Routine, _: &mut Routine| {
        relax.sections[0].steps.truncate(1);
    };
    let names = |blend: Blend| blend.routine.areas_spread();
    // The strokes of the relaxation are on the whole body.
    assert!(names(with(|_, _| {}, &[]).expect("made")).contains(&Area::Whole));
    assert_eq!(names(with(write, &[]).expect("made")), [Area::Neck]);
}

#[test]
fn nothing_in_a_title_leaves_the_comment() {
    let write = |_: &mut Routine, release: &mut Routine| {
        release.title = "Neck\nRelease(\r\u{2028})".to_owned();
    };
    let blend = with(write, &[]).expect("it can be made");
    let text = text(&blend.routine);
    assert!(
        text.lines().nth(1).is_some_and(|line| line == "Routine("),
        "{text}"
    );
    assert_eq!(options().from_str::<Routine>(&text), Ok(blend.routine));
}

#[test]
fn names_are_made_different() {
    let blend = blended(20, 60, 6, &[]).expect("it can be made");
    let mut names = Vec::new();
    blend
        .routine
        .walk(&mut |_, step| names.extend(step.name.clone()));
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn the_file_reads_as_the_same_routine() {
    let blend = blended(20, 35, 6, &[]).expect("it can be made");
    let text = text(&blend.routine);
    assert!(text.contains("\nRoutine("), "{text}");
    assert_eq!(
        options().from_str::<Routine>(&text).as_ref(),
        Ok(&blend.routine),
        "{text}"
    );
}

#[test]
fn what_cannot_be_is_said() {
    assert_eq!(
        blended(9, 40, 6, &[]),
        Err(NoBlend::Minutes {
            least: 10,
            most: 38
        })
    );
    let relax = relax();
    let demands = Demands::default();
    let wanted = Wanted {
        relax: &relax,
        release: &[],
        minutes: 20,
        share: 40,
        cap: Pressure(6),
        demands,
    };
    assert_eq!(blend(&wanted), Err(NoBlend::NothingToRelease));
    let only = Wanted {
        release: &[&relax],
        ..wanted
    };
    assert!(matches!(blend(&only), Err(NoBlend::Lacks { .. })));
}
