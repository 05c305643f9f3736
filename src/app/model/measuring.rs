//! The checks of movement: which are offered, what is kept of them, and how the journey shows them.

use super::Model;
use crate::app::journey::Range;
use crate::app::measure::{self, Ask, Given, View};
use crate::app::shell::Screen;
use crate::cautions::Limits;
use crate::journal::movement::{Check, Measure, since};
use crate::names::Area;

impl Model {
    /// Opens the checks, without those that are not for this person today.
    pub(super) fn open_measure(&mut self) {
        let limits = self.check_in().limits();
        let refused = |check: &Check| {
            let areas = moved(*check);
            limits.block
                || Limits::meets(&limits.locked, areas)
                || Limits::meets(&limits.no_end_range, areas)
        };
        self.measure = View {
            given: Default::default(),
            refused: Check::ALL.into_iter().filter(refused).collect(),
        };
        self.screen = Screen::Measure;
    }

    /// Does what was asked about the checks.
    pub(super) fn ask_measure(&mut self, ask: Ask) {
        match ask {
            Ask::Given(sided, given) => drop(self.measure.given.insert(sided, given)),
            Ask::Keep => self.keep_measures(),
            Ask::Back => self.show_journey(),
        }
    }

    fn keep_measures(&mut self) {
        let date = (self.world.now)().date();
        let given = std::mem::take(&mut self.measure.given);
        let journal = self.world.journal.as_mut();
        let Some(journal) = journal.filter(|_| !self.settings.guest) else {
            return self.show_journey();
        };
        let answered = given
            .into_iter()
            .filter(|(_, given)| *given != Given::default());
        let kept = answered
            .map(|((check, side), Given { value, felt })| Measure {
                date,
                check,
                side,
                value,
                felt,
            })
            .try_for_each(|measure| journal.add_measure(&measure));
        if let Err(error) = kept {
            self.say(error.said(self.words));
        }
        self.show_journey();
    }

    fn show_journey(&mut self) {
        self.screen = Screen::Journey;
        self.open_journey();
    }

    /// What the journey shows of the checks: for each side the first value, the newest, and what came of it.
    pub(super) fn range(&self) -> Vec<Range> {
        let measures = &self.past.measures;
        let words = &self.words;
        let changes = since(measures);
        let mut shown = Vec::new();
        for check in Check::ALL {
            for &side in measure::sides(check) {
                let of_this = |measure: &&Measure| (measure.check, measure.side) == (check, side);
                let newest = measures.iter().rev().find(of_this);
                let Some(newest) = newest else { continue };
                let change = changes
                    .iter()
                    .find(|since| (since.check, since.side) == (check, side));
                let value = |(date, value): (jiff::civil::Date, f64)| {
                    format!(
                        "{} · {}",
                        measure::value(words, check, value),
                        self.date(date)
                    )
                };
                let alone = || newest.value.map(|measured| value((newest.date, measured)));
                shown.push(Range {
                    name: measure::name(words, (check, side)),
                    first: change.map(|since| value(since.first)),
                    newest: change.map(|since| value(since.newest)).or_else(alone),
                    change: change
                        .map(|since| since.change)
                        .or(newest.felt)
                        .map(|change| measure::change(words, change).to_owned()),
                });
            }
        }
        shown
    }
}

/// The areas that a check takes to the end of their range.
fn moved(check: Check) -> &'static [Area] {
    match check {
        Check::FingertipsToFloor => &[Area::LowBack, Area::Hamstrings],
        Check::KneeToWall => &[Area::Calves],
        Check::LookOverShoulder => &[Area::Neck, Area::MidBack],
    }
}
