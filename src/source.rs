//! A file's text and places in it: byte offsets for machines, lines and columns for people.

use std::ops::Range;

/// The most bytes that a routine may have; what is larger is not read.
pub const SIZE_LIMIT: usize = 1 << 20;

/// A named text. The name is what a person is shown, usually a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What a person is shown, usually the file's path.
    pub name: String,
    /// The whole text, a byte-order mark included, so that offsets are those of the file.
    pub text: String,
}

impl Source {
    /// A text that is already in memory.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// The text of a file.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Unreadable> {
        if bytes.len() > SIZE_LIMIT {
            return Err(Unreadable::TooLarge);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..good]
                    .split(|&byte| byte == b'\n')
                    .count();
                Err(Unreadable::NotUtf8 { line })
            }
        }
    }

    /// The line and column of a byte offset, both from 1, the column in characters. A byte-order mark takes no
    /// column; what is beyond the end is at the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.split('\n').count();
        let column = before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1;
        LineColumn { line, column }
    }
}

/// Why a file's bytes are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unreadable {
    /// More than [`SIZE_LIMIT`].
    #[error("the file is larger than 1 MiB, which no routine needs")]
    TooLarge,
    /// Not UTF-8.
    #[error("line {line} is not UTF-8 text; save the file as plain text in UTF-8")]
    NotUtf8 {
        /// The first line that is not, from 1.
        line: usize,
    },
}

/// A place for people: line and column from 1, the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A stretch of a source in bytes, the end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A stretch from `start` to before `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty stretch before `offset`.
    pub const fn at(offset: u32) -> Self {
        Self {
            start: offset,
            end: offset,
        }
    }

    /// The same stretch to index a text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    #[must_use]
    /// From this stretch's start to the other's end.
    pub const fn until(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, offset: usize, line: usize, column: usize) {
        assert_eq!(
            Source::new("test", text).line_column(offset),
            LineColumn { line, column },
            "{text:?} {offset}"
        );
    }

    #[test]
    fn offsets_become_lines_and_columns() {
        case("", 0, 1, 1);
        case("ab\ncd", 4, 2, 2);
        case("ab\r\ncd", 4, 2, 1);
        case("é“x", 5, 1, 3);
        case("é", 1, 1, 1);
        case("\u{feff}ab", 4, 1, 2);
        case("ab\n", 99, 2, 1);
    }

    #[test]
    fn only_small_utf8_files_are_read() {
        assert_eq!(
            Source::from_bytes("x", b"a\n\xff".to_vec()),
            Err(Unreadable::NotUtf8 { line: 2 })
        );
        assert_eq!(
            Source::from_bytes("x", vec![b' '; SIZE_LIMIT + 1]),
            Err(Unreadable::TooLarge)
        );
        assert!(Source::from_bytes("x", vec![b' '; SIZE_LIMIT]).is_ok());
    }
}
