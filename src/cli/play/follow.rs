//! Follows a session that plays: on a terminal with a picture and keys, elsewhere with one line for each step and caption.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Input, KeyEvent};

use super::keys::{Press, press};
use super::picture::{Look, picture, question, section, talking, volume};
use super::screen::{Screen, size};
use crate::cli::signals::Signals;
use crate::playback::{Playback, View};
use crate::session::{Answer, Attention, Command, State};
use crate::speech::Speaker;
use crate::timeline::What;
use crate::units::Frames;
use crate::words::{Language, Words};

/// How often the picture may change.
const FRAME: Duration = Duration::from_millis(80);
/// How long a `1` may be the beginning of 10.
const TEN: Duration = Duration::from_millis(800);
/// From how far on the sound has jumped: what a lost device had not brought to the ear is less.
const JUMP: Frames = Frames::whole_secs(1);

/// Follows a session on a terminal until it is over.
pub(super) fn on_terminal(
    playback: &Playback,
    voice: &Speaker,
    signals: &Signals,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut screen = Screen::take(out)?;
    let keys = keys()?;
    let mut face = Face {
        playback,
        captions: true,
        help: false,
        leaving: false,
        one: None,
        remark: None,
    };
    let mut troubles: Vec<String> = Vec::new();
    while !playback.is_quiet() {
        if signals.came() {
            playback.send(Command::Stop);
            break;
        }
        for sentence in voice.take_troubles(Words::of(Language::English)) {
            face.remark = Some((Remark::Trouble(sentence.clone()), now()));
            troubles.push(sentence);
        }
        let (width, height) = size();
        let mut view = View::clone(&playback.view());
        face.remark_on(&mut view);
        let look = Look {
            width,
            height,
            colour,
            captions: face.captions,
            help: face.help,
            leaving: face.leaving,
        };
        screen.draw(picture(&view, now(), look))?;
        match keys.recv_timeout(FRAME) {
            Ok(key) => face.press(press(key, &playback.view())),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                playback.send(Command::Stop);
                break;
            }
        }
        face.settle();
    }
    // On the screen they were soon gone.
    drop(screen);
    tell_troubles(&troubles, out)
}

/// What is heard otherwise than it was meant, each on a line of its own.
fn tell_troubles(troubles: &[String], out: &mut dyn Write) -> io::Result<()> {
    let mut lines = troubles.iter();
    lines.try_for_each(|sentence| writeln!(out, "      ({sentence})"))
}

/// The keys that are pressed. They are read on a thread of their own: on a terminal that has been closed the reader
/// never comes back, and the session must hear of it all the same.
fn keys() -> io::Result<Receiver<KeyEvent>> {
    let (pressed, keys) = mpsc::channel();
    thread::Builder::new()
        .name("keys".to_owned())
        .spawn(move || {
            while let Ok(input) = event::read() {
                if let Input::Key(key) = input
                    && pressed.send(key).is_err()
                {
                    break;
                }
            }
        })?;
    Ok(keys)
}

/// What the terminal's face remembers.
struct Face<'p> {
    playback: &'p Playback,
    captions: bool,
    help: bool,
    leaving: bool,
    /// A `1` that may become 10.
    one: Option<Instant>,
    /// An answer to a key.
    remark: Option<(Remark, Instant)>,
}

enum Remark {
    Volume,
    Talking,
    Trouble(String),
}

impl Remark {
    /// How long it stays.
    fn stays(&self) -> Duration {
        match self {
            Self::Volume | Self::Talking => Duration::from_secs(2),
            Self::Trouble(_) => Duration::from_secs(8),
        }
    }
}

impl Face<'_> {
    fn press(&mut self, press: Press) {
        if self.leaving {
            self.leaving = false;
            if matches!(press, Press::Quit | Press::Yes) {
                self.playback.send(Command::Stop);
            }
            return;
        }
        match press {
            Press::Command(command) => {
                self.remark = match &command {
                    Command::Volume(..) => Some((Remark::Volume, now())),
                    Command::Talk(_) => Some((Remark::Talking, now())),
                    _ => None,
                };
                self.playback.send(command);
            }
            Press::Digit(digit) => self.digit(digit),
            Press::Captions => {
                self.captions = !self.captions;
                let view = self.playback.view();
                let attention = Attention {
                    captions: self.captions,
                    ..view.attention
                };
                self.playback.send(Command::Attention(attention));
            }
            Press::Help => self.help = !self.help,
            Press::Leave => self.leaving = true,
            Press::Quit => self.playback.send(Command::Stop),
            Press::Yes | Press::Nothing => {}
        }
    }

    /// Numbers from 0 to 10 with one key, but 10: a `1` waits a little for its `0`.
    fn digit(&mut self, digit: u8) {
        match (self.one.take(), digit) {
            (Some(_), 0) => self.rate(10),
            (Some(_), _) => self.rate(1),
            (None, 1) => self.one = Some(now()),
            (None, _) => self.rate(digit),
        }
    }

    fn settle(&mut self) {
        if self
            .one
            .is_some_and(|since| now().duration_since(since) >= TEN)
        {
            self.one = None;
            self.rate(1);
        }
    }

    fn rate(&self, number: u8) {
        self.playback.send(Command::Answer(Answer::Rating(number)));
    }

    fn remark_on(&mut self, view: &mut View) {
        self.remark
            .take_if(|(remark, since)| now().duration_since(*since) > remark.stays());
        if let Some((remark, _)) = &self.remark {
            view.aside = Some(match remark {
                Remark::Volume => volume(view),
                Remark::Talking => talking(view.talk).to_owned(),
                Remark::Trouble(sentence) => sentence.clone(),
            });
        }
    }
}

