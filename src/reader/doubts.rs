//! What in a file cannot be trusted, because a mistake there has been reported already.

use crate::syntax::Tree;

/// Where a value is not what the author wrote.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Doubts {
    /// The paths of the values that were guessed or made up.
    pub(super) holes: Vec<String>,
    /// The paths of the groups with a field that could not be read: it may be the one that they lack.
    pub(super) gaps: Vec<String>,
}

impl Doubts {
    /// Nothing in the file is trusted.
    pub(super) fn about_all() -> Self {
        Self {
            holes: vec![String::new()],
            gaps: Vec::new(),
        }
    }

    /// Whether all is what the author wrote.
    pub(super) fn are_none(&self) -> bool {
        self.holes.is_empty() && self.gaps.is_empty()
    }

    /// Whether they touch what is at a path, around it or in it.
    pub(super) fn touch(&self, tree: &Tree, path: &str) -> bool {
        let hole = |hole: &String| within(hole, path) || within(path, hole);
        let gap = |gap: &String| path == gap || (within(path, gap) && tree.node_at(path).is_none());
        self.holes.iter().any(hole) || self.gaps.iter().any(gap)
    }
}

/// The path of a field of the group at a path.
pub(super) fn inside(group: &str, field: &str) -> String {
    if group.is_empty() {
        field.to_owned()
    } else {
        format!("{group}.{field}")
    }
}

/// Whether a path is the same as another or leads into it.
fn within(inner: &str, outer: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[track_caller]
    fn case(holes: &[&str], gaps: &[&str], path: &str, touched: bool) {
        let owned = |paths: &[&str]| paths.iter().copied().map(str::to_owned).collect();
        let doubts = Doubts {
            holes: owned(holes),
            gaps: owned(gaps),
        };
        let tree = Tree::parse(&Source::new("a.ron", "(a: (b: 1, bc: [2]))"));
        assert_eq!(doubts.touch(&tree, path), touched, "{path}");
    }

    #[test]
    fn a_hole_touches_what_is_around_and_in_it() {
        case(&["a.b"], &[], "a.b", true);
        case(&["a.b"], &[], "a", true);
        case(&["a.b"], &[], "a.b[0].c", true);
        case(&["a.b"], &[], "a.bc", false);
        case(&[""], &[], "a.bc[0]", true);
    }

    #[test]
    fn a_gap_touches_the_group_and_what_it_lacks() {
        case(&[], &["a"], "a", true);
        case(&[], &["a"], "a.c", true);
        case(&[], &["a"], "a.b", false);
        case(&[], &["a"], "a.bc[0]", false);
        case(&[], &["a"], "", false);
        case(&[], &[], "a", false);
    }
}
