//! Choosing a routine from the list on a terminal.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::picture::{cut, faint, strong};
use super::screen::{Screen, size};
use crate::library::Library;
use crate::names::Style;
use crate::routine::Routine;

/// The id of the routine that the person chooses; none if they leave.
pub(super) fn pick(
    library: &Library,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<Option<String>> {
    let routines: Vec<(&str, &Routine)> = library
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.id.as_str(), entry.checked.routine.as_ref()?)))
        .collect();
    let mut chosen = 0;
    let mut screen = Screen::take(out)?;
    loop {
        let (width, height) = size();
        screen.draw(list(&routines, chosen, width, height, colour))?;
        let Event::Key(key) = event::read()? else {
            continue;
        };
        match pressed(key, chosen, routines.len()) {
            Pressed::On(line) => chosen = line,
            Pressed::Begins => return Ok(routines.get(chosen).map(|(id, _)| (*id).to_owned())),
            Pressed::Leaves => return Ok(None),
        }
    }
}

/// What a key does.
#[derive(PartialEq, Eq, Debug)]
enum Pressed {
    /// This line is the chosen one.
    On(usize),
    /// The chosen routine begins.
    Begins,
    /// Nothing is chosen.
    Leaves,
}

fn pressed(key: KeyEvent, chosen: usize, lines: usize) -> Pressed {
    let last = lines.saturating_sub(1);
    if key.kind == KeyEventKind::Release {
        return Pressed::On(chosen);
    }
    match key.code {
        KeyCode::Up | KeyCode::Char('k') => Pressed::On(chosen.saturating_sub(1)),
        KeyCode::Down | KeyCode::Char('j') => Pressed::On((chosen + 1).min(last)),
        KeyCode::Home => Pressed::On(0),
        KeyCode::End => Pressed::On(last),
        KeyCode::Enter => Pressed::Begins,
        KeyCode::Esc | KeyCode::Char('q') => Pressed::Leaves,
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => Pressed::Leaves,
        _ => Pressed::On(chosen),
    }
}

/// The list with the chosen line marked by a sign and by weight.
fn list(
    routines: &[(&str, &Routine)],
    chosen: usize,
    width: usize,
    height: usize,
    colour: bool,
) -> Vec<String> {
    let room = height.saturating_sub(6).max(1);
    let first = (chosen + 1).saturating_sub(room);
    let mut lines = vec![
        String::new(),
        strong("  What would you like to do?", colour),
        String::new(),
    ];
    for (index, (_, routine)) in routines.iter().enumerate().skip(first).take(room) {
        let text = format!(
            "{:<30} {:<14} {}",
            routine.title,
            style(routine.style),
            routine.promise
        );
        let text = cut(&text, width.saturating_sub(4));
        lines.push(if index == chosen {
            strong(&format!("› {text}"), colour)
        } else {
            format!("  {text}")
        });
    }
    lines.push(String::new());
    lines.push(faint("  ↑ ↓ choose · Enter begins · Esc leaves", colour));
    lines
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Relaxation => "relaxation",
        Style::Therapeutic => "therapeutic",
        Style::Blend => "both",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(code: KeyCode, chosen: usize, expected: Pressed) {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        assert_eq!(
            pressed(key, chosen, 3),
            expected,
            "{code:?} on line {chosen}"
        );
    }

    #[test]
    fn keys_move_choose_and_leave() {
        case(KeyCode::Down, 0, Pressed::On(1));
        case(KeyCode::Char('j'), 2, Pressed::On(2));
        case(KeyCode::Up, 2, Pressed::On(1));
        case(KeyCode::Char('k'), 0, Pressed::On(0));
        case(KeyCode::Home, 2, Pressed::On(0));
        case(KeyCode::End, 0, Pressed::On(2));
        case(KeyCode::Enter, 1, Pressed::Begins);
        case(KeyCode::Esc, 1, Pressed::Leaves);
        case(KeyCode::Char('q'), 1, Pressed::Leaves);
        case(KeyCode::Char('c'), 1, Pressed::On(1));
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(pressed(ctrl_c, 1, 3), Pressed::Leaves);
        let end = KeyEvent::new(KeyCode::End, KeyModifiers::NONE);
        assert_eq!(pressed(end, 0, 0), Pressed::On(0), "an empty list");
        let let_go =
            KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(pressed(let_go, 1, 3), Pressed::On(1));
    }

    #[test]
    fn the_chosen_line_is_marked_and_always_seen() {
        let library = Library::built_in();
        let routines: Vec<(&str, &Routine)> = library
            .entries()
            .iter()
            .filter_map(|entry| Some((entry.id.as_str(), entry.checked.routine.as_ref()?)))
            .collect();
        assert!(routines.len() >= 8, "the shipped routines are there");
        for chosen in 0..routines.len() {
            let lines = list(&routines, chosen, 60, 10, false);
            assert!(lines.len() <= 10, "{lines:#?}");
            assert!(
                lines.iter().all(|line| line.chars().count() <= 60),
                "{lines:#?}"
            );
            let marked: Vec<&String> = lines.iter().filter(|line| line.starts_with('›')).collect();
            let [marked] = marked[..] else {
                panic!("{lines:#?}")
            };
            assert!(marked.contains(&routines[chosen].1.title), "{marked}");
        }
    }
}
