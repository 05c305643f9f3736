//! What the screens read, and what becomes of it when something is asked.

mod check_in;
mod going;
mod history;
mod keeping;
mod measuring;
mod morning;
mod person;
mod sheets;
mod shelf;
mod work;

use egui::{Color32, Context};
use jiff::civil::Date;

use super::command::{Act, Command};
use super::settings::{LARGEST, SMALLEST, Settings, ThemeChoice};
use super::shell::Screen;
use super::theme::accent::{self, Accent};
use super::theme::{Name, Theme};
use super::words::{Language, Words};
use super::world::World;
use super::{
    about, after, journey, library, measure, player, routine, safety, settings, stop, take, today,
};
use crate::audio::export::Format;
use crate::jobs::Jobs;
use crate::names::Area;
use crate::playback::Playback;
use crate::summary::Wanted;

pub use going::Start;

/// How the file of a copy of everything ends: it is an `SQLite` archive.
const COPY: &str = "sqlar";

/// What the screens read.
pub struct Model {
    /// The rest of the house.
    pub world: World,
    /// Every word.
    pub words: &'static Words,
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
    /// The checks of movement.
    pub measure: measure::View,
    /// The studio.
    pub studio: about::Studio,
    /// What the settings show beside themselves.
    pub settings_view: settings::View,
    /// What lies on top of everything.
    pub sheet: Option<Sheet>,
    /// A sentence at the foot of the window.
    pub notice: Option<String>,
    /// Slow work that is under way.
    pub jobs: Jobs<work::Then>,
    /// The language of the machine.
    pub machine_language: Language,
    /// The session, from Begin until it was rated.
    going: Option<going::Going>,
    /// Sessions that are over and still ring out.
    ringing: Vec<Playback>,
    /// The journal as it was last read.
    past: history::Past,
    /// The settings as they were last saved.
    saved: Settings,
    /// The kind of sound file that was last taken along.
    taken: Option<Format>,
    /// What begins once the safety list is answered.
    start: Option<Start>,
    /// The day that the answers of Today are about.
    day: Date,
    /// What felt wrong in this window, and when: left alone for that day, whether or not it could be written.
    felt_wrong: Vec<(Area, Date)>,
    /// The studio was read anew, so that its logo is to be read too.
    new_studio: bool,
    /// The person wants to close the window, and has been asked about the session.
    closing: bool,
}

/// What lies on top of everything.
#[derive(Clone, PartialEq, Debug)]
pub enum Sheet {
    /// The menu of a narrow window.
    Menu,
    /// The safety list.
    Safety(safety::View),
    /// How to take a routine along.
    Take(take::View),
    /// Stop here?
    Leave,
    /// Something felt wrong.
    Stop(stop::View),
    /// What the page for the next visit is to hold.
    Visit(Wanted),
    /// Who speaks in a session?
    Reader,
}

impl Model {
    /// The model over the rest of the house, on its first page.
    pub fn new(world: World, settings: Settings, machine_language: Language) -> Self {
        let words = Words::of(settings.language.unwrap_or(machine_language));
        let day = (world.now)().date();
        let mut model = Self {
            world,
            words,
            saved: settings.clone(),
            screen: Screen::Today,
            settings,
            today: today::View::default(),
            library: library::View::default(),
            routine: None,
            after: after::View::default(),
            journey: journey::View::default(),
            measure: measure::View::default(),
            studio: about::Studio::default(),
            settings_view: settings::View::default(),
            sheet: None,
            notice: None,
            jobs: Jobs::default(),
            machine_language,
            going: None,
            ringing: Vec::new(),
            past: history::Past::default(),
            taken: None,
            start: None,
            day,
            felt_wrong: Vec::new(),
            new_studio: true,
            closing: false,
        };
        model.mend_timer();
        model.open_shelf();
        model.open_today();
        model
    }

    /// The theme that is to be shown.
    pub fn theme(&self, system: Option<egui::Theme>) -> Name {
        match self.settings.theme {
            ThemeChoice::Dark => Name::Dark,
            ThemeChoice::Contrast => Name::Contrast,
            ThemeChoice::System if system == Some(egui::Theme::Dark) => Name::Dark,
            ThemeChoice::Light | ThemeChoice::System => Name::Light,
        }
    }

    /// The language that is to be spoken.
    pub fn language(&self) -> Language {
        self.settings.language.unwrap_or(self.machine_language)
    }

    /// Whether a question lies on top of everything.
    pub fn sheet_open(&self) -> bool {
        let removing = match self.screen {
            Screen::Journey => self.journey.removing.is_some(),
            Screen::Settings => self.settings_view.removing != settings::Removing::No,
            _ => false,
        };
        removing || self.sheet.is_some()
    }

