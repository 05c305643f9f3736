//! The voice against real time, in one run: `cargo bench --bench voice`.
//!
//! Every figure but the memory is a ratio: seconds of finished sound for a second of work on one core.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::fs;
use std::time::Instant;

use rootwell::speech::{English, Language, Line, Pace, Setup, Speaker, Voice, Worker};

const LINES: &str = include_str!("../tests/voice/scripts.txt");
const PROGRAM: &str = env!("CARGO_BIN_EXE_rootwell");

fn main() {
    let lines: Vec<Line> = LINES.lines().map(line).collect();
    let folder = tempfile::tempdir().expect("a folder for the bench");

    let before = peak_memory();
    let start = Instant::now();
    let english = English::load();
    println!(
        "load            {:>8.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    ratio("in process", &lines, |line| {
        english.speak(line).map(|clip| clip.frames().secs()).ok()
    });
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        println!(
            "memory at peak  {:>8.1} MB more than without",
            (after - before) / 1e3
        );
    }

    let worker = Worker::new(PROGRAM, folder.path().join("voices"));
    ratio("in the worker", &lines, |line| length(&worker, line));
    let spanish: Vec<Line> = lines
        .iter()
        .map(|line| Line {
            language: Some(Language::Spanish),
            ..line.clone()
        })
        .collect();
    ratio("Pico, worker", &spanish, |line| length(&worker, line));

    let speaker = Speaker::new(Setup {
        worker: PROGRAM.into(),
        folder: folder.path().to_owned(),
        limit: 1 << 30,
        external: Vec::new(),
    });
    ratio("first time", &lines, |line| length(&speaker, line));
    ratio("from the cache", &lines, |line| length(&speaker, line));
}

/// `pace`, a tab, the text.
fn line(row: &str) -> Line {
    let (pace, text) = row.split_once('\t').expect("a pace and a text");
    Line::new(
        text,
        if pace == "relaxed" {
            Pace::Relaxed
        } else {
            Pace::Steady
        },
    )
}

fn length(voice: &dyn Voice, line: &Line) -> Option<f64> {
    voice.speak(line).map(|clip| clip.frames().secs()).ok()
}

/// Prints how many seconds of sound come out of a second of work.
fn ratio(what: &str, lines: &[Line], speak: impl Fn(&Line) -> Option<f64>) {
    let start = Instant::now();
    let sound: f64 = lines.iter().filter_map(speak).sum();
    let work = start.elapsed().as_secs_f64();
    println!(
        "{what:<16}{:>8.0} x real time ({sound:.0} s in {work:.2} s)",
        sound / work
    );
}

/// The most that this process has used, in kB, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
