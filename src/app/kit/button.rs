//! Buttons: one filled a screen; the rest are quiet or only text.

use egui::{
    Align, Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, vec2,
};

use super::icon::{self, Icon};
use super::{focus, text, touch};
use crate::app::look::Look;

/// What a filled button is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Relaxation, and everything that is neither.
    Dusk,
    /// Therapeutic work.
    Clay,
    /// Safety only.
    Stop,
}

/// The one filled button of a screen.
pub fn primary(ui: &mut Ui, look: &Look, tone: Tone, words: &str) -> Response {
    let face = &look.measure.face.strong;
    let galley = text::galley(ui, face, look.theme.on_colour.0, words, f32::INFINITY);
    let width = (galley.size().x + 2.0 * look.space().group).max(160.0);
    let (rect, response) = touch::named(
        ui,
        vec2(width, look.measure.height.primary),
        Sense::click(),
        words,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words));
    if ui.is_rect_visible(rect) {
        let hover = touch::hover(ui, look, &response);
        let (rest, over) = match tone {
            Tone::Dusk => (look.accent(), look.theme.dusk_hover.0),
            Tone::Clay => (look.theme.clay.0, look.theme.clay_hover.0),
            Tone::Stop => (look.theme.stop.0, look.theme.stop_hover.0),
        };
        let share = if response.is_pointer_button_down_on() {
            1.0
        } else {
            hover
        };
        ui.painter()
            .rect_filled(rect, rect.height() / 2.0, rest.lerp_to_gamma(over, share));
        let at = Align2::CENTER_CENTER
            .align_size_within_rect(galley.size(), rect)
            .min;
        ui.painter().galley(at, galley, look.theme.on_colour.0);
        focus::ring(ui, look, &response, rect, rect.height() / 2.0);
    }
    response
}

/// A button that keeps its voice down: sunk, rounded, with an icon if it has one.
pub fn quiet(ui: &mut Ui, look: &Look, icon: Option<Icon>, words: &str) -> Response {
    plain(ui, look, icon, words, look.theme.ink.0, true, None)
}

/// A button that is only words in the accent's colour.
pub fn link(ui: &mut Ui, look: &Look, icon: Option<Icon>, words: &str) -> Response {
    plain(ui, look, icon, words, look.accent(), false, None)
}

/// A button that is only words, in a colour of its own and under a name of its own.
pub fn link_in(
    ui: &mut Ui,
    look: &Look,
    icon: Option<Icon>,
    words: &str,
    colour: Color32,
    name: &str,
) -> Response {
    plain(ui, look, icon, words, colour, false, Some(name))
}

fn plain(
    ui: &mut Ui,
    look: &Look,
    icon: Option<Icon>,
    words: &str,
    colour: Color32,
    filled: bool,
    name: Option<&str>,
) -> Response {
    let space = look.space();
    let pad = if filled {
        space.even + space.hair
    } else {
        space.tight
    };
    let gap = if icon.is_some() {
        20.0 + space.tight
    } else {
        0.0
    };
    let room = (ui.available_width() - 2.0 * pad - gap).max(80.0);
    let galley = text::aligned(
        ui,
        &look.measure.face.strong,
        colour,
        words,
        room,
        Align::LEFT,
    );
    let height = look
        .measure
        .height
        .target
        .max(galley.size().y + 2.0 * space.tight);
    let (rect, response) = touch::named(
        ui,
        vec2(galley.size().x + gap + 2.0 * pad, height),
        Sense::click(),
        name.unwrap_or(words),
    );
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name.unwrap_or(words)));
    if ui.is_rect_visible(rect) {
        let radius = look.measure.height.target / 2.0;
        let hover = touch::hover(ui, look, &response);
        let pressed = response.is_pointer_button_down_on();
        if filled {
            ui.painter().rect_filled(
                rect,
                radius,
                look.theme.over(look.theme.control(), hover, pressed),
            );
            ui.painter()
                .rect_stroke(rect, radius, look.outline(), StrokeKind::Inside);
        } else if hover > 0.0 {
            let veil = look
                .theme
                .over(look.theme.ground.0, hover, pressed)
                .gamma_multiply(hover);
            ui.painter()
                .rect_filled(rect, look.measure.radius.input, veil);
        }
        let left = rect.left() + pad;
        if let Some(icon) = icon {
            icon::paint(
                ui,
                icon,
                egui::pos2(left + 10.0, rect.center().y),
                20.0,
                colour,
                false,
            );
        }
        let at = egui::pos2(left + gap, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colour);
        focus::ring(
            ui,
            look,
            &response,
            rect,
            if filled {
                radius
            } else {
                look.measure.radius.input
            },
        );
    }
    response
}

/// A round key with an icon alone: its name is read aloud and shown when the pointer rests.
pub fn key(ui: &mut Ui, look: &Look, icon: Icon, size: f32, name: &str, on: bool) -> Response {
    let (rect, response) = touch::named(ui, Vec2::splat(size), Sense::click(), name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let ground = if on {
            look.theme.wash_dusk.0
        } else {
            look.theme.control()
        };
        let surface = touch::surface(ui, look, &response, ground);
        disc(ui, rect, surface, look.outline());
        icon::paint(
            ui,
            icon,
            rect.center(),
            if size > 50.0 { 28.0 } else { 20.0 },
            look.theme.ink.0,
            size > 50.0,
        );
        focus::ring(ui, look, &response, rect, size / 2.0);
    }
    touch::hint(ui, response, name)
}

fn disc(ui: &Ui, rect: Rect, colour: Color32, outline: Stroke) {
    let radius = CornerRadius::same((rect.height() / 2.0) as u8);
    ui.painter().rect_filled(rect, radius, colour);
    ui.painter()
        .rect_stroke(rect, radius, outline, StrokeKind::Inside);
}
