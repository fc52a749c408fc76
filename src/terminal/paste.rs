//! What a bracketed paste leaves: a bounded text without control characters, and a count of what was dropped.
//! Knows no escape sequences.

use super::decode::is_untypable;
use super::event::Input;

/// The most bytes that are kept of one paste; no text step takes as much.
pub const PASTE_MOST: usize = 64 * 1024;

/// A paste on its way.
#[derive(Debug, Clone)]
pub(super) struct Paste {
    text: Vec<u8>,
    dropped: usize,
    room: usize,
}

impl Paste {
    /// One that is kept as far as there is room.
    pub(super) fn kept() -> Self {
        Self { text: Vec::new(), dropped: 0, room: PASTE_MOST }
    }

    /// One that is only counted: a hide key came before, and its text would be typed into the cover.
    pub(super) fn lost() -> Self {
        Self { text: Vec::new(), dropped: 0, room: 0 }
    }

    pub(super) fn take(&mut self, bytes: &[u8]) {
        let kept = if self.dropped == 0 { bytes.len().min(self.room - self.text.len()) } else { 0 };
        // A character is kept whole or not at all.
        let kept = (0..=kept).rev().find(|at| bytes.get(*at).is_none_or(|b| !is_inside(*b))).unwrap_or(0);
        self.text.extend_from_slice(&bytes[..kept]);
        self.dropped += bytes[kept..].iter().filter(|b| !is_inside(**b)).count();
    }

    /// What the program is told, if there is anything to tell.
    pub(super) fn end(self) -> Option<Input> {
        (!self.text.is_empty() || self.dropped > 0)
            .then(|| Input::Paste { text: plain(&self.text), dropped: self.dropped })
    }
}

/// Whether this byte is inside a UTF-8 character rather than its first.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The text without what must not reach a screen. Line ends arrive as `\r` from most terminals.
fn plain(bytes: &[u8]) -> String {
    let text: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\r' | '\n' => Some('\n'),
            '\t' => Some(' '),
            c if is_untypable(c) => None,
            c => Some(c),
        })
        .collect()
}
