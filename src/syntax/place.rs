//! Paths such as `sections[3].steps[0].do.pressure`, and the places in the text that they stand for.

use super::{NodeId, NodeKind, Tree, quote};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One step of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Segment<'a> {
    /// A field, or the key of a map.
    Name(&'a str),
    /// The nth value of a list or tuple, from 0.
    Index(usize),
}

/// The steps of a path, up to the first that is not well written.
pub(super) fn segments(path: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            segments.push(Segment::Name(name));
        }
        while let Some((index, after)) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        {
            let Ok(index) = index.parse() else {
                return segments;
            };
            segments.push(Segment::Index(index));
            rest = after;
        }
    }
    segments
}

impl Tree {
    /// The stretch of the value at a path; the root's for an empty path, `None` where there is none.
    pub fn place(&self, path: &str) -> Option<Span> {
        self.node_at(path).map(|node| self.span(node))
    }

    /// The node of the value at a path.
    pub fn node_at(&self, path: &str) -> Option<NodeId> {
        segments(path)
            .into_iter()
            .try_fold(0, |node, segment| self.inside(node, segment))
    }

    /// The value that one step of a path leads to.
    pub(super) fn inside(&self, node: NodeId, segment: Segment<'_>) -> Option<NodeId> {
        match (segment, self.kind(node)) {
            (Segment::Name(name), NodeKind::Fields) => self
                .children(node)
                .find(|&field| self.name(field) == Some(name))
                .map(|field| self.value(field)),
            (Segment::Name(key), NodeKind::Map) => self
                .children(node)
                .find(|&entry| self.key(entry) == key)
                .and_then(|entry| self.children(entry).nth(1)),
            (Segment::Index(index), NodeKind::List | NodeKind::Tuple) => {
                self.children(node).nth(index)
            }
            _ => None,
        }
    }

    /// The key of a map's entry, without its quotes.
    pub(super) fn key(&self, entry: NodeId) -> &str {
        let key = entry + 1;
        let text = self.slice(key);
        if self.kind(key) == NodeKind::Text {
            quote::content(text).0
        } else {
            text
        }
    }

    /// The path of a node.
    pub fn path(&self, node: NodeId) -> String {
        let mut path = String::new();
        let mut outer = 0;
        while outer != node {
            let Some((index, child)) = self
                .children(outer)
                .enumerate()
                .find(|&(_, child)| node < self.end(child))
            else {
                break;
            };
            match self.kind(outer) {
                NodeKind::Fields => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(self.name(child).unwrap_or_default());
                }
                NodeKind::Map => {
                    path.push('.');
                    path.push_str(self.key(child));
                }
                NodeKind::List | NodeKind::Tuple => path.extend(["[", &index.to_string(), "]"]),
                _ => {}
            }
            outer = child;
        }
        path
    }

    /// Gives diagnostics that were raised at a path their place in the text: the value there, or the nearest
    /// value around it that exists. Of what goes over several lines, the beginning stands for all of it.
    pub fn locate(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            if let Some(path) = &diagnostic.path {
                diagnostic.span = self.nearest(path);
            }
        }
    }

    /// The beginning of the value at a path, or of the nearest one around it.
    pub fn nearest(&self, path: &str) -> Span {
        let mut node = 0;
        for segment in segments(path) {
            match self.inside(node, segment) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        let head = self.head(node);
        match self.field_of(node) {
            // A bracket alone says little; the name of its field says what it is about.
            Some(field) if head.end - head.start == 1 && self.span(node) != head => {
                self.name_span(field).unwrap_or(head)
            }
            _ => head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"Routine(
    title: "A",
    sections: [
        (section: Arrive, steps: [(do: Press(spot: "x", pressure: (4, 6)))]),
        (
            steps: [
            ],
        ),
    ],
    respell: {"psoas": "so as"},
)"#;

    #[track_caller]
    fn case(path: &str, expected: Option<&str>, nearest: &str) {
        let tree = Tree::of(TEXT);
        assert_eq!(
            tree.place(path).map(|span| &TEXT[span.range()]),
            expected,
            "{path}"
        );
        assert_eq!(&TEXT[tree.nearest(path).range()], nearest, "{path}");
        if let Some(node) = tree.node_at(path) {
            assert_eq!(tree.path(node).trim_start_matches('.'), path);
        }
    }

    #[test]
    fn paths_become_places_and_back() {
        case("", Some(TEXT), "Routine");
        case("title", Some("\"A\""), "\"A\"");
        case("sections[0].steps[0].do.pressure[1]", Some("6"), "6");
        case(
            "sections[0].steps[0].do",
            Some("Press(spot: \"x\", pressure: (4, 6))"),
            "Press(spot: \"x\", pressure: (4, 6))",
        );
        case(
            "sections[0].steps[0].do.tool",
            None,
            "Press(spot: \"x\", pressure: (4, 6))",
        );
        case("sections[1].steps[0].do", None, "steps");
        case("sections[1].title", None, "(");
        case("sections[7]", None, "sections");
        case("respell.psoas", Some("\"so as\""), "\"so as\"");
        case("nothing.at[x].all", None, "Routine");
    }
}
