//! `play`: a session in the terminal, with progress, captions and keys; without a terminal one line for each of them.

mod farewell;
mod follow;
mod keys;
mod pick;
mod picture;
mod screen;

use std::io::{self, IsTerminal as _, Write};
use std::sync::Arc;
use std::sync::mpsc;

use clap::Args;

use super::kept::now;
use super::signals::Signals;
use super::voice::speaker;
use super::{Answer, ChoiceArgs, Chosen, Exit, Stop, World};
use crate::audio::device::{self, Entry as Output, System};
use crate::audio::sounds::House;
use crate::checkin::{CheckIn, Tick};
use crate::diagnostic::Diagnostic;
use crate::journal::Entry;
use crate::journal::history::{Lock, locks};
use crate::names::Area;
use crate::playback::{JournalDiary, Playback, Setting};
use crate::recommend::pick::fit;
use crate::routine::Routine;
use crate::session::{Attention, Command, Diary, NoDiary, Volumes};
use crate::speech::Speaker;
use crate::store::journal::{Journal, Query};
use crate::timeline::speech_length::Formula;
use crate::timeline::{Choices, Timeline, compile};
use crate::units::Frames;
use crate::wording::List;
use crate::words::{Language, Words};

use farewell::farewell;

/// What `play` is told.
#[derive(Args, Debug)]
pub(super) struct Play {
    /// The routine: its id or a file; without one you choose from the list.
    routine: Option<String>,
    #[command(flatten)]
    choices: ChoiceArgs,
    /// Begin at this step: its name, its title or its number.
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// The sound device, by its name.
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// One line for each step and caption, also on a terminal; for screen readers.
    #[arg(long)]
    plain: bool,
}

/// Plays a routine.
pub(super) fn play(args: &Play, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let terminal = world.out_is_terminal && io::stdin().is_terminal();
    let name = match &args.routine {
        Some(name) => name.clone(),
        None if terminal => match pick::pick(&world.library(), world.colour(), out)? {
            Some(id) => id,
            None => return Ok(Exit::Fine),
        },
        None => {
            return Err(Stop::Sentence(
                "say which routine; `rootwell list` shows them".to_owned(),
            ));
        }
    };
    let chosen = world.routine(&name)?;
    let journal = journal(world, err)?;
    let choices = args.choices.choices();
    let choices = world.for_this_person(&chosen.routine, choices, journal.as_ref(), err)?;
    let timeline = compile(
        &chosen.routine,
        &chosen.id,
        &choices,
        &Formula,
        &*chosen.shelf,
    );
    let timeline = Arc::new(timeline.map_err(|problems| sentence(&problems))?);
    let from = match &args.from {
        Some(step) => step_named(&timeline, step)?,
        None => Frames::ZERO,
    };
    if let Some(device) = &args.device {
        is_there(device, &device::systems())?;
    }
    let signals = Signals::listen()?;
    let by_lines = args.plain || !terminal;
    let (wake, woken) = mpsc::sync_channel(1);
    let diary = diary(journal, &timeline, &chosen);
    let voice = Arc::new(speaker(world)?);
    let spoken = Arc::clone(&voice);
    let setting = setting(
        args,
        chosen,
        Arc::clone(&timeline),
        from,
        world,
        diary,
        spoken,
    );
    let playback = Playback::begin(setting, move || {
        // One reminder is as good as many, and a face that is gone needs none.
        let _ = wake.try_send(());
    })?;
    playback.send(Command::Play);
    let followed = if by_lines {
        follow::in_lines(&playback, &voice, &woken, &signals, out)
    } else {
        follow::on_terminal(&playback, &voice, &signals, world.colour(), out)
    };
    let view = playback.view();
    drop(playback);
    match followed.and_then(|()| farewell(&view, &name, args, out)) {
        Ok(()) => Ok(Exit::Fine),
        // The terminal was closed: the place is kept, and there is nobody to tell.
        Err(_) if signals.came() => Ok(Exit::Fine),
        Err(error) => Err(error.into()),
    }
}

