//! Where the lines go, and which of them the voice has room for.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::names::{Hand, Style, Talk};
use crate::routine::atoms::PacedBreath;
use crate::routine::{Cue, CueKind, Side, Turn};
use crate::timeline::{Choices, Line, Said, SegmentSide, SpeechLengths, What};
use crate::units::{Frames, Secs};
use crate::wording::{nearest, shortened};

use super::placed::{Id, Placed};
use super::problem::problem;
use super::score::{Mark, Score, Stage};

/// No timeline holds more lines than this.
const MOST_LINES: usize = 50_000;

/// What the placing of lines needs to know.
pub(super) struct Lines<'a> {
    pub(super) score: &'a Score<'a>,
    pub(super) starts: &'a [Frames],
    pub(super) style: Style,
    pub(super) language: &'a str,
    pub(super) choices: &'a Choices,
    pub(super) lengths: &'a dyn SpeechLengths,
    pub(super) respell: &'a [(String, String)],
    /// Whether all lengths are the author's own: then a line without a place is the author's mistake.
    pub(super) ideal: bool,
}

/// A stretch of work that a cue's place is counted in.
struct Scope {
    start: Frames,
    end: Frames,
    side: SegmentSide,
    key: (Option<Turn>, u32, u32, Option<u32>, u8),
    /// The paced breaths in it: first frame, pattern, how many.
    breaths: Vec<(Frames, PacedBreath, u64)>,
}

/// A place with the room that it offers.
struct Spot {
    at: Frames,
    slot_start: Frames,
    slot_end: Frames,
}

