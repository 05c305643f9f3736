//! The caption: what the voice says, two lines at most, in the middle. A live region only while our voice is off.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, accesskit, pos2};

use super::text;
use crate::app::look::Look;

/// Draws the caption centred in an area. `live` has a screen reader say it.
pub fn caption(ui: &mut Ui, look: &Look, area: Rect, words: &str, live: bool) {
    let face = if look.large_captions {
        &look.measure.face.caption_large
    } else {
        &look.measure.face.caption
    };
    let galley = text::aligned(
        ui,
        face,
        look.theme.ink.0,
        words,
        area.width(),
        Align::Center,
    );
    let response = ui.allocate_rect(area, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Caption, true, words));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(words);
        node.set_live(if live {
            accesskit::Live::Polite
        } else {
            accesskit::Live::Off
        });
    });
    let top = area.center().y - galley.size().y / 2.0;
    ui.painter()
        .galley(pos2(area.center().x, top), galley, look.theme.ink.0);
}
