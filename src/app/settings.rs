//! Settings: how it sounds, how it looks, reminders, health, data. What is chosen here is kept as a small RON file that
//! says its version.

mod person;
mod sound;

use std::fmt::Display;
use std::path::PathBuf;

use egui::Ui;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::command::{Act, Command};
use super::kit::button::{self, Tone};
use super::kit::chip::{Pick, chip};
use super::kit::icon::Icon;
use super::kit::page::{Room, page};
use super::kit::slider::{Range, slider};
use super::kit::switch::switch;
use super::kit::{sheet, text};
use super::look::Look;
use super::today::{group, row};
use super::words::Language;
use crate::audio::device::Entry;
use crate::names::{Area, Tag, Talk};
use crate::plan::reminder::Reminders;

/// The version of the settings file that this app writes.
pub const VERSION: u32 = 1;
/// The smallest text there is, in per cent.
pub const SMALLEST: u32 = 80;
/// The largest.
pub const LARGEST: u32 = 200;
/// The most that the picture waits for the ear, in milliseconds.
const LATEST: u32 = 500;

/// What a person has chosen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The version of the file.
    pub version: u32,
    /// The language; the machine's if none.
    pub language: Option<Language>,
    /// The size of the text, in per cent: [`SMALLEST`] … [`LARGEST`].
    #[serde(deserialize_with = "within::<SMALLEST, LARGEST, u32, _>")]
    pub text_size: u32,
    /// Which theme.
    pub theme: ThemeChoice,
    /// Nothing moves.
    pub still: bool,
    /// Captions are shown.
    pub captions: bool,
    /// Captions in large type.
    pub large_captions: bool,
    /// The seconds left of a breath's phase are shown, beyond the first three breaths.
    pub count: bool,
    /// Tones for the eye: the window's edge swells.
    pub flash: bool,
    /// How far the picture waits for the ear, in milliseconds, added to what the device says: never less than none, as
    /// in files from before.
    #[serde(deserialize_with = "within::<0, LATEST, u32, _>")]
    pub latency: u32,
    /// The sound device, by the machine's own name for it; the usual one if none.
    pub device: Option<String>,
    /// A voice program with its arguments, in the place of our voice; empty for ours.
    pub voice_program: String,
    /// How loud all of it is, 0 … 100.
    #[serde(deserialize_with = "within::<0, 100, u8, _>")]
    pub volume: u8,
    /// How loud the voice is.
    #[serde(deserialize_with = "within::<0, 100, u8, _>")]
    pub voice: u8,
    /// How loud the background is.
    #[serde(deserialize_with = "within::<0, 100, u8, _>")]
    pub bed: u8,
    /// How loud the tones are.
    #[serde(deserialize_with = "within::<0, 100, u8, _>")]
    pub tones: u8,
    /// How much talking.
    pub talk: Talk,
    /// Nothing is kept.
    pub guest: bool,
    /// Weeks practised are shown on the journey.
    pub weeks: bool,
    /// Who speaks in a session, where a screen reader is used.
    pub reader: Option<Reader>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            language: None,
            text_size: 100,
            theme: ThemeChoice::System,
            still: false,
            captions: true,
            large_captions: false,
            count: false,
            flash: false,
            latency: 0,
            device: None,
            voice_program: String::new(),
            volume: 80,
            voice: 100,
            bed: 100,
            tones: 100,
            talk: Talk::Full,
            guest: false,
            weeks: false,
            reader: None,
        }
    }
}

/// A number of the file; one that cannot be chosen is the nearest that can.
fn within<'de, const LEAST: u32, const MOST: u32, N, D>(file: D) -> Result<N, D::Error>
where
    N: TryFrom<i64>,
    N::Error: Display,
    D: Deserializer<'de>,
{
    let number = i64::deserialize(file)?.clamp(LEAST.into(), MOST.into());
    N::try_from(number).map_err(D::Error::custom)
}

/// Which theme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// The machine's: light or dark.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// Who speaks in a session when a screen reader is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reader {
    /// Our voice; the reader is silent in a session.
    Ours,
    /// The reader; our voice is off and captions are read.
    Theirs,
}

/// What the page shows beside the settings.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The folder where everything is kept.
    pub folder: String,
    /// The sound devices that are there, once the person has asked for them.
    pub devices: Vec<Entry>,
    /// How the person is reminded.
    pub reminders: Reminders,
    /// What is true of the person's health.
    pub ticks: Vec<Ticked>,
    /// Whether all of health is listed.
    pub health: bool,
    /// Whether all data shall go.
    pub removing: Removing,
    /// Copies of everything that lie at hand, newest first.
    pub copies: Vec<PathBuf>,
    /// What was last done, in a sentence.
    pub done: Option<String>,
}

