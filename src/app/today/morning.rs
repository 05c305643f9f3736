//! The card of the next morning: what was not asked at night, and whether it aches. All of it may be skipped.

use egui::Ui;

use super::{group_rating, row};
use crate::app::command::Command;
use crate::app::kit::rating::Question;
use crate::app::kit::{button, card, text};
use crate::app::look::Look;

/// What the card asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// The number of the entry that it is about.
    pub entry: i64,
    /// What was done.
    pub title: String,
    /// Whether it led into sleep: the questions of After are asked now.
    pub night: bool,
    /// Whether it pressed anywhere.
    pub ache: bool,
    /// The answers so far.
    pub answers: Answers,
}

/// The answers; what was not answered is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// How the night was.
    pub sleep: Option<u8>,
    /// How tight.
    pub tension: Option<u8>,
    /// How stressed.
    pub stress: Option<u8>,
    /// How much it aches.
    pub ache: Option<u8>,
}

/// What can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Other answers.
    Answers(Answers),
    /// Keep them.
    Done,
    /// Not now; it is not asked again.
    Skip,
}

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.today;
    let mut next = view.answers;
    card::card(ui, look, |ui| {
        text::section(ui, look, &words.yesterday);
        text::label(ui, look, &view.title);
        let mut rate = |shown: bool, name: &str, low: &str, high: &str, value: &mut Option<u8>| {
            if shown {
                group_rating(ui, look, &Question { name, low, high }, value);
            }
        };
        let after = &look.words.after;
        rate(
            true,
            &words.sleep,
            &words.sleep_low,
            &words.sleep_high,
            &mut next.sleep,
        );
        rate(
            view.night,
            &after.tension,
            &words.tight_low,
            &words.tight_high,
            &mut next.tension,
        );
        rate(
            view.night,
            &after.stress,
            &words.stress_low,
            &words.stress_high,
            &mut next.stress,
        );
        rate(
            view.ache,
            &words.ache,
            &words.pain_low,
            &words.pain_high,
            &mut next.ache,
        );
        ui.add_space(look.space().even);
        row(ui, look, |ui| {
            if button::quiet(ui, look, None, &look.words.app.done).clicked() {
                out.push(Command::Morning(Ask::Done));
            }
            if button::link(ui, look, None, &look.words.app.cancel).clicked() {
                out.push(Command::Morning(Ask::Skip));
            }
        });
    });
    if next != view.answers {
        out.push(Command::Morning(Ask::Answers(next)));
    }
}
