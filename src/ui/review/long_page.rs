//! A page that is longer than the screen: rows that belong to things, one of which is looked at, and which rows are in
//! sight.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{cut, width, wrap};

use crate::ui::ink::Ink;
use crate::ui::keys::Action;
use crate::words::SessionKey;

/// Pieces of a row, each with its style.
pub(super) type Spans = Vec<(String, Style)>;

/// Columns at the left, in which the thing that is looked at has its sign.
pub(super) const MARGIN: u16 = 2;

/// A row.
#[derive(Debug, Clone)]
struct Row {
    spans: Spans,
    /// The thing that it belongs to.
    of: usize,
    part: Part,
}

/// What a row is of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A heading above it.
    Heading,
    /// Its first row, or one that goes on from that.
    Itself,
    /// What stands below it.
    Below,
}

/// The rows. Each belongs to a thing, so that all of them can be reached.
#[derive(Debug, Clone, Default)]
pub(super) struct LongPage {
    rows: Vec<Row>,
    things: usize,
}

/// What is looked at, and the first row in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Looking {
    pub(super) thing: usize,
    top: usize,
}

/// A way through the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Way {
    /// The way that a key means on a page that is only gone through; none: it means something else.
    pub(super) fn of(action: Action) -> Option<Self> {
        match action {
            Action::Up => Some(Self::Up),
            Action::Down => Some(Self::Down),
            Action::PageUp => Some(Self::PageUp),
            Action::PageDown => Some(Self::PageDown),
            Action::Session(SessionKey::First) => Some(Self::First),
            Action::Session(SessionKey::Last) => Some(Self::Last),
            _ => None,
        }
    }
}

impl LongPage {
    /// A heading above the next thing, with an empty row before it.
    pub(super) fn heading(&mut self, spans: Spans) {
        if !self.rows.is_empty() {
            self.put(Vec::new(), Part::Heading);
        }
        self.put(spans, Part::Heading);
    }

    /// A row above the next thing.
    pub(super) fn above(&mut self, spans: Spans) {
        self.put(spans, Part::Heading);
    }

    /// The next thing: its rows.
    pub(super) fn thing(&mut self, rows: impl IntoIterator<Item = Spans>) -> usize {
        for spans in rows {
            self.put(spans, Part::Itself);
        }
        self.things += 1;
        self.things - 1
    }

    /// A row below the last thing.
    pub(super) fn below(&mut self, spans: Spans) {
        let of = self.things.saturating_sub(1);
        self.rows.push(Row { spans, of, part: Part::Below });
    }

    fn put(&mut self, spans: Spans, part: Part) {
        self.rows.push(Row { spans, of: self.things, part });
    }

    /// The rows of a thing.
    fn rows_of(&self, thing: usize) -> Range<usize> {
        let from = self.rows.partition_point(|row| row.of < thing);
        from..self.rows.partition_point(|row| row.of <= thing)
    }

    /// Goes along the page, so many rows of which are in sight.
    pub(super) fn go(&self, looking: &mut Looking, way: Way, sight: usize) {
        let (sight, last) = (sight.max(1), self.things.saturating_sub(1));
        let end = self.rows.len().saturating_sub(sight);
        let rows = self.rows_of(looking.thing);
        match way {
            // What is longer than the screen is read to its end first.
            Way::Up if rows.start < looking.top => {
                looking.top = looking.top.saturating_sub(1);
                return;
            }
            Way::Down if rows.end > looking.top + sight => {
                looking.top += 1;
                return;
            }
            Way::Up => looking.thing = looking.thing.saturating_sub(1),
            Way::Down => looking.thing = (looking.thing + 1).min(last),
            Way::First => looking.thing = 0,
            Way::Last => looking.thing = last,
            Way::PageUp | Way::PageDown => {
                let top = if way == Way::PageUp {
                    looking.top.saturating_sub(sight)
                } else {
                    (looking.top + sight).min(end)
                };
                let at_an_end = top == looking.top;
                looking.top = top;
                looking.thing = match way {
                    Way::PageUp if at_an_end => 0,
                    Way::PageDown if at_an_end => last,
                    _ => self.rows.get(top).map_or(0, |row| row.of),
                };
                return;
            }
        }
        self.bring(looking, sight);
    }

    /// Looks at a thing.
    pub(super) fn look_at(&self, looking: &mut Looking, thing: usize, sight: usize) {
        looking.thing = thing.min(self.things.saturating_sub(1));
        let rows = self.rows_of(looking.thing);
        // What led there stays in sight above it.
        let before = sight / 3;
        looking.top = rows.start.saturating_sub(before).min(self.rows.len().saturating_sub(sight.max(1)));
        self.bring(looking, sight);
    }

    /// Brings what is looked at into sight, its beginning first.
    fn bring(&self, looking: &mut Looking, sight: usize) {
        let rows = self.rows_of(looking.thing);
        if rows.end > looking.top + sight {
            looking.top = rows.end - sight.min(rows.end);
        }
        looking.top = looking.top.min(rows.start);
    }

