//! A sheet: a question that must be answered before anything else, on a shaded page.

use egui::{Context, Frame, Id, Margin, Modal, Ui};

use crate::app::look::Look;

/// In a window that is lower than this, a foot that stays would leave too little of what scrolls.
const LOW: f32 = 420.0;

/// Shows a sheet that scrolls when it must; answers with what was in it, and whether the person pressed Escape or the
/// shade.
pub fn sheet<R>(ctx: &Context, look: &Look, id: &str, add: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    with_foot(ctx, look, id, |ui| scrolling(ui, look, 0.0, add))
}

/// The part of a sheet that scrolls, over a foot of this height that does not.
fn scrolling<R>(ui: &mut Ui, look: &Look, foot: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.ctx().content_rect();
    let height = room.height() - 2.0 * margin(look, room.width()) - 2.0 * look.space().wide - foot;
    egui::ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .content_margin(Margin::same(8))
        .show(ui, add)
        .inner
}

/// A part of a sheet that scrolls, over a foot of this height that does not; in very little room it does, so that no
/// line of the part is hidden behind it.
pub fn over_foot<O>(
    ui: &mut Ui,
    look: &Look,
    height: f32,
    out: &mut O,
    add: impl FnOnce(&mut Ui, &mut O),
    foot: impl FnOnce(&mut Ui, &mut O),
) {
    let space = look.space().even;
    if ui.ctx().content_rect().height() < LOW {
        scrolling(ui, look, 0.0, |ui| {
            add(ui, out);
            ui.add_space(space);
            foot(ui, out);
        });
    } else {
        scrolling(ui, look, height, |ui| add(ui, out));
        ui.add_space(space);
        foot(ui, out);
    }
}

fn margin(look: &Look, width: f32) -> f32 {
    if width < 660.0 {
        look.space().even
    } else {
        look.space().group
    }
}

/// Shows a sheet whose content scrolls by itself, [`over_foot`].
pub fn with_foot<R>(
    ctx: &Context,
    look: &Look,
    id: &str,
    add: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let room = ctx.content_rect();
    let space = look.space();
    let margin = margin(look, room.width());
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
            add(ui)
        });
    let closed = response.should_close();
    (response.inner, closed)
}
