//! A card: a change of ground, rounded, without border or shadow; and one that is pressed as a whole.

use egui::{
    Frame, InnerResponse, Margin, Response, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo,
};

use super::{focus, touch};
use crate::app::look::Look;

/// Groups what is in it on a raised ground.
pub fn card<R>(ui: &mut Ui, look: &Look, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    on(ui, look, look.theme.raised.0, look.space().wide, add)
}

/// Groups what is in it on a ground of its own, with a margin all round.
pub fn on<R>(
    ui: &mut Ui,
    look: &Look,
    ground: egui::Color32,
    margin: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    Frame::new()
        .fill(ground)
        .corner_radius(look.measure.radius.card)
        .stroke(look.outline())
        .inner_margin(Margin::same(margin as i8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            add(ui)
        })
}

/// A card of a fixed size that is pressed as a whole; `paint` draws what is on it.
pub fn pressable(
    ui: &mut Ui,
    look: &Look,
    size: egui::Vec2,
    name: &str,
    paint: impl FnOnce(&mut Ui),
) -> Response {
    let (rect, response) = touch::named(ui, size, Sense::click(), name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let radius = look.measure.radius.card;
        ui.painter().rect_filled(
            rect,
            radius,
            touch::surface(ui, look, &response, look.theme.raised.0),
        );
        ui.painter()
            .rect_stroke(rect, radius, look.outline(), StrokeKind::Inside);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rect.shrink(look.space().even)));
        paint(&mut inside);
        focus::ring(ui, look, &response, rect, radius);
    }
    response
}
