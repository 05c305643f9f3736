//! The three checks of movement: offered kindly, each may be skipped. A number where it can be measured, or how it felt.

use std::collections::BTreeMap;

use egui::Ui;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::chip::{Pick, chip_named};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::slider::{Range, slider};
use super::kit::{card, text};
use super::look::Look;
use super::today::group;
use super::words::Words;
use crate::journal::movement::{Change, Check};
use crate::names::Hand;

/// A check on one side, or on both where they are not told apart.
pub type Sided = (Check, Option<Hand>);

/// What the page shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct View {
    /// What has been answered.
    pub given: BTreeMap<Sided, Given>,
    /// The checks that do not go with the person's health, or with what is left alone today.
    pub refused: Vec<Check>,
}

/// What was answered for one check.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Given {
    /// Centimetres or marks.
    pub value: Option<f64>,
    /// How it felt.
    pub felt: Option<Change>,
}

/// What can be asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Another answer.
    Given(Sided, Given),
    /// Keep what was answered.
    Keep,
    /// Back to the journey.
    Back,
}

/// The sides of a check.
pub fn sides(check: Check) -> &'static [Option<Hand>] {
    if check.has_sides() {
        &[Some(Hand::Left), Some(Hand::Right)]
    } else {
        &[None]
    }
}

/// What a check on a side is called: `Knee to wall, left side`.
pub fn name(words: &Words, (check, side): Sided) -> String {
    let check = match check {
        Check::FingertipsToFloor => &words.measure.floor,
        Check::KneeToWall => &words.measure.wall,
        Check::LookOverShoulder => &words.measure.shoulder,
    };
    let side = match side {
        None => return check.clone(),
        Some(Hand::Left) => &words.player.left,
        Some(Hand::Right) => &words.player.right,
    };
    format!("{check}, {}", side.to_lowercase())
}

/// A value as it is read: `12 cm`, `3 marks`.
pub fn value(words: &Words, check: Check, value: f64) -> String {
    let unit = match check {
        Check::LookOverShoulder => &words.measure.marks,
        _ => &words.measure.centimetres,
    };
    words.fill(unit, &[("n", &words.number(value))])
}

/// What came of a check, in a few words.
pub fn change(words: &Words, change: Change) -> &str {
    match change {
        Change::Less => &words.journey.range_less,
        Change::Same => &words.journey.range_same,
        Change::More => &words.journey.range_more,
    }
}

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "measure", look.measure.width.text, |ui| {
        let words = &look.words.measure;
        let space = look.space();
        if button::link(ui, look, Some(Icon::ArrowLeft), &look.words.journey.title).clicked() {
            out.push(Command::Measure(Ask::Back));
        }
        text::title(ui, look, &look.words.journey.range);
        ui.add_space(space.tight);
        text::body(ui, look, &words.lead);
        for check in Check::ALL {
            ui.add_space(space.even);
            card::card(ui, look, |ui| one(ui, look, view, check, out));
        }
        ui.add_space(space.wide);
        if button::primary(ui, look, Tone::Dusk, &words.keep).clicked() {
            out.push(Command::Measure(Ask::Keep));
        }
    });
}

fn one(ui: &mut Ui, look: &Look, view: &View, check: Check, out: &mut Vec<Command>) {
    let words = &look.words.measure;
    text::section(ui, look, &name(look.words, (check, None)));
    ui.add_space(look.space().hair);
    if view.refused.contains(&check) {
        text::body(ui, look, &look.words.left_out.health);
        return;
    }
    text::body(
        ui,
        look,
        match check {
            Check::FingertipsToFloor => &words.floor_how,
            Check::KneeToWall => &words.wall_how,
            Check::LookOverShoulder => &words.shoulder_how,
        },
    );
    let real = match check {
        Check::LookOverShoulder => words.one_mark.clone(),
        _ => value(look.words, check, check.smallest_change()),
    };
    text::label(ui, look, &look.words.fill(&words.smallest, &[("n", &real)]));
    for &side in sides(check) {
        ui.push_id(side, |ui| {
            let sided = (check, side);
            let before = view.given.get(&sided).copied().unwrap_or_default();
            let given = answer(ui, look, sided, before);
            if given != before {
                out.push(Command::Measure(Ask::Given(sided, given)));
            }
        });
    }
}

fn answer(ui: &mut Ui, look: &Look, sided: Sided, before: Given) -> Given {
    let words = &look.words.measure;
    let mut next = before;
    let (least, most) = sided.0.range();
    let said = before.value.map_or_else(
        || words.not_measured.clone(),
        |measured| value(look.words, sided.0, measured),
    );
    let name = name(look.words, sided);
    let range = Range {
        name: &name,
        least: least as f32,
        most: most as f32,
        step: 1.0,
        said: &said,
    };
    let start = before.value.unwrap_or(least) as f32;
    let mut now = start;
    ui.add_space(look.space().snug);
    slider(ui, look, &range, &mut now);
    if now != start {
        next.value = Some(f64::from(now.round()));
    }
    group(ui, look, &format!("{name}: {}", words.felt), |ui| {
        for felt in [Change::Less, Change::Same, Change::More] {
            let on = before.felt == Some(felt);
            let label = change(look.words, felt);
            let said = format!("{name}: {label}");
            if chip_named(ui, look, Pick::One, on, label, &said).clicked() {
                next.felt = if on { None } else { Some(felt) };
            }
        }
    });
    next
}
