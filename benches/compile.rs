//! How long it takes to compile a 45-minute routine: `cargo bench --bench compile`. The goal is under a millisecond.

#![allow(missing_docs, reason = "a bench speaks through what it prints")]
#![expect(clippy::print_stdout, reason = "a bench prints its figure")]
#![expect(clippy::disallowed_methods, reason = "a bench looks at the clock")]

use std::hint::black_box;
use std::time::Instant;

use rootwell::reader::ron_options;
use rootwell::routine::Routine;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, EmptyShelf, compile};

const ROUNDS: u32 = 400;

fn main() {
    let text = include_str!("routines/whole-body-reset.ron");
    let routine: Routine = ron_options()
        .from_str(text)
        .expect("the fixture is a routine");
    let choices = Choices {
        minutes: Some(45.0),
        choose: Some("deeper".to_owned()),
        ..Choices::default()
    };
    let made = compile(
        &routine,
        "whole-body-reset",
        &choices,
        &Formula,
        &EmptyShelf,
    )
    .expect("45 minutes are within its range");
    let mut fastest = f64::INFINITY;
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let one = Instant::now();
        let timeline = compile(black_box(&routine), "x", &choices, &Formula, &EmptyShelf);
        let _ = black_box(timeline);
        fastest = fastest.min(one.elapsed().as_secs_f64());
    }
    let mean = start.elapsed().as_secs_f64() / f64::from(ROUNDS);
    println!(
        "compile 45 minutes ({} segments, {} events): mean {:.3} ms, fastest {:.3} ms, goal 1 ms",
        made.segments.len(),
        made.events.len(),
        mean * 1e3,
        fastest * 1e3
    );
}
