//! The session from the window's side: it begins after the safety list, is looked at, is told things, and ends in After.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};
use jiff::Timestamp;

use super::{Model, Sheet};
use crate::app::after;
use crate::app::command::Act;
use crate::app::live::{self, Face};
use crate::app::player::{Ask, View};
use crate::app::safety;
use crate::app::settings::{Reader, Settings};
use crate::app::shell::Screen;
use crate::app::today::Offer;
use crate::app::words::Words;
use crate::app::world::{Known, Wanted};
use crate::checkin::Rating;
use crate::journal::{End, Entry, EntryId};
use crate::names::{Area, Flag, Style, Talk};
use crate::playback::Playback;
use crate::session::{Answer, Attention, Command, Layer, Leaving, State, Volume, Volumes};
use crate::timeline::Choices;
use crate::units::Frames;

/// The controls fade after so long without a touch.
const FADE_AFTER: f64 = 6.0;
/// Lying down, the window goes dark after so long.
const DARK_AFTER: f64 = 20.0;
/// A picture that takes longer than this, in seconds, takes too long: half as many are asked for.
const SLOW: f32 = 0.004;
/// The shortest time from picture to picture while something moves.
const FRAME: Duration = Duration::from_micros(16_667);

/// What begins once the safety list is answered.
#[derive(Clone, Debug)]
pub struct Start {
    /// The routine's id.
    pub routine: String,
    /// How it is to be compiled.
    pub choices: Choices,
    /// The plan's item that it is.
    pub plan_item: Option<String>,
    /// What was ticked on the safety list.
    pub flags: Vec<Flag>,
    /// Whether calm comes first, and more is offered afterwards if stress has fallen.
    pub reask: bool,
    /// From which frame, with the entry so far, when it is taken up again.
    pub again: Option<(Frames, Entry)>,
}

impl Start {
    /// What an offer begins.
    pub fn of(offer: Offer) -> Self {
        Self {
            routine: offer.routine,
            choices: offer.choices,
            plan_item: offer.plan_item,
            flags: Vec::new(),
            reask: offer.reask,
            again: None,
        }
    }
}

/// A session that goes on, or has ended and was not rated yet.
pub(super) struct Going {
    pub(super) playback: Playback,
    pub(super) style: Style,
    pub(super) bedtime: bool,
    pub(super) area: Option<Area>,
    pub(super) entry: Option<EntryId>,
    /// When its entry began; nothing is kept of a guest's.
    pub(super) begun: Option<Timestamp>,
    /// What was said before: tension and stress.
    before: (Option<u8>, Option<u8>),
    /// Whether calm came first, and more is offered afterwards if stress has fallen.
    pub(super) reask: bool,
    /// Whether it begins by itself, as soon as its sound is made.
    starts: bool,
    /// When the person last did anything, in egui's time.
    touched: f64,
    /// Since when the person lies down.
    lying: Option<f64>,
}

impl Going {
    /// What the player shows now.
    pub(super) fn view(&self, ctx: &Context, settings: &Settings, words: &Words) -> Option<View> {
        let now = now();
        let time = ctx.time();
        let still = settings.still;
        let idle = (time - self.touched - FADE_AFTER).max(0.0);
        let kept = settings.reader.is_some() || ctx.memory(|memory| memory.focused().is_some());
        let chrome = if kept || still {
            1.0
        } else {
            1.0 - (idle / 1.2).min(1.0) as f32
        };
        let dark = |since: f64| (((time - since - DARK_AFTER) / 2.0).clamp(0.0, 1.0)) as f32;
        let face = Face {
            starts: self.starts,
            chrome,
            lying: self.lying.map(dark),
            full_screen: ctx.input(|input| input.viewport().fullscreen.unwrap_or(false)),
            live: settings.reader == Some(Reader::Theirs),
        };
        live::view(&self.playback.view(), now, settings, words, face)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the picture follows the ear, by the clock that the session reads"
)]
fn now() -> Instant {
    Instant::now()
}

/// Whether the window can be seen.
fn seen(ctx: &Context) -> bool {
    ctx.input(|input| {
        let viewport = input.viewport();
        !viewport.minimized.unwrap_or(false) && !viewport.occluded.unwrap_or(false)
    })
}

