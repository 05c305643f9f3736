//! What is known about a file while it is read: what has been reported, what is a hole, what ended the last run.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::doubts::{Doubts, inside};
use super::failure::Failure;
use super::synonyms::synonym;
use crate::diagnostic::{Diagnostic, LIMIT};
use crate::syntax::problem::{self, Problems};
use crate::syntax::{NodeId, NodeKind, Tree, number, quote};
use crate::wording::{List, nearest, shortened, with_article, words};

/// With more holes than this, nothing in a file is trusted any more.
const MANY_HOLES: usize = 200;

pub(super) struct Context<'a> {
    pub(super) tree: &'a Tree,
    /// Whether anything below is not empty, so that a file without errors asks nothing.
    troubled: Cell<bool>,
    trouble: RefCell<Trouble>,
}

#[derive(Default)]
struct Trouble {
    problems: Problems,
    /// Values that are of no use; a hole stands for each.
    holes: BTreeSet<NodeId>,
    /// Values for which not even a hole could be made; they are left out.
    dropped: BTreeSet<NodeId>,
    /// Fields that are read under another name, or under none.
    renamed: BTreeMap<NodeId, Option<&'static str>>,
    /// Groups with a field that is read under no name: what they lack may be just that.
    gaps: BTreeSet<NodeId>,
    /// Fields that a group needs and does not have, and whether that was reported.
    missing: Vec<(NodeId, &'static str, bool)>,
    /// Texts that hold a number, where a visitor takes no text.
    numbers: BTreeSet<NodeId>,
    failure: Option<(NodeId, Failure)>,
}

/// How a value is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Good,
    Hole,
    Dropped,
}

