//! One question with one field: what the screens of keys look like while they ask.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text::{width, wrap};

use super::field::{Drawn, Field};
use super::ink::Ink;
use super::sheet::{Hints, Row, Sheet, Weight};
use super::view::View;

/// A question.
pub(super) struct Asked<'a> {
    /// The head line.
    pub(super) title: &'a str,
    /// Why it is asked.
    pub(super) why: &'a str,
    /// Before the field.
    pub(super) label: &'a str,
    /// The field.
    pub(super) field: &'a Field,
    /// How what is typed is drawn.
    pub(super) drawn: Drawn,
    /// What stands under the field.
    pub(super) below: Below,
    /// The keys that work.
    pub(super) hints: Hints,
}

/// What stands under a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Below {
    /// What may be typed.
    Hint(String),
    /// What is wrong, and what to do.
    Wrong(String),
    /// What is being done; the field takes nothing meanwhile.
    Working(String),
}

/// A field is as wide as a public key, where there is room.
const FIELD: u16 = 64;
/// A narrower field is not worth a label beside it.
const LEAST_FIELD: usize = 20;

impl Asked<'_> {
    /// Draws it over whatever the buffer has, with the cursor in the field.
    pub(super) fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let label_columns = width(self.label) + 2;
        let beside = sheet.columns() >= label_columns + LEAST_FIELD;

        let mut rows = vec![Row::new(Weight::Beside, self.title.to_owned(), ink.title()), Row::space()];
        let lines = wrap(self.why, sheet.sentence()).into_iter();
        rows.extend(lines.map(|line| Row::new(Weight::Explains, line, ink.plain())));
        rows.push(Row::space());
        if !beside {
            rows.push(Row::new(Weight::Stays, self.label.to_owned(), ink.current()));
        }
        let label = if beside { self.label.to_owned() } else { String::new() };
        rows.push(Row::new(Weight::Needed, label, ink.current()));
        let (below, style) = match &self.below {
            Below::Hint(text) => (text, ink.dim()),
            Below::Wrong(text) => (text, ink.notice()),
            Below::Working(text) => (text, ink.plain()),
        };
        let lines = wrap(below, sheet.sentence()).into_iter().filter(|line| !line.is_empty());
        rows.extend(lines.map(|line| Row::new(Weight::Stays, line, style)));

        let fitted = sheet.rows(rows, buffer);
        sheet.says_hidden(&fitted, view.language, buffer);
        sheet.hints(&self.hints, buffer);

        let mut open = fitted.needed?;
        if beside {
            let before = u16::try_from(label_columns).unwrap_or(0);
            open.x = open.x.saturating_add(before);
            open.width = open.width.saturating_sub(before);
        }
        open.width = open.width.min(FIELD);
        let cursor = self.field.draw(self.drawn, ink, open, buffer);
        if matches!(self.below, Below::Working(_)) { None } else { cursor }
    }

    /// The same as lines, for the plain line mode.
    pub(super) fn as_lines(&self) -> Vec<String> {
        let (Below::Hint(below) | Below::Wrong(below) | Below::Working(below)) = &self.below;
        let field = format!("{}: {}", self.label, self.drawn.show(self.field.text()));
        let hints = self.hints.iter().map(|(key, word)| format!("{key} {word}"));
        [self.title.to_owned(), self.why.to_owned(), below.clone(), field].into_iter().chain(hints).collect()
    }
}
