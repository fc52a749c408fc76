//! The screen: opened, drawn on in whole frames, given back. Knows nothing of what is drawn, and never waits for an
//! answer of the terminal.

use std::ffi::OsStr;
use std::{fmt, io};

use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Frame, Terminal};
use rustix::stdio::{stdin, stdout};
use rustix::termios::isatty;

use super::leave::{self, HANDED};
use super::modes;
use super::paper::Paper;
use super::size::size_of;

/// How a screen is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Clears the main screen and what was scrolled out of it, so that nothing stands there after leaving.
    pub clear_at_start: bool,
    /// Asks the terminal to say when its window comes to the front or goes from it.
    pub report_focus: bool,
}

/// Why there is no screen.
#[derive(Debug)]
pub enum OpenError {
    /// Standard input or output is a file or a pipe.
    NotATerminal,
    /// The terminal cannot place a cursor: `TERM` is empty, unset or `dumb`.
    TooOld,
    /// The system refused.
    Io {
        /// Why.
        source: io::Error,
    },
}

impl fmt::Display for OpenError {
    /// For a developer; what a person reads is in `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATerminal => f.write_str("standard input and output are no terminal"),
            Self::TooOld => f.write_str("the terminal cannot place a cursor"),
            Self::Io { .. } => f.write_str("the terminal could not be set up"),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source } => Some(source),
            Self::NotATerminal | Self::TooOld => None,
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(source: io::Error) -> Self {
        Self::Io { source }
    }
}

/// The terminal, raw and in its alternate screen. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<Paper>,
    options: Options,
    sight: Sight,
}

/// What of a frame is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// The cells that changed.
    Changes,
    /// Every cell, if one of them changed: what another program wrote onto the terminal may have moved what stood there,
    /// and none of it is to show beside this frame.
    Everything,
}

/// Whether what was drawn last is what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Trusted,
    /// The next frame writes every cell.
    Stale,
}

const CLEAR_MAIN: &[u8] = b"\x1b[H\x1b[2J\x1b[3J";
const ALTERNATE: &[u8] = b"\x1b[?1049h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
const CLEAR: &[u8] = b"\x1b[m\x1b[H\x1b[2J";
const PASTE_IN_BRACKETS: &[u8] = b"\x1b[?2004h";
const FOCUS: &[u8] = b"\x1b[?1004h";
const FRAME: &[u8] = b"\x1b[?2026h\x1b[m";
const FRAME_END: &[u8] = b"\x1b[?2026l";

