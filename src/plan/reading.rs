//! Reads a plan file; whatever is wrong with it comes with its place.

use jiff::civil::Date;

use super::rules::{
    BACKWARDS, DAY_NOUGHT, ITEM_OVER, NO_DAY, NO_NAME, NOT_SETTLED, NOTHING, OVER, TOO_MUCH, TWICE,
    UNKNOWN,
};
use super::{Days, HARDEST, Item, Plan, When};
use crate::cautions::can_be_settled;
use crate::diagnostic::{self, Diagnostic, Level};
use crate::reader;
use crate::routine::Routine;
use crate::source::Source;
use crate::syntax::{Tree, number, problem};

/// The newest version of a plan that is read.
const VERSION: u32 = 1;

/// What reading a plan gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The plan, if it can be followed.
    pub plan: Option<Plan>,
    /// The written form.
    pub tree: Tree,
    /// All that was found, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plan that is to be followed from a day on.
pub fn read(source: &Source, today: Date) -> Reading {
    let tree = Tree::parse(source);
    if let Some(newer) = newer(&tree) {
        return Reading {
            plan: None,
            tree,
            diagnostics: vec![newer],
        };
    }
    let read = reader::read::<Plan>(source);
    let mut diagnostics = Vec::new();
    if let Some(plan) = read.checkable() {
        Mistakes {
            plan,
            today,
            found: &mut diagnostics,
        }
        .all();
        diagnostics.retain(|found| read.trusts(found.path.as_deref().unwrap_or_default()));
        tree.locate(&mut diagnostics);
    }
    diagnostics.extend(read.diagnostics.into_iter().map(days_in_words));
    diagnostic::tidy(&mut diagnostics);
    let wrong = diagnostics.iter().any(|found| found.level == Level::Error);
    Reading {
        plan: read.value.filter(|_| !wrong),
        tree,
        diagnostics,
    }
}

impl Reading {
    /// What of the plan is not at hand: routines, and variations of those that are.
    pub fn not_at_hand<'a>(
        &self,
        routine: impl Fn(&str) -> Option<&'a Routine>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut missing = |path: String, message: String| {
            found.push(Diagnostic::at_path(UNKNOWN, Level::Warning, path, message));
        };
        let items = self.plan.iter().flat_map(|plan| &plan.items);
        for (i, item) in items.enumerate() {
            let Some(routine) = routine(&item.routine) else {
                let message = format!("there is no routine `{}` here", item.routine);
                missing(format!("items[{i}].routine"), message);
                continue;
            };
            for (v, name) in item.variations.iter().enumerate() {
                let mut known = routine.variations.iter();
                if !known.any(|variation| variation.name == *name) {
                    let message = format!("“{}” has no variation `{name}`", routine.title);
                    missing(format!("items[{i}].variations[{v}]"), message);
                }
            }
        }
        self.tree.locate(&mut found);
        found
    }
}

/// A plan of a newer version is not judged any further: its new words would only look like mistakes.
fn newer(tree: &Tree) -> Option<Diagnostic> {
    let node = tree.node_at("version")?;
    let version = number::plain(tree.slice(node))?;
    (version > f64::from(VERSION)).then(|| {
        let message = format!(
            "this plan was made with a newer Rootwell (version {version}, this one reads up to {VERSION})"
        );
        Diagnostic {
            path: Some("version".to_owned()),
            ..problem::error(problem::NEWER, tree.span(node), message)
        }
    })
}

/// A mistake about the days of an item says how they are written: "a days" would be no help to anyone.
fn days_in_words(found: Diagnostic) -> Diagnostic {
    let of_days = found
        .path
        .as_deref()
        .is_some_and(|path| path.starts_with("items[") && path.ends_with("].on"));
    let no_days = matches!(found.code, problem::WRONG_KIND | problem::UNKNOWN_NAME);
    if !of_days || !no_days {
        return found;
    }
    Diagnostic {
        message: "`on` should be `Daily`, `On([Monday])` or `Every(2)`".to_owned(),
        notes: Vec::new(),
        ..found
    }
}

/// Takes down what is wrong with a plan.
struct Mistakes<'a> {
    plan: &'a Plan,
    today: Date,
    found: &'a mut Vec<Diagnostic>,
}

