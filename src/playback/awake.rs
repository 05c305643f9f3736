//! Keeps the machine awake while a session plays, and its display too unless the person lies with closed eyes. On a
//! thread of its own: whom it asks may take long to answer. A machine that knows no such locks just sleeps as usual.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// What must stay awake: the machine, the display.
type Wish = (bool, bool);

/// The locks' door.
pub(super) struct Awake {
    wishes: Option<Sender<Wish>>,
    last: Wish,
}

impl Awake {
    /// Starts its thread.
    pub(super) fn start() -> Self {
        let (wishes, inbox) = mpsc::channel();
        let keeper = thread::Builder::new().name("keeping awake".to_owned());
        let keeper = keeper.spawn(move || keep(&inbox));
        Self {
            wishes: keeper.is_ok().then_some(wishes),
            last: (false, false),
        }
    }

    /// Says what must stay awake from now on.
    pub(super) fn want(&mut self, machine: bool, display: bool) {
        let wish = (machine, display);
        if wish != self.last {
            self.last = wish;
            if let Some(wishes) = &self.wishes {
                // Its thread ends only when this door is gone.
                let _ = wishes.send(wish);
            }
        }
    }
}

fn keep(wishes: &Receiver<Wish>) {
    let mut machine = None;
    let mut display = None;
    while let Ok(wish) = wishes.recv() {
        // Only the last of several counts.
        let wish = wishes.try_iter().last().unwrap_or(wish);
        machine = if wish.0 {
            machine.or_else(lock::machine)
        } else {
            None
        };
        display = if wish.1 {
            display.or_else(lock::display)
        } else {
            None
        };
    }
}

/// Locks that are let go when they are dropped.
#[cfg(all(target_os = "linux", feature = "device"))]
mod lock {
    use zbus::blocking::Connection;
    use zbus::zvariant::OwnedFd;

    const WHO: &str = "Rootwell";
    const WHY: &str = "A session is playing";

    /// The machine does not suspend: systemd's lock lasts as long as its file is open.
    pub(super) fn machine() -> Option<OwnedFd> {
        let bus = Connection::system().ok()?;
        let asked = ("idle:sleep", WHO, WHY, "block");
        let login = "org.freedesktop.login1";
        let reply = bus.call_method(
            Some(login),
            "/org/freedesktop/login1",
            Some("org.freedesktop.login1.Manager"),
            "Inhibit",
            &asked,
        );
        reply.ok()?.body().deserialize().ok()
    }

    /// The display does not go dark: the desktop's lock lasts as long as the connection.
    pub(super) fn display() -> Option<Connection> {
        let bus = Connection::session().ok()?;
        let saver = "org.freedesktop.ScreenSaver";
        let path = "/org/freedesktop/ScreenSaver";
        bus.call_method(Some(saver), path, Some(saver), "Inhibit", &(WHO, WHY))
            .ok()?;
        Some(bus)
    }
}

/// Locks that are let go when they are dropped.
#[cfg(all(not(target_os = "linux"), feature = "device"))]
mod lock {
    use keepawake::{Builder, KeepAwake};

    fn builder() -> Builder {
        let mut builder = Builder::default();
        builder
            .reason("A session is playing")
            .app_name("Rootwell")
            .app_reverse_domain("org.rootwell.Rootwell");
        builder
    }

    /// The machine does not suspend.
    pub(super) fn machine() -> Option<KeepAwake> {
        builder().idle(true).sleep(true).create().ok()
    }

    /// The display does not go dark.
    pub(super) fn display() -> Option<KeepAwake> {
        builder().display(true).create().ok()
    }
}

/// A build without a desktop locks nothing.
#[cfg(not(feature = "device"))]
mod lock {
    /// A lock that nobody can take.
    pub(super) enum Lock {}

    pub(super) fn machine() -> Option<Lock> {
        None
    }

    pub(super) fn display() -> Option<Lock> {
        None
    }
}
