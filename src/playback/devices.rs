//! Gets the session a device, and gets it back when it is lost: each try on a thread that can be left behind, with growing
//! pauses between them, and never another device than the one that was heard.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::{Message, Opened, sound};
use crate::audio::device::{self, DeviceError, Entry};
use crate::words::Words;

/// A hiccup may last so long before the session takes note (design 6).
pub(super) const PATIENCE: Duration = Duration::from_secs(3);
/// A server that hangs is tried again after so long.
const HUNG: Duration = Duration::from_secs(15);
/// The pauses between tries: from this …
const SHORTEST: Duration = Duration::from_millis(500);
/// … growing to this.
const LONGEST: Duration = Duration::from_secs(5);

/// The search for a device.
pub(super) struct Devices {
    /// What the person wants.
    wanted: Option<String>,
    /// What was heard last.
    heard: Option<Entry>,
    /// Why there is none.
    trouble: Option<DeviceError>,
    /// The number of the last try.
    number: u64,
    /// How long the present try has lasted.
    trying: Option<Duration>,
    /// How long until the next one.
    pause: Duration,
    /// How long the pause after that will be.
    next_pause: Duration,
    /// How long there has been no device.
    gone: Duration,
    messages: Sender<Message>,
}

impl Devices {
    /// Begins to look for a device.
    pub(super) fn new(wanted: Option<String>, messages: Sender<Message>) -> Self {
        Self {
            wanted,
            heard: None,
            trouble: None,
            number: 0,
            trying: None,
            pause: Duration::ZERO,
            next_pause: SHORTEST,
            gone: Duration::ZERO,
            messages,
        }
    }

    /// Another device is wanted from now on.
    pub(super) fn want(&mut self, wanted: Option<String>) {
        self.wanted = wanted;
        self.heard = None;
        self.lost();
    }

    /// The device is gone: looks for it at once.
    pub(super) fn lost(&mut self) {
        self.trying = None;
        self.pause = Duration::ZERO;
        self.next_pause = SHORTEST;
        self.gone = Duration::ZERO;
    }

    /// Lets time pass without a device.
    pub(super) fn pass(&mut self, passed: Duration) {
        self.gone += passed;
        if let Some(trying) = &mut self.trying {
            *trying += passed;
            if *trying < HUNG {
                return;
            }
            self.trying = None;
        }
        self.pause = self.pause.saturating_sub(passed);
        if self.pause.is_zero() {
            self.attempt();
        }
    }

    fn attempt(&mut self) {
        self.number += 1;
        self.trying = Some(Duration::ZERO);
        self.pause = self.next_pause;
        self.next_pause = (self.next_pause * 2).min(LONGEST);
        let number = self.number;
        let wanted = self
            .heard
            .as_ref()
            .map(|heard| heard.id.clone())
            .or_else(|| self.wanted.clone());
        let messages = self.messages.clone();
        let opener = thread::Builder::new()
            .name("opening sound".to_owned())
            .spawn(move || {
                let (outlet, plug) = sound::fresh();
                let opened =
                    device::open(wanted.as_deref(), outlet).map(|device| Box::new((device, plug)));
                // A session that is over needs no device; it is closed here.
                let _ = messages.send(Message::Opened(number, opened));
            });
        if opener.is_err() {
            self.trying = None;
        }
    }

    /// Takes what a try has brought; `None` for nothing, or for one that comes too late.
    pub(super) fn opened(
        &mut self,
        number: u64,
        opened: Result<Box<Opened>, DeviceError>,
    ) -> Option<Box<Opened>> {
        if number != self.number {
            return None;
        }
        self.trying = None;
        match opened {
            Ok(opened) => {
                self.heard = Some(opened.0.entry().clone());
                self.trouble = None;
                self.next_pause = SHORTEST;
                self.gone = Duration::ZERO;
                Some(opened)
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                None
            }
        }
    }

    /// Whether there has been no device for longer than a hiccup, or there was none to begin with.
    pub(super) fn is_gone(&self) -> bool {
        self.gone >= PATIENCE || self.heard.is_none() && self.trouble.is_some()
    }

    /// What is to be said of the missing device.
    pub(super) fn sentence(&self, words: &Words) -> String {
        let said = &words.session;
        match (&self.heard, &self.trouble) {
            (Some(heard), _) => words.fill(&said.device_gone, &[("name", &heard.name)]),
            (None, Some(DeviceError::None)) => said.device_none.clone(),
            (None, Some(DeviceError::Gone(name))) => {
                words.fill(&said.device_absent, &[("name", name)])
            }
            (None, Some(DeviceError::Refused { name, .. })) => {
                words.fill(&said.device_refused, &[("name", name)])
            }
            (None, None) => said.device_mute.clone(),
        }
    }
}