impl World {
    /// The choices as this person can take the routine today: health, signs, and what felt wrong.
    fn for_this_person(
        &self,
        routine: &Routine,
        choices: Choices,
        journal: Option<&Journal>,
        err: &mut dyn Write,
    ) -> Result<Choices, Stop> {
        let Some(folders) = &self.folders else {
            return Ok(choices);
        };
        let (profile, trouble) = folders.profile().map_err(|error| error.to_string())?;
        if let Some(trouble) = trouble {
            writeln!(
                err,
                "rootwell: {}",
                trouble.said(Words::of(Language::English))
            )?;
        }
        let now = now();
        let of_today = Query {
            since: Some(now.date()),
            ..Query::default()
        };
        let entries = journal.map_or(Ok(Vec::new()), |journal| journal.entries(&of_today));
        let entries = entries.map_err(|error| error.to_string())?;
        let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
        let locks = locks(&entries, now.timestamp(), now.date());
        let wrong = locks.iter().filter(|(_, why)| *why == Lock::FeltWrong);
        let mut today = CheckIn {
            flags: profile.signs_of(now.date()),
            locked: wrong.map(|(area, _)| *area).collect(),
            ticks: profile.ticks,
            today: Some(now.date()),
            ..CheckIn::default()
        };
        today
            .ticks
            .extend(choices.tags.iter().copied().map(Tick::from));
        let (thresholds, _sentences) = folders.studio_settings().0.checked_thresholds();
        fit(&today, &thresholds, routine, choices).map_err(|left_out| {
            left_out
                .sentence(Words::of(Language::English))
                .to_owned()
                .into()
        })
    }
}

fn setting(
    args: &Play,
    chosen: Chosen,
    timeline: Arc<Timeline>,
    from: Frames,
    world: &World,
    diary: Box<dyn Diary>,
    voice: Arc<Speaker>,
) -> Setting {
    let folders = world.folders.clone();
    let area = area(&timeline, &chosen);
    Setting {
        diary,
        timeline,
        from,
        compiler: Box::new(move |choices| {
            compile(
                &chosen.routine,
                &chosen.id,
                choices,
                &Formula,
                &*chosen.shelf,
            )
            .ok()
        }),
        sounds: Arc::new(House::of(world.folders.as_ref(), &voice)),
        voice,
        recordings: Arc::new(move |name| folders.as_ref()?.recording(name)),
        device: args.device.clone(),
        volumes: Volumes::default(),
        attention: Attention::default(),
        area,
        words: Words::of(Language::English),
        correction: Frames::ZERO,
    }
}

/// The journal, or none where it cannot be opened; that is said, and stops nobody.
fn journal(world: &World, err: &mut dyn Write) -> io::Result<Option<Journal>> {
    let Some(folders) = &world.folders else {
        return Ok(None);
    };
    match Journal::open(folders) {
        Ok(journal) => {
            for notice in journal.take_notices() {
                writeln!(err, "rootwell: {notice}")?;
            }
            Ok(Some(journal))
        }
        Err(error) => {
            writeln!(err, "rootwell: this session is not written down: {error}")?;
            Ok(None)
        }
    }
}

fn diary(journal: Option<Journal>, timeline: &Timeline, chosen: &Chosen) -> Box<dyn Diary> {
    let Some(journal) = journal else {
        return Box::new(NoDiary);
    };
    Box::new(JournalDiary::new(
        journal,
        entry(timeline, chosen),
        timeline.choices.clone(),
        area(timeline, chosen),
    ))
}

/// What the stop card is about.
fn area(timeline: &Timeline, chosen: &Chosen) -> Option<Area> {
    chosen.routine.area_of(timeline.choices.area)
}

fn entry(timeline: &Timeline, chosen: &Chosen) -> Entry {
    let now = now();
    let routine = &chosen.routine;
    let mut entry = Entry::of(now.timestamp(), now.date(), &chosen.id, routine);
    entry.planned = timeline.total.secs().round() as u32;
    entry.variations.clone_from(&timeline.choices.variations);
    entry.areas = routine.areas_spread();
    entry
}

/// Why there is nothing to play.
fn sentence(problems: &[Diagnostic]) -> Stop {
    let sentences: Vec<&str> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    Stop::Sentence(sentences.join("; "))
}

/// The first frame of a step that a person names.
fn step_named(timeline: &Timeline, wanted: &str) -> Result<Frames, Stop> {
    let number: Option<usize> = wanted.parse().ok();
    let is_it = |index: usize| {
        let step = &timeline.steps[index];
        step.name.as_deref() == Some(wanted)
            || step.title.eq_ignore_ascii_case(wanted)
            || number == Some(index + 1)
    };
    let found = (0..timeline.steps.len()).find(|index| is_it(*index));
    found
        .map(|index| timeline.steps[index].start)
        .ok_or_else(|| {
            let steps: Vec<String> = timeline
                .steps
                .iter()
                .zip(1..)
                .map(|(step, at)| format!("{at} {}", step.title))
                .collect();
            Stop::Sentence(format!(
                "there is no step `{wanted}`; there are {}",
                steps.join(", ")
            ))
        })
}

