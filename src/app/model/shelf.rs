//! The library and a routine's page.

use super::Model;
use crate::app::library::{self, Ask, Card};
use crate::app::routine::{self, View};
use crate::app::shell::Screen;
use crate::app::world::Known;
use crate::app::{live, today};
use crate::routine::Routine;
use crate::timeline::{Choices, Timeline};
use crate::units::Frames;

/// The lengths that are offered at most.
const LENGTHS: usize = 6;

impl Model {
    /// Makes the library what the shelf has.
    pub(super) fn open_shelf(&mut self) {
        let cards: Vec<Card> = self
            .world
            .shelf
            .known
            .iter()
            .map(|known| self.card(known))
            .collect();
        self.library.all = cards.len();
        self.library.choices = library::Choices::of(&cards);
        let filter = &self.library.filter;
        self.library.cards = cards
            .into_iter()
            .filter(|card| filter.passes(card))
            .collect();
        self.library.broken.clone_from(&self.world.shelf.broken);
        self.studio = crate::app::about::Studio {
            name: self.world.studio.name.clone(),
            contact: self.world.studio.contact.clone(),
            booking: self.world.studio.booking.clone(),
            emergency: self.world.studio.emergency_number.clone(),
            accent: self.studio.accent.take(),
            text: self.world.essay.clone(),
        };
    }

    fn card(&self, known: &Known) -> Card {
        let routine = &known.routine;
        let areas = routine.areas_spread();
        let mut words = vec![routine.title.clone(), routine.promise.clone()];
        words.extend(areas.iter().map(|area| self.words.areas[area].clone()));
        words.extend(
            routine
                .tools
                .iter()
                .map(|tool| self.words.tools[tool].clone()),
        );
        words.extend(
            routine
                .goals
                .iter()
                .map(|goal| self.words.goals[goal].clone()),
        );
        words.extend(
            routine
                .positions
                .iter()
                .map(|position| self.words.positions[position].clone()),
        );
        if routine.tools.is_empty() {
            words.push(self.words.library.hands_only.clone());
        }
        Card {
            routine: known.id.clone(),
            title: routine.title.clone(),
            style: routine.style,
            minutes: known.minutes(),
            areas,
            positions: routine.positions.clone(),
            tools: routine.tools.clone(),
            goals: routine.goals.clone(),
            words: words.join(" ").to_lowercase(),
            reviewed: routine.review.is_some(),
            cautions: !routine.cautions.is_empty(),
        }
    }

    /// Does what was asked in the library.
    pub(super) fn ask_library(&mut self, ask: Ask) {
        match ask {
            Ask::Filter(filter) => {
                self.library.filter = filter;
                self.open_shelf();
            }
            Ask::Open(id) => self.open_routine(&id),
        }
    }

    /// Opens a routine's page.
    pub(super) fn open_routine(&mut self, id: &str) {
        let Some(known) = self.world.known(id) else {
            return;
        };
        let ideal = ((known.ideal.secs() / 60.0).round() as u32).max(1);
        let routine = &known.routine;
        let view = View {
            card: self.card(known),
            promise: routine.promise.clone(),
            description: routine.description.clone(),
            minutes: known
                .whole_minutes()
                .map_or_else(Vec::new, |range| lengths(range, ideal)),
            chosen: ideal,
            variations: routine
                .variations
                .iter()
                .map(|variation| {
                    let title = variation
                        .title
                        .clone()
                        .unwrap_or_else(|| plain(&variation.name));
                    (variation.name.clone(), title)
                })
                .collect(),
            with: Vec::new(),
            sided: has_sides(routine),
            tighter: None,
            sections: Vec::new(),
            cautions: self.cautions(routine),
            review: self.review(routine),
            refused: None,
        };
        self.routine = Some(view);
        self.fit_routine();
        self.screen = Screen::Routine;
    }

    fn cautions(&self, routine: &Routine) -> Vec<String> {
        routine
            .cautions
            .iter()
            .map(|caution| self.words.tags[&caution.tag].clone())
            .collect()
    }

    fn review(&self, routine: &Routine) -> String {
        let words = &self.words.routine;
        routine.review.as_ref().map_or_else(
            || words.unreviewed.clone(),
            |review| {
                let places: [(&str, &dyn std::fmt::Display); 3] = [
                    ("name", &review.name),
                    ("credential", &review.credential),
                    ("date", &review.date),
                ];
                self.words.fill(&words.reviewed, &places)
            },
        )
    }

