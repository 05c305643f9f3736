//! The session: one person, one routine, now.
//!
//! A state machine without sound, clock or files. It is told what the person does ([`Session::apply`]), how far the
//! sound has come ([`Session::advance`]) and what has become of the device ([`Session::world`]); each time it hands
//! back what must be done about it, an [`Outcome`]. Two counters come from outside: `at`, the frame of the timeline,
//! which stands still in a pause and at a gate's last frame, and `run`, the frames since the sound was opened.
//! Illegal mixes (paused and finished, a gate with no question) cannot be written.

mod command;
mod diary;
mod gate;
mod outcome;
mod place;

use std::sync::Arc;

pub use command::{Attention, Command, Layer, Volume, Volumes, World};
pub use diary::{Account, Answered, Diary, NoDiary, Reached};
pub use gate::{Answer, OpenGate};
pub use outcome::{Order, Outcome, Told};
pub use place::Place;

use crate::names::Talk;
use crate::timeline::{Asks, Choices, Edit, Timeline};
use crate::units::{Frames, Secs};
use crate::words::{Language, Words};

/// How much longer "A little longer" makes a step, or a gate's patience.
pub const LONGER: Secs = Secs(15.0);

/// A change asked for now begins so much later: what the sound thread may render before it hears of it.
pub const AHEAD: Frames = Frames(24_000);

/// How far the sound has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clock {
    /// The frame of the timeline.
    pub at: Frames,
    /// Frames since the sound was opened; they go on in a pause.
    pub run: Frames,
}

/// What the session is doing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Not begun, or taken up again after a crash: nothing moves before the person says so.
    Ready,
    /// The timeline moves on.
    Playing,
    /// A gate is open; the timeline moves on to the gate's last frame and stands there.
    AtGate(OpenGate),
    /// Everything stands; the gate's patience too.
    Paused(Option<OpenGate>),
    /// The sound is gone and the person follows by ear: stands at the step's start.
    Waiting {
        /// Whether the sound is back, so that a key goes on.
        back: bool,
    },
    /// The end was reached.
    Finished,
    /// The person left before the end.
    Left(Leaving),
}

/// Why a session ended before its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leaving {
    /// The person stopped.
    Stopped,
    /// Something felt wrong.
    Wrong,
    /// The sound did not come back, and nobody came either.
    GaveUp,
}

/// One session.
#[derive(Clone, Debug)]
pub struct Session {
    timeline: Arc<Timeline>,
    state: State,
    clock: Clock,
    step: Option<usize>,
    account: Account,
    volumes: Volumes,
    talk: Talk,
    attention: Attention,
    words: &'static Words,
    /// The gate whose silence has been spoken of.
    explained: Option<usize>,
}

impl Session {
    /// A session at the start of a timeline, or at the step from which it is taken up again; it waits for
    /// [`Command::Play`].
    pub fn new(timeline: Arc<Timeline>, from: Frames) -> Self {
        let talk = timeline.choices.talk.unwrap_or(Talk::Full);
        Self {
            clock: Clock {
                at: from,
                run: Frames::ZERO,
            },
            state: State::Ready,
            step: None,
            account: Account::default(),
            volumes: Volumes::default(),
            talk,
            attention: Attention::default(),
            words: Words::of(Language::of(&timeline.language)),
            explained: None,
            timeline,
        }
    }

    /// The words of the language in which it speaks.
    pub fn words(&self) -> &Words {
        self.words
    }

    /// What it is doing.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The timeline that it follows.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// How far it has come.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// How loud its layers are.
    pub fn volumes(&self) -> Volumes {
        self.volumes
    }

    /// How much talking there is.
    pub fn talk(&self) -> Talk {
        self.talk
    }

    /// How the person follows it.
    pub fn attention(&self) -> Attention {
        self.attention
    }

    /// The open gate, also in a pause.
    pub fn gate(&self) -> Option<OpenGate> {
        match self.state {
            State::AtGate(gate) | State::Paused(Some(gate)) => Some(gate),
            _ => None,
        }
    }

