//! The real window on a virtual screen, driven as a person does: by keys, by a screen reader, by a second start.
//! `ROOTWELL_HIDDEN=600` hides it for so many seconds. Its pictures go to `target/tmp/window`.

#![expect(
    clippy::disallowed_methods,
    reason = "whether something ends on time is measured"
)]

mod stage;

use std::time::{Duration, Instant};

use rootwell::journal::End;

use super::is_live;
use super::server::Server;
use stage::{Reader, Window, home};

/// How long the hidden session lasts, in seconds.
fn hidden() -> u32 {
    std::env::var("ROOTWELL_HIDDEN")
        .ok()
        .and_then(|secs| secs.parse().ok())
        .unwrap_or(15)
}

/// Waits until the session is in the journal, and answers how late that is.
fn late(window: &Window, begun: Instant, planned: u32) -> f64 {
    let entry = window.ended(Duration::from_secs(u64::from(planned) + 60));
    assert_eq!(entry.end, End::Finished);
    assert!(entry.seconds().abs_diff(planned.into()) <= 1, "{entry:?}");
    begun.elapsed().as_secs_f64() - f64::from(planned)
}

#[test]
fn a_routine_plays_to_its_end_with_sound() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let recording = server.record();
    let home = home(15);
    let window = Window::open(&home, &server, &[&home.routine()]);
    window.sees("heading", "A Rest");
    window.picture("routine");
    window.key("Return");
    window.sees("push button", "None of these today");
    window.picture("safety");
    window.key("Return");
    let begun = Instant::now();
    window.sees("push button", "Something feels wrong");
    window.picture("player");
    // Opening the sound takes up to two seconds, which the routine waits for.
    let late = late(&window, begun, 15);
    assert!((-1.0..8.0).contains(&late), "{late} s late");
    window.sees("push button", "Done for today");
    window.picture("after");
    let sound = recording.samples();
    let loud = sound.iter().filter(|sample| sample.abs() > 0.01).count();
    assert!(loud > 24_000, "{loud} loud samples of {}", sound.len());
    window.key("Escape");
    window.sees("heading", "How does today feel?");
    window.picture("today");
}

#[test]
fn a_screen_reader_finds_a_name_on_everything_and_presses_begin() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let home = home(15);
    let _on = Reader::switched_on();
    let window = Window::open(&home, &server, &[]);
    window.sees(
        "heading",
        "A screen reader is on. Who speaks during a routine?",
    );
    window.all_named("the first question");
    window.press("Rootwell’s voice");
    window.sees("heading", "Three quiet minutes");
    for key in ["ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+comma", "F1"] {
        window.key(key);
        std::thread::sleep(Duration::from_secs(1));
        window.all_named(key);
    }
    window.key("ctrl+1");
    window.press("Begin · 3 minutes");
    window.press("None of these today");
    window.sees("push button", "Something feels wrong");
    window.all_named("the player");
    window.press("Something feels wrong");
    window.sees("heading", "We have stopped.");
    window.all_named("the stop card");
}

#[test]
fn a_session_in_an_iconified_window_ends_on_time() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let home = home(hidden());
    let window = Window::open(&home, &server, &[&home.routine()]);
    window.sees("heading", "A Rest");
    window.key("Return");
    window.sees("push button", "None of these today");
    window.key("Return");
    let begun = Instant::now();
    window.sees("push button", "Something feels wrong");
    window.iconify();
    assert!(!window.is_seen());
    let before = window.cpu();
    let late = late(&window, begun, hidden());
    let share = (window.cpu().as_secs_f64() - before.as_secs_f64()) / f64::from(hidden());
    println!(
        "{} s hidden: {late:.1} s late, {:.1} % of a core",
        hidden(),
        100.0 * share
    );
    assert!((-1.0..8.0).contains(&late), "{late} s late");
    window.raise();
    window.sees("push button", "Done for today");
}

#[test]
fn a_second_start_raises_the_first_window_and_hands_it_a_file() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let home = home(15);
    let window = Window::open(&home, &server, &[]);
    window.sees("heading", "Three quiet minutes");
    window.iconify();
    assert!(!window.is_seen());
    assert!(
        Window::start(&home, &server, &[&home.routine()])
            .wait()
            .unwrap()
            .success()
    );
    window.sees("heading", "A Rest");
    assert!(window.is_seen());
    let mistaken = home.write("mistaken.ron", "Routine(format: 1, title: 5)");
    assert!(
        Window::start(&home, &server, &[&mistaken])
            .wait()
            .unwrap()
            .success()
    );
    window.sees_part("status bar", "Mistaken.ron was not added");
    window.picture("mistaken");
}
