//! Damaged routines: a check always ends, without a panic, with every place and every edit inside the text.

use proptest::prelude::*;
use rootwell::diagnostic::Level;
use rootwell::library::BUILT_IN;
use rootwell::rules;
use rootwell::source::Source;
use rootwell::timeline::EmptyShelf;

/// What may stand where something else stood: numbers at every edge, names of every kind, brackets.
const PIECES: &[&str] = &[
    "0",
    "-1",
    "1e300",
    "0.0001",
    "4000000000",
    "18446744073709551615",
    "-9223372036854775808",
    "NaN",
    "inf",
    "",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"{side}\"",
    "\"é\\u{1F600}\"",
    "Each",
    "EasierFirst",
    "Alternate",
    "Left",
    "Relaxation",
    "Blend",
    "true",
    "Chosen",
    "(min: 0, ideal: 0, max: 0)",
    "(min: 9, ideal: 1, max: 0)",
    "(breaths: 5)",
    "(breaths: 1e9)",
    "(4, 6)",
    "(9, 0)",
    "[]",
    "Rest(length: 30)",
    "Say()",
    "Breathe(natural: true, length: 10)",
    "Breathe(pattern: (inhale: 0, exhale: 0), breaths: 3)",
    "Breathe(pattern: (inhale: 4, hold: 7, exhale: 8), length: 60, count: 0.0)",
    "Group(steps: [], times: 100)",
    "Group(steps: [(do: Group(steps: [(do: Move(times: 100, seconds: 1))], times: 100))], times: 100)",
    "Include(area: Chosen)",
    "Include(routine: \"x/y\")",
    "Choose(options: [], silence: \"\", estimate: 0)",
    "Ground(items: [(See, 0, 0)])",
    "Scan(regions: [], each: 0)",
    "TenseRelease(groups: [], times: 0)",
    "Stroke(path: \"\", cm: 0, seconds: 0, times: 0, pressure: (0, 0))",
];

/// Where the pieces of a text lie: words, numbers and single signs.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        if !letter.is_alphanumeric() && letter != '_' && letter != '.' {
            if start < at {
                found.push((start, at));
            }
            found.push((at, at + letter.len_utf8()));
            start = at + letter.len_utf8();
        }
    }
    found
}

fn damaged(text: &str, damage: &[(usize, usize)]) -> String {
    let mut text = text.to_owned();
    for &(place, piece) in damage {
        let places = pieces(&text);
        let (start, end) = places[place % places.len()];
        text.replace_range(start..end, PIECES[piece % PIECES.len()]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("CASES").map_or(48, |cases| cases.parse().unwrap()), ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_routine_is_told_about(
        which in 0..BUILT_IN.len(),
        damage in prop::collection::vec((any::<usize>(), any::<usize>()), 1..6),
    ) {
        let source = Source::new("damaged.ron", damaged(BUILT_IN[which].text, &damage));
        let checked = rules::check(&source, &EmptyShelf);
        for found in &checked.diagnostics {
            prop_assert!(source.text.get(found.span.range()).is_some(), "{found:?}");
            for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(source.text.get(edit.span.range()).is_some(), "{found:?}");
            }
        }
        let errors = checked.diagnostics.iter().any(|found| found.level == Level::Error);
        prop_assert_eq!(checked.routine.is_none(), errors, "{}", source.text);
    }
}
