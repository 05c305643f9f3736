//! What stands inside brackets, handed to a visitor one by one. What a hole stands for is handed over as a hole, and
//! what ends a run is noted here, at the value that it happened to.

use serde::Deserializer as _;
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::context::{Context, State};
use super::failure::Failure;
use super::hole::Hole;
use super::value::Value;
use crate::diagnostic::Edit;
use crate::syntax::problem;
use crate::syntax::{Children, NodeId, NodeKind};

/// A value, or the hole that stands for it.
fn give<'a, T: DeserializeSeed<'a>>(
    context: &'a Context<'a>,
    node: NodeId,
    seed: T,
) -> Result<T::Value, Failure> {
    let value = if context.state(node) == State::Good && context.tree.kind(node) != NodeKind::Bad {
        seed.deserialize(Value::new(context, node))
    } else {
        context.hole(node);
        seed.deserialize(Hole::NEW)
    };
    value.map_err(|failure| context.fail(node, failure))
}

/// The values of a list or tuple.
pub(super) struct Elements<'a> {
    context: &'a Context<'a>,
    children: Option<Children<'a>>,
    /// The one value that should have been a list.
    one: Option<NodeId>,
}

impl<'a> Elements<'a> {
    pub(super) fn new(context: &'a Context<'a>, children: Children<'a>) -> Self {
        Self {
            context,
            children: Some(children),
            one: None,
        }
    }

    pub(super) fn one(context: &'a Context<'a>, node: NodeId) -> Self {
        Self {
            context,
            children: None,
            one: Some(node),
        }
    }
}

impl<'a> SeqAccess<'a> for Elements<'a> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        let next = match &mut self.children {
            Some(children) => children.find(|&node| self.context.state(node) != State::Dropped),
            None => self.one.take(),
        };
        next.map(|node| give(self.context, node, seed)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        self.children.clone().map(Iterator::count)
    }
}

/// The pairs of a map.
pub(super) struct Entries<'a> {
    context: &'a Context<'a>,
    children: Children<'a>,
    value: NodeId,
}

impl<'a> Entries<'a> {
    pub(super) fn new(context: &'a Context<'a>, node: NodeId) -> Self {
        let entries = context.tree.children(node);
        report_keys_twice(context, entries.clone());
        Self {
            context,
            children: entries,
            value: 0,
        }
    }
}

fn report_keys_twice(context: &Context<'_>, entries: Children<'_>) {
    let mut keys: Vec<(&str, NodeId)> = entries
        .map(|entry| (context.tree.slice(entry + 1), entry + 1))
        .collect();
    keys.sort_unstable();
    for pair in keys.windows(2) {
        let [(first, first_node), (second, second_node)] = pair else {
            continue;
        };
        if first == second {
            let (first_span, span) = (
                context.tree.span(*first_node),
                context.tree.span(*second_node),
            );
            let report = problem::error(problem::TWICE, span, format!("{second} is there twice"));
            context.report(
                *second_node,
                report.related(first_span, "here for the first time"),
            );
        }
    }
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failure> {
        let tree = self.context.tree;
        let usable = |&entry: &NodeId| {
            let value = tree.end(entry + 1);
            [entry + 1, value]
                .iter()
                .all(|&node| self.context.state(node) != State::Dropped)
        };
        let Some(entry) = self.children.find(usable) else {
            return Ok(None);
        };
        self.value = tree.end(entry + 1);
        give(self.context, entry + 1, seed).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        give(self.context, self.value, seed)
    }
}

