//! The library: cards by style, area, minutes and tools; a file that could not be read is a line with its error.

use std::collections::BTreeSet;

use egui::{Rect, Ui, pos2, vec2};

use super::command::Command;
use super::kit::chip::{Pick, chip};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::{button, card, cover, field, text};
use super::look::Look;
use super::today::{group, row};
use crate::names::{Area, Goal, Position, Style, Tool};

/// What the library shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The filters.
    pub filter: Filter,
    /// The routines that pass them.
    pub cards: Vec<Card>,
    /// How many there are in all.
    pub all: usize,
    /// What can be chosen, because some routine has it.
    pub choices: Choices,
    /// The files that could not be read.
    pub broken: Vec<Broken>,
}

/// What can be chosen, because some routine has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choices {
    /// Areas, in their order.
    pub areas: Vec<Area>,
    /// Positions.
    pub positions: Vec<Position>,
    /// Tools.
    pub tools: Vec<Tool>,
    /// Goals.
    pub goals: Vec<Goal>,
}

impl Choices {
    /// What these routines have.
    pub fn of(cards: &[Card]) -> Self {
        fn all<T: Copy + Ord>(cards: &[Card], of: impl Fn(&Card) -> &[T]) -> Vec<T> {
            let set: BTreeSet<T> = cards.iter().flat_map(of).copied().collect();
            set.into_iter().collect()
        }
        Self {
            areas: all(cards, |card| &card.areas),
            positions: all(cards, |card| &card.positions),
            tools: all(cards, |card| &card.tools),
            goals: all(cards, |card| &card.goals),
        }
    }
}

/// The filters.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Words to look for.
    pub text: String,
    /// One style.
    pub style: Option<Style>,
    /// No longer than so many minutes.
    pub minutes: Option<u32>,
    /// One area.
    pub area: Option<Area>,
    /// One position.
    pub position: Option<Position>,
    /// What is at hand: what a routine needs is among it. Nothing chosen means anything.
    pub tools: Vec<Tool>,
    /// What it is meant for.
    pub goal: Option<Goal>,
    /// Nothing needed but hands.
    pub hands_only: bool,
    /// Whether the rest of the choices is shown.
    pub more: bool,
}

/// One routine.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    /// Its id.
    pub routine: String,
    /// Its title.
    pub title: String,
    /// Its style.
    pub style: Style,
    /// From how many minutes to how many.
    pub minutes: (u32, u32),
    /// Where it works.
    pub areas: Vec<Area>,
    /// Where it is done.
    pub positions: Vec<Position>,
    /// What it needs.
    pub tools: Vec<Tool>,
    /// What it is meant for.
    pub goals: Vec<Goal>,
    /// What is found by typing: title, promise, areas, tools, in lower case.
    pub words: String,
    /// Whether a therapist has checked it.
    pub reviewed: bool,
    /// Whether it has cautions.
    pub cautions: bool,
}

impl Filter {
    /// Whether a routine passes.
    pub fn passes(&self, card: &Card) -> bool {
        let text = self.text.trim().to_lowercase();
        text.split_whitespace()
            .all(|word| card.words.contains(word))
            && self.style.is_none_or(|style| style == card.style)
            && self.minutes.is_none_or(|most| card.minutes.0 <= most)
            && self.area.is_none_or(|area| card.areas.contains(&area))
            && self
                .position
                .is_none_or(|position| card.positions.contains(&position))
            && self.goal.is_none_or(|goal| card.goals.contains(&goal))
            && (self.tools.is_empty() || card.tools.iter().all(|tool| self.tools.contains(tool)))
            && (!self.hands_only || card.tools.is_empty())
    }
}

/// A file that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// The file's name.
    pub file: String,
    /// The first error, with its line.
    pub error: String,
}

/// What can be asked for in the library.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Other filters.
    Filter(Filter),
    /// A routine's page.
    Open(String),
}

