//! "Take it with me": which kind of sound file, with the words beside it or not, and where it goes.

use egui::Context;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::chip::{Pick, chip};
use super::kit::switch::switch;
use super::kit::{sheet, text};
use super::look::Look;
use super::today::{group, row};
use super::words::TakeWords;
use crate::audio::export::Format;

/// What the sheet shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// The routine's title.
    pub title: String,
    /// How long it is made.
    pub minutes: u32,
    /// The kind of file that is chosen.
    pub format: Format,
    /// Whether its words come beside it, as a page of text.
    pub page: bool,
    /// The folder that it goes to.
    pub folder: String,
}

/// What can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// This kind of file.
    Format(Format),
    /// With its words beside it, or without.
    Page(bool),
    /// Make it.
    Make,
    /// Put the sheet away.
    Close,
}

/// Draws the sheet.
pub fn ui(ctx: &Context, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.take;
    let space = look.space();
    let ((), closed) = sheet::sheet(ctx, look, "take", |ui| {
        let title = &look.words.routine.take;
        sheet::title(ui, look, look.theme.ink.0, title);
        ui.add_space(space.tight);
        let about = [view.title.as_str(), &look.words.minutes(view.minutes)].join(" · ");
        text::body(ui, look, &about);
        group(ui, look, &words.format, |ui| {
            for &format in Format::HERE {
                let (name, _hint) = said(words, format);
                if chip(ui, look, Pick::One, view.format == format, name).clicked() {
                    out.push(Command::Take(Ask::Format(format)));
                }
            }
        });
        ui.add_space(space.tight);
        text::label(ui, look, said(words, view.format).1);
        ui.add_space(space.snug);
        let mut page = view.page;
        if switch(ui, look, &mut page, &words.page, Some(&words.page_hint)).changed() {
            out.push(Command::Take(Ask::Page(page)));
        }
        ui.add_space(space.snug);
        let folder = look.words.fill(&words.folder, &[("folder", &view.folder)]);
        text::label(ui, look, &folder);
        ui.add_space(space.wide);
        row(ui, look, |ui| {
            let make = button::primary(ui, look, Tone::Dusk, &words.make);
            if sheet::answer(ui, make).clicked() {
                out.push(Command::Take(Ask::Make));
            }
            if button::quiet(ui, look, None, &look.words.app.cancel).clicked() {
                out.push(Command::Take(Ask::Close));
            }
        });
    });
    if closed {
        out.push(Command::Take(Ask::Close));
    }
}

/// What a kind of file is called, and what it is good for.
fn said(words: &TakeWords, format: Format) -> (&str, &str) {
    match format {
        Format::Mp3 => (&words.mp3, &words.mp3_hint),
        Format::Flac => (&words.flac, &words.flac_hint),
        Format::Opus => (&words.opus, &words.opus_hint),
        Format::Wav => (&words.wav, &words.wav_hint),
    }
}