    /// The open routine as it is chosen now: its sections, or why it is not for today.
    fn fit_routine(&mut self) {
        let Some((known, wish)) = self.chosen() else {
            return;
        };
        let fitted = self.fitted(&known, wish.clone());
        let refused = fitted.as_ref().err().cloned();
        // What is not for today can be looked at all the same.
        let choices = fitted.unwrap_or(Choices {
            tags: Vec::new(),
            ..wish
        });
        match self.world.booth.compile(&known, &choices) {
            Ok(timeline) => {
                let sections = self.sections(&timeline);
                if let Some(view) = &mut self.routine {
                    view.sections = sections;
                    view.refused = refused;
                }
            }
            Err(sentence) => {
                if let Some(view) = &mut self.routine {
                    view.refused = refused.or(Some(sentence));
                }
            }
        }
    }

    /// The sections of a timeline, each with how long it is.
    fn sections(&self, timeline: &Timeline) -> Vec<(String, String)> {
        let mut sections: Vec<(usize, String, Frames)> = Vec::new();
        for step in &timeline.steps {
            match sections.last_mut() {
                Some((part, _title, frames)) if *part == step.part => *frames += step.frames,
                _ => {
                    let title = live::section(self.words, step.section).to_owned();
                    sections.push((step.part, title, step.frames));
                }
            }
        }
        sections
            .into_iter()
            .map(|(_part, title, frames)| (title, frames.to_string()))
            .collect()
    }

    /// The open routine with what is chosen on its page.
    pub(super) fn chosen(&self) -> Option<(Known, Choices)> {
        let view = self.routine.as_ref()?;
        let choices = Choices {
            minutes: (!view.minutes.is_empty()).then(|| f64::from(view.chosen)),
            variations: view.with.clone(),
            tighter: view.tighter,
            area: self.today.answers.areas.first().copied(),
            ..Choices::default()
        };
        let known = self.world.known(&view.card.routine)?;
        Some((known.clone(), choices))
    }

    /// Does what was asked on a routine's page.
    pub(super) fn ask_routine(&mut self, ask: routine::Ask) {
        let Some(view) = &mut self.routine else {
            return;
        };
        match ask {
            routine::Ask::Back => return self.screen = Screen::Library,
            routine::Ask::Begin => return self.begin_routine(),
            routine::Ask::Take => return self.take_along(),
            routine::Ask::Minutes(minutes) => view.chosen = minutes,
            routine::Ask::Tighter(side) => view.tighter = side,
            routine::Ask::Variation(name) => {
                if view.with.contains(&name) {
                    view.with.retain(|other| *other != name);
                } else {
                    view.with.push(name);
                }
            }
        }
        self.fit_routine();
    }

    fn begin_routine(&mut self) {
        let Some((known, choices)) = self.chosen() else {
            return;
        };
        if let Ok(choices) = self.fitted(&known, choices) {
            let offer: today::Offer = super::check_in::offer(&known, choices, self.words);
            self.want(super::Start::of(offer));
        }
    }
}

/// The whole minutes to choose from: the shortest, the longest, its own, and fives between.
fn lengths((least, most): (u32, u32), ideal: u32) -> Vec<u32> {
    let mut lengths: Vec<u32> = (least..=most).filter(|minutes| minutes % 5 == 0).collect();
    if lengths.len() > LENGTHS - 3 {
        lengths.retain(|minutes| minutes % 10 == 0);
    }
    lengths.truncate(LENGTHS - 3);
    lengths.extend([least, most, ideal.clamp(least, most)]);
    lengths.sort_unstable();
    lengths.dedup();
    lengths
}

fn has_sides(routine: &Routine) -> bool {
    let mut sided = false;
    routine.walk(&mut |_path, step| sided |= step.side.is_some());
    sided
}

/// A name as a person reads it: `hold-free` becomes `Hold free`.
fn plain(name: &str) -> String {
    let spaced = name.replace('-', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_few_and_within_reach() {
        assert_eq!(lengths((6, 8), 7), [6, 7, 8]);
        assert_eq!(lengths((3, 12), 5), [3, 5, 10, 12]);
        assert_eq!(lengths((20, 20), 20), [20]);
        assert!(lengths((5, 90), 20).len() <= LENGTHS);
    }

    #[test]
    fn names_read_as_words() {
        assert_eq!(plain("hold-free"), "Hold free");
    }
}
