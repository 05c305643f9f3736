//! Rules about words: no claims (`content.md` 8), nothing harsh, short sentences, captions that fit (5.1, 5.6).

use crate::diagnostic::{Level, Rule};
use crate::wording::List;

use super::report::Report;
use super::text::{self, sentences};
use super::view::View;
use super::{Check, Entry};

/// Claims that are not made, each with what may be said. A star stands for all forms of a word.
const CLAIMS: &[(&str, &str)] = &[
    (
        "cure*",
        "say what people notice: \"may help you feel easier\"",
    ),
    ("heal", "say \"ease\" or \"settle\""),
    ("heals", "say \"eases\" or \"settles\""),
    ("healed", "say \"eased\" or \"settled\""),
    ("healing", "say \"easing\" or \"settling\""),
    ("treats", "this is self-care, not treatment"),
    ("treat your", "this is self-care, not treatment"),
    ("treat the", "this is self-care, not treatment"),
    ("treat pain", "this is self-care, not treatment"),
    ("treating", "this is self-care, not treatment"),
    ("treatment for", "this is self-care, not treatment"),
    ("remed*", "this is self-care, not a remedy"),
    ("detox*", "leave it out: there is nothing to show for it"),
    ("toxin*", "leave it out: there is nothing to show for it"),
    ("flush out", "say \"warm\" or \"ease\""),
    ("flush away", "say \"warm\" or \"ease\""),
    ("flushes", "say \"warms\" or \"eases\""),
    ("flushing", "say \"warming\" or \"easing\""),
    ("flush waste", "say \"warm\" or \"ease\""),
    ("realign*", "say \"ease\" or \"lengthen\""),
    ("adhesion*", "how it works is not known: say \"soften\""),
    ("break up", "say \"soften\" or \"melt\""),
    ("breaks up", "say \"softens\" or \"melts\""),
    ("breaking up", "say \"softening\" or \"melting\""),
    ("break down", "say \"soften\" or \"melt\""),
    ("fix posture", "say \"sit with more ease\""),
    ("fix your posture", "say \"sit with more ease\""),
    ("fixes posture", "say \"sit with more ease\""),
    ("fixes your posture", "say \"sit with more ease\""),
    ("correct your posture", "say \"sit with more ease\""),
    ("corrects your posture", "say \"sit with more ease\""),
    ("prevent* injur*", "say \"a practice between sessions\""),
    ("prevent* pain", "say \"a practice between sessions\""),
    (
        "boost* immun*",
        "leave it out: there is nothing to show for it",
    ),
    (
        "boost* your immun*",
        "leave it out: there is nothing to show for it",
    ),
    (
        "immune system",
        "leave it out: there is nothing to show for it",
    ),
    ("immunity", "leave it out: there is nothing to show for it"),
    ("works for everyone", "say \"many people notice\""),
    ("works for everybody", "say \"many people notice\""),
    ("work for everyone", "say \"many people notice\""),
    ("alpha waves", "say \"calm\" or \"clear\""),
    ("theta waves", "say \"calm\" or \"clear\""),
    ("delta waves", "say \"calm\" or \"clear\""),
    ("brain waves", "say \"calm\" or \"clear\""),
    ("brainwave*", "say \"calm\" or \"clear\""),
    ("vagus", "say \"many people feel calmer\""),
    ("vagal", "say \"many people feel calmer\""),
    (
        "diagnos*",
        "a routine does not diagnose: send people to their therapist or doctor",
    ),
    ("proven", "say \"used in studies of\""),
    ("scientifically", "say \"used in studies of\""),
    ("clinically", "say \"used in studies of\""),
    ("guarantee*", "say \"may\""),
    ("miracle*", "say what people notice"),
    ("gets rid of", "say \"may ease\""),
    ("get rid of", "say \"may ease\""),
];

/// Words that make a touch hurt more [Varelmann10, Hansen19], each with a kinder way.
const HARSH: &[(&str, &str)] = &[
    (
        "will hurt",
        "say what is felt: \"a clear, welcome pressure\"",
    ),
    ("no pain", "say \"as far as feels easy\""),
    ("dig in", "say \"lean in\""),
    ("dig into", "say \"lean into\""),
    ("crush*", "say \"press\""),
    ("attack*", "say \"work on\""),
    ("grind*", "say \"roll slowly\""),
    ("punish*", "say it more kindly"),
    ("push through", "say \"stay where it is easy\""),
    ("suffer*", "say it more kindly"),
    ("survive*", "say it more kindly"),
];

