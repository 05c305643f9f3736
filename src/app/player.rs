//! The player: the pacer on its stage with ring, side and pressure; the caption; what comes next; and the controls, which
//! fade when nobody touches anything. It is a face of the session: it shows what is true and asks for changes.

mod bottom;
mod question;
mod stage;

pub(crate) use question::centred;

use std::sync::Arc;

use egui::{Rect, StrokeKind, Ui, UiBuilder, pos2};

use super::command::{Act, Command};
use super::kit::icon::Icon;
use super::kit::pebble::Pebble;
use super::kit::{button, caption, text};
use super::look::Look;
use crate::names::Hand;
use crate::units::Band;

/// What the player shows at one moment.
#[derive(Clone, Debug)]
pub struct View {
    /// The routine's title.
    pub title: String,
    /// The section, with the side where there is one: `Release · left side`.
    pub section: String,
    /// Whole minutes that have passed, and of how many.
    pub minutes: (u32, u32),
    /// The sections' shares of the whole.
    pub sections: Vec<f32>,
    /// How far it is, 0 … 1.
    pub done: f32,
    /// What stands in the middle.
    pub stage: Stage,
    /// On which side.
    pub hand: Option<Hand>,
    /// How much pressure.
    pub band: Option<Band>,
    /// What the voice says, or has last said.
    pub caption: Option<String>,
    /// Whether a screen reader is to say the caption.
    pub live: bool,
    /// The step's time that is left: `0:34`.
    pub left: Option<String>,
    /// What comes next.
    pub then: Option<String>,
    /// What the session does.
    pub playing: bool,
    /// Whether captions are shown.
    pub captions: bool,
    /// From 0 to 1.
    pub volume: f32,
    /// No sound.
    pub muted: bool,
    /// What the session waits for.
    pub question: Option<Asked>,
    /// What has happened to the sound, in a sentence.
    pub notice: Option<String>,
    /// How much of the controls is seen, 0 … 1.
    pub chrome: f32,
    /// How strongly the edge swells for a tone, 0 … 1.
    pub swell: f32,
    /// How dark it is for lying down, 0 … 1; `None` when nobody lies down.
    pub lying: Option<f32>,
    /// Whether the window fills the screen.
    pub full_screen: bool,
}

/// What stands in the middle.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The form.
    pub pebble: Pebble,
    /// The phase, or what is done, in a word or two.
    pub phase: String,
    /// The seconds left of the phase.
    pub count: Option<u32>,
    /// How much of a hold is done (0 … 1), and the ring's width in points.
    pub hold: Option<(f32, f32)>,
    /// Where on its path a stroke is, and where it was a moment ago.
    pub path: Option<(f32, f32)>,
}

/// What the session waits for.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    /// Whether the person is ready.
    Ready {
        /// What the person gets ready.
        what: String,
        /// What silence means.
        silence: String,
    },
    /// A number.
    Rating {
        /// The question.
        question: String,
        /// What 0 means.
        low: String,
        /// What 10 means.
        high: String,
        /// What silence means.
        silence: String,
    },
    /// Which way.
    Branch {
        /// The branches: what they are called in the routine, and what a person reads.
        options: Vec<(String, String)>,
        /// What silence means.
        silence: String,
    },
}

/// What can be asked of the session beside the acts.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Ready.
    Ready,
    /// This number.
    Rated(u8),
    /// This way.
    Branch(String),
    /// No answer.
    Skip,
    /// So loud, 0 … 1.
    Volume(f32),
    /// Stop and leave.
    Stop,
    /// Stay.
    Stay,
    /// The stop card was read.
    Settled,
}

/// The least room in which everything has its place without scrolling.
const ROOM: egui::Vec2 = egui::vec2(560.0, 430.0);

/// Draws the player over the whole window.
pub fn ui(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let whole = ui.max_rect();
    if let Some(dark) = view.lying {
        lying_down(ui, look, whole, view, dark, out);
        return;
    }
    if whole.width() >= ROOM.x && whole.height() >= ROOM.y {
        placed(ui, look, whole, view, out);
    } else {
        flowing(ui, look, view, out);
    }
    swell(ui, look, whole, view.swell);
}

