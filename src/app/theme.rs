//! The look as data: colours by theme, and the measures that all themes share. Read from `assets/theme` with the
//! `ron` crate; in debug builds an edited file shows at once, and one with a mistake keeps the last good look.

pub mod accent;
pub mod contrast;
pub mod reload;

use egui::Color32;
use serde::{Deserialize, Deserializer};

/// Which of the themes is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    /// By day.
    Light,
    /// At dusk.
    Dark,
    /// For eyes that need it.
    Contrast,
}

/// The colours of one theme, and how thick the rim of the pacer's core is, in points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields are the tokens of the art direction, explained in assets/theme"
)]
pub struct Theme {
    pub name: String,
    pub dark: bool,
    pub contrast: bool,
    pub ground: Tint,
    pub raised: Tint,
    pub sunk: Tint,
    pub ink: Tint,
    pub ink2: Tint,
    pub line: Tint,
    pub dusk: Tint,
    pub sage: Tint,
    pub clay: Tint,
    pub amber: Tint,
    pub stop: Tint,
    pub focus: Tint,
    pub on_colour: Tint,
    pub dusk_hover: Tint,
    pub clay_hover: Tint,
    pub stop_hover: Tint,
    pub wash_dusk: Tint,
    pub wash_sage: Tint,
    pub wash_clay: Tint,
    pub wash_amber: Tint,
    pub core_cool: Tint,
    pub core_warm: Tint,
    pub on_core: Tint,
    pub halo_cool: Tint,
    pub halo_warm: Tint,
    pub rim: f32,
    pub shade: Tint,
    pub night: Tint,
    pub night_ring: Tint,
}

impl Theme {
    /// The theme as it was built in.
    pub fn built_in(name: Name) -> Self {
        Self::read(name.text()).expect("the built-in themes read: a test opens each")
    }

    /// Reads a theme's file.
    pub fn read(text: &str) -> Result<Self, ron::error::SpannedError> {
        ron::from_str(text)
    }

    /// The line of medians under a chart’s dots: three fifths of their colour, so that it is seen on every theme.
    pub fn trend(&self) -> Color32 {
        accent::mix(self.raised.0, self.sage.0, 0.6)
    }

    /// The ground of a control that keeps its voice down: sunk, or in the dark, where that is hardly seen, a veil of ink.
    pub fn control(&self) -> Color32 {
        if self.dark && !self.contrast {
            self.ink.0.gamma_multiply(0.09)
        } else {
            self.sunk.0
        }
    }

    /// A surface under the pointer (`touch` 0 … 1) or pressed: ink at 4 % or 8 %.
    pub fn over(&self, surface: Color32, touch: f32, pressed: bool) -> Color32 {
        let share = if pressed { 0.08 } else { 0.04 * touch };
        surface.lerp_to_gamma(self.ink.0, share)
    }
}

impl Name {
    fn text(self) -> &'static str {
        match self {
            Self::Light => include_str!("../../assets/theme/light.ron"),
            Self::Dark => include_str!("../../assets/theme/dark.ron"),
            Self::Contrast => include_str!("../../assets/theme/contrast.ron"),
        }
    }

    /// The file's stem.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

/// A colour, written as `RRGGBB` or `RRGGBBAA`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tint(pub Color32);

impl<'de> Deserialize<'de> for Tint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Color32::from_hex(&format!("#{text}"))
            .map(Self)
            .map_err(|_hex| {
                serde::de::Error::custom(format!("`{text}` is not a colour such as F6F1E9"))
            })
    }
}

/// What all themes share. Distances are in points, times in milliseconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the groups are those of the art direction")]
pub struct Measure {
    pub space: Space,
    pub radius: Radius,
    pub height: Height,
    pub width: Width,
    pub line: Line,
    pub face: Faces,
    pub motion: Motion,
}

impl Measure {
    /// The measures as they were built in.
    pub fn built_in() -> Self {
        Self::read(include_str!("../../assets/theme/measure.ron"))
            .expect("the built-in measures read: a test opens them")
    }

    /// Reads a file of measures.
    pub fn read(text: &str) -> Result<Self, ron::error::SpannedError> {
        ron::from_str(text)
    }
}

/// Makes a group of measures: a struct of numbers.
macro_rules! numbers {
    ($(#[$doc:meta])* $name:ident { $($field:ident),+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(#[doc = stringify!($field)] pub $field: f32),+ }
    };
}

numbers! { /** The only distances there are. */ Space { hair, tight, snug, even, wide, group, part, hall, yard } }
numbers! { /** Corners. */ Radius { input, card, sheet } }
numbers! { /** Heights of what is pressed. */ Height { primary, target, chip } }
numbers! { /** Widths of columns. */ Width { page, text, rail, rail_medium } }
numbers! { /** Strokes. */ Line { focus, focus_gap, border } }
numbers! { /** How long a movement takes, in milliseconds. */ Motion { touch, shift, page, tide, bridge } }

/// The faces that text is set in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the roles are those of the art direction")]
pub struct Faces {
    pub display: Face,
    pub title: Face,
    pub card: Face,
    pub caption: Face,
    pub caption_large: Face,
    pub phase: Face,
    pub body: Face,
    pub strong: Face,
    pub label: Face,
    pub number: Face,
}

/// A family with its size and line height, in points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// The family's name in [`super::fonts`].
    pub family: String,
    /// Height of the letters' body.
    pub size: f32,
    /// Distance from line to line.
    pub line: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_read() {
        for name in [Name::Light, Name::Dark, Name::Contrast] {
            assert_eq!(Theme::built_in(name).name, name.stem());
        }
        assert_eq!(Measure::built_in().face.display.size, 44.0);
    }

    #[test]
    fn a_wrong_colour_is_said_with_its_place() {
        let text = Name::Light.text().replace("F6F1E9", "F6F1G9");
        let error = Theme::read(&text)
            .expect_err("G is no hexadecimal digit")
            .to_string();
        assert!(error.contains("`F6F1G9` is not a colour"), "{error}");
    }
}
