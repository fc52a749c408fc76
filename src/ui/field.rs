//! One field to type in: editing by what people see as one character, a cursor, a bound, and its picture.
//!
//! A field takes every printable key while it is open. What hides, Tab and the F-keys never reach it: the screen that
//! holds a field sees to them first (`Field::press` hands them back as [`Typed::NotMine`]).

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{forbidden_character, width};

use super::ink::Ink;
use super::key::Key;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Takes {
    /// Any printable character.
    Text,
    /// Digits and a sign in front.
    Number,
}

/// What became of a key in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typed {
    /// The field took it; the text or the cursor may have changed.
    Taken,
    /// Enter: what stands there is to be kept.
    Kept,
    /// Backspace in an empty field: it is to be closed.
    Closed,
    /// The key is none of a field's.
    NotMine,
}

/// Whether a text is drawn, or dots in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drawn {
    /// As it is.
    Plain,
    /// A dot for each character.
    Dots,
}

/// A field: its text and where the cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// In bytes, always between two graphemes.
    cursor: usize,
    at_most: usize,
    takes: Takes,
}

impl Field {
    /// An empty field for at most so many characters.
    pub fn new(at_most: usize) -> Self {
        Self { text: String::new(), cursor: 0, at_most, takes: Takes::Text }
    }

    /// An empty field for a whole number between two, with room for no more digits than those have.
    pub fn number(from: i64, to: i64) -> Self {
        let at_most = from.to_string().len().max(to.to_string().len());
        Self { text: String::new(), cursor: 0, at_most, takes: Takes::Number }
    }

    /// The same field with a text in it, as far as it takes it, and the cursor at its end.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.insert(text);
        self
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The most characters that it takes.
    pub fn at_most(&self) -> usize {
        self.at_most
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// What stands in it, and leaves it empty.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Typed {
        match key {
            Key::Char(c) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            Key::Enter => return Typed::Kept,
            Key::Backspace if self.text.is_empty() => return Typed::Closed,
            Key::Empty => self.clear(),
            // Before the first letter it takes that one, so that a held key always empties a field and closes it.
            Key::Backspace if self.cursor == 0 => return self.press(Key::Delete),
            Key::Backspace => {
                let start = self.before();
                self.text.drain(start..self.cursor);
                self.cursor = start;
                self.settle();
            }
            Key::Delete => {
                let end = self.behind();
                self.text.drain(self.cursor..end);
                self.settle();
            }
            Key::Left => self.cursor = self.before(),
            Key::Right => self.cursor = self.behind(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            _ => return Typed::NotMine,
        }
        Typed::Taken
    }

    /// Puts a text in at the cursor: line ends and tabs become blanks, what steers a terminal is left out, and what
    /// goes beyond the bound is dropped. Returns how many characters were dropped for the bound.
    pub fn insert(&mut self, text: &str) -> usize {
        let mut there = self.text.chars().count();
        let mut dropped = 0;
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
            if forbidden_character(c.encode_utf8(&mut [0; 4])).is_some() || !self.fits(c) {
                continue;
            }
            if there >= self.at_most {
                dropped += 1;
                continue;
            }
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
            there += 1;
        }
        self.settle();
        dropped
    }

    fn fits(&self, c: char) -> bool {
        match self.takes {
            Takes::Text => true,
            Takes::Number => {
                c.is_ascii_digit() || (c == '-' && self.cursor == 0 && !self.text.starts_with('-'))
            }
        }
    }

    /// Where the characters around the cursor have joined (an accent behind a letter), it stands behind both.
    fn settle(&mut self) {
        if !self.is_between(self.cursor) {
            self.cursor = self.next_end(self.cursor);
        }
    }

    fn is_between(&self, at: usize) -> bool {
        at == self.text.len() || self.text.grapheme_indices(true).any(|(start, _)| start == at)
    }

    fn next_end(&self, at: usize) -> usize {
        let mut ends = self.text.grapheme_indices(true).map(|(start, grapheme)| start + grapheme.len());
        ends.find(|end| *end >= at).unwrap_or(self.text.len())
    }

    fn before(&self) -> usize {
        self.text
            .grapheme_indices(true)
            .map(|(at, _)| at)
            .take_while(|at| *at < self.cursor)
            .last()
            .unwrap_or(0)
    }

    fn behind(&self) -> usize {
        self.next_end(self.cursor + 1).min(self.text.len())
    }

    /// How many lines the field takes at a width, the cursor's place counted.
    pub fn lines(&self, columns: u16) -> u16 {
        u16::try_from(self.rows(usize::from(columns)).len()).unwrap_or(u16::MAX)
    }