/// Whether the machine has a device of this name in any of its sound systems, as opening one looks; if not, which ones
/// it has.
fn is_there(wanted: &str, systems: &[System]) -> Result<(), Stop> {
    let all: Vec<&Output> = systems.iter().flat_map(|system| &system.devices).collect();
    let is_it = |entry: &&Output| entry.name == wanted || entry.id == wanted;
    if all.is_empty() || all.iter().any(is_it) {
        return Ok(());
    }
    let names: Vec<&str> = all.iter().map(|entry| entry.name.as_str()).collect();
    Err(Stop::Sentence(format!(
        "there is no sound device `{wanted}`; there are {}",
        List::and(&names)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::End;
    use crate::library::Library;
    use crate::names::{Style, Tag};
    use crate::store::Folders;

    fn world(home: &std::path::Path) -> World {
        World {
            folders: Some(Folders::under(home)),
            ..World::default()
        }
    }

    /// The choices for the person of a home, and what was said.
    fn chosen(world: &World) -> (Choices, String) {
        let mut err = Vec::new();
        let choices = choices_of("feet-on-the-ground", world, &mut err);
        let choices = choices.unwrap_or_else(|_| panic!("the home can be read"));
        (choices, String::from_utf8(err).unwrap())
    }

    fn choices_of(id: &str, world: &World, err: &mut Vec<u8>) -> Result<Choices, Stop> {
        let journal = journal(world, err).unwrap();
        let routine = Library::built_in().find(id).unwrap().1.clone();
        world.for_this_person(&routine, Choices::default(), journal.as_ref(), err)
    }

    #[test]
    fn a_sign_of_today_stops_it_here_too() {
        let home = tempfile::tempdir().unwrap();
        let world = world(home.path());
        let profile = Folders::under(home.path()).profile_file();
        std::fs::create_dir_all(profile.parent().unwrap()).unwrap();
        let signs = |day| format!("(version: 1, signs: [(flag: ChestPain, on: \"{day}\")])");
        let today = now().date();
        std::fs::write(&profile, signs(today)).unwrap();
        let refused = choices_of("down-to-six", &world, &mut Vec::new()).unwrap_err();
        assert!(refused.to_string().starts_with("Not today"), "{refused}");
        std::fs::write(&profile, signs(today.yesterday().unwrap())).unwrap();
        assert!(choices_of("down-to-six", &world, &mut Vec::new()).is_ok());
    }

    #[test]
    fn a_device_of_any_sound_system_can_be_named() {
        let output = |id: &str, name: &str| Output {
            id: id.to_owned(),
            name: name.to_owned(),
        };
        let system = |name, devices| System { name, devices };
        let systems = [
            system("PulseAudio", vec![output("pulse:0", "Headphones")]),
            system("ALSA", vec![output("alsa:hw", "Card")]),
        ];
        for wanted in ["Headphones", "pulse:0", "Card", "alsa:hw"] {
            assert!(is_there(wanted, &systems).is_ok(), "{wanted}");
        }
        let refused = is_there("Speakers", &systems).unwrap_err().to_string();
        assert_eq!(
            refused,
            "there is no sound device `Speakers`; there are `Headphones` and `Card`"
        );
        assert!(
            is_there("Speakers", &[]).is_ok(),
            "the silent clock is left"
        );
    }

    #[test]
    fn health_that_cannot_be_read_is_said_and_not_passed_over() {
        let home = tempfile::tempdir().unwrap();
        let world = world(home.path());
        let profile = Folders::under(home.path()).profile_file();
        std::fs::create_dir_all(profile.parent().unwrap()).unwrap();
        std::fs::write(&profile, "(version: 1, ticks: [(tag: HeartOrPressure)])").unwrap();
        let (choices, said) = chosen(&world);
        assert_eq!(choices.tags, [Tag::HeartOrPressure], "{said}");
        assert_eq!(said, "");
        std::fs::write(&profile, "(version: 1, ticks: [(tag: Hart)])").unwrap();
        let (choices, said) = chosen(&world);
        assert_eq!(choices.tags, []);
        assert!(said.contains("profile.ron"), "{said}");
    }

    #[test]
    fn what_felt_wrong_today_is_left_alone_and_a_damaged_journal_is_said() {
        let home = tempfile::tempdir().unwrap();
        let world = world(home.path());
        let folders = Folders::under(home.path());
        let now = now();
        let mut entry = Entry::begun(now.timestamp(), now.date(), "x", "X", Style::Therapeutic);
        entry.end = End::FeltWrong;
        entry.areas = vec![Area::Neck];
        Journal::open(&folders).unwrap().add(&entry).unwrap();
        let (choices, said) = chosen(&world);
        assert!(choices.locked.contains(&Area::Neck), "{said}");
        std::fs::write(folders.journal(), "not a database").unwrap();
        let (_, said) = chosen(&world);
        assert!(said.starts_with("rootwell: "), "{said}");
    }
}
