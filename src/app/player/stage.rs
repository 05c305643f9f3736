//! The stage: the form in the middle, rings round it, the side on the one hand and the pressure on the other.

use egui::{Rect, Ui, pos2, vec2};

use super::View;
use crate::app::kit::{band, pebble, ring, side, text};
use crate::app::look::Look;
use crate::app::theme::accent::mix;

/// Draws the stage in an area.
pub(super) fn ui(ui: &mut Ui, look: &Look, area: Rect, view: &View) {
    let whole = ui.ctx().content_rect();
    // In little room the rings give way, then the form grows smaller.
    let fits = area.height() / 2.0 - 34.0;
    let ringed = fits >= 60.0;
    let room = if ringed {
        fits
    } else {
        area.height() / 2.0 - 4.0
    };
    let half = pebble::half_size(whole.height()).min(room).max(40.0);
    let centre = area.center();
    let stage = &view.stage;
    if !look.still && ringed {
        ring::session(ui, look, centre, half + 28.0, &view.sections, view.done);
    }
    let colour = mix(look.theme.dusk.0, look.theme.clay.0, stage.pebble.warmth);
    if let Some((done, width)) = stage.hold {
        ring::hold(ui, look, centre, half + 10.0, done, width, colour);
    }
    if let Some((at, trail)) = stage.path {
        ring::path(ui, look, centre, half + 10.0, at, trail, colour);
    }
    let rect = Rect::from_center_size(centre, vec2(2.0 * half, 2.0 * half));
    pebble::show(ui, look, rect, &stage.pebble, &stage.phase, stage.count);
    beside(ui, look, area, centre, half, view);
}

/// The side and the pressure, beside the rings where there is room, else in a line over the caption.
fn beside(ui: &mut Ui, look: &Look, area: Rect, centre: egui::Pos2, half: f32, view: &View) {
    let room = area.width() / 2.0 - half - 40.0;
    if room < 170.0 || area.height() < band::HEIGHT {
        let mut parts = Vec::new();
        parts.extend(view.hand.map(|hand| side::name(look, hand).to_owned()));
        parts.extend(view.band.map(|band| band::sentence(look.words, band)));
        if !parts.is_empty() {
            let words = parts.join(" · ");
            let galley = text::aligned(
                ui,
                &look.measure.face.strong,
                look.theme.ink.0,
                &words,
                area.width(),
                egui::Align::Center,
            );
            ui.painter()
                .galley(pos2(centre.x, area.top()), galley, look.theme.ink.0);
        }
        return;
    }
    if let Some(hand) = view.hand {
        let width = 150.0;
        let x = match hand {
            crate::names::Hand::Left => centre.x - half - 56.0 - width,
            crate::names::Hand::Right => centre.x + half + 56.0,
        };
        side::badge(ui, look, pos2(x, centre.y - 24.0), hand);
    }
    if let Some(asked) = view.band {
        let x = match view.hand {
            Some(crate::names::Hand::Right) => centre.x - half - 56.0 - 110.0,
            _ => centre.x + half + 72.0,
        };
        band::dial(ui, look, pos2(x, centre.y - band::HEIGHT / 2.0), asked);
    }
}
