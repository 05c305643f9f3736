//! Random people on random days, against every routine that is shipped: nothing that a tag forbids is ever offered,
//! both sides are equal, the minutes are within reach, and every blend checks clean.
//!
//! `ROOTWELL_CHECK_INS=10000` runs it at full length.

mod commands;

use std::path::Path;
use std::sync::Arc;

use rootwell::blend::{NoBlend, Wanted, blend, text};
use rootwell::cautions::can_be_settled;
use rootwell::checkin::{CheckIn, Rating, Ratings, Tick};
use rootwell::diagnostic::Level;
use rootwell::names::{Area, Flag, Position, Style, Tag, Tool, Wish};
use rootwell::plan::Plan;
use rootwell::plan::today::planned;
use rootwell::recommend::adapt::{Demands, forbidden, steps_with};
use rootwell::recommend::rule::decide;
use rootwell::recommend::{Answer, Offer, Thresholds, recommend, whole_minutes};
use rootwell::routine::Routine;
use rootwell::rules;
use rootwell::source::Source;
use rootwell::timeline::speech_length::Formula;
use rootwell::timeline::{Choices, EmptyShelf, Role, SegmentSide, Timeline, compile, reach};
use rootwell::units::{Frames, Pressure};

/// The day of all check-ins.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 25);

/// How many random check-ins.
const CHECK_INS: &str = "ROOTWELL_CHECK_INS";

fn check_ins() -> u32 {
    std::env::var(CHECK_INS)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(120)
}

/// The shipped routines.
fn shipped() -> Vec<Offer> {
    let mut offers = Vec::new();
    for style in ["relaxation", "therapeutic", "blend"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("routines")
            .join(style);
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "ron"))
        {
            let text = std::fs::read_to_string(file).unwrap();
            let routine: Routine = rootwell::store::ron_options().from_str(&text).unwrap();
            let id = file.file_stem().unwrap().to_string_lossy().into_owned();
            offers.push(Offer {
                id,
                routine: Arc::new(routine),
            });
        }
    }
    offers
}

/// The same dice on every run: a failure can be looked at again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn rarely<T: Copy>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let n = self.below(4 * most).saturating_sub(3 * most - 1);
        (0..n).map(|_| self.one(of)).collect()
    }

    fn rating(&mut self) -> Option<Rating> {
        Rating::new(self.below(14) as u8)
    }

    /// A tick, at times with its place, at times with the day of asking.
    fn tick(&mut self, tag: Tag) -> Tick {
        Tick {
            tag,
            areas: self.rarely(&Area::ALL[..15], 2),
            asked: (self.below(3) == 0)
                .then(|| TODAY.saturating_sub(jiff::Span::new().days(self.below(120) as i64))),
        }
    }

    fn check_in(&mut self) -> CheckIn {
        CheckIn {
            flags: self.rarely(Flag::ALL, 1),
            areas: (0..self.below(4))
                .map(|_| self.one(&Area::ALL[..15]))
                .collect(),
            ratings: Ratings {
                tension: self.rating(),
                pain: self.rating(),
                stress: self.rating(),
                sleep: self.rating(),
                ..Ratings::default()
            },
            wish: self.one(Wish::ALL),
            minutes: (self.below(3) > 0).then(|| self.below(50) as u32 + 1),
            position: (self.below(3) == 0).then(|| self.one(Position::ALL)),
            tools: (self.below(3) == 0)
                .then(|| (0..self.below(5)).map(|_| self.one(Tool::ALL)).collect()),
            bedtime: self.below(5) == 0,
            locked: self.rarely(&Area::ALL[..15], 2),
            pain_before: (0..self.below(4)).filter_map(|_| self.rating()).collect(),
            baseline: None,
            ticks: self
                .rarely(Tag::ALL, 3)
                .into_iter()
                .map(|tag| self.tick(tag))
                .collect(),
            today: Some(TODAY),
        }
    }
}

/// Both sides are worked equally long.
fn assert_sides_equal(timeline: &Timeline, what: &str) {
    let side = |side| -> Frames {
        let segments = timeline.segments.iter();
        let worked = segments.filter(|segment| {
            segment.side == side && !matches!(segment.role, Role::SetUp | Role::Switch)
        });
        worked.map(|segment| segment.frames).sum()
    };
    assert_eq!(side(SegmentSide::Left), side(SegmentSide::Right), "{what}");
}

