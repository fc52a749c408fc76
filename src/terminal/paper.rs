//! A frame as bytes in memory, which a screen sends in one write. Asks the terminal nothing.

use std::io;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::layout::Position;

/// The bytes of one frame, and nothing where nothing changed.
#[derive(Debug)]
pub(super) struct Paper {
    bytes: Vec<u8>,
    cursor: Cursor,
}

/// Where the terminal's cursor is left after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    Shown(Position),
    /// Cells were drawn since; it is shown, but not where it should be.
    Astray,
    /// Anything may be.
    Unknown,
}

impl Paper {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), cursor: Cursor::Unknown }
    }

    /// What was drawn since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// The terminal may have any cursor now.
    pub(super) fn forget_cursor(&mut self) {
        self.cursor = Cursor::Unknown;
    }

    /// Whether the cursor is already left so.
    pub(super) fn has_cursor_at(&self, cursor: Option<Position>) -> bool {
        self.cursor == cursor.map_or(Cursor::Hidden, Cursor::Shown)
    }

    /// Draws cells, and then the cursor where it stands.
    pub(super) fn draw(&mut self, cells: &[(u16, u16, &Cell)], cursor: Option<Position>) -> io::Result<()> {
        if !cells.is_empty() {
            if matches!(self.cursor, Cursor::Shown(_)) {
                self.cursor = Cursor::Astray;
            }
            self.bytes.reserve(BYTES_A_CELL * cells.len());
            self.ink().draw(cells.iter().copied())?;
        }
        match cursor {
            _ if self.has_cursor_at(cursor) => {}
            None => {
                self.ink().hide_cursor()?;
                self.cursor = Cursor::Hidden;
            }
            Some(place) => {
                if matches!(self.cursor, Cursor::Hidden | Cursor::Unknown) {
                    self.ink().show_cursor()?;
                }
                self.ink().set_cursor_position(place)?;
                self.cursor = Cursor::Shown(place);
            }
        }
        Ok(())
    }

    fn ink(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }
}

/// What a cell takes at most in most frames: its character, and now and then a place or a colour.
const BYTES_A_CELL: usize = 4;
