//! What a rule finds.

use crate::diagnostic::{Diagnostic, Rule};

/// Takes down what one rule finds.
pub(super) struct Report<'a> {
    pub(super) rule: &'static Rule,
    pub(super) found: &'a mut Vec<Finding>,
}

/// A diagnostic, and what can be changed in the file's tree to remove it.
pub(super) struct Finding {
    pub(super) diagnostic: Diagnostic,
    pub(super) change: Option<Change>,
}

/// A change in the tree that removes a finding.
pub(super) struct Change {
    /// What it does, as a request: `make it 90`.
    pub(super) message: String,
    /// Where.
    pub(super) path: String,
    /// What is done there.
    pub(super) what: What,
    /// Whether nothing else can be meant, so that a machine may do it unasked.
    pub(super) sure: bool,
}

/// What a change does at its path.
pub(super) enum What {
    /// The value becomes this text; a field that is not there is added.
    Set(String),
    /// The value, or the field with its value, is taken away.
    Remove,
    /// This text becomes the last value of the list.
    Append(String),
}

impl Report<'_> {
    /// A finding at a path.
    pub(super) fn at(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Finding {
        let diagnostic = Diagnostic::at_path(self.rule.code, self.rule.level, path, message);
        self.found.push(Finding {
            diagnostic,
            change: None,
        });
        self.found.last_mut().expect("just pushed")
    }
}

impl Finding {
    /// With a further sentence.
    pub(super) fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.diagnostic.notes.push(text.into());
        self
    }

    /// With a change that sets the value at the finding's own path.
    pub(super) fn set(&mut self, text: impl Into<String>) -> &mut Self {
        let text = text.into();
        let path = self.diagnostic.path.clone().unwrap_or_default();
        self.change(format!("write `{text}`"), path, What::Set(text))
    }

    /// With what was probably meant at the finding's own path, for a person to decide.
    pub(super) fn guess(&mut self, text: impl Into<String>) -> &mut Self {
        self.set(text).unsure()
    }

    /// With its change for a person to decide.
    pub(super) fn unsure(&mut self) -> &mut Self {
        if let Some(change) = &mut self.change {
            change.sure = false;
        }
        self
    }

    /// With a change anywhere.
    pub(super) fn change(
        &mut self,
        message: impl Into<String>,
        path: impl Into<String>,
        what: What,
    ) -> &mut Self {
        self.change = Some(Change {
            message: message.into(),
            path: path.into(),
            what,
            sure: true,
        });
        self
    }
}
