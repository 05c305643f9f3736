//! What is kept about the person: when to be reminded, and what is true of their health.

use egui::Ui;
use jiff::civil::Time;

use super::{Ask, Asked, Ticked, View};
use crate::app::command::Command;
use crate::app::kit::chip::{Pick, chip, chip_named};
use crate::app::kit::icon::Icon;
use crate::app::kit::slider::{Range, slider};
use crate::app::kit::switch::switch;
use crate::app::kit::{button, text};
use crate::app::look::Look;
use crate::app::today::{group, row};
use crate::names::{Area, Tag};
use crate::plan::reminder::Reminders;

/// Draws the reminders: the same that `rootwell remind` reads.
pub(super) fn reminders(ui: &mut Ui, look: &Look, reminders: &Reminders, out: &mut Vec<Command>) {
    let words = &look.words.settings;
    text::section(ui, look, &words.reminders);
    ui.add_space(look.space().tight);
    let mut next = *reminders;
    switch(
        ui,
        look,
        &mut next.on,
        &words.remind,
        Some(&words.remind_hint),
    );
    if reminders.on {
        hour(ui, look, &words.remind_from, &mut next.from);
        hour(ui, look, &words.quiet_from, &mut next.quiet_from);
        hour(ui, look, &words.quiet_until, &mut next.quiet_until);
    }
    if next != *reminders {
        out.push(Command::Settings(Ask::Remind(next)));
    }
}

/// A time of the day, to half an hour.
fn hour(ui: &mut Ui, look: &Look, name: &str, time: &mut Time) {
    let before = f32::from(time.hour()) + f32::from(time.minute()) / 60.0;
    let mut hours = before;
    let said = format!("{}:{:02}", time.hour(), time.minute());
    let range = Range {
        name,
        least: 0.0,
        most: 23.5,
        step: 0.5,
        said: &said,
    };
    slider(ui, look, &range, &mut hours);
    if hours != before {
        let minutes = (hours * 60.0).round() as i16;
        *time = Time::constant((minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
    }
}

/// Draws what is true of the person's health.
pub(super) fn health(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.settings;
    text::section(ui, look, &words.health);
    text::label(ui, look, &words.health_hint);
    ui.add_space(look.space().tight);
    let ticked = |tag: Tag| view.ticks.iter().any(|ticked| ticked.tag == tag);
    row(ui, look, |ui| {
        for &tag in Tag::ALL.iter().filter(|&&tag| view.health || ticked(tag)) {
            if chip(ui, look, Pick::Many, ticked(tag), &look.words.tags[&tag]).clicked() {
                out.push(Command::Settings(Ask::Tick(tag)));
            }
        }
    });
    let label = if view.health {
        &look.words.app.hide
    } else {
        &look.words.app.show
    };
    if button::link(ui, look, None, label).clicked() {
        out.push(Command::Settings(Ask::Health(!view.health)));
    }
    for ticked in &view.ticks {
        ui.push_id(ticked.tag.kebab(), |ui| {
            place(ui, look, ticked, out);
            asked(ui, look, ticked, out);
        });
    }
}

fn place(ui: &mut Ui, look: &Look, ticked: &Ticked, out: &mut Vec<Command>) {
    let Some(places) = &ticked.places else { return };
    let name = &look.words.tags[&ticked.tag];
    let question = look
        .words
        .fill(&look.words.settings.tick_place, &[("tag", name)]);
    group(ui, look, &question, |ui| {
        for &area in Area::ALL.iter().filter(|&&area| area != Area::Whole) {
            let here = &look.words.areas[&area];
            let said = format!("{name}: {here}");
            if chip_named(ui, look, Pick::Many, places.contains(&area), here, &said).clicked() {
                out.push(Command::Settings(Ask::Place(ticked.tag, area)));
            }
        }
    });
    if places.is_empty() {
        text::label(ui, look, &look.words.settings.tick_everywhere);
    }
}

fn asked(ui: &mut Ui, look: &Look, ticked: &Ticked, out: &mut Vec<Command>) {
    let name = &look.words.tags[&ticked.tag];
    match &ticked.asked {
        Some(Asked::On(date, until)) => {
            let places: [(&str, &dyn std::fmt::Display); 3] =
                [("tag", name), ("date", date), ("until", until)];
            let said = look.words.fill(&look.words.settings.tick_asked, &places);
            text::label(ui, look, &said);
        }
        Some(Asked::No) => {
            let label = format!("{name}: {}", look.words.safety.ask_ok);
            if button::quiet(ui, look, Some(Icon::Check), &label).clicked() {
                out.push(Command::Settings(Ask::Asked(ticked.tag)));
            }
        }
        None => {}
    }
}
