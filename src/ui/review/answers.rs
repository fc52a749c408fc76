//! What supervisors remarked to the worker and she has not answered yet: she finds it from the start screen, reads it, and
//! answers with an addendum.

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::journal::SessionName;
use crate::text::{Prose, line_safe, width};
use crate::words::AnswerSays;

use super::deed::NotDone;
use super::keys_page::{KeysDo, KeysPage, foot, framed, inner, place};
use super::long_page::{LongPage, Looking, MARGIN, Way, wrapped};
use crate::ui::field::{Drawn, Field, Typed};
use crate::ui::ink::Ink;
use crate::ui::instant::instant;
use crate::ui::key::Key;
use crate::ui::keys::{Action, Can, Context, Where, action};
use crate::ui::view::{RemarkLine, View};
use crate::words::SessionKey;

/// The most characters of an answer.
const ANSWER_MOST: usize = 2_000;
/// The rows of its field, where there is room.
const FIELD_ROWS: u16 = 3;

/// An answer that is to be put beside the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The remark, as the start screen had it.
    pub to: RemarkLine,
    /// Its words.
    pub text: Prose,
}

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswersDo {
    /// There is nothing more to do.
    Stays,
    /// Back to the start screen.
    Closes,
    /// An answer is to be kept.
    Keeps(Box<Answer>),
}

/// The page.
#[derive(Debug, Default)]
pub struct AnswersPage {
    looking: Looking,
    field: Option<Field>,
    keys: Option<KeysPage>,
    says: Stands,
    /// What was answered here: it is gone from the list at once, and from the desk's after its next look.
    answered: BTreeSet<SessionName>,
}

/// What stands above the list.
#[derive(Debug, Default)]
enum Stands {
    #[default]
    Nothing,
    /// Nothing was typed.
    Empty,
    /// It is being written.
    Working(Box<Answer>),
    Kept,
    /// It could not be, and why; the words are in the field again.
    NotKept(NotDone),
}

impl AnswersPage {
    /// The answer that was asked for is on disk, or why it is not.
    pub fn kept(&mut self, kept: Result<(), NotDone>) {
        let Stands::Working(answer) = std::mem::take(&mut self.says) else { return };
        self.says = match kept {
            Ok(()) => {
                self.answered.insert(answer.to.remark);
                Stands::Kept
            }
            Err(why) => {
                self.field = Some(Field::new(ANSWER_MOST).with(answer.text.as_str()));
                Stands::NotKept(why)
            }
        };
    }

