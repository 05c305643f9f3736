//! Reading a routine of the usual size, as ratios to what the `ron` crate takes in the same run.
//!
//! `cargo bench --bench reading`; the contract is at most 2 for the whole check, so reading alone must stay near 1.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rootwell::reader::{read, ron_options};
use rootwell::routine::Routine;
use rootwell::source::Source;
use rootwell::syntax::Tree;
use rootwell::syntax::format::format;

const ROUTINE: &str = include_str!("routine.ron");
const ROUNDS: usize = 15;
const RUNS: u32 = 400;

fn main() {
    let source = Source::new("routine.ron", ROUTINE);
    assert!(
        read::<Routine>(&source).value.is_some(),
        "the routine has no error"
    );
    let options = ron_options();
    let tree = Tree::parse(&source);
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(time(|| {
            options.from_str::<Routine>(black_box(ROUTINE)).is_ok()
        }));
        times[1].push(time(|| Tree::parse(black_box(&source)).is_well_formed()));
        times[2].push(time(|| read::<Routine>(black_box(&source)).value.is_some()));
        times[3].push(time(|| format(black_box(&tree)).is_empty()));
    }
    let [ron, parse, read, format] = times.map(median);
    let report = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / ron.as_secs_f64();
        println!(
            "{name:<28} {:>7.1} µs   {ratio:.2} × ron",
            time.as_secs_f64() * 1e6 / f64::from(RUNS)
        );
    };
    println!(
        "one routine of {} bytes, median of {ROUNDS} rounds",
        ROUTINE.len()
    );
    report("ron::from_str", ron);
    report("the tree alone", parse);
    report("read, with places", read);
    report("format", format);
}

fn time(mut run: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    for _ in 0..RUNS {
        black_box(run());
    }
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
