//! Scripts: what is done at which frame, and what the session is doing then. Times are seconds of the timeline.

use std::fmt::Write as _;
use std::sync::Arc;

use super::*;
use crate::names::Style;
use crate::routine::{CueKind, SectionKind};
use crate::timeline::{Event, Gate, Line, Notes, Role, Segment, SegmentSide, StepSpan, What};

/// One step of the test's timeline: its title, its seconds, its gate.
type Plan = (&'static str, u64, Option<(Asks, u64)>);

fn timeline(plan: &[Plan]) -> Arc<Timeline> {
    let mut timeline = Timeline {
        style: Some(Style::Blend),
        ..Timeline::default()
    };
    for (index, (title, secs, gate)) in plan.iter().enumerate() {
        let (start, frames) = (timeline.total, Frames::whole_secs(*secs));
        timeline.total += frames;
        timeline.steps.push(StepSpan {
            path: format!("sections[0].steps[{index}]"),
            name: None,
            title: (*title).to_owned(),
            section: SectionKind::Release,
            part: 0,
            first: index,
            end: index + 1,
            start,
            frames,
            notes: Notes::default(),
        });
        timeline.segments.push(Segment {
            step: index,
            path: format!("sections[0].steps[{index}]"),
            section: SectionKind::Release,
            kind: "rest",
            role: if gate.is_some() {
                Role::Gate
            } else {
                Role::Work
            },
            title: (*title).to_owned(),
            side: SegmentSide::Left,
            round: None,
            start,
            frames,
            pressure: None,
            breath: None,
            breaths: None,
            beat: None,
            pose: None,
            gate: gate.clone().map(|(asks, secs)| Gate {
                asks,
                time_out: Frames::whole_secs(secs),
            }),
        });
        timeline.events.push(Event {
            at: start + Frames::whole_secs(1),
            frames: Frames::whole_secs(2),
            what: What::Say(Line {
                kind: CueKind::Instruction,
                text: format!("This is {title}."),
                caption: format!("This is {title}."),
                clip: None,
                spoken: true,
                room: Frames::whole_secs(4),
            }),
            side: SegmentSide::Left,
            segment: index,
        });
    }
    Arc::new(timeline)
}

fn rating() -> Asks {
    Asks::Rating {
        scale: None,
        question: None,
    }
}

fn branch() -> Asks {
    let options = vec!["soft".to_owned(), "deeper".to_owned()];
    Asks::Branch {
        options,
        silence: "soft".to_owned(),
    }
}

fn ready() -> Asks {
    Asks::Ready {
        what: "a towel".to_owned(),
    }
}

/// A (10 s), a question (5 s, patience 12 s), a choice (5 s, patience 12 s), B (10 s).
fn routine() -> Arc<Timeline> {
    timeline(&[
        ("A", 10, None),
        ("Ask", 5, Some((rating(), 12))),
        ("Choose", 5, Some((branch(), 12))),
        ("B", 10, None),
    ])
}

fn secs(secs: f64) -> Frames {
    Secs(secs).frames()
}

fn clock(at: f64, run: f64) -> Clock {
    Clock {
        at: secs(at),
        run: secs(run),
    }
}

fn show(session: &Session) -> String {
    let mut text = match session.state() {
        State::Ready => "ready".to_owned(),
        State::Playing => "playing".to_owned(),
        State::AtGate(gate) => format!("gate {} waited {:.1}", gate.segment, gate.waited.secs()),
        State::Paused(None) => "paused".to_owned(),
        State::Paused(Some(gate)) => format!(
            "paused at gate {} waited {:.1}",
            gate.segment,
            gate.waited.secs()
        ),
        State::Waiting { back } => if *back {
            "waiting, sound back"
        } else {
            "waiting"
        }
        .to_owned(),
        State::Finished => "finished".to_owned(),
        State::Left(why) => format!("left {why:?}"),
    };
    let _ = write!(text, " @{:.1}", session.clock().at.secs());
    text
}

/// What is done at a moment.
enum Act {
    Run,
    Do(Command),
    World(World),
}

/// Runs a script and compares the state after each line.
#[track_caller]
fn script(timeline: Arc<Timeline>, lines: &[(f64, f64, Act, &str)]) -> Outcome {
    let mut session = Session::new(timeline, Frames::ZERO);
    let mut all = Outcome::default();
    for (index, (at, run, act, expected)) in lines.iter().enumerate() {
        let now = clock(*at, *run);
        all.append(match act {
            Act::Run => session.advance(now),
            Act::Do(command) => session.apply(command, now),
            Act::World(world) => session.world(*world, now),
        });
        assert_eq!(show(&session), *expected, "line {index}");
    }
    all
}

use Act::{Do, Run};
use Command::{Answer as Say, Back, Button, Longer, Next, Pause, Play, Repeat, Seek, Toggle};

#[test]
fn silence_goes_on_by_itself_and_is_not_an_answer() {
    let all = script(
        routine(),
        &[
            (0.0, 0.0, Run, "ready @0.0"),
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (9.0, 9.0, Run, "playing @9.0"),
            (11.0, 11.0, Run, "gate 1 waited 1.0 @11.0"),
            (14.999_97, 21.9, Run, "gate 1 waited 11.9 @15.0"),
            (15.0, 22.0, Run, "gate 2 waited 0.0 @15.0"),
            (19.999_97, 33.9, Run, "gate 2 waited 11.9 @20.0"),
            (20.1, 34.1, Run, "playing @20.1"),
            (30.0, 44.0, Run, "finished @30.0"),
        ],
    );
    assert!(
        !all.told
            .iter()
            .any(|told| matches!(told, Told::Answered(_)))
    );
    assert!(
        !all.orders
            .iter()
            .any(|order| matches!(order, Order::Compile(_))),
        "silence stays soft"
    );
    let Some(Told::Finished(account)) = all.told.last() else {
        panic!("{:?}", all.told)
    };
    assert_eq!(account.heard, [(SectionKind::Release, secs(44.0))]);
}

/// What is said out of turn while a routine of one gate runs in looks of a second.
fn said_at(asks: Asks, estimate: u64, time_out: u64, talk: Talk) -> Vec<(u64, String)> {
    let mut timeline =
        (*timeline(&[("Gate", estimate, Some((asks, time_out))), ("B", 9, None)])).clone();
    timeline.choices.talk = Some(talk);
    let mut session = Session::new(Arc::new(timeline), Frames::ZERO);
    let _ = session.apply(&Play, clock(0.0, 0.0));
    let last = Secs(estimate as f64).frames().saturating_sub(Frames(1));
    let mut said = Vec::new();
    for second in 0..time_out {
        let at = Frames::whole_secs(second).min(last);
        let outcome = session.advance(Clock {
            at,
            run: Frames::whole_secs(second),
        });
        said.extend(outcome.orders.into_iter().filter_map(|order| match order {
            Order::Say(text) => Some((second, text)),
            _ => None,
        }));
    }
    said
}

#[test]
fn a_gate_says_once_what_silence_means_when_its_own_line_is_over() {
    #[track_caller]
    fn case(asks: Asks, expected: &str) {
        assert_eq!(said_at(asks, 5, 12, Talk::Full), [(4, expected.to_owned())]);
    }
    case(rating(), "No answer is fine: it counts as not asked.");
    case(ready(), "Take your time. It goes on by itself.");
    case(branch(), "No answer means: stay soft.");
    let other = Asks::Branch {
        options: vec!["seated".to_owned(), "standing".to_owned()],
        silence: "seated".to_owned(),
    };
    case(other, "No answer means: seated.");
    assert_eq!(
        said_at(branch(), 5, 6, Talk::Full),
        [],
        "there is no time left to be silent"
    );
    assert_eq!(said_at(branch(), 5, 12, Talk::Tones), [], "it is shown");
}

#[test]
fn an_early_answer_jumps_to_the_gates_end() {
    let all = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (
                11.0,
                11.0,
                Do(Say(Answer::Ready)),
                "gate 1 waited 1.0 @11.0",
            ),
            (
                11.0,
                11.0,
                Do(Say(Answer::Rating(11))),
                "gate 1 waited 1.0 @11.0",
            ),
            (
                12.0,
                12.0,
                Do(Say(Answer::Rating(7))),
                "gate 2 waited 0.0 @15.0",
            ),
            (
                16.0,
                13.0,
                Do(Say(Answer::Branch("deeper".to_owned()))),
                "playing @20.0",
            ),
        ],
    );
    let choose = all.orders.iter().find_map(|order| match order {
        Order::Compile(choices) => Some(choices.choose.clone()),
        _ => None,
    });
    assert_eq!(choose, Some(Some("deeper".to_owned())));
    let answers = all
        .told
        .iter()
        .filter(|told| matches!(told, Told::Answered(_)))
        .count();
    assert_eq!(answers, 2);
}

