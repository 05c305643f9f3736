//! The rest of the house as the window uses it: what is kept, what can be played, and what time it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::ZonedDateTime;

use super::library::Broken;
use super::words::Words;
use crate::audio::device;
use crate::jobs::Job;
use crate::journal::Entry;
use crate::names::Area;
use crate::plan::Followed;
use crate::playback::Playback;
use crate::profile::Profile;
use crate::recommend::{Offer, whole_minutes};
use crate::remind::Desktop;
use crate::routine::Routine;
use crate::session::Volumes;
use crate::store::Folders;
use crate::store::journal::Journal;
use crate::studio::Studio;
use crate::timeline::{Choices, Reach, Timeline};
use crate::units::Frames;

/// A routine that can be played.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// The routine.
    pub routine: Arc<Routine>,
    /// From how short to how long it can be made.
    pub range: (Frames, Frames),
    /// How long it is by itself.
    pub ideal: Frames,
}

impl Known {
    /// The routine as the recommendation takes it.
    pub fn offer(&self) -> Offer {
        Offer {
            id: self.id.clone(),
            routine: Arc::clone(&self.routine),
        }
    }

    /// The whole minutes that it can last, for a card: about so many, where it cannot be made to last whole ones.
    pub fn minutes(&self) -> (u32, u32) {
        let about = (self.ideal.secs() / 60.0).round().max(1.0) as u32;
        self.whole_minutes().unwrap_or((about, about))
    }

    /// The whole minutes that it can be made to last.
    pub fn whole_minutes(&self) -> Option<(u32, u32)> {
        let (min, max) = self.range;
        whole_minutes(Reach {
            min,
            ideal: self.ideal,
            max,
        })
    }
}

/// A session that is to begin.
pub struct Wanted {
    /// What is played.
    pub timeline: Arc<Timeline>,
    /// The choices that it was compiled with.
    pub choices: Choices,
    /// The routine, for changes while playing.
    pub routine: Arc<Routine>,
    /// From which frame.
    pub from: Frames,
    /// What is known of the entry so far; nothing is kept for a guest.
    pub entry: Option<Entry>,
    /// How loud.
    pub volumes: Volumes,
    /// Whether captions are shown.
    pub captions: bool,
    /// Whether a screen reader is there.
    pub screen_reader: bool,
    /// What the stop card is about.
    pub area: Option<Area>,
    /// How much later than the device says the sound reaches the ear, in milliseconds.
    pub latency: u32,
}

/// The routines that can be played, and what else is among their files.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The routines.
    pub known: Vec<Known>,
    /// The files that could not be read.
    pub broken: Vec<Broken>,
}

/// Work for a thread of its own; it fails with a sentence for the person.
pub type Slow<T> = Box<dyn FnOnce(&Job) -> Result<T, String> + Send>;

/// Compiles and plays.
pub trait Booth {
    /// The timeline of a routine with the choices made, or why there is none.
    ///
    /// # Errors
    /// A sentence for the person.
    fn compile(&self, routine: &Known, choices: &Choices) -> Result<Timeline, String>;

    /// Begins a session; `wake` is called whenever there is something new to see.
    ///
    /// # Errors
    /// A sentence for the person.
    fn begin(&mut self, wanted: Wanted, wake: Box<dyn Fn() + Send>) -> Result<Playback, String>;

    /// Reads a file that a person opens, and keeps it among the person's own routines; fails with the place of the first
    /// mistake.
    fn open(&self, path: &Path) -> Slow<Known>;

    /// Reads the routines anew, after other hands have changed their files.
    fn shelf(&self) -> Slow<Shelf>;

    /// Makes a sound file of a timeline, and answers whether every line could be spoken.
    fn record(&self, timeline: Timeline, path: PathBuf, artist: String) -> Slow<bool>;

    /// From now on sound comes from this device, the usual one if none is named, and lines are spoken by this voice
    /// program, by our voice if it is empty.
    fn set_up(&mut self, device: Option<String>, voice_program: &str);

    /// Takes the studio's own tones as they are now.
    fn take_tones(&mut self);

    /// What has turned out to be heard otherwise than it was meant, each a sentence that is told once.
    fn take_troubles(&self, words: &Words) -> Vec<String>;

    /// The sound devices that are there.
    fn devices(&self) -> Slow<Vec<device::Entry>>;

    /// One spoken line and one bowl.
    ///
    /// # Errors
    /// Why it cannot be heard.
    fn check_sound(&mut self, volumes: Volumes) -> Result<(), String>;
}

/// The rest of the house.
pub struct World {
    /// Where everything is kept.
    pub folders: Folders,
    /// The journal, where it could be opened.
    pub journal: Option<Journal>,
    /// What is kept about the person.
    pub profile: Profile,
    /// The plan that is followed.
    pub followed: Followed,
    /// The studio.
    pub studio: Studio,
    /// The studio's text on its two styles.
    pub essay: String,
    /// The routines.
    pub shelf: Shelf,
    /// What compiles and plays.
    pub booth: Box<dyn Booth>,
    /// What time it is here.
    pub now: fn() -> ZonedDateTime,
    /// The desktop's places for a timer, where there is a home folder.
    pub desktop: Option<Desktop>,
    /// Whether a screen reader was found to be on.
    pub reader: Arc<AtomicBool>,
    /// Whether the processor paints the window, and half as many pictures do.
    pub software: bool,
    /// Where copies and pages for a person go.
    pub documents: PathBuf,
}

impl World {
    /// The routine with an id.
    pub fn known(&self, id: &str) -> Option<&Known> {
        self.shelf.known.iter().find(|known| known.id == id)
    }
}
