//! The sound of a session, wherever it is pulled: on a device, by the silent clock, or for a while by nobody.
//!
//! A lost device takes its programme with it. That costs little: a programme is made anew at any frame, and `run` goes
//! on counting.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::audio::device::{Device, Entry, Health, PRE_ROLL};
use crate::audio::{
    self, Control, DELAY, Feed, Levels, Outlet, Pcm, Plug, Programme, Score, Silent, Start, State,
};
use crate::names::Talk;
use crate::session::{Clock, Layer, Volumes};
use crate::units::{Decibels, Frames, Secs};

/// How long a seek may take to show in the position.
const SEEKING: Duration = Duration::from_millis(400);

/// The sound.
pub(super) struct Sound {
    score: Arc<Score>,
    /// How the next programme begins; kept up to date.
    start: Start,
    control: Option<Control>,
    place: Place,
    /// A seek that does not show in the position yet.
    seeking: Option<(Frames, Instant)>,
    /// The frame at which the sound last began or jumped.
    from: Frames,
}

/// Who pulls.
enum Place {
    Nobody,
    Device {
        device: Device,
        plug: Plug,
        /// The beats and when there was the last new one.
        beats: (u64, Duration),
    },
    Silent {
        _clock: Silent,
        _plug: Plug,
    },
}

impl Sound {
    /// The sound of a score from a frame on; nobody pulls it yet.
    pub(super) fn new(score: Arc<Score>, from: Frames, volumes: Volumes, talk: Talk) -> Self {
        let start = Start {
            at: from,
            playing: false,
            talk,
            levels: levels(volumes),
            ..Start::default()
        };
        Self {
            score,
            start,
            control: None,
            place: Place::Nobody,
            seeking: None,
            from,
        }
    }

    /// Lets a device pull: first the pre-roll, then the programme ([`Sound::begin`]).
    pub(super) fn on_device(&mut self, device: Device, mut plug: Plug) {
        self.leave();
        plug.set_loudness(self.start.levels.voice);
        self.place = Place::Device {
            device,
            plug,
            beats: (0, Duration::ZERO),
        };
    }

    /// Lets the silent clock pull, and begins.
    pub(super) fn on_silent_clock(&mut self) -> Option<Feed> {
        self.leave();
        let (outlet, mut plug) = audio::outlet();
        let (programme, feed) = self.programme();
        plug.play(programme);
        match Silent::start(outlet) {
            Ok(clock) => {
                self.place = Place::Silent {
                    _clock: clock,
                    _plug: plug,
                };
                Some(feed)
            }
            Err(_no_thread) => {
                self.control = None;
                None
            }
        }
    }

    /// Begins the programme where the device has had its pre-roll; the feed is for the speaker.
    pub(super) fn begin(&mut self) -> Option<Feed> {
        let Place::Device { device, .. } = &self.place else {
            return None;
        };
        if self.control.is_some() || device.health().pulled < PRE_ROLL {
            return None;
        }
        let (programme, feed) = self.programme();
        self.plug()?.play(programme);
        Some(feed)
    }

    fn programme(&mut self) -> (Programme, Feed) {
        let (programme, control, feed) = audio::open(Arc::clone(&self.score), &self.start);
        self.control = Some(control);
        self.from = self.start.at;
        (programme, feed)
    }

    /// How long an open gate has waited beyond its estimate, and how much longer it was asked to wait: where nobody
    /// pulls, the next programme needs to know.
    pub(super) fn at_gate(&mut self, (stood, granted): (Frames, Frames)) {
        (self.start.stood, self.start.granted) = (stood, granted);
    }

    /// Nobody pulls any more; what had not reached the ear is heard again.
    pub(super) fn leave(&mut self) {
        let clock = self.clock();
        let unheard = if self.start.playing {
            self.latency()
        } else {
            Frames::ZERO
        };
        self.start.at = clock
            .at
            .saturating_sub(unheard)
            .max(self.from.min(clock.at));
        self.start.run = clock.run;
        self.seeking = None;
        self.control = None;
        self.place = Place::Nobody;
    }

    /// Whether the programme runs.
    pub(super) fn runs(&self) -> bool {
        self.control.is_some()
    }

    /// Whether a device pulls, in its pre-roll too.
    pub(super) fn device(&self) -> Option<&Entry> {
        match &self.place {
            Place::Device { device, .. } => Some(device.entry()),
            _ => None,
        }
    }

    /// Whether the silent clock pulls.
    pub(super) fn is_silent(&self) -> bool {
        matches!(self.place, Place::Silent { .. })
    }

    /// Whether the device is gone: it said so, or it has stood still for `patience`.
    pub(super) fn is_lost(&mut self, passed: Duration, patience: Duration) -> bool {
        let Place::Device { device, beats, .. } = &mut self.place else {
            return false;
        };
        let Health {
            beats: now, dead, ..
        } = device.health();
        if now == beats.0 {
            beats.1 += passed;
        } else {
            *beats = (now, Duration::ZERO);
        }
        dead || beats.1 >= patience
    }

