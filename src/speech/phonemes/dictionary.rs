//! The packed English pronouncing dictionary, `assets/voice/words.bin`, made by `scripts/dictionary.py`.
//!
//! It is read where it lies: nothing is unpacked at start, a look-up reads one block of 32 words.

/// The file as it is kept.
pub(in crate::speech) static PACKED: &[u8] = include_bytes!("../../../assets/voice/words.bin");

/// About 178 000 words and how they are said.
pub(super) struct Dictionary {
    /// The symbol of each code.
    alphabet: Vec<char>,
    /// Where each block starts, four bytes each.
    offsets: &'static [u8],
    blocks: &'static [u8],
}

impl Dictionary {
    /// The dictionary that is part of the program.
    pub(super) fn new() -> Self {
        let (alphabet, rest) = PACKED[4..].split_at(2 + usize::from(u16_at(PACKED, 4)));
        let offsets = 4 * u32_at(rest, 4);
        Self {
            alphabet: str::from_utf8(&alphabet[2..])
                .expect("the recipe writes UTF-8")
                .chars()
                .collect(),
            offsets: &rest[8..8 + offsets],
            blocks: &rest[8 + offsets..],
        }
    }

    /// How a word in lower case is said: `default`, or `default|v…|n…` with what is said in other roles.
    pub(super) fn entry(&self, word: &str) -> Option<String> {
        let word = word.as_bytes();
        let after = partition_point(self.offsets.len() / 4, |block| self.first(block) <= word);
        let mut at = self.start(after.checked_sub(1)?);
        let end = if 4 * after < self.offsets.len() {
            self.start(after)
        } else {
            self.blocks.len()
        };
        let mut spelling = Vec::new();
        while at < end {
            let (shared, own) = (
                usize::from(self.blocks[at]),
                usize::from(self.blocks[at + 1]),
            );
            spelling.truncate(shared);
            spelling.extend_from_slice(&self.blocks[at + 2..at + 2 + own]);
            at += 2 + own;
            let said = &self.blocks[at + 1..at + 1 + usize::from(self.blocks[at])];
            if spelling == word {
                return Some(
                    said.iter()
                        .map(|&code| self.alphabet[usize::from(code)])
                        .collect(),
                );
            }
            at += 1 + said.len();
        }
        None
    }

    /// The first word of a block.
    fn first(&self, block: usize) -> &[u8] {
        let at = self.start(block);
        &self.blocks[at + 2..at + 2 + usize::from(self.blocks[at + 1])]
    }

    fn start(&self, block: usize) -> usize {
        u32_at(self.offsets, 4 * block)
    }
}

/// The first index for which `before` does not hold, when it holds for all that come before.
fn partition_point(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut lo, mut hi) = (0, len);
    while lo < hi {
        let middle = lo.midpoint(hi);
        if before(middle) {
            lo = middle + 1
        } else {
            hi = middle
        }
    }
    lo
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(word: &str, expected: Option<&str>) {
        assert_eq!(Dictionary::new().entry(word).as_deref(), expected, "{word}");
    }

    #[test]
    fn words_are_found_where_they_lie() {
        case("shoulder", Some("ʃˈOldəɹ"));
        case("close", Some("klˈOs|vklˈOz|nklˈOz"));
        case("a", Some("A"));
        case("zyrian", Some("zˈɪɹiən"));
        case("suboccipital", None);
        case("", None);
        case("zzzzz", None);
        case("\u{1f9d8}", None);
    }

    #[test]
    fn every_word_of_the_file_is_found() {
        let dictionary = Dictionary::new();
        for block in 0..dictionary.offsets.len() / 4 {
            let first = str::from_utf8(dictionary.first(block)).unwrap();
            assert!(
                dictionary.entry(first).is_some_and(|said| !said.is_empty()),
                "{first}"
            );
        }
    }
}
