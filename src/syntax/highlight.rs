//! What each token is for the eye: the classes that an editor colours.

use super::token::TokenKind;
use super::{Tree, significant};
use crate::source::Span;

/// What a token is for the eye.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A name in front of a bracket: `Routine(`.
    Kind,
    /// The name of a field: `title:`.
    Field,
    /// A bare name that is a value: `Neck`, `true`.
    Word,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A comment.
    Comment,
    /// Brackets, commas and colons.
    Punctuation,
    /// What belongs to nothing.
    Wrong,
}

impl Tree {
    /// Every token but spaces, with its class, in the order of the text.
    pub fn highlights(&self) -> impl Iterator<Item = (Span, Class)> {
        (0..self.tokens.len()).filter_map(|token| {
            let span = self.token_span(token);
            (span.start < span.end).then_some(())?;
            Some((span, self.class(token)?))
        })
    }

    fn class(&self, token: usize) -> Option<Class> {
        Some(match self.tokens[token].kind {
            TokenKind::Space | TokenKind::End => return None,
            TokenKind::LineComment | TokenKind::BlockComment => Class::Comment,
            TokenKind::Number => Class::Number,
            TokenKind::Text | TokenKind::Letter => Class::Text,
            TokenKind::Word => match self.tokens[significant(&self.tokens, token + 1)].kind {
                TokenKind::Colon | TokenKind::Equals => Class::Field,
                TokenKind::OpenRound => Class::Kind,
                _ => Class::Word,
            },
            TokenKind::Ignored | TokenKind::Stray | TokenKind::Equals | TokenKind::Semicolon => {
                Class::Wrong
            }
            _ => Class::Punctuation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_its_class() {
        let text = "Rest(length: 30, side: Each, say: \"hm\") // done";
        let classes: Vec<_> = Tree::of(text)
            .highlights()
            .map(|(span, class)| format!("{} {class:?}", &text[span.range()]))
            .collect();
        assert_eq!(
            classes,
            [
                "Rest Kind",
                "( Punctuation",
                "length Field",
                ": Punctuation",
                "30 Number",
                ", Punctuation",
                "side Field",
                ": Punctuation",
                "Each Word",
                ", Punctuation",
                "say Field",
                ": Punctuation",
                "\"hm\" Text",
                ") Punctuation",
                "// done Comment",
            ]
        );
    }
}
