//! A page that a command shows once, above the shell: what stands on it must not stay in the scrollback.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{Language, wrap};
use crate::words::{FirstKeySays, KeyCap, StartSays, key_cap};

use super::ink::Ink;
use super::key::Key;
use super::sheet::{Row, Sheet, Weight};
use super::view::Colour;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    lines: Vec<String>,
    language: Language,
    /// The first line in sight.
    first: usize,
}

/// What a key led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnceDoes {
    /// There is nothing more to do.
    Stays,
    /// It was read.
    Closes,
}

impl Once {
    /// A page with these lines.
    pub fn new(lines: Vec<String>, language: Language) -> Self {
        Self { lines, language, first: 0 }
    }

    /// Takes a key. Nothing but Enter ends it: whoever copies a sheet leans on the keyboard.
    pub fn press(&mut self, key: Key) -> OnceDoes {
        match key {
            Key::Enter => return OnceDoes::Closes,
            Key::Down | Key::PageDown => {
                self.first = (self.first + 1).min(self.lines.len().saturating_sub(1));
            }
            Key::Up | Key::PageUp => self.first = self.first.saturating_sub(1),
            _ => {}
        }
        OnceDoes::Stays
    }

    /// Draws it.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) {
        let ink = Ink::new(Colour::None);
        let sheet = Sheet::new(area, ink, buffer);
        let lines = self.lines.iter().skip(self.first).flat_map(|line| wrap(line, sheet.sentence()));
        let fitted =
            sheet.rows(lines.map(|line| Row::new(Weight::Stays, line, ink.plain())).collect(), buffer);
        if fitted.hidden > 0 {
            sheet.corner(&StartSays::Hidden(fitted.hidden).text(self.language), buffer);
        }
        let hints = vec![
            (key_cap(self.language, KeyCap::Enter), FirstKeySays::Next.text(self.language).to_owned()),
            ("Esc", StartSays::Hide.text(self.language).into_owned()),
        ];
        sheet.hints(&hints, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_brought_into_sight_in_a_small_window() {
        let lines: Vec<String> =
            (1..=9).map(|row| format!("row {row} and a good many words behind it")).collect();
        let mut page = Once::new(lines, Language::English);
        let mut seen = String::new();
        for _ in 0..9 {
            let area = Rect::new(0, 0, 40, 12);
            let mut buffer = Buffer::empty(area);
            page.draw(area, &mut buffer);
            seen.extend(buffer.content.iter().map(ratatui::buffer::Cell::symbol));
            assert_eq!(page.press(Key::Down), OnceDoes::Stays);
        }
        for row in 1..=9 {
            assert!(seen.contains(&format!("row {row}")), "{row}");
        }
        assert_eq!(page.press(Key::Char('q')), OnceDoes::Stays);
        assert_eq!(page.press(Key::Enter), OnceDoes::Closes);
    }
}