impl Model {
    /// Wants to begin something: the safety list comes first, every time.
    pub(super) fn want(&mut self, start: Start) {
        self.start = Some(start);
        self.open_safety();
    }

    /// Goes on where a session was left: safe to look at, it starts paused.
    pub(super) fn carry_on(&mut self) {
        self.read_past();
        let Some(point) = self.past.left.clone() else {
            return;
        };
        let start = Start {
            routine: point.entry.routine.clone(),
            choices: point.choices,
            plan_item: point.entry.plan_item.clone(),
            flags: Vec::new(),
            reask: false,
            again: Some((point.at, point.entry)),
        };
        match self.refitted(start) {
            Ok(start) => self.want(start),
            Err(sentence) => self.notice = Some(sentence),
        }
    }

    /// Begins what was wanted.
    pub(super) fn begin(&mut self, ctx: &Context) {
        let Some(start) = self.start.take() else {
            return;
        };
        self.sheet = None;
        self.notice = None;
        let Some(known) = self.world.known(&start.routine).cloned() else {
            let gone = &self.words.notice.routine_gone;
            self.notice = Some(self.words.fill(gone, &[("title", &start.routine)]));
            return;
        };
        let choices = Choices {
            talk: Some(self.talk()),
            ..start.choices.clone()
        };
        let timeline = match self.world.booth.compile(&known, &choices) {
            Ok(timeline) => Arc::new(timeline),
            Err(sentence) => {
                self.notice = Some(sentence);
                return;
            }
        };
        let area = known.routine.area_of(choices.area);
        let from = start
            .again
            .as_ref()
            .map_or(Frames::ZERO, |(at, _entry)| *at);
        let entry = start.again.as_ref().map(|(_at, entry)| entry.clone());
        let entry = entry.unwrap_or_else(|| self.entry(&known, &start, timeline.total));
        let told = |rating: Option<Rating>| rating.map(Rating::number);
        let before = (told(entry.before.tension), told(entry.before.stress));
        let entry = (!self.settings.guest).then_some(entry);
        let begun = entry.as_ref().map(|entry| entry.started);
        let paused = start.again.is_some();
        let wanted = Wanted {
            timeline,
            choices,
            routine: Arc::clone(&known.routine),
            from,
            entry,
            volumes: self.volumes(),
            captions: self.settings.captions,
            screen_reader: self.settings.reader.is_some(),
            area,
            latency: self.settings.latency,
        };
        self.set_up_sound();
        let ear = ctx.clone();
        match self
            .world
            .booth
            .begin(wanted, Box::new(move || ear.request_repaint()))
        {
            Ok(playback) => {
                if !paused {
                    playback.send(Command::Play);
                }
                self.going = Some(Going {
                    playback,
                    style: known.routine.style,
                    bedtime: known.routine.bedtime || start.choices.bedtime,
                    area,
                    entry: None,
                    begun,
                    before,
                    reask: start.reask,
                    starts: !paused,
                    touched: ctx.time(),
                    lying: None,
                });
                self.screen = Screen::Player;
                self.remember();
            }
            Err(sentence) => self.notice = Some(sentence),
        }
    }

    /// How much talking: with a screen reader that leads, our voice is silent and captions are read.
    fn talk(&self) -> Talk {
        if self.settings.reader == Some(Reader::Theirs) {
            Talk::Silent
        } else {
            self.settings.talk
        }
    }

    fn entry(&self, known: &Known, start: &Start, total: Frames) -> Entry {
        let now = (self.world.now)();
        let routine = &known.routine;
        let mut entry = Entry::of(now.timestamp(), now.date(), &known.id, routine);
        entry.variations.clone_from(&start.choices.variations);
        entry.planned = total.secs().round() as u32;
        entry.areas.clone_from(&self.today.answers.areas);
        entry.bedtime |= start.choices.bedtime;
        entry.flags.clone_from(&start.flags);
        entry.wish = self.today.answers.wish;
        entry.before = super::check_in::ratings(&self.today.answers);
        entry.plan_item.clone_from(&start.plan_item);
        entry
    }

