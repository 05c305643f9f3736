//! The pressure band: the part of the dial that a step asks for, in numbers, in words, and by hatch.

use egui::{Color32, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::text;
use crate::app::look::Look;
use crate::app::words::Words;
use crate::units::Band;

/// The dial's numbers that are drawn, lowest first; above seven nothing is ever asked for.
const SHOWN: std::ops::RangeInclusive<u8> = 1..=7;
/// A number's cell, in points.
const CELL: egui::Vec2 = vec2(64.0, 30.0);

/// How high the band is drawn, with its two words.
pub const HEIGHT: f32 = 7.0 * CELL.y + 2.0 * 26.0;

/// What a band means in a sentence: `4 to 6, strong but workable`.
pub fn sentence(words: &Words, band: Band) -> String {
    let Band(low, high) = band;
    let meaning = &words.band.meaning[usize::from(high.0.min(10))];
    words.fill(
        &words.band.sentence,
        &[("low", &low.0), ("high", &high.0), ("meaning", meaning)],
    )
}

/// Draws the dial with its left top corner at a place.
pub fn dial(ui: &mut Ui, look: &Look, at: Pos2, band: Band) -> Rect {
    let words = &look.words.band;
    let rect = Rect::from_min_size(at, vec2(110.0, HEIGHT));
    let response = ui.allocate_rect(rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &words.name));
    let said = sentence(look.words, band);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(said));
    let face = &look.measure.face.label;
    let firm = text::galley(ui, face, look.theme.ink2.0, &words.firm, f32::INFINITY);
    let soft = text::galley(ui, face, look.theme.ink2.0, &words.soft, f32::INFINITY);
    let first = rect.top() + 26.0;
    ui.painter().galley(rect.min, firm, look.theme.ink2.0);
    for (row, n) in SHOWN.rev().enumerate() {
        let cell = Rect::from_min_size(pos2(rect.left(), first + row as f32 * CELL.y), CELL)
            .shrink2(vec2(0.0, 1.5));
        number(ui, look, cell, n, (band.0.0..=band.1.0).contains(&n));
    }
    ui.painter().galley(
        pos2(rect.left(), first + 7.0 * CELL.y + 4.0),
        soft,
        look.theme.ink2.0,
    );
    rect
}

fn number(ui: &Ui, look: &Look, cell: Rect, n: u8, asked: bool) {
    let theme = &look.theme;
    let colour = if asked { theme.ink.0 } else { theme.ink2.0 };
    if asked {
        ui.painter().rect_filled(cell, 6.0, theme.wash_clay.0);
        hatch(ui, cell, n, theme.clay.0);
        ui.painter().rect_stroke(
            cell,
            6.0,
            Stroke::new(look.measure.line.border, theme.clay.0),
            StrokeKind::Inside,
        );
    }
    let galley = text::galley(
        ui,
        &look.measure.face.number,
        colour,
        &n.to_string(),
        f32::INFINITY,
    );
    let at = pos2(cell.left() + 12.0, cell.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
}

/// Nothing up to three, dots from four to six, lines at seven: the band is told without its colour.
fn hatch(ui: &Ui, cell: Rect, n: u8, colour: Color32) {
    let right = cell.right() - 8.0;
    match n {
        0..=3 => {}
        4..=6 => {
            for i in 0..n - 3 {
                let x = right - f32::from(i) * 6.0;
                ui.painter()
                    .circle_filled(pos2(x, cell.center().y), 2.0, colour);
            }
        }
        _ => {
            for i in 0..3u8 {
                let x = right - f32::from(i) * 5.0;
                let line = [
                    pos2(x, cell.center().y - 6.0),
                    pos2(x - 4.0, cell.center().y + 6.0),
                ];
                ui.painter().line_segment(line, Stroke::new(1.5, colour));
            }
        }
    }
}