impl Lines<'_> {
    /// Adds the lines of everything that is played.
    pub(super) fn place(&self, events: &mut Vec<Placed>, problems: &mut Vec<Diagnostic>) {
        // A step of a group is staged in each round and on each side: its cue needs a place in one of them.
        let mut placed: BTreeMap<(&str, usize), bool> = BTreeMap::new();
        let first = events.len();
        for (s, stage) in self.score.stages.iter().enumerate() {
            for (c, cue) in stage.node.step.say.iter().enumerate() {
                let first_times_only = cue.first_time || cue.kind == CueKind::Teaching;
                if self.choices.familiar && first_times_only {
                    continue;
                }
                let mut n = 0;
                let found = self.cue(stage, cue, &mut |spot, side| {
                    if events.len() - first < MOST_LINES {
                        events.push(self.line(stage, cue, &spot, side, Id::Line(s, c, n)));
                    }
                    n += 1;
                });
                let again = placed.contains_key(&(stage.node.path, c));
                *placed.entry((stage.node.path, c)).or_default() |= n > 0;
                if again {
                    continue;
                }
                let path = || format!("{}.say[{c}]", stage.node.path);
                if let Err(message) = found {
                    problems.push(problem("RW210", path(), message));
                    placed.insert((stage.node.path, c), true);
                }
                if let Some(word) = unfilled(&cue.text, stage) {
                    let message = format!(
                        "“{{{word}}}” cannot be filled in: this step has no left and right"
                    );
                    problems.push(problem("RW212", path(), message));
                }
                if let Some(message) = stray_brace(&cue.text) {
                    problems.push(problem("RW213", path(), message));
                }
            }
        }
        if self.ideal && self.choices.side.is_none() {
            for ((path, c), _) in placed.iter().filter(|(_, placed)| !**placed) {
                problems.push(problem(
                    "RW211",
                    format!("{path}.say[{c}]"),
                    "this line has no place: the step has no such round, item, part or breath",
                ));
            }
        }
        if events.len() - first >= MOST_LINES {
            problems.push(problem(
                "RW204",
                "",
                "with all rounds spread this is more than 50 000 lines; use fewer rounds",
            ));
        }
    }

    /// Every spot of one cue.
    fn cue(
        &self,
        stage: &Stage<'_>,
        cue: &Cue,
        put: &mut dyn FnMut(Spot, SegmentSide),
    ) -> Result<(), String> {
        if let Some(secs) = cue.set_up {
            if stage.node.step.set_up.is_none() {
                return Err(
                    "this line is placed in the set-up, but the step has no `set_up`".to_owned(),
                );
            }
            let turn = cue
                .on
                .is_none_or(|on| stage.turn.is_none_or(|turn| turn == on));
            if let (Some(leaf), true) = (stage.set_up, turn) {
                self.transition(leaf, secs, stage.first, put)?;
            }
            return Ok(());
        }
        if let Some(secs) = cue.switch {
            let two_sides = matches!(stage.node.step.side, Some(Side::Each | Side::EasierFirst));
            if stage.node.step.switch.is_none() || !two_sides {
                return Err(
                    "this line is placed in the change of sides, but the step has no `switch`"
                        .to_owned(),
                );
            }
            if let Some((leaf, side)) = stage.switch {
                self.transition(leaf, secs, side, put)?;
            }
            return Ok(());
        }
        for scope in self.scopes(stage, cue) {
            self.in_scope(stage, cue, &scope, put)?;
        }
        Ok(())
    }

    /// A spot in the set-up or in the change of sides.
    fn transition(
        &self,
        leaf: usize,
        secs: Secs,
        side: SegmentSide,
        put: &mut dyn FnMut(Spot, SegmentSide),
    ) -> Result<(), String> {
        let (slot_start, slot_end) = (self.starts[leaf], self.starts[leaf + 1]);
        let at = slot_start + finite(secs)?;
        if at >= slot_end && self.ideal {
            return Err(beyond(secs, slot_end - slot_start));
        }
        if at < slot_end {
            put(
                Spot {
                    at,
                    slot_start,
                    slot_end,
                },
                side,
            );
        }
        Ok(())
    }

    /// The spots of a cue within one scope.
    fn in_scope(
        &self,
        stage: &Stage<'_>,
        cue: &Cue,
        scope: &Scope,
        put: &mut dyn FnMut(Spot, SegmentSide),
    ) -> Result<(), String> {
        let work = scope.end - scope.start;
        let mut spot = |at: Frames| {
            let slot_end = scope
                .breath_end(at)
                .unwrap_or(self.work_end(stage, scope, at));
            let spot = Spot {
                at,
                slot_start: scope.start,
                slot_end,
            };
            put(spot, scope.side);
        };
        if let Some(n) = cue.inhale.or(cue.exhale) {
            if scope.breaths.is_empty() {
                return Err(
                    "this line is placed at a breath, but the step has no paced breath".to_owned(),
                );
            }
            let inhale = cue.inhale.is_some();
            let mut n = n.checked_sub(1).ok_or("Breaths are counted from 1.")?;
            while let Some(at) = scope.breath(n, inhale) {
                spot(at);
                match cue.every {
                    Some(every) if every > 0 => n = n.saturating_add(every),
                    Some(_) => return Err("`every` is at least 1.".to_owned()),
                    None => break,
                }
            }
            return Ok(());
        }
        if cue.every.is_some() {
            return Err("`every` counts breaths: it goes with `inhale` or `exhale`".to_owned());
        }
        let safe = cue.kind == CueKind::Safety;
        let into = if let Some(secs) = cue.at {
            let into = finite(secs)?;
            if into >= work && self.ideal {
                return Err(beyond(secs, work));
            }
            into
        } else if let Some(secs) = cue.before_end {
            let before = finite(secs)?;
            if before > work && self.ideal {
                return Err(beyond(secs, work));
            }
            if before > work && !safe {
                return Ok(());
            }
            work.saturating_sub(before)
        } else if cue.half {
            Frames(work.0 / 2)
        } else {
            return Err(
                "a line needs one place: `at`, `before_end`, `half`, `set_up`, `switch`, `inhale` or `exhale`"
                    .to_owned(),
            );
        };
        if into < work {
            spot(scope.start + into);
        } else if safe {
            let length = self.length(stage, &cue.text, cue);
            spot(scope.start + work.saturating_sub(length));
        }
        Ok(())
    }

    /// The stretches that a cue's place is counted in, in order.
    fn scopes(&self, stage: &Stage<'_>, cue: &Cue) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = Vec::new();
        let by_turn = !stage.node.sides.alternate || cue.on.is_some();
        let by_part = cue.part.is_some();
        let by_item = by_part || cue.item.is_some();
        let by_round = by_item || cue.round.is_some();
        for mark in &stage.marks {
            if !matches(cue, stage, mark) || mark.leaves.is_empty() {
                continue;
            }
            let Some((start, end)) = self.stretch(cue, mark) else {
                continue;
            };
            let key = (
                mark.turn.filter(|_| by_turn),
                mark.set,
                if by_round { mark.round } else { 0 },
                mark.item.filter(|_| by_item),
                if by_part {
                    mark.part.map_or(0, |part| part as u8 + 1)
                } else {
                    0
                },
            );
            match scopes.last_mut() {
                Some(scope) if scope.key == key => scope.end = end,
                _ => scopes.push(Scope {
                    start,
                    end,
                    side: mark.side,
                    key,
                    breaths: Vec::new(),
                }),
            }
            if let Some(scope) = scopes.last_mut() {
                self.breaths(stage, mark, scope);
            }
        }
        if let Some(breath) = stage.node.step.breath.and_then(in_frames) {
            for scope in &mut scopes {
                if scope.breaths.is_empty() {
                    let count = (scope.end - scope.start).0 / breath.total().0;
                    scope.breaths.push((scope.start, breath, count));
                }
            }
        }
        scopes
    }

    /// The frames of a mark; a round of strokes or movements lies within its leaf.
    fn stretch(&self, cue: &Cue, mark: &Mark) -> Option<(Frames, Frames)> {
        let (start, end) = (self.starts[mark.leaves.start], self.starts[mark.leaves.end]);
        let leaf = &self.score.leaves[mark.leaves.start];
        match (cue.round, leaf.beat, leaf.round) {
            (Some(round), Some(beat), None) => {
                let from = start + Frames(beat.0.checked_mul(u64::from(round.checked_sub(1)?))?);
                (from < end).then_some((from, (from + beat).min(end)))
            }
            _ => Some((start, end)),
        }
    }

    fn breaths(&self, stage: &Stage<'_>, mark: &Mark, scope: &mut Scope) {
        let own = std::ptr::from_ref(stage.node);
        for leaf in mark.leaves.clone() {
            let found = &self.score.leaves[leaf];
            if let (Some(breath), true) = (found.breath, std::ptr::eq(own, found.node)) {
                let count = found.frames.0 / breath.total().0;
                scope.breaths.push((self.starts[leaf], breath, count));
            }
        }
    }

    /// The end of the side's work that holds a frame: a line may go on past its round, item or part.
    fn work_end(&self, stage: &Stage<'_>, scope: &Scope, at: Frames) -> Frames {
        stage
            .marks
            .iter()
            .filter(|mark| mark.side == scope.side && mark.set == scope.key.1)
            .map(|mark| self.starts[mark.leaves.end])
            .max()
            .filter(|&end| end > at && !stage.node.sides.alternate)
            .unwrap_or(scope.end)
    }

    fn length(&self, stage: &Stage<'_>, text: &str, cue: &Cue) -> Frames {
        self.lengths.frames(&Said {
            text,
            style: self.style,
            section: stage.node.section,
            language: self.language,
            respell: self.respell,
            clip: cue.clip.as_deref(),
        })
    }

    fn line(&self, stage: &Stage<'_>, cue: &Cue, spot: &Spot, side: SegmentSide, id: Id) -> Placed {
        let text = fill(&cue.text, side, self.language);
        let frames = self.length(stage, &text, cue);
        let (at, room) = match cue.lead {
            None => (spot.at, spot.slot_end.saturating_sub(spot.at)),
            Some(lead) => {
                let end = spot.at.saturating_sub(lead.frames()).max(spot.slot_start);
                let at = end.saturating_sub(frames).max(spot.slot_start);
                (at, end - at)
            }
        };
        Placed {
            at,
            frames,
            what: What::Say(Line {
                kind: cue.kind,
                caption: cue.caption.as_ref().map_or_else(
                    || text.clone(),
                    |caption| fill(caption, side, self.language),
                ),
                text,
                clip: cue.clip.clone(),
                spoken: spoken(self.choices.talk.unwrap_or(Talk::Full), cue.kind),
                room,
            }),
            side,
            id,
        }
    }
}

