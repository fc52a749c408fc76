//! The start form: two staff numbers and a case code, one after the other, the field open at once.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::Key;
use super::view::View;
use super::wish::Wish;

/// What a key in the form led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormDoes {
    /// It stays open.
    Stays,
    /// It is given up: back to the start screen.
    Closes,
    /// It is filled in: [`Wish::Begin`].
    Asks(Wish),
}

/// The start form.
#[derive(Debug, Clone, Default)]
pub struct Form {}

impl Form {
    /// An empty one, at its first field.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a key.
    pub fn press(&mut self, _key: Key, _view: &View) -> FormDoes {
        FormDoes::Stays
    }

    /// Takes what was pasted into the open field.
    pub fn paste(&mut self, _text: &str) {}

    /// Draws it, with the cursor in the open field.
    pub fn draw(&self, _view: &View, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }
}
