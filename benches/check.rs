//! `rootwell check` over ten thousand routine files, as a ratio to what reading them and `ron::from_str` take on one
//! core in the same run.
//!
//! `cargo bench --bench check`; the contract is at most 2.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rootwell::cli::{World, run};
use rootwell::reader::ron_options;
use rootwell::routine::Routine;

/// The frame of a therapeutic routine with a therapist's stamp, so that there is nothing to say about it.
const ROUTINE: &str = include_str!("../src/cli/new/therapeutic.ron");
const STAMP: &str = "review: (name: \"Ada Example\", credential: \"LMT\", date: \"2026-11-25\", digest: \"0\"),\n    author:";
const FILES: usize = 10_000;
const ROUNDS: usize = 3;

fn main() {
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
    let paths = write_files(folder.path());
    let (mut ron, mut check) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ron.push(time(|| read_all(&paths)));
        check.push(time(|| check_all(folder.path())));
    }
    let (ron, check) = (median(ron), median(check));
    println!(
        "{FILES} files of {} bytes, median of {ROUNDS} rounds",
        ROUTINE.len()
    );
    println!(
        "read and ron::from_str, one core   {:>8.0} ms",
        ron.as_secs_f64() * 1e3
    );
    println!(
        "rootwell check, all rules          {:>8.0} ms   {:.2} ×",
        check.as_secs_f64() * 1e3,
        check.as_secs_f64() / ron.as_secs_f64()
    );
}

/// A hundred folders of a hundred files, no two alike.
fn write_files(folder: &Path) -> Vec<PathBuf> {
    let title = "title: \"";
    let mut paths = Vec::with_capacity(FILES);
    for n in 0..FILES {
        let folder = folder.join(format!("{:02}", n / 100));
        fs::create_dir_all(&folder).expect("the folder is ours");
        let path = folder.join(format!("routine-{n}.ron"));
        let text = ROUTINE
            .replacen(title, &format!("{title}{n} "), 1)
            .replacen("author:", STAMP, 1);
        fs::write(&path, text).expect("the disk has room for 25 MB");
        paths.push(path);
    }
    paths
}

fn read_all(paths: &[PathBuf]) {
    let options = ron_options();
    for path in paths {
        let text = fs::read_to_string(path).expect("it was just written");
        options
            .from_str::<Routine>(&text)
            .expect("the routine has no error");
    }
}

fn check_all(folder: &Path) {
    let args = ["rootwell", "check"]
        .map(OsString::from)
        .into_iter()
        .chain([folder.as_os_str().to_owned()]);
    let mut out = Vec::new();
    run(args, &World::default(), &mut out, &mut io::sink());
    let said = String::from_utf8(out).expect("only text is printed");
    assert!(
        said.contains(&format!("{FILES} files checked: all is well")),
        "{}",
        &said[said.len().saturating_sub(300)..]
    );
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
