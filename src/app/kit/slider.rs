//! A slider: a track, a filled part, a thumb that is large enough to hold. Arrow keys move it by its step.

use egui::{
    EventFilter, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit, pos2,
    vec2,
};

use super::{focus, text, touch};
use crate::app::look::Look;

/// What a slider is called and can be.
pub struct Range<'a> {
    /// Its name.
    pub name: &'a str,
    /// The least it can be.
    pub least: f32,
    /// The most it can be.
    pub most: f32,
    /// How far one press of an arrow key goes.
    pub step: f32,
    /// What it is now, in words.
    pub said: &'a str,
}

/// Draws the slider with its name on the left and its value in words on the right.
pub fn slider(ui: &mut Ui, look: &Look, range: &Range<'_>, value: &mut f32) -> Response {
    let width = ui.available_width().min(look.measure.width.text);
    let (rect, response) = touch::named(
        ui,
        vec2(width, 27.0 + look.measure.height.target),
        Sense::click_and_drag(),
        range.name,
    );
    let track = Rect::from_min_max(
        pos2(rect.left(), rect.bottom() - 26.0),
        pos2(rect.right(), rect.bottom() - 18.0),
    );
    let response = moved(ui, look, range, track, response, value);
    let face = &look.measure.face.body;
    let name = text::galley(ui, face, look.theme.ink.0, range.name, f32::INFINITY);
    let said = text::galley(ui, face, look.theme.ink2.0, range.said, f32::INFINITY);
    ui.painter().galley(rect.min, name, look.theme.ink.0);
    ui.painter().galley(
        pos2(rect.right() - said.size().x, rect.top()),
        said,
        look.theme.ink2.0,
    );
    response
}

/// Draws a short slider whose name is only read aloud.
pub fn small(ui: &mut Ui, look: &Look, range: &Range<'_>, value: &mut f32) -> Response {
    let (rect, response) = touch::named(
        ui,
        vec2(112.0, look.measure.height.target),
        Sense::click_and_drag(),
        range.name,
    );
    let track = Rect::from_center_size(rect.center(), vec2(rect.width() - 24.0, 6.0));
    let response = moved(ui, look, range, track, response, value);
    touch::hint(ui, response, range.said)
}

/// Moves the value as the person asks, says it, and draws the track.
fn moved(
    ui: &mut Ui,
    look: &Look,
    range: &Range<'_>,
    track: Rect,
    mut response: Response,
    value: &mut f32,
) -> Response {
    let before = *value;
    if let Some(at) = response.interact_pointer_pos() {
        let share = ((at.x - track.left()) / track.width()).clamp(0.0, 1.0);
        *value = range.least + share * (range.most - range.least);
        *value = (*value / range.step).round() * range.step;
    }
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    *value = (*value + range.step * steps(ui, &response)).clamp(range.least, range.most);
    if *value != before {
        response.mark_changed();
    }
    let now = *value;
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), f64::from(now), range.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(f64::from(range.least));
        node.set_max_numeric_value(f64::from(range.most));
        node.set_numeric_value_step(f64::from(range.step));
        node.set_value(range.said);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
    if ui.is_rect_visible(track) {
        draw(
            ui,
            look,
            &response,
            track,
            (now - range.least) / (range.most - range.least),
        );
        let ring = track.expand2(vec2(look.space().hair, 10.0));
        focus::ring(ui, look, &response, ring, look.measure.radius.input);
    }
    response
}

fn steps(ui: &Ui, response: &Response) -> f32 {
    let requests =
        |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action));
    let mut steps = requests(accesskit::Action::Increment) as f32
        - requests(accesskit::Action::Decrement) as f32;
    if response.has_focus() {
        let key = |key| {
            f32::from(u8::from(
                ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key)),
            ))
        };
        steps += key(Key::ArrowRight) - key(Key::ArrowLeft);
    }
    steps
}

fn draw(ui: &Ui, look: &Look, response: &Response, track: Rect, share: f32) {
    let radius = track.height() / 2.0;
    ui.painter().rect_filled(track, radius, look.theme.sunk.0);
    ui.painter().rect_stroke(
        track,
        radius,
        Stroke::new(1.0, look.theme.line.0),
        StrokeKind::Inside,
    );
    let thumb = pos2(track.left() + share * track.width(), track.center().y);
    let filled = Rect::from_min_max(track.min, pos2(thumb.x, track.bottom()));
    ui.painter().rect_filled(filled, radius, look.accent());
    let size = 10.0 + 2.0 * touch::hover(ui, look, response);
    ui.painter().circle_filled(thumb, size, look.accent());
    ui.painter()
        .circle_filled(thumb, size - 4.0, look.theme.raised.0);
}
