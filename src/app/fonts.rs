//! The faces, built in: no font of the machine is used, so that a page looks the same everywhere. The recipe that made
//! the files is `scripts/fonts.py`.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// The family of icons in outline.
pub const ICONS: &str = "Icons";
/// The family of icons that are filled: what is selected.
pub const ICONS_FILL: &str = "Icons Fill";

const FILES: &[(&str, &[u8])] = &[
    (
        "fraunces",
        include_bytes!("../../assets/fonts/FrauncesSoft.ttf"),
    ),
    (
        "fraunces-ext",
        include_bytes!("../../assets/fonts/FrauncesSoftExt.ttf"),
    ),
    (
        "atkinson",
        include_bytes!("../../assets/fonts/AtkinsonNext-Regular.ttf"),
    ),
    (
        "atkinson-strong",
        include_bytes!("../../assets/fonts/AtkinsonNext-SemiBold.ttf"),
    ),
    (
        "atkinson-num",
        include_bytes!("../../assets/fonts/AtkinsonNum.ttf"),
    ),
    (
        "icons",
        include_bytes!("../../assets/fonts/RootwellIcons.ttf"),
    ),
    (
        "icons-fill",
        include_bytes!("../../assets/fonts/RootwellIconsFill.ttf"),
    ),
];

/// The families, each with what stands in for a letter that it lacks.
const FAMILIES: &[(&str, &[&str])] = &[
    ("Fraunces", &["fraunces", "fraunces-ext", "atkinson"]),
    ("Atkinson", &["atkinson", "fraunces-ext"]),
    (
        "Atkinson Strong",
        &["atkinson-strong", "atkinson", "fraunces-ext"],
    ),
    ("Atkinson Num", &["atkinson-num", "atkinson"]),
    (ICONS, &["icons"]),
    (ICONS_FILL, &["icons-fill", "icons"]),
];

/// All families, ready for [`egui::Context::set_fonts`].
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for &(name, bytes) in FILES {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    for &(family, files) in FAMILIES {
        let files = files.iter().map(|&file| file.into()).collect();
        fonts
            .families
            .insert(FontFamily::Name(family.into()), files);
    }
    // egui's own two families, for what it draws by itself.
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts
            .families
            .insert(family, vec!["atkinson".into(), "fraunces-ext".into()]);
    }
    fonts
}
