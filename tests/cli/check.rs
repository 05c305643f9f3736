//! `check` and `fmt`.

use std::fs;
use std::path::Path;

use super::{Desk, golden};
use crate::rules::whole;

const CLEAN: &str = include_str!("../../src/cli/new/relaxation.ron");

#[test]
fn a_clean_file_says_so_and_notes_never_fail() {
    let desk = Desk::new().file("calm.ron", CLEAN);
    let told = desk.run("check calm.ron --deny-warnings");
    assert_eq!(told.code, 0, "{told:?}");
    assert!(
        told.out.contains("note: nobody has reviewed this routine"),
        "{}",
        told.out
    );
    assert!(
        told.out
            .ends_with("1 file checked: 0 errors, 0 warnings, 1 note\n"),
        "{}",
        told.out
    );
}

#[test]
fn warnings_fail_only_when_they_are_told_to() {
    let text = CLEAN.replace("Sit back. Let your hands be heavy.", "Dig in.");
    let desk = Desk::new().file("calm.ron", text);
    assert_eq!(desk.run("check").code, 0);
    assert_eq!(desk.run("check --deny-warnings").code, 1);
}

#[test]
fn json_has_every_field_and_its_order() {
    let desk = Desk::new()
        .file("a/bad.ron", "Routine(\n")
        .file("b.ron", CLEAN)
        .file("plan.ron", "Plan(client: \"Ada\")");
    let told = desk.run("check . --json");
    assert_eq!(told.code, 1);
    let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        (&report["version"], &report["files"]),
        (&1.into(), &2.into())
    );
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let places: Vec<_> = diagnostics
        .iter()
        .map(|found| {
            (
                found["file"].as_str().unwrap(),
                found["line"].as_u64(),
                found["column"].as_u64(),
                found["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for found in diagnostics {
        let keys: Vec<_> = found
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        for key in [
            "code",
            "level",
            "message",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "path",
            "notes",
            "fix",
        ] {
            assert!(keys.contains(&key), "{key}: {keys:?}");
        }
    }
}

#[test]
fn what_a_machine_can_mend_is_mended_and_comments_stay() {
    let text = CLEAN
        .replace("(before_end: 12,", "(before_end: 12, ")
        .replace(
            "level: Gentle,",
            "level: Gentle, // easy\n    bed: (sound: Rain, fade: (last: 60, by: 12)),",
        );
    let desk = Desk::new().file("calm.ron", &text);
    let told = desk.run("check calm.ron --fix --deny-warnings");
    assert_eq!(told.code, 0, "{}", told.out);
    let mended = desk.text("calm.ron");
    assert!(
        mended.contains("by: -12") && mended.contains("// easy"),
        "{mended}"
    );
}

/// What `--fix` makes of one part of a clean file.
#[track_caller]
fn mends(part: &str, written: &str, expected: &str) {
    let desk = Desk::new().file("calm.ron", CLEAN.replacen(part, written, 1));
    assert_ne!(desk.text("calm.ron"), CLEAN, "{part}");
    desk.run("check calm.ron --fix");
    assert_eq!(
        desk.text("calm.ron"),
        CLEAN.replacen(part, expected, 1),
        "{written}"
    );
}

#[test]
fn only_what_a_machine_can_know_is_mended() {
    let stays = |part: &str, written: &str| mends(part, written, written);
    let length = "length: (min: 20, ideal: 30, max: 60)";
    mends(length, "length: 1 min", "length: 60");
    mends(length, "length: 30s", "length: 30");
    mends("level: Gentle", "level: gentle", "level: Gentle");
    mends("format: 1", "format: 0", "format: 1");
    mends("before_end:", "before-end:", "before_end:");
    stays(length, "length: -30");
    stays(length, "length: 5000");
    stays(length, "length: 10 breaths");
    stays("level: Gentle", "level: Gentel");
    mends(length, "length: 1:30", "length: 90");
    mends(length, "length: 1,5 min", "length: 90");
    mends(length, "length: 1,5min", "length: 90");
    mends(length, "length: 60,5", "length: 60.5");
    mends(
        length,
        "length: (min: 0,5 min, ideal: 45 sec, max: 1:30)",
        "length: (min: 30, ideal: 45, max: 90)",
    );
    mends(
        "inhale: 4, exhale: 6",
        "inhale: 4s, exhale: 6 s",
        "inhale: 4, exhale: 6",
    );
    stays(length, "length: 1:30 min");
    stays(length, "length: 1:30min");
    stays(length, "length: 0:5");
    stays(length, "length: (min: 1:5, ideal: 70, max: 80)");
    stays(length, "length: \"1:30\"");
    stays(length, "length: 1 min 30 s");
    stays(length, "length: 4 to 6");
    stays(length, "length: 4-6 min");
    stays(length, "length: 4,-5");
    let breaths = "breaths: (min: 12, ideal: 24, max: 60)";
    stays(breaths, "breaths: (min: 12, ideal: 1 min, max: 60)");
    stays(breaths, "breaths: 2 min");
    stays("exhale: 12", "exhale: 12 s");
    for header in [
        "again_after: 90 min",
        "again_after: 24 h",
        "again_after: 1 day",
        "spacing: (hours: 1:30)",
        "spacing: (hours: 24, a_week: 5 min)",
        "minutes: 12 min",
        "minutes: 45",
    ] {
        stays("level: Gentle", &format!("level: Gentle, {header}"));
    }
    mends("sections: [", "sections: (", "sections: [");
    stays("sections: [\n        (", "sections: (");
    stays("sections: [\n        (", "sections: \n        (");
    stays("areas: [Whole]", "areas: Neck, Jaw");
    stays("Routine(", "Plan(");
}

#[test]
fn what_says_that_it_is_another_kind_is_never_mended() {
    let plan = "Plan(format: 1, minutes: 12 min)";
    let desk = Desk::new()
        .file("calm.ron", CLEAN)
        .file("plan.ron", plan)
        .file("sounds.ron", "/* rain */ Sounds(minutes: 12 s,)");
    let told = desk.run("check . --fix");
    assert!(told.out.contains("1 file checked"), "{}", told.out);
    assert_eq!(desk.run("check plan.ron sounds.ron --fix").code, 1);
    assert_eq!(desk.text("plan.ron"), plan);
    assert_eq!(desk.text("sounds.ron"), "/* rain */ Sounds(minutes: 12 s,)");
}

#[test]
fn what_a_terminal_obeys_is_no_part_of_a_text() {
    for sign in ["\x1b[2J", "\u{202e}", "\\u{9b}"] {
        let text = CLEAN.replacen("title: \"", &format!("title: \"{sign}"), 1);
        let told = Desk::new().file("calm.ron", text).run("check calm.ron");
        assert_eq!(told.code, 1, "{}", told.out);
        assert!(told.out.contains("a text holds no"), "{}", told.out);
    }
}

#[test]
fn what_looks_like_a_new_line_ends_no_comment() {
    let desk = Desk::new().file(
        "calm.ron",
        CLEAN.replacen("level:", "// easy\u{2028}level:", 1),
    );
    assert_eq!(desk.run("check calm.ron").code, 1);
    desk.run("check calm.ron --fix");
    assert_eq!(
        desk.text("calm.ron"),
        CLEAN.replacen("level:", "// easy\nlevel:", 1)
    );
}

#[test]
fn plain_has_no_drawing() {
    let desk = Desk::new().file("bad.ron", "Routine(format: 1, stlye: Blend)");
    let told = desk.run("check bad.ron --plain");
    assert!(
        !told.out.contains("-->") && !told.out.contains(" | "),
        "{}",
        told.out
    );
    assert!(told.out.contains("at bad.ron:1:"), "{}", told.out);
}

/// Files with many mistakes each, and all that is said about them.
#[test]
fn every_mistake_of_a_file_is_shown_in_one_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/diagnostics");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    files.sort();
    assert!(files.len() >= 3, "{files:?}");
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let desk = Desk::new().file(name, fs::read(&path).unwrap());
        golden(
            &path.with_extension("txt"),
            &desk.run(&format!("check {name}")).out,
        );
    }
}