const CARD: egui::Vec2 = vec2(272.0, 232.0);
const COVER: f32 = 104.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "library", look.measure.width.page, |ui| {
        let words = &look.words.library;
        text::title(ui, look, &words.title);
        ui.add_space(look.space().even);
        filters(ui, look, view, out);
        ui.add_space(look.space().wide);
        let count = if view.cards.len() == 1 {
            &words.count_one
        } else {
            &words.count_many
        };
        text::label(
            ui,
            look,
            &look
                .words
                .fill(count, &[("n", &view.cards.len()), ("all", &view.all)]),
        );
        ui.add_space(look.space().snug);
        if view.cards.is_empty() {
            text::body(ui, look, &words.empty);
        }
        grid(ui, look, &view.cards, out);
        for broken in &view.broken {
            ui.add_space(look.space().even);
            let sentence = look.words.fill(
                &words.broken,
                &[("file", &broken.file), ("error", &broken.error)],
            );
            text::text(ui, &look.measure.face.body, look.theme.amber.0, &sentence);
        }
    });
}

fn filters(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.library;
    let filter = &view.filter;
    let mut next = filter.clone();
    field::bare(ui, look, &words.search, &words.search_hint, &mut next.text);
    ui.add_space(look.space().snug);
    let chips = |ui: &mut Ui, next: &mut Filter| {
        for (style, label) in [
            (None, &look.words.style.all),
            (Some(Style::Relaxation), &look.words.style.relaxation),
            (Some(Style::Therapeutic), &look.words.style.therapeutic),
            (Some(Style::Blend), &look.words.style.blend),
        ] {
            if chip(ui, look, Pick::One, next.style == style, label).clicked() {
                next.style = style;
            }
        }
        ui.add_space(look.space().even);
        for (most, label) in [
            (10, &words.minutes_ten),
            (20, &words.minutes_twenty),
            (30, &words.minutes_thirty),
        ] {
            let on = next.minutes == Some(most);
            if chip(ui, look, Pick::One, on, label).clicked() {
                next.minutes = if on { None } else { Some(most) };
            }
        }
        if chip(ui, look, Pick::Many, next.hands_only, &words.hands_only).clicked() {
            next.hands_only = !next.hands_only;
        }
    };
    row(ui, look, |ui| {
        chips(ui, &mut next);
        let label = if next.more { &words.less } else { &words.more };
        if button::link(ui, look, Some(Icon::SlidersHorizontal), label).clicked() {
            next.more = !next.more;
        }
    });
    if next.more {
        more(ui, look, &view.choices, &mut next);
    }
    if next != *filter {
        out.push(Command::Library(Ask::Filter(next)));
    }
}

/// The rest of the choices: area, position, tools, goal.
fn more(ui: &mut Ui, look: &Look, choices: &Choices, next: &mut Filter) {
    let words = &look.words.library;
    let one = |ui: &mut Ui, on: bool, label: &str| chip(ui, look, Pick::One, on, label).clicked();
    group(ui, look, &words.part, |ui| {
        if one(ui, next.area.is_none(), &words.area_any) {
            next.area = None;
        }
        for &area in &choices.areas {
            if one(ui, next.area == Some(area), &look.words.areas[&area]) {
                next.area = (next.area != Some(area)).then_some(area);
            }
        }
    });
    group(ui, look, &words.position, |ui| {
        for &position in &choices.positions {
            let on = next.position == Some(position);
            if one(ui, on, &look.words.positions[&position]) {
                next.position = (!on).then_some(position);
            }
        }
    });
    group(ui, look, &words.tools, |ui| {
        for &tool in &choices.tools {
            let on = next.tools.contains(&tool);
            if chip(ui, look, Pick::Many, on, &look.words.tools[&tool]).clicked() {
                if on {
                    next.tools.retain(|&other| other != tool);
                } else {
                    next.tools.push(tool);
                }
            }
        }
    });
    group(ui, look, &words.goal, |ui| {
        for &goal in &choices.goals {
            let on = next.goal == Some(goal);
            if one(ui, on, &look.words.goals[&goal]) {
                next.goal = (!on).then_some(goal);
            }
        }
    });
}

