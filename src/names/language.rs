//! The languages that a routine can be spoken in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language that Rootwell can have a voice for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Language {
    /// American English, the embedded neural voice.
    English,
    /// British English.
    British,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Italian.
    Italian,
}

impl Language {
    /// Every language, in the order of the list.
    pub const ALL: &'static [Self] = &[
        Self::English,
        Self::British,
        Self::German,
        Self::Spanish,
        Self::French,
        Self::Italian,
    ];

    /// The language of a tag such as `en`, `en-GB` or `es`; `None` for one that no voice knows.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        Some(match tag.split('-').next()? {
            "en" if tag == "en-gb" => Self::British,
            "en" => Self::English,
            "de" => Self::German,
            "es" => Self::Spanish,
            "fr" => Self::French,
            "it" => Self::Italian,
            _ => return None,
        })
    }
}

/// Its name in English.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::English => "English",
            Self::British => "British English",
            Self::German => "German",
            Self::Spanish => "Spanish",
            Self::French => "French",
            Self::Italian => "Italian",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn tag(tag: &str, expected: Option<Language>) {
        assert_eq!(Language::from_tag(tag), expected, "{tag}");
    }

    #[test]
    fn tags_name_languages() {
        tag("en", Some(Language::English));
        tag("en-US", Some(Language::English));
        tag("en_GB", Some(Language::British));
        tag("es-MX", Some(Language::Spanish));
        tag("DE", Some(Language::German));
        tag("pt", None);
        tag("", None);
    }
}
