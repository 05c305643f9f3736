//! The terminal while `play` holds it: another screen without a cursor, given back whatever happens.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// The terminal, held.
pub(super) struct Screen<'w> {
    out: &'w mut dyn Write,
    /// What stands on it.
    lines: Vec<String>,
    size: (usize, usize),
}

impl<'w> Screen<'w> {
    /// Takes the terminal.
    pub(super) fn take(out: &'w mut dyn Write) -> io::Result<Self> {
        enable_raw_mode()?;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, Hide)?;
        let screen = Self {
            out,
            lines: Vec::new(),
            size: (0, 0),
        };
        screen.out.write_all(&bytes)?;
        screen.out.flush()?;
        Ok(screen)
    }

    /// Draws the lines that have changed, all at once.
    pub(super) fn draw(&mut self, lines: Vec<String>) -> io::Result<()> {
        let size = size();
        let whole = size != self.size;
        if !whole && lines == self.lines {
            return Ok(());
        }
        let mut bytes = Vec::new();
        queue!(bytes, BeginSynchronizedUpdate)?;
        if whole {
            queue!(bytes, Clear(ClearType::All))?;
        }
        for row in 0..lines.len().max(self.lines.len()) {
            let (new, old) = (lines.get(row), self.lines.get(row));
            if whole || new != old {
                let text = new.map_or("", String::as_str);
                queue!(
                    bytes,
                    MoveTo(0, row as u16),
                    Print(text),
                    Clear(ClearType::UntilNewLine)
                )?;
            }
        }
        queue!(bytes, EndSynchronizedUpdate)?;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        (self.lines, self.size) = (lines, size);
        Ok(())
    }
}

/// Columns and rows; the usual ones where the terminal does not know its own.
pub(super) fn size() -> (usize, usize) {
    match terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (usize::from(columns), usize::from(rows)),
        _ => (80, 24),
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        let mut bytes = Vec::new();
        // A terminal that is gone needs nothing back.
        let _ = queue!(bytes, Show, LeaveAlternateScreen);
        let _ = self.out.write_all(&bytes).and_then(|()| self.out.flush());
        let _ = disable_raw_mode();
    }
}