/// Everything has its place.
fn placed(ui: &mut Ui, look: &Look, whole: Rect, view: &View, out: &mut Vec<Command>) {
    let space = look.space();
    let inner = whole.shrink2(egui::vec2(space.wide, space.even));
    let caption_face = if look.large_captions {
        &look.measure.face.caption_large
    } else {
        &look.measure.face.caption
    };
    let caption_height = if view.captions {
        2.0 * caption_face.line
    } else {
        space.even
    };
    let rows = bottom::height(look);
    let bar = Rect::from_min_size(
        inner.min,
        egui::vec2(inner.width(), look.measure.height.target),
    );
    let told = if view.notice.is_some() {
        look.measure.face.label.line + space.tight
    } else {
        0.0
    };
    let top = bar.bottom() + space.tight + told;
    let caption_top = inner.bottom() - rows - space.tight - caption_height;
    let middle = Rect::from_min_max(
        pos2(inner.left(), top),
        pos2(inner.right(), caption_top - space.tight),
    );
    let below = Rect::from_min_max(pos2(inner.left(), inner.bottom() - rows), inner.max);

    header(ui, look, bar, view, out);
    match &view.question {
        Some(asked) => question::ui(ui, look, middle, view, asked, out),
        None => stage::ui(ui, look, middle, view),
    }
    if let Some(words) = view.caption.as_ref().filter(|_| view.captions) {
        let area = Rect::from_min_max(
            pos2(inner.left(), caption_top),
            pos2(inner.right(), below.top() - space.tight),
        );
        caption::caption(ui, look, area, words, view.live);
    }
    let mut controls = ui.new_child(UiBuilder::new().max_rect(below));
    bottom::ui(&mut controls, look, below, view, out);
}

/// In very little room everything flows in one column, below the two ways out.
fn flowing(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let space = look.space();
    ways_out(ui, look, view, out);
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let width = ui.available_width() - 2.0 * space.even;
            let corner = ui.max_rect().min + egui::vec2(space.even, space.tight);
            ui.scope_builder(
                UiBuilder::new().max_rect(Rect::from_min_size(corner, egui::vec2(width, 4000.0))),
                |ui| {
                    if let Some(notice) = &view.notice {
                        let height = notice_galley(ui, look, notice, width).size().y;
                        let (area, _response) =
                            ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
                        told(ui, look, area, notice);
                    }
                    let height = (0.45 * ui.ctx().content_rect().height()).clamp(120.0, 320.0);
                    let (middle, _response) =
                        ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
                    match &view.question {
                        Some(asked) => question::ui(ui, look, middle, view, asked, out),
                        None => stage::ui(ui, look, middle, view),
                    }
                    ui.add_space(space.snug);
                    if let Some(words) = view.caption.as_ref().filter(|_| view.captions) {
                        let face = if look.large_captions {
                            &look.measure.face.caption_large
                        } else {
                            &look.measure.face.caption
                        };
                        let height = text::galley(ui, face, look.theme.ink.0, words, width)
                            .size()
                            .y;
                        let (area, _response) =
                            ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
                        caption::caption(ui, look, area, words, view.live);
                    }
                    ui.add_space(space.tight);
                    let label = &look.measure.face.label;
                    text::centred(ui, label, look.theme.ink2.0, &progress(look, view));
                    bottom::flowing(ui, look, view, out);
                    ui.add_space(space.even);
                },
            );
        });
}

/// Leaving on the left, the section in the middle, how far on the right.
fn header(ui: &mut Ui, look: &Look, area: Rect, view: &View, out: &mut Vec<Command>) {
    let mut bar = ui.new_child(UiBuilder::new().max_rect(area));
    bar.set_opacity(view.chrome);
    bottom::act(&mut bar, look, Act::Leave, Icon::X, out);
    placed_text(ui, look, area, &progress(look, view), egui::Align::Max);
    if area.width() > 520.0 {
        placed_text(ui, look, area, &view.section, egui::Align::Center);
    }
    if let Some(notice) = &view.notice {
        told(
            ui,
            look,
            area.translate(egui::vec2(0.0, area.height())),
            notice,
        );
    }
}

