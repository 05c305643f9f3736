//! The voice through its door: the worker as a process of its own, hostile text, foreign sound, what is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rootwell::speech::phonemes::Reader;
use rootwell::speech::{Clip, Language, Line, NoVoice, Pace, Setup, Speaker, Voice as _, Worker};
use rootwell::units::Frames;
use rootwell::words::Language::English;
use rootwell::words::Words;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rootwell");

fn line(text: &str) -> Line {
    Line::new(text, Pace::Steady)
}

fn in_language(text: &str, language: Language) -> Line {
    Line {
        language: Some(language),
        ..line(text)
    }
}

fn speaker(folder: &Path, program: &str) -> Speaker {
    Speaker::new(Setup {
        worker: program.into(),
        folder: folder.to_owned(),
        limit: 10_000_000,
        external: Vec::new(),
    })
}

/// Peak and energy of what may be a voice and not silence or noise at full scale.
#[track_caller]
fn sounds(clip: &Clip) {
    let peak = clip
        .samples()
        .iter()
        .map(|sample| sample.unsigned_abs())
        .max()
        .unwrap_or(0);
    assert!((2_000..=29_300).contains(&peak), "peak {peak}");
    assert_eq!(
        (
            clip.samples()[0].abs() < 40,
            clip.samples().last().unwrap().abs() < 40
        ),
        (true, true),
        "faded ends"
    );
}

#[test]
fn a_line_is_spoken_and_is_always_the_same() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let said = folders.each_ref().map(|folder| {
        Worker::new(PROGRAM, folder.path())
            .speak(&line("And ease off."))
            .unwrap()
    });
    sounds(&said[0]);
    assert_eq!(said[0], said[1]);
    let seconds = said[0].frames().secs();
    assert!((0.8..2.5).contains(&seconds), "{seconds} s for three words");
}

#[test]
fn pauses_are_ours_and_lengths_are_told_without_sound() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::new(PROGRAM, folder.path());
    let lengths = ["Soft jaw", "Soft jaw. Soft jaw", "Soft jaw\nSoft jaw", "…"]
        .map(|text| worker.speak(&line(text)).map(|clip| clip.frames()));
    let length = |index: usize| lengths[index].clone().unwrap().secs();
    // 0.7 s at a stop and 1 s at a line break; a phrase differs a little with its place.
    assert!(
        (length(1) - 2.0 * length(0) - 0.7).abs() < 0.3,
        "{lengths:?}"
    );
    assert!(
        (length(2) - 2.0 * length(0) - 1.0).abs() < 0.3,
        "{lengths:?}"
    );
    assert_eq!(lengths[3], Err(NoVoice::Nothing));
}

/// Texts that nobody should write, and that a foreign routine may hold.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<genfile file=\"written.wav\">Hello.",
        "<play file=\"/etc/passwd\"/>",
        "<speed level='9999999999'>fast<volume level='-1'>",
        "</speed></volume></pitch> <break time=\"99999s\"/>",
        "{side} {other} {{}} %s %n \\x00 $(touch written) `touch written`; touch written",
        "\0\u{1}\u{2}\u{7}\u{8}\u{1b}[2J\u{7f}\u{85}\u{200b}\u{202e}\u{feff}",
        "''''''' ------- ,,,,,,, ....... ''--,,..",
        "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z",
        "0123456789012345678901234567890123456789",
        "1:99:1 99:99 3rdth 1,2,3,45 -–−-5 ½¼¾ 1e400 ∞ NaN 4.4.4.4",
        "A I O U AAA TFL xyzzy QQQQQ 'n' o' I'd've",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(10_000));
    texts.push("word ".repeat(5_000));
    texts.push("%".repeat(2_000));
    texts.push("1 ".repeat(3_000));
    texts.push("a.".repeat(300));
    texts.push("\n".repeat(5_000) + "end");
    texts.push("strengths".repeat(6));
    // Every plane of Unicode, a few of each block of 256, as words of six.
    let planes: Vec<char> = (0..0x11_0000_u32)
        .step_by(83)
        .filter_map(char::from_u32)
        .collect();
    let words: Vec<String> = planes.chunks(6).map(|word| word.iter().collect()).collect();
    texts.extend(words.chunks(150).map(|words| words.join(" ")));
    texts
}

