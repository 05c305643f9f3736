//! The end of a day: the dark, one quiet line, and any press goes back to Today. How it was is asked in the morning.

use egui::{Align, Sense, Ui, WidgetInfo, pos2};

use super::command::{Act, Command};
use super::kit::text;
use super::look::Look;

/// How bright the line is: it can be read in the dark, and lights nothing up.
pub const DIM: f32 = 0.6;

/// Draws the dark over the whole window.
pub fn ui(ui: &mut Ui, look: &Look, out: &mut Vec<Command>) {
    let whole = ui.max_rect();
    let words = &look.words.after.tomorrow;
    let response = ui.allocate_rect(whole, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, words));
    if response.clicked() {
        out.push(Command::Act(Act::Today));
    }
    ui.painter().rect_filled(whole, 0.0, look.theme.night.0);
    let colour = look.theme.on_core.0.gamma_multiply(DIM);
    let face = &look.measure.face.body;
    let galley = text::aligned(ui, face, colour, words, whole.width() * 0.8, Align::Center);
    let at = pos2(whole.center().x, whole.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
}
