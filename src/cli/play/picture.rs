//! What `play` shows on a terminal: a few lines, made of a view and nothing else.

use std::time::Instant;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::names::Talk;
use crate::playback::View;
use crate::routine::SectionKind;
use crate::session::{Layer, State};
use crate::timeline::at::{BreathNow, Now};
use crate::timeline::{Asks, Phase, SegmentSide};
use crate::units::{Band, Frames, RATE};

/// The widest picture; longer lines are hard to read.
const WIDEST: usize = 76;
/// Space on the left.
const MARGIN: &str = "  ";

/// How it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Columns of the terminal.
    pub(super) width: usize,
    /// Rows of the terminal.
    pub(super) height: usize,
    /// Whether bold and dim may be used.
    pub(super) colour: bool,
    /// Whether captions are shown.
    pub(super) captions: bool,
    /// Whether all keys are listed.
    pub(super) help: bool,
    /// Whether it was asked to leave.
    pub(super) leaving: bool,
}

/// The lines of the picture, from the top; each fits the terminal.
pub(super) fn picture(view: &View, now: Instant, look: Look) -> Vec<String> {
    let width = look
        .width
        .saturating_sub(2 * MARGIN.len())
        .clamp(20, WIDEST);
    let pen = Pen { width, look };
    let at = view.heard(now);
    let Some(here) = view.timeline.at(at) else {
        return Vec::new();
    };
    let mut lines = vec![
        String::new(),
        pen.ends(
            &view.timeline.title,
            &minutes(at, view.timeline.total),
            true,
        ),
        String::new(),
        pen.ends(&step_line(view, &here), &side_line(&here), false),
        String::new(),
    ];
    lines.extend(pen.middle(&here));
    lines.push(String::new());
    let place = view.place(now);
    lines.push(pen.bar(
        "step",
        place.step_at,
        place.step_frames,
        &format!("{} left", place.step_left()),
    ));
    lines.push(pen.bar(
        "session",
        at,
        view.timeline.total,
        &format!("{} left", here.left),
    ));
    lines.push(
        pen.faint(
            &place
                .next
                .map_or_else(String::new, |next| format!("then: {next}")),
        ),
    );
    lines.push(String::new());
    lines.extend(pen.foot(view));
    lines.truncate(look.height.saturating_sub(1).max(1));
    lines
        .into_iter()
        .map(|line| format!("{MARGIN}{line}").trim_end().to_owned())
        .collect()
}

/// The step's part and title.
fn step_line(view: &View, here: &Now<'_>) -> String {
    format!(
        "{} · {}",
        section(here.section),
        view.timeline.steps[here.step].title
    )
}

/// The side and the pressure.
fn side_line(here: &Now<'_>) -> String {
    let side = match here.side {
        SegmentSide::Left => "left side",
        SegmentSide::Right => "right side",
        SegmentSide::Both => "both sides",
        SegmentSide::None => "",
    };
    match here.pressure {
        Some(Band(lo, hi)) if side.is_empty() => format!("pressure {}–{}", lo.0, hi.0),
        Some(Band(lo, hi)) => format!("{side} · pressure {}–{}", lo.0, hi.0),
        None => side.to_owned(),
    }
}

struct Pen {
    width: usize,
    look: Look,
}

impl Pen {
    /// The caption or the question, and the breath.
    fn middle(&self, here: &Now<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        let caption = here
            .caption
            .filter(|_| self.look.captions)
            .map(|(line, _)| line.caption.as_str());
        lines.extend(
            wrap(caption.unwrap_or_default(), self.width, 2)
                .iter()
                .map(|line| self.strong(line)),
        );
        lines.resize(2, String::new());
        lines.push(
            here.breath
                .map_or_else(String::new, |breath| self.breath(breath, here.fullness)),
        );
        lines
    }

