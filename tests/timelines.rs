//! Timelines of whole routines: goldens, and what must hold for every routine at every length.

#![allow(clippy::unwrap_used, reason = "a test tells by its panic")]

mod small;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rootwell::names::{Hand, Tag, Talk};
use rootwell::routine::Routine;
use rootwell::timeline::difference::first_difference;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::table::table;
use rootwell::timeline::{
    Choices, Edit, EmptyShelf, Role, SegmentSide, Timeline, What, compile, json, reach,
};
use rootwell::units::{Frames, Secs};

const MINUTE: u64 = 60 * 48_000;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(text: &str) -> Routine {
    rootwell::reader::ron_options().from_str(text).unwrap()
}

/// All shipped routines and the long one of the benches, with their ids.
fn routines() -> Vec<(String, Routine)> {
    let mut files = Vec::new();
    for folder in [
        "routines/relaxation",
        "routines/therapeutic",
        "routines/blend",
        "benches/routines",
    ] {
        for entry in fs::read_dir(top().join(folder)).unwrap() {
            files.push(entry.unwrap().path());
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let id = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            (id, read(&text))
        })
        .collect()
}

fn routine(id: &str) -> Routine {
    let found = routines().into_iter().find(|(known, _)| known == id);
    found.unwrap_or_else(|| panic!("no routine {id}")).1
}

fn made(id: &str, choices: &Choices) -> Result<Timeline, String> {
    of(&routine(id), id, choices)
}

fn of(routine: &Routine, id: &str, choices: &Choices) -> Result<Timeline, String> {
    compile(routine, id, choices, &Formula, &EmptyShelf).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|p| {
                format!(
                    "{} {} {}",
                    p.code,
                    p.path.as_deref().unwrap_or(""),
                    p.message
                )
            })
            .collect();
        lines.join("\n")
    })
}

fn choose(name: &str) -> Choices {
    Choices {
        choose: Some(name.to_owned()),
        ..Choices::default()
    }
}

/// Compares with a file in `tests/golden/timelines`; `UPDATE=1` writes it.
#[track_caller]
fn golden(name: &str, text: &str) {
    let path = top().join("tests/golden/timelines").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name} (UPDATE=1 rewrites it)");
}

#[test]
fn tables_of_shipped_routines() {
    for (id, routine) in routines() {
        let timeline =
            of(&routine, &id, &Choices::default()).unwrap_or_else(|e| panic!("{id}: {e}"));
        golden(&format!("{id}.txt"), &table(&timeline));
    }
    golden(
        "shoulders-down.deeper.txt",
        &table(&made("shoulders-down", &choose("deeper")).unwrap()),
    );
    golden(
        "soften-then-release.deeper.txt",
        &table(&made("soften-then-release", &choose("deeper")).unwrap()),
    );
    let nine = Choices {
        minutes: Some(9.0),
        ..choose("deeper")
    };
    golden(
        "shoulders-down.deeper.9-minutes.txt",
        &table(&made("shoulders-down", &nine).unwrap()),
    );
    golden(
        "shoulders-down.json",
        &json::json(&made("shoulders-down", &Choices::default()).unwrap()),
    );
}

/// The seconds of a step's work, each side.
fn work(timeline: &Timeline, name: &str) -> Vec<f64> {
    let step = timeline
        .steps
        .iter()
        .find(|step| step.name.as_deref() == Some(name))
        .unwrap_or_else(|| panic!("no step {name}"));
    timeline.segments[step.first..step.end]
        .iter()
        .filter(|segment| !matches!(segment.role, Role::SetUp | Role::Switch))
        .map(|segment| segment.frames.secs())
        .collect()
}

#[test]
fn shoulders_down_at_nine_minutes_as_by_hand() {
    let choices = Choices {
        minutes: Some(9.0),
        ..choose("deeper")
    };
    let timeline = made("shoulders-down", &choices).unwrap();
    assert_eq!(timeline.total, Frames::whole_secs(540));
    assert_eq!(work(&timeline, "settle"), [23.0]);
    assert_eq!(work(&timeline, "easy-breath"), [14.0, 16.0, 70.0]);
    assert_eq!(work(&timeline, "squeeze"), [35.0, 35.0]);
    assert_eq!(work(&timeline, "hands-on-heart"), [40.0]);
    assert_eq!(work(&timeline, "end"), [17.0]);
}

