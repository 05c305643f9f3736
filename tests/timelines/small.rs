//! Small routines, one thing each.

use rootwell::names::{Area, Hand, Talk};
use rootwell::routine::Routine;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, Role, Shelf, Timeline, What, compile};
use rootwell::units::{Frames, Pressure, Secs};

use super::{of, read};

/// A routine of one section with these steps.
fn steps(steps: &str) -> Routine {
    read(&format!(
        r#"Routine(format: 1, title: "T", promise: "", style: Blend, level: Gentle, areas: [Neck], positions: [Chair],
        goals: [R3], author: "A", sections: [(section: Release, steps: [{steps}])])"#
    ))
}

fn made(text: &str, choices: &Choices) -> Timeline {
    of(&steps(text), "t", choices).unwrap()
}

/// Segments as `start role side`, work without its role: `0 left, 30 switch right`.
fn segments(timeline: &Timeline) -> String {
    let one = |segment: &rootwell::timeline::Segment| {
        let role = match segment.role {
            Role::Work => String::new(),
            role => format!(" {}", role.kebab()),
        };
        let side = match segment.side.kebab() {
            "none" => String::new(),
            side => format!(" {side}"),
        };
        format!("{}{role}{side}", segment.start.secs())
    };
    let all: Vec<String> = timeline.segments.iter().map(one).collect();
    all.join(", ")
}

/// Lines as `second text`, those that only a caption shows in brackets.
fn lines(timeline: &Timeline) -> String {
    let mut all = Vec::new();
    for event in &timeline.events {
        if let What::Say(line) = &event.what {
            let text = if line.spoken {
                line.text.clone()
            } else {
                format!("({})", line.text)
            };
            all.push(format!("{} {text}", event.at.secs()));
        }
    }
    all.join(" | ")
}

/// Tones as `second role`.
fn tones(timeline: &Timeline) -> String {
    let mut all = Vec::new();
    for event in &timeline.events {
        if let What::Tone(tone) = event.what {
            all.push(format!("{} {}", event.at.secs(), tone.kebab()));
        }
    }
    all.join(", ")
}

#[track_caller]
fn sides(text: &str, tighter: Option<Hand>, side: Option<Hand>, expected: &str) {
    let choices = Choices {
        tighter,
        side,
        ..Choices::default()
    };
    assert_eq!(segments(&made(text, &choices)), expected, "{text}");
}

#[test]
fn sides_in_every_way() {
    let press =
        |more: &str| format!("(do: Press(spot: \"x\", length: 20, pressure: (4, 5)), {more})");
    sides(&press("side: Left"), None, None, "0 left");
    sides(&press("side: Both"), None, None, "0 both");
    sides(
        &press("side: Each, set_up: 5, switch: 3"),
        None,
        None,
        "0 set_up left, 5 left, 25 switch right, 28 right",
    );
    sides(&press("side: EasierFirst"), None, None, "0 left, 20 right");
    sides(
        &press("side: EasierFirst"),
        Some(Hand::Left),
        None,
        "0 right, 20 left",
    );
    sides(
        &press("side: Each, switch: 3"),
        None,
        Some(Hand::Right),
        "0 right",
    );
    sides(&press("side: Left"), None, Some(Hand::Right), "0 right");
    let extra = press("side: EasierFirst, extra: (side: Tighter, sets: 1, why: \"w\")");
    sides(
        &extra,
        Some(Hand::Right),
        None,
        "0 left, 20 right, 40 between right, 50 right",
    );
    sides(&extra, None, None, "0 left, 20 right");
    sides(
        "(side: Alternate, do: Move(times: 2, seconds: 3))",
        None,
        None,
        "0 left, 3 right, 6 left, 9 right",
    );
    sides(
        "(side: Each, switch: 4, do: Group(times: 2, between: 2, steps: [(do: Rest(length: 3)), (do: Rest(length: 5))]))",
        None,
        None,
        "0 rest left, 3 rest left, 8 between left, 10 rest left, 13 rest left, 18 switch right, \
         22 rest right, 25 rest right, 30 between right, 32 rest right, 35 rest right",
    );
}

#[track_caller]
fn said(text: &str, choices: &Choices, expected: &str) {
    assert_eq!(lines(&made(text, choices)), expected, "{text}");
}

