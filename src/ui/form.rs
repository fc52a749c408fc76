//! The start form: two staff numbers and a case code, one after the other, the field open at once.
//!
//! What is typed becomes a [`StaffNumber`] or a [`CaseCode`] here, once. What is wrong is said at the field, in one
//! sentence with what to do.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::{CaseCode, StaffNumber, width, wrap};
use crate::words::{FormSays, KeyCap, StartSays, key_cap};

use super::field::{Drawn, Field, Typed};
use super::ink::Ink;
use super::key::Key;
use super::sheet::{Row, Sheet, Weight};
use super::view::{ReadBy, View};
use super::wish::Wish;

/// What a key in the form led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormDoes {
    /// It stays open.
    Stays,
    /// It is given up: back to the start screen.
    Closes,
    /// The desk is asked for something: [`Wish::Begin`] once it is filled in.
    Asks(Wish),
}

/// The start form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    first: Field,
    second: Field,
    case: Field,
    at: Place,
    /// What is wrong with the open field, until it is changed.
    wrong: Option<FormSays>,
    /// The case code that was questioned; Enter again keeps it.
    doubted: Option<CaseCode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    First,
    Second,
    Case,
}

const PLACES: [Place; 3] = [Place::First, Place::Second, Place::Case];

impl Place {
    fn label(self) -> FormSays {
        match self {
            Self::First => FormSays::First,
            Self::Second => FormSays::Second,
            Self::Case => FormSays::Case,
        }
    }
}

/// What a field can be typed beyond its bound, so that too long a text is refused with a reason, not cut unseen.
const SLACK: usize = 8;
/// A field is as wide as its longest code, and the cursor behind it.
const FIELD: u16 = 26;
/// A narrower field is not worth its label.
const LEAST_FIELD: usize = 8;

impl Default for Form {
    fn default() -> Self {
        Self {
            first: Field::new(StaffNumber::MOST + SLACK),
            second: Field::new(StaffNumber::MOST + SLACK),
            case: Field::new(CaseCode::MOST + SLACK),
            at: Place::First,
            wrong: None,
            doubted: None,
        }
    }
}

