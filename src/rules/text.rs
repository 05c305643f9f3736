//! All texts of a routine that a person reads or hears, with their places.

use crate::routine::{Do, Routine, Step};

use super::view::View;

/// A text with its place.
pub(super) struct Text<'a> {
    base: &'a str,
    field: &'static str,
    index: Option<usize>,
    inner: &'static str,
    pub(super) text: &'a str,
}

impl Text<'_> {
    /// As `sections[0].steps[1].say[2].text`.
    pub(super) fn path(&self) -> String {
        let mut path = self.base.to_owned();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(self.field);
        if let Some(index) = self.index {
            path.push_str(&format!("[{index}]"));
        }
        path.push_str(self.inner);
        path
    }
}

/// Visits every text.
pub(super) fn each<'a>(view: &'a View<'a>, visit: &mut dyn FnMut(Text<'a>)) {
    header(view.routine, visit);
    for placed in &view.steps {
        step(&placed.path, placed.step, visit);
    }
}

fn header<'a>(routine: &'a Routine, visit: &mut dyn FnMut(Text<'a>)) {
    let mut put = |field, index, inner, text: &'a str| {
        visit(Text {
            base: "",
            field,
            index,
            inner,
            text,
        })
    };
    put("title", None, "", &routine.title);
    put("promise", None, "", &routine.promise);
    put("author", None, "", &routine.author);
    if let Some(text) = &routine.description {
        put("description", None, "", text);
    }
    if let Some(text) = &routine.after_care {
        put("after_care", None, "", text);
    }
    if let Some(needs) = &routine.needs {
        for (inner, text) in [(".space", &needs.space), (".noise", &needs.noise)] {
            if let Some(text) = text {
                put("needs", None, inner, text);
            }
        }
    }
    for (i, source) in routine.sources.iter().enumerate() {
        put("sources", Some(i), ".says", &source.says);
    }
    for (i, section) in routine.sections.iter().enumerate() {
        if let Some(title) = &section.title {
            put("sections", Some(i), ".title", title);
        }
    }
    for (i, variation) in routine.variations.iter().enumerate() {
        if let Some(title) = &variation.title {
            put("variations", Some(i), ".title", title);
        }
    }
}

fn step<'a>(base: &'a str, step: &'a Step, visit: &mut dyn FnMut(Text<'a>)) {
    let mut put = |field, index, inner, text: &'a str| {
        visit(Text {
            base,
            field,
            index,
            inner,
            text,
        })
    };
    let fields = [
        ("title", &step.title),
        ("landmark", &step.landmark),
        ("avoid", &step.avoid),
        ("feel", &step.feel),
        ("stop", &step.stop),
    ];
    for (field, text) in fields {
        if let Some(text) = text {
            put(field, None, "", text);
        }
    }
    if let Some(extra) = &step.extra {
        put("extra", None, ".why", &extra.why);
    }
    for (i, cue) in step.say.iter().enumerate() {
        put("say", Some(i), ".text", &cue.text);
        if let Some(caption) = &cue.caption {
            put("say", Some(i), ".caption", caption);
        }
    }
    match &step.r#do {
        Do::Press(press) => put("do", None, ".spot", &press.spot),
        Do::Melt(melt) => {
            put("do", None, ".spot", &melt.spot);
            if let Some(drag) = &melt.drag {
                put("do", None, ".drag", drag);
            }
        }
        Do::Roll(roll) => put("do", None, ".path", &roll.path),
        Do::Stroke(stroke) => put("do", None, ".path", &stroke.path),
        Do::Move(moves) => {
            if let Some(tempo) = &moves.tempo {
                put("do", None, ".tempo", tempo);
            }
        }
        Do::TenseRelease(tense) => {
            for group in &tense.groups {
                put("do", None, ".groups", group);
            }
        }
        Do::Ask(ask) => {
            if let Some(question) = &ask.question {
                put("do", None, ".question", question);
            }
        }
        Do::Wait(wait) => put("do", None, ".for", &wait.r#for),
        Do::Group(group) => {
            for text in &group.vary {
                put("do", None, ".vary", text);
            }
        }
        _ => {}
    }
}

/// The words of a text, in lower case, with their byte offsets.
pub(super) fn words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside =
            letter.is_alphanumeric() || (letter == '\'' || letter == '’') && start.is_some();
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = &text[from..at];
                let word = if word.is_ascii() {
                    word.to_ascii_lowercase()
                } else {
                    word.to_lowercase().replace('’', "'")
                };
                words.push((from, word));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether words begin with a phrase. A word of the phrase that ends with `*` stands for all its forms.
pub(super) fn begins(words: &[(usize, String)], phrase: &str) -> bool {
    let mut rest = words.iter();
    phrase.split(' ').all(|wanted| {
        rest.next()
            .is_some_and(|(_, word)| match wanted.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => word == wanted,
            })
    })
}

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n'])
        .map(str::trim)
        .filter(|sentence| sentence.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_in_any_form() {
        let found = |text: &str, phrase| {
            let words = words(text);
            (0..words.len()).any(|i| begins(&words[i..], phrase))
        };
        assert!(found("It heals you.", "heal*"));
        assert!(found("FLUSH toxins", "flush toxin*"));
        assert!(!found("Rest on your heel.", "heal*"));
        assert!(!found("a secure seat", "cure*"));
        assert!(found("don’t", "don't"));
    }

    #[test]
    fn sentences_end_with_stops_or_lines() {
        assert_eq!(
            sentences("One. Two?\nThree").collect::<Vec<_>>(),
            ["One.", "Two?", "Three"]
        );
        assert_eq!(sentences("… . !").count(), 0);
    }
}
