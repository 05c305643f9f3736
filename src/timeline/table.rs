//! The timeline as a table to read: start, seconds, section, step, side, and what is said.

use std::fmt::Write as _;

use crate::timeline::{Event, PacedBreath, Segment, SegmentSide, Timeline, What};
use crate::units::Frames;

/// One row a segment, its tones and lines with it. A line that only a caption shows stands in brackets.
pub fn table(timeline: &Timeline) -> String {
    let mut text = String::new();
    let style = timeline.style.map_or("", |style| style.kebab());
    let _ = writeln!(text, "{} · {style} · {}", timeline.title, timeline.total);
    row(
        &mut text,
        ["start", "seconds", "section", "step", "side", "line"],
    );
    let mut events = timeline
        .events
        .iter()
        .filter(|event| matches!(event.what, What::Tone(_) | What::Say(_)))
        .peekable();
    for (index, segment) in timeline.segments.iter().enumerate() {
        let mut heard = Vec::new();
        while let Some(event) = events.next_if(|event| event.segment <= index) {
            heard.push(said(event, segment));
        }
        let mut heard = heard.iter().map(String::as_str);
        let side = match segment.side {
            SegmentSide::None => "",
            side => side.kebab(),
        };
        row(
            &mut text,
            [
                &clock(segment.start),
                &secs(segment.frames),
                segment.section.kebab(),
                &what(segment),
                side,
                heard.next().unwrap_or_default(),
            ],
        );
        for line in heard {
            row(&mut text, ["", "", "", "", "", line]);
        }
    }
    text
}

fn row(text: &mut String, [start, secs, section, step, side, line]: [&str; 6]) {
    let row = format!("{start:>7}  {secs:>7}  {section:<9}  {step:<40}  {side:<5}  {line}");
    let _ = writeln!(text, "{}", row.trim_end());
}

/// Minutes and seconds, with a fraction only where there is one: `4:35`, `4:35.5`.
fn clock(at: Frames) -> String {
    let secs = at.secs();
    let minutes = (secs / 60.0).floor();
    let rest = secs - minutes * 60.0;
    if rest.fract() == 0.0 {
        format!("{minutes}:{rest:02}")
    } else {
        format!("{minutes}:{rest:06.3}")
    }
}

fn secs(frames: Frames) -> String {
    let secs = (frames.secs() * 1000.0).round() / 1000.0;
    format!("{secs}")
}

/// The title, with what a glance should tell: role, round, breaths, pressure.
fn what(segment: &Segment) -> String {
    let mut text = segment.title.clone();
    let role = segment.role.kebab();
    if !["work", "gate"].contains(&role) && role != segment.kind {
        let _ = write!(text, " · {}", role.replace('_', " "));
    }
    if let Some(round) = segment.round {
        let _ = write!(text, " · {round}");
    }
    if let (Some(breath), Some(count)) = (segment.breath, segment.breaths) {
        let _ = write!(text, " · {} × {count}", pattern(breath));
    }
    if let Some(band) = segment.pressure {
        let _ = write!(text, " · {}–{}", band.0.0, band.1.0);
    }
    text
}

/// The seconds of a breath's phases: `4/6`, or all of those that it has: `4/4/4/4`.
fn pattern(breath: PacedBreath) -> String {
    let phases: Vec<String> = breath.phases().map(|(_, _, frames)| secs(frames)).collect();
    phases.join("/")
}

fn said(event: &Event, segment: &Segment) -> String {
    let into = secs(event.at.saturating_sub(segment.start));
    match &event.what {
        What::Say(line) if line.spoken => format!("+{into} {}", line.text.replace('\n', " / ")),
        What::Say(line) => format!("+{into} ({})", line.caption.replace('\n', " / ")),
        What::Tone(tone) => format!("+{into} [{}]", tone.kebab()),
        What::Gate(_) | What::Phase(_) => String::new(),
    }
}