/// Today's safety wins over any plan, whatever the therapist has settled.
#[test]
fn nothing_forbidden_is_planned() {
    let offers = shipped();
    let mut dice = Dice(0x914A);
    let mut kept = 0;
    for n in 0..check_ins() {
        let check_in = dice.check_in();
        let settled = dice.rarely(Tag::ALL, 2);
        let holds = |tag: Tag| !(settled.contains(&tag) && can_be_settled(tag));
        let ticks = check_in.ticks.iter().filter(|tick| holds(tick.tag));
        let today = CheckIn {
            ticks: ticks.cloned().collect(),
            ..check_in.clone()
        };
        let tags = today.tags();
        let demands = Demands {
            still_only: false,
            ..Demands::of(&today, &tags)
        };
        let stops = decide(&today, &today.limits(), &Thresholds::default()).answer == Answer::Stop;
        for offer in &offers {
            let item = format!(
                "Plan(version: 1, title: \"T\", therapist: \"Ana\", allows: [{}], items: [(name: \"x\", routine: \"{}\", cap: 7)])",
                settled
                    .iter()
                    .map(|tag| tag.camel())
                    .collect::<Vec<_>>()
                    .join(", "),
                offer.id
            );
            let plan: Plan = rootwell::store::ron_options().from_str(&item).unwrap();
            let shelf = offers.as_slice();
            let found = planned(
                &plan,
                &plan.items[0],
                offer,
                &shelf,
                &check_in,
                &Thresholds::default(),
            );
            let what = format!("check-in {n}, {}", offer.id);
            assert!(!(stops && found.is_ok()), "{what}: the check-in stops");
            let Ok(choices) = found else { continue };
            kept += 1;
            let areas = offer.routine.areas_spread();
            for step in steps_with(&offer.routine, &choices.variations, &choices.left_out) {
                assert_eq!(forbidden(step, &areas, &demands), None, "{what}");
            }
            compile(&offer.routine, &offer.id, &choices, &Formula, &shelf).expect(&what);
        }
    }
    assert!(kept > 0, "plans are not always put off");
}

#[test]
fn nothing_forbidden_is_offered() {
    let offers = shipped();
    let mut dice = Dice(0x5EED);
    let (mut offered, mut stopped) = (0, 0);
    for n in 0..check_ins() {
        let check_in = dice.check_in();
        let tags = check_in.tags();
        let demands = Demands::of(&check_in, &tags);
        let found = recommend(&check_in, &Thresholds::default(), &offers);
        stopped += u32::from(found.answer() == Answer::Stop);
        for suggestion in &found.routines {
            offered += 1;
            let what = format!("check-in {n}, {}", suggestion.id);
            let offer = offers
                .iter()
                .find(|offer| offer.id == suggestion.id)
                .unwrap();
            let (routine, choices) = (&*offer.routine, &suggestion.choices);
            let areas = routine.areas_spread();
            for step in steps_with(routine, &choices.variations, &choices.left_out) {
                assert_eq!(forbidden(step, &areas, &demands), None, "{what}");
            }
            if let Some(tools) = &check_in.tools {
                let served = |tool: &Tool| {
                    tools.contains(tool)
                        || choices.variations.iter().any(|name| name == "no-tools")
                        || routine
                            .instead
                            .iter()
                            .any(|other| other.tool == *tool && tools.contains(&other.r#use))
                };
                assert!(
                    routine.tools.iter().all(served),
                    "{what}: {:?}",
                    routine.tools
                );
            }
            let reach = reach(routine, &offer.id, choices, &offers.as_slice()).unwrap();
            if let (Some(minutes), Some((least, most))) = (choices.minutes, whole_minutes(reach)) {
                assert!(
                    (f64::from(least)..=f64::from(most)).contains(&minutes),
                    "{what}"
                );
            }
            let timeline =
                compile(routine, &offer.id, choices, &Formula, &offers.as_slice()).expect(&what);
            assert_sides_equal(&timeline, &what);
            let cap = choices.cap.unwrap();
            let hardest = timeline
                .segments
                .iter()
                .filter_map(|segment| segment.pressure)
                .map(|band| band.1)
                .max();
            assert!(
                hardest.is_none_or(|hardest| hardest <= cap),
                "{what}: {hardest:?} above {cap:?}"
            );
        }
    }
    assert!(
        offered > check_ins() && stopped > 0,
        "{offered} offered, {stopped} stopped"
    );
    println!(
        "{} check-ins, {offered} routines offered, {stopped} stopped",
        check_ins()
    );
}

/// The routines of a style.
fn of(style: Style, offers: &[Offer]) -> Vec<&Routine> {
    let all = offers.iter().map(|offer| &*offer.routine);
    all.filter(|routine| routine.style == style).collect()
}

/// What a check of the file of a blend finds, notes apart.
fn wrong_in(blend: &Routine) -> Vec<String> {
    let checked = rules::check(&Source::new("blend.ron", text(blend)), &EmptyShelf);
    let found = checked.diagnostics.iter();
    found
        .filter(|diagnostic| diagnostic.level != Level::Note)
        .map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.message))
        .collect()
}