    /// How long the open gate has stood beyond its estimate, and how much longer it was asked to wait.
    pub fn at_gate(&self) -> (Frames, Frames) {
        self.gate().map_or((Frames::ZERO, Frames::ZERO), |gate| {
            let estimate = self.timeline.segments[gate.segment].frames;
            (gate.waited.saturating_sub(estimate), gate.more)
        })
    }

    /// Whether time passes: the machine must stay awake.
    pub fn moving(&self) -> bool {
        matches!(self.state, State::Playing | State::AtGate(_))
    }

    /// Whether nothing more will happen.
    pub fn over(&self) -> bool {
        matches!(self.state, State::Finished | State::Left(_))
    }

    /// What has been heard and skipped so far.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Where it is, in words.
    pub fn place(&self) -> Place {
        Place::of(&self.timeline, self.clock.at)
    }

    /// The step at the present frame; the last one at the end.
    pub fn step_index(&self) -> usize {
        self.timeline.step_at(self.clock.at)
    }

    /// Lets the sound's progress count: steps are reached, gates open and run out, the end comes.
    pub fn advance(&mut self, now: Clock) -> Outcome {
        self.count(now);
        self.clock = now;
        let mut outcome = Outcome::default();
        if !self.moving() {
            return outcome;
        }
        if now.at >= self.timeline.total {
            self.state = State::Finished;
            outcome.tell(Told::Finished(self.account.clone()));
            return outcome;
        }
        self.reach(&mut outcome);
        self.mind_gate();
        self.explain(&mut outcome);
        outcome
    }

    /// Does what the person asks.
    pub fn apply(&mut self, command: &Command, now: Clock) -> Outcome {
        let mut outcome = self.advance(now);
        if self.over() {
            return outcome;
        }
        match command {
            Command::Play => self.play(&mut outcome),
            Command::Pause => self.pause(&mut outcome),
            Command::Toggle => self.toggle(&mut outcome),
            Command::Button => self.button(&mut outcome),
            Command::Back => self.seek_step(self.step_index().saturating_sub(1), &mut outcome),
            Command::Next => {
                let step = self.step_index();
                self.account.skip(&self.timeline.steps[step].title);
                self.seek_step(step + 1, &mut outcome);
            }
            Command::Repeat => self.seek_step(self.step_index(), &mut outcome),
            Command::Seek(frame) => self.seek((*frame).min(self.timeline.total), &mut outcome),
            Command::Answer(answer) => self.answer(answer, &mut outcome),
            Command::EaseOff => {
                let edit = Edit::EaseOff {
                    step: self.step_index(),
                    from: self.clock.at + AHEAD,
                };
                self.recompile(|choices| choices.edits.push(edit), &mut outcome);
            }
            Command::Longer => self.longer(&mut outcome),
            Command::Volume(layer, volume) => {
                self.volumes.set(*layer, *volume);
                outcome.order(Order::Volumes(self.volumes));
            }
            Command::Volumes(volumes) => {
                self.volumes = *volumes;
                outcome.order(Order::Volumes(self.volumes));
            }
            Command::Mute => {
                self.volumes.muted = !self.volumes.muted;
                outcome.order(Order::Volumes(self.volumes));
            }
            Command::Talk(talk) => {
                self.talk = *talk;
                outcome.order(Order::Talk(*talk));
            }
            Command::WhereAmI => outcome.order(Order::Say(self.place().said(self.words))),
            Command::SayAgain => {
                let line = place::last_line(&self.timeline, self.clock.at);
                outcome.orders.extend(line.map(Order::SayAgain));
            }
            Command::Attention(attention) => self.attention = *attention,
            Command::LieDown(lying) => self.attention.lying_down = *lying,
            Command::SomethingFeelsWrong => self.leave(Leaving::Wrong, &mut outcome),
            Command::Stop => self.leave(Leaving::Stopped, &mut outcome),
        }
        outcome
    }

