//! Everything goes: also what a link has put elsewhere, as far as it is ours.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{DataError, Doing};
use crate::store::Folders;
use crate::store::journal::copies;
use crate::store::output::end_of_links;

/// Removes everything that is kept, backups and cache too. Where a link leads to a folder elsewhere, our own files in
/// it are removed; the folder is given back if something of another's is left in it.
pub fn remove_all(folders: &Folders) -> Result<Vec<PathBuf>, DataError> {
    let places = [
        folders.backups(),
        folders.plans(),
        folders.edits(),
        folders.recordings(),
        folders.crashes(),
        folders.voice_cache(),
        folders.data.clone(),
        folders.config.clone(),
        folders.cache.clone(),
    ];
    let elsewhere: BTreeSet<PathBuf> = places
        .iter()
        .filter(|place| place.is_symlink())
        .filter_map(|place| fs::canonicalize(place).ok())
        .collect();
    for file in files(folders) {
        remove_with_kin(&file).map_err(refused(&file))?;
    }
    for backup in copies(&folders.journal(), &folders.backups()) {
        remove_file(&backup).map_err(refused(&backup))?;
    }
    for folder in &places {
        // Of a link, the link alone goes.
        fs::remove_dir_all(folder)
            .or_else(gone)
            .map_err(refused(folder))?;
    }
    // Only an empty folder can be removed in this way.
    let left = |folder: &PathBuf| fs::remove_dir(folder).is_err() && folder.exists();
    Ok(elsewhere.into_iter().filter(left).collect())
}

/// The files that we write by name, wherever links lead.
fn files(folders: &Folders) -> Vec<PathBuf> {
    vec![
        folders.journal(),
        folders.settings(),
        folders.profile_file(),
        folders.shown_file(),
        folders.studio(),
        folders.plan_file(),
    ]
}

/// Removes a file, what it links to, and what we put beside either: a log, a copy that was kept aside.
fn remove_with_kin(file: &Path) -> io::Result<()> {
    let real = end_of_links(file)?;
    if real != file {
        remove_with_kin(&real)?;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let inside = file
        .parent()
        .map(fs::read_dir)
        .into_iter()
        .flatten()
        .flatten();
    for beside in inside.flatten() {
        let beside_name = beside.file_name().to_string_lossy().into_owned();
        if beside_name.strip_prefix(&*name).is_some_and(is_of_ours) {
            remove_file(&beside.path())?;
        }
    }
    Ok(())
}

/// Whether we write a file with this behind its name.
fn is_of_ours(ending: &str) -> bool {
    let of_sqlite = ["-wal", "-shm", "-journal", ".lock"];
    let ending = of_sqlite
        .iter()
        .find_map(|known| ending.strip_suffix(known))
        .unwrap_or(ending);
    let number = [".damaged-", ".unreadable-"]
        .iter()
        .find_map(|known| ending.strip_prefix(known));
    ending.is_empty() || number.is_some_and(|number| number.parse::<u32>().is_ok())
}

fn remove_file(file: &Path) -> io::Result<()> {
    if file.is_dir() && !file.is_symlink() {
        return Ok(());
    }
    fs::remove_file(file).or_else(gone)
}

fn gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn refused(path: &Path) -> impl FnOnce(io::Error) -> DataError {
    let path = path.to_owned();
    move |source| DataError::File {
        doing: Doing::Remove,
        source,
        path,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::tests::filled;
    use super::*;

    #[test]
    fn removing_leaves_nothing() {
        let (home, folders) = filled();
        assert_eq!(remove_all(&folders).unwrap(), [] as [PathBuf; 0]);
        assert!(super::super::files_in(home.path()).is_empty());
        remove_all(&folders).unwrap();
    }

    #[test]
    fn a_journal_behind_a_link_goes_too() {
        let (home, folders) = filled();
        let far = home.path().join("far");
        fs::create_dir(&far).unwrap();
        fs::rename(folders.journal(), far.join("mine.sqlite")).unwrap();
        symlink(far.join("mine.sqlite"), folders.journal()).unwrap();
        let held = crate::store::journal::Journal::open(&folders).unwrap();
        assert_eq!(held.count().unwrap(), 1);
        assert!(
            far.join("mine.sqlite-shm").exists(),
            "its log lies beside it"
        );
        let others = [
            far.join("mine.sqlite.damaged-by-me"),
            far.join("mine.sqlite3"),
        ];
        for other in &others {
            fs::write(other, "another's").unwrap();
        }
        fs::write(far.join("mine.sqlite.damaged-1-wal"), "ours").unwrap();
        remove_all(&folders).unwrap();
        assert_eq!(super::super::files_in(home.path()), others);
    }

    #[test]
    fn folders_behind_links_lose_what_is_ours_and_are_said() {
        let (home, folders) = filled();
        let far = home.path().join("far");
        fs::rename(&folders.data, &far).unwrap();
        symlink(&far, &folders.data).unwrap();
        let music = home.path().join("music");
        fs::rename(folders.backups(), &music).unwrap();
        symlink(&music, folders.backups()).unwrap();
        fs::write(music.join("song.flac"), "another's").unwrap();
        fs::write(music.join("songs.sqlite"), "another's").unwrap();
        symlink(&music, folders.recordings()).unwrap();
        let left = remove_all(&folders).unwrap();
        assert_eq!(left, std::slice::from_ref(&music));
        let kept = ["song.flac", "songs.sqlite"].map(|name| music.join(name));
        assert_eq!(super::super::files_in(home.path()), kept);
        assert!(!far.exists() && !folders.data.is_symlink());
    }
}
