//! The safety list and what follows from it. Its texts are the program's own, in `checkin::safety`.

use egui::Context;

use super::{Model, Sheet, Start};
use crate::app::safety::{Ask, Line, View};
use crate::app::stop;
use crate::app::words::Language;
use crate::checkin::safety::{self, Language as Spoken};
use crate::checkin::stop::stop_card;
use crate::names::{Area, Flag, Urgency};
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
        areas.truncate(1);
        let lines = safety::list(&areas)
            .into_iter()
            .map(|line| self.line(line, &[]))
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
            Ask::None | Ask::Asked => self.begin(ctx),
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
            Ask::Some => self.follow_flags(),
            Ask::Breathe => {
                let choices = Choices {
                    minutes: Some(super::check_in::OPENER.1),
                    ..Choices::default()
                };
                let routine = super::check_in::OPENER.0.to_owned();
                self.start = Some(Start {
                    routine,
                    choices,
                    plan_item: None,
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

    /// Shows the card of the most urgent sign that was ticked.
    fn follow_flags(&mut self) {
        let flags = self.ticked();
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
