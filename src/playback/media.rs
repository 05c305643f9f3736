//! Media keys: a headset's button pauses and answers a gate, the keyboard's keys step. On Linux through MPRIS, the desktop's
//! own way; elsewhere there are none yet. On a thread of its own, and without a desktop bus it simply is not there.

use std::sync::mpsc::{self, Sender};
use std::thread;

use super::Message;
use crate::units::Frames;

/// What the desktop shows of a session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Playing {
    pub(super) moving: bool,
    pub(super) over: bool,
    pub(super) step: String,
    pub(super) at: Frames,
    pub(super) total: Frames,
}

impl Playing {
    /// Whether the desktop has something new to show; it counts the seconds itself.
    fn differs(&self, other: &Self) -> bool {
        (self.moving, self.over, &self.step, self.total)
            != (other.moving, other.over, &other.step, other.total)
    }
}

/// The media keys' door.
pub(super) struct Media {
    shows: Option<Sender<Playing>>,
    last: Playing,
}

impl Media {
    /// Starts its thread; keys come as messages.
    pub(super) fn start(title: &str, messages: Sender<Message>) -> Self {
        let (shows, inbox) = mpsc::channel();
        let title = title.to_owned();
        let keys = thread::Builder::new()
            .name("media keys".to_owned())
            .spawn(move || {
                // No desktop, no media keys: that is no trouble worth a word.
                let _ = bus::serve(&title, &messages, &inbox);
            });
        Self {
            shows: keys.is_ok().then_some(shows),
            last: Playing::default(),
        }
    }

    /// Shows the session to the desktop.
    pub(super) fn show(&mut self, playing: Playing) {
        if let Some(shows) = &self.shows
            && playing.differs(&self.last)
        {
            self.last = playing.clone();
            // Its thread ends early where there is no desktop.
            let _ = shows.send(playing);
        }
    }
}

#[cfg(not(all(target_os = "linux", feature = "device")))]
mod bus {
    use std::convert::Infallible;
    use std::sync::mpsc::{Receiver, Sender};

    use super::super::Message;
    use super::Playing;

    pub(super) fn serve(
        _: &str,
        _: &Sender<Message>,
        _: &Receiver<Playing>,
    ) -> Result<(), Infallible> {
        Ok(())
    }
}

#[cfg(all(target_os = "linux", feature = "device"))]
#[expect(clippy::unused_self, reason = "the bus reads properties of objects")]
mod bus {
    use std::collections::HashMap;
    use std::sync::mpsc::{Receiver, Sender};

    use zbus::blocking::connection;
    use zbus::interface;
    use zbus::zvariant::{ObjectPath, Value};

    use super::super::Message;
    use super::Playing;
    use crate::session::Command;
    use crate::units::{Frames, RATE};

    const PATH: &str = "/org/mpris/MediaPlayer2";

    /// Serves MPRIS until the session is over.
    pub(super) fn serve(
        title: &str,
        messages: &Sender<Message>,
        shows: &Receiver<Playing>,
    ) -> zbus::Result<()> {
        let player = Player {
            title: title.to_owned(),
            playing: Playing::default(),
            messages: messages.clone(),
        };
        let name = format!(
            "org.mpris.MediaPlayer2.rootwell.instance{}",
            std::process::id()
        );
        let bus = connection::Builder::session()?
            .serve_at(PATH, Root)?
            .serve_at(PATH, player)?
            .name(name)?
            .build()?;
        let player = bus.object_server().interface::<_, Player>(PATH)?;
        while let Ok(playing) = shows.recv() {
            player.get_mut().playing = playing;
            let signals = player.signal_emitter();
            zbus::block_on(async {
                let shown = player.get();
                shown.playback_status_changed(signals).await?;
                shown.metadata_changed(signals).await
            })?;
        }
        Ok(())
    }

    struct Root;

    #[interface(name = "org.mpris.MediaPlayer2")]
    impl Root {
        #[zbus(property)]
        fn identity(&self) -> &'static str {
            "Rootwell"
        }

        #[zbus(property)]
        fn desktop_entry(&self) -> &'static str {
            "org.rootwell.Rootwell"
        }

        #[zbus(property)]
        fn can_quit(&self) -> bool {
            false
        }

        #[zbus(property)]
        fn can_raise(&self) -> bool {
            false
        }

        #[zbus(property)]
        fn has_track_list(&self) -> bool {
            false
        }

        #[zbus(property)]
        fn supported_uri_schemes(&self) -> Vec<String> {
            Vec::new()
        }

        #[zbus(property)]
        fn supported_mime_types(&self) -> Vec<String> {
            Vec::new()
        }
    }

    struct Player {
        title: String,
        playing: Playing,
        messages: Sender<Message>,
    }

    impl Player {
        fn send(&self, command: Command) {
            // A session that is over needs no keys.
            let _ = self.messages.send(Message::Command(command));
        }
    }

    #[interface(name = "org.mpris.MediaPlayer2.Player")]
    impl Player {
        fn play_pause(&self) {
            self.send(Command::Button);
        }

        fn play(&self) {
            self.send(Command::Play);
        }

        fn pause(&self) {
            self.send(Command::Pause);
        }

        /// A stop key pauses: nothing that a stray key does may end a session.
        fn stop(&self) {
            self.send(Command::Pause);
        }

        fn next(&self) {
            self.send(Command::Next);
        }

        fn previous(&self) {
            self.send(Command::Back);
        }

        /// Steps are the only places that one may jump to.
        fn seek(&self, offset: i64) {
            let _ = offset;
        }

        #[zbus(property)]
        fn playback_status(&self) -> &'static str {
            match (self.playing.over, self.playing.moving) {
                (true, _) => "Stopped",
                (false, true) => "Playing",
                (false, false) => "Paused",
            }
        }

        #[zbus(property)]
        fn metadata(&self) -> HashMap<&'static str, Value<'_>> {
            let track = ObjectPath::from_static_str_unchecked("/org/rootwell/session");
            HashMap::from([
                ("mpris:trackid", Value::from(track)),
                ("mpris:length", Value::from(micros(self.playing.total))),
                ("xesam:title", Value::from(self.playing.step.as_str())),
                ("xesam:album", Value::from(self.title.as_str())),
            ])
        }

        #[zbus(property)]
        fn position(&self) -> i64 {
            micros(self.playing.at)
        }

        #[zbus(property)]
        fn rate(&self) -> f64 {
            1.0
        }

        #[zbus(property)]
        fn minimum_rate(&self) -> f64 {
            1.0
        }

        #[zbus(property)]
        fn maximum_rate(&self) -> f64 {
            1.0
        }

        #[zbus(property)]
        fn volume(&self) -> f64 {
            1.0
        }

        #[zbus(property)]
        fn can_play(&self) -> bool {
            true
        }

        #[zbus(property)]
        fn can_pause(&self) -> bool {
            true
        }

        #[zbus(property)]
        fn can_go_next(&self) -> bool {
            true
        }

        #[zbus(property)]
        fn can_go_previous(&self) -> bool {
            true
        }

        #[zbus(property)]
        fn can_seek(&self) -> bool {
            false
        }

        #[zbus(property)]
        fn can_control(&self) -> bool {
            true
        }
    }

    fn micros(frames: Frames) -> i64 {
        (frames.0 * 1_000_000 / u64::from(RATE)).cast_signed()
    }
}