impl<'a> Context<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            troubled: Cell::new(false),
            trouble: RefCell::default(),
        }
    }

    /// Runs until a run comes through; `None` if none can.
    pub(super) fn read<T>(&self, run: impl Fn() -> Result<T, Failure>) -> Option<T> {
        // Each further run has one more hole; the bound is for types that refuse every hole.
        for _ in 0..2 * LIMIT {
            match run() {
                Ok(value) => return Some(value),
                Err(failure) => {
                    self.fail(0, failure);
                    let (node, failure) = self.trouble.borrow_mut().failure.take()?;
                    if !self.settle(node, failure) {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// All that was reported, and what cannot be trusted.
    pub(super) fn finish(self) -> (Vec<Diagnostic>, Doubts) {
        let trouble = self.trouble.into_inner();
        let path = |&node: &NodeId| self.tree.path(node);
        let holes = trouble.holes.union(&trouble.dropped);
        if holes.clone().nth(MANY_HOLES).is_some() {
            return (trouble.problems.0, Doubts::about_all());
        }
        let missing = trouble
            .missing
            .iter()
            .map(|(node, field, _)| inside(&path(node), field));
        let doubts = Doubts {
            holes: holes.map(path).chain(missing).collect(),
            gaps: trouble.gaps.iter().map(path).collect(),
        };
        (trouble.problems.0, doubts)
    }

    // ---- reports

    /// Reports once, with the path of the value that it is about.
    pub(super) fn report(&self, node: NodeId, mut diagnostic: Diagnostic) {
        self.troubled.set(true);
        let mut trouble = self.trouble.borrow_mut();
        if trouble.problems.is_full() {
            return;
        }
        let known = |problem: &Diagnostic| {
            problem.code == diagnostic.code && problem.span == diagnostic.span
        };
        if !trouble.problems.0.iter().any(known) {
            diagnostic.path = Some(self.tree.path(node));
            trouble.problems.push(diagnostic);
        }
    }

    /// Reports that a value is of another kind than it should be, and makes it a hole.
    pub(super) fn wrong_kind(&self, node: NodeId, expected: &str) {
        if self.tree.kind(node) != NodeKind::Bad {
            self.report(node, self.wrong(node, expected));
        }
        self.hole(node);
    }

    /// The diagnostic of a value of the wrong kind.
    pub(super) fn wrong(&self, node: NodeId, expected: &str) -> Diagnostic {
        let message = format!(
            "{} should be {expected}, not {}",
            self.subject(node),
            self.found(node)
        );
        problem::error(problem::WRONG_KIND, self.tree.head(node), message)
    }

    /// What a sentence about a value begins with: the name of its field.
    pub(super) fn subject(&self, node: NodeId) -> String {
        let name = self
            .tree
            .field_of(node)
            .and_then(|field| self.tree.name(field));
        name.map_or_else(|| "this".to_owned(), |name| format!("`{name}`"))
    }

    fn found(&self, node: NodeId) -> String {
        match self.tree.kind(node) {
            NodeKind::Word => format!("the name `{}`", shortened(self.tree.slice(node))),
            NodeKind::Number => format!("the number `{}`", shortened(self.tree.slice(node))),
            NodeKind::Text => "a text".to_owned(),
            NodeKind::Letter => "a letter".to_owned(),
            NodeKind::List => "a list".to_owned(),
            NodeKind::Map => "a map".to_owned(),
            _ => match self.tree.name(node) {
                Some(name) => format!("`{}(…)`", shortened(name)),
                None if self.tree.kind(node) == NodeKind::Tuple => "values in brackets".to_owned(),
                None => "a group of fields".to_owned(),
            },
        }
    }

    // ---- holes

    /// From now on a hole stands for this value.
    pub(super) fn hole(&self, node: NodeId) {
        self.troubled.set(true);
        self.trouble.borrow_mut().holes.insert(node);
    }

    pub(super) fn state(&self, node: NodeId) -> State {
        if !self.troubled.get() {
            return State::Good;
        }
        let trouble = self.trouble.borrow();
        if trouble.dropped.contains(&node) {
            State::Dropped
        } else if trouble.holes.contains(&node) {
            State::Hole
        } else {
            State::Good
        }
    }

    /// The name that a field is read under; `None` to leave it out.
    pub(super) fn field_name(&self, field: NodeId, written: &'a str) -> Option<&'a str> {
        if !self.troubled.get() {
            return Some(written);
        }
        self.trouble
            .borrow()
            .renamed
            .get(&field)
            .copied()
            .unwrap_or(Some(written))
    }

    /// Whether a text is to be read as the number that it holds.
    pub(super) fn is_number(&self, node: NodeId) -> bool {
        self.troubled.get() && self.trouble.borrow().numbers.contains(&node)
    }

    fn is_quoted_number(&self, node: NodeId) -> bool {
        let number = || number::meant(quote::content(self.tree.slice(node)).0).is_some();
        self.tree.kind(node) == NodeKind::Text && !self.is_number(node) && number()
    }

    /// The nth field that a group needs and does not have.
    pub(super) fn missing(&self, node: NodeId, nth: usize) -> Option<&'static str> {
        if !self.troubled.get() {
            return None;
        }
        let trouble = self.trouble.borrow();
        let mut missing = trouble
            .missing
            .iter()
            .filter(|(group, ..)| *group == node)
            .map(|(_, field, _)| *field);
        missing.nth(nth)
    }

    // ---- the end of a run

    /// Notes what ended a run, once, at the innermost place that it passes.
    pub(super) fn fail(&self, node: NodeId, failure: Failure) -> Failure {
        if failure != Failure::Noted {
            self.troubled.set(true);
            self.trouble.borrow_mut().failure = Some((node, failure));
        }
        Failure::Noted
    }

    /// Reports what ended a run and makes sure that it does not end the next one; false if it cannot.
    fn settle(&self, node: NodeId, failure: Failure) -> bool {
        match failure {
            Failure::Missing { field, of }
                if self
                    .missing_names(node)
                    .iter()
                    .all(|(name, _)| *name != field) =>
            {
                self.settle_missing(node, field, of);
                true
            }
            Failure::Unknown { field, known } => {
                let found = self
                    .tree
                    .children(node)
                    .find(|&child| self.tree.name(child) == Some(&field));
                match found {
                    Some(found) if self.field_name(found, "").is_some() => {
                        self.unknown_field(node, found, &field, known, "");
                        true
                    }
                    _ => self.give_up(node),
                }
            }
            Failure::Wrong { .. } if self.is_quoted_number(node) => {
                self.trouble.borrow_mut().numbers.insert(node)
            }
            Failure::Wrong { expected } => {
                if !self.has_trouble(node) {
                    self.report(node, self.wrong(node, &expected));
                }
                self.give_up(node)
            }
            Failure::Refused { reason } => {
                if !self.has_trouble(node) {
                    self.report(
                        node,
                        problem::error(problem::REFUSED, self.tree.head(node), reason),
                    );
                }
                self.give_up(node)
            }
            Failure::Missing { .. } | Failure::Noted => self.give_up(node),
        }
    }

    /// Makes a value a hole; if it is one already, leaves it out; false if even that has been done.
    fn give_up(&self, node: NodeId) -> bool {
        let state = self.state(node);
        match state {
            State::Good => self.hole(node),
            State::Hole => _ = self.trouble.borrow_mut().dropped.insert(node),
            State::Dropped => {}
        }
        node != 0 && state != State::Dropped
    }

    /// Whether something in a value has been reported already.
    fn has_trouble(&self, node: NodeId) -> bool {
        let inside = node..self.tree.end(node);
        let trouble = self.trouble.borrow();
        trouble.holes.range(inside.clone()).next().is_some()
            || trouble.dropped.range(inside.clone()).next().is_some()
            || trouble
                .renamed
                .range(inside.clone())
                .any(|(_, name)| name.is_none())
            || trouble
                .missing
                .iter()
                .any(|(group, ..)| inside.contains(group))
            || inside
                .into_iter()
                .any(|node| self.tree.kind(node) == NodeKind::Bad)
    }

    // ---- fields

    fn missing_names(&self, node: NodeId) -> Vec<(&'static str, bool)> {
        let trouble = self.trouble.borrow();
        let of_node = trouble.missing.iter().filter(|(group, ..)| *group == node);
        of_node
            .map(|&(_, field, reported)| (field, reported))
            .collect()
    }

    /// A field is missing. Nothing is said if it is there and of no use, or if it may be the one that has an unknown
    /// name.
    fn settle_missing(&self, node: NodeId, field: &'static str, of: &'static str) {
        let written = self.tree.children(node).any(|child| {
            let unknown = self.field_name(child, "").is_none();
            unknown || self.tree.name(child) == Some(field)
        });
        self.trouble
            .borrow_mut()
            .missing
            .push((node, field, !written));
        if written {
            return;
        }
        let names: Vec<&str> = self
            .missing_names(node)
            .into_iter()
            .filter_map(|(name, reported)| reported.then_some(name))
            .collect();
        let named = self
            .tree
            .name(node)
            .or_else(|| self.tree.name(self.tree.field_of(node)?));
        let owner = named.map_or_else(
            || format!("this {}", words(of)),
            |name| format!("`{}`", shortened(name)),
        );
        let place = self.tree.first_span(node);
        self.trouble
            .borrow_mut()
            .problems
            .0
            .retain(|problem| problem.code != problem::MISSING_FIELD || problem.span != place);
        self.report(
            node,
            problem::error(
                problem::MISSING_FIELD,
                place,
                format!("{owner} needs {}", List::and(&names)),
            ),
        );
    }

    /// Reports a field that its group does not have, and reads it as the one that was meant, if that can be told.
    pub(super) fn unknown_field(
        &self,
        node: NodeId,
        field: NodeId,
        written: &str,
        known: &'static [&'static str],
        of: &'static str,
    ) -> Option<&'static str> {
        if self.trouble.borrow().problems.is_full() {
            return None;
        }
        let taken = |name: &str| {
            self.tree
                .children(node)
                .any(|child| self.tree.name(child) == Some(name))
        };
        let free = || known.iter().copied().filter(|name| !taken(name));
        let meant = synonym(written, free()).or_else(|| nearest(written, free()));
        let place = self
            .tree
            .name_span(field)
            .unwrap_or_else(|| self.tree.head(field + 1));
        let owner = match self
            .tree
            .name(node)
            .or_else(|| self.tree.name(self.tree.field_of(node)?))
        {
            Some(name) => format!("`{}`", shortened(name)),
            None if of.is_empty() => "this group".to_owned(),
            None => with_article(&words(of)),
        };
        let report = problem::error(
            problem::UNKNOWN_FIELD,
            place,
            format!("{owner} has no field `{}`", shortened(written)),
        );
        let report = match meant {
            Some(meant) => problem::did_you_mean(report, place, written, meant),
            None => report.note(format!("its fields are {}", List::and(known))),
        };
        self.report(field + 1, report);
        let mut trouble = self.trouble.borrow_mut();
        trouble.renamed.insert(field, meant);
        if meant.is_none() {
            trouble.gaps.insert(node);
        }
        meant
    }
}
