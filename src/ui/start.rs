//! The start screen: new session, practise, resume, read, what is due. Drawn while the protocol is being read.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::Key;
use super::view::View;
use super::wish::Wish;

/// What a key on the start screen led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartDoes {
    /// It stays.
    Stays,
    /// The start form is to be opened on top.
    OpensForm,
    /// The desk is asked for something.
    Asks(Wish),
}

/// The start screen.
#[derive(Debug, Clone, Default)]
pub struct Start {}

impl Start {
    /// A fresh one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The stack says so when the cover was lifted above this screen: the first run's lesson is done.
    pub fn came_back(&mut self) {}

    /// Takes a key; those that hide and come back are the stack's.
    pub fn press(&mut self, _key: Key, _view: &View) -> StartDoes {
        StartDoes::Stays
    }

    /// Draws it. There is never a cursor.
    pub fn draw(&self, _view: &View, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }
}
