//! How well a text stands out from its ground (WCAG 2.2, relative luminance and contrast ratio).

use egui::Color32;

/// The contrast ratio of two opaque colours: 1 (the same) … 21 (black on white).
pub fn ratio(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance: 0 black … 1 white.
pub fn luminance(colour: Color32) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
}

#[cfg(test)]
mod tests {
    use super::super::{Name, Theme};
    use super::*;

    /// The pairs that carry text, with the ratio that each must have in an ordinary theme.
    fn text_pairs(theme: &Theme) -> Vec<(&'static str, Color32, Color32)> {
        let mut pairs = Vec::new();
        for (ground_name, ground) in [
            ("ground", theme.ground),
            ("raised", theme.raised),
            ("sunk", theme.sunk),
        ] {
            for colour in [
                theme.ink,
                theme.ink2,
                theme.dusk,
                theme.sage,
                theme.clay,
                theme.amber,
                theme.stop,
                theme.focus,
            ] {
                pairs.push((ground_name, colour.0, ground.0));
            }
        }
        for filled in [
            theme.dusk,
            theme.sage,
            theme.clay,
            theme.amber,
            theme.stop,
            theme.dusk_hover,
            theme.clay_hover,
            theme.stop_hover,
        ] {
            pairs.push(("filled", theme.on_colour.0, filled.0));
        }
        for (colour, wash) in [
            (theme.dusk, theme.wash_dusk),
            (theme.sage, theme.wash_sage),
            (theme.clay, theme.wash_clay),
            (theme.amber, theme.wash_amber),
        ] {
            pairs.push(("wash", colour.0, wash.0));
            pairs.push(("wash", theme.ink.0, wash.0));
        }
        pairs.push(("core", theme.on_core.0, theme.core_cool.0));
        pairs.push(("core", theme.on_core.0, theme.core_warm.0));
        let dim = theme.on_core.0.gamma_multiply(crate::app::night::DIM);
        pairs.push(("night", theme.night.0.blend(dim), theme.night.0));
        pairs
    }

    #[test]
    fn the_line_of_medians_is_seen_on_every_theme() {
        for (name, least) in [(Name::Light, 1.9), (Name::Dark, 2.5), (Name::Contrast, 3.0)] {
            let theme = Theme::built_in(name);
            let found = ratio(theme.trend(), theme.raised.0);
            assert!(found >= least, "{}: {found:.2}", theme.name);
        }
    }

    #[track_caller]
    fn case(name: Name, least: f32) {
        let theme = Theme::built_in(name);
        for (place, text, ground) in text_pairs(&theme) {
            let ratio = ratio(text, ground);
            assert!(
                ratio >= least,
                "{}: {text:?} on {place} {ground:?} is {ratio:.2}, below {least}",
                theme.name
            );
        }
        for ground in [theme.ground, theme.raised, theme.sunk] {
            assert!(
                ratio(theme.line.0, ground.0) >= 2.95,
                "{}: the borders of inputs fade",
                theme.name
            );
        }
    }

    #[test]
    fn text_meets_aa_in_the_ordinary_themes() {
        case(Name::Light, 4.5);
        case(Name::Dark, 4.5);
    }

    #[test]
    fn text_meets_aaa_in_the_contrast_theme() {
        case(Name::Contrast, 7.0);
    }

    #[test]
    fn the_formula_gives_the_known_ends() {
        assert!((ratio(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((ratio(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    }
}
