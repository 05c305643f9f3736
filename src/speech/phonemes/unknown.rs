//! Words that no dictionary knows, by a small network: `assets/voice/oov.onnx`.

use std::collections::HashMap;

use rten::{Model, RunOptions};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use serde::Deserialize;

/// The file as it is kept.
pub(in crate::speech) static NETWORK: &[u8] = include_bytes!("../../../assets/voice/oov.onnx");
static SYMBOLS: &str = include_str!("../../../assets/voice/oov.json");

/// A reader of spellings that it has never seen.
pub(super) struct Unknown {
    model: Model,
    codes: HashMap<char, i32>,
    symbols: Vec<String>,
    longest: usize,
}

#[derive(Deserialize)]
struct Symbols {
    #[serde(rename = "in")]
    letters: Vec<String>,
    #[serde(rename = "out")]
    symbols: Vec<String>,
    maxlen: usize,
}

impl Unknown {
    /// The network that is part of the program; loading takes some milliseconds.
    pub(super) fn load() -> Self {
        let Symbols {
            letters,
            symbols,
            maxlen,
        } = serde_json::from_str(SYMBOLS).expect("the symbols are part of the program");
        let codes = (1..)
            .zip(letters)
            .filter_map(|(code, letter)| Some((letter.chars().next()?, code)));
        Self {
            model: Model::load_static_slice(NETWORK).expect("the network is part of the program"),
            codes: codes.collect(),
            symbols,
            longest: maxlen,
        }
    }

    /// How a word may be said; nothing where it has no letter that the network knows.
    pub(super) fn read(&self, word: &str, options: &RunOptions) -> String {
        let letters: Vec<i32> = word
            .chars()
            .filter_map(|letter| self.codes.get(&letter).copied())
            .take(self.longest)
            .collect();
        if letters.is_empty() {
            return String::new();
        }
        let input = NdTensor::from_data([1, letters.len()], letters);
        let Ok(output) = self.model.run_one((&input).into(), Some(options.clone())) else {
            return String::new();
        };
        let path: NdTensor<i32, 2> = output
            .try_into()
            .expect("the network gives one row of codes");
        self.word(path.iter().copied())
    }

    /// The symbols of a path: repeats are one, 0 stands between.
    fn word(&self, path: impl Iterator<Item = i32>) -> String {
        let mut before = 0;
        let mut said = String::new();
        for code in path {
            if code != before && code > 0 {
                said += &self.symbols[code as usize - 1];
            }
            before = code;
        }
        said
    }
}
