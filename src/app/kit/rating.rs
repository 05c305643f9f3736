//! A rating from 0 to 10: eleven numbers in a row, one stop for the keyboard. Not answered is not zero.

use egui::{
    Align2, EventFilter, Key, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, accesskit,
    pos2, vec2,
};

use super::{focus, text, touch};
use crate::app::look::Look;

/// The highest rating.
const MOST: u8 = 10;

/// What a rating asks, and what its two ends mean.
pub struct Question<'a> {
    /// The question, which is also the control's name.
    pub name: &'a str,
    /// What 0 means.
    pub low: &'a str,
    /// What 10 means.
    pub high: &'a str,
}

/// Draws the row, with the numbers' ends in words below. Digits answer it (`t` is ten), arrows move it, Backspace and a
/// second press on the same number take the answer back. Answers `changed` when the value is new.
pub fn rating(
    ui: &mut Ui,
    look: &Look,
    question: &Question<'_>,
    value: &mut Option<u8>,
) -> Response {
    let space = look.space();
    let width = ui.available_width().min(look.measure.width.text);
    let cell = ((width - 10.0 * space.hair) / 11.0).max(24.0);
    let (rect, mut response) = touch::named(
        ui,
        vec2(width, look.measure.height.target),
        Sense::click(),
        question.name,
    );
    let before = *value;
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        keys(ui, value);
    }
    assistive(ui, &response, value);
    let place = |n: u8| {
        Rect::from_min_size(
            rect.min + vec2(f32::from(n) * (cell + space.hair), 0.0),
            vec2(cell, rect.height()),
        )
    };
    let pointed = response
        .hover_pos()
        .and_then(|at| (0..=MOST).find(|&n| place(n).contains(at)));
    if response.clicked()
        && let Some(n) = response
            .interact_pointer_pos()
            .and_then(|at| (0..=MOST).find(|&n| place(n).contains(at)))
    {
        *value = if *value == Some(n) { None } else { Some(n) };
    }
    if *value != before {
        response.mark_changed();
    }
    describe(ui, look, &response, question, *value);
    if ui.is_rect_visible(rect) {
        for n in 0..=MOST {
            number(
                ui,
                look,
                &response,
                place(n),
                n,
                *value == Some(n),
                pointed == Some(n),
            );
        }
        focus::ring(ui, look, &response, rect, look.measure.radius.input);
        ends(ui, look, rect, question);
    }
    ui.add_space(look.measure.face.label.line + space.hair);
    response
}

fn keys(ui: &Ui, value: &mut Option<u8>) {
    const DIGITS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    ui.input_mut(|input| {
        for (n, key) in (0u8..).zip(DIGITS) {
            if input.consume_key(egui::Modifiers::NONE, key) {
                *value = Some(n);
            }
        }
        if input.consume_key(egui::Modifiers::NONE, Key::T) {
            *value = Some(MOST);
        }
        if input.consume_key(egui::Modifiers::NONE, Key::Backspace)
            || input.consume_key(egui::Modifiers::NONE, Key::Delete)
        {
            *value = None;
        }
        if input.consume_key(egui::Modifiers::NONE, Key::ArrowLeft) {
            *value = Some(value.map_or(0, |n| n.saturating_sub(1)));
        }
        if input.consume_key(egui::Modifiers::NONE, Key::ArrowRight) {
            *value = Some(value.map_or(0, |n| (n + 1).min(MOST)));
        }
    });
}

fn assistive(ui: &Ui, response: &Response, value: &mut Option<u8>) {
    let requests =
        |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action));
    for _ in 0..requests(accesskit::Action::Increment) {
        *value = Some(value.map_or(0, |n| (n + 1).min(MOST)));
    }
    for _ in 0..requests(accesskit::Action::Decrement) {
        *value = Some(value.map_or(0, |n| n.saturating_sub(1)));
    }
}

fn describe(ui: &Ui, look: &Look, response: &Response, question: &Question<'_>, value: Option<u8>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, ui.is_enabled(), question.name));
    let words = &look.words;
    let said = match value {
        Some(n) => words.fill(
            &words.rating.value,
            &[
                ("value", &n),
                ("low", &question.low),
                ("high", &question.high),
            ],
        ),
        None => words.fill(
            &words.rating.unanswered,
            &[("low", &question.low), ("high", &question.high)],
        ),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(f64::from(MOST));
        node.set_numeric_value_step(1.0);
        if let Some(n) = value {
            node.set_numeric_value(f64::from(n));
        }
        node.set_value(said);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
}

fn number(
    ui: &Ui,
    look: &Look,
    response: &Response,
    rect: Rect,
    n: u8,
    chosen: bool,
    pointed: bool,
) {
    let theme = &look.theme;
    let radius = look.measure.radius.input;
    if chosen {
        ui.painter().rect_filled(rect, radius, look.accent());
    } else {
        let hover = if pointed {
            touch::hover(ui, look, response)
        } else {
            0.0
        };
        ui.painter().rect_filled(
            rect,
            radius,
            theme.over(theme.control(), 2.0 * hover, false),
        );
        ui.painter()
            .rect_stroke(rect, radius, look.outline(), StrokeKind::Inside);
    }
    let colour = if chosen {
        theme.on_colour.0
    } else {
        theme.ink.0
    };
    let galley = text::galley(
        ui,
        &look.measure.face.number,
        colour,
        &n.to_string(),
        f32::INFINITY,
    );
    let at = Align2::CENTER_CENTER
        .align_size_within_rect(galley.size(), rect)
        .min;
    ui.painter().galley(at, galley, colour);
}

fn ends(ui: &Ui, look: &Look, rect: Rect, question: &Question<'_>) {
    let face = &look.measure.face.label;
    let colour = look.theme.ink2.0;
    let top = rect.bottom() + look.space().hair;
    let low = text::galley(ui, face, colour, question.low, f32::INFINITY);
    let high = text::galley(ui, face, colour, question.high, f32::INFINITY);
    ui.painter()
        .galley(pos2(rect.left() + 2.0, top), low, colour);
    ui.painter()
        .galley(pos2(rect.right() - high.size().x - 2.0, top), high, colour);
}
