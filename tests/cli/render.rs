//! `render`: what is in the files, and that nothing is left of one that was not finished.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use rootwell::speech::Worker;

use super::{Desk, Told};

/// Ten seconds with a bed, paced breath and tones; nothing is said.
const SHORT: &str = r#"Routine(
    format: 1, title: "Six Breaths", promise: "Breathe.", style: Relaxation, level: Gentle, areas: [Whole],
    positions: [Chair], goals: [R1], author: "Test", bed: (sound: Rain, level: -6),
    sections: [
        (section: Arrive, steps: [(title: "One", do: Rest(length: 3))]),
        (section: Soften, steps: [(title: "Two", do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: 1))]),
        (section: Close, steps: [(title: "Three", do: Rest(length: 3))]),
    ],
)"#;

fn desk() -> Desk {
    Desk::new().file("short.ron", SHORT)
}

#[track_caller]
fn rendered(desk: &Desk, words: &str) -> Vec<u8> {
    let (_, name) = words.rsplit_once(' ').unwrap();
    desk.run(words).is(0, "", "");
    fs::read(desk.path(name)).unwrap()
}

#[test]
fn lossless_files_hold_the_same_sound_and_say_what_they_are() {
    let desk = desk();
    let wav = rendered(&desk, "render short.ron -o a.wav");
    let flac = rendered(&desk, "render short.ron -o a.flac");
    assert_eq!(
        wav,
        rendered(&desk, "render short.ron --threads 1 -o b.wav")
    );
    assert_eq!(
        flac,
        rendered(&desk, "render short.ron --threads 1 -o b.flac")
    );
    let worker = Worker::new(env!("CARGO_BIN_EXE_rootwell"), desk.path("worker"));
    let sound = worker.decode(wav.clone()).unwrap();
    assert_eq!(sound.0, 2);
    assert!(
        sound.1.len() / 2 >= 10 * 48_000,
        "{} frames",
        sound.1.len() / 2
    );
    assert!(
        worker.decode(flac.clone()).unwrap() == sound,
        "the same samples"
    );
    let bytes: Vec<u8> = sound
        .1
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect();
    // The last 16 bytes of the properties, which come first.
    assert_eq!(
        flac[26..42],
        md5::compute(bytes).0,
        "the sum that `flac -t` compares"
    );
    let holds =
        |file: &[u8], text: &str| file.windows(text.len()).any(|part| part == text.as_bytes());
    for text in ["Six Breaths", "Rootwell", "Soften"] {
        assert!(holds(&wav, text) && holds(&flac, text), "{text}");
    }
}

#[test]
fn files_for_a_phone_name_title_and_chapters() {
    let desk = desk();
    let opus = rendered(&desk, "render short.ron -o a.opus");
    assert!(opus.starts_with(b"OggS"));
    let text = String::from_utf8_lossy(&opus);
    assert!(text.contains("TITLE=Six Breaths") && text.contains("CHAPTER001NAME=Soften"));
    if cfg!(feature = "mp3") {
        let mp3 = rendered(&desk, "render short.ron -o a.mp3");
        assert!(mp3.starts_with(b"ID3\x04"));
        assert!(mp3.windows(4).filter(|part| part == b"CHAP").count() == 3);
        // 64 kbit/s: forty minutes stay under 20 MB.
        let seconds = rendered(&desk, "render short.ron -o a.wav").len() / 192_000;
        assert!(
            mp3.len() < (seconds + 1) * 8_000 + 2_000,
            "{} bytes",
            mp3.len()
        );
    }
}

