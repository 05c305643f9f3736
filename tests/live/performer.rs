//! A session in a process of its own: the environment that names a sound server belongs to a process. The process is this
//! test binary again, told by `ROOTWELL_PERFORM` what to do; it checks the rules of design 6 itself and speaks in lines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command as Process, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rootwell::audio::{Pcm, PhaseShape, Sounds};
use rootwell::names::{Style, Talk};
use rootwell::playback::{Playback, Setting, Sound, View};
use rootwell::routine::{BedSound, CueKind, SectionKind};
use rootwell::session::{Attention, Command, NoDiary, Place, State, Volumes};
use rootwell::speech::{Clip, Line as Spoken, NoVoice, Voice};
use rootwell::timeline::{
    Choices, Event, Line, Notes, Role, Segment, SegmentSide, StepSpan, Timeline, ToneRole, What,
};
use rootwell::units::{Decibels, Frames};

use super::server::{Server, signal};

/// The process, seen from the test.
pub(super) struct Performer {
    process: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    /// All that it has said, for the message when something is wrong.
    said: Vec<String>,
}

impl Performer {
    pub(super) fn start(part: &str, server: &Server) -> Self {
        let mut process = Process::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "live::performer::performs",
                "--nocapture",
                "--test-threads=1",
            ])
            .env("ROOTWELL_PERFORM", part)
            .env("PULSE_SERVER", server.address())
            .env("XDG_RUNTIME_DIR", server.runtime())
            .env_remove("PULSE_RUNTIME_PATH")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::Builder::new()
            .spawn(move || {
                output
                    .lines()
                    .map_while(Result::ok)
                    .try_for_each(|line| sender.send(line))
            })
            .unwrap();
        Self {
            process,
            input,
            lines,
            said: Vec::new(),
        }
    }

    /// Waits until it says a word.
    #[track_caller]
    pub(super) fn says(&mut self, word: &str, patience: Duration) {
        let end = now() + patience;
        while let Ok(line) = self
            .lines
            .recv_timeout(end.saturating_duration_since(now()))
        {
            let is_it = line.split(' ').next() == Some(word);
            self.said.push(line);
            if is_it {
                return;
            }
        }
        panic!("it never said {word}: {:#?}", self.said);
    }

    /// Its process.
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// What it has said so far does not count.
    pub(super) fn forget(&mut self) {
        self.said.extend(self.lines.try_iter());
    }

    pub(super) fn tell(&mut self, word: &str) {
        writeln!(self.input, "{word}").unwrap();
    }

    pub(super) fn suspend(&self, time: Duration) {
        signal("STOP", &self.process);
        thread::sleep(time);
        signal("CONT", &self.process);
    }

    /// Waits until it ends well.
    #[track_caller]
    pub(super) fn ends(&mut self, patience: Duration) {
        let end = now() + patience;
        while now() < end {
            if let Some(status) = self.process.try_wait().unwrap() {
                self.forget();
                assert!(status.success(), "{status}: {:#?}", self.said);
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        self.forget();
        panic!("it does not end: {:#?}", self.said);
    }
}

impl Drop for Performer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The process itself; without its part it is an empty test.
#[test]
fn performs() {
    // The harness has begun a line of its own.
    println!();
    match std::env::var("ROOTWELL_PERFORM").as_deref() {
        Ok("clicks") => unseen(&clicks(), Duration::from_secs(75)),
        Ok("unseen") => unseen(&steps(4), Duration::from_secs(26)),
        Ok("eye") => follow(false),
        Ok("ear") => follow(true),
        Ok("sleep") => sleep(),
        _ => {}
    }
}

/// Plays to the end without a look, and ends in time: the pre-roll, the first words and the ringing out are what it may
/// be late by.
fn unseen(timeline: &Arc<Timeline>, latest: Duration) {
    let playback = begin(timeline, Attention::default());
    let start = now();
    playback.send(Command::Play);
    while !playback.is_quiet() {
        assert!(start.elapsed() < latest, "{:?}", playback.view().state);
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(playback.view().state, State::Finished);
    assert!(start.elapsed() >= Duration::from_secs_f64(timeline.total.secs()));
}

/// Follows a long session and checks after each loss that its place is right.
fn follow(by_ear: bool) {
    let timeline = steps(2_000);
    let attention = Attention {
        captions: !by_ear,
        ..Attention::default()
    };
    let playback = begin(&timeline, attention);
    let commands = commands();
    playback.send(Command::Play);
    let mut watch = Watch::new(&playback.view());
    while !playback.is_quiet() {
        match commands.try_recv().as_deref() {
            Ok("pause") => playback.send(Command::Pause),
            Ok("play") => playback.send(Command::Play),
            Ok("ear") => playback.send(Command::LieDown(true)),
            Ok(_end) => {
                playback.send(Command::Seek(timeline.total - Frames::whole_secs(3)));
                watch.ending = true;
            }
            Err(_nothing) => {}
        }
        let view = playback.view();
        watch.look(&view);
        if view.state == (State::Waiting { back: true }) {
            thread::sleep(Duration::from_millis(300));
            playback.send(Command::Play);
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(playback.view().state, State::Finished);
}

/// Plays, is put to sleep, and finds that no time has passed.
fn sleep() {
    let timeline = steps(2_000);
    let playback = begin(&timeline, Attention::default());
    let commands = commands();
    playback.send(Command::Play);
    let mut watch = Watch::new(&playback.view());
    let mut looked = now();
    while !playback.is_quiet() {
        if commands.try_recv().is_ok() {
            playback.send(Command::Seek(timeline.total - Frames::whole_secs(3)));
            watch.ending = true;
        }
        let slept = looked.elapsed();
        looked = now();
        if slept > Duration::from_secs(3) {
            thread::sleep(Duration::from_millis(500));
            let view = playback.view();
            let (before, after) = (watch.heard, view.heard(now()));
            assert!(
                after.saturating_sub(before) < Frames::whole_secs(3),
                "{before} → {after}"
            );
            watch.heard = after;
            println!("woke");
        }
        watch.look(&playback.view());
        thread::sleep(Duration::from_millis(10));
    }
}

/// What has been seen of a session.
struct Watch {
    heard: Frames,
    looked: Instant,
    word: &'static str,
    ending: bool,
}

/// A place may be off by so much: what is on its way to the ear, and a look that comes late on a busy machine.
const SLACK: Frames = Frames::whole_secs(1);

impl Watch {
    fn new(view: &View) -> Self {
        Self {
            heard: view.heard(now()),
            looked: now(),
            word: "",
            ending: false,
        }
    }

    fn look(&mut self, view: &View) {
        let heard = view.heard(now());
        let passed = Frames((self.looked.elapsed().as_secs_f64() * 48_000.0) as u64);
        self.looked = now();
        if !self.ending {
            assert!(
                heard <= self.heard + passed + SLACK,
                "nothing may be passed over: {} → {heard}",
                self.heard
            );
            self.look_back(view, heard);
        }
        self.heard = heard;
        let word = match (&view.state, &view.sound) {
            (State::Waiting { .. }, _) => "waiting",
            (State::Paused(_), _) => "paused",
            (_, Sound::Silent(_)) => "silent",
            (_, Sound::Heard(_)) if view.anchor.moving => "heard",
            (_, Sound::Opening) => "opening",
            _ => self.word,
        };
        if word != self.word {
            self.word = word;
            println!(
                "{word} at {heard}: {}",
                view.sound.sentence().unwrap_or_default()
            );
        }
    }

    /// Back only to the start of the step, and only to wait there.
    fn look_back(&self, view: &View, heard: Frames) {
        if let State::Waiting { .. } = view.state {
            let place = Place::of(&view.timeline, view.anchor.at);
            let step = &view.timeline.steps[place.step];
            assert_eq!(view.anchor.at, step.start, "it waits at a step's start");
            let (first, last) = (step.start, step.start + step.frames);
            let there = self.heard + SLACK >= first && self.heard <= last + SLACK;
            assert!(
                there,
                "it waits in the step that was lost: {} in {first}–{last}",
                self.heard
            );
        } else {
            assert!(
                heard + SLACK >= self.heard,
                "nothing is heard twice: {} → {heard}",
                self.heard
            );
        }
    }
}

fn begin(timeline: &Arc<Timeline>, attention: Attention) -> Playback {
    let setting = Setting {
        timeline: Arc::clone(timeline),
        from: Frames::ZERO,
        compiler: Box::new(|_| None),
        sounds: Arc::new(Impulses),
        voice: Arc::new(Mute),
        recordings: Arc::new(|_| None),
        diary: Box::new(NoDiary),
        device: None,
        volumes: Volumes::default(),
        attention,
        area: None,
        words: rootwell::words::Words::of(rootwell::words::Language::English),
        correction: Frames::ZERO,
    };
    Playback::begin(setting, || {}).unwrap()
}

/// The words that the test sends.
fn commands() -> Receiver<String> {
    let (sender, commands): (Sender<String>, _) = mpsc::channel();
    thread::Builder::new()
        .spawn(move || {
            std::io::stdin()
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        })
        .unwrap();
    commands
}

/// Each tone is one sample long.
struct Impulses;

impl Sounds for Impulses {
    fn tone(&self, _: ToneRole, _: SegmentSide) -> Option<Pcm> {
        Some(Pcm::mono(vec![32_767], 0.6))
    }

    fn phase(&self, _: PhaseShape) -> Option<Pcm> {
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

/// Nobody speaks.
struct Mute;

impl Voice for Mute {
    fn speak(&self, _: &Spoken) -> Result<Clip, NoVoice> {
        Err(NoVoice::Nothing)
    }
}

/// Sixty clicks, one a second, and a second at either end.
fn clicks() -> Arc<Timeline> {
    let mut timeline = Timeline {
        style: Some(Style::Relaxation),
        ..Timeline::default()
    };
    step(&mut timeline, Frames::whole_secs(62));
    for second in 1..=60 {
        timeline.events.push(Event {
            at: Frames::whole_secs(second),
            frames: Frames::ZERO,
            what: What::Tone(ToneRole::Start),
            side: SegmentSide::None,
            segment: 0,
        });
    }
    Arc::new(timeline)
}

/// So many steps of five seconds, each with a line.
fn steps(number: usize) -> Arc<Timeline> {
    let choices = Choices {
        talk: Some(Talk::Silent),
        ..Choices::default()
    };
    let mut timeline = Timeline {
        style: Some(Style::Relaxation),
        choices,
        ..Timeline::default()
    };
    for index in 0..number {
        let at = timeline.total + Frames::whole_secs(1);
        step(&mut timeline, Frames::whole_secs(5));
        timeline.events.push(Event {
            at,
            frames: Frames::whole_secs(1),
            what: What::Say(Line {
                kind: CueKind::Instruction,
                text: format!("Line {index}."),
                caption: format!("Line {index}."),
                clip: None,
                spoken: false,
                room: Frames::whole_secs(2),
            }),
            side: SegmentSide::None,
            segment: index,
        });
    }
    Arc::new(timeline)
}

fn step(timeline: &mut Timeline, frames: Frames) {
    let (index, start) = (timeline.steps.len(), timeline.total);
    let path = format!("sections[0].steps[{index}]");
    timeline.total += frames;
    timeline.steps.push(StepSpan {
        path: path.clone(),
        name: None,
        title: format!("Step {index}"),
        section: SectionKind::Soften,
        part: 0,
        first: index,
        end: index + 1,
        start,
        frames,
        notes: Notes::default(),
    });
    timeline.segments.push(Segment {
        step: index,
        path,
        section: SectionKind::Soften,
        kind: "rest",
        role: Role::Work,
        title: format!("Step {index}"),
        side: SegmentSide::None,
        round: None,
        start,
        frames,
        pressure: None,
        breath: None,
        breaths: None,
        beat: None,
        pose: None,
        gate: None,
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "a live session is measured by the wall clock"
)]
fn now() -> Instant {
    Instant::now()
}
