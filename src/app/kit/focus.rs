//! The focus ring: three points wide with a gap, the same on every control.

use egui::{Context, Id, Rect, Response, Stroke, StrokeKind, Ui};

use crate::app::look::Look;

const OPENED: &str = "page-opened";

/// Gives the focus to a control when nothing else has it.
pub fn if_free(response: Response) -> Response {
    if response.ctx.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}

/// A page opens: the next control that is [`when_opened`] takes the focus.
pub fn page_opens(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(Id::unique(OPENED), ()));
}

/// Gives the focus to the page's filled button when the page opens. The page stays where it is: its title is read first.
pub fn when_opened(response: Response) -> Response {
    let opened = response
        .ctx
        .data_mut(|data| data.remove_temp::<()>(Id::unique(OPENED)));
    if opened.is_some() {
        response.request_focus();
    }
    response
}

/// Draws the ring round a control that has the focus.
pub fn ring(ui: &Ui, look: &Look, response: &Response, rect: Rect, radius: f32) {
    if !response.has_focus() {
        return;
    }
    let line = look.measure.line;
    let stroke = Stroke::new(line.focus, look.theme.focus.0);
    let corner = (radius + line.focus_gap).min(rect.height() / 2.0 + line.focus_gap);
    ui.painter().rect_stroke(
        rect.expand(line.focus_gap),
        corner,
        stroke,
        StrokeKind::Outside,
    );
}
