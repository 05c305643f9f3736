//! Every rule of the table: its wrong example breaks it, its right one does not.

mod damage;

use std::sync::LazyLock;

use rootwell::diagnostic::{Diagnostic, Level};
use rootwell::library::Library;
use rootwell::rules;
use rootwell::source::Source;

/// A sound routine for examples: header fields, and sections round a list of steps.
const HEADER: &[(&str, &str)] = &[
    ("format", "1"),
    ("title", "\"Example\""),
    ("promise", "\"An example.\""),
    ("style", "Therapeutic"),
    ("level", "Standard"),
    ("areas", "[Hips]"),
    ("positions", "[Floor]"),
    ("tools", "[Ball, Roller]"),
    ("goals", "[T1]"),
    ("author", "\"Ada\""),
    ("after_care", "\"You may feel a mild ache for a day.\""),
];

/// The whole file that an example of the table stands for: header fields first, then sections, or steps.
pub(crate) fn whole(example: &str) -> String {
    let at = example.lines().position(|line| line.starts_with('('));
    let lines: Vec<&str> = example.lines().collect();
    let (fields, body) = lines.split_at(at.unwrap_or(lines.len()));
    let fields = fields.join("\n");
    let mut header = String::new();
    for (name, value) in HEADER {
        if !fields
            .lines()
            .any(|line| line.starts_with(&format!("{name}:")))
        {
            header.push_str(&format!("    {name}: {value},\n"));
        }
    }
    header.push_str(&fields);
    let body = body.join("\n");
    let sections = if fields.contains("sections:") {
        String::new()
    } else if body.starts_with("(section") {
        format!("sections: [{body}],")
    } else {
        let steps = if body.is_empty() {
            "(name: \"work\", do: Move(times: 6, seconds: 6), pose: \"rolls\")"
        } else {
            &body
        };
        format!(
            "sections: [(section: Arrive, steps: [(do: Rest(length: 30), say: [(at: 1, kind: Safety, text: \"Stop if anything is sharp.\")])]), \
             (section: Release, steps: [{steps}]), \
             (section: Close, steps: [(do: Rest(length: (min: 20, ideal: 30, max: 80)), say: [(at: 1, text: \"Rest.\")])])],"
        )
    };
    format!("Routine(\n{header}\n{sections}\n)\n")
}

pub(crate) fn check(text: &str) -> Vec<Diagnostic> {
    static SHELF: LazyLock<Library> = LazyLock::new(Library::built_in);
    rules::check(&Source::new("example.ron", text), &*SHELF).diagnostics
}

fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| format!("{} {} ({:?})", found.code, found.message, found.path))
        .collect()
}

