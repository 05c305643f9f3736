//! Numbers and what people write right behind them: a unit, a decimal comma, minutes, a second number.

use super::Parser;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;
use crate::syntax::token::TokenKind;
use crate::syntax::{NodeKind, number, on_one_line, problem, significant};

impl Parser<'_> {
    /// A number with all that belongs to it. Whatever is wrong with it is one diagnostic, so that no two fixes meet.
    pub(super) fn number(&mut self) {
        let first = self.at;
        let holder = self.nodes.last().filter(|node| node.end == 0);
        let holder = holder.map(|node| node.kind);
        self.leaf(NodeKind::Number, first + 1);
        self.advance();
        let is_key = holder == Some(NodeKind::Entry);
        let joint = (!is_key)
            .then(|| self.joint(holder == Some(NodeKind::Field)))
            .flatten();
        if joint.is_some() {
            self.advance();
            self.advance();
            self.stretch_last_leaf();
        }
        if !is_key && self.range(first) {
            return;
        }
        let figure = self.token_span(first).until(self.token_span(self.before()));
        let loose = !is_key && self.words();
        if loose {
            self.spoil_last_leaf();
        }
        let whole = figure.until(self.token_span(self.before()));
        let report = self.judge(figure, joint, whole, loose);
        self.problems.extend(report);
    }

    /// The comma of `4,5` or the colon of `1:30`, if it comes next; a comma only where two numbers cannot be meant.
    fn joint(&self, comma: bool) -> Option<TokenKind> {
        let behind = self.following();
        let touching = self.before() + 1 == self.at && self.at + 1 == behind;
        let joins = self.kind() == TokenKind::Colon || comma && self.kind() == TokenKind::Comma;
        (joins && touching && self.tokens[behind].kind == TokenKind::Number).then(|| self.kind())
    }

    /// `4-6` after the `4`: reported with the pair that is meant.
    fn range(&mut self, first: usize) -> bool {
        let low = self.before();
        let touching = low + 1 == self.at && self.kind() == TokenKind::Number;
        let Some(high) = touching
            .then(|| self.slice(self.at).strip_prefix(number::DASHES))
            .flatten()
            .map(ToOwned::to_owned)
        else {
            return false;
        };
        self.advance();
        let mut alone = !self.words();
        self.spoil_last_leaf();
        alone &= number::plain(&high).is_some() && number::plain(self.slice(low)).is_some();
        let span = self.token_span(first).until(self.token_span(self.before()));
        let report = problem::error(problem::UNIT, span, "from and to are written as a pair");
        self.problems.push(if alone && low == first {
            let pair = format!("({}, {high})", self.slice(low));
            report.fix(format!("write `{pair}`"), vec![Edit::new(span, pair)])
        } else {
            report
        });
        true
    }

    /// Passes over the words that stand on the line behind a number, up to a comma, a bracket or a field.
    fn words(&mut self) -> bool {
        let mut last = self.token_span(self.before()).start;
        let is_word = |parser: &Self| {
            let behind = parser.tokens[significant(parser.tokens, parser.following())].kind;
            parser.kind() == TokenKind::Word
                && !matches!(
                    behind,
                    TokenKind::Colon
                        | TokenKind::Equals
                        | TokenKind::OpenRound
                        | TokenKind::OpenCurly
                )
        };
        let mut found = false;
        while on_one_line(self.text, last, self.start())
            && (is_word(self) || found && self.kind() == TokenKind::Number)
        {
            found = true;
            last = self.start();
            self.advance();
        }
        found
    }

    /// What is wrong with a figure such as `30`, `4,5` or `1:30s`, if anything is; `whole` is the figure with the words
    /// behind it.
    fn judge(
        &self,
        figure: Span,
        joint: Option<TokenKind>,
        whole: Span,
        loose: bool,
    ) -> Option<Diagnostic> {
        let written = &self.text[figure.range()];
        let digits = number::without_letters(written);
        let unit = self.text[figure.start as usize + digits.len()..whole.end as usize].trim();
        if !unit.is_empty() {
            return Some(self.judge_unit(digits, joint, unit, whole, loose));
        }
        match joint {
            Some(TokenKind::Comma) => {
                let comma = written.find(',').map(|at| figure.start + at as u32)?;
                let report = problem::error(
                    problem::DECIMAL_COMMA,
                    figure,
                    "a fraction is written with a point",
                );
                let edit = Edit::new(Span::new(comma, comma + 1), ".");
                let is_number = number::meant(written).is_some();
                Some(if is_number {
                    report.fix("write `.`", vec![edit])
                } else {
                    report
                })
            }
            Some(_) => Some(self.judge_clock(figure)),
            // A dash in place of a minus sign has been told.
            None if number::plain(digits.trim_start_matches(number::DASHES)).is_some() => None,
            None => Some(not_plain(whole, written).label("numbers are written with digits alone")),
        }
    }

    /// `20 cm`, `30s` or `1,5 min`: reported with the number alone.
    fn judge_unit(
        &self,
        digits: &str,
        joint: Option<TokenKind>,
        unit: &str,
        whole: Span,
        loose: bool,
    ) -> Diagnostic {
        let digits = match joint {
            Some(TokenKind::Comma) => digits.replacen(',', ".", 1),
            _ => digits.to_owned(),
        };
        let plain = number::without_unit(&digits, unit);
        let report = match (&plain, loose) {
            (Some(_), true) => {
                problem::error(problem::UNIT, whole, "a number is written without its unit")
            }
            (None, true) => problem::error(
                problem::UNIT,
                whole,
                "a number stands alone, without words behind it",
            ),
            (Some(_), false) => not_plain(whole, &self.text[whole.range()])
                .label("seconds are written as a number alone"),
            (None, false) => not_plain(whole, &self.text[whole.range()])
                .label("numbers are written with digits alone"),
        };
        let Some(plain) = plain else {
            return report;
        };
        let (message, edits) = (format!("write `{plain}`"), vec![Edit::new(whole, plain)]);
        if number::is_of_time(unit) && self.is_in_seconds() {
            report.fix(message, edits)
        } else {
            report.guess(message, edits)
        }
    }

    /// `1:30`: reported with the seconds that are meant; sure only of two digits, for `0:5` may be a half.
    fn judge_clock(&self, span: Span) -> Diagnostic {
        let report = problem::error(problem::CLOCK, span, "a length is written in seconds");
        let Some((minutes, seconds)) = self.text[span.range()].split_once(':') else {
            return report;
        };
        let Some(value) = number::clock(minutes, seconds) else {
            return report;
        };
        let value = value.to_string();
        let (message, edits) = (format!("write `{value}`"), vec![Edit::new(span, value)]);
        let whole_seconds = seconds.split('.').next().unwrap_or_default();
        if whole_seconds.len() == 2 && self.is_in_seconds() {
            report.fix(message, edits)
        } else {
            report.guess(message, edits)
        }
    }

    /// Whether the number that has just been read is certainly one of seconds.
    fn is_in_seconds(&self) -> bool {
        // Every unit looks through all nodes; what is shown no more needs no look.
        !self.problems.is_full()
            && self
                .nodes
                .iter()
                .rev()
                .filter(|node| node.end == 0 && node.kind == NodeKind::Field)
                .map(|node| self.slice(node.name as usize))
                .find(|name| !number::is_part(name))
                .is_some_and(number::is_in_seconds)
    }

    /// What was read so far of the last leaf is not what is meant.
    fn spoil_last_leaf(&mut self) {
        self.stretch_last_leaf();
        if let Some(leaf) = self.nodes.last_mut() {
            leaf.kind = NodeKind::Bad;
        }
    }

    fn stretch_last_leaf(&mut self) {
        let last = self.before() as u32 + 1;
        if let Some(leaf) = self.nodes.last_mut() {
            leaf.last = last;
        }
    }
}

fn not_plain(span: Span, written: &str) -> Diagnostic {
    problem::error(
        problem::UNIT,
        span,
        format!("`{written}` is not a plain number"),
    )
}
