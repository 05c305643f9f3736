//! The foot of the player: the time that is left and what comes next; the controls; and what is always there, which is
//! the way out when something feels wrong.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{Ask, View};
use crate::app::command::{Act, Command};
use crate::app::kit::icon::Icon;
use crate::app::kit::{button, text, touch};
use crate::app::look::Look;

/// How high the foot is.
pub(super) fn height(look: &Look) -> f32 {
    let space = look.space();
    look.measure.face.label.line + space.tight + 64.0 + space.tight + look.measure.height.target
}

/// Draws the foot in its area.
pub(super) fn ui(ui: &mut Ui, look: &Look, area: Rect, view: &View, out: &mut Vec<Command>) {
    let space = look.space();
    time_line(ui, look, view);
    let top = area.top() + look.measure.face.label.line + space.tight;
    let row = Rect::from_min_size(egui::pos2(area.left(), top), vec2(area.width(), 64.0));
    let mut controls = ui.new_child(UiBuilder::new().max_rect(row));
    controls.set_opacity(view.chrome);
    let third = row.width() / 3.0;
    part(
        &mut controls,
        row.with_max_x(row.left() + third),
        Align::Min,
        |ui| dose(ui, look, view, out),
    );
    let middle = Rect::from_center_size(row.center(), vec2(200.0, 64.0));
    part(&mut controls, middle, Align::Min, |ui| {
        transport(ui, look, view, out);
    });
    part(
        &mut controls,
        row.with_min_x(row.right() - third),
        Align::Max,
        |ui| sound(ui, look, view, out),
    );

    let foot = Rect::from_min_max(
        egui::pos2(area.left(), area.bottom() - look.measure.height.target),
        area.max,
    );
    part(ui, foot.with_max_x(foot.center().x), Align::Min, |ui| {
        act(ui, look, Act::Wrong, Icon::Lifebuoy, out);
    });
    let mut fading = ui.new_child(UiBuilder::new().max_rect(foot));
    fading.set_opacity(view.chrome);
    part(
        &mut fading,
        foot.with_min_x(foot.center().x),
        Align::Max,
        |ui| act(ui, look, Act::LieDown, Icon::Bed, out),
    );
}

/// The same in rows that break, for very little room; the way out is at the top there.
pub(super) fn flowing(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    time_line(ui, look, view);
    ui.add_space(look.space().tight);
    for group in [transport, dose, sound] {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(look.space().tight, look.space().tight);
            group(ui, look, view, out);
        });
        ui.add_space(look.space().tight);
    }
    act(ui, look, Act::LieDown, Icon::Bed, out);
}

fn time_line(ui: &mut Ui, look: &Look, view: &View) {
    let words = &look.words.player;
    let mut parts = Vec::new();
    if let Some(left) = &view.left {
        parts.push(look.words.fill(&words.time_left, &[("time", left)]));
    }
    parts.push(match &view.then {
        Some(then) => look.words.fill(&words.then, &[("step", then)]),
        None => words.last.clone(),
    });
    text::centred(
        ui,
        &look.measure.face.label,
        look.theme.ink2.0,
        &parts.join(" · "),
    );
}

/// Draws something in a part of a row, from its left or from its right.
fn part(ui: &mut Ui, area: Rect, from: Align, add: impl FnOnce(&mut Ui)) {
    let layout = match from {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    let mut part = ui.new_child(UiBuilder::new().max_rect(area).layout(layout));
    part.spacing_mut().item_spacing.x = 8.0;
    add(&mut part);
}

/// A link that asks for an act.
pub(super) fn act(ui: &mut Ui, look: &Look, act: Act, icon: Icon, out: &mut Vec<Command>) {
    let words = &look.words;
    let name = &words.act(act).name;
    let response = button::link_in(ui, look, Some(icon), name, look.theme.ink2.0, name);
    if response.clicked() {
        out.push(Command::Act(act));
    }
    touch::hint(ui, response, act.hint(words));
}

fn dose(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words;
    let acts: &[(Act, Icon)] = if view.band.is_some() {
        &[(Act::EaseOff, Icon::Feather), (Act::Longer, Icon::Plus)]
    } else {
        &[(Act::Longer, Icon::Plus)]
    };
    for &(act, icon) in acts {
        let response = button::quiet(ui, look, Some(icon), &words.act(act).name);
        if response.clicked() {
            out.push(Command::Act(act));
        }
        touch::hint(ui, response, act.hint(words));
    }
}

fn transport(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words;
    let mut key = |ui: &mut Ui, act: Act, icon: Icon, size: f32, name: &str| {
        let response = button::key(ui, look, icon, size, name, false);
        if response.clicked() {
            out.push(Command::Act(act));
        }
    };
    key(
        ui,
        Act::Back,
        Icon::SkipBack,
        48.0,
        &words.act(Act::Back).name,
    );
    let (icon, name) = if view.playing {
        (Icon::Pause, &words.act(Act::Pause).name)
    } else {
        (Icon::Play, &words.player.press_space)
    };
    key(ui, Act::Pause, icon, 64.0, name);
    key(
        ui,
        Act::Next,
        Icon::SkipForward,
        48.0,
        &words.act(Act::Next).name,
    );
}

fn sound(ui: &mut Ui, look: &Look, view: &View, out: &mut Vec<Command>) {
    let words = &look.words;
    let full = if view.full_screen {
        Icon::ArrowsIn
    } else {
        Icon::ArrowsOut
    };
    let speaker = if view.muted {
        Icon::SpeakerSlash
    } else {
        Icon::SpeakerHigh
    };
    for (act, icon, on) in [
        (Act::FullScreen, full, view.full_screen),
        (Act::Captions, Icon::ClosedCaptioning, view.captions),
        (Act::Mute, speaker, view.muted),
    ] {
        let response = button::key(ui, look, icon, 44.0, &words.act(act).name, on);
        if response.clicked() {
            out.push(Command::Act(act));
        }
    }
    if ui.available_width() > 140.0 {
        let mut volume = view.volume;
        let percent = (100.0 * volume).round() as u32;
        let said = words.fill(&words.player.volume_value, &[("n", &percent)]);
        let range = crate::app::kit::slider::Range {
            name: &words.player.volume,
            least: 0.0,
            most: 1.0,
            step: 0.05,
            said: &said,
        };
        if crate::app::kit::slider::small(ui, look, &range, &mut volume).changed() {
            out.push(Command::Player(Ask::Volume(volume)));
        }
    }
}
