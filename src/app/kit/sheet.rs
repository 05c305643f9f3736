//! A sheet: a question that must be answered before anything else, on a shaded page.

use egui::{Context, Frame, Id, Margin, Modal, Ui};

use crate::app::look::Look;

/// Shows a sheet; answers with what was in it, and whether the person pressed Escape or the shade.
pub fn sheet<R>(ctx: &Context, look: &Look, id: &str, add: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let room = ctx.content_rect();
    let space = look.space();
    let margin = if room.width() < 640.0 {
        space.even
    } else {
        space.group
    };
    let width =
        (look.measure.width.text + 16.0).min(room.width() - 2.0 * margin - 2.0 * space.even);
    let frame = Frame::new()
        .fill(look.theme.raised.0)
        .stroke(look.outline())
        .corner_radius(look.measure.radius.sheet)
        .shadow(egui::epaint::Shadow {
            offset: [0, 8],
            blur: 32,
            spread: 0,
            color: look.theme.shade.0,
        })
        .inner_margin(Margin::same(margin as i8));
    let veil = look.theme.night.0.gamma_multiply(0.45);
    let id = Id::unique(id);
    let area = Modal::default_area(id).default_size(room.size());
    let response = Modal::new(id)
        .area(area)
        .frame(frame)
        .backdrop_color(veil)
        .show(ctx, |ui| {
            ui.set_width(width);
            let height = room.height() - 2.0 * margin - 2.0 * space.group;
            egui::ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .content_margin(egui::Margin::same(8))
                .show(ui, add)
                .inner
        });
    let closed = response.should_close();
    (response.inner, closed)
}
