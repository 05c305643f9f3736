//! Blends made to measure: any relaxation and any therapeutic routine, joined by the grammar of `content.md` 3 to the
//! asked minutes: soften, a bridge with a real choice, release, integrate. The shares come from the rule, both sides
//! stay whole, the last breath ends on an exhale, and no tag of the person is forgotten.
//!
//! The result is a plain [`Routine`], which [`text`] writes as a file that checks clean.

mod join;
mod own;
mod scale;

use crate::names::Area;
use crate::recommend::Thresholds;
use crate::recommend::adapt::{Demands, Refusal, adapt};
use crate::routine::{FORMAT, Routine, SectionKind};
use crate::rules::is_in_proportion;
use crate::timeline::speech_length::Formula;
use crate::timeline::{Choices, EmptyShelf, Timeline, compile};
use crate::units::Pressure;

/// What a blend is made from.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The relaxation that it opens with.
    pub relax: &'a Routine,
    /// The therapeutic routines whose work it releases with, one to three, each for an area.
    pub release: &'a [&'a Routine],
    /// How many minutes.
    pub minutes: u32,
    /// The soft share, percent: everything before the bridge.
    pub share: u8,
    /// No pressure above this.
    pub cap: Pressure,
    /// What the person's day asks.
    pub demands: Demands<'a>,
}

/// A blend, with what it was made of in words.
#[derive(Clone, PartialEq, Debug)]
pub struct Blend {
    /// The routine.
    pub routine: Routine,
    /// What it is, in a sentence.
    pub explanation: String,
    /// The soft share that came out, percent.
    pub share: u8,
}

/// Why there is no such blend.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoBlend {
    /// Nothing was named to release with.
    #[error("a blend needs something to release with")]
    NothingToRelease,
    /// One of the routines does not go with what was told.
    #[error("“{title}” does not go with what you told us ({refusal:?})")]
    Refused {
        /// The routine's title.
        title: String,
        /// Why.
        refusal: Refusal,
    },
    /// A routine has nothing of what it is needed for.
    #[error("“{title}” has {what}")]
    Lacks {
        /// The routine's title.
        title: String,
        /// What it lacks, or has too much of.
        what: &'static str,
    },
    /// The minutes cannot be reached.
    #[error("a blend of these lasts between {least} and {most} minutes")]
    Minutes {
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
}

/// The shortest blend [4.4, rule 10] and the longest, in minutes.
pub const MINUTES: (u32, u32) = (10, 60);

/// Composes a blend. A few compilations measure it; the composing itself is pure.
pub fn blend(wanted: &Wanted<'_>) -> Result<Blend, NoBlend> {
    let (least, most) = MINUTES;
    if !(least..=most).contains(&wanted.minutes) {
        return Err(NoBlend::Minutes { least, most });
    }
    // Whole steps do not always meet a share: then with a little less softening.
    let shares = [0, 5, 10].map(|less| wanted.share.saturating_sub(less));
    let mut first = None;
    for share in shares {
        let made = composed(wanted, share)?;
        if timeline(&made.routine, None).is_ok_and(|timeline| is_in_proportion(&timeline)) {
            return Ok(made);
        }
        first.get_or_insert(made);
    }
    Ok(first.expect("there is at least one share"))
}

/// A blend with about this soft share.
fn composed(wanted: &Wanted<'_>, share: u8) -> Result<Blend, NoBlend> {
    let (least, most) = MINUTES;
    let mut routine = skeleton(wanted)?;
    let total = f64::from(wanted.minutes) * 60.0;
    let soft = total * f64::from(share) / 100.0;
    let integrate = total * own::INTEGRATE_SHARE;
    scale::soften(&mut routine, soft)?;
    scale::release(
        &mut routine,
        total - soft - own::BRIDGE_SECS - integrate,
        total,
    )?;
    scale::integrate(&mut routine, total)?;
    let timeline = loop {
        match timeline(&routine, Some(f64::from(wanted.minutes))) {
            Ok(timeline) => break timeline,
            // Too long even at its shortest: a step of the work fewer.
            Err(_) if scale::drop_last(&mut routine, SectionKind::Release) => {
                scale::integrate(&mut routine, total)?
            }
            Err(_) => return Err(NoBlend::Minutes { least, most }),
        }
    };
    join::keep_sources(&mut routine);
    let share = (100.0 * scale::before_bridge(&timeline) / total).round() as u8;
    routine.minutes = Some(scale::ideal_minutes(&routine));
    let explanation = explanation(wanted, &timeline);
    routine.description = Some(explanation.clone());
    Ok(Blend {
        routine,
        explanation,
        share,
    })
}

