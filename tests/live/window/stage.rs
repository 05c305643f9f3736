//! A window of its own folder on the virtual screen, and the hands that drive it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rootwell::journal::Entry;
use rootwell::store::Folders;
use rootwell::store::journal::{Journal, Query};
use tempfile::TempDir;

use crate::live::server::Server;

/// The folder of a person whose window has asked all that it asks once.
pub(super) struct Home {
    folder: TempDir,
}

/// A home with a routine of so many seconds.
pub(super) fn home(secs: u32) -> Home {
    let home = Home {
        folder: tempfile::tempdir().unwrap(),
    };
    let mut steps = String::new();
    for minute in 0..secs.div_ceil(60) {
        let length = (secs - 60 * minute).min(60);
        let title = minute + 1;
        steps += &format!(
            "(title: \"Minute {title}\", do: Rest(length: {length}), say: [(at: 1, text: \"Rest.\")]),\n"
        );
    }
    let routine = format!(
        "Routine(format: 1, title: \"A Rest\", promise: \"Rest.\", style: Relaxation, level: Gentle, areas: [Whole], \
         positions: [Chair], goals: [R1], author: \"Test\", sections: [(section: Arrive, steps: [{steps}])])"
    );
    home.write("a-rest.ron", &routine);
    home.write(
        "config/settings.ron",
        "Settings(version: 1, reader_asked: true)",
    );
    home
}

impl Home {
    /// Its routine.
    pub(super) fn routine(&self) -> PathBuf {
        self.folder.path().join("a-rest.ron")
    }

    /// Writes a file into it.
    pub(super) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn folders(&self) -> Folders {
        Folders::under(self.folder.path())
    }
}

/// A running window.
pub(super) struct Window {
    process: Child,
    id: String,
    folders: Folders,
}

impl Window {
    /// Starts the program.
    pub(super) fn start(home: &Home, server: &Server, files: &[&Path]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_rootwell"))
            .args(files)
            .env("ROOTWELL_HOME", home.folder.path())
            .env("PULSE_SERVER", server.address())
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Starts the program and waits for its window.
    pub(super) fn open(home: &Home, server: &Server, files: &[&Path]) -> Self {
        let process = Self::start(home, server, files);
        let search = ["search", "--sync", "--onlyvisible", "--pid"];
        let found = xdotool(&[&search[..], &[&process.id().to_string()]].concat());
        let window = Self {
            id: found.lines().next().unwrap().to_owned(),
            process,
            folders: home.folders(),
        };
        window.raise();
        window
    }

    /// Presses a key, as `xdotool` names it.
    pub(super) fn key(&self, key: &str) {
        xdotool(&["windowfocus", "--sync", &self.id, "key", key]);
    }

    pub(super) fn iconify(&self) {
        xdotool(&["windowminimize", "--sync", &self.id]);
    }

    pub(super) fn raise(&self) {
        xdotool(&["windowactivate", "--sync", &self.id]);
    }

    /// Whether it is on the screen.
    pub(super) fn is_seen(&self) -> bool {
        for _ in 0..50 {
            let visible = Command::new("xdotool")
                .args([
                    "search",
                    "--onlyvisible",
                    "--pid",
                    &self.process.id().to_string(),
                ])
                .output()
                .unwrap();
            if !visible.stdout.is_empty() {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Takes a picture that CI keeps.
    pub(super) fn picture(&self, name: &str) {
        thread::sleep(Duration::from_millis(800));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
        fs::create_dir_all(&folder).unwrap();
        let taken = Command::new("import")
            .args(["-window", &self.id])
            .arg(folder.join(format!("{name}.png")))
            .status()
            .unwrap();
        assert!(taken.success());
    }

    /// The processor time that it has used.
    pub(super) fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap();
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(10 * ticks)
    }

    /// Waits until a session is in the journal.
    pub(super) fn ended(&self, limit: Duration) -> Entry {
        let start = Instant::now();
        while start.elapsed() < limit {
            let journal = Journal::open(&self.folders).unwrap();
            if let Some((_id, entry)) = journal.entries(&Query::default()).unwrap().pop() {
                return entry;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("no session was kept within {limit:?}");
    }

    /// Waits for something of this role and name, as a screen reader finds it.
    #[track_caller]
    pub(super) fn sees(&self, role: &str, name: &str) {
        self.finds(role, name, |found| found == name);
    }

    /// Waits for something of this role whose name has this in it.
    #[track_caller]
    pub(super) fn sees_part(&self, role: &str, part: &str) {
        self.finds(role, part, |found| found.contains(part));
    }

    #[track_caller]
    fn finds(&self, role: &str, name: &str, is: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let tree = self.tree();
            if tree.iter().any(|node| node.role == role && is(&node.name)) {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "no {role} {name:?} in {tree:#?}"
            );
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Asserts that everything that can have the focus has a name.
    #[track_caller]
    pub(super) fn all_named(&self, place: &str) {
        let tree = self.tree();
        let focusable: Vec<_> = tree.iter().filter(|node| node.focusable).collect();
        assert!(focusable.len() >= 2, "{place}: {tree:#?}");
        for node in focusable {
            assert!(
                !node.name.trim().is_empty(),
                "{place}: {node:?} has no name"
            );
        }
    }

    /// Presses a button by the screen reader's way.
    #[track_caller]
    pub(super) fn press(&self, name: &str) {
        self.atspi(&["press", name]);
    }

    fn tree(&self) -> Vec<Node> {
        self.atspi(&["tree"])
            .lines()
            .map(|line| {
                let mut parts = line.split('\t');
                Node {
                    role: parts.next().unwrap_or_default().to_owned(),
                    name: parts.next().unwrap_or_default().to_owned(),
                    focusable: parts.next() == Some("focusable"),
                }
            })
            .collect()
    }

    #[track_caller]
    fn atspi(&self, words: &[&str]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live/atspi.py");
        // The system's own Python is the one that has the system's bindings.
        let heard = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(self.process.id().to_string())
            .args(words)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&heard.stderr);
        assert!(heard.status.success(), "{words:?}: {said}");
        String::from_utf8(heard.stdout).unwrap()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A screen reader that the desktop says is on, until this is dropped.
pub(super) struct Reader;

impl Reader {
    pub(super) fn switched_on() -> Self {
        say_reader(true);
        Self
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        say_reader(false);
    }
}

fn say_reader(on: bool) {
    let said = Command::new("gdbus")
        .args(["call", "--session", "--dest", "org.a11y.Bus"])
        .args(["--object-path", "/org/a11y/bus"])
        .args(["--method", "org.freedesktop.DBus.Properties.Set"])
        .args(["org.a11y.Status", "ScreenReaderEnabled"])
        .arg(format!("<{on}>"))
        .output()
        .unwrap();
    assert!(said.status.success(), "{said:?}");
}

/// A node of the tree that a screen reader reads.
#[derive(Debug)]
struct Node {
    role: String,
    name: String,
    focusable: bool,
}

#[track_caller]
fn xdotool(words: &[&str]) -> String {
    let done = Command::new("timeout")
        .args(["20", "xdotool"])
        .args(words)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "xdotool {words:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}
