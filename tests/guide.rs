//! The authors' guide is true: its examples are read and checked, its table is that of the rules.

use std::fs;
use std::path::Path;

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
