//! `check --fix`: what a machine can mend is mended in the file, and the rest is shown.

use std::path::Path;

use super::{Found, look};
use crate::cli::Stop;
use crate::cli::voice::Lengths;
use crate::diagnostic::apply;
use crate::library::rewrite;

/// A fix may bring up another; more rounds than this would go in circles.
const ROUNDS: usize = 8;

/// Mends a file and answers with what is left.
pub(super) fn mend(path: &Path, lengths: Lengths<'_>) -> Result<Option<Found>, Stop> {
    for _ in 0..ROUNDS {
        let Some(found) = look(path, lengths, true)? else {
            return Ok(None);
        };
        let fixes = found
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.fix.as_ref())
            .filter(|fix| fix.sure);
        let fixed = apply(&found.source.text, fixes);
        if fixed == found.source.text {
            return Ok(Some(found));
        }
        rewrite(path, &fixed).map_err(|error| {
            format!(
                "could not save the mended file: {error}: {}",
                path.display()
            )
        })?;
    }
    look(path, lengths, true)
}
