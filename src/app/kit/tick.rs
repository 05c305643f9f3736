//! A line that is true or not: a box with a tick and a sentence that may break. The whole line is pressed.

use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::icon::{self, Icon};
use super::{focus, text, touch};
use crate::app::look::Look;

/// Draws the line; the answer is clicked when it is ticked or given back.
pub fn tick(ui: &mut Ui, look: &Look, on: bool, words: &str) -> Response {
    let space = look.space();
    let width = ui.available_width();
    let left = 24.0 + space.snug;
    let galley = text::galley(
        ui,
        &look.measure.face.body,
        look.theme.ink.0,
        words,
        width - left - space.tight,
    );
    let height = (galley.size().y + 2.0 * space.tight).max(look.measure.height.target);
    let (rect, response) = touch::named(ui, vec2(width, height), Sense::click(), words);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, words));
    if ui.is_rect_visible(rect) {
        let hover = touch::hover(ui, look, &response);
        let veil = look.theme.sunk.0.gamma_multiply(hover);
        ui.painter()
            .rect_filled(rect, look.measure.radius.input, veil);
        let first = rect.center().y - galley.size().y / 2.0 + look.measure.face.body.line / 2.0;
        let square = Rect::from_center_size(pos2(rect.left() + 16.0, first), vec2(22.0, 22.0));
        let fill = if on {
            look.accent()
        } else {
            look.theme.raised.0
        };
        ui.painter().rect_filled(square, 5.0, fill);
        let edge = if on { look.accent() } else { look.theme.line.0 };
        ui.painter().rect_stroke(
            square,
            5.0,
            Stroke::new(look.measure.line.border, edge),
            StrokeKind::Inside,
        );
        if on {
            icon::paint(
                ui,
                Icon::Check,
                square.center(),
                16.0,
                look.theme.on_colour.0,
                false,
            );
        }
        let at = pos2(
            rect.left() + left + space.hair,
            rect.center().y - galley.size().y / 2.0,
        );
        ui.painter().galley(at, galley, look.theme.ink.0);
        focus::ring(
            ui,
            look,
            &response,
            rect.shrink(2.0),
            look.measure.radius.input,
        );
    }
    response
}
