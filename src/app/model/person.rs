//! What is kept about the person beside the journal: reminders with the desktop's timer, health with where and whether
//! the therapist was asked; and what of all that a routine has to be fitted to.

use super::{Model, Start};
use crate::app::settings::{Asked, Ticked};
use crate::app::world::Known;
use crate::cautions::{Limits, Where, action, liftable, passing};
use crate::checkin::{CheckIn, Tick};
use crate::jobs::Job;
use crate::names::{Area, Tag};
use crate::plan::reminder::Reminders;
use crate::recommend::adapt::{Demands, adapt};
use crate::recommend::pick::fit;
use crate::remind::Timer;
use crate::routine::Routine;
use crate::timeline::Choices;
use crate::timeline::difference::first_difference;

impl Model {
    /// Keeps how the person wants to be reminded; switching sets up the desktop's timer or takes it away.
    pub(super) fn remind(&mut self, next: Reminders) {
        if self.settings.guest {
            return self.say(self.words.settings.guest_hint.clone());
        }
        if next.on == self.world.profile.reminders.on {
            return self.keep_reminders(next);
        }
        let Some(desktop) = self.world.desktop.clone() else {
            return self.no_timer(&self.words.notice.no_home.clone());
        };
        let words = self.words;
        let switch = move |_job: &Job| desktop.switch(next.on).map_err(|error| error.said(words));
        let name = self.words.work.reminding.clone();
        self.work(name, false, switch, move |model, switched| match switched {
            Ok(timer) => {
                if timer == Some(Timer::Autostart) {
                    model.say(model.words.settings.remind_login.clone());
                }
                model.keep_reminders(next);
            }
            Err(error) => model.no_timer(&error),
        });
    }

    fn no_timer(&mut self, error: &str) {
        let words = &self.words;
        self.say(words.fill(&words.settings.no_timer, &[("error", &error)]));
    }

    fn keep_reminders(&mut self, reminders: Reminders) {
        self.world.profile.reminders = reminders;
        self.keep_profile();
        self.open_settings();
    }

    /// Sets the timer up again where reminders are on and it is not there: on a new machine, after an import.
    pub(super) fn mend_timer(&mut self) {
        let on = self.world.profile.reminders.on;
        let Some(desktop) = self.world.desktop.clone().filter(|_| on) else {
            return;
        };
        let mend = move |_job: &Job| {
            if desktop.is_on() {
                Ok(None)
            } else {
                desktop.switch(true)
            }
        };
        let name = self.words.work.reminding.clone();
        self.work(name, false, mend, |model, mended| {
            if let Err(error) = mended {
                model.say(error.said(model.words));
            }
        });
    }

    /// What is true of the person's health, as the settings show it.
    pub(super) fn ticks(&self) -> Vec<Ticked> {
        let today = (self.world.now)().date();
        let asked = |tick: &Tick| match tick.asked.filter(|_| tick.asked_lately(today)) {
            Some(on) => Asked::On(self.date(on), self.date(Tick::counts_until(on))),
            None => Asked::No,
        };
        self.world
            .profile
            .ticks
            .iter()
            .map(|tick| {
                let action = action(tick.tag);
                Ticked {
                    tag: tick.tag,
                    places: (action.locked == Where::Told).then(|| tick.areas.clone()),
                    asked: (action.ask_first && liftable(tick.tag)).then(|| asked(tick)),
                }
            })
            .collect()
    }

    pub(super) fn tick_health(&mut self, tag: Tag) {
        let profile = &mut self.world.profile;
        if profile.ticks.iter().any(|tick| tick.tag == tag) {
            profile.ticks.retain(|tick| tick.tag != tag);
        } else {
            profile.ticks.push(Tick::from(tag));
        }
        if !profile.health_asked.contains(&tag) {
            profile.health_asked.push(tag);
        }
        self.keep_profile();
        self.open_settings();
    }

    pub(super) fn place_health(&mut self, tag: Tag, area: Area) {
        for tick in self
            .world
            .profile
            .ticks
            .iter_mut()
            .filter(|tick| tick.tag == tag)
        {
            if tick.areas.contains(&area) {
                tick.areas.retain(|&other| other != area);
            } else {
                tick.areas.push(area);
            }
        }
        self.keep_profile();
        self.open_settings();
    }

