//! What fuzzing has met, as ordinary tests: each target over its folder of `tests/corpus`.

use std::fs;
use std::path::Path;

#[path = "fuzz/targets/check.rs"]
mod check;
#[path = "fuzz/targets/compile.rs"]
mod compile;
#[path = "fuzz/targets/parse.rs"]
mod parse;

fn holds(folder: &str, target: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(folder);
    let files = fs::read_dir(folder).unwrap();
    let met = files.map(|file| target(&fs::read(file.unwrap().path()).unwrap()));
    assert!(met.count() > 10);
}

#[test]
fn what_was_parsed_holds() {
    holds("parse", parse::run);
}

#[test]
fn what_was_checked_holds() {
    holds("check", check::run);
}

#[test]
fn what_was_compiled_holds() {
    holds("compile", compile::run);
}