/// The therapeutic routines that a blend for these areas releases with: the first that works on each, up to three.
pub fn for_areas<'a>(
    areas: &[Area],
    library: impl Iterator<Item = &'a Routine> + Clone,
) -> Vec<&'a Routine> {
    let mut found: Vec<&Routine> = Vec::new();
    for area in areas {
        let covered = found
            .iter()
            .any(|routine| routine.areas_spread().contains(area));
        let about = |routine: &&Routine| {
            routine.style == crate::names::Style::Therapeutic
                && routine.areas_spread().first() == Some(area)
        };
        if !covered && let Some(routine) = library.clone().find(about) {
            found.push(routine);
        }
    }
    found.truncate(3);
    found
}

/// The minutes, share and cap that the standard thresholds give when a person only names routines.
pub fn usual(thresholds: &Thresholds) -> (u32, u8, Pressure) {
    (20, thresholds.share, thresholds.cap)
}

/// The routine as a file.
pub fn text(routine: &Routine) -> String {
    use ron::extensions::Extensions;
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES);
    let pretty = ron::ser::PrettyConfig::new().depth_limit(5);
    let fields = options
        .to_string_pretty(routine, pretty)
        .expect("a routine is plain data");
    format!(
        "// {}\nRoutine{fields}\n",
        routine.description.as_deref().unwrap_or(&routine.promise)
    )
}

/// All parts in place, lengths as their authors wrote them.
fn skeleton(wanted: &Wanted<'_>) -> Result<Routine, NoBlend> {
    let Some((&first, others)) = wanted.release.split_first() else {
        return Err(NoBlend::NothingToRelease);
    };
    let taken = |routine: &Routine, demands: &Demands<'_>| {
        let adapted = adapt(routine, demands).map_err(|refusal| NoBlend::Refused {
            title: routine.title.clone(),
            refusal,
        })?;
        Ok(join::overlaid(routine, &adapted))
    };
    // Nothing is held on the way into a release; where there is no hold-free version, held steps are left out.
    let mut free = wanted.demands.clone();
    free.limits.hold_free = true;
    let relax = taken(wanted.relax, &free).or_else(|_held| taken(wanted.relax, &wanted.demands))?;
    let mut release = taken(first, &wanted.demands)?;
    for other in others {
        release = join::beside(release, taken(other, &wanted.demands)?);
    }
    let mut routine = join::join(relax, release)?;
    let light =
        crate::cautions::Limits::meets(&wanted.demands.limits.light, &routine.areas_spread());
    let cap = if light {
        wanted.cap.min(crate::cautions::LIGHT)
    } else {
        wanted.cap
    };
    join::cap(&mut routine, cap);
    debug_assert_eq!(routine.format, FORMAT);
    Ok(routine)
}

fn timeline(
    routine: &Routine,
    minutes: Option<f64>,
) -> Result<Timeline, Vec<crate::diagnostic::Diagnostic>> {
    let choices = Choices {
        minutes,
        choose: Some(own::DEEPER.to_owned()),
        ..Choices::default()
    };
    compile(routine, "blend", &choices, &Formula, &EmptyShelf)
}

fn explanation(wanted: &Wanted<'_>, timeline: &Timeline) -> String {
    let minutes = |sections: &[SectionKind]| {
        let secs: f64 = timeline
            .segments
            .iter()
            .filter(|segment| sections.contains(&segment.section))
            .map(|segment| segment.frames.secs())
            .sum();
        format!("{:.0}", (secs / 60.0).max(1.0))
    };
    let titles: Vec<String> = wanted
        .release
        .iter()
        .map(|routine| format!("“{}”", routine.title))
        .collect();
    format!(
        "About {} minutes to soften with “{}”, a choice, {} minutes to release with {}, and {} to let it sink in.",
        minutes(&[SectionKind::Arrive, SectionKind::Soften]),
        wanted.relax.title,
        minutes(&[SectionKind::Release]),
        titles.join(" and "),
        minutes(&[SectionKind::Integrate, SectionKind::Close]),
    )
}

#[cfg(test)]
mod tests;
