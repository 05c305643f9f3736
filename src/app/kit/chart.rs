//! Before and after in pairs: a hollow dot, a thin line, a filled dot. No grid, three numbers, and a table beside it.

use egui::{Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::text;
use crate::app::look::Look;

/// One session's pair, 0 … 10; what was not asked is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Before the session.
    pub before: Option<u8>,
    /// After it.
    pub after: Option<u8>,
}

/// Draws the pairs from left to right, the newest last; `summary` is what the picture says in words, and `trend` the
/// line of medians over the pairs, where there are enough of them.
pub fn pairs(
    ui: &mut Ui,
    look: &Look,
    summary: &str,
    pairs: &[Pair],
    trend: Option<&[f32]>,
) -> Response {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 176.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, summary));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let plot = Rect::from_min_max(rect.min + vec2(40.0, 14.0), rect.max - vec2(12.0, 14.0));
    let y = |value: f32| plot.bottom() - value / 10.0 * plot.height();
    for value in [0u8, 5, 10] {
        let label = text::galley(
            ui,
            &look.measure.face.label,
            look.theme.ink2.0,
            &value.to_string(),
            f32::INFINITY,
        );
        let at = pos2(
            rect.left() + 24.0 - label.size().x,
            y(f32::from(value)) - label.size().y / 2.0,
        );
        ui.painter().galley(at, label, look.theme.ink2.0);
    }
    let step = (plot.width() / pairs.len().max(1) as f32).min(72.0);
    let x = |index: usize| plot.left() + (index as f32 + 0.5) * step;
    if let Some(trend) = trend {
        let points = trend
            .iter()
            .enumerate()
            .map(|(i, &value)| pos2(x(i), y(value)))
            .collect();
        ui.painter()
            .line(points, Stroke::new(6.0, look.theme.wash_sage.0));
    }
    for (index, pair) in pairs.iter().enumerate() {
        dots(ui, look, x(index), &y, *pair);
    }
    response
}

fn dots(ui: &Ui, look: &Look, x: f32, y: &impl Fn(f32) -> f32, pair: Pair) {
    let ink = look.theme.ink2.0;
    if let (Some(before), Some(after)) = (pair.before, pair.after) {
        let (from, to) = (y(f32::from(before)), y(f32::from(after)));
        ui.painter().line_segment(
            [pos2(x, from), pos2(x, to)],
            Stroke::new(1.5, ink.gamma_multiply(0.6)),
        );
    }
    if let Some(before) = pair.before {
        let at = pos2(x, y(f32::from(before)));
        ui.painter()
            .circle(at, 5.5, look.theme.raised.0, Stroke::new(2.0, ink));
    }
    if let Some(after) = pair.after {
        ui.painter()
            .circle_filled(pos2(x, y(f32::from(after))), 6.0, look.theme.sage.0);
    }
}
