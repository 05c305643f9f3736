//! The form's colours as a picture: across, from the middle through all layers to where nothing is left; down, from cool
//! to warm. With it the form is one sheet of few triangles, and where the processor paints, each point costs the least.

use egui::{Color32, ColorImage, Pos2, pos2};

use super::LAYERS;
use crate::app::theme::Theme;
use crate::app::theme::accent::mix;

/// The soft edge of a layer, as a share of how far it stands out.
pub(super) const EDGE: f32 = 0.25;
/// How well each layer covers, outermost first.
const COVER: [f32; LAYERS] = [0.10, 0.14, 0.20, 0.30, 1.0];
/// The picture's width and height, and how much of its width is the core's.
const SIZE: [usize; 2] = [256, 64];
const CORE: usize = 64;

/// A place across the picture.
#[derive(Clone, Copy)]
pub(super) enum Across {
    /// The middle of the form.
    Middle,
    /// The core's rim.
    Rim,
    /// Where the outermost layer has faded.
    End,
}

/// Where in the picture that is, for a form so warm.
pub(super) fn place(across: Across, warmth: f32) -> Pos2 {
    let [width, height] = SIZE.map(|side| side as f32);
    let x = match across {
        Across::Middle => 0.5,
        Across::Rim => CORE as f32,
        Across::End => width,
    };
    let row = (warmth.clamp(0.0, 1.0) * (height - 1.0)).round();
    pos2(x / width, (row + 0.5) / height)
}

/// The picture in a theme's colours.
pub(in crate::app) fn picture(theme: &Theme) -> ColorImage {
    let [width, height] = SIZE;
    let rows = (0..height).map(|row| layers(theme, row as f32 / (height - 1) as f32));
    let points = rows.flat_map(|layers| (0..width).map(move |x| point(&layers, x)));
    ColorImage::new(SIZE, points.collect())
}

/// The colour of a layer alone.
pub(super) fn layer(theme: &Theme, layer: usize, warmth: f32) -> Color32 {
    let inward = layer as f32 / (LAYERS - 1) as f32;
    let cool = mix(theme.halo_cool.0, theme.core_cool.0, inward);
    let warm = mix(theme.halo_warm.0, theme.core_warm.0, inward);
    match warmth {
        w if w <= 0.0 => cool,
        w if w >= 1.0 => warm,
        w => mix(cool, warm, w),
    }
}

/// The colours that none, one, … all layers make together, outermost first.
fn layers(theme: &Theme, warmth: f32) -> [Color32; LAYERS + 1] {
    let mut together = [Color32::TRANSPARENT; LAYERS + 1];
    for (index, cover) in COVER.into_iter().enumerate() {
        let own = layer(theme, index, warmth).gamma_multiply(cover);
        together[index + 1] = over(own, together[index]);
    }
    together
}

/// One point of a row: the core, slightly lighter in the middle, then each layer's soft edge and what it leaves.
fn point(layers: &[Color32; LAYERS + 1], x: usize) -> Color32 {
    let core = layers[LAYERS];
    if x < CORE {
        return lighter(core).lerp_to_gamma(core, x as f32 / CORE as f32);
    }
    let share = (x - CORE) as f32 / (SIZE[0] - 1 - CORE) as f32;
    let away = share * ((LAYERS - 1) as f32 + EDGE);
    let left = LAYERS - 1 - away as usize;
    let soft = (away.fract() / EDGE).min(1.0);
    layers[left + 1].lerp_to_gamma(layers[left], soft)
}

/// A colour over another, as the window blends them.
fn over(upper: Color32, lower: Color32) -> Color32 {
    let through = 1.0 - f32::from(upper.a()) / 255.0;
    let channel = |i: usize| upper[i].saturating_add((f32::from(lower[i]) * through).round() as u8);
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}

/// Eight per cent towards full light.
fn lighter(colour: Color32) -> Color32 {
    colour.lerp_to_gamma(Color32::WHITE, 0.08)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::Name;

    #[test]
    fn layers_cover_less_and_less_until_nothing_is_left() {
        for name in [Name::Light, Name::Dark, Name::Contrast] {
            let picture = picture(&Theme::built_in(name));
            for row in picture.pixels.chunks_exact(SIZE[0]) {
                let covers: Vec<u8> = row.iter().map(Color32::a).collect();
                assert!(covers.is_sorted_by(|one, next| one >= next));
                assert_eq!((covers[0], covers[SIZE[0] - 1]), (255, 0));
                let mut steps = covers.clone();
                steps.dedup();
                assert!(steps.len() > 2 * LAYERS, "soft edges");
            }
        }
    }

    #[test]
    fn its_ends_are_cool_and_warm() {
        let theme = Theme::built_in(Name::Light);
        let picture = picture(&theme);
        let rim = |row: usize| picture.pixels[row * SIZE[0] + CORE];
        assert_eq!(rim(0), theme.core_cool.0);
        assert_eq!(rim(SIZE[1] - 1), theme.core_warm.0);
    }
}
