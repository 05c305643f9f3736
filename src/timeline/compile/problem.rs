//! Why a routine cannot become a timeline with the choices made.

use crate::diagnostic::{Diagnostic, Level};

/// An error at a place of the routine; an empty path means the whole file.
pub(super) fn problem(
    code: &'static str,
    path: impl Into<String>,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::at_path(code, Level::Error, path, message)
}
