//! `recommend` and `blend` as a person meets them: the same caps, the same words of safety, nothing passed over.

use serde_json::Value;

use crate::cli::Desk;

/// A routine that goes deeper.
fn deeper() -> String {
    include_str!("../../routines/therapeutic/neck-and-shoulder-release.ron")
        .replace("level: Standard", "level: Deeper")
}

/// The hardest that a blend of these answers presses, the branch that goes deeper taken.
#[track_caller]
fn hardest(answers: &str) -> u64 {
    let desk = Desk::new();
    let told = desk.run(&format!("blend {answers} --area neck -o made.ron"));
    assert_eq!(told.code, 0, "{answers}: {}", told.err);
    let shown = desk.run("timeline made.ron --choose deeper --json").out;
    let timeline: Value = serde_json::from_str(&shown).unwrap();
    let segments = timeline["segments"].as_array().unwrap().iter();
    let most = segments.filter_map(|segment| segment["pressure"][1].as_u64());
    most.max().expect("a blend presses somewhere")
}

#[test]
fn a_blend_has_the_caps_of_the_recommendation() {
    for answers in [
        "--stress 6 --tension 7 --pain 4",
        "--stress 6 --tension 7 --pain 6",
        "--stress 9 --tension 7",
        "--wish calm --tension 7",
        "--tag blood-thinner --stress 5 --tension 6",
        "--stress 2 --tension 2",
    ] {
        let told = Desk::new().run(&format!("recommend {answers} --area neck --json"));
        let cap = serde_json::from_str::<Value>(&told.out).unwrap()["pressure_cap"].clone();
        assert!(Some(hardest(answers)) <= cap.as_u64(), "{answers}: {cap}");
    }
    assert_eq!(hardest("--stress 9 --tension 7"), 3);
}

#[test]
fn a_blend_that_the_rule_would_not_offer_says_so() {
    let desk = Desk::new();
    let told = desk.run("blend --stress 9 --area neck -o made.ron");
    assert!(
        told.out.starts_with("Because stress is 9: calm first"),
        "{}",
        told.out
    );
    desk.run("blend --pain-before 2,4 --pain 6 --area neck -o no.ron")
        .is(
            2,
            "",
            "rootwell: Because pain has risen at each of the last check-ins: keep it soft today, and please tell your therapist.\n",
        );
    assert!(!desk.path("no.ron").exists());
}

#[test]
fn a_blend_says_what_to_ask_first() {
    for answer in ["--flag new-medicine", "--tag under-16"] {
        let told = Desk::new().run(&format!(
            "blend {answer} --stress 6 --tension 7 --area neck -o made.ron"
        ));
        assert_eq!(told.code, 0, "{}", told.err);
        let first = "Check with your therapist before deeper work.\n";
        assert!(told.out.starts_with(first), "{answer}: {}", told.out);
    }
}

/// Whether a routine that goes deeper is offered, and whether it is blended.
#[track_caller]
fn deeper_case(answer: &str, expected: bool) {
    let desk = Desk::new().file("home/data/routines/deep.ron", deeper());
    let told = desk.run(&format!(
        "recommend {answer} --tension 7 --area neck --json"
    ));
    let found: Value = serde_json::from_str(&told.out).unwrap();
    let offered = found["routines"]
        .as_array()
        .unwrap()
        .contains(&"deep".into());
    assert_eq!(offered, expected, "{answer}: {}", told.out);
    let told = desk.run(&format!(
        "blend {answer} --tension 7 --release deep -o made.ron"
    ));
    assert_eq!(told.code == 0, expected, "{answer}: {}", told.err);
    assert_eq!(
        told.err.contains("it goes deeper"),
        !expected,
        "{}",
        told.err
    );
}

#[test]
fn nothing_goes_deeper_before_it_is_asked() {
    deeper_case("", true);
    deeper_case("--flag pain-over-six-weeks", false);
    deeper_case("--flag bruise-after-session", false);
    deeper_case("--tag under-16", false);
}

#[test]
fn a_blend_says_what_is_wrong_with_the_studios_file() {
    let desk = Desk::new().file("home/config/studio.ron", "Studio(thresholds: (need: ");
    let told = desk.run("blend --stress 6 --tension 7 --area neck -o made.ron");
    assert_eq!(told.code, 0);
    assert!(
        told.err.contains("studio.ron could not be read"),
        "{}",
        told.err
    );
}

