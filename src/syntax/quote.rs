//! Where a text begins and ends, also when a word processor changed its quotes or one of them was forgotten.

use super::problem;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;

/// The end of the text that starts with the `"` at `start`.
///
/// A text may go over several lines, so a forgotten quote swallows what follows up to the next `"`. That quote is
/// then followed at once by a letter, which never happens in a well-formed file.
pub(super) fn straight(text: &str, start: usize) -> (usize, Option<Diagnostic>) {
    if let Some(end) = closing_quote(text, start + 1) {
        let content = &text[start + 1..end - 1];
        let glued = text[end..]
            .starts_with(|next: char| next.is_alphanumeric() || matches!(next, '{' | '“' | '”'));
        if let Some(found) = glued.then(|| quoted_inside(text, start, end)).flatten() {
            return found;
        }
        if !glued || !(content.contains(['\n', '”', '“']) || content.contains(", ")) {
            return (end, None);
        }
    }
    let line_end = line_end(text, start);
    if let Some((at, quote)) = text[start + 1..line_end]
        .char_indices()
        .find(|(_, letter)| is_double(*letter))
    {
        let closing = Span::new(
            (start + 1 + at) as u32,
            (start + 1 + at + quote.len_utf8()) as u32,
        );
        let report = problem::error(
            problem::QUOTES,
            closing,
            "this is not a straight quotation mark",
        )
        .label("word processors put it here")
        .fix("write `\"`", vec![Edit::new(closing, "\"")]);
        return (closing.end as usize, Some(report));
    }
    let end = end_of_unclosed(text, start + 1);
    (end, Some(unclosed(start, end)))
}

/// A text with a quoted word in it, as in `"The "soft" one"`: where it ends, and what is to be said about it. `inner`
/// is the byte after the first quote inside.
fn quoted_inside(text: &str, start: usize, inner: usize) -> Option<(usize, Option<Diagnostic>)> {
    let before = text[start + 1..inner - 1].trim_end();
    let line = &text[inner..line_end(text, inner)];
    if before.ends_with([':', '[', '(', '{', ',']) || before.contains('\n') {
        return None;
    }
    let mut quotes = vec![inner - 1];
    for (at, _) in line.match_indices('"') {
        let end = inner + at + 1;
        if quotes.len() % 2 == 0 && ends_a_value(&text[end..]) {
            let escapes = quotes
                .iter()
                .map(|&quote| Edit::new(Span::at(quote as u32), "\\"))
                .collect();
            let report = problem::error(
                problem::QUOTES,
                Span::new(quotes[0] as u32, inner as u32 + at as u32),
                "a quotation mark inside a text ends it",
            )
            .fix("write `\\\"` inside the text", escapes);
            return Some((end, Some(report)));
        }
        quotes.push(end - 1);
    }
    None
}

/// Whether what follows a value follows here.
fn ends_a_value(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    line.is_empty() || line.starts_with([',', ')', ']', '}', ':', ';'])
}

/// The byte after the closing `"`, escapes passed over.
fn closing_quote(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\'))?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The end of a text that was begun with another mark than `"`, and what is to be said about it.
pub(super) fn other(text: &str, start: usize) -> (usize, Option<Diagnostic>) {
    let opening = text[start..].chars().next().unwrap_or('"');
    let content = start + opening.len_utf8();
    let line = &text[content..line_end(text, start)];
    let closes = |letter: char| {
        if is_double(opening) {
            letter == '"' || is_double(letter)
        } else {
            letter == opening || matches!(letter, '’' | '\'')
        }
    };
    let mut candidates = line.char_indices().filter(|(_, letter)| closes(*letter));
    let first = candidates.clone().next();
    let closing = candidates
        .find(|(at, letter)| ends_a_value(&line[at + letter.len_utf8()..]))
        .or(first);

    let (close, end) = match closing {
        Some((at, letter)) => (content + at, content + at + letter.len_utf8()),
        None => (content + cut(line), content + cut(line)),
    };
    let mut edits = vec![Edit::new(Span::new(start as u32, content as u32), "\"")];
    edits.extend(
        text[content..close]
            .match_indices('"')
            .map(|(at, _)| Edit::new(Span::at((content + at) as u32), "\\")),
    );
    edits.push(Edit::new(Span::new(close as u32, end as u32), "\""));
    let message = if is_double(opening) {
        "these are not straight quotation marks"
    } else {
        "a text stands between double quotation marks"
    };
    let report = problem::error(
        problem::QUOTES,
        Span::new(start as u32, end as u32),
        message,
    )
    .fix("write it between `\"` and `\"`", edits);
    (end, Some(report))
}

/// The end of `'a'` or `'\n'`; `None` if more stands between the marks.
pub(super) fn letter_end(text: &str, start: usize) -> Option<usize> {
    let mut letters = text[start + 1..].char_indices();
    let (_, first) = letters.next()?;
    match first {
        '\'' | '\n' => return None,
        '\\' => {
            letters
                .next()
                .filter(|(_, escaped)| "nrt'\"\\".contains(*escaped))?;
        }
        _ => {}
    }
    let (at, closing) = letters.next()?;
    (closing == '\'').then_some(start + 1 + at + 1)
}

/// Where a text without a closing quote was meant to end: before the next field on its line, else before the
/// brackets and commas that end the line.
pub(super) fn end_of_unclosed(text: &str, from: usize) -> usize {
    from + cut(&text[from..line_end(text, from)])
}

fn cut(line: &str) -> usize {
    let next_field = line.match_indices(", ").map(|(at, _)| at).find(|at| {
        let rest = line[at + 2..].trim_start();
        let name = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_')
            .count();
        name > 1 && rest[name..].starts_with(':')
    });
    next_field.unwrap_or_else(|| {
        line.trim_end_matches([' ', '\t', '\r', ',', ')', ']', '}', ';'])
            .len()
    })
}

/// The diagnostic of a text that starts at `start` and was meant to end before `end`.
pub(super) fn unclosed(start: usize, end: usize) -> Diagnostic {
    let quote = Span::new(start as u32, start as u32 + 1);
    problem::error(
        problem::UNQUOTED,
        quote,
        "this text has no closing quotation mark",
    )
    .fix("close it here", vec![Edit::new(Span::at(end as u32), "\"")])
}

/// The end of the line, or of the first few thousand bytes of it, so that no line is slow.
fn line_end(text: &str, from: usize) -> usize {
    let near = text.floor_char_boundary(from + 4096);
    text[from..near]
        .find('\n')
        .map_or(near, |length| from + length)
}

fn is_double(letter: char) -> bool {
    matches!(letter, '“' | '”' | '„' | '‟' | '«' | '»')
}

/// What stands between the marks of a text token, as it is written, and whether `\` means something in it.
pub(crate) fn content(token: &str) -> (&str, bool) {
    if token.starts_with(|first: char| first.is_alphanumeric())
        && !token.starts_with("r\"")
        && !token.starts_with("r#")
    {
        // Somebody forgot the quotes.
        return (token, false);
    }
    if let Some(raw) = token.strip_prefix('r') {
        let inner = raw.trim_matches('#');
        return (
            inner
                .strip_prefix('"')
                .and_then(|inner| inner.strip_suffix('"'))
                .unwrap_or(inner),
            false,
        );
    }
    let mut letters = token.chars();
    letters.next();
    let inner = letters.as_str();
    (
        inner
            .strip_suffix(['"', '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '\'', '`'])
            .unwrap_or(inner),
        true,
    )
}
