//! The window. `logic` applies what was asked for, `ui` only draws: views read the model and push commands. The look is
//! data, the words are data, and everything slow happens elsewhere.

pub mod about;
pub mod after;
mod belongings;
mod booth;
pub mod command;
pub mod display;
pub mod fonts;
pub mod foot;
pub mod journey;
pub mod keys;
pub mod kit;
pub mod library;
pub mod live;
pub mod logo;
pub mod look;
pub mod measure;
pub mod model;
pub mod night;
pub mod player;
pub mod reader;
pub mod routine;
pub mod safety;
pub mod settings;
pub mod shell;
pub mod single;
pub mod stop;
pub mod take;
pub mod theme;
pub mod today;
pub mod visit;
pub mod world;

pub use crate::words;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use eframe::Frame;
use egui::{Context, RawInput, TextureOptions, Ui, UiBuilder, ViewportCommand};

use command::Command;
use keys::{Keys, Mode};
use kit::focus;
use kit::page::Room;
use look::Look;
use model::{Model, Sheet};
use shell::Screen;
use theme::reload::{Edit, Reload};
use world::World;

use crate::store::{self, Folders};

/// The widest that the picture of all letters is, in points of the screen.
const LETTERS: usize = 2048;

/// The app, as eframe runs it.
pub struct App {
    model: Model,
    look: Look,
    asked: Vec<Command>,
    /// Later starts, with the file that each was given.
    knocks: Option<Receiver<Option<PathBuf>>>,
    /// Edited themes, while the app is being worked on.
    reload: Option<Reload>,
}

impl App {
    /// The app over a model; later starts knock at `knocks`.
    pub fn new(ctx: &Context, model: Model, knocks: Option<Receiver<Option<PathBuf>>>) -> Self {
        ctx.set_fonts(fonts::definitions());
        ctx.add_plugin(Keys::default());
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let awake = ctx.clone();
        model.jobs.wake_with(move || awake.request_repaint());
        let look = Look::built_in(model.theme(ctx.system_theme()), model.language());
        let mut app = Self {
            model,
            look,
            asked: Vec::new(),
            knocks,
            reload: Reload::for_work(ctx),
        };
        app.follow_settings(ctx);
        app
    }