    /// "breathe in" with a bar as full as the breath.
    fn breath(&self, breath: BreathNow, fullness: f64) -> String {
        let word = match breath.phase {
            Phase::Inhale => "breathe in",
            Phase::TopUp => "a little more",
            Phase::Hold | Phase::Empty => "stay",
            Phase::Exhale => "breathe out",
        };
        let cells = 20.min(self.width.saturating_sub(26));
        let full = (fullness * cells as f64).round() as usize;
        let bar: String = (0..cells)
            .map(|cell| if cell < full { '●' } else { '·' })
            .collect();
        cut(
            &format!("{word:<13} {bar}  {} of {}", breath.number, breath.of),
            self.width,
        )
    }

    /// A name, a bar and what is left.
    fn bar(&self, name: &str, done: Frames, all: Frames, rest: &str) -> String {
        let cells = self.width.saturating_sub(9 + 12);
        let filled = (done.0 * cells as u64 / all.0.max(1)) as usize;
        let filled = filled.min(cells);
        let (done, open) = ("━".repeat(filled), "─".repeat(cells - filled));
        format!(
            "{} {done}{} {rest:>11}",
            self.faint(&format!("{name:<8}")),
            self.faint(&open)
        )
    }

    /// What the person can do now, and what is to be known.
    fn foot(&self, view: &View) -> Vec<String> {
        let mut lines = Vec::new();
        if self.look.leaving {
            lines.push("Leave? Your place is kept.  Y leave · any other key stays".to_owned());
        } else if let Some(aside) = &view.aside {
            lines.extend(wrap(aside, self.width, 3));
        }
        if let Some(sentence) = view.sound.sentence() {
            lines.extend(wrap(sentence, self.width, 3));
        }
        match (&view.state, &view.gate) {
            (State::Ready, _) => lines.push("Space begins.".to_owned()),
            (State::Paused(_), _) => lines.push("Paused. Space goes on.".to_owned()),
            (State::AtGate(_), Some(gate)) => {
                let asks = gate.gate.asks(&view.timeline);
                lines.extend(wrap(
                    &format!("{}  {}", question(asks), gate.silence),
                    self.width,
                    3,
                ));
            }
            _ => {}
        }
        if view.volumes.muted {
            lines.push("Sound is off. M turns it on.".to_owned());
        }
        lines.push(String::new());
        let keys = &KEYS[..if self.look.help { KEYS.len() } else { 1 }];
        lines.extend(
            keys.iter()
                .flat_map(|line| wrap(line, self.width, 3))
                .map(|line| self.faint(&line)),
        );
        lines
    }

    /// One text on the left, one on the right; the left one gives way.
    fn ends(&self, left: &str, right: &str, heading: bool) -> String {
        let right = cut(right, self.width);
        let left = cut(left, self.width.saturating_sub(right.width() + 1));
        let gap = self.width - left.width() - right.width();
        let left = if heading { self.strong(&left) } else { left };
        let right = if heading { self.faint(&right) } else { right };
        format!("{left}{:gap$}{right}", "")
    }

    fn strong(&self, text: &str) -> String {
        strong(&cut(text, self.width), self.look.colour)
    }

    fn faint(&self, text: &str) -> String {
        faint(&cut(text, self.width), self.look.colour)
    }
}

/// What matters most.
pub(super) fn strong(text: &str, colour: bool) -> String {
    styled(text, "\u{1b}[1m", colour)
}

/// What may be overlooked.
pub(super) fn faint(text: &str, colour: bool) -> String {
    styled(text, "\u{1b}[2m", colour)
}

