//! Today: what is unfinished, what the therapist gave, how today feels, and one suggestion with its reason.

mod check_in;
pub mod morning;

use egui::Ui;

use super::command::{Act, Command};
use super::kit::button::{self, Tone};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::rating::{Question, rating};
use super::kit::{card, cover, focus, text};
use super::look::Look;
use crate::cautions::liftable;
use crate::names::{Area, Position, Style, Tag, Tool, Wish};
use crate::plan::adherence::State;
use crate::timeline::Choices;

/// What Today shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The hour of the day, for the greeting.
    pub hour: i8,
    /// The line under the greeting: from whom, and the next visit.
    pub line: Option<String>,
    /// A session that was not finished.
    pub unfinished: Option<Unfinished>,
    /// What the therapist gave.
    pub plan: Option<Plan>,
    /// What this morning asks about the day before.
    pub morning: Option<morning::View>,
    /// The routine for anybody, offered while nothing is known of the person.
    pub opener: Option<Offer>,
    /// The answers so far.
    pub answers: Answers,
    /// The suggestion, once something has been told.
    pub suggestion: Option<Suggestion>,
}

/// A session that was not finished.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfinished {
    /// The routine's title.
    pub title: String,
    /// The step it would go on at.
    pub step: String,
}

/// What the therapist gave.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// Its title.
    pub title: String,
    /// Which day of the plan today is, and of how many.
    pub day: (u32, Option<u32>),
    /// A note from the therapist.
    pub note: Option<String>,
    /// What is due today.
    pub items: Vec<Item>,
}

/// One item of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The routine.
    pub offer: Offer,
    /// What the therapist says about it.
    pub note: Option<String>,
    /// Whether it has been done, or put off, today.
    pub state: State,
    /// Why it is left out today, in a sentence.
    pub instead: Option<String>,
}

/// A routine that can be begun.
#[derive(Clone, PartialEq, Debug)]
pub struct Offer {
    /// Its id.
    pub routine: String,
    /// Its title.
    pub title: String,
    /// Its style.
    pub style: Style,
    /// How long it will be.
    pub minutes: u32,
    /// How it is done, in a few words.
    pub manner: String,
    /// Whether a therapist has checked it.
    pub reviewed: bool,
    /// How it is to be compiled.
    pub choices: Choices,
    /// The plan's item that it is.
    pub plan_item: Option<String>,
    /// Whether calm comes first, and more is offered afterwards if stress has fallen.
    pub reask: bool,
}

/// A suggestion.
#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    /// What is suggested.
    pub offer: Offer,
    /// Why.
    pub reason: String,
    /// Two other ways.
    pub others: Vec<Offer>,
    /// What the therapist is to be asked about before deeper work.
    pub ask_first: Vec<Tag>,
}

/// The answers of the check-in; what was not answered is `None`, never 0.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answers {
    /// Where.
    pub areas: Vec<Area>,
    /// How tight.
    pub tension: Option<u8>,
    /// How stressed.
    pub stress: Option<u8>,
    /// How much pain.
    pub pain: Option<u8>,
    /// Last night's sleep.
    pub sleep: Option<u8>,
    /// What would help.
    pub wish: Wish,
    /// How many minutes there are.
    pub minutes: Option<u32>,
    /// Where it will be done.
    pub position: Option<Position>,
    /// What is at hand.
    pub tools: Vec<Tool>,
    /// Whether it is to lead into sleep.
    pub bedtime: bool,
    /// Whether the rest of the questions is shown.
    pub more: bool,
    /// Whether all areas are shown.
    pub all_areas: bool,
}

impl Answers {
    /// Whether anything has been told.
    pub fn told(&self) -> bool {
        !self.areas.is_empty()
            || [self.tension, self.stress, self.pain, self.sleep]
                .iter()
                .any(Option::is_some)
            || self.wish != Wish::Unsure
    }
}

/// What can be asked for on Today.
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each press, not for each frame"
)]
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Begin this.
    Begin(Offer),
    /// Go on where it was left.
    CarryOn,
    /// Leave the unfinished session as it is.
    LetGo,
    /// Not today.
    NotToday(String),
    /// An area more, or one less.
    Area(Area),
    /// Show all areas, or the few.
    AllAreas(bool),
    /// How tight.
    Tension(Option<u8>),
    /// How stressed.
    Stress(Option<u8>),
    /// How much pain.
    Pain(Option<u8>),
    /// Last night's sleep.
    Sleep(Option<u8>),
    /// Show the rest of the questions, or put it away.
    More(bool),
    /// What would help.
    Wish(Wish),
    /// How many minutes there are.
    Minutes(Option<u32>),
    /// Where it will be done.
    Position(Option<Position>),
    /// Something at hand, or not.
    Tool(Tool),
    /// Whether it is to lead into sleep.
    Bedtime(bool),
    /// The therapist was asked.
    Asked,
}

