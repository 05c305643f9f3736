//! Damage that shows late, copies that hold what was removed, and a disk that takes nothing.

use std::path::PathBuf;

use super::*;

/// A journal of 200 entries and a measure, changed by hand.
fn changed(sql: &str) -> (TempDir, Folders) {
    let (home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    journal
        .transaction(|connection| {
            (0..200).try_for_each(|n| insert(connection, &entry(n)).map(drop))
        })
        .unwrap();
    journal.add_measure(&measure()).unwrap();
    drop(journal);
    Connection::open(folders.journal())
        .unwrap()
        .execute_batch(sql)
        .unwrap();
    (home, folders)
}

#[track_caller]
fn mended(sql: &str, entries: usize, measures: usize) {
    let (_home, folders) = changed(sql);
    let journal = Journal::open(&folders).unwrap();
    let found = journal.entries(&Query::default()).unwrap();
    assert_eq!(found.len(), entries);
    assert!(
        found
            .iter()
            .all(|(id, entry)| entry.note == format!("number {}", id.0 - 1)),
        "numbers stay"
    );
    assert_eq!(journal.measures().unwrap().len(), measures);
    let said = journal.take_notices();
    let [
        notice @ Notice::Recovered {
            from_file, kept, ..
        },
    ] = &said[..]
    else {
        panic!("{said:?}");
    };
    assert_eq!(*from_file, entries);
    assert!(kept.ends_with("journal.sqlite.damaged-1"));
    assert!(notice.to_string().starts_with("The journal was damaged."));
    drop(journal);
    let again = Journal::open(&folders).unwrap();
    assert_eq!(again.entries(&Query::default()).unwrap().len(), entries);
    assert!(again.take_notices().is_empty());
}

#[test]
fn what_cannot_be_read_is_kept_aside_wherever_it_shows() {
    mended("UPDATE entry SET data = '{\"no\"' WHERE id = 7", 199, 1);
    mended(
        "UPDATE entry SET data = 'x' WHERE id IN (1, 2, 200)",
        197,
        1,
    );
    mended(
        "UPDATE entry SET data = CAST(x'ff00' AS TEXT) WHERE id = 9",
        199,
        1,
    );
    mended("UPDATE measure SET data = '{}'", 200, 0);
    mended("DROP TABLE measure", 200, 0);
    mended("DROP TABLE entry_area", 200, 1);
    mended("DROP TABLE resume", 200, 1);
    mended(
        "DROP TABLE measure; DROP TABLE entry_area; DROP TABLE resume; PRAGMA user_version = 0",
        200,
        0,
    );
    mended("ALTER TABLE measure RENAME COLUMN data TO date_of", 200, 0);
}

/// Breaks the page of one of the older entries.
fn spoil_a_page(bytes: &mut [u8]) {
    let at = bytes.windows(9).position(|part| part == b"number 77");
    let page = at.unwrap() / 4096;
    bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
}

#[test]
fn a_page_that_breaks_among_the_old_entries_is_met_when_it_is_read() {
    let (_home, folders) = broken(2000, |bytes| spoil_a_page(bytes));
    let mut journal = Journal::open(&folders).unwrap();
    assert!(journal.take_notices().is_empty(), "the newest are well");
    let found = journal.entries(&Query::default()).unwrap();
    assert!((1900..2000).contains(&found.len()), "{}", found.len());
    assert_eq!(journal.take_notices().len(), 1);
    assert!(journal.is_sound());
    journal.finish(&entry(2000)).unwrap();
}

#[test]
fn damage_that_writing_meets_does_not_cost_the_entry() {
    let (_home, folders) = changed("");
    let mut journal = Journal::open(&folders).unwrap();
    let other = Connection::open(folders.journal()).unwrap();
    other.execute_batch("DROP TABLE entry_area").unwrap();
    drop(other);
    let with_area = Entry {
        areas: vec![Area::Neck],
        ..entry(200)
    };
    journal.finish(&with_area).unwrap();
    assert_eq!(journal.count().unwrap(), 201);
    assert_eq!(journal.take_notices().len(), 1);
}

fn secret() -> Entry {
    Entry {
        note: "xyzzy-private-xyzzy".to_owned(),
        ..entry(300)
    }
}

/// The files in the folder and among the backups that hold the secret.
fn holding(folders: &Folders) -> Vec<PathBuf> {
    [&folders.data, &folders.backups()]
        .into_iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|file| fs::read(file).is_ok_and(|bytes| contains(&bytes, b"xyzzy-private")))
        .collect()
}