impl Scope {
    /// The first frame of the nth in-breath or out-breath, from 0.
    fn breath(&self, n: u32, inhale: bool) -> Option<Frames> {
        let mut n = u64::from(n);
        for &(start, breath, count) in &self.breaths {
            if n < count {
                let into = if inhale {
                    Frames::ZERO
                } else {
                    breath.inhale + breath.top_up + breath.hold
                };
                return Some(start + breath.total() * n + into);
            }
            n -= count;
        }
        None
    }

    /// Where the next in-breath begins, for a frame within a paced breath.
    fn breath_end(&self, at: Frames) -> Option<Frames> {
        self.breaths.iter().find_map(|&(start, breath, count)| {
            let cycle = breath.total();
            let into = at.0.checked_sub(start.0)? / cycle.0;
            (into < count).then(|| start + cycle * (into + 1))
        })
    }
}

/// Decides which lines the voice says, for those that begin at `from` or later: a line that reaches into the next one,
/// or past its slot, is a caption. Where two meet, the less important gives way: comfort first, safety never.
pub(super) fn make_room(events: &mut [Placed], from: Frames) {
    let lines: Vec<usize> = (0..events.len()).filter(|&i| events[i].is_line()).collect();
    let mut said: Option<usize> = None;
    for &i in &lines {
        let (at, frames) = (events[i].at, events[i].frames);
        let Some(line) = events[i].line() else {
            continue;
        };
        let (kind, fits) = (line.kind, frames <= line.room);
        let speaks = line.spoken && (fits || at < from);
        if let Some(line) = events[i].line_mut() {
            line.spoken = speaks;
        }
        if !speaks {
            continue;
        }
        if let Some(before) = said {
            let room = at - events[before].at;
            let clash = events[before].frames > room;
            let gives_way = clash
                && events[before].at >= from
                && events[before].line().is_some_and(|line| line.kind >= kind);
            if clash && !gives_way {
                if let Some(line) = events[i].line_mut() {
                    line.spoken = false;
                    line.room = Frames::ZERO;
                }
                continue;
            }
            if let Some(line) = events[before].line_mut() {
                line.room = line.room.min(room);
                line.spoken = !gives_way;
            }
        }
        said = Some(i);
    }
}

