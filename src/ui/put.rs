//! Putting text into cells. In most of it a character is a cell, and nobody has to look which of them belong together: that was
//! a third of a frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::text::is_even;

/// Puts lines below each other into an area, as many as it has room for, each cut at its end.
pub(super) fn put<'l>(lines: impl Iterator<Item = &'l Line<'static>>, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        let mut x = area.x;
        for span in &line.spans {
            x = put_text(&span.content, (x, y), area.right(), line.style.patch(span.style), buffer);
        }
    }
}

/// Puts a text from a cell on, up to a column that it does not reach; gives the column behind it.
pub(super) fn put_text(text: &str, (x, y): (u16, u16), end: u16, style: Style, buffer: &mut Buffer) -> u16 {
    if !is_even(text) {
        return buffer.set_stringn(x, y, text, usize::from(end.saturating_sub(x)), style).0;
    }
    let mut behind = x;
    for (character, x) in text.chars().zip(x..end) {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_char(character).set_style(style);
        }
        behind = x + 1;
    }
    behind
}

/// Draws a line from one side of an area to the other, in its first row.
pub(super) fn put_rule(area: Rect, style: Style, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    for x in area.left()..area.right() {
        if let Some(cell) = buffer.cell_mut((x, area.y)) {
            cell.set_char('─').set_style(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Modifier, Style};
    use ratatui::text::Span;

    #[test]
    fn a_line_is_put_as_the_library_puts_it() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        for spans in [
            vec![Span::raw("plain")],
            vec![Span::styled("▸", bold), Span::raw(" plain"), Span::styled("né\u{301}e 日本", bold)],
            vec![Span::raw("─ né ─"), Span::styled("◐ ✓ …", bold)],
            vec![Span::raw("日本"), Span::styled("and a text that is longer than the line", bold)],
            vec![Span::raw(""), Span::styled("\u{7}bell", bold), Span::raw("after")],
        ] {
            let line = Line::from(spans).style(Style::new().add_modifier(Modifier::DIM));
            for wide in 0..12 {
                let area = Rect::new(1, 0, wide, 1);
                let (mut ours, mut theirs) =
                    (Buffer::empty(Rect::new(0, 0, 14, 1)), Buffer::empty(Rect::new(0, 0, 14, 1)));
                put([line.clone()].iter(), area, &mut ours);
                theirs.set_line(area.x, 0, &line, area.width);
                assert_eq!(ours, theirs, "{line:?} in {wide}");
            }
        }
    }
}