#[test]
fn what_cannot_be_reached_is_answered_with_the_range() {
    #[track_caller]
    fn case(minutes: f64, expected: &str) {
        let choices = Choices {
            minutes: Some(minutes),
            ..Choices::default()
        };
        let answer = made("shoulders-down", &choices).unwrap_err();
        assert!(answer.ends_with(expected), "{minutes}: {answer}");
    }
    case(3.0, "Shoulders Down lasts between 9 and 16 minutes");
    case(60.0, "Shoulders Down lasts between 9 and 16 minutes");
    case(-1.0, "Shoulders Down lasts between 9 and 16 minutes");
    case(f64::NAN, "Shoulders Down lasts between 9 and 16 minutes");
    case(1e300, "Shoulders Down lasts between 9 and 16 minutes");
}

/// All that must hold for a timeline whatever its choices.
fn holds(timeline: &Timeline, wanted: Option<Frames>) {
    is_whole(timeline, wanted);
    sides_are_equal(timeline);
}

/// No gaps, whole breaths, sorted events that lie in their segments.
fn is_whole(timeline: &Timeline, wanted: Option<Frames>) {
    let mut at = Frames::ZERO;
    for (i, segment) in timeline.segments.iter().enumerate() {
        assert_eq!(segment.start, at, "no gaps");
        assert!(!segment.frames.is_zero(), "no empty segments");
        if let Some(breath) = segment.breath {
            assert_eq!(segment.frames.0 % breath.total().0, 0, "whole breaths");
        }
        let step = &timeline.steps[segment.step];
        assert!((step.first..step.end).contains(&i));
        at = segment.end();
    }
    assert_eq!(at, timeline.total);
    if let Some(wanted) = wanted {
        assert_eq!(timeline.total, wanted, "exact to the frame");
    }
    let rank = |what: &What| match what {
        What::Gate(_) => 0,
        What::Tone(_) => 1,
        What::Phase(_) => 2,
        What::Say(_) => 3,
    };
    assert!(
        timeline
            .events
            .is_sorted_by_key(|event| (event.at, rank(&event.what)))
    );
    for event in &timeline.events {
        let segment = &timeline.segments[event.segment];
        assert!(segment.start <= event.at && event.at < segment.end());
    }
}

/// Left and right of every step take the same time, segment by segment.
fn sides_are_equal(timeline: &Timeline) {
    let work = |side| {
        let mut lengths: Vec<(&str, Role, Frames)> = timeline
            .segments
            .iter()
            .filter(|s| s.side == side && !matches!(s.role, Role::SetUp | Role::Switch))
            .map(|s| (s.path.as_str(), s.role, s.frames))
            .collect();
        lengths.sort_by_key(|&(path, role, frames)| (path, role.kebab(), frames));
        lengths
    };
    assert_eq!(work(SegmentSide::Left), work(SegmentSide::Right));
}

#[test]
fn every_routine_at_every_whole_minute() {
    for (id, routine) in routines() {
        let reach = reach(&routine, &id, &Choices::default(), &EmptyShelf).unwrap();
        let mut totals = 0;
        for minutes in reach.min.0.div_ceil(MINUTE)..=reach.max.0 / MINUTE {
            let mut branches = Vec::new();
            for option in options(&routine) {
                let choices = Choices {
                    minutes: Some(minutes as f64),
                    choose: option,
                    ..Choices::default()
                };
                let timeline = of(&routine, &id, &choices)
                    .unwrap_or_else(|problem| panic!("{id} at {minutes}: {problem}"));
                holds(&timeline, Some(Frames(minutes * MINUTE)));
                branches.push(after_choice(&timeline));
            }
            branches.dedup();
            assert_eq!(
                branches.len(),
                1,
                "{id} at {minutes}: branches last equally long"
            );
            totals += 1;
        }
        assert!(
            totals > 0 || reach.min == reach.max,
            "{id}: no whole minute"
        );
        holds(
            &of(&routine, &id, &Choices::default()).unwrap(),
            Some(reach.ideal),
        );
    }
}

/// The options of a routine's choice; none is one too.
fn options(routine: &Routine) -> Vec<Option<String>> {
    let mut options = vec![None];
    routine.walk(&mut |_, step| {
        if let rootwell::routine::Do::Choose(choose) = &step.r#do {
            options.extend(choose.options.iter().cloned().map(Some));
        }
    });
    options
}