impl Form {
    /// An empty one, at its first field.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, _view: &View) -> FormDoes {
        if key == Key::Up {
            return self.go_back();
        }
        match self.open().press(key) {
            Typed::Taken => self.changed(key),
            Typed::Kept => {
                if let Some(wish) = self.keep() {
                    return FormDoes::Asks(wish);
                }
            }
            Typed::Closed => return self.go_back(),
            Typed::NotMine if key == Key::F(3) => return FormDoes::Asks(Wish::NextLanguage),
            Typed::NotMine => {}
        }
        FormDoes::Stays
    }

    /// Takes what was pasted into the open field.
    pub fn paste(&mut self, text: &str) {
        self.open().insert(text);
        self.wrong = None;
    }

    fn open(&mut self) -> &mut Field {
        match self.at {
            Place::First => &mut self.first,
            Place::Second => &mut self.second,
            Place::Case => &mut self.case,
        }
    }

    /// A message goes once the text was touched, not when the cursor only moved.
    fn changed(&mut self, key: Key) {
        if matches!(key, Key::Char(_) | Key::Backspace | Key::Delete | Key::Empty) {
            self.wrong = None;
        }
    }

    /// To the field before. From the first one, as long as nothing stands in it, back to where one came from.
    fn go_back(&mut self) -> FormDoes {
        match self.at {
            Place::First if self.first.text().is_empty() => return FormDoes::Closes,
            Place::First => return FormDoes::Stays,
            Place::Second => self.at = Place::First,
            Place::Case => self.at = Place::Second,
        }
        self.wrong = None;
        FormDoes::Stays
    }

    /// Enter: checks the open field and goes on to the next; after the last, begins.
    fn keep(&mut self) -> Option<Wish> {
        self.wrong = None;
        match self.at {
            Place::First => match StaffNumber::new(self.first.text()) {
                Ok(_) => self.at = Place::Second,
                Err(problem) => self.wrong = Some(FormSays::Staff(problem)),
            },
            Place::Second => match self.checked_second() {
                Ok(_) => self.at = Place::Case,
                Err(says) => self.wrong = Some(says),
            },
            Place::Case => return self.begin(),
        }
        None
    }

    /// The second number, if there is one.
    fn checked_second(&self) -> Result<Option<StaffNumber>, FormSays> {
        let text = self.second.text().trim();
        if text.is_empty() {
            return Ok(None);
        }
        let second = StaffNumber::new(text).map_err(FormSays::Staff)?;
        if StaffNumber::new(self.first.text()).as_ref() == Ok(&second) {
            return Err(FormSays::StaffTwice);
        }
        Ok(Some(second))
    }

    fn begin(&mut self) -> Option<Wish> {
        let first = match StaffNumber::new(self.first.text()) {
            Ok(number) => number,
            Err(problem) => return self.wrong_at(Place::First, FormSays::Staff(problem)),
        };
        let second = match self.checked_second() {
            Ok(number) => number,
            Err(says) => return self.wrong_at(Place::Second, says),
        };
        let case = match CaseCode::new(self.case.text()) {
            Ok(code) => code,
            Err(problem) => return self.wrong_at(Place::Case, FormSays::Code(problem)),
        };
        if let Some(doubt) = case.doubt()
            && self.doubted.as_ref() != Some(&case)
        {
            self.doubted = Some(case);
            return self.wrong_at(Place::Case, FormSays::Doubt(doubt));
        }
        let staff = std::iter::once(first).chain(second).collect();
        Some(Wish::Begin { staff, case })
    }

    fn wrong_at(&mut self, place: Place, says: FormSays) -> Option<Wish> {
        self.at = place;
        self.wrong = Some(says);
        None
    }

    /// What stands under the open field: what is wrong, or what may be typed.
    fn message(&self) -> Option<FormSays> {
        self.wrong.or(match self.at {
            Place::First => None,
            Place::Second => Some(FormSays::MayBeAlone),
            Place::Case => Some(FormSays::CaseExample),
        })
    }

    /// Draws it over whatever the buffer has, with the cursor in the open field.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let labels = PLACES.map(|place| place.label().text(view.language));
        let longest = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
        // Where a label and a field do not fit beside one another, the field stands alone.
        let label_columns = if sheet.columns() >= longest + LEAST_FIELD { longest } else { 0 };

        let fitted = sheet.rows(self.rows(view, &sheet, &labels, label_columns), buffer);
        sheet.says_hidden(&fitted, view.language, buffer);
        let says = |says: FormSays| says.text(view.language).into_owned();
        let hide = StartSays::Hide.text(view.language).into_owned();
        let mut hints = vec![("Esc", hide), (key_cap(view.language, KeyCap::Enter), says(FormSays::Next))];
        if self.at > Place::First || self.first.text().is_empty() {
            hints.push(("↑", says(FormSays::Back)));
        }
        sheet.hints(&hints, buffer);

        let beside = u16::try_from(label_columns).unwrap_or(0);
        let mut open = fitted.needed?;
        open.x = open.x.saturating_add(beside);
        open.width = open.width.saturating_sub(beside).min(FIELD);
        self.field(self.at).draw(Drawn::Plain, ink, open, buffer)
    }

    fn rows(
        &self,
        view: &View,
        sheet: &Sheet,
        labels: &[Cow<'static, str>; 3],
        label_columns: usize,
    ) -> Vec<Row> {
        let ink = Ink::new(view.look.colour);
        let language = view.language;
        let title = FormSays::Title.text(language).into_owned();
        let mut rows = vec![Row::new(Weight::Beside, title, ink.title()), Row::space()];
        for text in wrap(&FormSays::NoNames.text(language), sheet.sentence()) {
            rows.push(Row::new(Weight::Explains, text, ink.plain()));
        }
        for (place, label) in PLACES.into_iter().zip(labels) {
            rows.push(Row::space());
            let label = if label_columns == 0 {
                String::new()
            } else {
                format!("{label}{}", " ".repeat(label_columns.saturating_sub(width(label))))
            };
            if place == self.at {
                rows.push(Row::new(Weight::Needed, label, ink.current()));
                rows.extend(self.message_rows(view, sheet, ink));
            } else {
                let spans = vec![(label, ink.plain()), self.filled(place, view, ink)];
                rows.push(Row { spans, weight: Weight::Beside });
            }
        }
        // Who cannot come back to it is told before; the count shows a key that somebody added.
        let style = match view.desk.keys.readers {
            ReadBy::OthersOnly(_) => ink.notice(),
            ReadBy::HerAnd(_) | ReadBy::Nobody => ink.dim(),
        };
        if let Some(says) = read_by(view) {
            rows.push(Row::space());
            let lines = wrap(&says.text(language), sheet.sentence()).into_iter();
            rows.extend(lines.map(|line| Row::new(Weight::Beside, line, style)));
        }
        rows
    }

    /// What stands under the open field.
    fn message_rows(&self, view: &View, sheet: &Sheet, ink: Ink) -> Vec<Row> {
        let style = if self.wrong.is_some() { ink.notice() } else { ink.dim() };
        let text = self.message().map(|says| says.text(view.language)).unwrap_or_default();
        let lines = wrap(&text, sheet.sentence()).into_iter().filter(|line| !line.is_empty());
        lines.map(|line| Row::new(Weight::Stays, line, style)).collect()
    }

    fn field(&self, place: Place) -> &Field {
        match place {
            Place::First => &self.first,
            Place::Second => &self.second,
            Place::Case => &self.case,
        }
    }

    /// What stands in place of a field that is not open.
    fn filled(&self, place: Place, view: &View, ink: Ink) -> (String, Style) {
        let text = self.field(place).text();
        if place == Place::Second && self.at > place && text.trim().is_empty() {
            return (FormSays::Alone.text(view.language).into_owned(), ink.notice());
        }
        (text.to_owned(), ink.plain())
    }

    /// The open field as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        let language = view.language;
        let mut lines = Vec::new();
        if self.at == Place::First {
            lines.push(FormSays::Title.text(language).into_owned());
            lines.push(FormSays::NoNames.text(language).into_owned());
            lines.extend(read_by(view).map(|says| says.text(language).into_owned()));
        }
        lines.extend(self.message().map(|says| says.text(language).into_owned()));
        lines.push(format!("{}: {}", self.at.label().text(language), self.field(self.at).text()));
        lines
    }
}

/// Who reads what is about to be begun.
fn read_by(view: &View) -> Option<FormSays> {
    match view.desk.keys.readers {
        ReadBy::Nobody => None,
        ReadBy::HerAnd(keys) => Some(FormSays::HerAndOthersRead(keys)),
        ReadBy::OthersOnly(keys) => Some(FormSays::OnlyOthersRead(keys)),
    }
}

#[cfg(test)]
mod tests;
