//! The leaflet's own settings: how wide its text is, and its language. Something harmless to show.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::Language;
use crate::words::LeafletSays;

use super::key::Key;
use super::sheet::clear;

/// What a key on the page led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafletSettingsDo {
    /// The text is at most so many columns wide from now on.
    Width(u16),
    /// The language changes.
    Language(Language),
    /// The key is the leaflet's: the page closes.
    NotMine,
    /// Nothing.
    Nothing,
}

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafletSettings {
    /// Columns that the text takes at most.
    pub width: u16,
    /// Its language.
    pub language: Language,
}

const WIDTHS: [u16; 4] = [48, 60, 72, 90];

impl LeafletSettings {
    /// Takes a key: a digit changes a line.
    pub fn press(self, key: Key) -> LeafletSettingsDo {
        match key {
            Key::Char('1') => {
                let next = WIDTHS.iter().copied().find(|width| *width > self.width);
                LeafletSettingsDo::Width(next.or(WIDTHS.first().copied()).unwrap_or(self.width))
            }
            Key::Char('2') => {
                let all = Language::ALL;
                let here = all.iter().position(|language| *language == self.language).unwrap_or_default();
                let next = all.get((here + 1) % all.len()).copied();
                LeafletSettingsDo::Language(next.unwrap_or(self.language))
            }
            Key::Char(_) | Key::Left | Key::Enter => LeafletSettingsDo::NotMine,
            _ => LeafletSettingsDo::Nothing,
        }
    }

    /// The page as lines, the foot line last.
    pub fn as_lines(self) -> Vec<String> {
        let says = |says: LeafletSays| says.text(self.language);
        vec![
            says(LeafletSays::Settings),
            String::new(),
            format!("1  {}", says(LeafletSays::TextWidth(self.width))),
            format!("2  {}", says(LeafletSays::TextLanguage)),
            says(LeafletSays::SettingsKeys),
        ]
    }

    /// Draws it over whatever the buffer has, in the leaflet's own plain way.
    pub fn draw(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        clear(area, buffer);
        let mut lines = self.as_lines();
        let foot = lines.pop();
        let margin = if area.width >= 30 { 2 } else { 0 };
        let room = usize::from(area.width.saturating_sub(margin));
        let body = (0..area.height.saturating_sub(1)).zip(lines);
        let last = foot.zip(area.height.checked_sub(1)).map(|(foot, row)| (row, foot));
        for (row, line) in body.chain(last) {
            buffer.set_stringn(area.x + margin, area.y + row, line, room, Style::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sample::{SIZES, drawn, never_panics, text};

    #[test]
    fn digits_change_a_line_and_the_leaflets_keys_close_it() {
        let page = LeafletSettings { width: 72, language: Language::English };
        assert_eq!(page.press(Key::Char('1')), LeafletSettingsDo::Width(90));
        let widest = LeafletSettings { width: 120, ..page };
        assert_eq!(widest.press(Key::Char('1')), LeafletSettingsDo::Width(48));
        assert_eq!(page.press(Key::Char('2')), LeafletSettingsDo::Language(Language::Spanish));
        assert_eq!(page.press(Key::Char('0')), LeafletSettingsDo::NotMine);
        assert_eq!(page.press(Key::Down), LeafletSettingsDo::Nothing);
    }

    #[test]
    fn it_fits_and_has_neither_colour_nor_attribute() {
        for language in Language::ALL {
            let page = LeafletSettings { width: 72, language };
            let draw = |area, buffer: &mut Buffer| {
                page.draw(area, buffer);
                None
            };
            for size in SIZES {
                let (buffer, _) = drawn(size, draw);
                let shown = text(&buffer);
                for line in page.as_lines() {
                    assert!(shown.contains(&line), "{shown}");
                }
                let empty = drawn((1, 1), |_, _| None).0;
                let plain = empty.content().first().map(ratatui::buffer::Cell::style);
                assert!(buffer.content().iter().all(|cell| Some(cell.style()) == plain));
            }
            never_panics(draw);
        }
    }
}
