//! Mistakes, each with its place and sentence.

use super::model::Step;
use super::*;

/// Reads a text and lists what is wrong, one per line: line, column, code, sentence, and the fix.
fn told(text: &str) -> String {
    let source = Source::new("test.ron", text);
    let line = |diagnostic: Diagnostic| {
        let place = source.line_column(diagnostic.span.start as usize);
        let label = Some(diagnostic.label).filter(|label| !label.is_empty());
        let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
        let fix = diagnostic
            .fix
            .map(|fix| format!(" → {}", fix.message))
            .unwrap_or_default();
        let (code, message) = (diagnostic.code, diagnostic.message);
        format!(
            "{}:{} {code} {message}{label}{fix}",
            place.line, place.column
        )
    };
    let told: Vec<String> = read::<Step>(&source)
        .diagnostics
        .into_iter()
        .map(line)
        .collect();
    told.join("\n")
}

#[track_caller]
fn case(text: &str, expected: &str) {
    let told = told(text);
    assert_eq!(told, expected, "{text}");
}

#[test]
fn commas_and_colons() {
    case(
        "(name: \"a\"\n seconds: 30)",
        "1:11 RW020 a comma is missing here → write `,`",
    );
    case(
        "(name: \"a\";\n seconds: 30)",
        "1:11 RW020 a comma belongs here → write `,`",
    );
    case(
        "(name: \"a\",, seconds: 30)",
        "1:12 RW020 there is a comma too many → take it away",
    );
    case(
        "(areas: [Neck Jaw])",
        "1:14 RW020 a comma is missing here → write `,`",
    );
    case(
        "(seconds = 30)",
        "1:10 RW021 a colon belongs here → write `:`",
    );
    case(
        "(seconds 30)",
        "1:9 RW021 a colon is missing after `seconds` → write `:`",
    );
    case(
        "(respell: {\"a\" \"b\"})",
        "1:15 RW021 a colon is missing here → write `:`",
    );
    case("(name, seconds: 30)", "1:2 RW026 `name` has no value");
    case("(seconds: , times: 3)", "1:2 RW026 `seconds` has no value");
    case(
        "(\n seconds:\n times: 3\n)",
        "2:2 RW026 `seconds` has no value",
    );
    case(
        "(\"a\", times: 3)",
        "1:2 RW027 the name of a field is missing before this value",
    );
}

