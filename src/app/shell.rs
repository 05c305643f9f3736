//! The shell round the pages: the rail or the bar on top, the change from page to page.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use super::command::{Act, Command};
use super::kit::icon::Icon;
use super::kit::page::Room;
use super::kit::rail::{self, Item};
use super::kit::{button, focus, sheet, text, touch};
use super::look::Look;

/// Where one can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Screen {
    /// Today.
    #[default]
    Today,
    /// The library.
    Library,
    /// A routine's page.
    Routine,
    /// The session.
    Player,
    /// How it was.
    After,
    /// Nothing but the dark, after a session that led into sleep.
    Night,
    /// The checks of movement.
    Measure,
    /// The journey.
    Journey,
    /// The studio and its styles.
    Studio,
    /// Settings.
    Settings,
    /// What this is, is not, keeps.
    About,
    /// Help.
    Help,
}

impl Screen {
    /// The place on the rail that leads here.
    fn place(self) -> Option<Act> {
        match self {
            Self::Today => Some(Act::Today),
            Self::Library | Self::Routine => Some(Act::Library),
            Self::Journey | Self::Measure => Some(Act::Journey),
            Self::Studio => Some(Act::Studio),
            Self::Settings => Some(Act::Settings),
            Self::Help => Some(Act::Help),
            Self::About | Self::Player | Self::After | Self::Night => None,
        }
    }
}

/// The places of the rail: first the three above, then the three below.
const PLACES: [(Act, Icon); 6] = [
    (Act::Today, Icon::SunHorizon),
    (Act::Library, Icon::Books),
    (Act::Journey, Icon::Path),
    (Act::Studio, Icon::Storefront),
    (Act::Settings, Icon::GearSix),
    (Act::Help, Icon::Question),
];

/// Draws the rail or the bar, and answers with the room that is left for the page.
pub fn frame(ui: &mut Ui, look: &Look, room: Room, screen: Screen, out: &mut Vec<Command>) -> Rect {
    let whole = ui.max_rect();
    match room {
        Room::Compact => {
            let bar = Rect::from_min_size(whole.min, vec2(whole.width(), 56.0));
            menu_bar(ui, look, bar, screen, out);
            Rect::from_min_max(pos2(whole.left(), bar.bottom()), whole.max)
        }
        Room::Medium | Room::Wide => {
            let width = &look.measure.width;
            let width = if room == Room::Wide {
                width.rail
            } else {
                width.rail_medium + 8.0
            };
            let side = Rect::from_min_size(whole.min, vec2(width, whole.height()));
            side_rail(ui, look, side, screen, out);
            Rect::from_min_max(pos2(side.right(), whole.top()), whole.max)
        }
    }
}

fn side_rail(ui: &mut Ui, look: &Look, side: Rect, screen: Screen, out: &mut Vec<Command>) {
    ui.painter().rect_filled(
        side,
        0.0,
        look.theme
            .sunk
            .0
            .gamma_multiply(if look.theme.dark { 1.0 } else { 0.45 }),
    );
    let (above, below) = PLACES.split_at(3);
    let mut column = |rect: Rect, places: &[(Act, Icon)], mark: bool| {
        let mut column = ui.new_child(UiBuilder::new().max_rect(rect));
        if mark {
            rail::mark(&mut column, look);
            column.add_space(look.space().even);
        }
        for &(act, icon) in places {
            place(&mut column, look, act, icon, screen, out);
        }
    };
    column(side.shrink2(vec2(0.0, 20.0)), above, side.height() > 560.0);
    let height = below.len() as f32 * 68.0;
    column(
        Rect::from_min_max(pos2(side.left(), side.bottom() - height - 8.0), side.max),
        below,
        false,
    );
}

fn place(ui: &mut Ui, look: &Look, act: Act, icon: Icon, screen: Screen, out: &mut Vec<Command>) {
    let item = Item {
        icon,
        name: &look.words.act(act).name,
        hint: act.hint(look.words),
        here: screen.place() == Some(act),
    };
    if rail::item(ui, look, &item).clicked() {
        out.push(Command::Act(act));
    }
}

fn menu_bar(ui: &mut Ui, look: &Look, bar: Rect, screen: Screen, out: &mut Vec<Command>) {
    ui.painter()
        .rect_filled(bar, 0.0, look.theme.sunk.0.gamma_multiply(0.6));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(bar.shrink2(vec2(8.0, 6.0))));
    if button::link(&mut inside, look, Some(Icon::List), &look.words.app.menu).clicked() {
        out.push(Command::Menu(true));
    }
    if let Some(act) = screen.place() {
        let galley = text::galley(
            ui,
            &look.measure.face.strong,
            look.theme.ink2.0,
            &look.words.act(act).name,
            f32::INFINITY,
        );
        let at = pos2(
            bar.right() - 16.0 - galley.size().x,
            bar.center().y - galley.size().y / 2.0,
        );
        ui.painter().galley(at, galley, look.theme.ink2.0);
    }
}

/// Draws the menu of a narrow window.
pub fn menu(ui: &Ui, look: &Look, screen: Screen, out: &mut Vec<Command>) {
    let ((), closed) = sheet::sheet(ui.ctx(), look, "menu", |ui| {
        for (act, icon) in PLACES {
            ui.scope(|ui| place(ui, look, act, icon, screen, out));
        }
    });
    if closed {
        out.push(Command::Menu(false));
    }
}

/// Draws a page as it comes in: it rises a little and fades in.
pub fn arriving(ui: &mut Ui, look: &Look, rect: Rect, screen: Screen, add: impl FnOnce(&mut Ui)) {
    let id = egui::Id::unique("arriving");
    let before = ui.data(|data| data.get_temp::<Screen>(id));
    if before != Some(screen) {
        ui.data_mut(|data| data.insert_temp(id, screen));
        ui.ctx().animate_bool_with_time(id.with("in"), false, 0.0);
        focus::page_opens(ui.ctx());
    }
    let came = if before.is_none() {
        1.0
    } else {
        touch::shift(ui, id.with("in"), true, look.motion().page)
    };
    let rise = 8.0 * (1.0 - came);
    let mut page = ui.new_child(
        UiBuilder::new()
            .id_salt(screen as u8)
            .max_rect(rect.translate(vec2(0.0, rise))),
    );
    page.set_clip_rect(rect.intersect(ui.clip_rect()));
    page.set_opacity(came);
    add(&mut page);
}
