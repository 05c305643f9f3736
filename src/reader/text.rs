//! What a text token says: its escapes resolved.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::CharIndices;

use crate::syntax::quote;

/// The text of a token without its quotes, and each place in it, in bytes from the token's start, where something is
/// wrong, with the reason.
pub(super) fn unquote(token: &str) -> (Cow<'_, str>, Vec<(usize, usize, &'static str)>) {
    let (content, escapes) = quote::content(token);
    let offset = content.as_ptr() as usize - token.as_ptr() as usize;
    let mut wrong = Vec::new();
    let text = if escapes && content.contains('\\') {
        Cow::Owned(resolve(content, offset, &mut wrong))
    } else {
        Cow::Borrowed(content)
    };
    let unfit = content
        .char_indices()
        .filter_map(|(at, letter)| Some((at, letter, unfit(letter)?)));
    wrong.extend(
        unfit.map(|(at, letter, reason)| (offset + at, offset + at + letter.len_utf8(), reason)),
    );
    (text, wrong)
}

/// Why a letter has no place in a text: it would not be read but obeyed, by a terminal or by what lays out lines.
fn unfit(letter: char) -> Option<&'static str> {
    match letter {
        '\n' | '\r' | '\t' => None,
        '\0' => Some("a text holds no NUL"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("a text holds no sign that turns the direction of writing")
        }
        _ => letter
            .is_control()
            .then_some("a text holds no control signs"),
    }
}

/// The content of a token as it is written, without its quotes.
pub(super) fn plain(token: &str) -> &str {
    quote::content(token).0
}

/// The letter of a token between single quotes.
pub(super) fn letter(token: &str) -> char {
    unquote(token).0.chars().next().unwrap_or(' ')
}

fn resolve(content: &str, offset: usize, wrong: &mut Vec<(usize, usize, &'static str)>) -> String {
    let mut text = String::with_capacity(content.len());
    let mut letters = content.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let escaped = escape(&mut letters).and_then(|letter| match letter.and_then(unfit) {
            Some(reason) => Err(reason),
            None => Ok(letter),
        });
        match escaped {
            Ok(letter) => text.extend(letter),
            Err(reason) => {
                let end = letters.peek().map_or(content.len(), |&(end, _)| end);
                wrong.push((offset + at, offset + end, reason));
            }
        }
    }
    text
}

/// The letter that an escape stands for, the `\` already read; none for a line that goes on.
fn escape(letters: &mut Peekable<CharIndices<'_>>) -> Result<Option<char>, &'static str> {
    let Some((_, kind)) = letters.next() else {
        return Err("nothing follows this `\\`");
    };
    Ok(Some(match kind {
        '\'' | '"' | '\\' => kind,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => return Err("a text holds no NUL"),
        'x' => code(letters, 2, 2)
            .filter(char::is_ascii)
            .ok_or("`\\x` takes two digits, from `01` to `7f`")?,
        'u' => {
            let opened = letters.next_if(|&(_, letter)| letter == '{').is_some();
            let letter = code(letters, 1, 6);
            let closed = letters.next_if(|&(_, letter)| letter == '}').is_some();
            letter
                .filter(|_| opened && closed)
                .ok_or("a letter by number is written as `\\u{e9}`")?
        }
        '\r' if letters.next_if(|&(_, letter)| letter == '\n').is_some() => {
            return Ok(next_line(letters));
        }
        '\n' => return Ok(next_line(letters)),
        _ => return Err("this `\\` has no meaning; a plain `\\` is written as `\\\\`"),
    }))
}

/// A line that ends in `\` goes on with the first letter of the next one.
fn next_line(letters: &mut Peekable<CharIndices<'_>>) -> Option<char> {
    while letters
        .next_if(|&(_, letter)| matches!(letter, ' ' | '\t' | '\n' | '\r'))
        .is_some()
    {}
    None
}

/// A letter by its number in hexadecimal digits; NUL is none.
fn code(letters: &mut Peekable<CharIndices<'_>>, least: usize, most: usize) -> Option<char> {
    let (mut code, mut count) = (0, 0);
    while count < most {
        let Some((_, digit)) = letters.next_if(|(_, letter)| letter.is_ascii_hexdigit()) else {
            break;
        };
        code = code * 16 + digit.to_digit(16)?;
        count += 1;
    }
    char::from_u32(code).filter(|&letter| count >= least && letter != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(token: &str, expected: &str) {
        let (text, wrong) = unquote(token);
        assert_eq!(
            (text.as_ref(), wrong.as_slice()),
            (expected, [].as_slice()),
            "{token}"
        );
    }

    #[track_caller]
    fn bad(token: &str, start: usize, end: usize) {
        let (_, wrong) = unquote(token);
        assert_eq!(
            wrong
                .iter()
                .map(|&(start, end, _)| (start, end))
                .collect::<Vec<_>>(),
            [(start, end)],
            "{token}"
        );
    }

    #[test]
    fn escapes_are_resolved() {
        case(r#""plain""#, "plain");
        case(r#""a \"b\" \\ \n\t\r\'""#, "a \"b\" \\ \n\t\r'");
        case(r#""\u{e9}\x41""#, "éA");
        case("\"a\\\n    b\"", "ab");
        case("r#\"a\\\"b\"#", "a\\\"b");
        case("“curly”", "curly");
        case("\"\"", "");
    }

    #[test]
    fn bad_escapes_are_placed() {
        bad(r#""ab\qc""#, 3, 5);
        bad(r#""\0""#, 1, 3);
        bad(r#""\xff""#, 1, 5);
        bad(r#""\u{110000}""#, 1, 11);
        bad(r#""\u{}""#, 1, 5);
        bad("\"a\0\"", 2, 3);
    }
}
