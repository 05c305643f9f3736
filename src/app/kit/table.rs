//! A table: the twin of every chart. Columns by space alone, no lines.

use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::text;
use crate::app::look::Look;

/// Draws a table with its heads; every row is read aloud as one sentence of `head cell` pairs.
pub fn table(ui: &mut Ui, look: &Look, heads: &[&str], rows: &[Vec<String>]) {
    let width = ui.available_width();
    let column = width / heads.len().max(1) as f32;
    row(ui, look, heads, None, column, true);
    for cells in rows {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        row(ui, look, &cells, Some(heads), column, false);
    }
}

fn row(ui: &mut Ui, look: &Look, cells: &[&str], heads: Option<&[&str]>, column: f32, head: bool) {
    let face = if head {
        &look.measure.face.label
    } else {
        &look.measure.face.body
    };
    let colour = if head {
        look.theme.ink2.0
    } else {
        look.theme.ink.0
    };
    let pad = look.space().tight;
    let galleys: Vec<_> = cells
        .iter()
        .map(|cell| text::galley(ui, face, colour, cell, column - pad))
        .collect();
    let height = galleys
        .iter()
        .map(|galley| galley.size().y)
        .fold(0.0, f32::max)
        + pad;
    let (rect, response) =
        ui.allocate_exact_size(vec2(column * cells.len() as f32, height), Sense::hover());
    response.widget_info(|| {
        let said = match heads {
            Some(heads) => heads
                .iter()
                .zip(cells)
                .map(|(head, cell)| format!("{head} {cell}"))
                .collect::<Vec<_>>(),
            None => cells.iter().map(|&cell| cell.to_owned()).collect(),
        };
        WidgetInfo::labeled(
            if head { Role::ColumnHeader } else { Role::Row },
            true,
            said.join(", "),
        )
    });
    if ui.is_rect_visible(rect) {
        for (index, galley) in galleys.into_iter().enumerate() {
            ui.painter().galley(
                pos2(rect.left() + index as f32 * column, rect.top()),
                galley,
                colour,
            );
        }
    }
}
