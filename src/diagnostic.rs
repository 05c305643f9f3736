//! What is wrong with a file, as plain data: drawn on a terminal, in the window or as JSON by others.
//!
//! A diagnostic is born either at a [`Span`], while text is read, or at a path such as
//! `sections[3].steps[0].do.pressure`, when the value is checked; the syntax tree turns paths into spans.

pub mod json;
pub mod terminal;

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// The most diagnostics that one file is given; a reader of more would not read on either.
pub const LIMIT: usize = 50;

/// How much it matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The file cannot be used like this.
    Error,
    /// The file can be used, and should be changed.
    Warning,
    /// Good to know; never makes a check fail.
    Note,
}

impl Level {
    /// The word for it: `error`, `warning` or `note`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that is wrong, or good to know, with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// `RW` and three digits; its [`Rule`] explains it.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// One sentence without a full stop.
    pub message: String,
    /// Where, in bytes.
    pub span: Span,
    /// Where, as a path into the value; `None` for what is not inside a value.
    pub path: Option<String>,
    /// A few words that stand at the place itself; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What a machine can do about it.
    pub fix: Option<Fix>,
}

/// Another place with what is to be said about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where, in bytes.
    pub span: Span,
    /// A few words.
    pub text: String,
}

/// A change that removes the diagnostic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, as a request: `write it with a point`.
    pub message: String,
    /// Whether nothing else can be meant, so that a machine may make it unasked.
    pub sure: bool,
    /// The changes, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// One stretch of text to be replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; an empty stretch inserts.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

impl Edit {
    /// Puts `text` in place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    /// A text with this change made.
    pub fn applied(&self, text: &str) -> String {
        let (before, after) = (
            &text[..self.span.start as usize],
            &text[self.span.end as usize..],
        );
        [before, &self.text, after].concat()
    }
}

impl Diagnostic {
    /// A diagnostic at a stretch of text.
    pub fn at(code: &'static str, level: Level, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            span,
            path: None,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fix: None,
        }
    }

    /// A diagnostic at a path into the value; `Tree::locate` finds its span.
    pub fn at_path(
        code: &'static str,
        level: Level,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::at(code, level, Span::default(), message)
        }
    }

    /// A file that cannot be read at all, at line 1, column 1. The message may be that of a [`crate::source::Unreadable`].
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::at("RW001", Level::Error, Span::default(), message)
    }

    /// The same with a few words at its place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// The same with another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// The same with a further sentence.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// The same with what a machine can do about it.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            sure: true,
            edits,
        });
        self
    }

    /// The same with what was probably meant, for a person to decide.
    #[must_use]
    pub fn guess(mut self, message: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            sure: false,
            edits,
        });
        self
    }
}

/// Puts a file's diagnostics in the order of their places, drops what is said twice and what is beyond
/// [`LIMIT`].
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.span.start, a.code, a.span.end, &a.message).cmp(&(
            b.span.start,
            b.code,
            b.span.end,
            &b.message,
        ))
    });
    diagnostics.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.message == b.message);
    if diagnostics.len() > LIMIT {
        let errors = |diagnostic: &Diagnostic| diagnostic.level == Level::Error;
        // An error further down must not be lost behind fifty notes.
        if diagnostics[LIMIT..].iter().any(errors) {
            diagnostics.sort_by_key(|diagnostic| diagnostic.level);
            diagnostics.truncate(LIMIT);
            diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code));
        }
        diagnostics.truncate(LIMIT);
        let last = &mut diagnostics[LIMIT - 1];
        last.notes
            .push(format!("there is more; the first {LIMIT} are shown"));
    }
}

/// The text after all edits of all fixes that do not overlap; of two that do, the earlier one counts.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    let mut fixes: Vec<&Fix> = fixes
        .into_iter()
        .filter(|fix| !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|fix| fix.edits[0].span);
    let mut edits: Vec<&Edit> = Vec::new();
    for fix in fixes {
        let overlaps = |edit: &Edit| {
            edits.iter().any(|taken| {
                taken.span == edit.span
                    || (taken.span.start < edit.span.end && edit.span.start < taken.span.end)
            })
        };
        if !fix.edits.iter().any(overlaps) {
            edits.extend(&fix.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let mut fixed = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        fixed.push_str(&text[copied..edit.span.start as usize]);
        fixed.push_str(&edit.text);
        copied = edit.span.end as usize;
    }
    fixed.push_str(&text[copied..]);
    fixed
}

/// One entry of the table that `explain`, the authors' guide and the tests read.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `RW` and three digits.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// Why, and what to do, in a few sentences.
    pub explanation: &'static str,
    /// A text that breaks the rule.
    pub wrong: &'static str,
    /// The same text as it should be.
    pub right: &'static str,
}

impl Rule {
    /// A rule whose break is an error.
    pub(crate) const fn error(
        code: &'static str,
        summary: &'static str,
        explanation: &'static str,
        wrong: &'static str,
        right: &'static str,
    ) -> Self {
        Self {
            code,
            level: Level::Error,
            summary,
            explanation,
            wrong,
            right,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(start: u32, message: &str) -> Diagnostic {
        Diagnostic::at("RW002", Level::Error, Span::at(start), message)
    }

    #[test]
    fn diagnostics_are_sorted_once_each_and_capped() {
        let mut two = vec![error(5, "b"), error(1, "a"), error(5, "b")];
        tidy(&mut two);
        assert_eq!(two, [error(1, "a"), error(5, "b")]);

        let mut many: Vec<_> = (0..60)
            .map(|n| Diagnostic::at("RW003", Level::Note, Span::at(n), "note"))
            .chain([error(99, "late")])
            .collect();
        tidy(&mut many);
        assert_eq!(many.len(), LIMIT);
        assert_eq!(
            many.iter()
                .filter(|diagnostic| diagnostic.message == "late")
                .count(),
            1
        );
        assert!(many[LIMIT - 1].notes[0].contains("first 50"));
    }

    #[test]
    fn fixes_that_overlap_are_not_both_applied() {
        let fix = |start, end, text: &str| Fix {
            message: String::new(),
            sure: true,
            edits: vec![Edit::new(Span::new(start, end), text)],
        };
        assert_eq!(
            apply(
                "a = 30s;",
                &[
                    fix(4, 7, "30"),
                    fix(2, 3, ":"),
                    fix(5, 6, "x"),
                    fix(7, 8, ",")
                ]
            ),
            "a : 30,"
        );
        assert_eq!(apply("ab", &[fix(1, 1, "-"), fix(1, 1, "-")]), "a-b");
    }
}
