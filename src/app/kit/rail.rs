//! The rail: where one can go, an icon over a word; in a narrow window a bar on top with a menu.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::icon::{self, Icon};
use super::{focus, text, touch};
use crate::app::command::Act;
use crate::app::look::Look;

/// One place to go to.
pub struct Item<'a> {
    /// Its icon; filled while one is there.
    pub icon: Icon,
    /// Its name.
    pub name: &'a str,
    /// What a resting pointer is told: the name with its key.
    pub hint: String,
    /// Whether one is there.
    pub here: bool,
}

/// Draws an item as wide as the rail.
pub fn item(ui: &mut Ui, look: &Look, item: &Item<'_>) -> Response {
    let (rect, response) = touch::named(
        ui,
        vec2(ui.available_width(), 68.0),
        Sense::click(),
        item.name,
    );
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), item.here, item.name));
    if ui.is_rect_visible(rect) {
        let body = rect.shrink2(vec2(6.0, 2.0));
        let shown = touch::shift(ui, response.id.with("here"), item.here, look.motion().shift);
        let hover = touch::hover(ui, look, &response);
        let pill =
            Rect::from_center_size(pos2(body.center().x, body.top() + 22.0), vec2(56.0, 34.0));
        let colour = look
            .theme
            .ink
            .0
            .gamma_multiply(0.06 * hover)
            .lerp_to_gamma(look.theme.wash_dusk.0, shown);
        ui.painter().rect_filled(pill, 17.0, colour);
        let ink = if item.here {
            look.theme.ink.0
        } else {
            look.theme.ink2.0
        };
        icon::paint(ui, item.icon, pill.center(), 24.0, ink, item.here);
        let galley = text::galley(ui, &look.measure.face.label, ink, item.name, f32::INFINITY);
        ui.painter().galley(
            pos2(body.center().x - galley.size().x / 2.0, body.top() + 41.0),
            galley,
            ink,
        );
        focus::ring(
            ui,
            look,
            &response,
            body.shrink(2.0),
            look.measure.radius.input,
        );
    }
    response.on_hover_text(&item.hint)
}

/// The room for a studio's logo on the rail.
const LOGO: egui::Vec2 = vec2(72.0, 44.0);

/// Draws the studio's logo, or the mark of the app: three uneven rings and a root.
pub fn mark(ui: &mut Ui, look: &Look) {
    if let Some(logo) = &look.logo {
        let name = &look.words.act(Act::Studio).name;
        ui.vertical_centered(|ui| super::logo::show(ui, logo, LOGO, name));
        return;
    }
    let (rect, _response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let centre = rect.center() - vec2(0.0, 4.0);
    let stroke = |alpha: f32| egui::Stroke::new(2.0, look.theme.sage.0.gamma_multiply(alpha));
    for (radius, alpha, shift) in [(15.0, 0.55, 0.8), (10.0, 0.8, 0.4), (5.0, 1.0, 0.0)] {
        ui.painter()
            .circle_stroke(centre + vec2(shift, shift), radius, stroke(alpha));
    }
    ui.painter()
        .line_segment([centre, centre + vec2(0.0, 23.0)], stroke(1.0));
}
