//! The lists, or the table, drawn: a head line with what stands at its right, the lines, and the hints.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::width;
use crate::ui::field::Drawn;
use crate::ui::hint_bar;
use crate::ui::ink::Ink;
use crate::ui::view::View;
use crate::words::{RoomSays, room_says};

use super::progress::Far;
use super::{Page, Review};

impl Review {
    /// The lists, or the table, with the head line and the hints.
    pub(super) fn draw_many(
        &self,
        view: &View,
        ink: Ink,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let columns = usize::from(area.width.saturating_sub(2));
        let is_table = matches!(self.page, Page::Table);
        let title = if is_table { RoomSays::Table } else { RoomSays::Title };
        let counts = if is_table { self.table.counts(&self.archive, view) } else { String::new() };
        let corner = self.corner(view, counts);
        let start = usize::from(area.width).saturating_sub(width(&corner) + 1);
        let title = room_says(title, view.language);
        let room = start.saturating_sub(2);
        // Of a word of which hardly a letter has room, nothing is better.
        let title = if 2 * room < width(&title) { String::new() } else { crate::text::cut(&title, room) };
        put(area, 0, &[(title, ink.title())], buffer);
        if let Ok(start) = u16::try_from(start) {
            buffer.set_stringn(area.x + start, area.y, &corner, columns, ink.dim());
        }
        let hint_rows = u16::from(area.height > 2);
        let mut y = 1;
        let mut cursor = None;
        let bottom = area.height.saturating_sub(hint_rows);
        if is_table {
            if let Some(field) = self.table.open_field() {
                put(area, y, &[("/".to_owned(), ink.key())], buffer);
                let row = Rect {
                    x: area.x + 3.min(area.width),
                    y: area.y + y.min(area.height - 1),
                    width: area.width.saturating_sub(4),
                    height: 1,
                };
                cursor = field.draw(Drawn::Plain, ink, row, buffer);
                y += 1;
            }
            for line in self.table.filter_lines(view, ink, columns) {
                put(area, y, &line, buffer);
                y += 1;
            }
        }
        let rows = usize::from(bottom.saturating_sub(y));
        let lines = if is_table {
            let no_room = self.table.no_room(&self.archive, view, columns, rows);
            let spare = usize::from(no_room.is_some() && rows > 3);
            let mut lines = self.table.lines(&self.archive, view, ink, (columns, rows - spare));
            if spare > 0 {
                lines.resize(rows - spare, Vec::new());
                let text = crate::text::cut(&no_room.unwrap_or_default(), columns);
                lines.push(vec![(text, ink.dim())]);
            }
            lines
        } else {
            self.first.lines(&self.archive, view, ink, (columns, rows), self.progress.far())
        };
        for line in lines.iter().take(rows) {
            put(area, y, line, buffer);
            y += 1;
        }
        if hint_rows > 0 {
            let bar = Rect { y: area.bottom() - 1, height: 1, ..area };
            hint_bar::draw_in(view.language, ink, &self.context(view), bar, buffer);
        }
        cursor
    }

    /// How far it is, while it fills; then how many there are.
    pub(super) fn corner(&self, view: &View, counts: String) -> String {
        let says = |says| room_says(says, view.language).into_owned();
        match self.progress.far() {
            Far::Beginning => says(RoomSays::Opening),
            Far::Reading { done, of } => says(RoomSays::Opened { done, of }),
            Far::Never => String::new(),
            Far::All if !counts.is_empty() => counts,
            Far::All => {
                let sessions = says(RoomSays::Sessions(self.archive.summaries().len()));
                match self.archive.damaged() {
                    0 => sessions,
                    // Their list stands below all others, and may be out of sight.
                    damaged => format!("{sessions} · ! {}", says(RoomSays::NotToBeRead(damaged))),
                }
            }
        }
    }
}

/// A line of an area, one column from its edge.
fn put(area: Rect, y: u16, spans: &[(String, Style)], buffer: &mut Buffer) {
    if y >= area.height || area.width < 2 {
        return;
    }
    let spans: Vec<Span> = spans.iter().map(|(text, style)| Span::styled(text.as_str(), *style)).collect();
    buffer.set_line(area.x + 1, area.y + y, &Line::from(spans), area.width - 1);
}