/// Words before a "left" that means what remains.
const REMAINING: &[&str] = &[
    "second", "seconds", "minute", "minutes", "breath", "breaths", "round", "rounds", "time",
    "one", "is", "are",
];

/// Most words of a sentence that is heard (`content.md` 5.1).
const SENTENCE: usize = 16;
/// Most sentences of a line (`content.md` 5.1).
const SENTENCES: usize = 4;
/// Two lines of 38 characters (`content.md` 5.6).
const CAPTION: usize = 76;
/// The school year whose readers understand it.
const GRADE: f64 = 7.0;
/// Most characters of any text (`authoring.md` D1).
pub(super) const TEXT: usize = 2_000;

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: Rule {
            code: "RW160",
            level: Level::Error,
            summary: "A text claims what self-care cannot promise",
            explanation: "Rootwell is self-care between sessions, not medical treatment. Words such as cure, heal, detox, realign, \
                          break up knots or boost immunity are not used, and nothing works for everyone. Say what people may notice: \
                          \"may help you feel settled\", \"many people notice\", \"short-term ease of movement\".",
            wrong: "promise: \"Heals your hips and flushes toxins.\",",
            right: "promise: \"May help your hips feel easier.\",",
        },
        check: Check::Written(claims),
    },
    Entry {
        rule: Rule {
            code: "RW161",
            level: Level::Warning,
            summary: "A line is harsh",
            explanation: "Harsh words raise the pain that people rate, even with a \"no\" before them. Say kindly what is felt, \
                          and leave the choice with the person.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), say: [(at: 1, text: \"This will hurt a little. Push through.\")])",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), say: [(at: 1, text: \"Only as far as feels easy.\")])",
        },
        check: Check::Written(harsh),
    },
    Entry {
        rule: Rule {
            code: "RW162",
            level: Level::Warning,
            summary: "A line is hard to follow by ear",
            explanation: "Who lies with closed eyes cannot read a sentence again. At most 16 words a sentence, better 12, \
                          one instruction each; at most four short sentences a line.",
            wrong: "(do: Rest(length: 30), say: [(at: 1, text: \"Now please lie down on your back and bend both of your knees so that \
                    your feet are flat.\")])",
            right: "(do: Rest(length: 30), say: [(at: 1, text: \"Lie on your back. Bend both knees, feet flat.\")])",
        },
        check: Check::Written(hard_to_follow),
    },
    Entry {
        rule: Rule {
            code: "RW163",
            level: Level::Error,
            summary: "A caption does not fit two lines",
            explanation: "Captions are shown sentence by sentence, on two lines of 38 characters. A longer sentence is cut in two, \
                          or gets a shorter `caption`.",
            wrong: "(do: Rest(length: 40), say: [(at: 1, text: \"Unhurriedly, comfortably, experimentally straightening everything \
                    throughout alternating legs.\")])",
            right: "(do: Rest(length: 40), say: [(at: 1, text: \"Straighten one leg, then the other. No hurry.\")])",
        },
        check: Check::Written(long_caption),
    },
    Entry {
        rule: Rule {
            code: "RW164",
            level: Level::Warning,
            summary: "The lines are written for experts",
            explanation: "Seen over all its lines, a routine should be easy for a reader of twelve or thirteen (Flesch–Kincaid grade 7). \
                          Everyday nouns, short words; one clinical word in the caption or the landmark is enough.",
            wrong: "(do: Rest(length: 60), say: [(at: 1, text: \"Progressively accommodate neuromuscular relaxation of gluteal musculature.\")])",
            right: "(do: Rest(length: 60), say: [(at: 1, text: \"Let your seat get heavy.\")])",
        },
        check: Check::Written(for_experts),
    },
    Entry {
        rule: Rule {
            code: "RW165",
            level: Level::Warning,
            summary: "A line names a side although both are worked",
            explanation: "A step on both sides says every line twice. `{side}` and `{other}` are filled in with left and right, \
                          `{Side}` and `{Other}` at the start of a sentence; so each side hears its own name, whichever comes first.",
            wrong: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8, say: [(at: 1, text: \"Lean to the left.\")])",
            right: "(do: Stretch(length: 30, pressure: (4, 5)), side: Each, switch: 8, say: [(at: 1, text: \"Lean to the {side}.\")])",
        },
        check: Check::Written(named_side),
    },
    Entry {
        rule: Rule {
            code: "RW166",
            level: Level::Error,
            summary: "A text is longer than 2 000 characters",
            explanation: "No line and no description needs more; so much text in one place is mostly a missing quotation mark.",
            wrong: "",
            right: "description: \"A short one.\",",
        },
        check: Check::Written(too_long),
    },
    Entry {
        rule: Rule {
            code: "RW167",
            level: Level::Error,
            summary: "A text that must say something is empty",
            explanation: "Title, promise and author are shown on the routine's card, and a line without words is a silence with a caption \
                          that nobody can read.",
            wrong: "title: \"\",",
            right: "title: \"Hips at Ease\",",
        },
        check: Check::Written(empty),
    },
    Entry {
        rule: Rule {
            code: "RW168",
            level: Level::Error,
            summary: "A line has more than one place",
            explanation: "A line stands at one place: `at`, `before_end`, `half`, `set_up`, `switch`, `inhale` or `exhale`. \
                          To say it twice, write it twice.",
            wrong: "(do: Rest(length: 30), say: [(at: 1, before_end: 4, text: \"Soft jaw.\")])",
            right: "(do: Rest(length: 30), say: [(at: 1, text: \"Soft jaw.\")])",
        },
        check: Check::Written(two_places),
    },
];

fn claims(view: &View<'_>, report: &mut Report<'_>) {
    phrases(view, report, CLAIMS, |phrase| {
        format!("“{phrase}” claims more than self-care can promise")
    });
}

fn harsh(view: &View<'_>, report: &mut Report<'_>) {
    phrases(view, report, HARSH, |phrase| {
        format!("“{phrase}” makes the body brace")
    });
}

fn phrases(
    view: &View<'_>,
    report: &mut Report<'_>,
    list: &[(&str, &str)],
    message: impl Fn(&str) -> String,
) {
    if !english(view) {
        return;
    }
    text::each(view, &mut |text| {
        let words = text::words(text.text);
        for i in 0..words.len() {
            let first = words[i].1.as_bytes()[0];
            let phrase = list.iter().find(|(phrase, _)| {
                phrase.as_bytes()[0] == first && text::begins(&words[i..], phrase)
            });
            if let Some((phrase, advice)) = phrase {
                let (last, word) = &words[i + phrase.split(' ').count() - 1];
                let said = &text.text[words[i].0..last + word.len()];
                report.at(text.path(), message(said)).note(*advice);
            }
        }
    });
}

fn hard_to_follow(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        for (i, cue) in placed.step.say.iter().enumerate() {
            let path = || placed.field(&format!("say[{i}].text"));
            let longest = sentences(&cue.text)
                .map(|sentence| sentence.split_whitespace().count())
                .max()
                .unwrap_or(0);
            if longest > SENTENCE {
                report.at(path(), format!("this line has a sentence of {longest} words; at most {SENTENCE} can be followed by ear"));
            }
            let count = sentences(&cue.text).count();
            if count > SENTENCES {
                report.at(
                    path(),
                    format!("this line has {count} sentences; say at most {SENTENCES} at a time"),
                );
            }
        }
    }
}

fn long_caption(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        for (i, cue) in placed.step.say.iter().enumerate() {
            let (field, caption) = match &cue.caption {
                Some(caption) => ("caption", caption),
                None => ("text", &cue.text),
            };
            let longest = sentences(caption)
                .map(|sentence| sentence.chars().count())
                .max()
                .unwrap_or(0);
            if longest > CAPTION {
                report
                    .at(
                        placed.field(&format!("say[{i}].{field}")),
                        format!("a sentence of {longest} characters does not fit the two lines of a caption ({CAPTION})"),
                    )
                    .note("cut the sentence in two, or give the line a shorter `caption`");
            }
        }
    }
}

