//! The written form of a file: a tree of RON that keeps every token and comment and is there for any text.
//!
//! Reading never fails: what is wrong is reported in [`Tree::diagnostics`], and the tree is what was probably meant.
//! The tree is two flat lists. Tokens touch each other and cover the whole text. Nodes stand in the order of the
//! text, each followed by everything inside it, so that walking is counting.

mod brackets;
pub mod edit;
pub mod format;
pub mod highlight;
mod lexer;
pub(crate) mod number;
mod parser;
pub mod place;
pub(crate) mod problem;
pub(crate) mod quote;
mod rules;
pub mod token;

pub use rules::RULES;

use crate::diagnostic::{Diagnostic, Level};
use crate::source::{Source, Span};
use token::{Token, TokenKind};

/// The deepest nesting of brackets that is read: eleven groups of steps inside each other. Beyond 47 `ron` gives up on
/// a routine (128 calls), and what is accepted here must be accepted there.
pub const DEPTH_LIMIT: usize = 40;

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// A bare name: `Neck`, `true`.
    Word,
    /// A number.
    Number,
    /// A text between quotes.
    Text,
    /// One letter between single quotes.
    Letter,
    /// `Name(a: 1)` or `(a: 1)`: fields in round brackets.
    Fields,
    /// `Name(1, 2)`, `(1, 2)` or `()`: values in round brackets.
    Tuple,
    /// `[1, 2]`
    List,
    /// `{"a": 1}`
    Map,
    /// A name and, as its only child, its value, in [`NodeKind::Fields`].
    Field,
    /// A key and a value, its two children, in a [`NodeKind::Map`].
    Entry,
    /// Nothing that could be read; it has been reported.
    Bad,
}

/// A node's place in the tree; the root's is 0.
pub type NodeId = u32;

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: NodeKind,
    /// The token of the name in front of the bracket, or of a field; [`NO_NAME`] if there is none.
    name: u32,
    /// The first token.
    first: u32,
    /// The token after the last.
    last: u32,
    /// The node after everything inside this one.
    end: NodeId,
}

const NO_NAME: u32 = u32::MAX;

/// A file's text as tokens and nodes.
#[derive(Clone, Debug)]
pub struct Tree {
    text: String,
    tokens: Vec<Token>,
    nodes: Vec<Node>,
    problems: Vec<Diagnostic>,
}

impl Tree {
    /// The tree of a source; of one that is larger than 4 GiB, a tree without content.
    pub fn parse(source: &Source) -> Self {
        Self::of(&source.text)
    }

    /// The tree of a text.
    pub fn of(text: &str) -> Self {
        let text = if u32::try_from(text.len()).is_ok() {
            text
        } else {
            ""
        };
        let mut lexed = lexer::lex(text);
        if !lexed.balanced {
            brackets::repair(text, &mut lexed);
        }
        let (nodes, problems) = parser::parse(text, &lexed.tokens, lexed.problems);
        Self {
            text: text.to_owned(),
            tokens: lexed.tokens,
            nodes,
            problems: problems.0,
        }
    }

    /// The text that it was made of.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with the writing, in no special order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Whether the writing has no error.
    pub fn is_well_formed(&self) -> bool {
        !self
            .problems
            .iter()
            .any(|problem| problem.level == Level::Error)
    }

    /// All tokens, the end of the file last.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The stretch of a token.
    pub fn token_span(&self, token: usize) -> Span {
        let end = self
            .tokens
            .get(token + 1)
            .map_or(self.text.len() as u32, |next| next.start);
        Span::new(self.tokens[token].start, end)
    }

    /// What a node is.
    pub fn kind(&self, node: NodeId) -> NodeKind {
        self.nodes[node as usize].kind
    }

    /// The stretch of a node, from its first token to its last.
    pub fn span(&self, node: NodeId) -> Span {
        let node = &self.nodes[node as usize];
        if node.last <= node.first {
            return Span::at(self.tokens[node.first as usize].start);
        }
        self.token_span(node.first as usize)
            .until(self.token_span(node.last as usize - 1))
    }

    /// The text of a node.
    pub fn slice(&self, node: NodeId) -> &str {
        &self.text[self.span(node).range()]
    }

    /// The name in front of a node's bracket, or the name of a field.
    pub fn name(&self, node: NodeId) -> Option<&str> {
        self.name_span(node).map(|span| self.unquoted(span))
    }

    /// Where that name stands.
    pub fn name_span(&self, node: NodeId) -> Option<Span> {
        let name = self.nodes[node as usize].name;
        (name != NO_NAME).then(|| self.token_span(name as usize))
    }

    /// The text of a name, also if somebody put quotes around it.
    fn unquoted(&self, span: Span) -> &str {
        let text = &self.text[span.range()];
        if text.starts_with(|first: char| first == '_' || first.is_alphabetic()) {
            text
        } else {
            quote::content(text).0
        }
    }

    /// The nodes directly inside a node.
    pub fn children(&self, node: NodeId) -> Children<'_> {
        Children {
            nodes: &self.nodes,
            next: node + 1,
            end: self.nodes[node as usize].end,
        }
    }

    /// The value of a field.
    pub fn value(&self, field: NodeId) -> NodeId {
        field + 1
    }

    /// The node after everything inside this one.
    pub(crate) fn end(&self, node: NodeId) -> NodeId {
        self.nodes[node as usize].end
    }

    /// The field that a node is the value of.
    pub fn field_of(&self, value: NodeId) -> Option<NodeId> {
        value
            .checked_sub(1)
            .filter(|&field| self.kind(field) == NodeKind::Field)
    }

    /// The first token of a node: its name, its opening bracket, or all of it.
    pub fn first_span(&self, node: NodeId) -> Span {
        self.token_span(self.nodes[node as usize].first as usize)
    }

    /// The few characters that stand for a whole node: itself if it is on one line, else its name or opening bracket.
    pub fn head(&self, node: NodeId) -> Span {
        let span = self.span(node);
        if self.text[span.range()].contains('\n') {
            self.first_span(node)
        } else {
            span
        }
    }
}

/// The nodes directly inside a node, in the order of the text.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    nodes: &'a [Node],
    next: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let child = self.next;
        (child < self.end).then(|| {
            self.next = self.nodes[child as usize].end;
            child
        })
    }
}

/// Whether two tokens stand on the same line.
fn on_one_line(text: &str, from: u32, to: u32) -> bool {
    !text[from as usize..to as usize].contains('\n')
}

/// The token at or after `from` that is no space, comment or passed-over token.
fn significant(tokens: &[Token], mut from: usize) -> usize {
    while tokens[from].kind.is_trivia() {
        from += 1;
    }
    debug_assert!(!TokenKind::End.is_trivia(), "the end stops every search");
    from
}
