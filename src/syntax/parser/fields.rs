//! Fields of a group and entries of a map: names, colons and what somebody wrote in their place.

use super::Parser;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::syntax::problem;
use crate::syntax::token::TokenKind;
use crate::syntax::{NO_NAME, NodeKind, on_one_line, significant};

impl Parser<'_> {
    /// A name or quoted name with a colon after it.
    pub(super) fn is_field(&self) -> bool {
        matches!(self.kind(), TokenKind::Word | TokenKind::Text)
            && matches!(
                self.tokens[self.following()].kind,
                TokenKind::Colon | TokenKind::Equals
            )
    }

    /// A name that begins like a field, with a value after it on the same line, but without a colon.
    pub(super) fn is_field_without_colon(&self) -> bool {
        use TokenKind as T;
        let next = self.following();
        self.kind() == T::Word
            && self
                .slice(self.at)
                .starts_with(|first: char| first.is_ascii_lowercase())
            && matches!(
                self.tokens[next].kind,
                T::Number | T::Text | T::Word | T::OpenSquare | T::OpenRound
            )
            && on_one_line(self.text, self.start(), self.tokens[next].start)
    }

    /// A name that begins like a field and has neither colon nor value.
    pub(super) fn is_lone_name(&self) -> bool {
        let name = self.slice(self.at);
        self.kind() == TokenKind::Word
            && name.starts_with(|first: char| first.is_ascii_lowercase())
            && !matches!(name, "true" | "false")
    }

    /// Whether fields stand in the bracket that has been entered, or values.
    pub(super) fn holds_fields(&self) -> bool {
        if self.is_field() || self.is_field_without_colon() {
            return true;
        }
        let mut depth = 0_usize;
        for token in self.at..self.tokens.len() {
            let kind = self.tokens[token].kind;
            if kind.closer().is_some() {
                depth += 1;
            } else if kind.is_closer() {
                let Some(outer) = depth.checked_sub(1) else {
                    break;
                };
                depth = outer;
            } else if depth == 0 && kind == TokenKind::Word {
                let next = significant(self.tokens, token + 1);
                if matches!(self.tokens[next].kind, TokenKind::Colon | TokenKind::Equals) {
                    return true;
                }
            }
        }
        self.is_lone_name()
    }

    pub(super) fn field(&mut self) {
        if self.is_field() {
            // A quoted name is for the reader to judge, which knows whether a name is meant.
        } else if self.is_field_without_colon() {
            let behind = Span::at(self.span().end);
            self.problems.push(
                problem::error(
                    problem::COLON,
                    behind,
                    format!("a colon is missing after `{}`", self.slice(self.at)),
                )
                .fix("write `:`", vec![Edit::new(behind, ":")]),
            );
        } else if self.is_lone_name() && self.tokens[self.following()].kind != TokenKind::OpenRound
        {
            return self.lone_name();
        } else {
            return self.nameless();
        }
        let field = self.open_node(NodeKind::Field, self.at as u32);
        self.advance();
        self.colon();
        self.field_value(field);
        self.close_node(field);
    }

    /// Passes over the colon, or over what was meant as one.
    pub(super) fn colon(&mut self) {
        if self.kind() == TokenKind::Equals {
            let span = self.span();
            self.problems.push(
                problem::error(problem::COLON, span, "a colon belongs here")
                    .fix("write `:`", vec![Edit::new(span, ":")]),
            );
        }
        if matches!(self.kind(), TokenKind::Equals | TokenKind::Colon) {
            self.advance();
        }
    }

    pub(super) fn field_value(&mut self, field: usize) {
        let next_field = self.is_field() && self.kind() == TokenKind::Word;
        if !self.starts_value() || next_field {
            let name = self.token_span(self.nodes[field].name as usize);
            let text = self.text[name.range()].to_owned();
            self.problems
                .error(problem::NO_VALUE, name, format!("`{text}` has no value"));
            self.leaf(NodeKind::Bad, self.at);
            return;
        }
        if self.bare_text() {
            return;
        }
        self.value();
    }

    /// The name of a field without anything behind it.
    pub(super) fn lone_name(&mut self) {
        let name = self.slice(self.at).to_owned();
        self.problems.error(
            problem::NO_VALUE,
            self.span(),
            format!("`{name}` has no value"),
        );
        let field = self.open_node(NodeKind::Field, self.at as u32);
        self.advance();
        self.leaf(NodeKind::Bad, self.at);
        self.close_node(field);
    }

    /// A value among fields.
    pub(super) fn nameless(&mut self) {
        if !self.starts_value() {
            return self.stray();
        }
        let node = self.nodes.len();
        let start = self.span();
        self.value();
        self.nodes.truncate(node);
        let whole = start.until(self.behind());
        let span = if on_one_line(self.text, whole.start, whole.end) {
            whole
        } else {
            start
        };
        self.problems.error(
            problem::NO_NAME,
            span,
            "the name of a field is missing before this value",
        );
    }

    pub(super) fn entry(&mut self) {
        let entry = self.open_node(NodeKind::Entry, NO_NAME);
        if !self.starts_value() {
            self.nodes.truncate(entry);
            return self.stray();
        }
        self.value();
        let behind = self.behind();
        let is_value = self.starts_value() && on_one_line(self.text, behind.start, self.start());
        let colon = matches!(self.kind(), TokenKind::Colon | TokenKind::Equals);
        if colon {
            self.colon();
        } else if is_value {
            self.problems.push(
                problem::error(problem::COLON, behind, "a colon is missing here")
                    .fix("write `:`", vec![Edit::new(behind, ":")]),
            );
        }
        if (colon || is_value) && self.starts_value() {
            self.value();
        } else {
            let behind = self.behind();
            self.problems
                .error(problem::NO_VALUE, behind, "a value is missing here");
            self.leaf(NodeKind::Bad, self.at);
        }
        self.close_node(entry);
    }
}
