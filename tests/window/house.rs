//! The window's own house rules: words come from `assets/words`, colours from the theme, controls from the kit.

use std::path::{Path, PathBuf};

fn sources(below: &str) -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![top.join(below)];
    let mut found = vec![(format!("{below}.rs"), top.join(format!("{below}.rs")))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("sources") {
            let path: PathBuf = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((
                    path.strip_prefix(&top)
                        .expect("below")
                        .display()
                        .to_string(),
                    path,
                ));
            }
        }
    }
    let text = |path: PathBuf| std::fs::read_to_string(path).expect("readable");
    let code = |text: String| {
        text.split("#[cfg(test)]")
            .next()
            .expect("a start")
            .to_owned()
    };
    found
        .into_iter()
        .map(|(name, path)| (name, code(text(path))))
        .collect()
}

#[test]
fn stock_controls_and_raw_colours_stay_in_the_kit() {
    const BANNED: &[&str] = &[
        "ui.slider",
        "ui.checkbox",
        "ui.button",
        "ui.separator",
        "ui.collapsing",
        "ui.radio",
        "ui.label(",
        "ui.heading(",
        "ComboBox",
        "egui::Slider",
        "egui::Button",
        "egui::Checkbox",
        "Color32::from_rgb",
        "Color32::from_gray",
        "Color32::BLACK",
        "Color32::WHITE",
        "Color32::RED",
        "ui.spinner",
    ];
    for (name, text) in sources("app") {
        if name.starts_with("app/kit/") || name.starts_with("app/theme/") {
            continue;
        }
        for banned in BANNED {
            assert!(!text.contains(banned), "{name} uses {banned}");
        }
    }
}

/// Texts of two words and more that stand in the code.
fn strays(text: &str) -> Vec<String> {
    let mut strays = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let excused = ["//", "#[", "#!["]
            .iter()
            .any(|start| line.starts_with(start))
            || [
                "expect(", "assert", "panic!", "reason", "include_", "Icon::", "concat!",
                "write!(f",
            ]
            .iter()
            .any(|word| line.contains(word));
        if excused {
            continue;
        }
        for (index, literal) in line.split('"').enumerate() {
            let words = literal
                .split_whitespace()
                .filter(|word| word.chars().all(char::is_alphabetic))
                .count();
            if index % 2 == 1 && words >= 2 {
                strays.push(literal.to_owned());
            }
        }
    }
    strays
}

#[test]
fn every_word_comes_from_the_words() {
    /// What a person never reads: families of fonts, known error texts, names of kept things.
    const KNOWN: &[&str] = &["Icons Fill", "neither WAYLAND_DISPLAY", "X server"];
    for (name, text) in sources("app") {
        for stray in strays(&text) {
            assert!(
                KNOWN.contains(&stray.as_str())
                    || ["app/fonts.rs", "app/theme.rs"].contains(&name.as_str()),
                "{name}: {stray:?} belongs into assets/words"
            );
        }
    }
}

#[test]
fn strays_are_found() {
    assert_eq!(
        strays("    text::body(ui, look, \"Good evening to you\");"),
        ["Good evening to you"]
    );
    assert!(strays("    // \"Good evening to you\"").is_empty());
}

#[test]
fn functions_stay_short() {
    for (name, text) in sources("app") {
        let mut start = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            if line.trim_start().starts_with("fn ")
                || line.trim_start().starts_with("pub fn ")
                || line.trim_start().starts_with("pub(") && line.contains("fn ")
            {
                start = Some((number, indent));
            }
            if let Some((first, depth)) = start
                && line.len() == depth + 1
                && line.trim() == "}"
            {
                assert!(
                    number - first <= 90,
                    "{name}:{}: a function of {} lines",
                    first + 1,
                    number - first
                );
                start = None;
            }
        }
    }
}