#[test]
fn fmt_lays_out_and_says_what_it_would_do() {
    let desk = Desk::new().file("calm.ron", CLEAN.replace("    format: 1,", "format:1 ,"));
    desk.run("fmt --check")
        .is(1, "would be laid out anew: ./calm.ron\n", "");
    desk.run("fmt calm.ron")
        .is(0, "laid out anew: calm.ron\n", "");
    assert_eq!(desk.text("calm.ron"), CLEAN);
    desk.run("fmt --check").is(0, "", "");
}

#[test]
fn a_broken_file_is_not_laid_out() {
    let desk = Desk::new().file("bad.ron", "Routine(title: \"A");
    let told = desk.run("fmt bad.ron");
    assert_eq!(told.code, 1);
    assert!(
        told.out
            .ends_with("1 file left as before: the brackets and texts come first\n"),
        "{}",
        told.out
    );
    assert_eq!(desk.text("bad.ron"), "Routine(title: \"A");
}

#[test]
fn examples_of_the_table_are_files() {
    let desk = Desk::new().file("x.ron", whole("(do: Rest(length: 30))"));
    assert_eq!(desk.run("check x.ron").code, 0);
}

/// A routine whose lines have these recordings.
fn recorded(clips: &[&str]) -> String {
    let line = |(n, clip): (usize, &&str)| {
        format!(
            "            (at: {}, text: \"Rest.\", clip: \"{clip}\"),\n",
            1 + 5 * n
        )
    };
    let lines: String = clips.iter().enumerate().map(line).collect();
    format!(
        "Routine(format: 1, title: \"Rest\", promise: \"Rest.\", style: Relaxation, level: Gentle, areas: [Whole],\n\
         positions: [Chair], goals: [R1], author: \"Test\", sections: [(section: Close, steps: [\n\
         (do: Rest(length: 45), say: [\n{lines}])])])\n"
    )
}

