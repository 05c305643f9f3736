//! The studio's logo: a PNG beside `studio.ron`, looked at before it is decoded.

use std::path::Path;

use egui::ColorImage;

use crate::store::Folders;
use crate::studio::Studio;

/// The largest file, in bytes.
const MOST_BYTES: u64 = 2 << 20;
/// The largest side, in pixels.
const MOST_PIXELS: u32 = 2048;
/// How every PNG begins: eight bytes, then its first chunk with width and height.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Why a logo is not shown.
#[derive(Debug, thiserror::Error)]
pub enum NoLogo {
    /// It cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// It is no PNG, or too large a one.
    #[error("PNG, {MOST_PIXELS} × {MOST_PIXELS}, {} MB", MOST_BYTES >> 20)]
    Kind,
    /// It cannot be decoded.
    #[error("{0}")]
    Decode(String),
}

/// The studio's logo, if it names one; the name is a file's beside `studio.ron`, nothing else.
pub fn read(folders: &Folders, studio: &Studio) -> Result<Option<ColorImage>, NoLogo> {
    let Some(name) = studio
        .logo
        .as_ref()
        .and_then(|logo| Path::new(logo).file_name())
    else {
        return Ok(None);
    };
    let path = folders.config.join(name);
    if std::fs::metadata(&path)?.len() > MOST_BYTES {
        return Err(NoLogo::Kind);
    }
    let bytes = std::fs::read(&path)?;
    if !fits(&bytes) {
        return Err(NoLogo::Kind);
    }
    let icon = eframe::icon_data::from_png_bytes(&bytes)
        .map_err(|error| NoLogo::Decode(error.to_string()))?;
    let size = [icon.width as usize, icon.height as usize];
    Ok(Some(ColorImage::from_rgba_unmultiplied(size, &icon.rgba)))
}

/// Whether it is a PNG of a size that may be decoded.
fn fits(bytes: &[u8]) -> bool {
    let side = |at: usize| {
        let bytes = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let fine = |side: Option<u32>| side.is_some_and(|side| (1..=MOST_PIXELS).contains(&side));
    bytes.starts_with(SIGNATURE) && fine(side(16)) && fine(side(20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(logo: &str, file: &[u8], shown: bool) {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        std::fs::create_dir_all(&folders.config).unwrap();
        std::fs::write(folders.config.join("logo.png"), file).unwrap();
        let studio = Studio {
            logo: Some(logo.to_owned()),
            ..Studio::default()
        };
        let found = read(&folders, &studio);
        assert_eq!(matches!(found, Ok(Some(_))), shown, "{found:?}");
    }

    #[test]
    fn a_png_beside_the_file_is_shown_and_nothing_else() {
        let png = include_bytes!("../../assets/desktop/icons/64.png");
        case("logo.png", png, true);
        case("../config/logo.png", png, true);
        case("other.png", png, false);
        case("logo.png", b"GIF89a", false);
        case("logo.png", &png[..60], false);
        let mut huge = png.to_vec();
        huge[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
        case("logo.png", &huge, false);
        case("logo.png", b"", false);
    }
}
