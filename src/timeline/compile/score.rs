//! What is played, in order: leaves in a row, and for each step the stretches that its cues and tones refer to.
//!
//! Positions are counted in leaves, not in frames, so that a leaf may still change its length.

use std::borrow::Cow;
use std::ops::Range;

use crate::routine::atoms::{Asks, Atom, PacedBreath, Role, Rounds, Timed};
use crate::routine::{Do, Part, Turn};
use crate::timeline::{Gate, SegmentSide};
use crate::units::{Band, Frames};

use super::nodes::{Body, EXTRA_PAUSE, Node, SideTurn, Steps};

/// All that is played.
#[derive(Debug)]
pub(super) struct Score<'n> {
    language: &'n str,
    pub(super) leaves: Vec<Leaf<'n>>,
    pub(super) stages: Vec<Stage<'n>>,
    /// The two sides of a step, or of a round of it: the second mirrors the first.
    pub(super) pairs: Vec<(Range<usize>, Range<usize>)>,
    occurrences: usize,
}

/// One stretch of time.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'n> {
    pub(super) node: &'n Node<'n>,
    /// Which playing of its step it belongs to.
    pub(super) occurrence: usize,
    /// The index of the section among those that are played.
    pub(super) part: usize,
    pub(super) frames: Frames,
    pub(super) role: Role,
    pub(super) title: Cow<'n, str>,
    pub(super) step_title: Cow<'n, str>,
    pub(super) side: SegmentSide,
    pub(super) round: Option<u32>,
    pub(super) pressure: Option<Band>,
    pub(super) breath: Option<PacedBreath>,
    pub(super) beat: Option<Frames>,
    pub(super) bell: Option<Frames>,
    pub(super) gate: Option<Gate>,
    /// Whether it is a region or a sense that begins.
    pub(super) item: bool,
    /// From where in it the pressure is two less, each time.
    pub(super) eased: Vec<Frames>,
}

/// One playing of a step, both sides.
#[derive(Debug)]
pub(super) struct Stage<'n> {
    pub(super) node: &'n Node<'n>,
    /// The side that is announced first.
    pub(super) first: SegmentSide,
    /// Whether that is the first or the second turn; a step of a group is staged on each side.
    pub(super) turn: Option<Turn>,
    pub(super) set_up: Option<usize>,
    /// The leaf of the change of sides, and the side that it leads to.
    pub(super) switch: Option<(usize, SegmentSide)>,
    pub(super) marks: Vec<Mark>,
}

/// A stretch of a step's work.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) leaves: Range<usize>,
    pub(super) turn: Option<Turn>,
    pub(super) side: SegmentSide,
    pub(super) set: u32,
    pub(super) round: u32,
    pub(super) item: Option<u32>,
    pub(super) part: Option<Part>,
}

/// Where a step is played from.
#[derive(Clone, Copy)]
struct Place<'n> {
    part: usize,
    turn: Option<Turn>,
    side: SegmentSide,
    round: Option<u32>,
    vary: Option<&'n str>,
}

impl<'n> Score<'n> {
    /// A score with nothing in it yet, its own words in this language.
    pub(super) fn new(language: &'n str) -> Self {
        Self {
            language,
            leaves: Vec::new(),
            stages: Vec::new(),
            pairs: Vec::new(),
            occurrences: 0,
        }
    }