#[test]
fn recordings_that_cannot_be_used_are_told_with_their_places() {
    let sound = |name| std::fs::read(format!("{}/tests/voice/{name}", env!("CARGO_MANIFEST_DIR")));
    let whole = sound("tone.flac").unwrap();
    let folder = "home/data/recordings";
    let clips = [
        "none.ogg",
        "song.ogg",
        "noise.wav",
        "cut.flac",
        "cut.wav",
        "good.flac",
    ];
    let cut = b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\0\x77\x01\0\x02\0\x10\0data\xdb\xff\0\0";
    let cut = [cut.as_slice(), &[7; 9_000]].concat();
    let desk = Desk::new()
        .file("rest.ron", recorded(&clips))
        .file(
            &format!("{folder}/song.ogg"),
            b"ID3\x03\0\0\0\0\0\x1c\xff\xfb\x90\x64",
        )
        .file(
            &format!("{folder}/noise.wav"),
            b"RIFF\x99\x99\x99\x99WAVEfmt noise and no sound",
        )
        .file(&format!("{folder}/cut.flac"), &whole[..whole.len() / 2])
        .file(&format!("{folder}/cut.wav"), cut)
        .file(&format!("{folder}/good.flac"), &whole);
    let told = desk.run("check rest.ron --voice --plain");
    let lines: Vec<&str> = told.out.lines().collect();
    let found = lines.windows(2).filter_map(|pair| {
        let (_, why) = pair[0].split_once("this recording cannot be used: ")?;
        Some((why, pair[1]))
    });
    let found: Vec<(&str, &str)> = found.collect();
    let whys = [
        "it is not there",
        "it is neither Ogg Vorbis, FLAC nor WAV",
        "unexpected end of file",
        "unexpected end of file",
        "it is shorter than it says",
    ];
    assert_eq!(found.len(), whys.len(), "{}", told.out);
    for ((n, (told, place)), why) in (4..).zip(found).zip(whys) {
        assert_eq!(told, why);
        assert!(place.contains(&format!("rest.ron:{n}:")), "{place}");
    }
    assert!(!desk.run("check rest.ron --plain").out.contains("RW195"));
}

#[test]
fn a_recording_is_as_long_as_it_is() {
    let mut file = std::io::Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    for n in 0..8 * 8_000 {
        let wave = (f64::from(n) * 0.4).sin() * 8_000.0;
        writer.write_sample(wave as i16).unwrap();
    }
    writer.finalize().unwrap();
    let desk = Desk::new()
        .file("rest.ron", recorded(&["long.wav", "long.wav"]))
        .file("home/data/recordings/long.wav", file.into_inner());
    let told = desk.run("check rest.ron --voice --plain").out;
    assert!(told.contains("this line takes 8 s"), "{told}");
    let told = desk.run("check rest.ron --plain").out;
    assert!(!told.contains("this line takes"), "{told}");
}
