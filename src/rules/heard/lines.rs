//! Rules about single lines: they fit where they stand, and leave time to act (`content.md` 5.3).

use crate::diagnostic::{Level, Rule};
use crate::routine::Do;
use crate::rules::range::short;
use crate::rules::report::Report;
use crate::rules::{Check, Entry};
use crate::timeline::{Line, Role};
use crate::units::{Frames, RATE};

use super::Heard;

/// Seconds between two lines (`content.md` 5.7).
const APART: f64 = 0.8;
/// Seconds to act after a set-up is told, with hands and with a ball, at a wall (`content.md` 5.7).
const TO_ACT: (f64, f64) = (4.0, 5.0);

pub(in crate::rules) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW181",
            level: Level::Error,
            summary: "A line does not fit where it stands",
            explanation: "A line must end before the next one begins, and before its step, set-up or change of sides ends. \
                          Its length is estimated as words ÷ 1.9 (2.2 in therapeutic work) + 0.3 s for each comma + 0.6 s for each \
                          further sentence; `check --voice` measures the real one. Shorten the line, move it, or give it more time.",
            wrong: "(do: Rest(length: 20), say: [(at: 1, text: \"Sit back. Let your hands be heavy.\"), (at: 3, text: \"Soft jaw.\")])",
            right: "(do: Rest(length: 20), say: [(at: 1, text: \"Sit back. Let your hands be heavy.\"), (at: 9, text: \"Soft jaw.\")])",
        },
        check: Check::Heard(misfit),
    },
    Entry {
        rule: Rule {
            code: "RW182",
            level: Level::Error,
            summary: "A line is longer than the out-breath that it stands on",
            explanation: "In paced breathing a line begins with an out-breath and ends with it: at four in and six out that is about ten words. \
                          Nobody can breathe in to a tone while being spoken to.",
            wrong: "(do: Breathe(pattern: (inhale: 3, exhale: 3), breaths: 6), \
                    say: [(exhale: 2, text: \"Let all of the air fall out of you, slowly and softly.\")])",
            right: "(do: Breathe(pattern: (inhale: 3, exhale: 3), breaths: 6), say: [(exhale: 2, text: \"Let it fall.\")])",
        },
        check: Check::Heard(out_breath),
    },
    Entry {
        rule: Rule {
            code: "RW183",
            level: Level::Warning,
            summary: "Two lines follow each other without a pause",
            explanation: "Between two lines of a step lie at least 0.8 seconds, so that they are heard as two.",
            wrong: "(do: Rest(length: 20), say: [(at: 1, text: \"Sit back.\"), (at: 2.2, text: \"Soft jaw.\")])",
            right: "(do: Rest(length: 20), say: [(at: 1, text: \"Sit back.\"), (at: 6, text: \"Soft jaw.\")])",
        },
        check: Check::Heard(no_pause),
    },
    Entry {
        rule: Rule {
            code: "RW184",
            level: Level::Warning,
            summary: "There is no time to act after the set-up",
            explanation: "Between the end of the words and the start of a press, roll or stretch lie at least 4 seconds to place the hands, \
                          5 with a ball or at a wall. Say it shorter, or make the `set_up` longer.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), set_up: 6, \
                    say: [(set_up: 0.3, text: \"Lie on your back. Take your right ankle across.\")])",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), set_up: 12, \
                    say: [(set_up: 0.3, text: \"Lie on your back. Take your right ankle across.\")])",
        },
        check: Check::Heard(no_time_to_act),
    },
];

fn secs(frames: Frames) -> String {
    short((frames.secs() * 10.0).round() / 10.0)
}

/// Whether a line stands on a paced breath.
fn paced(heard: &Heard<'_>, at: Frames) -> bool {
    heard.timeline.segments[heard.timeline.segment_at(at)]
        .breath
        .is_some()
}

