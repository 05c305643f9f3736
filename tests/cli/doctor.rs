//! `doctor` on a real machine that has no sound.

use super::Desk;

#[test]
fn a_machine_without_sound_is_told_what_to_do() {
    let desk = Desk::new();
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
    for part in [
        "English: Rootwell's own, ",
        "0 lines kept, 0.0 of 268 MB: ",
        "Settings: not there yet, can be made: ",
        "\n1 problem\n  1. No sound device was found.\n     Connect loudspeakers",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    assert!(!told.out.contains('\u{1b}'), "{}", told.out);
}
