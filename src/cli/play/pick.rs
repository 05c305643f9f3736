//! Choosing a routine from the list on a terminal.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

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
        if key.kind == KeyEventKind::Release {
            continue;
        }
        match key.code {
            KeyCode::Up | KeyCode::Char('k') => chosen = chosen.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => {
                chosen = (chosen + 1).min(routines.len().saturating_sub(1));
            }
            KeyCode::Home => chosen = 0,
            KeyCode::End => chosen = routines.len().saturating_sub(1),
            KeyCode::Enter => return Ok(routines.get(chosen).map(|(id, _)| (*id).to_owned())),
            KeyCode::Esc | KeyCode::Char('q') => return Ok(None),
            KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(None),
            _ => {}
        }
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
