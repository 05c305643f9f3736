//! How long it takes to compose a blend: `cargo bench --bench blend`. The goal is under 5 ms for any two routines and
//! any length.

#![expect(clippy::print_stdout, reason = "a bench prints its figure")]
#![expect(clippy::disallowed_methods, reason = "a bench looks at the clock")]

use std::hint::black_box;
use std::time::Instant;

use rootwell::blend::{MINUTES, Wanted, blend};
use rootwell::checkin::CheckIn;
use rootwell::library::Library;
use rootwell::names::Style;
use rootwell::recommend::adapt::Demands;
use rootwell::routine::Routine;
use rootwell::units::Pressure;

const ROUNDS: u32 = 20;

fn main() {
    let library = Library::built_in();
    let of = |style: Style| -> Vec<&Routine> {
        library
            .entries()
            .iter()
            .filter_map(|entry| entry.checked.routine.as_ref())
            .filter(|routine| routine.style == style)
            .collect()
    };
    let limits = CheckIn::default().limits();
    let (mut slowest, mut sum, mut made) = (0.0_f64, 0.0, 0_u32);
    for relax in of(Style::Relaxation) {
        for release in of(Style::Therapeutic) {
            for minutes in MINUTES.0..=30 {
                let wanted = Wanted {
                    relax,
                    release: &[release],
                    minutes,
                    share: 40,
                    cap: Pressure(6),
                    demands: Demands {
                        limits: limits.clone(),
                        ..Demands::default()
                    },
                };
                let start = Instant::now();
                for _ in 0..ROUNDS {
                    let _ = black_box(blend(black_box(&wanted)));
                }
                let mean = start.elapsed().as_secs_f64() / f64::from(ROUNDS);
                slowest = slowest.max(mean);
                sum += mean;
                made += 1;
            }
        }
    }
    println!(
        "{made} blends of 10 to 30 minutes: mean {:.2} ms, slowest {:.2} ms, goal 5 ms",
        sum / f64::from(made) * 1e3,
        slowest * 1e3
    );
}
