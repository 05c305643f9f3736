//! What was found, as text: one fact a line, so that it reads well aloud and in a message to whoever helps.

use std::fmt::Write as _;

use super::{Folder, Found, Kept, Problem, Program, Sound, Spoken, State};
use crate::audio::device::{Entry, Format, System};
use crate::speech::{Language, NoVoice};
use crate::units::{Frames, RATE};
use crate::wording::Count;

/// The whole report.
pub(super) fn text(found: &Found, problems: &[Problem]) -> String {
    let mut text = format!(
        "Rootwell {} on {}, {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    part(&mut text, "Sound", &sound(found));
    part(
        &mut text,
        "Voice",
        &found
            .voices
            .iter()
            .map(voice)
            .chain(found.program.iter().map(program))
            .collect::<Vec<_>>(),
    );
    if let Some(kept) = &found.kept {
        part(&mut text, "Spoken lines", &[lines(kept)]);
    }
    part(
        &mut text,
        "Folders",
        &found.folders.iter().map(folder).collect::<Vec<_>>(),
    );
    if problems.is_empty() {
        text += "\nAll is well.\n";
        return text;
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\n{}", Count(problems.len(), "problem"));
    for (number, problem) in (1..).zip(problems) {
        let _ = writeln!(
            text,
            "  {number}. {}\n     {}",
            problem.what, problem.remedy
        );
    }
    text
}

fn part(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    // As above.
    let _ = writeln!(text, "\n{title}");
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
}

fn sound(found: &Found) -> Vec<String> {
    let mut lines = match found.systems.as_deref() {
        None => vec!["Systems: no answer".to_owned()],
        Some([]) => vec!["Systems: none".to_owned()],
        Some(systems) => systems.iter().map(system).collect(),
    };
    match &found.sound {
        Sound::Pulls {
            device,
            format,
            latency,
        } => lines.extend(opened(device, format, *latency)),
        Sound::Stands(device) => lines.push(format!("Opened: {}, which stands still", device.name)),
        Sound::Failed(error) => lines.push(format!("Opened: none, {error}")),
        Sound::Hangs => lines.push("Opened: none, no answer".to_owned()),
    }
    lines
}

fn system(system: &System) -> String {
    let mut devices = system.devices.iter();
    let names = devices.next().map_or_else(
        || "no devices".to_owned(),
        |usual| {
            let others = devices.map(|device| format!(", {}", device.name));
            format!(
                "{} (the usual one){}",
                usual.name,
                others.collect::<String>()
            )
        },
    );
    format!("{}: {names}", system.name)
}

fn opened(device: &Entry, format: &Format, latency: Frames) -> [String; 4] {
    let fate = if (format.rate, format.channels) == (RATE, 2) {
        "as it is made"
    } else {
        "made of 48000 Hz and 2 channels"
    };
    let millis = |secs: f64| (secs * 1e3).round();
    [
        format!("Opened: {}, through {}", device.name, format.system),
        format!(
            "Rate: {} Hz, {}, {fate}",
            format.rate,
            Count(usize::from(format.channels), "channel")
        ),
        format!(
            "Buffer: {} ms",
            millis(format.buffer.0 as f64 / f64::from(format.rate))
        ),
        format!("To the ear: {} ms", millis(latency.secs())),
    ]
}

fn voice(spoken: &Spoken) -> String {
    let voice = match spoken.language {
        Language::English => "Rootwell's own",
        _ => "SVOX Pico",
    };
    match &spoken.answer {
        Ok((sound, work)) => format!(
            "{}: {voice}, {:.0} times as fast as it plays",
            spoken.language,
            sound.as_secs_f64() / work.as_secs_f64()
        ),
        Err(NoVoice::NoLanguage(_)) => {
            format!(
                "{}: captions and tones, no voice in this build",
                spoken.language
            )
        }
        Err(error) => format!("{}: {error}", spoken.language),
    }
}

fn program(program: &Program) -> String {
    let speaks = if program.answer.is_ok() {
        "speaks before them"
    } else {
        "does not speak"
    };
    format!(
        "Voice program of the settings: {speaks}: {}",
        program.command
    )
}

fn lines(kept: &Kept) -> String {
    format!(
        "{} kept, {:.1} of {:.0} MB: {}",
        Count(kept.lines, "line"),
        kept.size as f64 / 1e6,
        kept.limit as f64 / 1e6,
        kept.folder.display()
    )
}

fn folder(folder: &Folder) -> String {
    let state = match &folder.state {
        Ok(State::There) => "usable",
        Ok(State::NotYet) => "not there yet, can be made",
        Err(_) => "not usable",
    };
    format!("{}: {state}: {}", folder.what, folder.path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::device::DeviceError;
    use std::io;
    use std::time::Duration;

    fn entry(name: &str) -> Entry {
        Entry {
            id: name.to_lowercase(),
            name: name.to_owned(),
        }
    }

    /// A machine on which all is well.
    fn well() -> Found {
        Found {
            systems: Some(vec![
                System {
                    name: "PulseAudio",
                    devices: vec![entry("Headphones"), entry("Screen")],
                },
                System {
                    name: "ALSA",
                    devices: Vec::new(),
                },
            ]),
            sound: Sound::Pulls {
                device: entry("Headphones"),
                format: Format {
                    system: "PulseAudio",
                    rate: 48_000,
                    channels: 2,
                    buffer: Frames(4_800),
                },
                latency: Frames(9_840),
            },
            strange_pulse: false,
            voices: vec![
                Spoken {
                    language: Language::English,
                    answer: Ok((Duration::from_secs(2), Duration::from_millis(50))),
                },
                Spoken {
                    language: Language::Spanish,
                    answer: Err(NoVoice::NoLanguage(Language::Spanish)),
                },
            ],
            program: None,
            kept: Some(Kept {
                folder: "cache/voice/clips".into(),
                lines: 1,
                size: 312_000,
                limit: 256_000_000,
            }),
            folders: vec![
                Folder {
                    what: "Settings",
                    path: "config".into(),
                    state: Ok(State::There),
                },
                Folder {
                    what: "What can be made again",
                    path: "cache".into(),
                    state: Ok(State::NotYet),
                },
            ],
        }
    }

    fn told(found: &Found) -> String {
        text(found, &found.problems())
    }

    #[test]
    fn a_machine_on_which_all_is_well() {
        let text = told(&well());
        let (_, text) = text.split_once('\n').unwrap();
        assert_eq!(
            text,
            "
Sound
  PulseAudio: Headphones (the usual one), Screen
  ALSA: no devices
  Opened: Headphones, through PulseAudio
  Rate: 48000 Hz, 2 channels, as it is made
  Buffer: 100 ms
  To the ear: 205 ms

Voice
  English: Rootwell's own, 40 times as fast as it plays
  Spanish: captions and tones, no voice in this build

Spoken lines
  1 line kept, 0.3 of 256 MB: cache/voice/clips

Folders
  Settings: usable: config
  What can be made again: not there yet, can be made: cache

All is well.
"
        );
    }

    /// The report of a machine with one problem says it as the first of one, with a remedy that names this.
    #[track_caller]
    fn case(spoil: impl FnOnce(&mut Found), problem: &str, remedy: &str) {
        let mut found = well();
        spoil(&mut found);
        let text = told(&found);
        let (_, problems) = text.split_once("\n1 problem\n").expect(&text);
        let (what, how) = problems.split_once("\n     ").unwrap();
        assert_eq!(what, format!("  1. {problem}"));
        assert!(how.contains(remedy), "{how}");
    }

    #[test]
    fn every_problem_comes_with_a_remedy() {
        case(
            |found| found.sound = Sound::Failed(DeviceError::None),
            "No sound device was found.",
            "`pulseaudio --start`",
        );
        case(
            |found| {
                found.sound = Sound::Failed(DeviceError::Refused {
                    reason: "busy".to_owned(),
                    name: "Headphones".to_owned(),
                });
            },
            "The sound device cannot be used (busy): Headphones.",
            "Close what else uses it",
        );
        case(
            |found| found.sound = Sound::Hangs,
            "The sound server does not answer.",
            "Start the sound server anew",
        );
        case(
            |found| found.sound = Sound::Stands(entry("Screen")),
            "The sound device is open and plays nothing: Screen.",
            "Choose another one",
        );
        case(
            |found| found.strange_pulse = true,
            "PULSE_RUNTIME_PATH is set, and PulseAudio is not found where it points.",
            "PULSE_SERVER=unix:",
        );
        case(
            |found| found.voices[0].answer = Err(NoVoice::Stopped),
            "The English voice does not speak: the voice stopped while it was saying this line.",
            "500 MB of memory",
        );
        case(
            |found| {
                found.program = Some(Program {
                    command: "piper --raw".to_owned(),
                    answer: Err(NoVoice::TimeOut),
                });
            },
            "The voice program of the settings does not speak: the voice took too long over this line: piper --raw.",
            "Correct it in Settings",
        );
        case(
            |found| found.folders.clear(),
            "There is no home folder: nothing can be kept.",
            "ROOTWELL_HOME",
        );
        for (kind, remedy) in [
            (io::ErrorKind::PermissionDenied, "the right to write"),
            (io::ErrorKind::StorageFull, "Make room"),
            (io::ErrorKind::ReadOnlyFilesystem, "writable"),
            (io::ErrorKind::NotADirectory, "a folder of yours"),
        ] {
            case(
                |found| found.folders[0].state = Err(kind.into()),
                &format!(
                    "Settings cannot be kept: {}: config.",
                    io::Error::from(kind)
                ),
                remedy,
            );
        }
    }

    #[test]
    fn another_rate_is_said() {
        let mut found = well();
        if let Sound::Pulls { format, .. } = &mut found.sound {
            (format.rate, format.channels, format.buffer) = (44_100, 1, Frames(4_410));
        }
        let text = told(&found);
        assert!(
            text.contains(
                "Rate: 44100 Hz, 1 channel, made of 48000 Hz and 2 channels\n  Buffer: 100 ms\n"
            ),
            "{text}"
        );
    }
}
