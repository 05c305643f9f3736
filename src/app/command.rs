//! Everything that can be asked of the app. One list of acts makes the buttons, the hover texts, the shortcuts and the
//! help page; views only push commands, which are applied once, in `logic`.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::words::Words;
use super::{
    after, journey, library, measure, player, routine, safety, settings, take, today, visit,
};
use crate::jobs::JobId;

/// Something that is asked of the app.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Something that has a name and needs nothing else.
    Act(Act),
    /// About the questions of Today.
    Today(today::Ask),
    /// About what this morning asks.
    Morning(today::morning::Ask),
    /// About the library's filters and cards.
    Library(library::Ask),
    /// About a routine's page.
    Routine(routine::Ask),
    /// About the safety list.
    Safety(safety::Ask),
    /// About the session that is open.
    Player(player::Ask),
    /// About how it was.
    After(after::Ask),
    /// About the journey.
    Journey(journey::Ask),
    /// About the checks of movement.
    Measure(measure::Ask),
    /// About the page for the next visit.
    Visit(visit::Ask),
    /// About the settings.
    Settings(settings::Ask),
    /// About taking a routine along.
    Take(take::Ask),
    /// Stop this slow work.
    StopWork(JobId),
    /// Open the menu of a narrow window, or close it.
    Menu(bool),
    /// Put away the sentence at the foot of the window.
    Dismiss,
}

/// Something that has a name and needs nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Act {
    /// Go to Today.
    Today,
    /// Go to the library.
    Library,
    /// Go to the journey.
    Journey,
    /// Go to the studio's page.
    Studio,
    /// Go to the settings.
    Settings,
    /// Open the help page.
    Help,
    /// What this is, what it is not, what it keeps.
    About,
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// Text in its usual size.
    UsualSize,
    /// Full screen, and back.
    FullScreen,
    /// Leave what is open.
    Leave,
    /// Pause, and go on.
    Pause,
    /// One step back.
    Back,
    /// One step on.
    Next,
    /// This step once more.
    Repeat,
    /// Ask for less pressure.
    EaseOff,
    /// Stay a little longer.
    Longer,
    /// Louder.
    Louder,
    /// Quieter.
    Quieter,
    /// No sound, and sound again.
    Mute,
    /// Captions, and none.
    Captions,
    /// Say where in the session one is.
    WhereAmI,
    /// Say the last line again.
    SayAgain,
    /// Nothing to look at.
    LieDown,
    /// Something feels wrong.
    Wrong,
}

/// Where an act can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// On every screen.
    Everywhere,
    /// While a routine is open.
    Player,
}

/// An act with where it belongs and the keys that ask for it.
pub struct Entry {
    /// The act.
    pub act: Act,
    /// Where it belongs.
    pub place: Place,
    /// Its keys; the first is the one that is shown.
    pub keys: &'static [KeyboardShortcut],
}

const fn bare(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

macro_rules! entries {
    ($($act:ident $place:ident [$($key:expr),*])+) => {
        /// All acts, in the order of the help page.
        pub const ENTRIES: &[Entry] = &[$(Entry { act: Act::$act, place: Place::$place, keys: &[$($key),*] }),+];

        impl Act {
            /// All acts.
            pub const ALL: &'static [Self] = &[$(Self::$act),+];
        }

        /// The name that it has in the words.
        impl AsRef<str> for Act {
            fn as_ref(&self) -> &str {
                match self { $(Self::$act => stringify!($act)),+ }
            }
        }
    };
}

entries! {
    Pause Player [bare(Key::Space)]
    Back Player [bare(Key::ArrowLeft)]
    Next Player [bare(Key::ArrowRight)]
    Repeat Player [bare(Key::R)]
    EaseOff Player [bare(Key::E)]
    Longer Player [bare(Key::L), bare(Key::Equals), bare(Key::Plus), shift(Key::Equals), shift(Key::Plus)]
    Louder Player [bare(Key::ArrowUp)]
    Quieter Player [bare(Key::ArrowDown)]
    Mute Player [bare(Key::M)]
    Captions Player [bare(Key::C)]
    WhereAmI Player [bare(Key::I)]
    SayAgain Player [shift(Key::I)]
    LieDown Player [bare(Key::D)]
    Wrong Player [bare(Key::W)]
    FullScreen Player [bare(Key::F), bare(Key::F11)]
    Leave Everywhere [bare(Key::Escape)]
    Today Everywhere [command(Key::Num1)]
    Library Everywhere [command(Key::Num2)]
    Journey Everywhere [command(Key::Num3)]
    Studio Everywhere [command(Key::Num4)]
    Settings Everywhere [command(Key::Comma)]
    Larger Everywhere [command(Key::Plus), command(Key::Equals)]
    Smaller Everywhere [command(Key::Minus)]
    UsualSize Everywhere [command(Key::Num0)]
    About Everywhere []
    Help Everywhere [bare(Key::F1)]
}

impl Act {
    /// Its entry in the list.
    pub fn entry(self) -> &'static Entry {
        ENTRIES
            .iter()
            .find(|entry| entry.act == self)
            .expect("the list makes the acts: each has its entry")
    }

    /// What a resting pointer is told: what it does, and the key.
    pub fn hint(self, words: &Words) -> String {
        let said = words.act(self);
        match self.entry().keys.first() {
            Some(key) => format!("{} ({})", said.hint, key_name(words, key)),
            None => said.hint.clone(),
        }
    }
}

/// A shortcut as a person reads it: `Shift + I`, `Left arrow`.
pub fn key_name(words: &Words, shortcut: &KeyboardShortcut) -> String {
    let key = shortcut.logical_key.name();
    let key = words.keys.get(key).map_or(key, String::as_str);
    let held = |on: bool, name: &str| {
        if on {
            words.keys.get(name).map(|name| format!("{name} + "))
        } else {
            None
        }
    };
    let command = held(shortcut.modifiers.command, "Command").unwrap_or_default();
    let shift = held(shortcut.modifiers.shift, "Shift").unwrap_or_default();
    format!("{command}{shift}{key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::Language;

    #[test]
    fn no_key_asks_for_two_things() {
        let mut seen = Vec::new();
        for entry in ENTRIES {
            for key in entry.keys {
                assert!(!seen.contains(key), "{:?} shares {key:?}", entry.act);
                seen.push(*key);
            }
        }
    }

    #[test]
    fn every_act_has_its_words() {
        let words = Words::of(Language::English);
        assert!(
            Act::ALL
                .iter()
                .all(|act| words.acts.contains_key(act.as_ref()))
        );
        assert_eq!(words.acts.len(), Act::ALL.len());
    }

    #[test]
    fn hints_name_the_key() {
        let words = Words::of(Language::English);
        assert!(Act::SayAgain.hint(words).ends_with("(Shift + I)"));
        assert!(Act::Back.hint(words).ends_with("(Left arrow)"));
        assert!(Act::Settings.hint(words).ends_with("(Ctrl + ,)"));
    }
}
