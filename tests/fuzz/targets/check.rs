//! Any bytes: a check ends, every place and every edit is inside the text, and what can be used has no error.

use rootwell::diagnostic::Level;
use rootwell::rules::check;
use rootwell::source::Source;
use rootwell::timeline::EmptyShelf;

/// Tries these bytes as a file.
pub(crate) fn run(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("fuzz.ron", bytes.to_vec()) else {
        return;
    };
    let checked = check(&source, &EmptyShelf);
    for diagnostic in &checked.diagnostics {
        assert!(
            source.text.get(diagnostic.span.range()).is_some(),
            "{diagnostic:?}"
        );
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(
                source.text.get(edit.span.range()).is_some(),
                "{diagnostic:?}"
            );
        }
    }
    let errors = checked
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.level == Level::Error);
    assert_eq!(checked.routine.is_none(), errors);
}