    /// Does what was asked.
    pub fn apply(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Act(act) => self.act(ctx, act),
            Command::Today(ask) => self.ask_today(ask),
            Command::Morning(ask) => self.ask_morning(ask),
            Command::Library(ask) => self.ask_library(ask),
            Command::Routine(ask) => self.ask_routine(ask),
            Command::Safety(ask) => self.ask_safety(ctx, ask),
            Command::Player(ask) => self.ask_player(ask),
            Command::After(ask) => self.ask_after(ask),
            Command::Journey(ask) => self.ask_journey(ask),
            Command::Measure(ask) => self.ask_measure(ask),
            Command::Visit(ask) => self.ask_visit(ask),
            Command::Settings(ask) => self.ask_settings(ask),
            Command::Take(ask) => self.ask_take(ask),
            Command::StopWork(id) => self.stop_work(id),
            Command::Menu(open) => self.sheet = open.then_some(Sheet::Menu),
            Command::Dismiss => self.notice = None,
        }
    }

    fn act(&mut self, ctx: &Context, act: Act) {
        if self.sheet == Some(Sheet::Menu) {
            self.sheet = None;
        }
        match act {
            Act::Today
            | Act::Library
            | Act::Journey
            | Act::Studio
            | Act::Settings
            | Act::Help
            | Act::About => {
                self.go(act);
            }
            Act::Larger => self.settings.text_size = (self.settings.text_size + 10).min(LARGEST),
            Act::Smaller => self.settings.text_size = (self.settings.text_size - 10).max(SMALLEST),
            Act::UsualSize => self.settings.text_size = 100,
            Act::FullScreen => {
                let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
            }
            Act::Captions => self.settings.captions = !self.settings.captions,
            Act::Leave => self.leave(),
            _ => self.act_on_session(act),
        }
    }

    /// Goes to a page. A session that is open is not left behind by accident: it asks first.
    fn go(&mut self, act: Act) {
        if self.screen == Screen::Player {
            self.leave();
            return;
        }
        if self.screen == Screen::After {
            self.keep_answers();
        }
        self.notice = None;
        self.screen = match act {
            Act::Library => Screen::Library,
            Act::Journey => Screen::Journey,
            Act::Studio => Screen::Studio,
            Act::Settings => Screen::Settings,
            Act::Help => Screen::Help,
            Act::About => Screen::About,
            _ => Screen::Today,
        };
        match self.screen {
            Screen::Today => self.open_today(),
            Screen::Journey => self.open_journey(),
            Screen::Settings => self.open_settings(),
            _ => {}
        }
    }

    /// Leaves what is open: a session asks, a page goes back to Today.
    fn leave(&mut self) {
        match self.screen {
            Screen::Player if self.going.is_some() => self.sheet = Some(Sheet::Leave),
            Screen::Routine => self.screen = Screen::Library,
            Screen::Measure => self.go(Act::Journey),
            Screen::Today => {}
            _ => self.go(Act::Today),
        }
    }

    /// The studio's colour on a theme, where it can be read there.
    pub fn accent(&self, theme: &Theme) -> Option<Color32> {
        let accent = Color32::from_hex(&format!("#{}", self.world.studio.accent.as_ref()?)).ok()?;
        match accent::fit(accent, theme) {
            Accent::Taken(shade) => Some(shade),
            Accent::Refused { .. } => None,
        }
    }

    /// Makes the studio's page say why its colour is not used on a theme, where it is not.
    pub fn open_studio(&mut self, theme: &Theme) {
        let words = &self.words.studio;
        self.studio.accent = self.world.studio.accent.as_ref().and_then(|colour| {
            let Ok(accent) = Color32::from_hex(&format!("#{colour}")) else {
                return Some(self.words.fill(&words.accent_none, &[("colour", colour)]));
            };
            match accent::fit(accent, theme) {
                Accent::Taken(_) => None,
                Accent::Refused { nearest } => Some(self.words.fill(
                    &words.accent_refused,
                    &[
                        ("colour", colour),
                        ("nearest", &self.words.colours[nearest]),
                    ],
                )),
            }
        });
    }

    /// Whether the studio was read anew since its logo was.
    pub fn has_new_studio(&self) -> bool {
        self.new_studio
    }

    /// The studio's logo; what is wrong with it is said once.
    pub fn logo(&mut self) -> Option<egui::ColorImage> {
        self.new_studio = false;
        match super::logo::read(&self.world.folders, &self.world.studio) {
            Ok(logo) => logo,
            Err(error) => {
                let words = &self.words;
                self.say(words.fill(&words.notice.logo, &[("error", &error)]));
                None
            }
        }
    }

    /// Whether a session that is over can still be heard.
    pub fn rings(&self) -> bool {
        !self.ringing.is_empty()
    }

    /// Whether the window is to stay open for now: a session that goes on asks first, once.
    pub fn keep_open(&mut self) -> bool {
        let asks = self.screen == Screen::Player && self.going.is_some() && !self.closing;
        if asks {
            self.closing = true;
            self.sheet = Some(Sheet::Leave);
        }
        asks
    }

    /// The session as it is shown now.
    pub fn player_view(&self, ctx: &Context) -> Option<player::View> {
        self.going
            .as_ref()
            .and_then(|going| going.view(ctx, &self.settings, self.words))
    }
}
