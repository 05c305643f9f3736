//! The safety list: eight lines at most for today's area, and the cards that follow when one of them is true. Its words
//! come from us alone; no file of anybody can weaken them.

use egui::{Context, Ui};

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::icon::Icon;
use super::kit::tick::tick;
use super::kit::{card, sheet, text};
use super::look::Look;
use super::today::row;
use crate::names::{Flag, Tag, Urgency};

/// What of the safety list is shown.
#[derive(Clone, PartialEq, Debug)]
pub enum View {
    /// What of the person's health would change what is about to begin, and was not asked about yet.
    Health(Vec<Condition>),
    /// The list.
    List {
        /// The lines that matter for today's area, most urgent first.
        lines: Vec<Line>,
        /// Every sign, once asked for.
        all: Option<Vec<Line>>,
    },
    /// One of them is true.
    Card {
        /// How soon something else must be done.
        urgency: Urgency,
        /// What to do, in the program's own words.
        words: String,
        /// The number to call, where the studio gave one; it stands below the words, never instead.
        number: Option<String>,
        /// "I may hurt myself" is among them; the studio's line to call, where it gave one.
        crisis: Option<String>,
    },
}

/// Something of the person's health that would change what is about to begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// What.
    pub tag: Tag,
    /// Whether it is true.
    pub on: bool,
}

/// A line of the list: one sign, or several that are said in one breath.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The signs.
    pub flags: Vec<Flag>,
    /// The line.
    pub words: String,
    /// Whether it has been ticked.
    pub on: bool,
}

/// What can be answered.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// None of these today.
    None,
    /// A line is true, or not after all.
    Tick(Vec<Flag>),
    /// What is ticked is true: what now?
    Some,
    /// Every sign.
    All,
    /// Only breathing, softly.
    Breathe,
    /// The therapist was asked.
    Asked,
    /// This is true of the person's health, or not after all.
    Condition(Tag),
    /// What is ticked of health is true, and the rest is not.
    Health,
    /// Put it away.
    Close,
}

/// Draws the sheet.
pub fn ui(ctx: &Context, look: &Look, view: &View, out: &mut Vec<Command>) {
    let ((), closed) = sheet::with_foot(ctx, look, "safety", |ui| match view {
        View::List { lines, all } => list(ui, look, lines, all.as_deref(), out),
        View::Health(conditions) => health(ui, look, conditions, out),
        View::Card {
            urgency,
            words,
            number,
            crisis,
        } => {
            let said = Said {
                urgency: *urgency,
                words,
                number: number.as_deref(),
                crisis: crisis.as_deref(),
            };
            let body = |ui: &mut Ui, _: &mut _| urgency_text(ui, look, &said);
            let foot = |ui: &mut Ui, out: &mut _| urgency_answers(ui, look, *urgency, out);
            sheet::over_foot(ui, look, foot_height(ui), out, body, foot);
        }
    });
    if closed {
        out.push(Command::Safety(Ask::Close));
    }
}

/// The room that the answers take below what is read: in one row, or in two where there is little width.
fn foot_height(ui: &Ui) -> f32 {
    if ui.available_width() < 560.0 {
        136.0
    } else {
        88.0
    }
}

/// The way out without an answer; nothing begins then.
fn not_now(ui: &mut Ui, look: &Look, out: &mut Vec<Command>) {
    if button::link(ui, look, None, &look.words.app.cancel).clicked() {
        out.push(Command::Safety(Ask::Close));
    }
}

fn list(ui: &mut Ui, look: &Look, lines: &[Line], all: Option<&[Line]>, out: &mut Vec<Command>) {
    let words = &look.words.safety;
    let space = look.space();
    let shown = all.unwrap_or(lines);
    let ticked = shown.iter().chain(lines).any(|line| line.on);
    let body = |ui: &mut Ui, out: &mut Vec<Command>| {
        sheet::title(ui, look, look.theme.ink.0, &words.title);
        ui.add_space(space.even);
        let mut before = None;
        for line in shown {
            let urgency = line.flags.first().map(|flag| flag.urgency());
            if all.is_some() && urgency != before {
                ui.add_space(space.snug);
                text::label(ui, look, heading(look, urgency));
                before = urgency;
            }
            if tick(ui, look, line.on, &line.words).clicked() {
                out.push(Command::Safety(Ask::Tick(line.flags.clone())));
            }
        }
    };
    let foot = |ui: &mut Ui, out: &mut Vec<Command>| {
        row(ui, look, |ui| {
            let (label, ask) = if ticked {
                (&words.some, Ask::Some)
            } else {
                (&words.none, Ask::None)
            };
            let answer = button::primary(ui, look, Tone::Dusk, label);
            if sheet::answer(ui, answer).clicked() {
                out.push(Command::Safety(ask));
            }
            if all.is_none() && button::link(ui, look, None, &words.more).clicked() {
                out.push(Command::Safety(Ask::All));
            }
            not_now(ui, look, out);
        });
    };
    sheet::over_foot(ui, look, foot_height(ui), out, body, foot);
}

