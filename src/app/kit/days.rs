//! A month of days as quiet dots: practised or rest, no chain to break.

use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::text;
use crate::app::look::Look;

/// One month.
pub struct Month<'a> {
    /// What the picture says in words.
    pub summary: &'a str,
    /// The weekdays' initials, Monday first.
    pub initials: [&'a str; 7],
    /// How many days before the first of the month belong to its first week, Monday 0.
    pub lead: u8,
    /// For each day of the month: whether something was practised.
    pub days: &'a [bool],
    /// The day that is today, if it is in this month: the first is 1.
    pub today: Option<u8>,
}

/// Draws the month.
pub fn month(ui: &mut Ui, look: &Look, month: &Month<'_>) {
    const CELL: f32 = 34.0;
    let weeks = (usize::from(month.lead) + month.days.len()).div_ceil(7);
    let size = vec2(7.0 * CELL, 26.0 + weeks as f32 * CELL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, month.summary));
    let ink2 = look.theme.ink2.0;
    for (column, initial) in month.initials.iter().enumerate() {
        let galley = text::galley(ui, &look.measure.face.label, ink2, initial, f32::INFINITY);
        let x = rect.left() + (column as f32 + 0.5) * CELL - galley.size().x / 2.0;
        ui.painter().galley(pos2(x, rect.top()), galley, ink2);
    }
    for (day, &practised) in month.days.iter().enumerate() {
        let place = usize::from(month.lead) + day;
        let corner = rect.min + vec2((place % 7) as f32 * CELL, 26.0 + (place / 7) as f32 * CELL);
        let cell = Rect::from_min_size(corner, vec2(CELL, CELL));
        if practised {
            ui.painter()
                .circle_filled(cell.center(), 8.0, look.theme.sage.0);
        } else {
            ui.painter()
                .circle_filled(cell.center(), 2.5, look.theme.line.0);
        }
        if month
            .today
            .is_some_and(|today| usize::from(today) == day + 1)
        {
            ui.painter()
                .circle_stroke(cell.center(), 13.0, Stroke::new(1.5, look.theme.ink2.0));
        }
    }
}