fn for_experts(view: &View<'_>, report: &mut Report<'_>) {
    if !english(view) {
        return;
    }
    let (mut words, mut lines, mut syllables) = (0_usize, 0_usize, 0_usize);
    for cue in view.steps.iter().flat_map(|placed| &placed.step.say) {
        lines += sentences(&cue.text).count();
        for (_, word) in text::words(&cue.text) {
            words += 1;
            syllables += self::syllables(&word);
        }
    }
    if words == 0 || lines == 0 {
        return;
    }
    let (words, lines, syllables) = (words as f64, lines as f64, syllables as f64);
    let grade = 0.39 * words / lines + 11.8 * syllables / words - 15.59;
    if grade > GRADE {
        report
            .at(
                "title",
                format!("the lines read like school year {grade:.0}; aim for {GRADE} or below"),
            )
            .note("shorter words and shorter sentences bring it down");
    }
}

/// About how many syllables an English word has: its groups of vowels, without a silent e.
fn syllables(word: &str) -> usize {
    let vowel = |letter: char| "aeiouy".contains(letter);
    let mut count = 0;
    let mut before = false;
    for letter in word.chars() {
        let now = vowel(letter);
        if now && !before {
            count += 1;
        }
        before = now;
    }
    if count > 1 && word.ends_with('e') && !word.ends_with("le") {
        count -= 1;
    }
    count.max(1)
}

