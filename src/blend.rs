//! Blends made to measure: any relaxation and any therapeutic routine, joined by the grammar of `content.md` 3 to the
//! asked minutes: soften, a bridge with a real choice, release, integrate. The shares come from the rule, both sides
//! stay whole, the last breath ends on an exhale, and no tag of the person is forgotten.
//!
//! The result is a plain [`Routine`], which [`text`] writes as a file that checks clean.

mod cautions;
mod join;
mod own;
mod safety;
mod scale;

use crate::cautions::{LIGHT, Limits};
use crate::diagnostic::{Diagnostic, Level};
use crate::names::{Area, Style, Tag};
use crate::recommend::adapt::{Demands, Refusal, adapt, forbidden, steps_with};
use crate::routine::{Routine, SectionKind};
use crate::rules::{self, is_in_proportion};
use crate::source::Source;
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
    #[error("“{title}” does not go with what you told us: {refusal}")]
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
    /// No minutes can be reached.
    #[error("these do not come to the proportions of a blend, however long; choose others")]
    OutOfProportion,
}

/// The shortest blend [4.4, rule 10] and the longest, in minutes.
pub const MINUTES: (u32, u32) = (10, 60);

/// Between these the check-in moves the soft share, percent [4.4].
const SOFT_SHARE: (u8, u8) = (30, 60);
/// The smallest before sleep, percent [4.4, rule 8].
const LEAST_SOFT_BEFORE_SLEEP: u8 = 50;

/// Composes a blend. A few compilations measure it, and it is checked as any file is; the composing itself is pure.
pub fn blend(wanted: &Wanted<'_>) -> Result<Blend, NoBlend> {
    let skeleton = skeleton(wanted)?;
    if let Some(made) = made(wanted, &skeleton, wanted.minutes) {
        return Ok(made);
    }
    scale::measured(&skeleton)?;
    Err(reachable(wanted, &skeleton))
}

/// A blend of so many minutes, if there is one that checks clean.
fn made(wanted: &Wanted<'_>, skeleton: &Routine, minutes: u32) -> Option<Blend> {
    if !(MINUTES.0..=MINUTES.1).contains(&minutes) {
        return None;
    }
    let soft_enough =
        |made: &Blend| !wanted.demands.still_only || made.share >= LEAST_SOFT_BEFORE_SLEEP;
    shares(wanted).find_map(|share| {
        composed(wanted, skeleton, minutes, share)
            .filter(|made| soft_enough(made) && is_sound(&made.routine))
    })
}

/// The soft shares that are tried. Whole steps do not always meet one: then with a little less softening, and before
/// sleep with a little more.
fn shares(wanted: &Wanted<'_>) -> impl Iterator<Item = u8> {
    let (share, before_sleep) = (wanted.share, wanted.demands.still_only);
    let mut last = None;
    [0, 5, 10].into_iter().filter_map(move |step| {
        let share = if before_sleep {
            share.saturating_add(step).min(SOFT_SHARE.1.max(share))
        } else {
            share.saturating_sub(step).max(SOFT_SHARE.0.min(share))
        };
        (last.replace(share) != Some(share)).then_some(share)
    })
}

/// Whether the file of a routine has no error. A warning can only be one of the routines that it is made of.
fn is_sound(routine: &Routine) -> bool {
    rules::check(&Source::new("blend.ron", text(routine)), &EmptyShelf)
        .diagnostics
        .iter()
        .all(|found| found.level != Level::Error)
}

/// The minutes on the side of those asked that is nearer to what can be reached.
fn reachable(wanted: &Wanted<'_>, skeleton: &Routine) -> NoBlend {
    let reached = |minutes: &u32| made(wanted, skeleton, *minutes).is_some();
    let (least, most) = MINUTES;
    let asked = wanted.minutes.clamp(least, most);
    let near = (0..=most - least)
        .flat_map(|away| [asked.saturating_sub(away), asked + away])
        .find(reached);
    let Some(near) = near else {
        return NoBlend::OutOfProportion;
    };
    let far = if near < asked {
        (least..near).find(reached)
    } else {
        (near + 1..=most).rfind(reached)
    };
    let far = far.unwrap_or(near);
    NoBlend::Minutes {
        least: near.min(far),
        most: near.max(far),
    }
}

