//! The one file: an `SQLite` archive, a table of names and contents (`sqlite.org/sqlar.html`).

use std::fs::File;
use std::io;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use rusqlite::{Connection, OpenFlags, Row, params};

use super::{DataError, Doing};
use crate::store::{Output, Readers};

/// What a file of an archive unpacks to at most: as much as `SQLite` lets a cell hold.
const MOST: i64 = 1_000_000_000;

/// A name, and what is in the file.
pub(super) type Packed = (String, Vec<u8>);

/// Writes an archive; its files are not compressed.
pub(super) fn write_archive(to: &Path, files: Vec<Packed>) -> Result<(), DataError> {
    let failed = |source| DataError::File {
        doing: Doing::Write,
        source,
        path: to.to_owned(),
    };
    let output = Output::to(to, Readers::Owner).map_err(failed)?;
    let write = || -> rusqlite::Result<()> {
        let mut connection = Connection::open(output.path())?;
        connection.execute_batch(
            "CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB)",
        )?;
        let transaction = connection.transaction()?;
        for (name, bytes) in &files {
            transaction.execute(
                "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, 33152, 0, ?2, ?3)",
                params![name, bytes.len() as i64, bytes],
            )?;
        }
        transaction.commit()
    };
    write().map_err(|source| DataError::Archive {
        source,
        path: to.to_owned(),
    })?;
    output.keep().map_err(failed)
}

/// Reads an archive, by whatever tool it was made: its files may be compressed, and it may list folders.
pub(super) fn read_archive(from: &Path) -> Result<Vec<Packed>, DataError> {
    let opened = File::open(from).and_then(|file| {
        let is_folder = file.metadata()?.is_dir();
        (!is_folder)
            .then_some(())
            .ok_or_else(|| io::ErrorKind::IsADirectory.into())
    });
    opened.map_err(|source| DataError::File {
        doing: Doing::Read,
        source,
        path: from.to_owned(),
    })?;
    let read = || -> rusqlite::Result<Vec<Result<Packed, DataError>>> {
        let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = connection
            .prepare("SELECT name, sz, data FROM sqlar WHERE data IS NOT NULL ORDER BY name")?;
        statement.query_map([], file)?.collect()
    };
    read()
        .map_err(|source| DataError::Archive {
            source,
            path: from.to_owned(),
        })?
        .into_iter()
        .collect()
}

fn file(row: &Row<'_>) -> rusqlite::Result<Result<Packed, DataError>> {
    let (name, size): (String, i64) = (row.get(0)?, row.get(1)?);
    let data = row.get_ref(2)?.as_bytes()?;
    let unpacked = unpacked(data, size).ok_or_else(|| DataError::Packed(name.clone()));
    Ok(unpacked.map(|bytes| (name, bytes)))
}

/// What is packed: as it is where its size says so, else compressed. `None` where it is neither; a link has no size.
fn unpacked(data: &[u8], size: i64) -> Option<Vec<u8>> {
    let length = usize::try_from(size).ok().filter(|_| size <= MOST)?;
    if data.len() == length {
        return Some(data.to_vec());
    }
    decompress_to_vec_zlib_with_limit(data, length)
        .ok()
        .filter(|bytes| bytes.len() == length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(rows: &[(&str, i64, Option<&[u8]>)]) -> Result<Vec<Packed>, DataError> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("all.sqlar");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch("CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB)")
            .unwrap();
        for (name, size, data) in rows {
            connection
                .execute(
                    "INSERT INTO sqlar VALUES (?1, 33188, 0, ?2, ?3)",
                    params![name, size, data],
                )
                .unwrap();
        }
        read_archive(&path)
    }

    #[test]
    fn what_another_tool_has_compressed_is_unpacked() {
        let text = b"Routine()".repeat(100);
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&text, 6);
        let rows = [
            ("config", 0, None),
            ("config/a", 900, Some(&packed[..])),
            ("config/b", 2, Some(&b"hi"[..])),
        ];
        let files = archive(&rows).unwrap();
        assert_eq!(files[0], ("config/a".to_owned(), text));
        assert_eq!(files[1], ("config/b".to_owned(), b"hi".to_vec()));
        assert_eq!(files.len(), 2);
    }

    #[track_caller]
    fn refused(size: i64, data: &[u8]) {
        let refused = archive(&[("config/a", size, Some(data))]);
        assert!(matches!(refused, Err(DataError::Packed(name)) if name == "config/a"));
    }

    #[test]
    fn what_is_not_what_its_size_says_is_refused() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&[0; 5000], 6);
        refused(900, &packed);
        refused(9000, &packed);
        refused(5000, &packed[..10]);
        refused(5000, b"rubbish");
        refused(-1, b"/etc/passwd");
        refused(i64::MAX, &packed);
    }
}
