//! A score with its clips, and how a clip finds its line.

use std::sync::Arc;

use super::{AHEAD, BACK, Programme};
use crate::audio::envelope::{AFTER, ATTACK};
use crate::audio::link::{Fed, Report, Spent};
use crate::audio::mixer::{Cursor, LONGEST_CLIP, Voice};
use crate::audio::score::{Background, Score, speaks};
use crate::audio::sounds::LiveBed;
use crate::names::Talk;
use crate::units::Frames;

/// A score with what has come of its lines.
pub(in crate::audio) struct Deck {
    pub(in crate::audio) score: Arc<Score>,
    pub(in crate::audio) voices: Box<[Voice]>,
    /// The background sound, where it is made as it is heard.
    pub(super) bed: Option<Box<LiveBed>>,
}

impl Deck {
    /// A score of which nothing has been spoken yet, so many frames after the sound was opened.
    pub(in crate::audio) fn new(score: Arc<Score>, run: Frames) -> Self {
        let voices = score.lines.iter().map(|_| Voice::Waiting).collect();
        let bed = match &score.background {
            Some(Background::Live(bed, _)) => Some(Box::new((**bed).clone().from(run))),
            _ => None,
        };
        Self { score, voices, bed }
    }

    /// Whether both have the same background sound, made as it is heard.
    pub(super) fn shares_bed(&self, other: &Self) -> bool {
        let sound = |deck: &Self| deck.bed.as_ref().map(|bed| bed.sound());
        sound(self).is_some() && sound(self) == sound(other)
    }

    /// Makes the next frames of its background sound, where it makes one.
    pub(super) fn make_bed(&mut self, out: &mut [i16]) {
        if let Some(bed) = &mut self.bed {
            bed.fill(out);
        }
    }

    /// The place of a line in the deck.
    pub(super) fn find(&self, at: Frames, text: u64) -> Option<usize> {
        let lines = &self.score.lines;
        let first = lines.partition_point(|line| line.at < at.0);
        (first..lines.len())
            .take_while(|index| lines[*index].at == at.0)
            .find(|index| lines[*index].key == text)
    }
}

impl Programme {
    /// Puts a clip to its line, in this score and in the next.
    pub(super) fn take(&mut self, fed: Fed) {
        let mut wanted = false;
        if let Some(line) = self.deck.find(fed.at, fed.text)
            && !matches!(self.deck.voices[line], Voice::Clip(_))
            && self.deck.score.fits(line, &fed.pcm)
            && !self.is_begun(fed.at.0, fed.at.0 + fed.pcm.frames().0)
        {
            self.deck.voices[line] = Voice::Clip(fed.pcm.clone());
            wanted = true;
        }
        if let Some((_, deck)) = &mut self.next
            && let Some(line) = deck.find(fed.at, fed.text)
            && matches!(deck.voices[line], Voice::Waiting)
            && deck.score.fits(line, &fed.pcm)
        {
            deck.voices[line] = Voice::Clip(fed.pcm.clone());
            wanted = true;
        }
        if !wanted {
            self.give_back(Spent::Clip(fed.pcm));
        }
    }

    /// Whether some of a line, or of the dip before it, has been made already.
    fn is_begun(&self, start: u64, end: u64) -> bool {
        let within = |at: u64| start.saturating_sub(ATTACK) < at && at < end + AFTER;
        let leaving = self
            .leaving
            .as_ref()
            .filter(|leaving| leaving.deck.is_none());
        (self.cursor.at > self.landed && within(self.cursor.at))
            || leaving.is_some_and(|leaving| within(leaving.cursor.at))
    }

    /// Gives back one clip that is over or has become too early; one line a block is quick enough.
    pub(super) fn sweep(&mut self) {
        let lines = &self.deck.score.lines;
        if lines.is_empty() || self.leaving.is_some() || self.target.is_some() {
            return;
        }
        self.swept = (self.swept + 1) % lines.len();
        let (line, at) = (&lines[self.swept], self.cursor.at);
        let voice = &mut self.deck.voices[self.swept];
        if let Voice::Clip(pcm) = voice
            && (line.at + pcm.frames().0 + AFTER + BACK < at || line.at > at + AHEAD)
            && let Voice::Clip(pcm) = std::mem::replace(voice, Voice::Waiting)
        {
            self.give_back(Spent::Clip(pcm));
        }
    }

    /// Decides for each line that comes near in the next frames whether it is spoken.
    pub(super) fn decide(&mut self, frames: usize) {
        let score = Arc::clone(&self.deck.score);
        let Cursor { at, limit } = self.cursor;
        let fresh = at == self.landed;
        let from = if fresh {
            at.saturating_sub(LONGEST_CLIP)
        } else {
            at + ATTACK
        };
        let first = score.lines.partition_point(|line| line.at < from);
        let end = (at + frames as u64 + ATTACK).min(limit);
        for index in first..score.lines.len() {
            let line = &score.lines[index];
            if line.at >= end {
                break;
            }
            let wanted = line.spoken && speaks(self.talk, line.kind);
            let is_here = matches!(self.deck.voices[index], Voice::Clip(_));
            if wanted && is_here {
                continue;
            }
            if wanted && line.at >= at {
                self.report(Report::Missed { event: line.event });
            }
            let voice = if line.at >= at {
                unspoken(self.talk, wanted)
            } else {
                Voice::Silent
            };
            if let Voice::Clip(pcm) = std::mem::replace(&mut self.deck.voices[index], voice) {
                self.give_back(Spent::Clip(pcm));
            }
        }
    }
}

/// What stands for a line that is not spoken; `missed` if it should have been.
pub(in crate::audio) fn unspoken(talk: Talk, missed: bool) -> Voice {
    if missed || talk == Talk::Tones {
        Voice::Notice
    } else {
        Voice::Silent
    }
}
