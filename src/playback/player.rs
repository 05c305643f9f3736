//! The session's thread: takes messages, looks at the sound, tells the session, carries out what comes of it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::awake::Awake;
use super::devices::Devices;
use super::media::{Media, Playing};
use super::sound::{Sound, now};
use super::speaker::Speaker;
use super::view::Anchor;
use super::{Compiler, GateView, Message, Setting, Showing, View};
use crate::audio::{Score, Sounds};
use crate::journal::EntryId;
use crate::names::Area;
use crate::session::{Command, Diary, Order, Outcome, Session, State, World};
use crate::timeline::difference::first_difference;
use crate::timeline::{Choices, What};
use crate::units::{Frames, Secs};
use crate::words::Words;

/// How often it looks while something moves.
const TICK: Duration = Duration::from_millis(20);
/// How often while nothing does.
const REST: Duration = Duration::from_millis(100);
/// Longer than this between two looks, the machine or the process slept: that time counts for nothing.
const SLEPT: Duration = Duration::from_millis(250);
/// The first words are waited for so long at most.
const WORDS: Duration = Duration::from_secs(3);
/// A session that waits for its sound is left after so long; its place is kept.
const NOBODY: Duration = Duration::from_mins(30);
/// What is said out of turn is shown so long.
const ASIDE: Duration = Duration::from_secs(8);
/// A picture runs ahead of the last sign of the sound by so much at most (0.5 s): a device that hangs is not heard.
const REACH: Frames = Frames(24_000);
/// "Something feels wrong" fades so long.
const FADE: Secs = Secs(0.4);
/// The last bowl may ring so long …
const RINGING: Duration = Duration::from_secs(9);
/// … and fades over the end of it.
const DYING: Duration = Duration::from_secs(3);

pub(super) struct Player {
    session: Session,
    sound: Sound,
    sounds: Arc<dyn Sounds + Send + Sync>,
    score: Arc<Score>,
    speaker: Speaker,
    devices: Devices,
    compiler: Compiler,
    diary: Box<dyn Diary>,
    awake: Awake,
    media: Media,
    area: Option<Area>,
    words: &'static Words,
    entry: Option<EntryId>,
    correction: Frames,
    wake: Box<dyn Fn() + Send>,
    showing: Arc<Showing>,
    seen: Option<Seen>,
    looked: Instant,
    /// What is shown beside the routine, and how much longer.
    aside: Option<(String, Duration)>,
    /// Whether what is said out of turn shall be heard.
    asked: bool,
    /// Playing begins with the first words, or when this is over.
    hold: Option<Duration>,
    /// How long the session has waited for its sound.
    waited: Duration,
    /// How much longer the sound of a session that is over may ring.
    ringing: Option<Duration>,
}

/// What a face would show differently.
#[derive(PartialEq)]
struct Seen {
    state: State,
    events: usize,
    step: usize,
    aside: Option<String>,
    sound: super::Sound,
    /// Where the timeline lies: another one lies elsewhere.
    timeline: usize,
}

impl Player {
    /// Makes the sounds, which takes a while: on the session's own thread.
    pub(super) fn new(
        setting: Setting,
        session: Session,
        speaker: Speaker,
        messages: Sender<Message>,
        showing: Arc<Showing>,
        wake: Box<dyn Fn() + Send>,
    ) -> Self {
        let score = Arc::new(Score::live(Arc::clone(&setting.timeline), &*setting.sounds));
        let sound = Sound::new(
            Arc::clone(&score),
            setting.from,
            setting.volumes,
            session.talk(),
        );
        Self {
            media: Media::start(&setting.timeline.title, messages.clone()),
            devices: Devices::new(setting.device, messages),
            session,
            sound,
            sounds: setting.sounds,
            score,
            speaker,
            compiler: setting.compiler,
            diary: setting.diary,
            awake: Awake::start(),
            area: setting.area,
            words: setting.words,
            entry: None,
            correction: setting.correction,
            wake,
            showing,
            seen: None,
            looked: now(),
            aside: None,
            asked: false,
            hold: None,
            waited: Duration::ZERO,
            ringing: None,
        }
    }

