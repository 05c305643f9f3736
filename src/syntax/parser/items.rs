//! What stands inside brackets, and the commas between it.

use super::Parser;
use crate::diagnostic::Edit;
use crate::syntax::problem;
use crate::syntax::token::{Token, TokenKind};
use crate::syntax::{DEPTH_LIMIT, NO_NAME, NodeKind};

impl Parser<'_> {
    /// The token that closes the bracket at `at`.
    pub(super) fn partner(&self) -> usize {
        let mut depth = 0_usize;
        for (token, Token { kind, .. }) in self.tokens.iter().enumerate().skip(self.at) {
            if kind.closer().is_some() {
                depth += 1;
            } else if kind.is_closer() {
                depth -= 1;
                if depth == 0 {
                    return token;
                }
            }
        }
        self.tokens.len() - 1
    }

    /// Enters the bracket at `at`; false, and all of it passed over, where it is too deep.
    pub(super) fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth <= DEPTH_LIMIT {
            self.advance();
            return true;
        }
        self.problems.error(
            problem::DEEP,
            self.span(),
            format!("more than {DEPTH_LIMIT} brackets stand inside each other"),
        );
        self.at = self.partner();
        false
    }

    /// Leaves a bracket at its closing token.
    pub(super) fn leave(&mut self, node: usize) {
        if self.kind().is_closer() {
            self.advance();
        }
        self.depth -= 1;
        self.close_node(node);
    }

    pub(super) fn round(&mut self, name: u32) {
        let close = if self.kind() == TokenKind::OpenCurly {
            TokenKind::CloseCurly
        } else {
            TokenKind::CloseRound
        };
        let node = self.open_node(NodeKind::Tuple, name);
        if self.enter() {
            if self.holds_fields() {
                self.nodes[node].kind = NodeKind::Fields;
                self.fields(close);
            } else {
                self.values(close);
            }
        } else {
            self.nodes[node].kind = NodeKind::Bad;
        }
        self.leave(node);
    }

    pub(super) fn list(&mut self) {
        let node = self.open_node(NodeKind::List, NO_NAME);
        if self.enter() {
            self.values(TokenKind::CloseSquare);
        } else {
            self.nodes[node].kind = NodeKind::Bad;
        }
        self.leave(node);
    }

    pub(super) fn map(&mut self) {
        let open = self.span();
        let node = self.open_node(NodeKind::Map, NO_NAME);
        let partner = self.partner();
        if !self.enter() {
            self.nodes[node].kind = NodeKind::Bad;
        } else if self.kind().closer().is_some() {
            // No key is a group: a list is meant.
            let close = self.token_span(partner);
            self.problems.push(
                problem::error(
                    problem::WRONG_BRACKET,
                    open,
                    "a list stands in square brackets",
                )
                .fix(
                    "write `[` and `]`",
                    vec![Edit::new(open, "["), Edit::new(close, "]")],
                ),
            );
            self.nodes[node].kind = NodeKind::List;
            self.values(TokenKind::CloseCurly);
        } else {
            self.items(TokenKind::CloseCurly, Self::entry);
        }
        self.leave(node);
    }

    pub(super) fn fields(&mut self, close: TokenKind) {
        self.items(close, Self::field);
    }

    pub(super) fn values(&mut self, close: TokenKind) {
        self.items(close, Self::item);
    }

    /// Items with commas between them, up to the closing token.
    pub(super) fn items(&mut self, close: TokenKind, mut item: impl FnMut(&mut Self)) {
        self.surplus_commas();
        while self.kind() != close && self.kind() != TokenKind::End && !self.kind().is_closer() {
            let before = self.at;
            item(self);
            if self.at == before {
                // Nothing could be read; it has been reported.
                self.advance();
            }
            match self.kind() {
                TokenKind::Comma => {
                    self.advance();
                    self.surplus_commas();
                }
                TokenKind::Semicolon => {
                    let span = self.span();
                    self.problems.push(
                        problem::error(problem::COMMA, span, "a comma belongs here")
                            .fix("write `,`", vec![Edit::new(span, ",")]),
                    );
                    self.advance();
                }
                kind if kind == close || kind == TokenKind::End || kind.is_closer() => {}
                // A value that is missing has been told, and its comma with it.
                _ if self
                    .nodes
                    .last()
                    .is_some_and(|last| last.last <= last.first) => {}
                _ => {
                    let behind = self.behind();
                    self.problems.push(
                        problem::error(problem::COMMA, behind, "a comma is missing here")
                            .fix("write `,`", vec![Edit::new(behind, ",")]),
                    );
                }
            }
        }
    }

    pub(super) fn surplus_commas(&mut self) {
        while self.kind() == TokenKind::Comma {
            let span = self.span();
            let report = problem::error(problem::COMMA, span, "there is a comma too many");
            let (fix, edits) = ("take it away", vec![Edit::new(span, "")]);
            // Behind a bracket that was passed over it may be in its place.
            let is_left_over = self.tokens[self.at - 1].kind == TokenKind::Ignored;
            self.problems.push(if is_left_over {
                report.guess(fix, edits)
            } else {
                report.fix(fix, edits)
            });
            self.advance();
        }
    }

    /// A value in a list or tuple.
    pub(super) fn item(&mut self) {
        if self.is_field() {
            let name = self.span();
            self.problems
                .error(problem::NO_VALUE, name, "a value belongs here, not a field");
            self.advance();
            self.advance();
        }
        if !self.starts_value() {
            return self.stray();
        }
        self.value();
    }

    pub(super) fn starts_value(&self) -> bool {
        use TokenKind as T;
        matches!(
            self.kind(),
            T::Word | T::Number | T::Text | T::Letter | T::OpenRound | T::OpenSquare | T::OpenCurly
        )
    }

    pub(super) fn stray(&mut self) {
        let text = &self.text[self.span().range()];
        self.problems.error(
            problem::STRAY,
            self.span(),
            format!("`{text}` has no meaning here"),
        );
        self.advance();
    }
}