    /// What is in sight where the page or the screen is another one than when the last key came.
    pub(super) fn in_sight(&self, looking: Looking, sight: usize) -> Looking {
        let mut now = Looking { thing: looking.thing.min(self.things.saturating_sub(1)), ..looking };
        let rows = self.rows_of(now.thing);
        now.top = now.top.min(self.rows.len().saturating_sub(sight.max(1)));
        if rows.end <= now.top || rows.start >= now.top + sight.max(1) {
            self.bring(&mut now, sight.max(1));
        }
        now
    }

    /// Whether all of it is in sight at once.
    pub(super) fn fits(&self, sight: usize) -> bool {
        self.rows.len() <= sight
    }

    /// How many rows lie below those in sight.
    pub(super) fn below_sight(&self, looking: Looking, sight: usize) -> usize {
        let now = self.in_sight(looking, sight);
        self.rows.len().saturating_sub(now.top + sight)
    }

    /// Draws what is in sight.
    pub(super) fn draw(&self, looking: Looking, ink: Ink, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let now = self.in_sight(looking, usize::from(area.height));
        let mut signed = false;
        for (row, y) in self.rows.iter().skip(now.top).zip(area.y..area.bottom()) {
            let looked_at = row.of == now.thing && row.part == Part::Itself;
            if looked_at && !signed {
                signed = true;
                buffer.set_stringn(area.x, y, "▸", usize::from(area.width), ink.current());
            }
            let mut x = area.x.saturating_add(MARGIN);
            for (text, style) in &row.spans {
                let room = usize::from(area.right().saturating_sub(x));
                if room == 0 {
                    break;
                }
                let style = if looked_at { style.patch(ink.looked_at()) } else { *style };
                x = buffer.set_stringn(x, y, cut(text, room), room, style).0;
            }
        }
    }
}

/// A heading, with a capital where it begins.
pub(super) fn headed(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Rows that begin in one way and go on in another, with a text that is wrapped behind.
pub(super) fn wrapped(first: Spans, then: &Spans, text: &str, style: Style, columns: usize) -> Vec<Spans> {
    let used: usize = first.iter().map(|(text, _)| width(text)).sum();
    let lines = wrap(text, columns.saturating_sub(used).max(1));
    let mut begins = Some(first);
    lines
        .into_iter()
        .map(|line| {
            let mut spans = begins.take().unwrap_or_else(|| then.clone());
            spans.push((line, style));
            spans
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten things, of which the fifth has eight rows, each with a heading before the first.
    fn page() -> LongPage {
        let mut page = LongPage::default();
        page.heading(vec![("heading".to_owned(), Style::new())]);
        for thing in 0..10 {
            let rows = if thing == 4 { 8 } else { 1 };
            page.thing((0..rows).map(|row| vec![(format!("{thing}.{row}"), Style::new())]));
        }
        page
    }

    #[test]
    fn every_row_can_be_brought_into_sight_in_a_few_rows() {
        let page = page();
        for sight in 1..=20 {
            let mut looking = Looking::default();
            let mut seen = vec![false; page.rows.len()];
            for _ in 0..60 {
                for row in seen.iter_mut().skip(looking.top).take(sight) {
                    *row = true;
                }
                page.go(&mut looking, Way::Down, sight);
            }
            assert!(seen.iter().all(|row| *row), "{sight}: {seen:?}");
            assert_eq!(looking.thing, 9);
            for _ in 0..60 {
                page.go(&mut looking, Way::Up, sight);
            }
            assert_eq!(looking, Looking::default(), "{sight}");
        }
    }

    #[test]
    fn what_is_looked_at_is_in_sight_after_every_way() {
        let page = page();
        let ways = [Way::Down, Way::PageDown, Way::Up, Way::Last, Way::PageUp, Way::First, Way::Down];
        for sight in 1..=20 {
            let mut looking = Looking::default();
            for way in ways.iter().cycle().take(40) {
                page.go(&mut looking, *way, sight);
                let rows = page.rows_of(looking.thing);
                assert!(rows.start < looking.top + sight && rows.end > looking.top, "{sight} {way:?}");
                assert_eq!(page.in_sight(looking, sight), looking, "{sight} {way:?}");
            }
        }
        let mut looking = Looking::default();
        page.look_at(&mut looking, 6, 6);
        assert_eq!((looking.thing, page.rows_of(6).start - looking.top), (6, 2));
    }

    #[test]
    fn nothing_at_all_is_drawn_and_gone_through_without_harm() {
        let (page, mut looking) = (LongPage::default(), Looking::default());
        for way in [Way::Down, Way::PageDown, Way::Up, Way::Last, Way::PageUp, Way::First] {
            page.go(&mut looking, way, 0);
        }
        page.draw(looking, Ink::default(), Rect::new(0, 0, 5, 5), &mut Buffer::empty(Rect::new(0, 0, 3, 3)));
        assert_eq!(looking, Looking::default());
    }
}
