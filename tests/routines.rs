//! The routines that Rootwell ships.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rootwell::library::{BUILT_IN, Library};
use rootwell::routine::{CueKind, Routine};
use rootwell::timeline::compile::compile;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, Role, SegmentSide, Timeline, What};
use rootwell::units::Frames;

static LIBRARY: LazyLock<Library> = LazyLock::new(Library::built_in);

/// Every shipped routine with its path, sorted.
pub(crate) fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines");
    let mut files: Vec<PathBuf> = ["relaxation", "therapeutic", "blend"]
        .iter()
        .flat_map(|style| fs::read_dir(root.join(style)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_shipped_routine_is_plain_ron() {
    let options = rootwell::reader::ron_options();
    for path in shipped() {
        let text = fs::read_to_string(&path).unwrap();
        let routine: Routine = options
            .from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let folder = path.parent().unwrap().file_name().unwrap();
        assert_eq!(folder, routine.style.kebab(), "{}", path.display());
    }
    assert_eq!(shipped().len(), 8);
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let built_in: Vec<_> = BUILT_IN
        .iter()
        .map(|shipped| shipped.path.to_owned())
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found: Vec<_> = shipped()
        .iter()
        .map(|path| path.strip_prefix(root).unwrap().display().to_string())
        .collect();
    assert_eq!(built_in, found);
}

#[test]
fn every_shipped_routine_checks_without_a_warning() {
    let library = &*LIBRARY;
    for entry in library.entries() {
        assert_eq!(
            entry.checked.problems(),
            0,
            "{}: {:#?}",
            entry.id,
            entry.checked.diagnostics
        );
    }
}

fn timeline(id: &str, choose: Option<&str>) -> Timeline {
    let library = &*LIBRARY;
    let (entry, routine) = library.find(id).unwrap();
    let choices = Choices {
        choose: choose.map(str::to_owned),
        ..Choices::default()
    };
    compile(routine, &entry.id, &choices, &Formula, library).unwrap()
}

/// Whether every start of a script's table, as `2:15`, is the start of a segment.
#[track_caller]
fn starts(timeline: &Timeline, table: &str) {
    let known: Vec<_> = timeline
        .segments
        .iter()
        .map(|segment| segment.start)
        .collect();
    for start in table.split_whitespace() {
        let (minutes, secs) = start.split_once(':').unwrap();
        let frames =
            Frames::whole_secs(minutes.parse::<u64>().unwrap() * 60 + secs.parse::<u64>().unwrap());
        assert!(
            known.contains(&frames),
            "{}: nothing starts at {start}",
            timeline.title
        );
    }
}

/// Whether both sides of every two-sided step last equally long, to the frame.
#[track_caller]
fn sides_are_equal(timeline: &Timeline) {
    for step in &timeline.steps {
        let side = |side| -> u64 {
            let segments = &timeline.segments[step.first..step.end];
            segments
                .iter()
                .filter(|segment| {
                    segment.side == side
                        && segment.role != Role::SetUp
                        && segment.role != Role::Switch
                })
                .map(|segment| segment.frames.0)
                .sum()
        };
        let (left, right) = (side(SegmentSide::Left), side(SegmentSide::Right));
        assert!(
            left == right || left == 0 || right == 0,
            "{}: {}",
            timeline.title,
            step.title
        );
    }
}

#[test]
fn the_scripts_are_right_to_the_second() {
    let totals = [
        ("down-to-six", 600),
        ("neck-and-shoulder-release", 720),
        ("soften-then-release", 1_200),
        ("shoulders-down", 600),
        ("even-keel", 600),
        ("long-way-out", 480),
        ("box-steady", 300),
        ("feet-on-the-ground", 240),
    ];
    for (id, secs) in totals {
        for choose in [None, Some("deeper")] {
            if choose.is_some() && !["soften-then-release", "shoulders-down"].contains(&id) {
                continue;
            }
            let timeline = timeline(id, choose);
            assert_eq!(timeline.total, Frames::whole_secs(secs), "{id} {choose:?}");
            sides_are_equal(&timeline);
        }
    }
    starts(
        &timeline("down-to-six", None),
        "0:00 0:40 1:10 1:30 2:00 2:35 3:20 8:50 9:35",
    );
    starts(
        &timeline("neck-and-shoulder-release", None),
        "0:00 0:35 1:00 1:30 2:00 2:15 3:00 3:10 3:55 4:10 5:20 5:30 6:40 6:52 7:32 7:40 8:20 8:35 9:50 10:20 10:50 11:20",
    );
    starts(
        &timeline("soften-then-release", Some("deeper")),
        "0:00 0:30 1:30 1:48 2:16 2:52 4:52 5:00 5:50 6:40 7:40 8:00 8:20 9:20 9:30 10:15 10:30 11:30 11:40 12:25 12:45 13:30 \
         13:40 14:25 14:50 15:20 15:30 16:00 16:10 16:40 16:48 17:18 17:30 19:00 19:35",
    );
    starts(
        &timeline("soften-then-release", None),
        "8:00 12:00 17:30 19:00 19:35",
    );
    let table = "0:00 0:30 2:20 3:20 3:30 3:40 4:25 4:35 5:20 5:30 6:00 6:10 6:40 6:50 7:20 7:30 8:00 8:30 9:30";
    starts(&timeline("shoulders-down", Some("deeper")), table);
    starts(
        &timeline("shoulders-down", None),
        "0:00 0:30 2:20 3:20 3:30 8:00 8:30 9:30",
    );
}

#[test]
fn feet_on_the_ground_fits_three_minutes_and_asks_nothing_of_the_body() {
    let library = &*LIBRARY;
    let (entry, routine) = library.find("feet-on-the-ground").unwrap();
    let choices = Choices {
        minutes: Some(3.0),
        ..Choices::default()
    };
    let timeline = compile(routine, &entry.id, &choices, &Formula, library).unwrap();
    assert_eq!(timeline.total, Frames::whole_secs(180));
    assert!(
        timeline
            .segments
            .iter()
            .all(|segment| segment.pressure.is_none() && segment.breath.is_none())
    );
    let unsaid: Vec<_> = timeline.events.iter().filter(|event| matches!(&event.what, What::Say(line) if !line.spoken && line.kind <= CueKind::Instruction)).collect();
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}