fn named_side(view: &View<'_>, report: &mut Report<'_>) {
    if !english(view) {
        return;
    }
    for placed in view.steps.iter().filter(|placed| placed.two_sided()) {
        for (i, cue) in placed.step.say.iter().enumerate() {
            let words = text::words(&cue.text);
            // "Ten seconds left" is no side.
            let remains = |i: usize| i > 0 && REMAINING.contains(&words[i - 1].1.as_str());
            let has = |wanted: &str| {
                words
                    .iter()
                    .enumerate()
                    .any(|(i, (_, word))| word == wanted && !remains(i))
            };
            // "Compare left and right" is true on either side.
            if has("left") != has("right") {
                report
                    .at(placed.field(&format!("say[{i}].text")), "this line names one side, but it is said for both")
                    .note("write `{side}` or `{other}`, or `{Side}` and `{Other}` where a sentence begins");
            }
        }
    }
}

fn too_long(view: &View<'_>, report: &mut Report<'_>) {
    text::each(view, &mut |text| {
        if text.text.len() > TEXT && text.text.chars().count() > TEXT {
            let count = text.text.chars().count();
            report.at(
                text.path(),
                format!("this text has {count} characters; at most {TEXT} are allowed"),
            );
        }
    });
}

fn empty(view: &View<'_>, report: &mut Report<'_>) {
    let routine = view.routine;
    for (field, text) in [
        ("title", &routine.title),
        ("promise", &routine.promise),
        ("author", &routine.author),
    ] {
        if text.trim().is_empty() {
            report.at(field, format!("the {field} is empty"));
        }
    }
    for placed in &view.steps {
        for (i, cue) in placed.step.say.iter().enumerate() {
            if cue.text.trim().is_empty() {
                report.at(
                    placed.field(&format!("say[{i}].text")),
                    "this line has no words",
                );
            }
        }
    }
}

fn two_places(view: &View<'_>, report: &mut Report<'_>) {
    for placed in &view.steps {
        for (i, cue) in placed.step.say.iter().enumerate() {
            let places = [
                ("at", cue.at.is_some()),
                ("before_end", cue.before_end.is_some()),
                ("half", cue.half),
                ("set_up", cue.set_up.is_some()),
                ("switch", cue.switch.is_some()),
                ("inhale", cue.inhale.is_some()),
                ("exhale", cue.exhale.is_some()),
            ];
            let written: Vec<&str> = places
                .into_iter()
                .filter(|(_, written)| *written)
                .map(|(name, _)| name)
                .collect();
            if written.len() > 1 {
                let path = placed.field(&format!("say[{i}]"));
                report.at(
                    &path,
                    format!(
                        "this line has {} places: {}",
                        written.len(),
                        List::and(&written)
                    ),
                );
            }
        }
    }
}

/// Whether the routine is written in English; lists of English words say nothing about other languages.
pub(super) fn english(view: &View<'_>) -> bool {
    view.routine.language == "en" || view.routine.language.starts_with("en-")
}