#[test]
fn every_wrong_example_breaks_its_rule() {
    let mut missed = Vec::new();
    for rule in rules::all()
        .into_iter()
        .filter(|rule| !rule.wrong.is_empty())
    {
        let found = check(&whole(rule.wrong));
        match found.iter().find(|found| found.code == rule.code) {
            None => missed.push(format!("{}: found only {:?}", rule.code, told(&found))),
            Some(found) if found.level != rule.level => {
                missed.push(format!("{}: another level", rule.code))
            }
            Some(_) => {}
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_right_example_is_right() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let found = check(&whole(rule.right));
        let bad: Vec<_> = found
            .into_iter()
            .filter(|found| found.code == rule.code || found.level != Level::Note)
            .collect();
        if !bad.is_empty() {
            wrong.push(format!("{}: {:?}", rule.code, told(&bad)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_of_two_thousand_characters_is_enough() {
    let long = |count: usize| whole(&format!("description: \"{}\",", "é".repeat(count)));
    assert!(
        check(&long(2_000))
            .iter()
            .all(|found| found.code != "RW166")
    );
    assert!(
        check(&long(2_001))
            .iter()
            .any(|found| found.code == "RW166")
    );
}

#[test]
fn codes_are_sorted_and_used_once() {
    let codes: Vec<_> = rules::all().iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    assert!(codes.iter().all(|code| ("RW100".."RW200").contains(code)));
}

#[test]
fn every_fix_removes_what_it_is_for() {
    let mut left = Vec::new();
    for rule in rules::all() {
        let text = whole(rule.wrong);
        for found in check(&text)
            .into_iter()
            .filter(|found| found.code == rule.code)
        {
            let Some(fix) = &found.fix else { continue };
            let fixed = rootwell::diagnostic::apply(&text, [fix]);
            if check(&fixed)
                .iter()
                .any(|again| again.code == found.code && again.path == found.path)
            {
                left.push(format!("{} at {:?}:\n{fixed}", found.code, found.path));
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

/// The dose cards of the areas, and the doses of the routines to ship, as steps: none breaks a rule.
const DOSES: &[(&str, &str)] = &[
    (
        "A1 press",
        "areas: [Jaw],\n(do: Press(spot: \"the cheek muscle\", length: 30, pressure: (3, 4)), side: Both), (do: Move(times: 6, seconds: 4))",
    ),
    (
        "A1 circles",
        "areas: [Jaw],\n(do: Stroke(path: \"circles on the temples\", cm: 9, seconds: 3, times: 10, pressure: (2, 3)), side: Both)",
    ),
    (
        "A2 melt",
        "areas: [SkullBase],\ntools: [BallPair],\n(do: Melt(spot: \"the ridge under the skull\", length: 90, pressure: (3, 4), tool: BallPair)), (do: Move(times: 5, seconds: 6)), (do: Move(times: 5, seconds: 5))",
    ),
    (
        "A3",
        "areas: [Neck],\n(do: Press(spot: \"the muscle between neck and shoulder\", length: 45, pressure: (4, 6)), side: EasierFirst, switch: 8), (do: ContractRelax(times: 2, after: 5, pressure: (4, 5)), side: EasierFirst, switch: 8), (do: Stretch(length: 40, pressure: (4, 5)), side: EasierFirst, switch: 8)",
    ),
    (
        "A4",
        "areas: [Chest],\ntools: [Ball, Wall, Doorway],\n(do: Press(spot: \"the chest muscle below the outer collarbone\", length: 45, pressure: (3, 5), tool: Ball), side: EasierFirst, switch: 8), (do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10))",
    ),
    (
        "A5",
        "areas: [BackOfShoulder],\ntools: [Ball, Wall],\n(do: Press(spot: \"the outer shoulder blade\", length: 60, pressure: (4, 5), tool: Ball), side: EasierFirst, switch: 8), (do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10), side: EasierFirst, switch: 8)",
    ),
    (
        "A6",
        "areas: [Forearms],\n(do: Stroke(path: \"wrist to elbow, top\", cm: 25, seconds: 15, times: 4, pressure: (4, 5)), side: Each), (do: Stroke(path: \"wrist to elbow, underside\", cm: 25, seconds: 15, times: 3, pressure: (4, 4)), side: Each), (do: Press(spot: \"the thickest spot of the forearm\", length: 30, pressure: (4, 5)), side: Each), (do: Stretch(length: 25, pressure: (4, 5), times: 2, between: 5), side: Each)",
    ),
    (
        "A7",
        "areas: [MidBack],\n(do: Roll(path: \"across the shoulder blades\", pass: 3, length: 45, pressure: (4, 6))), (do: Group(times: 3, between: 10, steps: [(do: Move(times: 4, seconds: 6))])), (do: Move(times: 5, seconds: 6), side: Each), (do: Rest(length: 90))",
    ),
    (
        "A8",
        "areas: [LowBack],\n(do: Move(times: 10, seconds: 6)), (do: Press(spot: \"the muscle beside the spine, between rib and pelvis\", length: 45, pressure: (3, 5), tool: Ball), side: Each), (do: Stretch(length: 20, pressure: (4, 4), times: 2, between: 5), side: Each), (do: Stretch(length: 30, pressure: (4, 5)), side: Each)",
    ),
    (
        "A9",
        "areas: [Hips],\n(do: Group(steps: [(do: Press(spot: \"the buttock muscle\", length: 50, pressure: (4, 6), tool: Ball)), (do: Press(spot: \"the same muscle, further out\", length: 45, pressure: (4, 6), tool: Ball), set_up: 10)]), side: EasierFirst, switch: 8), (do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10), side: EasierFirst, switch: 8)",
    ),
    (
        "A10",
        "areas: [HipFlexors],\n(do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10), side: Each, switch: 8), (do: ContractRelax(times: 2, after: 5, pressure: (4, 5)), side: Each, switch: 8)",
    ),
    (
        "A11",
        "areas: [Hamstrings],\ntools: [Roller, Strap],\n(do: Roll(path: \"from the seat to a hand above the knee\", pass: 3, length: 45, pressure: (4, 6)), side: Each, switch: 8), (do: ContractRelax(times: 3, pressure: (4, 5)), side: Each, switch: 8)",
    ),
    (
        "A12",
        "areas: [Thighs],\n(do: Roll(path: \"from the hip to a hand above the knee\", pass: 3, length: 45, sets: 2, between: 20, pressure: (4, 6)), side: Each, switch: 8), (do: Press(spot: \"the front pocket muscle\", length: 45, pressure: (4, 5), tool: Ball), side: Each, switch: 8), (do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 10), side: Each, switch: 8)",
    ),
    (
        "A13",
        "areas: [InnerThighs],\n(do: ContractRelax(times: 3, pressure: (4, 5))), (do: Move(times: 5, seconds: 5), side: Each), (do: Roll(path: \"the lower two thirds of the inner thigh\", pass: 3, length: 30, pressure: (2, 4)), side: Each, switch: 8)",
    ),
    (
        "A14",
        "areas: [Calves],\n(do: Press(spot: \"the calf muscle\", length: 60, pressure: (4, 5)), side: Each, set_up: 15, switch: 8, say: [(set_up: 0.3, kind: Safety, text: \"One leg swollen, warm, or red? Stop, and call your doctor.\")]), (do: Press(spot: \"the calf muscle, lower\", length: 45, pressure: (4, 5)), side: Each, switch: 8), (do: Stretch(length: 30, pressure: (4, 5), times: 2, between: 5), side: Each, switch: 8), (do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8)",
    ),
    (
        "A15",
        "areas: [Soles],\n(do: Roll(path: \"heel to toes\", pass: 3, length: 75, pressure: (3, 5), tool: Ball), side: Each, switch: 8), (do: Stretch(length: 10, pressure: (4, 5), times: 10, between: 3), side: Each, switch: 8)",
    ),
    (
        "coherent 5",
        "(do: Breathe(ramp: [(inhale: 3, exhale: 3, breaths: 5), (inhale: 4, exhale: 4, breaths: 5)], pattern: (inhale: 5, exhale: 5), breaths: 60), say: [(exhale: 6, every: 18, text: \"Small, not big.\")])",
    ),
    (
        "coherent 5.5",
        "(do: Breathe(ramp: [(inhale: 3, exhale: 3, breaths: 5), (inhale: 4, exhale: 4, breaths: 5), (inhale: 5, exhale: 5, breaths: 5)], pattern: (inhale: 5.5, exhale: 5.5), breaths: 54), say: [(exhale: 6, every: 18, text: \"Small, not big.\")])",
    ),
    (
        "long out 3-7",
        "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 4), (inhale: 3, exhale: 5, breaths: 4), (inhale: 3, exhale: 6, breaths: 4)], pattern: (inhale: 3, exhale: 7), breaths: 30), say: [(exhale: 6, every: 18, text: \"Small, not big.\")])",
    ),
    (
        "4-7-8",
        "variations: [(name: \"hold-free\", drop: [\"478\"])],\n(name: \"478\", do: Breathe(pattern: (inhale: 4, hold: 7, exhale: 8), breaths: (min: 4, ideal: 4, max: 8)))",
    ),
    (
        "4-7-8 at half speed",
        "variations: [(name: \"hold-free\", drop: [\"478\"])],\n(name: \"478\", do: Breathe(pattern: (inhale: 4, hold: 7, exhale: 8), count: 0.5, breaths: 4))",
    ),
    (
        "4-4-8",
        "variations: [(name: \"hold-free\", drop: [\"448\"])],\n(name: \"448\", do: Breathe(pattern: (inhale: 4, hold: 4, exhale: 8), breaths: 12), say: [(exhale: 2, every: 8, text: \"Small, not big.\")])",
    ),
    (
        "box",
        "variations: [(name: \"hold-free\", drop: [\"box\"])],\n(name: \"box\", do: Breathe(ramp: [(inhale: 3, hold: 3, exhale: 3, empty: 3, breaths: 4)], pattern: (inhale: 4, hold: 4, exhale: 4, empty: 4), breaths: 19), say: [(exhale: 2, every: 10, text: \"Small, not big.\")])",
    ),
    (
        "sigh",
        "(do: Breathe(natural: true, length: 30)), (do: Breathe(pattern: (inhale: 2.5, top_up: 1, exhale: 6.5), through: NoseThenMouth, breaths: 30), say: [(exhale: 2, every: 15, text: \"Small, not big.\")])",
    ),
    (
        "alternate nostril",
        "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 10)], pattern: (inhale: 4, exhale: 6), through: AlternateNostrils, breaths: 36), say: [(exhale: 2, every: 18, text: \"Small, not big.\")])",
    ),
    (
        "hum",
        "(do: Breathe(ramp: [(inhale: 4, exhale: 5, breaths: 6), (inhale: 4, exhale: 6, breaths: 6)], pattern: (inhale: 4, exhale: 8), through: Hum, breaths: 25), say: [(exhale: 2, every: 16, text: \"Small, not big.\")])",
    ),
    (
        "belly",
        "(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: 40), say: [(exhale: 2, every: 24, text: \"Small, not big.\")])",
    ),
    (
        "PMR 7 × 2",
        "(do: TenseRelease(groups: [\"hands\", \"upper arms\", \"face\", \"shoulders\", \"belly\", \"thighs\", \"feet\"], tense: 6, release: 24, times: 2))",
    ),
    (
        "body scan",
        "(do: Scan(regions: [Soles, Calves, Thighs, Hips, Belly, LowBack, Face], each: (min: 20, ideal: 40, max: 75)))",
    ),
    (
        "grounding",
        "(do: Ground(items: [(See, 5, 8), (Feel, 4, 8), (Hear, 3, 8), (Smell, 2, 8), (Taste, 1, 10)]))",
    ),
    (
        "hands",
        "(do: Stroke(path: \"heel of the hand outwards\", cm: 8, seconds: 3, times: 8, pressure: (3, 3)), side: Each), (do: Stroke(path: \"wrist to elbow\", cm: 25, seconds: 8, times: 5, pressure: (2, 3)), side: Each)",
    ),
    (
        "foot",
        "areas: [Soles],\n(do: Stroke(path: \"heel to toes\", cm: 20, seconds: 6, times: 5, pressure: (3, 3)), side: Each)",
    ),
];

#[test]
fn the_doses_of_the_evidence_pass() {
    let mut wrong = Vec::new();
    for (name, example) in DOSES {
        let found = check(&whole(example));
        // What these bare steps leave out is not about doses.
        let bad: Vec<_> = found
            .into_iter()
            .filter(|found| {
                found.level != Level::Note && !matches!(found.code, "RW173" | "RW186" | "RW117")
            })
            .collect();
        if !bad.is_empty() {
            wrong.push(format!("{name}: {:?}", told(&bad)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[track_caller]
fn errors(body: &str, expected: &[&str]) {
    let found = check(&whole(body));
    let mut errors: Vec<_> = found
        .iter()
        .filter(|found| found.level == Level::Error)
        .map(|found| found.code)
        .collect();
    errors.sort_unstable();
    assert_eq!(errors, expected, "{body}: {:?}", told(&found));
}

#[test]
fn nothing_follows_from_what_was_reported_already() {
    errors(
        "variations: [(name: \"easier\", drop: [\"squeeze\"])],\n(do: Rest(length: -5))",
        &["RW115", "RW122"],
    );
    // The breath out may be what the unknown field was meant to be.
    errors(
        "(do: Breathe(pattern: (inhale: 4, elephant: 6), breaths: 8))",
        &["RW041"],
    );
    // How long the work lasts is not known, so no line can be late.
    errors(
        "(do: Rest(20), say: [(at: 90, text: \"Let go.\")])",
        &["RW027"],
    );
}
