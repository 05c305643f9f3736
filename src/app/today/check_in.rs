//! The questions of the check-in: where, how tight, how stressed; the rest behind "Tell us more".

use egui::Ui;

use super::{Answers, Ask, group, group_rating};
use crate::app::command::Command;
use crate::app::kit::button;
use crate::app::kit::chip::{Pick, chip};
use crate::app::kit::icon::Icon;
use crate::app::kit::rating::Question;
use crate::app::kit::switch::switch;
use crate::app::kit::text;
use crate::app::look::Look;
use crate::names::{Area, Position, Tool, Wish};

/// The areas that are shown at first.
const FEW_AREAS: [Area; 5] = [
    Area::Neck,
    Area::BackOfShoulder,
    Area::LowBack,
    Area::Hips,
    Area::Calves,
];
/// The lengths that are offered.
const MINUTES: [u32; 4] = [5, 10, 20, 30];

/// Draws the questions.
pub(super) fn ui(ui: &mut Ui, look: &Look, answers: &Answers, out: &mut Vec<Command>) {
    let words = &look.words.today;
    text::section(ui, look, &words.question);
    areas(ui, look, answers, out);
    let mut rate = |ui: &mut Ui,
                    name: &str,
                    low: &str,
                    high: &str,
                    value: Option<u8>,
                    ask: fn(Option<u8>) -> Ask| {
        let mut now = value;
        if group_rating(ui, look, &Question { name, low, high }, &mut now) {
            out.push(Command::Today(ask(now)));
        }
    };
    rate(
        ui,
        &words.tight,
        &words.tight_low,
        &words.tight_high,
        answers.tension,
        Ask::Tension,
    );
    if !answers.areas.is_empty() {
        rate(
            ui,
            &words.pain,
            &words.pain_low,
            &words.pain_high,
            answers.pain,
            Ask::Pain,
        );
    }
    rate(
        ui,
        &words.stress,
        &words.stress_low,
        &words.stress_high,
        answers.stress,
        Ask::Stress,
    );
    if answers.more {
        rate(
            ui,
            &words.sleep,
            &words.sleep_low,
            &words.sleep_high,
            answers.sleep,
            Ask::Sleep,
        );
        more(ui, look, answers, out);
    }
    ui.add_space(look.space().even);
    let label = if answers.more {
        &words.less
    } else {
        &words.more
    };
    if button::link(ui, look, Some(Icon::SlidersHorizontal), label).clicked() {
        out.push(Command::Today(Ask::More(!answers.more)));
    }
}

fn areas(ui: &mut Ui, look: &Look, answers: &Answers, out: &mut Vec<Command>) {
    let words = &look.words.today;
    let shown = |area: &Area| {
        answers.all_areas && *area <= Area::Soles
            || FEW_AREAS.contains(area)
            || answers.areas.contains(area)
    };
    group(ui, look, &words.place, |ui| {
        for &area in Area::ALL.iter().filter(|area| shown(area)) {
            if chip(
                ui,
                look,
                Pick::Many,
                answers.areas.contains(&area),
                &look.words.areas[&area],
            )
            .clicked()
            {
                out.push(Command::Today(Ask::Area(area)));
            }
        }
        let label = if answers.all_areas {
            &words.fewer_places
        } else {
            &words.somewhere_else
        };
        if button::link(ui, look, None, label).clicked() {
            out.push(Command::Today(Ask::AllAreas(!answers.all_areas)));
        }
    });
}

fn more(ui: &mut Ui, look: &Look, answers: &Answers, out: &mut Vec<Command>) {
    let words = &look.words.today;
    group(ui, look, &words.wish, |ui| {
        let wishes = [
            (Wish::Calm, &words.wish_calm),
            (Wish::Ease, &words.wish_ease),
            (Wish::Both, &words.wish_both),
            (Wish::Unsure, &words.wish_unsure),
        ];
        for (wish, label) in wishes {
            if chip(ui, look, Pick::One, answers.wish == wish, label).clicked() {
                out.push(Command::Today(Ask::Wish(wish)));
            }
        }
    });
    group(ui, look, &words.time, |ui| {
        for minutes in MINUTES {
            let on = answers.minutes == Some(minutes);
            if chip(ui, look, Pick::One, on, &look.words.minutes(minutes)).clicked() {
                out.push(Command::Today(Ask::Minutes(if on {
                    None
                } else {
                    Some(minutes)
                })));
            }
        }
    });
    group(ui, look, &words.position, |ui| {
        for &position in Position::ALL {
            let on = answers.position == Some(position);
            if chip(ui, look, Pick::One, on, &look.words.positions[&position]).clicked() {
                out.push(Command::Today(Ask::Position(if on {
                    None
                } else {
                    Some(position)
                })));
            }
        }
    });
    group(ui, look, &words.tools, |ui| {
        for &tool in Tool::ALL {
            if chip(
                ui,
                look,
                Pick::Many,
                answers.tools.contains(&tool),
                &look.words.tools[&tool],
            )
            .clicked()
            {
                out.push(Command::Today(Ask::Tool(tool)));
            }
        }
    });
    ui.add_space(look.space().even);
    let mut bedtime = answers.bedtime;
    if switch(ui, look, &mut bedtime, &words.bedtime, None).changed() {
        out.push(Command::Today(Ask::Bedtime(bedtime)));
    }
}
