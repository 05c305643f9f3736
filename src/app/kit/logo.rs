//! A studio's logo: a picture that keeps its shape within the room that it has.

use egui::{Image, Response, Role, TextureHandle, Ui, Vec2, WidgetInfo};

/// Draws the logo, no larger than its room and no larger than it is.
pub fn show(ui: &mut Ui, logo: &TextureHandle, room: Vec2, name: &str) -> Response {
    let size = logo.size_vec2();
    let scale = (room / size).min_elem().min(1.0);
    let response = ui.add(Image::new((logo.id(), size * scale)));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    response
}
