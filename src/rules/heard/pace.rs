//! Rules about speech and silence, and about paced breathing as it is heard (`content.md` 1.1, 5.2).

use crate::diagnostic::{Level, Rule};
use crate::names::Style;
use crate::routine::Do;
use crate::rules::range::short;
use crate::rules::report::Report;
use crate::rules::text;
use crate::rules::words::english;
use crate::rules::{Check, Entry};
use crate::timeline::{Role, What};
use crate::units::Frames;

use super::Heard;

/// Paced breathing of this length says "not too deep".
const LONG: f64 = 180.0;
/// It says so within this time of its start (`content.md` 1.1).
const EARLY: f64 = 90.0;
/// And again at least this often: about every three minutes (`content.md` 1.1).
const AGAIN: f64 = 215.0;
/// A line shortly before the paced breathing counts as early: the teaching of the pace.
const BEFORE: f64 = 60.0;
/// Longest time without a voice or a tone (`content.md` 5.2).
const GAP: f64 = 90.0;

/// Ways to say "not too deep".
const SMALL: &[&str] = &[
    "small",
    "smaller",
    "quiet breaths",
    "quiet and small",
    "not big",
    "not too big",
    "not deep",
    "not too deep",
    "shallow",
    "no need for big",
    "gentle breaths",
    "light breaths",
    "breathe lightly",
    "easy breaths",
    "nothing big",
];

pub(in crate::rules) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW185",
            level: Level::Warning,
            summary: "There is too much talking",
            explanation: "Silence is part of the work. Of paced breathing at least 75 % is silent, of a scan 60 %, of strokes 70 %, of a hold \
                          of 30 seconds or more 65 %, of a contract–relax 55 %, and of the whole routine 60 %.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), say: [(at: 1, text: \"Lean over as far as feels easy today, and stay there, with a \
                    soft jaw.\"), (at: 11, text: \"Now feel the long line from the ear all the way down.\"), (at: 21, text: \"And let it be long, \
                    and warm, and easy.\")])",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), say: [(at: 1, text: \"Lean over as far as feels easy.\")])",
        },
        check: Check::Heard(talking),
    },
    Entry {
        rule: Rule {
            code: "RW186",
            level: Level::Warning,
            summary: "Nothing is heard for a long time",
            explanation: "With closed eyes nobody knows whether it still runs. At least every 90 seconds there is a line, a tone or a \
                          paced breath; a `Rest` can have soft bells: `bell: 60`.",
            wrong: "(do: Rest(length: 200), say: [(at: 1, text: \"Just rest.\")])",
            right: "(do: Rest(length: 80), say: [(at: 1, text: \"Just rest.\")])",
        },
        check: Check::Heard(silence),
    },
    Entry {
        rule: Rule {
            code: "RW187",
            level: Level::Error,
            summary: "Paced breathing never says \"not too deep\"",
            explanation: "Slow pacing makes more than a third of beginners breathe too much; one sentence halves it. Three minutes of \
                          paced breathing or more say something like \"Small and quiet, not big\".",
            wrong: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5), (inhale: 4, exhale: 5, breaths: 5)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 14))",
            right: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5), (inhale: 4, exhale: 5, breaths: 5)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 14), say: [(exhale: 6, kind: Safety, text: \"Small, not big.\")])",
        },
        check: Check::Heard(never_small),
    },
    Entry {
        rule: Rule {
            code: "RW188",
            level: Level::Warning,
            summary: "Paced breathing says \"not too deep\" too late, or too seldom",
            explanation: "It is said within the first 90 seconds, and again about every three minutes: `every: 18` repeats a line every \
                          18 breaths.",
            wrong: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5), (inhale: 4, exhale: 5, breaths: 5)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 40), say: [(exhale: 6, kind: Safety, text: \"Small, not big.\")])",
            right: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5), (inhale: 4, exhale: 5, breaths: 5)], \
                    pattern: (inhale: 4, exhale: 6), breaths: 40), say: [(exhale: 6, every: 18, kind: Safety, text: \"Small, not big.\")])",
        },
        check: Check::Heard(seldom_small),
    },
    Entry {
        rule: Rule {
            code: "RW189",
            level: Level::Note,
            summary: "The paced breathing is too short to be a practice",
            explanation: "Trials that worked paced the breath for five minutes or more. A shorter one is welcome; its title, promise or \
                          description calls it a pause.",
            wrong: "style: Relaxation,\n(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: 12))",
            right: "style: Relaxation,\npromise: \"A pause.\",\n(do: Breathe(pattern: (inhale: 3, exhale: 4), breaths: 12))",
        },
        check: Check::Heard(pause),
    },
    Entry {
        rule: Rule {
            code: "RW190",
            level: Level::Error,
            summary: "The paced breathing is longer than 30 minutes",
            explanation: "Paced breathing lasts at most 30 minutes in all, usually 5 to 20.",
            wrong: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5)], pattern: (inhale: 4, exhale: 5), breaths: 220), \
                    say: [(exhale: 6, every: 18, kind: Safety, text: \"Small, not big.\")])",
            right: "(do: Breathe(ramp: [(inhale: 3, exhale: 4, breaths: 5)], pattern: (inhale: 4, exhale: 5), breaths: 120), \
                    say: [(exhale: 6, every: 18, kind: Safety, text: \"Small, not big.\")])",
        },
        check: Check::Heard(endless),
    },
];