/// Draws the page.
pub fn ui(ui: &mut Ui, look: &Look, room: Room, view: &View, out: &mut Vec<Command>) {
    page(ui, look, room, "today", look.measure.width.page, |ui| {
        greeting(ui, look, view);
        ui.add_space(look.space().wide);
        let mut filled = false;
        if let Some(unfinished) = &view.unfinished {
            carry_on(ui, look, unfinished, out);
            filled = true;
            ui.add_space(look.space().even);
        }
        if let Some(plan) = &view.plan {
            filled |= plan_card(ui, look, plan, filled, out);
            ui.add_space(look.space().even);
        }
        if let Some(view) = &view.morning {
            morning::ui(ui, look, view, out);
            ui.add_space(look.space().even);
        }
        if view.suggestion.is_none()
            && let Some(opener) = &view.opener
        {
            opener_card(ui, look, opener, filled, out);
            ui.add_space(look.space().even);
            filled = true;
        }
        ui.add_space(look.space().even);
        check_in::ui(ui, look, &view.answers, out);
        if let Some(suggestion) = &view.suggestion {
            ui.add_space(look.space().group);
            suggestion_card(ui, look, suggestion, filled, out);
        }
    });
}

fn greeting(ui: &mut Ui, look: &Look, view: &View) {
    let words = &look.words.today;
    let greeting = match view.hour {
        4..=11 => &words.morning,
        12..=17 => &words.afternoon,
        18..=21 => &words.evening,
        _ => &words.night,
    };
    text::title(ui, look, greeting);
    if let Some(line) = &view.line {
        ui.add_space(look.space().hair);
        text::text(ui, &look.measure.face.body, look.theme.ink2.0, line);
    }
}

fn carry_on(ui: &mut Ui, look: &Look, unfinished: &Unfinished, out: &mut Vec<Command>) {
    let words = &look.words.today;
    card::card(ui, look, |ui| {
        text::section(ui, look, &unfinished.title);
        text::label(ui, look, &words.unfinished);
        ui.add_space(look.space().even);
        row(ui, look, |ui| {
            let label = look
                .words
                .fill(&words.carry_on, &[("step", &unfinished.step)]);
            if focus::when_opened(button::primary(ui, look, Tone::Dusk, &label)).clicked() {
                out.push(Command::Today(Ask::CarryOn));
            }
            if button::link(ui, look, None, &words.let_go).clicked() {
                out.push(Command::Today(Ask::LetGo));
            }
        });
    });
}

/// Draws what the therapist gave; answers whether it took the filled button.
fn plan_card(ui: &mut Ui, look: &Look, plan: &Plan, taken: bool, out: &mut Vec<Command>) -> bool {
    let words = &look.words.today;
    let due = plan
        .items
        .iter()
        .position(|item| item.state == State::Open && item.instead.is_none());
    card::card(ui, look, |ui| {
        let day = match plan.day {
            (day, Some(days)) => look.words.fill(
                &words.plan_day,
                &[("title", &plan.title), ("day", &day), ("days", &days)],
            ),
            (_, None) => plan.title.clone(),
        };
        text::section(ui, look, &words.plan_from);
        text::label(ui, look, &day);
        if let Some(note) = &plan.note {
            ui.add_space(look.space().tight);
            text::body(ui, look, note);
        }
        for (index, item) in plan.items.iter().enumerate() {
            ui.add_space(look.space().even);
            ui.push_id(index, |ui| {
                plan_item(ui, look, item, due == Some(index) && !taken, out);
            });
        }
    });
    due.is_some() && !taken
}

fn plan_item(ui: &mut Ui, look: &Look, item: &Item, filled: bool, out: &mut Vec<Command>) {
    let words = &look.words.today;
    let offer = &item.offer;
    title_line(ui, look, offer);
    if let Some(note) = &item.note {
        text::label(ui, look, &words.note_from);
        text::body(ui, look, note);
    }
    if let Some(sentence) = &item.instead {
        text::label(ui, look, sentence);
        return;
    }
    match item.state {
        State::Open => {}
        State::Done => {
            text::label(ui, look, &words.kept);
            return;
        }
        State::NotToday => {
            text::label(ui, look, &words.put_off);
            if button::link(ui, look, Some(Icon::Play), &words.after_all).clicked() {
                out.push(Command::Today(Ask::Begin(offer.clone())));
            }
            return;
        }
    }
    ui.add_space(look.space().tight);
    row(ui, look, |ui| {
        if begin(ui, look, offer, filled) {
            out.push(Command::Today(Ask::Begin(offer.clone())));
        }
        if button::link(ui, look, None, &words.not_today).clicked() {
            out.push(Command::Today(Ask::NotToday(
                offer.plan_item.clone().unwrap_or_default(),
            )));
        }
    });
}

