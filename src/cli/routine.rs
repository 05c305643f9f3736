//! A routine that a person names: by its id, or by the path of its file.

use std::path::Path;

use super::{Stop, World};
use crate::diagnostic::Level;
use crate::library::{Beside, Library, read};
use crate::routine::Routine;
use crate::rules;
use crate::timeline::Shelf;

/// A routine at hand, with what it may include.
pub struct Chosen {
    /// Its id.
    pub id: String,
    /// The routine.
    pub routine: Routine,
    /// What it may include.
    pub shelf: Box<dyn Shelf + Send>,
}

impl World {
    /// The shipped routines and the person's own.
    pub fn library(&self) -> Library {
        match &self.folders {
            Some(folders) => Library::with_folder(&folders.edits()),
            None => Library::built_in(),
        }
    }

    /// The routine that a person names: a path where one is written, else an id.
    pub fn routine(&self, name: &str) -> Result<Chosen, Stop> {
        let path = Path::new(name);
        let is_path = path.extension().is_some_and(|ending| ending == "ron") || path.is_file();
        if is_path {
            return from_file(path);
        }
        let library = self.library();
        let (entry, routine) = library.find(name)?;
        let (id, routine) = (entry.id.clone(), routine.clone());
        Ok(Chosen {
            id,
            routine,
            shelf: Box::new(library),
        })
    }
}

fn from_file(path: &Path) -> Result<Chosen, Stop> {
    let source = read(path).map_err(|diagnostic| {
        Stop::Sentence(format!("{}: {}", diagnostic.message, path.display()))
    })?;
    let shelf = Beside::of(path, &source.text);
    let checked = rules::check(&source, &shelf);
    let id = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    if let Some(routine) = checked.routine {
        Ok(Chosen {
            id,
            routine,
            shelf: Box::new(shelf),
        })
    } else {
        let errors = checked
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.level == Level::Error)
            .count();
        let count = crate::wording::Count(errors, "mistake");
        Err(Stop::Sentence(format!(
            "{count} in this file; `rootwell check` shows where: {}",
            path.display()
        )))
    }
}
