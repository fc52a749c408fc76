//! The cover: a leaflet as a plain text viewer would show it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text::{CoverId, TopicId};

use super::key::Key;
use super::view::View;
use super::wish::Wish;

/// The leaflet, laid out for one size.
#[derive(Debug, Clone)]
pub struct Leaflet {}

impl Leaflet {
    /// The leaflet of a cover of the protocol, by default the first, open at a topic or at its contents. Before the
    /// protocol is read it is the program's own leaflet, and stays that as long as this value lives.
    pub fn new(_view: &View, _cover: Option<&CoverId>, _opens: Option<&TopicId>) -> Self {
        Self {}
    }

    /// Lays it out for a size, so that drawing only writes. To be called at start and after each change of size;
    /// where it was not, `draw` does the work.
    pub fn fit(&mut self, _view: &View, _width: u16, _height: u16) {}

    /// Takes a key. Those that hide do nothing here; coming back is the stack's.
    pub fn press(&mut self, _key: Key, _view: &View) -> Vec<Wish> {
        Vec::new()
    }

    /// Draws it over whatever the buffer has.
    pub fn draw(&self, _view: &View, _area: Rect, _buffer: &mut Buffer) -> Option<Position> {
        None
    }
}