/// Leaving, and the way out when something feels wrong, side by side at the top: neither is scrolled away.
fn ways_out(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let space = look.space();
    ui.add_space(space.tight);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space.tight;
        ui.add_space(space.tight);
        let narrow = ui.available_width() < 400.0;
        ui.scope(|ui| {
            ui.set_opacity(view.chrome);
            if narrow {
                let name = &look.words.act(Act::Leave).name;
                let size = look.measure.height.target;
                if button::key(ui, look, Icon::X, size, name, false).clicked() {
                    out.push(Command::Act(Act::Leave));
                }
            } else {
                bottom::act(ui, look, Act::Leave, Icon::X, out);
            }
        });
        bottom::act(ui, look, Act::Wrong, Icon::Lifebuoy, out);
    });
}

/// How many minutes have passed, and of how many.
fn progress(look: &Look, view: &View) -> String {
    let (done, all) = view.minutes;
    look.words.fill(
        &look.words.player.progress,
        &[("done", &done), ("all", &all)],
    )
}

/// What has happened to the sound, at the top of an area.
fn told(ui: &mut Ui, look: &Look, area: Rect, notice: &str) {
    let galley = notice_galley(ui, look, notice, area.width());
    let response = ui.allocate_rect(
        Rect::from_min_size(area.min, galley.size()),
        egui::Sense::hover(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, notice));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
    ui.painter()
        .galley(area.center_top(), galley, look.theme.amber.0);
}

fn notice_galley(ui: &Ui, look: &Look, notice: &str, width: f32) -> Arc<egui::Galley> {
    let (face, colour) = (&look.measure.face.label, look.theme.amber.0);
    text::aligned(ui, face, colour, notice, width, egui::Align::Center)
}

fn placed_text(ui: &mut Ui, look: &Look, area: Rect, words: &str, align: egui::Align) {
    let colour = look.theme.ink2.0;
    let galley = text::galley(ui, &look.measure.face.body, colour, words, f32::INFINITY);
    let anchor = egui::Align2([align, egui::Align::Center]);
    let rect = anchor.align_size_within_rect(galley.size(), area);
    let response = ui.allocate_rect(rect, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    ui.painter().galley(rect.min, galley, colour);
}

/// A tone for the eye: the window's edge swells, slowly, and never flashes.
fn swell(ui: &Ui, look: &Look, whole: Rect, strength: f32) {
    if strength <= 0.0 {
        return;
    }
    for ring in 0..6u8 {
        let inset = 2.0 + 5.0 * f32::from(ring);
        let alpha = strength * 0.5 * (1.0 - f32::from(ring) / 6.0);
        let stroke = egui::Stroke::new(5.0, look.theme.amber.0.gamma_multiply(alpha));
        ui.painter()
            .rect_stroke(whole.shrink(inset), 0.0, stroke, StrokeKind::Middle);
    }
}

/// Nearly black, one faint ring, and any press comes back.
fn lying_down(
    ui: &mut Ui,
    look: &Look,
    whole: Rect,
    view: &View,
    dark: f32,
    out: &mut Vec<Command>,
) {
    let words = &look.words.player;
    let response = ui.allocate_rect(whole, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words.lying_out));
    if response.clicked() {
        out.push(Command::Act(Act::LieDown));
    }
    let ground = look.theme.ground.0.lerp_to_gamma(look.theme.night.0, dark);
    if dark > 0.0 {
        ui.painter().rect_filled(whole, 0.0, ground);
    }
    let half = super::kit::pebble::half_size(whole.height());
    let breath = 0.6 + 0.4 * view.stage.pebble.core;
    let ring = egui::Stroke::new(
        2.0,
        look.theme
            .night_ring
            .0
            .gamma_multiply(0.5 + 0.5 * (1.0 - dark)),
    );
    ui.painter()
        .circle_stroke(whole.center(), half * breath, ring);
    if dark < 1.0 {
        let colour = look.theme.ink2.0.gamma_multiply(1.0 - dark);
        let galley = text::aligned(
            ui,
            &look.measure.face.body,
            colour,
            &words.lying,
            whole.width() * 0.8,
            egui::Align::Center,
        );
        ui.painter().galley(
            pos2(
                whole.center().x,
                whole.bottom() - look.space().hall - galley.size().y,
            ),
            galley,
            colour,
        );
    }
}
