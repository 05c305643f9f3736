//! The journey: before and after as pairs, medians, how many, what got worse; days that were practised as quiet dots.

use egui::Ui;

use super::command::Command;
use super::kit::chart::{self, Chart, Pair};
use super::kit::chip::{Pick, chip};
use super::kit::days::{Month, month};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::{button, card, sheet, table, text};
use super::look::Look;
use super::today::row;
use super::visit;
use crate::summary::Wanted;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What was felt, one after the other: an area's tension, then stress.
    pub series: Vec<Series>,
    /// Whether charts are shown as tables.
    pub tables: bool,
    /// This month.
    pub month: Option<Days>,
    /// How many weeks had practice in them, where the person wants to see it.
    pub weeks: Option<u32>,
    /// What came of the movement checks.
    pub range: Vec<Range>,
    /// The entry whose removal is being asked about.
    pub removing: Option<usize>,
    /// Entries, newest first: number, date, title.
    pub entries: Vec<(i64, String, String)>,
}

/// What came of one movement check on one side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Range {
    /// Which, and on which side.
    pub name: String,
    /// The first value with its day, where there are two.
    pub first: Option<String>,
    /// The newest value with its day, where there is one.
    pub newest: Option<String>,
    /// What came of it: less, the same, more.
    pub change: Option<String>,
}

/// One thing that was rated before and after.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// What.
    pub name: String,
    /// How many sessions.
    pub sessions: u32,
    /// The pairs of the newest, oldest first.
    pub pairs: Vec<Pair>,
    /// The same in a table: date, before, after.
    pub rows: Vec<Vec<String>>,
    /// Medians before and after.
    pub usual: Option<(String, String)>,
    /// How many felt worse.
    pub worse: u32,
    /// The medians along the way, from five sessions on.
    pub trend: Option<Vec<f32>>,
}

/// A month's days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Days {
    /// The month, from 0.
    pub month: usize,
    /// Days before the first in its week.
    pub lead: u8,
    /// Whether something was practised.
    pub days: Vec<bool>,
    /// Today's day.
    pub today: Option<u8>,
}

/// What can be asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Charts as tables, or as pictures.
    Tables(bool),
    /// Measure how far it moves.
    Measure,
    /// Ask whether an entry shall go.
    Remove(usize),
    /// It shall.
    Removed(i64),
    /// It shall stay.
    Kept,
    /// To the data in the settings.
    Data,
}

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "journey", look.measure.width.page, |ui| {
        let words = &look.words.journey;
        let space = look.space();
        text::title(ui, look, &words.title);
        ui.add_space(space.even);
        if view.series.is_empty() {
            let (title, body) = if view.entries.is_empty() {
                (&words.empty_title, &words.empty_body)
            } else {
                (&words.unpaired_title, &words.unpaired_body)
            };
            card::card(ui, look, |ui| {
                text::section(ui, look, title);
                ui.add_space(space.hair);
                text::body(ui, look, body);
            });
            if !view.entries.is_empty() || !view.range.is_empty() {
                visit_link(ui, look, out);
            }
        } else {
            felt(ui, look, view, out);
        }
        ui.add_space(space.group);
        range(ui, look, view, out);
        entries(ui, look, view, out);
        ui.add_space(space.wide);
        if button::link(ui, look, None, &words.remove_data).clicked() {
            out.push(Command::Journey(Ask::Data));
        }
    });
    if let Some(index) = view.removing {
        removal(ui, look, &view.entries[index], out);
    }
}

fn felt(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.journey;
    let space = look.space();
    row(ui, look, |ui| {
        for (tables, label) in [(false, &words.picture), (true, &words.table)] {
            if chip(ui, look, Pick::One, view.tables == tables, label).clicked() {
                out.push(Command::Journey(Ask::Tables(tables)));
            }
        }
        visit_link(ui, look, out);
    });
    ui.add_space(space.even);
    for series in &view.series {
        card::card(ui, look, |ui| series_card(ui, look, series, view.tables));
        ui.add_space(space.even);
    }
    text::label(ui, look, &words.regress);
    ui.add_space(space.group);
    practised(ui, look, view);
}

fn visit_link(ui: &mut Ui, look: &Look, out: &mut Vec<Command>) {
    let label = &look.words.journey.visit;
    if button::link(ui, look, Some(Icon::Printer), label).clicked() {
        out.push(Command::Visit(visit::Ask::Tick(Wanted::default())));
    }
}

