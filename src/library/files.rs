//! Files and folders that a person names: every routine file in them, in the order of their paths, one at a time.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::source::{SIZE_LIMIT, Source};
use crate::store;

/// The text of a file, or the diagnostic that stands for it.
pub fn read(path: &Path) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    let bytes = bytes(path).map_err(|error| Diagnostic::unreadable(sentence(&error)))?;
    Source::from_bytes(name, bytes)
        .map_err(|unreadable| Diagnostic::unreadable(unreadable.to_string()))
}

/// Puts a new text in a file's place, whole or not at all; the file keeps its permissions, a link stays a link.
pub fn rewrite(path: &Path, text: &str) -> io::Result<()> {
    store::replace(path, text.as_bytes())
}

/// At most one byte more than a routine may have: a file of any size, or one that never ends, costs no more.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?;
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !kind.is_file() {
        return Err(io::Error::other("this is no ordinary file"));
    }
    let mut bytes = Vec::with_capacity((kind.len() as usize).min(SIZE_LIMIT) + 1);
    File::open(path)?
        .take(SIZE_LIMIT as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why the system refuses, in a sentence for people.
fn sentence(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission to read this".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        // ELOOP has no stable kind yet.
        _ if error.raw_os_error() == Some(40) => {
            "the link goes round in a circle and leads to no file".to_owned()
        }
        _ => format!("this cannot be read: {error}"),
    }
}

/// Walks files and folders. A file that a person names is taken whatever it is called; in a folder those that end in
/// `.ron` are.
pub struct Files {
    /// What is still to be walked, the next one last.
    waiting: Vec<Waiting>,
}

struct Waiting {
    path: PathBuf,
    /// The folders around it, as the system knows them: a link back to one of them is a circle.
    around: Vec<PathBuf>,
}

/// A path that could not be walked.
#[derive(Debug)]
pub struct Unwalked {
    /// Which.
    pub path: PathBuf,
    /// Why not.
    pub diagnostic: Diagnostic,
}

impl Files {
    /// What a person names; else the routines of the folder that they are in, or all of it where there is no
    /// `routines`.
    pub fn named_or_here(paths: &[PathBuf]) -> Self {
        let routines = PathBuf::from("routines");
        match paths {
            [] if routines.is_dir() => Self::new([routines]),
            [] => Self::new([PathBuf::from(".")]),
            _ => Self::new(paths.iter().cloned()),
        }
    }

    /// Everything below these, in the order of their paths.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut waiting: Vec<_> = paths
            .into_iter()
            .map(|path| Waiting {
                path,
                around: Vec::new(),
            })
            .collect();
        waiting.sort_by(|a, b| b.path.cmp(&a.path));
        Self { waiting }
    }

    /// Puts what is in a folder on the pile.
    fn enter(&mut self, folder: &Waiting) -> Result<(), String> {
        let here = fs::canonicalize(&folder.path).map_err(|error| sentence(&error))?;
        if folder.around.contains(&here) {
            return Err("this link leads back to a folder that holds it".to_owned());
        }
        let mut around = folder.around.clone();
        around.push(here);
        let mut inside = Vec::new();
        for entry in fs::read_dir(&folder.path).map_err(|error| sentence(&error))? {
            let entry = entry.map_err(|error| sentence(&error))?;
            let path = entry.path();
            // A link to a folder counts as one; one that leads nowhere is a file, and said later.
            let is_folder = fs::metadata(&path).is_ok_and(|kind| kind.is_dir());
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && (is_folder || path.extension().is_some_and(|ending| ending == "ron")) {
                // Sorted as whole paths are: a folder's name goes on with a slash.
                let mut key = entry.file_name().into_encoded_bytes();
                if is_folder {
                    key.push(b'/');
                }
                inside.push((key, path));
            }
        }
        inside.sort_by(|(a, _), (b, _)| b.cmp(a));
        self.waiting
            .extend(inside.into_iter().map(|(_, path)| Waiting {
                path,
                around: around.clone(),
            }));
        Ok(())
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, Unwalked>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(next) = self.waiting.pop() {
            let is_folder = fs::metadata(&next.path).is_ok_and(|kind| kind.is_dir());
            if !is_folder {
                return Some(Ok(next.path));
            }
            if let Err(message) = self.enter(&next) {
                return Some(Err(Unwalked {
                    path: next.path,
                    diagnostic: Diagnostic::unreadable(message),
                }));
            }
        }
        None
    }
}
