//! What the terminal and the system can tell the program, in one enum. Knows no bytes.

use crate::ui::Key;

/// One thing that happened at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A hide key: cover at once. Hiding twice is hiding once, so that ten of them may arrive for ten presses.
    Hide,
    /// Any other key. Never [`Key::Hide`], which arrives as [`Input::Hide`].
    Key(Key),
    /// What was pasted, or a part of it when a hide key came in its middle; the rest of that paste then arrives as
    /// a second `Paste` with an empty text.
    Paste {
        /// Line ends are `\n`; no other control character, and nothing that turns the direction of writing.
        text: String,
        /// How many characters were not kept.
        dropped: usize,
    },
    /// The window came to the front or went from it, where the terminal reports it.
    Focus(Focus),
    /// The window has another size now, in cells.
    Resize {
        /// Cells in a line.
        cols: u16,
        /// Lines.
        rows: u16,
    },
    /// The system sent a signal.
    Signal(Signal),
    /// The terminal is no more. Nothing comes from it after this, signals still do.
    Gone,
}

/// Whether the window is at the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// It came to the front.
    Gained,
    /// Another window did.
    Lost,
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGUSR1 (a pedal, a cord, a desktop shortcut), and SIGINT and SIGTSTP, which mean Ctrl+C and Ctrl+Z: cover.
    Hide,
    /// SIGHUP: the window was closed or the line went dead.
    Hang,
    /// SIGTERM, and SIGQUIT, whose default would leave a core dump: make safe and end.
    Terminate,
    /// SIGCONT: somebody stopped the process and set it going again, and the shell may have changed the
    /// terminal's modes in between; `Screen::again` puts them right.
    Wake,
}

/// The hide keys that the settings add to Esc, Ctrl+C, Ctrl+Z and Alt with anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HideKeys(Vec<Key>);

impl HideKeys {
    /// These keys hide too.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Whether this key is one of them.
    pub fn contains(&self, key: Key) -> bool {
        self.0.contains(&key)
    }
}