/// The starts of the sections after the branches, counted from the end.
fn after_choice(timeline: &Timeline) -> Vec<(Frames, &'static str)> {
    timeline
        .steps
        .iter()
        .rev()
        .take_while(|step| step.section != rootwell::routine::SectionKind::Release)
        .map(|step| (step.start, step.section.kebab()))
        .collect()
}

fn any_choices() -> impl Strategy<Value = Choices> {
    (
        prop::option::of(1.0..50.0_f64),
        prop::collection::vec(prop::sample::select(Tag::ALL), 0..3),
        prop::option::of(prop::sample::select(Hand::ALL)),
        prop::option::of(prop::sample::select(Talk::ALL)),
        prop::option::of(prop::sample::select(vec!["soft", "deeper"])),
        any::<bool>(),
    )
        .prop_map(|(minutes, tags, tighter, talk, choose, familiar)| Choices {
            minutes,
            tags,
            tighter,
            talk,
            choose: choose.map(str::to_owned),
            familiar,
            ..Choices::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_choices_give_a_sound_timeline_or_a_reason(choices in any_choices()) {
        for (id, routine) in routines() {
            let is_there = options(&routine).contains(&choices.choose);
            let choices = Choices { choose: choices.choose.clone().filter(|_| is_there), ..choices.clone() };
            match of(&routine, &id, &choices) {
                Ok(timeline) => {
                    holds(&timeline, choices.minutes.map(|minutes| Secs(minutes * 60.0).frames()));
                    nothing_forbidden(&timeline, &choices.tags);
                }
                Err(reason) => prop_assert!(!reason.is_empty()),
            }
        }
    }

    #[test]
    fn a_change_while_playing_leaves_what_was_heard(
        from in 0_u64..600 * 48_000,
        more in 1_u64..3,
        ease in any::<bool>(),
        deeper in any::<bool>(),
    ) {
        let mut choices = if deeper { choose("deeper") } else { Choices::default() };
        let routine = routine("shoulders-down");
        let before = of(&routine, "x", &choices).unwrap();
        let from = Frames(from);
        let step = before.step_at(from);
        choices.edits.push(if ease {
            Edit::EaseOff { step, from }
        } else {
            Edit::Longer { step, by: Secs(more as f64 * 15.0), from }
        });
        if let Ok(after) = of(&routine, "x", &choices) {
            is_whole(&after, None);
            let differs = first_difference(&before, &after);
            prop_assert!(differs.is_none_or(|frame| frame >= from), "{differs:?} before {from:?}");
            for frame in [0, from.0 / 2, from.0.saturating_sub(1)] {
                let (a, b) = (before.at(Frames(frame)).unwrap(), after.at(Frames(frame)).unwrap());
                prop_assert_eq!((a.side, a.role, a.pressure, a.breath.map(|x| x.phase)), (b.side, b.role, b.pressure, b.breath.map(|x| x.phase)));
            }
        }
    }
}

/// The seconds and the highest pressure of each stretch of the squeeze after an edit, or why not.
#[track_caller]
fn edited(edit: fn(usize, Frames) -> Edit, at: u64, expected: &str) {
    let mut choices = choose("deeper");
    let routine = routine("shoulders-down");
    let before = of(&routine, "x", &choices).unwrap();
    let from = Frames::whole_secs(at);
    choices.edits.push(edit(before.step_at(from), from));
    let found = match of(&routine, "x", &choices) {
        Err(problem) => problem,
        Ok(timeline) => {
            let squeeze = timeline
                .segments
                .iter()
                .filter(|s| s.kind == "press" && s.role == Role::Work);
            let parts: Vec<String> = squeeze
                .map(|s| {
                    format!(
                        "{} {}@{}",
                        s.side.kebab(),
                        s.frames.secs(),
                        s.pressure.unwrap().1.0
                    )
                })
                .collect();
            parts.join(", ")
        }
    };
    assert_eq!(found, expected);
}

#[test]
fn longer_and_ease_off_while_playing() {
    let longer = |step, from| Edit::Longer {
        step,
        by: Secs(15.0),
        from,
    };
    let much = |step, from| Edit::Longer {
        step,
        by: Secs(60.0),
        from,
    };
    let ease = |step, from| Edit::EaseOff { step, from };
    edited(longer, 230, "left 60@6, right 60@6");
    edited(longer, 280, "left 45@6, right 60@6");
    edited(longer, 100, "left 45@6, right 45@6");
    edited(
        much,
        230,
        "RW261 sections[3].steps[0] this is long enough: 90 seconds at most in one go",
    );
    edited(ease, 230, "left 10@6, left 17.5@4, right 27.5@4");
    edited(ease, 280, "left 45@6, right 5@6, right 20@4");
    edited(ease, 100, "left 45@4, right 45@4");
}

/// A shipped routine with one tag: refused, or its total in seconds with the steps that are left of `names`.
#[track_caller]
fn tagged(id: &str, tag: Tag, names: &[&str], expected: &str) {
    let choices = Choices {
        tags: vec![tag],
        choose: (id == "shoulders-down").then(|| "deeper".to_owned()),
        ..Choices::default()
    };
    let found = match made(id, &choices) {
        Err(problem) => problem,
        Ok(timeline) => {
            holds(&timeline, None);
            let left = |name: &&&str| {
                timeline
                    .steps
                    .iter()
                    .any(|step| step.name.as_deref() == Some(**name))
            };
            let left: Vec<&str> = names.iter().filter(left).copied().collect();
            format!("{} {}", timeline.total.secs(), left.join(" "))
        }
    };
    assert!(found.contains(expected), "{id} {tag}: {found}");
}

#[test]
fn tags_change_what_is_played() {
    let names = &["squeeze", "shoulder-strokes", "levator"];
    tagged(
        "shoulders-down",
        Tag::HeartOrPressure,
        names,
        "600 squeeze levator",
    );
    tagged(
        "shoulders-down",
        Tag::BloodThinner,
        names,
        "600 shoulder-strokes levator",
    );
    tagged(
        "shoulders-down",
        Tag::NumbnessTingling,
        names,
        "600 levator",
    );
    tagged(
        "shoulders-down",
        Tag::JointDisease,
        names,
        "600 shoulder-strokes",
    );
    tagged(
        "shoulders-down",
        Tag::OpenWound,
        names,
        "a part that is to be left alone",
    );
    tagged(
        "shoulders-down",
        Tag::Fever,
        names,
        "only rest and the natural breath",
    );
    tagged(
        "shoulders-down",
        Tag::NeckArtery,
        names,
        "a part that is to be left alone",
    );
    tagged("feet-on-the-ground", Tag::Fever, &[], "240 ");
    tagged("box-steady", Tag::LungDisease, &[], "300 ");
}

#[test]
fn a_step_that_is_dropped_keeps_the_branches_equal() {
    for choose in ["soft", "deeper"] {
        let choices = Choices {
            variations: vec!["easier".to_owned()],
            choose: Some(choose.to_owned()),
            ..Choices::default()
        };
        assert_eq!(
            made("shoulders-down", &choices).unwrap().total,
            Frames::whole_secs(600)
        );
    }
}

/// What the tags of a person forbid is not in the timeline.
fn nothing_forbidden(timeline: &Timeline, tags: &[Tag]) {
    for segment in &timeline.segments {
        if tags.contains(&Tag::BloodThinner) {
            assert!(!["press", "melt", "roll"].contains(&segment.kind));
            assert!(segment.pressure.is_none_or(|band| band.1.0 <= 3));
        }
        if tags
            .iter()
            .any(|tag| rootwell::cautions::action(*tag).hold_free)
        {
            assert!(segment.breath.is_none_or(|breath| !breath.holds()));
        }
        if tags.contains(&Tag::Fever) {
            assert!(segment.breath.is_none() && segment.pressure.is_none());
        }
    }
}

#[test]
fn nothing_drifts_in_four_hours() {
    let text = r#"Routine(format: 1, title: "Long", promise: "", style: Relaxation, level: Gentle, areas: [Whole],
        positions: [Bed], goals: [R3], author: "Test", sections: [(section: Soften, steps: [
        (do: Breathe(pattern: (inhale: 5.5, exhale: 5.5), breaths: 1309)), (do: Rest(length: (min: 0, ideal: 1, max: 60)))])])"#;
    let choices = Choices {
        minutes: Some(240.0),
        ..Choices::default()
    };
    let timeline = of(&read(text), "long", &choices).unwrap();
    assert_eq!(timeline.total, Frames(4 * 60 * MINUTE));
    let breaths: Vec<_> = timeline
        .events
        .iter()
        .filter(|event| matches!(event.what, What::Phase(rootwell::timeline::Phase::Inhale)))
        .collect();
    assert_eq!(breaths.len(), 1309);
    for (n, event) in breaths.iter().enumerate() {
        assert_eq!(event.at, Frames(n as u64 * 528_000));
    }
}

#[test]
fn a_bed_without_numbers_is_refused() {
    let mut routine = routine("down-to-six");
    let fade = rootwell::routine::Fade {
        last: Secs(f64::NAN),
        by: rootwell::units::Decibels(-12.0),
    };
    routine.bed = Some(rootwell::routine::Bed {
        sound: rootwell::routine::BedSound::Pad,
        level: rootwell::units::Decibels::default(),
        fade: Some(fade),
    });
    let reason = of(&routine, "x", &Choices::default()).unwrap_err();
    assert!(reason.starts_with("RW202 bed "), "{reason}");
}

/// Mistakes that a reader cannot see, and numbers out of all proportion: a reason, quickly, and never a panic.
#[test]
fn bad_routines_are_refused_with_a_reason() {
    #[track_caller]
    fn case(steps: &str, expected: &str) {
        let text = format!(
            r#"Routine(format: 1, title: "T", promise: "", style: Blend, level: Gentle, areas: [Neck], positions: [Chair],
            goals: [R3], author: "A", sections: [(section: Arrive, steps: [{steps}])])"#
        );
        let reason = of(&read(&text), "t", &Choices::default()).unwrap_err();
        assert!(reason.contains(expected), "{steps}: {reason}");
    }
    let rest = "(do: Rest(length: 5))";
    case(
        "(do: Rest(length: 1e300))",
        "RW202 sections[0].steps[0].do.length",
    );
    case(
        "(do: Rest(length: (min: 9, ideal: 3, max: 1)))",
        "must go upwards",
    );
    case("(do: Rest(length: inf))", "14 400");
    case("(do: Rest(length: NaN))", "14 400");
    case("(do: Rest(length: -5))", "14 400");
    case(
        "(do: Move(times: 4000000000, seconds: 5))",
        "four hours at most",
    );
    case(
        "(do: Group(steps: [(do: Rest(length: 1))], times: 4000000000))",
        "10 000",
    );
    case(
        "(do: Group(times: 1000, steps: [(do: Group(times: 1000, steps: [(do: Rest(length: 1))]))]))",
        "10 000",
    );
    case(
        "(do: Move(times: 4000000, seconds: 0.2), side: Alternate)",
        "four hours",
    );
    case(
        "(do: Move(times: 60000, seconds: 0.2), side: Alternate)",
        "10 000",
    );
    case(
        "(do: Breathe(pattern: (inhale: 0.0001, exhale: 0.0001), breaths: 4000000000))",
        "at least a second",
    );
    case(
        "(do: Breathe(pattern: (inhale: 4, exhale: 6)))",
        "either `breaths` or `length`",
    );
    case("(do: Breathe(breaths: 4))", "needs a `pattern`");
    case(
        "(do: Press(spot: \"x\", length: (breaths: 4), pressure: (1, 2)))",
        "needs a `breath",
    );
    case("(do: Move(times: 0, seconds: 5))", "at least 1");
    case("(do: Rest(length: 60, bell: 0))", "a second apart");
    case(
        "(do: Rest(length: 5), say: [(at: 9, text: \"Late.\")])",
        "placed at 9 s, but the work lasts 5 s",
    );
    case(
        "(do: Rest(length: 5), say: [(text: \"Where?\")])",
        "needs one place",
    );
    case(
        "(do: Rest(length: 5), say: [(set_up: 1, text: \"Now.\")])",
        "has no `set_up`",
    );
    case(
        "(do: Rest(length: 5), say: [(exhale: 1, text: \"Now.\")])",
        "no paced breath",
    );
    case(
        "(do: Rest(length: 5), say: [(at: 1, text: \"{Side} side.\")])",
        "no left and right",
    );
    case(
        "(do: Rest(length: 5), say: [(at: 1, round: 3, text: \"Now.\")])",
        "no such round",
    );
    case(
        "(do: Choose(options: [\"a\"], silence: \"b\", estimate: 5))",
        "must be one of the options",
    );
    case(
        "(do: Choose(options: [\"a\"], silence: \"a\", estimate: 5))",
        "no section `when: \"a\"`",
    );
    case(
        "(do: Include(routine: \"nowhere\", section: Arrive))",
        "no routine “nowhere”",
    );
    case(
        &format!("(side: Each, do: Group(steps: [(side: Each, do: Rest(length: 5)), {rest}]))"),
        "has the group's side",
    );
    case(
        "(side: Alternate, switch: 3, do: Move(times: 3, seconds: 3))",
        "leave out `switch`",
    );
}
