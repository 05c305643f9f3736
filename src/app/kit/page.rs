//! The page: one column in the middle, margins by the window's width, scrolling when it must.

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::app::look::Look;

/// How much room a window has, in points after text scaling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Room {
    /// Under 640 wide: one column, a bar on top instead of the rail.
    Compact,
    /// 640 to 999: a narrow rail.
    Medium,
    /// 1000 and more.
    Wide,
}

impl Room {
    /// The room of a window this wide.
    pub fn of(width: f32) -> Self {
        match width {
            w if w < 640.0 => Self::Compact,
            w if w < 1000.0 => Self::Medium,
            _ => Self::Wide,
        }
    }

    /// The margin at the page's sides.
    pub fn margin(self, look: &Look) -> f32 {
        match self {
            Self::Compact => look.space().even,
            Self::Medium => look.space().wide,
            Self::Wide => look.space().group,
        }
    }
}

/// Shows a page's column, not wider than `widest`. The scroll position belongs to `name`.
pub fn page(
    ui: &mut Ui,
    look: &Look,
    room: Room,
    name: &str,
    widest: f32,
    add: impl FnOnce(&mut Ui),
) {
    let margin = room.margin(look);
    let space = look.space();
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .show(ui, |ui| {
            let whole = ui.available_rect_before_wrap();
            let width = (whole.width() - 2.0 * margin).min(widest);
            let top = if room == Room::Compact {
                space.wide
            } else {
                space.part
            };
            let corner = pos2(whole.center().x - width / 2.0, whole.top() + top);
            let column = Rect::from_min_size(corner, vec2(width, whole.height()));
            ui.scope_builder(UiBuilder::new().max_rect(column), add);
            ui.add_space(space.part);
        });
}