    pub(super) fn volumes(&self) -> Volumes {
        let settings = &self.settings;
        Volumes {
            all: Volume::new(settings.volume),
            voice: Volume::new(settings.voice),
            tones: Volume::new(settings.tones),
            breath: Volume::new(settings.bed),
            bed: Volume::new(settings.bed),
            muted: false,
        }
    }

    /// Lets time pass: asks for the next picture, notices the end.
    pub fn advance(&mut self, ctx: &Context, touched: bool, painting: Option<f32>) {
        self.ringing.retain(|playback| !playback.is_quiet());
        let Some(going) = &mut self.going else { return };
        if self.screen != Screen::Player {
            return;
        }
        if touched {
            going.touched = ctx.time();
        }
        let view = going.playback.view();
        match view.state {
            State::Finished => return self.ended(ctx, false),
            State::Left(Leaving::Wrong) => return self.felt_wrong(ctx),
            State::Left(_) if self.closing => return ctx.send_viewport_cmd(ViewportCommand::Close),
            State::Left(_) => return self.ended(ctx, true),
            _ => {}
        }
        if !seen(ctx) {
            return; // the session wakes us when something happens
        }
        let moves = matches!(view.state, State::Playing | State::AtGate(_));
        if moves && !self.settings.still {
            // The wait begins when the picture is there: what painting took is part of the time from one to the next.
            let took = painting.unwrap_or_default();
            let slow = self.world.software || took > SLOW;
            let each = if slow { FRAME * 2 } else { FRAME };
            ctx.request_repaint_after(each.saturating_sub(Duration::from_secs_f32(took)));
        } else if moves {
            ctx.request_repaint_after(Duration::from_secs(1));
        } else if going
            .view(ctx, &self.settings, self.words)
            .is_some_and(|view| view.chrome > 0.0)
        {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    /// Does what one of the session's acts asks.
    pub(super) fn act_on_session(&mut self, act: Act) {
        let Some(going) = &mut self.going else { return };
        let all = going.playback.view().volumes.of(Layer::All);
        let mut loud = |all: Volume| {
            self.settings.volume = all.percent();
            Command::Volume(Layer::All, all)
        };
        let command = match act {
            Act::Pause => Command::Toggle,
            Act::Back => Command::Back,
            Act::Next => Command::Next,
            Act::Repeat => Command::Repeat,
            Act::EaseOff => Command::EaseOff,
            Act::Longer => Command::Longer,
            Act::Louder => loud(all.louder()),
            Act::Quieter => loud(all.softer()),
            Act::Mute => Command::Mute,
            Act::WhereAmI => Command::WhereAmI,
            Act::SayAgain => Command::SayAgain,
            Act::Wrong => Command::SomethingFeelsWrong,
            Act::LieDown => {
                going.lying = if going.lying.is_some() {
                    None
                } else {
                    Some(going.touched)
                };
                Command::LieDown(going.lying.is_some())
            }
            _ => return,
        };
        going.playback.send(command);
    }

    /// Does what was asked of the player.
    pub(super) fn ask_player(&mut self, ask: Ask) {
        let command = match ask {
            Ask::Ready => Command::Answer(Answer::Ready),
            Ask::Rated(number) => Command::Answer(Answer::Rating(number)),
            Ask::Branch(branch) => Command::Answer(Answer::Branch(branch)),
            Ask::Skip => Command::Answer(Answer::Skip),
            Ask::Volume(loud) => {
                self.settings.volume = (100.0 * loud).round() as u8;
                Command::Volume(Layer::All, Volume::new(self.settings.volume))
            }
            Ask::Stop => {
                self.sheet = None;
                Command::Stop
            }
            Ask::Stay => {
                self.sheet = None;
                self.closing = false;
                return;
            }
            Ask::Settled => {
                self.sheet = None;
                self.screen = Screen::Today;
                self.open_today();
                return;
            }
        };
        if let Some(going) = &self.going {
            going.playback.send(command);
        }
    }

    /// Tells the session how the person follows, when that changes.
    pub fn attend(&mut self, ctx: &Context) {
        let Some(going) = &self.going else { return };
        let seen = seen(ctx);
        let attention = Attention {
            captions: self.settings.captions,
            seen,
            screen_reader: self.settings.reader.is_some(),
            lying_down: going.lying.is_some(),
        };
        if going.playback.view().attention != attention {
            going.playback.send(Command::Attention(attention));
        }
    }

    /// The end was reached, or the person left.
    fn ended(&mut self, ctx: &Context, stopped: bool) {
        let rotating = self.rotating();
        self.ask_no_more();
        let Some(going) = &mut self.going else { return };
        let view = going.playback.view();
        going.entry = view.entry;
        if ctx.input(|input| input.viewport().fullscreen.unwrap_or(false)) {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
        self.after = after::View {
            minutes: ((view.listened.secs() / 60.0).round() as u32).max(1),
            stopped,
            pressed: super::check_in::presses(going.style),
            before: going.before,
            rotating,
            ..after::View::default()
        };
        let night = going.bedtime && !stopped;
        self.read_past();
        if night {
            // No bright page at the end of the day: the questions come tomorrow.
            let going = self.going.take();
            going
                .into_iter()
                .for_each(|going| self.let_ring(going.playback));
            self.screen = Screen::Night;
        } else {
            self.screen = Screen::After;
        }
    }

    /// Whether to leave the session is asked no more: it is over.
    fn ask_no_more(&mut self) {
        self.closing = false;
        if self.sheet == Some(Sheet::Leave) {
            self.sheet = None;
        }
    }

    /// Keeps the sound of a session that is over until it has died away: dropped earlier, it would be cut, and the window
    /// would wait for its thread.
    pub(super) fn let_ring(&mut self, playback: Playback) {
        self.ringing.push(playback);
    }

    /// Something felt wrong: the stop card of this area, which is left alone today.
    fn felt_wrong(&mut self, _ctx: &Context) {
        let Some(going) = self.going.take() else {
            return;
        };
        self.ask_no_more();
        self.let_ring(going.playback);
        let today = (self.world.now)().date();
        self.felt_wrong.extend(going.area.map(|area| (area, today)));
        let card = self.stop_card(going.area);
        self.sheet = Some(Sheet::Stop(card));
        self.screen = Screen::Today;
        self.open_today();
    }

    /// Put off for today: that counts as kept. A guest puts off nothing of somebody else's plan.
    pub(super) fn not_today(&mut self, item: &str) {
        if self.settings.guest {
            return self.say(self.words.settings.guest_hint.clone());
        }
        let now = (self.world.now)();
        let held = self.world.followed.now.as_ref();
        let Some(routine) =
            held.and_then(|held| held.plan.items.iter().find(|due| due.name == item))
        else {
            return;
        };
        let Some(known) = self.world.known(&routine.routine) else {
            return;
        };
        let mut entry = Entry::begun(
            now.timestamp(),
            now.date(),
            &known.id,
            &known.routine.title,
            known.routine.style,
        );
        entry.end = End::NotToday;
        entry.plan_item = Some(item.to_owned());
        if let Some(Err(error)) = self
            .world
            .journal
            .as_mut()
            .map(|journal| journal.add(&entry))
        {
            self.notice = Some(error.said(self.words));
        }
        self.open_today();
    }

    /// The unfinished session stays unfinished; what was done of it counts.
    pub(super) fn let_go(&mut self) {
        if self.settings.guest {
            return self.say(self.words.settings.guest_hint.clone());
        }
        if let Some(journal) = &mut self.world.journal {
            let point = journal.resume_point().ok().flatten();
            let done = point.map_or(Ok(()), |point| journal.finish(&point.entry).map(drop));
            if let Err(error) = done {
                self.notice = Some(error.said(self.words));
            }
        }
        self.open_today();
    }

    /// Whether the safety list is what is open.
    pub(super) fn safety_view(&mut self) -> Option<&mut safety::View> {
        match &mut self.sheet {
            Some(Sheet::Safety(view)) => Some(view),
            _ => None,
        }
    }

    /// Whether the session asks for a number just now.
    pub fn asks_number(&self) -> bool {
        let gate = self.going.as_ref().map(|going| going.playback.view());
        gate.is_some_and(|view| {
            let asks = view
                .gate
                .as_ref()
                .map(|gate| gate.gate.asks(&view.timeline));
            matches!(asks, Some(crate::timeline::Asks::Rating { .. }))
        })
    }
}
