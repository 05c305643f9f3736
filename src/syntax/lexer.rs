//! Text → tokens. Nothing is lost and nothing fails: what word processors and habits from other languages leave
//! behind is reported with a fix and read as it was meant.

use unicode_ident::{is_xid_continue, is_xid_start};

use super::problem::{self, Problems};
use super::quote;
use super::token::{Token, TokenKind};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::source::Span;

/// The tokens of a text, an [`TokenKind::End`] last, and whether every bracket has its partner.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) balanced: bool,
    pub(super) problems: Problems,
}

/// Cuts a text of less than 4 GiB into tokens.
pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        lexed: Lexed {
            tokens: Vec::with_capacity(text.len() / 3 + 4),
            balanced: true,
            problems: Problems::default(),
        },
        open: Vec::with_capacity(16),
        odd_spaces: Vec::new(),
        no_raw_end: 0,
    };
    lexer.run();
    lexer.lexed
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    lexed: Lexed,
    /// The closing brackets that are due, the next one last.
    open: Vec<TokenKind>,
    odd_spaces: Vec<Span>,
    /// For each number of `#`, as a bit, whether no raw text with so many ends any more.
    no_raw_end: u64,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            let kind = self.token(byte);
            debug_assert!(self.at > start, "every token has a byte");
            self.push(kind, start);
        }
        self.push(TokenKind::End, self.at);
        self.lexed.balanced &= self.open.is_empty();
        self.report_odd_spaces();
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        if let Some(closer) = kind.closer() {
            self.open.push(closer);
        } else if kind.is_closer() {
            self.lexed.balanced &= self.open.pop() == Some(kind);
        }
        self.lexed.tokens.push(Token {
            kind,
            start: start as u32,
        });
    }

    /// Reads one token, leaving `at` behind it.
    fn token(&mut self, first: u8) -> TokenKind {
        let punctuation = match first {
            b'(' => TokenKind::OpenRound,
            b')' => TokenKind::CloseRound,
            b'[' => TokenKind::OpenSquare,
            b']' => TokenKind::CloseSquare,
            b'{' => TokenKind::OpenCurly,
            b'}' => TokenKind::CloseCurly,
            b',' => TokenKind::Comma,
            b':' => TokenKind::Colon,
            b';' => TokenKind::Semicolon,
            b'=' => TokenKind::Equals,
            b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c => return self.space(),
            b'"' => return self.text_token(self.at),
            b'r' if self.raw_text() => return TokenKind::Text,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.word(),
            b'0'..=b'9' => return self.number(),
            b'+' | b'-' | b'.' if self.starts_number(self.at) => return self.number(),
            b'+' | b'-' if self.text[self.at + 1..].starts_with(['i', 'N', 'n']) => {
                // `-inf` and `-NaN`, which are refused where a number is asked for.
                self.at += 1;
                return self.word();
            }
            b'/' => return self.comment(),
            b'#' => return self.hash(),
            b'\'' => return self.letter(),
            _ => return self.other(),
        };
        self.at += 1;
        punctuation
    }

    fn space(&mut self) -> TokenKind {
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c) = self.bytes.get(self.at) {
            self.at += 1;
        }
        TokenKind::Space
    }

    /// A name. One with hyphens in it is one name too, which nothing has: so it is told as what was meant.
    fn word(&mut self) -> TokenKind {
        self.at = self.word_end(self.at);
        while self.bytes.get(self.at) == Some(&b'-')
            && self
                .bytes
                .get(self.at + 1)
                .is_some_and(u8::is_ascii_alphabetic)
        {
            self.at = self.word_end(self.at + 1);
        }
        TokenKind::Word
    }

    fn word_end(&self, mut at: usize) -> usize {
        while let Some(&byte) = self.bytes.get(at) {
            if byte.is_ascii() {
                if !(byte.is_ascii_alphanumeric() || byte == b'_') {
                    break;
                }
                at += 1;
            } else {
                match self.text[at..].chars().next() {
                    Some(letter) if is_xid_continue(letter) => at += letter.len_utf8(),
                    _ => break,
                }
            }
        }
        at
    }

    fn starts_number(&self, at: usize) -> bool {
        let digit = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_digit);
        match self.bytes.get(at) {
            Some(b'+' | b'-') => {
                digit(at + 1) || (self.bytes.get(at + 1) == Some(&b'.') && digit(at + 2))
            }
            Some(b'.') => digit(at + 1),
            _ => digit(at),
        }
    }

    /// A sign, digits, a point, digits, an exponent; then perhaps a unit, which is for the parser to judge.
    fn number(&mut self) -> TokenKind {
        let start = self.at;
        self.at += usize::from(matches!(self.bytes[start], b'+' | b'-'));
        self.digits();
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits();
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            let sign = usize::from(matches!(self.bytes.get(self.at + 1), Some(b'+' | b'-')));
            if self
                .bytes
                .get(self.at + 1 + sign)
                .is_some_and(u8::is_ascii_digit)
            {
                self.at += 1 + sign;
                self.digits();
            }
        }
        self.at = self.unit_end(self.at);
        TokenKind::Number
    }

    /// Where the letters end that are glued to a number.
    fn unit_end(&self, end: usize) -> usize {
        let mut at = if self.text[end..].starts_with('½') {
            end + '½'.len_utf8()
        } else {
            self.word_end(end)
        };
        while self.bytes.get(at) == Some(&b'.')
            && self.bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        {
            at = self.word_end(at + 1);
        }
        at
    }

    fn digits(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    /// `r"…"` or `r#"…"#`; false, and nothing read, for a word that only starts with an r.
    fn raw_text(&mut self) -> bool {
        let hashes = self.bytes[self.at + 1..]
            .iter()
            .take_while(|&&byte| byte == b'#')
            .count();
        let quote = self.at + 1 + hashes;
        if self.bytes.get(quote) != Some(&b'"') {
            return false;
        }
        let closing = format!("\"{}", "#".repeat(hashes));
        let bit = 1_u64.checked_shl(hashes as u32).unwrap_or(0);
        let looked = bit == 0 || self.no_raw_end & bit != 0;
        let found = if looked {
            None
        } else {
            self.text[quote + 1..].find(&closing)
        };
        if let Some(length) = found {
            self.at = quote + 1 + length + closing.len();
        } else {
            self.no_raw_end |= bit;
            let start = self.at;
            self.at = quote::end_of_unclosed(self.text, quote + 1);
            self.lexed.problems.push(quote::unclosed(start, self.at));
        }
        true
    }

    fn text_token(&mut self, start: usize) -> TokenKind {
        let (end, report) = quote::straight(self.text, start);
        self.at = end;
        self.lexed.problems.extend(report);
        TokenKind::Text
    }

    /// `'a'`, or a text that somebody put between single quotes.
    fn letter(&mut self) -> TokenKind {
        if let Some(end) = quote::letter_end(self.text, self.at) {
            self.at = end;
            return TokenKind::Letter;
        }
        let (end, report) = quote::other(self.text, self.at);
        self.at = end;
        self.lexed.problems.extend(report);
        TokenKind::Text
    }

    fn comment(&mut self) -> TokenKind {
        let start = self.at;
        match self.bytes.get(start + 1) {
            Some(b'/') => {
                self.at = self.line_end(start);
                self.report_line_breaks(start);
                TokenKind::LineComment
            }
            Some(b'*') => {
                self.block_comment();
                TokenKind::BlockComment
            }
            _ => self.other(),
        }
    }

    /// Reports what looks like the end of a line in a comment and is none: what stands behind it would not be read.
    fn report_line_breaks(&mut self, start: usize) {
        let comment = self.text[start..self.at].trim_end_matches('\r');
        for (at, sign) in
            comment.match_indices(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        {
            let from = start + at;
            let span = Span::new(from as u32, (from + sign.len()) as u32);
            let report =
                problem::error(problem::ODD_SPACE, span, "this sign does not end the line")
                    .label("a comment goes on behind it");
            self.lexed
                .problems
                .push(report.fix("end the line", vec![Edit::new(span, "\n")]));
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |length| at + length)
    }

    fn block_comment(&mut self) {
        let start = self.at;
        self.at += 2;
        let mut level = 1;
        while level > 0 {
            match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(b'*'), Some(b'/')) => {
                    level -= 1;
                    self.at += 2;
                }
                (Some(b'/'), Some(b'*')) => {
                    level += 1;
                    self.at += 2;
                }
                (Some(_), _) => self.at += 1,
                (None, _) => {
                    // It was meant for its line; what follows is read.
                    self.at = self.line_end(start);
                    let span = Span::new(start as u32, start as u32 + 2);
                    self.lexed.problems.error(
                        problem::BRACKET,
                        span,
                        "this `/*` has no `*/` that ends it",
                    );
                    return;
                }
            }
        }
    }

    /// `#` starts a comment in other languages, and a setting of the `ron` crate.
    fn hash(&mut self) -> TokenKind {
        let start = self.at;
        self.at = self.line_end(start);
        if self.text[start..].starts_with("#!") || self.text[start..].starts_with("#[") {
            let span = Span::new(start as u32, self.at as u32);
            self.lexed.problems.push(
                problem::error(
                    problem::STRAY,
                    span,
                    "a routine needs no line that starts with `#!`",
                )
                .fix("take the line away", vec![Edit::new(span, "")]),
            );
        } else {
            let span = Span::new(start as u32, start as u32 + 1);
            self.lexed.problems.push(
                problem::error(problem::STRAY, span, "a comment starts with `//`")
                    .fix("write `//`", vec![Edit::new(span, "//")]),
            );
        }
        TokenKind::Ignored
    }

    /// What is not ASCII, and what is no token at all.
    fn other(&mut self) -> TokenKind {
        let start = self.at;
        let Some(letter) = self.text[start..].chars().next() else {
            return TokenKind::Stray;
        };
        let span = Span::new(start as u32, (start + letter.len_utf8()) as u32);
        match letter {
            '\u{feff}' if start == 0 => {
                self.at = span.end as usize;
                let note = Diagnostic::at(
                    problem::BYTE_ORDER_MARK,
                    Level::Note,
                    Span::at(0),
                    "the file starts with an invisible byte-order mark",
                );
                self.lexed
                    .problems
                    .push(note.fix("take it away", vec![Edit::new(span, "")]));
                TokenKind::Space
            }
            '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' => {
                self.at = span.end as usize;
                TokenKind::Space
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '`' => {
                let (end, report) = quote::other(self.text, start);
                self.at = end;
                self.lexed.problems.extend(report);
                TokenKind::Text
            }
            '−' | '–' | '‒' if self.starts_number(span.end as usize) => {
                // A dash between two numbers is for the parser to judge.
                if self
                    .lexed
                    .tokens
                    .last()
                    .is_none_or(|last| last.kind != TokenKind::Number)
                {
                    self.lexed.problems.push(
                        problem::error(problem::UNIT, span, "this is a dash, not a minus sign")
                            .fix("write `-`", vec![Edit::new(span, "-")]),
                    );
                }
                self.at = span.end as usize;
                self.number()
            }
            _ if is_xid_start(letter) => self.word(),
            _ if is_odd_space(letter) => {
                self.at = span.end as usize;
                self.odd_spaces.push(span);
                TokenKind::Space
            }
            _ => {
                self.at = span.end as usize;
                let shown = if letter.is_control() {
                    letter.escape_unicode().to_string()
                } else {
                    letter.to_string()
                };
                self.lexed.problems.error(
                    problem::STRAY,
                    span,
                    format!("`{shown}` has no meaning here"),
                );
                TokenKind::Ignored
            }
        }
    }

    /// One diagnostic for all of them: a pasted file may have hundreds.
    fn report_odd_spaces(&mut self) {
        let Some(&first) = self.odd_spaces.first() else {
            return;
        };
        // More are fixed by asking again; a report stays small.
        let edits = self
            .odd_spaces
            .iter()
            .take(1000)
            .map(|&span| Edit::new(span, if self.has_width(span) { " " } else { "" }));
        let mut report = problem::error(problem::ODD_SPACE, first, "this is not an ordinary space")
            .label("word processors put it here")
            .fix("use ordinary spaces", edits.collect());
        if self.odd_spaces.len() > 1 {
            report = report.note(format!(
                "there are {} of them in the file",
                self.odd_spaces.len()
            ));
        }
        self.lexed.problems.push(report);
    }

    fn has_width(&self, span: Span) -> bool {
        !matches!(
            &self.text[span.range()],
            "\u{feff}" | "\u{200b}" | "\u{200c}" | "\u{200d}" | "\u{2060}" | "\u{ad}"
        )
    }
}

fn is_odd_space(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}'
        )
}