    /// Runs until the session is over and has died away.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let calm = matches!(self.session.state(), State::Ready | State::Paused(_))
                && self.sound.runs();
            if let Ok(message) = inbox.recv_timeout(if calm { REST } else { TICK }) {
                self.take(message);
                while let Ok(message) = inbox.try_recv() {
                    self.take(message);
                }
            }
            self.look();
            if self.ringing.is_some_and(|left| left.is_zero()) {
                return;
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Command(command) => {
                let clock = self.sound.clock();
                let outcome = self.session.apply(&command, clock);
                self.carry_out(outcome);
            }
            Message::Device(wanted) => {
                self.sound.leave();
                self.devices.want(wanted);
            }
            Message::Opened(number, opened) => {
                if let Some(opened) = self.devices.opened(number, opened) {
                    let (device, plug) = *opened;
                    self.sound.on_device(device, plug);
                }
            }
            Message::Spoken(pcm) => {
                // Where nobody would hear it, or nobody wants to any more, it is shown all the same.
                if self.asked {
                    let _ = self.sound.say(pcm);
                }
            }
            Message::Leave => {
                let outcome = self.session.apply(&Command::Stop, self.session.clock());
                self.carry_out(outcome);
                self.hush(None);
                self.ringing = Some(Duration::from_millis(100));
            }
        }
    }

    /// One look at the world.
    fn look(&mut self) {
        let now = now();
        let passed = now.duration_since(self.looked).min(SLEPT);
        self.looked = now;
        self.mind_device(passed);
        self.hold(passed);
        self.sound.tidy();
        let clock = self.sound.clock();
        let outcome = self.session.advance(clock);
        self.carry_out(outcome);
        self.age(passed);
        self.keep_awake();
        self.show();
    }

    fn mind_device(&mut self, passed: Duration) {
        self.sound.at_gate(self.session.at_gate());
        if self.sound.is_lost(passed, super::devices::PATIENCE) {
            self.sound.leave();
            self.devices.lost();
        }
        if self.sound.device().is_none() {
            self.devices.pass(passed);
            self.mind_loss(passed);
        } else if let Some(feed) = self.sound.begin() {
            self.speaker.follow(Some(feed), self.session.timeline());
            let clock = self.sound.clock();
            let outcome = self.session.world(World::SoundBack, clock);
            self.carry_out(outcome);
        }
    }

    /// Waits or goes on silently, as the person follows by ear or by eye; who comes to follow by ear waits from then on.
    fn mind_loss(&mut self, passed: Duration) {
        if !self.devices.is_gone() {
            return;
        }
        let clock = self.sound.clock();
        let outcome = self.session.world(World::SoundGone, clock);
        self.carry_out(outcome);
        if matches!(self.session.state(), State::Waiting { .. }) {
            self.waited += passed;
            if self.waited >= NOBODY {
                let clock = self.sound.clock();
                let outcome = self.session.world(World::NobodyCame, clock);
                self.carry_out(outcome);
            }
        } else if !self.sound.is_silent()
            && !self.session.attention().by_ear()
            && let Some(feed) = self.sound.on_silent_clock()
        {
            self.speaker.follow(Some(feed), self.session.timeline());
        }
    }

    fn carry_out(&mut self, outcome: Outcome) {
        for told in &outcome.told {
            match self.diary.write(told, self.words) {
                Ok(entry) => self.entry = entry.or(self.entry),
                Err(error) => {
                    let words = self.words;
                    self.remark(&words.fill(&words.session.not_written, &[("error", &error)]));
                }
            }
        }
        for order in outcome.orders {
            self.obey(order);
        }
        if self.session.over() && self.ringing.is_none() {
            let tail = match self.session.state() {
                State::Finished => self.score.rings_out().saturating_sub(self.score.total()),
                _ => Frames::ZERO,
            };
            let tail = Duration::from_secs_f64(tail.secs() + 0.7);
            self.ringing = Some(tail.min(RINGING));
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Play => {
                self.waited = Duration::ZERO;
                self.hold = Some(if self.speaker.is_ready() {
                    Duration::ZERO
                } else {
                    WORDS
                });
            }
            Order::Pause | Order::Stop => self.hush(None),
            Order::FadeAndStop => self.hush(Some(FADE)),
            Order::Seek(frame) => self.sound.seek(frame),
            Order::WaitLonger(by) => self.sound.wait_longer(by),
            Order::Volumes(volumes) => self.sound.set_volumes(volumes),
            Order::Talk(talk) => self.sound.set_talk(talk),
            Order::Say(text) => {
                self.asked = true;
                self.speaker.say(text.clone());
                self.aside = Some((text, ASIDE));
            }
            Order::SayAgain(event) => {
                self.asked = true;
                self.speaker.say_again(event);
                if let What::Say(line) = &self.session.timeline().events[event].what {
                    self.aside = Some((line.caption.clone(), ASIDE));
                }
            }
            Order::Compile(choices) => self.change(&choices),
            Order::Swap(timeline, at) => {
                self.score = Arc::new(Score::live(Arc::clone(&timeline), &*self.sounds));
                self.sound.swap(at, Arc::clone(&self.score));
                self.speaker.follow(None, &timeline);
            }
        }
    }

    /// Lets all that sounds come to rest, and what is on its way be shown only.
    fn hush(&mut self, over: Option<Secs>) {
        self.hold = None;
        self.asked = false;
        self.sound.pause(over);
    }

    /// Compiles anew and lets the session take it, where all that has been heard is equal in both.
    fn change(&mut self, choices: &Choices) {
        let Some(timeline) = (self.compiler)(choices) else {
            return self.remark(&self.words.session.cannot_change);
        };
        let Some(differs) = first_difference(self.session.timeline(), &timeline) else {
            return self.remark(&self.words.session.nothing_changes);
        };
        let outcome = self.session.take(Arc::new(timeline), differs);
        if outcome.orders.is_empty() {
            return self.remark(&self.words.session.too_late);
        }
        self.carry_out(outcome);
    }

    fn remark(&mut self, sentence: &str) {
        self.aside = Some((sentence.to_owned(), ASIDE));
    }

    /// Begins to play when the first words are ready.
    fn hold(&mut self, passed: Duration) {
        if let Some(left) = self.hold {
            let left = left.saturating_sub(passed);
            if left.is_zero() || self.speaker.is_ready() {
                self.hold = None;
                self.sound.play();
            } else {
                self.hold = Some(left);
            }
        }
    }

    fn age(&mut self, passed: Duration) {
        self.aside = self.aside.take().and_then(|(text, left)| {
            let left = left.saturating_sub(passed);
            (!left.is_zero()).then_some((text, left))
        });
        if let Some(left) = self.ringing {
            let after = left.saturating_sub(passed);
            if left > DYING && after <= DYING {
                self.sound.pause(Some(Secs(DYING.as_secs_f64())));
            }
            self.ringing = Some(after);
        }
    }

    fn keep_awake(&mut self) {
        let moving = self.session.moving();
        self.awake
            .want(moving, moving && !self.session.attention().lying_down);
        self.media.show(Playing {
            moving,
            over: self.session.over(),
            step: self.session.place().title,
            at: self.session.clock().at,
            total: self.session.timeline().total,
        });
    }

    /// What is to be seen now.
    pub(super) fn picture(&mut self) -> View {
        let timeline = Arc::clone(self.session.timeline());
        let (clock, when, moves) = self.sound.position();
        let moving = moves && self.session.moving();
        let gate = self.session.gate();
        let stands = timeline
            .segments
            .iter()
            .find(|segment| segment.gate.is_some() && segment.end() > clock.at)
            .map_or(timeline.total, |segment| {
                segment.end().saturating_sub(Frames(1))
            });
        View {
            anchor: Anchor {
                at: clock.at,
                when,
                latency: if moving {
                    self.sound.latency() + self.correction
                } else {
                    Frames::ZERO
                },
                moving,
                from: self.sound.from().min(clock.at),
                until: stands.min(clock.at + REACH),
            },
            gate: gate.map(|gate| GateView {
                gate,
                silence: gate.silence(&timeline, self.session.words()),
                until: matches!(self.session.state(), State::AtGate(_))
                    .then(|| when + Duration::from_secs_f64(gate.left(&timeline).secs())),
            }),
            state: self.session.state().clone(),
            aside: self.aside.as_ref().map(|(text, _)| text.clone()),
            sound: self.sentence(),
            volumes: self.session.volumes(),
            talk: self.session.talk(),
            attention: self.session.attention(),
            area: self.area,
            listened: self.session.account().total(),
            entry: self.entry,
            timeline,
        }
    }

    fn sentence(&self) -> super::Sound {
        let words = self.words;
        let with_trouble =
            |text: &str| words.fill(text, &[("trouble", &self.devices.sentence(words))]);
        match (self.session.state(), self.sound.device()) {
            (State::Waiting { back: true }, _) => {
                super::Sound::Waiting(words.session.sound_back_key.clone())
            }
            (State::Waiting { back: false }, _) => {
                super::Sound::Waiting(with_trouble(&words.session.place_kept))
            }
            (_, Some(entry)) if self.sound.runs() => super::Sound::Heard(entry.name.clone()),
            (_, None) if self.sound.is_silent() => {
                super::Sound::Silent(with_trouble(&words.session.goes_on_silent))
            }
            (_, None) if self.devices.is_gone() => {
                super::Sound::Waiting(with_trouble(&words.session.place_kept))
            }
            _ => super::Sound::Opening,
        }
    }

    fn show(&mut self) {
        let view = self.picture();
        let heard = view.heard(self.looked);
        let seen = Seen {
            state: still(&view.state),
            events: view
                .timeline
                .events
                .partition_point(|event| event.at <= heard),
            step: view.timeline.step_at(heard),
            aside: view.aside.clone(),
            sound: view.sound.clone(),
            timeline: Arc::as_ptr(&view.timeline).addr(),
        };
        self.showing.show(view);
        if self.seen.as_ref() != Some(&seen) {
            self.seen = Some(seen);
            (self.wake)();
        }
    }
}

/// The state without what grows by itself.
fn still(state: &State) -> State {
    match state.clone() {
        State::AtGate(mut gate) => {
            gate.waited = Frames::ZERO;
            State::AtGate(gate)
        }
        other => other,
    }
}
