//! Shows a page above the shell until it was read: a recovery sheet, of which nothing may stay in the scrollback.

use crate::terminal::{
    HideKeys, Input, OnPanic, OpenError, Options, Reader, Screen, Signal, Signals, Writes, on_panic,
};
use crate::text::Language;
use crate::ui::{Once, OnceDoes};

use super::settings::Settings;

/// What became of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It was read, and is gone.
    Read,
    /// A key hid it, or the window was closed: it is gone, and nobody is told what it was.
    Hidden,
}

/// Shows lines on a page of their own until somebody presses Enter, or hides it.
///
/// # Errors
/// There is no terminal that can be drawn on.
pub fn show_once(lines: Vec<String>, language: Language, settings: &Settings) -> Result<Shown, OpenError> {
    on_panic(|| OnPanic::Exit(3));
    let failed = |source| OpenError::Io { source };
    let mut signals = Signals::catch().map_err(failed)?;
    signals.catch_unnamed();
    let mut screen = Screen::open(Options::default())?;
    let mut reader = Reader::new(signals, HideKeys::new(settings.hide_key()));
    let mut page = Once::new(lines, language);
    loop {
        screen
            .draw(Writes::Everything, |area, buffer| {
                page.draw(area, buffer);
                None
            })
            .map_err(failed)?;
        for input in reader.wait(None) {
            match input {
                Input::Key(key) if page.press(key) == OnceDoes::Closes => return Ok(Shown::Read),
                Input::Hide
                | Input::Signal(Signal::Hide | Signal::Hang | Signal::Terminate)
                | Input::Gone => return Ok(Shown::Hidden),
                Input::Resize { cols, rows } => screen.resized(cols, rows),
                Input::Signal(Signal::Wake) => screen.again().map_err(failed)?,
                Input::Key(_) | Input::Paste { .. } | Input::Focus(_) => {}
            }
        }
    }
}