/// Follows a session without a terminal until it is over: one line for each step, caption, question and trouble.
pub(super) fn in_lines(
    playback: &Playback,
    voice: &Speaker,
    woken: &Receiver<()>,
    signals: &Signals,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut told = Told::default();
    while !playback.is_quiet() {
        if signals.came() {
            playback.send(Command::Stop);
            return Ok(());
        }
        tell_troubles(&voice.take_troubles(Words::of(Language::English)), out)?;
        told.tell(&playback.view(), out)?;
        match woken.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    told.tell(&playback.view(), out)
}

/// What has been told in lines.
#[derive(Default)]
struct Told {
    /// The step that was told last.
    step: Option<usize>,
    /// The first frame of which nothing has been told.
    next: Frames,
    gate: Option<usize>,
    trouble: Option<String>,
}

impl Told {
    fn tell(&mut self, view: &View, out: &mut dyn Write) -> io::Result<()> {
        let trouble = view.sound.sentence().map(str::to_owned);
        if trouble != self.trouble {
            if let Some(sentence) = &trouble {
                writeln!(out, "      {sentence}")?;
            }
            self.trouble = trouble;
        }
        if matches!(view.state, State::Ready) {
            return out.flush();
        }
        let heard = view.heard(now());
        self.jump(view.anchor.from, heard);
        let step = view.timeline.step_at(heard);
        if self.step != Some(step) {
            self.step = Some(step);
            let span = &view.timeline.steps[step];
            writeln!(
                out,
                "{:>5} {}: {}",
                span.start,
                section(span.section),
                span.title
            )?;
        }
        for event in view.timeline.events_in(self.next, heard + Frames(1)) {
            if let What::Say(line) = &event.what {
                writeln!(out, "{:>5}   {}", event.at, line.caption)?;
            }
        }
        self.next = self.next.max(heard + Frames(1));
        let gate = view.gate.as_ref().map(|gate| gate.gate.segment);
        if gate != self.gate {
            self.gate = gate;
            if let Some(gate) = &view.gate {
                let asks = gate.gate.asks(&view.timeline);
                writeln!(out, "        ({}) {}", question(asks), gate.silence)?;
            }
        }
        out.flush()
    }

    /// Where the sound has jumped, what was passed over is not told, and what is done again is told again.
    fn jump(&mut self, from: Frames, heard: Frames) {
        let back = heard + JUMP < self.next;
        let over = from > self.next + JUMP;
        if back || over {
            self.next = from;
            self.step = None;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the picture follows the ear")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::super::picture::tests::view;
    use super::*;

    /// Tells the lines at these seconds, each with the second at which the sound last jumped.
    #[track_caller]
    fn tells(moments: &[(u64, u64)], expected: &[&str]) {
        let (mut told, mut out) = (Told::default(), Vec::new());
        for &(from, at) in moments {
            let (mut view, _) = view(at, State::Playing);
            view.anchor.from = Frames::whole_secs(from);
            told.tell(&view, &mut out).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        assert_eq!(lines, expected, "{moments:?}");
    }

    const STEP: &str = "0:00 Soften: Six a minute";
    const LINE: &str = "0:01   Small and quiet.";
    const NEXT: &str = "1:00 Release: Squeeze";

    #[test]
    fn lines_are_told_as_they_are_heard() {
        tells(&[(0, 0), (0, 2), (0, 61)], &[STEP, LINE, NEXT]);
        // From a step on: nothing of what is before it.
        tells(&[(60, 60)], &[NEXT]);
        // Skipped before the line: it was never heard.
        tells(&[(0, 0), (60, 60)], &[STEP, NEXT]);
        // Back to the beginning, from another step and within the same.
        tells(
            &[(0, 2), (0, 61), (0, 0), (0, 2)],
            &[STEP, LINE, NEXT, STEP, LINE],
        );
        tells(&[(0, 2), (0, 5), (0, 0), (0, 2)], &[STEP, LINE, STEP, LINE]);
        tells(&[(5, 8), (0, 0), (0, 2)], &[STEP, STEP, LINE]);
        // A device that was lost and found, and a pause: nothing twice, nothing lost.
        tells(&[(0, 2), (2, 2), (2, 3)], &[STEP, LINE]);
    }
}
