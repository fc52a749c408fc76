//! Rows of text on a screen that may be too low for them: what gives way first, and how many gave way.
//!
//! The start screen and the start form are made of it. Nothing here is wider than its area or outside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{Language, cut, width, wrap};
use crate::words::StartSays;

use super::ink::Ink;

/// A key and its word.
pub(super) type Hints = Vec<(&'static str, String)>;

/// A row before it is known whether it fits.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) spans: Vec<(String, Style)>,
    pub(super) weight: Weight,
}

/// What gives way first where the screen is low: the greatest, from the bottom up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// What the screen is about now: an open field, a sentence that answers a key.
    Needed,
    /// What can be chosen.
    Stays,
    /// What stands beside it.
    Beside,
    /// What explains it.
    Explains,
    /// A row without words.
    Space,
}

impl Row {
    pub(super) fn new(weight: Weight, text: String, style: Style) -> Self {
        Self { spans: vec![(text, style)], weight }
    }

    pub(super) fn space() -> Self {
        Self { spans: Vec::new(), weight: Weight::Space }
    }

    pub(super) fn text(&self) -> String {
        self.spans.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// A cleared area with a margin, its last row kept for hints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub(super) area: Rect,
    margin: u16,
    ink: Ink,
}

/// The narrowest area in which a page shows what can be done.
const LEAST_COLUMNS: u16 = 20;
/// The lowest one.
const LEAST_ROWS: u16 = 5;

/// What came of drawing rows.
pub(super) struct Fitted {
    /// How many rows with words did not fit.
    pub(super) hidden: usize,
    /// Where the last row that is needed stands, without the margins.
    pub(super) needed: Option<Rect>,
}

impl Sheet {
    /// Clears the part of the area that the buffer has.
    pub(super) fn new(area: Rect, ink: Ink, buffer: &mut Buffer) -> Self {
        let area = area.intersection(buffer.area);
        clear(area, buffer);
        Self::of(area, ink)
    }

    /// A sheet that is not drawn.
    pub(super) fn of(area: Rect, ink: Ink) -> Self {
        Self { area, margin: if area.width >= 30 { 2 } else { 0 }, ink }
    }

    pub(super) fn columns(&self) -> usize {
        usize::from(self.area.width.saturating_sub(2 * self.margin))
    }

    /// The columns for a sentence: no eye likes to go back over eighty.
    pub(super) fn sentence(&self) -> usize {
        self.columns().min(64)
    }

    /// Draws as many rows as there is room for.
    pub(super) fn rows(&self, mut rows: Vec<Row>, buffer: &mut Buffer) -> Fitted {
        let room = self.area.height.saturating_sub(self.hint_rows());
        let hidden = fit(&mut rows, usize::from(room));
        let mut needed = None;
        for (number, row) in (0..room).zip(&rows) {
            self.write(number, &row.spans, buffer);
            if row.weight == Weight::Needed {
                needed = Some(Rect {
                    x: self.area.x + self.margin,
                    y: self.area.y + number,
                    width: self.area.width.saturating_sub(2 * self.margin),
                    height: 1,
                });
            }
        }
        Fitted { hidden, needed }
    }

    /// As many hints as fit in the last row, in their order.
    pub(super) fn hints(&self, hints: &Hints, buffer: &mut Buffer) {
        if self.hint_rows() == 0 {
            return;
        }
        let mut spans: Vec<(String, Style)> = Vec::new();
        let mut used = 0;
        for (key, word) in hints {
            let gap = if spans.is_empty() { 0 } else { 2 };
            let wide = width(key) + 1 + width(word);
            // The last hint may use the margin: it has nothing to its right.
            if used + gap + wide > self.columns() + usize::from(self.margin) {
                continue;
            }
            used += gap + wide;
            spans.push((" ".repeat(gap), Style::new()));
            spans.push(((*key).to_owned(), self.ink.key()));
            spans.push((format!(" {word}"), self.ink.dim()));
        }
        self.write_until(self.area.right(), self.area.height - 1, &spans, buffer);
    }

