//! The rules of writing and reading, `RW001`–`RW099`. The examples are pieces of a step: the wrong one breaks exactly
//! its rule, the right one is read without any diagnostic.

use super::problem;
use crate::diagnostic::{Level, Rule};

/// The rules of writing and reading.
pub const RULES: &[Rule] = &[
    Rule {
        code: "RW001",
        level: Level::Error,
        summary: "a file must be readable text of at most 1 MiB",
        explanation: "Routines are plain text in UTF-8. A folder, a file without permission, a recording renamed to `.ron` or a \
                      file of another encoding cannot be read. Save it again as plain text in UTF-8.",
        wrong: "",
        right: "",
    },
    Rule::error(
        problem::EMPTY,
        "a file holds something",
        "The file has no content, or only comments. `rootwell new` makes a routine to start from.",
        "// nothing yet",
        "Step(name: \"settle\")",
    ),
    Rule::error(
        problem::NEWER,
        "a file is of a format that this Rootwell knows",
        "The number after `format:` says which Rootwell wrote the file. Older formats are read for ever; a newer one has \
         words that this Rootwell does not know, so the file is left untouched.",
        "Step(format: 99, name: \"settle\")",
        "Step(format: 1, name: \"settle\")",
    ),
    Rule::error(
        problem::DEEP,
        "at most 40 brackets stand inside each other",
        "No routine comes near it. Usually a bracket was pasted many times.",
        DEEP,
        "Step(name: \"settle\")",
    ),
    Rule {
        code: problem::BYTE_ORDER_MARK,
        level: Level::Note,
        summary: "a file starts with an invisible byte-order mark",
        explanation: "Some Windows programs put three invisible bytes in front of a text. Rootwell passes over them; other \
                      programs may not.",
        wrong: "\u{feff}Step(name: \"settle\")",
        right: "Step(name: \"settle\")",
    },
    Rule::error(
        problem::QUOTES,
        "texts stand between straight double quotation marks",
        "Word processors change `\"` into curly quotation marks, which look better and mean nothing here. Inside a text they \
         are welcome.",
        "Step(name: “settle”)",
        "Step(name: \"settle\", say: \"Let it “melt”.\")",
    ),
    Rule::error(
        problem::ODD_SPACE,
        "spaces are ordinary spaces",
        "Word processors and web pages use spaces that do not break a line, or that have no width. They look the same and \
         mean nothing here. Inside a text they are welcome.",
        "Step(name:\u{a0}\"settle\")",
        "Step(name: \"settle\")",
    ),
    Rule::error(
        problem::DECIMAL_COMMA,
        "a fraction is written with a point",
        "A comma ends a value, so `4,5` would be two of them.",
        "Step(seconds: 4,5)",
        "Step(seconds: 4.5)",
    ),
    Rule::error(
        problem::UNIT,
        "a number is written with digits alone",
        "Lengths are seconds, distances are centimetres, so the unit is known. Minutes are written in seconds.",
        "Step(seconds: 30s)",
        "Step(seconds: 30)",
    ),
    Rule::error(
        problem::CLOCK,
        "a length is written in seconds",
        "A minute and a half is `90`.",
        "Step(seconds: 1:30)",
        "Step(seconds: 90)",
    ),
    Rule::error(
        problem::COMMA,
        "a comma stands between two fields or values",
        "After each field and each value of a list comes one comma; after the last one it may be left out.",
        "Step(name: \"settle\" seconds: 30)",
        "Step(name: \"settle\", seconds: 30)",
    ),
    Rule::error(
        problem::COLON,
        "a colon stands between the name of a field and its value",
        "Not `=`, and not nothing.",
        "Step(seconds = 30)",
        "Step(seconds: 30)",
    ),
    Rule::error(
        problem::BRACKET,
        "every bracket has its partner",
        "Each `(`, `[` and `{` is closed by its own `)`, `]` or `}`. Which one was forgotten is told by how the lines are \
         indented; `rootwell fmt` keeps them straight.",
        "Step(areas: [Neck, Jaw)",
        "Step(areas: [Neck, Jaw])",
    ),
    Rule::error(
        problem::WRONG_BRACKET,
        "round, square and curly brackets are not the same",
        "Fields and pairs of numbers stand in `( )`, lists in `[ ]`, words with their spelling in `{ }`. A list with one \
         value is a list as well.",
        "Step(areas: (Neck, Jaw))",
        "Step(areas: [Neck, Jaw])",
    ),
    Rule::error(
        problem::UNQUOTED,
        "texts stand between quotation marks, names of fields do not",
        "Names that Rootwell knows, such as `Neck` or `Each`, are bare words. All else that is read or spoken stands between \
         quotation marks.",
        "Step(say: Let it melt)",
        "Step(say: \"Let it melt\")",
    ),
    Rule::error(
        problem::STRAY,
        "every sign has a meaning",
        "A comment starts with `//`. Other signs between fields are left over.",
        "Step(name: \"settle\" §)",
        "Step(name: \"settle\") // a comment",
    ),
    Rule::error(
        problem::NO_VALUE,
        "every field has one value",
        "A name with a colon and nothing behind it says nothing; to use what is usual, leave the whole field out. In a list \
         stand values alone.",
        "Step(name: , seconds: 30)",
        "Step(seconds: 30)",
    ),
    Rule::error(
        problem::NO_NAME,
        "every value of a group has the name of its field",
        "In `( )` with fields, each value says what it is.",
        "Step(name: \"settle\", 30)",
        "Step(name: \"settle\", seconds: 30)",
    ),
    Rule::error(
        problem::WHOLE,
        "a file is one whole",
        "A routine starts with `Routine(` and ends with the `)` that closes it. What stands behind that belongs inside.",
        "Step(name: \"settle\") Step(name: \"end\")",
        "Step(name: \"settle\")",
    ),
    Rule::error(
        problem::ESCAPE,
        "a `\\` in a text has a meaning",
        "`\\\"` is a quotation mark, `\\n` a new line (a pause of a second when spoken), `\\\\` the sign itself.",
        r#"Step(say: "turn\left")"#,
        r#"Step(say: "turn left")"#,
    ),
    Rule::error(
        problem::UNKNOWN_NAME,
        "bare names are those that Rootwell knows",
        "Areas, tools, sides, kinds of step and so on are written exactly as in the guide, with capitals.",
        "Step(areas: [Nekc])",
        "Step(areas: [Neck])",
    ),
    Rule::error(
        problem::UNKNOWN_FIELD,
        "a group has only the fields that it can have",
        "A field that nobody knows would be silently without effect, so it is an error.",
        "Step(secnods: 30)",
        "Step(seconds: 30)",
    ),
    Rule::error(
        problem::MISSING_FIELD,
        "a group has all the fields that it needs",
        "Most fields may be left out; those that have no usual value may not.",
        "Step(do: Press())",
        "Step(do: Press(spot: \"calf\"))",
    ),
    Rule::error(
        problem::TWICE,
        "a field is there once",
        "Of two, nobody could tell which one counts.",
        "Step(seconds: 30, seconds: 45)",
        "Step(seconds: 45)",
    ),
    Rule::error(
        problem::WRONG_KIND,
        "a value is of the kind that its field takes",
        "Numbers are written without quotation marks, texts with them, and names without.",
        "Step(seconds: \"30\")",
        "Step(seconds: 30)",
    ),
    Rule::error(
        problem::WRONG_NUMBER,
        "a number is one that can be",
        "Counts are whole and not below zero; no number is endless.",
        "Step(times: 2.5)",
        "Step(times: 2)",
    ),
    Rule::error(
        problem::WRONG_COUNT,
        "a pair has two values",
        "Pressure is written as the least and the most that is meant.",
        "Step(pressure: (4, 5, 6))",
        "Step(pressure: (4, 6))",
    ),
    Rule::error(
        problem::REFUSED,
        "a value makes sense by itself",
        "The message says what is asked for.",
        "Step(length: (min: 20, max: 60))",
        "Step(length: (min: 20, ideal: 30, max: 60))",
    ),
    Rule::error(
        problem::WRAPPED,
        "nothing is wrapped twice",
        "`Some(…)` is never written, and one pair of brackets is enough.",
        "Step(do: Press((spot: \"calf\")))",
        "Step(do: Press(spot: \"calf\"))",
    ),
    Rule::error(
        problem::WRONG_NAME,
        "a group is called by its own name, or by none",
        "The name in front of the brackets says what a file or a group is.",
        "Stpe(name: \"settle\")",
        "Step(name: \"settle\")",
    ),
];

const DEEP: &str = "Step(say: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])";
