//! Tense a group of muscles at half effort, then let go.

use serde::{Deserialize, Serialize};

use crate::routine::Part;
use crate::routine::amount::Count;
use crate::routine::atoms::{self, Atom, Extent, Mistake, Role, Rounds, Timed};
use crate::units::Secs;

/// Tense a group of muscles at half effort, then let go.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenseRelease {
    /// The groups, in order, in words.
    pub groups: Vec<String>,
    /// Seconds of tensing; 6 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tense: Option<Secs>,
    /// Seconds of letting go; 24 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Secs>,
    /// How many times through; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Count>,
}

impl TenseRelease {
    /// For each group: tense, then let go; all of it as often as written.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        let tense = Extent::fixed(atoms::frames_or(self.tense, 6.0, "do.tense")?);
        let release = Extent::fixed(atoms::frames_or(self.release, 24.0, "do.release")?);
        let children = self
            .groups
            .iter()
            .enumerate()
            .flat_map(|(i, group)| {
                [
                    (Role::Tense, Part::Tense, tense),
                    (Role::Release, Part::Release, release),
                ]
                .map(|(role, part, extent)| {
                    Atom::Timed(Timed::new(role, extent).part(part).item(i, group.clone()))
                })
            })
            .collect();
        let times = atoms::times(self.times.unwrap_or_default(), "do.times")?;
        Ok(vec![Atom::Group(Rounds::new(children, times))])
    }
}