#[test]
fn lines_find_their_places() {
    let plain = Choices::default();
    said(
        r#"(do: Rest(length: 40), say: [(half: true, text: "Half."), (before_end: 5, text: "End."), (at: 8, lead: 1, text: "One two three four five six seven eight nine ten eleven.")])"#,
        &plain,
        "2 One two three four five six seven eight nine ten eleven. | 20 Half. | 35 End.",
    );
    said(
        r#"(do: Breathe(ramp: [(inhale: 3, exhale: 3, breaths: 2)], pattern: (inhale: 4, exhale: 6), breaths: 4), say: [(inhale: 2, text: "In."), (exhale: 3, every: 2, text: "Out.")])"#,
        &plain,
        "6 In. | 16 Out. | 36 Out.",
    );
    said(
        r#"(side: Each, do: Stretch(length: 20, times: 2, pressure: (4, 5)), say: [(round: 2, at: 1, text: "Again, {side}."), (on: Second, at: 0, text: "{Other} rests.")])"#,
        &plain,
        "31 Again, left. | 50 Left rests. | 81 Again, right.",
    );
    said(
        r#"(do: ContractRelax(times: 2), say: [(part: Ease, at: 0.5, text: "Drop."), (part: Push, round: 2, at: 1, text: "Lift.")])"#,
        &plain,
        "6.5 Drop. | 36 Lift. | 41.5 Drop.",
    );
    said(
        r#"(do: Scan(regions: [Jaw, Neck], each: 15), say: [(item: 2, at: 1, text: "Neck.")])"#,
        &plain,
        "16 Neck.",
    );
    said(
        r#"(do: Stroke(path: "p", cm: 20, seconds: 5, times: 4, pressure: (2, 3)), say: [(round: 3, at: 1, text: "Third.")])"#,
        &plain,
        "11 Third.",
    );
    said(
        r#"(breath: (inhale: 4, exhale: 6), do: Press(spot: "s", length: (breaths: 3), pressure: (4, 5)), say: [(exhale: 2, text: "Out.")])"#,
        &plain,
        "14 Out.",
    );
}

#[test]
fn a_line_without_room_is_a_caption() {
    let plain = Choices::default();
    said(
        r#"(do: Rest(length: 3), say: [(at: 1, text: "This line is far too long for what is left.")])"#,
        &plain,
        "1 (This line is far too long for what is left.)",
    );
    said(
        r#"(do: Rest(length: 30), say: [(at: 1, kind: Comfort, text: "One two three four five six."), (at: 2, text: "Seven.")])"#,
        &plain,
        "1 (One two three four five six.) | 2 Seven.",
    );
    said(
        r#"(do: Rest(length: 30), say: [(at: 1, kind: Safety, text: "One two three four five six."), (at: 2, text: "Seven.")])"#,
        &plain,
        "1 One two three four five six. | 2 (Seven.)",
    );
    said(
        r#"(do: Breathe(pattern: (inhale: 4, exhale: 2), breaths: 3), say: [(exhale: 1, text: "Longer than this short breath is.")])"#,
        &plain,
        "4 (Longer than this short breath is.)",
    );
}

#[test]
fn talk_levels_and_familiar_routines() {
    let text = r#"(do: Rest(length: 60), say: [(at: 1, kind: Safety, text: "Safe."), (at: 10, text: "Do."),
        (at: 20, kind: Teaching, text: "Teach."), (at: 30, kind: Comfort, text: "Kind."), (at: 40, first_time: true, text: "First.")])"#;
    let talk = |talk| Choices {
        talk: Some(talk),
        ..Choices::default()
    };
    said(
        text,
        &talk(Talk::Full),
        "1 Safe. | 10 Do. | 20 Teach. | 30 Kind. | 40 First.",
    );
    said(
        text,
        &talk(Talk::Brief),
        "1 Safe. | 10 Do. | 20 (Teach.) | 30 (Kind.) | 40 First.",
    );
    said(
        text,
        &talk(Talk::Tones),
        "1 Safe. | 10 (Do.) | 20 (Teach.) | 30 (Kind.) | 40 (First.)",
    );
    said(
        text,
        &talk(Talk::Silent),
        "1 (Safe.) | 10 (Do.) | 20 (Teach.) | 30 (Kind.) | 40 (First.)",
    );
    let familiar = Choices {
        familiar: true,
        ..Choices::default()
    };
    said(text, &familiar, "1 Safe. | 10 Do. | 30 Kind.");
}

#[track_caller]
fn heard(text: &str, expected: &str) {
    assert_eq!(tones(&made(text, &Choices::default())), expected, "{text}");
}

