//! One word after another, each said as its neighbours ask.

use std::collections::BTreeMap;

use super::{Reader, stress};

/// What stands around a word in its clause.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    /// The word before, in lower case; empty at the start.
    before: &'a str,
    /// The word after, in lower case; empty at the end.
    after: &'a str,
    /// Whether what follows begins with a vowel; `None` at the end.
    vowel: Option<bool>,
}

type Respell = BTreeMap<String, String>;

impl Reader {
    /// The words of a clause as phonemes with spaces between; `respell` has words in lower case.
    pub(super) fn clause(&self, words: &[String], respell: &Respell) -> String {
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let mut said: Vec<String> = Vec::new();
        let mut vowel = None;
        for (index, word) in words.iter().enumerate().rev() {
            let around = Around {
                before: index.checked_sub(1).map_or("", |before| &lower[before]),
                after: lower.get(index + 1).map_or("", String::as_str),
                vowel,
            };
            let sound = match respell
                .get(&lower[index])
                .or_else(|| self.respelled.get(&lower[index]))
            {
                Some(how) => self.respelling(how),
                None => self.word(word, around),
            };
            vowel = stress::begins_with_vowel(&sound).or(vowel);
            said.push(sound);
        }
        said.reverse();
        said.retain(|word| !word.is_empty());
        // The voice was taught with these two: a flapped t is T, a stopped one is t.
        said.join(" ").replace('ɾ', "T").replace('ʔ', "t")
    }

    /// A word by itself, as it would be said in a list.
    pub(super) fn alone(&self, word: &str) -> String {
        self.clause(&[word.to_owned()], &Respell::new())
    }

    /// Whether a word is said by a rule or a dictionary, not by the network.
    pub(super) fn knows(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        is_capitals(word)
            || self.respelled.contains_key(&lower)
            || self.dictionary.entry(&lower).is_some()
            || self.inflected(&lower).is_some()
    }

    /// `/phonemes/` as they are; else plain letters: spaces part words, hyphens syllables, the one in capitals is stressed.
    fn respelling(&self, how: &str) -> String {
        if let Some(phonemes) = how
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'))
        {
            return phonemes.to_owned();
        }
        let word = |word: &str| -> String {
            let stressed = word.split('-').any(is_capitals);
            let syllable = |part: &str| {
                let said = self.known_or_read(&part.to_lowercase(), Around::default());
                match (stressed, is_capitals(part)) {
                    (true, true) => stress::emphasised(&stress::flat(&said)),
                    (true, false) => stress::flat(&said),
                    (false, _) => said,
                }
            };
            word.split('-').map(syllable).collect()
        };
        how.split_whitespace()
            .map(word)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn word(&self, written: &str, around: Around<'_>) -> String {
        let lower = written.to_lowercase();
        if let Some(said) = by_neighbours(written, &lower, around) {
            return said.to_owned();
        }
        if lower.contains('-') && self.dictionary.entry(&lower).is_none() {
            let parts = lower
                .split('-')
                .map(|part| self.known_or_read(part, around));
            return stress::compound(&parts.collect::<Vec<_>>());
        }
        if is_capitals(written) {
            return match self.known(&lower, around) {
                Some(said) => stress::emphasised(&said),
                None => self.letters(&lower),
            };
        }
        let said = self.known_or_read(&lower, around);
        if written.starts_with(char::is_uppercase) {
            stress::lifted(said)
        } else {
            said
        }
    }

    fn known_or_read(&self, lower: &str, around: Around<'_>) -> String {
        self.known(lower, around)
            .unwrap_or_else(|| self.unknown().read(lower, &self.options))
    }

    /// By the dictionary, with or without an ending.
    fn known(&self, lower: &str, around: Around<'_>) -> Option<String> {
        self.listed(lower, around).or_else(|| self.inflected(lower))
    }

    fn listed(&self, lower: &str, around: Around<'_>) -> Option<String> {
        self.dictionary
            .entry(lower)
            .map(|entry| variant(&entry, lower, around).to_owned())
    }

    /// A word whose stem is listed: `-s`, `-'s`, `-ed`, `-ing`.
    fn inflected(&self, lower: &str) -> Option<String> {
        let stem = |stems: &[String]| -> Option<String> {
            let around = Around {
                before: "to",
                after: "it",
                vowel: None,
            };
            stems
                .iter()
                .filter(|stem| stem.len() > 1)
                .find_map(|stem| self.listed(stem, around))
        };
        if let Some(base) = lower
            .strip_suffix("'s")
            .or_else(|| lower.strip_suffix('\''))
        {
            return stem(&[base.to_owned()]).map(|said| {
                if lower.ends_with('s') {
                    with_s(&said)
                } else {
                    said
                }
            });
        }
        if let Some(base) = lower.strip_suffix("ies") {
            return stem(&[format!("{base}y"), format!("{base}ie")]).map(|said| with_s(&said));
        }
        if let Some(base) = lower.strip_suffix('s').filter(|base| !base.ends_with('s')) {
            let without_e = base.strip_suffix('e').unwrap_or_default().to_owned();
            return stem(&[base.to_owned(), without_e]).map(|said| with_s(&said));
        }
        if let Some(base) = lower.strip_suffix("ied") {
            return stem(&[format!("{base}y")]).map(|said| with_ed(&said));
        }
        if let Some(base) = lower.strip_suffix("ed") {
            return stem(&[format!("{base}e"), base.to_owned(), undoubled(base)])
                .map(|said| with_ed(&said));
        }
        let base = lower.strip_suffix("ing")?;
        stem(&[base.to_owned(), format!("{base}e"), undoubled(base)]).map(|said| with_ing(&said))
    }

    /// The names of the letters, in one word.
    fn letters(&self, lower: &str) -> String {
        let names = lower.chars().filter(|c| c.is_alphabetic());
        let names =
            names.map(
                |letter| match self.dictionary.entry(letter.encode_utf8(&mut [0; 4])) {
                    Some(name) => name,
                    None => self
                        .unknown()
                        .read(letter.encode_utf8(&mut [0; 4]), &self.options),
                },
            );
        stress::spelled(&names.collect::<Vec<_>>())
    }
}

fn is_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '\'')
}

