//! A routine's cover: the pebble at rest on a wash among its growth rings, and the mark of its style (a wave, a pebble,
//! or both), so that style is told by shape as well as by colour and word.

use egui::{Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::pebble::{self, Pebble};
use crate::app::look::Look;
use crate::app::theme::accent::mix;
use crate::names::Style;

/// Draws the cover in an area; `seed` gives each routine its own form.
pub fn paint(ui: &Ui, look: &Look, area: Rect, style: Style, seed: u64) {
    let theme = &look.theme;
    let (wash, warmth) = match style {
        Style::Relaxation => (theme.wash_dusk.0, 0.0),
        Style::Therapeutic => (theme.wash_clay.0, 1.0),
        Style::Blend => (mix(theme.wash_dusk.0, theme.wash_clay.0, 0.5), 0.5),
    };
    ui.painter()
        .rect_filled(area, look.measure.radius.card - 6.0, wash);
    let part = |shift: u32| ((seed >> shift) & 0xFF) as f32 / 255.0;
    let painter = ui.painter_at(area);
    let form = Pebble {
        drift: 90.0 * part(0),
        ..Pebble::still(0.15 + 0.6 * part(8), warmth)
    };
    let centre = area.center() + vec2((part(16) - 0.5) * 0.4 * area.width(), 0.06 * area.height());
    let half = 0.44 * area.height();
    pebble::rings(&painter, look, centre, half, &form);
    pebble::paint(&painter, look, centre, half, &form);
    mark(
        ui,
        look,
        pos2(area.right() - 26.0, area.top() + 22.0),
        style,
    );
}

/// Draws the mark of a style, about 28 points wide.
pub fn mark(ui: &Ui, look: &Look, centre: Pos2, style: Style) {
    let theme = &look.theme;
    match style {
        Style::Relaxation => wave(ui, centre, 14.0, Stroke::new(2.0, theme.dusk.0)),
        Style::Therapeutic => stone(ui, centre, theme.clay.0),
        Style::Blend => {
            wave(
                ui,
                centre - vec2(8.0, 0.0),
                8.0,
                Stroke::new(2.0, theme.dusk.0),
            );
            stone(ui, centre + vec2(10.0, 0.0), theme.clay.0);
        }
    }
}

fn wave(ui: &Ui, centre: Pos2, half: f32, stroke: Stroke) {
    let points = (0..=24u8).map(|i| {
        let x = f32::from(i) / 24.0;
        centre
            + vec2(
                (2.0 * x - 1.0) * half,
                -4.0 * (std::f32::consts::TAU * x).sin(),
            )
    });
    ui.painter().add(Shape::line(points.collect(), stroke));
}

fn stone(ui: &Ui, centre: Pos2, colour: egui::Color32) {
    ui.painter()
        .add(Shape::ellipse_filled(centre, vec2(8.0, 6.0), colour));
}
