//! A text field: its name above, a border, room to write.

use egui::{Frame, Margin, Response, Stroke, TextEdit, Ui};

use super::text;
use crate::app::look::{Look, font};

/// Draws a field of so many lines; a hint stands in it while it is empty.
pub fn field(
    ui: &mut Ui,
    look: &Look,
    name: &str,
    hint: &str,
    lines: usize,
    value: &mut String,
) -> Response {
    let label = text::label(ui, look, name);
    ui.add_space(look.space().hair);
    edit(ui, look, name, hint, lines, value).labelled_by(label.id)
}

/// Draws a field of one line whose name is only read aloud.
pub fn bare(ui: &mut Ui, look: &Look, name: &str, hint: &str, value: &mut String) -> Response {
    edit(ui, look, name, hint, 1, value).accessible_name(name)
}

fn edit(
    ui: &mut Ui,
    look: &Look,
    name: &str,
    hint: &str,
    lines: usize,
    value: &mut String,
) -> Response {
    let space = look.space();
    let width = ui.available_width().min(look.measure.width.text);
    let id = ui.scope_id().with(name);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let stroke = if focused {
        Stroke::new(look.measure.line.focus, look.theme.focus.0)
    } else {
        Stroke::new(look.measure.line.border, look.theme.line.0)
    };
    let frame = Frame::new()
        .fill(look.theme.raised.0)
        .stroke(stroke)
        .corner_radius(look.measure.radius.input)
        .inner_margin(Margin::symmetric(space.snug as i8, 8));
    let edit = if lines == 1 {
        TextEdit::singleline(value)
    } else {
        TextEdit::multiline(value).desired_rows(lines)
    };
    let hint = egui::RichText::new(hint).color(look.theme.ink2.0);
    ui.add(
        edit.id(id)
            .frame(frame)
            .desired_width(width - 2.0 * space.snug)
            .min_size(egui::vec2(0.0, 27.0))
            .font(font(&look.measure.face.body))
            .text_color(look.theme.ink.0)
            .hint_text(hint),
    )
}
