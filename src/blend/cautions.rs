//! What the authors rule out goes on being ruled out in a blend.

use super::own;
use crate::cautions::{Where, action};
use crate::names::Tag;
use crate::recommend::adapt::{Adapted, Demands};
use crate::routine::does::Does;
use crate::routine::{Caution, Routine};

/// Of a routine that this person takes, what its author has still to say to others.
pub(super) fn still_said(
    cautions: Vec<Caution>,
    adapted: &Adapted,
    demands: &Demands<'_>,
) -> Vec<Caution> {
    let done = |caution: &Caution| demands.tags.contains(&caution.tag);
    cautions
        .into_iter()
        .filter(|caution| !done(caution))
        .filter_map(|caution| match &caution.r#use {
            Some(name) if adapted.variations.contains(name) => None,
            // A variation that is not taken does not come along: whom it is meant for needs another blend.
            Some(_) => Some(blocked(caution.tag)),
            None => Some(caution),
        })
        .collect()
}

/// The cautions of two routines as those of one; each tag has one caution.
pub(super) fn of_both(first: &Routine, second: &Routine) -> Vec<Caution> {
    let of = |routine: &Routine, tag| {
        routine
            .cautions
            .iter()
            .find(|known| known.tag == tag)
            .cloned()
    };
    let mut tags: Vec<Tag> = Vec::new();
    for caution in first.cautions.iter().chain(&second.cautions) {
        if !tags.contains(&caution.tag) {
            tags.push(caution.tag);
        }
    }
    tags.into_iter()
        .filter_map(|tag| match (of(first, tag), of(second, tag)) {
            (Some(one), Some(other)) if one.block || other.block => Some(blocked(tag)),
            (Some(mut one), Some(other)) => {
                one.drop.extend(other.drop);
                Some(one)
            }
            (Some(one), None) => Some(alone(one, second)),
            (None, other) => other.map(|other| alone(other, first)),
        })
        .collect()
}

/// A caution of which the other routine's author says nothing. Where a tag is about a place that is not told, a
/// caution stands for everything having been thought of; for what the other touches nobody has.
fn alone(caution: Caution, other: &Routine) -> Caution {
    if action(caution.tag).locked == Where::Told && touches(other) {
        blocked(caution.tag)
    } else {
        caution
    }
}

/// Whether any step of a routine touches, moves or tenses a part of the body.
pub(super) fn touches(routine: &Routine) -> bool {
    let mut touches = false;
    routine.walk(&mut |_, step| touches |= Does::of(step).touches);
    touches
}

/// Our own breaths are paced: they are not for whom a pace is too much (`content.md` 1.4, lungs).
pub(super) fn of_our_breaths(cautions: &mut Vec<Caution>) {
    const TAG: Tag = Tag::LungDisease;
    let breaths = [own::STEADY, own::SETTLE].map(str::to_owned);
    match cautions.iter_mut().find(|caution| caution.tag == TAG) {
        Some(caution) if caution.block => {}
        Some(caution) => caution.drop.extend(breaths),
        None => cautions.push(Caution {
            drop: breaths.to_vec(),
            block: false,
            ..blocked(TAG)
        }),
    }
}

fn blocked(tag: Tag) -> Caution {
    Caution {
        tag,
        r#use: None,
        drop: Vec::new(),
        block: true,
    }
}
