//! Push a little, let go, lengthen.

use serde::{Deserialize, Serialize};

use crate::routine::Part;
use crate::routine::amount::Count;
use crate::routine::atoms::{self, Atom, Extent, Mistake, Role, Rounds, Timed};
use crate::units::Band;
use crate::units::Secs;

/// Push a little, let go, lengthen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractRelax {
    /// Seconds of the push; 6 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push: Option<Secs>,
    /// Effort of the push in percent; 33 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<f64>,
    /// Seconds of letting go; 4 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ease: Option<Secs>,
    /// Seconds of the stretch; 20 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Secs>,
    /// Seconds of rest between rounds; 5 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Secs>,
    /// Seconds of rest after the last round; none if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Secs>,
    /// How many rounds a side.
    pub times: Count,
    /// How strong the stretch is, on the dial; 4 to 5 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressure: Option<Band>,
}

impl ContractRelax {
    /// The strength of the stretch where none is written (`content.md` 2.1).
    pub const USUAL: Band = Band::new(4, 5);

    /// Rounds of push, ease, stretch, with a rest between and perhaps after.
    pub fn expand(&self) -> Result<Vec<Atom>, Mistake> {
        let pressure = self.pressure.unwrap_or(Self::USUAL);
        let timed = |role, part, secs, usual, field| {
            let extent = Extent::fixed(atoms::frames_or(secs, usual, field)?);
            Ok::<_, Mistake>(Timed::new(role, extent).part(part))
        };
        let push = timed(Role::Push, Part::Push, self.push, 6.0, "do.push")?;
        let ease = timed(Role::Ease, Part::Ease, self.ease, 4.0, "do.ease")?;
        let stretch = timed(
            Role::Stretch,
            Part::Stretch,
            self.stretch,
            20.0,
            "do.stretch",
        )?
        .pressed(pressure);
        let rest = timed(Role::Rest, Part::Rest, self.rest, 5.0, "do.rest")?;
        let after = timed(Role::Rest, Part::Rest, self.after, 0.0, "do.after")?;
        Ok(vec![Atom::Group(Rounds {
            between: Some(rest),
            after: Some(after),
            ..Rounds::new(
                vec![Atom::Timed(push), Atom::Timed(ease), Atom::Timed(stretch)],
                atoms::times(self.times, "do.times")?,
            )
        })])
    }
}
