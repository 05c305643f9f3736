//! Sessions on a real sound server, which is made to vanish, hang and come back. They run only where `scripts/test --all`
//! says so (`ROOTWELL_LIVE`), each on a server of its own. `ROOTWELL_KILLS=100` makes the long version.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests, and a process that speaks in lines"
)]

#[cfg(all(target_os = "linux", feature = "device"))]
mod desktop;
mod performer;
mod server;
mod terminal;
#[cfg(all(target_os = "linux", feature = "gui", feature = "device"))]
mod window;

use std::time::Duration;

use performer::Performer;
use server::Server;

/// Whether there is a stage to play on.
fn is_live() -> bool {
    std::env::var_os("ROOTWELL_LIVE").is_some()
}

/// How often the server is killed in one session.
fn kills() -> u32 {
    std::env::var("ROOTWELL_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(3)
}

/// Lengths of time that differ from kill to kill and are the same in every run.
fn varied(kill: u32, from: u64, to: u64) -> Duration {
    let mixed = u64::from(kill).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    Duration::from_millis(from + mixed % (to - from))
}

#[test]
fn clicks_of_each_second_are_recorded_to_the_frame() {
    if !is_live() {
        return;
    }
    let mut gaps = Vec::new();
    // The sound server of an overloaded machine leaves holes, which is not what this is about.
    for _ in 0..3 {
        gaps = recorded_gaps();
        if gaps == [48_000; 59] {
            return;
        }
    }
    panic!("in each of three recordings: {gaps:?}");
}

/// The frames between the clicks of a session, as they are recorded.
fn recorded_gaps() -> Vec<usize> {
    let server = Server::start();
    let recording = server.record();
    let mut performer = Performer::start("clicks", &server);
    performer.ends(Duration::from_secs(90));
    let clicks = recording.clicks();
    clicks.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn a_killed_server_costs_the_eye_nothing_but_sound() {
    if is_live() {
        kill_again_and_again("eye");
    }
}

#[test]
fn a_killed_server_makes_the_ear_wait_at_the_steps_start() {
    if is_live() {
        kill_again_and_again("ear");
    }
}

/// Kills the server with pauses of all lengths; the performer checks the rule after each, and reaches its end.
fn kill_again_and_again(part: &str) {
    let mut server = Server::start();
    let mut performer = Performer::start(part, &server);
    for kill in 0..kills() {
        performer.says("heard", Duration::from_secs(30));
        std::thread::sleep(varied(kill, 300, 2_000));
        performer.forget();
        server.kill();
        std::thread::sleep(varied(kill + 1_000, 100, 4_500));
        server.restart();
    }
    performer.says("heard", Duration::from_secs(30));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}

#[test]
fn without_a_device_it_runs_silently_and_moves_to_the_first_that_comes() {
    if !is_live() {
        return;
    }
    let mut server = Server::start();
    server.kill();
    let mut performer = Performer::start("eye", &server);
    performer.says("silent", Duration::from_secs(20));
    back_and_to_the_end(&mut server, &mut performer);
}

#[test]
fn without_a_device_the_ear_waits_from_the_start() {
    if !is_live() {
        return;
    }
    let mut server = Server::start();
    server.kill();
    let mut performer = Performer::start("ear", &server);
    performer.says("waiting", Duration::from_secs(20));
    back_and_to_the_end(&mut server, &mut performer);
}

#[test]
fn a_server_lost_in_a_pause_makes_the_ear_wait_when_it_goes_on() {
    if !is_live() {
        return;
    }
    let mut server = Server::start();
    let mut performer = Performer::start("ear", &server);
    performer.says("heard", Duration::from_secs(30));
    performer.tell("pause");
    performer.says("paused", Duration::from_secs(10));
    server.kill();
    std::thread::sleep(Duration::from_secs(8));
    performer.tell("play");
    performer.says("waiting", Duration::from_secs(10));
    back_and_to_the_end(&mut server, &mut performer);
}

#[test]
fn who_comes_to_follow_by_ear_waits_for_the_sound() {
    if !is_live() {
        return;
    }
    let mut server = Server::start();
    let mut performer = Performer::start("eye", &server);
    performer.says("heard", Duration::from_secs(30));
    server.kill();
    performer.says("silent", Duration::from_secs(20));
    performer.tell("ear");
    performer.says("waiting", Duration::from_secs(10));
    back_and_to_the_end(&mut server, &mut performer);
}

fn back_and_to_the_end(server: &mut Server, performer: &mut Performer) {
    performer.forget();
    server.restart();
    performer.says("heard", Duration::from_secs(30));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}

#[test]
fn a_server_that_hangs_is_left_and_found_again() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let mut performer = Performer::start("eye", &server);
    performer.says("heard", Duration::from_secs(30));
    std::thread::sleep(Duration::from_secs(1));
    performer.forget();
    server.hang();
    performer.says("silent", Duration::from_secs(20));
    server.go_on();
    performer.says("heard", Duration::from_secs(40));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}

#[test]
fn time_in_which_the_process_sleeps_does_not_count() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let mut performer = Performer::start("sleep", &server);
    performer.says("heard", Duration::from_secs(30));
    std::thread::sleep(Duration::from_secs(2));
    performer.suspend(Duration::from_secs(6));
    performer.says("woke", Duration::from_secs(10));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}

#[test]
fn a_session_at_which_nobody_looks_ends_on_time() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let mut performer = Performer::start("unseen", &server);
    performer.ends(Duration::from_mins(1));
}
