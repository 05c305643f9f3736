//! The fit of a whole routine: which of its lengths may change, how far they go, and setting them.

use crate::diagnostic::Diagnostic;
use crate::routine::Do;
use crate::routine::atoms::{Atom, Extent, LONGEST_SECS, Rounds, Setting, Times};
use crate::timeline::Choices;
use crate::units::{Frames, Secs};

use super::draft::DraftStep;
use super::fit::{Elastic, fit};
use super::nodes::{self, Body, EXTRA_PAUSE, Node};
use super::parts::{Branch, Part};
use super::problem::problem;

/// How short and how long a routine can be, and how long it is by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reach {
    /// The shortest.
    pub min: Frames,
    /// The usual.
    pub ideal: Frames,
    /// The longest.
    pub max: Frames,
}

/// Some steps with what may change in them.
#[derive(Debug, Default)]
struct Budget {
    /// All that never changes.
    fixed: Frames,
    elastics: Vec<Elastic>,
    /// Which of them is the filler.
    filler: Option<usize>,
}

impl Budget {
    fn of<'n, 'd: 'n>(nodes: impl Iterator<Item = &'n Node<'d>>) -> Self {
        let mut budget = Self::default();
        for node in nodes {
            let before = budget.elastics.len();
            budget.node(node, 1, false);
            let rests = matches!(node.step.r#do, Do::Rest(_)) && node.sides.plays() == 1;
            if rests && budget.elastics.len() > before {
                budget.filler = Some(before);
            }
        }
        budget
    }

    /// Adds a step; `frozen` where an enclosing count is elastic: then all within stays at its ideal.
    fn node(&mut self, node: &Node<'_>, plays: u64, frozen: bool) {
        self.fixed += (node.set_up + switches(node)) * plays;
        self.fixed += EXTRA_PAUSE * (node.sides.extra_pauses() * plays);
        let plays = plays * node.sides.plays();
        let class = class(node);
        match &node.body {
            Body::Atoms(atoms) => {
                for atom in atoms {
                    self.atom(atom, plays, class, frozen);
                }
            }
            Body::Steps(steps) => {
                let elastic = steps.times.is_elastic() && !frozen;
                let mut round = Self::default();
                for child in &steps.children {
                    round.node(child, 1, true);
                }
                if elastic {
                    self.rounds(steps.times, round.fixed, steps.between, plays, class);
                } else {
                    let times = u64::from(steps.times.ideal);
                    self.fixed += steps.between * ((times - 1) * plays);
                    for child in &steps.children {
                        self.node(child, plays * times, frozen);
                    }
                }
            }
        }
    }

    fn atom(&mut self, atom: &Atom, plays: u64, class: u8, frozen: bool) {
        match atom {
            Atom::Timed(timed) => self.extent(timed.extent, plays, class, frozen),
            Atom::Breaths(breaths) => self.extent(breaths.extent, plays, class, frozen),
            Atom::Gate(gate) => self.fixed += gate.estimate * plays,
            Atom::Group(rounds) => self.group(rounds, plays, class, frozen),
        }
    }

    fn group(&mut self, rounds: &Rounds, plays: u64, class: u8, frozen: bool) {
        let (between, after) = pauses(rounds);
        self.fixed += after * plays;
        if rounds.times.is_elastic() && !frozen {
            let mut round = Self::default();
            for child in &rounds.children {
                round.atom(child, 1, class, true);
            }
            self.rounds(rounds.times, round.fixed, between, plays, class);
            return;
        }
        let times = u64::from(rounds.times.ideal);
        self.fixed += between * ((times - 1) * plays);
        if let (true, Some(child)) = (rounds.tied, rounds.children.first()) {
            self.atom(
                child,
                plays * times * rounds.children.len() as u64,
                class,
                frozen,
            );
            return;
        }
        for child in &rounds.children {
            self.atom(child, plays * times, class, frozen);
        }
    }

    /// An elastic number of rounds.
    fn rounds(&mut self, times: Times, round: Frames, between: Frames, plays: u64, class: u8) {
        let all = |n: u32| (round * u64::from(n) + between * u64::from(n - 1)) * plays;
        self.elastics.push(Elastic {
            min: all(times.min),
            ideal: all(times.ideal),
            max: all(times.max),
            unit: (round + between) * plays,
            class,
        });
    }

    fn extent(&mut self, extent: Extent, plays: u64, class: u8, frozen: bool) {
        if extent.is_elastic() && !frozen {
            self.elastics.push(Elastic {
                min: extent.min * plays,
                ideal: extent.ideal * plays,
                max: extent.max * plays,
                unit: extent.unit * plays,
                class,
            });
        } else {
            self.fixed += extent.ideal * plays;
        }
    }

