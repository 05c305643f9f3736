//! Small grammar for messages: counted nouns, lists in a sentence, and the name that was probably meant.

use std::fmt;

/// A number with its noun, in the plural unless there is exactly one: `1 error`, `3 errors`.
#[derive(Clone, Copy, Debug)]
pub struct Count<'a>(pub usize, pub &'a str);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}{}",
            self.0,
            self.1,
            if self.0 == 1 { "" } else { "s" }
        )
    }
}

/// Names in a sentence, each in backticks: `` `a`, `b` or `c` ``.
#[derive(Clone, Copy, Debug)]
pub struct List<'a, T> {
    items: &'a [T],
    last: &'static str,
}

impl<'a, T> List<'a, T> {
    /// A list to choose from.
    pub fn or(items: &'a [T]) -> Self {
        Self { items, last: "or" }
    }

    /// A list of things that all apply.
    pub fn and(items: &'a [T]) -> Self {
        Self { items, last: "and" }
    }
}

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 && index + 1 == self.items.len() {
                write!(f, " {} ", self.last)?;
            } else if index > 0 {
                write!(f, ", ")?;
            }
            write!(f, "`{item}`")?;
        }
        Ok(())
    }
}

/// A text that a terminal shows and does not obey: what would move the cursor, or turn the direction of writing, is shown
/// as a picture or by its number. Lines stay lines.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + u32::from(letter))),
            '\x7f' => shown.push('␡'),
            '\u{80}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(letter.escape_unicode())
            }
            _ => shown.push(letter),
        }
    }
    shown
}

/// The noun with its article: `an area`, `a tool`.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// A name in camel or snake case as lower-case words: `BackOfShoulder` → `back of shoulder`.
pub fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter == '_' {
            words.push(' ');
        } else {
            if letter.is_uppercase() && !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        }
    }
    words
}

/// A text as it is shown inside a sentence: its first line, and at most 40 characters of it.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The known name that was probably meant by `written`, if one is near enough: the same but for case, spaces and
/// hyphens, or one wrong letter for every three, or its beginning, or the same beginning for half of it.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = folded(written);
    let length = written.chars().count();
    if length > 60 {
        return None;
    }
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .filter_map(|name| {
            let known = folded(name);
            let distance = strsim::damerau_levenshtein(&written, &known);
            let alike = written
                .chars()
                .zip(known.chars())
                .take_while(|(a, b)| a == b)
                .count();
            if distance <= allowed && distance < length {
                Some((distance, name))
            } else if length >= 2 && alike == length {
                Some((allowed + 1, name))
            } else {
                (alike >= 5 && 2 * alike >= known.chars().count()).then_some((allowed + 2, name))
            }
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Whether two names differ in case, spaces and hyphens at most.
pub fn is_same_name(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists_read_as_sentences() {
        assert_eq!(Count(1, "error").to_string(), "1 error");
        assert_eq!(Count(0, "note").to_string(), "0 notes");
        assert_eq!(List::or(&["a"]).to_string(), "`a`");
        assert_eq!(List::or(&["a", "b", "c"]).to_string(), "`a`, `b` or `c`");
        assert_eq!(List::and(&["a", "b"]).to_string(), "`a` and `b`");
        assert_eq!(with_article("area"), "an area");
        assert_eq!(words("BackOfShoulder"), "back of shoulder");
        assert_eq!(words("set_up"), "set up");
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened("two\nlines"), "two…");
        assert_eq!(shortened(&"x".repeat(50)), "x".repeat(40) + "…");
    }

    #[track_caller]
    fn case(written: &str, expected: Option<&str>) {
        let known = [
            "Neck",
            "Shoulders",
            "SkullBase",
            "LowBack",
            "Hips",
            "HipFlexors",
            "T1",
        ];
        assert_eq!(nearest(written, known), expected, "{written}");
    }

    #[test]
    fn the_nearest_name_is_found() {
        case("neck", Some("Neck"));
        case("Sholders", Some("Shoulders"));
        case("skull-base", Some("SkullBase"));
        case("Hip", Some("Hips"));
        case("HipFlex", Some("HipFlexors"));
        case("t2", Some("T1"));
        case("Shouldering", Some("Shoulders"));
        case("Elbow", None);
        case("x", None);
        case("", None);
        assert!(is_same_name("skull-base", "SkullBase") && !is_same_name("Hip", "Hips"));
    }

    #[test]
    fn nothing_in_a_text_is_obeyed() {
        assert_eq!(visible("a\nb\tc – é"), "a\nb\tc – é");
        assert_eq!(visible("\x1b[2J\r\x07\x7f\0"), "␛[2J␍␇␡␀");
        assert_eq!(
            visible("\u{9b}2J \u{202e}evil\u{2066}"),
            "\\u{9b}2J \\u{202e}evil\\u{2066}"
        );
    }
}
