//! Blends of small routines: their shares, their sides, their exact minutes, and the file that comes of them.

use super::*;
use crate::cautions::Limits;
use crate::names::Tag;
use crate::routine::Do;
use crate::timeline::{Role, SegmentSide};
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
            most: 60
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
