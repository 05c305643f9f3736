//! Our window against an empty eframe window of the same size, in the same run: start, paint, playing, memory, rest.
//!
//! `scripts/stage cargo bench --bench window`, on software GL. The contract: run and tessellate ≤ 1 ms of CPU a frame;
//! CPU while playing ≤ 2.2 × the empty window's at as many frames, which are 30 a second; the first frame ≤ 80 ms and
//! the memory ≤ 45 MB beyond the empty window's; no frame in 10 s on a page that nobody touches. The empty window paints
//! nothing at all; beside it stands one with an empty panel, which is what an eframe program begins as.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints it"
)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use egui::{Context, Event, Key, Modifiers, RawInput, Ui};
use rootwell::app::model::Model;
use rootwell::app::words::{Language, Words};
use rootwell::app::world::World;
use rootwell::app::{self, App, Options};
use rootwell::store::Folders;

/// How often each window is started for its first frame.
const STARTS: usize = 7;
/// How long each part is watched.
const WATCHED: Duration = Duration::from_secs(10);
/// The routine that is played: twenty minutes.
const ROUTINE: &str = "routines/blend/soften-then-release.ron";
/// The pages, and the keys that lead to them.
const PAGES: [(&str, Key, Modifiers); 6] = [
    ("Today", Key::Num1, Modifiers::COMMAND),
    ("Library", Key::Num2, Modifiers::COMMAND),
    ("Journey", Key::Num3, Modifiers::COMMAND),
    ("Studio", Key::Num4, Modifiers::COMMAND),
    ("Settings", Key::Comma, Modifiers::COMMAND),
    ("Help", Key::F1, Modifiers::NONE),
];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("worker") => worker(),
        Some("empty") => empty(|_ui| {}),
        Some("panel") => empty(|ui| {
            egui::CentralPanel::default().show(ui, |_ui| {});
        }),
        Some("start") => ours(&Options::default(), |_hands| {}),
        Some("rest") => ours(&Options::default(), rest),
        Some("play") => {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(ROUTINE);
            ours(&Options { file: Some(file) }, play);
        }
        Some("paint") => paint(),
        _ => compare(),
    }
}

/// The voice's process is this program, as our own executable is elsewhere.
fn worker() {
    let world = rootwell::cli::World::of_this_process();
    rootwell::cli::run(
        std::env::args_os(),
        &world,
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    );
}

/// Runs all parts in processes of their own and sets them side by side.
fn compare() {
    let median = |part: &str| {
        let mut starts: Vec<f64> = (0..STARTS)
            .map(|_| said(part, &["first"])[0].1[0])
            .collect();
        starts.sort_by(f64::total_cmp);
        starts[STARTS / 2]
    };
    let (start_empty, start_ours) = (median("empty"), median("start"));
    let empty = said("empty", &["playing"]).pop().expect("one line").1;
    let ours = said("play", &["playing"]).pop().expect("one line").1;
    let paint = said("paint", &["paint"]).pop().expect("one line").1;
    let line = |what: &str, empty: String, ours: String, aim: &str| {
        println!("{what:<34} {empty:>10} {ours:>10}   {aim}");
    };
    line("", "empty".into(), "ours".into(), "aim");
    let ms = |value: f64| format!("{value:.2} ms");
    line(
        "run and tessellate, CPU a frame",
        ms(paint[0]),
        ms(paint[1]),
        "1 ms",
    );
    line(
        "start to first frame",
        ms(start_empty),
        ms(start_ours),
        &format!("+80 ms; is {:+.0}", start_ours - start_empty),
    );
    line(
        "CPU of a core while playing",
        format!("{:.1} %", empty[1]),
        format!("{:.1} %", ours[1]),
        &format!("2.2 ×; is {:.2}", ours[1] / empty[1]),
    );
    line(
        "frames a second",
        format!("{:.1}", empty[0]),
        format!("{:.1}", ours[0]),
        "30",
    );
    line(
        "resident memory",
        format!("{:.1} MB", empty[2]),
        format!("{:.1} MB", ours[2]),
        &format!("+45 MB; is {:+.1}", ours[2] - empty[2]),
    );
    let panel = said("panel", &["playing"]).pop().expect("one line").1;
    line(
        "the same, to one empty panel",
        format!("{:.1} MB", panel[2]),
        format!("{:.1} %", panel[1]),
        &format!(
            "is {:+.1} MB, {:.2} ×",
            ours[2] - panel[2],
            ours[1] / panel[1]
        ),
    );
    for (page, numbers) in said("rest", &PAGES.map(|page| page.0)) {
        let numbers = format!("{} · {:.1} %", numbers[0], numbers[1]);
        line(
            &format!("{page}, 10 s: frames · CPU"),
            String::new(),
            numbers,
            "0 · 0 %",
        );
    }
}

