//! What a routine must keep so that it can become a timeline: the table that `explain` and the authors' guide read.

use crate::diagnostic::Rule;

/// A whole routine with these sections, and what else stands in it.
macro_rules! routine {
    ($sections:literal $(, $more:literal)?) => {
        concat!(
            "Routine(format: 1, title: \"T\", promise: \"P\", style: Blend, level: Gentle, areas: [Neck], ",
            "positions: [Chair], goals: [R3], author: \"A\", ",
            $($more, ", ",)?
            "sections: [", $sections, "])"
        )
    };
}

/// A whole routine of one section with these steps, and what else stands in it.
macro_rules! steps {
    ($steps:literal $(, $more:literal)?) => {
        concat!(
            "Routine(format: 1, title: \"T\", promise: \"P\", style: Blend, level: Gentle, areas: [Neck], ",
            "positions: [Chair], goals: [R3], author: \"A\", ",
            $($more, ", ",)?
            "sections: [(section: Release, steps: [", $steps, "])])"
        )
    };
}

/// The rules, in the order of their codes. For those from RW230 on that depend on the choices of a person the examples
/// are empty.
pub const RULES: &[Rule] = &[
    Rule::error(
        "RW202",
        "the numbers of a step make sense together",
        "Seconds are between 0 and four hours, counts are at least 1, `min`, `ideal` and `max` go upwards, a breath step \
         has a pattern and either `breaths` or `length`, and a length in breaths has its `breath` on the same step.",
        steps!("(do: Rest(length: (min: 30, ideal: 20, max: 60)))"),
        steps!("(do: Rest(length: (min: 20, ideal: 30, max: 60)))"),
    ),
    Rule::error(
        "RW203",
        "sides stand on a step or on its group, not on both",
        "A group with sides holds all its rounds on one side, then on the other; its steps have the group's side. \
         `Alternate` changes sides by itself, so it has no `switch` and no `extra`.",
        steps!("(side: Each, do: Group(steps: [(side: Each, do: Rest(length: 5))]))"),
        steps!("(side: Each, do: Group(steps: [(do: Rest(length: 5))]))"),
    ),
    Rule::error(
        "RW204",
        "a routine is not endless",
        "At most four hours, 10 000 stretches of time and 50 000 lines, with all rounds spread and all includes filled in.",
        steps!("(do: Group(times: 20000, steps: [(do: Rest(length: 0.5))]))"),
        steps!("(do: Group(times: 20, steps: [(do: Rest(length: 0.5))]))"),
    ),
    Rule::error(
        "RW210",
        "a line has one place, and it lies within its part",
        "One of `at`, `before_end`, `half`, `set_up`, `switch`, `inhale` and `exhale`, and not beyond the end of what it \
         counts from. `set_up` and `switch` need that part on the step, breaths need a paced breath.",
        steps!("(do: Rest(length: 20), say: [(at: 30, text: \"Rest.\")])"),
        steps!("(do: Rest(length: 20), say: [(at: 3, text: \"Rest.\")])"),
    ),
    Rule::error(
        "RW211",
        "a line names a round, item, part or breath that is there",
        "`round`, `item`, `part` and `on` narrow a line down; if nothing is left, it would never be heard.",
        steps!(
            "(do: Stretch(length: 20, pressure: (4, 5), times: 2), say: [(round: 3, at: 1, text: \"Again.\")])"
        ),
        steps!(
            "(do: Stretch(length: 20, pressure: (4, 5), times: 2), say: [(round: 2, at: 1, text: \"Again.\")])"
        ),
    ),
    Rule::error(
        "RW212",
        "only a step with left and right can say which",
        "`{side}`, `{other}`, `{Side}` and `{Other}` are filled in with the side of the step or of its group.",
        steps!("(do: Rest(length: 20), say: [(at: 1, text: \"{Side} side.\")])"),
        steps!("(do: Rest(length: 20), side: Each, say: [(at: 1, text: \"{Side} side.\")])"),
    ),
    Rule::error(
        "RW213",
        "curly brackets hold what is filled in",
        "Only `{side}`, `{other}`, `{Side}` and `{Other}` are filled in; anything else between curly brackets would be read \
         aloud as it stands.",
        steps!("(do: Rest(length: 20), side: Each, say: [(at: 1, text: \"{Sied} side.\")])"),
        steps!("(do: Rest(length: 20), side: Each, say: [(at: 1, text: \"{Side} side.\")])"),
    ),
    Rule::error(
        "RW220",
        "a choice and its branches belong together",
        "After a `Choose` come sections that lie next to each other, one `when` for each option. A branch has no \
         `Choose` of its own, and a `when` needs a `Choose` before it.",
        routine!(
            "(section: Bridge, steps: [(do: Choose(options: [\"soft\"], silence: \"soft\", estimate: 5))])"
        ),
        routine!(
            "(section: Bridge, steps: [(do: Choose(options: [\"soft\"], silence: \"soft\", estimate: 5))]), \
             (section: Release, when: \"soft\", steps: [(do: Rest(length: 20))])"
        ),
    ),
    Rule::error(
        "RW221",
        "all branches of a choice can last equally long",
        "Whatever is chosen, the routine ends at the same time. At most one branch may do without a closing `Rest` that \
         takes up the difference.",
        routine!(
            "(section: Bridge, steps: [(do: Choose(options: [\"a\", \"b\"], silence: \"a\", estimate: 5))]), \
             (section: Release, when: \"a\", steps: [(do: Rest(length: 20))]), \
             (section: Release, when: \"b\", steps: [(do: Rest(length: 30))])"
        ),
        routine!(
            "(section: Bridge, steps: [(do: Choose(options: [\"a\", \"b\"], silence: \"a\", estimate: 5))]), \
             (section: Release, when: \"a\", steps: [(do: Rest(length: (min: 10, ideal: 20, max: 40)))]), \
             (section: Release, when: \"b\", steps: [(do: Rest(length: 30))])"
        ),
    ),
    Rule::error(
        "RW230",
        "the minutes asked for lie within what a routine can do",
        "Its shortest is the sum of all `min`, its longest the sum of all `max`. The answer names both in whole minutes.",
        "",
        "",
    ),
    Rule::error(
        "RW231",
        "a closing rest takes what is left",
        "Breaths and rounds stay whole, so something must take the rest, to the frame: the last elastic `Rest` outside \
         groups, sides and branches. Its `max` is at least one unit above its `min`.",
        "",
        "",
    ),
    Rule::error(
        "RW240",
        "a variation names steps that are there",
        "Whole named steps are replaced or dropped. The name is that of a step of this routine, or of one that an \
         earlier variation brings.",
        steps!(
            "(name: \"settle\", do: Rest(length: 20))",
            "variations: [(name: \"easier\", drop: [\"setle\"])]"
        ),
        steps!(
            "(name: \"settle\", do: Rest(length: 20))",
            "variations: [(name: \"easier\", drop: [\"settle\"])]"
        ),
    ),
    Rule::error(
        "RW241",
        "an include finds what it names",
        "`routine` with a `step` or a `section` of it, or `area: Chosen`.",
        steps!("(do: Include(routine: \"nowhere\", section: Arrive))"),
        steps!("(do: Rest(length: 20))"),
    ),
    Rule::error(
        "RW242",
        "routines do not include each other in a circle",
        "If this one takes from another, the other cannot take from this one.",
        "",
        "",
    ),
    Rule::error(
        "RW243",
        "an include is written in the same language",
        "Else the voice would change its language in the middle.",
        "",
        "",
    ),
    Rule::error(
        "RW244",
        "a variation that is asked for is there",
        "The answer lists those that the routine has.",
        "",
        "",
    ),
    Rule::error(
        "RW245",
        "a branch that is asked for is there",
        "The answer lists those that the routine has.",
        "",
        "",
    ),
    Rule::error(
        "RW250",
        "a routine fits the person today",
        "The author's cautions and what each tag does by itself (block, leave alone, light only, hold-free, seated) are \
         applied first; what still does not fit is not played.",
        "",
        "",
    ),
    Rule::error(
        "RW260",
        "a step that should last longer is not over",
        "What has been heard stays as it was.",
        "",
        "",
    ),
    Rule::error(
        "RW261",
        "nothing lasts longer than is good in one go",
        "A press or a stretch at most 90 seconds, a melt 180, a roll 120, a push 10 (`content.md` R-46).",
        "",
        "",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::read;
    use crate::routine::Routine;
    use crate::source::Source;
    use crate::timeline::speech_length::Formula;
    use crate::timeline::{Choices, EmptyShelf, compile};

    /// The codes that a text brings, with its variations applied.
    fn codes(text: &str) -> Vec<&'static str> {
        let routine: Routine = read(&Source::new("test.ron", text)).value.unwrap();
        let choices = Choices {
            variations: routine.variations.iter().map(|v| v.name.clone()).collect(),
            ..Choices::default()
        };
        match compile(&routine, "test", &choices, &Formula, &EmptyShelf) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(|problem| problem.code).collect(),
        }
    }

    #[test]
    fn examples_do_what_they_say() {
        for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
            assert_eq!(codes(rule.wrong), [rule.code], "{}", rule.wrong);
            assert_eq!(codes(rule.right), [""; 0], "{}", rule.right);
        }
        assert!(RULES.is_sorted_by_key(|rule| rule.code));
    }
}
