//! How a surface answers to the pointer: it warms a little, it never moves.

use egui::{Color32, CursorIcon, Rect, Response, Sense, Ui, Vec2, WidgetText};

use crate::app::look::Look;

/// Makes room for a control whose identity is its name, so that it keeps the focus when what stands above it changes.
pub fn named(ui: &mut Ui, size: Vec2, sense: Sense, name: &str) -> (Rect, Response) {
    let (_place, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, ui.scope_id().with(name), sense);
    if response.gained_focus() {
        into_sight(ui, rect);
    }
    (rect, response)
}

/// How far what goes on beyond the edge of a scrolled part fades.
const FADE: f32 = 20.0;

/// Scrolls to something, with room for its focus ring, out of the edge that fades.
pub fn into_sight(ui: &Ui, rect: Rect) {
    ui.scroll_to_rect(rect.expand2(egui::vec2(8.0, FADE)), None);
}

/// The surface's colour under what the pointer does.
pub fn surface(ui: &Ui, look: &Look, response: &Response, colour: Color32) -> Color32 {
    look.theme.over(
        colour,
        hover(ui, look, response),
        response.is_pointer_button_down_on(),
    )
}

/// How far the pointer's coming has been answered: 0 … 1.
pub fn hover(ui: &Ui, look: &Look, response: &Response) -> f32 {
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    let seconds = look.measure.motion.touch / 1000.0;
    ui.ctx().animate_bool_with_time_and_easing(
        response.id.with("touch"),
        response.hovered(),
        seconds,
        settle,
    )
}

/// Quick, then settling: `1 − (1 − x)³`.
fn settle(x: f32) -> f32 {
    1.0 - (1.0 - x).powi(3)
}

/// A change that takes a movement's time, with the soft curve of everything that is not a touch; in milliseconds.
pub fn shift(ui: &Ui, id: egui::Id, on: bool, milliseconds: f32) -> f32 {
    ui.ctx()
        .animate_bool_with_time_and_easing(id, on, milliseconds / 1000.0, soft)
}

/// Half a cosine, from 0 to 1.
pub fn soft(x: f32) -> f32 {
    (1.0 - (std::f32::consts::PI * x).cos()) / 2.0
}

/// Tells by the pointer what a control does; one that has faded tells nothing.
pub fn hint(ui: &Ui, response: Response, hint: impl Into<WidgetText>) -> Response {
    if ui.opacity() < 0.5 {
        return response;
    }
    response.on_hover_text(hint)
}
