//! A file on its way to its place: whole or not at all, through links, and straight into what is no ordinary file.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::sync_folder;

/// A file that gets its name when it is whole; it is gone unless it is kept.
#[derive(Debug)]
pub struct Output {
    file: NamedTempFile,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// The end of all links.
    File(PathBuf),
    /// A device, a pipe: it is written into and stays what it is.
    Stream(File),
}

/// Who may read a file that is new; one that is replaced keeps what it had.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Readers {
    /// Only its owner: it is about a person.
    Owner,
    /// Whoever may read what other programs write.
    Usual,
}

impl Output {
    /// A file that is to stand in a place. Its folder is there.
    pub fn to(path: &Path, readers: Readers) -> io::Result<Self> {
        let found = fs::metadata(path);
        match found {
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => Ok(Self {
                place: Place::Stream(OpenOptions::new().append(true).open(path)?),
                file: NamedTempFile::new()?,
            }),
            Ok(there) => Self::beside(fs::canonicalize(path)?, Some(there.permissions()), readers),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::beside(end_of_links(path)?, None, readers)
            }
            Err(error) => Err(error),
        }
    }

    fn beside(path: PathBuf, had: Option<Permissions>, readers: Readers) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rootwell-");
        #[cfg(unix)]
        if readers == Readers::Usual {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(Permissions::from_mode(0o666));
        }
        #[cfg(not(unix))]
        let _the_folder_decides = readers;
        let folder = folder_of(&path);
        // In the system's own words, and without a name that nobody has asked for.
        if !fs::metadata(folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let file = builder.tempfile_in(folder);
        let file = file.map_err(|error| of_the_system(&error))?;
        if let Some(had) = had {
            file.as_file().set_permissions(had)?;
        }
        Ok(Self {
            file,
            place: Place::File(path),
        })
    }

    /// What is written to.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Where it lies until it is kept.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Puts it in its place, to last.
    pub fn keep(mut self) -> io::Result<()> {
        match self.place {
            Place::File(path) => {
                self.file.as_file().sync_all()?;
                self.file.persist(&path).map_err(|error| error.error)?;
                sync_folder(folder_of(&path))
            }
            Place::Stream(mut stream) => {
                self.file.rewind()?;
                io::copy(&mut self.file, &mut stream)?;
                stream.flush()
            }
        }
    }
}

/// The folder that a path lies in.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Where links lead, also to nothing yet.
pub(super) fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        if !path.is_symlink() {
            return Ok(path);
        }
        path = folder_of(&path).join(fs::read_link(&path)?);
    }
    Err(io::Error::other("its links go round in a circle"))
}

/// What the system has said, without the name of a file that nobody has asked for.
fn of_the_system(error: &io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    let inner = inner.and_then(|inner| inner.downcast_ref::<io::Error>());
    let code = inner.unwrap_or(error).raw_os_error();
    code.map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::super::replace;
    use super::*;

    #[test]
    fn a_link_stays_a_link_and_leads_to_what_is_new() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        fs::create_dir(at("far")).unwrap();
        symlink("far/one", at("two")).unwrap();
        symlink("two", at("three")).unwrap();
        for text in ["new", "newer"] {
            replace(&at("three"), text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(at("far/one")).unwrap(), text);
        }
        assert!(at("two").is_symlink() && at("three").is_symlink());
        symlink("b", at("a")).unwrap();
        symlink("a", at("b")).unwrap();
        assert!(
            replace(&at("a"), b"x").is_err(),
            "it goes round in a circle"
        );
    }

    #[test]
    fn a_device_is_written_into_and_stays() {
        replace(Path::new("/dev/null"), b"x").unwrap();
        let full = replace(Path::new("/dev/full"), b"x").expect_err("it is always full");
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        for device in ["/dev/null", "/dev/full"] {
            assert!(!fs::metadata(device).unwrap().is_file());
        }
    }

    #[test]
    fn a_file_keeps_who_may_read_it() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        replace(&path, b"x").unwrap();
        assert_eq!(mode(), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"y").unwrap();
        assert_eq!(mode(), 0o640);
    }

    #[test]
    fn what_cannot_be_written_is_said_without_another_name() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "x").unwrap();
        for (path, expected) in [
            ("nowhere/a", "No such file or directory (os error 2)"),
            ("file/a", "Not a directory (os error 20)"),
        ] {
            let error = Output::to(&home.path().join(path), Readers::Usual).unwrap_err();
            assert_eq!(error.to_string(), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_is_refused_and_what_is_not_kept_is_gone() {
        let home = tempfile::tempdir().unwrap();
        assert!(replace(home.path(), b"x").is_err());
        let output = Output::to(&home.path().join("a"), Readers::Usual).unwrap();
        drop(output);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
