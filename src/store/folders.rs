//! Where everything is kept: the platform's folders, or one folder that `ROOTWELL_HOME` names.

use std::path::{Path, PathBuf};

/// The folders of Rootwell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folders {
    /// Settings and the studio's file.
    pub config: PathBuf,
    /// Journal, plans, edits, recordings, packs.
    pub data: PathBuf,
    /// What can be made again: spoken lines, loops.
    pub cache: PathBuf,
}

impl Folders {
    /// The folders of this person on this machine; all in one where `ROOTWELL_HOME` is set. `None` where there is no
    /// home folder.
    pub fn find() -> Option<Self> {
        match Self::home() {
            Some(home) => Some(Self::under(&home)),
            None => directories::ProjectDirs::from("", "", "rootwell").map(|folders| Self {
                config: folders.config_dir().to_owned(),
                data: folders.data_dir().to_owned(),
                cache: folders.cache_dir().to_owned(),
            }),
        }
    }

    /// The one folder that `ROOTWELL_HOME` names, as it is called from any other.
    pub fn home() -> Option<PathBuf> {
        let home = std::env::var_os("ROOTWELL_HOME").filter(|home| !home.is_empty())?;
        Some(std::path::absolute(&home).unwrap_or_else(|_odd| home.into()))
    }

    /// All folders below one.
    pub fn under(home: &Path) -> Self {
        Self {
            config: home.join("config"),
            data: home.join("data"),
            cache: home.join("cache"),
        }
    }

    /// The settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.ron")
    }

    /// The studio's own file.
    pub fn studio(&self) -> PathBuf {
        self.config.join("studio.ron")
    }

    /// The journal's database.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal.sqlite")
    }

    /// The journal's dated backups.
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// The plans, the one that is followed and those before it.
    pub fn plans(&self) -> PathBuf {
        self.data.join("plans")
    }

    /// Personal copies of routines.
    pub fn edits(&self) -> PathBuf {
        self.data.join("routines")
    }

    /// A studio's own recordings.
    pub fn recordings(&self) -> PathBuf {
        self.data.join("recordings")
    }

    /// Where a studio's recording of this name lies, if it is there; `None` for what is no name. A name leads to no other
    /// folder.
    pub fn recording(&self, name: &str) -> Option<PathBuf> {
        let name = Path::new(name).file_name()?;
        Some(self.recordings().join(name))
    }

    /// Spoken lines that were made once.
    pub fn voice_cache(&self) -> PathBuf {
        self.cache.join("voice")
    }

    /// Reports of crashes.
    pub fn crashes(&self) -> PathBuf {
        self.data.join("crashes")
    }
}
