//! The real `rootwell play`: without a device, interrupted, and with its terminal closed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use rootwell::store::Folders;
use rootwell::store::journal::Journal;
use tempfile::TempDir;

use super::is_live;
use super::server::signal;

/// Nine seconds in three steps.
const SHORT: &str = r#"Routine(
    format: 1, title: "Three Rests", promise: "Rest.", style: Relaxation, level: Gentle, areas: [Whole],
    positions: [Chair], goals: [R1], author: "Test",
    sections: [
        (section: Arrive, steps: [(title: "One", do: Rest(length: 3), say: [(at: 0.5, text: "First line.")])]),
        (section: Soften, steps: [(title: "Two", do: Rest(length: 3), say: [(at: 0.5, text: "Second line.")])]),
        (section: Close, steps: [(title: "Three", do: Rest(length: 3))]),
    ],
)"#;

struct Stage {
    folder: TempDir,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("short.ron"), SHORT).unwrap();
        Self { folder }
    }

    fn routine(&self) -> PathBuf {
        self.folder.path().join("short.ron")
    }

    /// A machine without a sound server.
    fn settle(&self, command: &mut Command) -> Child {
        command
            .env("ROOTWELL_HOME", self.folder.path().join("home"))
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("PULSE_SERVER", "unix:/nowhere")
            .env_remove("PULSE_RUNTIME_PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn play(&self) -> Child {
        self.settle(
            Command::new(env!("CARGO_BIN_EXE_rootwell"))
                .arg("play")
                .arg(self.routine()),
        )
    }

    /// The title of the step at which the next start offers to go on.
    fn kept(&self) -> Option<String> {
        let journal = Journal::open(&Folders::under(&self.folder.path().join("home"))).unwrap();
        journal
            .resume_point()
            .unwrap()
            .map(|point| point.step_title)
    }
}

/// Reads until a line holds a text.
fn until(output: &mut BufReader<ChildStdout>, text: &str) {
    let mut all = String::new();
    while output.read_line(&mut all).unwrap() > 0 {
        if all.contains(text) {
            return;
        }
    }
    panic!("{text:?} is not in {all:?}");
}

#[test]
fn without_a_device_it_says_so_and_plays_to_its_end_in_lines() {
    if !is_live() {
        return;
    }
    let stage = Stage::new();
    let output = stage.play().wait_with_output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!((output.status.code(), &*err), (Some(0), ""), "{out}");
    for line in [
        "No sound device was found.",
        "0:00 Arrive: One",
        "First line.",
        "Second line.",
        "Three Rests is over.",
    ] {
        assert!(out.contains(line), "{line:?} is not in {out}");
    }
    assert_eq!(stage.kept(), None);
}

#[test]
fn an_interrupt_leaves_cleanly_and_keeps_the_place() {
    if !is_live() {
        return;
    }
    let stage = Stage::new();
    let mut play = stage.play();
    let mut output = BufReader::new(play.stdout.take().unwrap());
    until(&mut output, "Second line.");
    signal("INT", &play);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(play.wait().unwrap().code(), Some(0), "{rest}");
    assert!(rest.contains("--from 2 goes on there."), "{rest}");
    assert_eq!(stage.kept().as_deref(), Some("Two"));
}

#[test]
fn a_closed_terminal_ends_it_and_keeps_the_place() {
    if !is_live() {
        return;
    }
    let stage = Stage::new();
    // `script` gives it a terminal; killed, the terminal goes away.
    let line = format!(
        "{} play {}",
        env!("CARGO_BIN_EXE_rootwell"),
        stage.routine().display()
    );
    let mut terminal = stage.settle(Command::new("script").args(["-qec", &line, "/dev/null"]));
    let mut output = BufReader::new(terminal.stdout.take().unwrap());
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("Second line.") {
        let mut some = [0; 512];
        let read = output.read(&mut some).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&some[..read]);
    }
    terminal.kill().unwrap();
    terminal.wait().unwrap();
    for _ in 0..50 {
        thread::sleep(Duration::from_millis(100));
        if !is_running(&stage.routine()) {
            assert_eq!(stage.kept().as_deref(), Some("Two"));
            return;
        }
    }
    panic!("it plays on without a terminal");
}

/// Whether a `rootwell play` of this routine is still there.
fn is_running(routine: &std::path::Path) -> bool {
    let wanted = routine.display().to_string();
    fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        line.contains("rootwell\0play") && line.contains(&wanted)
    })
}
