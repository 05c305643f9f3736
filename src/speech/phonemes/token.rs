//! A text as words and pauses: figures and signs become words, markup and pictures fall away.

use std::iter;

use super::number;

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A word as it is written, with straight apostrophes; hyphens inside it stay.
    Word(String),
    /// A pause, and the mark that made it.
    Pause(Pause, char),
}

/// How long the voice waits, in order of length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pause {
    /// At a comma, colon, dash or bracket.
    Comma,
    /// At the end of a sentence.
    Stop,
    /// At a line break in the text.
    Break,
}

/// The pieces of a text in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let mut scanner = Scanner {
        chars: &chars,
        at: 0,
        tokens: Vec::new(),
    };
    while scanner.at < chars.len() {
        scanner.step();
    }
    scanner.tokens
}

/// Typographic signs as their plain ones.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '‒' | '―' | '−' => '–',
        _ => c,
    }
}

struct Scanner<'a> {
    chars: &'a [char],
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn step(&mut self) {
        let c = self.peek(0);
        if c.is_ascii_digit() {
            return self.number();
        }
        if c.is_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match c {
            '\n' => self.pause(Pause::Break, '.'),
            '.' | '!' | '?' | '…' if !self.peek(0).is_alphanumeric() => {
                self.pause(Pause::Stop, c)
            }
            ',' | ';' | ':' => self.pause(Pause::Comma, c),
            '—' | '(' | ')' | '[' | ']' => self.pause(Pause::Comma, ','),
            '–' | '-' if self.peek(0) == ' ' => self.pause(Pause::Comma, ','),
            '–' | '-' if self.peek(0).is_ascii_digit() => self.words("minus"),
            '$' | '£' | '€' if self.peek(0).is_ascii_digit() => {
                self.number();
                self.words(match c {
                    '$' => "dollars",
                    '£' => "pounds",
                    _ => "euros",
                });
            }
            '%' => self.words("percent"),
            '°' => self.words("degrees"),
            '&' => self.words("and"),
            '+' => self.words("plus"),
            '=' => self.words("equals"),
            '×' => self.words("times"),
            '½' => self.words("one half"),
            '¼' => self.words("one quarter"),
            '¾' => self.words("three quarters"),
            _ => {} // markup, pictures, control characters
        }
    }

    fn word(&mut self) {
        let start = self.at;
        if let Some((written, said)) = ABBREVIATIONS
            .iter()
            .find(|(written, _)| self.looking_at(written))
        {
            self.at += written.chars().count();
            return self.words(said);
        }
        while self.peek(0).is_alphabetic()
            || (matches!(self.peek(0), '\'' | '-') && self.peek(1).is_alphabetic())
        {
            self.at += 1;
        }
        self.tokens
            .push(Token::Word(self.chars[start..self.at].iter().collect()));
    }

    /// A number with what belongs to it: `1,250` · `4.5` · `7:30` · `3rd` · `4–6` · `30 s`.
    fn number(&mut self) {
        let mut whole = self.digits();
        while self.peek(0) == ','
            && (1..=3).all(|n| self.peek(n).is_ascii_digit())
            && !self.peek(4).is_ascii_digit()
        {
            self.at += 1;
            whole += &self.digits();
        }
        let value: u64 = whole.parse().unwrap_or(u64::MAX);
        let mut one = value == 1;
        if self.peek(0) == '.' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            let fraction = self.digits();
            one = false;
            self.words(&format!(
                "{} point {}",
                number::digits(&whole),
                number::one_by_one(&fraction)
            ));
        } else if self.is_time() {
            self.at += 1;
            let minutes = self.digits().parse().expect("two digits");
            self.words(&number::clock(value, minutes));
        } else if value < 1_000_000
            && ["st", "nd", "rd", "th"]
                .iter()
                .any(|end| self.looking_at(end))
        {
            self.at += 2;
            self.words(&number::ordinal(value));
        } else {
            self.words(&number::digits(&whole));
        }
        if matches!(self.peek(0), '–' | '-') && self.peek(1).is_ascii_digit() {
            self.at += 1;
            self.words("to");
        } else {
            self.unit(one);
        }
    }

    fn is_time(&self) -> bool {
        self.peek(0) == ':'
            && [1, 2].iter().all(|&n| self.peek(n).is_ascii_digit())
            && !self.peek(3).is_ascii_digit()
    }

    fn digits(&mut self) -> String {
        let digits: String = self.chars[self.at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        self.at += digits.len();
        digits
    }

    /// A short unit after a number, with or without a space between.
    fn unit(&mut self, just_one: bool) {
        let space = usize::from(self.peek(0) == ' ');
        let letters: String = self.chars[self.at..]
            .iter()
            .skip(space)
            .take_while(|c| c.is_alphabetic())
            .take(4)
            .collect();
        if let Some((_, one, many)) = UNITS.iter().find(|(unit, _, _)| *unit == letters) {
            self.at += space + letters.len();
            self.words(if just_one { one } else { many });
        }
    }

    fn words(&mut self, words: &str) {
        self.tokens
            .extend(words.split(' ').map(|word| Token::Word(word.to_owned())));
    }

    /// Adds a pause, or makes the one that is already there longer; there is none before the first word.
    fn pause(&mut self, pause: Pause, mark: char) {
        match self.tokens.last_mut() {
            None => {}
            Some(Token::Pause(before, _)) if *before >= pause => {}
            Some(Token::Pause(before, _)) => *before = pause,
            Some(Token::Word(_)) => self.tokens.push(Token::Pause(pause, mark)),
        }
    }

    /// Whether these characters come next and no letter after them.
    fn looking_at(&self, text: &str) -> bool {
        let after = text.chars().count();
        let same = text
            .chars()
            .zip(self.chars[self.at..].iter().chain(iter::repeat(&'\0')));
        same.into_iter().all(|(a, &b)| a == b) && !self.peek(after).is_alphanumeric()
    }

    /// The character so many places ahead; `\0` after the end.
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }
}

