//! After: tension and stress again, one question that changes, how the pressure was, a note. Nothing else.

use egui::Ui;

use super::command::Command;
use super::kit::button::{self, Tone};
use super::kit::chip::{Pick, chip};
use super::kit::page::{Room, page};
use super::kit::rating::{Question, rating};
use super::kit::{field, text};
use super::look::Look;
use super::today::group;

/// What the page shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct View {
    /// How many minutes it was.
    pub minutes: u32,
    /// Whether it was left before its end.
    pub stopped: bool,
    /// Whether it pressed anywhere.
    pub pressed: bool,
    /// What was said before: tension and stress.
    pub before: (Option<u8>, Option<u8>),
    /// The answers so far.
    pub answers: Answers,
    /// The question that changes.
    pub rotating: Rotating,
}

/// The question that changes from time to time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rotating {
    /// How settled.
    #[default]
    Settled,
    /// How easily it moves.
    Ease,
    /// How warm hands and feet are.
    Warmth,
    /// How even left and right feel.
    Evenness,
}

/// The answers; what was not answered is `None`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answers {
    /// How tight.
    pub tension: Option<u8>,
    /// How stressed.
    pub stress: Option<u8>,
    /// The question that changes.
    pub rotating: Option<u8>,
    /// How the pressure was.
    pub pressure: Option<Felt>,
    /// A note.
    pub note: String,
}

/// How the pressure was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Felt {
    /// Too light.
    TooLight,
    /// Right.
    Right,
    /// Too much.
    TooMuch,
}

/// What can be answered.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Other answers.
    Answers(Answers),
    /// Done for today.
    Done,
}

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "after", look.measure.width.text, |ui| {
        let words = &look.words.after;
        let space = look.space();
        ui.add_space(space.even);
        let title = if view.stopped {
            &words.stopped
        } else {
            &words.title
        };
        let minutes = look.words.minutes(view.minutes);
        text::centred_heading(
            ui,
            &look.measure.face.display,
            look.theme.ink.0,
            1,
            &look.words.fill(title, &[("minutes", &minutes)]),
        );
        ui.add_space(space.wide);
        let mut answers = view.answers.clone();
        ask(
            ui,
            look,
            &words.tension,
            view.before.0,
            &look.words.today.tight_low,
            &look.words.today.tight_high,
            &mut answers.tension,
        );
        ask(
            ui,
            look,
            &words.stress,
            view.before.1,
            &look.words.today.stress_low,
            &look.words.today.stress_high,
            &mut answers.stress,
        );
        let (question, low, high) = rotating(look, view.rotating);
        ask(ui, look, question, None, low, high, &mut answers.rotating);
        if view.pressed {
            pressure(ui, look, &mut answers.pressure);
        }
        ui.add_space(space.even);
        field::field(
            ui,
            look,
            &words.note,
            &words.note_hint,
            3,
            &mut answers.note,
        );
        if answers != view.answers {
            out.push(Command::After(Ask::Answers(answers)));
        }
        ui.add_space(space.wide);
        super::player::centred(ui, look, |ui| {
            if button::primary(ui, look, Tone::Dusk, &words.done).clicked() {
                out.push(Command::After(Ask::Done));
            }
        });
        if view.pressed {
            ui.add_space(space.even);
            text::centred(
                ui,
                &look.measure.face.label,
                look.theme.ink2.0,
                &words.soreness,
            );
        }
    });
}

fn ask(
    ui: &mut Ui,
    look: &Look,
    question: &str,
    before: Option<u8>,
    low: &str,
    high: &str,
    value: &mut Option<u8>,
) {
    let sentence = match before {
        Some(before) => format!(
            "{question}  {}",
            look.words.fill(&look.words.after.before, &[("n", &before)])
        ),
        None => question.to_owned(),
    };
    text::body(ui, look, &sentence);
    ui.add_space(look.space().hair);
    rating(
        ui,
        look,
        &Question {
            name: question,
            low,
            high,
        },
        value,
    );
    ui.add_space(look.space().even);
}

fn rotating(look: &Look, rotating: Rotating) -> (&str, &str, &str) {
    let words = &look.words.after;
    match rotating {
        Rotating::Settled => (&words.settled, &words.settled_low, &words.settled_high),
        Rotating::Ease => (&words.ease, &words.ease_low, &words.ease_high),
        Rotating::Warmth => (&words.warm, &words.warm_low, &words.warm_high),
        Rotating::Evenness => (&words.even, &words.even_low, &words.even_high),
    }
}

fn pressure(ui: &mut Ui, look: &Look, value: &mut Option<Felt>) {
    let words = &look.words.after;
    group(ui, look, &words.pressure, |ui| {
        for (felt, label) in [
            (Felt::TooLight, &words.too_light),
            (Felt::Right, &words.right),
            (Felt::TooMuch, &words.too_much),
        ] {
            let on = *value == Some(felt);
            if chip(ui, look, Pick::One, on, label).clicked() {
                *value = if on { None } else { Some(felt) };
            }
        }
    });
}