#[test]
fn a_pause_costs_no_patience() {
    let _ = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (12.0, 12.0, Do(Toggle), "paused at gate 1 waited 2.0 @12.0"),
            (12.0, 500.0, Run, "paused at gate 1 waited 2.0 @12.0"),
            (12.0, 600.0, Do(Toggle), "gate 1 waited 2.0 @12.0"),
            (14.999_97, 609.9, Run, "gate 1 waited 11.9 @15.0"),
            (15.0, 610.0, Run, "gate 2 waited 0.0 @15.0"),
        ],
    );
}

#[test]
fn an_answer_in_a_pause_goes_on() {
    let _ = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (12.0, 12.0, Do(Pause), "paused at gate 1 waited 2.0 @12.0"),
            (
                12.0,
                20.0,
                Do(Say(Answer::Rating(0))),
                "gate 2 waited 0.0 @15.0",
            ),
        ],
    );
}

#[test]
fn steps_are_seeks() {
    let _ = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (5.0, 5.0, Do(Next), "gate 1 waited 0.0 @10.0"),
            (11.0, 6.0, Do(Back), "playing @0.0"),
            (4.0, 10.0, Do(Repeat), "playing @0.0"),
            (0.0, 10.0, Do(Pause), "paused @0.0"),
            (0.0, 11.0, Do(Next), "paused @10.0"),
            (10.0, 12.0, Do(Play), "gate 1 waited 0.0 @10.0"),
            (10.0, 12.0, Do(Seek(secs(25.0))), "playing @25.0"),
            (25.0, 12.0, Do(Next), "finished @30.0"),
            (30.0, 13.0, Do(Back), "finished @30.0"),
        ],
    );
}

