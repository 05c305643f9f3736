//! The authors' guide is true: its examples are read and checked, its table is that of the rules.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use rootwell::cli::all_rules;
use rootwell::diagnostic::Level;

use crate::cli::golden;
use crate::rules::{check, whole};

fn guide() -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines/README.md");
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

#[test]
fn every_example_checks_without_a_warning() {
    let (_, text) = guide();
    let mut examples = 0;
    let mut wrong = Vec::new();
    for block in text.split("```ron\n").skip(1) {
        let example = block.split("```").next().unwrap();
        examples += 1;
        let bad: Vec<_> = check(&whole(example))
            .into_iter()
            .filter(|found| found.level != Level::Note)
            .map(|found| format!("{} {} ({:?})", found.code, found.message, found.path))
            .collect();
        if !bad.is_empty() {
            wrong.push(format!("{example}{bad:#?}"));
        }
    }
    assert!(examples >= 8 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_the_guide_is_that_of_the_rules() {
    let (path, text) = guide();
    let mut table = String::from("| code | | what it finds |\n|---|---|---|\n");
    for rule in all_rules() {
        table.push_str(&format!(
            "| {} | {} | {} |\n",
            rule.code,
            rule.level.word(),
            rule.summary.replace('|', "\\|")
        ));
    }
    let (before, rest) = text.split_once("<!-- rules -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /rules -->").unwrap();
    golden(
        &path,
        &format!("{before}<!-- rules -->\n{table}<!-- /rules -->{after}"),
    );
}

#[test]
fn the_examples_of_the_readme_are_read() {
    let home = tempfile::tempdir().unwrap();
    let folders = rootwell::store::Folders::under(home.path());
    fs::create_dir_all(&folders.config).unwrap();

    let examples = include_str!("../README.md").split("```ron\n").skip(1);
    let examples: Vec<&str> = examples
        .map(|example| example.split("```").next().unwrap_or_default())
        .collect();
    let [studio, plan] = examples[..] else {
        panic!("a studio and a plan: {examples:?}");
    };
    fs::write(folders.studio(), studio).unwrap();
    let (studio, problems) = folders.studio_settings();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(studio.name, "Roots Wellness Studio");
    assert_eq!(studio.tones[&rootwell::studio::Tone::End], "our-bowl.flac");
    let file = home.path().join("neck.ron");
    fs::write(&file, plan).unwrap();
    let (followed, trouble) =
        rootwell::store::care::follow(&folders, &file, date(2026, 11, 25)).unwrap();
    assert_eq!(trouble, None);
    let held = followed.now.unwrap();
    assert_eq!(held.plan.due(held.opened, date(2026, 11, 25)).len(), 1);
    assert_eq!(held.plan.due(held.opened, date(2026, 12, 3)).len(), 2);
}
