//! English text as phonemes, in the alphabet of `assets/voice/vocab.json`.
//!
//! A text becomes phrases with pauses between them. Each word is looked up: the author's respelling first, then the
//! house's (`assets/voice/respell.ron`), the few words whose sound depends on their neighbours, the dictionary, the
//! dictionary without an ending, letter by letter where it is in capitals, and last the network for unknown words.

mod dictionary;
mod number;
mod stress;
mod token;
mod unknown;
mod word;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rten::RunOptions;

pub use token::Pause;

use dictionary::Dictionary;
use token::Token;
use unknown::Unknown;

#[cfg(test)]
pub(super) use dictionary::PACKED as WORDS;
#[cfg(test)]
pub(super) use unknown::NETWORK as UNKNOWN;

/// The house's own respellings, as RON.
pub(super) static RESPELLED: &str = include_str!("../../assets/voice/respell.ron");

/// The longest run of phonemes that the voice takes at once.
const LONGEST: usize = 400;

/// What is said in one breath, and how long the voice waits after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    /// Phonemes, words apart by spaces, with the mark that ends it.
    pub phonemes: String,
    /// The pause after it; `None` where a phrase was cut because it is too long for the voice.
    pub pause: Option<Pause>,
}

/// Reads English text.
pub struct Reader {
    dictionary: Dictionary,
    respelled: BTreeMap<String, String>,
    unknown: OnceLock<Unknown>,
    options: RunOptions,
}

impl Reader {
    /// A reader that runs its network as `options` say.
    pub fn new(options: RunOptions) -> Self {
        Self {
            dictionary: Dictionary::new(),
            respelled: ron::from_str(RESPELLED)
                .expect("the house's respellings are part of the program"),
            unknown: OnceLock::new(),
            options,
        }
    }

    /// The phrases of a text; `respell` says how to say words, in lower case.
    pub fn phrases(&self, text: &str, respell: &BTreeMap<String, String>) -> Vec<Phrase> {
        let respell = respell
            .iter()
            .map(|(word, said)| (word.to_lowercase(), said.clone()))
            .collect();
        let mut phrases = Vec::new();
        let mut words = Vec::new();
        for token in token::tokens(text)
            .into_iter()
            .chain([Token::Pause(Pause::Stop, '.')])
        {
            match token {
                Token::Word(word) => words.push(word),
                Token::Pause(pause, mark) => {
                    let mut said = self.clause(&words, &respell);
                    words.clear();
                    if said.is_empty() {
                        continue;
                    }
                    said.push(mark);
                    phrases.extend(fitting(&said).into_iter().map(|phonemes| Phrase {
                        phonemes,
                        pause: None,
                    }));
                    phrases
                        .last_mut()
                        .expect("a clause has at least one part")
                        .pause = Some(pause);
                }
            }
        }
        phrases
    }

    /// Every word of a text that neither a dictionary nor a rule knows, in lower case, with how it is said.
    pub fn unknown_words(&self, text: &str) -> BTreeMap<String, String> {
        let words = token::tokens(text)
            .into_iter()
            .filter_map(|token| match token {
                Token::Word(word) => Some(word),
                Token::Pause(..) => None,
            })
            .filter(|word| !self.knows(word));
        let parts =
            words.flat_map(|word| word.split('-').map(str::to_lowercase).collect::<Vec<_>>());
        parts
            .filter(|part| !self.knows(part))
            .map(|part| (part.clone(), self.alone(&part)))
            .collect()
    }

    /// The house's own respellings: the word in lower case, and how it is said.
    pub fn respelled(&self) -> &BTreeMap<String, String> {
        &self.respelled
    }

    fn unknown(&self) -> &Unknown {
        self.unknown.get_or_init(Unknown::load)
    }
}

/// Pieces of at most [`LONGEST`] symbols, cut between words.
fn fitting(said: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in said.split_inclusive(' ') {
        match pieces.last_mut() {
            Some(piece) if piece.chars().count() + word.chars().count() <= LONGEST => {
                piece.push_str(word)
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}