/// The fields of a group, and those that it needs and does not have, as holes.
pub(super) struct Fields<'a> {
    context: &'a Context<'a>,
    node: NodeId,
    of: &'static str,
    known: Option<&'static [&'static str]>,
    children: Children<'a>,
    /// The field that probably comes next: authors keep the order of the guide.
    next: usize,
    /// Which of the first 64 known fields have been there.
    seen: u64,
    holes: usize,
    value: Option<NodeId>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        node: NodeId,
        of: &'static str,
        known: Option<&'static [&'static str]>,
    ) -> Self {
        Self {
            context,
            node,
            of,
            known,
            children: context.tree.children(node),
            next: 0,
            seen: 0,
            holes: 0,
            value: None,
        }
    }

    /// The name and value of the next field that can be used.
    fn next_field(&mut self) -> Option<(&'a str, NodeId)> {
        loop {
            let field = self.children.next()?;
            let tree = self.context.tree;
            let (written, value) = match tree.kind(field) {
                NodeKind::Field => (tree.name(field).unwrap_or_default(), tree.value(field)),
                NodeKind::Entry => (tree.slice(field + 1).trim_matches('"'), tree.end(field + 1)),
                _ => continue,
            };
            if self.context.state(value) == State::Dropped {
                continue;
            }
            self.check_quotes(field, written);
            let Some(name) = self.context.field_name(field, written) else {
                continue;
            };
            if let Some(name) = self.checked(field, name) {
                return Some((name, value));
            }
        }
    }

    /// Reports a name between quotes, as other formats have it.
    fn check_quotes(&self, field: NodeId, name: &str) {
        let Some(span) = self.context.tree.name_span(field) else {
            return;
        };
        if (span.end - span.start) as usize > name.len() {
            let report = problem::error(
                problem::UNQUOTED,
                span,
                "the name of a field has no quotation marks",
            );
            self.context.report(
                field + 1,
                report.fix("take them away", vec![Edit::new(span, name)]),
            );
        }
    }

    /// The name that a field is read under; `None`, and reported, for one that is unknown or there already.
    fn checked(&mut self, field: NodeId, written: &'a str) -> Option<&'a str> {
        let Some(known) = self.known else {
            return (!self.is_there_before(field, written)).then_some(written);
        };
        let position = |name: &str| {
            let later = known
                .iter()
                .skip(self.next)
                .position(|known| *known == name)
                .map(|at| at + self.next);
            later.or_else(|| known.iter().position(|known| *known == name))
        };
        let (name, at) = if let Some(at) = position(written) {
            (written, at)
        } else {
            let meant = self
                .context
                .unknown_field(self.node, field, written, known, self.of)?;
            (meant, position(meant)?)
        };
        self.next = at + 1;
        let bit = 1_u64.checked_shl(at as u32).unwrap_or(0);
        if self.seen & bit != 0 {
            self.is_there_before(field, name);
            return None;
        }
        self.seen |= bit;
        Some(name)
    }

    /// Whether a field is there before; that is reported.
    fn is_there_before(&self, field: NodeId, name: &str) -> bool {
        let tree = self.context.tree;
        // More fields than this no type has; they will be refused one by one.
        let earlier = tree
            .children(self.node)
            .take(256)
            .take_while(|&earlier| earlier < field);
        let Some(first) = earlier
            .into_iter()
            .find(|&earlier| tree.name(earlier) == Some(name))
        else {
            return false;
        };
        let (Some(first), Some(place)) = (tree.name_span(first), tree.name_span(field)) else {
            return true;
        };
        let report = problem::error(problem::TWICE, place, format!("`{name}` is there twice"));
        self.context
            .report(field + 1, report.related(first, "here for the first time"));
        true
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failure> {
        if let Some((name, value)) = self.next_field() {
            self.value = Some(value);
            return seed
                .deserialize(BorrowedStrDeserializer::new(name))
                .map(Some);
        }
        self.value = None;
        let Some(missing) = self.context.missing(self.node, self.holes) else {
            return Ok(None);
        };
        self.holes += 1;
        seed.deserialize(StrDeserializer::new(missing)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.value {
            Some(value) => give(self.context, value, seed),
            None => seed
                .deserialize(Hole::NEW)
                .map_err(|failure| self.context.fail(self.node, failure)),
        }
    }
}

/// A variant with what stands in its brackets.
pub(super) struct Variant<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) node: NodeId,
    pub(super) name: &'static str,
}

impl Variant<'_> {
    fn has_brackets(&self) -> bool {
        matches!(
            self.context.tree.kind(self.node),
            NodeKind::Fields | NodeKind::Tuple
        )
    }

    /// Reports that there are no brackets; what should stand in them becomes a hole.
    fn report_no_brackets(&self) {
        let span = self.context.tree.span(self.node);
        let (name, at) = (self.name, crate::source::Span::at(span.end));
        let report = problem::error(
            problem::WRONG_KIND,
            span,
            format!("`{name}` needs brackets with its fields"),
        )
        .fix(format!("write `{name}()`"), vec![Edit::new(at, "()")]);
        self.context.report(self.node, report);
        self.context.hole(self.node);
    }
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((
            seed.deserialize(StrDeserializer::<Failure>::new(self.name))?,
            self,
        ))
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        if self.has_brackets() {
            let tree = self.context.tree;
            let name = tree.name_span(self.node).unwrap_or_default();
            let brackets = crate::source::Span::new(name.end, tree.span(self.node).end);
            let report = problem::error(
                problem::WRAPPED,
                name,
                format!("`{}` takes nothing in brackets", self.name),
            )
            .fix("take the brackets away", vec![Edit::new(brackets, "")]);
            self.context.report(self.node, report);
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Failure> {
        if self.has_brackets() {
            return seed.deserialize(Value {
                context: self.context,
                node: self.node,
                inside: true,
            });
        }
        self.report_no_brackets();
        seed.deserialize(Hole::NEW)
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Failure> {
        if self.has_brackets() {
            return Value {
                context: self.context,
                node: self.node,
                inside: true,
            }
            .deserialize_tuple(length, visitor);
        }
        self.report_no_brackets();
        Hole::NEW.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if self.has_brackets() {
            let value = Value {
                context: self.context,
                node: self.node,
                inside: true,
            };
            return value.deserialize_struct(self.name, fields, visitor);
        }
        self.report_no_brackets();
        Hole::NEW.deserialize_struct(self.name, fields, visitor)
    }
}