#[test]
fn words_are_quoted_inside_a_text() {
    let told = |column: usize| {
        format!(
            "1:{column} RW011 a quotation mark inside a text ends it → write `\\\"` inside the text"
        )
    };
    case(r#"(name: "The "soft" one")"#, &told(13));
    case(r#"(name: "Say "stop", then go.", times: 3)"#, &told(13));
    case(
        r#"(name: "Breathe, the "soft" and the "deep" way")"#,
        &told(22),
    );
}

#[test]
fn brackets_are_blamed_where_they_were_forgotten() {
    case(
        "Step(\n    steps: [\n        (name: \"a\", do: Press(spot: \"x\", pressure: (4, 6)),\n        (name: \"b\"),\n    ],\n)",
        "3:9 RW022 this `(` is never closed → close it with `)`",
    );
    case(
        "Step(\n    steps: [\n        (\n            do: Wait(30)),\n        ),\n    ],\n)",
        "4:25 RW022 this `)` closes nothing → take it away",
    );
    case(
        "Step(\n    steps: [\n        (\n            name: \"a\",\n        (\n            name: \"b\",\n        ),\n    ],\n)",
        "3:9 RW022 this `(` is never closed → close it with `),`",
    );
    case(
        "Step(\n    areas: [Neck, Jaw,\n    times: 3,\n)",
        "2:12 RW022 this `[` is never closed → close it with `]`",
    );
    case(
        "Step(\n    areas: [Neck, Jaw),\n    times: 3,\n)",
        "2:22 RW022 this `)` should be `]` → write `]`",
    );
    case(
        "Step(\n    times: 3,\n",
        "1:5 RW022 this `(` is never closed → close it with `)`",
    );
    case(
        "Step(times: 3))",
        "1:15 RW022 this `)` closes nothing → take it away",
    );
    case(
        "Step(times: 3) times",
        "1:16 RW028 the file goes on after its end",
    );
    case(
        "Step{times: 3}",
        "1:5 RW023 `Step` takes round brackets → write `(` and `)`",
    );
    case(
        "(pressure: [4, 6])",
        "1:12 RW023 these values stand in round brackets → write `(` and `)`",
    );
    case(
        "(steps: (times: 3))",
        "1:9 RW023 `steps` is a list, which stands in square brackets → write `[(times: 3)]`",
    );
}

#[test]
fn what_word_processors_do_is_undone() {
    case(
        "(name: “a”)",
        "1:8 RW011 these are not straight quotation marks → write it between `\"` and `\"`",
    );
    case(
        "(name: \"a”, times: 3)",
        "1:10 RW011 this is not a straight quotation mark (word processors put it here) → write `\"`",
    );
    case(
        "(name: 'two words')",
        "1:8 RW011 a text stands between double quotation marks → write it between `\"` and `\"`",
    );
    case(
        "(times:\u{a0}3,\u{a0}daily: true)",
        "1:8 RW012 this is not an ordinary space (word processors put it here) → use ordinary spaces",
    );
    case(
        "(seconds: 4,5)",
        "1:11 RW013 a fraction is written with a point → write `.`",
    );
    case(
        "(seconds: 30s)",
        "1:11 RW014 `30s` is not a plain number (seconds are written as a number alone) → write `30`",
    );
    case(
        "(seconds: −5)",
        "1:11 RW014 this is a dash, not a minus sign → write `-`",
    );
    case(
        "(pressure: 4–6)",
        "1:12 RW014 from and to are written as a pair → write `(4, 6)`",
    );
    case(
        "(seconds: 1,5 min)",
        "1:11 RW014 a number is written without its unit → write `90`",
    );
    case(
        "(seconds: 4 to 6, times: 3)",
        "1:11 RW014 a number stands alone, without words behind it",
    );
    case(
        "(seconds: 24 h)",
        "1:11 RW014 a number stands alone, without words behind it",
    );
    case(
        "(seconds: 1:30 min)",
        "1:11 RW014 a number stands alone, without words behind it",
    );
    case(
        "(seconds: 1:30)",
        "1:11 RW015 a length is written in seconds → write `90`",
    );
    case(
        "\u{feff}(seconds: 90)",
        "1:1 RW010 the file starts with an invisible byte-order mark → take it away",
    );
}

#[test]
fn quotation_marks_are_missed() {
    case(
        "(say: Let it go now, times: 3)",
        "1:7 RW024 a text stands between quotation marks → put it between quotation marks",
    );
    case(
        "(say: Neck)",
        "1:7 RW024 `say` is a text, which stands between quotation marks → put it between quotation marks",
    );
    case(
        "(\n name: \"x,\n times: 4,\n say: \"y\",\n)",
        "2:8 RW024 this text has no closing quotation mark → close it here",
    );
    case(
        "(say: \"let go, name: \"x\", times: 4)",
        "1:7 RW024 this text has no closing quotation mark → close it here",
    );
    case(
        "(\n steps: [\n  (say: \"one),\n  (say: \"two\"),\n ],\n)",
        "3:9 RW024 this text has no closing quotation mark → close it here",
    );
    case(
        "(\"seconds\": 30)",
        "1:2 RW024 the name of a field has no quotation marks → take them away",
    );
}

#[test]
fn names_that_are_not_known_are_guessed() {
    case(
        "(areas: [Elbow])",
        "1:10 RW040 there is no area called `Elbow`",
    );
    case(
        "(areas: [Shuolders])",
        "1:10 RW040 there is no area called `Shuolders` (did you mean `Shoulders`?) → write `Shoulders`",
    );
    case(
        "(areas: [\"Neck\"])",
        "1:10 RW044 an area is written without quotation marks → write `Neck`",
    );
    case(
        "(colour: \"red\")",
        "1:2 RW041 a step has no field `colour`",
    );
    case(
        "(do: Press(spto: \"x\"))",
        "1:12 RW041 `Press` has no field `spto` (did you mean `spot`?) → write `spot`",
    );
    case(
        "(length: (min: 1, idael: 2, max: 3))",
        "1:19 RW041 `length` has no field `idael` (did you mean `ideal`?) → write `ideal`",
    );
    case(
        "(do: Press(), steps: [(do: Group(times: 1))])",
        "1:6 RW042 `Press` needs `spot`\n1:28 RW042 `Group` needs `steps`",
    );
    case(
        "(name: \"a\", name: \"b\")",
        "1:13 RW043 `name` is there twice",
    );
    case(
        "(respell: {\"a\": \"b\", \"a\": \"c\"})",
        "1:22 RW043 \"a\" is there twice",
    );
    case(
        "Stpe(times: 3)",
        "1:1 RW049 `Stpe` should be `Step` → write `Step`",
    );
}

#[test]
fn values_of_another_kind_are_named() {
    case(
        "(seconds: \"30\")",
        "1:11 RW044 numbers are written without quotation marks → write `30`",
    );
    case(
        "(length: \"30\")",
        "1:10 RW044 numbers are written without quotation marks → write `30`",
    );
    case(
        "(level: \"high\")",
        "1:9 RW044 `level` should be a number, not a text",
    );
    case(
        "(daily: yes)",
        "1:9 RW044 `daily` is `true` or `false` → write `true`",
    );
    case(
        "(length: Neck)",
        "1:10 RW044 `length` should be seconds, or `(min: 20, ideal: 30, max: 60)`, not the name `Neck`",
    );
    case("(times: 2.5)", "1:9 RW045 `times` should be a whole number");
    case("(times: -3)", "1:9 RW045 `times` cannot be below 0");
    case(
        "(pressure: (4, 5, 6))",
        "1:12 RW046 `pressure` takes 2 values, and here are 3",
    );
    case(
        "(length: (min: 1, max: 3))",
        "1:10 RW047 a length that may change has `min`, `ideal` and `max`",
    );
    case(
        "(length: Some(3))",
        "1:10 RW048 `Some(…)` is never written → write what is inside",
    );
    case(
        "(do: Rest(times: 3))",
        "1:6 RW048 `Rest` takes nothing in brackets → take the brackets away",
    );
    case(
        "(do: Press)",
        "1:6 RW044 `Press` needs brackets with its fields → write `Press()`",
    );
    case(
        "(do: Press(\"x\", 3))",
        "1:6 RW027 `Press` takes its values by name, as in `Press(spot: …)`",
    );
}

#[test]
fn one_mistake_is_told_once() {
    case(
        "(say: Let go. Now!, times: 3)",
        "1:7 RW024 a text stands between quotation marks → put it between quotation marks",
    );
    case(
        "(areas: None)",
        "1:9 RW044 an empty list is written as `[]` → write `[]`",
    );
    case(
        "(seconds: 20 cm, times: 3)",
        "1:11 RW014 a number is written without its unit → write `20`",
    );
    case(
        "(steps: {(times: 3)})",
        "1:9 RW023 a list stands in square brackets → write `[` and `]`",
    );
    case(
        "(areas: ['Neck'])",
        "1:10 RW011 a text stands between double quotation marks → write it between `\"` and `\"`",
    );
    case(
        "(times: 3,\n /* why\n)",
        "2:2 RW022 this `/*` has no `*/` that ends it",
    );
}

#[test]
fn what_follows_from_a_mistake_is_not_told() {
    case(
        "(do: Press(sopt: 3, pressure: (1, 2)), length: (min: x, ideal: 2, max: 3))",
        "1:12 RW041 `Press` has no field `sopt` (did you mean `spot`?) → write `spot`\n1:18 RW024 `sopt` is a text, which stands between quotation marks → put it between quotation marks\n1:54 RW044 `min` should be a number, not the name `x`",
    );
    case(
        "(do: Press(colour: 3))",
        "1:12 RW041 `Press` has no field `colour`",
    );
    case("(do: Press(spot: ))", "1:12 RW026 `spot` has no value");
    case(
        "(do: Elbow(spot: ))",
        "1:6 RW040 there is no do called `Elbow`\n1:12 RW026 `spot` has no value",
    );
}
