//! Waiting is a sentence with a thin line, never a spinner.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::text;
use crate::app::look::Look;

/// Draws what is being waited for, and how far it is (0 … 1).
pub fn line(ui: &mut Ui, look: &Look, sentence: &str, done: f32) {
    text::label(ui, look, sentence);
    ui.add_space(look.space().hair);
    let width = ui.available_width().min(look.measure.width.text);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 3.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, sentence));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value(f64::from((100.0 * done).round()));
    });
    ui.painter().rect_filled(rect, 1.5, look.theme.sunk.0);
    let filled = Rect::from_min_size(
        rect.min,
        vec2(rect.width() * done.clamp(0.0, 1.0), rect.height()),
    );
    ui.painter().rect_filled(filled, 1.5, look.accent());
}