fn percent(part: f64) -> String {
    short((part * 100.0).round())
}

fn talking(heard: &Heard<'_>, report: &mut Report<'_>) {
    let timeline = heard.timeline;
    for segment in &timeline.segments {
        let secs = segment.frames.secs();
        let holds = matches!(segment.kind, "press" | "melt" | "stretch" | "roll")
            && segment.role == Role::Work
            && secs >= 30.0;
        if holds {
            let silent = 1.0 - heard.speech(segment.start, segment.end()) / secs;
            if silent < 0.65 {
                report.at(
                    timeline.steps[segment.step].path.clone(),
                    format!(
                        "{} % of this hold is silent; at least 65 % should be",
                        percent(silent)
                    ),
                );
            }
        }
    }
    let relaxed = heard.style() == Style::Relaxation;
    for step in &timeline.steps {
        let segments = &timeline.segments[step.first..step.end];
        let work = segments
            .iter()
            .filter(|segment| !matches!(segment.role, Role::SetUp | Role::Switch | Role::Gate));
        let (mut secs, mut speech) = (0.0, 0.0);
        for segment in work {
            secs += segment.frames.secs();
            speech += heard.speech(segment.start, segment.end());
        }
        let paced = segments.iter().any(|segment| segment.breath.is_some());
        let least = match segments.first().map_or("", |segment| segment.kind) {
            "breathe" if paced => 0.75,
            "scan" => 0.60,
            "stroke" if relaxed => 0.70,
            "contract-relax" => 0.55,
            _ => continue,
        };
        if secs >= 60.0 && 1.0 - speech / secs < least - 0.005 {
            report.at(
                step.path.clone(),
                format!(
                    "{} % of this step is silent; at least {} % should be",
                    percent(1.0 - speech / secs),
                    percent(least)
                ),
            );
        }
    }
    let total = timeline.total.secs();
    let silent = 1.0 - heard.speech(Frames::ZERO, timeline.total) / total.max(1.0);
    // Below five minutes there is nothing to weigh.
    if total >= 300.0 && silent < 0.60 {
        report.at(
            "sections",
            format!(
                "{} % of the routine is silent; at least 60 % should be",
                percent(silent)
            ),
        );
    }
}

fn silence(heard: &Heard<'_>, report: &mut Report<'_>) {
    let timeline = heard.timeline;
    let mut quiet_since = Frames::ZERO;
    let mut next = 0;
    for segment in &timeline.segments {
        while let Some(event) = timeline
            .events
            .get(next)
            .filter(|event| event.at < segment.end())
        {
            let sounds = !matches!(event.what, What::Gate(_));
            if sounds
                && event.at.saturating_sub(quiet_since).secs() > GAP
                && !guided(heard, quiet_since)
            {
                too_quiet(heard, report, quiet_since, event.at);
            }
            if sounds {
                quiet_since = quiet_since.max(event.at + event.frames);
            }
            next += 1;
        }
    }
    if timeline.total.saturating_sub(quiet_since).secs() > GAP && !guided(heard, quiet_since) {
        too_quiet(heard, report, quiet_since, timeline.total);
    }
}

/// Whether a soft guide is heard at a frame: natural breathing has one.
fn guided(heard: &Heard<'_>, at: Frames) -> bool {
    let segment = &heard.timeline.segments[heard.timeline.segment_at(at)];
    segment.kind == "breathe"
}