/// Runs a part, and answers with the numbers of the lines that begin with these words.
fn said(part: &str, words: &[&str]) -> Vec<(String, Vec<f64>)> {
    let home = tempfile::tempdir().expect("a temporary folder");
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let mut child = Command::new(std::env::current_exe().expect("we run"))
        .arg(part)
        .env("ROOTWELL_HOME", home.path())
        .env("STARTED", now.as_nanos().to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program of our own");
    let out = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut found = Vec::new();
    for line in out.lines().map_while(Result::ok) {
        let (word, numbers) = line.split_once(' ').unwrap_or((&line, ""));
        if words.contains(&word) {
            let numbers = numbers.split(' ').filter_map(|number| number.parse().ok());
            found.push((word.to_owned(), numbers.collect()));
        }
        if found.len() == words.len() {
            break;
        }
    }
    child.kill().expect("it runs");
    child.wait().expect("it has ended");
    assert_eq!(
        found.len(),
        words.len(),
        "{part} needs a display: scripts/stage"
    );
    found
}

/// What a script does to a window and sees of it.
#[derive(Clone)]
struct Hands {
    ctx: Context,
    keys: Arc<Mutex<Vec<Event>>>,
    frames: Arc<AtomicU32>,
}

impl Hands {
    fn press(&self, key: Key, modifiers: Modifiers) {
        self.keys
            .lock()
            .expect("nobody panics")
            .push(pressed(key, modifiers));
        self.ctx.request_repaint();
        std::thread::sleep(Duration::from_millis(2_500));
    }

    /// Watches for a while and prints: frames a second or in all, per cent of a core, megabytes.
    fn watch(&self, word: &str, each: f64) {
        let (frames, cpu) = (self.frames.load(Ordering::Relaxed), cpu());
        std::thread::sleep(WATCHED);
        let frames = f64::from(self.frames.load(Ordering::Relaxed) - frames) / each;
        let share = 100.0 * (cpu_since(cpu) / WATCHED.as_secs_f64());
        println!("{word} {frames} {share} {}", resident());
    }
}

fn rest(hands: Hands) {
    for (page, key, modifiers) in PAGES {
        hands.press(key, modifiers);
        hands.watch(page, 1.0);
    }
}

fn play(hands: Hands) {
    std::thread::sleep(Duration::from_secs(2));
    // Begin, the safety list, and what is asked once because it changes this routine.
    for _ in 0..3 {
        hands.press(Key::Enter, Modifiers::NONE);
    }
    // The lines of the first section are spoken for the first time meanwhile.
    std::thread::sleep(Duration::from_secs(15));
    hands.watch("playing", WATCHED.as_secs_f64());
}

fn pressed(key: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

/// The app with hands on it.
fn ours(options: &Options, script: fn(Hands)) {
    app::run_as(options, move |app| {
        Box::new(Watched {
            inner: app,
            seen: Seen::default(),
            script,
        })
    })
    .expect("a display");
}

/// An empty window that is drawn as often as ours while playing.
fn empty(draw: fn(&mut Ui)) {
    let script = |hands: Hands| hands.watch("playing", WATCHED.as_secs_f64());
    let watched = move || Watched {
        inner: Empty(draw),
        seen: Seen::default(),
        script,
    };
    let app = Box::new(move |_cc: &eframe::CreationContext<'_>| {
        let app: Box<dyn eframe::App> = Box::new(watched());
        Ok(app)
    });
    eframe::run_native("empty", app::native(), app).expect("a display");
}

struct Empty(fn(&mut Ui));

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        (self.0)(ui);
        ui.ctx().request_repaint_after(Duration::from_millis(32));
    }
}

