//! Three pages to read: what this is, is not and keeps; the studio's two styles in the studio's own words; and help,
//! which is the list of acts.

use egui::Ui;

use super::command::{self, ENTRIES, Place};
use super::kit::page::{Room, page};
use super::kit::{card, logo, text};
use super::look::Look;

/// What the studio says of itself, and the essay on its two styles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Studio {
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: Option<String>,
    /// Where to book, as text.
    pub booking: Option<String>,
    /// The number to call in an emergency.
    pub emergency: Option<String>,
    /// Why its colour is not used on this theme, in a sentence.
    pub accent: Option<String>,
    /// The studio's own text: lines; those that head a part are marked in the file's order.
    pub text: String,
}

/// The room for the studio's logo on its page.
const LOGO: egui::Vec2 = egui::vec2(280.0, 96.0);

/// What this is, what it is not, what it keeps.
pub fn about_ui(ui: &mut Ui, look: &Look, room: Room) {
    page(ui, look, room, "about", look.measure.width.text, |ui| {
        let words = &look.words.about;
        text::title(ui, look, &words.title);
        for (title, body) in [
            (&words.is_title, &words.is_body),
            (&words.not_title, &words.not_body),
            (&words.keeps_title, &words.keeps_body),
            (&words.licence_title, &words.licence_body),
        ] {
            ui.add_space(look.space().group);
            text::section(ui, look, title);
            ui.add_space(look.space().tight);
            text::body(ui, look, body);
        }
    });
}

/// The studio and its two styles.
pub fn studio_ui(ui: &mut Ui, look: &Look, room: Room, studio: &Studio) {
    page(ui, look, room, "studio", look.measure.width.text, |ui| {
        let words = &look.words.studio;
        if let Some(logo) = &look.logo {
            let name = look.words.fill(&words.logo, &[("studio", &studio.name)]);
            logo::show(ui, logo, LOGO, &name);
            ui.add_space(look.space().even);
        }
        text::title(ui, look, &words.title);
        ui.add_space(look.space().hair);
        text::label(
            ui,
            look,
            &look
                .words
                .fill(&words.own_words, &[("studio", &studio.name)]),
        );
        ui.add_space(look.space().wide);
        essay(ui, look, &studio.text);
        ui.add_space(look.space().group);
        card::card(ui, look, |ui| {
            text::section(ui, look, &studio.name);
            for (label, value) in [
                (&words.contact, &studio.contact),
                (&words.booking, &studio.booking),
                (&words.number, &studio.emergency),
            ] {
                ui.add_space(look.space().tight);
                text::label(ui, look, label);
                text::body(ui, look, value.as_ref().unwrap_or(&words.none));
            }
            if let Some(sentence) = &studio.accent {
                ui.add_space(look.space().tight);
                text::text(ui, &look.measure.face.label, look.theme.amber.0, sentence);
            }
        });
    });
}

/// The essay: a line that ends without a mark heads what follows, unless it stands in a list after a colon.
fn essay(ui: &mut Ui, look: &Look, essay: &str) {
    let mut lines = essay.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(title) = lines.next() {
        text::heading(ui, &look.measure.face.title, look.theme.ink.0, 2, title);
    }
    let mut list = false;
    for line in lines {
        let sentence = line.ends_with(['.', '!']);
        let heads = !sentence && (line.contains(": ") || line.ends_with('?'));
        if heads {
            ui.add_space(look.space().group);
            text::heading(ui, &look.measure.face.card, look.theme.ink.0, 3, line);
        } else if list && !sentence {
            bullet(ui, look, line);
        } else {
            ui.add_space(look.space().snug);
            text::body(ui, look, line);
        }
        list = line.ends_with(':') || list && !sentence && !heads;
    }
}

fn bullet(ui: &mut Ui, look: &Look, line: &str) {
    ui.horizontal_top(|ui| {
        ui.add_space(look.space().wide);
        let at = ui.cursor().left_top() + egui::vec2(-12.0, 14.0);
        ui.painter().circle_filled(at, 3.0, look.theme.sage.0);
        ui.vertical(|ui| text::body(ui, look, line));
    });
}

/// Help: every act with its key.
pub fn help_ui(ui: &mut Ui, look: &Look, room: Room) {
    page(ui, look, room, "help", look.measure.width.text, |ui| {
        let words = &look.words.help;
        text::title(ui, look, &words.title);
        ui.add_space(look.space().tight);
        text::body(ui, look, &words.lead);
        for (place, title) in [
            (Place::Player, &words.player),
            (Place::Everywhere, &words.everywhere),
        ] {
            ui.add_space(look.space().group);
            text::section(ui, look, title);
            ui.add_space(look.space().tight);
            for entry in ENTRIES.iter().filter(|entry| entry.place == place) {
                let said = look.words.act(entry.act);
                let key = entry.keys.first().map_or_else(
                    || words.no_key.clone(),
                    |key| command::key_name(look.words, key),
                );
                line(ui, look, &format!("{} · {}", said.name, said.hint), &key);
            }
        }
        ui.add_space(look.space().group);
        text::body(ui, look, &words.rating);
        text::body(ui, look, &words.lists);
    });
}

fn line(ui: &mut Ui, look: &Look, what: &str, key: &str) {
    const KEYS: f32 = 150.0;
    let width = ui.available_width();
    let key_galley = text::galley(ui, &look.measure.face.strong, look.theme.ink.0, key, KEYS);
    let what_galley = text::galley(
        ui,
        &look.measure.face.body,
        look.theme.ink.0,
        what,
        width - KEYS - 16.0,
    );
    let height = what_galley.size().y.max(key_galley.size().y) + look.space().tight;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{key}: {what}"))
    });
    ui.painter().galley(
        rect.min + egui::vec2(0.0, 1.5),
        key_galley,
        look.theme.ink.0,
    );
    ui.painter().galley(
        rect.min + egui::vec2(KEYS + 16.0, 0.0),
        what_galley,
        look.theme.ink.0,
    );
}
