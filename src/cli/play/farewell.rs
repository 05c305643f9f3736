//! The last words of `play`: what was done, or how it goes on.

use std::io::{self, Write};

use super::Play;
use crate::checkin::safety::Language;
use crate::checkin::stop::stop_card;
use crate::names::Area;
use crate::playback::View;
use crate::session::{Leaving, State};
use crate::timeline::Edit;

/// Says them; `name` is the routine as the person named it.
pub(super) fn farewell(
    view: &View,
    name: &str,
    args: &Play,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = &view.timeline.title;
    match &view.state {
        State::Left(Leaving::Wrong) => {
            let card = stop_card(view.area.unwrap_or(Area::Whole));
            let mut texts = [card.now, card.call, card.emergency, card.tell].into_iter();
            texts.try_for_each(|text| writeln!(out, "{}", text.said(Language::English)))
        }
        State::Finished => writeln!(out, "{title} is over. Take your time."),
        _ => {
            let step = view.timeline.step_at(view.anchor.at);
            let title_of_step = &view.timeline.steps[step].title;
            writeln!(out, "You left {title} at \u{201c}{title_of_step}\u{201d}.")?;
            writeln!(out, "{} goes on there.", command(view, name, step, args))?;
            match asked(&view.timeline.choices.edits) {
                Some(edits) => writeln!(out, "There, ask again {edits}, if you like."),
                None => Ok(()),
            }
        }
    }
}

/// The command that goes on at a step, as a shell wants it.
fn command(view: &View, name: &str, step: usize, args: &Play) -> String {
    let mut words = ["rootwell", "play", name].map(str::to_owned).to_vec();
    words.extend(args.choices.options(&view.timeline.choices, view.talk));
    words.extend(["--from".to_owned(), (step + 1).to_string()]);
    if let Some(device) = &args.device {
        words.extend(["--device".to_owned(), device.clone()]);
    }
    if args.plain {
        words.push("--plain".to_owned());
    }
    shlex::try_join(words.iter().map(String::as_str))
        .expect("a word of a command line has no NUL in it")
}

/// What was asked for while playing, which no option says.
fn asked(edits: &[Edit]) -> Option<String> {
    let has = |wanted: fn(&Edit) -> bool| edits.iter().any(wanted);
    let softer = has(|edit| matches!(edit, Edit::EaseOff { .. })).then_some("to ease off");
    let longer = has(|edit| matches!(edit, Edit::Longer { .. })).then_some("for more time");
    let all: Vec<&str> = softer.into_iter().chain(longer).collect();
    (!all.is_empty()).then(|| all.join(" and "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clap::Parser;

    use super::super::picture::tests::view;
    use super::*;
    use crate::names::Talk;
    use crate::units::{Frames, Secs};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        play: Play,
    }

    /// Leaves at a second after a change of the view; the words before the routine's own are left out.
    #[track_caller]
    fn leaves(secs: u64, words: &str, change: impl FnOnce(&mut View), expected: &str) {
        let (mut view, _) = view(secs, State::Left(Leaving::Stopped));
        let line = shlex::split(&format!("play {words}")).unwrap();
        let args = Line::try_parse_from(line).unwrap().play;
        let given = args.choices.choices();
        Arc::make_mut(&mut view.timeline).choices = given;
        change(&mut view);
        let name = args.routine.clone().unwrap();
        let mut out = Vec::new();
        farewell(&view, &name, &args, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (_, said) = text.split_once('\n').unwrap();
        assert_eq!(said.trim_end(), expected, "{words}");
    }

    #[test]
    fn the_way_back_has_all_that_was_chosen() {
        let same = |_: &mut View| {};
        leaves(
            70,
            "two-steps",
            same,
            "rootwell play two-steps --from 2 goes on there.",
        );
        leaves(
            70,
            "two-steps --minutes 20 --choose deeper --tighter right --area neck --talk full",
            same,
            "rootwell play two-steps --minutes 20 --tighter right --area neck --talk full --choose deeper \
             --from 2 goes on there.",
        );
        leaves(
            0,
            "two-steps --variation a --variation 'b c' --tag pregnancy --device 'My Speakers' --plain",
            same,
            "rootwell play two-steps --variation a --variation 'b c' --tag pregnancy --from 1 \
             --device 'My Speakers' --plain goes on there.",
        );
        leaves(
            0,
            "\"my desk/it's mine.ron\"",
            same,
            "rootwell play \"my desk/it's mine.ron\" --from 1 goes on there.",
        );
    }

    #[test]
    fn what_was_asked_for_on_the_way_is_kept_or_named() {
        leaves(
            70,
            "two-steps --talk full",
            |view| {
                view.talk = Talk::Brief;
                let choices = &mut Arc::make_mut(&mut view.timeline).choices;
                choices.choose = Some("deeper".to_owned());
                let (step, from, by) = (0, Frames::ZERO, Secs(30.0));
                choices.edits = vec![
                    Edit::EaseOff { step, from },
                    Edit::Longer { step, by, from },
                    Edit::EaseOff { step, from },
                ];
            },
            "rootwell play two-steps --talk brief --choose deeper --from 2 goes on there.\n\
             There, ask again to ease off and for more time, if you like.",
        );
    }
}
