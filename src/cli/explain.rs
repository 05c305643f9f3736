//! `explain`: what a code means, why, and how it is done right.

use std::io::Write;

use clap::Args;

use super::{Answer, Exit, Stop};
use crate::diagnostic::Rule;
use crate::wording::nearest;
use crate::{plan, rules, syntax, timeline};

/// What `explain` is told.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A code such as RW142; all codes if none.
    code: Option<String>,
}

/// Every rule that a diagnostic can name, in the order of their codes.
pub fn all_rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = syntax::RULES
        .iter()
        .chain(rules::all())
        .chain(timeline::rules::RULES)
        .chain(plan::RULES)
        .collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Explains one code, or lists all.
pub(super) fn run(args: &Explain, out: &mut dyn Write) -> Answer {
    let rules = all_rules();
    let Some(code) = &args.code else {
        for rule in &rules {
            writeln!(
                out,
                "{}  {:7}  {}",
                rule.code,
                rule.level.word(),
                rule.summary
            )?;
        }
        return Ok(Exit::Fine);
    };
    let wanted = code.to_uppercase();
    let Some(rule) = rules.iter().find(|rule| rule.code == wanted) else {
        return Err(unknown(code, &rules));
    };
    writeln!(
        out,
        "{} ({})\n{}\n\n{}",
        rule.code,
        rule.level.word(),
        rule.summary,
        rule.explanation
    )?;
    for (word, example) in [("Wrong:", rule.wrong), ("Right:", rule.right)] {
        if !example.is_empty() {
            writeln!(out, "\n{word}")?;
            for line in example.lines() {
                writeln!(out, "    {line}")?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn unknown(code: &str, rules: &[&Rule]) -> Stop {
    let near = nearest(code, rules.iter().map(|rule| rule.code));
    let hint = near.map_or("`rootwell explain` lists all".to_owned(), |near| {
        format!("did you mean {near}?")
    });
    Stop::Sentence(format!("there is no code `{code}`; {hint}"))
}
