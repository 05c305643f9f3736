//! What the screens read, and what becomes of it when something is asked.

use egui::Context;

use super::command::{Act, Command};
use super::settings::{Settings, ThemeChoice};
use super::shell::Screen;
use super::theme::Name;
use super::words::Language;
use super::{about, after, journey, library, player, routine, safety, settings, today};

/// What the screens read.
#[derive(Default)]
pub struct Model {
    /// Where one is.
    pub screen: Screen,
    /// What was chosen in the settings.
    pub settings: Settings,
    /// Today.
    pub today: today::View,
    /// The library.
    pub library: library::View,
    /// The routine whose page is open.
    pub routine: Option<routine::View>,
    /// How it was.
    pub after: after::View,
    /// The journey.
    pub journey: journey::View,
    /// The studio.
    pub studio: about::Studio,
    /// What the settings show beside themselves.
    pub settings_view: settings::View,
    /// The safety list, while it is open.
    pub safety: Option<safety::View>,
    /// The session.
    pub player: Option<player::View>,
    /// Whether the menu of a narrow window is open.
    pub menu: bool,
    /// A sentence at the foot of the window.
    pub notice: Option<String>,
    /// The language of the machine.
    pub machine_language: Language,
}

impl Model {
    /// The theme that is to be shown.
    pub fn theme(&self, system: Option<egui::Theme>) -> Name {
        match self.settings.theme {
            ThemeChoice::Light => Name::Light,
            ThemeChoice::Dark => Name::Dark,
            ThemeChoice::Contrast => Name::Contrast,
            ThemeChoice::System if system == Some(egui::Theme::Dark) => Name::Dark,
            ThemeChoice::System => Name::Light,
        }
    }

    /// The language that is to be spoken.
    pub fn language(&self) -> Language {
        self.settings.language.unwrap_or(self.machine_language)
    }

    /// Whether a question lies on top of everything.
    pub fn sheet_open(&self) -> bool {
        self.menu
            || self.safety.is_some()
            || self.journey.removing.is_some()
            || self.settings_view.removing
    }

    /// Whether the session asks for a number.
    pub fn asks_number(&self) -> bool {
        matches!(
            self.player.as_ref().and_then(|view| view.question.as_ref()),
            Some(player::Asked::Rating { .. })
        )
    }

    /// The session as it is now.
    pub fn player_view(&self) -> Option<player::View> {
        self.player.clone()
    }

    /// Lets time pass.
    pub fn advance(&mut self, _ctx: &Context, _touched: bool) {}

    /// Does what was asked.
    pub fn apply(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Act(act) => self.act(ctx, act),
            Command::Settings(settings::Ask::Set(next)) => self.settings = *next,
            Command::Menu(open) => self.menu = open,
            Command::Dismiss => self.notice = None,
            _ => {}
        }
    }

    fn act(&mut self, ctx: &Context, act: Act) {
        self.menu = false;
        match act {
            Act::Today => self.screen = Screen::Today,
            Act::Library => self.screen = Screen::Library,
            Act::Journey => self.screen = Screen::Journey,
            Act::Studio => self.screen = Screen::Studio,
            Act::Settings => self.screen = Screen::Settings,
            Act::Help => self.screen = Screen::Help,
            Act::About => self.screen = Screen::About,
            Act::Larger => self.settings.text_size = (self.settings.text_size + 10).min(200),
            Act::Smaller => self.settings.text_size = (self.settings.text_size - 10).max(80),
            Act::UsualSize => self.settings.text_size = 100,
            Act::FullScreen => {
                let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
            }
            _ => {}
        }
    }
}
