//! The deserialiser of one node. What is of another kind than it should be is reported here, with the fix that makes
//! it right, and read as it was meant.

mod scalar;
mod shape;

use std::borrow::Cow;

use serde::de::{Deserializer, Expected, Visitor};

use super::access::{Elements, Entries, Fields};
use super::context::{Context, State};
use super::failure::Failure;
use super::hole::Hole;
use super::text;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::syntax::problem;
use crate::syntax::{NodeId, NodeKind};

/// A node as a value.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) node: NodeId,
    /// Whether the node is a variant's group and its one value is meant: `Press(spot: …)` where a `Press` is.
    pub(super) inside: bool,
}

impl<'a> Value<'a> {
    pub(super) fn root(context: &'a Context<'a>) -> Self {
        Self {
            context,
            node: 0,
            inside: false,
        }
    }

    pub(super) fn new(context: &'a Context<'a>, node: NodeId) -> Self {
        Self {
            context,
            node,
            inside: false,
        }
    }

    fn kind(self) -> NodeKind {
        self.context.tree.kind(self.node)
    }

    fn slice(self) -> &'a str {
        self.context.tree.slice(self.node)
    }

    fn name(self) -> Option<&'a str> {
        self.context.tree.name(self.node)
    }

    fn report(
        self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        fix: Option<(String, Vec<Edit>)>,
    ) {
        let mut report = problem::error(code, span, message);
        if let Some((message, edits)) = fix {
            report = report.fix(message, edits);
        }
        self.context.report(self.node, report);
    }

    fn span(self) -> Span {
        self.context.tree.span(self.node)
    }

    /// The one value in a variant's brackets, where that is meant; `None` if there is not exactly one, which has been
    /// reported.
    fn content(self, expected: &str) -> Option<Self> {
        if !self.inside {
            return Some(self);
        }
        let only = self.only();
        if only.is_none() {
            let name = self.name().unwrap_or_default();
            if self.kind() != NodeKind::Bad {
                let message = format!("`{name}` takes one value, {expected}");
                self.report(
                    problem::WRONG_KIND,
                    self.context.tree.first_span(self.node),
                    message,
                    None,
                );
            }
            self.context.hole(self.node);
        }
        only
    }

    /// The value of a node with one value in round brackets.
    fn only(self) -> Option<Self> {
        let mut children = self.context.tree.children(self.node);
        match (self.kind(), children.next(), children.next()) {
            (NodeKind::Tuple, Some(only), None) => Some(Self::new(self.context, only)),
            _ => None,
        }
    }

    /// Whether a hole stands for this node.
    fn is_hole(self) -> bool {
        self.context.state(self.node) != State::Good || self.kind() == NodeKind::Bad
    }
}

/// What a visitor says about itself, as the end of a run.
fn refuse<T>(visitor: &dyn Expected) -> Result<T, Failure> {
    Err(Failure::Wrong {
        expected: visitor.to_string(),
    })
}

macro_rules! integers {
    ($($method:ident: $type:ty => $visit:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            let integer = self.integer(i128::from(<$type>::MIN), i128::from(<$type>::MAX));
            visitor.$visit(integer.map_or(1, |integer| integer as $type))
        })*
    };
}

