//! The three scripts as impulses: every onset of a tone, a phase or a line is on its frame, to the sample.

use std::sync::Mutex;

use super::*;
use crate::reader::ron_options;
use crate::routine::Routine;
use crate::timeline::Choices;
use crate::timeline::compile::{EmptyShelf, compile};
use crate::timeline::speech_length::Formula;

const SCRIPTS: [(&str, &str, u64); 3] = [
    (
        "down-to-six",
        include_str!("../../../routines/relaxation/down-to-six.ron"),
        600,
    ),
    (
        "neck-and-shoulder-release",
        include_str!("../../../routines/therapeutic/neck-and-shoulder-release.ron"),
        720,
    ),
    (
        "soften-then-release",
        include_str!("../../../routines/blend/soften-then-release.ron"),
        1_200,
    ),
];

fn script(id: &str, text: &str, choose: Option<&str>) -> Timeline {
    let routine: Routine = ron_options().from_str(text).unwrap();
    let choices = Choices {
        choose: choose.map(str::to_owned),
        ..Choices::default()
    };
    let mut timeline = compile(&routine, id, &choices, &Formula, &EmptyShelf).unwrap();
    timeline.bed = None;
    timeline
}

#[test]
fn every_onset_of_the_three_scripts_is_on_its_exact_frame() {
    for (id, text, secs) in SCRIPTS {
        let timeline = script(id, text, (id == "soften-then-release").then_some("deeper"));
        assert_eq!(timeline.total, Frames::whole_secs(secs), "{id}");
        let audible = |event: &&Event| !matches!(event.what, What::Gate(_));
        let mut expected: Vec<u64> = timeline
            .events
            .iter()
            .filter(audible)
            .map(|event| event.at.0)
            .collect();
        expected.dedup();
        assert!(
            expected.len() > 50,
            "{id} has many sounds: {}",
            expected.len()
        );
        let score = score(timeline);
        let mut heard = Vec::new();
        let speech = |_: usize| Some(impulse());
        let two = NonZeroUsize::new(2).unwrap();
        let ended = render::<()>(&score, &speech, two, Finish::Whole, |from, samples| {
            let high = (HIGH * 0.1 * 32_768.0) as i16;
            let frames = (from.0..).zip(samples.chunks_exact(2));
            heard.extend(
                frames
                    .filter(|(_, frame)| frame[0] > high)
                    .map(|(at, _)| at),
            );
            ControlFlow::Continue(())
        });
        assert!(ended.is_continue());
        assert!(
            heard == expected,
            "{id}: {:?}",
            heard.iter().zip(&expected).find(|(a, b)| a != b)
        );
    }
}

/// Remembers what shapes are asked for.
#[derive(Default)]
struct Shapes(Mutex<Vec<PhaseShape>>);

impl Sounds for Shapes {
    fn tone(&self, _: ToneRole, _: SegmentSide) -> Option<Pcm> {
        None
    }
    fn phase(&self, shape: PhaseShape) -> Option<Pcm> {
        self.0.lock().unwrap().push(shape);
        None
    }
    fn bed(&self, _: BedSound) -> Option<Pcm> {
        None
    }
    fn notice(&self) -> Option<Pcm> {
        None
    }
    fn bed_breath(&self) -> Decibels {
        Decibels(0.0)
    }
}

#[test]
fn the_sound_of_the_breath_follows_the_curve_of_the_picture() {
    for (id, text, _) in SCRIPTS {
        let timeline = Arc::new(script(id, text, None));
        let shapes = Shapes::default();
        Score::new(Arc::clone(&timeline), &shapes);
        let shapes = shapes.0.into_inner().unwrap();
        let is_phase = |event: &&Event| matches!(event.what, What::Phase(_));
        let phases: Vec<&Event> = timeline.events.iter().filter(is_phase).collect();
        assert_eq!(phases.len(), shapes.len());
        for (event, shape) in phases.into_iter().zip(shapes) {
            assert_eq!(event.what, What::Phase(shape.phase));
            for share in 0..8 {
                let into = event.frames.0 * share / 8;
                let seen = timeline.fullness(Frames(event.at.0 + into));
                let heard = f64::from(shape.fullness(into));
                assert!(
                    (seen - heard).abs() < 0.012,
                    "{id} at {}: {shape:?} {seen} {heard}",
                    event.at
                );
            }
        }
    }
}
