//! The routines at hand: those that ship with the app, and the person's own folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::app::library::Broken;
use crate::names::{Area, Style};
use crate::reader;
use crate::routine::Routine;
use crate::source::Source;
use crate::timeline::compile::Shelf;

macro_rules! shipped {
    ($($path:literal),+ $(,)?) => { &[$(($path, include_str!(concat!("../../../routines/", $path)))),+] };
}

/// The routines that ship: path and text.
const SHIPPED: &[(&str, &str)] = shipped![
    "blend/shoulders-down.ron",
    "blend/soften-then-release.ron",
    "relaxation/box-steady.ron",
    "relaxation/down-to-six.ron",
    "relaxation/even-keel.ron",
    "relaxation/feet-on-the-ground.ron",
    "relaxation/long-way-out.ron",
    "therapeutic/neck-and-shoulder-release.ron",
];

/// All routines that can be used, by id, and the files that cannot.
#[derive(Default)]
pub(super) struct AtHand {
    pub(super) routines: BTreeMap<String, Routine>,
    pub(super) broken: Vec<Broken>,
}

impl AtHand {
    /// The shipped routines and those of a folder, which may be missing. A personal copy never hides the original.
    pub(super) fn with_folder(folder: &Path) -> Self {
        let mut at_hand = Self::default();
        for (path, text) in SHIPPED {
            at_hand.take(&stem(Path::new(path)), &Source::new(*path, *text));
        }
        let files = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path());
        for path in files.filter(|path| path.extension().is_some_and(|end| end == "ron")) {
            let name = path.display().to_string();
            match std::fs::read_to_string(&path) {
                Ok(text) => at_hand.take(&format!("own/{}", stem(&path)), &Source::new(name, text)),
                Err(error) => at_hand.broken.push(Broken {
                    file: name,
                    error: error.to_string(),
                }),
            }
        }
        at_hand
    }

    fn take(&mut self, id: &str, source: &Source) {
        let reading = reader::read::<Routine>(source);
        match reading.value {
            Some(routine) => drop(self.routines.insert(id.to_owned(), routine)),
            None => self.broken.push(Broken {
                file: source.name.clone(),
                error: super::said(&reading.diagnostics),
            }),
        }
    }
}

/// A file's id.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

impl Shelf for AtHand {
    fn routine(&self, id: &str) -> Option<&Routine> {
        self.routines.get(id)
    }

    fn for_area(&self, area: Area) -> Option<(&str, &Routine)> {
        let about = |routine: &Routine| {
            routine.style == Style::Therapeutic && routine.areas_spread().contains(&area)
        };
        self.routines
            .iter()
            .find(|(_id, routine)| about(routine))
            .map(|(id, routine)| (id.as_str(), routine))
    }
}
