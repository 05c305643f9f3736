//! Takes the keys of the acts out of the input before egui sees them, so that an arrow that means "next step" does not
//! also move the focus.

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

use super::command::{Act, ENTRIES, Entry, Place};

/// Who the keys belong to just now.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Mode {
    /// A page: only keys that work everywhere.
    #[default]
    Page,
    /// A session.
    Player,
    /// A session that asks for a number: the arrows move it.
    Answering,
    /// A question on top of everything: the keys are its own.
    Sheet,
}

/// The plugin that takes the keys.
#[derive(Default)]
pub struct Keys {
    mode: Mode,
    acts: Vec<Act>,
    /// When the person last did anything, in egui's time; what hides after a while goes by it.
    touched: bool,
}

impl Keys {
    /// Says who the keys belong to from now on.
    pub fn set_mode(&mut self, mode: Mode) {
        self.mode = mode;
    }

    /// What was asked for by keys since the last time.
    pub fn take(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.acts)
    }

    /// Whether the person has moved the pointer or pressed anything since the last time.
    pub fn take_touched(&mut self) -> bool {
        std::mem::take(&mut self.touched)
    }

    fn act(&self, key: Key, modifiers: Modifiers, repeat: bool, writing: bool) -> Option<Act> {
        let belongs = |entry: &&Entry| match self.mode {
            Mode::Page => entry.place == Place::Everywhere,
            Mode::Player => true,
            Mode::Answering => !matches!(
                entry.act,
                Act::Back | Act::Next | Act::Louder | Act::Quieter
            ),
            Mode::Sheet => matches!(entry.act, Act::Larger | Act::Smaller | Act::UsualSize),
        };
        let wants = |entry: &&Entry| {
            entry.keys.iter().any(|own| {
                own.logical_key == key
                    && modifiers.matches_exact(own.modifiers)
                    && (!writing || own.modifiers.command || key == Key::F1)
            })
        };
        let entry = ENTRIES.iter().filter(belongs).find(wants)?;
        let again = matches!(
            entry.act,
            Act::Louder | Act::Quieter | Act::Back | Act::Next | Act::Larger | Act::Smaller
        );
        (!repeat || again).then_some(entry.act)
    }
}

impl Plugin for Keys {
    fn debug_name(&self) -> &'static str {
        "keys"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let writing = ctx.text_edit_focused();
        self.touched |= !input.events.is_empty();
        input.events.retain(|event| {
            let &Event::Key {
                key,
                pressed: true,
                repeat,
                modifiers,
                ..
            } = event
            else {
                return true;
            };
            match self.act(key, modifiers, repeat, writing) {
                Some(act) => {
                    self.acts.push(act);
                    false
                }
                None => true,
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(mode: Mode, key: Key, modifiers: Modifiers, expected: Option<Act>) {
        let keys = Keys {
            mode,
            ..Keys::default()
        };
        assert_eq!(keys.act(key, modifiers, false, false), expected);
    }

    #[test]
    fn keys_belong_to_who_is_open() {
        case(Mode::Player, Key::Space, Modifiers::NONE, Some(Act::Pause));
        case(Mode::Page, Key::Space, Modifiers::NONE, None);
        case(Mode::Sheet, Key::Escape, Modifiers::NONE, None);
        case(
            Mode::Player,
            Key::ArrowRight,
            Modifiers::NONE,
            Some(Act::Next),
        );
        case(Mode::Answering, Key::ArrowRight, Modifiers::NONE, None);
        case(Mode::Player, Key::I, Modifiers::NONE, Some(Act::WhereAmI));
        case(Mode::Player, Key::I, Modifiers::SHIFT, Some(Act::SayAgain));
        case(Mode::Player, Key::Plus, Modifiers::SHIFT, Some(Act::Longer));
        case(
            Mode::Player,
            Key::Plus,
            Modifiers::COMMAND,
            Some(Act::Larger),
        );
        case(Mode::Page, Key::F1, Modifiers::NONE, Some(Act::Help));
    }

    #[test]
    fn a_key_that_is_held_pauses_once() {
        let keys = Keys {
            mode: Mode::Player,
            ..Keys::default()
        };
        assert_eq!(keys.act(Key::Space, Modifiers::NONE, true, false), None);
        assert_eq!(
            keys.act(Key::ArrowUp, Modifiers::NONE, true, false),
            Some(Act::Louder)
        );
    }

    #[test]
    fn while_writing_the_letters_are_the_texts() {
        let keys = Keys {
            mode: Mode::Page,
            ..Keys::default()
        };
        assert_eq!(keys.act(Key::Escape, Modifiers::NONE, false, true), None);
        assert_eq!(
            keys.act(Key::Comma, Modifiers::COMMAND, false, true),
            Some(Act::Settings)
        );
    }
}
