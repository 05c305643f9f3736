//! The codes of what can be wrong with the writing itself, and the list they are gathered in.

use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::source::Span;
use crate::wording::is_same_name;

pub(crate) const EMPTY: &str = "RW002";
pub(crate) const NEWER: &str = "RW003";
pub(crate) const DEEP: &str = "RW004";
pub(crate) const BYTE_ORDER_MARK: &str = "RW010";
pub(crate) const QUOTES: &str = "RW011";
pub(crate) const ODD_SPACE: &str = "RW012";
pub(crate) const DECIMAL_COMMA: &str = "RW013";
pub(crate) const UNIT: &str = "RW014";
pub(crate) const CLOCK: &str = "RW015";
pub(crate) const COMMA: &str = "RW020";
pub(crate) const COLON: &str = "RW021";
pub(crate) const BRACKET: &str = "RW022";
pub(crate) const WRONG_BRACKET: &str = "RW023";
pub(crate) const UNQUOTED: &str = "RW024";
pub(crate) const STRAY: &str = "RW025";
pub(crate) const NO_VALUE: &str = "RW026";
pub(crate) const NO_NAME: &str = "RW027";
pub(crate) const WHOLE: &str = "RW028";
pub(crate) const ESCAPE: &str = "RW029";
pub(crate) const UNKNOWN_NAME: &str = "RW040";
pub(crate) const UNKNOWN_FIELD: &str = "RW041";
pub(crate) const MISSING_FIELD: &str = "RW042";
pub(crate) const TWICE: &str = "RW043";
pub(crate) const WRONG_KIND: &str = "RW044";
pub(crate) const WRONG_NUMBER: &str = "RW045";
pub(crate) const WRONG_COUNT: &str = "RW046";
pub(crate) const REFUSED: &str = "RW047";
pub(crate) const WRAPPED: &str = "RW048";
pub(crate) const WRONG_NAME: &str = "RW049";

/// An error at a place.
pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::at(code, Level::Error, span, message)
}

/// A diagnostic of a name that is not known, with the one that was meant: sure if only case or hyphens differ.
pub(crate) fn did_you_mean(
    report: Diagnostic,
    place: Span,
    written: &str,
    meant: &str,
) -> Diagnostic {
    let report = report.label(format!("did you mean `{meant}`?"));
    let (message, edits) = (format!("write `{meant}`"), vec![Edit::new(place, meant)]);
    if is_same_name(written, meant) {
        report.fix(message, edits)
    } else {
        report.guess(message, edits)
    }
}

/// Diagnostics while they are gathered; stops growing at twice what is ever shown, whatever the file holds.
#[derive(Clone, Default, Debug)]
pub(crate) struct Problems(pub(crate) Vec<Diagnostic>);

impl Problems {
    /// Whether there are more than will be shown, so that nothing further needs to be found.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= 2 * crate::diagnostic::LIMIT
    }

    /// Takes a diagnostic in.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.0.push(diagnostic);
        }
    }

    /// Takes in an error that needs no more than a sentence.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.push(error(code, span, message));
    }

    /// Takes in what there may be.
    pub(super) fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        if let Some(diagnostic) = diagnostic {
            self.push(diagnostic);
        }
    }
}
