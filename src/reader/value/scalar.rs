//! Numbers and texts, also those that were written as the other.

use std::borrow::Cow;

use super::Value;
use crate::diagnostic::Edit;
use crate::reader::text;
use crate::source::Span;
use crate::syntax::problem;
use crate::syntax::{NodeKind, number};

impl<'a> Value<'a> {
    /// The text of a number; `None` if nothing can be told, which has been reported.
    pub(super) fn number(self, expected: &str) -> Option<(Self, &'a str)> {
        let value = self.content(expected)?;
        match value.kind() {
            NodeKind::Number => return Some((value, value.slice())),
            NodeKind::Text => {
                let inner = text::plain(value.slice());
                if let Some(meant) = number::meant(inner) {
                    let span = value.span();
                    let report = problem::error(
                        problem::WRONG_KIND,
                        span,
                        "numbers are written without quotation marks",
                    );
                    let write =
                        |digits: &str| (format!("write `{digits}`"), vec![Edit::new(span, digits)]);
                    let report = if number::plain(inner).is_some() {
                        let (message, edits) = write(inner);
                        report.fix(message, edits)
                    } else {
                        let (message, edits) = write(&meant.to_string());
                        report.guess(message, edits)
                    };
                    value.context.report(value.node, report);
                    return Some((value, inner));
                }
            }
            NodeKind::Word if is_not_finite(value.slice()) => {
                value.report(
                    problem::WRONG_NUMBER,
                    value.span(),
                    format!("`{}` is no number here", value.slice()),
                    None,
                );
                value.context.hole(value.node);
                return None;
            }
            _ => {}
        }
        value.context.wrong_kind(value.node, expected);
        None
    }

    /// A whole number between two bounds; the nearest one where it is not.
    pub(super) fn integer(self, low: i128, high: i128) -> Option<i128> {
        let (value, text) = self.number("a whole number")?;
        if let Some(integer) = integer(text) {
            if (low..=high).contains(&integer) {
                return Some(integer);
            }
            let subject = value.context.subject(value.node);
            let message = if integer < low && low == 0 {
                format!("{subject} cannot be below 0")
            } else {
                format!("{subject} should be between {low} and {high}")
            };
            value.report(problem::WRONG_NUMBER, value.span(), message, None);
            value.context.hole(value.node);
            return None;
        }
        let Some(meant) = number::meant(text) else {
            value.context.hole(value.node);
            return None;
        };
        if number::plain(text).is_some() {
            let subject = value.context.subject(value.node);
            let fix = (meant.fract() == 0.0).then(|| {
                let digits = format!("{meant}");
                (
                    format!("write `{digits}`"),
                    vec![Edit::new(value.span(), digits)],
                )
            });
            value.report(
                problem::WRONG_NUMBER,
                value.span(),
                format!("{subject} should be a whole number"),
                fix,
            );
        }
        Some((meant.round() as i128).clamp(low, high))
    }

    /// A number that is finite and not beyond `limit`.
    pub(super) fn float(self, limit: f64) -> Option<f64> {
        let (value, text) = self.number("a number")?;
        let Some(number) = number::meant(text) else {
            value.context.hole(value.node);
            return None;
        };
        if number.abs() <= limit {
            return Some(number);
        }
        value.report(
            problem::WRONG_NUMBER,
            value.span(),
            "this number is too large",
            None,
        );
        value.context.hole(value.node);
        None
    }

    /// What a text says; `None` if nothing can be told, which has been reported.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        let value = self.content("a text")?;
        let span = value.span();
        match value.kind() {
            NodeKind::Text => {
                let (text, wrong) = text::unquote(value.slice());
                for (start, end, reason) in wrong {
                    let place = Span::new(span.start + start as u32, span.start + end as u32);
                    value.report(problem::ESCAPE, place, reason, None);
                }
                Some(text)
            }
            NodeKind::Word | NodeKind::Number | NodeKind::Letter => {
                let text = value.slice().trim_matches('\'');
                let quoted = format!("\"{text}\"");
                let subject = value.context.subject(value.node);
                let fix = (
                    "put it between quotation marks".to_owned(),
                    vec![Edit::new(span, quoted)],
                );
                let message = format!("{subject} is a text, which stands between quotation marks");
                value.report(problem::UNQUOTED, span, message, Some(fix));
                Some(Cow::Borrowed(text))
            }
            _ => {
                value.context.wrong_kind(value.node, "a text");
                None
            }
        }
    }
}

fn is_not_finite(word: &str) -> bool {
    matches!(
        word.trim_start_matches(['+', '-']),
        "inf" | "NaN" | "nan" | "Inf" | "infinity" | "Infinity"
    )
}

/// The value of a whole number without sign or with one; what is too large for `i128` is at its end.
pub(super) fn integer(text: &str) -> Option<i128> {
    if text.len() < 18 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // The fast way for what nearly all numbers are.
        let digits = text.bytes().map(|digit| u64::from(digit - b'0'));
        return Some(i128::from(digits.fold(0, |sum, digit| sum * 10 + digit)));
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let end = if text.starts_with('-') {
        i128::MIN
    } else {
        i128::MAX
    };
    Some(text.parse().unwrap_or(end))
}
