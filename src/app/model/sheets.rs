//! The safety list and what follows from it. Its texts are the program's own, in `checkin::safety`.

use egui::Context;

use super::{Model, Sheet, Start};
use crate::app::safety::{Ask, Condition, Line, View};
use crate::app::stop;
use crate::app::words::Language;
use crate::checkin::safety::{self, Language as Spoken};
use crate::checkin::stop::stop_card;
use crate::checkin::{AskedSign, Tick};
use crate::names::{Area, Flag, Tag, Urgency};
use crate::profile::SeenSign;
use crate::timeline::Choices;

impl Model {
    fn spoken(&self) -> Spoken {
        match self.language() {
            Language::English => Spoken::English,
            Language::Spanish => Spoken::Spanish,
        }
    }

    fn line(&self, line: &safety::Line, ticked: &[Flag]) -> Line {
        Line {
            flags: line.flags.to_vec(),
            words: line.text.said(self.spoken()).to_owned(),
            on: line.flags.iter().any(|flag| ticked.contains(flag)),
        }
    }

    /// Opens the list for what is about to begin.
    pub(super) fn open_safety(&mut self) {
        let mut areas = self.today.answers.areas.clone();
        if let Some(start) = &self.start {
            areas.extend(start.choices.area);
            areas.extend(
                self.world
                    .known(&start.routine)
                    .into_iter()
                    .flat_map(|known| known.routine.areas_spread()),
            );
        }
        // What was ticked earlier today is still so until it is said otherwise.
        let today = (self.world.now)().date();
        let ticked = self.world.profile.signs_of(today);
        let list = safety::list(&areas);
        let shown: Vec<Flag> = list.iter().flat_map(|line| line.flags).copied().collect();
        let kept = |flag: &Flag| ticked.contains(flag) && !shown.contains(flag);
        let hidden = safety::all()
            .iter()
            .filter(|line| line.flags.iter().any(kept));
        let lines = list
            .into_iter()
            .chain(hidden)
            .map(|line| self.line(line, &ticked))
            .collect();
        self.sheet = Some(Sheet::Safety(View::List { lines, all: None }));
    }

