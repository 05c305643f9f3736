//! A module uses only modules that stand above it in `src/lib.rs`.

use std::fs;

use super::{files, short, top};

/// The modules in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ")
                .or_else(|| line.strip_prefix("mod "))
        })
        .map(|rest| rest.trim_end_matches(';').to_owned())
        .collect()
}

/// The modules that a text names as `crate::x` or `crate::{x, y::z}`.
fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for (at, _) in line.match_indices("crate::") {
            let before = line[..at].chars().last();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            let list = rest
                .strip_prefix('{')
                .map_or(rest, |inner| inner.split('}').next().unwrap_or(inner));
            let parts = if rest.starts_with('{') {
                list.split(',').collect()
            } else {
                vec![list]
            };
            names.extend(
                parts
                    .into_iter()
                    .map(|part| {
                        part.trim()
                            .chars()
                            .take_while(|c| c.is_alphanumeric() || *c == '_')
                            .collect()
                    })
                    .filter(|name: &String| !name.is_empty()),
            );
        }
    }
    names
}

/// Everything before the tests at the end of a file: tests may look up.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let order = order();
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut broken = Vec::new();
    for path in files("src", ".rs") {
        let below = short(&path);
        let below = below.strip_prefix("src/").unwrap();
        let module = below.split(['/', '.']).next().unwrap();
        let Some(own) = place(module) else {
            assert!(
                ["lib", "main"].contains(&module),
                "src/{below} is not named in src/lib.rs"
            );
            continue;
        };
        if below.ends_with("/tests.rs") {
            continue;
        }
        for name in named(without_tests(&fs::read_to_string(&path).unwrap())) {
            if place(&name).is_some_and(|used| used > own) {
                broken.push(format!(
                    "src/{below}: `{module}` uses `{name}`, which stands below it"
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The modules that may know the world: files, clocks, devices, the window.
const DOORS: &[&str] = &[
    "speech", "audio", "store", "library", "jobs", "playback", "data", "remind", "app", "cli",
];

#[test]
fn nothing_below_the_doors_knows_the_world() {
    let worldly = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "Instant::now",
        "SystemTime::now",
        "rodio::",
        "eframe::",
        "egui::",
        "rusqlite::",
    ];
    let order = order();
    let first_door = order
        .iter()
        .position(|module| DOORS.contains(&module.as_str()))
        .unwrap_or(order.len());
    let mut broken = Vec::new();
    for path in files("src", ".rs") {
        let below = short(&path);
        let below = below.strip_prefix("src/").unwrap();
        let module = below.split(['/', '.']).next().unwrap();
        if order[first_door..].iter().any(|door| door == module)
            || ["lib", "main"].contains(&module)
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in worldly {
            if without_tests(&text)
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(word))
            {
                broken.push(format!("src/{below} knows `{word}`"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What is made on the audio thread, or called from there.
const AUDIO_THREAD: &[&str] = &[
    "audio/programme.rs",
    "audio/programme/deck.rs",
    "audio/programme/transport.rs",
    "audio/mixer.rs",
    "audio/limiter.rs",
    "audio/envelope.rs",
    "audio/floor.rs",
    "audio/pcm.rs",
    "audio/link.rs",
    "audio/outlet.rs",
    "audio/device/stream.rs",
    "audio/device/resample.rs",
];

/// What waits for others, or for the system. That nothing is allocated or freed there is tested by running it.
const WAITING: &[&str] = &[
    "Mutex", "RwLock", "Condvar", "OnceLock", "LazyLock", "mpsc", "thread::", "std::io", "std::fs",
    "println",
];

#[test]
fn the_audio_thread_waits_for_nobody() {
    let mut broken = Vec::new();
    for name in AUDIO_THREAD {
        let text = fs::read_to_string(top().join("src").join(name)).unwrap();
        for word in WAITING {
            if without_tests(&text)
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(word))
            {
                broken.push(format!("src/{name} knows `{word}`"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_module_opens_the_network() {
    for path in files("src", ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        for word in ["std::net", "TcpStream", "UdpSocket", "TcpListener"] {
            assert!(
                !text.contains(word),
                "{} names {word}: the app opens no network connection",
                short(&path)
            );
        }
    }
}

#[test]
fn names_are_found_in_both_forms() {
    assert_eq!(named("use crate::units::Secs;"), ["units"]);
    assert_eq!(
        named("use crate::{names, routine::Step};"),
        ["names", "routine"]
    );
    assert_eq!(
        named("    let x = crate::timeline::compile(a);"),
        ["timeline"]
    );
    assert_eq!(named("// crate::app"), Vec::<String>::new());
    assert_eq!(named("pub(crate) fn x() {}"), Vec::<String>::new());
}