/// How far it moves: a sentence each, or a table.
fn range(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.journey;
    text::section(ui, look, &words.range);
    ui.add_space(look.space().hair);
    let text_of = |cell: &Option<String>| {
        cell.clone()
            .unwrap_or_else(|| look.words.help.no_key.clone())
    };
    if view.range.is_empty() {
        text::body(ui, look, &words.range_empty);
    } else if view.tables {
        let heads = [&words.check, &words.first, &words.newest, &words.change].map(String::as_str);
        let rows: Vec<Vec<String>> = view
            .range
            .iter()
            .map(|range| {
                let cells = [&range.first, &range.newest, &range.change].map(text_of);
                std::iter::once(range.name.clone()).chain(cells).collect()
            })
            .collect();
        table::table(ui, look, &heads, &rows);
    } else {
        for range in &view.range {
            let parts = [&range.change, &range.newest].into_iter().flatten();
            let parts: Vec<&str> = parts.map(String::as_str).collect();
            text::body(ui, look, &format!("{}: {}", range.name, parts.join(" · ")));
        }
    }
    ui.add_space(look.space().tight);
    let label = if view.range.is_empty() {
        &words.range_first
    } else {
        &words.range_add
    };
    if button::quiet(ui, look, None, label).clicked() {
        out.push(Command::Journey(Ask::Measure));
    }
}

fn series_card(ui: &mut Ui, look: &Look, series: &Series, as_table: bool) {
    let words = &look.words.journey;
    let sessions = look.words.sessions(series.sessions as usize);
    text::section(ui, look, &series.name);
    let usual = series.usual.as_ref().map(|(before, after)| {
        look.words
            .fill(&words.usually, &[("before", before), ("after", after)])
    });
    let worse = match series.worse {
        0 => words.worse_none.clone(),
        n => look
            .words
            .fill(&words.worse, &[("n", &n), ("all", &series.sessions)]),
    };
    let line: Vec<String> = [Some(sessions), usual, Some(worse)]
        .into_iter()
        .flatten()
        .collect();
    text::label(ui, look, &line.join(" · "));
    ui.add_space(look.space().snug);
    if as_table {
        let heads = [&words.date, &words.before, &words.after].map(String::as_str);
        table::table(ui, look, &heads, &series.rows);
    } else {
        let summary = look.words.fill(
            &words.chart_summary,
            &[("name", &series.name), ("line", &line.join(", "))],
        );
        // The rows are the pairs, newest first.
        let ends = series.rows.last().zip(series.rows.first());
        let chart = Chart {
            summary: &summary,
            pairs: &series.pairs,
            trend: series.trend.as_deref(),
            legend: [&words.before, &words.after].map(String::as_str),
            ends: ends.map(|(oldest, newest)| [oldest[0].as_str(), newest[0].as_str()]),
        };
        chart::pairs(ui, look, &chart);
        if series.trend.is_none() {
            text::label(ui, look, &words.trend_from);
        }
    }
}

fn practised(ui: &mut Ui, look: &Look, view: &View) {
    let Some(days) = &view.month else { return };
    let words = &look.words.journey;
    let name = &look.words.months[days.month];
    text::section(ui, look, name);
    ui.add_space(look.space().tight);
    let count = days.days.iter().filter(|&&day| day).count();
    let summary = look
        .words
        .fill(&words.practised_summary, &[("month", name), ("n", &count)]);
    let initials = std::array::from_fn(|day| look.words.weekdays[day].as_str());
    month(
        ui,
        look,
        &Month {
            summary: &summary,
            initials,
            lead: days.lead,
            days: &days.days,
            today: days.today,
        },
    );
    ui.add_space(look.space().tight);
    text::label(ui, look, &words.practised);
    if let Some(weeks) = view.weeks {
        text::label(
            ui,
            look,
            &look.words.fill(&words.weeks_practised, &[("n", &weeks)]),
        );
    }
}

fn entries(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    if view.entries.is_empty() {
        return;
    }
    let words = &look.words.journey;
    ui.add_space(look.space().group);
    text::section(ui, look, &words.entries);
    for (index, (_id, date, title)) in view.entries.iter().enumerate() {
        row(ui, look, |ui| {
            text::body(ui, look, &format!("{date} · {title}"));
            let name = format!("{} · {date} · {title}", words.entry_remove);
            if button::link_in(
                ui,
                look,
                Some(Icon::Trash),
                &words.entry_remove,
                look.theme.ink2.0,
                &name,
            )
            .clicked()
            {
                out.push(Command::Journey(Ask::Remove(index)));
            }
        });
    }
}

fn removal(ui: &Ui, look: &Look, entry: &(i64, String, String), out: &mut Vec<Command>) {
    let words = &look.words.journey;
    let ((), closed) = sheet::sheet(ui.ctx(), look, "remove-entry", |ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.entry_sure);
        text::body(ui, look, &format!("{} · {}", entry.1, entry.2));
        ui.add_space(look.space().wide);
        row(ui, look, |ui| {
            if button::primary(ui, look, button::Tone::Stop, &words.entry_remove).clicked() {
                out.push(Command::Journey(Ask::Removed(entry.0)));
            }
            let keep = button::quiet(ui, look, None, &look.words.app.keep);
            if sheet::answer(ui, keep).clicked() {
                out.push(Command::Journey(Ask::Kept));
            }
        });
    });
    if closed {
        out.push(Command::Journey(Ask::Kept));
    }
}
