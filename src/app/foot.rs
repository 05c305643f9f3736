//! The foot of the window: what is being worked on, and a sentence that can be put away.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use super::command::Command;
use super::kit::icon::Icon;
use super::kit::{button, progress, text};
use super::look::Look;
use crate::jobs::JobId;

/// Slow work as the foot shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct Working {
    /// Which job.
    pub id: JobId,
    /// What is being done, and the time that is left.
    pub sentence: String,
    /// What share of it is done, 0 … 1; 0 where nobody knows.
    pub share: f32,
    /// Whether it can be stopped.
    pub can_stop: bool,
}

/// Draws the foot: the sentence lowest, the work above it.
pub fn ui(
    ui: &mut Ui,
    look: &Look,
    whole: Rect,
    working: &[Working],
    notice: Option<&str>,
    out: &mut Vec<Command>,
) {
    let mut area = whole;
    if let Some(sentence) = notice {
        area.max.y = say(ui, look, area, egui::Align::Max, sentence, out).top();
    }
    for work in working.iter().rev() {
        area.max.y = show(ui, look, area, work, out);
    }
}

/// Draws the sentence alone, below the head of the window: in a session nothing may lie on what stops or eases it.
pub fn above(ui: &Ui, look: &Look, whole: Rect, sentence: &str, out: &mut Vec<Command>) {
    let top = whole.top() + look.measure.height.target + look.space().even;
    let area = Rect::from_min_max(pos2(whole.left(), top), whole.max);
    say(ui, look, area, egui::Align::Min, sentence, out);
}

/// A rounded ground of this height, at the foot of an area or at its top.
fn ground(look: &Look, area: Rect, height: f32, end: egui::Align) -> Rect {
    let area = area.shrink2(vec2(0.0, look.space().even));
    let size = vec2(width(look, area), height);
    egui::Align2([egui::Align::Center, end]).align_size_within_rect(size, area)
}

fn width(look: &Look, area: Rect) -> f32 {
    (area.width() - 2.0 * look.space().even).min(look.measure.width.text + 80.0)
}

fn paint(ui: &Ui, look: &Look, rect: Rect, colour: egui::Color32) {
    let radius = look.measure.radius.card;
    ui.painter().rect_filled(rect, radius, colour);
    ui.painter()
        .rect_stroke(rect, radius, look.outline(), egui::StrokeKind::Inside);
}

fn show(ui: &Ui, look: &Look, area: Rect, work: &Working, out: &mut Vec<Command>) -> f32 {
    let space = look.space();
    let key = if work.can_stop { 60.0 } else { 0.0 };
    let room = width(look, area) - 2.0 * space.even - key;
    let face = &look.measure.face.label;
    let galley = text::galley(ui, face, look.theme.ink2.0, &work.sentence, room);
    let line = galley.size().y + space.hair + 3.0;
    let height = line.max(if work.can_stop { 44.0 } else { 0.0 }) + 2.0 * space.snug;
    let rect = ground(look, area, height, egui::Align::Max);
    egui::Area::new(egui::Id::unique("working").with(work.id))
        .order(egui::Order::Foreground)
        .fixed_pos(rect.min)
        .show(ui.ctx(), |ui| {
            ui.allocate_exact_size(rect.size(), egui::Sense::hover());
            paint(ui, look, rect, look.theme.raised.0);
            let place = Rect::from_min_size(
                pos2(rect.left() + space.even, rect.center().y - line / 2.0),
                vec2(room, line),
            );
            let mut inside = ui.new_child(UiBuilder::new().max_rect(place));
            progress::line(&mut inside, look, &work.sentence, work.share);
            if work.can_stop && corner(ui, look, rect, Icon::X, &look.words.work.stop) {
                out.push(Command::StopWork(work.id));
            }
        });
    rect.top()
}

/// A key at the right end of a ground.
fn corner(ui: &mut Ui, look: &Look, rect: Rect, icon: Icon, name: &str) -> bool {
    let centre = pos2(rect.right() - 34.0, rect.center().y);
    let place = Rect::from_center_size(centre, vec2(44.0, 44.0));
    let mut corner = ui.new_child(UiBuilder::new().max_rect(place));
    button::key(&mut corner, look, icon, 44.0, name, false).clicked()
}

fn say(
    ui: &Ui,
    look: &Look,
    area: Rect,
    end: egui::Align,
    sentence: &str,
    out: &mut Vec<Command>,
) -> Rect {
    let face = &look.measure.face.body;
    let room = width(look, area) - 96.0;
    let galley = text::galley(ui, face, look.theme.ink.0, sentence, room);
    let height = galley.size().y.max(44.0) + 24.0;
    let rect = ground(look, area, height, end);
    egui::Area::new(egui::Id::unique("notice"))
        .order(egui::Order::Foreground)
        .fixed_pos(rect.min)
        .show(ui.ctx(), |ui| {
            let (_rect, response) = ui.allocate_exact_size(rect.size(), egui::Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, sentence));
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
            paint(ui, look, rect, look.theme.wash_amber.0);
            let at = pos2(rect.left() + 20.0, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, look.theme.ink.0);
            if corner(ui, look, rect, Icon::X, &look.words.app.close) {
                out.push(Command::Dismiss);
            }
        });
    rect
}
