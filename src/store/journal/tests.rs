//! What the journal promises: nothing acknowledged is lost, nothing newer is touched, damage is said.

mod damage;
mod transfer;

use std::fs;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::checkin::{Rating, Rotating};
use crate::journal::movement::Check;
use crate::journal::{Answer, End, Felt};
use crate::names::{Flag, Hand, Style, Wish};
use crate::routine::SectionKind;
use crate::units::Frames;

fn home() -> (TempDir, Folders) {
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders::under(folder.path());
    (folder, folders)
}

fn entry(n: u32) -> Entry {
    let started = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(i64::from(n) * 24);
    let date = date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(n))
        .unwrap();
    let mut entry = Entry::begun(started, date, "even-keel", "Even Keel", Style::Relaxation);
    entry.note = format!("number {n}");
    entry
}

/// An entry with something in every field.
fn full() -> Entry {
    let mut full = entry(3);
    full.key = "k-1".to_owned();
    full.version = "abc".to_owned();
    full.variations = vec!["hold-free".to_owned(), "deeper".to_owned()];
    full.planned = 600;
    full.heard = vec![(SectionKind::Arrive, 30), (SectionKind::Soften, 120)];
    full.skipped = vec!["Left hip".to_owned()];
    full.end = End::FeltWrong;
    full.areas = vec![Area::Neck, Area::Chest];
    full.pressed = vec![Area::Neck];
    full.flags = vec![Flag::NewMedicine];
    full.wish = Wish::Both;
    full.before.tension = Rating::new(7);
    full.before.pain = Rating::new(0);
    full.after.settled = Rating::new(8);
    full.after.rotating = Some((Rotating::Warmth, Rating::TOP));
    full.answers = vec![Answer {
        asked: "tension".to_owned(),
        rating: Rating::new(5),
        chosen: None,
    }];
    full.change = Some(-2);
    full.pressure = Some(Felt::TooMuch);
    full.bedtime = true;
    full.morning = true;
    full.ache = Rating::new(4);
    full.slept = Rating::new(6);
    full.plan_item = Some("hips".to_owned());
    full.note = "=1+1, \"quoted\"\nand a second line — ünïcode".to_owned();
    full
}

#[test]
fn what_is_added_is_there_after_reopening() {
    let (_home, folders) = home();
    let id = Journal::open(&folders).unwrap().add(&full()).unwrap();
    let journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.entry(id).unwrap(), full());
    assert!(journal.take_notices().is_empty());
    assert!(journal.is_sound());
}

#[test]
fn queries_narrow() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    for n in 0..5 {
        journal.add(&entry(n)).unwrap();
    }
    journal
        .add(&Entry {
            key: String::new(),
            ..full()
        })
        .unwrap();
    let count = |query: Query| journal.entries(&query).unwrap().len();
    assert_eq!(count(Query::default()), 6);
    assert_eq!(
        count(Query {
            areas: vec![Area::Chest, Area::Soles],
            ..Query::default()
        }),
        1
    );
    assert_eq!(
        count(Query {
            since: Some(date(1970, 1, 3)),
            until: Some(date(1970, 1, 4)),
            ..Query::default()
        }),
        3
    );
    assert_eq!(
        count(Query {
            routine: Some("other".to_owned()),
            ..Query::default()
        }),
        0
    );
    let newest = journal
        .entries(&Query {
            newest: Some(2),
            ..Query::default()
        })
        .unwrap();
    assert_eq!(
        newest
            .iter()
            .map(|(_, entry)| entry.date.day())
            .collect::<Vec<_>>(),
        [4, 5],
        "oldest first"
    );
    assert_eq!(
        journal
            .days(date(1970, 1, 2), date(1970, 1, 4))
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn an_entry_can_be_corrected() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    let id = journal.add(&full()).unwrap();
    let corrected = Entry {
        areas: vec![Area::Calves],
        note: "better".to_owned(),
        key: "other".to_owned(),
        ..full()
    };
    journal.edit(id, &corrected).unwrap();
    assert_eq!(
        journal.entry(id).unwrap(),
        Entry {
            key: "k-1".to_owned(),
            ..corrected
        }
    );
    assert_eq!(
        journal
            .entries(&Query {
                areas: vec![Area::Neck],
                ..Query::default()
            })
            .unwrap()
            .len(),
        0
    );
    assert!(matches!(
        journal.edit(EntryId(99), &full()),
        Err(JournalError::NoEntry(99))
    ));
}