#[test]
fn the_headset_button_answers_what_one_press_can_answer() {
    let plan = [
        ("Wait", 5, Some((ready(), 60))),
        ("Choose", 5, Some((branch(), 12))),
        ("Ask", 5, Some((rating(), 12))),
    ];
    let all = script(
        timeline(&plan),
        &[
            (0.0, 0.0, Do(Button), "gate 0 waited 0.0 @0.0"),
            (2.0, 2.0, Do(Button), "gate 1 waited 0.0 @5.0"),
            (6.0, 3.0, Do(Button), "gate 2 waited 0.0 @10.0"),
            (11.0, 4.0, Do(Button), "paused at gate 2 waited 1.0 @11.0"),
            (11.0, 9.0, Do(Button), "gate 2 waited 1.0 @11.0"),
        ],
    );
    let told = all.told.iter().filter_map(|told| match told {
        Told::Answered(answered) => Some(&answered.answer),
        _ => None,
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [&Answer::Ready, &Answer::Branch("deeper".to_owned())]
    );
}

#[test]
fn a_little_longer_at_a_gate_is_patience_and_elsewhere_a_change() {
    let all = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (4.0, 4.0, Do(Longer), "playing @4.0"),
            (11.0, 11.0, Do(Longer), "gate 1 waited 1.0 @11.0"),
            (14.999_97, 36.9, Run, "gate 1 waited 26.9 @15.0"),
        ],
    );
    assert!(all.orders.contains(&Order::WaitLonger(LONGER.frames())));
    let edits = all.orders.iter().find_map(|order| match order {
        Order::Compile(choices) => Some(choices.edits.clone()),
        _ => None,
    });
    assert_eq!(
        edits,
        Some(vec![Edit::Longer {
            step: 0,
            by: LONGER,
            from: Frames::whole_secs(4) + super::AHEAD,
        }])
    );
}

#[test]
fn lost_sound_is_waited_for_by_ear_and_not_by_eye() {
    let lying = Command::LieDown(true);
    let _ = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (4.0, 4.0, Act::World(World::SoundGone), "playing @4.0"),
            (5.0, 5.0, Do(lying), "playing @5.0"),
            (6.0, 6.0, Act::World(World::SoundGone), "waiting @0.0"),
            (0.0, 6.0, Run, "waiting @0.0"),
            (
                0.0,
                6.0,
                Act::World(World::SoundBack),
                "waiting, sound back @0.0",
            ),
            (0.0, 6.0, Act::World(World::SoundGone), "waiting @0.0"),
            (
                0.0,
                6.0,
                Act::World(World::SoundBack),
                "waiting, sound back @0.0",
            ),
            (0.0, 7.0, Do(Button), "playing @0.0"),
            (12.0, 19.0, Act::World(World::SoundGone), "waiting @10.0"),
            (
                10.0,
                19.0,
                Act::World(World::NobodyCame),
                "left GaveUp @10.0",
            ),
        ],
    );
}