    /// Adds the steps of one section.
    pub(super) fn section(&mut self, nodes: &'n [Node<'n>], part: usize) {
        let place = Place {
            part,
            turn: None,
            side: SegmentSide::None,
            round: None,
            vary: None,
        };
        for node in nodes {
            self.node(node, place);
        }
    }

    /// The first frame of each leaf, and the frame after the last.
    pub(super) fn starts(&self) -> Vec<Frames> {
        let mut at = Frames::ZERO;
        let mut starts = Vec::with_capacity(self.leaves.len() + 1);
        starts.push(at);
        for leaf in &self.leaves {
            at += leaf.frames;
            starts.push(at);
        }
        starts
    }

    /// The leaf that mirrors another on the side that comes second.
    pub(super) fn mirror(&self, leaf: usize) -> Option<usize> {
        self.pairs.iter().find_map(|(first, second)| {
            let mirrored = second.start + leaf.checked_sub(first.start)?;
            (first.contains(&leaf) && second.contains(&mirrored)).then_some(mirrored)
        })
    }

    fn node(&mut self, node: &'n Node<'n>, place: Place<'n>) {
        let player = Player {
            occurrence: self.occurrences,
            node,
            place,
            title: title(node, place.vary, self.language),
        };
        self.occurrences += 1;
        let inherited = [SideTurn {
            turn: place.turn,
            side: place.side,
            sets: 1,
        }];
        let turns: &[SideTurn] = if node.sides.inherits {
            &inherited
        } else {
            &node.sides.turns
        };
        let mut stage = Stage {
            node,
            first: turns[0].side,
            turn: turns[0].turn,
            set_up: None,
            switch: None,
            marks: Vec::new(),
        };
        if !node.set_up.is_zero() {
            stage.set_up = Some(self.leaves.len());
            self.leaves
                .push(player.leaf(Role::SetUp, node.set_up, turns[0].side));
        }
        if node.sides.alternate {
            self.alternate(&player, turns, &mut stage);
        } else {
            self.in_turn(&player, turns, &mut stage);
        }
        self.stages.push(stage);
    }

    /// One side after the other.
    fn in_turn(&mut self, player: &Player<'n>, turns: &[SideTurn], stage: &mut Stage<'n>) {
        let mut played: Vec<Range<usize>> = Vec::new();
        for (i, &turn) in turns.iter().enumerate() {
            if i > 0 && !player.node.switch.is_zero() {
                stage.switch = Some((self.leaves.len(), turn.side));
                self.leaves
                    .push(player.leaf(Role::Switch, player.node.switch, turn.side));
            }
            let start = self.leaves.len();
            for set in 0..turn.sets {
                if set > 0 {
                    self.leaves
                        .push(player.leaf(Role::Between, EXTRA_PAUSE, turn.side));
                }
                match &player.node.body {
                    Body::Atoms(atoms) => {
                        for atom in atoms {
                            self.atom(player, atom, turn, set, stage);
                        }
                    }
                    Body::Steps(steps) => {
                        for round in 1..=steps.times.ideal {
                            self.round(player, steps, round, turn, set, stage);
                        }
                    }
                }
            }
            played.push(start..self.leaves.len());
        }
        if let [first, second] = &played[..] {
            self.pairs.push((first.clone(), second.clone()));
        }
    }

    /// The sides in turn, round by round.
    fn alternate(&mut self, player: &Player<'n>, turns: &[SideTurn], stage: &mut Stage<'n>) {
        let rounds = match &player.node.body {
            Body::Steps(steps) => steps.times.ideal,
            Body::Atoms(atoms) => atoms.iter().map(rounds_inside).max().unwrap_or(1),
        };
        for round in 1..=rounds {
            let mut played: Vec<Range<usize>> = Vec::new();
            for &turn in turns {
                let start = self.leaves.len();
                match &player.node.body {
                    Body::Steps(steps) => self.children(player, steps, round, turn, 0, stage),
                    Body::Atoms(atoms) => {
                        for atom in atoms {
                            self.atom_round(player, atom, round, turn, stage);
                        }
                    }
                }
                played.push(start..self.leaves.len());
            }
            if let [first, second] = &played[..] {
                self.pairs.push((first.clone(), second.clone()));
            }
            self.pause(player, round, rounds);
        }
    }

    /// One round of an atom whose sides change round by round.
    fn atom_round(
        &mut self,
        player: &Player<'n>,
        atom: &'n Atom,
        round: u32,
        turn: SideTurn,
        stage: &mut Stage<'n>,
    ) {
        match atom {
            Atom::Timed(timed) if timed.beat.is_some_and(|beat| !beat.is_zero()) => {
                let frames = timed.beat.unwrap_or_default();
                if Frames(frames.0 * u64::from(round)) <= timed.extent.ideal {
                    let mark = Mark::of(turn, 0, round);
                    self.timed(player, timed, frames, Some(round), mark, stage);
                }
            }
            Atom::Group(rounds) if round <= rounds.times.ideal => {
                for child in &rounds.children {
                    if let Atom::Timed(timed) = child {
                        let mark = Mark::of(turn, 0, round);
                        self.timed(player, timed, timed.extent.ideal, Some(round), mark, stage);
                    }
                }
            }
            other if round == 1 => self.atom(player, other, turn, 0, stage),
            _ => {}
        }
    }

    /// The pause after a round whose sides change round by round.
    fn pause(&mut self, player: &Player<'n>, round: u32, rounds: u32) {
        let frames = match &player.node.body {
            Body::Steps(steps) if round < rounds => steps.between,
            Body::Steps(_) => Frames::ZERO,
            Body::Atoms(atoms) => atoms
                .iter()
                .find_map(|atom| match atom {
                    Atom::Group(group) if round < rounds => group.between.as_ref(),
                    Atom::Group(group) => group.after.as_ref(),
                    _ => None,
                })
                .map_or(Frames::ZERO, |timed| timed.extent.ideal),
        };
        if !frames.is_zero() {
            self.leaves
                .push(player.leaf(Role::Between, frames, SegmentSide::None));
        }
    }

    fn round(
        &mut self,
        player: &Player<'n>,
        steps: &'n Steps<'n>,
        round: u32,
        turn: SideTurn,
        set: u32,
        stage: &mut Stage<'n>,
    ) {
        self.children(player, steps, round, turn, set, stage);
        if round < steps.times.ideal && !steps.between.is_zero() {
            self.leaves
                .push(player.leaf(Role::Between, steps.between, turn.side));
        }
    }

    fn children(
        &mut self,
        player: &Player<'n>,
        steps: &'n Steps<'n>,
        round: u32,
        turn: SideTurn,
        set: u32,
        stage: &mut Stage<'n>,
    ) {
        let start = self.leaves.len();
        let several = steps.times.ideal > 1;
        let place = Place {
            turn: turn.turn,
            side: turn.side,
            round: if several {
                Some(round)
            } else {
                player.place.round
            },
            vary: steps.vary.get(round as usize - 1).map(String::as_str),
            ..player.place
        };
        for child in &steps.children {
            self.node(child, place);
        }
        stage.marks.push(Mark {
            leaves: start..self.leaves.len(),
            ..Mark::of(turn, set, round)
        });
    }

    fn atom(
        &mut self,
        player: &Player<'n>,
        atom: &'n Atom,
        turn: SideTurn,
        set: u32,
        stage: &mut Stage<'n>,
    ) {
        let mark = Mark::of(turn, set, 1);
        match atom {
            Atom::Timed(timed) => self.timed(player, timed, timed.extent.ideal, None, mark, stage),
            Atom::Group(rounds) => self.rounds(player, rounds, turn, set, stage),
            Atom::Breaths(breaths) => {
                let mut leaf = player.leaf(Role::Work, breaths.extent.ideal, turn.side);
                leaf.breath = Some(breaths.breath);
                self.work(leaf, &mark, stage);
            }
            Atom::Gate(gate) => {
                let mut leaf = player.leaf(Role::Gate, gate.estimate, turn.side);
                leaf.gate = Some(Gate {
                    asks: gate.asks.clone(),
                    time_out: gate.time_out,
                });
                if let Asks::Rating {
                    question: Some(question),
                    ..
                } = &gate.asks
                {
                    leaf.title = Cow::Borrowed(question);
                }
                self.work(leaf, &mark, stage);
            }
        }
    }

    fn rounds(
        &mut self,
        player: &Player<'n>,
        rounds: &'n Rounds,
        turn: SideTurn,
        set: u32,
        stage: &mut Stage<'n>,
    ) {
        let times = rounds.times.ideal;
        for round in 1..=times {
            let number = (times > 1).then_some(round);
            for child in &rounds.children {
                if let Atom::Timed(timed) = child {
                    let mark = Mark::of(turn, set, round);
                    self.timed(player, timed, timed.extent.ideal, number, mark, stage);
                }
            }
            let pause = if round < times {
                &rounds.between
            } else {
                &rounds.after
            };
            if let Some(timed) = pause {
                let mark = Mark::of(turn, set, round);
                self.timed(player, timed, timed.extent.ideal, number, mark, stage);
            }
        }
    }

    fn timed(
        &mut self,
        player: &Player<'n>,
        timed: &'n Timed,
        frames: Frames,
        round: Option<u32>,
        mark: Mark,
        stage: &mut Stage<'n>,
    ) {
        let mut leaf = player.leaf(timed.role, frames, mark.side);
        leaf.pressure = timed.pressure;
        leaf.beat = timed.beat;
        leaf.bell = timed.bell;
        leaf.round = round.or(leaf.round);
        leaf.item = timed.item.is_some();
        if let Some(title) = &timed.title {
            leaf.title = Cow::Borrowed(title);
        }
        let mark = Mark {
            item: timed.item,
            part: timed.part,
            ..mark
        };
        self.work(leaf, &mark, stage);
    }

    /// Adds a leaf that takes time, as a part of its step's work.
    fn work(&mut self, leaf: Leaf<'n>, mark: &Mark, stage: &mut Stage<'n>) {
        if leaf.frames.is_zero() {
            return;
        }
        let index = self.leaves.len();
        self.leaves.push(leaf);
        stage.marks.push(Mark {
            leaves: index..index + 1,
            ..mark.clone()
        });
    }
}

