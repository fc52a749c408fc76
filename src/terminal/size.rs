//! How large a terminal is.

use std::io;
use std::os::fd::AsFd;

use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;

/// The size of a terminal; one that does not know its size (a serial line, a bare `docker exec`) is taken for the usual.
pub(super) fn size_of(terminal: impl AsFd) -> io::Result<Size> {
    let size = tcgetwinsize(terminal)?;
    Ok(match (size.ws_col, size.ws_row) {
        (0, _) | (_, 0) => Size::new(80, 24),
        (cols, rows) => Size::new(cols, rows),
    })
}