#[test]
fn removing_really_removes() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    let secret = Entry {
        note: "xyzzy-private-xyzzy".to_owned(),
        ..entry(1)
    };
    let id = journal.add(&secret).unwrap();
    journal.add(&entry(2)).unwrap();
    journal.back_up(date(2026, 11, 25)).unwrap();
    let holding = || {
        let mut files = vec![folders.journal(), folders.data.join("journal.sqlite-wal")];
        files.extend(schema::backups_in(&folders.backups()));
        files
            .into_iter()
            .filter(|file| fs::read(file).is_ok_and(|bytes| contains(&bytes, b"xyzzy-private")))
            .count()
    };
    assert!(
        holding() >= 2,
        "it is in the log or the database, and in the backup"
    );
    journal.remove(id).unwrap();
    assert_eq!(holding(), 0);
    assert_eq!(journal.count().unwrap(), 1);
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn point() -> ResumePoint {
    ResumePoint {
        entry: entry(1),
        choices: crate::timeline::Choices::default(),
        step: 4,
        step_title: "Left hip".to_owned(),
        at: Frames::whole_secs(95),
        written: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_resume_point_lives_until_the_session_is_finished() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.resume_point().unwrap(), None);
    journal
        .set_resume_point(&ResumePoint { step: 3, ..point() })
        .unwrap();
    journal.set_resume_point(&point()).unwrap();
    drop(journal);
    let mut journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.resume_point().unwrap(), Some(point()));
    journal.finish(&entry(1)).unwrap();
    assert_eq!(journal.resume_point().unwrap(), None);
    assert_eq!(journal.count().unwrap(), 1);
}

#[test]
fn a_session_that_was_left_for_another_becomes_an_entry() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    journal.set_resume_point(&point()).unwrap();
    journal.set_resume_point(&point()).unwrap();
    assert_eq!(journal.count().unwrap(), 0, "it is the same session");
    let next = ResumePoint {
        entry: entry(2),
        step: 0,
        at: Frames::ZERO,
        ..point()
    };
    journal.set_resume_point(&next).unwrap();
    let entries = journal.entries(&Query::default()).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].1.note, entry(1).note);
    assert_eq!(journal.resume_point().unwrap(), Some(next));
    // One of which nothing was heard leaves nothing.
    journal.set_resume_point(&point()).unwrap();
    assert_eq!(journal.count().unwrap(), 1);
}

#[test]
fn a_newer_journal_is_left_untouched() {
    let (_home, folders) = home();
    drop(Journal::open(&folders).unwrap());
    let newer = Connection::open(folders.journal()).unwrap();
    newer
        .pragma_update(None, "user_version", schema::VERSION + 1)
        .unwrap();
    newer
        .pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
        .unwrap();
    drop(newer);
    let before = fs::read(folders.journal()).unwrap();
    let error = Journal::open(&folders).expect_err("it is newer");
    assert!(matches!(error, JournalError::Newer { found, .. } if found == schema::VERSION + 1));
    assert!(error.to_string().contains("newer Rootwell"), "{error}");
    assert_eq!(fs::read(folders.journal()).unwrap(), before);
}

/// A journal with an entry in every field, a plain one, a resume point and a measure, as each version of the database
/// wrote it.
const OLD: &[&str] = &[include_str!("../../../tests/journals/version-1.sql")];

#[test]
fn a_journal_of_each_version_is_read_whole() {
    assert_eq!(OLD.len(), schema::VERSION as usize, "each version has one");
    for old in OLD {
        let (_home, folders) = home();
        fs::create_dir_all(folders.journal().parent().unwrap()).unwrap();
        let connection = Connection::open(folders.journal()).unwrap();
        connection.execute_batch(old).unwrap();
        drop(connection);
        let mut journal = Journal::open(&folders).unwrap();
        assert_eq!(journal.take_notices(), []);
        let entries = journal.entries(&Query::default()).unwrap();
        let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
        let plain = Entry {
            key: "b50c926000-43f3124f3886441b".to_owned(),
            ..entry(9)
        };
        let before_bedtime = Entry {
            bedtime: false,
            morning: false,
            ..full()
        };
        assert_eq!(entries, [before_bedtime, plain]);
        assert_eq!(journal.resume_point().unwrap(), Some(point()));
        assert_eq!(journal.measures().unwrap(), [measure()]);
        journal.add(&entry(10)).unwrap();
        assert!(journal.is_sound());
    }
}

