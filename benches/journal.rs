//! Opening the journal and reading Journey's first picture, with 100 and with 100 000 entries.
//!
//! `cargo bench --bench journal`; the contract is at most 100 ms more for a thousand times the entries.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::time::{Duration, Instant};

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use rootwell::checkin::Rating;
use rootwell::journal::Entry;
use rootwell::journal::journey::{Measured, NEWEST, Only, pairs, practised, subjects};
use rootwell::names::{Area, Style};
use rootwell::store::Folders;
use rootwell::store::journal::{Journal, Query};

const ROUNDS: usize = 15;

fn main() {
    let few = filled(100);
    let many = filled(100_000);
    let times = [&few, &many].map(|(_, folders)| {
        let mut times: Vec<Duration> = (0..ROUNDS).map(|_| first_picture(folders)).collect();
        times.sort();
        times[ROUNDS / 2]
    });
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("open and first picture, median of {ROUNDS}");
    println!("     100 entries {:>8.2} ms", ms(times[0]));
    println!("  100000 entries {:>8.2} ms", ms(times[1]));
    println!(
        "      difference {:>8.2} ms of 100",
        ms(times[1]) - ms(times[0])
    );
}

fn first_picture(folders: &Folders) -> Duration {
    let start = Instant::now();
    let journal = Journal::open(folders).expect("it was just made");
    let newest = Query {
        newest: Some(NEWEST),
        ..Query::default()
    };
    let entries: Vec<Entry> = journal
        .entries(&newest)
        .expect("it reads")
        .into_iter()
        .map(|(_, entry)| entry)
        .collect();
    let drawn: usize = subjects(&entries)
        .into_iter()
        .map(|(only, _)| {
            Measured::ALL
                .map(|measured| pairs(&entries, measured, &only).n())
                .iter()
                .sum::<usize>()
        })
        .sum();
    let all = pairs(&entries, Measured::Tension, &Only::All);
    assert!(drawn > 0 && all.trend.is_some() && !practised(&entries).is_empty());
    start.elapsed()
}

fn filled(entries: i64) -> (tempfile::TempDir, Folders) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folders = Folders::under(home.path());
    let start: Timestamp = "2000-01-01T18:00:00Z".parse().expect("a moment");
    let first = date(2000, 1, 1);
    let entries: Vec<Entry> = (0..entries)
        .map(|n| {
            let started = start + SignedDuration::from_hours(n);
            let day = first + jiff::Span::new().days(n / 24);
            let routine = ["even-keel", "shoulders-down", "deep-hip-release"][n as usize % 3];
            let mut entry = Entry::begun(started, day, routine, routine, Style::Blend);
            entry.key = n.to_string();
            entry.areas = vec![Area::ALL[n as usize % 15]];
            entry.before.tension = Rating::new((n % 11) as u8);
            entry.after.tension = Rating::new((n % 7) as u8);
            entry.note = "A note of the usual length, about the neck.".to_owned();
            entry
        })
        .collect();
    let export = serde_json::json!({ "version": 1, "entries": entries });
    let mut journal = Journal::open(&folders).expect("a new journal");
    journal
        .import(&export.to_string())
        .expect("an export of ours");
    (home, folders)
}
