//! A session that plays: its own thread, which owns the sound's control, the diary, the locks against sleep, the media
//! keys and the device. The window and `play` are faces of it: they send commands and look at a [`View`], and may be
//! slow, hidden or gone.

mod awake;
mod devices;
mod diary;
mod media;
mod player;
mod sound;
mod speaker;
mod view;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

pub use diary::JournalDiary;
pub use view::{Anchor, GateView, Sound, View};

use crate::audio::device::{Device, DeviceError};
use crate::audio::{Pcm, Plug, Sounds};
use crate::names::Area;
use crate::session::{Attention, Command, Diary, Session, Volumes};
use crate::speech::Voice;
use crate::timeline::{Choices, Timeline};
use crate::units::Frames;
use crate::words::Words;

use player::Player;
use speaker::Speaker;

/// Makes a timeline of the same routine with other choices; `None` where they lead to none.
pub type Compiler = Box<dyn FnMut(&Choices) -> Option<Timeline> + Send>;

/// Finds the file of a studio's recording.
pub type Recordings = Arc<dyn Fn(&str) -> Option<PathBuf> + Send + Sync>;

/// All that a session needs.
pub struct Setting {
    /// What is played.
    pub timeline: Arc<Timeline>,
    /// From which frame; a session that is taken up again stands there until it is told to play.
    pub from: Frames,
    /// For changes while playing.
    pub compiler: Compiler,
    /// The sounds of tones, breath and bed.
    pub sounds: Arc<dyn Sounds + Send + Sync>,
    /// Who speaks.
    pub voice: Arc<dyn Voice>,
    /// Where recordings are.
    pub recordings: Recordings,
    /// Where the session is written down.
    pub diary: Box<dyn Diary>,
    /// The id or name of the sound device; the usual one if none.
    pub device: Option<String>,
    /// How loud it begins.
    pub volumes: Volumes,
    /// How the person follows at first.
    pub attention: Attention,
    /// The area that the stop card is about.
    pub area: Option<Area>,
    /// The person's words, for what becomes of the sound.
    pub words: &'static Words,
    /// How much later than the device says the sound reaches the ear, as the person has set it.
    pub correction: Frames,
}

impl Setting {
    /// The session at its beginning.
    fn session(&self) -> Session {
        let mut session = Session::new(Arc::clone(&self.timeline), self.from);
        for command in [
            Command::Attention(self.attention),
            Command::Volumes(self.volumes),
        ] {
            // Nothing plays yet: what comes of it is in the sound's start already.
            let _ = session.apply(&command, session.clock());
        }
        session
    }
}

/// A session that plays. Dropped, it stops and keeps its place.
pub struct Playback {
    messages: Sender<Message>,
    view: Arc<Showing>,
    thread: Option<JoinHandle<()>>,
}

/// The present view, for everybody.
pub(crate) struct Showing {
    view: Mutex<Arc<View>>,
}

impl Showing {
    fn new(view: View) -> Self {
        Self {
            view: Mutex::new(Arc::new(view)),
        }
    }

    fn show(&self, view: View) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
    }

    fn look(&self) -> Arc<View> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A device that pulls its outlet, and the outlet's plug.
type Opened = (Device, Plug);

/// What the session's thread is told.
enum Message {
    /// By a person.
    Command(Command),
    /// Another device is wanted.
    Device(Option<String>),
    /// A device was opened, or not.
    Opened(u64, Result<Box<Opened>, DeviceError>),
    /// Something to be said out of turn is ready.
    Spoken(Pcm),
    /// The last face is gone.
    Leave,
}

impl Playback {
    /// Begins a session; it waits for [`Command::Play`]. `wake` is called from its thread whenever there is something
    /// new to be seen; between two calls a picture that moves follows [`View::heard`].
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn begin(setting: Setting, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (messages, inbox) = mpsc::channel();
        let session = setting.session();
        let view = Arc::new(Showing::new(View::first(&session, setting.area)));
        let speaker = Speaker::start(
            Arc::clone(&setting.voice),
            Arc::clone(&setting.recordings),
            Arc::clone(&setting.timeline),
            setting.from,
            messages.clone(),
        )?;
        let (told, showing) = (messages.clone(), Arc::clone(&view));
        let thread = thread::Builder::new()
            .name("session".to_owned())
            .spawn(move || {
                Player::new(setting, session, speaker, told, showing, Box::new(wake)).run(&inbox);
            })?;
        Ok(Self {
            messages,
            view,
            thread: Some(thread),
        })
    }

    /// Asks for something; it happens within a few hundredths of a second.
    pub fn send(&self, command: Command) {
        self.tell(Message::Command(command));
    }

    /// Moves to another sound device, the usual one if none is named.
    pub fn use_device(&self, wanted: Option<String>) {
        self.tell(Message::Device(wanted));
    }

    /// What is to be seen.
    pub fn view(&self) -> Arc<View> {
        self.view.look()
    }

    /// Whether the session is over and its sound has died away.
    pub fn is_quiet(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    fn tell(&self, message: Message) {
        // A session that is over needs to hear nothing any more.
        let _ = self.messages.send(message);
    }
}

impl Drop for Playback {
    fn drop(&mut self) {
        self.tell(Message::Leave);
        if let Some(thread) = self.thread.take() {
            // A panic over there has been reported already.
            let _ = thread.join();
        }
    }
}
