//! The file that a journal holds: read and written as the one in its place, recovered where it is damaged, and never
//! written to after another process has put a new one there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::{Journal, JournalError, recover, schema};
use crate::store::output::end_of_links;
use crate::store::with_ending;

/// How long is waited between two looks at the lock, and how often it is looked at: ten seconds in all.
const LOOK: Duration = Duration::from_millis(10);
const MOST_LOOKS: u32 = 1_000;

/// What tells a file from another one of its name.
pub(super) type FileId = (u64, u64);

impl Journal {
    /// Reads.
    pub(super) fn read<T>(
        &self,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        self.attempt(|| work(&self.connection.borrow()))
    }

    /// Writes all of it or nothing.
    pub(super) fn transaction<T>(
        &mut self,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        if self.only_read.get() {
            // There may be room again.
            self.reopen()?;
        }
        self.attempt(|| {
            let mut connection = self.connection.borrow_mut();
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            // Whoever recovers the file waits for our commit from here on, and after this look takes it along.
            if !self.is_held() {
                return Err(schema::moved());
            }
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
    }

    /// Does it with the file that is there now; where damage is met, the journal is recovered and it is done again.
    fn attempt<T>(&self, run: impl Fn() -> rusqlite::Result<T>) -> Result<T, JournalError> {
        let run = || run().map_err(|error| self.trouble(error));
        if !self.is_held() {
            self.reopen()?;
        }
        run().or_else(|error| self.recover(error).and_then(|()| run()))
    }

    /// Whether the file in the journal's place is the one that is open.
    fn is_held(&self) -> bool {
        self.held.get().is_some() && self.held.get() == file_id(&self.path)
    }

    /// Opens the file that is there now.
    fn reopen(&self) -> Result<(), JournalError> {
        self.let_go()?;
        let fresh = Self::open_at(&self.path, &self.backups)?;
        self.notices.borrow_mut().extend(fresh.take_notices());
        self.only_read.set(fresh.only_read.get());
        self.hold(fresh.connection.into_inner());
        Ok(())
    }

    /// Recovers the journal if the error says damage; gives every other error back.
    fn recover(&self, error: JournalError) -> Result<(), JournalError> {
        let alone = alone(&self.path);
        if !self.is_held() {
            // Another process was quicker.
            drop(alone);
            return self.reopen();
        }
        if self.only_read.get() || !recover::is_damage(&error) {
            return Err(error);
        }
        self.let_go()?;
        let (connection, notice) = recover::recover(&self.path, &self.backups)?;
        self.notices.borrow_mut().push(notice);
        self.hold(connection);
        Ok(())
    }

    fn let_go(&self) -> Result<(), JournalError> {
        self.held.set(None);
        drop(self.connection.replace(schema::nowhere()?));
        Ok(())
    }

    fn hold(&self, connection: Connection) {
        self.connection.replace(connection);
        self.held.set(file_id(&self.path));
    }

    pub(super) fn trouble(&self, source: rusqlite::Error) -> JournalError {
        schema::trouble(source, &self.path)
    }
}

/// The journal at the end of all links.
pub(super) fn real(path: &Path) -> Result<PathBuf, JournalError> {
    let refused = |source| JournalError::Folder {
        source,
        path: path.to_owned(),
    };
    let real = end_of_links(path).map_err(refused)?;
    if real.exists() && !real.is_file() {
        return Err(refused(std::io::Error::other(
            "in the journal's place is no file",
        )));
    }
    Ok(real)
}

/// What tells a file from another one of its name: device and number. Elsewhere than on Unix an open file keeps its name.
pub(super) fn file_id(path: &Path) -> Option<FileId> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        Some((0, u64::from(metadata.is_file())))
    }
}

/// Until it is dropped, no other process makes or recovers the journal. One that hangs is not waited for longer, and
/// where nothing can be written, nobody makes or recovers anything.
pub(super) fn alone(path: &Path) -> Option<fs::File> {
    let lock = fs::File::create(with_ending(path, ".lock")).ok()?;
    for _ in 0..MOST_LOOKS {
        match lock.try_lock() {
            Ok(()) => return Some(lock),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(LOOK),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}
