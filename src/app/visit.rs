//! "Take to my visit": a page for the therapist, with what the client ticks and nothing else.

use egui::Context;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::tick::tick;
use super::kit::{focus, sheet, text};
use super::look::Look;
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
        text::heading(
            ui,
            &look.measure.face.title,
            look.theme.ink.0,
            1,
            &words.visit,
        );
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
        if wanted != Wanted::default() {
            let make = button::primary(ui, look, Tone::Dusk, &words.visit_make);
            if focus::if_free(make).clicked() {
                out.push(Command::Visit(Ask::Make(wanted)));
            }
        }
    });
    if closed {
        out.push(Command::Visit(Ask::Close));
    } else if next != wanted {
        out.push(Command::Visit(Ask::Tick(next)));
    }
}
