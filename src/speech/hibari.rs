//! The embedded English voice: a small network and a vocoder, in Rust alone (`assets/voice/NOTICE` says whose).

mod vocoder;

use std::collections::HashMap;

use rten::{Model, RunOptions, Value};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::NoVoice;
use vocoder::{BINS, Spectrum, Vocoder};

/// The network as it is kept.
pub(super) static NETWORK: &[u8] = include_bytes!("../../assets/voice/hibari.onnx");
static SYMBOLS: &str = include_str!("../../assets/voice/vocab.json");

/// Samples a second of what this voice says.
///
/// A twelfth below the [`vocoder::RATE`] that it was taught at, so that it speaks a semitone and a half lower, formants
/// and pitch alike: as a larger person speaks, and understood better by far (`tests/voice/heard.txt`).
pub(super) const RATE: u32 = vocoder::RATE / 12 * 11;

/// The network's own name for the length of each sound at its own pace, in steps of 25 ms.
const NATURAL: &str = "/Sub_output_0";
/// The same after it was divided by the speed.
const PACED: &str = "/Div_40_output_0";

/// Speed of a p, t or k that ends a phrase, whatever the pace: drawn out, its burst is heard as an s.
const END: f32 = 1.4;
/// The sounds that end on a burst.
const STOPS: &str = "pbtdkɡ";
/// What may stand after the last sound.
const MARKS: &str = ";:,.!?—…";

/// The network, loaded; about 48 MB while it works.
pub(super) struct Hibari {
    model: Model,
    codes: HashMap<char, i32>,
    vocoder: Vocoder,
    options: RunOptions,
}

impl Hibari {
    /// Loads the network, in about 20 ms; it runs as `options` say.
    pub(super) fn load(options: RunOptions) -> Self {
        let codes: HashMap<String, i32> =
            serde_json::from_str(SYMBOLS).expect("the symbols are part of the program");
        Self {
            model: Model::load_static_slice(NETWORK).expect("the network is part of the program"),
            codes: codes
                .into_iter()
                .filter_map(|(symbol, code)| Some((symbol.chars().next()?, code)))
                .collect(),
            vocoder: Vocoder::new(),
            options,
        }
    }

    /// A phrase of at most 400 phonemes as sound at [`RATE`]; `speed` 1 is the network's own pace, less is slower.
    ///
    /// The same phrase gives the same samples on every run.
    pub(super) fn sound(&self, phonemes: &str, speed: f32) -> Result<Vec<f32>, NoVoice> {
        let symbols: Vec<(char, i32)> = phonemes
            .chars()
            .filter_map(|symbol| Some((symbol, *self.codes.get(&symbol)?)))
            .collect();
        if symbols.is_empty() {
            return Ok(Vec::new());
        }
        let codes = symbols.iter().map(|&(_, code)| code);
        let ids = [0].into_iter().chain(codes).chain([0]).collect();
        let outputs = self
            .run(ids, &speeds(&symbols, speed))
            .map_err(|error| NoVoice::Failed(error.to_string()))?;
        let [pulse, turn, noise, free, phase, pitch] = outputs;
        debug_assert_eq!(pulse.len(), BINS * pitch.len());
        Ok(self.vocoder.sound(&Spectrum {
            pulse: &pulse,
            turn: &turn,
            noise: &noise,
            free: &free,
            phase: &phase,
            pitch: &pitch,
        }))
    }

    /// The network's six outputs, as rows one after another.
    ///
    /// Its `speed` is one for all sounds, so it is not given: the first half runs without it, up to how long each sound
    /// lasts, and the second half goes on from lengths that are divided here.
    fn run(&self, ids: Vec<i32>, speeds: &[f32]) -> Result<[Vec<f32>; 6], rten::RunError> {
        let node = |name| self.model.node_id(name);
        let [pulse, turn, noise, free, phase, pitch] =
            ["lh", "theta", "ln", "lr", "phi", "f0"].map(node);
        let outputs = [pulse?, turn?, noise?, free?, phase?, pitch?];
        let (natural, paced) = (node(NATURAL)?, node(PACED)?);
        let ids = NdTensor::from_data([1, ids.len()], ids);
        let ids = vec![(node("ids")?, (&ids).into())];
        let half = self
            .model
            .partial_run(ids, &outputs, Some(self.options.clone()))?;
        let inputs = half.into_iter().map(|(id, value)| {
            if id == natural {
                let lengths = rows(value).into_iter().zip(speeds);
                let lengths: Vec<f32> = lengths.map(|(length, speed)| length / speed).collect();
                (paced, NdTensor::from_data([lengths.len()], lengths).into())
            } else {
                (id, value.into())
            }
        });
        Ok(self
            .model
            .run_n(inputs.collect(), outputs, Some(self.options.clone()))?
            .map(rows))
    }
}

/// The speed of each symbol and of the silence at both ends.
fn speeds(symbols: &[(char, i32)], speed: f32) -> Vec<f32> {
    let mut speeds = vec![speed; symbols.len() + 2];
    let last = symbols
        .iter()
        .rposition(|&(symbol, _)| !MARKS.contains(symbol));
    if let Some(last) = last.filter(|&last| STOPS.contains(symbols[last].0)) {
        speeds[last + 1] = END;
    }
    speeds
}

fn rows(value: Value) -> Vec<f32> {
    match value {
        Value::FloatTensor(tensor) => tensor.to_vec(),
        _ => unreachable!("all outputs of this network are numbers with a fraction"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which sounds of a phrase are said at their own speed; `<` and `>` are its silent ends.
    #[track_caller]
    fn case(phonemes: &str, expected: &str) {
        let symbols: Vec<(char, i32)> = phonemes.chars().map(|symbol| (symbol, 1)).collect();
        let own = speeds(&symbols, 0.5).into_iter().map(|speed| speed == END);
        let named = ['<'].into_iter().chain(phonemes.chars()).chain(['>']);
        let said: String = named
            .zip(own)
            .filter_map(|(symbol, own)| own.then_some(symbol))
            .collect();
        assert_eq!(said, expected, "{phonemes}");
    }

    #[test]
    fn only_a_burst_at_the_end_is_not_drawn_out() {
        case("lˈɛt ɪt dɹˈɑp.", "p");
        case("nˈW wˈAt?", "t");
        case("bˈæk", "k");
        case("ænd ɹəlˈis.", "");
        case("slˈOli,", "");
        case("…", "");
        case("", "");
    }
}
