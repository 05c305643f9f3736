//! A chip: one choice among several, on or off.

use egui::{Align2, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use super::icon::{self, Icon};
use super::{focus, text, touch};
use crate::app::look::Look;

/// Whether choosing a chip leaves the others as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pick {
    /// One of a row.
    One,
    /// Any number of them.
    Many,
}

/// Draws a chip; the answer is clicked when it is chosen or given back.
pub fn chip(ui: &mut Ui, look: &Look, pick: Pick, on: bool, words: &str) -> Response {
    chip_named(ui, look, pick, on, words, words)
}

/// Draws a chip whose name for a screen reader says more than its words.
pub fn chip_named(
    ui: &mut Ui,
    look: &Look,
    pick: Pick,
    on: bool,
    words: &str,
    name: &str,
) -> Response {
    let space = look.space();
    let face = &look.measure.face.body;
    let ink = if on {
        look.theme.ink.0
    } else {
        look.theme.ink2.0
    };
    let galley = text::galley(ui, face, ink, words, ui.available_width().max(120.0));
    let tick = if on { 20.0 } else { 0.0 };
    let gap = space.hair;
    let size = vec2(
        galley.size().x + 2.0 * space.even + tick,
        look.measure.height.chip,
    ) + vec2(0.0, 2.0 * gap);
    let (rect, response) = touch::named(ui, size, Sense::click(), name);
    let role = if pick == Pick::One {
        Role::RadioButton
    } else {
        Role::CheckBox
    };
    response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), on, name));
    if ui.is_rect_visible(rect) {
        let body = rect.shrink2(vec2(0.0, gap));
        let shown = touch::shift(ui, response.id.with("on"), on, look.motion().shift);
        let rest = look
            .theme
            .control()
            .lerp_to_gamma(look.theme.wash_dusk.0, shown);
        let radius = body.height() / 2.0;
        ui.painter()
            .rect_filled(body, radius, touch::surface(ui, look, &response, rest));
        let stroke = if on {
            egui::Stroke::new(look.measure.line.border, look.accent())
        } else {
            look.outline()
        };
        ui.painter()
            .rect_stroke(body, radius, stroke, StrokeKind::Inside);
        let mut inner = body;
        if on {
            icon::paint(
                ui,
                Icon::Check,
                body.left_center() + vec2(space.even + 4.0, 0.0),
                16.0,
                ink,
                false,
            );
            inner.min.x += tick;
        }
        let at = Align2::CENTER_CENTER
            .align_size_within_rect(galley.size(), inner)
            .min;
        ui.painter().galley(at, galley, ink);
        focus::ring(ui, look, &response, body, radius);
    }
    response
}
