//! Why there is no window, in a sentence that says what to install or which command to use instead.

use super::words::Words;

/// What each library that the window opens by itself is called on Debian and Ubuntu.
const PACKAGES: &[(&str, &str)] = &[
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi", "libxi6"),
    ("xkbcommon", "libxkbcommon-x11-0"),
    ("libwayland", "libwayland-client0"),
    ("libEGL", "libegl1"),
    ("libGL", "libgl1"),
];

/// Whether the surroundings name a display; elsewhere than on Linux there always is one.
pub fn named() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux")
        || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
            .into_iter()
            .any(set)
}

/// Whether the processor paints the window: on Linux, where no graphics card has a door or software is asked for.
pub fn in_software() -> bool {
    let asked = std::env::var_os("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value != "0");
    let card = |door: std::fs::DirEntry| door.file_name().to_string_lossy().starts_with("render");
    let doors = std::fs::read_dir("/dev/dri");
    let none = doors.map_or(true, |doors| !doors.flatten().any(card));
    cfg!(target_os = "linux") && (asked || none)
}

/// The sentence for what the window's libraries said.
pub fn sentence(words: &Words, error: &str) -> String {
    let notice = &words.notice;
    if let Some((library, package)) = PACKAGES.iter().find(|(library, _)| error.contains(library)) {
        return words.fill(
            &notice.no_library,
            &[("library", library), ("package", package)],
        );
    }
    let no_server = [
        "neither WAYLAND_DISPLAY",
        "XOpenDisplay",
        "X server",
        "NotSupported",
        "compositor",
    ];
    if error.is_empty() || no_server.iter().any(|known| error.contains(known)) {
        return notice.no_display.clone();
    }
    // What follows is a list of everything that was asked for.
    let reason = error.split([':', '{']).next().unwrap_or_default().trim();
    words.fill(&notice.no_gl, &[("error", &reason)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::Language;

    #[track_caller]
    fn case(error: &str, expected: &str) {
        let words = Words::of(Language::English);
        let sentence = sentence(words, error);
        assert!(sentence.contains(expected), "{error}: {sentence}");
        assert!(sentence.contains("rootwell play"), "{sentence}");
    }

    #[test]
    fn each_reason_has_its_remedy() {
        case("", "There is no display here");
        case(
            "neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.",
            "There is no display here",
        );
        case(
            "Library libxkbcommon-x11.so could not be loaded.",
            "apt install libxkbcommon-x11-0",
        );
        case(
            "LibraryOpenError: libXcursor.so.1: cannot open shared object file",
            "apt install libxcursor1",
        );
        case("NoGlutinConfigs(..)", "apt install libgl1");
        case(
            "Found no glutin configs matching the template: ConfigTemplate { alpha_size: 8 }. Error: failed",
            "could not be drawn: Found no glutin configs matching the template. Install",
        );
    }
}
