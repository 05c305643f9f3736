//! Tokens → nodes. Brackets are in order by now ([`super::brackets`]), so that the parser only has to mind commas,
//! colons and what stands between them. A mistake is reported once, and reading goes on with what was meant.

use super::problem::{self, Problems};
use super::token::{Token, TokenKind};
use super::{DEPTH_LIMIT, NO_NAME, Node, NodeKind, number, on_one_line, quote, significant};
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

    fn number(&mut self) {
        self.leaf(NodeKind::Number, self.at + 1);
        self.advance();
    }

    /// `1:30` after the `1`: reads on, and reports it with the seconds that are meant.
    fn clock(&mut self) {
        let number = self.before();
        let seconds = self.following();
        let touching = number + 1 == self.at && self.at + 1 == seconds;
        if self.kind() != TokenKind::Colon
            || self.tokens[seconds].kind != TokenKind::Number
            || !touching
        {
            return;
        }
        let span = self.token_span(number).until(self.token_span(seconds));
        let report = problem::error(problem::CLOCK, span, "a length is written in seconds");
        self.problems.push(
            match number::clock(self.slice(number), self.slice(seconds)) {
                Some(value) => report.fix(
                    format!("write `{value}`"),
                    vec![Edit::new(span, value.to_string())],
                ),
                None => report,
            },
        );
        self.advance();
        self.advance();
        self.stretch_last_leaf();
    }

    /// `4,5` after the `4`, where two numbers cannot be meant.
    fn decimal_comma(&mut self) {
        let number = self.before();
        let fraction = self.following();
        let touching = number + 1 == self.at && self.at + 1 == fraction;
        if self.kind() != TokenKind::Comma
            || self.tokens[fraction].kind != TokenKind::Number
            || !touching
        {
            return;
        }
        let comma = self.span();
        self.problems.push(
            problem::error(
                problem::DECIMAL_COMMA,
                self.token_span(number).until(self.token_span(fraction)),
                "a fraction is written with a point",
            )
            .fix("write `.`", vec![Edit::new(comma, ".")]),
        );
        self.advance();
        self.advance();
        self.stretch_last_leaf();
    }

    fn stretch_last_leaf(&mut self) {
        let last = self.before() as u32 + 1;
        if let Some(leaf) = self.nodes.last_mut() {
            leaf.last = last;
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
        let span = self.span().until(self.token_span(last));
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

    // ---- brackets

    /// The token that closes the bracket at `at`.
    fn partner(&self) -> usize {
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
    fn enter(&mut self) -> bool {
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
    fn leave(&mut self, node: usize) {
        if self.kind().is_closer() {
            self.advance();
        }
        self.depth -= 1;
        self.close_node(node);
    }

    fn round(&mut self, name: u32) {
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

    fn list(&mut self) {
        let node = self.open_node(NodeKind::List, NO_NAME);
        if self.enter() {
            self.values(TokenKind::CloseSquare);
        } else {
            self.nodes[node].kind = NodeKind::Bad;
        }
        self.leave(node);
    }

    fn map(&mut self) {
        let node = self.open_node(NodeKind::Map, NO_NAME);
        if self.enter() {
            self.items(TokenKind::CloseCurly, Self::entry);
        } else {
            self.nodes[node].kind = NodeKind::Bad;
        }
        self.leave(node);
    }

    fn fields(&mut self, close: TokenKind) {
        self.items(close, Self::field);
    }

    fn values(&mut self, close: TokenKind) {
        self.items(close, Self::item);
    }

    /// Items with commas between them, up to the closing token.
    fn items(&mut self, close: TokenKind, mut item: impl FnMut(&mut Self)) {
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

    fn surplus_commas(&mut self) {
        while self.kind() == TokenKind::Comma {
            let span = self.span();
            self.problems.push(
                problem::error(problem::COMMA, span, "there is a comma too many")
                    .fix("take it away", vec![Edit::new(span, "")]),
            );
            self.advance();
        }
    }

    /// A value in a list or tuple.
    fn item(&mut self) {
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
        let number = self.kind() == TokenKind::Number;
        self.value();
        if number {
            self.clock();
        }
    }

    fn starts_value(&self) -> bool {
        use TokenKind as T;
        matches!(
            self.kind(),
            T::Word | T::Number | T::Text | T::Letter | T::OpenRound | T::OpenSquare | T::OpenCurly
        )
    }

    fn stray(&mut self) {
        let text = &self.text[self.span().range()];
        self.problems.error(
            problem::STRAY,
            self.span(),
            format!("`{text}` has no meaning here"),
        );
        self.advance();
    }

    /// A name or quoted name with a colon after it.
    fn is_field(&self) -> bool {
        matches!(self.kind(), TokenKind::Word | TokenKind::Text)
            && matches!(
                self.tokens[self.following()].kind,
                TokenKind::Colon | TokenKind::Equals
            )
    }

    /// A name that begins like a field, with a value after it on the same line, but without a colon.
    fn is_field_without_colon(&self) -> bool {
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
    fn is_lone_name(&self) -> bool {
        let name = self.slice(self.at);
        self.kind() == TokenKind::Word
            && name.starts_with(|first: char| first.is_ascii_lowercase())
            && !matches!(name, "true" | "false")
    }

    /// Whether fields stand in the bracket that has been entered, or values.
    fn holds_fields(&self) -> bool {
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

    fn field(&mut self) {
        if self.is_field() {
            if self.kind() == TokenKind::Text {
                let (span, name) = (
                    self.span(),
                    quote::content(self.slice(self.at)).0.to_owned(),
                );
                self.problems.push(
                    problem::error(
                        problem::UNQUOTED,
                        span,
                        "the name of a field has no quotation marks",
                    )
                    .fix("take them away", vec![Edit::new(span, name)]),
                );
            }
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
    fn colon(&mut self) {
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

    fn field_value(&mut self, field: usize) {
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
        let number = self.kind() == TokenKind::Number;
        self.value();
        if number {
            self.decimal_comma();
            self.clock();
        }
    }

    /// The name of a field without anything behind it.
    fn lone_name(&mut self) {
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
    fn nameless(&mut self) {
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

    fn entry(&mut self) {
        let entry = self.open_node(NodeKind::Entry, NO_NAME);
        if !self.starts_value() {
            self.nodes.truncate(entry);
            return self.stray();
        }
        self.value();
        if matches!(self.kind(), TokenKind::Colon | TokenKind::Equals) {
            self.colon();
            if self.starts_value() {
                let number = self.kind() == TokenKind::Number;
                self.value();
                if number {
                    self.clock();
                }
            } else {
                let behind = self.behind();
                self.problems
                    .error(problem::NO_VALUE, behind, "a value is missing here");
                self.leaf(NodeKind::Bad, self.at);
            }
        } else {
            let behind = self.behind();
            self.problems.error(
                problem::COLON,
                behind,
                "a colon and a value are missing here",
            );
            self.leaf(NodeKind::Bad, self.at);
        }
        self.close_node(entry);
    }
}
