//! Tokens → nodes. Brackets are in order by now ([`super::brackets`]), so that the parser only has to mind commas,
//! colons and what stands between them. A mistake is reported once, and reading goes on with what was meant.

mod fields;
mod items;
mod numbers;

use super::problem::{self, Problems};
use super::token::{Token, TokenKind};
use super::{NO_NAME, Node, NodeKind, on_one_line, significant};
use crate::diagnostic::{Edit, Level};
use crate::source::Span;

/// The nodes of a file, the root first, with everything that is wrong so far.
pub(super) fn parse(text: &str, tokens: &[Token], problems: Problems) -> (Vec<Node>, Problems) {
    let nodes = Vec::with_capacity(tokens.len() / 3 + 1);
    let mut parser = Parser {
        text,
        tokens,
        at: significant(tokens, 0),
        depth: 0,
        nodes,
        problems,
    };
    parser.file();
    (parser.nodes, parser.problems)
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The next token that is not trivia.
    at: usize,
    depth: usize,
    nodes: Vec<Node>,
    problems: Problems,
}

impl Parser<'_> {
    fn file(&mut self) {
        if self.kind() == TokenKind::End {
            if self
                .problems
                .0
                .iter()
                .all(|found| found.level != Level::Error)
            {
                self.problems
                    .error(problem::EMPTY, Span::at(0), "the file is empty");
            }
            self.leaf(NodeKind::Bad, self.at);
            return;
        }
        if self.is_field() {
            let name = self.span();
            self.problems.push(
                problem::error(
                    problem::WHOLE,
                    name,
                    "the file does not start with what it is",
                )
                .note("a routine starts with `Routine(` and ends with `)`"),
            );
            let root = self.open_node(NodeKind::Fields, NO_NAME);
            self.fields(TokenKind::End);
            self.close_node(root);
            return;
        }
        self.value();
        if self.kind() != TokenKind::End {
            self.problems.push(
                problem::error(
                    problem::WHOLE,
                    self.span(),
                    "the file goes on after its end",
                )
                .related(self.token_span(self.before()), "it ends here"),
            );
        }
    }

    // ---- tokens

    fn kind(&self) -> TokenKind {
        self.tokens[self.at].kind
    }

    fn start(&self) -> u32 {
        self.tokens[self.at].start
    }

    fn token_span(&self, token: usize) -> Span {
        let end = self
            .tokens
            .get(token + 1)
            .map_or(self.text.len() as u32, |next| next.start);
        Span::new(self.tokens[token].start, end)
    }

    fn span(&self) -> Span {
        self.token_span(self.at)
    }

    fn slice(&self, token: usize) -> &str {
        &self.text[self.token_span(token).range()]
    }

    fn advance(&mut self) {
        self.at = significant(self.tokens, self.at + 1);
    }

    /// The token after the next one.
    fn following(&self) -> usize {
        if self.kind() == TokenKind::End {
            self.at
        } else {
            significant(self.tokens, self.at + 1)
        }
    }

    /// The last token before the next one that is not trivia.
    fn before(&self) -> usize {
        self.tokens[..self.at]
            .iter()
            .rposition(|token| !token.kind.is_trivia())
            .unwrap_or(0)
    }

    /// The place directly behind what has been read.
    fn behind(&self) -> Span {
        Span::at(self.token_span(self.before()).end)
    }

    // ---- nodes

    fn open_node(&mut self, kind: NodeKind, name: u32) -> usize {
        let first = if name == NO_NAME {
            self.at as u32
        } else {
            name
        };
        self.nodes.push(Node {
            kind,
            name,
            first,
            last: first,
            end: 0,
        });
        self.nodes.len() - 1
    }

    fn close_node(&mut self, node: usize) {
        let last = self.before() as u32 + 1;
        let end = self.nodes.len() as u32;
        let node = &mut self.nodes[node];
        node.last = last.max(node.first);
        node.end = end;
    }

    fn leaf(&mut self, kind: NodeKind, last: usize) {
        let end = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            kind,
            name: NO_NAME,
            first: self.at as u32,
            last: last as u32,
            end,
        });
    }

    // ---- values

    fn value(&mut self) {
        let kind = match self.kind() {
            TokenKind::Word => return self.word(),
            TokenKind::OpenRound => return self.round(NO_NAME),
            TokenKind::OpenSquare => return self.list(),
            TokenKind::OpenCurly => return self.map(),
            TokenKind::Number => return self.number(),
            TokenKind::Text => NodeKind::Text,
            TokenKind::Letter => NodeKind::Letter,
            _ => {
                self.leaf(NodeKind::Bad, self.at);
                return;
            }
        };
        self.leaf(kind, self.at + 1);
        self.advance();
    }

    fn word(&mut self) {
        let name = self.at;
        match self.tokens[self.following()].kind {
            TokenKind::OpenRound => {
                self.advance();
                self.round(name as u32);
            }
            TokenKind::OpenCurly => {
                self.advance();
                let (open, close) = (self.span(), self.token_span(self.partner()));
                self.problems.push(
                    problem::error(
                        problem::WRONG_BRACKET,
                        open,
                        format!("`{}` takes round brackets", self.slice(name)),
                    )
                    .fix(
                        "write `(` and `)`",
                        vec![Edit::new(open, "("), Edit::new(close, ")")],
                    ),
                );
                self.round(name as u32);
            }
            _ => {
                self.leaf(NodeKind::Word, self.at + 1);
                self.advance();
            }
        }
    }

    /// A value that somebody forgot to put between quotes: several words, up to a comma or the end of the line.
    fn bare_text(&mut self) -> bool {
        let first = self.at;
        let next = self.following();
        let touches = |from: usize, to: usize| {
            on_one_line(self.text, self.tokens[from].start, self.tokens[to].start)
        };
        let goes_on = |token: usize| match self.tokens[token].kind {
            TokenKind::Word => {
                let after = significant(self.tokens, token + 1);
                !matches!(
                    self.tokens[after].kind,
                    TokenKind::Colon | TokenKind::Equals
                )
            }
            TokenKind::Number | TokenKind::Stray | TokenKind::Text => true,
            _ => false,
        };
        let starts = matches!(self.tokens[next].kind, TokenKind::Word | TokenKind::Number);
        if self.kind() != TokenKind::Word || !starts || !touches(first, next) || !goes_on(next) {
            return false;
        }
        let mut last = next;
        loop {
            let token = significant(self.tokens, last + 1);
            let ends = matches!(
                self.tokens[token].kind,
                TokenKind::Comma | TokenKind::End | TokenKind::Semicolon
            );
            if ends || self.tokens[token].kind.is_closer() || !touches(last, token) {
                break;
            }
            last = token;
        }
        while self.tokens[last + 1].kind == TokenKind::Ignored {
            last += 1;
        }
        let span = self.span().until(self.token_span(last));
        // What has no meaning outside of a text is part of this one.
        self.problems.0.retain(|known| {
            known.code != problem::STRAY || !span.range().contains(&(known.span.start as usize))
        });
        let quoted = format!(
            "\"{}\"",
            self.text[span.range()].replace(['"', '”', '“'], "")
        );
        self.problems.push(
            problem::error(
                problem::UNQUOTED,
                span,
                "a text stands between quotation marks",
            )
            .fix(
                "put it between quotation marks",
                vec![Edit::new(span, quoted)],
            ),
        );
        self.leaf(NodeKind::Text, last + 1);
        self.at = significant(self.tokens, last + 1);
        true
    }
}