/// What lies beside the routine.
fn others(desk: &Desk) -> Vec<String> {
    let names = fs::read_dir(desk.path("")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name != "short.ron" && name != "home")
        .collect()
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_leaves_nothing() {
    for ending in ["wav", "flac", "opus", "mp3"] {
        if ending == "mp3" && !cfg!(feature = "mp3") {
            continue;
        }
        let desk = desk();
        let line = format!(
            "trap '' XFSZ; ulimit -f 8; exec {} render short.ron -o a.{ending}",
            env!("CARGO_BIN_EXE_rootwell")
        );
        let output = Command::new("sh")
            .args(["-c", &line])
            .current_dir(desk.path(""))
            .env("ROOTWELL_HOME", desk.path("home"))
            .output()
            .unwrap();
        let told = Told::of(&output);
        assert_eq!(
            (told.code, told.out.as_str()),
            (2, ""),
            "{ending}: {}",
            told.err
        );
        assert!(
            told.err.starts_with("rootwell: could not write the file: "),
            "{}",
            told.err
        );
        assert_eq!(others(&desk), [""; 0], "{ending}");
    }
}

#[test]
fn captions_that_cannot_be_written_are_known_before_the_work() {
    let desk = desk();
    desk.run("render short.ron -o a.wav --captions nodir/x.vtt").is(
        2,
        "",
        "rootwell: could not write the file: No such file or directory (os error 2): nodir/x.vtt\n",
    );
    assert_eq!(others(&desk), [""; 0]);
}

/// What a render of one line says, with other header fields and a recording.
fn heard(desk: &Desk, header: &str, clip: &str) -> String {
    let said = format!("say: [(at: 0.5, text: \"Rest.\"{clip})]");
    let text = SHORT
        .replacen("Rest(length: 3))", &format!("Rest(length: 3), {said})"), 1)
        .replace("author:", &format!("{header} author:"));
    fs::write(desk.path("said.ron"), text).unwrap();
    let told = desk.run("render said.ron -o said.wav");
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    told.err
}

#[test]
fn what_is_heard_otherwise_than_it_was_meant_is_said() {
    let desk = desk();
    assert_eq!(heard(&desk, "", ""), "");
    assert_eq!(
        heard(&desk, "language: \"pt\",", ""),
        "rootwell: there is no voice for the language of this routine; captions and tones stand for what is not spoken\n"
    );
    assert_eq!(
        heard(&desk, "", ", clip: \"rest.ogg\""),
        "rootwell: recordings that cannot be used, a voice stands in for them: rest.ogg (it is not there)\n"
    );
    let desk = desk.file(
        "home/config/settings.ron",
        "Settings(version: 1, voice_program: \"/no/such/voice --raw\")",
    );
    let told = heard(&desk, "", "");
    assert!(
        told.starts_with("rootwell: the voice program of the settings does not speak, our own voice stands in for it: "),
        "{told}"
    );
}

#[test]
fn a_studios_own_tone_stands_for_ours_and_one_that_cannot_be_used_does_not() {
    let tone = format!("{}/tests/voice/tone.flac", env!("CARGO_MANIFEST_DIR"));
    let desk = desk()
        .file("home/config/bowl.flac", fs::read(tone).unwrap())
        .file("home/config/song.ogg", "no sound");
    let ours = rendered(&desk, "render short.ron -o a.wav");
    let with = |tones: &str| {
        let studio = format!("Studio(version: 1, emergency_number: \"112\", tones: {tones})");
        fs::write(desk.path("home/config/studio.ron"), studio).unwrap();
    };
    with("{ end: \"elsewhere/bowl.flac\" }");
    assert!(rendered(&desk, "render short.ron -o a.wav") != ours);
    with("{ End: \"song.ogg\", Notice: \"none.wav\" }");
    let told = desk.run("render short.ron -o a.wav");
    told.is(
        0,
        "",
        "rootwell: tones of the studio that cannot be used, our own stand in for them: \
         none.wav (it is not there), song.ogg (it is neither Ogg Vorbis, FLAC nor WAV)\n",
    );
    assert!(fs::read(desk.path("a.wav")).unwrap() == ours);
}

#[cfg(unix)]
#[test]
fn an_interrupted_render_leaves_nothing() {
    // Long enough that it is not over before it is stopped.
    let long = SHORT.replace("length: 3", "length: 3000");
    let desk = Desk::new().file("short.ron", long);
    let mut render = desk
        .command("render short.ron -o a.wav")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while others(&desk).is_empty() {
        std::thread::sleep(Duration::from_millis(10));
        assert!(
            render.try_wait().unwrap().is_none(),
            "it works until it is stopped"
        );
    }
    let stopped = Command::new("kill")
        .args(["-INT", &render.id().to_string()])
        .status();
    assert!(stopped.unwrap().success());
    let told = Told::of(&render.wait_with_output().unwrap());
    told.is(2, "", "rootwell: stopped; nothing was kept\n");
    assert_eq!(others(&desk), [""; 0]);
}
