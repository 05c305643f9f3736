//! The keys of `play` (design 7).

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::names::Talk;
use crate::playback::View;
use crate::session::{Answer, Command, Layer, State};
use crate::timeline::Asks;

/// What a key does.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Press {
    /// Something for the session.
    Command(Command),
    /// A digit of a rating; `1` may be the beginning of 10.
    Digit(u8),
    /// Captions on or off.
    Captions,
    /// All keys, or few of them.
    Help,
    /// Leave; asks first.
    Leave,
    /// Leave at once.
    Quit,
    /// "Yes", where something was asked.
    Yes,
    /// Nothing.
    Nothing,
}

/// What a key does, as things stand.
pub(super) fn press(key: KeyEvent, view: &View) -> Press {
    if key.kind == KeyEventKind::Release {
        return Press::Nothing;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd') => Press::Quit,
            _ => Press::Nothing,
        };
    }
    let loud = view.volumes.of(Layer::All);
    Press::Command(match key.code {
        KeyCode::Char(digit @ '0'..='9') => return at_gate(digit, view),
        KeyCode::Enter => return enter(view),
        KeyCode::Char(' ') => Command::Toggle,
        KeyCode::Left => Command::Back,
        KeyCode::Right => Command::Next,
        KeyCode::Up => Command::Volume(Layer::All, loud.louder()),
        KeyCode::Down => Command::Volume(Layer::All, loud.softer()),
        KeyCode::Esc => return Press::Leave,
        KeyCode::F(1) => return Press::Help,
        KeyCode::Char('I') => Command::SayAgain,
        KeyCode::Char(letter) => match letter.to_ascii_lowercase() {
            'r' => Command::Repeat,
            'e' => Command::EaseOff,
            'l' | '=' | '+' => Command::Longer,
            'm' => Command::Mute,
            'i' => Command::WhereAmI,
            't' => Command::Talk(next(view.talk)),
            'd' => Command::LieDown(!view.attention.lying_down),
            'w' => Command::SomethingFeelsWrong,
            'c' => return Press::Captions,
            '?' | 'h' => return Press::Help,
            'q' => return Press::Leave,
            'y' => return Press::Yes,
            _ => return Press::Nothing,
        },
        _ => return Press::Nothing,
    })
}

/// A digit answers the open gate, and nothing else.
fn at_gate(digit: char, view: &View) -> Press {
    let number = digit as u8 - b'0';
    match view
        .gate
        .as_ref()
        .map(|gate| gate.gate.asks(&view.timeline))
    {
        Some(Asks::Rating { .. }) => Press::Digit(number),
        Some(Asks::Branch { options, .. }) => {
            let option = usize::from(number)
                .checked_sub(1)
                .and_then(|index| options.get(index));
            option.map_or(Press::Nothing, |option| {
                Press::Command(Command::Answer(Answer::Branch(option.clone())))
            })
        }
        _ => Press::Nothing,
    }
}

/// Enter presses what is there to be pressed.
fn enter(view: &View) -> Press {
    match (
        &view.state,
        view.gate
            .as_ref()
            .map(|gate| gate.gate.asks(&view.timeline)),
    ) {
        (_, Some(Asks::Ready { .. })) => Press::Command(Command::Answer(Answer::Ready)),
        (State::Ready | State::Paused(_) | State::Waiting { .. }, _) => {
            Press::Command(Command::Play)
        }
        _ => Press::Nothing,
    }
}

/// One level less, and round again.
fn next(talk: Talk) -> Talk {
    match talk {
        Talk::Full => Talk::Brief,
        Talk::Brief => Talk::Tones,
        Talk::Tones => Talk::Silent,
        Talk::Silent => Talk::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::tests::{gate, view};
    use super::*;
    use crate::session::Volume;

    #[track_caller]
    fn does(code: KeyCode, state: State, expected: &Press) {
        let (view, _) = view(0, state);
        assert_eq!(
            press(KeyEvent::new(code, KeyModifiers::NONE), &view),
            *expected,
            "{code:?}"
        );
    }

    #[test]
    fn each_key_does_what_the_help_says() {
        let plain = |code, command| does(code, State::Playing, &Press::Command(command));
        plain(KeyCode::Char(' '), Command::Toggle);
        plain(KeyCode::Left, Command::Back);
        plain(KeyCode::Right, Command::Next);
        plain(KeyCode::Down, Command::Volume(Layer::All, Volume::new(95)));
        plain(KeyCode::Char('r'), Command::Repeat);
        plain(KeyCode::Char('e'), Command::EaseOff);
        plain(KeyCode::Char('+'), Command::Longer);
        plain(KeyCode::Char('m'), Command::Mute);
        plain(KeyCode::Char('i'), Command::WhereAmI);
        plain(KeyCode::Char('I'), Command::SayAgain);
        plain(KeyCode::Char('t'), Command::Talk(Talk::Brief));
        plain(KeyCode::Char('w'), Command::SomethingFeelsWrong);
        does(KeyCode::Esc, State::Playing, &Press::Leave);
        does(KeyCode::Char('5'), State::Playing, &Press::Nothing);
        does(
            KeyCode::Enter,
            State::Paused(None),
            &Press::Command(Command::Play),
        );
    }

    #[test]
    fn digits_answer_what_is_asked() {
        does(KeyCode::Char('7'), gate(102), &Press::Digit(7));
        let deeper = Command::Answer(Answer::Branch("deeper".to_owned()));
        does(KeyCode::Char('2'), gate(107), &Press::Command(deeper));
        does(KeyCode::Char('3'), gate(107), &Press::Nothing);
        does(KeyCode::Char('0'), gate(107), &Press::Nothing);
    }
}
