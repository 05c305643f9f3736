//! What is heard otherwise than it was meant: told once, by whoever has a face.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::NoVoice;
use crate::words::Words;

/// Troubles that were met, and those that have been told.
#[derive(Default)]
pub(super) struct Troubles(Mutex<Met>);

#[derive(Default)]
struct Met {
    new: BTreeSet<Trouble>,
    told: BTreeSet<Trouble>,
}

/// Something that does not sound as it was meant. In the order in which it is told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Trouble {
    /// The voice program of the settings, and why our own voice speaks.
    Program(String),
    /// A recording by its name, and why a voice says its line.
    Recording(String, String),
    /// A tone of the studio by its file, and why ours sounds in its place.
    Tone(String, String),
    /// Why lines are not spoken at all.
    Mute(String),
}

/// Why a file is not used, without what is said of it anyway.
pub fn reason(why: NoVoice) -> String {
    match why {
        NoVoice::Recording(why) => why,
        other => other.to_string(),
    }
}

impl Troubles {
    /// Takes one down.
    pub(super) fn meet(&self, trouble: Trouble) {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !met.told.contains(&trouble) {
            met.new.insert(trouble);
        }
    }

    /// What has not been told yet, each kind as one sentence without a full stop.
    pub(super) fn take(&self, words: &Words) -> Vec<String> {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = std::mem::take(&mut met.new);
        let sentences = sentences(&new, words);
        met.told.extend(new);
        sentences
    }
}

fn sentences(troubles: &BTreeSet<Trouble>, words: &Words) -> Vec<String> {
    // What another program or the system says stays as it is.
    let why = |why: &str| words.unheard.get(why).cloned().unwrap_or(why.to_owned());
    let mut sentences = Vec::new();
    let (mut recordings, mut tones) = (Vec::new(), Vec::new());
    for trouble in troubles {
        match trouble {
            Trouble::Program(error) => {
                sentences.push(words.fill(&words.failure.voice_program, &[("error", &why(error))]))
            }
            Trouble::Mute(error) => {
                sentences.push(words.fill(&words.failure.voice_mute, &[("error", &why(error))]));
            }
            Trouble::Recording(name, error) => recordings.push(format!("{name} ({})", why(error))),
            Trouble::Tone(name, error) => tones.push(format!("{name} ({})", why(error))),
        }
    }
    let lists = [
        (&words.failure.voice_recordings, recordings),
        (&words.failure.voice_tones, tones),
    ];
    for (what, files) in lists.into_iter().filter(|(_, files)| !files.is_empty()) {
        sentences.push(words.fill(what, &[("files", &files.join(", "))]));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_reason_of_ours_is_said_in_the_persons_language() {
        for why in [
            NoVoice::UnknownLanguage,
            NoVoice::TooLong,
            NoVoice::TimeOut,
            NoVoice::Stopped,
        ] {
            let why = reason(why);
            let troubles = Troubles::default();
            troubles.meet(Trouble::Mute(why.clone()));
            let said = troubles.take(Words::of(Language::Spanish));
            assert!(said.len() == 1 && !said[0].contains(&why), "{said:?}");
        }
    }

    #[test]
    fn each_trouble_is_told_once_and_recordings_in_one_line() {
        let english = Words::of(Language::English);
        let troubles = Troubles::default();
        let recording = |name: &str, why: NoVoice| {
            troubles.meet(Trouble::Recording(name.to_owned(), reason(why)));
        };
        for _ in 0..3 {
            recording("b.wav", NoVoice::Recording("it is not there".to_owned()));
            recording("a.ogg", NoVoice::TimeOut);
            troubles.meet(Trouble::Mute(NoVoice::UnknownLanguage.to_string()));
        }
        assert_eq!(
            troubles.take(english),
            [
                "there is no voice for the language of this routine; captions and tones stand for what is not spoken",
                "recordings that cannot be used, a voice stands in for them: \
                 a.ogg (the voice took too long over this line), b.wav (it is not there)",
            ]
        );
        recording("b.wav", NoVoice::Recording("it is not there".to_owned()));
        assert_eq!(troubles.take(english), [""; 0]);
    }
}
