//! Two frames, the one that stands in the terminal and the next, and which cells differ between them.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use crate::text::is_even;

/// The frame that stands in the terminal, and the next one, in which nothing is drawn yet or again.
#[derive(Debug)]
pub(super) struct Frames {
    stands: Buffer,
    next: Buffer,
}

impl Frames {
    /// Frames of a size, over whatever is in the terminal.
    pub(super) fn over_anything(size: Size) -> Self {
        let area = Rect::from((Position::ORIGIN, size));
        let mut frames = Self { stands: Buffer::empty(area), next: Buffer::empty(area) };
        frames.distrust();
        frames
    }

    /// Nothing that stands is trusted any more: every cell of the next one differs. What is drawn on that stays.
    pub(super) fn distrust(&mut self) {
        // Nobody draws such a cell.
        let mut unlike = Cell::new("?");
        unlike.set_style(Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::all()));
        self.stands.content.fill(unlike);
    }

    /// The size of both.
    pub(super) fn size(&self) -> Size {
        self.next.area.as_size()
    }

    /// The next one, to draw on.
    pub(super) fn next(&mut self) -> &mut Buffer {
        &mut self.next
    }

    /// The cells of the next one that differ from what stands, with their places.
    pub(super) fn changed(&self) -> Vec<(u16, u16, &Cell)> {
        let mut changed = Vec::with_capacity(self.next.content.len() / 4);
        let width = usize::from(self.next.area.width).max(1);
        let rows = self.stands.content.chunks(width).zip(self.next.content.chunks(width));
        for (y, (stands, next)) in (0..).zip(rows) {
            for (x, (stands, next)) in (0..).zip(stands.iter().zip(next)) {
                match compare(stands, next) {
                    Compared::Same => {}
                    Compared::Differs => changed.push((x, y, next)),
                    // What hides a cell beside it needs the library's whole care, and is rare.
                    Compared::MayBeWide => return self.stands.diff(&self.next),
                }
            }
        }
        changed
    }

    /// The next one stands now.
    pub(super) fn turn(&mut self) {
        std::mem::swap(&mut self.stands, &mut self.next);
        self.next.reset();
    }
}

enum Compared {
    Same,
    Differs,
    MayBeWide,
}

/// The library's `==` asks for the width of both and calls another library for a single byte: a quarter of a frame.
fn compare(stands: &Cell, next: &Cell) -> Compared {
    let same_symbol = match (stands.symbol().as_bytes(), next.symbol().as_bytes()) {
        ([before], [after]) => before == after,
        _ if !is_even(stands.symbol()) || !is_even(next.symbol()) => return Compared::MayBeWide,
        (before, after) => before == after,
    };
    let same_style = stands.fg == next.fg
        && stands.bg == next.bg
        && stands.modifier == next.modifier
        && stands.diff_option == next.diff_option;
    if same_symbol && same_style { Compared::Same } else { Compared::Differs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(before: &[&str], after: &[&str]) -> Frames {
        let mut frames = Frames::over_anything(Size::new(12, 3));
        for lines in [before, after] {
            frames.turn();
            for (y, line) in (0..).zip(lines) {
                frames.next().set_string(0, y, line, Style::new());
            }
        }
        frames
    }

    #[test]
    fn what_differs_is_what_the_library_says() {
        for (before, after) in [
            (["", "", ""], ["", "", ""]),
            (["one", "two", "three"], ["one", "ten", "three"]),
            (["─────", "│ a │", "◐ né"], ["─────", "│ b │", "● né"]),
            (["日本語", "plain", ""], ["日本", "plain", "x"]),
            (["plain", "", ""], ["⚠️ wide", "", ""]),
            (["e\u{301}", "", "cut at the end of it"], ["e", "", "cut at the end of i"]),
        ] {
            let mut frames = frames(&before, &after);
            assert_eq!(frames.changed(), frames.stands.diff(&frames.next), "{before:?} {after:?}");
            let bold = Style::new().add_modifier(Modifier::BOLD).bg(Color::Red);
            frames.next().set_style(Rect::new(2, 0, 3, 2), bold);
            assert_eq!(frames.changed(), frames.stands.diff(&frames.next), "{before:?} {after:?} in bold");
        }
    }

    #[test]
    fn over_anything_every_cell_is_drawn() {
        let mut frames = Frames::over_anything(Size::new(12, 3));
        frames.next().set_string(0, 1, "? is not it", Style::new());
        assert_eq!(frames.changed().len(), 36);
        frames.turn();
        frames.next().set_string(0, 1, "? is not it", Style::new());
        assert!(frames.changed().is_empty());
        frames.distrust();
        assert_eq!(frames.changed().len(), 36);
        frames.turn();
        assert_eq!(*frames.next(), Buffer::empty(Rect::new(0, 0, 12, 3)));
    }

    #[test]
    fn without_room_nothing_is_drawn() {
        for (cols, rows) in [(0, 0), (0, 5), (5, 0)] {
            assert!(Frames::over_anything(Size::new(cols, rows)).changed().is_empty());
        }
    }
}
