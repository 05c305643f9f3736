//! Steps with their sides and atoms: what fitting changes and what is then played.

use crate::diagnostic::Diagnostic;
use crate::names::Hand;
use crate::routine::atoms::{self, Atom, Setting, Times};
use crate::routine::{Do, SectionKind, Side, Step, Turn};
use crate::timeline::{Choices, SegmentSide};
use crate::units::{Frames, Secs};

use super::draft::DraftStep;
use super::problem::problem;

/// The pause before an extra set where the kind itself has none (`content.md` 2.3: 10–15 s between spots).
pub(super) const EXTRA_PAUSE: Frames = Frames::whole_secs(10);

/// No routine holds more leaves than this after its rounds are spread (`authoring.md` D1).
const MOST_LEAVES: u64 = 10_000;

/// A step, ready to be fitted.
#[derive(Debug)]
pub(super) struct Node<'d> {
    pub(super) step: &'d Step,
    pub(super) path: &'d str,
    pub(super) section: SectionKind,
    pub(super) sides: Sides,
    pub(super) set_up: Frames,
    pub(super) switch: Frames,
    pub(super) body: Body<'d>,
}

/// What a side of a step holds.
#[derive(Debug)]
pub(super) enum Body<'d> {
    /// The atoms of its kind.
    Atoms(Vec<Atom>),
    /// The steps of a group.
    Steps(Steps<'d>),
}

/// The steps of a group, with its rounds.
#[derive(Debug)]
pub(super) struct Steps<'d> {
    pub(super) children: Vec<Node<'d>>,
    pub(super) times: Times,
    pub(super) between: Frames,
    pub(super) vary: &'d [String],
}

/// How a step's sides are played.
#[derive(Debug)]
pub(super) struct Sides {
    /// One or two turns.
    pub(super) turns: Vec<SideTurn>,
    /// Whether the turns change round by round.
    pub(super) alternate: bool,
    /// Whether the step names no side of its own: within a group it has the group's.
    pub(super) inherits: bool,
}

/// One side's turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideTurn {
    pub(super) turn: Option<Turn>,
    pub(super) side: SegmentSide,
    /// How often the work is done.
    pub(super) sets: u32,
}

impl Sides {
    /// How often the work of one side is played, both sides and extra sets together.
    pub(super) fn plays(&self) -> u64 {
        self.turns.iter().map(|turn| u64::from(turn.sets)).sum()
    }

    /// How many pauses lie before extra sets.
    pub(super) fn extra_pauses(&self) -> u64 {
        self.turns
            .iter()
            .map(|turn| u64::from(turn.sets.saturating_sub(1)))
            .sum()
    }
}

/// The nodes of a list of steps.
pub(super) fn nodes<'d>(
    steps: &'d [DraftStep],
    setting: Setting,
    choices: &Choices,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Node<'d>> {
    steps
        .iter()
        .filter_map(|step| node(step, setting, choices, false, problems))
        .collect()
}

/// The node of one step; `None` where a problem was found.
pub(super) fn node<'d>(
    draft: &'d DraftStep,
    setting: Setting,
    choices: &Choices,
    sided_group: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node<'d>> {
    let before = problems.len();
    let step = &draft.step;
    let mut field = |code, field: &str, message: String| {
        problems.push(problem(code, format!("{}.{field}", draft.path), message));
    };
    let mut part = |secs: Option<Secs>, name: &'static str| {
        atoms::frames(secs.unwrap_or_default(), name).unwrap_or_else(|mistake| {
            field("RW202", mistake.field, mistake.message);
            Frames::ZERO
        })
    };
    let (set_up, switch) = (part(step.set_up, "set_up"), part(step.switch, "switch"));
    let sides = sides(step, choices);
    if sided_group && !matches!(step.side, None | Some(Side::Both)) {
        field(
            "RW203",
            "side",
            "a step inside a group with sides has the group's side; leave out its own".to_owned(),
        );
    }
    if sides.alternate && (step.switch.is_some() || step.extra.is_some()) {
        field(
            "RW203",
            "side",
            "`Alternate` changes sides by itself, round by round: leave out `switch` and `extra`."
                .to_owned(),
        );
    }
    let body = match &step.r#do {
        Do::Group(group) => {
            let times = atoms::times(group.times.unwrap_or_default(), "do.times");
            let between = atoms::frames(group.between.unwrap_or_default(), "do.between");
            let (times, between) = match (times, between) {
                (Ok(times), Ok(between)) => (times, between),
                (Err(mistake), _) | (_, Err(mistake)) => {
                    field("RW202", mistake.field, mistake.message);
                    return None;
                }
            };
            let sided_group = sided_group || !sides.inherits;
            Body::Steps(Steps {
                children: draft
                    .children
                    .iter()
                    .filter_map(|child| node(child, setting, choices, sided_group, problems))
                    .collect(),
                times,
                between,
                vary: &group.vary,
            })
        }
        _ => match atoms::expand(step, setting) {
            Ok(atoms) => Body::Atoms(atoms),
            Err(mistake) => {
                field("RW202", mistake.field, mistake.message);
                return None;
            }
        },
    };
    (problems.len() == before).then_some(Node {
        step,
        path: &draft.path,
        section: setting.section,
        sides,
        set_up,
        switch,
        body,
    })
}

