//! The routines that Rootwell ships, as they lie in `routines`.

use crate::source::Source;

/// A shipped routine.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// The file's stem.
    pub id: &'static str,
    /// Its place below `routines`.
    pub path: &'static str,
    /// The whole file.
    pub text: &'static str,
}

impl Shipped {
    /// The file as a source; its name is its place in the project.
    pub fn source(self) -> Source {
        Source::new(self.path, self.text)
    }
}

/// Names a file once for its place and its text.
macro_rules! shipped {
    ($($style:literal / $id:literal),+ $(,)?) => {
        &[$(Shipped {
            id: $id,
            path: concat!("routines/", $style, "/", $id, ".ron"),
            text: include_str!(concat!("../../routines/", $style, "/", $id, ".ron")),
        }),+]
    };
}

/// All of them; `tests/routines.rs` holds the list against the folder.
pub const BUILT_IN: &[Shipped] = shipped![
    "blend" / "shoulders-down",
    "blend" / "soften-then-release",
    "relaxation" / "box-steady",
    "relaxation" / "down-to-six",
    "relaxation" / "even-keel",
    "relaxation" / "feet-on-the-ground",
    "relaxation" / "long-way-out",
    "therapeutic" / "neck-and-shoulder-release",
];
