//! Puts brackets in order where they do not pair up, by the layout that the author gave the file.
//!
//! Each mistake is blamed on the bracket that was forgotten or is one too many, not on the end of the file. The tokens
//! are changed to what was meant: a forgotten closing bracket becomes a token without length, one too many is passed
//! over. The parser then meets paired brackets only.

use super::lexer::Lexed;
use super::problem::{self, Problems};
use super::token::{Token, TokenKind};
use super::{DEPTH_LIMIT, significant};
use crate::diagnostic::Edit;
use crate::source::Span;

/// Pairs all brackets and reports what had to be changed.
pub(super) fn repair(text: &str, lexed: &mut Lexed) {
    let mut repair = Repair {
        text,
        tokens: &lexed.tokens,
        at: 0,
        repaired: Vec::with_capacity(lexed.tokens.len() + 8),
        open: Vec::new(),
        line: Line::at(text, 0),
        flat: false,
        deep: false,
        lines_to_look_at: 100_000,
        problems: &mut lexed.problems,
    };
    repair.run();
    lexed.tokens = repair.repaired;
}

/// A bracket that waits for its partner.
#[derive(Clone, Copy)]
struct Open {
    kind: TokenKind,
    span: Span,
    /// The indentation of its line.
    indent: usize,
    line_start: usize,
    /// Whether something else than another opening bracket stands behind it on its line.
    inline: bool,
    /// Whether the next line is indented deeper.
    indented: bool,
}

impl Open {
    fn due(&self) -> TokenKind {
        self.kind.closer().expect("only opening brackets are kept")
    }
}

struct Line {
    start: usize,
    indent: usize,
    /// Whether nothing but space has been met on it.
    fresh: bool,
    /// Where its text ends, comment and spaces left out.
    end: usize,
    /// Whether an opening bracket ends it.
    opens: bool,
}

impl Line {
    fn at(text: &str, start: usize) -> Self {
        let line = text[start..].lines().next().unwrap_or("");
        let code = line.split("//").next().unwrap_or(line).trim_end();
        Self {
            start,
            indent: indent(line),
            fresh: true,
            end: start + code.len(),
            opens: code.ends_with(['(', '[', '{']),
        }
    }
}

struct Repair<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The token that is looked at.
    at: usize,
    repaired: Vec<Token>,
    open: Vec<Open>,
    line: Line,
    /// Whether the file is not indented at all, so that layout says nothing.
    flat: bool,
    /// Whether there are more brackets than are read; only that is reported then.
    deep: bool,
    /// What looking ahead may still cost, so that no file is slow.
    lines_to_look_at: usize,
    problems: &'a mut Problems,
}

