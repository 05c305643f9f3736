//! A switch: a sentence on the left, on or off on the right. The whole row is pressed.

use egui::{
    Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::{focus, text, touch};
use crate::app::look::Look;

/// Draws the row with its name and, where given, what it means below.
pub fn switch(
    ui: &mut Ui,
    look: &Look,
    on: &mut bool,
    name: &str,
    meaning: Option<&str>,
) -> Response {
    let space = look.space();
    let width = ui.available_width().min(look.measure.width.text);
    let room = width - 52.0 - space.even;
    let title = text::galley(ui, &look.measure.face.body, look.theme.ink.0, name, room);
    let below = meaning
        .map(|words| text::galley(ui, &look.measure.face.label, look.theme.ink2.0, words, room));
    let height =
        title.size().y + below.as_ref().map_or(0.0, |galley| galley.size().y) + 2.0 * space.tight;
    let (rect, mut response) = touch::named(
        ui,
        vec2(width, height.max(look.measure.height.target)),
        Sense::click(),
        name,
    );
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let now = *on;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), now, name));
    if let Some(words) = meaning {
        ui.ctx()
            .accesskit_node_builder(response.id, |node: &mut accesskit::Node| {
                node.set_description(words);
            });
    }
    if ui.is_rect_visible(rect) {
        let top = rect.center().y - (height - 2.0 * space.tight) / 2.0;
        let under = top + title.size().y;
        ui.painter()
            .galley(pos2(rect.left(), top), title, look.theme.ink.0);
        if let Some(below) = below {
            ui.painter()
                .galley(pos2(rect.left(), under), below, look.theme.ink2.0);
        }
        let body =
            Rect::from_center_size(pos2(rect.right() - 26.0, rect.center().y), vec2(52.0, 30.0));
        draw(ui, look, &response, body, now);
        focus::ring(ui, look, &response, body, 15.0);
    }
    response
}

fn draw(ui: &Ui, look: &Look, response: &Response, body: Rect, on: bool) {
    let shown = touch::shift(ui, response.id.with("on"), on, look.motion().shift);
    let colour = look.theme.sunk.0.lerp_to_gamma(look.accent(), shown);
    ui.painter()
        .rect_filled(body, 15.0, touch::surface(ui, look, response, colour));
    let edge = look.theme.line.0.lerp_to_gamma(look.accent(), shown);
    ui.painter().rect_stroke(
        body,
        15.0,
        Stroke::new(look.measure.line.border, edge),
        StrokeKind::Inside,
    );
    let x = egui::lerp(body.left() + 15.0..=body.right() - 15.0, shown);
    let thumb = look
        .theme
        .line
        .0
        .lerp_to_gamma(look.theme.on_colour.0, shown);
    ui.painter()
        .circle_filled(pos2(x, body.center().y), 9.0, thumb);
}
