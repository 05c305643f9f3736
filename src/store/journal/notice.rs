//! What a person should be told of the journal's file.

use std::path::PathBuf;

use crate::words::{Words, in_english};

/// Something that has happened to the journal's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// It was damaged, and what could be read of it is in a new one.
    Recovered {
        /// So many entries came from the file.
        from_file: usize,
        /// So many more came from the last backup.
        from_backup: usize,
        /// Where the damaged file is kept.
        kept: PathBuf,
    },
    /// A copy from which something had to go could not be cleaned, and was removed whole.
    CopyRemoved(PathBuf),
}

impl Notice {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        match self {
            Self::Recovered {
                from_file,
                from_backup,
                kept,
            } => {
                let more = match from_backup {
                    0 => String::new(),
                    more => words.fill(&said.journal_more, &[("n", more)]),
                };
                words.fill(
                    &said.journal_recovered,
                    &[
                        ("sessions", &words.sessions(*from_file)),
                        ("more", &more),
                        ("file", &kept.display()),
                    ],
                )
            }
            Self::CopyRemoved(copy) => words.fill(&said.journal_copy, &[("file", &copy.display())]),
        }
    }
}

in_english!(Notice);