/// A blend of so many minutes with about this soft share; `None` if it is too long even at its shortest, or out of
/// proportion.
fn composed(wanted: &Wanted<'_>, skeleton: &Routine, minutes: u32, share: u8) -> Option<Blend> {
    let mut routine = skeleton.clone();
    let total = f64::from(minutes) * 60.0;
    let soft = total * f64::from(share) / 100.0;
    let integrate = total * own::INTEGRATE_SHARE;
    scale::soften(&mut routine, soft).ok()?;
    let release = total - soft - own::BRIDGE_SECS - integrate;
    scale::release(&mut routine, release, total).ok()?;
    scale::integrate(&mut routine, total).ok()?;
    let timeline = loop {
        match timeline(&routine, Some(f64::from(minutes))) {
            Ok(timeline) => break timeline,
            // Too long even at its shortest: a step of the work fewer.
            Err(_) if scale::drop_last(&mut routine, SectionKind::Release) => {
                scale::integrate(&mut routine, total).ok()?;
            }
            Err(_) => return None,
        }
    };
    join::keep_names(&mut routine);
    let share = (100.0 * scale::before_bridge(&timeline) / total).round() as u8;
    let ideal = scale::measured(&routine).ok().filter(is_in_proportion)?;
    routine.minutes = Some(ideal.total.secs() / 60.0);
    let explanation = explanation(wanted, &timeline);
    routine.description = Some(explanation.clone());
    Some(Blend {
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
            routine.style == Style::Therapeutic && routine.areas_spread().first() == Some(area)
        };
        if !covered && let Some(routine) = library.clone().find(about) {
            found.push(routine);
        }
    }
    found.truncate(3);
    found
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
    let what = routine.description.as_deref().unwrap_or(&routine.promise);
    format!("// {}\nRoutine{fields}\n", in_one_line(what))
}

/// A text for one line of a file: nothing in it ends the line.
fn in_one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// All parts in place, lengths as their authors wrote them.
fn skeleton(wanted: &Wanted<'_>) -> Result<Routine, NoBlend> {
    let Some((&first, others)) = wanted.release.split_first() else {
        return Err(NoBlend::NothingToRelease);
    };
    let foreign = |routine: &&&Routine| routine.language != wanted.relax.language;
    if let Some(foreign) = wanted.release.iter().find(foreign) {
        return Err(NoBlend::Lacks {
            title: foreign.title.clone(),
            what: "another language than what it is blended with",
        });
    }
    let refused = |title: &str, refusal| NoBlend::Refused {
        title: title.to_owned(),
        refusal,
    };
    let taken = |routine: &Routine, demands: &Demands<'_>| {
        let adapted =
            adapt(routine, demands).map_err(|refusal| refused(&routine.title, refusal))?;
        Ok(join::overlaid(routine, &adapted, demands))
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
    if wanted.demands.tags.contains(&Tag::LungDisease) {
        own::at_own_pace(&mut routine);
    } else {
        cautions::of_our_breaths(&mut routine.cautions);
    }
    let areas = routine.areas_spread();
    // Each may be fine where it is, and both together not: a light touch here goes for all of a session.
    let together = steps_with(&routine, &[], &[])
        .into_iter()
        .find_map(|step| forbidden(step, &areas, &wanted.demands));
    if let Some(refusal) = together {
        return Err(refused(&routine.title, refusal));
    }
    let light = Limits::meets(&wanted.demands.limits.light, &areas);
    let cap = if light {
        wanted.cap.min(LIGHT)
    } else {
        wanted.cap
    };
    join::cap(&mut routine, cap);
    // What is made for the end of a day ends as one, without a chime.
    routine.bedtime = wanted.demands.still_only;
    Ok(routine)
}

fn timeline(routine: &Routine, minutes: Option<f64>) -> Result<Timeline, Vec<Diagnostic>> {
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