#[test]
fn hostile_text_costs_at_most_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::new(PROGRAM, folder.path());
    for language in [Language::English, Language::Spanish] {
        worker.speak(&in_language("uno", language)).unwrap();
        let before = listing(folder.path());
        for text in hostile() {
            match worker.speak(&in_language(&text, language)) {
                Ok(clip) => assert!(clip.frames() > Frames::ZERO),
                Err(why) => assert!(!why.to_string().is_empty()),
            }
        }
        assert_eq!(listing(folder.path()), before, "no file is touched");
        sounds(&worker.speak(&in_language("uno", language)).unwrap());
    }
}

fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path(), entry.metadata().unwrap().len()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_other_languages_speak() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::new(PROGRAM, folder.path());
    for (language, text) in [
        (Language::Spanish, "Lado izquierdo. Respira con suavidad."),
        (Language::German, "Linke Seite. Atme ruhig weiter."),
        (Language::French, "Côté gauche. Respirez doucement."),
        (Language::Italian, "Lato sinistro. Respira con calma."),
        (Language::British, "Left side. Breathe softly."),
    ] {
        let said = worker.speak(&in_language(text, language)).unwrap();
        sounds(&said);
        assert!(
            (1.5..6.0).contains(&said.frames().secs()),
            "{language}: {said:?}"
        );
        assert_eq!(
            said,
            worker.speak(&in_language(text, language)).unwrap(),
            "{language}"
        );
    }
}

#[cfg(unix)]
mod broken_workers {
    use super::*;

    /// A worker that is a few lines of shell: `sh worker`, in a folder with a file of that name.
    fn worker(folder: &Path, script: &str) -> Worker {
        fs::write(folder.join("worker"), script).unwrap();
        Worker::new("sh", folder)
    }

    #[track_caller]
    fn case(script: &str, patience: Duration, expected: &NoVoice) {
        let folder = tempfile::tempdir().unwrap();
        let worker = worker(folder.path(), script).with_patience(patience);
        assert_eq!(
            worker.speak(&line("And rest.")).as_ref(),
            Err(expected),
            "{script}"
        );
    }

    #[test]
    fn a_worker_that_dies_lies_or_hangs_costs_its_line() {
        for script in [
            "exit 1",
            "kill -9 $$",
            "exec cat",
            "head -c 10 /dev/zero",
            "printf '\\377\\377\\377\\377'; exec sleep 600",
        ] {
            case(script, Duration::from_secs(20), &NoVoice::Stopped);
        }
        let short = Duration::from_millis(300);
        case("exec sleep 600", short, &NoVoice::TimeOut);
        let nothing = Worker::new("/no/such/program", tempfile::tempdir().unwrap().path());
        assert!(matches!(
            nothing.speak(&line("And rest.")),
            Err(NoVoice::NotStarted(_))
        ));
    }

    #[test]
    fn a_worker_that_died_is_started_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let script =
            format!("if [ -e been ]; then exec '{PROGRAM}' worker; fi; touch been; exit 1");
        let worker = worker(folder.path(), &script);
        sounds(&worker.speak(&line("And rest.")).unwrap());
    }
}

#[test]
fn a_clip_that_was_made_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let made = speaker(folder.path(), PROGRAM)
        .speak(&line("Hands down."))
        .unwrap();
    let mute = speaker(folder.path(), "/no/such/program");
    assert_eq!(mute.speak(&line("Hands down.")), Ok(made));
    let slower = Line {
        pace: Pace::Relaxed,
        ..line("Hands down.")
    };
    assert!(mute.speak(&slower).is_err(), "another pace is another clip");
    fs::remove_dir_all(folder.path().join("clips")).unwrap();
    assert!(mute.speak(&line("Hands down.")).is_err());
}

