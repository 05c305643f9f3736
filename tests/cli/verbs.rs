//! `explain`, `list`, `timeline`, `new`, help.

use super::Desk;

#[test]
fn explain_tells_one_code_or_all() {
    let desk = Desk::new();
    let told = desk.run("explain rw142");
    assert_eq!(told.code, 0);
    assert!(
        told.out
            .starts_with("RW142 (error)\nA press is too short or too long\n\n"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("\nWrong:\n    (do: Press(") && told.out.contains("\nRight:\n"),
        "{}",
        told.out
    );
    let all = desk.run("explain").out;
    assert!(all.lines().count() > 60 && all.lines().is_sorted(), "{all}");
    let told = desk.run("explain RW999");
    assert_eq!(told.code, 2);
    assert!(
        told.err.starts_with("rootwell: there is no code `RW999`; "),
        "{}",
        told.err
    );
}

#[test]
fn list_is_sorted_and_complete() {
    let desk = Desk::new();
    let told = desk.run("list --json");
    let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let routines = report["routines"].as_array().unwrap();
    let ids: Vec<_> = routines
        .iter()
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "box-steady",
            "down-to-six",
            "even-keel",
            "feet-on-the-ground",
            "long-way-out",
            "neck-and-shoulder-release",
            "shoulders-down",
            "soften-then-release",
        ]
    );
    let row = &routines[6];
    assert_eq!(
        (&row["title"], &row["style"], &row["stage"]),
        (&"Shoulders Down".into(), &"blend".into(), &"draft".into())
    );
    assert_eq!(row["seconds"]["ideal"], 600.0);
    assert_eq!(row["problems"], 0);
    assert_eq!(desk.run("list --style therapeutic").out.lines().count(), 1);
}

#[test]
fn timeline_is_gapless_and_sums_up() {
    let desk = Desk::new();
    let told = desk.run("timeline shoulders-down --choose deeper --json");
    let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(report["total_frames"], 600 * 48_000);
    assert_eq!(report["choices"]["choose"], "deeper");
    let mut end = 0;
    for segment in report["segments"].as_array().unwrap() {
        assert_eq!(segment["start"], end);
        end += segment["frames"].as_u64().unwrap();
    }
    assert_eq!(report["total_frames"], end);
}

#[test]
fn timeline_in_words_and_what_it_cannot_do() {
    let desk = Desk::new();
    let told = desk.run("timeline shoulders-down");
    assert!(
        told.out.starts_with("Shoulders Down · blend · 10:00\n"),
        "{}",
        told.out
    );
    assert!(told.out.contains("+1 Sit back. Let your hands be heavy."));
    let told = desk.run("timeline shoulders-down --minutes 90");
    assert_eq!(told.code, 2);
    assert!(
        told.err.starts_with("rootwell: ") && told.err.contains("minutes"),
        "{}",
        told.err
    );
    desk.run("timeline shoulders-down --choose nope").is(
        2,
        "",
        "rootwell: this routine has no branch “nope”; it has soft, deeper\n",
    );
    for verb in [
        "timeline feet-on-the-ground",
        "render feet-on-the-ground -o a.wav",
    ] {
        desk.run(&format!("{verb} --choose nope")).is(
            2,
            "",
            "rootwell: this routine has no branch “nope”; there is nothing to choose in it\n",
        );
    }
    desk.run("timeline sholders-down").is(
        2,
        "",
        "rootwell: there is no routine `sholders-down`; did you mean `shoulders-down`?\n",
    );
}

#[test]
fn new_writes_a_routine_that_checks_clean() {
    let desk = Desk::new();
    for style in ["relaxation", "therapeutic", "blend"] {
        let told = desk.run(&format!("new my-{style}.ron --style {style}"));
        assert_eq!(told.code, 0, "{told:?}");
        assert_eq!(
            desk.run(&format!("check my-{style}.ron --deny-warnings"))
                .code,
            0
        );
        assert_eq!(desk.run(&format!("fmt my-{style}.ron --check")).code, 0);
    }
    let told = desk.run("new my-blend.ron --style blend");
    told.is(
        2,
        "",
        "rootwell: there is already such a file, it is left as it is: my-blend.ron\n",
    );
    assert_eq!(
        desk.run("new mine.ron --style blend --from shoulders-down")
            .code,
        0
    );
    assert_eq!(
        desk.text("mine.ron"),
        include_str!("../../routines/blend/shoulders-down.ron")
    );
    assert_eq!(
        desk.run("new other.ron --style relaxation --from shoulders-down")
            .code,
        2
    );
    assert_eq!(desk.run("new Mine.ron --style blend").code, 2);
}

#[test]
fn help_names_every_verb_and_mistakes_leave_with_two() {
    let desk = Desk::new();
    let help = desk.run("--help");
    assert_eq!(help.code, 0);
    for verb in ["check", "explain", "fmt", "list", "timeline", "new"] {
        assert!(
            help.out.contains(&format!("\n  {verb}")),
            "{verb}: {}",
            help.out
        );
    }
    let told = desk.run("timeline shoulders-down --tag blod-thinner");
    assert_eq!(told.code, 2);
    assert!(told.err.contains("blod-thinner"), "{}", told.err);
    assert!(desk.run("completions bash").out.contains("rootwell"));
    assert!(desk.run("man").out.contains(".TH"));
}