#[test]
fn a_migration_keeps_entries_and_a_backup() {
    let (_home, folders) = home();
    Journal::open(&folders).unwrap().add(&full()).unwrap();
    let mut connection = schema::connect(&folders.journal()).unwrap();
    let steps = [
        "SELECT 'version 1 is there already'",
        "ALTER TABLE entry ADD COLUMN colour TEXT",
    ];
    schema::migrate(&mut connection, &folders.backups(), &steps).unwrap();
    let coloured: i64 = connection
        .query_row(
            "SELECT count(*) FROM entry WHERE colour IS NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(coloured, 1);
    let backups = schema::backups_in(&folders.backups());
    assert_eq!(backups.len(), 1);
    assert!(backups[0].ends_with("journal-before-version-2.sqlite"));
    let backup = Connection::open(&backups[0]).unwrap();
    assert!(
        backup.prepare("SELECT colour FROM entry").is_err(),
        "the backup is from before"
    );
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let (_home, folders) = home();
    Journal::open(&folders).unwrap().add(&full()).unwrap();
    let mut connection = schema::connect(&folders.journal()).unwrap();
    let steps = [
        "",
        "ALTER TABLE entry ADD COLUMN colour TEXT; SELECT nonsense FROM nowhere;",
    ];
    assert!(schema::migrate(&mut connection, &folders.backups(), &steps).is_err());
    drop(connection);
    assert_eq!(Journal::open(&folders).unwrap().count().unwrap(), 1);
}

/// Fills a journal and breaks its file.
fn broken(entries: u32, break_it: impl Fn(&mut Vec<u8>)) -> (TempDir, Folders) {
    let (home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    for n in 0..entries {
        journal.add(&entry(n)).unwrap();
    }
    journal.empty_log().unwrap();
    drop(journal);
    let mut bytes = fs::read(folders.journal()).unwrap();
    break_it(&mut bytes);
    fs::write(folders.journal(), bytes).unwrap();
    (home, folders)
}

#[test]
fn a_damaged_journal_is_kept_aside_and_recovered() {
    let (_home, folders) = broken(200, |bytes| {
        // A page in the middle of the table's leaves.
        let page = bytes.len() / 4096 / 2;
        bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
    });
    // The newest rows may still read well; what matters is what the next look at all pages says.
    let journal = Journal::open(&folders).unwrap();
    if journal.take_notices().is_empty() {
        assert!(!journal.is_sound());
        drop(journal);
        fs::write(folders.data.join("journal.sqlite-wal"), b"x").unwrap();
    }
    let count = Journal::open(&folders).unwrap().count().unwrap();
    assert!(
        (150..=200).contains(&count),
        "one page of rows is lost at most, {count} are left"
    );
}

#[test]
fn rubbish_is_kept_aside_and_said() {
    let (_home, folders) = broken(5, |bytes| {
        *bytes = b"this is no database, it only has its name".repeat(200)
    });
    let mut journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.count().unwrap(), 0);
    let notices = journal.take_notices();
    assert!(
        matches!(&notices[..], [Notice::Recovered { kept, .. }] if kept.ends_with("journal.sqlite.damaged-1")),
        "{notices:?}"
    );
    journal.add(&entry(1)).unwrap();
}

#[test]
fn a_cut_off_file_gives_back_what_the_backup_has() {
    let (home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    for n in 0..100 {
        journal.add(&entry(n)).unwrap();
    }
    journal.back_up(date(2026, 11, 25)).unwrap();
    journal.empty_log().unwrap();
    drop(journal);
    let bytes = fs::read(folders.journal()).unwrap();
    fs::write(folders.journal(), &bytes[..bytes.len() / 2]).unwrap();
    let journal = Journal::open(&folders).unwrap();
    assert_eq!(journal.count().unwrap(), 100);
    let notices = journal.take_notices();
    assert!(
        matches!(&notices[..], [Notice::Recovered { .. }]),
        "{notices:?}"
    );
    drop(home);
}

#[test]
fn backups_are_weekly_and_three() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    for (day, expected) in [(1, 1), (4, 1), (8, 2), (15, 3), (22, 3), (29, 3)] {
        journal.back_up(date(2026, 11, day)).unwrap();
        assert_eq!(
            schema::backups_in(&folders.backups()).len(),
            expected,
            "on the {day}"
        );
    }
}

fn measure() -> Measure {
    Measure {
        date: date(2026, 11, 1),
        check: Check::KneeToWall,
        side: Some(Hand::Left),
        value: Some(9.5),
        felt: None,
    }
}
