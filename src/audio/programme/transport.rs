//! How the clock goes: playing, standing at a gate, seeking, and passing from one score to the next.

use std::sync::Arc;

use super::deck::Deck;
use super::{Programme, SEEK};
use crate::audio::link::{Report, Spent};
use crate::audio::mixer::{Cursor, Voice};
use crate::audio::score::ScoreGate;
use crate::units::Frames;

/// The sound that goes away while another comes.
pub(super) struct Leaving {
    /// Its own deck, where it is not the one that comes.
    pub(super) deck: Option<Box<Deck>>,
    pub(super) cursor: Cursor,
    pub(super) done: u32,
    /// Equal power for two places, equal gain for two versions of one place.
    pub(super) power: bool,
}

impl Programme {
    /// Brings the state up to date and returns how many frames, at most `wanted`, pass until it changes by itself.
    pub(super) fn stretch(&mut self, wanted: usize) -> usize {
        if self
            .leaving
            .as_ref()
            .is_some_and(|leaving| leaving.done >= SEEK)
            || self.is_silent()
        {
            self.part();
        }
        if !self.playing && self.is_silent() {
            if let Some(held) = self.held.take() {
                self.cursor = held;
            }
            self.move_in_silence();
            return wanted;
        }
        if self.playing && self.leaving.is_none() {
            self.move_aloud();
        }
        let mut frames = wanted as u64;
        if !self.ramp.is_still() {
            frames = frames.min(u64::from(self.ramp.left()));
        }
        if let Some(leaving) = &self.leaving {
            frames = frames.min(u64::from(SEEK - leaving.done));
        }
        if self.playing {
            frames = frames.min(self.until_change());
        }
        frames.max(1) as usize
    }

    /// Frames until the clock stops, goes on or changes its score.
    fn until_change(&self) -> u64 {
        let at = self.cursor.at;
        let swap = self.next.as_ref().map_or(u64::MAX, |next| {
            match next.0.saturating_sub(u64::from(SEEK)).saturating_sub(at) {
                0 => u64::MAX,
                frames => frames,
            }
        });
        if self.cursor.limit != u64::MAX {
            return if self.ended {
                swap
            } else {
                swap.min(self.patience())
            };
        }
        let gates = &self.deck.score.gates;
        let gate = gates.get(gates.partition_point(|gate| gate.end <= at));
        let gate = gate.map_or(u64::MAX, |gate| gate.end - at);
        let end = match self.deck.score.total().0.saturating_sub(at) {
            0 => u64::MAX,
            frames => frames,
        };
        swap.min(gate).min(end)
    }

    /// How many more frames the clock will stand at its gate.
    fn patience(&self) -> u64 {
        self.gate().map_or(0, |gate| {
            let gate = &self.deck.score.gates[gate];
            (gate.time_out + self.granted + gate.start).saturating_sub(gate.end + self.stood)
        })
    }

    /// Seeks and swaps while nothing is heard.
    fn move_in_silence(&mut self) {
        if let Some(to) = self.target.take() {
            self.land(to);
        }
        if self
            .next
            .as_ref()
            .is_some_and(|next| next.0 <= self.clock())
        {
            if let Some(old) = self.install() {
                self.give_back(Spent::Deck(old));
            }
            self.landed = self.cursor.at;
        }
    }

    /// Seeks and swaps while something is heard: the old sound leaves.
    fn move_aloud(&mut self) {
        let at = self.cursor.at;
        if let Some(to) = self.target.take() {
            let cursor = self.cursor;
            let swaps = self.next.as_ref().is_some_and(|next| next.0 <= to);
            let deck = if swaps { self.install() } else { None };
            self.leave(deck, cursor, true);
            self.land(to);
        } else if let Some(frame) = self.next.as_ref().map(|next| next.0)
            && at + u64::from(SEEK) >= frame
        {
            let limit = frame.min(self.cursor.limit);
            let deck = self.install();
            self.leave(deck, Cursor { at, limit }, false);
        }
    }

    fn leave(&mut self, deck: Option<Box<Deck>>, cursor: Cursor, power: bool) {
        self.leaving = Some(Leaving {
            deck,
            cursor,
            done: 0,
            power,
        });
    }

    /// Ends what is leaving.
    fn part(&mut self) {
        if let Some(deck) = self.leaving.take().and_then(|leaving| leaving.deck) {
            self.give_back(Spent::Deck(deck));
        }
    }

    fn land(&mut self, to: u64) {
        self.cursor = Cursor::new(to);
        self.held = None;
        self.landed = to;
        self.stood = 0;
        self.granted = 0;
        self.ended = false;
    }

    /// Makes the next score the one that is heard, with all clips and the bed that it shares with the old one, which it
    /// returns.
    fn install(&mut self) -> Option<Box<Deck>> {
        let (_, mut deck) = self.next.take()?;
        let score = Arc::clone(&deck.score);
        for (line, voice) in score.lines.iter().zip(&mut deck.voices) {
            if matches!(voice, Voice::Waiting)
                && let Some(old) = self.deck.find(Frames(line.at), line.key)
            {
                *voice = self.deck.voices[old].clone();
            }
        }
        if deck.shares_bed(&self.deck) {
            std::mem::swap(&mut deck.bed, &mut self.deck.bed);
        }
        self.swaps += 1;
        self.swept = 0;
        Some(std::mem::replace(&mut self.deck, deck))
    }

    /// The clock goes on, or stands.
    pub(super) fn advance(&mut self, frames: u64) {
        self.cursor.at += frames;
        if let Some(leaving) = &mut self.leaving {
            leaving.cursor.at += frames;
            leaving.done += frames as u32;
        }
        if !self.playing {
            return;
        }
        if self.cursor.limit != u64::MAX {
            self.stood += frames;
            if !self.ended
                && self.patience() == 0
                && let Some(gate) = self.gate()
            {
                let gate = &self.deck.score.gates[gate];
                let (end, segment) = (gate.end, gate.segment);
                self.target = self.target.or(Some(end));
                self.report(Report::TimedOut { segment });
            }
            return;
        }
        let at = self.cursor.at;
        let gates = &self.deck.score.gates;
        let gate = gates.get(gates.partition_point(|gate| gate.end < at));
        let stands =
            |gate: &ScoreGate| gate.end == at && gate.start + gate.time_out + self.granted > at;
        if gate.is_some_and(stands) {
            self.cursor.limit = at;
            return;
        }
        if gate.is_some_and(|gate| gate.end == at) {
            self.granted = 0;
        }
        if at >= self.deck.score.total().0 {
            // What is to sound at the very end begins.
            self.cursor.limit = at + 1;
            self.ended = true;
            self.report(Report::Ended);
        }
    }

    /// The gate that the clock is in.
    pub(super) fn gate(&self) -> Option<usize> {
        let at = self.clock();
        let gates = &self.deck.score.gates;
        let after = gates.partition_point(|gate| gate.start <= at);
        after.checked_sub(1).filter(|gate| at < gates[*gate].end)
    }

    /// The frame of the timeline: where a pause will go on, or the last frame of a gate.
    pub(super) fn clock(&self) -> u64 {
        let cursor = self.held.unwrap_or(self.cursor);
        if cursor.limit == u64::MAX {
            cursor.at
        } else if self.ended {
            self.deck.score.total().0
        } else {
            cursor.limit - 1
        }
    }

    pub(super) fn is_silent(&self) -> bool {
        self.ramp.is_still() && self.ramp.value() == 0.0
    }
}