fn styled(text: &str, style: &str, colour: bool) -> String {
    if colour && !text.is_empty() {
        format!("{style}{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

const KEYS: &[&str] = &[
    "Space pause · ← → step · E ease off · L longer · Esc leave · ? all keys",
    "R repeat · ↑ ↓ volume · M mute · C captions · T how much talking",
    "I where am I · Shift+I say again · D lie down and listen",
    "W something feels wrong: the sound fades, and it stops",
];

/// What is asked, and with which keys it is answered.
pub(super) fn question(asks: &Asks) -> String {
    match asks {
        Asks::Rating {
            question: Some(question),
            ..
        } => format!("{question} 0–9; 10 is 1, then 0."),
        Asks::Rating { .. } => "A number from 0 to 10: 0–9; 10 is 1, then 0.".to_owned(),
        Asks::Ready { what } => format!("Get ready: {what}. Enter when you are in place."),
        Asks::Branch { options, .. } => {
            let options = options
                .iter()
                .zip(1..)
                .map(|(option, number)| format!("{number} {option}"));
            options.collect::<Vec<_>>().join(" · ") + "."
        }
    }
}

/// The part of the routine, as a person calls it.
pub(super) fn section(section: SectionKind) -> &'static str {
    match section {
        SectionKind::Arrive => "Arrive",
        SectionKind::Soften => "Soften",
        SectionKind::Bridge => "In between",
        SectionKind::Release => "Release",
        SectionKind::Integrate => "Let it sink in",
        SectionKind::Close => "Come back",
    }
}

/// What a change of the volume or the talking is answered with.
pub(super) fn volume(view: &View) -> String {
    format!("Volume {}", view.volumes.of(Layer::All).percent())
}

/// How much talking, in words.
pub(super) fn talking(talk: Talk) -> &'static str {
    match talk {
        Talk::Full => "All lines are spoken.",
        Talk::Brief => "Instructions and safety lines are spoken.",
        Talk::Tones => "Safety lines are spoken, tones for the rest.",
        Talk::Silent => "Nothing is spoken; captions only.",
    }
}

fn minutes(at: Frames, total: Frames) -> String {
    let minute = u64::from(RATE) * 60;
    format!("{} of {} min", at.0 / minute, total.0.div_ceil(minute))
}

/// A text in lines that fit; what does not fit into so many is cut.
fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, width)),
        }
    }
    lines.truncate(most);
    lines
}

