//! Changes at a path: each is one edit of the text that leaves every comment and all other layout as it is.

use super::place::{Segment, segments};
use super::token::TokenKind;
use super::{NodeId, NodeKind, Tree, significant};
use crate::diagnostic::Edit;
use crate::source::Span;

impl Tree {
    /// The edit that puts `value` at a path: in place of what is there, as a new field of a group, or at the end of a
    /// list. `None` if what should hold it is not there.
    pub fn set(&self, path: &str, value: &str) -> Option<Edit> {
        match self.node_at(path) {
            Some(node) => Some(Edit::new(self.span(node), value)),
            None => self.insert(path, value),
        }
    }

    /// The edit that puts `value` in front of what is at an index, at the end of a list for the index after the last,
    /// or as a new field at the end of a group. `None` if what should hold it is not there, or the field is.
    pub fn insert(&self, path: &str, value: &str) -> Option<Edit> {
        let mut segments = segments(path);
        let last = segments.pop()?;
        let holder = segments
            .into_iter()
            .try_fold(0, |node, segment| self.inside(node, segment))?;
        if self.bracket(holder).is_none() || !self.slice(holder).ends_with([')', ']', '}']) {
            // One of its own brackets is forgotten; where it begins or ends is only a guess.
            return None;
        }
        let count = self.children(holder).count();
        match (last, self.kind(holder)) {
            (Segment::Index(index), NodeKind::List | NodeKind::Tuple) if index <= count => {
                Some(self.insert_item(holder, index, value))
            }
            (Segment::Name(name), NodeKind::Fields) if self.inside(holder, last).is_none() => {
                Some(self.insert_item(holder, count, &format!("{name}: {value}")))
            }
            (Segment::Name(name), NodeKind::Tuple) if count == 0 => {
                Some(self.insert_item(holder, 0, &format!("{name}: {value}")))
            }
            (Segment::Name(key), NodeKind::Map) if self.inside(holder, last).is_none() => {
                Some(self.insert_item(holder, count, &format!("{key:?}: {value}")))
            }
            _ => None,
        }
    }

    /// The edit that takes away what is at a path, with its comma, and with its line if nothing else is on it.
    pub fn remove(&self, path: &str) -> Option<Edit> {
        let mut segments = segments(path);
        let last = segments.pop()?;
        let holder = segments
            .into_iter()
            .try_fold(0, |node, segment| self.inside(node, segment))?;
        let value = self.inside(holder, last)?;
        let item = self
            .children(holder)
            .find(|&child| value < self.end(child))?;
        Some(Edit::new(self.removed(holder, item), ""))
    }

    fn insert_item(&self, holder: NodeId, index: usize, item: &str) -> Edit {
        let Some(before) = index
            .checked_sub(1)
            .and_then(|before| self.children(holder).nth(before))
        else {
            return self.insert_first(holder, item);
        };
        let end = self.span(before).end;
        let comma = self.comma_after(before);
        if !self.is_over_lines(holder) {
            return Edit::new(Span::at(end), format!(", {item}"));
        }
        // Behind the comment that ends the line of the item before, so that comments stay with their items.
        let indent = self.indent(self.span(before).start);
        let behind = comma.unwrap_or(end);
        let line_end = self.end_of_line_comment(behind).unwrap_or(behind);
        if comma.is_some() {
            return Edit::new(Span::at(line_end), format!("\n{indent}{item},"));
        }
        let comment = &self.text[end as usize..line_end as usize];
        Edit::new(
            Span::new(end, line_end),
            format!(",{comment}\n{indent}{item}"),
        )
    }

    fn insert_first(&self, holder: NodeId, item: &str) -> Edit {
        let open = self.opening(holder);
        let Some(first) = self.children(holder).next() else {
            let close = self.span(holder).end - 1;
            return if self.text[open as usize..close as usize].trim().is_empty() {
                Edit::new(Span::new(open, close), item)
            } else {
                // Only comments stand in it.
                let indent = self.indent(self.span(holder).start);
                let line = self.text[..close as usize]
                    .rfind('\n')
                    .map_or(close, |newline| newline as u32 + 1);
                let start = if self.text[line as usize..close as usize].trim().is_empty() {
                    line
                } else {
                    close
                };
                Edit::new(
                    Span::new(start, close),
                    format!("{indent}    {item},\n{indent}"),
                )
            };
        };
        let start = self.span(first).start;
        if !self.is_over_lines(holder) {
            return Edit::new(Span::at(start), format!("{item}, "));
        }
        let at = self.end_of_line_comment(open).unwrap_or(open);
        Edit::new(Span::at(at), format!("\n{}{item},", self.indent(start)))
    }

    /// The stretch that goes when an item goes.
    fn removed(&self, holder: NodeId, item: NodeId) -> Span {
        let span = self.span(item);
        let line_start = self.text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let alone_before = self.text[line_start..span.start as usize].trim().is_empty();
        let comma = self.comma_after(item);
        let end = comma.unwrap_or(span.end) as usize;
        let rest = self.text[end..].split('\n').next().unwrap_or("");
        if alone_before && rest.trim().is_empty() && end + rest.len() < self.text.len() {
            return Span::new(line_start as u32, (end + rest.len() + 1) as u32);
        }
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if comma.is_some() {
            return Span::new(span.start, (end + spaces) as u32);
        }
        // The last one: the comma before it goes with it, if nothing else stands between them.
        let before = self
            .children(holder)
            .take_while(|&child| child < item)
            .last();
        match before {
            Some(before)
                if self.text[self.span(before).end as usize..span.start as usize].trim() == "," =>
            {
                Span::new(self.span(before).end, span.end)
            }
            _ => span,
        }
    }

