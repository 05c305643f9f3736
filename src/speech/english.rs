//! English lines by the embedded voice: phrases one by one, with our own pauses between them.

use std::sync::Arc;

use rten::{RunOptions, ThreadPool};

use super::finish::{self, Sound};
use super::hibari::{self, Hibari};
use super::phonemes::{Pause, Phrase, Reader};
use super::{Clip, Line, NoVoice, Pace};

/// The hash of all that a clip depends on beside its line: a changed file makes other clips. A constant, because to
/// hash the files costs their 13 MB of memory in a process that does not need them.
pub(super) const DIGEST: &str = "7e552e179c72e6feffe233e50a5d0bd46d3598c527177c392fcf182e9d058fbf";

/// Longer than any line that an author should write, so that a foreign text cannot keep the voice busy.
const MOST_WORDS: usize = 400;
/// Longer than any English word.
const LONGEST_WORD: usize = 60;

/// The reader and the voice, loaded.
pub struct English {
    reader: Reader,
    voice: Hibari,
}

impl English {
    /// Loads both; they work on one thread, since many lines can be said side by side.
    pub fn load() -> Self {
        let options =
            RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(1))));
        Self {
            reader: Reader::new(options.clone()),
            voice: Hibari::load(options),
        }
    }

    /// A line as a finished clip.
    pub fn speak(&self, line: &Line) -> Result<Clip, NoVoice> {
        let phrases = self.phrases(line)?;
        let (last, before) = phrases.split_last().ok_or(NoVoice::Nothing)?;
        let mut samples = Vec::new();
        for phrase in before {
            self.say(phrase, line.pace, &mut samples)?;
            let wait = phrase
                .pause
                .map_or(0.0, |pause| pause_secs(pause, line.pace));
            samples.resize(samples.len() + (wait * hibari::RATE as f32) as usize, 0.0);
        }
        self.say(last, line.pace, &mut samples)?;
        finish::clip(Sound {
            samples,
            rate: hibari::RATE,
        })
    }

    /// What of a line can be said; an error where it is too much.
    fn phrases(&self, line: &Line) -> Result<Vec<Phrase>, NoVoice> {
        let words = line.text.split_whitespace();
        if line.text.len() > 16 * MOST_WORDS
            || words
                .clone()
                .any(|word| word.chars().count() > LONGEST_WORD)
        {
            return Err(NoVoice::TooLong);
        }
        let phrases = self.reader.phrases(&line.text, &line.respell);
        let words: usize = phrases
            .iter()
            .map(|phrase| phrase.phonemes.split(' ').count())
            .sum();
        if words > MOST_WORDS {
            Err(NoVoice::TooLong)
        } else {
            Ok(phrases)
        }
    }

    fn say(&self, phrase: &Phrase, pace: Pace, samples: &mut Vec<f32>) -> Result<(), NoVoice> {
        let said = self.voice.sound(&phrase.phonemes, speed(pace))?;
        let start = samples.len();
        samples.extend_from_slice(finish::trimmed(&said, hibari::RATE));
        finish::fade(&mut samples[start..], hibari::RATE);
        Ok(())
    }
}

/// The network's speed; 1 is its own pace.
///
/// Measured on the 154 lines of the scripts (`content.md` 5.7) with the pauses below: 120 words a minute inside a phrase
/// where the line is calm and 132 where it works; all lines together take 1.02 times what the formula of `content.md`
/// 5.2 says in both (medians 1.00 and 1.05, since very short lines take up to half a second more).
fn speed(pace: Pace) -> f32 {
    match pace {
        Pace::Relaxed => 0.655,
        Pace::Steady => 0.785,
    }
}

/// The wait after a phrase in seconds (`content.md` 5.2; a line break is the format's one second).
pub(super) fn pause_secs(pause: Pause, pace: Pace) -> f32 {
    match (pause, pace) {
        (Pause::Comma, Pace::Relaxed) => 0.5,
        (Pause::Comma, Pace::Steady) => 0.3,
        (Pause::Stop, Pace::Relaxed) | (Pause::Break, _) => 1.0,
        (Pause::Stop, Pace::Steady) => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::cache::Key;
    use crate::speech::phonemes;

    #[test]
    fn the_digest_is_that_of_the_files() {
        let files: [&[u8]; 4] = [
            hibari::NETWORK,
            phonemes::UNKNOWN,
            phonemes::WORDS,
            phonemes::RESPELLED.as_bytes(),
        ];
        assert_eq!(Key::of(&files).to_string(), DIGEST);
    }
}
