//! A routine's page: what it promises, how long it shall be, what it is made of, and Begin.

use egui::{Rect, Ui, vec2};

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::chip::{Pick, chip};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::{cover, focus, text};
use super::library::{Card, about, seed};
use super::look::Look;
use super::today::{group, row};
use crate::names::{Hand, Style};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The routine in short.
    pub card: Card,
    /// Its promise, in a line.
    pub promise: String,
    /// What more there is to say.
    pub description: Option<String>,
    /// The whole minutes to choose from; none where it has a length of its own.
    pub minutes: Vec<u32>,
    /// The length that is chosen, or about how long it is.
    pub chosen: u32,
    /// The ways to do it: name and title; and which are chosen.
    pub variations: Vec<(String, String)>,
    /// The names of those that are chosen.
    pub with: Vec<String>,
    /// Whether one side may be tighter.
    pub sided: bool,
    /// The tighter side.
    pub tighter: Option<Hand>,
    /// Its sections: title and length.
    pub sections: Vec<(String, String)>,
    /// What to take care of, a sentence each.
    pub cautions: Vec<String>,
    /// By whom and when it was checked, or that it was not.
    pub review: String,
    /// Why it is not for today, in a sentence.
    pub refused: Option<String>,
}

/// What can be asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Begin as chosen.
    Begin,
    /// So many minutes.
    Minutes(u32),
    /// With this variation, or without it after all.
    Variation(String),
    /// The tighter side.
    Tighter(Option<Hand>),
    /// A file to take along.
    Take,
    /// Back to the library.
    Back,
}

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "routine", look.measure.width.page, |ui| {
        let words = &look.words.routine;
        let space = look.space();
        if button::link(ui, look, Some(Icon::ArrowLeft), &look.words.library.title).clicked() {
            out.push(Command::Routine(Ask::Back));
        }
        ui.add_space(space.tight);
        let (picture, _response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 104.0), egui::Sense::hover());
        cover::paint(
            ui,
            look,
            Rect::from_min_size(picture.min, picture.size()),
            view.card.style,
            seed(&view.card.routine),
        );
        ui.add_space(space.wide);
        text::title(ui, look, &view.card.title);
        text::label(
            ui,
            look,
            &format!(
                "{} · {}",
                style(look, view.card.style),
                about(look, &view.card)
            ),
        );
        ui.add_space(space.snug);
        text::body(ui, look, &view.promise);
        if let Some(description) = &view.description {
            ui.add_space(space.tight);
            text::text(ui, &look.measure.face.body, look.theme.ink2.0, description);
        }
        lengths(ui, look, view, out);
        ui.add_space(space.wide);
        if let Some(refused) = &view.refused {
            text::body(ui, look, refused);
            ui.add_space(space.snug);
        }
        row(ui, look, |ui| {
            let label = look.words.fill(
                &look.words.today.begin,
                &[("minutes", &look.words.minutes(view.chosen))],
            );
            let tone = if view.card.style == Style::Therapeutic {
                Tone::Clay
            } else {
                Tone::Dusk
            };
            if view.refused.is_none()
                && focus::when_opened(button::primary(ui, look, tone, &label)).clicked()
            {
                out.push(Command::Routine(Ask::Begin));
            }
            if button::quiet(ui, look, Some(Icon::Export), &words.take).clicked() {
                out.push(Command::Routine(Ask::Take));
            }
        });
        choices(ui, look, view, out);
        details(ui, look, view);
    });
}

fn style(look: &Look, style: Style) -> &str {
    let words = &look.words.style;
    match style {
        Style::Relaxation => &words.relaxation,
        Style::Therapeutic => &words.therapeutic,
        Style::Blend => &words.blend,
    }
}

fn lengths(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.routine;
    if view.minutes.len() > 1 {
        group(ui, look, &words.length, |ui| {
            for &minutes in &view.minutes {
                if chip(
                    ui,
                    look,
                    Pick::One,
                    view.chosen == minutes,
                    &look.words.minutes(minutes),
                )
                .clicked()
                {
                    out.push(Command::Routine(Ask::Minutes(minutes)));
                }
            }
        });
    }
}

fn choices(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.routine;
    if !view.variations.is_empty() {
        group(ui, look, &words.variation, |ui| {
            for (name, title) in &view.variations {
                if chip(ui, look, Pick::Many, view.with.contains(name), title).clicked() {
                    out.push(Command::Routine(Ask::Variation(name.clone())));
                }
            }
        });
    }
    if view.sided {
        group(ui, look, &words.side, |ui| {
            for (side, label) in [
                (None, &words.tighter_none),
                (Some(Hand::Left), &words.tighter_left),
                (Some(Hand::Right), &words.tighter_right),
            ] {
                if chip(ui, look, Pick::One, view.tighter == side, label).clicked() {
                    out.push(Command::Routine(Ask::Tighter(side)));
                }
            }
        });
    }
}

/// What it needs at hand.
fn needs(ui: &mut Ui, look: &Look, view: &View) {
    let words = &look.words.routine;
    let names: Vec<&str> = view
        .card
        .tools
        .iter()
        .map(|tool| look.words.tools[tool].as_str())
        .collect();
    let needed = if names.is_empty() {
        words.nothing.clone()
    } else {
        names.join(", ")
    };
    text::section(ui, look, &words.needs);
    ui.add_space(look.space().tight);
    text::body(ui, look, &needed);
}

fn details(ui: &mut Ui, look: &Look, view: &View) {
    let words = &look.words.routine;
    let space = look.space();
    ui.add_space(space.group);
    needs(ui, look, view);
    ui.add_space(space.group);
    text::section(ui, look, &words.sections);
    ui.add_space(space.tight);
    for (title, length) in &view.sections {
        ui.horizontal(|ui| {
            let width = ui.available_width().min(look.measure.width.text);
            let (rect, response) = ui.allocate_exact_size(vec2(width, 30.0), egui::Sense::hover());
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{title}, {length}"))
            });
            let name = text::galley(
                ui,
                &look.measure.face.body,
                look.theme.ink.0,
                title,
                width - 80.0,
            );
            let long = text::galley(
                ui,
                &look.measure.face.number,
                look.theme.ink2.0,
                length,
                80.0,
            );
            ui.painter().galley(rect.min, name, look.theme.ink.0);
            ui.painter().galley(
                egui::pos2(rect.right() - long.size().x, rect.top()),
                long,
                look.theme.ink2.0,
            );
        });
    }
    if !view.cautions.is_empty() {
        ui.add_space(space.wide);
        text::section(ui, look, &words.cautions);
        ui.add_space(space.tight);
        for caution in &view.cautions {
            text::body(ui, look, caution);
        }
    }
    ui.add_space(space.wide);
    text::label(ui, look, &view.review);
}