/// What is written short and said long.
const ABBREVIATIONS: [(&str, &str); 10] = [
    ("Dr.", "doctor"),
    ("Mr.", "mister"),
    ("Mrs.", "missis"),
    ("Ms.", "miz"),
    ("St.", "saint"),
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("etc.", "and so on"),
    ("vs.", "versus"),
    ("approx.", "about"),
];

/// Units after a number: written, said of one, said of others.
const UNITS: [(&str, &str, &str); 11] = [
    ("s", "second", "seconds"),
    ("sec", "second", "seconds"),
    ("min", "minute", "minutes"),
    ("h", "hour", "hours"),
    ("mm", "millimeter", "millimeters"),
    ("cm", "centimeter", "centimeters"),
    ("m", "meter", "meters"),
    ("km", "kilometer", "kilometers"),
    ("g", "gram", "grams"),
    ("kg", "kilogram", "kilograms"),
    ("ml", "milliliter", "milliliters"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Words apart by spaces, pauses as their marks; `|` is a line break.
    #[track_caller]
    fn case(text: &str, expected: &str) {
        let said: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token {
                Token::Word(word) => word,
                Token::Pause(Pause::Break, _) => "|".to_owned(),
                Token::Pause(_, mark) => mark.to_string(),
            })
            .collect();
        assert_eq!(said.join(" "), expected, "{text}");
    }

    #[test]
    fn figures_become_words() {
        case("Hold 30 s at 4–6.", "Hold thirty seconds at four to six .");
        case("1 min, 1.5 cm", "one minute , one point five centimeters");
        case("At 7:30 or 20:05", "At seven thirty or twenty oh five");
        case(
            "the 3rd of 1,250",
            "the third of one thousand two hundred fifty",
        );
        case("45° and 50%", "forty five degrees and fifty percent");
        case("it costs $5", "it costs five dollars");
        case("-3 and 2 × 6", "minus three and two times six");
        case(
            "1:2:3, 4:5678",
            "one : two : three , four : five thousand six hundred seventy eight",
        );
        case("30 swings", "thirty swings");
    }

    #[test]
    fn marks_become_pauses() {
        case("Wait… now (softly) — go!", "Wait … now , softly , go !");
        case("One.\nTwo\n\nThree", "One | Two | Three");
        case("…, so?!", "so ?");
        case("the out-breath - slowly", "the out-breath , slowly");
        case("It’s the client’s", "It's the client's");
        case("e.g. the wall, etc.", "for example the wall , and so on");
    }

    #[test]
    fn what_cannot_be_said_falls_away() {
        case(
            "{side} hand \u{1f9d8}\u{200d}\u{2640}\u{fe0f} <b>now</b>",
            "side hand b now b",
        );
        case("\u{0}\u{7}\u{1b}[31m", "thirty one meters");
        case("", "");
        case("…!?", "");
    }
}