    /// What the screens read.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The same, for who opens files on a person's behalf.
    pub fn model_mut(&mut self) -> &mut Model {
        &mut self.model
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
        self.look.accent = self.model.accent(&self.look.theme);
        if self.look.language != self.model.language() {
            self.look.language = self.model.language();
            self.look.words = words::Words::of(self.look.language);
        }
        let zoom = settings.text_size as f32 / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
            ctx.set_zoom_factor(zoom);
        }
        if self.model.has_new_studio() {
            let logo = self.model.logo();
            self.look.logo =
                logo.map(|image| ctx.load_texture("logo", image, TextureOptions::LINEAR));
        }
        self.look.install(ctx);
        self.model.open_studio(&self.look.theme);
    }

    /// Takes in what came from outside: later starts, dropped files, edited themes, a wish to close.
    fn take_in(&mut self, ctx: &Context) {
        let knocks: Vec<_> = self.knocks.iter().flat_map(Receiver::try_iter).collect();
        if !knocks.is_empty() {
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let files = knocks
            .into_iter()
            .flatten()
            .chain(dropped.iter().map(|file| file.path().to_owned()));
        for file in files {
            self.model.open_file(&file);
        }
        if ctx.input(|input| input.viewport().close_requested()) && self.model.keep_open() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        match self
            .reload
            .as_mut()
            .and_then(|reload| reload.poll(self.model.theme(ctx.system_theme())))
        {
            Some(Edit::Fresh(look)) => {
                (self.look.theme, self.look.measure) = *look;
                self.look.install(ctx);
            }
            Some(Edit::Mistake(error)) => {
                let words = &self.look.words;
                self.model.notice =
                    Some(words.fill(&words.notice.theme_mistake, &[("error", &error)]));
            }
            None => {}
        }
    }

    /// Saves the settings once the person's hand is off them.
    fn save(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.pointer.any_down()) {
            self.model.keep_settings();
        }
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
    /// The picture of all letters begins narrow and grows as it fills; as wide as a machine allows, most of it would stay
    /// empty.
    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        input.max_texture_side = input.max_texture_side.map(|side| side.min(LETTERS));
    }

    fn logic(&mut self, ctx: &Context, frame: &mut Frame) {
        let mode = self.mode();
        let (acts, touched) = ctx
            .with_plugin(|keys: &mut Keys| {
                keys.set_mode(mode);
                (keys.take(), keys.take_touched())
            })
            .unwrap_or_default();
        let before = self.model.settings.clone();
        let commands = std::mem::take(&mut self.asked);
        for command in commands
            .into_iter()
            .chain(acts.into_iter().map(Command::Act))
        {
            self.model.apply(ctx, command);
        }
        self.take_in(ctx);
        self.model.take_in_work();
        self.model.ask_reader();
        self.model.mind_the_day();
        self.model.advance(ctx, touched, frame.info().cpu_usage);
        self.model.attend(ctx);
        let theme = self.model.theme(ctx.system_theme());
        if self.model.settings != before
            || self.model.has_new_studio()
            || self.look.theme.name != theme.stem()
        {
            self.follow_settings(ctx);
        }
        if mode == Mode::Sheet && self.mode() == Mode::Page {
            // What had the focus is gone with the sheet.
            focus::page_opens(ctx);
        }
        self.save(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        // A frame may be drawn in two passes: only the last one counts.
        self.asked.clear();
        draw(ui, &self.look, &self.model, &mut self.asked);
        if !self.asked.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// What was answered after a session is kept, also where the window is closed on its page.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if self.model.screen == Screen::After {
            self.model.keep_answers();
        }
    }

    /// The ground of every page: painted once, as what the window is cleared to.
    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.look.theme.ground.0.to_normalized_gamma_f32()
    }
}

/// Draws the window: shell, page, and what lies on top.
fn draw(ui: &mut Ui, look: &Look, model: &Model, out: &mut Vec<Command>) {
    let whole = ui.ctx().content_rect();
    let room = Room::of(whole.width());
    let mut all = ui.new_child(UiBuilder::new().max_rect(whole));
    let ui = &mut all;
    // A screen reader says the window by its title.
    ui.ctx()
        .accesskit_node_builder(egui::accesskit_root_id(), |node| {
            node.set_label(look.words.app.title.as_str());
        });
    let session = model
        .player_view(ui.ctx())
        .filter(|_| model.screen == Screen::Player);
    if let Some(view) = &session {
        player::ui(ui, look, view, out);
    } else if model.screen == Screen::Night {
        night::ui(ui, look, out);
    } else {
        let area = shell::frame(ui, look, room, model.screen, out);
        shell::arriving(ui, look, area, model.screen, |ui| {
            screen(ui, look, room, model, out);
        });
    }
    match (&session, &model.notice) {
        (Some(view), Some(sentence)) if view.lying.is_none() => {
            foot::above(ui, look, whole, sentence, out);
        }
        (Some(_), _) => {}
        (None, notice) => foot::ui(ui, look, whole, &model.working(), notice.as_deref(), out),
    }
    match &model.sheet {
        Some(Sheet::Menu) => shell::menu(ui, look, model.screen, out),
        Some(Sheet::Safety(view)) => safety::ui(ui.ctx(), look, view, out),
        Some(Sheet::Take(view)) => take::ui(ui.ctx(), look, view, out),
        Some(Sheet::Leave) => stop::leave_ui(ui.ctx(), look, out),
        Some(Sheet::Stop(view)) => stop::ui(ui.ctx(), look, view, out),
        Some(Sheet::Visit(wanted)) => visit::ui(ui.ctx(), look, *wanted, out),
        Some(Sheet::Reader) => reader::ui(ui.ctx(), look, out),
        None => {}
    }
}