/// A blend of any length checks clean, or the lengths that there are are said, and those do.
#[test]
fn blends_of_all_lengths_check_clean() {
    let offers = shipped();
    for relax in of(Style::Relaxation, &offers) {
        for release in of(Style::Therapeutic, &offers) {
            let made = |minutes: u32| {
                blend(&Wanted {
                    relax,
                    release: &[release],
                    minutes,
                    share: 40,
                    cap: Pressure(6),
                    demands: Demands::default(),
                })
            };
            for minutes in [9, 10, 15, 20, 30, 45, 60] {
                let what = format!("{} and {}, {minutes} min", relax.title, release.title);
                match made(minutes) {
                    Ok(blend) => assert_eq!(wrong_in(&blend.routine), [""; 0], "{what}"),
                    Err(NoBlend::Minutes { least, most }) => {
                        println!("{what}: {least} to {most}");
                        assert!(
                            least <= most && !(least..=most).contains(&minutes),
                            "{what}"
                        );
                        for reached in [least, most] {
                            let blend = made(reached).expect(&what);
                            assert_eq!(wrong_in(&blend.routine), [""; 0], "{what}: {reached}");
                        }
                    }
                    Err(other) => panic!("{what}: {other}"),
                }
            }
        }
    }
}

#[test]
fn every_blend_checks_clean() {
    let offers = shipped();
    let (relaxing, releasing) = (
        of(Style::Relaxation, &offers),
        of(Style::Therapeutic, &offers),
    );
    let mut dice = Dice(0xB1E4D);
    let (mut made, mut too_long, mut unclean) = (0, 0, Vec::new());
    for n in 0..check_ins() {
        let check_in = CheckIn {
            position: None,
            tools: None,
            ..dice.check_in()
        };
        let tags = check_in.tags();
        let (relax, release) = (dice.one(&relaxing), dice.one(&releasing));
        let least = if check_in.bedtime { 10 } else { 6 };
        let share = 5 * (least + dice.below(13 - least)) as u8;
        let minutes = 10 + dice.below(50) as u32;
        let cap = Pressure(dice.one(&[3, 4, 6]));
        let demands = Demands::of(&check_in, &tags);
        let wanted = Wanted {
            relax,
            release: &[release],
            minutes,
            share,
            cap,
            demands: demands.clone(),
        };
        let what = format!(
            "blend {n}: {} and {}, {minutes} min, {share} %",
            relax.title, release.title
        );
        let blend = match blend(&wanted) {
            Ok(blend) => blend,
            Err(NoBlend::Refused { .. } | NoBlend::Lacks { .. }) => continue,
            Err(NoBlend::Minutes { least, most }) => {
                assert!(!(least..=most).contains(&minutes), "{what}");
                too_long += 1;
                continue;
            }
            Err(other) => panic!("{what}: {other}"),
        };
        made += 1;
        let softest = if check_in.bedtime { 50 } else { 28 };
        assert!(blend.share >= softest, "{what}: {} %", blend.share);
        let areas = blend.routine.areas_spread();
        for step in steps_with(&blend.routine, &[], &[]) {
            assert_eq!(forbidden(step, &areas, &demands), None, "{what}");
        }
        let upright = [Position::Chair, Position::Standing];
        let mut positions = blend.routine.positions.iter();
        assert!(
            !demands.limits.upright || positions.all(|position| upright.contains(position)),
            "{what}: {:?}",
            blend.routine.positions
        );
        for branch in ["soft", "deeper"] {
            let choices = Choices {
                minutes: Some(f64::from(minutes)),
                choose: Some(branch.to_owned()),
                tags: tags.clone(),
                locked: demands.limits.locked.iter().copied().collect(),
                ..Choices::default()
            };
            let timeline =
                compile(&blend.routine, "blend", &choices, &Formula, &EmptyShelf).expect(&what);
            assert_eq!(
                timeline.total,
                Frames::whole_secs(u64::from(minutes) * 60),
                "{what}"
            );
            assert_sides_equal(&timeline, &what);
            let hardest = timeline
                .segments
                .iter()
                .filter_map(|segment| segment.pressure)
                .map(|band| band.1)
                .max();
            assert!(
                hardest.is_none_or(|hardest| hardest <= cap),
                "{what}: {hardest:?}"
            );
        }
        if let Some(first) = wrong_in(&blend.routine).into_iter().next() {
            unclean.push(format!("{what}: {first}"));
        }
    }
    assert!(
        unclean.is_empty(),
        "{} of {made}: {unclean:#?}",
        unclean.len()
    );
    assert!(
        made > too_long,
        "{made} made, {too_long} too long or too short"
    );
    println!("{made} blends, all check clean; {too_long} refused for their minutes");
}