fn misfit(heard: &Heard<'_>, report: &mut Report<'_>) {
    let lines: Vec<_> = heard.lines().collect();
    for (i, (event, line)) in lines.iter().enumerate() {
        if line.spoken || paced(heard, event.at) {
            continue;
        }
        let next = lines
            .get(i + 1)
            .map(|(next, _)| next.at)
            .filter(|next| *next < event.at + event.frames);
        let message = match next {
            Some(next) => {
                format!(
                    "this line takes {} s, and the next one begins after {} s",
                    secs(event.frames),
                    secs(next - event.at)
                )
            }
            None if line.room.is_zero() => "another line is still being said here".to_owned(),
            None => format!(
                "this line takes {} s, and there are {} s for it",
                secs(event.frames),
                secs(line.room)
            ),
        };
        report
            .at(heard.path(event, line), message)
            .note("shorten it, move it, or give it more time");
    }
}

fn out_breath(heard: &Heard<'_>, report: &mut Report<'_>) {
    for (event, line) in heard.lines() {
        let segment = &heard.timeline.segments[heard.timeline.segment_at(event.at)];
        let Some(breath) = segment.breath else {
            continue;
        };
        let cycle = breath.total();
        if cycle.is_zero() {
            continue;
        }
        let into = Frames((event.at - segment.start).0 % cycle.0);
        let out = breath.inhale + breath.top_up + breath.hold;
        // A line that begins with the in-breath on purpose has the whole breath; others have what is left of the out-breath.
        let room = if into >= out {
            out + breath.exhale + breath.empty - into
        } else {
            cycle - into
        };
        if event.frames > room {
            report
                .at(
                    heard.path(event, line),
                    format!(
                        "this line takes {} s, and the out-breath leaves {} s",
                        secs(event.frames),
                        secs(room)
                    ),
                )
                .note(format!(
                    "about {} words fit here",
                    words(line, event.frames, room)
                ));
        }
    }
}

/// About how many words of a line fit into a room.
fn words(line: &Line, frames: Frames, room: Frames) -> usize {
    let count = line.text.split_whitespace().count() as f64;
    (count * room.secs() / frames.secs().max(1.0 / f64::from(RATE))).floor() as usize
}

fn no_pause(heard: &Heard<'_>, report: &mut Report<'_>) {
    let lines: Vec<_> = heard.lines().filter(|(_, line)| line.spoken).collect();
    for pair in lines.windows(2) {
        let ((first, _), (second, line)) = (pair[0], pair[1]);
        let gap = second.at.saturating_sub(first.at + first.frames).secs();
        if heard.segment(first).step != heard.segment(second).step {
            continue;
        }
        if first.at + first.frames <= second.at && gap < APART - 0.01 {
            report.at(
                heard.path(second, line),
                format!(
                    "this line begins {} s after the one before; leave {APART} s",
                    short((gap * 10.0).round() / 10.0)
                ),
            );
        }
    }
}

fn no_time_to_act(heard: &Heard<'_>, report: &mut Report<'_>) {
    for (event, line) in heard.lines() {
        let segment = heard.segment(event);
        let Some(placed) = heard.placed(&heard.step(event).path) else {
            continue;
        };
        if segment.role != Role::SetUp || !placed.works_deep() {
            continue;
        }
        let last = heard
            .lines()
            .filter(|(other, _)| other.segment == event.segment)
            .all(|(other, _)| other.at <= event.at);
        let tool = match &placed.step.r#do {
            Do::Press(press) => press.tool.is_some(),
            Do::Melt(melt) => melt.tool.is_some(),
            Do::Roll(_) => true,
            _ => false,
        };
        let wanted = if tool { TO_ACT.1 } else { TO_ACT.0 };
        let gap = segment.end().saturating_sub(event.at + event.frames).secs();
        if last && line.spoken && gap < wanted - 0.05 {
            report.at(
                heard.path(event, line),
                format!(
                    "{} s are left to act after this line; {wanted} s are needed",
                    short((gap * 10.0).round() / 10.0)
                ),
            );
        }
    }
}