    /// How many rows did not fit, as long or as short as there is room for it; nothing where all are there.
    pub(super) fn says_hidden(&self, fitted: &Fitted, language: Language, buffer: &mut Buffer) {
        if fitted.hidden == 0 {
            return;
        }
        let forms = [StartSays::Hidden(fitted.hidden), StartSays::HiddenShort(fitted.hidden)];
        let texts = forms.map(|says| says.text(language));
        let rows = [0, self.area.height.saturating_sub(1)];
        for row in rows {
            if texts.iter().any(|text| self.at_the_right(row, text, buffer)) {
                return;
            }
        }
    }

    /// At the right edge of the first row, where nothing else stands there.
    pub(super) fn corner(&self, text: &str, buffer: &mut Buffer) {
        self.at_the_right(0, text, buffer);
    }

    /// At the right edge of a row; whether there was room for it.
    fn at_the_right(&self, row: u16, text: &str, buffer: &mut Buffer) -> bool {
        let Some(start) = self.columns().checked_sub(width(text)) else { return false };
        let Ok(start) = u16::try_from(start) else { return false };
        let start = self.area.x + self.margin + start;
        let y = self.area.y + row;
        let free = (start.saturating_sub(1).max(self.area.x)..self.area.right())
            .all(|x| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == " "));
        if free {
            buffer.set_stringn(start, y, text, self.columns(), self.ink.dim());
        }
        free
    }

    fn hint_rows(&self) -> u16 {
        u16::from(self.area.height > 2)
    }

    fn write(&self, row: u16, spans: &[(String, Style)], buffer: &mut Buffer) {
        self.write_until(self.area.right().saturating_sub(self.margin), row, spans, buffer);
    }

    fn write_until(&self, end: u16, row: u16, spans: &[(String, Style)], buffer: &mut Buffer) {
        let mut column = self.area.x + self.margin;
        for (text, style) in spans {
            let room = usize::from(end.saturating_sub(column));
            if room == 0 {
                break;
            }
            column = buffer.set_stringn(column, self.area.y + row, cut(text, room), room, *style).0;
        }
    }
}

/// Whether an area is too small for any page to show what can be done.
pub(super) fn is_too_small(area: Rect) -> bool {
    area.width < LEAST_COLUMNS || area.height < LEAST_ROWS
}

/// Says in place of a page that there is no room for it.
pub(super) fn ask_for_room(language: Language, ink: Ink, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    clear(area, buffer);
    let lines = wrap(&StartSays::TooSmall.text(language), usize::from(area.width).max(1));
    for (row, line) in (area.y..area.bottom()).zip(lines) {
        buffer.set_stringn(area.x, row, line, usize::from(area.width), ink.plain());
    }
}

/// Takes whatever stands in an area away, style and all.
pub(super) fn clear(area: Rect, buffer: &mut Buffer) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

/// Takes away what gives way first until so many rows are left, and counts those with words that are gone.
fn fit(rows: &mut Vec<Row>, room: usize) -> usize {
    let mut hidden = 0;
    while rows.len() > room {
        let Some(worst) = rows.iter().map(|row| row.weight).max() else { break };
        let Some(place) = rows.iter().rposition(|row| row.weight == worst) else { break };
        rows.remove(place);
        hidden += usize::from(worst != Weight::Space);
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(weight: Weight, text: &str) -> Row {
        Row::new(weight, text.to_owned(), Style::new())
    }

    #[test]
    fn space_gives_way_before_words_and_the_needed_row_last() {
        let all = || {
            vec![
                row(Weight::Beside, "title"),
                Row::space(),
                row(Weight::Explains, "why"),
                row(Weight::Stays, "one"),
                row(Weight::Needed, "field"),
                row(Weight::Stays, "two"),
            ]
        };
        for (room, left, hidden) in [
            (6, "title//why/one/field/two", 0),
            (5, "title/why/one/field/two", 0),
            (4, "title/one/field/two", 1),
            (3, "one/field/two", 2),
            (2, "one/field", 3),
            (1, "field", 4),
            (0, "", 5),
        ] {
            let mut rows = all();
            assert_eq!(fit(&mut rows, room), hidden, "{room}");
            assert_eq!(rows.iter().map(Row::text).collect::<Vec<_>>().join("/"), left);
        }
    }
}
