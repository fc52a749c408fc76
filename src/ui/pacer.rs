//! The breathing pacer: a page of its own with nothing else on it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::Key;
use super::view::View;

/// What a key on the pacer led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PacerDoes {
    /// It stays.
    Stays,
    /// The checklist goes on; the key may be an answer to the step that shows the pacer.
    GoesOn(Key),
}

/// The pacer.
#[derive(Debug, Clone)]
pub struct Pacer {}

impl Pacer {
    /// One that breathes in from now on.
    pub fn new(_view: &View) -> Self {
        Self {}
    }

    /// Takes a key: any digit, Enter and Space go on, arrows and `z` too; others are ignored.
    pub fn press(&mut self, _key: Key, _view: &View) -> PacerDoes {
        PacerDoes::Stays
    }

    /// Milliseconds until it looks different in this area; none where nothing moves.
    pub fn next_frame(&self, _view: &View, _area: Rect) -> Option<u64> {
        None
    }

    /// Draws it. There is never a cursor.
    pub fn draw(&self, _view: &View, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }
}
