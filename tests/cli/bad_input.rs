//! Files that no check should ever meet: a clear message with the path each, no panic, bounded time and memory.

use std::fs::{self, File};

use super::{Desk, Told};
use crate::rules::whole;

#[track_caller]
fn case(desk: &Desk, name: &str, code: i32, sentence: &str) {
    let told = desk.run(&format!("check {name}"));
    assert_eq!(told.code, code, "{told:?}");
    assert!(told.out.contains(sentence), "{name}: {}", told.out);
    assert!(told.out.contains(name), "{name}: {}", told.out);
    assert!(!told.err.contains("panicked"), "{}", told.err);
}

#[test]
fn each_is_told_with_its_path() {
    let routine = |step: &str| whole(step);
    let desk = Desk::new()
        .file("latin.ron", b"Routine(title: \"caf\xe9\")")
        .file("empty.ron", "")
        .file("brackets.ron", "[".repeat(100_000))
        .file(
            "often.ron",
            routine("(do: Move(times: 4000000000, seconds: 5))"),
        )
        .file("huge.ron", routine("(do: Rest(length: 1e400))"))
        .file("nan.ron", routine("(do: Rest(length: NaN))"))
        .file(
            "newer.ron",
            "Routine(format: 9, title: \"From tomorrow\", new: 1)",
        )
        .file("circle.ron", routine("(do: Include(routine: \"circle\"))"))
        .file(
            "nested.ron",
            format!(
                "Routine(title: {}1{})",
                "(".repeat(5_000),
                ")".repeat(5_000)
            ),
        );
    case(&desk, "latin.ron", 1, "is not UTF-8 text");
    case(&desk, "empty.ron", 1, "error");
    case(&desk, "brackets.ron", 1, "error");
    case(
        &desk,
        "often.ron",
        1,
        "4000000000 is more than anybody does",
    );
    case(&desk, "huge.ron", 1, "error");
    case(&desk, "nan.ron", 1, "error");
    case(&desk, "newer.ron", 1, "made with a newer Rootwell");
    case(&desk, "circle.ron", 1, "error");
    case(&desk, "nested.ron", 1, "error");
    case(&desk, "gone.ron", 1, "there is no such file");
}

#[test]
fn a_file_of_two_gigabytes_is_not_read() {
    let desk = Desk::new();
    File::create(desk.path("big.ron"))
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    case(&desk, "big.ron", 1, "larger than 1 MiB");
}

#[test]
fn a_folder_is_walked_and_a_folder_for_a_file_is_none() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder.ron")).unwrap();
    let told = desk.run("check folder.ron");
    told.is(0, "there is no routine file here\n", "");
    let told = desk.run("timeline folder.ron");
    told.is(
        2,
        "",
        "rootwell: this is a folder, not a file: folder.ron\n",
    );
}

#[cfg(unix)]
#[test]
fn links_in_circles_end() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new().file(
        "sub/fine.ron",
        include_str!("../../src/cli/new/relaxation.ron"),
    );
    symlink("b.ron", desk.path("a.ron")).unwrap();
    symlink("a.ron", desk.path("b.ron")).unwrap();
    symlink("..", desk.path("sub/up")).unwrap();
    case(&desk, "a.ron", 1, "the link goes round in a circle");
    let told = desk.run("check .");
    assert_eq!(told.code, 1);
    assert!(
        told.out
            .contains("this link leads back to a folder that holds it"),
        "{}",
        told.out
    );
    assert!(told.out.contains("4 files checked"), "{}", told.out);
}

#[test]
fn includes_in_a_circle_end() {
    let desk = Desk::new()
        .file("a.ron", whole("(do: Include(routine: \"b\"))"))
        .file("b.ron", whole("(do: Include(routine: \"a\"))"));
    let told = desk.run("check . --json");
    assert_eq!(told.code, 1);
    assert!(
        told.out.contains("a.ron") && told.out.contains("b.ron"),
        "{}",
        told.out
    );
}

/// Tests may run as the administrator, who may read everything: the program is run as nobody.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;
    let desk = Desk::new().file("secret.ron", "Routine()");
    let set = |name: &str, mode| {
        fs::set_permissions(desk.path(name), fs::Permissions::from_mode(mode)).unwrap()
    };
    set("secret.ron", 0o000);
    set("", 0o755);
    let program = desk.path("rootwell");
    fs::copy(env!("CARGO_BIN_EXE_rootwell"), &program).unwrap();
    set("rootwell", 0o755);
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout == b"0\n");
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
            .arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let output = command
        .args(["check", "secret.ron"])
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    let told = Told::of(&output);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(
        told.out.contains("there is no permission to read this") && told.out.contains("secret.ron"),
        "{}",
        told.out
    );
}
