//! What is exported comes back whole, in both forms, and nothing that cannot be comes in.

use super::super::transfer::Imported;
use super::*;
use crate::journal::movement::Change;

fn all(journal: &Journal) -> Vec<Entry> {
    let entries = journal.entries(&Query::default()).unwrap();
    entries.into_iter().map(|(_, entry)| entry).collect()
}

#[test]
fn exports_come_back_without_doubles() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    journal.add(&full()).unwrap();
    journal.add(&entry(1)).unwrap();
    journal.add_measure(&measure()).unwrap();
    for text in [journal.to_json().unwrap(), journal.to_csv().unwrap()] {
        assert_eq!(
            journal.import(&text).unwrap(),
            Imported {
                known: 2,
                ..Imported::default()
            }
        );
        let (_other, folders) = self::home();
        let mut other = Journal::open(&folders).unwrap();
        assert_eq!(
            other.import(&text).unwrap(),
            Imported {
                added: 2,
                measures: 1,
                ..Imported::default()
            }
        );
        assert_eq!(all(&other), all(&journal));
        assert_eq!(other.measures().unwrap(), [measure()]);
    }
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    let error = journal
        .import(text)
        .expect_err("it is no export")
        .to_string();
    assert!(error.contains(expected), "{error}");
    assert_eq!(journal.count().unwrap(), 0);
}

#[test]
fn what_is_no_export_is_refused_whole() {
    refused("", "does not name the columns");
    refused("{", "not an export");
    refused("{\"entries\": []}", "has no version");
    refused(
        "{\"version\": 99, \"entries\": []}",
        "newer Rootwell (version 99)",
    );
    refused(
        "key,started,date,routine\nk,yesterday,2026-11-25,x\n",
        "line 2",
    );
    let line = "key,started,date,routine,style,end,heard,measure.check,measure.value\n";
    refused(
        &format!(
            "{line}k,2026-11-25T12:00:00Z,2026-11-25,x,Blend,Left,\"[[\"\"Soften\"\",4294967295],[\"\"Close\"\",1]]\",,"
        ),
        "the entry of 2026-11-25 with `x`: it lasts for more than a day",
    );
    refused(
        &format!("{line},,2026-11-25,,,,,KneeToWall,1e300"),
        "the measure of 2026-11-25: its value cannot be",
    );
    refused(
        "key,started,date,routine,before,before.pain\nk,2026-11-25T12:00:00Z,2026-11-25,x,5,5",
        "line 2",
    );
    refused("name;value\n1;2\n", "does not name the columns");
}

#[test]
fn a_cell_is_never_a_formula() {
    let (_home, folders) = home();
    let mut journal = Journal::open(&folders).unwrap();
    journal.add(&full()).unwrap();
    assert!(journal.to_csv().unwrap().contains("'=1+1"));
}

#[test]
fn every_field_of_an_entry_has_its_column() {
    let (_home, folders) = home();
    let table = Journal::open(&folders).unwrap().to_csv().unwrap();
    let columns: Vec<&str> = table.trim().split(',').collect();
    let fields = serde_json::to_value(full()).unwrap();
    for (field, value) in fields.as_object().unwrap() {
        let named = |name: &str| columns.contains(&name);
        match value.as_object() {
            Some(group) => assert!(group.keys().all(|inner| named(&format!("{field}.{inner}")))),
            None => assert!(named(field), "{field}"),
        }
    }
}

/// Entries with anything in them that can be.
fn any_entry() -> impl Strategy<Value = Entry> {
    let text = any::<String>;
    let rating = || proptest::option::of((0_u8..=10).prop_map(|n| Rating::new(n).unwrap()));
    let texts = (
        text(),
        text(),
        proptest::option::of(".+"),
        proptest::collection::vec(text(), 0..3),
    );
    let numbers = (
        rating(),
        rating(),
        proptest::option::of(-3_i8..=3),
        0_u32..80_000,
    );
    (0_u32..20_000, texts, numbers, any::<[bool; 3]>()).prop_map(
        |(day, (note, title, plan_item, skipped), (pain, slept, change, planned), is)| {
            let mut one = Entry {
                title,
                skipped,
                plan_item,
                note,
                ..entry(day)
            };
            one.before.pain = pain;
            one.after.rotating = slept.map(|slept| (Rotating::Warmth, slept));
            one.slept = slept;
            one.change = change;
            one.planned = planned;
            one.heard = vec![(SectionKind::Soften, planned)];
            [one.bedtime, one.morning, _] = is;
            one.pressure = is[2].then_some(Felt::TooLight);
            one
        },
    )
}

fn any_measure() -> impl Strategy<Value = Measure> {
    let tenths = proptest::option::of(0_u8..=200);
    (tenths, any::<[bool; 2]>()).prop_map(|(tenths, [has_side, felt])| Measure {
        value: tenths.map(|tenths| f64::from(tenths) / 10.0),
        side: has_side.then_some(Hand::Right),
        felt: felt.then_some(Change::Less),
        ..measure()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn both_forms_give_back_what_was_exported(
        entries in proptest::collection::vec(any_entry(), 1..4),
        measure in any_measure(),
    ) {
        let (_home, folders) = home();
        let mut journal = Journal::open(&folders).unwrap();
        for entry in &entries {
            journal.add(entry).unwrap();
        }
        journal.add_measure(&measure).unwrap();
        for text in [journal.to_json().unwrap(), journal.to_csv().unwrap()] {
            let (_other, folders) = self::home();
            let mut other = Journal::open(&folders).unwrap();
            other.import(&text).unwrap();
            prop_assert_eq!(all(&other), all(&journal));
            prop_assert_eq!(other.measures().unwrap(), vec![measure]);
            prop_assert_eq!(other.to_csv().unwrap(), journal.to_csv().unwrap());
        }
    }
}
