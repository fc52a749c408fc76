//! How large a terminal is.

use std::io;
use std::os::fd::AsFd;

use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;

/// The most cells in a line, and the most lines, that are drawn: more than any screen has. A program may say that the
/// window has 65,535 of each, and neither memory nor time is enough for so many.
const MOST: Size = Size { width: 1_000, height: 500 };

/// The size of a terminal; one that does not know its size (a serial line, a bare `docker exec`) is taken for the usual.
pub(super) fn size_of(terminal: impl AsFd) -> io::Result<Size> {
    let size = tcgetwinsize(terminal)?;
    Ok(drawn(size.ws_col, size.ws_row))
}

/// As much of a size as is drawn.
fn drawn(cols: u16, rows: u16) -> Size {
    match (cols, rows) {
        (0, _) | (_, 0) => Size::new(80, 24),
        (cols, rows) => Size::new(cols.min(MOST.width), rows.min(MOST.height)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_is_drawn_larger_than_a_screen_can_be() {
        for (claimed, expected) in [
            ((80, 24), (80, 24)),
            ((0, 24), (80, 24)),
            ((80, 0), (80, 24)),
            ((1, 1), (1, 1)),
            ((1_000, 500), (1_000, 500)),
            ((65_535, 24), (1_000, 24)),
            ((80, 65_535), (80, 500)),
            ((65_535, 65_535), (1_000, 500)),
        ] {
            assert_eq!(drawn(claimed.0, claimed.1), Size::new(expected.0, expected.1), "{claimed:?}");
        }
    }
}