    fn reach(&self) -> Reach {
        let sum = |of: fn(&Elastic) -> Frames| self.fixed + self.elastics.iter().map(of).sum();
        Reach {
            min: sum(|elastic| elastic.min),
            ideal: sum(|elastic| elastic.ideal),
            max: sum(|elastic| elastic.max),
        }
    }

    /// The length of each elastic when all should last `wanted`; a filler takes what is left.
    fn fit(&self, wanted: Frames, settle: &dyn Fn(usize, Frames) -> Frames) -> Vec<Frames> {
        let mut others = self.elastics.clone();
        let filler = self.filler.map(|i| others.remove(i));
        let wanted = wanted.saturating_sub(self.fixed);
        // Without the filler in the list, those behind it have moved up by one.
        let place = |i: usize| i + usize::from(self.filler.is_some_and(|filler| i >= filler));
        let mut lengths = fit(&others, filler, wanted, &|i, length| {
            settle(place(i), length)
        });
        if let Some(i) = self.filler {
            let rest = wanted.saturating_sub(lengths.iter().copied().sum());
            lengths.insert(i, rest);
        }
        lengths
    }

    /// All of it after a fit.
    fn total(&self, lengths: &[Frames]) -> Frames {
        self.fixed + lengths.iter().copied().sum()
    }
}

/// Sets the lengths that a fit has found, in the order in which the budget met them.
struct Setter<I: Iterator<Item = Frames>> {
    lengths: I,
}

impl<I: Iterator<Item = Frames>> Setter<I> {
    fn node(&mut self, node: &mut Node<'_>, plays: u64, frozen: bool) {
        let plays = plays * node.sides.plays();
        match &mut node.body {
            Body::Atoms(atoms) => {
                for atom in atoms {
                    self.atom(atom, plays, frozen);
                }
            }
            Body::Steps(steps) => {
                if steps.times.is_elastic() && !frozen {
                    let mut round = Budget::default();
                    for child in &steps.children {
                        round.node(child, 1, true);
                    }
                    steps.times = self.times(round.fixed, steps.between, plays);
                } else {
                    let times = u64::from(steps.times.ideal);
                    for child in &mut steps.children {
                        self.node(child, plays * times, frozen);
                    }
                }
            }
        }
    }

    fn atom(&mut self, atom: &mut Atom, plays: u64, frozen: bool) {
        match atom {
            Atom::Timed(timed) => self.extent(&mut timed.extent, plays, frozen),
            Atom::Breaths(breaths) => self.extent(&mut breaths.extent, plays, frozen),
            Atom::Gate(_) => {}
            Atom::Group(rounds) => self.group(rounds, plays, frozen),
        }
    }

    fn group(&mut self, rounds: &mut Rounds, plays: u64, frozen: bool) {
        if rounds.times.is_elastic() && !frozen {
            let mut round = Budget::default();
            for child in &rounds.children {
                round.atom(child, 1, 2, true);
            }
            rounds.times = self.times(round.fixed, pauses(rounds).0, plays);
            return;
        }
        let plays = plays * u64::from(rounds.times.ideal);
        if let (true, Some(Atom::Timed(first))) = (rounds.tied, rounds.children.first()) {
            let mut extent = first.extent;
            self.extent(&mut extent, plays * rounds.children.len() as u64, frozen);
            for child in &mut rounds.children {
                if let Atom::Timed(timed) = child {
                    timed.extent = extent;
                }
            }
            return;
        }
        for child in &mut rounds.children {
            self.atom(child, plays, frozen);
        }
    }

    fn times(&mut self, round: Frames, between: Frames, plays: u64) -> Times {
        let all = self.lengths.next().expect("a length for each elastic").0 / plays;
        let unit = (round + between).0.max(1);
        Times::fixed(((all + between.0) / unit) as u32)
    }

    fn extent(&mut self, extent: &mut Extent, plays: u64, frozen: bool) {
        if extent.is_elastic() && !frozen {
            let all = self.lengths.next().expect("a length for each elastic");
            *extent = Extent {
                unit: extent.unit,
                ..Extent::fixed(Frames(all.0 / plays))
            };
        }
    }
}

fn set<'n, 'd: 'n>(nodes: impl Iterator<Item = &'n mut Node<'d>>, lengths: Vec<Frames>) {
    let mut setter = Setter {
        lengths: lengths.into_iter(),
    };
    for node in nodes {
        setter.node(node, 1, false);
    }
}

