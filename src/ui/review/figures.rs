//! Figures over all sessions.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::review::Figures;
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::view::View;

use super::session::SessionDoes;

/// The page.
#[derive(Debug, Clone)]
pub struct FiguresPage {
    figures: Figures,
}

impl FiguresPage {
    /// Of these figures.
    pub fn new(figures: Figures) -> Self {
        Self { figures }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, _view: &View) -> SessionDoes {
        match key {
            Key::Left | Key::Backspace | Key::Char('q') => SessionDoes::Closes,
            _ => SessionDoes::Stays,
        }
    }

    /// Draws it.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) {
        let ink = Ink::new(view.look.colour);
        let text = format!("n = {}", self.figures.n);
        buffer.set_stringn(area.x, area.y, text, usize::from(area.width), ink.plain());
    }
}
