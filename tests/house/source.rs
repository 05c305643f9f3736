//! The text of the sources.

use std::fs;

use super::{files, short, top};

/// Words that have no place in what is committed. Split, so that this list does not name itself.
const FORBIDDEN: &[(&str, &str)] = &[
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X:"),
    ("todo", "!("),
    ("unimplemented", "!("),
    ("dbg", "!("),
    ("/ro", "ot/"),
    ("/ho", "me/"),
];

fn sources() -> Vec<std::path::PathBuf> {
    ["src", "tests", "benches", "scripts", "routines"]
        .iter()
        .filter(|folder| top().join(folder).is_dir())
        .flat_map(|folder| files(folder, ""))
        .collect()
}

fn text_of(path: &std::path::Path) -> Option<String> {
    let known = ["rs", "ron", "md", "py", "toml", "txt", ""];
    let ending = path
        .extension()
        .map_or("", |ending| ending.to_str().unwrap_or("?"));
    known
        .contains(&ending)
        .then(|| fs::read_to_string(path).ok())
        .flatten()
}

#[test]
fn no_forbidden_word_is_left() {
    let mut found = Vec::new();
    for path in sources() {
        let name = short(&path);
        if name.contains("corpus") || name.contains("golden") {
            continue;
        }
        let Some(text) = text_of(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            for (a, b) in FORBIDDEN {
                if line.contains(&format!("{a}{b}")) {
                    found.push(format!("{name}:{}: {a}{b}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Files that are tables, and may be long.
const TABLES: &[&str] = &[];

#[test]
fn a_source_file_holds_one_idea() {
    let long: Vec<_> = files("src", ".rs")
        .iter()
        .filter(|path| !TABLES.contains(&short(path).as_str()))
        .map(|path| {
            (
                short(path),
                fs::read_to_string(path).unwrap().lines().count(),
            )
        })
        .filter(|(_, lines)| *lines > 600)
        .collect();
    assert!(long.is_empty(), "longer than 600 lines: {long:?}");
}

#[test]
fn the_top_level_holds_nothing_else() {
    let known = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "routines",
        "tests",
        "benches",
        "scripts",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "target",
    ];
    for entry in fs::read_dir(top()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name.starts_with('.') || known.contains(&name.as_str()),
            "{name} has no place at the top level"
        );
    }
}

#[test]
fn scripts_are_programs() {
    #[cfg(unix)]
    for path in files("scripts", "") {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        let starts = fs::read_to_string(&path).unwrap().starts_with("#!");
        assert!(
            mode & 0o111 != 0 && starts,
            "{} cannot be started",
            short(&path)
        );
    }
}