fn pauses(rounds: &Rounds) -> (Frames, Frames) {
    let frames = |timed: &Option<crate::routine::atoms::Timed>| {
        timed
            .as_ref()
            .map_or(Frames::ZERO, |timed| timed.extent.ideal)
    };
    (frames(&rounds.between), frames(&rounds.after))
}

fn switches(node: &Node<'_>) -> Frames {
    if node.sides.turns.len() == 2 && !node.sides.alternate {
        node.switch
    } else {
        Frames::ZERO
    }
}

fn class(node: &Node<'_>) -> u8 {
    node.step.priority.unwrap_or(2).clamp(1, 3)
}

/// The branches of one choice, which last equally long.
struct Set {
    budgets: Vec<Budget>,
    /// The one branch that has no filler of its own: the others match it.
    leader: usize,
    elastic: Elastic,
}

impl Set {
    fn of(branches: &[Branch<'_>]) -> Result<Self, Box<Diagnostic>> {
        let budgets: Vec<Budget> = branches
            .iter()
            .map(|branch| Budget::of(branch.sections.iter().flatten()))
            .collect();
        let stiff: Vec<usize> = (0..budgets.len())
            .filter(|&i| budgets[i].filler.is_none())
            .collect();
        let leader = stiff.first().copied().unwrap_or(0);
        for &other in stiff.iter().skip(1) {
            let (a, b) = (budgets[leader].reach(), budgets[other].reach());
            if a.min != a.max || a != b {
                return Err(unequal(&branches[leader], a, &branches[other], b));
            }
        }
        let mut min = Frames::ZERO;
        let mut max = Frames(u64::MAX);
        for budget in &budgets {
            let reach = budget.reach();
            min = min.max(reach.min);
            max = max.min(reach.max);
        }
        if min > max {
            let other = (0..budgets.len())
                .find(|&i| {
                    let (a, b) = (budgets[leader].reach(), budgets[i].reach());
                    a.min > b.max || b.min > a.max
                })
                .unwrap_or(leader);
            return Err(unequal(
                &branches[leader],
                budgets[leader].reach(),
                &branches[other],
                budgets[other].reach(),
            ));
        }
        let all = || budgets.iter().flat_map(|budget| &budget.elastics);
        let unit = if budgets[leader].filler.is_none() {
            budgets[leader]
                .elastics
                .iter()
                .map(|elastic| elastic.unit)
                .min()
        } else {
            None
        };
        let elastic = Elastic {
            min,
            ideal: budgets[leader].reach().ideal.clamp(min, max),
            max,
            unit: unit.unwrap_or(Frames::whole_secs(1)),
            class: all().map(|elastic| elastic.class).max().unwrap_or(2),
        };
        Ok(Self {
            budgets,
            leader,
            elastic,
        })
    }

    /// What the branches really come to when asked for a length: the leader goes in its own units.
    fn settle(&self, wanted: Frames) -> Frames {
        let leader = &self.budgets[self.leader];
        let total = leader.total(&leader.fit(wanted, &|_, length| length));
        total.clamp(self.elastic.min, self.elastic.max)
    }
}

fn unequal(a: &Branch<'_>, a_reach: Reach, b: &Branch<'_>, b_reach: Reach) -> Box<Diagnostic> {
    let unequal = problem(
        "RW221",
        b.path,
        format!(
            "the branches “{}” ({}) and “{}” ({}) cannot last equally long",
            a.name,
            span(a_reach),
            b.name,
            span(b_reach)
        ),
    );
    Box::new(
        unequal
            .note("give one of them a closing `Rest` whose `min` and `max` make up the difference"),
    )
}

fn span(reach: Reach) -> String {
    if reach.min == reach.max {
        format!("{}", reach.min)
    } else {
        format!("{} to {}", reach.min, reach.max)
    }
}

/// All that may change in a routine: its steps, and each set of branches as one.
struct Whole {
    budget: Budget,
    /// The sets of branches, with their place among the elastics.
    sets: Vec<(Option<usize>, Set)>,
}

impl Whole {
    fn of(parts: &[Part<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let mut whole = Self {
            budget: Budget::default(),
            sets: Vec::new(),
        };
        let mut problems = Vec::new();
        for part in parts {
            match part {
                Part::Section(nodes) => {
                    let section = Budget::of(nodes.iter());
                    let before = whole.budget.elastics.len();
                    whole.budget.fixed += section.fixed;
                    whole.budget.elastics.extend(section.elastics);
                    if let Some(filler) = section.filler {
                        whole.budget.filler = Some(before + filler);
                    }
                }
                Part::Branches(branches, _) => match Set::of(branches) {
                    Ok(set) if set.elastic.min < set.elastic.max => {
                        whole.sets.push((Some(whole.budget.elastics.len()), set));
                        let elastic = whole.sets[whole.sets.len() - 1].1.elastic;
                        whole.budget.elastics.push(elastic);
                    }
                    Ok(set) => {
                        whole.budget.fixed += set.elastic.ideal;
                        whole.sets.push((None, set));
                    }
                    Err(problem) => problems.push(*problem),
                },
            }
        }
        if problems.is_empty() {
            Ok(whole)
        } else {
            Err(problems)
        }
    }

    fn fit(&self, wanted: Frames) -> Vec<Frames> {
        self.budget.fit(wanted, &|i, length| {
            let set = self.sets.iter().find(|(place, _)| *place == Some(i));
            set.map_or(length, |(_, set)| set.settle(length))
        })
    }
}

/// How short and how long one step can be; `None` where it has mistakes of its own.
pub(super) fn reach_of_step(
    step: &DraftStep,
    setting: Setting,
    choices: &Choices,
) -> Option<Reach> {
    let node = nodes::node(step, setting, choices, false, &mut Vec::new())?;
    Some(Budget::of(std::iter::once(&node)).reach())
}

/// How short and how long these parts can be.
pub(super) fn reach(parts: &[Part<'_>]) -> Result<Reach, Vec<Diagnostic>> {
    Ok(Whole::of(parts)?.budget.reach())
}

/// Gives every step its length, so that the whole lasts so many minutes; the ideal if none.
pub(super) fn set_lengths(
    parts: &mut [Part<'_>],
    minutes: Option<f64>,
    title: &str,
) -> Result<(), Vec<Diagnostic>> {
    let whole = Whole::of(parts)?;
    let reach = whole.budget.reach();
    let wanted = minutes.map_or(reach.ideal, |minutes| Secs(minutes * 60.0).frames());
    if minutes.is_some_and(|minutes| !minutes.is_finite())
        || wanted < reach.min
        || wanted > reach.max
    {
        return Err(vec![out_of_reach(title, reach)]);
    }
    if wanted > Secs(LONGEST_SECS).frames() {
        return Err(vec![problem(
            "RW204",
            "sections",
            "a routine lasts four hours at most",
        )]);
    }
    let lengths = whole.fit(wanted);
    if whole.budget.total(&lengths) != wanted {
        return Err(vec![no_filler()]);
    }
    let mut lengths = lengths.into_iter();
    let mut sets = whole.sets.iter();
    for part in parts {
        match part {
            Part::Section(nodes) => {
                let count = Budget::of(nodes.iter()).elastics.len();
                set(nodes.iter_mut(), lengths.by_ref().take(count).collect());
            }
            Part::Branches(branches, _) => {
                let (place, branch_set) = sets.next().expect("one set for each choice");
                let length = place
                    .and_then(|_| lengths.next())
                    .unwrap_or(branch_set.elastic.ideal);
                for (branch, budget) in branches.iter_mut().zip(&branch_set.budgets) {
                    let own = budget.fit(length, &|_, length| length);
                    if budget.total(&own) != length {
                        return Err(vec![no_filler()]);
                    }
                    set(branch.sections.iter_mut().flatten(), own);
                }
            }
        }
    }
    Ok(())
}

fn no_filler() -> Diagnostic {
    problem(
        "RW231",
        "sections",
        "this length cannot be reached to the frame: there is no closing rest that takes what is left",
    )
    .note("end with a `Rest` whose `min` and `max` lie at least the largest unit apart (a breath, a round, two seconds a pair of sides)")
}

/// The answer to minutes that cannot be reached.
fn out_of_reach(title: &str, reach: Reach) -> Diagnostic {
    problem("RW230", "", format!("{title} {}", in_minutes(reach)))
}

/// A reach in whole minutes: "lasts between 8 and 14 minutes".
pub(super) fn in_minutes(reach: Reach) -> String {
    let minute = Frames::whole_secs(60).0;
    let (least, most) = (reach.min.0.div_ceil(minute), reach.max.0 / minute);
    if reach.min == reach.max {
        format!("always lasts {} minutes", reach.min)
    } else if least > most {
        format!("lasts between {} and {} minutes", reach.min, reach.max)
    } else if least == most {
        let minutes = if least == 1 { "minute" } else { "minutes" };
        format!("can only be made {least} {minutes} long")
    } else {
        format!("lasts between {least} and {most} minutes")
    }
}