fn too_quiet(heard: &Heard<'_>, report: &mut Report<'_>, from: Frames, to: Frames) {
    let step = heard.timeline.segments[heard.timeline.segment_at(from)].step;
    report.at(
        heard.timeline.steps[step].path.clone(),
        format!(
            "nothing is heard for {} s from here on; at most {GAP} s should be silent",
            short((to - from).secs().round())
        ),
    );
}

/// The stretches of paced breathing that follow each other without a pause: first frame, last, and the path of the step.
fn paced<'a>(heard: &Heard<'a>) -> Vec<(Frames, Frames, &'a str)> {
    let mut stretches: Vec<(Frames, Frames, &str)> = Vec::new();
    for segment in heard
        .timeline
        .segments
        .iter()
        .filter(|segment| segment.breath.is_some())
    {
        match stretches.last_mut() {
            Some((_, end, _)) if *end == segment.start => *end = segment.end(),
            _ => stretches.push((
                segment.start,
                segment.end(),
                &heard.timeline.steps[segment.step].path,
            )),
        }
    }
    stretches
}

fn paced_secs(heard: &Heard<'_>) -> f64 {
    paced(heard)
        .iter()
        .map(|(start, end, _)| (*end - *start).secs())
        .sum()
}

/// The frames at which "not too deep" is said.
fn small(heard: &Heard<'_>) -> Vec<Frames> {
    heard
        .lines()
        .filter(|(_, line)| {
            let words = text::words(&line.text);
            (0..words.len()).any(|i| SMALL.iter().any(|phrase| text::begins(&words[i..], phrase)))
        })
        .map(|(event, _)| event.at)
        .collect()
}

fn never_small(heard: &Heard<'_>, report: &mut Report<'_>) {
    if !english(heard.view) || paced_secs(heard) < LONG {
        return;
    }
    let said = small(heard);
    let Some((start, _, path)) = paced(heard)
        .into_iter()
        .max_by_key(|(start, end, _)| *end - *start)
    else {
        return;
    };
    let early = Frames::whole_secs(BEFORE as u64);
    if !said.iter().any(|at| *at + early >= start) {
        report
            .at(path, "this paced breathing never says “not too deep”")
            .note("add, on one of the first out-breaths: (exhale: 4, kind: Safety, text: \"Small and quiet, not big.\")");
    }
}

fn seldom_small(heard: &Heard<'_>, report: &mut Report<'_>) {
    if !english(heard.view) || paced_secs(heard) < LONG {
        return;
    }
    let said = small(heard);
    for (start, end, path) in paced(heard) {
        if (end - start).secs() < LONG {
            continue;
        }
        let early = Frames::whole_secs(BEFORE as u64);
        let inside: Vec<Frames> = said
            .iter()
            .copied()
            .filter(|at| *at + early >= start && *at < end)
            .collect();
        let Some(first) = inside.first() else {
            continue;
        };
        if first.saturating_sub(start).secs() > EARLY {
            report.at(
                path,
                format!(
                    "“not too deep” is said after {} s; say it in the first {EARLY} s",
                    short(first.saturating_sub(start).secs().round())
                ),
            );
        }
        let mut before = (*first).max(start);
        for at in inside.iter().skip(1).copied().chain([end]) {
            let gap = at.saturating_sub(before).secs();
            if gap > AGAIN {
                report.at(path, format!("“not too deep” is not said again for {} s; say it about every three minutes", short(gap.round())));
                break;
            }
            before = at.max(before);
        }
    }
}

fn pause(heard: &Heard<'_>, report: &mut Report<'_>) {
    let routine = heard.view.routine;
    let secs = paced_secs(heard);
    let breathing = heard
        .view
        .own()
        .any(|placed| matches!(placed.step.r#do, Do::Breathe(_)));
    if !heard.plain
        || !breathing
        || routine.style != Style::Relaxation
        || secs == 0.0
        || secs >= 300.0
        || !english(heard.view)
    {
        return;
    }
    let called = [&routine.title, &routine.promise]
        .into_iter()
        .chain(&routine.description);
    if !called
        .into_iter()
        .any(|text| text.to_lowercase().contains("pause"))
    {
        report.at(
            "title",
            format!(
                "{} s of paced breathing are a pause; call it one",
                short(secs.round())
            ),
        );
    }
}

fn endless(heard: &Heard<'_>, report: &mut Report<'_>) {
    let secs = paced_secs(heard);
    if secs > 1_800.0
        && let Some((_, _, path)) = paced(heard).first()
    {
        report.at(
            *path,
            format!(
                "{} minutes of paced breathing; at most 30 in all",
                short((secs / 60.0).round())
            ),
        );
    }
}