/// Whether all data shall go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Removing {
    /// Nobody wants that.
    #[default]
    No,
    /// The person is asked once more.
    Asked,
    /// It is going.
    UnderWay,
}

/// Something that is true of the person's health.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ticked {
    /// What.
    pub tag: Tag,
    /// Where, for what is in one place; what has no place is `None`.
    pub places: Option<Vec<Area>>,
    /// When the therapist was asked, for what should be asked.
    pub asked: Option<Asked>,
}

/// Whether the therapist was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Not within the last 90 days.
    No,
    /// On this day, and it counts until that one.
    On(String, String),
}

/// What can be asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Other settings.
    Set(Box<Settings>),
    /// One line and one bowl.
    SoundCheck,
    /// Which sound devices there are.
    Devices,
    /// Who speaks in a session where there is a screen reader; none if there is none.
    Reader(Option<Reader>),
    /// Other reminders.
    Remind(Reminders),
    /// This is true of the person's health, or not after all.
    Tick(Tag),
    /// It is here, or not here after all.
    Place(Tag, Area),
    /// The therapist was asked about it.
    Asked(Tag),
    /// Show the list of health, or put it away.
    Health(bool),
    /// A copy of everything.
    Export,
    /// Bring a copy of everything back.
    Bring(PathBuf),
    /// Ask whether all data shall go.
    Remove,
    /// It shall.
    Removed,
    /// It shall stay.
    Kept,
}

/// Draws the page.
pub fn ui(
    ui: &mut Ui,
    look: &Look,
    room: Room,
    settings: &Settings,
    view: &View,
    out: &mut Vec<Command>,
) {
    let mut next = settings.clone();
    page(ui, look, room, "settings", look.measure.width.text, |ui| {
        let space = look.space();
        text::title(ui, look, &look.words.settings.title);
        sound::ui(ui, look, &mut next, &view.devices, out);
        ui.add_space(space.part);
        looks(ui, look, &mut next);
        ui.add_space(space.part);
        person::reminders(ui, look, &view.reminders, out);
        ui.add_space(space.part);
        person::health(ui, look, view, out);
        ui.add_space(space.part);
        data(ui, look, &mut next, view, out);
        ui.add_space(space.wide);
        if button::link(ui, look, Some(Icon::Info), &look.words.settings.about).clicked() {
            out.push(Command::Act(Act::About));
        }
    });
    if next != *settings {
        out.push(Command::Settings(Ask::Set(Box::new(next))));
    }
    if view.removing != Removing::No {
        removal(ui, look, view.removing, out);
    }
}

fn looks(ui: &mut Ui, look: &Look, next: &mut Settings) {
    let words = &look.words.settings;
    let space = look.space();
    text::section(ui, look, &words.look);
    ui.add_space(space.snug);
    let mut size = next.text_size as f32;
    let said = look
        .words
        .fill(&words.text_size_value, &[("n", &next.text_size)]);
    slider(
        ui,
        look,
        &Range {
            name: &words.text_size,
            least: SMALLEST as f32,
            most: LARGEST as f32,
            step: 10.0,
            said: &said,
        },
        &mut size,
    );
    next.text_size = size.round() as u32;
    group(ui, look, &words.theme, |ui| {
        for (theme, label) in [
            (ThemeChoice::System, &words.theme_system),
            (ThemeChoice::Light, &words.theme_light),
            (ThemeChoice::Dark, &words.theme_dark),
            (ThemeChoice::Contrast, &words.theme_contrast),
        ] {
            if chip(ui, look, Pick::One, next.theme == theme, label).clicked() {
                next.theme = theme;
            }
        }
    });
    group(ui, look, &words.language, |ui| {
        for (language, label) in [
            (Language::English, "English"),
            (Language::Spanish, "Español"),
        ] {
            let on = next.language == Some(language);
            if chip(ui, look, Pick::One, on, label).clicked() {
                next.language = if on { None } else { Some(language) };
            }
        }
    });
    reader(ui, look, next);
    ui.add_space(space.snug);
    switch(
        ui,
        look,
        &mut next.still,
        &words.still,
        Some(&words.still_hint),
    );
    switch(ui, look, &mut next.captions, &words.captions, None);
    switch(
        ui,
        look,
        &mut next.large_captions,
        &words.large_captions,
        None,
    );
    switch(
        ui,
        look,
        &mut next.count,
        &words.count,
        Some(&words.count_hint),
    );
    switch(
        ui,
        look,
        &mut next.flash,
        &words.flash,
        Some(&words.flash_hint),
    );
    switch(
        ui,
        look,
        &mut next.weeks,
        &words.weeks,
        Some(&words.weeks_hint),
    );
}