/// Whether a line of this kind is said at a talk level; else it is a caption.
fn spoken(talk: Talk, kind: CueKind) -> bool {
    match talk {
        Talk::Full => true,
        Talk::Brief => kind <= CueKind::Instruction,
        Talk::Tones => kind == CueKind::Safety,
        Talk::Silent => false,
    }
}

fn matches(cue: &Cue, stage: &Stage<'_>, mark: &Mark) -> bool {
    let inside = stage.node.step.r#do.kebab();
    let rounds_inside = matches!(inside, "stroke" | "move");
    cue.on.is_none_or(|turn| mark.turn == Some(turn))
        && cue.round.is_none_or(|round| {
            mark.round == round || (rounds_inside && !stage.node.sides.alternate)
        })
        && cue.item.is_none_or(|item| mark.item == Some(item))
        && cue.part.is_none_or(|part| mark.part == Some(part))
}

fn finite(secs: Secs) -> Result<Frames, String> {
    if (0.0..=crate::routine::atoms::LONGEST_SECS).contains(&secs.0) {
        Ok(secs.frames())
    } else {
        Err("the place of a line is a number of seconds from 0 to 14 400".to_owned())
    }
}

fn beyond(secs: Secs, work: Frames) -> String {
    format!(
        "this line is placed at {} s, but the work lasts {} s",
        secs.0,
        work.secs()
    )
}

fn in_frames(breath: crate::routine::Breath) -> Option<PacedBreath> {
    crate::routine::atoms::paced(
        breath,
        1.0,
        crate::routine::kind::breathe::Through::default(),
        "breath",
    )
    .ok()
}

/// A placeholder that this step cannot fill in.
fn unfilled(text: &str, stage: &Stage<'_>) -> Option<&'static str> {
    if !text.contains('{') || matches!(stage.first, SegmentSide::Left | SegmentSide::Right) {
        return None;
    }
    PLACEHOLDERS
        .into_iter()
        .find(|word| text.contains(&format!("{{{word}}}")))
}

/// What is wrong with curly brackets that nothing fills in.
fn stray_brace(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..]
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'));
        let Some((word, after)) = inside else {
            return Some("a curly bracket stands alone, and would be read aloud".to_owned());
        };
        if !PLACEHOLDERS.contains(&word) {
            let hint = nearest(word, PLACEHOLDERS).map_or_else(
                || "there are `{side}`, `{other}`, `{Side}` and `{Other}`".to_owned(),
                |meant| format!("did you mean `{{{meant}}}`?"),
            );
            return Some(format!(
                "nothing fills in “{{{}}}”; {hint}",
                shortened(word)
            ));
        }
        rest = after;
    }
    None
}

/// What is filled in, between curly brackets.
const PLACEHOLDERS: [&str; 4] = ["side", "other", "Side", "Other"];

/// The words with the sides filled in.
fn fill(text: &str, side: SegmentSide, language: &str) -> String {
    let hand = match side {
        SegmentSide::Left => Hand::Left,
        SegmentSide::Right => Hand::Right,
        SegmentSide::None | SegmentSide::Both => return text.to_owned(),
    };
    if !text.contains('{') {
        return text.to_owned();
    }
    let (own, other) = (side_word(hand, language), side_word(hand.other(), language));
    text.replace("{side}", own)
        .replace("{other}", other)
        .replace("{Side}", &capital(own))
        .replace("{Other}", &capital(other))
}

fn side_word(hand: Hand, language: &str) -> &'static str {
    let (left, right) = match language.get(..2) {
        Some("es") => ("izquierdo", "derecho"),
        Some("de") => ("links", "rechts"),
        Some("fr") => ("gauche", "droite"),
        Some("it") => ("sinistra", "destra"),
        _ => ("left", "right"),
    };
    match hand {
        Hand::Left => left,
        Hand::Right => right,
    }
}

fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    word[..1].make_ascii_uppercase();
    word
}
