//! The sound devices of the machine. cpal is named here and nowhere else.
//!
//! A device pulls an [`Outlet`](super::Outlet). Opening one may take long or never end when a sound server hangs, and so
//! may closing: both are done on threads that can be left behind. What goes wrong later is counted by the device's own
//! threads and looked at from outside ([`Device::health`]): one of them can call back hundreds of thousands of times a
//! second.

#[cfg_attr(not(feature = "device"), path = "device/absent.rs")]
mod open;
#[cfg(feature = "device")]
mod resample;
#[cfg(feature = "device")]
mod stream;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::units::{Frames, RATE};

pub use open::{list, open, systems};

/// The buffer that is asked for: 100 ms. Smaller ones stall on a busy machine (`stack.md` 5).
pub const BUFFER: Frames = Frames(4_800);

/// How long the floor alone is played after opening: Bluetooth links sleep in silence and lose what wakes them.
pub const PRE_ROLL: Frames = Frames(RATE as u64 * 3 / 2);

/// A device as a person knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What the machine knows it by; kept in settings.
    pub id: String,
    /// What the person knows it by.
    pub name: String,
}

/// A sound system of the machine, such as PulseAudio or ALSA.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct System {
    /// Its name.
    pub name: &'static str,
    /// Its devices, the usual one first.
    pub devices: Vec<Entry>,
}

/// How an open device is fed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Format {
    /// The name of its sound system.
    pub system: &'static str,
    /// Frames a second; where they are not [`RATE`] the finished mix is resampled.
    pub rate: u32,
    /// Its channels.
    pub channels: u16,
    /// What it pulls at once.
    pub buffer: Frames,
}

/// Why there is no device.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DeviceError {
    /// The machine has none.
    #[error("no sound device was found")]
    None,
    /// The one that is wanted is not there.
    #[error("the sound device is not there: {0}")]
    Gone(String),
    /// It is there and cannot be used.
    #[error("the sound device cannot be used ({reason}): {name}")]
    Refused {
        /// The system's own words.
        reason: String,
        /// Which device.
        name: String,
    },
}

/// An open device that pulls its outlet.
pub struct Device {
    entry: Entry,
    format: Format,
    signs: Arc<Signs>,
    #[cfg(feature = "device")]
    stream: Option<cpal::Stream>,
}

/// What a device's own threads leave behind; nobody waits for anybody.
#[derive(Debug, Default)]
struct Signs {
    /// How often it has pulled.
    beats: AtomicU64,
    /// Frames pulled.
    pulled: AtomicU64,
    /// From pulling to the ear, in frames.
    latency: AtomicU64,
    /// It said that it is gone.
    dead: AtomicBool,
}

/// How an open device does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Health {
    /// How often it has pulled. A device that stands still without a word is found out by this.
    pub beats: u64,
    /// Frames that it has pulled.
    pub pulled: Frames,
    /// From pulling to the ear.
    pub latency: Frames,
    /// It said that it is gone.
    pub dead: bool,
}

impl Device {
    /// Which device it is.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// How it is fed.
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// How it does.
    pub fn health(&self) -> Health {
        Health {
            beats: self.signs.beats.load(Ordering::Relaxed),
            pulled: Frames(self.signs.pulled.load(Ordering::Relaxed)),
            latency: Frames(self.signs.latency.load(Ordering::Relaxed)),
            dead: self.signs.dead.load(Ordering::Relaxed),
        }
    }
}

/// Closing waits for the server's answer, and a hung one gives none: nobody waits for that.
#[cfg(feature = "device")]
impl Drop for Device {
    fn drop(&mut self) {
        let stream = self.stream.take();
        let closer = std::thread::Builder::new().name("closing sound".to_owned());
        // Without a thread the stream is closed right here: slower, but closed.
        let _ = closer.spawn(move || drop(stream));
    }
}
