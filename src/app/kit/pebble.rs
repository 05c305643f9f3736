//! The pacer: a living form of five layers that fills and empties with the breath, rests like a stone when it is empty
//! and rounds as it fills (`art.md` 6). With reduced motion it is a bar and a number.

mod shades;

pub(in crate::app) use shades::picture;

use std::f32::consts::TAU;

use egui::epaint::Vertex;
use egui::{
    Color32, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use shades::Across;

use super::text;
use crate::app::look::Look;
use crate::app::theme::accent::mix;

/// How many layers there are; the last is the core.
pub const LAYERS: usize = 5;
/// How far behind the core the outermost layer is, in seconds.
pub const LAG: f64 = 0.28;
/// Points on an outline.
const STEPS: usize = 64;
/// A form of less than this half size has its words beside it.
pub const SMALL: f32 = 100.0;

/// The form at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Pebble {
    /// How full the core is, 0 … 1.
    pub core: f32,
    /// How full the outermost layer is: what the core was [`LAG`] ago. The others are between the two.
    pub halo: f32,
    /// What its slow drift goes by, in seconds.
    pub drift: f32,
    /// 0 cool … 1 warm.
    pub warmth: f32,
    /// 1, or less where nothing is paced.
    pub presence: f32,
    /// −1 leans left … 1 leans right: the nostril.
    pub lean: f32,
    /// The outline hums.
    pub hum: bool,
}

impl Pebble {
    /// A still form, for cards and empty places.
    pub fn still(fullness: f32, warmth: f32) -> Self {
        Self {
            core: fullness,
            halo: fullness,
            drift: 0.0,
            warmth,
            presence: 1.0,
            lean: 0.0,
            hum: false,
        }
    }
}

/// Half the size of the stage that a pacer may take in an area of this height.
pub fn half_size(height: f32) -> f32 {
    (0.29 * height).min(210.0)
}

/// Draws the form round a centre: its core, and round it one ring that carries the picture of all layers. Where the
/// processor paints, each layer as a ring of its own costs half as much again.
pub fn paint(painter: &Painter, look: &Look, centre: Pos2, half: f32, pebble: &Pebble) {
    // The core carries words: it never fades so far that they cannot be read.
    let core = pebble.presence.max(0.85);
    let away = shades::EDGE * half * step(pebble.halo);
    let rim = outline(centre, half, LAYERS - 1, pebble, 0.0);
    let end = outline(centre, half, 0, pebble, away);
    let mut mesh = Mesh::with_texture(look.shades());
    let mut corner = |pos, across, presence| {
        let uv = shades::place(across, pebble.warmth);
        let color = Color32::WHITE.gamma_multiply(presence);
        mesh.vertices.push(Vertex { pos, uv, color });
    };
    corner(centre, Across::Middle, core);
    for (&rim, end) in rim.iter().zip(end) {
        corner(rim, Across::Rim, core);
        corner(end, Across::End, pebble.presence);
    }
    for step in 0..STEPS {
        let [rim, next] = [step, (step + 1) % STEPS].map(|step| 1 + 2 * step as u32);
        mesh.add_triangle(0, rim, next);
        mesh.add_triangle(rim, rim + 1, next + 1);
        mesh.add_triangle(rim, next, next + 1);
    }
    painter.add(Shape::mesh(mesh));
    if look.theme.rim > 0.0 {
        let colour = mix(look.theme.dusk.0, look.theme.clay.0, pebble.warmth)
            .gamma_multiply(pebble.presence);
        painter.add(Shape::closed_line(rim, Stroke::new(look.theme.rim, colour)));
    }
}

/// Growth rings round a still form, as in a tree: uneven, each farther from the last and fainter, out of the picture.
pub fn rings(painter: &Painter, look: &Look, centre: Pos2, half: f32, pebble: &Pebble) {
    let colour = shades::layer(&look.theme, 0, pebble.warmth);
    let reach = painter.clip_rect().width();
    let (mut away, mut gap) = (0.0, 0.16 * half);
    while away + gap < reach {
        away += gap;
        let strength = 0.45 * (1.0 - away / reach).powi(2);
        let points = outline(centre, half, 0, pebble, away);
        let stroke = Stroke::new(1.5, colour.gamma_multiply(strength));
        painter.add(Shape::closed_line(points, stroke));
        gap *= 1.3;
    }
}

