//! `check --fix`: what a machine can mend is mended in the file, and the rest is shown.

use std::path::Path;

use super::{Found, look, says_otherwise};
use crate::cli::Stop;
use crate::cli::voice::Lengths;
use crate::diagnostic::{Diagnostic, Level, apply};
use crate::library::rewrite;
use crate::reader;
use crate::routine::Routine;
use crate::rules;
use crate::source::Source;

/// A fix may bring up another; more rounds than this would go in circles.
const ROUNDS: usize = 8;

/// Mends a file and answers with what is left. First what cannot be read: until then nobody knows what a rule would judge.
/// A mend that leaves as much unread is not made, and none in a file that says itself that it is no routine.
pub(super) fn mend(path: &Path, lengths: Lengths<'_>, named: bool) -> Result<Option<Found>, Stop> {
    for _ in 0..ROUNDS {
        let Some(found) = look(path, lengths, named)? else {
            return Ok(None);
        };
        if says_otherwise(&found.source.text) {
            return Ok(Some(found));
        }
        let unread = unread(&found.diagnostics);
        let fixes = found
            .diagnostics
            .iter()
            .filter(|diagnostic| unread == 0 || is_unread(diagnostic))
            .filter_map(|diagnostic| diagnostic.fix.as_ref())
            .filter(|fix| fix.sure);
        let fixed = apply(&found.source.text, fixes);
        if fixed == found.source.text || (unread > 0 && unread <= errors_of(&fixed)) {
            return Ok(Some(found));
        }
        rewrite(path, &fixed).map_err(|error| {
            format!(
                "could not save the mended file: {error}: {}",
                path.display()
            )
        })?;
    }
    look(path, lengths, named)
}

/// How much of a text cannot be read.
fn errors_of(text: &str) -> usize {
    let source = Source::new(String::new(), text);
    unread(&reader::read::<Routine>(&source).diagnostics)
}

fn unread(diagnostics: &[Diagnostic]) -> usize {
    let found = diagnostics.iter();
    found.filter(|diagnostic| is_unread(diagnostic)).count()
}

/// Whether a diagnostic is about reading, not about what was read.
fn is_unread(diagnostic: &Diagnostic) -> bool {
    diagnostic.level == Level::Error && diagnostic.code < rules::FIRST
}
