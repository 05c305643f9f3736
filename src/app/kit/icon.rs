//! Icons: a subset of Phosphor, named as there. Always beside a word, save for the transport keys.

use egui::{Color32, FontFamily, FontId, Pos2, Ui};

use crate::app::fonts::{ICONS, ICONS_FILL};

/// Makes the list of icons with the code points of the subset that `scripts/fonts.py` makes.
macro_rules! icons {
    ($($name:ident = $code:literal),+ $(,)?) => {
        /// One icon.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Icon { $(#[doc = stringify!($name)] $name),+ }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its place in the icons' font.
            pub const fn glyph(self) -> char {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

icons! {
    SunHorizon = '\u{e5b6}', Books = '\u{e758}', Path = '\u{e39c}', GearSix = '\u{e272}', Storefront = '\u{e470}',
    X = '\u{e4f6}', Check = '\u{e182}', CaretRight = '\u{e13a}', CaretLeft = '\u{e138}', CaretDown = '\u{e136}',
    ArrowLeft = '\u{e058}', ArrowRight = '\u{e06c}', Play = '\u{e3d0}', Pause = '\u{e39e}', SkipBack = '\u{e5a4}',
    SkipForward = '\u{e5a6}', ArrowCounterClockwise = '\u{e038}', SpeakerHigh = '\u{e44a}', SpeakerSlash = '\u{e45a}',
    ClosedCaptioning = '\u{e1a4}', ArrowsOut = '\u{e0a2}', ArrowsIn = '\u{e09a}', HandPalm = '\u{e57e}',
    Moon = '\u{e330}', Bed = '\u{e0cc}', Warning = '\u{e4e0}', WarningCircle = '\u{e4e2}', Info = '\u{e2ce}',
    Question = '\u{e3e8}', List = '\u{e2f0}', MagnifyingGlass = '\u{e30c}', Plus = '\u{e3d4}', Minus = '\u{e32a}',
    NotePencil = '\u{e34c}', Trash = '\u{e4a6}', Export = '\u{eaf0}', Printer = '\u{e3dc}', Clock = '\u{e19a}',
    CalendarBlank = '\u{e10a}', HandHeart = '\u{e810}', Waves = '\u{e6de}', Ear = '\u{e70c}', Eye = '\u{e220}',
    TextAa = '\u{e6ee}', Bell = '\u{e0ce}', SlidersHorizontal = '\u{e434}', LockSimple = '\u{e308}', User = '\u{e4c2}',
    Wind = '\u{e5d2}', Feather = '\u{e9c0}', Sun = '\u{e472}', Table = '\u{e476}', Lifebuoy = '\u{e63a}',
    Leaf = '\u{e2da}', Plant = '\u{ebae}', CheckCircle = '\u{e184}', MusicNotes = '\u{e340}', FileText = '\u{e23a}',
}

/// Draws an icon centred at a place, in outline or filled.
pub fn paint(ui: &Ui, icon: Icon, centre: Pos2, size: f32, colour: Color32, filled: bool) {
    let family = FontFamily::Name(if filled { ICONS_FILL } else { ICONS }.into());
    let galley =
        ui.painter()
            .layout_no_wrap(icon.glyph().into(), FontId::new(size, family), colour);
    // What is seen stands in the middle, not the room that the font leaves round it.
    let at = centre - galley.mesh_bounds.center().to_vec2();
    ui.painter().galley(at, galley, colour);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_every_icon() {
        let text = include_str!("../../../scripts/fonts.py");
        let list = text
            .split("\"\"\"")
            .nth(3)
            .expect("the list stands in the script");
        let names: Vec<String> = list.split_whitespace().map(camel).collect();
        let ours: Vec<String> = Icon::ALL.iter().map(|icon| format!("{icon:?}")).collect();
        assert_eq!(
            ours, names,
            "icon.rs and fonts.py name the same icons in the same order"
        );
    }

    fn camel(name: &str) -> String {
        let part = |part: &str| part[..1].to_uppercase() + &part[1..];
        name.split('-').map(part).collect()
    }
}
