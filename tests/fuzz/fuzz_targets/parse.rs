//! The fuzzer's door to `targets/parse.rs`, which the ordinary tests run over the corpus.

#![no_main]

#[path = "../targets/parse.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