impl Screen {
    /// Makes the terminal raw and goes to its alternate screen. Takes the screen over as it is where the process
    /// is a later life of one that had it ([`become_leaflet`](super::become_leaflet)).
    ///
    /// # Errors
    /// [`OpenError::NotATerminal`] and [`OpenError::TooOld`] before anything was changed; [`OpenError::Io`] with
    /// everything put back.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        if !isatty(stdin()) || !isatty(stdout()) {
            return Err(OpenError::NotATerminal);
        }
        if !can_place_a_cursor(std::env::var_os("TERM").as_deref()) {
            return Err(OpenError::TooOld);
        }
        let handed = std::env::var(HANDED).ok().and_then(|words| modes::from_words(&words));
        let mut start = Vec::new();
        if handed.is_none() {
            if options.clear_at_start {
                start.extend_from_slice(CLEAR_MAIN);
            }
            start.extend_from_slice(ALTERNATE);
            start.extend_from_slice(HIDE_CURSOR);
            start.extend_from_slice(CLEAR);
        } else {
            start.extend_from_slice(HIDE_CURSOR);
        }
        start.extend(reports(options));
        let size = size_now()?;
        modes::make_raw(handed)?;
        let opened = modes::send(&start).and_then(|()| Terminal::new(Paper::new(size)));
        match opened {
            // The first frame is drawn whole, over whatever is there.
            Ok(terminal) => {
                let mut screen = Self { terminal, options, sight: Sight::Stale };
                screen.stale()?;
                Ok(screen)
            }
            Err(source) => {
                leave::restore();
                Err(source.into())
            }
        }
    }

    /// Draws a frame, in one write, and writes nothing where nothing changed.
    ///
    /// # Errors
    /// The terminal is no more, or does not take it (`TimedOut`, after a moment without any progress); the next
    /// frame is then drawn whole.
    pub fn draw(&mut self, writes: Writes, draw: impl Fn(&mut Frame)) -> io::Result<()> {
        if writes == Writes::Everything && self.sight == Sight::Trusted {
            self.terminal.draw(&draw)?;
            if self.terminal.backend_mut().take().is_empty() {
                return Ok(());
            }
            self.stale()?;
        }
        self.terminal.draw(draw)?;
        self.sight = Sight::Trusted;
        let cells = self.terminal.backend_mut().take();
        if cells.is_empty() {
            return Ok(());
        }
        let sent = modes::send(&[FRAME, &cells, FRAME_END].concat());
        if sent.is_err() {
            // A part of it may have arrived.
            self.stale()?;
        }
        sent
    }

    /// Trusts nothing that was drawn before: the next frame writes every cell.
    ///
    /// # Errors
    /// As [`resized`](Self::resized).
    pub fn distrust(&mut self) -> io::Result<()> {
        self.stale()
    }

    /// The size that frames have, in cells.
    pub fn size(&self) -> Size {
        self.terminal.size().unwrap_or_default()
    }

    /// The window has another size; the next frame is drawn whole.
    ///
    /// # Errors
    /// None that a terminal causes; the back end's type has them.
    pub fn resized(&mut self, cols: u16, rows: u16) -> io::Result<()> {
        self.terminal.backend_mut().set_size(Size::new(cols, rows));
        self.stale()
    }

    /// Sets everything up again after the process was stopped and continued ([`Signal::Wake`](super::Signal)).
    ///
    /// # Errors
    /// The terminal does not take it, or is no more.
    pub fn again(&mut self) -> io::Result<()> {
        modes::make_raw_again()?;
        modes::send(&[ALTERNATE, HIDE_CURSOR, &reports(self.options)].concat())?;
        let size = size_now()?;
        self.resized(size.width, size.height)
    }

    /// Writes lines below what is there, as a screen reader hears them: without frames, places or colours.
    ///
    /// # Errors
    /// The terminal does not take it, or is no more.
    pub fn print(&mut self, lines: &[String]) -> io::Result<()> {
        leave::note_scrolling();
        let mut text = lines.join("\r\n");
        text.push_str("\r\n");
        modes::send(text.as_bytes())
    }

    /// Clears what was printed, and what was scrolled out of sight.
    ///
    /// # Errors
    /// The terminal does not take it, or is no more.
    pub fn clear(&mut self) -> io::Result<()> {
        modes::send(CLEAR_MAIN)
    }

    fn stale(&mut self) -> io::Result<()> {
        self.sight = Sight::Stale;
        let area = Rect::from((Position::ORIGIN, self.size()));
        self.terminal.backend_mut().forget_cursor();
        self.terminal.resize(area)?;
        // Nobody draws such a cell, so every cell of the next frame differs from it.
        let mut unlike = Cell::new("?");
        unlike.set_style(Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::all()));
        self.terminal.current_buffer_mut().content.fill(unlike);
        self.terminal.swap_buffers();
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave::restore();
    }
}

fn reports(options: Options) -> Vec<u8> {
    let focus = if options.report_focus { FOCUS } else { b"" };
    [PASTE_IN_BRACKETS, focus].concat()
}

fn size_now() -> io::Result<Size> {
    size_of(stdout())
}

fn can_place_a_cursor(term: Option<&OsStr>) -> bool {
    term.is_some_and(|term| !term.is_empty() && term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_that_names_itself_and_is_not_dumb_is_drawn_on() {
        for (term, expected) in [
            (Some("xterm-256color"), true),
            (Some("linux"), true),
            (Some("tmux-256color"), true),
            (Some("dumb"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(can_place_a_cursor(term.map(OsStr::new)), expected, "{term:?}");
        }
    }
}