    /// Keeps that the therapist was asked today about what may be settled so.
    pub(super) fn asked_about(&mut self, tags: &[Tag]) {
        let today = (self.world.now)().date();
        let ticks = self.world.profile.ticks.iter_mut();
        for tick in ticks.filter(|tick| tags.contains(&tick.tag) && liftable(tick.tag)) {
            tick.asked = Some(today);
        }
        self.keep_profile();
        self.open_settings();
    }

    /// What lasts of health, would change a routine, and was never asked about.
    pub(super) fn unasked(&self, routine: &Routine) -> Vec<Tag> {
        let profile = &self.world.profile;
        let known = |tag: &Tag| {
            profile.health_asked.contains(tag) || profile.ticks.iter().any(|tick| tick.tag == *tag)
        };
        Tag::ALL
            .iter()
            .copied()
            .filter(|tag| !known(tag) && changes(routine, *tag))
            .collect()
    }

    /// The choices as this person can take a routine today, or why they cannot.
    pub(super) fn fitted(&self, known: &Known, choices: Choices) -> Result<Choices, String> {
        self.fitted_to(&self.check_in(), known, choices)
    }

    fn fitted_to(
        &self,
        check_in: &CheckIn,
        known: &Known,
        choices: Choices,
    ) -> Result<Choices, String> {
        let (thresholds, _sentences) = self.world.studio.checked_thresholds();
        fit(check_in, &thresholds, &known.routine, choices)
            .map_err(|left_out| left_out.sentence(self.words).to_owned())
    }

    /// What is about to begin, fitted anew to what has been told since; or why it cannot be begun.
    pub(super) fn refitted(&self, start: Start) -> Result<Start, String> {
        let items = self.today.plan.iter().flat_map(|plan| &plan.items);
        let planned = start.plan_item.as_ref();
        let item = items
            .into_iter()
            .find(|item| planned.is_some() && item.offer.plan_item.as_ref() == planned);
        if let Some(sentence) = item.and_then(|item| item.instead.clone()) {
            return Err(sentence);
        }
        if start.again.is_some() {
            return self.as_it_was(start);
        }
        let choices = match (item, self.world.known(&start.routine)) {
            (Some(item), _) => item.offer.choices.clone(),
            (None, Some(known)) => self.fitted(known, start.choices.clone())?,
            (None, None) => start.choices.clone(),
        };
        Ok(Start { choices, ..start })
    }

    /// A session that was left goes on as it was, or not at all: another timeline has another place. What it worked on
    /// itself does not stand in its way.
    fn as_it_was(&self, start: Start) -> Result<Start, String> {
        let Some(known) = self.world.known(&start.routine) else {
            return Ok(start);
        };
        let choices =
            self.fitted_to(&self.check_in_without_left(), known, start.choices.clone())?;
        let compile = |choices| self.world.booth.compile(known, choices);
        let differs = first_difference(&compile(&start.choices)?, &compile(&choices)?);
        match differs {
            None => Ok(start),
            Some(_) => Err(self.words.left_out.health.clone()),
        }
    }
}

/// Whether a tag would change a routine. What comes and goes is on the safety list, every time.
fn changes(routine: &Routine, tag: Tag) -> bool {
    let tags = [tag];
    let demands = Demands {
        tags: &tags,
        limits: Limits::of_tags(&tags),
        ..Demands::default()
    };
    let taken = |demands: &Demands<'_>| {
        adapt(routine, demands).map(|adapted| (adapted.variations, adapted.left_out))
    };
    !passing(tag) && taken(&Demands::default()) != taken(&demands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    fn shipped(id: &str) -> Routine {
        Library::built_in().find(id).unwrap().1.clone()
    }

    #[test]
    fn only_what_would_change_a_routine_is_asked() {
        let asked = |id: &str| -> Vec<Tag> {
            let routine = shipped(id);
            Tag::ALL
                .iter()
                .copied()
                .filter(|&tag| changes(&routine, tag))
                .collect()
        };
        assert_eq!(asked("feet-on-the-ground"), [], "it is for anybody");
        assert_eq!(
            asked("box-steady"),
            [
                Tag::Pregnancy,
                Tag::RecentSurgery,
                Tag::HeartOrPressure,
                Tag::LungDisease,
                Tag::EyeCondition,
                Tag::ImplantedDevice,
                Tag::EpilepsyOrFainting,
                Tag::PanicOrTrauma,
            ]
        );
        assert!(asked("neck-and-shoulder-release").contains(&Tag::BloodThinner));
    }
}
