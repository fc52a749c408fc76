//! What ratatui draws on: bytes in memory, which a screen sends in one write. Asks the terminal nothing.

use std::io;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// A ratatui back end that collects the bytes of one frame, and nothing where nothing changed.
#[derive(Debug)]
pub(super) struct Paper {
    size: Size,
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
}

impl Paper {
    pub(super) fn new(size: Size) -> Self {
        Self { size, bytes: Vec::new(), cursor: Cursor::Hidden }
    }

    pub(super) fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// What was drawn since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// The terminal may have any cursor now.
    pub(super) fn forget_cursor(&mut self) {
        self.cursor = Cursor::Astray;
    }

    fn ink(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }
}

impl Backend for Paper {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        if matches!(self.cursor, Cursor::Shown(_)) {
            self.cursor = Cursor::Astray;
        }
        self.ink().draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor == Cursor::Hidden {
            return Ok(());
        }
        self.cursor = Cursor::Hidden;
        self.ink().hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Cursor::Hidden {
            return Ok(());
        }
        self.cursor = Cursor::Astray;
        self.ink().show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        match self.cursor {
            Cursor::Shown(position) => Ok(position),
            // The terminal could be asked, and would be waited for: never.
            Cursor::Hidden | Cursor::Astray => Ok(Position::ORIGIN),
        }
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor == Cursor::Shown(position) {
            return Ok(());
        }
        if self.cursor != Cursor::Hidden {
            self.cursor = Cursor::Shown(position);
        }
        self.ink().set_cursor_position(position)
    }

    /// Clears nothing: a screen that is not trusted is painted over cell by cell, so that no flash of an empty one
    /// lights a face.
    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