fn health(ui: &mut Ui, look: &Look, conditions: &[Condition], out: &mut Vec<Command>) {
    let words = &look.words.safety;
    let space = look.space();
    let any = conditions.iter().any(|condition| condition.on);
    let body = |ui: &mut Ui, out: &mut Vec<Command>| {
        sheet::title(ui, look, look.theme.ink.0, &words.health_title);
        text::label(ui, look, &words.health_lead);
        ui.add_space(space.even);
        for condition in conditions {
            if tick(ui, look, condition.on, &look.words.tags[&condition.tag]).clicked() {
                out.push(Command::Safety(Ask::Condition(condition.tag)));
            }
        }
    };
    let foot = |ui: &mut Ui, out: &mut Vec<Command>| {
        let label = if any {
            &words.health_go
        } else {
            &words.health_none
        };
        row(ui, look, |ui| {
            let go_on = button::primary(ui, look, Tone::Dusk, label);
            if sheet::answer(ui, go_on).clicked() {
                out.push(Command::Safety(Ask::Health));
            }
            not_now(ui, look, out);
        });
    };
    sheet::over_foot(ui, look, foot_height(ui), out, body, foot);
}

fn heading(look: &Look, urgency: Option<Urgency>) -> &str {
    let words = &look.words.safety;
    match urgency {
        Some(Urgency::Emergency) | None => &words.first,
        Some(Urgency::Urgent) => &words.soon,
        Some(Urgency::AskFirst) => &words.ask,
    }
}

/// What a card says.
struct Said<'a> {
    urgency: Urgency,
    words: &'a str,
    number: Option<&'a str>,
    crisis: Option<&'a str>,
}

fn urgency_text(ui: &mut Ui, look: &Look, said: &Said<'_>) {
    let words = &look.words.safety;
    let space = look.space();
    let (body, colour) = match said.urgency {
        Urgency::Emergency => (&words.emergency_body, look.theme.stop.0),
        Urgency::Urgent => (&words.urgent_body, look.theme.stop.0),
        Urgency::AskFirst => (&words.ask_body, look.theme.ink.0),
    };
    sheet::title(ui, look, colour, said.words);
    ui.add_space(space.snug);
    sheet::passage(ui, look, &look.measure.face.body, look.theme.ink.0, body);
    for number in [
        said.number.filter(|_| said.urgency == Urgency::Emergency),
        said.crisis,
    ] {
        if let Some(number) = number.filter(|number| !number.is_empty()) {
            ui.add_space(space.even);
            card::on(ui, look, look.theme.sunk.0, space.even, |ui| {
                text::label(ui, look, &words.emergency_number);
                sheet::passage(ui, look, &look.measure.face.card, look.theme.ink.0, number);
            });
        }
    }
}

fn urgency_answers(ui: &mut Ui, look: &Look, urgency: Urgency, out: &mut Vec<Command>) {
    let words = &look.words.safety;
    row(ui, look, |ui| match urgency {
        Urgency::AskFirst => {
            let answer = button::primary(ui, look, Tone::Dusk, &words.ask_soft);
            if sheet::answer(ui, answer).clicked() {
                out.push(Command::Safety(Ask::Breathe));
            }
            if button::quiet(ui, look, Some(Icon::Check), &words.ask_ok).clicked() {
                out.push(Command::Safety(Ask::Asked));
            }
            not_now(ui, look, out);
        }
        Urgency::Urgent => {
            let answer = button::primary(ui, look, Tone::Dusk, &words.understood);
            if sheet::answer(ui, answer).clicked() {
                out.push(Command::Safety(Ask::Close));
            }
            if button::quiet(ui, look, Some(Icon::Wind), &words.breathing).clicked() {
                out.push(Command::Safety(Ask::Breathe));
            }
        }
        Urgency::Emergency => {
            let answer = button::primary(ui, look, Tone::Stop, &words.understood);
            if sheet::answer(ui, answer).clicked() {
                out.push(Command::Safety(Ask::Close));
            }
        }
    });
}
