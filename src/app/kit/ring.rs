//! Rings round the pacer: the session's, with one gap a section, and a hold's, which closes clockwise from the top; and
//! the path of a slow stroke, on which a dot moves at true speed.

use std::f32::consts::{FRAC_PI_2, TAU};

use egui::{Color32, Pos2, Shape, Stroke, Ui, vec2};

use crate::app::look::Look;

/// The gap between two sections, in radians.
const GAP: f32 = 0.035;

/// Draws the session's ring: `sections` are their shares of the whole, `done` is 0 … 1 of the whole.
pub fn session(ui: &Ui, look: &Look, centre: Pos2, radius: f32, sections: &[f32], done: f32) {
    let mut start = 0.0;
    let rest = Stroke::new(3.0, look.theme.line.0.gamma_multiply(0.35));
    let past = Stroke::new(3.0, look.theme.ink2.0);
    for &share in sections {
        let end = start + share;
        let (from, to) = (start * TAU + GAP / 2.0, end * TAU - GAP / 2.0);
        arc(ui, centre, radius, from, to, rest);
        arc(ui, centre, radius, from, (done * TAU).min(to), past);
        start = end;
    }
}

/// Draws a hold's ring: `done` is 0 … 1 of the hold, `width` is in points.
pub fn hold(
    ui: &Ui,
    look: &Look,
    centre: Pos2,
    radius: f32,
    done: f32,
    width: f32,
    colour: Color32,
) {
    arc(
        ui,
        centre,
        radius,
        0.0,
        TAU,
        Stroke::new(width, look.theme.sunk.0),
    );
    arc(
        ui,
        centre,
        radius,
        0.0,
        done.clamp(0.0, 1.0) * TAU,
        Stroke::new(width, colour),
    );
}

/// Draws the path of a stroke below the form, with the dot at `at` (0 … 1 along it) and where it has just been.
pub fn path(ui: &Ui, look: &Look, centre: Pos2, radius: f32, at: f32, trail: f32, colour: Color32) {
    let (from, to) = (0.30 * TAU, 0.70 * TAU);
    let along = |share: f32| to + (from - to) * share.clamp(0.0, 1.0);
    arc(
        ui,
        centre,
        radius,
        from,
        to,
        Stroke::new(2.0, look.theme.line.0.gamma_multiply(0.5)),
    );
    let (a, b) = (along(at), along(trail));
    arc(
        ui,
        centre,
        radius,
        a.min(b),
        a.max(b),
        Stroke::new(4.0, colour.gamma_multiply(0.5)),
    );
    ui.painter()
        .circle_filled(on(centre, radius, along(at)), 7.0, colour);
}

/// A point on a circle; angles run clockwise from the top.
fn on(centre: Pos2, radius: f32, angle: f32) -> Pos2 {
    let (sin, cos) = (angle - FRAC_PI_2).sin_cos();
    centre + radius * vec2(cos, sin)
}

fn arc(ui: &Ui, centre: Pos2, radius: f32, from: f32, to: f32, stroke: Stroke) {
    if to <= from {
        return;
    }
    let steps = ((to - from) / 0.05).ceil().max(1.0) as usize;
    let points = (0..=steps)
        .map(|i| on(centre, radius, from + (to - from) * i as f32 / steps as f32))
        .collect();
    ui.painter().add(Shape::line(points, stroke));
}
