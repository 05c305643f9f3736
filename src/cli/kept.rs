//! What the commands about a person share: the folders, the date, and errors as sentences.

use std::fmt::Display;

use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::{Stop, World};
use crate::store::Folders;

impl World {
    /// Where everything is kept.
    pub(super) fn kept(&self) -> Result<&Folders, Stop> {
        let none = "there is no home folder; set ROOTWELL_HOME to the folder where everything is to be kept";
        self.folders
            .as_ref()
            .ok_or_else(|| Stop::Sentence(none.to_owned()))
    }
}

/// An error as the sentence that a person reads.
pub(super) fn stop(error: impl Display) -> Stop {
    Stop::Sentence(error.to_string())
}

/// The local date.
pub(super) fn today() -> Date {
    now().date()
}

/// This moment, with the time zone.
pub(super) fn now() -> ZonedDateTime {
    ZonedDateTime::now()
}
