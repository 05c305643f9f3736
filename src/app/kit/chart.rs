//! Before and after in pairs: a hollow dot, a thin line, a filled dot. No grid, three numbers, and a table beside it.

use egui::{Align2, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

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

/// A picture of pairs, oldest first.
pub struct Chart<'a> {
    /// What the picture says in words.
    pub summary: &'a str,
    /// The pairs.
    pub pairs: &'a [Pair],
    /// The line of medians over the pairs, where there are enough of them.
    pub trend: Option<&'a [f32]>,
    /// The words for the hollow and the filled dot.
    pub legend: [&'a str; 2],
    /// The days of the oldest and the newest pair.
    pub ends: Option<[&'a str; 2]>,
}

/// The height of a line of words above and below the dots.
const WORDS: f32 = 26.0;
/// The farthest that two pairs stand apart.
const APART: f32 = 120.0;

/// Draws the pairs from left to right.
pub fn pairs(ui: &mut Ui, look: &Look, chart: &Chart<'_>) -> Response {
    let size = vec2(ui.available_width(), 148.0 + 2.0 * WORDS);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, chart.summary));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let plot = Rect::from_min_max(
        rect.min + vec2(40.0, WORDS + 14.0),
        rect.max - vec2(12.0, WORDS + 14.0),
    );
    let y = |value: f32| plot.bottom() - value / 10.0 * plot.height();
    for value in [0u8, 5, 10] {
        let at = pos2(rect.left() + 24.0, y(f32::from(value)));
        label(ui, look, at, Align2::RIGHT_CENTER, &value.to_string());
    }
    let step = (plot.width() / chart.pairs.len().max(1) as f32).min(APART);
    let x = |index: usize| plot.left() + (index as f32 + 0.5) * step;
    if let Some(trend) = chart.trend {
        let points = trend
            .iter()
            .enumerate()
            .map(|(i, &value)| pos2(x(i), y(value)))
            .collect();
        ui.painter()
            .line(points, Stroke::new(6.0, look.theme.trend()));
    }
    for (index, pair) in chart.pairs.iter().enumerate() {
        dots(ui, look, x(index), &y, *pair);
    }
    legend(
        ui,
        look,
        pos2(plot.left(), rect.top() + WORDS / 2.0),
        chart.legend,
    );
    if let Some([oldest, newest]) = chart.ends {
        let last = chart.pairs.len().saturating_sub(1);
        let at = |x| pos2(x, rect.bottom() - WORDS / 2.0);
        label(ui, look, at(x(0) - 6.0), Align2::LEFT_CENTER, oldest);
        if last > 1 {
            label(ui, look, at(x(last) + 6.0), Align2::RIGHT_CENTER, newest);
        }
    }
    response
}

/// Which dot is which.
fn legend(ui: &Ui, look: &Look, at: Pos2, names: [&str; 2]) {
    let before = Pair {
        before: Some(0),
        after: None,
    };
    let after = Pair {
        before: None,
        after: Some(0),
    };
    let mut left = at.x + 6.0;
    for (pair, name) in [before, after].into_iter().zip(names) {
        dots(ui, look, left, &|_| at.y, pair);
        let words = label(ui, look, pos2(left + 14.0, at.y), Align2::LEFT_CENTER, name);
        left = words.right() + 22.0;
    }
}

/// A few words at a place, and where they are.
fn label(ui: &Ui, look: &Look, at: Pos2, anchor: Align2, words: &str) -> Rect {
    let ink = look.theme.ink2.0;
    let galley = text::galley(ui, &look.measure.face.label, ink, words, f32::INFINITY);
    let rect = anchor.anchor_size(at, galley.size());
    ui.painter().galley(rect.min, galley, ink);
    rect
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
