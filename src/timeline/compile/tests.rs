use super::*;
use crate::reader::ron_options;
use crate::timeline::speech_length::Formula;

fn shoulders_down() -> Routine {
    read(include_str!("../../../routines/blend/shoulders-down.ron"))
}

fn read(text: &str) -> Routine {
    ron_options().from_str(text).unwrap()
}

fn timeline(routine: &Routine, choices: &Choices) -> Timeline {
    compile(routine, "test", choices, &Formula, &EmptyShelf).unwrap()
}

#[test]
fn the_model_reads_and_writes_the_same() {
    let routine = shoulders_down();
    let options = ron_options();
    let text = options.to_string(&routine).unwrap();
    assert_eq!(options.from_str::<Routine>(&text).unwrap(), routine);
}

/// The table of `content.md` 3, "Blend 10": start, seconds, what.
#[test]
fn shoulders_down_is_its_table_second_by_second() {
    for choose in [None, Some("soft"), Some("deeper")] {
        let choices = Choices {
            choose: choose.map(str::to_owned),
            ..Choices::default()
        };
        let timeline = timeline(&shoulders_down(), &choices);
        assert_eq!(timeline.total, Frames::whole_secs(600), "{choose:?}");
        let starts: Vec<u64> = timeline
            .segments
            .iter()
            .map(|segment| segment.start.0 / 48_000)
            .collect();
        let table: &[u64] = if choose == Some("deeper") {
            &[
                0, 30, 140, 200, 210, 220, 265, 275, 320, 330, 400, 480, 510, 570,
            ]
        } else {
            &[0, 30, 140, 200, 210, 480, 510, 570]
        };
        for start in table {
            assert!(starts.contains(start), "{choose:?} {start}: {starts:?}");
        }
    }
}

#[test]
fn segments_have_no_gaps_and_events_are_sorted() {
    let timeline = timeline(&shoulders_down(), &Choices::default());
    let mut at = Frames::ZERO;
    for segment in &timeline.segments {
        assert_eq!(segment.start, at);
        at = segment.end();
    }
    assert_eq!(at, timeline.total);
    assert!(timeline.events.is_sorted_by_key(|event| event.at));
    for event in &timeline.events {
        let segment = &timeline.segments[event.segment];
        assert!(segment.start <= event.at && event.at < segment.end());
    }
}

#[test]
fn what_leads_into_sleep_ends_without_a_chime() {
    let ends = |bedtime| {
        let choices = Choices {
            bedtime,
            ..Choices::default()
        };
        let timeline = timeline(&shoulders_down(), &choices);
        let is_end = |event: &crate::timeline::Event| {
            matches!(
                event.what,
                crate::timeline::What::Tone(crate::timeline::ToneRole::End)
            )
        };
        (timeline.bedtime, timeline.events.iter().any(is_end))
    };
    assert_eq!(ends(false), (false, true));
    assert_eq!(ends(true), (true, false));
}