    /// What has been ticked on the list.
    pub(super) fn ticked(&self) -> Vec<Flag> {
        match &self.sheet {
            Some(Sheet::Safety(View::List { lines, all })) => {
                let lines = all.as_ref().unwrap_or(lines);
                lines
                    .iter()
                    .filter(|line| line.on)
                    .flat_map(|line| line.flags.clone())
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Does what was answered.
    pub(super) fn ask_safety(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::None => {
                self.keep_signs(&[]);
                self.cleared(ctx);
            }
            Ask::Asked => self.asked_signs(ctx),
            Ask::Condition(tag) => self.condition(tag),
            Ask::Health => self.health_told(ctx),
            Ask::Tick(flags) => self.tick(&flags),
            Ask::All => {
                let ticked = self.ticked();
                let lines = safety::all()
                    .iter()
                    .map(|line| self.line(line, &ticked))
                    .collect();
                if let Some(View::List { all, .. }) = self.safety_view() {
                    *all = Some(lines);
                }
            }
            Ask::Some => self.follow_flags(ctx),
            Ask::Breathe => {
                let choices = Choices {
                    minutes: Some(super::check_in::OPENER.1),
                    ..Choices::default()
                };
                let routine = super::check_in::OPENER.0.to_owned();
                let flags = self.start.take().map_or_else(Vec::new, |start| start.flags);
                self.start = Some(Start {
                    routine,
                    choices,
                    plan_item: None,
                    flags,
                    reask: false,
                    again: None,
                });
                self.begin(ctx);
            }
            Ask::Close => {
                self.start = None;
                self.sheet = None;
            }
        }
    }

    fn tick(&mut self, flags: &[Flag]) {
        if let Some(View::List { lines, all }) = self.safety_view() {
            let shown = lines.iter_mut().chain(all.iter_mut().flatten());
            for line in shown.filter(|line| line.flags == flags) {
                line.on = !line.on;
            }
        }
    }

    /// Keeps for today what of the list needs help first, and forgets what of it is not so any more.
    fn keep_signs(&mut self, flags: &[Flag]) {
        let on = (self.world.now)().date();
        let Some(View::List { lines, all }) = self.safety_view().cloned() else {
            return;
        };
        let shown = lines.iter().chain(all.iter().flatten());
        let shown: Vec<Flag> = shown.flat_map(|line| line.flags.clone()).collect();
        let first = flags
            .iter()
            .filter(|flag| flag.urgency() != Urgency::AskFirst);
        let seen: Vec<_> = first.map(|&flag| SeenSign { flag, on }).collect();
        let signs = &mut self.world.profile.signs;
        let before = signs.clone();
        signs.retain(|sign| sign.on == on && !shown.contains(&sign.flag));
        signs.extend(seen);
        if *signs != before {
            self.keep_profile();
        }
    }

    /// Shows the card of the most urgent sign that was ticked.
    fn follow_flags(&mut self, ctx: &Context) {
        let flags = self.ticked();
        self.keep_signs(&flags);
        if let Some(start) = &mut self.start {
            start.flags.clone_from(&flags);
        }
        let today = (self.world.now)().date();
        if AskedSign::settle(&self.world.profile.asked, &flags, today) {
            return self.cleared(ctx);
        }
        let Some(urgency) = flags.iter().map(|flag| flag.urgency()).min() else {
            return;
        };
        if urgency == Urgency::Emergency {
            self.start = None;
        }
        let words = safety::card(&flags)
            .map_or("", |text| text.said(self.spoken()))
            .to_owned();
        let studio = &self.world.studio;
        self.sheet = Some(Sheet::Safety(View::Card {
            urgency,
            words,
            number: studio.emergency_number.clone(),
            crisis: flags
                .contains(&Flag::SelfHarm)
                .then(|| studio.crisis_line.clone().unwrap_or_default()),
        }));
    }

    /// The therapist was asked about what is ticked: kept with today's date, and it goes on.
    fn asked_signs(&mut self, ctx: &Context) {
        let on = (self.world.now)().date();
        let flags = self.start.iter().flat_map(|start| start.flags.clone());
        let asked = flags.map(|flag| AskedSign { flag, on });
        for asked in asked.collect::<Vec<_>>() {
            let kept = &mut self.world.profile.asked;
            kept.retain(|other| other.flag != asked.flag);
            kept.push(asked);
        }
        self.keep_profile();
        self.cleared(ctx);
    }

    /// Nothing on the list stands in the way: what of health would change the routine is asked once, then it begins.
    fn cleared(&mut self, ctx: &Context) {
        let conditions: Vec<Condition> = self
            .start
            .as_ref()
            .and_then(|start| self.world.known(&start.routine))
            .map(|known| self.unasked(&known.routine))
            .unwrap_or_default()
            .into_iter()
            .map(|tag| Condition { tag, on: false })
            .collect();
        if conditions.is_empty() {
            self.fit_and_begin(ctx);
        } else {
            self.sheet = Some(Sheet::Safety(View::Health(conditions)));
        }
    }

    fn condition(&mut self, tag: Tag) {
        if let Some(View::Health(conditions)) = self.safety_view() {
            for condition in conditions.iter_mut().filter(|other| other.tag == tag) {
                condition.on = !condition.on;
            }
        }
    }

    fn health_told(&mut self, ctx: &Context) {
        let Some(View::Health(conditions)) = self.safety_view().cloned() else {
            return;
        };
        let profile = &mut self.world.profile;
        for condition in &conditions {
            profile.health_asked.push(condition.tag);
            if condition.on {
                profile.ticks.push(Tick::from(condition.tag));
            }
        }
        self.keep_profile();
        self.fit_and_begin(ctx);
    }

    /// Fits what is wanted to all that is known by now, which may be more than when it was offered, and begins it.
    fn fit_and_begin(&mut self, ctx: &Context) {
        self.open_today();
        match self.start.take().map(|start| self.refitted(start)) {
            Some(Ok(start)) => {
                self.start = Some(start);
                self.begin(ctx);
            }
            Some(Err(sentence)) => {
                self.sheet = None;
                self.notice = Some(sentence);
            }
            None => {}
        }
    }

    /// The card for something that felt wrong.
    pub(super) fn stop_card(&self, area: Option<Area>) -> stop::View {
        let card = stop_card(area.unwrap_or(Area::Whole));
        let said = |text: safety::Text| text.said(self.spoken());
        let name = area.map(|area| self.words.areas[&area].clone());
        stop::View {
            now: said(card.now).to_owned(),
            call: format!("{} {}", said(card.call), said(card.emergency)),
            tell: said(card.tell).to_owned(),
            blocked: name.map(|name| {
                self.words
                    .fill(&self.words.stop.blocked, &[("area", &name)])
            }),
        }
    }
}
