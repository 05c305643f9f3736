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
    pub(super) fn comments(&self) -> Vec<(String, String)> {
        let mut comments = vec![
            ("TITLE".to_owned(), self.title.clone()),
            ("ARTIST".to_owned(), self.artist.clone()),
        ];
        for (number, (at, name)) in self.chapters.iter().enumerate() {
            comments.push((format!("CHAPTER{number:03}"), clock(*at)));
            comments.push((format!("CHAPTER{number:03}NAME"), name.clone()));
        }
        comments
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
