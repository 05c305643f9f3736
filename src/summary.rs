//! One page for the therapist: only what the client ticks, printable, in plain HTML without anything from outside.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::journal::journey::{Measured, Only, Pairs, pairs, practised, subjects};
use crate::journal::movement::{Change, Check, Measure, since};
use crate::journal::{Entry, Felt};
use crate::plan::Followed;
use crate::plan::adherence::adherence;
use crate::recommend::reason::places;

/// What the client ticks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// How many sessions on how many days, and which routines.
    pub sessions: bool,
    /// Tension and stress before and after.
    pub ratings: bool,
    /// Pain before and after, and aches the day after.
    pub pain: bool,
    /// How the pressure was.
    pub pressure: bool,
    /// The checks of movement.
    pub movement: bool,
    /// How the plan went.
    pub plan: bool,
    /// The client's own notes.
    pub notes: bool,
}

impl Wanted {
    /// All of it.
    pub const ALL: Self = Self {
        sessions: true,
        ratings: true,
        pain: true,
        pressure: true,
        movement: true,
        plan: true,
        notes: true,
    };
}

/// What a summary is made from. Entries are in order of time.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The sessions.
    pub entries: &'a [Entry],
    /// The measures of movement.
    pub measures: &'a [Measure],
    /// The plan that is followed.
    pub followed: &'a Followed,
    /// From this day on.
    pub since: Date,
    /// The day of the page.
    pub today: Date,
}

/// The most rows of a table, so that it stays one page.
const MOST_ROWS: usize = 8;
/// The most notes.
const MOST_NOTES: usize = 8;

