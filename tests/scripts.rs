//! The scripts, with stand-in package managers.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// A folder of programs that only write down how they were called.
struct Stand {
    folder: tempfile::TempDir,
}

impl Stand {
    fn new() -> Self {
        let stand = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for tool in ["bash", "env", "grep", "dirname", "cat"] {
            let real = ["/usr/bin", "/bin"]
                .iter()
                .map(|at| Path::new(at).join(tool))
                .find(|path| path.exists())
                .unwrap();
            std::os::unix::fs::symlink(real, stand.folder.path().join(tool)).unwrap();
        }
        stand
    }

    /// A program that writes its name and arguments to `calls`, then does `then`.
    fn program(self, name: &str, then: &str) -> Self {
        let path = self.folder.path().join(name);
        let calls = self.folder.path().join("calls");
        fs::write(
            &path,
            format!(
                "#!/bin/bash\necho \"{name} $*\" >> {}\n{then}\n",
                calls.display()
            ),
        )
        .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    /// Runs `scripts/packages` and gives what was called, what it said, and whether it went well.
    fn packages(&self, parts: &[&str]) -> (Vec<String>, String, bool) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/packages");
        let output = Command::new("/bin/bash")
            .arg(script)
            .args(parts)
            .env("PATH", self.folder.path())
            .output()
            .unwrap();
        let calls = fs::read_to_string(self.folder.path().join("calls")).unwrap_or_default();
        let said = String::from_utf8(output.stderr).unwrap();
        (
            calls.lines().map(str::to_owned).collect(),
            said,
            output.status.success(),
        )
    }
}

fn last(calls: &[String]) -> &str {
    calls.last().map_or("", String::as_str)
}

#[test]
fn debian_installs_only_what_is_missing() {
    let stand = Stand::new()
        .program("dpkg-query", "[ \"$4\" = gcc ] && echo installed")
        .program("apt-get", "")
        .program("id", "echo 0");
    let (calls, said, fine) = stand.packages(&["build"]);
    assert!(fine, "{said}");
    assert_eq!(
        last(&calls),
        "apt-get install -y -qq --no-install-recommends libc6-dev make cmake pkg-config libasound2-dev"
    );
    assert_eq!(
        said,
        "Installing what is missing to build: libc6-dev make cmake pkg-config libasound2-dev\n"
    );
}

#[test]
fn nothing_is_done_where_nothing_is_missing() {
    let stand = Stand::new()
        .program("dpkg-query", "echo installed")
        .program("apt-get", "")
        .program("id", "echo 0");
    let (calls, said, fine) = stand.packages(&["build", "run", "test"]);
    assert!(fine && said.is_empty(), "{said}");
    assert!(
        calls.iter().all(|call| call.starts_with("dpkg-query")),
        "{calls:?}"
    );
}

#[test]
fn a_person_is_told_why_sudo_asks() {
    let stand = Stand::new()
        .program("rpm", "exit 1")
        .program("dnf", "")
        .program("id", "echo 1000")
        .program("sudo", "\"$@\"");
    let (calls, said, fine) = stand.packages(&["build"]);
    assert!(fine, "{said}");
    assert_eq!(
        last(&calls),
        "dnf install -y -q gcc glibc-devel make cmake pkgconf-pkg-config alsa-lib-devel"
    );
    assert!(
        said.starts_with("sudo will ask for your password"),
        "{said}"
    );
}

#[test]
fn arch_has_its_own_names() {
    let stand = Stand::new()
        .program("pacman", "[ \"$1\" != -Q ]")
        .program("id", "echo 0");
    let (calls, said, fine) = stand.packages(&["build"]);
    assert!(fine, "{said}");
    assert_eq!(
        last(&calls),
        "pacman -S --needed --noconfirm gcc make cmake pkgconf alsa-lib"
    );
}

#[test]
fn an_unknown_system_is_told_and_goes_on() {
    let stand = Stand::new().program("id", "echo 0");
    let (calls, said, fine) = stand.packages(&["build"]);
    assert!(fine && calls.is_empty());
    assert!(
        said.contains("does not know this system's packages"),
        "{said}"
    );
}
