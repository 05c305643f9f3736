//! The languages that Pico speaks: what is said, in which pieces, and how its sound is made softer.

use std::borrow::Cow;
use std::f32::consts::PI;
use std::path::Path;
use std::{fs, io};

use super::cache::Key;
use super::finish::{self, Sound};
use super::phonemes::Pause;
use super::{Clip, Language, Line, NoVoice, english, pico};

/// Pico fails on longer words, and on longer numbers.
const LONGEST_WORD: usize = 40;
/// As for English.
const LONGEST_TEXT: usize = 6_400;

macro_rules! files {
    ($analysis:literal, $signal:literal) => {
        [
            (
                $analysis,
                include_bytes!(concat!("../../assets/voice/pico/", $analysis)).as_slice(),
            ),
            (
                $signal,
                include_bytes!(concat!("../../assets/voice/pico/", $signal)).as_slice(),
            ),
        ]
    };
}

/// The files of a language's voice: text analysis, then signal generation; `None` for a language that Pico does not
/// speak here.
fn files(language: Language) -> Option<[(&'static str, &'static [u8]); 2]> {
    Some(match language {
        Language::English => return None,
        Language::British => files!("en-GB_ta.bin", "en-GB_kh0_sg.bin"),
        Language::German => files!("de-DE_ta.bin", "de-DE_gl0_sg.bin"),
        Language::Spanish => files!("es-ES_ta.bin", "es-ES_zl0_sg.bin"),
        Language::French => files!("fr-FR_ta.bin", "fr-FR_nk0_sg.bin"),
        Language::Italian => files!("it-IT_ta.bin", "it-IT_cm0_sg.bin"),
    })
}

/// Lays the files of a language's voice where Pico can open them; it reads from paths only.
pub(super) fn lay_out(language: Language, folder: &Path) -> io::Result<()> {
    for (name, bytes) in files(language).into_iter().flatten() {
        let path = folder.join(name);
        if !fs::metadata(&path).is_ok_and(|there| there.len() == bytes.len() as u64) {
            super::cache::write_whole(&path, bytes)?;
        }
    }
    Ok(())
}

/// What a clip depends on beside its line.
pub(super) fn digest(language: Language) -> Key {
    let files = files(language)
        .into_iter()
        .flatten()
        .map(|(_, bytes)| bytes);
    Key::of(&files.collect::<Vec<_>>())
}

/// A line as a finished clip; the files of its voice lie in the working directory.
pub(super) fn speak(line: &Line, language: Language) -> Result<Clip, NoVoice> {
    let [(analysis, _), (signal, _)] = files(language).ok_or(NoVoice::NoLanguage(language))?;
    let too_long = |word: &str| word.chars().count() > LONGEST_WORD;
    if line.text.len() > LONGEST_TEXT || line.text.split_whitespace().any(too_long) {
        return Err(NoVoice::TooLong);
    }
    let mut samples: Vec<f32> = Vec::new();
    let mut wait = None;
    for (phrase, pause) in phrases(&line.text) {
        if let Some(wait) = wait {
            let silence = english::pause_secs(wait, line.pace) * pico::RATE as f32;
            samples.resize(samples.len() + silence as usize, 0.0);
        }
        let said = pico::say(&tagged(&respelled(&phrase, line), line), [analysis, signal])
            .map_err(|error| NoVoice::Failed(error.to_string()))?;
        let said: Vec<f32> = said
            .into_iter()
            .map(|sample| f32::from(sample) / 32_768.0)
            .collect();
        let start = samples.len();
        samples.extend_from_slice(finish::trimmed(&said, pico::RATE));
        finish::fade(&mut samples[start..], pico::RATE);
        wait = Some(pause);
    }
    soften(&mut samples);
    finish::clip(Sound {
        samples,
        rate: pico::RATE,
    })
}

/// A text as phrases and the pauses after them, without what Pico must not see: markup, control and picture signs.
fn phrases(text: &str) -> Vec<(String, Pause)> {
    let mut phrases = Vec::new();
    let mut phrase = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = rest.peek().is_none_or(|next| !next.is_alphanumeric());
        let pause = match c {
            '\n' => Some(Pause::Break),
            '.' | '!' | '?' | '…' if ends => Some(Pause::Stop),
            ',' | ';' | ':' if ends => Some(Pause::Comma),
            '—' | '–' | '(' | ')' => Some(Pause::Comma),
            _ => None,
        };
        match c {
            _ if c.is_alphanumeric() && c < '\u{250}' => phrase.push(c),
            '\'' | '’' => phrase.push('\''),
            '.' | ',' | '!' | '?' | ':' | '-' | '%' | '°' | '/' | '¿' | '¡' => phrase.push(c),
            _ => phrase.push(' '),
        }
        if pause.is_some() || rest.peek().is_none() {
            let whole = std::mem::take(&mut phrase);
            if whole.contains(char::is_alphanumeric) {
                phrases.push((
                    whole.split_whitespace().collect::<Vec<_>>().join(" "),
                    pause.unwrap_or(Pause::Stop),
                ));
            } else if let (Some((_, before)), Some(pause)) = (phrases.last_mut(), pause) {
                *before = pause.max(*before);
            }
        }
    }
    phrases
}

