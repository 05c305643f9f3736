//! The studio's own file, `studio.ron`: name, greeting, contact, emergency number, look, and the numbers of the
//! recommendation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::recommend::Thresholds;

/// The studio's own file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Studio {
    /// The version of the file's shape; 1 today.
    pub version: u32,
    /// The studio's name.
    pub name: String,
    /// What stands below the greeting on Today.
    pub greeting: Option<String>,
    /// How to reach the studio, in lines of text.
    pub contact: Option<String>,
    /// Where to book, as text: the app opens nothing.
    pub booking: Option<String>,
    /// The emergency number; shown below the emergency words, never instead of them.
    pub emergency_number: Option<String>,
    /// The crisis line, likewise.
    pub crisis_line: Option<String>,
    /// The logo's file, beside this one.
    pub logo: Option<String>,
    /// The studio's colour as `3D5A73`; checked for contrast, never used for safety.
    pub accent: Option<String>,
    /// The studio's own sounds in the place of ours: Ogg Vorbis, FLAC or WAV files, beside this one.
    pub tones: BTreeMap<Tone, String>,
    /// Whether staff use this machine: the Desk is open.
    pub staff: bool,
    /// The numbers of the recommendation.
    pub thresholds: Thresholds,
}

/// A tone that can be a studio's own: a role of the standard tones, a side of a change, or what stands for a line that is
/// not spoken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Tone {
    /// Get ready.
    #[serde(alias = "ready")]
    Ready,
    /// The work starts.
    #[serde(alias = "start")]
    Start,
    /// Half of it is done.
    #[serde(alias = "half")]
    Half,
    /// It ends soon.
    #[serde(alias = "warning")]
    Warning,
    /// Change, where there is no side.
    #[serde(alias = "switch")]
    Switch,
    /// Let go.
    #[serde(alias = "release")]
    Release,
    /// A question.
    #[serde(alias = "question")]
    Question,
    /// The routine is over.
    #[serde(alias = "end")]
    End,
    /// Change to the left.
    #[serde(alias = "left")]
    Left,
    /// Change to the right.
    #[serde(alias = "right")]
    Right,
    /// What stands for a line that is not spoken.
    #[serde(alias = "notice")]
    Notice,
}

impl Default for Studio {
    fn default() -> Self {
        Self {
            version: 1,
            name: String::new(),
            greeting: None,
            contact: None,
            booking: None,
            emergency_number: None,
            crisis_line: None,
            logo: None,
            accent: None,
            tones: BTreeMap::new(),
            staff: false,
            thresholds: Thresholds::default(),
        }
    }
}

impl Studio {
    /// The thresholds that hold, with the sentences that say which of the studio's do not, and why.
    pub fn checked_thresholds(&self) -> (Thresholds, Vec<String>) {
        self.thresholds.checked()
    }

    /// What is to be said to the author of the file, each a sentence.
    pub fn problems(&self) -> Vec<String> {
        let (_, mut problems) = self.checked_thresholds();
        let number = self.emergency_number.as_deref().unwrap_or_default();
        if number.trim().is_empty() {
            problems.push(
                "`emergency_number` is not written; write it, or \"your local emergency number\" on purpose"
                    .to_owned(),
            );
        }
        let in_file = |problem: String| format!("studio.ron: {problem}");
        problems.into_iter().map(in_file).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_that_weaken_safety_are_not_used() {
        let studio: Studio =
            ron::from_str("(name: \"Roots\", thresholds: (pain_stop: 9, need: 5))")
                .expect("it reads");
        let (thresholds, problems) = studio.checked_thresholds();
        let holds = Thresholds {
            need: 5,
            ..Thresholds::default()
        };
        assert_eq!(thresholds, holds);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn the_emergency_number_is_written_on_purpose() {
        let with = |number: &str| Studio {
            emergency_number: Some(number.to_owned()),
            ..Studio::default()
        };
        assert_eq!(with("your local emergency number").problems(), [""; 0]);
        for studio in [Studio::default(), with(" ")] {
            let problems = studio.problems();
            assert!(
                problems.len() == 1 && problems[0].starts_with("studio.ron: `emergency_number`"),
                "{problems:?}"
            );
        }
    }
}
