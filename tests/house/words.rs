//! The words that a person sees: every one is used, they stand nowhere else, and Spanish says "tú".

use std::fs;

use super::{files, short, top};

/// The groups of words with the names of their keys, as `src/words.rs` lists them.
fn groups() -> Vec<(String, String, Vec<String>)> {
    let text = fs::read_to_string(top().join("src/words.rs")).unwrap();
    let list = text.split("\nwords! {").nth(1).unwrap();
    let list = list.split("\n}\n").next().unwrap();
    let mut groups = Vec::new();
    for group in list.split_inclusive('}') {
        let Some((head, keys)) = group.split_once('{') else {
            continue;
        };
        let (name, kind) = head.trim().split_once(": ").unwrap();
        let keys = keys.trim_end_matches('}').split(',');
        let keys = keys.map(str::trim).filter(|key| !key.is_empty());
        groups.push((
            name.to_owned(),
            kind.trim().to_owned(),
            keys.map(str::to_owned).collect(),
        ));
    }
    groups
}

/// A text without its white space, so that a path of fields stands on one line.
fn close(text: &str) -> String {
    text.split_whitespace().collect()
}

fn is_named(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let after = text[at + path.len()..].chars().next();
        !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

#[test]
fn every_word_is_used() {
    let sources: Vec<String> = files("src", ".rs")
        .iter()
        .map(|path| close(&fs::read_to_string(path).unwrap()))
        .collect();
    let mut idle = Vec::new();
    for (group, kind, keys) in groups() {
        let speaks = |text: &&String| {
            is_named(text, &format!("words.{group}"))
                || text.contains(&kind)
                || is_named(text, &format!("self.{group}"))
        };
        let those: Vec<&String> = sources.iter().filter(speaks).collect();
        for key in keys {
            let path = format!(".{key}");
            if !those.iter().any(|text| is_named(text, &path)) {
                idle.push(format!("{group}.{key}"));
            }
        }
    }
    assert_eq!(idle, Vec::<String>::new(), "nobody says these words");
}

/// The modules below the window that speak to a person.
const SPEAKERS: &[&str] = &[
    "src/remind.rs",
    "src/summary.rs",
    "src/session.rs",
    "src/session/",
    "src/playback.rs",
    "src/playback/",
    "src/plan/",
    "src/recommend.rs",
    "src/recommend/",
    "src/journal/",
];

/// What only an author or a studio reads.
const FOR_AUTHORS: &[&str] = &["src/recommend/thresholds.rs", "src/plan/rules.rs"];

/// Sentences that no person reads in the app: names for the desktop, and what only an author or a studio writes.
const KNOWN: &[&str] = &["A session is playing"];

#[test]
fn what_speaks_to_a_person_takes_its_words_from_the_words() {
    let mut strays = Vec::new();
    for path in files("src", ".rs") {
        let name = short(&path);
        let speaks = SPEAKERS.iter().any(|speaker| name.starts_with(speaker));
        if !speaks || name.ends_with("/tests.rs") || FOR_AUTHORS.contains(&&*name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().map(str::trim) {
            let excused = ["//", "#[", "#!["]
                .iter()
                .any(|start| line.starts_with(start))
                || [
                    "expect(",
                    "assert",
                    "panic!",
                    "Description=",
                    "[Unit]",
                    "style",
                ]
                .iter()
                .any(|word| line.contains(word));
            if excused {
                continue;
            }
            for literal in line.split('"').skip(1).step_by(2) {
                let words = literal
                    .split_whitespace()
                    .filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 1)
                    .count();
                // A sentence for a person begins with a capital.
                let begins = literal.starts_with(char::is_uppercase);
                if begins && words >= 2 && !KNOWN.iter().any(|known| literal.contains(known)) {
                    strays.push(format!("{name}: {literal:?}"));
                }
            }
        }
    }
    assert_eq!(
        strays,
        Vec::<String>::new(),
        "these belong into assets/words"
    );
}

#[test]
fn spanish_says_tu() {
    let text = fs::read_to_string(top().join("assets/words/es.ron")).unwrap();
    for formal in [
        "usted",
        "Usted",
        "Pulse",
        "Siéntese",
        "Suelte",
        "Tómese",
        "su terapeuta",
        "su médico",
        "sus datos",
        "su diario",
        "su estudio",
        "¿Cómo se siente",
        "Cuéntenos",
        "dígaselo",
    ] {
        assert!(!text.contains(formal), "{formal:?} is formal");
    }
}
