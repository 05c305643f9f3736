//! Rules about who says the lines: a voice, or a studio's own recording.

use super::report::Report;
use super::view::View;
use super::{Check, Entry};
use crate::diagnostic::{Level, Rule};
use crate::names::Language;
use crate::routine::Cue;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW194",
            level: Level::Warning,
            summary: "No voice speaks this language",
            explanation: "There are voices for English (en, en-GB), German (de), Spanish (es), French (fr) and Italian (it). In another \
                          language a line without a recording (`clip`) is a caption and a tone, unless the person has a voice program \
                          of their own.",
            wrong: "language: \"pt\",\n(do: Rest(length: 30), say: [(at: 1, text: \"Respire.\")])",
            right: "language: \"es\",\n(do: Rest(length: 30), say: [(at: 1, text: \"Respira.\")])",
        },
        check: Check::Written(no_voice),
    },
    Entry {
        rule: Rule {
            code: "RW195",
            level: Level::Warning,
            summary: "A recording cannot be used",
            explanation: "`check --voice` listens to each recording that a line names: Ogg Vorbis, FLAC or WAV, at most 50 MB, in the folder \
                          `recordings` that `rootwell data show` names. A voice says the line of one that is not there or cannot be read.",
            wrong: "",
            right: "(do: Rest(length: 30), say: [(at: 1, text: \"Rest.\", clip: \"rest.ogg\")])",
        },
        check: Check::Written(unheard),
    },
];

/// Every line with its path.
fn cues<'a>(view: &'a View<'_>) -> impl Iterator<Item = (String, &'a Cue)> {
    view.steps.iter().flat_map(|placed| {
        let cues = placed.step.say.iter().enumerate();
        cues.map(|(i, cue)| (placed.field(&format!("say[{i}]")), cue))
    })
}

fn no_voice(view: &View<'_>, report: &mut Report<'_>) {
    let language = &view.routine.language;
    let mute = || cues(view).any(|(_, cue)| cue.clip.is_none());
    if Language::from_tag(language).is_none() && mute() {
        report
            .at(
                "language",
                format!("no voice speaks \u{201c}{language}\u{201d}"),
            )
            .note("its lines are captions and tones, but for those with a recording of their own");
    }
}

fn unheard(view: &View<'_>, report: &mut Report<'_>) {
    for (path, cue) in cues(view) {
        let why = cue
            .clip
            .as_deref()
            .and_then(|name| view.lengths.unheard(name));
        if let Some(why) = why {
            report.at(
                format!("{path}.clip"),
                format!("this recording cannot be used: {why}"),
            );
        }
    }
}
