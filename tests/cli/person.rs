//! The commands about a person: recommend, blend, plan, journal, data, remind.

use serde_json::Value;

use super::Desk;

/// What `recommend --json` says to these answers.
fn recommended(words: &str) -> Value {
    let told = Desk::new().run(&format!("recommend {words} --json"));
    assert_eq!(told.code, 0, "{}", told.err);
    serde_json::from_str(&told.out).unwrap()
}

#[track_caller]
fn case(words: &str, answer: &str, share: Value, cap: Value, rule: u8) {
    let found = recommended(words);
    assert_eq!(found["answer"], answer, "{words}");
    assert_eq!(found["relax_share"], share, "{words}");
    assert_eq!(found["pressure_cap"], cap, "{words}");
    assert_eq!(found["rule"], rule, "{words}");
}

#[test]
fn recommend_is_the_rule() {
    case(
        "--stress 6 --tension 2",
        "relaxation",
        Value::Null,
        3.into(),
        11,
    );
    case(
        "--stress 6 --tension 7 --pain 4 --area shoulders --minutes 20",
        "blend",
        0.35.into(),
        6.into(),
        10,
    );
    case(
        "--stress 6 --tension 7 --pain 4 --area shoulders --minutes 6",
        "therapeutic",
        Value::Null,
        6.into(),
        10,
    );
    case(
        "--bedtime --tension 5 --area hips --wish ease",
        "blend",
        0.5.into(),
        4.into(),
        8,
    );
    case(
        "--tag blood-thinner --tension 6 --stress 5 --area shoulders",
        "blend",
        0.35.into(),
        3.into(),
        10,
    );
    case(
        "--pain-before 2,3 --pain 4 --area neck",
        "relaxation",
        Value::Null,
        3.into(),
        4,
    );
    case(
        "--flag saddle-numbness",
        "stop",
        Value::Null,
        Value::Null,
        1,
    );
    case(
        "--pain 8 --baseline 7 --area neck",
        "therapeutic",
        Value::Null,
        4.into(),
        12,
    );
}

#[test]
fn every_field_is_always_there() {
    let found = recommended("");
    let mut fields: Vec<&str> = found
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "answer",
            "pressure_cap",
            "reask",
            "reason",
            "relax_share",
            "routines",
            "rule",
            "urgency",
            "version"
        ]
    );
    assert_eq!(recommended("--flag new-medicine")["urgency"], "ask_first");
    assert_eq!(recommended("--stress 9")["reask"], true);
    assert_eq!(
        recommended("--stress 9")["routines"][0],
        "feet-on-the-ground"
    );
    assert_eq!(
        recommended("--flag chest-pain")["routines"],
        serde_json::json!([])
    );
}

#[test]
fn an_emergency_is_said_first() {
    let told = Desk::new().run("recommend --flag chest-pain");
    assert!(
        told.out
            .starts_with("Stop. Call your emergency number now.\n"),
        "{}",
        told.out
    );
}

#[test]
fn a_rating_that_is_none_is_refused() {
    assert_eq!(Desk::new().run("recommend --stress 11").code, 2);
    assert_eq!(Desk::new().run("recommend --area sholder").code, 2);
}

#[test]
fn a_studio_that_weakens_safety_is_told_and_not_followed() {
    let desk = Desk::new().file(
        "home/config/studio.ron",
        "Studio(thresholds: (pain_stop: 10))",
    );
    let told = desk.run("recommend --pain 8 --json");
    assert!(
        told.err
            .contains("`pain_stop` may be lower than 8, not higher"),
        "{}",
        told.err
    );
    assert_eq!(
        serde_json::from_str::<Value>(&told.out).unwrap()["answer"],
        "stop"
    );
}

#[test]
fn a_blend_is_a_file_that_checks_clean() {
    let desk = Desk::new();
    let told = desk.run("blend --stress 6 --tension 7 --area neck --minutes 20 -o made.ron");
    assert_eq!(told.code, 0, "{}", told.err);
    let checked = desk.run("check --deny-warnings made.ron");
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert_eq!(
        desk.run("timeline made.ron --minutes 20 --choose deeper")
            .code,
        0
    );
    assert_eq!(desk.run("blend --pain 9 --area neck -o no.ron").code, 2);
    assert!(!desk.path("no.ron").exists());
}

#[test]
fn a_plan_is_followed_and_taken_away() {
    let plan = "Plan(version: 1, title: \"Neck, two weeks\", therapist: \"Ana\", note: \"Gently.\", items: [\
                (name: \"breath\", routine: \"down-to-six\", minutes: 10, until: Day(14))])";
    let desk = Desk::new().file("neck.ron", plan);
    assert_eq!(desk.run("plan show").out, "No plan is followed.\n");
    assert_eq!(desk.run("plan add neck.ron").code, 0);
    let shown = desk.run("plan show").out;
    let expected = "Neck, two weeks, from Ana\nDay 1 of 14.\nGently.\n  breath (down-to-six, 10 minutes): due today\n\
                    Kept 0 of 1.\n";
    assert_eq!(shown, expected);
    assert_eq!(
        desk.run("remind").out,
        "",
        "reminders are off until switched on"
    );
    assert_eq!(desk.run("plan remove").code, 0);
    assert_eq!(desk.run("plan show").out, "No plan is followed.\n");
    assert_eq!(desk.run("plan add missing.ron").code, 2);
}