fn grid(ui: &mut Ui, look: &Look, cards: &[Card], out: &mut Vec<Command>) {
    let gap = look.space().wide;
    let columns = ((ui.available_width() + gap) / (CARD.x + gap))
        .floor()
        .max(1.0);
    let width = (ui.available_width() - (columns - 1.0) * gap) / columns;
    for line in cards.chunks(columns as usize) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for routine in line {
                let size = vec2(width.min(1.4 * CARD.x), CARD.y);
                let mut name = format!("{}, {}", routine.title, about(look, routine));
                if !routine.reviewed {
                    name = format!("{name}, {}", look.words.routine.unreviewed);
                }
                if card::pressable(ui, look, size, &name, |ui| face(ui, look, routine)).clicked() {
                    out.push(Command::Library(Ask::Open(routine.routine.clone())));
                }
            }
        });
        ui.add_space(gap);
    }
}

fn face(ui: &mut Ui, look: &Look, routine: &Card) {
    let inside = ui.max_rect();
    let picture = Rect::from_min_size(inside.min, vec2(inside.width(), COVER));
    cover::paint(ui, look, picture, routine.style, seed(&routine.routine));
    let painter = ui.painter_at(inside);
    let face = &look.measure.face;
    let mut top = picture.bottom() + 10.0;
    let mut line = |face, ink, words: &str| {
        let galley = text::galley(ui, face, ink, words, inside.width());
        let at = pos2(inside.left(), top);
        top += galley.size().y + 2.0;
        painter.galley(at, galley, ink);
    };
    line(&face.card, look.theme.ink.0, &routine.title);
    line(&face.label, look.theme.ink2.0, &about(look, routine));
    if !routine.reviewed {
        line(
            &face.label,
            look.theme.ink2.0,
            &look.words.routine.unreviewed,
        );
    }
}

/// How long, how, and with what, in one line.
pub fn about(look: &Look, routine: &Card) -> String {
    let mut parts = vec![
        look.words
            .minutes_range(routine.minutes.0, routine.minutes.1),
    ];
    parts.extend(look.words.manner(&routine.positions, &routine.tools));
    if routine.cautions {
        parts.push(look.words.library.cautions_some.clone());
    }
    parts.join(" · ")
}

/// A number that is a routine's own, for its cover; FNV-1a.
pub fn seed(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            routine: "x".to_owned(),
            title: "X".to_owned(),
            style: Style::Therapeutic,
            minutes: (8, 14),
            areas: vec![Area::Neck],
            positions: vec![Position::Chair],
            tools: vec![Tool::Ball, Tool::Wall],
            goals: vec![Goal::T1],
            words: "x neck ball".to_owned(),
            reviewed: false,
            cautions: false,
        }
    }

    #[track_caller]
    fn case(filter: Filter, expected: bool) {
        assert_eq!(filter.passes(&card()), expected, "{filter:?}");
    }

    #[test]
    fn every_choice_filters() {
        let none = Filter::default;
        case(none(), true);
        case(
            Filter {
                text: "NECK ball".to_owned(),
                ..none()
            },
            true,
        );
        case(
            Filter {
                text: "hips".to_owned(),
                ..none()
            },
            false,
        );
        case(
            Filter {
                style: Some(Style::Therapeutic),
                ..none()
            },
            true,
        );
        case(
            Filter {
                style: Some(Style::Blend),
                ..none()
            },
            false,
        );
        case(
            Filter {
                minutes: Some(8),
                ..none()
            },
            true,
        );
        case(
            Filter {
                minutes: Some(7),
                ..none()
            },
            false,
        );
        case(
            Filter {
                area: Some(Area::Neck),
                ..none()
            },
            true,
        );
        case(
            Filter {
                area: Some(Area::Hips),
                ..none()
            },
            false,
        );
        case(
            Filter {
                position: Some(Position::Chair),
                ..none()
            },
            true,
        );
        case(
            Filter {
                position: Some(Position::Bed),
                ..none()
            },
            false,
        );
        case(
            Filter {
                tools: vec![Tool::Ball, Tool::Wall, Tool::Mat],
                ..none()
            },
            true,
        );
        case(
            Filter {
                tools: vec![Tool::Ball],
                ..none()
            },
            false,
        );
        case(
            Filter {
                goal: Some(Goal::T1),
                ..none()
            },
            true,
        );
        case(
            Filter {
                goal: Some(Goal::R1),
                ..none()
            },
            false,
        );
        case(
            Filter {
                hands_only: true,
                ..none()
            },
            false,
        );
    }
}