/// As much of a text as fits, without its control characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    let mut room = width;
    let plain = text.chars().filter(|letter| !letter.is_control());
    plain
        .take_while(|letter| {
            let wide = letter.width().unwrap_or(0);
            let fits = wide <= room;
            room = room.saturating_sub(wide);
            fits
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::playback::{Anchor, GateView, Sound};
    use crate::reader;
    use crate::routine::Routine;
    use crate::session::{Attention, OpenGate, Volumes};
    use crate::source::Source;
    use crate::timeline::speech_length::Formula;
    use crate::timeline::{Choices, EmptyShelf, compile};

    /// A breath, a press on the left, a question and a choice, of 60, 40, 5 and 5 seconds.
    const ROUTINE: &str = r#"Routine(
        format: 1, title: "Two Steps", promise: "Rest.", style: Blend, level: Gentle, areas: [Neck],
        positions: [Chair], goals: [R1], author: "Test",
        sections: [
            (section: Soften, steps: [
                (title: "Six a minute", do: Breathe(pattern: (inhale: 4, exhale: 6), breaths: 6),
                    say: [(at: 1, text: "Small and quiet.")]),
            ]),
            (section: Release, steps: [
                (title: "Squeeze", side: Left, do: Press(spot: "the muscle", length: 40, pressure: (4, 6))),
            ]),
            (section: Bridge, steps: [
                (title: "How is it", do: Ask(scale: Tension, estimate: 5)),
                (title: "Choose", do: Choose(options: ["soft", "deeper"], silence: "soft", estimate: 5)),
            ]),
            (section: Close, when: "soft", steps: [(do: Rest(length: 10))]),
            (section: Close, when: "deeper", steps: [(do: Rest(length: 10))]),
        ],
    )"#;

    #[expect(clippy::disallowed_methods, reason = "a view has a moment")]
    pub(in crate::cli::play) fn view(secs: u64, state: State) -> (View, Instant) {
        let routine = reader::read::<Routine>(&Source::new("two-steps.ron", ROUTINE))
            .value
            .unwrap();
        let timeline = compile(
            &routine,
            "two-steps",
            &Choices::default(),
            &Formula,
            &EmptyShelf,
        )
        .unwrap();
        let now = Instant::now();
        let at = Frames::whole_secs(secs);
        let gate = match state {
            State::AtGate(gate) | State::Paused(Some(gate)) => Some(gate),
            _ => None,
        };
        let view = View {
            listened: at,
            anchor: Anchor {
                at,
                when: now,
                latency: Frames::ZERO,
                moving: false,
                from: Frames::ZERO,
                until: timeline.total,
            },
            gate: gate.map(|gate| GateView {
                gate,
                silence: gate.silence(
                    &timeline,
                    crate::words::Words::of(crate::words::Language::English),
                ),
                until: None,
            }),
            timeline: Arc::new(timeline),
            state,
            aside: None,
            sound: Sound::Heard("Speakers".to_owned()),
            volumes: Volumes::default(),
            talk: Talk::Full,
            attention: Attention::default(),
            area: None,
            entry: None,
        };
        (view, now)
    }

    /// The gate whose segment holds a second.
    pub(in crate::cli::play) fn gate(secs: u64) -> State {
        let (view, _) = view(0, State::Ready);
        State::AtGate(OpenGate {
            segment: view.timeline.segment_at(Frames::whole_secs(secs)),
            waited: Frames::ZERO,
            more: Frames::ZERO,
        })
    }

    const LOOK: Look = Look {
        width: 60,
        height: 30,
        colour: false,
        captions: true,
        help: false,
        leaving: false,
    };

    /// How wide a text is on the screen, its styles not counted.
    fn shown(text: &str) -> usize {
        let mut width = 0;
        let mut rest = text;
        while let Some(start) = rest.find('\u{1b}') {
            width += rest[..start].width();
            let end = rest[start..]
                .find('m')
                .map_or(rest.len(), |end| start + end + 1);
            rest = &rest[end..];
        }
        width + rest.width()
    }

    #[track_caller]
    fn shows(secs: u64, state: State, texts: &[&str]) {
        let (view, now) = view(secs, state);
        let lines = picture(&view, now, LOOK);
        for text in texts {
            assert!(
                lines.iter().any(|line| line == text),
                "{text:?} is not in {lines:#?}"
            );
        }
    }

    #[test]
    fn a_picture_says_what_is_true_now() {
        let playing = || State::Playing;
        shows(
            2,
            playing(),
            &[
                "  Two Steps                                     0 of 2 min",
                "  Soften · Six a minute",
                "  Small and quiet.",
                "  then: Squeeze",
                "  step     ━──────────────────────────────────   0:58 left",
            ],
        );
        shows(
            70,
            playing(),
            &["  Release · Squeeze               left side · pressure 4–6"],
        );
        shows(70, State::Paused(None), &["  Paused. Space goes on."]);
        shows(
            102,
            gate(102),
            &["  A number from 0 to 10: 0–9; 10 is 1, then 0. No answer"],
        );
        shows(
            107,
            gate(107),
            &["  1 soft · 2 deeper. No answer means: stay soft."],
        );
    }

    #[test]
    fn nothing_is_wider_or_higher_than_the_terminal() {
        for width in 24..120 {
            for (secs, state) in [
                (2, State::Playing),
                (70, State::Paused(None)),
                (102, gate(102)),
            ] {
                for height in [5, 12, 40] {
                    let look = Look {
                        width,
                        height,
                        colour: true,
                        help: true,
                        ..LOOK
                    };
                    let (view, now) = view(secs, state.clone());
                    let lines = picture(&view, now, look);
                    assert!(lines.len() < height, "{width}×{height}");
                    for line in lines {
                        assert!(shown(&line) <= width, "{line:?} in {width}");
                    }
                }
            }
        }
    }

    #[track_caller]
    fn wrapped(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(wrap(text, width, 3), expected, "{text}");
    }

    #[test]
    fn lines_are_broken_at_words_and_cut_at_the_end() {
        wrapped("", 10, &[]);
        wrapped(
            "Let your hands be heavy.",
            10,
            &["Let your", "hands be", "heavy."],
        );
        wrapped("one two three four five six", 5, &["one", "two", "three"]);
        wrapped("息を吐いて", 6, &["息を吐"]);
        wrapped("a\u{1b}[31mb", 20, &["a[31mb"]);
    }

    #[test]
    fn styles_have_no_width() {
        assert_eq!(shown("\u{1b}[1mab\u{1b}[0mc"), 3);
        assert_eq!(shown("息"), 2);
    }
}
