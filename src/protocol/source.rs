//! Places in a file: spans in bytes, positions for people, and the files that a reading was made of.

use std::ops::Range;

/// A part of a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Span {
    /// The part between two bytes. A file is at most [`super::LARGEST`] bytes long, so that `u32` holds any place.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The empty part at a byte.
    pub fn at(start: usize) -> Self {
        Self::new(start, start)
    }

    /// As a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people count: both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// One of the files that a reading was made of: the protocol first, then its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called in messages: its path, as it was given.
    pub name: String,
    /// Its text; bytes that are no text are drawn as `U+FFFD`, none of which comes before the place that says so.
    pub text: String,
    /// Where each line but the first begins, so that a flood of findings stays cheap to place.
    lines: Vec<u32>,
}

impl Source {
    /// A file with its text.
    pub fn new(name: &str, text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = ends.filter_map(|(at, _)| u32::try_from(at + 1).ok()).collect();
        Self { name: name.to_owned(), text, lines }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: u32) -> usize {
        self.lines.partition_point(|start| *start <= byte) + 1
    }

    /// Where a byte of the file is. A place past the end is the end.
    pub fn position(&self, byte: u32) -> Position {
        let mut end = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: self.line(u32::try_from(end).unwrap_or(u32::MAX)),
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters_from_one() {
        let source = Source::new("", "uno\naño nuevo\n".to_owned());
        for (byte, line, column) in [(0, 1, 1), (3, 1, 4), (4, 2, 1), (7, 2, 3), (6, 2, 2), (99, 3, 1)] {
            assert_eq!(source.position(byte), Position { line, column }, "{byte}");
        }
    }
}
