//! The stage: the form in the middle, rings round it, the side on the one hand and the pressure on the other.

use egui::{Rect, Ui, pos2, vec2};

use super::View;
use crate::app::kit::{band, pebble, ring, side, text};
use crate::app::look::Look;
use crate::app::theme::accent::mix;

/// The least room beside the form for the side and the pressure.
const BESIDE: f32 = 170.0;
/// The widest that the phase's words are beside a small form.
const WORDS: f32 = 150.0;

/// Draws the stage in an area.
pub(super) fn ui(ui: &mut Ui, look: &Look, area: Rect, view: &View) {
    let whole = ui.ctx().content_rect();
    let wanted = pebble::half_size(whole.height());
    let roomy = wanted.min(ringed(area)) >= pebble::SMALL
        && area.height() >= band::HEIGHT
        && area.width() / 2.0 - wanted - 40.0 >= BESIDE;
    let area = if roomy {
        area
    } else {
        line(ui, look, area, view)
    };
    // In little room the rings give way, then the form grows smaller.
    let fits = ringed(area);
    let rings = fits >= 60.0;
    let half = if rings {
        fits
    } else {
        area.height() / 2.0 - 4.0
    };
    let half = wanted.min(half).max(40.0);
    let reach = half + if rings { 34.0 } else { 4.0 };
    let words = (half < pebble::SMALL && !look.still)
        .then(|| (area.width() - 2.0 * reach - look.space().snug).clamp(90.0, WORDS));
    let centre = area.center() - vec2(words.map_or(0.0, |words| words / 2.0), 0.0);
    let stage = &view.stage;
    if !look.still && rings {
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
    let words = words.map(|words| {
        let left = pos2(centre.x + reach + look.space().snug / 2.0, rect.top());
        Rect::from_min_size(left, vec2(words, rect.height()))
    });
    pebble::show(
        ui,
        look,
        rect,
        words,
        &stage.pebble,
        &stage.phase,
        stage.count,
    );
    if roomy {
        beside(ui, look, centre, half, view);
    }
}

/// Half the form's size where the rings round it fill an area's height.
fn ringed(area: Rect) -> f32 {
    area.height() / 2.0 - 34.0
}

/// The side and the pressure in a line over everything; answers with the area below it.
fn line(ui: &Ui, look: &Look, area: Rect, view: &View) -> Rect {
    let mut parts = Vec::new();
    parts.extend(view.hand.map(|hand| side::name(look, hand).to_owned()));
    parts.extend(view.band.map(|band| band::sentence(look.words, band)));
    if parts.is_empty() {
        return area;
    }
    let galley = text::aligned(
        ui,
        &look.measure.face.strong,
        look.theme.ink.0,
        &parts.join(" · "),
        area.width(),
        egui::Align::Center,
    );
    let below = area.top() + galley.size().y;
    ui.painter()
        .galley(pos2(area.center().x, area.top()), galley, look.theme.ink.0);
    area.with_min_y(below)
}

/// The side and the pressure, beside the rings.
fn beside(ui: &mut Ui, look: &Look, centre: egui::Pos2, half: f32, view: &View) {
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