/// With the words that the line respells written as they are said; phonemes mean nothing to this voice.
fn respelled<'a>(phrase: &'a str, line: &Line) -> Cow<'a, str> {
    if line.respell.is_empty() {
        return phrase.into();
    }
    let word = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let found = line
            .respell
            .iter()
            .find(|(of, how)| of.to_lowercase() == bare.to_lowercase() && !how.contains('/'));
        match found {
            Some((_, how)) if !bare.is_empty() => word.replace(bare, &how.replace(['<', '>'], " ")),
            _ => word.to_owned(),
        }
    };
    phrase
        .split(' ')
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
        .into()
}

/// In Pico's own tags: a level that does not clip, and a calm pace (`sound.md` A2, A4).
fn tagged(phrase: &str, line: &Line) -> String {
    let speed = match line.pace {
        super::Pace::Relaxed => 74,
        super::Pace::Steady => 84,
    };
    format!(
        "<volume level='50'><speed level='{speed}'><pitch level='92'>{phrase}</pitch></speed></volume>"
    )
}

/// Takes away some of the buzz (`sound.md` A4).
fn soften(samples: &mut [f32]) {
    Filter::high_pass(85.0, 0.707).run(samples);
    Filter::bell(190.0, 0.8, 2.0).run(samples);
    Filter::bell(3_300.0, 1.1, -2.5).run(samples);
}

/// A filter of second order (Bristow-Johnson's cookbook), its numbers divided by the first of the lower row.
struct Filter {
    upper: [f32; 3],
    lower: [f32; 2],
}

impl Filter {
    fn high_pass(hz: f32, q: f32) -> Self {
        let (sine, cosine) = (2.0 * PI * hz / pico::RATE as f32).sin_cos();
        let alpha = sine / (2.0 * q);
        let edge = f32::midpoint(1.0, cosine);
        Self::new(
            [edge, -1.0 - cosine, edge],
            [1.0 + alpha, -2.0 * cosine, 1.0 - alpha],
        )
    }

    fn bell(hz: f32, q: f32, decibels: f32) -> Self {
        let (sine, cosine) = (2.0 * PI * hz / pico::RATE as f32).sin_cos();
        let alpha = sine / (2.0 * q);
        let gain = 10.0_f32.powf(decibels / 40.0);
        Self::new(
            [1.0 + alpha * gain, -2.0 * cosine, 1.0 - alpha * gain],
            [1.0 + alpha / gain, -2.0 * cosine, 1.0 - alpha / gain],
        )
    }

    fn new(upper: [f32; 3], lower: [f32; 3]) -> Self {
        Self {
            upper: upper.map(|number| number / lower[0]),
            lower: [lower[1] / lower[0], lower[2] / lower[0]],
        }
    }

    fn run(&self, samples: &mut [f32]) {
        let (mut first, mut second) = (0.0, 0.0);
        for sample in samples {
            let out = self.upper[0] * *sample + first;
            first = self.upper[1] * *sample - self.lower[0] * out + second;
            second = self.upper[2] * *sample - self.lower[1] * out;
            *sample = out;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[(&str, Pause)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|&(phrase, pause)| (phrase.to_owned(), pause))
            .collect();
        assert_eq!(phrases(text), expected, "{text}");
    }

    #[test]
    fn a_text_is_cut_at_its_marks() {
        case(
            "Lado izquierdo. Espera, 4,5 s\nSuelta",
            &[
                ("Lado izquierdo.", Pause::Stop),
                ("Espera,", Pause::Comma),
                ("4,5 s", Pause::Break),
                ("Suelta", Pause::Stop),
            ],
        );
        case(
            "¿Lista?… Sí",
            &[("¿Lista?", Pause::Stop), ("Sí", Pause::Stop)],
        );
    }

    #[test]
    fn pico_sees_no_markup() {
        case(
            "<genfile file=\"/tmp/x\">",
            &[("genfile file /tmp/x", Pause::Stop)],
        );
        case("\u{1f9d8}\u{0}\u{1b}", &[]);
    }

    #[test]
    fn words_are_respelled() {
        let mut line = Line::new("", super::super::Pace::Steady);
        line.respell
            .insert("Trapecio".to_owned(), "tra pecio".to_owned());
        assert_eq!(
            respelled("El trapecio, suave.", &line),
            "El tra pecio, suave."
        );
    }
}