/// The sides of a step: left first, or the easier one first where it is known; one only where the plan says so.
fn sides(step: &Step, choices: &Choices) -> Sides {
    let one = |side| vec![(None, side)];
    let two = |first: Hand| match choices.side {
        Some(hand) => vec![(Some(Turn::First), hand.into())],
        None => vec![
            (Some(Turn::First), SegmentSide::from(first)),
            (Some(Turn::Second), first.other().into()),
        ],
    };
    let planned = |hand: Hand| choices.side.unwrap_or(hand).into();
    let turns = match step.side {
        None => one(SegmentSide::None),
        Some(Side::Both) => one(SegmentSide::Both),
        Some(Side::Left) => one(planned(Hand::Left)),
        Some(Side::Right) => one(planned(Hand::Right)),
        Some(Side::Each | Side::Alternate) => two(Hand::Left),
        Some(Side::EasierFirst) => two(choices.tighter.map_or(Hand::Left, Hand::other)),
    };
    let extra = step.extra.as_ref().and_then(|extra| {
        let hand = match extra.side {
            crate::routine::ExtraSide::Tighter => choices.tighter?,
            other => other.hand(Hand::Left),
        };
        Some((SegmentSide::from(hand), extra.sets))
    });
    Sides {
        alternate: step.side == Some(Side::Alternate) && turns.len() == 2,
        inherits: step.side.is_none(),
        turns: turns
            .into_iter()
            .map(|(turn, side)| SideTurn {
                turn,
                side,
                sets: match extra {
                    Some((hand, sets)) if hand == side => 1 + sets,
                    _ => 1,
                },
            })
            .collect(),
    }
}

/// What is wrong with nodes that would spread to too many leaves; asked before anything is spread.
pub(super) fn too_many<'n, 'd: 'n>(
    nodes: impl Iterator<Item = &'n Node<'d>>,
) -> Option<Diagnostic> {
    let mut total = 0_u64;
    for node in nodes {
        match leaves(node).and_then(|leaves| total.checked_add(leaves)) {
            Some(more) if more <= MOST_LEAVES => total = more,
            _ => {
                return Some(problem(
                    "RW204",
                    node.path,
                    "with all rounds spread this is more than 10 000 stretches of time; use fewer rounds",
                ));
            }
        }
    }
    None
}

fn leaves(node: &Node<'_>) -> Option<u64> {
    let body = match &node.body {
        Body::Atoms(atoms) => atoms.iter().try_fold(0_u64, |sum, atom| {
            sum.checked_add(atom_leaves(atom, node.sides.alternate)?)
        })?,
        Body::Steps(steps) => steps
            .children
            .iter()
            .try_fold(1_u64, |sum, child| sum.checked_add(leaves(child)?))?
            .checked_mul(u64::from(steps.times.max))?,
    };
    body.checked_add(1)?
        .checked_mul(node.sides.plays())?
        .checked_add(2)
}

fn atom_leaves(atom: &Atom, alternate: bool) -> Option<u64> {
    match atom {
        Atom::Timed(timed) => match timed.beat {
            Some(beat) if alternate && !beat.is_zero() => Some(timed.extent.max.0 / beat.0 + 1),
            _ => Some(1),
        },
        Atom::Breaths(_) | Atom::Gate(_) => Some(1),
        Atom::Group(rounds) => rounds
            .children
            .iter()
            .try_fold(1_u64, |sum, child| {
                sum.checked_add(atom_leaves(child, false)?)
            })?
            .checked_mul(u64::from(rounds.times.max))?
            .checked_add(1),
    }
}