const JOURNAL: &str = "key,started,date,routine,title,style,end,before.tension,after.tension,note\n\
                       k1,2026-11-20T18:00:00Z,2026-11-20,even-keel,Even Keel,Relaxation,Finished,7,4,good\n";

#[test]
fn the_journal_is_listed_corrected_and_moved() {
    let desk = Desk::new().file("in.csv", JOURNAL);
    assert_eq!(desk.run("journal list").out, "There are no entries yet.\n");
    assert_eq!(
        desk.run("journal import in.csv").out,
        "1 entry added, 0 were here already.\n"
    );
    assert_eq!(
        desk.run("journal import in.csv").out,
        "0 entries added, 1 was here already.\n"
    );
    assert_eq!(
        desk.run("journal edit 1 --after tension=5 --note fine")
            .code,
        0
    );
    assert_eq!(
        desk.run("journal list").out,
        "   1  2026-11-20  Even Keel, 0 min, tension 7 → 5, “fine”\n"
    );
    assert_eq!(
        desk.run("journal list --since 2030-01-01").out,
        "There are no such entries.\n"
    );
    assert_eq!(desk.run("journal export out.json").code, 0);
    assert!(desk.text("out.json").contains("\"note\": \"fine\""));
    assert_eq!(
        desk.run("journal summary page.html --since 2026-01-01 --with notes")
            .code,
        0
    );
    assert!(desk.text("page.html").contains("fine") && !desk.text("page.html").contains("Tension"));
    assert_eq!(desk.run("journal edit 1 --remove").code, 0);
    assert_eq!(desk.run("journal edit 1 --note x").code, 2);
    assert_eq!(desk.run("journal list").out, "There are no entries yet.\n");
}

#[test]
fn a_group_of_areas_is_all_of_them_and_a_note_is_not_obeyed() {
    let lines = "key,started,date,routine,title,style,end,areas,note\n\
        a,2026-11-20T18:00:00Z,2026-11-20,x,Neck,Blend,Left,\"[\"\"Neck\"\"]\",\x1b[2Jgone\u{202e}\n\
        b,2026-11-21T18:00:00Z,2026-11-21,x,Chest,Blend,Left,\"[\"\"Chest\"\"]\",\n\
        c,2026-11-22T18:00:00Z,2026-11-22,x,Soles,Blend,Left,\"[\"\"Soles\"\"]\",\n";
    let desk = Desk::new().file("in.csv", lines);
    assert_eq!(desk.run("journal import in.csv").code, 0);
    assert_eq!(
        desk.run("journal list --area shoulders").out,
        "   1  2026-11-20  Neck, 0 min, “␛[2Jgone\\u{202e}”\n   2  2026-11-21  Chest, 0 min\n"
    );
}

#[test]
fn all_data_goes_along_and_goes_away() {
    let desk = Desk::new().file("in.csv", JOURNAL);
    desk.run("journal import in.csv");
    assert!(desk.run("data show").out.contains("Journal"));
    assert_eq!(desk.run("data export all.sqlar").code, 0);
    let told = desk.run("data remove-all");
    assert_eq!(told.code, 2, "nobody can be asked");
    assert!(told.err.contains("--yes"), "{}", told.err);
    assert!(desk.path("home/data/journal.sqlite").exists());
    assert_eq!(desk.run("data remove-all --yes").code, 0);
    assert!(!desk.path("home/data").exists() && !desk.path("home/config").exists());
    assert_eq!(desk.run("data import all.sqlar").code, 0);
    assert!(desk.run("journal list").out.contains("Even Keel"));
}

#[test]
fn a_newer_journal_is_left_and_said() {
    let desk = Desk::new().file("in.csv", JOURNAL);
    desk.run("journal import in.csv");
    let newer = rusqlite::Connection::open(desk.path("home/data/journal.sqlite")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let told = desk.run("journal list");
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("newer Rootwell (version 99"),
        "{}",
        told.err
    );
}

#[test]
fn damage_is_said_once_kept_aside_and_the_usual_is_used() {
    let desk = Desk::new()
        .file("home/data/plans/followed.ron", "Followed(version: ")
        .file("home/config/profile.ron", "Profile(ticks: [")
        .file("home/config/studio.ron", "Studio(thresholds: (need: ");
    // What no one reads must not take the sentence away.
    assert_eq!(desk.run("remind").code, 0);
    let first = desk.run("plan show");
    assert_eq!(first.code, 0);
    assert!(
        first.out.starts_with("The plans could not be read")
            && first.out.contains("followed.ron.unreadable-1"),
        "{}",
        first.out
    );
    assert_eq!(desk.run("plan show").out, "No plan is followed.\n");
    assert_eq!(
        desk.text("home/data/plans/followed.ron.unreadable-1"),
        "Followed(version: "
    );
    assert_eq!(desk.text("home/config/profile.ron"), "Profile(ticks: [");

    let told = desk.run("recommend --stress 6");
    assert_eq!(told.code, 0);
    assert!(
        told.err.contains("studio.ron could not be read"),
        "{}",
        told.err
    );
    assert!(told.out.contains("Because stress is 6"), "{}", told.out);
    // Its author looks for it where it was.
    assert!(desk.path("home/config/studio.ron").exists());
}

#[test]
fn the_visit_page_is_in_the_language_of_the_window() {
    let desk = Desk::new().file(
        "home/config/settings.ron",
        "Settings(version: 1, language: Spanish, text_size: 100)",
    );
    assert_eq!(desk.run("journal summary visit.html").code, 0);
    assert!(desk.text("visit.html").contains("<h1>Entre visitas</h1>"));
}