fn screen(ui: &mut Ui, look: &Look, room: Room, model: &Model, out: &mut Vec<Command>) {
    match model.screen {
        Screen::Today | Screen::Player | Screen::Night => {
            today::ui(ui, look, room, &model.today, out)
        }
        Screen::Library => library::ui(ui, look, room, &model.library, out),
        Screen::Routine => {
            if let Some(view) = &model.routine {
                routine::ui(ui, look, room, view, out);
            }
        }
        Screen::After => after::ui(ui, look, room, &model.after, out),
        Screen::Journey => journey::ui(ui, look, room, &model.journey, out),
        Screen::Measure => measure::ui(ui, look, room, &model.measure, out),
        Screen::Studio => about::studio_ui(ui, look, room, &model.studio),
        Screen::Settings => {
            settings::ui(ui, look, room, &model.settings, &model.settings_view, out);
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
pub fn run(options: &Options) -> Result<(), NoWindow> {
    run_as(options, |app| Box::new(app))
}

/// The same for who looks on: `face` puts something between the app and its window.
///
/// # Errors
/// As [`run`].
pub fn run_as(
    options: &Options,
    face: impl FnOnce(App) -> Box<dyn eframe::App>,
) -> Result<(), NoWindow> {
    let machine = store::care::machine_language();
    let words = words::Words::of(machine);
    if !display::named() {
        return Err(NoWindow(display::sentence(words, "")));
    }
    let folders = Folders::find().ok_or_else(|| NoWindow(words.notice.no_home.clone()))?;
    let door = match single::claim(&folders.data, options.file.as_deref()) {
        Ok(single::Claim::Told) => return Ok(()),
        Ok(single::Claim::First(door)) => Some(door),
        Err(_alone) => None,
    };
    let (world, settings, notices) = World::of_this_machine(folders, words);
    let mut model = Model::new(world, settings, machine);
    for notice in notices {
        model.say(notice);
    }
    if let Some(file) = &options.file {
        model.open_file(file);
    }
    show(model, door, face).map_err(|error| NoWindow(display::sentence(words, &error)))
}

/// Shows the window; a panic before it is there is a library that is missing, and becomes a sentence.
fn show(
    model: Model,
    door: Option<single::Door>,
    face: impl FnOnce(App) -> Box<dyn eframe::App>,
) -> Result<(), String> {
    let shown = Arc::new(AtomicBool::new(false));
    let opened = Arc::clone(&shown);
    let app = Box::new(move |cc: &eframe::CreationContext<'_>| {
        opened.store(true, Ordering::Relaxed);
        let (told, knocks) = std::sync::mpsc::channel();
        let ctx = cc.egui_ctx.clone();
        reader::listen(Arc::clone(&model.world.reader), ctx.clone());
        if let Some(door) = door {
            door.listen(move |file| {
                // Nobody listens any more only when the window is gone.
                let _ = told.send(file);
                ctx.request_repaint();
            });
        }
        Ok(face(App::new(&cc.egui_ctx, model, Some(knocks))))
    });
    let usual = std::panic::take_hook();
    let quiet = Arc::clone(&shown);
    std::panic::set_hook(Box::new(move |info| {
        if quiet.load(Ordering::Relaxed) {
            usual(info);
        }
    }));
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("rootwell", native(), app)
    }));
    match ran {
        Ok(ended) => ended.map_err(|error| error.to_string()),
        Err(panic) if shown.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => Err(panic_text(&*panic)),
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_default()
}

/// The window's size, icon and way of drawing.
pub fn native() -> eframe::NativeOptions {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../assets/desktop/icons/64.png"));
    eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        // It costs each pixel more than it gives colours as even as ours.
        dithering: false,
        viewport: egui::ViewportBuilder::default()
            .with_app_id("rootwell")
            .with_title("Rootwell")
            .with_icon(icon.unwrap_or_default())
            .with_inner_size([1100.0, 720.0])
            .with_min_inner_size([320.0, 240.0]),
        ..eframe::NativeOptions::default()
    }
}