impl Repair<'_> {
    fn run(&mut self) {
        while let Some(&token) = self.tokens.get(self.at) {
            if token.kind == TokenKind::Space {
                self.space(token);
            } else if !token.kind.is_trivia() {
                if self.line.fresh {
                    self.close_forgotten(token.kind);
                }
                if token.kind.closer().is_some() {
                    self.open(token);
                } else if token.kind == TokenKind::End {
                    while let Some(open) = self.open.pop() {
                        self.forgotten(open);
                    }
                }
                if token.kind.is_closer() {
                    self.close(token);
                } else {
                    self.repaired.push(token);
                }
                self.line.fresh = false;
                self.at += 1;
                continue;
            }
            self.repaired.push(token);
            self.at += 1;
        }
    }

    fn space(&mut self, token: Token) {
        let end = self.tokens[self.at + 1].start as usize;
        if let Some(newline) = self.text[token.start as usize..end].rfind('\n') {
            self.line = Line::at(self.text, token.start as usize + newline + 1);
        }
    }

    fn open(&mut self, token: Token) {
        let end = self.tokens[self.at + 1].start;
        let next = self.tokens[significant(self.tokens, self.at + 1)].start as usize;
        let next_line = self.text[end as usize..next]
            .rfind('\n')
            .map(|newline| end as usize + newline + 1);
        let open = Open {
            kind: token.kind,
            span: Span::new(token.start, end),
            indent: self.line.indent,
            line_start: self.line.start,
            inline: (end as usize) < self.line.end && !self.line.opens,
            indented: next_line.is_some_and(|start| indent(&self.text[start..]) > self.line.indent),
        };
        self.flat |= self.open.is_empty() && !open.indented;
        self.open.push(open);
        self.deep |= self.open.len() > DEPTH_LIMIT;
    }

    /// A new line begins: what an earlier line opened must have been closed if this one is not deeper inside.
    fn close_forgotten(&mut self, first: TokenKind) {
        while let Some(&open) = self.open.last() {
            let outside = if first.is_closer() {
                self.line.indent < open.indent
            } else {
                self.line.indent <= open.indent && (open.inline || open.indented)
            };
            if self.flat || !outside || first == TokenKind::End {
                break;
            }
            self.open.pop();
            self.forgotten(open);
        }
    }

    fn close(&mut self, token: Token) {
        let span = Span::new(token.start, token.start + 1);
        let Some(partner) = self.partner(token.kind) else {
            let report = problem::error(
                problem::BRACKET,
                span,
                format!("this `{}` closes nothing", token.kind.bracket()),
            );
            let (fix, edits) = ("take it away", vec![Edit::new(span, "")]);
            // Two in a row are one too many; alone it may have a partner that was forgotten.
            let before = self.tokens[..self.at].iter();
            let last = before.rev().find(|last| !last.kind.is_trivia());
            let is_double = last.is_some_and(|last| last.kind == token.kind);
            self.report(if is_double {
                report.fix(fix, edits)
            } else {
                report.guess(fix, edits)
            });
            self.repaired.push(Token {
                kind: TokenKind::Ignored,
                start: token.start,
            });
            return;
        };
        while self.open.len() > partner + 1 {
            let open = self.open.pop().expect("there are more than the partner");
            self.forgotten(open);
        }
        let open = self.open.pop().expect("the partner is still there");
        let (found, due) = (token.kind.bracket(), open.due());
        if due != token.kind {
            self.report(
                problem::error(
                    problem::BRACKET,
                    span,
                    format!("this `{found}` should be `{}`", due.bracket()),
                )
                .related(open.span, "it closes this one")
                .fix(
                    format!("write `{}`", due.bracket()),
                    vec![Edit::new(span, due.bracket())],
                ),
            );
        }
        self.repaired.push(Token {
            kind: due,
            start: token.start,
        });
    }

    /// Which open bracket a closing one belongs to; `None` if it is one too many.
    fn partner(&mut self, closer: TokenKind) -> Option<usize> {
        let last = self.open.len().checked_sub(1)?;
        let top = self.open[last];
        let fits = |open: &Open| open.due() == closer;
        if self.line.fresh && !self.flat {
            // A closing bracket at the start of a line stands under the line that opened it.
            let under =
                |open: &Open| open.indent == self.line.indent && open.line_start != self.line.start;
            let partner = self
                .last_where(|open| under(open) && fits(open))
                .or_else(|| self.last_where(under));
            if partner.is_some() {
                return partner;
            }
            if top.indent < self.line.indent {
                return (fits(&top) && !self.is_closed_later(&top)).then_some(last);
            }
            return self.last_where(fits);
        }
        if top.line_start == self.line.start || top.inline {
            let near =
                |open: &Open| (open.line_start == self.line.start || open.inline) && fits(open);
            return self
                .last_where(near)
                .filter(|&partner| last - partner <= 1)
                .or(Some(last));
        }
        // It would close a bracket of an earlier line, whose own closing bracket may still come.
        if self.is_closed_later(&top) {
            return None;
        }
        if fits(&top) {
            Some(last)
        } else {
            self.last_where(fits)
        }
    }

    /// The last open bracket that is so, among as many as are ever read.
    fn last_where(&self, is_so: impl Fn(&Open) -> bool) -> Option<usize> {
        let recent = self.open.len().saturating_sub(2 * DEPTH_LIMIT);
        self.open[recent..]
            .iter()
            .rposition(is_so)
            .map(|at| recent + at)
    }

    /// Whether a later line starts with the bracket that closes `open`, under the line that opened it.
    fn is_closed_later(&mut self, open: &Open) -> bool {
        let mut later = self.text[self.line.start..].lines().skip(1);
        while self.lines_to_look_at > 0 {
            self.lines_to_look_at -= 1;
            let Some(line) = later.next() else {
                return false;
            };
            if !line.trim().is_empty() && indent(line) <= open.indent {
                return indent(line) == open.indent
                    && line.trim_start().starts_with(open.due().bracket());
            }
        }
        false
    }

    /// Reports a bracket without partner, and closes it behind what was read last.
    fn forgotten(&mut self, open: Open) {
        let due = open.due();
        let behind = |tokens: &[Token]| {
            tokens
                .iter()
                .rposition(|token| !token.kind.is_trivia())
                .map_or(0, |last| last + 1)
        };
        let mut place = behind(&self.repaired);
        let mut comma =
            !self.tokens[self.at].kind.is_closer() && self.tokens[self.at].kind != TokenKind::End;
        if comma
            && open.inline
            && self
                .repaired
                .get(place - 1)
                .is_some_and(|last| last.kind == TokenKind::Comma)
        {
            // The comma at the end of the line belongs to what stands around the bracket.
            place = behind(&self.repaired[..place - 1]);
            comma = false;
        }
        let start = self
            .repaired
            .get(place)
            .unwrap_or(&self.tokens[self.at])
            .start;
        if comma {
            self.repaired.insert(
                place,
                Token {
                    kind: TokenKind::Comma,
                    start,
                },
            );
        }
        self.repaired.insert(place, Token { kind: due, start });
        let written = format!("{}{}", due.bracket(), if comma { "," } else { "" });
        self.report(
            problem::error(
                problem::BRACKET,
                open.span,
                format!("this `{}` is never closed", open.kind.bracket()),
            )
            .fix(
                format!("close it with `{written}`"),
                vec![Edit::new(Span::at(start), written)],
            ),
        );
    }

    fn report(&mut self, diagnostic: crate::diagnostic::Diagnostic) {
        if !self.deep {
            self.problems.push(diagnostic);
        }
    }
}

fn indent(line: &str) -> usize {
    line.bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}
