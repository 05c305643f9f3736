//! What the session waits for: the question takes the stage, with what silence means.

use egui::{Rect, Ui, UiBuilder};

use super::{Ask, Asked, View};
use crate::app::command::Command;
use crate::app::kit::button::{self, Tone};
use crate::app::kit::rating::{Question, rating};
use crate::app::kit::{focus, text};
use crate::app::look::Look;

/// Draws the question in an area.
pub(super) fn ui(
    ui: &mut Ui,
    look: &Look,
    area: Rect,
    view: &View,
    asked: &Asked,
    out: &mut Vec<Command>,
) {
    let width = area.width().min(look.measure.width.text);
    let height = match asked {
        Asked::Rating { .. } => 280.0,
        _ => 220.0,
    };
    let top = area.center().y - (height / 2.0_f32).min(area.height() / 2.0);
    let column = Rect::from_min_size(
        egui::pos2(area.center().x - width / 2.0, top),
        egui::vec2(width, height),
    );
    let mut column = ui.new_child(UiBuilder::new().max_rect(column));
    let ui = &mut column;
    let tone = if view.stage.pebble.warmth > 0.5 {
        Tone::Clay
    } else {
        Tone::Dusk
    };
    let silence = match asked {
        Asked::Ready { what, silence } => {
            head(ui, look, what);
            ready(ui, look, tone, out);
            silence
        }
        Asked::Branch { options, silence } => {
            head(ui, look, &look.words.player.where_am_i);
            branches(ui, look, options, out);
            silence
        }
        Asked::Rating {
            question,
            low,
            high,
            silence,
        } => {
            head(ui, look, question);
            number(
                ui,
                look,
                &Question {
                    name: question,
                    low,
                    high,
                },
                out,
            );
            silence
        }
    };
    ui.add_space(look.space().even);
    text::centred(ui, &look.measure.face.label, look.theme.ink2.0, silence);
}

fn ready(ui: &mut Ui, look: &Look, tone: Tone, out: &mut Vec<Command>) {
    centred(ui, look, |ui| {
        if focus::if_free(button::primary(ui, look, tone, &look.words.player.in_place)).clicked() {
            out.push(Command::Player(Ask::Ready));
        }
    });
}

/// The ways to go on: the soft one first, and it has the focus.
fn branches(ui: &mut Ui, look: &Look, options: &[(String, String)], out: &mut Vec<Command>) {
    for (index, (name, label)) in options.iter().enumerate() {
        centred(ui, look, |ui| {
            let response = match index {
                0 => focus::if_free(button::primary(ui, look, Tone::Dusk, label)),
                _ => button::quiet(ui, look, None, label),
            };
            if response.clicked() {
                out.push(Command::Player(Ask::Branch(name.clone())));
            }
        });
        ui.add_space(look.space().snug);
    }
}

fn number(ui: &mut Ui, look: &Look, question: &Question<'_>, out: &mut Vec<Command>) {
    let mut value = None;
    let response = focus::if_free(rating(ui, look, question, &mut value));
    if let Some(number) = value.filter(|_| response.changed()) {
        out.push(Command::Player(Ask::Rated(number)));
    }
    ui.add_space(look.space().snug);
    centred(ui, look, |ui| {
        if button::link(ui, look, None, &look.words.player.unanswered_soft).clicked() {
            out.push(Command::Player(Ask::Skip));
        }
    });
}

fn head(ui: &mut Ui, look: &Look, words: &str) {
    text::centred_heading(ui, &look.measure.face.title, look.theme.ink.0, 2, words);
    ui.add_space(look.space().wide);
}

/// Something in the middle of the column; its width is known from the frame before.
pub(crate) fn centred(ui: &mut Ui, look: &Look, add: impl FnOnce(&mut Ui)) {
    ui.with_layout(egui::Layout::top_down(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.y = look.space().tight;
        add(ui);
    });
}