impl Mistakes<'_> {
    fn all(mut self) {
        let plan = self.plan;
        for (field, text) in [("title", &plan.title), ("therapist", &plan.therapist)] {
            self.name(field.to_owned(), text);
        }
        self.nought("until", plan.until);
        if plan.items.is_empty() {
            self.error(NOTHING, "items", "there is nothing to do in this plan");
        }
        for (i, &tag) in plan.allows.iter().enumerate() {
            if !can_be_settled(tag) {
                let message = format!("no plan can settle `{tag}`; it stays as it is");
                let path = format!("allows[{i}]");
                let found = Diagnostic::at_path(NOT_SETTLED, Level::Warning, path, message);
                self.found.push(found);
            }
        }
        for (i, item) in plan.items.iter().enumerate() {
            self.item(i, item);
        }
        self.days();
    }

    fn error(&mut self, code: &'static str, path: impl Into<String>, message: impl Into<String>) {
        let found = Diagnostic::at_path(code, Level::Error, path, message);
        self.found.push(found);
    }

    fn name(&mut self, path: String, text: &str) {
        if text.trim().is_empty() {
            self.error(NO_NAME, path, "this is empty");
        }
    }

    fn nought(&mut self, path: impl Into<String>, when: Option<When>) {
        if when == Some(When::Day(0)) {
            self.error(DAY_NOUGHT, path, "the day of opening is `Day(1)`");
        }
    }

    fn item(&mut self, i: usize, item: &Item) {
        let at = |field: &str| format!("items[{i}].{field}");
        self.name(at("name"), &item.name);
        self.name(at("routine"), &item.routine);
        self.nought(at("from"), item.from);
        self.nought(at("until"), item.until);
        if self.plan.items[..i]
            .iter()
            .any(|other| other.name == item.name)
        {
            let message = format!("there are two items of the name `{}`", item.name);
            self.error(TWICE, at("name"), message);
        }
        if item.cap.is_some_and(|cap| cap > HARDEST) {
            self.error(TOO_MUCH, at("cap"), "the cap is at most 7 at home");
        }
        if item.minutes == Some(0) {
            self.error(TOO_MUCH, at("minutes"), "it lasts no time");
        }
        match &item.on {
            Days::Every(0) => self.error(
                NO_DAY,
                at("on"),
                "`Every(0)` is no day; `Daily` is each day",
            ),
            Days::On(days) if days.is_empty() => {
                self.error(NO_DAY, at("on"), "no day of the week is named");
            }
            _ => {}
        }
    }

    /// What is past, and what ends before it begins, for a plan that is opened today.
    fn days(&mut self) {
        let (plan, today) = (self.plan, self.today);
        let date = |when: Option<When>| when.map(|when| when.date(today));
        if let Some(last) = plan.last_day(today).filter(|&last| last < today) {
            let mut items = plan.items.iter();
            let path = match items.position(|item| date(item.until) == Some(last)) {
                Some(i) if plan.until.is_none() => format!("items[{i}].until"),
                _ => "until".to_owned(),
            };
            return self.error(OVER, path, format!("this plan ended on {last}"));
        }
        for (i, item) in plan.items.iter().enumerate() {
            let (from, until) = (date(item.from), date(item.until));
            if let Some(last) = until.filter(|&last| last < today) {
                let message = format!("`{}` ended on {last}", item.name);
                let path = format!("items[{i}].until");
                let found = Diagnostic::at_path(ITEM_OVER, Level::Warning, path, message);
                self.found.push(found);
            } else if from > until.or(from) {
                self.error(
                    BACKWARDS,
                    format!("items[{i}].until"),
                    "it ends before it begins",
                );
            } else if from > date(plan.until).or(from) {
                let message = "it begins after the plan has ended";
                self.error(BACKWARDS, format!("items[{i}].from"), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::rules::RULES;
    use jiff::civil::date;

    /// A Wednesday.
    const TODAY: Date = date(2026, 11, 25);

    fn diagnostics(text: &str) -> Vec<Diagnostic> {
        read(&Source::new("plan.ron", text), TODAY).diagnostics
    }

    /// What is found in a plan with these fields: the text at its place, and the message.
    #[track_caller]
    fn case(fields: &str, expected: &[(&str, &str)]) {
        let text = format!("Plan(version: 1, title: \"Hips\", therapist: \"Ana\", {fields})");
        let found = diagnostics(&text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|found| (&text[found.span.range()], &*found.message))
            .collect();
        assert_eq!(found, expected, "{fields}");
    }

    #[test]
    fn the_examples_of_the_table_are_true() {
        assert!(RULES.is_sorted_by_key(|rule| rule.code));
        for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
            let codes: Vec<&str> = diagnostics(rule.wrong)
                .iter()
                .map(|found| found.code)
                .collect();
            assert_eq!(codes, [rule.code], "{}", rule.wrong);
            assert_eq!(diagnostics(rule.right), [], "{}", rule.right);
        }
    }

    #[test]
    fn mistakes_are_named_with_their_places() {
        case(
            "items: []",
            &[("[]", "there is nothing to do in this plan")],
        );
        case(
            "items: [(name: \"a\", routine: \"r\", cap: 8)]",
            &[("8", "the cap is at most 7 at home")],
        );
        case(
            "items: [(name: \"a\", routine: \" \", from: Day(0))]",
            &[
                ("\" \"", "this is empty"),
                ("Day(0)", "the day of opening is `Day(1)`"),
            ],
        );
        case(
            "items: [(name: \"a\", routine: \"r\", from: Day(9), until: Day(2))]",
            &[("Day(2)", "it ends before it begins")],
        );
        case(
            "items: [(name: \"a\", routine: \"r\", from: Date(\"2026-12-24\"), until: Day(14))]",
            &[("Day(14)", "it ends before it begins")],
        );
        case(
            "until: Day(7), items: [(name: \"a\", routine: \"r\", from: Day(8))]",
            &[("Day(8)", "it begins after the plan has ended")],
        );
        case(
            "until: Date(\"2026-11-24\"), items: [(name: \"a\", routine: \"r\")]",
            &[("Date(\"2026-11-24\")", "this plan ended on 2026-11-24")],
        );
        case(
            "items: [(name: \"a\", routine: \"r\", until: Date(\"2026-11-24\")), (name: \"b\", routine: \"r\")]",
            &[("Date(\"2026-11-24\")", "`a` ended on 2026-11-24")],
        );
        case(
            "items: [(name: \"a\", routine: \"r\", until: Date(\"2026-11-25\"))]",
            &[],
        );
        case(
            "items: [(name: \"a\", routine: \"r\"), (name: \"a\", routine: \"s\", on: Every(0))]",
            &[
                ("\"a\"", "there are two items of the name `a`"),
                ("Every(0)", "`Every(0)` is no day; `Daily` is each day"),
            ],
        );
    }

    #[test]
    fn the_days_of_an_item_are_told_as_they_are_written() {
        let days = "`on` should be `Daily`, `On([Monday])` or `Every(2)`";
        let on = |on: &str| format!("items: [(name: \"a\", routine: \"r\", on: {on})]");
        case(&on("[Monday]"), &[("[Monday]", days)]);
        case(&on("Monday"), &[("Monday", days)]);
        case(&on("3"), &[("3", days)]);
        case(&on("([Monday])"), &[("(", days)]);
        case(&on("dayly"), &[("dayly", days)]);
        case(&on("\"Daily\""), &[("\"Daily\"", days)]);
        case(
            &on("On([Mondy])"),
            &[("Mondy", "there is no day of week called `Mondy`")],
        );
    }

    #[test]
    fn what_is_not_at_hand_is_named() {
        let text = "Plan(version: 1, title: \"Hips\", therapist: \"Ana\", items: [(name: \"a\", routine: \"hips\"), \
                    (name: \"b\", routine: \"here\", variations: [\"easier\", \"harder\"])])";
        let here: Routine = crate::reader::ron_options()
            .from_str(
                "Routine(format: 1, title: \"Here\", promise: \"P\", style: Therapeutic, level: Gentle, areas: [Neck], \
                 positions: [Chair], goals: [T1], author: \"A\", sections: [], variations: [(name: \"easier\")])",
            )
            .expect("the routine of this test reads");
        let reading = read(&Source::new("plan.ron", text), TODAY);
        let found = reading.not_at_hand(|id| (id == "here").then_some(&here));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|found| (&text[found.span.range()], &*found.message))
            .collect();
        assert_eq!(
            found,
            [
                ("\"hips\"", "there is no routine `hips` here"),
                ("\"harder\"", "“Here” has no variation `harder`"),
            ]
        );
    }

    #[test]
    fn a_newer_plan_is_said_to_be_one() {
        let found = diagnostics("Plan(version: 2, items: {\"new\": 3}, colour: \"red\")");
        let [found] = &found[..] else {
            panic!("one sentence: {found:#?}");
        };
        assert!(
            found.message.contains("newer Rootwell"),
            "{}",
            found.message
        );
    }
}
