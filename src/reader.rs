//! Authored files → values: a serde deserialiser over the syntax tree that reports all errors of a file in one run.
//!
//! serde stops at the first error. So a value that cannot be used is reported and replaced by what was probably
//! meant, or else by a *hole*, any value of the right type, and reading goes on. What a type refuses by itself (a
//! missing field, a length without a maximum) ends a run; it is reported, its place becomes a hole, and the file is
//! read again. A file without errors is read once.
//!
//! Whatever is accepted here, the `ron` crate accepts with the same value, given [`ron_options`] and a text without
//! byte-order mark. Some things are refused that `ron` takes: unknown fields everywhere, keys written twice in a map,
//! numbers that are not finite, numbers with a base, a type or underscores, `\x` above `7f`, NUL in a text, `Some(…)`,
//! byte strings, raw names, `#![…]`, and more than 40 brackets inside each other.

mod access;
mod context;
mod doubts;
mod failure;
mod hole;
mod synonyms;
mod text;
mod value;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::diagnostic::{self, Diagnostic, Level};
use crate::source::Source;
use crate::syntax::number;
use crate::syntax::problem;
use crate::syntax::{NodeKind, Tree};
use context::Context;
use doubts::Doubts;
use value::Value;

/// The newest format that is read, the number in a file's `format` field.
pub const FORMAT: u32 = 1;

/// The dialect, for the `ron` crate: what the app itself writes and reads back, and the tests of this reader.
pub fn ron_options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The value, if the file has no error.
    pub value: Option<T>,
    /// What was probably meant, if the file has errors and is not beyond all reading. It has holes
    /// ([`Reading::trusts`]) and is there to be checked further, never to be used.
    pub draft: Option<T>,
    /// The written form.
    pub tree: Tree,
    /// All that is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    doubts: Doubts,
}

impl<T> Reading<T> {
    /// The value or else the draft: what can be checked further.
    pub fn checkable(&self) -> Option<&T> {
        self.value.as_ref().or(self.draft.as_ref())
    }

    /// Whether the value at a path, all around it and all in it, is what the author wrote. What is said about
    /// anything else would only follow from what has been reported already.
    pub fn trusts(&self, path: &str) -> bool {
        !self.doubts.touch(&self.tree, path)
    }

    /// Whether nothing had to be guessed at all.
    pub fn is_whole(&self) -> bool {
        self.doubts.are_none()
    }
}

/// Reads a file as a value of any plain serde type.
pub fn read<T: DeserializeOwned>(source: &Source) -> Reading<T> {
    let tree = Tree::parse(source);
    if let Some(mut diagnostics) = beyond_reading(&tree) {
        diagnostic::tidy(&mut diagnostics);
        return Reading {
            value: None,
            draft: None,
            tree,
            diagnostics,
            doubts: Doubts::default(),
        };
    }
    let context = Context::new(&tree);
    let read = context.read(|| T::deserialize(Value::root(&context)));
    let (mut diagnostics, doubts) = context.finish();
    diagnostics.extend(tree.diagnostics().iter().cloned());
    diagnostic::tidy(&mut diagnostics);
    let wrong = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.level == Level::Error);
    let (value, draft) = if wrong { (None, read) } else { (read, None) };
    Reading {
        value,
        draft,
        tree,
        diagnostics,
        doubts,
    }
}

/// What is to be said about a file that is not read any further, since all else would follow from it.
fn beyond_reading(tree: &Tree) -> Option<Vec<Diagnostic>> {
    if let Some(deep) = tree
        .diagnostics()
        .iter()
        .find(|found| found.code == problem::DEEP)
    {
        return Some(vec![deep.clone()]);
    }
    if tree.kind(0) == NodeKind::Bad {
        return Some(tree.diagnostics().to_vec());
    }
    newer_format(tree).map(|newer| vec![newer])
}

/// A file of a newer format is not judged any further: its new words would only look like mistakes.
fn newer_format(tree: &Tree) -> Option<Diagnostic> {
    let format = tree
        .node_at("format")
        .filter(|&node| tree.kind(node) == NodeKind::Number)?;
    let version = number::plain(tree.slice(format))?;
    (version > f64::from(FORMAT)).then(|| {
        let message = format!("this file was made with a newer Rootwell (format {version}, this one reads up to {FORMAT})");
        Diagnostic { path: Some("format".to_owned()), ..problem::error(problem::NEWER, tree.span(format), message) }
            .note("the file is left as it is; a newer Rootwell can open it")
    })
}

#[cfg(test)]
mod tests;
