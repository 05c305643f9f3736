//! Numbers as they are written, and as they were meant.

/// A minus sign, and what word processors make of it.
pub(super) const DASHES: [char; 4] = ['-', '−', '–', '‒'];

/// Fields in seconds, whatever they are in.
const IN_SECONDS: &[&str] = &[
    "after",
    "at",
    "before_end",
    "bell",
    "between",
    "breath",
    "each",
    "ease",
    "estimate",
    "last",
    "lead",
    "length",
    "pass",
    "pattern",
    "push",
    "ramp",
    "release",
    "rest",
    "seconds",
    "set_up",
    "stretch",
    "switch",
    "tense",
    "time_out",
];

/// Fields in what the field is in that they are a part of: `min` is seconds in a `length` and rounds in `times`.
const PARTS: &[&str] = &[
    "min", "ideal", "max", "inhale", "top_up", "hold", "exhale", "empty",
];

/// The value of a plain number such as `30`, `4.5` or `-1e3`; infinite where it is too large.
pub(crate) fn plain(text: &str) -> Option<f64> {
    text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
        .then(|| text.parse().ok())
        .flatten()
}

/// The value that was meant by what has been reported already: `30s`, `4,5`, `1:30`, `−5`.
pub(crate) fn meant(text: &str) -> Option<f64> {
    if let Some(value) = plain(text) {
        return Some(value);
    }
    if let Some(positive) = text.strip_prefix(&DASHES[1..]) {
        return meant(positive).map(|value| -value);
    }
    if let Some((minutes, seconds)) = text.split_once(':') {
        return clock(minutes, seconds);
    }
    if let Some((whole, fraction)) = text.split_once(',') {
        return plain(&format!("{whole}.{fraction}"));
    }
    let unit = text.find(|letter: char| letter.is_alphabetic() || letter == '½')?;
    without_unit(&text[..unit], &text[unit..])?.parse().ok()
}

/// Minutes and seconds in seconds: `1:30` is 90.
pub(crate) fn clock(minutes: &str, seconds: &str) -> Option<f64> {
    let (minutes, seconds): (u32, f64) = (minutes.parse().ok()?, seconds.parse().ok()?);
    (seconds < 60.0).then_some(f64::from(minutes) * 60.0 + seconds)
}

/// A number with a unit glued to it, as a plain number; minutes become seconds. `None` for a unit that nobody knows.
pub(super) fn without_unit(number: &str, unit: &str) -> Option<String> {
    let value = plain(number)?;
    let value = match unit.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "cm" | "db" | "x" | "times" | "breaths" => {
            value
        }
        "m" | "min" | "mins" | "minute" | "minutes" => value * 60.0,
        "½" => value + 0.5,
        _ => return None,
    };
    Some(value.to_string())
}

/// A number as it is written, without the unit that is glued to it.
pub(super) fn without_letters(text: &str) -> &str {
    text.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '½')
}

/// Whether a field holds seconds, or a group of them.
pub(super) fn is_in_seconds(field: &str) -> bool {
    IN_SECONDS.contains(&field)
}

/// Whether a field is one of several numbers that another field holds.
pub(super) fn is_part(field: &str) -> bool {
    PARTS.contains(&field)
}

/// Whether a unit is certainly one of time.
pub(super) fn is_of_time(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    unit != "m" && unit.starts_with(['s', 'm'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<f64>) {
        assert_eq!(meant(text), expected, "{text}");
    }

    #[test]
    fn what_was_meant_is_understood() {
        case("30", Some(30.0));
        case("-4.5", Some(-4.5));
        case("30s", Some(30.0));
        case("2min", Some(120.0));
        case("1½", Some(1.5));
        case("4,5", Some(4.5));
        case("1:30", Some(90.0));
        case("−5", Some(-5.0));
        case("30q", None);
        case("1:75", None);
        case("inf", None);
        case("NaN", None);
    }
}
