//! What a plan must keep so that it can be followed: the table that `explain` and the authors' guide read.

use crate::diagnostic::{Level, Rule};

pub(super) const NOTHING: &str = "RW300";
pub(super) const NO_NAME: &str = "RW301";
pub(super) const TWICE: &str = "RW302";
pub(super) const TOO_MUCH: &str = "RW303";
pub(super) const NO_DAY: &str = "RW304";
pub(super) const DAY_NOUGHT: &str = "RW305";
pub(super) const BACKWARDS: &str = "RW306";
pub(super) const OVER: &str = "RW307";
pub(super) const ITEM_OVER: &str = "RW308";
pub(super) const UNKNOWN: &str = "RW309";
pub(super) const NOT_SETTLED: &str = "RW310";

/// A whole plan of one item, and what else stands in it.
macro_rules! plan {
    ($item:literal $(, $more:literal)?) => {
        concat!(
            "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", ",
            $($more, ", ",)?
            "items: [(", $item, ")])"
        )
    };
}

/// The rules, in the order of their codes.
pub const RULES: &[Rule] = &[
    Rule::error(
        NOTHING,
        "a plan has something to do",
        "A plan has at least one item: what is done, with a `name` and a `routine`.",
        "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [])",
        plan!("name: \"ball\", routine: \"hips\""),
    ),
    Rule::error(
        NO_NAME,
        "a plan, its therapist, its items and their routines have names",
        "The client reads the title and the therapist's name; sessions are counted by the name of their item. None is \
         empty.",
        plan!("name: \"\", routine: \"hips\""),
        plan!("name: \"ball\", routine: \"hips\""),
    ),
    Rule::error(
        TWICE,
        "each item of a plan has a name of its own",
        "Sessions are counted by the name of their item, so that two of one name would be one.",
        "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [(name: \"ball\", routine: \"hips\"), (name: \"ball\", routine: \"back\")])",
        plan!("name: \"ball\", routine: \"hips\""),
    ),
    Rule::error(
        TOO_MUCH,
        "a plan asks for what can be done at home",
        "Nothing presses harder than 7 on the dial at home, whoever allows it, and an item lasts at least a minute.",
        plan!("name: \"ball\", routine: \"hips\", cap: 8"),
        plan!("name: \"ball\", routine: \"hips\", cap: 7"),
    ),
    Rule::error(
        NO_DAY,
        "each item of a plan has days",
        "`Daily` is each day, `On([Monday])` those days of the week, `Every(2)` every second day.",
        plan!("name: \"ball\", routine: \"hips\", on: Every(0)"),
        plan!("name: \"ball\", routine: \"hips\", on: Daily"),
    ),
    Rule::error(
        DAY_NOUGHT,
        "days of a plan are counted from 1",
        "The day on which the plan is opened is `Day(1)`.",
        plan!("name: \"ball\", routine: \"hips\", from: Day(0)"),
        plan!("name: \"ball\", routine: \"hips\", from: Day(1)"),
    ),
    Rule::error(
        BACKWARDS,
        "an item of a plan begins before it ends",
        "The last day of an item, or of the whole plan, is not before its first.",
        plan!("name: \"ball\", routine: \"hips\", from: Day(9), until: Day(2)"),
        plan!("name: \"ball\", routine: \"hips\", from: Day(2), until: Day(9)"),
    ),
    Rule::error(
        OVER,
        "a plan is not over when it is opened",
        "All of its days are past. Write `until: Day(14)` for a number of days from its opening, or a later date.",
        plan!(
            "name: \"ball\", routine: \"hips\"",
            "until: Date(\"2020-01-31\")"
        ),
        plan!("name: \"ball\", routine: \"hips\"", "until: Day(14)"),
    ),
    Rule {
        code: ITEM_OVER,
        level: Level::Warning,
        summary: "an item of a plan is over already",
        explanation: "Its last day is past, so that it will never be due. The others are.",
        wrong: "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [(name: \"ball\", routine: \"hips\", until: Date(\"2020-01-31\")), \
                (name: \"breath\", routine: \"down-to-six\")])",
        right: plan!("name: \"ball\", routine: \"hips\""),
    },
    Rule {
        code: UNKNOWN,
        level: Level::Warning,
        summary: "a plan names a routine or a variation that is not here",
        explanation: "An item without its routine is not shown, and a variation that a routine does not have changes nothing. Add the \
                      studio's file first, or correct the name.",
        wrong: "",
        right: "",
    },
    Rule {
        code: NOT_SETTLED,
        level: Level::Warning,
        summary: "a plan settles what no plan can",
        explanation: "`allows` settles what lasts and was talked about. What comes and goes, such as a fever or an open wound, is asked \
                      about each day; a clot, a pregnancy, blood thinners, neck arteries, a fracture and an infected bone stay as they are.",
        wrong: plan!("name: \"ball\", routine: \"hips\"", "allows: [Fever]"),
        right: plan!(
            "name: \"ball\", routine: \"hips\"",
            "allows: [Osteoporosis]"
        ),
    },
];
