//! A studio's accent: its hue is kept, its lightness is moved until it can be read, and where that is impossible it
//! is refused and the nearest colour that works is named. It never replaces the colours of stopping and of focus.

use egui::Color32;

use super::{Theme, Tint, contrast};

/// The least contrast of text in the accent's colour, on ground and on raised (WCAG AA).
const LEAST: f32 = 4.5;
/// The strongest colour that still belongs to the palette, in OKLCH.
const MOST_CHROMA: f32 = 0.12;
/// The darkest and the lightest shade of an accent, in OKLCH.
const DARKEST: f32 = 0.2;
const LIGHTEST: f32 = 0.92;

/// What became of a studio's accent.
#[derive(Clone, PartialEq, Debug)]
pub enum Accent {
    /// It is used, in this shade.
    Taken(Color32),
    /// It cannot be read on this theme; this is the nearest of our own colours.
    Refused {
        /// The token's name.
        nearest: &'static str,
    },
}

/// Fits an accent to a theme.
pub fn fit(accent: Color32, theme: &Theme) -> Accent {
    let [lightness, chroma, hue] = to_oklch(accent);
    let chroma = chroma.min(MOST_CHROMA);
    let readable = |colour: Color32| {
        [theme.ground, theme.raised]
            .iter()
            .all(|ground| contrast::ratio(colour, ground.0) >= LEAST)
    };
    let step = if theme.dark { 0.005 } else { -0.005 };
    let lightness = lightness.clamp(DARKEST, LIGHTEST);
    let shades = (0..=200u16)
        .map(|n| lightness + step * f32::from(n))
        .take_while(|l| (DARKEST..=LIGHTEST).contains(l));
    match shades
        .map(|l| from_oklch([l, chroma, hue]))
        .find(|&shade| readable(shade))
    {
        Some(shade) => Accent::Taken(shade),
        None => Accent::Refused {
            nearest: nearest(hue, theme),
        },
    }
}

fn nearest(hue: f32, theme: &Theme) -> &'static str {
    let away = |tint: Tint| {
        let difference = (to_oklch(tint.0)[2] - hue).abs();
        difference.min(std::f32::consts::TAU - difference)
    };
    let mut known = known(theme);
    known.sort_by(|one, other| away(one.1).total_cmp(&away(other.1)));
    known[0].0
}

/// Our own colours that an accent may be near to.
fn known(theme: &Theme) -> [(&'static str, Tint); 4] {
    [
        ("dusk", theme.dusk),
        ("sage", theme.sage),
        ("clay", theme.clay),
        ("amber", theme.amber),
    ]
}

/// Mixes two colours in `OKLab`, `share` 0 … 1 of the second: light stays even on the way, no grey in the middle.
pub fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    let (from, to) = (to_oklab(from), to_oklab(to));
    from_oklab(std::array::from_fn(|i| from[i] + (to[i] - from[i]) * share))
}

fn to_oklch(colour: Color32) -> [f32; 3] {
    let [lightness, a, b] = to_oklab(colour);
    [lightness, a.hypot(b), b.atan2(a)]
}

fn from_oklch([lightness, chroma, hue]: [f32; 3]) -> Color32 {
    from_oklab([lightness, chroma * hue.cos(), chroma * hue.sin()])
}

// The matrices are Björn Ottosson's (OKLab, 2020).
#[rustfmt::skip]
fn to_oklab(colour: Color32) -> [f32; 3] {
    let [r, g, b, _] = egui::Rgba::from(colour).to_array();
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

#[rustfmt::skip]
fn from_oklab([lightness, a, b]: [f32; 3]) -> Color32 {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    egui::Rgba::from_rgb(
        (4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s).clamp(0.0, 1.0),
        (-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s).clamp(0.0, 1.0),
        (-0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s).clamp(0.0, 1.0),
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::Name;
    use super::*;

    #[test]
    fn a_colour_survives_the_way_there_and_back() {
        for name in [Name::Light, Name::Dark] {
            let theme = Theme::built_in(name);
            for tint in [theme.dusk, theme.clay, theme.amber, theme.sage] {
                let back = from_oklab(to_oklab(tint.0));
                let off = |a: u8, b: u8| a.abs_diff(b);
                let (one, other) = (tint.0, back);
                assert!(
                    off(one.r(), other.r()) + off(one.g(), other.g()) + off(one.b(), other.b())
                        <= 3,
                    "{tint:?}"
                );
            }
        }
    }

    #[test]
    fn a_pale_accent_is_darkened_until_it_can_be_read() {
        let theme = Theme::built_in(Name::Light);
        let pale = Color32::from_hex("#F7B8C8").expect("a colour");
        let Accent::Taken(shade) = fit(pale, &theme) else {
            panic!("pink can be darkened")
        };
        assert!(contrast::ratio(shade, theme.ground.0) >= LEAST);
        assert!(
            (to_oklch(shade)[2] - to_oklch(pale)[2]).abs() < 0.1,
            "the hue is kept"
        );
    }

    #[test]
    fn the_palest_and_the_darkest_are_read_on_every_theme() {
        for name in [Name::Light, Name::Dark, Name::Contrast] {
            let theme = Theme::built_in(name);
            for colour in ["#FFEE00", "#FFFFFF", "#000000", "#00FFFF", "#080010"] {
                let accent = Color32::from_hex(colour).expect("a colour");
                let Accent::Taken(shade) = fit(accent, &theme) else {
                    panic!("{colour} is refused on {name:?}")
                };
                assert!(contrast::ratio(shade, theme.raised.0) >= LEAST);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_nearest_that_can() {
        let mut theme = Theme::built_in(Name::Light);
        theme.raised = Tint(Color32::from_hex("#777777").expect("a colour")); // no shade reads on white and on grey
        let blue = Color32::from_hex("#4060C0").expect("a colour");
        assert_eq!(fit(blue, &theme), Accent::Refused { nearest: "dusk" });
        let words = crate::words::Words::of(crate::words::Language::English);
        for (name, _tint) in known(&theme) {
            assert!(words.colours.contains_key(name), "{name} has no word");
        }
    }
}
