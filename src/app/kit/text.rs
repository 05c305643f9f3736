//! Text: a face, a colour, words. Headings say so to a screen reader.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Galley, Response, Role, Sense, Ui, WidgetInfo};

use crate::app::look::{Look, font};
use crate::app::theme::Face;

/// Text laid out within a width, in points.
pub fn galley(ui: &Ui, face: &Face, colour: Color32, text: &str, width: f32) -> Arc<Galley> {
    aligned(ui, face, colour, text, width, Align::LEFT)
}

/// Text laid out within a width, its lines aligned.
pub fn aligned(
    ui: &Ui,
    face: &Face,
    colour: Color32,
    text: &str,
    width: f32,
    align: Align,
) -> Arc<Galley> {
    let format = TextFormat {
        font_id: font(face),
        color: colour,
        line_height: Some(face.line),
        valign: Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping {
        max_width: width,
        ..TextWrapping::default()
    };
    job.halign = align;
    ui.painter().layout_job(job)
}

/// Text in its place, as wide as it needs to be.
pub fn text(ui: &mut Ui, face: &Face, colour: Color32, text: &str) -> Response {
    show(ui, face, colour, text, Align::LEFT, Role::Label)
}

/// The same, for words that the focus can go to: a sheet's title, its level 1, or what stands below it.
pub fn focusable(ui: &mut Ui, face: &Face, colour: Color32, role: Role, text: &str) -> Response {
    let sense = Sense::focusable_noninteractive();
    let response = sensed(ui, face, colour, text, Align::LEFT, role, sense);
    if role == Role::Heading {
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_level(1));
    }
    response
}

/// Text whose lines are centred in the width that is there.
pub fn centred(ui: &mut Ui, face: &Face, colour: Color32, text: &str) -> Response {
    show(ui, face, colour, text, Align::Center, Role::Label)
}

/// A heading of a level, 1 the page's own.
pub fn heading(ui: &mut Ui, face: &Face, colour: Color32, level: usize, text: &str) -> Response {
    let response = show(ui, face, colour, text, Align::LEFT, Role::Heading);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_level(level));
    response
}

/// A centred heading of a level.
pub fn centred_heading(
    ui: &mut Ui,
    face: &Face,
    colour: Color32,
    level: usize,
    text: &str,
) -> Response {
    let response = show(ui, face, colour, text, Align::Center, Role::Heading);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_level(level));
    response
}

/// Body text in ink.
pub fn body(ui: &mut Ui, look: &Look, words: &str) -> Response {
    text(ui, &look.measure.face.body, look.theme.ink.0, words)
}

/// The smallest text, in the second ink.
pub fn label(ui: &mut Ui, look: &Look, words: &str) -> Response {
    text(ui, &look.measure.face.label, look.theme.ink2.0, words)
}

/// A page's own heading.
pub fn title(ui: &mut Ui, look: &Look, words: &str) -> Response {
    heading(ui, &look.measure.face.display, look.theme.ink.0, 1, words)
}

/// A section's head within a page.
pub fn section(ui: &mut Ui, look: &Look, words: &str) -> Response {
    heading(ui, &look.measure.face.card, look.theme.ink.0, 2, words)
}

fn show(
    ui: &mut Ui,
    face: &Face,
    colour: Color32,
    text: &str,
    align: Align,
    role: Role,
) -> Response {
    sensed(ui, face, colour, text, align, role, Sense::hover())
}

fn sensed(
    ui: &mut Ui,
    face: &Face,
    colour: Color32,
    text: &str,
    align: Align,
    role: Role,
    sense: Sense,
) -> Response {
    let width = ui.available_width();
    let galley = aligned(ui, face, colour, text, width, align);
    let size = if align == Align::Center {
        egui::vec2(width, galley.size().y)
    } else {
        galley.size()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if ui.is_rect_visible(rect) {
        let at = if align == Align::Center {
            rect.center_top()
        } else {
            rect.min
        };
        ui.painter().galley(at, galley, colour);
    }
    response.widget_info(|| WidgetInfo::labeled(role, true, text));
    response
}
