//! Groups, tuples, lists and variants, also in brackets that should be others.

use super::Value;
use crate::diagnostic::Edit;
use crate::reader::access::{Elements, Variant};
use crate::reader::text;
use crate::source::Span;
use crate::syntax::token::TokenKind;
use crate::syntax::{NodeKind, problem};
use crate::wording::{List, nearest, shortened, with_article, words};

impl<'a> Value<'a> {
    /// The fix that puts other brackets around a node; none if one of its own was forgotten.
    pub(super) fn rebracket(self, open: &str, close: &str) -> Option<(String, Vec<Edit>)> {
        let span = self.span();
        self.slice().ends_with([')', ']', '}']).then_some(())?;
        let behind = self.context.tree.opening(self.node);
        let edits = vec![
            Edit::new(Span::new(behind - 1, behind), open),
            Edit::new(Span::new(span.end - 1, span.end), close),
        ];
        Some((format!("write `{open}` and `{close}`"), edits))
    }

    /// The fix that puts brackets around a value that has none.
    pub(super) fn bracket(self, open: &str, close: &str) -> (String, Vec<Edit>) {
        let span = self.span();
        let edits = vec![
            Edit::new(Span::at(span.start), open),
            Edit::new(Span::at(span.end), close),
        ];
        (
            format!(
                "write `{open}{}{close}`",
                if span.end - span.start < 30 {
                    self.slice()
                } else {
                    "…"
                }
            ),
            edits,
        )
    }

    /// The opening bracket of a node without name, or what else stands for all of it.
    pub(super) fn opening(self) -> Span {
        let bracketed = matches!(
            self.kind(),
            NodeKind::List | NodeKind::Map | NodeKind::Tuple | NodeKind::Fields
        );
        let tree = self.context.tree;
        if bracketed {
            tree.first_span(self.node)
        } else {
            tree.head(self.node)
        }
    }

    /// A name in front of a bracket that should be another, or none.
    pub(super) fn check_name(self, expected: &'static str) {
        let (Some(name), Some(span)) = (self.name(), self.context.tree.name_span(self.node)) else {
            return;
        };
        if name == expected {
            return;
        }
        // Another name altogether may head another kind of file, which no machine should make into this one.
        let meant = nearest(name, [expected]);
        let fix = meant.map(|meant| (format!("write `{meant}`"), vec![Edit::new(span, meant)]));
        self.report(
            problem::WRONG_NAME,
            span,
            format!("`{}` should be `{expected}`", shortened(name)),
            fix,
        );
    }

    /// The fields of a struct, whatever brackets stand around them.
    pub(super) fn fields(self, name: &'static str, known: &[&str]) -> Option<Self> {
        let tree = self.context.tree;
        match self.kind() {
            NodeKind::Fields => {
                if !self.inside {
                    self.check_name(name);
                }
                Some(self)
            }
            NodeKind::Tuple if tree.children(self.node).next().is_none() => {
                if !self.inside {
                    self.check_name(name);
                }
                Some(self)
            }
            NodeKind::Tuple if self.inside => {
                // `Press((spot: "x"))`, as the plain `ron` dialect has it.
                let inner = Self::new(self.context, self.node + 1);
                let alone = tree.children(self.node).count() == 1;
                if !alone || inner.kind() != NodeKind::Fields {
                    self.report_no_names(known);
                    return None;
                }
                let fix = inner.unwrapped("take the inner brackets away");
                self.report(
                    problem::WRAPPED,
                    inner.opening(),
                    "one pair of brackets is enough",
                    fix,
                );
                Some(inner)
            }
            NodeKind::Tuple => {
                self.report_no_names(known);
                None
            }
            NodeKind::Map => {
                let fix = self.rebracket("(", ")");
                self.report(
                    problem::WRONG_BRACKET,
                    self.opening(),
                    "fields stand in round brackets",
                    fix,
                );
                Some(self)
            }
            _ => {
                let what = if name.is_empty() {
                    "a group of fields".to_owned()
                } else {
                    with_article(&words(name))
                };
                self.wrong_kind(&format!("{what} in round brackets"));
                None
            }
        }
    }

    /// Reports values without the names of their fields.
    fn report_no_names(self, known: &[&str]) {
        let (owner, first) = (self.name(), known.first().copied().unwrap_or("name"));
        let subject = owner.map_or_else(
            || self.context.subject(self.node),
            |name| format!("`{}`", shortened(name)),
        );
        let message = format!(
            "{subject} takes its values by name, as in `{}({first}: …)`",
            owner.unwrap_or_default()
        );
        self.report(
            problem::NO_NAME,
            self.context.tree.head(self.node),
            message,
            None,
        );
        self.context.hole(self.node);
    }

    /// The fix that takes away a group's brackets, and the name in front of them; none if one was forgotten.
    pub(super) fn unwrapped(self, message: &str) -> Option<(String, Vec<Edit>)> {
        let span = self.span();
        self.slice().ends_with(')').then_some(())?;
        let behind = self.context.tree.opening(self.node);
        let edits = vec![
            Edit::new(Span::new(span.start, behind), ""),
            Edit::new(Span::new(span.end - 1, span.end), ""),
        ];
        Some((message.to_owned(), edits))
    }

    pub(super) fn wrong_kind(self, expected: &str) {
        self.context.wrong_kind(self.node, expected);
    }

