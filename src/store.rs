//! What is kept on disk: versioned RON files and the journal's database, in folders that [`folders`] names.
//!
//! A file is replaced whole: written beside its place, flushed, renamed, and the folder flushed, so that after a crash
//! there is the old one or the new one. A file that cannot be read is kept aside, and a sentence says so; one that a
//! newer Rootwell has written is left untouched.

pub mod care;
pub mod data;
pub mod folders;
pub mod journal;
pub mod output;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use folders::Folders;
pub use output::{Output, Readers};

use crate::words::{Words, in_english};

/// Something that is kept in a RON file of its own; its first field is `version`.
pub trait Kept: Serialize + DeserializeOwned {
    /// What a person calls it: "settings".
    const NAME: &'static str;
    /// The version that this Rootwell writes.
    const VERSION: u32;
    /// The version that was read.
    fn version(&self) -> u32;
}

/// What was found in a file's place.
#[derive(Clone, PartialEq, Debug)]
pub enum Found<T> {
    /// Nothing: it is the first time.
    Nothing,
    /// The value.
    Value(T),
    /// A file that could not be read: it is kept aside, and that is said once.
    Aside(Trouble),
    /// A file of a newer Rootwell: it is left untouched, nothing may be written over it.
    Newer(Trouble),
}

/// A kept file that is not used, and why: said once, in the person's language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// What it is: [`Kept::NAME`].
    pub what: &'static str,
    /// What is wrong with it; nothing, where it is only newer than this Rootwell.
    pub error: Option<String>,
    /// Where it lies now.
    pub path: PathBuf,
}

impl Trouble {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let what = words.kept.get(self.what).map_or(self.what, String::as_str);
        let path = self.path.display();
        match &self.error {
            Some(error) => words.fill(
                &words.notice.kept_aside,
                &[("what", &what), ("error", error), ("file", &path)],
            ),
            None => words.fill(&words.notice.newer, &[("what", &what), ("file", &path)]),
        }
    }
}

in_english!(Trouble, StoreError);

impl<T: Default> Found<T> {
    /// The value or the default, with what is to be said.
    pub fn or_default(self) -> (T, Option<Trouble>) {
        match self {
            Self::Nothing => (T::default(), None),
            Self::Value(value) => (value, None),
            Self::Aside(trouble) | Self::Newer(trouble) => (T::default(), Some(trouble)),
        }
    }
}

/// A file or folder of ours that the system refuses.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It could not be read.
    Read {
        /// What it is.
        what: &'static str,
        /// Why not.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// It could not be written; the old one is still there.
    Write {
        /// What it is.
        what: &'static str,
        /// Why not.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// It belongs to a newer Rootwell.
    Newer {
        /// What it is.
        what: &'static str,
        /// Where.
        path: PathBuf,
    },
}

impl StoreError {
    /// The sentence for the person.
    pub fn said(&self, words: &Words) -> String {
        let said = &words.failure;
        let named = |what: &&'static str| {
            words
                .kept
                .get(*what)
                .cloned()
                .unwrap_or_else(|| (*what).to_owned())
        };
        match self {
            Self::Read { what, source, path } => words.fill(
                &said.store_read,
                &[
                    ("what", &named(what)),
                    ("error", source),
                    ("file", &path.display()),
                ],
            ),
            Self::Write { what, source, path } => words.fill(
                &said.store_write,
                &[
                    ("what", &named(what)),
                    ("error", source),
                    ("file", &path.display()),
                ],
            ),
            Self::Newer { what, path } => words.fill(
                &said.store_newer,
                &[("what", &named(what)), ("file", &path.display())],
            ),
        }
    }
}