/// The form with its name for a screen reader, the phase in words, in it or beside it, and, where wanted, the seconds
/// left.
pub fn show(
    ui: &mut Ui,
    look: &Look,
    rect: Rect,
    beside: Option<Rect>,
    pebble: &Pebble,
    phase: &str,
    count: Option<u32>,
) {
    let response = ui.allocate_rect(rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &look.words.player.pacer));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(phase));
    if look.still {
        bar(ui, look, rect, pebble, phase, count);
        return;
    }
    let half = rect.height() / 2.0;
    paint(ui.painter(), look, rect.center(), half, pebble);
    if let Some(beside) = beside {
        let (at, colour) = (beside.center(), look.theme.ink.0);
        words(ui, look, at, phase, count, colour, beside.width());
        return;
    }
    let down = gravity(half, pebble.core);
    let at = rect.center() + vec2(pebble.lean * 0.05 * half, down);
    words(
        ui,
        look,
        at,
        phase,
        count,
        look.theme.on_core.0,
        0.74 * half,
    );
}

/// The phase and the count, centred at a place.
fn words(
    ui: &Ui,
    look: &Look,
    at: Pos2,
    phase: &str,
    count: Option<u32>,
    colour: Color32,
    width: f32,
) {
    let face = &look.measure.face;
    let mut large = face.phase.clone();
    large.size *= (width / 148.0).clamp(0.6, 1.0);
    large.line *= (width / 148.0).clamp(0.6, 1.0);
    let phase = text::aligned(ui, &large, colour, phase, width, egui::Align::Center);
    let seconds = count.map(|count| {
        text::aligned(
            ui,
            &face.number,
            colour.gamma_multiply(0.9),
            &count.to_string(),
            width,
            egui::Align::Center,
        )
    });
    let height = phase.size().y + seconds.as_ref().map_or(0.0, |galley| galley.size().y);
    let top = at.y - height / 2.0;
    let below = top + phase.size().y;
    ui.painter().galley(pos2(at.x, top), phase, colour);
    if let Some(seconds) = seconds {
        ui.painter().galley(pos2(at.x, below), seconds, colour);
    }
}

/// The still twin: a bar in tenths, the phase and the number beside it.
fn bar(ui: &Ui, look: &Look, rect: Rect, pebble: &Pebble, phase: &str, count: Option<u32>) {
    let height = (rect.height() * 0.7).min(280.0);
    let track = Rect::from_center_size(rect.center() - vec2(72.0, 0.0), vec2(24.0, height));
    let full = (10.0 * pebble.core).round() / 10.0;
    let colour = mix(look.theme.dusk.0, look.theme.clay.0, pebble.warmth);
    ui.painter().rect_filled(track, 12.0, look.theme.sunk.0);
    let mut filled = track;
    filled.set_top(track.bottom() - height * full);
    ui.painter().rect_filled(filled, 12.0, colour);
    ui.painter().rect_stroke(
        track,
        12.0,
        Stroke::new(look.measure.line.border, look.theme.line.0),
        StrokeKind::Inside,
    );
    words(
        ui,
        look,
        rect.center() + vec2(72.0, 0.0),
        phase,
        count,
        look.theme.ink.0,
        170.0,
    );
}

/// How much lower than the middle the form rests, in points.
fn gravity(half: f32, fullness: f32) -> f32 {
    0.06 * half * (1.0 - fullness)
}

/// How far a layer stands out beyond the one inside it, of half the form's size.
fn step(fullness: f32) -> f32 {
    0.03 + 0.045 * fullness
}