/// The page.
pub fn html(sources: Sources<'_>, wanted: Wanted) -> String {
    let mut page = Page(String::from(HEAD));
    let (since_day, today) = (sources.since, sources.today);
    let entries: Vec<Entry> = sources
        .entries
        .iter()
        .filter(|entry| (since_day..=today).contains(&entry.date))
        .cloned()
        .collect();
    let entries = entries.as_slice();
    page.line(&format!(
        "<h1>Between visits</h1>\n<p>{since_day} to {today}</p>"
    ));
    if wanted.sessions {
        page.sessions(entries);
    }
    if wanted.ratings {
        page.ratings(entries, &[Measured::Tension, Measured::Stress]);
    }
    if wanted.pain {
        page.ratings(entries, &[Measured::Pain]);
        page.aches(entries);
    }
    if wanted.pressure {
        page.pressure(entries);
    }
    if wanted.movement {
        page.movement(sources.measures);
    }
    if wanted.plan {
        page.plan(sources.followed, entries, today);
    }
    if wanted.notes {
        page.notes(entries);
    }
    page.line(FOOT);
    page.0
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Between visits</title>\n\
<style>\n@page { size: A4; margin: 16mm }\nbody { font: 11pt/1.4 Georgia, serif; color: #2b2521; max-width: 178mm; margin: 8mm auto }\n\
h1 { font-size: 20pt; margin: 0 } h2 { font-size: 13pt; margin: 5mm 0 1mm }\np { margin: 0 0 2mm }\n\
table { border-collapse: collapse } th, td { text-align: left; padding: 0 6mm 1mm 0; vertical-align: top }\n\
footer { margin-top: 6mm; font-size: 9pt; color: #5e544c }\n</style>\n</head>\n<body>\n";

const FOOT: &str = "<footer>Told by the client, kept on the client's own machine. Numbers are from 0 to 10, medians of the \
sessions counted; bad days improve by themselves, too. Self-care between sessions, not medical treatment.</footer>\n\
</body>\n</html>";

struct Page(String);

impl Page {
    fn line(&mut self, html: &str) {
        self.0.push_str(html);
        self.0.push('\n');
    }

    fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let cells = |tag: &str, cells: &mut dyn Iterator<Item = &str>| {
            cells.fold(String::new(), |mut row, cell| {
                write!(row, "<{tag}>{}</{tag}>", escape(cell)).expect("text takes every cell");
                row
            })
        };
        self.line(&format!(
            "<table>\n<tr>{}</tr>",
            cells("th", &mut heads.iter().copied())
        ));
        for row in rows {
            self.line(&format!(
                "<tr>{}</tr>",
                cells("td", &mut row.iter().map(String::as_str))
            ));
        }
        self.line("</table>");
    }

    fn sessions(&mut self, entries: &[Entry]) {
        let days = practised(entries).len();
        self.line("<h2>What I did</h2>");
        self.line(&format!(
            "<p>{} on {}.</p>",
            counted(entries.len(), "session"),
            counted(days, "day")
        ));
        let rows: Vec<Vec<String>> = subjects(entries)
            .into_iter()
            .filter_map(|(only, n)| match only {
                Only::Routine(id) => {
                    let title = entries
                        .iter()
                        .rev()
                        .find(|entry| entry.routine == id)?
                        .title
                        .clone();
                    Some(vec![title, counted(n, "time")])
                }
                _ => None,
            })
            .take(MOST_ROWS)
            .collect();
        self.table(&["Routine", ""], &rows);
    }

    fn ratings(&mut self, entries: &[Entry], measures: &[Measured]) {
        for &measured in measures {
            let mut rows = vec![row("All", &pairs(entries, measured, &Only::All))];
            for (only, _) in subjects(entries).into_iter().take(MOST_ROWS) {
                if let Only::Area(area) = only {
                    rows.push(row(
                        &capital(&places(&[area])),
                        &pairs(entries, measured, &only),
                    ));
                }
            }
            let rows: Vec<Vec<String>> = rows.into_iter().flatten().collect();
            if !rows.is_empty() {
                self.line(&format!("<h2>{measured:?}, before and after</h2>"));
                self.table(
                    &["", "Before", "After", "Sessions", "Better", "Worse"],
                    &rows,
                );
            }
        }
    }

    fn aches(&mut self, entries: &[Entry]) {
        let aches: Vec<u8> = entries
            .iter()
            .filter_map(|entry| entry.ache.map(super::checkin::Rating::number))
            .collect();
        if let Some(most) = aches.iter().max() {
            self.line(&format!(
                "<p>Ache the day after: told {}, {most} at most.</p>",
                counted(aches.len(), "time")
            ));
        }
    }

    fn pressure(&mut self, entries: &[Entry]) {
        let count = |felt| {
            entries
                .iter()
                .filter(|entry| entry.pressure == Some(felt))
                .count()
        };
        let (light, right, much) = (
            count(Felt::TooLight),
            count(Felt::Right),
            count(Felt::TooMuch),
        );
        if light + right + much > 0 {
            self.line(&format!(
                "<h2>Pressure</h2>\n<p>Too light {light}, right {right}, too much {much}.</p>"
            ));
        }
    }

    fn movement(&mut self, measures: &[Measure]) {
        let rows: Vec<Vec<String>> = since(measures)
            .into_iter()
            .map(|since| {
                let side = since
                    .side
                    .map(|side| format!(", {side}"))
                    .unwrap_or_default();
                let change = match since.change {
                    Change::Less => "less far",
                    Change::Same => "the same",
                    Change::More => "further",
                };
                let name = match since.check {
                    Check::FingertipsToFloor => "Fingertips to floor, cm",
                    Check::KneeToWall => "Knee to wall, cm",
                    Check::LookOverShoulder => "Look over shoulder, marks",
                };
                let value = |(date, value): (Date, f64)| format!("{value} ({date})");
                vec![
                    format!("{name}{side}"),
                    value(since.first),
                    value(since.newest),
                    change.to_owned(),
                ]
            })
            .collect();
        if !rows.is_empty() {
            self.line("<h2>Movement</h2>");
            self.table(&["", "First", "Newest", ""], &rows);
        }
    }

    fn plan(&mut self, followed: &Followed, entries: &[Entry], today: Date) {
        if let Some(held) = &followed.now {
            let sentence = adherence(followed, entries, today).sentence();
            self.line(&format!(
                "<h2>Plan</h2>\n<p>{}: {}</p>",
                escape(&held.plan.title),
                escape(&sentence)
            ));
        }
    }

    fn notes(&mut self, entries: &[Entry]) {
        let rows: Vec<Vec<String>> = entries
            .iter()
            .rev()
            .filter(|entry| !entry.note.trim().is_empty())
            .take(MOST_NOTES)
            .map(|entry| vec![entry.date.to_string(), entry.note.clone()])
            .collect();
        if !rows.is_empty() {
            self.line("<h2>My notes</h2>");
            self.table(&["", ""], &rows);
        }
    }
}

fn row(name: &str, pairs: &Pairs) -> Option<Vec<String>> {
    let (before, after) = (pairs.before?, pairs.after?);
    let n = pairs.n().to_string();
    Some(vec![
        name.to_owned(),
        before.to_string(),
        after.to_string(),
        n,
        pairs.better.to_string(),
        pairs.worse.to_string(),
    ])
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkin::Rating;
    use crate::names::{Area, Style};
    use jiff::Timestamp;
    use jiff::civil::date;

    fn entries() -> Vec<Entry> {
        let session = |day: i8, before: u8, after: u8, note: &str| {
            let mut entry = Entry::begun(
                Timestamp::UNIX_EPOCH,
                date(2026, 11, day),
                "x",
                "Down <to> Six",
                Style::Blend,
            );
            entry.areas = vec![Area::SkullBase];
            entry.before.tension = Rating::new(before);
            entry.after.tension = Rating::new(after);
            entry.note = note.to_owned();
            entry
        };
        vec![
            session(1, 9, 9, "too early"),
            session(10, 7, 3, "secret & <b>bold</b>"),
            session(12, 5, 6, ""),
        ]
    }

    fn page(wanted: Wanted) -> String {
        let (entries, followed) = (entries(), Followed::default());
        let sources = Sources {
            entries: &entries,
            measures: &[],
            followed: &followed,
            since: date(2026, 11, 8),
            today: date(2026, 11, 25),
        };
        html(sources, wanted)
    }

    #[test]
    fn the_page_holds_what_was_ticked() {
        let all = page(Wanted::ALL);
        assert!(all.contains("<p>2 sessions on 2 days.</p>"), "{all}");
        assert!(all.contains("<tr><td>Base of the skull</td><td>6</td><td>4.5</td><td>2</td><td>1</td><td>1</td></tr>"), "{all}");
        assert!(
            all.contains("secret &amp; &lt;b&gt;bold&lt;/b&gt;")
                && all.contains("Down &lt;to&gt; Six")
        );
        assert!(!all.contains("too early"), "it is from before the visit");
    }

    #[test]
    fn and_nothing_else() {
        let none = page(Wanted::default());
        for word in ["secret", "Down", "Tension", "session ", "Pressure", "Plan"] {
            assert!(!none.contains(word), "{word} was not ticked");
        }
        assert!(
            !page(Wanted {
                notes: true,
                ..Wanted::default()
            })
            .contains("Tension")
        );
    }

    #[test]
    fn nothing_comes_from_outside() {
        let all = page(Wanted::ALL);
        assert!(!all.contains("http") && !all.contains("src=") && !all.contains("<script"));
    }
}
