//! What a desktop has to do with a session: media keys, and a display that stays on.

use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use super::is_live;
use super::performer::Performer;
use super::server::Server;

/// Calls a method of the session's MPRIS player.
fn press(performer: &Performer, method: &str) {
    let pressed = Command::new("gdbus")
        .args([
            "call",
            "--session",
            "--object-path",
            "/org/mpris/MediaPlayer2",
            "--dest",
        ])
        .arg(format!(
            "org.mpris.MediaPlayer2.rootwell.instance{}",
            performer.id()
        ))
        .args([
            "--method",
            &format!("org.mpris.MediaPlayer2.Player.{method}"),
        ])
        .output()
        .unwrap();
    assert!(
        pressed.status.success(),
        "{}",
        String::from_utf8_lossy(&pressed.stderr)
    );
}

#[test]
fn the_headset_button_pauses_and_goes_on() {
    if !is_live() {
        return;
    }
    let server = Server::start();
    let mut performer = Performer::start("eye", &server);
    performer.says("heard", Duration::from_secs(30));
    press(&performer, "PlayPause");
    performer.says("paused", Duration::from_secs(10));
    press(&performer, "PlayPause");
    performer.says("heard", Duration::from_secs(10));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}

/// A desktop's screen saver that tells who holds it off.
struct Saver(mpsc::Sender<String>);

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl Saver {
    fn inhibit(&self, who: String, why: String) -> u32 {
        let _ = self.0.send(format!("{who}: {why}"));
        1
    }
}

#[test]
fn the_display_stays_on_while_a_session_plays() {
    if !is_live() {
        return;
    }
    let (sender, asked) = mpsc::channel();
    let _desktop = zbus::blocking::connection::Builder::session()
        .and_then(|bus| bus.serve_at("/org/freedesktop/ScreenSaver", Saver(sender)))
        .and_then(|bus| bus.name("org.freedesktop.ScreenSaver"))
        .and_then(zbus::blocking::connection::Builder::build)
        .unwrap();
    let server = Server::start();
    let mut performer = Performer::start("eye", &server);
    assert_eq!(
        asked.recv_timeout(Duration::from_secs(30)).as_deref(),
        Ok("Rootwell: A session is playing")
    );
    performer.says("heard", Duration::from_secs(30));
    performer.tell("end");
    performer.ends(Duration::from_mins(1));
}
