//! `doctor` on a real machine that has no sound.

use super::Desk;

/// What `doctor` tells of a machine without sound.
#[track_caller]
fn tells(desk: &Desk, parts: &[&str]) {
    let mut command = desk.command("doctor");
    let told = super::Told::of(
        &command
            .env("PULSE_SERVER", "unix:/nowhere")
            .env("ALSA_CONFIG_PATH", "/nowhere")
            .env_remove("XDG_RUNTIME_DIR")
            .env_remove("PULSE_RUNTIME_PATH")
            .output()
            .unwrap(),
    );
    assert_eq!((told.code, told.err.as_str()), (1, ""), "{}", told.out);
    for part in parts {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    assert!(!told.out.contains('\u{1b}'), "{}", told.out);
}

#[test]
fn a_machine_without_sound_is_told_what_to_do() {
    let parts = [
        "English: Rootwell's own, ",
        "0 lines kept, 0.0 of 268 MB: ",
        "Settings: not there yet, can be made: ",
        "\n1 problem\n  1. No sound device was found.\n     Connect loudspeakers",
    ];
    tells(&Desk::new(), &parts);
}

#[test]
fn a_cache_that_cannot_be_written_is_named_and_costs_no_voice() {
    let parts = [
        "English: Rootwell's own, ",
        "What can be made again: not usable: ",
        "\n2 problems\n",
        "What can be made again cannot be kept: Not a directory (os error 20)",
    ];
    tells(&Desk::new().file("home/cache", "a file"), &parts);
}
