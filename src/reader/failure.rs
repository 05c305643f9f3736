//! What a visitor can raise: the errors that end a run.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// Why a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Failure {
    /// A field has no value and no default.
    Missing {
        field: &'static str,
        /// The name of the type that needs it.
        of: &'static str,
    },
    /// A field that its visitor does not know.
    Unknown {
        field: String,
        known: &'static [&'static str],
    },
    /// A value of another kind than this.
    Wrong { expected: String },
    /// A value that its type refuses, with the reason.
    Refused { reason: String },
    /// It has been noted already, with its place.
    Noted,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::Refused {
            reason: reason.to_string(),
        }
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Wrong {
            expected: expected.to_string(),
        }
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Wrong {
            expected: expected.to_string(),
        }
    }

    fn invalid_length(_length: usize, expected: &dyn Expected) -> Self {
        Self::Wrong {
            expected: expected.to_string(),
        }
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::Unknown {
            field: field.to_owned(),
            known,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing { field, of: "" }
    }
}

impl Failure {
    /// The same, knowing the type that it is about.
    pub(super) fn of(self, name: &'static str) -> Self {
        match self {
            Self::Missing { field, of: "" } => Self::Missing { field, of: name },
            other => other,
        }
    }
}