#[test]
fn what_is_removed_goes_from_damaged_copies_and_backups_too() {
    let (_home, folders) = changed("");
    let mut journal = Journal::open(&folders).unwrap();
    let id = journal.add(&secret()).unwrap();
    journal.back_up(date(2026, 11, 25)).unwrap();
    drop(journal);
    // One copy that is sound, one with a broken page, one backup that is none.
    Connection::open(folders.journal())
        .unwrap()
        .execute_batch("UPDATE entry SET data = 'x' WHERE id = 7")
        .unwrap();
    let mut journal = Journal::open(&folders).unwrap();
    journal.entries(&Query::default()).unwrap();
    assert_eq!(journal.take_notices().len(), 1, "that it was recovered");
    let sound = folders.data.join("journal.sqlite.damaged-1");
    let mut bytes = fs::read(&sound).unwrap();
    spoil_a_page(&mut bytes);
    let broken = folders.data.join("journal.sqlite.damaged-2");
    fs::write(&broken, bytes).unwrap();
    let rubbish = folders.backups().join("journal-2026-01-01.sqlite");
    fs::write(&rubbish, "xyzzy-private").unwrap();
    assert!(holding(&folders).len() >= 4, "{:?}", holding(&folders));

    journal.remove(id).unwrap();
    assert_eq!(holding(&folders), [] as [PathBuf; 0]);
    assert!(sound.exists(), "what can be cleaned stays");
    assert!(!broken.exists() && !rubbish.exists());
    let mut gone = journal.take_notices();
    gone.sort_by_key(ToString::to_string);
    let mut copies = [broken, rubbish].map(Notice::CopyRemoved);
    copies.sort_by_key(ToString::to_string);
    assert_eq!(gone, copies);
}

#[test]
fn an_emptied_journal_gives_back_what_the_backup_has() {
    let (_home, folders) = changed("");
    let mut journal = Journal::open(&folders).unwrap();
    journal.back_up(date(2026, 11, 25)).unwrap();
    drop(journal);
    fs::write(folders.journal(), "").unwrap();
    let journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.count().unwrap(), 200);
    assert_eq!(journal.take_notices().len(), 1);
}

/// What one process has written is in the file that the other put in its place.
#[cfg(unix)]
#[test]
fn a_journal_that_another_recovers_or_removes_loses_nothing() {
    let (_home, folders) = changed("UPDATE entry SET data = 'x' WHERE id = 7");
    let mut window = Journal::open(&folders).unwrap();
    window.add(&entry(200)).unwrap();
    let mut other = Journal::open(&folders).unwrap();
    assert_eq!(other.entries(&Query::default()).unwrap().len(), 200);
    other.add(&entry(201)).unwrap();
    other.add(&entry(202)).unwrap();
    assert_eq!(window.count().unwrap(), 202, "it reads what is there now");
    window.add(&entry(203)).unwrap();
    assert_eq!(other.count().unwrap(), 203);
    assert!(window.take_notices().is_empty(), "the other has said it");
    fs::remove_dir_all(&folders.data).unwrap();
    window.add(&entry(204)).unwrap();
    assert_eq!(Journal::open(&folders).unwrap().count().unwrap(), 1);
}

#[cfg(unix)]
#[test]
fn a_journal_behind_a_link_is_mended_where_it_lies() {
    use std::os::unix::fs::symlink;
    let (home, folders) = changed("UPDATE entry SET data = 'x' WHERE id = 7");
    let far = home.path().join("far");
    fs::create_dir(&far).unwrap();
    fs::rename(folders.journal(), far.join("mine")).unwrap();
    symlink("../far/mine", folders.journal()).unwrap();
    let journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.entries(&Query::default()).unwrap().len(), 199);
    assert!(folders.journal().is_symlink());
    assert!(far.join("mine.damaged-1").is_file());
    drop(journal);
    assert_eq!(Journal::open(&folders).unwrap().count().unwrap(), 199);
}

