//! The screen reader: whether one is on, and the question, asked once, which voice leads in a session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::{sheet, text};
use super::look::Look;
use super::settings::{Ask, Reader};
use super::today::row;

/// Looks on a thread of its own whether a screen reader is on, and wakes the window if one is.
pub fn listen(reader: Arc<AtomicBool>, ctx: Context) {
    let look = move || {
        if is_on() {
            reader.store(true, Ordering::Relaxed);
            ctx.request_repaint();
        }
    };
    // Where no thread can be had, the question is found in the settings.
    let _ = std::thread::Builder::new()
        .name("reader".to_owned())
        .spawn(look);
}

/// Whether the desktop says that a screen reader is on.
#[cfg(all(target_os = "linux", feature = "device"))]
fn is_on() -> bool {
    let asked = || -> zbus::Result<bool> {
        let desktop = zbus::blocking::Connection::session()?;
        let reply = desktop.call_method(
            Some("org.a11y.Bus"),
            "/org/a11y/bus",
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.a11y.Status", "ScreenReaderEnabled"),
        )?;
        let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
        Ok(bool::try_from(value)?)
    };
    asked().unwrap_or(false)
}

/// Elsewhere nobody says; the settings have the question.
#[cfg(not(all(target_os = "linux", feature = "device")))]
fn is_on() -> bool {
    false
}

/// Draws the question.
pub fn ui(ctx: &Context, look: &Look, out: &mut Vec<Command>) {
    let words = &look.words.notice;
    let mut answer = None;
    let ((), closed) = sheet::sheet(ctx, look, "reader", |ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.reader_question);
        ui.add_space(look.space().snug);
        text::body(ui, look, &words.reader_lead);
        ui.add_space(look.space().wide);
        row(ui, look, |ui| {
            let ours = button::primary(ui, look, Tone::Dusk, &words.reader_ours);
            if sheet::answer(ui, ours).clicked() {
                answer = Some(Reader::Ours);
            }
            if button::quiet(ui, look, None, &words.reader_theirs).clicked() {
                answer = Some(Reader::Theirs);
            }
        });
    });
    // Unanswered, ours leads: a session is made to be followed by ear.
    if closed {
        answer = answer.or(Some(Reader::Ours));
    }
    if let Some(reader) = answer {
        out.push(Command::Settings(Ask::Reader(Some(reader))));
    }
}