/// A layer's outline, `grown` points outside itself.
fn outline(centre: Pos2, half: f32, layer: usize, pebble: &Pebble, grown: f32) -> Vec<Pos2> {
    let k = layer as f32;
    let u = pebble.halo + (pebble.core - pebble.halo) * k / (LAYERS - 1) as f32;
    let t = pebble.drift;
    let radius = half * (0.52 + 0.44 * u - k * step(u));
    let settle = 1.0 - 0.6 * u;
    let place = |step: usize| {
        let angle = TAU * step as f32 / STEPS as f32;
        let mut wave = 0.030 * (2.0 * angle + 0.25 * k + TAU * t / 17.0).cos()
            + 0.022 * (3.0 * angle - 0.35 * k - TAU * t / 23.0).cos()
            + 0.008 * (5.0 * angle + TAU * t / 31.0).cos();
        if pebble.hum {
            wave += 0.006 * (12.0 * (angle + TAU * t / 3.0)).cos() / settle;
        }
        let r = radius * (1.0 + settle * wave) + grown;
        let x = r * angle.cos() * (1.0 + 0.06 * (1.0 - u)) + pebble.lean * 0.05 * half;
        let y = gravity(half, u) + r * angle.sin() * (1.0 - 0.10 * (1.0 - u));
        centre + Vec2::new(x, y)
    };
    (0..STEPS).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far from the centre an outline reaches in each direction: left, top, right, bottom.
    fn reach(layer: usize, pebble: &Pebble) -> [f32; 4] {
        let points = outline(Pos2::ZERO, 210.0, layer, pebble, 0.0);
        let by = |of: fn(&Pos2) -> f32| points.iter().map(of).fold(f32::MIN, f32::max);
        [by(|p| -p.x), by(|p| -p.y), by(|p| p.x), by(|p| p.y)]
    }

    #[test]
    fn it_rests_low_and_wide_and_rounds_as_it_fills() {
        let [left, top, right, bottom] = reach(4, &Pebble::still(0.0, 0.0));
        assert!(bottom > top, "an empty form lies on its ground");
        assert!(
            left + right > 1.1 * (top + bottom),
            "and is wider than high"
        );
        let [left, top, right, bottom] = reach(4, &Pebble::still(1.0, 0.0));
        assert!(
            ((left + right) / (top + bottom) - 1.0).abs() < 0.06,
            "a full form is round"
        );
    }

    /// Forms from empty to full, here and there in their drift.
    fn moments() -> impl Iterator<Item = Pebble> {
        let drifts = |tenth: u8| {
            [0.0, 7.0, 19.0, 100.0].map(|drift| Pebble {
                drift,
                ..Pebble::still(f32::from(tenth) / 10.0, 0.0)
            })
        };
        (0..=10).flat_map(drifts)
    }

    #[test]
    fn no_layer_crosses_the_one_inside_it() {
        for pebble in moments() {
            let radii = |layer| {
                let points = outline(Pos2::ZERO, 210.0, layer, &pebble, 0.0);
                points
                    .into_iter()
                    .map(|p| p.to_vec2().length())
                    .collect::<Vec<_>>()
            };
            for layer in 1..LAYERS {
                for (outer, inner) in radii(layer - 1).iter().zip(radii(layer)) {
                    assert!(*outer > inner, "layer {layer} of {pebble:?}");
                }
            }
        }
    }

    #[test]
    fn the_ring_has_its_layers_where_they_belong() {
        for pebble in moments() {
            let layers: [Vec<Pos2>; LAYERS] =
                std::array::from_fn(|layer| outline(Pos2::ZERO, 210.0, layer, &pebble, 0.0));
            for layer in 1..LAYERS - 1 {
                let inward = layer as f32 / (LAYERS - 1) as f32;
                let ends = layers[0].iter().zip(&layers[LAYERS - 1]);
                for ((end, rim), true_place) in ends.zip(&layers[layer]) {
                    let off = end.lerp(*rim, inward).distance(*true_place);
                    assert!(off < 1.0, "layer {layer} of {pebble:?}: {off}");
                }
            }
        }
    }

    #[test]
    fn the_core_always_has_room_for_its_word() {
        let [left, top, right, bottom] = reach(4, &Pebble::still(0.0, 0.0));
        let smallest = left.min(right).min(f32::midpoint(top, bottom));
        assert!(smallest >= 0.32 * 210.0, "{smallest}");
    }
}