/// One second of a tone at this rate, as a WAV file.
fn tone(rate: u32, channels: u16) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    for n in 0..rate * u32::from(channels) {
        let turns = f64::from(n / u32::from(channels)) * 440.0 / f64::from(rate);
        writer
            .write_sample(((turns * std::f64::consts::TAU).sin() * 8_000.0) as i16)
            .unwrap();
    }
    writer.finalize().unwrap();
    file.into_inner()
}

#[test]
fn foreign_sound_is_decoded_within_limits() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::new(PROGRAM, folder.path());
    for (rate, channels) in [
        (48_000, 1),
        (44_100, 2),
        (8_000, 1),
        (96_000, 2),
        (22_050, 1),
    ] {
        let (shape, samples) = worker.decode(tone(rate, channels)).unwrap();
        assert_eq!(
            (u16::from(shape), samples.len()),
            (channels, 48_000 * usize::from(channels)),
            "{rate} Hz"
        );
        assert!(
            (7_000..9_000).contains(&samples[10_000..20_000].iter().copied().max().unwrap()),
            "{rate} Hz"
        );
    }
    for name in ["tone.flac", "tone.ogg"] {
        let file = fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/voice")
                .join(name),
        )
        .unwrap();
        let (channels, samples) = worker.decode(file).unwrap();
        assert_eq!(channels, 1, "{name}");
        assert!(
            (samples.len() as f64 - 12_000.0).abs() < 1_500.0,
            "{name}: {}",
            samples.len()
        );
    }
    for (what, file) in [
        (
            "an mp3 header",
            b"ID3\x03\0\0\0\0\0\x1c\xff\xfb\x90\x64".repeat(3),
        ),
        ("nothing", Vec::new()),
        ("text", b"RIFF but no sound at all".to_vec()),
        ("a header alone", tone(48_000, 1)[..44].to_vec()),
        ("six channels", tone(48_000, 6)),
        ("too high a rate", tone(192_000, 1)),
        ("Ogg without Vorbis", b"OggS\0\x02\0\0\0\0\0\0\0\0".to_vec()),
    ] {
        assert!(
            matches!(worker.decode(file), Err(NoVoice::Recording(_))),
            "{what}"
        );
    }
}

#[test]
fn damaged_sound_costs_at_most_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::new(PROGRAM, folder.path());
    let read = |name: &str| {
        fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/voice")
                .join(name),
        )
        .unwrap()
    };
    let mut seed = 1_u64;
    let mut random = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for whole in [tone(8_000, 1), read("tone.flac"), read("tone.ogg")] {
        for _ in 0..60 {
            let mut file = whole.clone();
            for _ in 0..=random(8) {
                // Most of what can go wrong is in the headers.
                let within = if random(2) == 0 { 200 } else { file.len() };
                let place = random(within);
                file[place] = random(256) as u8;
            }
            file.truncate(random(file.len()) + file.len() / 2);
            _ = worker.decode(file);
        }
    }
    assert!(worker.decode(tone(8_000, 1)).is_ok());
}

#[cfg(unix)]
#[test]
fn a_voice_of_ones_own_comes_first_and_ours_when_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let wav = folder.path().join("own.wav");
    fs::write(&wav, tone(22_050, 1)).unwrap();
    let with = |command: &[&str]| {
        let external = command.iter().map(|&word| word.to_owned()).collect();
        Speaker::new(Setup {
            worker: PROGRAM.into(),
            folder: folder.path().join("cache"),
            limit: 0,
            external,
        })
    };
    let own = with(&["cat", wav.to_str().unwrap()])
        .speak(&line("Hands down."))
        .unwrap();
    assert!((own.frames().secs() - 1.0).abs() < 0.1, "{own:?}");
    let ours = with(&[]).speak(&line("Hands down.")).unwrap();
    let fails = with(&["false"]);
    assert_eq!(fails.speak(&line("…")), Err(NoVoice::Nothing));
    assert_eq!(fails.take_troubles(Words::of(English)), [""; 0]);
    assert_eq!(fails.speak(&line("Hands down.")), Ok(ours.clone()));
    assert_eq!(fails.take_troubles(Words::of(English)).len(), 1);
    assert_eq!(
        with(&["/no/such/voice"]).speak(&line("Hands down.")),
        Ok(ours)
    );
}

