//! `new`: a routine to start from.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Answer, Exit, Stop, World};
use crate::library::read;
use crate::names::Style;
use crate::rules;
use crate::source::Source;
use crate::syntax::Tree;
use crate::timeline::EmptyShelf;

/// What `new` is told.
#[derive(Args, Debug)]
pub(super) struct New {
    /// The new file; its stem becomes the routine's id.
    file: PathBuf,
    /// relaxation, therapeutic or blend.
    #[arg(long)]
    style: Style,
    /// A routine to copy instead of an empty frame: its id, or the path of its file.
    #[arg(long, value_name = "ROUTINE")]
    from: Option<String>,
}

/// A frame of each style that checks clean.
const FRAMES: [(Style, &str); 3] = [
    (Style::Relaxation, include_str!("new/relaxation.ron")),
    (Style::Therapeutic, include_str!("new/therapeutic.ron")),
    (Style::Blend, include_str!("new/blend.ron")),
];

/// Writes a new routine file, never over one that is there.
pub(super) fn run(args: &New, world: &World, out: &mut dyn Write) -> Answer {
    let stem = args
        .file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    if !rules::is_id(&stem) || args.file.extension().is_none_or(|ending| ending != "ron") {
        return Err(Stop::Sentence(format!(
            "a routine's file is named in small letters, digits and hyphens and ends in .ron, such as open-hips.ron: {}",
            args.file.display()
        )));
    }
    if args.file.exists() {
        return Err(Stop::Sentence(format!(
            "there is already such a file, it is left as it is: {}",
            args.file.display()
        )));
    }
    let text = match &args.from {
        Some(name) => copied(name, args.style, world)?,
        None => FRAMES
            .iter()
            .find(|(style, _)| *style == args.style)
            .map(|(_, text)| (*text).to_owned())
            .expect("every style has its frame"),
    };
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.file);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| {
            Stop::Sentence(format!(
                "could not write the file: {error}: {}",
                args.file.display()
            ))
        })?;
    writeln!(out, "written: {}", args.file.display())?;
    writeln!(
        out,
        "Change it in any text editor, then: rootwell check {}",
        args.file.display()
    )?;
    Ok(Exit::Fine)
}

/// The text of a routine, comments and all, without the stamp of its review: that was for the original.
fn copied(name: &str, style: Style, world: &World) -> Result<String, Stop> {
    let path = Path::new(name);
    let source = if path.extension().is_some_and(|ending| ending == "ron") {
        read(path).map_err(|diagnostic| {
            Stop::Sentence(format!("{}: {}", diagnostic.message, path.display()))
        })?
    } else {
        world.library().find(name)?.0.source.clone()
    };
    let other = rules::check(&source, &EmptyShelf)
        .routine
        .map(|routine| routine.style)
        .filter(|own| *own != style);
    if let Some(other) = other {
        return Err(Stop::Sentence(format!(
            "`{name}` is of style {other}, not {style}; use --style {other}"
        )));
    }
    Ok(without_stamp(&source))
}

fn without_stamp(source: &Source) -> String {
    let tree = Tree::parse(source);
    match tree.remove("review") {
        Some(edit) => {
            let mut text = source.text.clone();
            text.replace_range(edit.span.range(), &edit.text);
            text
        }
        None => source.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Tree;

    #[test]
    fn every_frame_checks_clean_and_is_laid_out() {
        for (style, text) in FRAMES {
            let source = Source::new(format!("{style}.ron"), text);
            let checked = rules::check(&source, &EmptyShelf);
            assert_eq!(checked.problems(), 0, "{style}: {:#?}", checked.diagnostics);
            assert_eq!(checked.routine.unwrap().style, style);
            assert_eq!(
                crate::syntax::format::format(&Tree::parse(&source)),
                text,
                "{style}"
            );
        }
    }
}