/// Words that sound as their neighbours ask.
fn by_neighbours(written: &str, lower: &str, around: Around<'_>) -> Option<&'static str> {
    Some(match lower {
        "a" if written == "a" || !around.after.is_empty() => "ɐ",
        "an" => "ɐn",
        "the" if around.vowel == Some(true) => "ði",
        "the" => "ðə",
        "to" => match around.vowel {
            Some(true) => "tʊ",
            Some(false) => "tə",
            None => "tu",
        },
        "in" if around.vowel.is_none() => "ˈɪn",
        "in" => "ɪn",
        "am" if around.vowel.is_some() => "ɐm",
        "i" if !around.after.is_empty() => "ˌI",
        "used" if around.after == "to" => "jˈust",
        "close" if matches!(around.after, "to" | "by" | "enough") => "klˈOs",
        _ => return None,
    })
}

/// What is said of an entry in this place.
fn variant<'a>(entry: &'a str, word: &str, around: Around<'_>) -> &'a str {
    let mut variants = entry.split('|');
    let usual = variants.next().unwrap_or_default();
    let variants: Vec<(&str, &str)> = variants
        .filter_map(|variant| variant.split_at_checked(1))
        .collect();
    let find = |kind| {
        variants
            .iter()
            .find(|(of, _)| *of == kind)
            .map(|(_, said)| *said)
    };
    let kinds: &[&str] = if word == "that" {
        if stands_for_something(around) {
            &["t"]
        } else {
            &[]
        }
    } else if around.after.is_empty() && find("e").is_some() {
        &["e"]
    } else if AFTER_THESE_PAST.contains(&around.before) {
        &["p", "a"]
    } else if AFTER_THESE_NOUN.contains(&around.before) || around.before.ends_with("'s") {
        if around.after.is_empty() {
            &["n"]
        } else {
            &["a", "n"]
        }
    } else if AFTER_THESE_VERB.contains(&around.before) || around.before.ends_with("ly") {
        &["v"]
    } else {
        &[]
    };
    kinds.iter().find_map(|kind| find(kind)).unwrap_or(usual)
}

/// Whether "that" points at something ("if that feels right") and does not join ("the breath that is here").
fn stands_for_something(around: Around<'_>) -> bool {
    around.after.is_empty()
        || around.before.is_empty()
        || BEFORE_POINTING_THAT.contains(&around.before)
}

/// After these comes a verb; a clause without a word before is a request: "Close your eyes".
const AFTER_THESE_VERB: &[&str] = &[
    "", "to", "you", "we", "they", "i", "can", "may", "will", "should", "could", "would", "might",
    "must", "not", "don't", "let", "and", "or", "then", "now", "please", "just", "never", "always",
];
/// After these comes a noun, or an adjective before one.
const AFTER_THESE_NOUN: &[&str] = &[
    "the", "a", "an", "your", "my", "his", "her", "its", "our", "their", "this", "each", "every",
    "no", "some", "any", "of", "for", "with", "more", "less", "one", "two", "three", "first",
    "second", "next", "last", "same", "other", "from", "in", "on", "into",
];
/// After these comes a past form or an adjective.
const AFTER_THESE_PAST: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "feels",
];
const BEFORE_POINTING_THAT: &[&str] = &[
    "if", "when", "and", "or", "at", "of", "than", "like", "with", "for", "on", "in", "to", "let",
    "is", "do", "use", "after", "before", "about", "keep", "hold", "repeat", "from",
];

/// After these vowels an American t is flapped before another vowel.
const FLAPPING: &str = "AIOWYiuæɑəɛɪɹʊʌ";

fn with_s(stem: &str) -> String {
    match stem.chars().last() {
        Some('p' | 't' | 'k' | 'f' | 'θ') => format!("{stem}s"),
        Some('s' | 'z' | 'ʃ' | 'ʒ' | 'ʧ' | 'ʤ') => format!("{stem}ᵻz"),
        _ => format!("{stem}z"),
    }
}

fn with_ed(stem: &str) -> String {
    match stem.chars().last() {
        Some('p' | 'k' | 'f' | 'θ' | 'ʃ' | 's' | 'ʧ') => format!("{stem}t"),
        Some('d') => format!("{stem}ᵻd"),
        Some('t') => format!("{}ᵻd", flapped(stem)),
        _ => format!("{stem}d"),
    }
}

fn with_ing(stem: &str) -> String {
    format!("{}ɪŋ", flapped(stem))
}

/// With a flapped t at the end, where there is a t after a vowel.
fn flapped(stem: &str) -> String {
    match stem.strip_suffix('t') {
        Some(before) if before.ends_with(|c| FLAPPING.contains(c)) => format!("{before}ɾ"),
        _ => stem.to_owned(),
    }
}

/// `stopp` as `stop`; empty where the last two letters differ.
fn undoubled(base: &str) -> String {
    let mut letters = base.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before => {
            base[..base.len() - last.len_utf8()].to_owned()
        }
        _ => String::new(),
    }
}