macro_rules! same {
    ($($method:ident => $other:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            self.$other(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Failure;

    integers! {
        deserialize_i8: i8 => visit_i8;
        deserialize_i16: i16 => visit_i16;
        deserialize_i32: i32 => visit_i32;
        deserialize_i64: i64 => visit_i64;
        deserialize_u8: u8 => visit_u8;
        deserialize_u16: u16 => visit_u16;
        deserialize_u32: u32 => visit_u32;
        deserialize_u64: u64 => visit_u64;
    }

    same! {
        deserialize_string => deserialize_str;
        deserialize_ignored_any => deserialize_any;
        deserialize_identifier => deserialize_any;
        deserialize_byte_buf => deserialize_bytes;
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        refuse(&visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(number) = self.float(f64::from(f32::MAX)) else {
            return visitor.visit_f32(1.0);
        };
        // Reading the digits as f64 first could round twice.
        let exact = self
            .content("")
            .and_then(|value| value.slice().parse().ok());
        visitor.visit_f32(exact.unwrap_or(number as f32))
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_f64(self.float(f64::MAX).unwrap_or(1.0))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(value) = self.content("`true` or `false`") else {
            return visitor.visit_bool(false);
        };
        if value.kind() == NodeKind::Word {
            let meant = match value.slice() {
                "true" => return visitor.visit_bool(true),
                "false" => return visitor.visit_bool(false),
                other => match other.to_lowercase().as_str() {
                    "true" | "yes" | "on" => Some(true),
                    "false" | "no" | "off" => Some(false),
                    _ => None,
                },
            };
            if let Some(meant) = meant {
                let fix = (
                    format!("write `{meant}`"),
                    vec![Edit::new(value.span(), meant.to_string())],
                );
                let subject = value.context.subject(value.node);
                value.report(
                    problem::WRONG_KIND,
                    value.span(),
                    format!("{subject} is `true` or `false`"),
                    Some(fix),
                );
                return visitor.visit_bool(meant);
            }
        }
        value.wrong_kind("`true` or `false`");
        visitor.visit_bool(false)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(value) = self.content("one letter") else {
            return visitor.visit_char(' ');
        };
        if value.kind() == NodeKind::Letter {
            return visitor.visit_char(text::letter(value.slice()));
        }
        value.wrong_kind("one letter between single quotation marks");
        visitor.visit_char(' ')
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.text() {
            Some(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Some(Cow::Owned(text)) => visitor.visit_string(text),
            None => visitor.visit_str(""),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() {
            return visitor.visit_none();
        }
        if !self.inside && self.kind() == NodeKind::Word {
            match self.slice() {
                "None" => return visitor.visit_none(),
                word @ ("null" | "nil" | "none") => {
                    self.report(
                        problem::WRONG_KIND,
                        self.span(),
                        format!("instead of `{word}`, leave the field out"),
                        None,
                    );
                    return visitor.visit_none();
                }
                _ => {}
            }
        }
        if !self.inside && self.name() == Some("Some") {
            let fix = self.unwrapped("write what is inside");
            self.report(
                problem::WRAPPED,
                self.opening(),
                "`Some(…)` is never written",
                fix,
            );
            return visitor.visit_some(Self {
                inside: true,
                ..self
            });
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let empty = if self.inside {
            self.kind() == NodeKind::Tuple && self.context.tree.children(self.node).next().is_none()
        } else {
            self.slice() == "()"
        };
        if !empty {
            self.wrong_kind("`()`");
        }
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if !self.inside && self.kind() == NodeKind::Word && self.slice() == name {
            return visitor.visit_unit();
        }
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if self.inside {
            return match self.content("a value") {
                Some(value) => visitor.visit_newtype_struct(value),
                None => visitor.visit_newtype_struct(Hole::NEW),
            };
        }
        if let Some(only) = self.only() {
            self.check_name(name);
            return visitor.visit_newtype_struct(only);
        }
        self.wrong_kind("one value in round brackets");
        visitor.visit_newtype_struct(Hole::NEW)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.list() {
            Some(elements) => visitor.visit_seq(elements),
            None => Hole::NEW.deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if let (false, Some(name)) = (self.inside, self.context.tree.name_span(self.node)) {
            let fix = ("take it away".to_owned(), vec![Edit::new(name, "")]);
            self.report(
                problem::WRONG_NAME,
                name,
                "no name belongs in front of these values",
                Some(fix),
            );
        }
        match self.tuple(length) {
            Some(elements) => visitor.visit_seq(elements),
            None => Hole::NEW.deserialize_tuple(length, visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if !self.inside {
            self.check_name(name);
            if let Some(written) = self.context.tree.name_span(self.node)
                && !self.context.tree.text()[written.end as usize..].starts_with('(')
            {
                self.report(
                    problem::STRAY,
                    written,
                    "no space belongs between this name and its bracket",
                    None,
                );
            }
        }
        match self.tuple(length) {
            Some(elements) => visitor.visit_seq(elements),
            None => Hole::NEW.deserialize_tuple(length, visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Some(value) = self.content("a map") else {
            return Hole::NEW.deserialize_map(visitor);
        };
        match value.kind() {
            NodeKind::Map => visitor.visit_map(Entries::new(value.context, value.node)),
            NodeKind::Tuple
                if value.name().is_none()
                    && value.context.tree.children(value.node).next().is_none() =>
            {
                let fix = value.rebracket("{", "}");
                value.report(
                    problem::WRONG_BRACKET,
                    value.opening(),
                    "these pairs stand in curly brackets",
                    fix,
                );
                Hole::NEW.deserialize_map(visitor)
            }
            _ => {
                value.wrong_kind("pairs in curly brackets such as `{\"word\": \"how to say it\"}`");
                Hole::NEW.deserialize_map(visitor)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.fields(name, known) {
            Some(value) => {
                let fields = Fields::new(value.context, value.node, name, Some(known));
                visitor
                    .visit_map(fields)
                    .map_err(|failure| failure.of(name))
            }
            None => Hole::NEW.deserialize_struct(name, known, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.variant(name, variants) {
            Some(variant) => visitor.visit_enum(variant),
            None => Hole::NEW.deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let tree = self.context.tree;
        if self.inside && self.kind() == NodeKind::Tuple {
            let mut children = tree.children(self.node);
            return match (children.next(), children.next()) {
                (None, _) => visitor.visit_unit(),
                (Some(only), None) => Self::new(self.context, only).deserialize_any(visitor),
                _ => visitor.visit_seq(Elements::new(self.context, tree.children(self.node))),
            };
        }
        match self.kind() {
            NodeKind::Number => {
                let text = self.slice();
                match scalar::integer(text) {
                    Some(n) if u64::try_from(n).is_ok() && !text.starts_with('-') => {
                        visitor.visit_u64(n as u64)
                    }
                    Some(n) if i64::try_from(n).is_ok() => visitor.visit_i64(n as i64),
                    _ => visitor.visit_f64(self.float(f64::MAX).unwrap_or(1.0)),
                }
            }
            NodeKind::Text if self.context.is_number(self.node) => self.deserialize_f64(visitor),
            NodeKind::Text => self.deserialize_str(visitor),
            NodeKind::Letter => self.deserialize_char(visitor),
            NodeKind::Word => match self.slice() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                "None" => visitor.visit_none(),
                _ => refuse(&visitor),
            },
            NodeKind::Fields => visitor.visit_map(Fields::new(self.context, self.node, "", None)),
            NodeKind::Tuple if self.slice() == "()" => visitor.visit_unit(),
            NodeKind::Tuple | NodeKind::List => {
                visitor.visit_seq(Elements::new(self.context, tree.children(self.node)))
            }
            NodeKind::Map => visitor.visit_map(Entries::new(self.context, self.node)),
            NodeKind::Field | NodeKind::Entry | NodeKind::Bad => {
                self.context.hole(self.node);
                Hole::NEW.deserialize_any(visitor)
            }
        }
    }
}
