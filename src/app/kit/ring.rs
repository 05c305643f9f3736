//! Rings round the pacer: the session's, with one gap a section, and a hold's, which closes clockwise from the top; and
//! the path of a slow stroke, on which a dot moves at true speed.

use std::f32::consts::{FRAC_PI_2, TAU};

use egui::epaint::Vertex;
use egui::{Color32, ColorImage, Mesh, Pos2, Shape, Ui, pos2, vec2};

use crate::app::look::Look;

/// The gap between two sections, in radians.
const GAP: f32 = 0.035;
/// From point to point along a ring, in radians: on the largest, its straight pieces leave the circle by a third of a point.
const STEP: f32 = 0.1;
/// Each soft edge of a line, as a share of its picture.
const EDGE: f32 = 0.25;
/// Points of the picture.
const PICTURE: usize = 64;

/// Draws the session's ring: `sections` are their shares of the whole, `done` is 0 … 1 of the whole.
pub fn session(ui: &Ui, look: &Look, centre: Pos2, radius: f32, sections: &[f32], done: f32) {
    let rest = look.theme.line.0.gamma_multiply(0.35);
    let mut ring = Ring::new(look, centre, radius, 3.0);
    let mut start = 0.0;
    for &share in sections {
        let end = start + share;
        let (from, to) = (start * TAU + GAP / 2.0, end * TAU - GAP / 2.0);
        // A very short section ends before its gap does, and is not there.
        let now = (done * TAU).max(from).min(to);
        ring.arc(from, now, look.theme.ink2.0);
        ring.arc(now, to, rest);
        start = end;
    }
    ring.paint(ui);
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
    let now = done.clamp(0.0, 1.0) * TAU;
    let mut ring = Ring::new(look, centre, radius, width);
    ring.arc(now, TAU, look.theme.sunk.0);
    ring.arc(0.0, now, colour);
    ring.paint(ui);
}

/// Draws the path of a stroke below the form, with the dot at `at` (0 … 1 along it) and where it has just been.
pub fn path(ui: &Ui, look: &Look, centre: Pos2, radius: f32, at: f32, trail: f32, colour: Color32) {
    let (from, to) = (0.30 * TAU, 0.70 * TAU);
    let along = |share: f32| to + (from - to) * share.clamp(0.0, 1.0);
    let mut way = Ring::new(look, centre, radius, 2.0);
    way.arc(from, to, look.theme.line.0.gamma_multiply(0.5));
    way.paint(ui);
    let (a, b) = (along(at), along(trail));
    let mut tail = Ring::new(look, centre, radius, 4.0);
    tail.arc(a.min(b), a.max(b), colour.gamma_multiply(0.5));
    tail.paint(ui);
    ui.painter()
        .circle_filled(on(centre, radius, along(at)), 7.0, colour);
}

/// A point on a circle; angles run clockwise from the top.
fn on(centre: Pos2, radius: f32, angle: f32) -> Pos2 {
    let (sin, cos) = (angle - FRAC_PI_2).sin_cos();
    centre + radius * vec2(cos, sin)
}

/// Parts of a circle as one form; its line takes its soft edges from a picture.
struct Ring {
    mesh: Mesh,
    centre: Pos2,
    radius: f32,
    width: f32,
}

impl Ring {
    fn new(look: &Look, centre: Pos2, radius: f32, width: f32) -> Self {
        Self {
            mesh: Mesh::with_texture(look.line()),
            centre,
            radius,
            width: width / (1.0 - EDGE),
        }
    }

    /// Adds a part, clockwise, with soft ends.
    fn arc(&mut self, from: f32, to: f32, colour: Color32) {
        if to <= from {
            return;
        }
        let steps = ((to - from) / STEP).ceil();
        let soft = EDGE * self.width / self.radius;
        let first = self.mesh.vertices.len() as u32;
        self.spoke(from - soft, Color32::TRANSPARENT);
        for step in 0..=steps as u32 {
            self.spoke(from + (to - from) * step as f32 / steps, colour);
        }
        self.spoke(to + soft, Color32::TRANSPARENT);
        let last = self.mesh.vertices.len() as u32 - 2;
        for inner in (first..last).step_by(2) {
            self.mesh.add_triangle(inner, inner + 1, inner + 2);
            self.mesh.add_triangle(inner + 1, inner + 2, inner + 3);
        }
    }

    /// The line's two edges at an angle.
    fn spoke(&mut self, angle: f32, color: Color32) {
        for u in [0.0, 1.0] {
            let pos = on(self.centre, self.radius + (u - 0.5) * self.width, angle);
            let uv = pos2(u, 0.5);
            self.mesh.vertices.push(Vertex { pos, uv, color });
        }
    }

    fn paint(self, ui: &Ui) {
        ui.painter().add(Shape::mesh(self.mesh));
    }
}

/// The picture across a line: it comes, is there, and goes.
pub(in crate::app) fn picture() -> ColorImage {
    let point = |x: usize| {
        let x = (x as f32 + 0.5) / PICTURE as f32;
        Color32::WHITE.gamma_multiply((x.min(1.0 - x) / EDGE).min(1.0))
    };
    ColorImage::new([PICTURE, 1], (0..PICTURE).map(point).collect())
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;
    use crate::app::theme::Name;
    use crate::app::words::Language;

    #[test]
    fn a_section_shorter_than_its_gap_is_not_there() {
        let painted = |sections: &[f32]| {
            let mut corners = 0;
            let look = Look::built_in(Name::Light, Language::English);
            let mut output = Context::default().run_ui(RawInput::default(), |ui| {
                session(ui, &look, Pos2::ZERO, 100.0, sections, 0.3);
            });
            output.textures_delta.clear();
            for shape in output.shapes {
                if let Shape::Mesh(mesh) = shape.shape {
                    corners += mesh.vertices.len();
                }
            }
            corners
        };
        assert!(painted(&[0.5, 0.499]) > 100);
        assert_eq!(painted(&[0.5, 0.001, 0.499]), painted(&[0.5, 0.499]));
        assert_eq!(painted(&[0.001]), 0);
    }

    #[test]
    fn a_line_is_as_wide_as_it_is_said_to_be() {
        let covered: u32 = picture()
            .pixels
            .iter()
            .map(|point| u32::from(point.a()))
            .sum();
        let share = covered as f32 / (255 * PICTURE) as f32;
        assert!((share - (1.0 - EDGE)).abs() < 0.01, "{share}");
    }
}