    /// The values of a tuple, whatever brackets stand around them; `None` if there are not as many, which has been
    /// reported.
    pub(super) fn tuple(self, length: usize) -> Option<Elements<'a>> {
        let tree = self.context.tree;
        match self.kind() {
            NodeKind::Tuple => {}
            NodeKind::List => {
                let fix = self.rebracket("(", ")");
                self.report(
                    problem::WRONG_BRACKET,
                    self.opening(),
                    "these values stand in round brackets",
                    fix,
                );
            }
            _ => {
                self.wrong_kind(&format!("{length} values in round brackets"));
                return None;
            }
        }
        let found = tree.children(self.node).count();
        if found == length {
            return Some(Elements::new(self.context, tree.children(self.node)));
        }
        let subject = self.context.subject(self.node);
        let message = format!("{subject} takes {length} values, and here are {found}");
        self.report(problem::WRONG_COUNT, tree.head(self.node), message, None);
        self.context.hole(self.node);
        None
    }

    /// The name of a variant that is meant, and what stands in its brackets.
    pub(super) fn variant(
        self,
        name: &'static str,
        variants: &'static [&'static str],
    ) -> Option<Variant<'a>> {
        let noun = words(name);
        let value = self.content(&with_article(&noun))?;
        let (written, place) = match value.kind() {
            NodeKind::Word => (value.slice(), value.span()),
            NodeKind::Fields | NodeKind::Tuple => {
                let Some(span) = value.context.tree.name_span(value.node) else {
                    let message = format!(
                        "a name is missing in front of this bracket: {}",
                        with_article(&noun)
                    );
                    let report = problem::error(problem::UNKNOWN_NAME, value.opening(), message);
                    value
                        .context
                        .report(value.node, report.note(known(&noun, variants)));
                    value.context.hole(value.node);
                    return None;
                };
                (value.name().unwrap_or_default(), span)
            }
            NodeKind::Text => (text::plain(value.slice()), value.span()),
            _ => {
                value.wrong_kind(&with_article(&noun));
                return None;
            }
        };
        let exact = variants.iter().copied().find(|variant| *variant == written);
        let meant = exact.or_else(|| nearest(written, variants.iter().copied()));
        if exact.is_none() {
            let message = format!("there is no {noun} called `{}`", shortened(written));
            let report = problem::error(problem::UNKNOWN_NAME, place, message);
            let report = match meant {
                Some(meant) => problem::did_you_mean(report, place, written, meant),
                None => report.note(known(&noun, variants)),
            };
            value.context.report(value.node, report);
        } else if value.slice().starts_with('"') {
            let message = format!("{} is written without quotation marks", with_article(&noun));
            let fix = (
                format!("write `{written}`"),
                vec![Edit::new(place, written)],
            );
            value.report(problem::WRONG_KIND, place, message, Some(fix));
        }
        if meant.is_none() {
            value.context.hole(value.node);
        }
        meant.map(|meant| Variant {
            context: value.context,
            node: value.node,
            name: meant,
        })
    }

    /// Whether a value without name comes next where a field should: it may belong to the same list.
    fn has_nameless_sibling(self) -> bool {
        use TokenKind as T;
        let (end, tokens) = (self.span().end, self.context.tree.tokens());
        let behind = tokens.partition_point(|token| token.start < end);
        let mut kinds = tokens[behind..].iter().map(|token| token.kind);
        let next = kinds.find(|kind| !kind.is_trivia() && *kind != T::Comma);
        let after = kinds.find(|kind| !kind.is_trivia());
        let is_field = matches!(after, Some(T::Colon | T::Equals));
        next.is_some_and(|next| next != T::End && !next.is_closer()) && !is_field
    }

    /// The values of a list; a single value, or one in round brackets, is taken as meant.
    pub(super) fn list(self) -> Option<Elements<'a>> {
        let value = self.content("a list")?;
        let tree = value.context.tree;
        let subject = value.context.subject(value.node);
        match value.kind() {
            NodeKind::List => {}
            NodeKind::Bad => {
                value.context.hole(value.node);
                return None;
            }
            NodeKind::Word if matches!(value.slice(), "None" | "none" | "null" | "nil") => {
                let fix = ("write `[]`".to_owned(), vec![Edit::new(value.span(), "[]")]);
                value.report(
                    problem::WRONG_KIND,
                    value.span(),
                    "an empty list is written as `[]`",
                    Some(fix),
                );
                return None;
            }
            NodeKind::Map => {
                value.wrong_kind("a list in square brackets");
                return None;
            }
            NodeKind::Tuple if value.name().is_none() => {
                let fix = value.rebracket("[", "]");
                let message = format!("{subject} is a list, which stands in square brackets");
                value.report(problem::WRONG_BRACKET, value.opening(), message, fix);
            }
            _ => {
                let (fix, edits) = value.bracket("[", "]");
                let message = format!("{subject} is a list, which stands in square brackets");
                let report = problem::error(problem::WRONG_BRACKET, value.opening(), message);
                let report = if value.has_nameless_sibling() {
                    report.guess(fix, edits)
                } else {
                    report.fix(fix, edits)
                };
                value.context.report(value.node, report);
                return Some(Elements::one(value.context, value.node));
            }
        }
        Some(Elements::new(value.context, tree.children(value.node)))
    }
}

fn known(noun: &str, variants: &[&str]) -> String {
    format!("{} is one of {}", with_article(noun), List::or(variants))
}
