//! What must hold for any text: what we accept, `ron` accepts with the same value.

use proptest::prelude::*;

use super::model::{Do, Length, Press, Step, step};
use super::*;
use crate::syntax::format::format;

/// Small here; a big run is `PROPTEST_CASES=50000 cargo test properties`.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases / 4,
        failure_persistence: None,
        ..usual
    }
}

/// Checks all that must hold for a text, read as one type.
fn holds<T: DeserializeOwned + PartialEq + std::fmt::Debug>(
    text: &str,
) -> Result<(), TestCaseError> {
    let reading = read::<T>(&Source::new("test.ron", text));
    for diagnostic in &reading.diagnostics {
        let range = diagnostic.span.range();
        prop_assert!(
            text.get(range).is_some(),
            "{diagnostic:?} is outside of {text:?}"
        );
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            prop_assert!(
                text.get(edit.span.range()).is_some(),
                "{diagnostic:?} is outside of {text:?}"
            );
        }
    }
    let Some(value) = reading.value else {
        prop_assert!(
            !reading.diagnostics.is_empty(),
            "nothing is said about {text:?}"
        );
        return Ok(());
    };
    let theirs = ron_options().from_str::<T>(text.trim_start_matches('\u{feff}'));
    prop_assert_eq!(theirs.as_ref(), Ok(&value), "{}", text);
    let formatted = format(&reading.tree);
    prop_assert_eq!(
        read::<T>(&Source::new("test.ron", formatted.as_str())).value,
        Some(value),
        "{}",
        formatted
    );
    Ok(())
}

fn holds_for_all_types(text: &str) -> Result<(), TestCaseError> {
    holds::<Step>(text)?;
    holds::<Do>(text)?;
    holds::<Length>(text)?;
    holds::<Vec<Option<Press>>>(text)?;
    holds::<(u8, String)>(text)?;
    holds::<std::collections::BTreeMap<String, i8>>(text)?;
    holds::<Option<()>>(text)
}

/// Values written by `ron`, on one line or many, with comments and blank lines put in.
fn written() -> impl Strategy<Value = (Step, String)> {
    (step(), any::<bool>(), any::<bool>()).prop_map(|(step, pretty, commented)| {
        let config = ron::ser::PrettyConfig::default().struct_names(pretty);
        let options = ron_options();
        let text = if pretty {
            options.to_string_pretty(&step, config)
        } else {
            options.to_string(&step)
        };
        let mut text = text.expect("the model can be written");
        if commented && pretty && !text.contains("r#") {
            text = text.replace(",\n    ", ", // why\n\n    /* how */ ");
        }
        (step, text)
    })
}

/// Pieces that texts of the dialect, right or wrong, are made of.
const PIECES: &[&str] = &[
    "(", ")", "[", "]", "{", "}", ",", ":", " ", "\n", "Step", "name", "seconds", "do", "Press",
    "Rest", "Wait", "Pair", "Maybe", "spot", "min", "ideal", "max", "length", "areas", "Neck",
    "None", "Some", "true", "\"a\"", "\"", "30", "4.5", "-1", "+", ".", "1e3", "0x1F", "1_000",
    "'x'", "'", "\\", "//c\n", "/*c*/", "/", "#", "r#\"a\"#", "r", "b\"a\"", "NaN", "inf", "=",
    ";", "“", "”", "\u{a0}", "\u{feff}", "é", "30s", "1:30", "4,5", "..", "()", "u8", "\\u{41}",
    "\0", "\r\n",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_ron_writes_is_read_with_the_same_value((step, text) in written()) {
        let reading = read::<Step>(&Source::new("test.ron", text.as_str()));
        prop_assert_eq!(&reading.diagnostics, &[], "{}", text);
        prop_assert_eq!(reading.value, Some(step));
        holds_for_all_types(&text)?;
    }

    #[test]
    fn changed_files_are_accepted_only_if_ron_accepts_them(
        (_, text) in written(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, prop::sample::select(PIECES)), 1..4),
    ) {
        let mut text = text;
        for (place, length, piece) in changes {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = place.index(boundaries.len());
            let end = boundaries[(at + length).min(boundaries.len() - 1)];
            text.replace_range(boundaries[at]..end, piece);
        }
        holds_for_all_types(&text)?;
    }

    #[test]
    fn any_pieces_are_accepted_only_if_ron_accepts_them(text in pieces()) {
        holds_for_all_types(&text)?;
        holds::<Step>(&format!("({text})"))?;
        holds::<Do>(&format!("Press({text})"))?;
        holds::<Do>(&format!("Wait({text})"))?;
    }

    #[test]
    fn formatting_is_idempotent_and_keeps_comments_and_paragraphs((_, text) in written()) {
        let formatted = format(&Tree::of(&text));
        prop_assert_eq!(&format(&Tree::of(&formatted)), &formatted);
        let comments = |text: &str| {
            let tree = Tree::of(text);
            let comments = (0..tree.tokens().len()).filter(|&token| tree.tokens()[token].kind.is_comment());
            comments.map(|token| text[tree.token_span(token).range()].trim_end().to_owned()).collect::<Vec<_>>()
        };
        prop_assert_eq!(comments(&formatted), comments(&text));
        let paragraphs = |text: &str| text.matches("// why\n\n").count();
        prop_assert_eq!(paragraphs(&formatted), paragraphs(&text));
    }

    #[test]
    fn an_edit_changes_nothing_else((step, text) in written(), times in any::<u32>()) {
        let tree = Tree::of(&text);
        let edited = tree.set("times", &times.to_string()).expect("a step takes a field").applied(&text);
        let expected = Step { times: Some(times), ..step.clone() };
        prop_assert_eq!(read::<Step>(&Source::new("test.ron", edited.as_str())).value, Some(expected), "{}", edited);

        let longer = tree.insert("areas[0]", "Jaw").expect("there is a list").applied(&text);
        let mut expected = step.clone();
        expected.areas.insert(0, super::Area::Jaw);
        prop_assert_eq!(read::<Step>(&Source::new("test.ron", longer.as_str())).value, Some(expected), "{}", longer);

        let shorter = tree.remove("respell").expect("it is written").applied(&text);
        let expected = Step { respell: std::collections::BTreeMap::default(), ..step };
        prop_assert_eq!(read::<Step>(&Source::new("test.ron", shorter.as_str())).value, Some(expected), "{}", shorter);
        let comments = |text: &str| text.matches("// why").count();
        let inside = comments(&text[tree.place("respell").expect("it is written").range()]);
        prop_assert_eq!(comments(&edited), comments(&text));
        prop_assert_eq!(comments(&longer), comments(&text));
        prop_assert_eq!(comments(&shorter) + inside, comments(&text));
    }
}
