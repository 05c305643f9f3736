//! How long a line takes to say, by the formula of `content.md` 5.2. It needs no voice, so that a file can be checked
//! and its timeline built anywhere.

use crate::names::Style;
use crate::routine::SectionKind;
use crate::units::Secs;

/// Words a second where the routine calms (`content.md` 5.2).
const CALM: f64 = 1.9;
/// Words a second where it works (`content.md` 5.2).
const BRISK: f64 = 2.2;
/// Seconds for each comma (`content.md` 5.2).
const COMMA: f64 = 0.3;
/// Seconds between two sentences (`content.md` 5.2).
const SENTENCE: f64 = 0.6;
/// Seconds for a line break (`format.md` 2).
const LINE_BREAK: f64 = 1.0;

/// Seconds that a line takes. In a blend the release is said at the pace of therapeutic work, the rest calmly.
pub fn formula(text: &str, style: Style, section: SectionKind) -> Secs {
    let rate = match (style, section) {
        (Style::Therapeutic, _) | (Style::Blend, SectionKind::Release) => BRISK,
        _ => CALM,
    };
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    let commas = text.matches(',').count();
    let lines = text
        .lines()
        .filter(|line| line.contains(char::is_alphanumeric));
    let (mut breaks, mut pauses) = (0, 0);
    for line in lines {
        breaks += 1;
        pauses += sentences(line).saturating_sub(1);
    }
    Secs(
        words as f64 / rate
            + COMMA * commas as f64
            + SENTENCE * pauses as f64
            + LINE_BREAK * f64::from(i32::max(breaks - 1, 0)),
    )
}

/// The sentences of one line: stretches with a word in them, parted by stops.
fn sentences(line: &str) -> usize {
    line.split(['.', '!', '?', ';', ':'])
        .filter(|sentence| sentence.contains(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, style: Style, section: SectionKind, expected: f64) {
        let secs = formula(text, style, section).0;
        assert!(
            (secs - expected).abs() < 1e-9,
            "{text}: {secs}, not {expected}"
        );
    }

    #[test]
    fn words_commas_and_sentences_count() {
        let (calm, work) = (Style::Relaxation, Style::Therapeutic);
        let soften = SectionKind::Soften;
        case("", calm, soften, 0.0);
        case("And out.", calm, soften, 2.0 / 1.9);
        case("And out.", work, soften, 2.0 / 2.2);
        case("Small and quiet, not big.", calm, soften, 5.0 / 1.9 + 0.3);
        case("Sit back. Be heavy.", calm, soften, 4.0 / 1.9 + 0.6);
        case("Sit back.\nBe heavy.", calm, soften, 4.0 / 1.9 + 1.0);
        case("Wait — stay.", calm, soften, 2.0 / 1.9);
    }

    #[test]
    fn a_blend_releases_at_the_pace_of_work() {
        case(
            "And ease off.",
            Style::Blend,
            SectionKind::Release,
            3.0 / 2.2,
        );
        case(
            "And ease off.",
            Style::Blend,
            SectionKind::Soften,
            3.0 / 1.9,
        );
    }
}
