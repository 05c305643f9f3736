//! Any bytes: a check ends, every place and every edit is inside the text, and what can be used has no error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rootwell::diagnostic::Level;
use rootwell::rules::check;
use rootwell::source::Source;
use rootwell::timeline::EmptyShelf;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_bytes("fuzz.ron", bytes.to_vec()) else { return };
    let checked = check(&source, &EmptyShelf);
    for diagnostic in &checked.diagnostics {
        assert!(source.text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(source.text.get(edit.span.range()).is_some(), "{diagnostic:?}");
        }
    }
    let errors = checked.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    assert_eq!(checked.routine.is_none(), errors);
});