fn opener_card(ui: &mut Ui, look: &Look, opener: &Offer, taken: bool, out: &mut Vec<Command>) {
    let words = &look.words.today;
    card::card(ui, look, |ui| {
        let wide = ui.available_width() >= 520.0;
        let beside = if wide { 200.0 } else { 0.0 };
        let whole = ui.available_rect_before_wrap();
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - beside);
            text::label(ui, look, &words.first_line);
            ui.add_space(look.space().hair);
            text::heading(
                ui,
                &look.measure.face.title,
                look.theme.ink.0,
                2,
                &words.first_title,
            );
            ui.add_space(look.space().hair);
            text::body(ui, look, &words.first_promise);
            unreviewed(ui, look, opener);
            ui.add_space(look.space().wide);
            if begin(ui, look, opener, !taken) {
                out.push(Command::Today(Ask::Begin(opener.clone())));
            }
            ui.add_space(look.space().snug);
            if button::link(ui, look, Some(Icon::Info), &words.about_link).clicked() {
                out.push(Command::Act(Act::About));
            }
        });
        if wide {
            let area = egui::Rect::from_min_max(
                egui::pos2(whole.right() - 184.0, whole.top()),
                egui::pos2(whole.right(), ui.min_rect().bottom()),
            );
            cover::paint(ui, look, area, opener.style, 0x51_6A_80);
        }
    });
}

fn suggestion_card(
    ui: &mut Ui,
    look: &Look,
    suggestion: &Suggestion,
    taken: bool,
    out: &mut Vec<Command>,
) {
    let words = &look.words.today;
    text::section(ui, look, &words.suggestion);
    ui.add_space(look.space().snug);
    ui.push_id("suggestion", |ui| {
        card::card(ui, look, |ui| {
            title_line(ui, look, &suggestion.offer);
            ui.add_space(look.space().hair);
            text::body(ui, look, &suggestion.reason);
            ask_first(ui, look, &suggestion.ask_first, out);
            ui.add_space(look.space().even);
            if begin(ui, look, &suggestion.offer, !taken) {
                out.push(Command::Today(Ask::Begin(suggestion.offer.clone())));
            }
        });
    });
    if suggestion.others.is_empty() {
        return;
    }
    ui.add_space(look.space().even);
    text::label(ui, look, &words.other_ways);
    ui.add_space(look.space().hair);
    for other in &suggestion.others {
        let minutes = look.words.minutes_range(other.minutes, other.minutes);
        let mut label = format!("{}, {minutes}", other.title);
        if !other.reviewed {
            label = format!("{label} · {}", look.words.routine.unreviewed);
        }
        if button::link(ui, look, Some(Icon::CaretRight), &label).clicked() {
            out.push(Command::Today(Ask::Begin(other.clone())));
        }
    }
}

/// What the therapist is to be asked about, and that it was.
fn ask_first(ui: &mut Ui, look: &Look, tags: &[Tag], out: &mut Vec<Command>) {
    if tags.is_empty() {
        return;
    }
    let words = &look.words.safety;
    let names: Vec<&str> = tags
        .iter()
        .map(|tag| look.words.tags[tag].as_str())
        .collect();
    text::label(
        ui,
        look,
        &format!("{} ({})", words.ask_title, names.join(", ")),
    );
    if tags.iter().any(|&tag| liftable(tag))
        && button::link(ui, look, Some(Icon::Check), &words.ask_ok).clicked()
    {
        out.push(Command::Today(Ask::Asked));
    }
}

/// A routine's title with how long and how, and whether it waits for a therapist's eye.
fn title_line(ui: &mut Ui, look: &Look, offer: &Offer) {
    text::heading(
        ui,
        &look.measure.face.card,
        look.theme.ink.0,
        3,
        &offer.title,
    );
    let minutes = look.words.minutes(offer.minutes);
    let line = if offer.manner.is_empty() {
        minutes
    } else {
        format!("{minutes} · {}", offer.manner)
    };
    text::label(ui, look, &line);
    unreviewed(ui, look, offer);
}

/// That no therapist has checked it yet, where that is so.
fn unreviewed(ui: &mut Ui, look: &Look, offer: &Offer) {
    if !offer.reviewed {
        text::label(ui, look, &look.words.routine.unreviewed);
    }
}

/// The button that begins a routine, filled or quiet.
fn begin(ui: &mut Ui, look: &Look, offer: &Offer, filled: bool) -> bool {
    let label = look.words.fill(
        &look.words.today.begin,
        &[("minutes", &look.words.minutes(offer.minutes))],
    );
    if filled {
        let tone = if offer.style == Style::Therapeutic {
            Tone::Clay
        } else {
            Tone::Dusk
        };
        focus::when_opened(button::primary(ui, look, tone, &label)).clicked()
    } else {
        button::quiet(ui, look, Some(Icon::Play), &label).clicked()
    }
}

/// A rating under its question.
fn group_rating(ui: &mut Ui, look: &Look, question: &Question<'_>, value: &mut Option<u8>) -> bool {
    ui.add_space(look.space().even);
    text::label(ui, look, question.name);
    ui.add_space(look.space().hair);
    rating(ui, look, question, value).changed()
}

/// Chips in a row that breaks, under their question.
pub fn group(ui: &mut Ui, look: &Look, question: &str, add: impl FnOnce(&mut Ui)) {
    ui.add_space(look.space().even);
    text::label(ui, look, question);
    ui.add_space(look.space().hair);
    // The same word may be a choice of two questions.
    ui.push_id(question, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(look.space().tight, 0.0);
            add(ui);
        });
    });
}

/// Buttons in a row that breaks.
pub fn row(ui: &mut Ui, look: &Look, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(look.space().snug, look.space().tight);
        add(ui);
    });
}