/// Who speaks where there is a screen reader.
fn reader(ui: &mut Ui, look: &Look, next: &mut Settings) {
    let words = &look.words.settings;
    group(ui, look, &words.reader, |ui| {
        for (reader, label) in [
            (None, &words.reader_none),
            (Some(Reader::Ours), &look.words.notice.reader_ours),
            (Some(Reader::Theirs), &look.words.notice.reader_theirs),
        ] {
            if chip(ui, look, Pick::One, next.reader == reader, label).clicked() {
                next.reader = reader;
            }
        }
    });
    text::label(ui, look, &words.reader_hint);
}

fn data(ui: &mut Ui, look: &Look, next: &mut Settings, view: &View, out: &mut Vec<Command>) {
    let words = &look.words.settings;
    text::section(ui, look, &words.data);
    text::label(
        ui,
        look,
        &look
            .words
            .fill(&words.data_where, &[("folder", &view.folder)]),
    );
    ui.add_space(look.space().tight);
    switch(
        ui,
        look,
        &mut next.guest,
        &words.guest,
        Some(&words.guest_hint),
    );
    ui.add_space(look.space().tight);
    row(ui, look, |ui| {
        if button::quiet(ui, look, Some(Icon::Export), &words.data_export).clicked() {
            out.push(Command::Settings(Ask::Export));
        }
        if button::quiet(ui, look, Some(Icon::Trash), &words.data_remove).clicked() {
            out.push(Command::Settings(Ask::Remove));
        }
    });
    for copy in &view.copies {
        let file = copy.file_name().unwrap_or_default().to_string_lossy();
        let name = look.words.fill(&words.data_bring, &[("file", &file)]);
        if button::link(ui, look, Some(Icon::ArrowCounterClockwise), &name).clicked() {
            out.push(Command::Settings(Ask::Bring(copy.clone())));
        }
    }
    text::label(ui, look, &words.data_bring_hint);
    if let Some(done) = &view.done {
        ui.add_space(look.space().tight);
        text::body(ui, look, done);
    }
}

fn removal(ui: &Ui, look: &Look, removing: Removing, out: &mut Vec<Command>) {
    let words = &look.words.settings;
    let ((), closed) = sheet::sheet(ui.ctx(), look, "remove-data", |ui| {
        sheet::title(ui, look, look.theme.ink.0, &words.data_remove);
        ui.add_space(look.space().snug);
        if removing == Removing::UnderWay {
            text::body(ui, look, &look.words.work.removing);
            return;
        }
        text::body(ui, look, &words.data_remove_sure);
        ui.add_space(look.space().wide);
        row(ui, look, |ui| {
            if button::primary(ui, look, Tone::Stop, &words.data_remove_yes).clicked() {
                out.push(Command::Settings(Ask::Removed));
            }
            let keep = button::quiet(ui, look, None, &look.words.app.keep);
            if sheet::answer(ui, keep).clicked() {
                out.push(Command::Settings(Ask::Kept));
            }
        });
    });
    if closed && removing == Removing::Asked {
        out.push(Command::Settings(Ask::Kept));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(field: &str, read: impl Fn(&Settings) -> u32, expected: u32) {
        let text = format!("Settings(version: 1, {field})");
        let settings: Settings = ron::from_str(&text).expect("it reads");
        assert_eq!(read(&settings), expected, "{field}");
    }

    #[test]
    fn what_cannot_be_chosen_is_the_nearest_that_can() {
        case("text_size: 0", |settings| settings.text_size, 80);
        case("text_size: -5", |settings| settings.text_size, 80);
        case("text_size: 150", |settings| settings.text_size, 150);
        case("text_size: 1000", |settings| settings.text_size, 200);
        case("volume: 250", |settings| settings.volume.into(), 100);
        case("voice: 300", |settings| settings.voice.into(), 100);
        case("bed: -1", |settings| settings.bed.into(), 0);
        case("tones: 40", |settings| settings.tones.into(), 40);
        case("latency: -40", |settings| settings.latency, 0);
        case("latency: 99999", |settings| settings.latency, 500);
    }
}