impl Mark {
    fn of(turn: SideTurn, set: u32, round: u32) -> Self {
        Self {
            leaves: 0..0,
            turn: turn.turn,
            side: turn.side,
            set,
            round,
            item: None,
            part: None,
        }
    }
}

/// What all leaves of one playing of a step have in common.
struct Player<'n> {
    occurrence: usize,
    node: &'n Node<'n>,
    place: Place<'n>,
    title: Cow<'n, str>,
}

impl<'n> Player<'n> {
    fn leaf(&self, role: Role, frames: Frames, side: SegmentSide) -> Leaf<'n> {
        Leaf {
            node: self.node,
            occurrence: self.occurrence,
            part: self.place.part,
            frames,
            role,
            title: self.title.clone(),
            step_title: self.title.clone(),
            side,
            round: self.place.round,
            pressure: None,
            breath: None,
            beat: None,
            bell: None,
            gate: None,
            item: false,
            eased: Vec::new(),
        }
    }
}

fn title<'n>(node: &'n Node<'n>, vary: Option<&str>, language: &str) -> Cow<'n, str> {
    let own = node
        .step
        .title
        .as_deref()
        .unwrap_or_else(|| node.step.r#do.words(language));
    match vary {
        Some(vary) if !matches!(node.step.r#do, Do::Group(_)) => {
            Cow::Owned(format!("{own}: {vary}"))
        }
        _ => Cow::Borrowed(own),
    }
}

fn rounds_inside(atom: &Atom) -> u32 {
    match atom {
        Atom::Timed(timed) => timed.beat.map_or(1, |beat| {
            (timed.extent.ideal.0 / beat.0.max(1)).max(1) as u32
        }),
        Atom::Group(rounds) => rounds.times.ideal,
        Atom::Breaths(_) | Atom::Gate(_) => 1,
    }
}
