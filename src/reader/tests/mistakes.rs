//! Mistakes, each with its place and sentence.

use super::model::Step;
use super::*;

/// Reads a text and lists what is wrong, one per line: line, column, code, sentence, and the fix.
fn told(text: &str) -> String {
    let source = Source::new("test.ron", text);
    let mut told = String::new();
    for diagnostic in read::<Step>(&source).diagnostics {
        let place = source.line_column(diagnostic.span.start as usize);
        told += &format!(
            "{}:{} {} {}",
            place.line, place.column, diagnostic.code, diagnostic.message
        );
        if !diagnostic.label.is_empty() {
            told += &format!(" ({})", diagnostic.label);
        }
        if let Some(fix) = diagnostic.fix {
            told += &format!(" → {}", fix.message);
        }
        told += "\n";
    }
    told
}

#[track_caller]
fn case(text: &str, expected: &str) {
    let told = told(text);
    assert_eq!(told.trim_end(), expected, "{text}");
}

#[test]
fn commas_and_colons() {
    case(
        "(name: \"a\"\n seconds: 30)",
        "1:11 RW020 a comma is missing here → write `,`",
    );
}
