//! Stress marks in a pronunciation: `ˈ` and `ˌ`, right before the vowel.

const MAIN: char = 'ˈ';
const SIDE: char = 'ˌ';

/// Whether a symbol is a vowel that can carry stress.
pub(super) fn is_vowel(symbol: char) -> bool {
    "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ".contains(symbol)
}

fn is_consonant(symbol: char) -> bool {
    "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ".contains(symbol)
}

/// Whether it begins with a vowel; `None` where no symbol tells.
pub(super) fn begins_with_vowel(said: &str) -> Option<bool> {
    said.chars()
        .find(|&c| is_vowel(c) || is_consonant(c))
        .map(is_vowel)
}

/// Side stress on the first vowel of what has no stress, as at the start of a sentence.
pub(super) fn lifted(said: String) -> String {
    if said.contains([MAIN, SIDE]) {
        said
    } else {
        marked(&said, SIDE)
    }
}

/// Main stress in any case, as on a word in capitals.
pub(super) fn emphasised(said: &str) -> String {
    if said.contains(MAIN) {
        said.to_owned()
    } else if said.contains(SIDE) {
        said.replace(SIDE, "ˈ")
    } else {
        marked(said, MAIN)
    }
}

/// Main stress becomes side stress.
pub(super) fn weakened(said: &str) -> String {
    said.replace(SIDE, "").replace(MAIN, "ˌ")
}

/// No stress at all.
pub(super) fn flat(said: &str) -> String {
    said.replace([MAIN, SIDE], "")
}

/// The parts of a compound as one word: its lighter half gives up its main stress.
pub(super) fn compound(parts: &[String]) -> String {
    let weight = |said: &String| {
        let sounds: usize = said
            .chars()
            .map(|c| if "AIOQWYʤʧ".contains(c) { 2 } else { 1 })
            .sum();
        (said.contains(MAIN), sounds)
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| weight(&parts[index]));
    let light = &order[..parts.len() / 2];
    let said = |(index, part): (usize, &String)| {
        if light.contains(&index) {
            weakened(part)
        } else {
            part.clone()
        }
    };
    parts.iter().enumerate().map(said).collect()
}

/// Names of letters as one word, the last one stressed.
pub(super) fn spelled(letters: &[String]) -> String {
    let Some((last, before)) = letters.split_last() else {
        return String::new();
    };
    before
        .iter()
        .map(|name| lifted(weakened(name)))
        .chain([emphasised(last)])
        .collect()
}

fn marked(said: &str, mark: char) -> String {
    match said.find(is_vowel) {
        Some(vowel) => format!("{}{mark}{}", &said[..vowel], &said[vowel..]),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stress_stands_before_the_vowel() {
        assert_eq!(lifted("ænd".to_owned()), "ˌænd");
        assert_eq!(lifted("jʊɹ".to_owned()), "jˌʊɹ");
        assert_eq!(lifted("lˈɛt".to_owned()), "lˈɛt");
        assert_eq!(emphasised("ˌɔn"), "ˈɔn");
        assert_eq!(lifted("hm".to_owned()), "hm");
    }

    #[test]
    fn a_compound_has_one_main_stress() {
        assert_eq!(
            compound(&["ˈWt".to_owned(), "bɹˈɛθ".to_owned()]),
            "ˌWtbɹˈɛθ"
        );
        assert_eq!(
            compound(&["lˈIt".to_owned(), "hˈɛdᵻd".to_owned()]),
            "lˌIthˈɛdᵻd"
        );
    }
}