#[test]
fn a_recording_comes_before_every_voice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.wav");
    fs::write(&path, tone(44_100, 2)).unwrap();
    let speaker = speaker(folder.path(), PROGRAM);
    let recorded = speaker
        .speak(&Line {
            recording: Some(path.clone()),
            ..line("Hands down.")
        })
        .unwrap();
    assert!((recorded.frames().secs() - 1.0).abs() < 0.1);
    assert!(
        matches!(speaker.recording(&folder.path().join("none.wav")), Err(NoVoice::Recording(why)) if why == "it is not there")
    );
    let missing = Line {
        recording: Some(folder.path().join("none.wav")),
        ..line("Hands down.")
    };
    sounds(&speaker.speak(&missing).unwrap());
    assert_eq!(
        speaker.take_troubles(Words::of(English)),
        ["recordings that cannot be used, a voice stands in for them: none.wav (it is not there)"]
    );
}

#[test]
fn a_language_without_a_voice_is_not_read_by_another() {
    let folder = tempfile::tempdir().unwrap();
    let speaker = speaker(folder.path(), PROGRAM);
    let foreign = Line {
        language: None,
        ..line("Respire fundo.")
    };
    assert_eq!(speaker.speak(&foreign), Err(NoVoice::UnknownLanguage));
    assert_eq!(speaker.take_troubles(Words::of(English)).len(), 1);
    let path = folder.path().join("line.wav");
    fs::write(&path, tone(44_100, 2)).unwrap();
    let recorded = Line {
        recording: Some(path),
        ..foreign
    };
    assert!(speaker.speak(&recorded).is_ok(), "its recording is heard");
}

#[test]
fn a_cache_that_cannot_be_written_costs_no_voice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let speaker = speaker(&file.join("cache"), PROGRAM);
    for language in [
        Language::English,
        #[cfg(feature = "pico")]
        Language::Spanish,
    ] {
        sounds(&speaker.speak(&in_language("uno", language)).unwrap());
    }
    assert_eq!(speaker.take_troubles(Words::of(English)), [""; 0]);
}

/// The words of the shipped routines and of `tests/voice` that no dictionary knows, with how they are said.
#[test]
fn unknown_words_are_listed_with_how_they_are_said() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = String::new();
    for name in ["scripts.txt", "words.txt"] {
        texts += &fs::read_to_string(root.join("tests/voice").join(name)).unwrap();
    }
    for style in ["relaxation", "therapeutic", "blend"] {
        for entry in fs::read_dir(root.join("routines").join(style)).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            // What is written between quotes and has a space in it; the rest are names.
            texts.extend(
                text.split('"')
                    .skip(1)
                    .step_by(2)
                    .filter(|text| text.contains(' '))
                    .map(|text| format!("{text}\n")),
            );
        }
    }
    let reader = Reader::new(rten::RunOptions::default());
    let said = reader.unknown_words(&texts);
    let respelled: BTreeMap<&String, &String> = reader.respelled().iter().collect();
    let mut list = String::from("No dictionary knows these; the network says:\n");
    said.iter()
        .for_each(|(word, said)| writeln!(list, "  {word}  {said}").unwrap());
    list += "Respelled by the house:\n";
    respelled
        .iter()
        .for_each(|(word, how)| writeln!(list, "  {word}  {how}").unwrap());
    golden("tests/golden/unknown-words.txt", &list);
}

#[track_caller]
fn golden(path: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        actual,
        "UPDATE=1 rewrites {}",
        path.display()
    );
}
