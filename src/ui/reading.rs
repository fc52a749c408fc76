//! Reading saved sessions from the start screen: a list, and a page a session. A plain list for now; the supervisor's
//! review takes its place.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text::{cut, wrap};
use crate::words::StartSays;

use super::ink::Ink;
use super::key::Key;
use super::view::View;
use super::wish::Wish;

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to the start screen.
    Closes,
    /// The desk is asked for something.
    Asks(Wish),
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The list, once the desk has it.
    list: Option<Vec<ListedSession>>,
    /// The line that is looked at.
    line: usize,
    page: Option<Page>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// The session's name among the files.
    pub name: String,
    /// The line.
    pub line: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    lines: Vec<String>,
    top: usize,
}

impl Reading {
    /// The list has come.
    pub fn has(&mut self, list: Vec<ListedSession>) {
        self.line = self.line.min(list.len().saturating_sub(1));
        self.list = Some(list);
    }

    /// A page has come.
    pub fn shows(&mut self, lines: Vec<String>) {
        self.page = Some(Page { lines, top: 0 });
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> ReadingDoes {
        let jump = usize::from(view.size.height.saturating_sub(3)).max(1);
        if let Some(page) = &mut self.page {
            let most = page.folded(view.size.width).len().saturating_sub(jump);
            page.top = match key {
                Key::Up => page.top.saturating_sub(1),
                Key::Down => (page.top + 1).min(most),
                Key::PageUp => page.top.saturating_sub(jump),
                Key::PageDown | Key::Char(' ') => (page.top + jump).min(most),
                Key::Home => 0,
                Key::End => most,
                Key::Left | Key::Backspace | Key::Char('q') => {
                    self.page = None;
                    return ReadingDoes::Stays;
                }
                _ => page.top,
            };
            return ReadingDoes::Stays;
        }
        let count = self.list.as_ref().map_or(0, Vec::len);
        let last = count.saturating_sub(1);
        self.line = match key {
            Key::Up => self.line.saturating_sub(1),
            Key::Down => (self.line + 1).min(last),
            Key::PageUp => self.line.saturating_sub(jump),
            Key::PageDown => (self.line + jump).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::Left | Key::Backspace | Key::Char('q') => return ReadingDoes::Closes,
            Key::Enter => {
                let chosen = self.list.as_ref().and_then(|list| list.get(self.line));
                return chosen.map_or(ReadingDoes::Stays, |one| {
                    ReadingDoes::Asks(Wish::ReviewSession(one.name.clone()))
                });
            }
            _ => self.line,
        };
        ReadingDoes::Stays
    }

    /// Draws it.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let ink = Ink::new(view.look.colour);
        let rows = usize::from(area.height.saturating_sub(2));
        for (y, (text, chosen)) in (area.y..).zip(self.body(view, rows)) {
            let style = if chosen { ink.looked_at() } else { ink.plain() };
            buffer.set_stringn(area.x, y, text, usize::from(area.width), style);
        }
        if area.height > 2 {
            let hint = self.hint().text(view.language);
            buffer.set_stringn(area.x + 1, area.bottom() - 1, hint, usize::from(area.width - 1), ink.dim());
        }
        None
    }

    /// As lines of text, for screen readers.
    pub fn as_lines(&self, view: &View) -> Vec<String> {
        let body = self.body(view, usize::MAX).into_iter().map(|(text, _)| text);
        body.chain([self.hint().text(view.language).into_owned()]).collect()
    }

    fn hint(&self) -> StartSays {
        if self.page.is_some() { StartSays::ReadingPageKeys } else { StartSays::ReadingListKeys }
    }

    /// The lines in sight, and whether each is looked at.
    fn body(&self, view: &View, rows: usize) -> Vec<(String, bool)> {
        if let Some(page) = &self.page {
            let lines = page.folded(view.size.width);
            return lines.into_iter().skip(page.top).take(rows).map(|line| (line, false)).collect();
        }
        let Some(list) = &self.list else {
            return vec![(StartSays::Looking.text(view.language).into_owned(), false)];
        };
        if list.is_empty() {
            return vec![(StartSays::NothingSaved.text(view.language).into_owned(), false)];
        }
        let top = (self.line + 1).saturating_sub(rows);
        let columns = usize::from(view.size.width).saturating_sub(2);
        let lines = list.iter().enumerate().skip(top).take(rows);
        lines
            .map(|(place, one)| {
                let sign = if place == self.line { "▸ " } else { "  " };
                (format!("{sign}{}", cut(&one.line, columns)), place == self.line)
            })
            .collect()
    }
}

impl Page {
    /// The lines as the width folds them; what is indented stays so.
    fn folded(&self, width: u16) -> Vec<String> {
        let columns = usize::from(width.saturating_sub(2)).max(1);
        let fold = |line: &String| -> Vec<String> {
            let indent = line.len() - line.trim_start().len();
            let room = columns.saturating_sub(indent).max(1);
            wrap(line, room).into_iter().map(|part| format!(" {}{part}", " ".repeat(indent))).collect()
        };
        self.lines.iter().flat_map(fold).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::stage::Stage;

    fn listed(count: usize) -> Reading {
        let mut reading = Reading::default();
        let one = |number| ListedSession { name: format!("{number:032}"), line: format!("session {number}") };
        reading.has((0..count).map(one).collect());
        reading
    }

    #[test]
    fn the_list_moves_opens_and_closes() {
        let mut stage = Stage::new();
        stage.with_screens(|_, view| {
            for (keys, does) in [
                (vec![Key::Left], ReadingDoes::Closes),
                (vec![Key::Enter], ReadingDoes::Asks(Wish::ReviewSession(format!("{:032}", 0)))),
                (vec![Key::Down, Key::Enter], ReadingDoes::Asks(Wish::ReviewSession(format!("{:032}", 1)))),
                (vec![Key::End, Key::Enter], ReadingDoes::Asks(Wish::ReviewSession(format!("{:032}", 39)))),
                (vec![Key::End, Key::Home, Key::Up, Key::Char('x')], ReadingDoes::Stays),
            ] {
                let mut reading = listed(40);
                let last = keys.iter().map(|key| reading.press(*key, view)).last();
                assert_eq!(last, Some(does), "{keys:?}");
            }
            assert_eq!(listed(0).press(Key::Enter, view), ReadingDoes::Stays, "nothing to open");
        });
    }

    #[test]
    fn a_page_scrolls_to_its_end_and_no_further_and_goes_back_to_the_list() {
        let mut stage = Stage::new();
        stage.with_screens(|_, view| {
            let mut reading = listed(2);
            reading.shows((0..100).map(|line| format!("  line {line}")).collect());
            for _ in 0..50 {
                reading.press(Key::PageDown, view);
            }
            assert!(reading.as_lines(view).iter().any(|line| line.ends_with("line 99")));
            assert_eq!(reading.press(Key::Left, view), ReadingDoes::Stays);
            assert_eq!(reading.press(Key::Left, view), ReadingDoes::Closes);
        });
    }

    #[test]
    fn no_size_breaks_it() {
        let mut stage = Stage::new();
        stage.with_screens(|_, view| {
            for (width, height) in [(0, 0), (1, 1), (3, 2), (10, 3), (200, 60)] {
                let area = Rect::new(0, 0, width, height);
                let mut reading = listed(5);
                reading.draw(view, area, &mut Buffer::empty(area));
                reading.shows(vec!["a long line of words that folds".to_owned()]);
                reading.draw(view, area, &mut Buffer::empty(area));
            }
        });
    }
}