    /// The byte after the opening bracket of a node, or where it starts if that was forgotten.
    pub(crate) fn opening(&self, node: NodeId) -> u32 {
        self.bracket(node).map_or_else(
            || self.span(node).start,
            |bracket| self.token_span(bracket).end,
        )
    }

    /// The token of the opening bracket of a node.
    fn bracket(&self, node: NodeId) -> Option<usize> {
        let first = self.nodes[node as usize].first as usize;
        let token = if self.name(node).is_some() {
            significant(&self.tokens, first + 1)
        } else {
            first
        };
        matches!(
            self.tokens[token].kind,
            TokenKind::OpenRound | TokenKind::OpenSquare | TokenKind::OpenCurly
        )
        .then_some(token)
    }

    /// The byte after the comma that follows an item.
    fn comma_after(&self, item: NodeId) -> Option<u32> {
        let next = significant(&self.tokens, self.nodes[item as usize].last as usize);
        (self.tokens[next].kind == TokenKind::Comma).then(|| self.token_span(next).end)
    }

    /// Whether the items of a node stand on lines of their own.
    fn is_over_lines(&self, node: NodeId) -> bool {
        let Some(first) = self.children(node).next() else {
            return false;
        };
        self.text[self.opening(node) as usize..self.span(first).start as usize].contains('\n')
    }

    /// The end of the comment that stands behind `at` on the same line and ends it.
    fn end_of_line_comment(&self, at: u32) -> Option<u32> {
        let rest = self.text[at as usize..].split('\n').next()?;
        rest.trim_start()
            .starts_with("//")
            .then(|| at + rest.trim_end().len() as u32)
    }

    /// The spaces that the line of a place begins with.
    fn indent(&self, at: u32) -> &str {
        let line_start = self.text[..at as usize]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let line = &self.text[line_start..at as usize];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
Routine(
    title: \"A\", // the name
    // why these
    areas: [Neck, Jaw],
    tools: [],
    steps: [
        // first
        (do: Rest(length: 30)), // rest
        (do: Say()) // say
    ],
    respell: {\"psoas\": \"so as\"}
)
";

    #[track_caller]
    fn case(edit: Option<Edit>, from: &str, to: &str) {
        let edit = edit.expect("the edit can be made");
        let expected = TEXT.replacen(from, to, 1);
        assert_ne!(expected, TEXT, "{from:?} is not there");
        assert_eq!(edit.applied(TEXT), expected);
    }

    #[test]
    fn values_are_set() {
        let tree = Tree::of(TEXT);
        case(tree.set("title", "\"B\""), "\"A\"", "\"B\"");
        case(tree.set("steps[0].do.length", "45"), "30", "45");
        case(
            tree.set("steps[0].do.bell", "5"),
            "length: 30",
            "length: 30, bell: 5",
        );
        case(
            tree.set("steps[1].do.length", "5"),
            "Say()",
            "Say(length: 5)",
        );
        case(tree.set("respell.psoas", "\"x\""), "\"so as\"", "\"x\"");
        case(
            tree.set("respell.iliac", "\"y\""),
            "\"so as\"",
            "\"so as\", \"iliac\": \"y\"",
        );
        case(
            tree.set("level", "Gentle"),
            "\"so as\"}\n",
            "\"so as\"},\n    level: Gentle\n",
        );
        assert_eq!(tree.set("nothing.here", "1"), None);
        assert_eq!(tree.set("areas.x", "1"), None);
    }

    #[test]
    fn items_are_inserted() {
        let tree = Tree::of(TEXT);
        case(tree.insert("areas[0]", "Head"), "[Neck", "[Head, Neck");
        case(tree.insert("areas[1]", "Head"), "Neck,", "Neck, Head,");
        case(tree.insert("areas[2]", "Head"), "Jaw]", "Jaw, Head]");
        case(
            tree.insert("tools[0]", "Ball"),
            "tools: []",
            "tools: [Ball]",
        );
        case(
            tree.insert("steps[0]", "X"),
            "steps: [\n",
            "steps: [\n        X,\n",
        );
        case(
            tree.insert("steps[1]", "X"),
            "// rest\n",
            "// rest\n        X,\n",
        );
        case(
            tree.insert("steps[2]", "X"),
            "Say()) // say\n",
            "Say()), // say\n        X\n",
        );
        assert_eq!(tree.insert("areas[3]", "Head"), None);
        assert_eq!(tree.insert("title", "1"), None);
        // A file that begins in the middle: `title` is no name in front of a bracket.
        let tree = Tree::of("title: \"A\",\n areas: [Neck],\n)");
        assert_eq!(tree.insert("level", "Gentle"), None);
    }

    #[test]
    fn items_are_removed() {
        let tree = Tree::of(TEXT);
        case(tree.remove("title"), "title: \"A\", // the", "// the");
        case(tree.remove("areas"), "    areas: [Neck, Jaw],\n", "");
        case(tree.remove("areas[0]"), "[Neck, Jaw]", "[Jaw]");
        case(tree.remove("areas[1]"), "[Neck, Jaw]", "[Neck]");
        case(tree.remove("steps[1]"), "(do: Say()) // say", " // say");
        case(
            tree.remove("respell"),
            "    respell: {\"psoas\": \"so as\"}\n",
            "",
        );
        case(tree.remove("respell.psoas"), "{\"psoas\": \"so as\"}", "{}");
        assert_eq!(tree.remove("level"), None);
        assert_eq!(tree.remove(""), None);
    }
}
