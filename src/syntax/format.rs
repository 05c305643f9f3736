//! The canonical layout of a file. A bracket whose content the author put on lines of its own stays so; what is on one
//! line stays there if it fits. Comments and blank lines between items are kept, one blank line at most.

use super::Tree;
use super::token::TokenKind;

/// The longest line that a bracket may be on, in characters.
pub const WIDTH: usize = 160;

/// How far the content of a bracket is indented.
const INDENT: &str = "    ";

/// The text in its canonical layout; as it is where the writing has an error.
pub fn format(tree: &Tree) -> String {
    if !tree.is_well_formed() {
        return tree.text.clone();
    }
    let mut formatter = Formatter {
        tree,
        broken: broken(tree),
        out: String::with_capacity(tree.text.len() + 64),
        line_start: 0,
        open: Vec::new(),
        before: None,
        value_end: 0,
        comma: false,
        gap: Gap::default(),
        comment: None,
    };
    for token in 0..tree.tokens.len() {
        formatter.token(token);
    }
    formatter.out
}

/// For each opening bracket, whether its content stands on lines of its own.
fn broken(tree: &Tree) -> Vec<bool> {
    let mut broken = vec![false; tree.tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (token, kind) in tree.tokens.iter().map(|token| token.kind).enumerate() {
        let text = || &tree.text[tree.token_span(token).range()];
        let breaks = match kind {
            TokenKind::LineComment => true,
            TokenKind::BlockComment => text().contains('\n'),
            TokenKind::Space => {
                let after_open = token
                    .checked_sub(1)
                    .is_some_and(|before| tree.tokens[before].kind.closer().is_some());
                let empty = tree.tokens[token + 1].kind.is_closer();
                after_open && !empty && text().contains('\n')
            }
            _ => false,
        };
        if kind.closer().is_some() {
            open.push(token);
        } else if breaks {
            for &open in &open {
                broken[open] = true;
            }
        } else if kind.is_closer() {
            open.pop();
        }
    }
    broken
}

/// The line ends between two tokens.
#[derive(Clone, Copy, Default)]
struct Gap {
    newline: bool,
    blank: bool,
}

struct Formatter<'a> {
    tree: &'a Tree,
    broken: Vec<bool>,
    out: String,
    /// Where the last line of `out` starts.
    line_start: usize,
    /// The brackets around the next token.
    open: Vec<usize>,
    /// The last token that is no space, comment or comma.
    before: Option<TokenKind>,
    /// Where it ends in `out`: a comma goes there, in front of comments.
    value_end: usize,
    /// Whether a comma has been read that is not written yet.
    comma: bool,
    gap: Gap,
    /// The comment that was written last, if nothing followed it yet.
    comment: Option<TokenKind>,
}