/// Counts the frames of an app, presses its keys, and tells when its first frame was there.
struct Watched<A> {
    inner: A,
    seen: Seen,
    script: fn(Hands),
}

#[derive(Default)]
struct Seen {
    keys: Arc<Mutex<Vec<Event>>>,
    frames: Arc<AtomicU32>,
    told: bool,
}

impl<A: eframe::App> eframe::App for Watched<A> {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input
            .events
            .append(&mut self.seen.keys.lock().expect("nobody panics"));
        self.inner.raw_input_hook(ctx, input);
    }

    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        // By the second time, the first frame has been painted and shown.
        if self.seen.frames.load(Ordering::Relaxed) == 1 && !self.seen.told {
            self.seen.told = true;
            println!("first {}", since_start());
            let hands = Hands {
                ctx: ctx.clone(),
                keys: Arc::clone(&self.seen.keys),
                frames: Arc::clone(&self.seen.frames),
            };
            let script = self.script;
            let run = move || script(hands);
            std::thread::Builder::new().spawn(run).expect("a thread");
        }
        self.inner.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if self.seen.frames.fetch_add(1, Ordering::Relaxed) == 0 {
            ui.ctx().request_repaint();
        }
        self.inner.ui(ui, frame);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.inner.clear_color(visuals)
    }
}

/// Draws the player without a window, and an empty one, and prints the CPU of each in milliseconds a frame.
fn paint() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(ROUTINE);
    let (ctx, mut frame) = (Context::default(), eframe::Frame::_new_kittest());
    let words = Words::of(Language::English);
    let folders = Folders::find().expect("a folder of our own");
    let (world, settings, _notices) = World::of_this_machine(folders, words);
    let mut model = Model::new(world, settings, Language::English);
    model.open_file(&file);
    let mut app = App::new(&ctx, model, None);
    let start = Instant::now();
    let drawn = |ctx: &Context, events: Vec<Event>, draw: &mut dyn FnMut(&mut Ui)| {
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(1100.0, 720.0),
            )),
            time: Some(start.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        let before = thread_cpu();
        let output = ctx.run_ui(input, |ui| draw(ui));
        let shapes = ctx.tessellate(output.shapes, output.pixels_per_point);
        assert!(shapes.len() < 1_000_000);
        thread_cpu() - before
    };
    let mut step = |events: Vec<Event>| {
        std::thread::sleep(Duration::from_millis(33));
        drawn(&ctx, events, &mut |ui| {
            eframe::App::logic(&mut app, &ui.ctx().clone(), &mut frame);
            eframe::App::ui(&mut app, ui, &mut frame);
        })
    };
    for number in 0..300 {
        let enter = [90, 150, 210].contains(&number);
        let events = enter.then(|| pressed(Key::Enter, Modifiers::NONE));
        step(events.into_iter().collect());
    }
    let ours: f64 = (0..300).map(|_| step(Vec::new())).sum::<f64>() / 300.0;
    let model = app.model();
    assert_eq!(
        model.screen,
        app::shell::Screen::Player,
        "{:?}",
        model.sheet
    );
    let bare = Context::default();
    let none: f64 = (0..300)
        .map(|_| drawn(&bare, Vec::new(), &mut |_ui| {}))
        .sum::<f64>()
        / 300.0;
    println!("paint {none} {ours}");
}

fn since_start() -> f64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let started: u128 = std::env::var("STARTED")
        .ok()
        .and_then(|nanos| nanos.parse().ok())
        .expect("the parent says when");
    (now.as_nanos() - started) as f64 / 1e6
}

/// Clock ticks of a hundredth of a second that this process has used.
fn cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .expect("a name")
        .split_whitespace()
        .collect();
    [11, 12]
        .map(|at: usize| fields[at].parse::<u64>().expect("ticks"))
        .iter()
        .sum()
}

fn cpu_since(ticks: u64) -> f64 {
    (cpu() - ticks) as f64 / 100.0
}

/// The CPU of this thread, in milliseconds.
fn thread_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanos: f64 = stat
        .split(' ')
        .next()
        .and_then(|nanos| nanos.parse().ok())
        .expect("a number");
    nanos / 1e6
}

/// Resident memory, in megabytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .expect("it is there");
    let kilobytes: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse().ok())
        .expect("a number");
    kilobytes / 1024.0
}
