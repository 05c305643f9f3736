//! Captions of a timeline as a file: what is said, and in brackets what sounds.

use std::path::Path;

use super::ExportError;
use super::tags::clock;
use crate::timeline::{SegmentSide, Timeline, ToneRole, What};
use crate::units::Frames;

/// At most so many characters a line (`content.md` 5.6).
const WIDTH: usize = 38;
/// At most so many lines at once.
const LINES: usize = 2;
/// No caption is shorter: 1.5 s.
const SHORTEST: Frames = Frames(72_000);
/// A caption stays until the next, but no longer after its line than this: 4 s.
const LONGEST_AFTER: Frames = Frames(192_000);

/// The kinds of caption file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Captions {
    /// `WebVTT`.
    Vtt,
    /// `SubRip`.
    Srt,
    /// Plain text with times.
    Txt,
}

/// One caption.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Shown {
    from: Frames,
    to: Frames,
    text: String,
}

impl Captions {
    /// The kind that a file's ending asks for.
    pub fn of(path: &Path) -> Result<Self, ExportError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
            "vtt" => Ok(Self::Vtt),
            "srt" => Ok(Self::Srt),
            "txt" => Ok(Self::Txt),
            _ => Err(ExportError::UnknownCaptions(path.to_owned())),
        }
    }

    /// The captions of a timeline.
    pub fn write(self, timeline: &Timeline) -> String {
        let shown = shown(timeline);
        let mut out = String::new();
        match self {
            Self::Vtt => {
                out.push_str("WEBVTT\n\n");
                for caption in shown {
                    let (from, to) = (clock(caption.from), clock(caption.to));
                    let text = escaped(&caption.text);
                    out.push_str(&format!("{from} --> {to}\n{text}\n\n"));
                }
            }
            Self::Srt => {
                for (number, caption) in (1..).zip(shown) {
                    let (from, to) = (clock(caption.from), clock(caption.to));
                    let times = format!("{from} --> {to}").replace('.', ",");
                    out.push_str(&format!("{number}\n{times}\n{}\n\n", caption.text));
                }
            }
            Self::Txt => {
                out.push_str(&format!("{}\n\n", timeline.title));
                for (at, text) in said(timeline) {
                    out.push_str(&format!("{at:>6}  {text}\n"));
                }
            }
        }
        out
    }
}

/// A text as `WebVTT` wants it: what would be a tag, or the arrow between two times, is none.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// Every line, and every tone that is not with a line, with its frame.
fn said(timeline: &Timeline) -> Vec<(Frames, String)> {
    let mut out: Vec<(Frames, String)> = Vec::new();
    for event in &timeline.events {
        match &event.what {
            What::Say(line) => out.push((event.at, line.caption.replace('\n', " "))),
            What::Tone(role) => out.push((event.at, format!("[{}]", tone(*role, event.side)))),
            What::Phase(_) | What::Gate(_) => {}
        }
    }
    out
}

/// A tone in words.
fn tone(role: ToneRole, side: SegmentSide) -> &'static str {
    match (role, side) {
        (ToneRole::Ready, _) => "get ready",
        (ToneRole::Start, _) => "bowl: start",
        (ToneRole::Half, _) => "two chimes: half way",
        (ToneRole::Warning, _) => "soft knocks: nearly done",
        (ToneRole::Switch, SegmentSide::Left) => "falling chime: left side",
        (ToneRole::Switch, SegmentSide::Right) => "rising chime: right side",
        (ToneRole::Switch, _) => "chime: change",
        (ToneRole::Release, _) => "falling bowls: let go",
        (ToneRole::Question, _) => "soft notes: a question",
        (ToneRole::End, _) => "bowl: the end",
    }
}

/// The captions as they are shown: a tone together with the line that comes within a second and a half, long ones in turn.
fn shown(timeline: &Timeline) -> Vec<Shown> {
    let mut groups: Vec<(Frames, Frames, String)> = Vec::new();
    for event in &timeline.events {
        let (text, frames) = match &event.what {
            What::Say(line) => (line.caption.replace('\n', " "), event.frames),
            What::Tone(role) => (format!("[{}]", tone(*role, event.side)), Frames::ZERO),
            What::Phase(_) | What::Gate(_) => continue,
        };
        match groups.last_mut() {
            Some((from, to, shown)) if event.at < *from + SHORTEST => {
                *to = (*to).max(event.at + frames);
                shown.push(' ');
                shown.push_str(&text);
            }
            _ => groups.push((event.at, event.at + frames, text)),
        }
    }
    let mut out = Vec::new();
    for index in 0..groups.len() {
        let (from, spoken, text) = &groups[index];
        let next = groups
            .get(index + 1)
            .map_or(Frames(u64::MAX), |next| next.0);
        let to = (*spoken + LONGEST_AFTER).max(*from + SHORTEST).min(next);
        let screens = screens(text);
        let letters: usize = screens.iter().map(String::len).sum();
        let talk = spoken
            .saturating_sub(*from)
            .0
            .max(SHORTEST.0)
            .min((to - *from).0);
        let mut start = *from;
        for (number, screen) in screens.iter().enumerate() {
            let share = talk * screen.len() as u64 / letters.max(1) as u64;
            let end = if number + 1 == screens.len() {
                to
            } else {
                start + Frames(share)
            };
            out.push(Shown {
                from: start,
                to: end,
                text: screen.clone(),
            });
            start = end;
        }
    }
    out
}

/// A text in screens of at most two lines, broken between words.
fn screens(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.chunks(LINES).map(|lines| lines.join("\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(screens(text), expected, "{text}");
    }

    #[test]
    fn nothing_in_a_text_is_read_as_a_mark() {
        assert_eq!(escaped("In --> out"), "In --&gt; out");
        assert_eq!(escaped("Left & <right>"), "Left &amp; &lt;right&gt;");
    }

    #[test]
    fn captions_have_two_short_lines() {
        case("Keep breathing.", &["Keep breathing."]);
        case(
            "Both hands behind your head. Thumbs find the soft hollows under the skull, either side of the spine.",
            &[
                "Both hands behind your head. Thumbs\nfind the soft hollows under the skull,",
                "either side of the spine.",
            ],
        );
    }
}