impl Formatter<'_> {
    fn token(&mut self, token: usize) {
        let kind = self.tree.tokens[token].kind;
        let text = &self.tree.text[self.tree.token_span(token).range()];
        match kind {
            TokenKind::Space => {
                let newlines = text.bytes().filter(|&byte| byte == b'\n').take(2).count();
                self.gap = Gap {
                    newline: newlines > 0,
                    blank: newlines > 1,
                };
                return;
            }
            TokenKind::Ignored => {}
            TokenKind::LineComment | TokenKind::BlockComment => self.comment(kind, text),
            TokenKind::Comma => self.comma = true,
            TokenKind::End => self.end(),
            _ => self.significant(token, kind, text),
        }
        self.gap = Gap::default();
    }

    fn is_broken(&self) -> bool {
        self.open.last().is_none_or(|&open| self.broken[open])
    }

    fn newline(&mut self, depth: usize, blank: bool) {
        if self.out.is_empty() {
            return;
        }
        self.out.push_str(if blank { "\n\n" } else { "\n" });
        self.line_start = self.out.len();
        for _ in 0..depth {
            self.out.push_str(INDENT);
        }
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    /// Puts the comma behind the last value, in front of comments that follow it.
    fn write_comma(&mut self) {
        self.out.insert(self.value_end, ',');
        if self.line_start > self.value_end {
            self.line_start += 1;
        }
        self.comma = false;
    }

    fn comment(&mut self, kind: TokenKind, text: &str) {
        let own_line =
            self.gap.newline && self.is_broken() || self.comment == Some(TokenKind::LineComment);
        let depth = self.open.len() + usize::from(self.before == Some(TokenKind::Colon));
        if own_line || self.out.is_empty() {
            let after_open = self.comment.is_none()
                && self.before.is_some_and(|before| before.closer().is_some());
            self.newline(depth, self.gap.blank && !after_open);
        } else if self.before.is_some_and(|before| before.closer().is_none())
            || kind == TokenKind::LineComment
            || self.comment.is_some()
        {
            self.space();
        }
        self.out.push_str(text.trim_end());
        self.comment = Some(kind);
    }

    fn significant(&mut self, token: usize, kind: TokenKind, text: &str) {
        let closes = kind.is_closer();
        let empty = closes
            && self.before.is_some_and(|before| before.closer().is_some())
            && self.comment.is_none();
        let broken = self.is_broken();
        if closes && broken && !empty && self.before.is_some_and(|before| before.closer().is_none())
            || self.comma && !closes
        {
            self.write_comma();
        }
        let item =
            self.before.is_some_and(|before| before.closer().is_some()) || self.ends_with_item();
        let after_open =
            self.before.is_some_and(|before| before.closer().is_some()) && self.comment.is_none();
        self.comma = false;
        if closes {
            self.open.pop();
        }
        let depth = self.open.len() + usize::from(self.before == Some(TokenKind::Colon));
        if empty || self.out.is_empty() {
            // Nothing stands between.
        } else if self.comment == Some(TokenKind::LineComment)
            || (broken && (closes || item))
            || (broken && self.comment.is_some() && self.gap.newline)
        {
            self.newline(depth, self.gap.blank && !closes && !after_open);
        } else if !self.touches(kind) {
            self.space();
        }
        if kind.closer().is_some() {
            self.broken[token] |= !self.fits(token);
            self.open.push(token);
        }
        self.out.push_str(text);
        if text.contains('\n') {
            self.line_start = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        }
        self.value_end = self.out.len();
        self.before = Some(kind);
        self.comment = None;
    }

    /// Whether nothing stands between what was written and this token, on one line.
    fn touches(&self, kind: TokenKind) -> bool {
        let after_open = self.before.is_some_and(|before| before.closer().is_some());
        let named = self.before == Some(TokenKind::Word) && kind == TokenKind::OpenRound;
        kind.is_closer()
            || kind == TokenKind::Colon
            || self.comment.is_none() && (after_open || named)
    }

    /// Whether a comma was just written, so that the next token begins an item.
    fn ends_with_item(&self) -> bool {
        self.out[self.value_end..].starts_with(',')
    }

    fn end(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Whether a bracket and all in it fit on the line that it begins on.
    fn fits(&self, open: usize) -> bool {
        let mut width = self.out[self.line_start..].chars().count() + 1;
        let mut depth = 0_usize;
        for (token, kind) in self
            .tree
            .tokens
            .iter()
            .map(|token| token.kind)
            .enumerate()
            .skip(open)
        {
            width += match kind {
                TokenKind::Space | TokenKind::Ignored => 0,
                TokenKind::Comma | TokenKind::Colon => 2,
                _ => self.tree.text[self.tree.token_span(token).range()]
                    .chars()
                    .count(),
            };
            if kind.closer().is_some() {
                depth += 1;
            } else if kind.is_closer() {
                depth -= 1;
            }
            if depth == 0 || width > WIDTH {
                break;
            }
        }
        width <= WIDTH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let formatted = format(&Tree::of(text));
        assert_eq!(formatted, expected);
        assert_eq!(format(&Tree::of(&formatted)), formatted, "not idempotent");
    }

    #[test]
    fn one_line_stays_one_line() {
        case("Rest( length:30 , )", "Rest(length: 30)\n");
        case("( 4,6 )", "(4, 6)\n");
        case("[ ]", "[]\n");
        case("(\n)", "()\n");
        case("Move (times: 5,seconds: 6)", "Move(times: 5, seconds: 6)\n");
        case("{\"a\":1}", "{\"a\": 1}\n");
        case(
            "(a: /* in */ 1 /* behind */, /* before */ b: 2)",
            "(a: /* in */ 1, /* behind */ /* before */ b: 2)\n",
        );
    }

    #[test]
    fn lines_stay_lines_with_their_comments_and_paragraphs() {
        case(
            "// head\n\n\nRoutine(\n\n  title: \"A\" // name\n  , style: Blend,\n\n\n  // why\n  areas: [Neck,\n Jaw],\n  steps: [ // all\n (do: Rest(length: 30)),\n\n ]\n)\n// end",
            "// head\n\nRoutine(\n    title: \"A\", // name\n    style: Blend,\n\n    // why\n    areas: [Neck, Jaw],\n    steps: [ // all\n        (do: Rest(length: 30)),\n    ],\n)\n// end\n",
        );
        case("(a: // why\n 1)", "(\n    a: // why\n        1,\n)\n");
        case("[\n // nothing yet\n]", "[\n    // nothing yet\n]\n");
        case(
            "(a: [1,\n // two\n 2])",
            "(\n    a: [\n        1,\n        // two\n        2,\n    ],\n)\n",
        );
    }

    #[test]
    fn long_lines_are_broken() {
        let text = "x".repeat(170);
        case(
            &format!("(a: 1, b: \"{text}\")"),
            &format!("(\n    a: 1,\n    b: \"{text}\",\n)\n"),
        );
        case(
            &format!("[(a: 1), (b: \"{}\")]", &text[..130]),
            &format!("[(a: 1), (b: \"{}\")]\n", &text[..130]),
        );
    }

    #[test]
    fn what_has_errors_is_left_alone() {
        let text = "(a: 1 b: 2)";
        assert_eq!(format(&Tree::of(text)), text);
    }
}
