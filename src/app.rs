//! The window. `logic` applies what was asked for, `ui` only draws: views read the model and push commands. The look is
//! data, the words are data, and everything slow happens elsewhere.

pub mod about;
pub mod after;
pub mod command;
pub mod display;
pub mod fonts;
pub mod journey;
pub mod keys;
pub mod kit;
pub mod library;
pub mod look;
pub mod model;
pub mod player;
pub mod routine;
pub mod safety;
pub mod settings;
pub mod shell;
pub mod single;
pub mod theme;
pub mod today;
pub mod words;

use eframe::Frame;
use egui::{Context, Ui, UiBuilder};

use command::Command;
use keys::{Keys, Mode};
use kit::page::Room;
use look::Look;
use model::Model;
use shell::Screen;

/// The app, as eframe runs it.
pub struct App {
    model: Model,
    look: Look,
    asked: Vec<Command>,
}

impl App {
    /// The app over a model.
    pub fn new(ctx: &Context, model: Model) -> Self {
        ctx.set_fonts(fonts::definitions());
        ctx.add_plugin(Keys::default());
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let look = Look::built_in(model.theme(ctx.system_theme()), model.language());
        let mut app = Self {
            model,
            look,
            asked: Vec::new(),
        };
        app.follow_settings(ctx);
        app
    }

    /// What the screens read.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Makes the look what the settings and the machine say.
    fn follow_settings(&mut self, ctx: &Context) {
        let settings = &self.model.settings;
        self.look.still = settings.still;
        self.look.large_captions = settings.large_captions;
        let theme = self.model.theme(ctx.system_theme());
        if self.look.theme.name != theme.stem() {
            self.look.theme = theme::Theme::built_in(theme);
        }
        if self.look.language != self.model.language() {
            self.look.language = self.model.language();
            self.look.words = words::Words::built_in(self.look.language);
        }
        let zoom = settings.text_size as f32 / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
            ctx.set_zoom_factor(zoom);
        }
        self.look.install(ctx);
    }

    fn mode(&self) -> Mode {
        match self.model.screen {
            _ if self.model.sheet_open() => Mode::Sheet,
            Screen::Player if self.model.asks_number() => Mode::Answering,
            Screen::Player => Mode::Player,
            _ => Mode::Page,
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        let mode = self.mode();
        let (acts, touched) = ctx
            .with_plugin(|keys: &mut Keys| {
                keys.set_mode(mode);
                (keys.take(), keys.take_touched())
            })
            .unwrap_or_default();
        let commands = std::mem::take(&mut self.asked);
        let before = self.model.settings.clone();
        for command in commands
            .into_iter()
            .chain(acts.into_iter().map(Command::Act))
        {
            self.model.apply(ctx, command);
        }
        self.model.advance(ctx, touched);
        if self.model.settings != before
            || self.look.theme.name != self.model.theme(ctx.system_theme()).stem()
        {
            self.follow_settings(ctx);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        // A frame may be drawn in two passes: only the last one counts.
        self.asked.clear();
        draw(ui, &self.look, &self.model, &mut self.asked);
        if !self.asked.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.look.theme.ground.0.to_normalized_gamma_f32()
    }
}

/// Draws the window: shell, page, and what is asked on top.
fn draw(ui: &mut Ui, look: &Look, model: &Model, out: &mut Vec<Command>) {
    let whole = ui.ctx().content_rect();
    let room = Room::of(whole.width());
    let mut all = ui.new_child(UiBuilder::new().max_rect(whole));
    let ui = &mut all;
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_label(look.words.app.title.as_str())
    });
    if let (Screen::Player, Some(view)) = (model.screen, model.player_view()) {
        player::ui(ui, look, &view, out);
    } else {
        let area = shell::frame(ui, look, room, model.screen, out);
        let area_room = room;
        shell::arriving(ui, look, area, model.screen, |ui| {
            screen(ui, look, area_room, model, out)
        });
        if let Some(sentence) = &model.notice {
            shell::notice(ui, look, area, sentence, out);
        }
    }
    if model.menu {
        shell::menu(ui, look, model.screen, out);
    }
    if let Some(view) = &model.safety {
        safety::ui(ui.ctx(), look, view, out);
    }
}

fn screen(ui: &mut Ui, look: &Look, room: Room, model: &Model, out: &mut Vec<Command>) {
    match model.screen {
        Screen::Today | Screen::Player => today::ui(ui, look, room, &model.today, out),
        Screen::Library => library::ui(ui, look, room, &model.library, out),
        Screen::Routine => {
            if let Some(view) = &model.routine {
                routine::ui(ui, look, room, view, out);
            }
        }
        Screen::After => after::ui(ui, look, room, &model.after, out),
        Screen::Journey => journey::ui(ui, look, room, &model.journey, out),
        Screen::Studio => about::studio_ui(ui, look, room, &model.studio),
        Screen::Settings => {
            settings::ui(ui, look, room, &model.settings, &model.settings_view, out)
        }
        Screen::About => about::about_ui(ui, look, room),
        Screen::Help => about::help_ui(ui, look, room),
    }
}

/// What the command line asks of the window.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A file to open.
    pub file: Option<std::path::PathBuf>,
}

/// There is no window here: a sentence that says what to do instead.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoWindow(pub String);

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Where there is no display, or none that can be drawn on.
pub fn run(_options: Options, model: Model) -> Result<(), NoWindow> {
    let native = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default()
            .with_app_id("rootwell")
            .with_title("Rootwell")
            .with_inner_size([1100.0, 720.0])
            .with_min_inner_size([320.0, 240.0]),
        ..eframe::NativeOptions::default()
    };
    let app = Box::new(|cc: &eframe::CreationContext<'_>| {
        let app: Box<dyn eframe::App> = Box::new(App::new(&cc.egui_ctx, model));
        Ok(app)
    });
    eframe::run_native("rootwell", native, app).map_err(|error| NoWindow(error.to_string()))
}
