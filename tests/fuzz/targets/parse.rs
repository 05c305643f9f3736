//! Any bytes: reading ends, every place is inside the text, and what is accepted, `ron` accepts with the same value.

use rootwell::reader::{read, ron_options};
use rootwell::routine::Routine;
use rootwell::source::Source;
use rootwell::syntax::Tree;
use rootwell::syntax::format::format;

/// Tries these bytes as a file.
pub(crate) fn run(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("fuzz.ron", bytes.to_vec()) else {
        return;
    };
    let reading = read::<Routine>(&source);
    for diagnostic in &reading.diagnostics {
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
    let formatted = format(&reading.tree);
    assert_eq!(format(&Tree::of(&formatted)), formatted);
    match reading.value {
        Some(value) => {
            let plain = source.text.trim_start_matches('\u{feff}');
            assert_eq!(
                ron_options().from_str::<Routine>(plain).as_ref(),
                Ok(&value)
            );
            assert_eq!(
                read::<Routine>(&Source::new("formatted", formatted)).value,
                Some(value)
            );
        }
        None => assert!(!reading.diagnostics.is_empty()),
    }
    // Edits keep to the text, whatever is in it.
    for path in ["title", "sections[0].steps[0]", "respell.a"] {
        let tree = &reading.tree;
        for edit in [
            tree.set(path, "1"),
            tree.insert(path, "1"),
            tree.remove(path),
        ]
        .into_iter()
        .flatten()
        {
            assert!(
                source.text.get(edit.span.range()).is_some(),
                "{path}: {edit:?}"
            );
        }
    }
}