    /// Takes note of what has become of the sound device.
    pub fn world(&mut self, world: World, now: Clock) -> Outcome {
        let mut outcome = self.advance(now);
        match (world, &self.state) {
            (World::SoundGone, State::Playing | State::AtGate(_)) if self.attention.by_ear() => {
                let start = self.timeline.steps[self.step_index()].start;
                self.seek(start, &mut outcome);
                self.state = State::Waiting { back: false };
                outcome.order(Order::Pause);
            }
            (World::SoundGone, State::Waiting { .. }) => {
                self.state = State::Waiting { back: false }
            }
            (World::SoundBack, State::Waiting { back: false }) => {
                self.state = State::Waiting { back: true };
                let place = self.place().said(self.words);
                let back = &self.words.said.back;
                outcome.order(Order::Say(self.words.fill(back, &[("place", &place)])));
            }
            (World::NobodyCame, State::Waiting { .. }) => self.leave(Leaving::GaveUp, &mut outcome),
            _ => {}
        }
        outcome
    }

    /// Takes a timeline that was compiled anew and first differs from the present one at frame `differs`, if all that
    /// has been heard is equal in both. Else it came too late or would change the past: the session goes on as it was.
    pub fn take(&mut self, timeline: Arc<Timeline>, differs: Frames) -> Outcome {
        let mut outcome = Outcome::default();
        if differs >= self.clock.at && !self.over() {
            self.timeline = Arc::clone(&timeline);
            outcome.order(Order::Swap(timeline, differs));
            outcome.tell(Told::Reached(self.reached()));
        }
        outcome
    }

    fn play(&mut self, outcome: &mut Outcome) {
        let next = match self.state {
            State::Paused(Some(gate)) => State::AtGate(gate),
            State::Ready | State::Paused(None) | State::Waiting { .. } => State::Playing,
            _ => return,
        };
        self.state = next;
        outcome.order(Order::Play);
        let after = self.advance(self.clock);
        outcome.append(after);
    }

    fn toggle(&mut self, outcome: &mut Outcome) {
        if self.moving() {
            self.pause(outcome);
        } else {
            self.play(outcome);
        }
    }

    fn pause(&mut self, outcome: &mut Outcome) {
        if self.moving() {
            self.state = State::Paused(self.gate());
            outcome.order(Order::Pause);
        }
    }

    /// The one button of a headset: ready, or the branch that must be asked for; else pause and play.
    fn button(&mut self, outcome: &mut Outcome) {
        let answer = match (
            &self.state,
            self.gate().map(|gate| gate.asks(&self.timeline)),
        ) {
            (State::AtGate(_), Some(Asks::Ready { .. })) => Answer::Ready,
            (State::AtGate(_), Some(Asks::Branch { options, silence })) if options.len() == 2 => {
                let other = options.iter().find(|option| *option != silence);
                Answer::Branch(other.unwrap_or(silence).clone())
            }
            _ => return self.toggle(outcome),
        };
        self.answer(&answer, outcome);
    }

    fn answer(&mut self, answer: &Answer, outcome: &mut Outcome) {
        let Some(gate) = self.gate() else { return };
        if !answer.suits(gate.asks(&self.timeline)) {
            return;
        }
        if *answer != Answer::Skip {
            outcome.tell(Told::Answered(gate.answered(&self.timeline, answer)));
        }
        if let Answer::Branch(branch) = answer {
            let silence = matches!(gate.asks(&self.timeline), Asks::Branch { silence, .. } if silence == branch);
            let current = self.timeline.choices.choose.as_deref();
            if current != Some(branch) && !(silence && current.is_none()) {
                let branch = branch.clone();
                self.recompile(|choices| choices.choose = Some(branch), outcome);
            }
        }
        self.pass(gate, outcome);
        self.play(outcome);
    }

    /// Jumps to the gate's end, and sees what is there.
    fn pass(&mut self, gate: OpenGate, outcome: &mut Outcome) {
        self.clock.at = self.timeline.segments[gate.segment].end();
        outcome.order(Order::Seek(self.clock.at));
        self.state = match self.state {
            State::Paused(_) => State::Paused(None),
            _ => State::Playing,
        };
        let after = self.advance(self.clock);
        outcome.append(after);
    }

