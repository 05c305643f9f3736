//! A sheet: a question that must be answered before anything else, on a shaded page. What must be scrolled to is read
//! before it is answered: there the focus begins at the title, and no key presses an answer that has not been in sight.

use egui::{Color32, Context, Frame, Id, Margin, Modal, Response, Role, Ui};

use super::{focus, text, touch};
use crate::app::look::Look;
use crate::app::theme::Face;

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
    let shown = ui.scope(|ui| {
        // The bar is there as long as there is more, not only under the pointer.
        let bar = &mut ui.spacing_mut().scroll;
        bar.floating_width = bar.bar_width / 2.0;
        bar.dormant_handle_opacity = 1.0;
        egui::ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .content_margin(Margin::same(8))
            .show(ui, add)
    });
    let shown = shown.inner;
    let scrolls = shown.content_size.y > shown.inner_rect.height() + 1.0;
    ui.data_mut(|data| data.insert_temp(Id::unique(SCROLLS), scrolls));
    shown.inner
}

const SCROLLS: &str = "sheet-scrolls";
const TITLE: &str = "sheet-title";
const SOUGHT: &str = "sheet-sought";

/// Draws the sheet's title.
pub fn title(ui: &mut Ui, look: &Look, colour: Color32, words: &str) -> Response {
    let title = read(
        ui,
        look,
        &look.measure.face.title,
        colour,
        Role::Heading,
        words,
    );
    ui.data_mut(|data| data.insert_temp(Id::unique(TITLE), title.id));
    title
}

/// Draws words that are to be read before anything is pressed, and answers with the last of them. Where the sheet
/// scrolls, each sentence is gone to by itself: all of them at once may be more than can be seen.
pub fn passage(
    ui: &mut Ui,
    look: &Look,
    face: &Face,
    colour: Color32,
    mut words: &str,
) -> Response {
    while let Some((sentence, rest)) = words.split_once(". ").filter(|_| scrolls(ui)) {
        let sentence = format!("{sentence}.");
        read(ui, look, face, colour, Role::Label, &sentence);
        words = rest;
    }
    read(ui, look, face, colour, Role::Label, words)
}

fn scrolls(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(Id::unique(SCROLLS))) == Some(true)
}

/// Where the sheet scrolls, the focus goes over its words too, and brings them into sight.
fn read(
    ui: &mut Ui,
    look: &Look,
    face: &Face,
    colour: Color32,
    role: Role,
    words: &str,
) -> Response {
    if !scrolls(ui) {
        return match role {
            Role::Heading => text::heading(ui, face, colour, 1, words),
            _ => text::text(ui, face, colour, words),
        };
    }
    let words = text::focusable(ui, face, colour, role, words);
    let sought = ui.data(|data| data.get_temp(Id::unique(SOUGHT)));
    if words.gained_focus() || sought == Some(words.id) {
        ui.data_mut(|data| data.remove::<Id>(Id::unique(SOUGHT)));
        touch::into_sight(ui, words.rect);
    }
    focus::ring(ui, look, &words, words.rect, look.measure.radius.input);
    words
}

/// Goes back to words that were not read yet.
pub fn seek(words: &Response) {
    words.request_focus();
    let ctx = &words.ctx;
    ctx.data_mut(|data| data.insert_temp(Id::unique(SOUGHT), words.id));
    ctx.request_repaint();
}

/// Gives the focus to the answer that is expected, when nothing else has it; to the title as long as the answer is out
/// of sight.
pub fn answer(ui: &Ui, answer: Response) -> Response {
    if ui.memory(|memory| memory.focused().is_none()) {
        if in_sight(&answer) {
            answer.request_focus();
        } else if let Some(title) = ui.data(|data| data.get_temp(Id::unique(TITLE))) {
            ui.memory_mut(|memory| memory.request_focus(title));
        }
    }
    answer
}

/// Whether the whole of something can be seen.
pub fn in_sight(response: &Response) -> bool {
    response.interact_rect.contains_rect(response.rect)
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
