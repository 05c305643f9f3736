//! The property that matters most: whatever is ticked, nothing that a tag forbids is left in what is offered.

use proptest::prelude::*;

use super::*;
use crate::names::Flag;

fn routine() -> Routine {
    let options = ron::Options::default().with_default_extension(
        ron::extensions::Extensions::IMPLICIT_SOME
            | ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES,
    );
    options
        .from_str(
            "Routine(format: 1, title: \"T\", promise: \"P\", style: Blend, level: Standard, areas: [Neck], \
             positions: [Chair, Bed], tools: [FirmBall], instead: [(tool: FirmBall, use: Ball)], goals: [R3], \
             author: \"A\", cautions: [(tag: NumbnessTingling, drop: [\"press\"]), (tag: Under16, block: true)], \
             sections: [(section: Soften, steps: [\
               (name: \"box\", do: Breathe(pattern: (inhale: 4, hold: 4, exhale: 4), breaths: 9))]), \
             (section: Release, steps: [\
               (name: \"press\", do: Press(spot: \"s\", length: 30, pressure: (4, 6))), \
               (name: \"long\", do: Stretch(length: 30, pressure: (4, 5)))])], \
             variations: [\
               (name: \"light-only\", replace: [(step: \"press\", with: [(name: \"rub\", do: Stroke(path: \"p\", \
                 cm: 20, seconds: 5, times: 6, pressure: (2, 3)))])]), \
               (name: \"hold-free\", replace: [(step: \"box\", with: [(do: Breathe(pattern: (inhale: 4, exhale: 6), \
                 breaths: 9))])]), \
               (name: \"easier\", drop: [\"rub\", \"long\"])])",
        )
        .expect("the routine of this test reads")
}

#[track_caller]
fn case(tags: &[Tag], expected: Result<&[&str], Refusal>) {
    let demands = Demands {
        tags,
        limits: Limits::of_tags(tags),
        ..Demands::default()
    };
    let found = adapt(&routine(), &demands).map(|adapted| adapted.variations);
    assert_eq!(
        found,
        expected.map(|names| names.iter().map(ToString::to_string).collect()),
        "{tags:?}"
    );
}

#[test]
fn a_change_that_is_not_there_refuses() {
    let mut routine = routine();
    routine.cautions[0].drop.clear();
    routine.cautions[0].r#use = Some("no-such".to_owned());
    let demands = Demands {
        tags: &[Tag::NumbnessTingling],
        ..Demands::default()
    };
    assert_eq!(
        adapt(&routine, &demands),
        Err(Refusal::Author(Tag::NumbnessTingling))
    );
}

#[test]
fn what_goes_deeper_waits() {
    let mut deeper = routine();
    deeper.level = Level::Deeper;
    #[track_caller]
    fn case(routine: &Routine, check_in: CheckIn, fine: bool) {
        let tags = check_in.tags();
        let found = adapt(routine, &Demands::of(&check_in, &tags));
        assert_eq!(found != Err(Refusal::Deeper), fine, "{check_in:?}");
    }
    let ticked = |tag: Tag| CheckIn {
        ticks: vec![tag.into()],
        ..CheckIn::default()
    };
    let flagged = |flag| CheckIn {
        flags: vec![flag],
        ..CheckIn::default()
    };
    let bedtime = CheckIn {
        bedtime: true,
        ..CheckIn::default()
    };
    case(&deeper, CheckIn::default(), true);
    case(&deeper, ticked(Tag::HeartOrPressure), true);
    case(&deeper, ticked(Tag::Sedated), false);
    case(&deeper, ticked(Tag::Under16), false);
    case(&deeper, flagged(Flag::PainOverSixWeeks), false);
    case(&deeper, bedtime.clone(), false);
    case(&routine(), bedtime, true);
}

#[test]
fn tags_choose_variations_or_refuse() {
    case(&[], Ok(&[]));
    case(&[Tag::HeartOrPressure], Ok(&["hold-free"]));
    case(&[Tag::BloodThinner], Ok(&["light-only"]));
    case(
        &[Tag::EyeCondition, Tag::Sedated],
        Ok(&["light-only", "hold-free"]),
    );
    case(&[Tag::Under16], Err(Refusal::Author(Tag::Under16)));
    case(&[Tag::Osteoporosis], Err(Refusal::EndOfRange));
    case(&[Tag::NeckArtery], Err(Refusal::Locked));
    case(&[Tag::VaricoseVeins], Ok(&[]));
    case(&[Tag::Fever], Err(Refusal::Blocked));
    case(&[Tag::ClotHistory], Ok(&[]));
}

#[test]
fn overlays_apply_in_the_order_of_the_file() {
    let routine = routine();
    let names = |variations: &[&str]| -> Vec<Option<String>> {
        let variations: Vec<String> = variations.iter().map(ToString::to_string).collect();
        steps_with(&routine, &variations, &[])
            .iter()
            .map(|step| step.name.clone())
            .collect()
    };
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(names(&[]), [some("box"), some("press"), some("long")]);
    assert_eq!(
        names(&["light-only"]),
        [some("box"), some("rub"), some("long")]
    );
    assert_eq!(
        names(&["easier", "light-only"]),
        [some("box")],
        "a later overlay reaches what an earlier one put in"
    );
}

#[test]
fn another_tool_may_serve() {
    let with = |tools: &[Tool]| {
        let demands = Demands {
            tools: Some(tools),
            ..Demands::default()
        };
        adapt(&routine(), &demands).is_ok()
    };
    assert!(with(&[Tool::FirmBall]));
    assert!(with(&[Tool::Ball]));
    assert!(!with(&[Tool::Roller]));
    assert!(!with(&[]));
}

#[test]
fn pregnancy_sits_up() {
    let demands = Demands {
        limits: Limits::of_tags(&[Tag::Pregnancy]),
        position: Some(Position::Bed),
        ..Demands::default()
    };
    assert_eq!(
        adapt(&routine(), &demands)
            .expect("it can be done on a chair")
            .position,
        Some(Position::Chair)
    );
}

proptest! {
    #[test]
    fn nothing_forbidden_is_left(bits in 0_u32..(1 << 29)) {
        let tags: Vec<Tag> = Tag::ALL.iter().copied().filter(|&tag| bits >> (tag as u32) & 1 == 1).collect();
        let demands = Demands { tags: &tags, limits: Limits::of_tags(&tags), ..Demands::default() };
        let routine = routine();
        if let Ok(adapted) = adapt(&routine, &demands) {
            for step in steps_with(&routine, &adapted.variations, &adapted.left_out) {
                prop_assert_eq!(forbidden(step, &routine.areas_spread(), &demands), None);
            }
        }
    }
}