    /// From the engine to the ear.
    pub(super) fn latency(&self) -> Frames {
        match &self.place {
            Place::Device { device, .. } => device.health().latency + DELAY,
            _ => Frames::ZERO,
        }
    }

    /// The frame at which the sound last began or jumped.
    pub(super) fn from(&self) -> Frames {
        self.from
    }

    /// How far it has come, with the moment at which that was so.
    pub(super) fn position(&mut self) -> (Clock, Instant, bool) {
        let now = now();
        let Some(control) = &self.control else {
            let clock = Clock {
                at: self.start.at,
                run: self.start.run,
            };
            return (clock, now, false);
        };
        let position = control.position();
        let mut at = match position.state {
            State::Ended => self.score.total(),
            _ => position.at,
        };
        let mut when = position.as_of;
        if let Some((target, since)) = self.seeking {
            let arrived = position.as_of > since
                && at >= target
                && at.saturating_sub(target) <= Secs(2.0 * SEEKING.as_secs_f64()).frames();
            if arrived || now.duration_since(since) > SEEKING && position.as_of > since {
                self.seeking = None;
            } else {
                (at, when) = (target, now);
            }
        }
        let moves = position.state == State::Playing && self.seeking.is_none();
        let run = position.run;
        (Clock { at, run }, when, moves)
    }

    /// How far it has come.
    pub(super) fn clock(&mut self) -> Clock {
        self.position().0
    }

    /// Lets the timeline move.
    pub(super) fn play(&mut self) {
        self.start.playing = true;
        self.from = self.clock().at;
        self.order(Control::play);
    }

    /// Lets it stand; what is being said out of turn ends.
    pub(super) fn pause(&mut self, over: Option<Secs>) {
        self.start.playing = false;
        if let Some(plug) = self.plug() {
            plug.hush(over);
        }
        self.order(|control| match over {
            Some(over) => control.fade_out(over),
            None => control.pause(),
        });
    }

    /// Goes to a frame.
    pub(super) fn seek(&mut self, to: Frames) {
        self.from = to;
        if self.control.is_some() {
            self.seeking = Some((to, now()));
            self.order(|control| control.seek(to));
        } else {
            self.start.at = to;
        }
    }

    /// Lets the open gate wait so much longer.
    pub(super) fn wait_longer(&mut self, by: Frames) {
        self.order(|control| control.wait_longer(by));
    }

    /// Sets the layers' loudness.
    pub(super) fn set_volumes(&mut self, volumes: Volumes) {
        self.start.levels = levels(volumes);
        let voice = self.start.levels.voice;
        if let Some(plug) = self.plug() {
            plug.set_loudness(voice);
        }
        for (layer, ours) in LAYERS {
            let level = decibels(volumes.gain(ours));
            self.order(|control| control.set_volume(layer, level));
        }
    }

    /// Sets how much talking there is.
    pub(super) fn set_talk(&mut self, talk: Talk) {
        self.start.talk = talk;
        self.order(|control| control.set_talk(talk));
    }

    /// Goes on with another score from a frame on.
    pub(super) fn swap(&mut self, at: Frames, score: Arc<Score>) {
        self.score = Arc::clone(&score);
        self.order(|control| control.swap(at, score));
    }

    /// Says something out of turn; `false` where nobody would hear it.
    pub(super) fn say(&mut self, pcm: Pcm) -> bool {
        self.plug().is_some_and(|plug| plug.say(pcm))
    }

    fn plug(&mut self) -> Option<&mut Plug> {
        match &mut self.place {
            Place::Device { plug, .. } => Some(plug),
            _ => None,
        }
    }

    /// Frees what the programme needs no more. Its reports are not needed: captions come from the timeline, gates and
    /// the end from the position.
    pub(super) fn tidy(&mut self) {
        if let Some(control) = &mut self.control {
            control.reports().for_each(drop);
        }
    }

    /// A programme that takes no commands any more is found out by its device's beats, so the answer does not matter.
    fn order(&mut self, order: impl FnOnce(&mut Control) -> Result<(), audio::Stalled>) {
        if let Some(control) = &mut self.control {
            let _ = order(control);
        }
    }
}

const LAYERS: [(audio::Layer, Layer); 4] = [
    (audio::Layer::Bed, Layer::Bed),
    (audio::Layer::Breath, Layer::Breath),
    (audio::Layer::Tones, Layer::Tones),
    (audio::Layer::Voice, Layer::Voice),
];

fn levels(volumes: Volumes) -> Levels {
    Levels {
        bed: volumes.gain(Layer::Bed),
        breath: volumes.gain(Layer::Breath),
        tones: volumes.gain(Layer::Tones),
        voice: volumes.gain(Layer::Voice),
    }
}

fn decibels(gain: f32) -> Decibels {
    if gain > 0.0 {
        Decibels(20.0 * gain.log10())
    } else {
        Decibels(-120.0)
    }
}

/// A fresh outlet and its plug, for a device that is about to be opened.
pub(super) fn fresh() -> (Outlet, Plug) {
    audio::outlet()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the session's thread is a door to the clock"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}
