//! Paced or natural breathing.

use serde::{Deserialize, Serialize};

use crate::routine::Step;
use crate::routine::amount::Breath;
use crate::routine::amount::Count;
use crate::routine::amount::Length;
use crate::routine::amount::RampStage;
use crate::routine::atoms::{self, Atom, Breaths, Extent, Mistake, PacedBreath, Timed};
use crate::units::{Frames, Secs};

/// Paced or natural breathing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breathe {
    /// The breath to arrive at; none with `natural`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Breath>,
    /// How many breaths of the pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaths: Option<Count>,
    /// How long instead: as many whole breaths as fit, the nearest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// Stages on the way to the pattern.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ramp: Vec<RampStage>,
    /// Seconds for each number of the pattern and the ramp; 1 if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<f64>,
    /// Which way the air goes; the nose if not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// A soft guide, never paced, instead of a pattern.
    #[serde(default, skip_serializing_if = "is_false")]
    pub natural: bool,
}

/// Seconds of one unpaced breath, where breaths are counted without a pattern.
const NATURAL_SECS: f64 = 6.0;

impl Breathe {
    /// Breaths for each stage of the ramp and for the pattern; or one unpaced stretch of time.
    pub fn expand(&self, step: &Step) -> Result<Vec<Atom>, Mistake> {
        if self.natural {
            return Ok(vec![Atom::Timed(Timed::work(self.unpaced(step)?))]);
        }
        let pattern = self
            .pattern
            .ok_or_else(|| Mistake::new("do", "`Breathe` needs a `pattern`, or `natural: true`"))?;
        let (count, through) = (self.count.unwrap_or(1.0), self.through.unwrap_or_default());
        let mut atoms = Vec::with_capacity(self.ramp.len() + 1);
        for stage in &self.ramp {
            let breath = atoms::paced(stage.breath(), count, through, "do.ramp")?;
            let extent = atoms::rounds_of(breath.total(), Count::Fixed(stage.breaths), "do.ramp")?;
            atoms.push(Atom::Breaths(Breaths { breath, extent }));
        }
        let breath = atoms::paced(pattern, count, through, "do.pattern")?;
        let extent = self.whole_breaths(step, breath)?;
        atoms.push(Atom::Breaths(Breaths { breath, extent }));
        Ok(atoms)
    }

    fn unpaced(&self, step: &Step) -> Result<Extent, Mistake> {
        match (self.length, self.breaths) {
            (Some(length), None) => atoms::extent(length, step.breath, "do.length"),
            (None, Some(breaths)) => {
                let secs = step.breath.map_or(NATURAL_SECS, Breath::total);
                atoms::rounds_of(atoms::frames(Secs(secs), "breath")?, breaths, "do.breaths")
            }
            _ => Err(one_of_two()),
        }
    }

    fn whole_breaths(&self, step: &Step, breath: PacedBreath) -> Result<Extent, Mistake> {
        match (self.length, self.breaths) {
            (None, Some(breaths)) => atoms::rounds_of(breath.total(), breaths, "do.breaths"),
            (Some(length), None) => {
                let extent = atoms::extent(length, step.breath, "do.length")?;
                Ok(in_whole_breaths(extent, breath.total()))
            }
            _ => Err(one_of_two()),
        }
    }
}

fn one_of_two() -> Mistake {
    Mistake::new("do", "`Breathe` needs either `breaths` or `length`")
}

/// The nearest number of whole breaths, at least one, within the whole breaths of the range.
fn in_whole_breaths(extent: Extent, cycle: Frames) -> Extent {
    let nearest = ((extent.ideal.0 + cycle.0 / 2) / cycle.0).max(1);
    let fewest = extent.min.0.div_ceil(cycle.0).clamp(1, nearest);
    let most = (extent.max.0 / cycle.0).max(nearest);
    Extent {
        min: cycle * fewest,
        ideal: cycle * nearest,
        max: cycle * most,
        unit: cycle,
    }
}

/// Which way the air goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Through {
    /// In and out by the nose.
    #[default]
    Nose,
    /// In by the nose, out by the mouth.
    NoseThenMouth,
    /// In by the nose, out by pursed lips.
    PursedLips,
    /// In by one nostril, out by the other, and back.
    AlternateNostrils,
    /// In by the nose, out as a hum.
    Hum,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
