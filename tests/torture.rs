//! The journal under SIGKILL at random moments and on a disk that fills up: nothing acknowledged is lost, it always
//! opens. `scripts/torture` runs it at full length; here it is short.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use rootwell::journal::{Entry, ResumePoint};
use rootwell::names::Style;
use rootwell::store::Folders;
use rootwell::store::journal::{Journal, JournalError, Query};
use rootwell::units::Frames;

/// The folder in which the child writes; the test below is the child when it is set.
const CHILD: &str = "ROOTWELL_TORTURE_CHILD";
/// How many kills; 40 if not set.
const KILLS: &str = "ROOTWELL_TORTURE_KILLS";
/// A small file system of its own, for the disk that fills up, and how often.
const SMALL_DISK: &str = "ROOTWELL_SMALL_DISK";
/// How many runs on it.
const FILLS: &str = "ROOTWELL_TORTURE_FILLS";

fn number(name: &str, usual: u32) -> u32 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

fn entry(note: String) -> Entry {
    let mut entry = Entry::begun(
        Timestamp::UNIX_EPOCH,
        date(1970, 1, 1),
        "even-keel",
        "Even Keel",
        Style::Relaxation,
    );
    entry.note = note;
    entry
}

/// The child: writes for ever, and says each thing aloud once it is acknowledged.
#[test]
fn writer() {
    let Ok(folder) = std::env::var(CHILD) else {
        return;
    };
    let folders = Folders::under(Path::new(&folder));
    let mut out = std::io::stdout();
    let mut journal = match Journal::open(&folders) {
        Ok(journal) => journal,
        Err(error) => {
            writeln!(out, "!{error}").unwrap();
            return;
        }
    };
    for n in 0_u32.. {
        let note = format!("{}-{n}", std::process::id());
        let point = ResumePoint {
            entry: entry(note.clone()),
            choices: rootwell::timeline::Choices::default(),
            step: n as usize,
            step_title: note.clone(),
            at: Frames(u64::from(n)),
            written: Timestamp::UNIX_EPOCH,
        };
        let written = journal.set_resume_point(&point).and_then(|()| {
            writeln!(out, "+{note}").unwrap();
            journal.finish(&entry(note.clone()))
        });
        match written {
            Ok(_) => writeln!(out, "={note}").unwrap(),
            Err(JournalError::Full { .. }) => {
                writeln!(out, "full").unwrap();
                return;
            }
            Err(error) => {
                writeln!(out, "!{error}").unwrap();
                return;
            }
        }
    }
}

fn start(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "torture::writer",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a child has acknowledged: finished entries, and the last step that it reached if that came after.
#[derive(Default)]
struct Acknowledged {
    finished: BTreeSet<String>,
    reached: Option<String>,
    trouble: Option<String>,
}

impl Acknowledged {
    fn hear(&mut self, child: &mut Child) {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.map_while(Result::ok) {
            if let Some(note) = line.strip_prefix('=') {
                self.finished.insert(note.to_owned());
                self.reached = None;
            } else if let Some(note) = line.strip_prefix('+') {
                self.reached = Some(note.to_owned());
            } else if let Some(trouble) = line.strip_prefix('!') {
                self.trouble = Some(trouble.to_owned());
            }
        }
    }

    /// Opens the journal and looks for everything.
    fn check(&self, folder: &Path) {
        let journal = Journal::open(&Folders::under(folder)).expect("the journal always opens");
        assert!(
            journal.take_notices().is_empty(),
            "{:?}",
            journal.take_notices()
        );
        assert!(journal.is_sound());
        let kept: BTreeSet<String> = journal
            .entries(&Query::default())
            .unwrap()
            .into_iter()
            .map(|(_, entry)| entry.note)
            .collect();
        let lost: Vec<&String> = self.finished.difference(&kept).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        if let Some(reached) = &self.reached {
            let resumed = journal
                .resume_point()
                .unwrap()
                .map(|point| point.step_title);
            // The kill may have come after the finishing, before it was said.
            assert!(
                resumed.as_ref() == Some(reached) || kept.contains(reached),
                "{reached} cannot be carried on"
            );
        }
    }
}

/// A stream of numbers that differ from run to run: the moments of the kills.
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        use std::hash::{BuildHasher as _, RandomState};
        Self(RandomState::new().hash_one(0) | 1)
    }

    fn below(&mut self, most: u64) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

#[test]
fn kills_lose_nothing() {
    let kills = number(KILLS, 40);
    let mut moments = Moments::new();
    let mut home = tempfile::tempdir().unwrap();
    let mut acknowledged = Acknowledged::default();
    let mut finished = 0;
    for kill in 0..kills {
        // Every twentieth kill falls into the making of a new journal.
        if kill % 20 == 0 {
            finished += acknowledged.finished.len();
            acknowledged = Acknowledged::default();
            home = tempfile::tempdir().unwrap();
        }
        let mut child = start(home.path());
        let longest = if kill % 20 == 0 { 30_000 } else { 250_000 };
        std::thread::sleep(Duration::from_micros(moments.below(longest)));
        child.kill().unwrap();
        acknowledged.reached = None;
        acknowledged.hear(&mut child);
        child.wait().unwrap();
        assert_eq!(acknowledged.trouble, None);
        acknowledged.check(home.path());
    }
    finished += acknowledged.finished.len();
    println!("{kills} kills, {finished} acknowledged entries, none lost");
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(disk) = std::env::var_os(SMALL_DISK).map(PathBuf::from) else {
        return;
    };
    let fills = number(FILLS, 20);
    let mut moments = Moments::new();
    let mut finished = 0;
    let mut started_full = 0;
    for _ in 0..fills {
        let home = disk.join("home");
        let _none_yet = fs::remove_dir_all(&home);
        // Something else takes a part of the disk, so that it fills up at another moment each time.
        let ballast = disk.join("ballast");
        fs::write(&ballast, vec![0; 200_000 + moments.below(600_000) as usize]).unwrap();
        let mut acknowledged = Acknowledged::default();
        let mut child = start(&home);
        acknowledged.hear(&mut child);
        child.wait().unwrap();
        finished += acknowledged.finished.len();
        // Full to the last byte, by others too: it still opens, and everything is there.
        let filler = disk.join("filler");
        let _fills_up = fs::write(&filler, vec![0; 4_000_000]);
        if acknowledged.trouble.is_none() {
            started_full += 1;
            acknowledged.check(&home);
        }
        fs::remove_file(&filler).unwrap();
        fs::remove_file(&ballast).unwrap();
        // With room again it goes on.
        acknowledged.check(&home);
        Journal::open(&Folders::under(&home))
            .unwrap()
            .add(&entry("after".to_owned()))
            .unwrap();
    }
    println!(
        "{fills} full disks, {started_full} opened while full, {finished} acknowledged entries, none lost"
    );
}
