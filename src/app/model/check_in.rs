//! Today: the answers become a suggestion, by the same function that `rootwell recommend` calls.

use jiff::civil::Date;

use super::{Model, Start};
use crate::app::shell::Screen;
use crate::app::today::{Answers, Ask, Item, Offer, Plan, Suggestion, Unfinished};
use crate::app::words::Words;
use crate::app::world::Known;
use crate::checkin::{CheckIn, Rating, Ratings, is_bedtime};
use crate::journal::{Entry, history};
use crate::names::Style;
use crate::plan::adherence::state;
use crate::plan::today::planned;
use crate::recommend::reason::sentence;
use crate::recommend::{recommend, thresholds::Thresholds};
use crate::timeline::Choices;

/// The routine that is safe for anybody, and how long it is at first.
pub(super) const OPENER: (&str, f64) = ("feet-on-the-ground", 3.0);

impl Model {
    /// Makes Today what is true now.
    pub(super) fn open_today(&mut self) {
        self.settle_unplayable();
        self.read_past();
        let now = (self.world.now)();
        self.begin_day(now.date());
        self.today.hour = now.hour();
        let last = &self.world.profile.last;
        if !self.today.answers.told() {
            self.today.answers = Answers {
                minutes: last.minutes,
                position: last.position,
                tools: last.tools.clone().unwrap_or_default(),
                bedtime: is_bedtime(now.time()),
                ..Answers::default()
            };
        }
        self.today.line = self.studio_line(now.date());
        self.today.unfinished = self.unfinished();
        self.today.morning = self.morning();
        self.today.opener = self.world.known(OPENER.0).map(|known| {
            let choices = Choices {
                minutes: Some(OPENER.1),
                ..Choices::default()
            };
            offer(known, choices, self.words)
        });
        self.fit_today();
    }

    /// The line under the greeting: the studio's own, or its name; with the next visit where the plan knows it.
    fn studio_line(&self, today: Date) -> Option<String> {
        let studio = &self.world.studio;
        let visit = self.world.followed.now.as_ref();
        let visit = visit.and_then(|held| held.plan.next_visit);
        let words = &self.words;
        match visit.filter(|&visit| visit >= today && !studio.name.is_empty()) {
            Some(visit) => {
                let date = self.date(visit);
                let places: [(&str, &dyn std::fmt::Display); 2] =
                    [("studio", &studio.name), ("date", &date)];
                Some(words.fill(&words.today.next_visit, &places))
            }
            None => studio.greeting.clone().or_else(|| {
                let from = words.fill(&words.today.from_studio, &[("studio", &studio.name)]);
                (!studio.name.is_empty()).then_some(from)
            }),
        }
    }

    /// A window that was left open over night is about the new day.
    pub fn mind_the_day(&mut self) {
        let today = (self.world.now)().date();
        if self.begin_day(today) && self.screen == Screen::Today {
            self.open_today();
        }
    }

    /// Whether a new day has begun: what was felt yesterday is not what is felt today.
    fn begin_day(&mut self, today: Date) -> bool {
        let is_new = self.day != today;
        if is_new {
            self.day = today;
            self.today.answers = Answers::default();
        }
        is_new
    }

    /// The plan and the suggestion for the answers so far.
    fn fit_today(&mut self) {
        let check_in = self.check_in();
        let (thresholds, _sentences) = self.world.studio.checked_thresholds();
        self.today.plan = self.plan(&check_in, &thresholds);
        self.today.suggestion = if self.today.answers.told() {
            self.suggestion(&check_in, &thresholds)
        } else {
            None
        };
    }

    /// A session whose routine cannot be played any more is over: what was done of it counts, and the person hears of it.
    fn settle_unplayable(&mut self) {
        let Some(journal) = &mut self.world.journal else {
            return;
        };
        let Ok(Some(point)) = journal.resume_point() else {
            return;
        };
        let routine = &point.entry.routine;
        if self
            .world
            .shelf
            .known
            .iter()
            .any(|known| known.id == *routine)
        {
            return;
        }
        let gone = &self.words.notice.routine_gone;
        let said = self.words.fill(gone, &[("title", &point.entry.title)]);
        match journal.finish(&point.entry) {
            Ok(_id) => self.say(said),
            Err(error) => self.say(error.said(self.words)),
        }
    }

    fn unfinished(&self) -> Option<Unfinished> {
        let point = self.past.left.as_ref()?;
        self.world.known(&point.entry.routine)?;
        Some(Unfinished {
            title: point.entry.title.clone(),
            step: point.step_title.clone(),
        })
    }

    /// All that the recommendation knows of the person.
    pub(super) fn check_in(&self) -> CheckIn {
        self.check_in_after(self.past.left.as_ref().map(|point| &point.entry))
    }

    /// The same for going on with the session that was left.
    pub(super) fn check_in_without_left(&self) -> CheckIn {
        self.check_in_after(None)
    }

    fn check_in_after(&self, left: Option<&Entry>) -> CheckIn {
        let entries = &self.past.entries;
        let now = (self.world.now)();
        let answers = &self.today.answers;
        let held = self.world.followed.now.as_ref();
        let held = held.filter(|held| !held.plan.is_over(held.opened, now.date()));
        let felt_wrong = self.felt_wrong.iter();
        let felt_wrong = felt_wrong.filter(|(_area, on)| *on == now.date());
        CheckIn {
            flags: self.world.profile.signs_of(now.date()),
            baseline: held.and_then(|held| held.plan.baseline),
            areas: answers.areas.clone(),
            ratings: ratings(answers),
            wish: answers.wish,
            minutes: answers.minutes,
            position: answers.position,
            tools: (!answers.tools.is_empty()).then(|| answers.tools.clone()),
            bedtime: answers.bedtime,
            locked: history::locks(entries.iter().chain(left), now.timestamp(), now.date())
                .into_iter()
                .map(|(area, _why)| area)
                .chain(felt_wrong.map(|(area, _on)| *area))
                .collect(),
            pain_before: history::pains(entries, &answers.areas),
            ticks: self.world.profile.ticks.clone(),
            today: Some(now.date()),
        }
    }

