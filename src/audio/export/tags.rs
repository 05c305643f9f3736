//! What a file says about itself.

use crate::timeline::Timeline;
use crate::units::Frames;

/// Title, artist and chapters.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tags {
    /// The routine's title.
    pub title: String,
    /// The studio.
    pub artist: String,
    /// Where the chapters begin, and their names.
    pub chapters: Vec<(Frames, String)>,
}

impl Tags {
    /// The tags of a timeline: its parts are the chapters.
    pub fn of(timeline: &Timeline, artist: &str) -> Self {
        let mut chapters: Vec<(Frames, String)> = Vec::new();
        let mut part = None;
        for step in &timeline.steps {
            if part != Some(step.part) {
                part = Some(step.part);
                chapters.push((step.start, format!("{:?}", step.section)));
            }
        }
        Self {
            title: timeline.title.clone(),
            artist: artist.to_owned(),
            chapters,
        }
    }

    /// As Vorbis comments, for FLAC and Opus.
    pub(super) fn vorbis(&self) -> Vec<u8> {
        let mut comments = vec![
            format!("TITLE={}", self.title),
            format!("ARTIST={}", self.artist),
        ];
        for (number, (at, name)) in self.chapters.iter().enumerate() {
            comments.push(format!("CHAPTER{number:03}={}", clock(*at)));
            comments.push(format!("CHAPTER{number:03}NAME={name}"));
        }
        let mut out = Vec::new();
        let mut text = |text: &str| {
            out.extend((text.len() as u32).to_le_bytes());
            out.extend(text.as_bytes());
        };
        text("Rootwell"); // who wrote it
        let count = (comments.len() as u32).to_le_bytes();
        comments.iter().for_each(|comment| text(comment));
        // The number of comments stands before the first.
        let first = 4 + "Rootwell".len();
        out.splice(first..first, count);
        out
    }
}

/// `00:01:02.345`
pub(super) fn clock(at: Frames) -> String {
    let millis = at.0 / 48;
    format!(
        "{:02}:{:02}:{:02}.{:03}",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000
    )
}
