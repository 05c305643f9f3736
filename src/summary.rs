//! One page for the therapist: only what the client ticks, printable, in plain HTML without anything from outside.

use std::fmt::{Display, Write as _};

use jiff::civil::Date;

use crate::journal::journey::{Measured, Only, Pairs, pairs, practised, subjects};
use crate::journal::movement::{Change, Check, Measure, since};
use crate::journal::{Entry, Felt};
use crate::names::Hand;
use crate::plan::Followed;
use crate::plan::adherence::adherence;
use crate::words::{SummaryWords, Words};

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
pub fn html(sources: Sources<'_>, wanted: Wanted, words: &Words) -> String {
    let said = &words.summary;
    let mut page = Page {
        html: head(&said.title),
        words,
    };
    let (since_day, today) = (sources.since, sources.today);
    let entries: Vec<Entry> = sources
        .entries
        .iter()
        .filter(|entry| (since_day..=today).contains(&entry.date))
        .cloned()
        .collect();
    let entries = entries.as_slice();
    let span = words.fill(&said.span, &[("since", &since_day), ("today", &today)]);
    page.line(&format!("<h1>{}</h1>\n<p>{span}</p>", escape(&said.title)));
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
    page.line(&format!(
        "<footer>{}</footer>\n</body>\n</html>",
        escape(&said.foot)
    ));
    page.html
}

/// The head of the page: nothing comes from outside.
fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n",
        escape(title)
    )
}

const STYLE: &str = "@page { size: A4; margin: 16mm }\nbody { font: 11pt/1.4 Georgia, serif; color: #2b2521; \
max-width: 178mm; margin: 8mm auto }\nh1 { font-size: 20pt; margin: 0 } h2 { font-size: 13pt; margin: 5mm 0 1mm }\n\
p { margin: 0 0 2mm }\ntable { border-collapse: collapse } th, td { text-align: left; padding: 0 6mm 1mm 0; \
vertical-align: top }\nfooter { margin-top: 6mm; font-size: 9pt; color: #5e544c }\n";

struct Page<'w> {
    html: String,
    words: &'w Words,
}

impl<'w> Page<'w> {
    fn line(&mut self, html: &str) {
        self.html.push_str(html);
        self.html.push('\n');
    }

    fn said(&self) -> &'w SummaryWords {
        &self.words.summary
    }

    fn head(&mut self, title: &str) {
        self.line(&format!("<h2>{}</h2>", escape(title)));
    }

    fn paragraph(&mut self, text: &str) {
        self.line(&format!("<p>{}</p>", escape(text)));
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
        let (words, said) = (self.words, self.said());
        let days = practised(entries).len();
        let sessions = words.counted(entries.len(), &said.session, &said.sessions);
        let days = words.counted(days, &said.day, &said.days);
        self.head(&said.did);
        self.paragraph(&words.fill(&said.done_on, &[("sessions", &sessions), ("days", &days)]));
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
                    Some(vec![title, words.counted(n, &said.time, &said.times)])
                }
                _ => None,
            })
            .take(MOST_ROWS)
            .collect();
        self.table(&[&said.routine, ""], &rows);
    }

    fn ratings(&mut self, entries: &[Entry], measures: &[Measured]) {
        let said = self.said();
        for &measured in measures {
            let mut rows = vec![row(
                &said.all,
                &pairs(entries, measured, &Only::All),
                self.words,
            )];
            for (only, _) in subjects(entries).into_iter().take(MOST_ROWS) {
                if let Only::Area(area) = only {
                    rows.push(row(
                        &capital(&self.words.parts[&area]),
                        &pairs(entries, measured, &only),
                        self.words,
                    ));
                }
            }
            let rows: Vec<Vec<String>> = rows.into_iter().flatten().collect();
            if !rows.is_empty() {
                self.head(match measured {
                    Measured::Tension => &said.tension,
                    Measured::Pain => &said.pain,
                    Measured::Stress => &said.stress,
                });
                let heads = [
                    &said.before,
                    &said.after,
                    &said.count,
                    &said.better,
                    &said.worse,
                ];
                let heads: Vec<&str> = std::iter::once("")
                    .chain(heads.map(String::as_str))
                    .collect();
                self.table(&heads, &rows);
            }
        }
    }

    fn aches(&mut self, entries: &[Entry]) {
        let aches: Vec<u8> = entries
            .iter()
            .filter_map(|entry| entry.ache.map(super::checkin::Rating::number))
            .collect();
        if let Some(most) = aches.iter().max() {
            let (words, said) = (self.words, self.said());
            let times = words.counted(aches.len(), &said.time, &said.times);
            self.paragraph(&words.fill(&said.ache, &[("times", &times), ("most", most)]));
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
            let (words, said) = (self.words, self.said());
            self.head(&said.pressure);
            let counts: [(&str, &dyn Display); 3] =
                [("light", &light), ("right", &right), ("much", &much)];
            self.paragraph(&words.fill(&said.pressure_counts, &counts));
        }
    }

    fn movement(&mut self, measures: &[Measure]) {
        let (words, said) = (self.words, self.said());
        let rows: Vec<Vec<String>> = since(measures)
            .into_iter()
            .map(|since| {
                let check = match since.check {
                    Check::FingertipsToFloor => &said.floor,
                    Check::KneeToWall => &said.wall,
                    Check::LookOverShoulder => &said.shoulder,
                };
                let name = match since.side {
                    None => check.clone(),
                    Some(Hand::Left) => words.fill(&said.left, &[("check", check)]),
                    Some(Hand::Right) => words.fill(&said.right, &[("check", check)]),
                };
                let change = match since.change {
                    Change::Less => &said.less,
                    Change::Same => &said.same,
                    Change::More => &said.more,
                };
                let value =
                    |(date, value): (Date, f64)| format!("{} ({date})", words.number(value));
                vec![
                    name,
                    value(since.first),
                    value(since.newest),
                    change.clone(),
                ]
            })
            .collect();
        if !rows.is_empty() {
            self.head(&said.movement);
            self.table(&["", &said.first, &said.newest, ""], &rows);
        }
    }

    fn plan(&mut self, followed: &Followed, entries: &[Entry], today: Date) {
        if let Some(held) = &followed.now {
            let (words, said) = (self.words, self.said());
            let line = adherence(followed, entries, today).sentence(words);
            self.head(&said.plan);
            let places: [(&str, &dyn Display); 2] = [("title", &held.plan.title), ("line", &line)];
            self.paragraph(&words.fill(&said.plan_line, &places));
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
            self.head(&self.said().notes);
            self.table(&["", ""], &rows);
        }
    }
}

fn row(name: &str, pairs: &Pairs, words: &Words) -> Option<Vec<String>> {
    let (before, after) = (pairs.before?, pairs.after?);
    let n = pairs.n().to_string();
    Some(vec![
        name.to_owned(),
        words.number(before),
        words.number(after),
        n,
        pairs.better.to_string(),
        pairs.worse.to_string(),
    ])
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
    use crate::words::Language;
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
        html(sources, wanted, Words::of(Language::English))
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