    /// Draws the text in an area, the cursor's line always in sight, and says where the cursor stands.
    pub fn draw(&self, drawn: Drawn, ink: Ink, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return None;
        }
        let rows = self.rows(usize::from(area.width));
        let line = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        let first = (line + 1).saturating_sub(usize::from(area.height));
        for y in 0..area.height {
            let text = rows.get(first + usize::from(y)).map_or("", |row| &self.text[row.clone()]);
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, ink.field());
            buffer.set_stringn(area.x, area.y + y, drawn.show(text), usize::from(area.width), ink.field());
        }
        let typed = &self.text[rows.get(line)?.start..self.cursor];
        let column = u16::try_from(width(&drawn.show(typed))).unwrap_or(u16::MAX).min(area.width - 1);
        let row = u16::try_from(line - first).unwrap_or(0);
        Some(Position { x: area.x + column, y: area.y + row })
    }

    /// The text in rows of at most `columns` columns with one more for the cursor, broken after a blank where there
    /// is one. No character is left out: the cursor can stand before each.
    fn rows(&self, columns: usize) -> Vec<std::ops::Range<usize>> {
        let room = columns.saturating_sub(1).max(1);
        let mut rows = Vec::new();
        let (mut start, mut used, mut blank) = (0, 0, None);
        for (at, grapheme) in self.text.grapheme_indices(true) {
            let wide = width(grapheme);
            if used + wide > room && at > start {
                let end = blank.filter(|end| *end > start).unwrap_or(at);
                rows.push(start..end);
                start = end;
                used = width(&self.text[start..at]);
                blank = None;
            }
            used += wide;
            if grapheme == " " {
                blank = Some(at + 1);
            }
        }
        rows.push(start..self.text.len());
        rows
    }
}

impl Drawn {
    /// The text, or its dots.
    pub fn show(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Dots => "·".repeat(text.graphemes(true).count()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with `|` where the cursor stands.
    fn picture(field: &Field) -> String {
        format!("{}|{}", &field.text[..field.cursor], &field.text[field.cursor..])
    }

    fn field(picture: &str) -> Field {
        let (before, behind) = picture.split_once('|').unwrap();
        let mut field = Field::new(20).with(&format!("{before}{behind}"));
        field.cursor = before.len();
        field
    }

    #[test]
    fn keys_edit_by_what_people_see_as_one_character() {
        for (before, key, after) in [
            ("|", Key::Char('a'), "a|"),
            ("ab|", Key::Left, "a|b"),
            ("|ab", Key::Left, "|ab"),
            ("|ab", Key::Right, "a|b"),
            ("ab|", Key::Right, "ab|"),
            ("ab|cd", Key::Home, "|abcd"),
            ("ab|cd", Key::End, "abcd|"),
            ("ab|cd", Key::Backspace, "a|cd"),
            ("ab|cd", Key::Delete, "ab|d"),
            ("ab|", Key::Delete, "ab|"),
            ("|ab", Key::Backspace, "|b"),
            ("a|b", Key::Empty, "|"),
            ("|", Key::Empty, "|"),
            ("ne\u{301}|x", Key::Backspace, "n|x"),
            ("n|e\u{301}x", Key::Delete, "n|x"),
            ("n|e\u{301}x", Key::Right, "ne\u{301}|x"),
            ("👩‍👧|", Key::Left, "|👩‍👧"),
            ("e|", Key::Char('\u{301}'), "e\u{301}|"),
            ("a|b", Key::Char('\u{1b}'), "a|b"),
        ] {
            let mut typed = field(before);
            assert_eq!(typed.press(key), Typed::Taken, "{before} {key:?}");
            assert_eq!(picture(&typed), after, "{before} {key:?}");
        }
    }

    #[test]
    fn enter_keeps_backspace_closes_an_empty_one_and_the_rest_is_not_its_own() {
        for (key, typed) in [
            (Key::Enter, Typed::Kept),
            (Key::Backspace, Typed::Closed),
            (Key::Tab, Typed::NotMine),
            (Key::F(2), Typed::NotMine),
            (Key::Up, Typed::NotMine),
        ] {
            assert_eq!(Field::new(5).press(key), typed, "{key:?}");
        }
    }

    #[test]
    fn a_paste_is_bounded_and_made_harmless() {
        let mut typed = Field::new(5);
        assert_eq!(typed.insert("a\u{1b}\n\u{202e}bcdefg"), 3, "e, f and g find no room");
        assert_eq!(picture(&typed), "a bcd|");
        let mut number = Field::number(-999, 99);
        number.insert("-1x2-3");
        assert_eq!(number.text(), "-123");
        assert_eq!(Field::number(0, 99).with("1234").text(), "12");
    }

    #[test]
    fn the_cursor_is_in_sight_at_any_size() {
        let long = Field::new(500).with(&"word ".repeat(60));
        for (columns, rows) in [(0, 0), (1, 1), (2, 1), (10, 3), (80, 24)] {
            let area = Rect::new(0, 0, columns, rows);
            let mut buffer = Buffer::empty(area);
            let at = long.draw(Drawn::Plain, Ink::default(), area, &mut buffer);
            assert!(at.is_none_or(|at| area.contains(at)), "{columns}×{rows}");
            assert_eq!(at.is_none(), area.is_empty());
        }
    }

    #[test]
    fn dots_take_the_place_of_each_character() {
        let area = Rect::new(0, 0, 8, 1);
        let mut buffer = Buffer::empty(area);
        let at = Field::new(9).with("né🙂").draw(Drawn::Dots, Ink::default(), area, &mut buffer);
        assert_eq!(buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect::<String>(), "···     ");
        assert_eq!(at, Some(Position { x: 3, y: 0 }));
    }
}