    /// What is not answered yet.
    fn open<'a>(&self, view: &'a View) -> Vec<&'a RemarkLine> {
        view.desk.remarks.iter().filter(|line| !self.answered.contains(&line.remark)).collect()
    }

    fn looked_at<'a>(&self, view: &'a View) -> Option<&'a RemarkLine> {
        let open = self.open(view);
        open.get(self.looking.thing.min(open.len().saturating_sub(1))).copied()
    }

    /// What takes keys, and what can be done.
    pub(in crate::ui) fn context(&self, view: &View) -> Context {
        let page = self.under_keys(view);
        if self.keys.is_some() { KeysPage::context(&page, view) } else { page }
    }

    fn under_keys(&self, view: &View) -> Context {
        let mut context = place(if self.field.is_some() { Where::Answering } else { Where::Remarks });
        match &self.field {
            Some(field) => {
                context.can.insert(if field.text().is_empty() { Can::Empty } else { Can::Filled });
            }
            None if self.looked_at(view).is_some() => {
                context.can.insert(Can::Line);
            }
            None => {}
        }
        context
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> AnswersDo {
        let of = self.under_keys(view);
        if let Some(keys) = &mut self.keys {
            if keys.press(key, &of, view) == KeysDo::Close {
                self.keys = None;
            }
            return AnswersDo::Stays;
        }
        if action(key, &of) == Some(Action::Help) {
            self.keys = Some(KeysPage::default());
            return AnswersDo::Stays;
        }
        // What is being written is waited for, so that nobody writes it twice.
        let works = matches!(self.says, Stands::Working(_));
        if self.field.is_some() {
            return self.type_answer(key, view);
        }
        if !works {
            self.says = Stands::Nothing;
        }
        let way = match action(key, &of) {
            Some(Action::Up) => Way::Up,
            Some(Action::Down) => Way::Down,
            Some(Action::PageUp) => Way::PageUp,
            Some(Action::PageDown) => Way::PageDown,
            Some(Action::Session(SessionKey::First)) => Way::First,
            Some(Action::Session(SessionKey::Last)) => Way::Last,
            Some(Action::Enter) => {
                if !works {
                    self.field = Some(Field::new(ANSWER_MOST));
                }
                return AnswersDo::Stays;
            }
            // Whoever leaves would not hear that it could not be kept.
            Some(Action::Back) => return if works { AnswersDo::Stays } else { AnswersDo::Closes },
            _ => return AnswersDo::Stays,
        };
        let area = Rect::new(0, 0, view.size.width, view.size.height);
        let page = self.page(view, Ink::default(), area);
        let sight = usize::from(self.rows(area).height);
        page.go(&mut self.looking, way, sight);
        AnswersDo::Stays
    }

    fn type_answer(&mut self, key: Key, view: &View) -> AnswersDo {
        let Some(to) = self.looked_at(view).cloned() else {
            self.field = None;
            return AnswersDo::Stays;
        };
        let Some(field) = &mut self.field else { return AnswersDo::Stays };
        match field.press(key) {
            Typed::NotMine => {}
            Typed::Taken => self.says = Stands::Nothing,
            Typed::Closed => self.field = None,
            Typed::Kept => match Prose::new(field.text().trim()) {
                Ok(text) => {
                    self.field = None;
                    let answer = Box::new(Answer { to, text });
                    self.says = Stands::Working(answer.clone());
                    return AnswersDo::Keeps(answer);
                }
                Err(_) => self.says = Stands::Empty,
            },
        }
        AnswersDo::Stays
    }

    /// Takes a paste, where the field is open.
    pub fn paste(&mut self, text: &str) {
        if let (Some(field), None) = (&mut self.field, &self.keys) {
            field.insert(text);
        }
    }

    /// Draws it, and says where the cursor stands.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return None;
        }
        let (ink, language) = (Ink::new(view.look.colour), view.language);
        if let Some(keys) = &self.keys {
            keys.draw(&self.under_keys(view), view, area, buffer);
            return None;
        }
        framed(AnswerSays::Title.text(language), ink, area, buffer);
        let rows = self.rows(area);
        self.page(view, ink, area).draw(self.looking, ink, rows, buffer);
        foot(language, ink, &self.context(view), area, buffer);
        let field = self.field.as_ref()?;
        let below = inner(area);
        let row = Rect { y: rows.bottom(), height: below.bottom().saturating_sub(rows.bottom()), ..below };
        let label = format!("  {}: ", AnswerSays::Field.text(language));
        buffer.set_stringn(row.x, row.y, &label, usize::from(row.width), ink.title());
        let wide = u16::try_from(width(&label)).unwrap_or(u16::MAX).min(row.width);
        field.draw(Drawn::Plain, ink, Rect { x: row.x + wide, width: row.width - wide, ..row }, buffer)
    }

    /// As lines of text, for screen readers.
    pub(in crate::ui) fn as_lines(&self, view: &View) -> Vec<String> {
        let area = Rect::new(0, 0, 160, 60);
        let mut buffer = Buffer::empty(area);
        self.draw(&View { size: area.as_size(), ..*view }, area, &mut buffer);
        let row =
            |y| -> String { (0..area.width).filter_map(|x| buffer.cell((x, y))).map(Cell::symbol).collect() };
        (0..area.height).map(|y| row(y).trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// Where the list lies: above the field, where that is open.
    fn rows(&self, area: Rect) -> Rect {
        let inner = inner(area);
        let field = if self.field.is_none() { 0 } else { FIELD_ROWS.min(inner.height / 3).max(1) };
        Rect { height: inner.height.saturating_sub(field), ..inner }
    }

    fn page(&self, view: &View, ink: Ink, area: Rect) -> LongPage {
        let (language, columns) = (view.language, usize::from(area.width.saturating_sub(MARGIN)).max(1));
        let mut page = LongPage::default();
        let mut above = |text: &str, style| {
            for row in wrapped(Vec::new(), &Vec::new(), text, style, columns) {
                page.above(row);
            }
        };
        let says = match &self.says {
            Stands::Nothing => None,
            Stands::Empty => Some(AnswerSays::Empty.text(language).to_owned()),
            Stands::Working(_) => Some(AnswerSays::Working.text(language).to_owned()),
            Stands::Kept => Some(AnswerSays::Kept.text(language).to_owned()),
            Stands::NotKept(why) => {
                Some(format!("{} {}", AnswerSays::NotKept.text(language), why.sentence(language)))
            }
        };
        if let Some(says) = says {
            above(&says, ink.notice());
        }
        let open = self.open(view);
        if open.is_empty() {
            above(AnswerSays::Nothing.text(language), ink.plain());
            return page;
        }
        for line in open {
            let when = instant(language, line.at, line.zone, view.now);
            let (by, to) = (line.by.as_str(), line.to.as_str());
            let head = format!(
                "{when}  {}  {by} → {to}  {}",
                line_safe(&line.case),
                line_safe(line.about(language))
            );
            let mut rows = wrapped(Vec::new(), &Vec::new(), head.trim_end(), ink.title(), columns);
            let beside = vec![("  ".to_owned(), ink.plain())];
            rows.extend(wrapped(beside.clone(), &beside, &line_safe(&line.text), ink.plain(), columns));
            page.thing(rows);
        }
        page
    }
}

#[cfg(test)]
mod tests;
