//! Numbers as words.

const UNDER_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const THOUSANDS: [(u64, &str); 4] = [
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// A whole number as it is written; one that is too long to grasp, or starts with 0, digit by digit.
pub(super) fn digits(written: &str) -> String {
    let by_name = written.len() <= 15 && (written.len() == 1 || !written.starts_with('0'));
    match written.parse() {
        Ok(number) if by_name => cardinal(number),
        _ => one_by_one(written),
    }
}

/// Each digit by its name.
pub(super) fn one_by_one(written: &str) -> String {
    let names = written
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .map(|digit| UNDER_TWENTY[digit as usize]);
    names.collect::<Vec<_>>().join(" ")
}

/// A whole number: `two hundred forty`.
pub(super) fn cardinal(number: u64) -> String {
    if number < 20 {
        return UNDER_TWENTY[number as usize].to_owned();
    }
    if number < 100 {
        return joined(TENS[number as usize / 10].to_owned(), number % 10);
    }
    if number < 1000 {
        return joined(format!("{} hundred", cardinal(number / 100)), number % 100);
    }
    let &(size, name) = THOUSANDS
        .iter()
        .find(|(size, _)| number >= *size)
        .expect("it is at least a thousand");
    joined(format!("{} {name}", cardinal(number / size)), number % size)
}

/// A whole number in order: `twenty third`.
pub(super) fn ordinal(number: u64) -> String {
    let words = cardinal(number);
    let (before, last) = words.rsplit_once(' ').unwrap_or(("", &words));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        ty if ty.ends_with('y') => format!("{}ieth", ty.trim_end_matches('y')),
        other => format!("{other}th"),
    };
    format!("{before} {last}").trim_start().to_owned()
}

/// A time of day: `seven thirty`, `nine oh five`, `eight o'clock`.
pub(super) fn clock(hours: u64, minutes: u64) -> String {
    match minutes {
        0 => format!("{} o'clock", cardinal(hours)),
        1..=9 => format!("{} oh {}", cardinal(hours), cardinal(minutes)),
        _ => format!("{} {}", cardinal(hours), cardinal(minutes)),
    }
}

fn joined(words: String, rest: u64) -> String {
    if rest == 0 {
        words
    } else {
        format!("{words} {}", cardinal(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_names() {
        assert_eq!(digits("0"), "zero");
        assert_eq!(digits("45"), "forty five");
        assert_eq!(digits("110"), "one hundred ten");
        assert_eq!(digits("1200"), "one thousand two hundred");
        assert_eq!(digits("007"), "zero zero seven");
        assert_eq!(digits("1000000"), "one million");
        assert_eq!(digits(&"9".repeat(40)), vec!["nine"; 40].join(" "));
    }

    #[test]
    fn numbers_have_an_order() {
        for (number, name) in [
            (1, "first"),
            (3, "third"),
            (12, "twelfth"),
            (20, "twentieth"),
            (42, "forty second"),
        ] {
            assert_eq!(ordinal(number), name);
        }
    }

    #[test]
    fn times_of_day() {
        assert_eq!(clock(7, 30), "seven thirty");
        assert_eq!(clock(9, 5), "nine oh five");
        assert_eq!(clock(8, 0), "eight o'clock");
    }
}