#[test]
fn minutes_that_no_blend_has_are_refused_with_those_that_there_are() {
    let desk = Desk::new();
    for minutes in [10, 15, 20, 30, 45] {
        let told = desk.run(&format!(
            "blend --stress 6 --tension 7 --area neck --minutes {minutes} -o made.ron"
        ));
        assert_eq!(told.code, 0, "{minutes}: {}", told.err);
        let checked = desk.run("check --deny-warnings made.ron");
        assert_eq!(checked.code, 0, "{minutes}: {}", checked.out);
    }
    desk.run("blend --stress 6 --tension 7 --area neck --minutes 60 -o no.ron")
        .is(
            2,
            "",
            "rootwell: a blend of these lasts between 10 and 59 minutes\n",
        );
}

#[test]
fn every_emergency_is_said() {
    for flags in [
        "--flag self-harm --flag chest-pain",
        "--flag chest-pain --flag self-harm",
        "--flag self-harm --flag emergency",
    ] {
        let told = Desk::new().run(&format!("recommend {flags}"));
        assert!(
            told.out
                .starts_with("Stop. Call your emergency number now."),
            "{}",
            told.out
        );
        assert!(told.out.contains("crisis line"), "{}", told.out);
        let told = Desk::new().run(&format!("blend {flags} --area neck -o no.ron"));
        assert!(
            told.code == 2 && told.err.contains("Stop. Call your emergency number now."),
            "{}",
            told.err
        );
    }
}

#[test]
fn what_is_left_alone_is_not_worked_on_on_the_way() {
    // A stretch of the chest, strokes on forearms, hands, head and face.
    for (locked, routine) in [
        ("--locked chest", "neck-and-shoulder-release"),
        ("--tag implanted-device", "neck-and-shoulder-release"),
        ("--locked chest", "soften-then-release"),
        ("--locked forearms", "soften-then-release"),
        ("--locked hands", "soften-then-release"),
        ("--locked head", "soften-then-release"),
        ("--locked face", "soften-then-release"),
    ] {
        let offered = |locked: &str| {
            let stress = if routine == "soften-then-release" {
                6
            } else {
                1
            };
            let answers = format!("recommend --area neck --tension 6 --stress {stress}");
            let told = Desk::new().run(&format!("{answers} {locked}"));
            told.out.contains(&format!("({routine})"))
        };
        assert!(offered(""), "{routine}");
        assert!(!offered(locked), "{routine} {locked}");
    }
    for locked in ["--locked chest", "--tag implanted-device"] {
        let desk = Desk::new();
        let told = desk.run(&format!(
            "blend --area neck --tension 6 {locked} -o made.ron"
        ));
        let made = std::fs::read_to_string(desk.path("made.ron")).unwrap_or_default();
        assert!(
            !made.contains("hands-clasped-behind"),
            "{locked}: {}",
            told.err
        );
    }
}

/// What `plan add` says to a plan with these fields.
fn added(fields: &str) -> crate::cli::Told {
    let plan = format!("Plan(version: 1, title: \"Neck\", therapist: \"Ana\", {fields})");
    Desk::new().file("neck.ron", plan).run("plan add neck.ron")
}

#[test]
fn a_plan_with_mistakes_is_refused_with_their_places() {
    added("items: [(name: \"a\", routine: \"down-to-six\", from: Day(0), until: Date(\"2020-01-01\"))]").is(
        2,
        "",
        "rootwell: the plan cannot be followed. Line 1, column 101: the day of opening is `Day(1)`. \
         Line 1, column 116: this plan ended on 2020-01-01.\n",
    );
    let desk = Desk::new().file("new.ron", "Plan(version: 9, moons: [Full])");
    let told = desk.run("plan add new.ron");
    assert_eq!(told.code, 2);
    assert!(told.err.contains("newer Rootwell"), "{}", told.err);
}

#[test]
fn a_plan_with_a_routine_that_is_not_here_is_followed_and_told() {
    let told =
        added("items: [(name: \"a\", routine: \"down-to-six\"), (name: \"b\", routine: \"moon\")]");
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.err.contains("there is no routine `moon` here") && told.err.contains("neck.ron:1:"),
        "{}",
        told.err
    );
}