    fn longer(&mut self, outcome: &mut Outcome) {
        if let State::AtGate(gate) | State::Paused(Some(gate)) = &mut self.state {
            gate.more += LONGER.frames();
            outcome.order(Order::WaitLonger(LONGER.frames()));
            return;
        }
        let step = self.step_index();
        let from = self.clock.at + AHEAD;
        self.recompile(
            |choices| {
                choices.edits.push(Edit::Longer {
                    step,
                    by: LONGER,
                    from,
                });
            },
            outcome,
        );
    }

    fn recompile(&self, change: impl FnOnce(&mut Choices), outcome: &mut Outcome) {
        let mut choices = self.timeline.choices.clone();
        change(&mut choices);
        outcome.order(Order::Compile(Box::new(choices)));
    }

    fn seek_step(&mut self, step: usize, outcome: &mut Outcome) {
        let frame = self
            .timeline
            .steps
            .get(step)
            .map_or(self.timeline.total, |step| step.start);
        self.seek(frame, outcome);
    }

    fn seek(&mut self, frame: Frames, outcome: &mut Outcome) {
        self.clock.at = frame;
        outcome.order(Order::Seek(frame));
        self.state = match self.state {
            State::AtGate(_) => State::Playing,
            State::Paused(_) => State::Paused(None),
            ref other => other.clone(),
        };
        if self.moving() {
            let after = self.advance(self.clock);
            outcome.append(after);
        } else {
            self.step = None;
        }
    }

    fn leave(&mut self, why: Leaving, outcome: &mut Outcome) {
        let place = self.reached();
        self.state = State::Left(why);
        outcome.order(if why == Leaving::Wrong {
            Order::FadeAndStop
        } else {
            Order::Stop
        });
        outcome.tell(Told::Left(place, why));
    }

    /// Tells the diary of a step that has just begun.
    fn reach(&mut self, outcome: &mut Outcome) {
        let step = self.step_index();
        if self.step != Some(step) {
            self.step = Some(step);
            outcome.tell(Told::Reached(self.reached()));
        }
    }

    fn reached(&self) -> Reached {
        let step = self.step_index();
        let span = self.timeline.steps.get(step);
        Reached {
            step,
            path: span.map(|span| span.path.clone()).unwrap_or_default(),
            title: span.map(|span| span.title.clone()).unwrap_or_default(),
            at: self.clock.at,
            total: self.timeline.total,
            choices: self.timeline.choices.clone(),
            account: self.account.clone(),
        }
    }

    /// Counts what has run since it was last looked at: as heard, and as an open gate's patience.
    fn count(&mut self, now: Clock) {
        let ran = now.run.saturating_sub(self.clock.run);
        if let State::AtGate(gate) = &mut self.state {
            gate.waited += ran;
        }
        if self.moving() {
            self.account
                .hear(self.timeline.steps[self.step_index()].section, ran);
        }
    }

    /// Says once, at each open gate, what silence means. Who wants less talking reads it.
    fn explain(&mut self, outcome: &mut Outcome) {
        let State::AtGate(gate) = self.state else {
            self.explained = None;
            return;
        };
        if self.explained == Some(gate.segment) || !matches!(self.talk, Talk::Full | Talk::Brief) {
            return;
        }
        let sentence = gate.silence(&self.timeline, self.words);
        if gate.may_say(&self.timeline, &sentence) {
            self.explained = Some(gate.segment);
            outcome.order(Order::Say(sentence));
        }
    }

    /// Opens the gate that the timeline has come to and closes the one that it has left, answered or not.
    fn mind_gate(&mut self) {
        let segment = self.timeline.segment_at(self.clock.at);
        let is_gate = self.timeline.segments[segment].gate.is_some();
        match self.state {
            State::AtGate(gate) if gate.segment == segment => {}
            State::AtGate(_) if !is_gate => self.state = State::Playing,
            State::Playing | State::AtGate(_) if is_gate => {
                let waited = self.clock.at - self.timeline.segments[segment].start;
                self.state = State::AtGate(OpenGate {
                    segment,
                    waited,
                    more: Frames::ZERO,
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
