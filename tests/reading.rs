//! Reading routine files: whole outputs, shipped routines, and what fuzzing has met.

use std::fs;
use std::path::{Path, PathBuf};

use rootwell::diagnostic::terminal::{Look, render};
use rootwell::diagnostic::{Diagnostic, apply};
use rootwell::reader::{read, ron_options};
use rootwell::routine::Routine;
use rootwell::source::Source;
use rootwell::syntax::format::format;

fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Compares with a file in `tests/golden/reading`; `UPDATE=1` writes it.
#[track_caller]
fn golden(name: &str, text: &str) {
    let path = path("tests/golden/reading").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(
        text,
        fs::read_to_string(&path).unwrap_or_default(),
        "{name} (UPDATE=1 rewrites it)"
    );
}

fn many_mistakes() -> (Source, Vec<Diagnostic>) {
    let text = fs::read_to_string(path("tests/golden/reading/many-mistakes.ron")).unwrap();
    let source = Source::new("many-mistakes.ron", text);
    let reading = read::<Routine>(&source);
    assert!(reading.value.is_none() && reading.draft.is_some());
    (source, reading.diagnostics)
}

#[test]
fn forty_mistakes_are_told_in_one_run() {
    let (source, diagnostics) = many_mistakes();
    golden(
        "many-mistakes.txt",
        &render(&source, &diagnostics, Look::default()),
    );
    golden(
        "many-mistakes.plain.txt",
        &render(
            &source,
            &diagnostics,
            Look {
                plain: true,
                colour: false,
            },
        ),
    );
}

#[test]
fn what_a_machine_can_fix_is_fixed() {
    let (mut source, mut diagnostics) = many_mistakes();
    // What one run repairs, the next one can judge.
    for _ in 0..3 {
        let fixes = diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.fix.as_ref());
        source.text = apply(&source.text, fixes.filter(|fix| fix.sure));
        diagnostics = read::<Routine>(&source).diagnostics;
    }
    let sure = |diagnostic: &Diagnostic| diagnostic.fix.as_ref().is_some_and(|fix| fix.sure);
    assert!(!diagnostics.iter().any(sure), "{diagnostics:#?}");
    golden("many-mistakes.fixed.ron", &source.text);
}

#[test]
fn shipped_routines_are_read_as_ron_reads_them_and_are_formatted() {
    for path in super::routines::shipped() {
        let source = Source::new(
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        );
        let reading = read::<Routine>(&source);
        assert_eq!(reading.diagnostics, [], "{}", source.name);
        assert_eq!(
            reading.value,
            ron_options().from_str(&source.text).ok(),
            "{}",
            source.name
        );
        assert_eq!(format(&reading.tree), source.text, "{}", source.name);
    }
}

#[test]
fn the_deepest_routine_that_is_read_is_read_by_ron_too() {
    let routine = |groups: usize| {
        let (open, close) = ("(do: Group(steps: [".repeat(groups), "]))".repeat(groups));
        let step = "(do: Rest(length: 1), extra: (side: Left, sets: 1, why: \"\"))";
        let head = "format: 1, title: \"\", promise: \"\", style: Blend, level: Gentle, areas: [], positions: [], goals: [], author: \"\"";
        format!("Routine({head}, sections: [(section: Arrive, steps: [{open}{step}{close}])])")
    };
    let reads = |groups: usize| read::<Routine>(&Source::new("deep.ron", routine(groups))).value;
    let deepest = (1..20)
        .take_while(|&groups| reads(groups).is_some())
        .last()
        .unwrap();
    assert!((8..16).contains(&deepest), "{deepest}");
    assert_eq!(
        ron_options().from_str(&routine(deepest)),
        Ok(reads(deepest).unwrap())
    );
}
