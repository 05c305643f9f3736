//! What we depend on.

use std::process::Command;

use super::top;

fn packages() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(top())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Licences that go with MIT OR Apache-2.0. MPL-2.0 reaches its own files only, and we change none of them.
const FREE: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "BSL-1.0",
    "CC0-1.0",
    "MIT-0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "MPL-2.0",
];

/// The named exceptions, each with the reason that README gives too.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "mp3lame-encoder",
        "LGPL-3.0, the cargo feature `mp3` can be left out",
    ),
    (
        "mp3lame-sys",
        "LGPL-3.0, the cargo feature `mp3` can be left out",
    ),
];

/// Whether one of the alternatives is free: `A OR B`, `A/B`, `(A OR B) AND C`.
fn is_free(licence: &str) -> bool {
    licence.split(" AND ").all(|part| {
        part.trim_matches(['(', ')'])
            .split(" OR ")
            .flat_map(|alternative| alternative.split('/'))
            .any(|alternative| FREE.contains(&alternative.trim().trim_matches(['(', ')'])))
    })
}

#[test]
fn every_licence_goes_with_ours() {
    let strange: Vec<_> = packages()
        .iter()
        .filter(|package| !EXCEPTIONS.iter().any(|(name, _)| package["name"] == *name))
        .filter(|package| !is_free(package["license"].as_str().unwrap_or("")))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

#[test]
fn no_dependency_speaks_to_the_network() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let clients = [
            "reqwest",
            "hyper",
            "ureq",
            "curl",
            "isahc",
            "attohttpc",
            "rustls",
            "openssl",
            "native-tls",
            "tungstenite",
            "quinn",
            "h2",
        ];
        assert!(!clients.contains(&name), "{name} is a network client");
    }
}

#[test]
fn licences_are_read() {
    assert!(is_free("MIT OR Apache-2.0"));
    assert!(is_free("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_free("MIT/Apache-2.0"));
    assert!(!is_free("LGPL-3.0"));
    assert!(!is_free("MIT AND GPL-2.0"));
}
