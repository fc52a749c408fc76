//! One key press as the screens know it, whatever bytes the terminal sent for it.

/// A key. What hides is decided where bytes become keys (`terminal::decode`), so that no screen can forget it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// Esc, Ctrl+C, Ctrl+Z, Alt with anything, and whatever the settings add: hides, and only ever hides.
    Hide,
    /// Ctrl+R: comes back from the cover.
    Return,
    /// Ctrl+U: empties a field.
    Empty,
    /// A character that can be typed.
    Char(char),
    /// Enter.
    Enter,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// A function key, F1 to F12.
    F(u8),
}
