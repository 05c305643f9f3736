//! The worker: a process of our own for what must not harm us, spoken text and sound that someone else made.
//!
//! `rootwell worker` answers one job after another, pipe in, pipe out, and leaves when nobody has asked for a while,
//! which gives its memory back. It may write no file and use only so much memory. The session talks to it through
//! [`Worker`]: a crash, a hang or a lie on the other side costs the line that caused it and nothing else.

mod client;
mod wire;

use std::io::{self, Read, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::{Clip, English, Language, Line, NoVoice, decode, finish};
pub use client::Worker;
use wire::{Job, Reply};

/// How long the worker waits for the next job before it leaves.
const IDLE: Duration = Duration::from_secs(30);

/// What `rootwell worker` does: takes its limits upon itself, then answers jobs until the pipe ends or nobody asks.
pub fn serve(input: impl Read + Send + 'static, output: impl Write) -> io::Result<()> {
    confine();
    answer(input, output, IDLE)
}

/// Answers jobs in order; leaves when `idle` has passed without one.
fn answer(
    mut input: impl Read + Send + 'static,
    mut output: impl Write,
    idle: Duration,
) -> io::Result<()> {
    let (sender, jobs) = mpsc::channel();
    // A thread of its own, since a pipe cannot be read with a time limit.
    thread::Builder::new()
        .name("worker input".to_owned())
        .spawn(move || {
            while let Ok(Some(job)) = wire::read_job(&mut input) {
                if sender.send(job).is_err() {
                    break;
                }
            }
        })?;
    let mut desk = Desk::default();
    loop {
        match jobs.recv_timeout(idle) {
            Ok(job) => wire::write_reply(&mut output, &desk.done(job))?,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

/// The voices, each loaded when it is first needed.
#[derive(Default)]
struct Desk {
    english: Option<English>,
}

impl Desk {
    fn done(&mut self, job: Job) -> Reply {
        match job {
            Job::Speak(line) => self.speak(&line).map(Reply::from),
            Job::Voice(file) => decode::decode(file)
                .and_then(|sound| finish::clip(sound.mono()))
                .map(Reply::from),
            Job::Decode(file) => decode::decode(file).map(Reply::from),
        }
        .unwrap_or_else(Reply::Refused)
    }

    fn speak(&mut self, line: &Line) -> Result<Clip, NoVoice> {
        match line.language {
            None => Err(NoVoice::UnknownLanguage),
            Some(Language::English) => self.english.get_or_insert_with(English::load).speak(line),
            #[cfg(feature = "pico")]
            Some(language) => super::foreign::speak(line, language),
            #[cfg(not(feature = "pico"))]
            Some(other) => Err(NoVoice::NoLanguage(other)),
        }
    }
}

/// No files written, no core dumps, and no more memory than the largest job needs.
#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    const MEMORY: u64 = 1 << 30;
    for (resource, most) in [
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::As, MEMORY),
    ] {
        // A system that refuses a limit still has the parent's time limit; there is nobody here to tell.
        _ = setrlimit(
            resource,
            Rlimit {
                current: Some(most),
                maximum: Some(most),
            },
        );
    }
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_leaves_when_idle_and_when_the_pipe_ends() {
        let (reader, writer) = io::pipe().unwrap();
        answer(reader, io::sink(), Duration::from_millis(20)).unwrap();
        drop(writer);
        answer(io::empty(), io::sink(), Duration::from_mins(10)).unwrap();
    }
}
