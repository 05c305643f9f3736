//! The stop card: something felt wrong. What to do now, when to call, whom to tell; and a sheet that asks before a
//! session is left.

use egui::{Context, Ui};

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::{card, sheet, text};
use super::look::Look;
use super::player::Ask;
use super::today::row;

/// What the card says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// What to do now.
    pub now: String,
    /// When to call, and the words for it.
    pub call: String,
    /// When to tell the therapist or a doctor.
    pub tell: String,
    /// What is left alone today.
    pub blocked: Option<String>,
}

/// Draws the card.
pub fn ui(ctx: &Context, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.stop;
    let space = look.space();
    let ((call, done), closed) = sheet::sheet(ctx, look, "stop", |ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.title);
        ui.add_space(space.snug);
        let (face, ink) = (&look.measure.face.body, look.theme.ink.0);
        sheet::passage(ui, look, face, ink, &view.now);
        ui.add_space(space.even);
        let call = card::on(ui, look, look.theme.sunk.0, space.even, |ui| {
            sheet::passage(ui, look, face, look.theme.stop.0, &view.call)
        });
        ui.add_space(space.even);
        sheet::passage(ui, look, face, ink, &view.tell);
        if let Some(blocked) = &view.blocked {
            ui.add_space(space.tight);
            text::label(ui, look, blocked);
        }
        ui.add_space(space.wide);
        let done = button::primary(ui, look, Tone::Dusk, &words.done);
        let done = sheet::answer(ui, done);
        if done.clicked() {
            out.push(Command::Player(Ask::Settled));
        }
        (call.inner, done)
    });
    if !closed {
        return;
    }
    if sheet::in_sight(&call) || sheet::in_sight(&done) {
        out.push(Command::Player(Ask::Settled));
    } else {
        // When to call is read first.
        sheet::seek(&call);
    }
}

/// Asks whether to stop here.
pub fn leave_ui(ctx: &Context, look: &Look, out: &mut Vec<Command>) {
    let words = &look.words.player;
    let ((), closed) = sheet::sheet(ctx, look, "leave", |ui: &mut Ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.leave_title);
        ui.add_space(look.space().snug);
        text::body(ui, look, &words.leave_body);
        ui.add_space(look.space().wide);
        row(ui, look, |ui| {
            let leave = button::primary(ui, look, Tone::Dusk, &words.leave_yes);
            if sheet::answer(ui, leave).clicked() {
                out.push(Command::Player(Ask::Stop));
            }
            if button::quiet(ui, look, None, &words.leave_no).clicked() {
                out.push(Command::Player(Ask::Stay));
            }
        });
    });
    if closed {
        out.push(Command::Player(Ask::Stay));
    }
}
