//! "Take to my visit": a page for the therapist, with what the client ticks and nothing else.

use egui::Context;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::tick::tick;
use super::kit::{sheet, text};
use super::look::Look;
use super::today::row;
use crate::summary::Wanted;

/// What can be asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Other parts are ticked; the first time, the sheet opens with them.
    Tick(Wanted),
    /// Make the page.
    Make(Wanted),
    /// Put it away.
    Close,
}

/// Draws the sheet.
pub fn ui(ctx: &Context, look: &Look, wanted: Wanted, out: &mut Vec<Command>) {
    let words = &look.words.journey;
    let mut next = wanted;
    let ((), closed) = sheet::sheet(ctx, look, "visit", |ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.visit);
        text::label(ui, look, &words.visit_lead);
        ui.add_space(look.space().even);
        for (part, label) in [
            (&mut next.sessions, &words.visit_sessions),
            (&mut next.ratings, &words.visit_area),
            (&mut next.pain, &words.visit_pain),
            (&mut next.pressure, &words.visit_pressure),
            (&mut next.movement, &words.visit_checks),
            (&mut next.plan, &words.visit_plan),
            (&mut next.notes, &words.visit_notes),
        ] {
            if tick(ui, look, *part, label).clicked() {
                *part = !*part;
            }
        }
        ui.add_space(look.space().wide);
        row(ui, look, |ui| {
            if wanted != Wanted::default() {
                let make = button::primary(ui, look, Tone::Dusk, &words.visit_make);
                if sheet::answer(ui, make).clicked() {
                    out.push(Command::Visit(Ask::Make(wanted)));
                }
            }
            let later = button::link(ui, look, None, &look.words.app.cancel);
            if sheet::answer(ui, later).clicked() {
                out.push(Command::Visit(Ask::Close));
            }
        });
    });
    if closed {
        out.push(Command::Visit(Ask::Close));
    } else if next != wanted {
        out.push(Command::Visit(Ask::Tick(next)));
    }
}