    fn suggestion(&self, check_in: &CheckIn, thresholds: &Thresholds) -> Option<Suggestion> {
        let offers: Vec<_> = self.world.shelf.known.iter().map(Known::offer).collect();
        let answer = recommend(check_in, thresholds, &offers);
        let mut fitting = answer.routines.iter().filter_map(|suggestion| {
            let known = self.world.known(&suggestion.id)?;
            Some(Offer {
                reask: answer.decision.reask,
                ..offer(known, suggestion.choices.clone(), self.words)
            })
        });
        let first = fitting.next()?;
        Some(Suggestion {
            offer: first,
            reason: sentence(check_in, &answer.decision, self.words),
            others: fitting.collect(),
            ask_first: answer.ask_first,
        })
    }

    fn plan(&self, check_in: &CheckIn, thresholds: &Thresholds) -> Option<Plan> {
        let entries = &self.past.entries;
        let today = (self.world.now)().date();
        let held = self.world.followed.now.as_ref()?;
        if held.plan.is_over(held.opened, today) {
            return None;
        }
        let offers: Vec<_> = self.world.shelf.known.iter().map(Known::offer).collect();
        let item = |item: &crate::plan::Item| {
            let known = self.world.known(&item.routine)?;
            let (choices, instead) = match planned(
                &held.plan,
                item,
                &known.offer(),
                &offers.as_slice(),
                check_in,
                thresholds,
            ) {
                Ok(choices) => (choices, None),
                Err(left_out) => (
                    Choices::default(),
                    Some(left_out.sentence(self.words).to_owned()),
                ),
            };
            let mut offer = offer(known, choices, self.words);
            offer.plan_item = Some(item.name.clone());
            Some(Item {
                offer,
                note: (!item.note.is_empty()).then(|| item.note.clone()),
                state: state(entries, &item.name, today),
                instead,
            })
        };
        Some(Plan {
            title: held.plan.title.clone(),
            day: days(held.opened, today, held.plan.last_day(held.opened)),
            note: (!held.plan.note.is_empty()).then(|| held.plan.note.clone()),
            items: held
                .plan
                .due(held.opened, today)
                .into_iter()
                .filter_map(item)
                .collect(),
        })
    }

    /// Does what was asked on Today.
    pub(super) fn ask_today(&mut self, ask: Ask) {
        let answers = &mut self.today.answers;
        match ask {
            Ask::Begin(offer) => return self.want(Start::of(offer)),
            Ask::CarryOn => return self.carry_on(),
            Ask::LetGo => return self.let_go(),
            Ask::NotToday(item) => return self.not_today(&item),
            Ask::Area(area) => {
                if answers.areas.contains(&area) {
                    answers.areas.retain(|&other| other != area);
                } else {
                    answers.areas.push(area);
                }
            }
            Ask::AllAreas(all) => answers.all_areas = all,
            Ask::Tension(value) => answers.tension = value,
            Ask::Stress(value) => answers.stress = value,
            Ask::Pain(value) => answers.pain = value,
            Ask::Sleep(value) => answers.sleep = value,
            Ask::More(more) => answers.more = more,
            Ask::Wish(wish) => answers.wish = wish,
            Ask::Minutes(minutes) => answers.minutes = minutes,
            Ask::Position(position) => answers.position = position,
            Ask::Tool(tool) => {
                if answers.tools.contains(&tool) {
                    answers.tools.retain(|&other| other != tool);
                } else {
                    answers.tools.push(tool);
                }
            }
            Ask::Bedtime(bedtime) => answers.bedtime = bedtime,
            Ask::Asked => {
                let suggestion = self.today.suggestion.as_ref();
                let tags = suggestion.map_or_else(Vec::new, |found| found.ask_first.clone());
                self.asked_about(&tags);
            }
        }
        self.fit_today();
    }
}

/// The ratings of the answers.
pub(super) fn ratings(answers: &Answers) -> Ratings {
    let rating = |value: Option<u8>| value.and_then(Rating::new);
    Ratings {
        tension: rating(answers.tension),
        pain: rating(answers.pain).filter(|_| !answers.areas.is_empty()),
        stress: rating(answers.stress),
        sleep: rating(answers.sleep),
        ..Ratings::default()
    }
}

/// A routine as Today offers it.
pub(super) fn offer(known: &Known, choices: Choices, words: &Words) -> Offer {
    let routine = &known.routine;
    let minutes = choices.minutes.unwrap_or(known.ideal.secs() / 60.0);
    Offer {
        routine: known.id.clone(),
        title: routine.title.clone(),
        style: routine.style,
        minutes: (minutes.round() as u32).max(1),
        manner: words.manner(&routine.positions, &routine.tools).join(" · "),
        reviewed: routine.review.is_some(),
        plan_item: None,
        reask: false,
        choices,
    }
}

/// Which day of a plan it is, and of how many.
fn days(opened: Date, today: Date, last: Option<Date>) -> (u32, Option<u32>) {
    let count = |date: Date| ((date - opened).get_days() + 1).max(1) as u32;
    (count(today), last.map(count))
}

/// Whether a style presses, stretches or rolls: After asks how the pressure was.
pub(super) fn presses(style: Style) -> bool {
    style != Style::Relaxation
}
