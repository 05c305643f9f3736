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
pub(super) const RATE: u32 = vocoder::RATE;

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

    /// A phrase of at most 400 phonemes as sound at [`RATE`]; `speed` 1 is the teacher's pace, less is slower.
    ///
    /// The same phrase gives the same samples on every run.
    pub(super) fn sound(&self, phonemes: &str, speed: f32) -> Result<Vec<f32>, NoVoice> {
        let symbols = phonemes
            .chars()
            .filter_map(|symbol| self.codes.get(&symbol).copied());
        let ids: Vec<i32> = [0].into_iter().chain(symbols).chain([0]).collect();
        if ids.len() < 3 {
            return Ok(Vec::new());
        }
        let outputs = self
            .run(ids, speed)
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
    fn run(&self, ids: Vec<i32>, speed: f32) -> Result<[Vec<f32>; 6], rten::RunError> {
        let node = |name| self.model.node_id(name);
        let ids = NdTensor::from_data([1, ids.len()], ids);
        let speed = NdTensor::from_data([1], vec![speed]);
        let inputs = vec![
            (node("ids")?, (&ids).into()),
            (node("speed")?, (&speed).into()),
        ];
        let [pulse, turn, noise, free, phase, pitch] =
            ["lh", "theta", "ln", "lr", "phi", "f0"].map(node);
        let outputs = [pulse?, turn?, noise?, free?, phase?, pitch?];
        Ok(self
            .model
            .run_n(inputs, outputs, Some(self.options.clone()))?
            .map(rows))
    }
}

fn rows(value: Value) -> Vec<f32> {
    match value {
        Value::FloatTensor(tensor) => tensor.to_vec(),
        _ => unreachable!("all outputs of this network are numbers with a fraction"),
    }
}
