//! The pieces of a file. Tokens touch: each ends where the next one starts, so nothing of the text is lost.

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TokenKind {
    /// Spaces and line ends.
    Space,
    /// `// …` up to the end of its line.
    LineComment,
    /// `/* … */`, may be nested.
    BlockComment,
    /// Something that has been reported and is passed over.
    Ignored,
    /// A name: `Neck`, `title`, `true`.
    Word,
    /// A number, also one that has been reported (`30s`).
    Number,
    /// `"…"` or `r#"…"#`, also one that has been reported (`“…”`).
    Text,
    /// `'a'`.
    Letter,
    /// `(`
    OpenRound,
    /// `)`
    CloseRound,
    /// `[`
    OpenSquare,
    /// `]`
    CloseSquare,
    /// `{`
    OpenCurly,
    /// `}`
    CloseCurly,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`, meant as `:`.
    Equals,
    /// `;`, meant as `,`.
    Semicolon,
    /// A character that belongs to nothing.
    Stray,
    /// The end of the file.
    End,
}

impl TokenKind {
    /// Whether the parser passes over it: spaces, comments and what has been dealt with.
    pub const fn is_trivia(self) -> bool {
        (self as u8) <= Self::Ignored as u8
    }

    /// Whether it is a comment.
    pub const fn is_comment(self) -> bool {
        matches!(self, Self::LineComment | Self::BlockComment)
    }

    /// The closing bracket that belongs to an opening one; `None` for all else.
    pub const fn closer(self) -> Option<Self> {
        match self {
            Self::OpenRound => Some(Self::CloseRound),
            Self::OpenSquare => Some(Self::CloseSquare),
            Self::OpenCurly => Some(Self::CloseCurly),
            _ => None,
        }
    }

    /// Whether it is a closing bracket.
    pub const fn is_closer(self) -> bool {
        matches!(
            self,
            Self::CloseRound | Self::CloseSquare | Self::CloseCurly
        )
    }

    /// How a bracket is written; empty for all else.
    pub const fn bracket(self) -> &'static str {
        match self {
            Self::OpenRound => "(",
            Self::CloseRound => ")",
            Self::OpenSquare => "[",
            Self::CloseSquare => "]",
            Self::OpenCurly => "{",
            Self::CloseCurly => "}",
            _ => "",
        }
    }
}

/// A piece of the text; its end is the start of the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: u32,
}
