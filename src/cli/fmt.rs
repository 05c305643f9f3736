//! `fmt`: routine files in their usual layout; comments and meaning stay.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Answer, Exit, Stop, World};
use crate::diagnostic::terminal::{Look, render};
use crate::library::{Files, read, rewrite};
use crate::source::Source;
use crate::syntax::Tree;
use crate::syntax::format::format;
use crate::wording::Count;

/// What `fmt` is told.
#[derive(Args, Debug)]
pub(super) struct Format {
    /// Files and folders; `routines` if none, or else the folder that you are in.
    paths: Vec<PathBuf>,
    /// Change nothing; say which files would change, and fail if there are any.
    #[arg(long)]
    check: bool,
    /// Write files of an older format in the newest one.
    #[arg(long)]
    upgrade: bool,
}

/// Formats files and folders. There is one format so far, so that an upgrade has nothing more to do.
pub(super) fn run(args: &Format, world: &World, out: &mut dyn Write) -> Answer {
    let look = Look {
        colour: world.colour(),
        plain: false,
    };
    let (mut changed, mut broken) = (0, 0);
    for path in Files::named_or_here(&args.paths) {
        let source = match path
            .map_err(|unwalked| (unwalked.path, unwalked.diagnostic))
            .and_then(|path| {
                read(&path)
                    .map(|source| (path.clone(), source))
                    .map_err(|diagnostic| (path, diagnostic))
            }) {
            Ok((path, source)) => match formatted(&source) {
                Ok(None) => continue,
                Ok(Some(text)) => {
                    changed += 1;
                    if args.check {
                        writeln!(out, "would be laid out anew: {}", path.display())?;
                    } else {
                        write(&path, &text)?;
                        writeln!(out, "laid out anew: {}", path.display())?;
                    }
                    continue;
                }
                Err(diagnostics) => (source, diagnostics),
            },
            Err((path, diagnostic)) => (
                Source::new(path.display().to_string(), ""),
                vec![diagnostic],
            ),
        };
        broken += 1;
        out.write_all(render(&source.0, &source.1, look).as_bytes())?;
    }
    if broken > 0 {
        writeln!(
            out,
            "{} left as before: the brackets and texts come first",
            Count(broken, "file")
        )?;
    }
    let failed = broken > 0 || (args.check && changed > 0);
    Ok(if failed { Exit::Problems } else { Exit::Fine })
}

/// The new text of a file, `None` if it is laid out already.
fn formatted(source: &Source) -> Result<Option<String>, Vec<crate::diagnostic::Diagnostic>> {
    let tree = Tree::parse(source);
    if !tree.is_well_formed() {
        return Err(tree.diagnostics().to_vec());
    }
    let text = format(&tree);
    Ok(Some(text).filter(|text| *text != source.text))
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    rewrite(path, text).map_err(|error| {
        Stop::Sentence(format!(
            "could not save the file, it is as it was: {error}: {}",
            path.display()
        ))
    })
}