#[test]
fn what_feels_wrong_fades_and_ends_it() {
    let all = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (
                4.0,
                4.0,
                Do(Command::SomethingFeelsWrong),
                "left Wrong @4.0",
            ),
            (4.0, 4.0, Do(Play), "left Wrong @4.0"),
        ],
    );
    assert_eq!(all.orders, [Order::Play, Order::FadeAndStop]);
    assert!(
        matches!(&all.told[..], [Told::Reached(a), Told::Left(b, Leaving::Wrong)] if a.step == 0 && b.at == secs(4.0))
    );
}

#[test]
fn a_session_taken_up_again_stands_until_told() {
    let mut session = Session::new(routine(), secs(20.0));
    assert_eq!(session.advance(clock(20.0, 5.0)), Outcome::default());
    assert_eq!(show(&session), "ready @20.0");
    let outcome = session.apply(&Play, clock(20.0, 6.0));
    assert_eq!(outcome.orders, [Order::Play]);
    assert!(matches!(&outcome.told[..], [Told::Reached(reached)] if reached.title == "B"));
}

#[test]
fn the_past_is_fixed() {
    let mut session = Session::new(routine(), Frames::ZERO);
    let _ = session.apply(&Play, clock(0.0, 0.0));
    let _ = session.advance(clock(8.0, 8.0));
    assert_eq!(session.take(routine(), secs(7.9)), Outcome::default());
    let mut other = Timeline::clone(&routine());
    other.choices.choose = Some("deeper".to_owned());
    let taken = session.take(Arc::new(other), secs(8.5));
    assert!(matches!(&taken.orders[..], [Order::Swap(_, _)]));
    assert!(
        matches!(&taken.told[..], [Told::Reached(place)] if place.choices.choose.as_deref() == Some("deeper")),
        "where it is taken up again, it goes on as was decided"
    );
}

#[test]
fn each_step_is_told_once() {
    let all = script(
        routine(),
        &[
            (0.0, 0.0, Do(Play), "playing @0.0"),
            (1.0, 1.0, Run, "playing @1.0"),
            (2.0, 2.0, Do(Pause), "paused @2.0"),
            (2.0, 3.0, Do(Play), "playing @2.0"),
            (10.0, 11.0, Do(Say(Answer::Skip)), "gate 2 waited 0.0 @15.0"),
        ],
    );
    let reached = all.told.iter().filter_map(|told| match told {
        Told::Reached(reached) => Some(reached.step),
        _ => None,
    });
    assert_eq!(reached.collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn where_am_i_is_a_few_sentences() {
    let place = Place::of(&routine(), secs(4.0));
    let words = Words::of(Language::English);
    assert_eq!(
        place.said(words),
        "A, left side. 6 seconds left here. Then: Ask. 0 of 1 minute done."
    );
    let end = Place::of(&routine(), secs(29.5));
    assert_eq!(
        end.said(words),
        "B, left side. 1 second left here. 0 of 1 minute done."
    );
    let words = Words::of(Language::Spanish);
    assert_eq!(
        place.said(words),
        "A, lado izquierdo. Aquí quedan 6 segundos. Después: Ask. Van 0 de 1 minuto."
    );
}

#[test]
fn the_last_line_can_be_said_again() {
    let mut session = Session::new(routine(), Frames::ZERO);
    let outcome = session.apply(&Command::SayAgain, clock(0.5, 0.5));
    assert_eq!(outcome.orders, []);
    let _ = session.apply(&Play, clock(0.5, 0.5));
    let outcome = session.apply(&Command::SayAgain, clock(9.0, 9.0));
    assert_eq!(outcome.orders, [Order::SayAgain(0)]);
}

#[test]
fn louder_is_not_muted() {
    let mut volumes = Volumes {
        muted: true,
        ..Volumes::default()
    };
    assert_eq!(volumes.gain(Layer::Voice), 0.0);
    volumes.set(Layer::All, Volume::new(50));
    assert_eq!(volumes.gain(Layer::Voice), 0.25);
    assert_eq!(Volume::new(98).louder(), Volume::FULL);
    assert_eq!(Volume::new(3).softer().percent(), 0);
}