#[test]
fn a_place_where_no_file_can_be_is_said() {
    let (_home, folders) = home();
    fs::create_dir_all(folders.journal()).unwrap();
    let error = Journal::open(&folders)
        .expect_err("it is a folder")
        .to_string();
    assert!(
        error.contains("in the journal's place is no file"),
        "{error}"
    );
}

#[test]
fn a_look_changes_nothing() {
    let (_home, folders) = home();
    assert!(Journal::look(&folders).unwrap().is_none());
    assert!(!folders.data.exists());
    let (_home, folders) = changed("UPDATE entry SET data = 'x' WHERE id = 7");
    let before = fs::read(folders.journal()).unwrap();
    let looking = Journal::look(&folders).unwrap().unwrap();
    assert_eq!(looking.count().unwrap(), 200);
    assert!(looking.entries(&Query::default()).is_err());
    drop(looking);
    assert_eq!(fs::read(folders.journal()).unwrap(), before);
    fs::write(folders.journal(), "rubbish").unwrap();
    assert!(Journal::look(&folders).is_err());
    assert_eq!(fs::read(folders.journal()).unwrap(), b"rubbish");
}

#[test]
fn a_recovery_that_fails_leaves_the_file_where_it_was() {
    let (_home, folders) = changed("UPDATE entry SET data = 'x' WHERE id = 7");
    let journal = Journal::open(&folders).unwrap();
    // The new database cannot have a log.
    fs::create_dir(folders.data.join("journal.sqlite-journal")).unwrap();
    assert!(journal.entries(&Query::default()).is_err());
    assert!(!folders.data.join("journal.sqlite.damaged-1").exists());
    fs::remove_dir(folders.data.join("journal.sqlite-journal")).unwrap();
    let journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.entries(&Query::default()).unwrap().len(), 199);
}

/// Nothing can be written beside the database, as on a full disk: in the place of the log's index is a link to nowhere.
#[cfg(unix)]
fn shut(folders: &Folders) -> PathBuf {
    let index = folders.data.join("journal.sqlite-shm");
    std::os::unix::fs::symlink("nowhere", &index).unwrap();
    index
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_it_is_read_and_written_again_when_it_can() {
    let (_home, folders) = changed("");
    let index = shut(&folders);
    let mut journal = Journal::open(&folders).unwrap();
    assert!(journal.take_notices().is_empty());
    assert_eq!(journal.entries(&Query::default()).unwrap().len(), 200);
    assert!(journal.to_csv().is_ok() && journal.is_sound());
    assert!(journal.add(&entry(200)).is_err());
    assert_eq!(journal.count().unwrap(), 200, "it still reads");
    fs::remove_file(index).unwrap();
    journal.add(&entry(200)).unwrap();
    assert_eq!(journal.count().unwrap(), 201);
}

#[cfg(unix)]
#[test]
fn the_newest_entries_are_read_from_the_log_too() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    journal.add(&entry(1)).unwrap();
    // As a crash leaves it: the log beside the database.
    let (_crashed, after) = home();
    fs::create_dir_all(&after.data).unwrap();
    for name in ["journal.sqlite", "journal.sqlite-wal"] {
        fs::copy(folders.data.join(name), after.data.join(name)).unwrap();
    }
    shut(&after);
    assert_eq!(Journal::open(&after).unwrap().count().unwrap(), 1);
}

#[test]
fn a_finished_session_makes_the_weeks_backup() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    for (day, expected) in [(1, 1), (5, 1), (8, 2), (30, 3), (40, 3)] {
        journal.finish(&entry(day)).unwrap();
        assert_eq!(
            schema::backups_in(&folders.backups()).len(),
            expected,
            "on day {day}"
        );
    }
}

#[test]
fn a_damaged_journal_pushes_no_backup_out() {
    let (_home, folders) = broken(2000, |bytes| spoil_a_page(bytes));
    let mut journal = Journal::open(&folders).unwrap();
    journal.back_up(date(2026, 11, 25)).unwrap();
    assert_eq!(schema::backups_in(&folders.backups()), [] as [PathBuf; 0]);
}