#[test]
fn standard_tones_come_by_themselves() {
    let rest = "(do: Rest(length: 10))";
    heard(rest, "6 end");
    heard(
        &format!("(set_up: 5, do: Press(spot: \"x\", length: 60, pressure: (4, 5))), {rest}"),
        "0 ready, 5 start, 35 half, 55 warning, 65 release, 71 end",
    );
    heard(
        &format!(
            "(side: Each, switch: 5, do: Press(spot: \"x\", length: 20, pressure: (4, 5))), {rest}"
        ),
        "0 start, 20 switch, 25 start, 45 release, 51 end",
    );
    heard(
        &format!(
            "(side: Each, do: Stroke(path: \"x\", cm: 20, seconds: 5, times: 2, pressure: (2, 3))), {rest}"
        ),
        "0 start, 10 switch, 26 end",
    );
    heard(
        &format!("(do: ContractRelax(times: 1)), {rest}"),
        "0 start, 6 release, 10 start, 30 release, 36 end",
    );
    heard(
        &format!(
            "(do: Ask(scale: Tension, estimate: 5)), (do: Wait(for: \"the ball\", estimate: 5)), {rest}"
        ),
        "0 question, 5 ready, 16 end",
    );
    heard(
        "(do: Rest(length: 65, bell: 30))",
        "30 half, 60 half, 61 end",
    );
    heard(
        &format!("(tones: false, do: Press(spot: \"x\", length: 60, pressure: (4, 5))), {rest}"),
        "66 end",
    );
}

#[test]
fn a_cap_lowers_every_pressure() {
    let choices = Choices {
        cap: Some(Pressure(3)),
        ..Choices::default()
    };
    let timeline = made(
        "(do: Press(spot: \"x\", length: 20, pressure: (4, 6))), (do: ContractRelax(times: 1))",
        &choices,
    );
    assert!(
        timeline
            .segments
            .iter()
            .all(|segment| segment.pressure.is_none_or(|band| band.1 <= Pressure(3)))
    );
}

#[test]
fn what_is_true_at_a_frame() {
    let timeline = made(
        r#"(do: Breathe(pattern: (inhale: 4, exhale: 6), breaths: 3), say: [(exhale: 1, text: "Out.")]),
        (side: Each, do: Press(spot: "x", length: 20, pressure: (4, 5)))"#,
        &Choices::default(),
    );
    let at = |secs: f64| timeline.at(Secs(secs).frames()).unwrap();
    let breath = at(16.0).breath.unwrap();
    assert_eq!(
        (breath.number, breath.of, breath.phase.kebab()),
        (2, 3, "exhale")
    );
    assert_eq!(
        (breath.since, breath.left),
        (Frames::whole_secs(14), Frames::whole_secs(4))
    );
    assert_eq!(at(3.0).caption, None);
    assert_eq!(at(20.0).caption.unwrap().0.text, "Out.");
    assert_eq!(at(31.0).caption, None, "the step of the line is over");
    let press = at(35.0);
    assert_eq!(
        (press.side.kebab(), press.left_in_segment),
        ("left", Frames::whole_secs(15))
    );
    assert_eq!(
        (press.left_in_step, press.left),
        (Frames::whole_secs(35), Frames::whole_secs(35))
    );
    assert_eq!((at(0.0).next, press.next), (Some(1), None));
    assert_eq!(at(1e6).at, timeline.total - Frames(1));
    assert_eq!((at(4.0).fullness, at(0.0).fullness), (1.0, 0.35));
    assert!(at(9.999).fullness < 0.001);
}

/// Two routines on a shelf.
struct Two(Routine, Routine);

impl Shelf for Two {
    fn routine(&self, id: &str) -> Option<&Routine> {
        match id {
            "one" => Some(&self.0),
            "two" => Some(&self.1),
            _ => None,
        }
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        (area == Area::Neck).then_some(("one", &self.0))
    }
}

#[test]
fn includes_take_steps_and_never_go_in_circles() {
    let one = steps("(name: \"hold\", daily: true, do: Rest(length: 7)), (do: Rest(length: 9))");
    let two = steps("(do: Include(routine: \"two\", section: Release))");
    let shelf = Two(one, two);
    let case = |text: &str| {
        let made = compile(&steps(text), "t", &Choices::default(), &Formula, &shelf);
        made.map(|timeline| (segments(&timeline), timeline.segments[0].path.clone()))
            .map_err(|problems| problems[0].code)
    };
    let taken = |segments: &str, path: &str| Ok((segments.to_owned(), path.to_owned()));
    let first = "sections[0].steps[0]/one/sections[0].steps[0]";
    assert_eq!(
        case("(do: Include(routine: \"one\", step: \"hold\"))"),
        taken("0 rest", first)
    );
    assert_eq!(
        case("(do: Include(routine: \"one\", section: Release))"),
        taken("0 rest, 7 rest", first)
    );
    assert_eq!(case("(do: Include(area: Chosen))"), taken("0 rest", first));
    assert_eq!(
        case("(do: Include(routine: \"two\", section: Release))"),
        Err("RW242")
    );
    assert_eq!(
        case("(do: Include(routine: \"one\", step: \"none\"))"),
        Err("RW241")
    );
    assert_eq!(
        case("(do: Include(routine: \"three\", step: \"none\"))"),
        Err("RW241")
    );
}