/// Reads a kept file.
pub fn read<T: Kept>(path: &Path) -> Result<Found<T>, StoreError> {
    let refused = |source| StoreError::Read {
        what: T::NAME,
        source,
        path: path.to_owned(),
    };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(refused(error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    if version_in(&text).is_some_and(|version| version > T::VERSION) {
        return Ok(Found::Newer(Trouble {
            what: T::NAME,
            error: None,
            path: path.to_owned(),
        }));
    }
    match ron_options().from_str::<T>(&text) {
        Ok(value) => Ok(Found::Value(value)),
        Err(error) => {
            let aside = keep_aside(path).map_err(refused)?;
            Ok(Found::Aside(Trouble {
                what: T::NAME,
                error: Some(error.to_string()),
                path: aside,
            }))
        }
    }
}

/// Looks at a kept file without touching it: the default where it cannot be read. For what runs where nobody would see
/// a sentence; whoever can be told meets the trouble with [`read`].
pub fn peek<T: Kept + Default>(path: &Path) -> T {
    fs::read(path)
        .ok()
        .and_then(|bytes| {
            ron_options()
                .from_str(&String::from_utf8_lossy(&bytes))
                .ok()
        })
        .unwrap_or_default()
}

/// Replaces a kept file whole. Refused where a newer Rootwell's file stands.
pub fn save<T: Kept>(path: &Path, value: &T) -> Result<(), StoreError> {
    let refused = |source| StoreError::Write {
        what: T::NAME,
        source,
        path: path.to_owned(),
    };
    if fs::read_to_string(path)
        .ok()
        .and_then(|text| version_in(&text))
        .is_some_and(|version| version > T::VERSION)
    {
        return Err(StoreError::Newer {
            what: T::NAME,
            path: path.to_owned(),
        });
    }
    let pretty = ron::ser::PrettyConfig::new().struct_names(true);
    let mut text = ron_options()
        .to_string_pretty(value, pretty)
        .expect("kept values are plain data");
    text.push('\n');
    replace(path, text.as_bytes()).map_err(refused)
}

/// Replaces a file whole and durably; its folder is made if it is not there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .ok_or_else(|| io::Error::other("a file has a folder"))?;
    fs::create_dir_all(folder)?;
    let mut output = Output::to(path, Readers::Owner)?;
    output.file().write_all(bytes)?;
    output.keep()
}

/// Makes a rename or a removal in a folder last through a power cut.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only Unix lets a folder be opened and flushed; elsewhere the rename is all that there is.
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Renames a file to the first free `name.unreadable-N` and returns the new path.
pub fn keep_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = free_name(path, "unreadable");
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// The first `path.word-N` that does not exist.
pub fn free_name(path: &Path, word: &str) -> PathBuf {
    (1_u32..)
        .map(|n| with_ending(path, &format!(".{word}-{n}")))
        .find(|candidate| !candidate.exists())
        .expect("some number is free")
}

/// A path with something behind its name.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The dialect of all our RON files.
pub fn ron_options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// The version field of a file that may not be of a shape that we know.
fn version_in(text: &str) -> Option<u32> {
    let value: ron::Value = ron_options().from_str(text).ok()?;
    let ron::Value::Map(map) = value else {
        return None;
    };
    let (_, version) = map
        .iter()
        .find(|(key, _)| **key == ron::Value::String("version".to_owned()))?;
    version.clone().into_rust().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;
    use serde::Deserialize;

    #[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Pebbles {
        version: u32,
        count: u32,
        note: Option<String>,
    }

    impl Kept for Pebbles {
        const NAME: &'static str = "pebbles";
        const VERSION: u32 = 1;
        fn version(&self) -> u32 {
            self.version
        }
    }

    #[test]
    fn what_is_saved_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/pebbles.ron");
        assert_eq!(read::<Pebbles>(&path).unwrap(), Found::Nothing);
        let pebbles = Pebbles {
            version: 1,
            count: 3,
            note: Some("smooth".to_owned()),
        };
        save(&path, &pebbles).unwrap();
        assert!(fs::read_to_string(&path).unwrap().starts_with("Pebbles("));
        assert_eq!(read(&path).unwrap(), Found::Value(pebbles));
    }

    #[test]
    fn damage_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pebbles.ron");
        fs::write(&path, b"Pebbles(count: \xff").unwrap();
        let Found::Aside(trouble) = read::<Pebbles>(&path).unwrap() else {
            panic!("it cannot be read")
        };
        let sentence = trouble.to_string();
        assert!(sentence.contains("pebbles.ron.unreadable-1"), "{sentence}");
        assert!(!path.exists());
        assert_eq!(
            fs::read(folder.path().join("pebbles.ron.unreadable-1")).unwrap(),
            b"Pebbles(count: \xff"
        );
    }

    #[test]
    fn every_kept_thing_has_its_name_in_every_language() {
        use crate::plan::Followed;
        use crate::plan::reminder::Shown;
        use crate::profile::Profile;
        for language in Language::ALL {
            for name in ["settings", Profile::NAME, Followed::NAME, Shown::NAME] {
                assert!(Words::of(language).kept.contains_key(name), "{name}");
            }
        }
    }

    #[test]
    fn looking_leaves_damage_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pebbles.ron");
        fs::write(&path, b"Pebbles(count: ").unwrap();
        assert_eq!(peek::<Pebbles>(&path), Pebbles::default());
        assert!(path.exists());
    }

    #[test]
    fn a_newer_file_is_left_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pebbles.ron");
        let text = "Pebbles(version: 2, colours: [Grey])";
        fs::write(&path, text).unwrap();
        assert!(matches!(read::<Pebbles>(&path).unwrap(), Found::Newer(_)));
        assert!(matches!(
            save(&path, &Pebbles::default()),
            Err(StoreError::Newer { .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn fields_that_are_new_take_their_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pebbles.ron");
        fs::write(&path, "Pebbles(version: 1)").unwrap();
        assert_eq!(
            read(&path).unwrap(),
            Found::Value(Pebbles {
                version: 1,
                ..Pebbles::default()
            })
        );
    }
}
