//! Any routine that can be read, with any choices: compiling ends, with reasons or with a timeline that is whole.

use rootwell::names::{Hand, Tag, Talk};
use rootwell::reader::read;
use rootwell::routine::Routine;
use rootwell::source::Source;
use rootwell::timeline::difference::first_difference;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, Edit, EmptyShelf, Timeline, compile};
use rootwell::units::{Frames, Secs};

/// Compiles what the first four bytes choose of the routine in the others.
pub(crate) fn run(bytes: &[u8]) {
    let Some((dice, bytes)) = bytes.split_first_chunk() else {
        return;
    };
    let dice = u32::from_le_bytes(*dice);
    let Ok(source) = Source::from_bytes("fuzz.ron", bytes.to_vec()) else {
        return;
    };
    let Some(routine) = read::<Routine>(&source).value else {
        return;
    };
    let mut choices = choices(dice);
    // What cannot be chosen is refused at once, which is soon known.
    if !source.text.contains("Choose") {
        choices.choose = None;
    }
    let timeline = match compile(&routine, "fuzz", &choices, &Formula, &EmptyShelf) {
        Ok(timeline) => timeline,
        Err(problems) => return assert!(!problems.is_empty()),
    };
    is_whole(&timeline);
    if let Some(minutes) = choices.minutes {
        assert_eq!(timeline.total, Secs(minutes * 60.0).frames());
    }
    let from = Frames(u64::from(dice) * 997 % timeline.total.0.max(1));
    let step = timeline.step_at(from);
    choices.edits.push(if dice % 2 == 0 {
        Edit::EaseOff { step, from }
    } else {
        Edit::Longer {
            step,
            by: Secs(15.0),
            from,
        }
    });
    if let Ok(changed) = compile(&routine, "fuzz", &choices, &Formula, &EmptyShelf) {
        is_whole(&changed);
        assert!(first_difference(&timeline, &changed).is_none_or(|frame| frame >= from));
    }
}

/// Choices out of a number.
fn choices(dice: u32) -> Choices {
    let pick = |shift: u32, of: usize| (dice >> shift) as usize % of;
    Choices {
        minutes: [
            None,
            Some(3.0),
            Some(9.0),
            Some(10.5),
            Some(45.0),
            Some(240.0),
        ][pick(0, 6)],
        choose: [None, Some("soft"), Some("deeper")][pick(3, 3)].map(str::to_owned),
        tags: if pick(5, 3) == 0 {
            vec![Tag::ALL[pick(8, Tag::ALL.len())]]
        } else {
            Vec::new()
        },
        tighter: Hand::ALL.get(pick(14, 3)).copied(),
        side: Hand::ALL.get(pick(16, 6)).copied(),
        talk: Talk::ALL.get(pick(19, 5)).copied(),
        familiar: pick(22, 2) == 0,
        ..Choices::default()
    }
}

fn is_whole(timeline: &Timeline) {
    let mut at = Frames::ZERO;
    for segment in &timeline.segments {
        assert_eq!(segment.start, at);
        assert!(!segment.frames.is_zero());
        at = segment.end();
    }
    assert_eq!(at, timeline.total);
    assert!(timeline.events.is_sorted_by_key(|event| event.at));
    for event in &timeline.events {
        let segment = &timeline.segments[event.segment];
        assert!(segment.start <= event.at && event.at < segment.end());
    }
}
