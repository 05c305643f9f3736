//! The side badge: which side of the body, in a word with an arrow, never by place or colour alone.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::icon::{self, Icon};
use super::text;
use crate::app::look::Look;
use crate::names::Hand;

/// The side in words.
pub fn name(look: &Look, hand: Hand) -> &str {
    match hand {
        Hand::Left => &look.words.player.left,
        Hand::Right => &look.words.player.right,
    }
}

/// Draws the badge with its left top corner at a place, and answers with the room it took.
pub fn badge(ui: &mut Ui, look: &Look, at: egui::Pos2, hand: Hand) -> Rect {
    let name = name(look, hand);
    let arrow = if hand == Hand::Left {
        Icon::ArrowLeft
    } else {
        Icon::ArrowRight
    };
    let galley = text::galley(
        ui,
        &look.measure.face.card,
        look.theme.ink.0,
        name,
        f32::INFINITY,
    );
    let space = look.space();
    let rect = Rect::from_min_size(
        at,
        vec2(
            galley.size().x + 28.0 + 2.0 * space.even + space.tight,
            48.0,
        ),
    );
    let response = ui.allocate_rect(rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    ui.painter()
        .rect_filled(rect, rect.height() / 2.0, look.theme.raised.0);
    ui.painter().rect_stroke(
        rect,
        rect.height() / 2.0,
        look.outline(),
        egui::StrokeKind::Inside,
    );
    let middle = rect.center().y;
    let (icon_x, text_x) = match hand {
        Hand::Left => (
            rect.left() + space.even + 12.0,
            rect.left() + space.even + 28.0 + space.tight,
        ),
        Hand::Right => (rect.right() - space.even - 12.0, rect.left() + space.even),
    };
    icon::paint(
        ui,
        arrow,
        pos2(icon_x, middle),
        24.0,
        look.theme.clay.0,
        false,
    );
    let height = galley.size().y;
    ui.painter().galley(
        pos2(text_x, middle - height / 2.0),
        galley,
        look.theme.ink.0,
    );
    rect
}
