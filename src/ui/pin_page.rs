//! The page before the first real session that asks for a PIN: why, its digits as dots, twice; or without one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::seal::Pin;
use crate::text::{Language, width, wrap};
use crate::words::{FormSays, KeyCap, PinSays, StartSays, key_cap};

use super::ink::Ink;
use super::key::Key;
use super::sheet::{Row, Sheet, Weight};
use super::view::View;
use super::wish::Wish;

/// What a key on the page led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PinPageDoes {
    /// It stays open.
    Stays,
    /// It is given up: back to the start screen.
    Closes,
    /// The desk is asked for something, and the page stays until it is done.
    Asks(Wish),
    /// She goes on without one.
    GoesOn,
}

/// The page.
#[derive(Debug, Default)]
pub(super) struct PinPage {
    at: At,
    first: Pin,
    again: Pin,
    wrong: Option<PinSays>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    Choice,
    First,
    Again,
    /// It is being kept, which takes a second or two.
    Keeping,
}

impl PinPage {
    /// Takes a key.
    pub(super) fn press(&mut self, key: Key) -> PinPageDoes {
        if key == Key::F(3) {
            return PinPageDoes::Asks(Wish::NextLanguage);
        }
        match (self.at, key) {
            (At::Choice, Key::Char('1') | Key::Enter) => self.begin_again(None),
            (At::Choice, Key::Char('2')) => return PinPageDoes::GoesOn,
            (At::Choice, Key::Up | Key::Left | Key::Backspace) => return PinPageDoes::Closes,
            (At::First | At::Again, Key::Char(digit @ '0'..='9')) => {
                self.typed().push(digit);
                self.wrong = None;
            }
            (At::First | At::Again, Key::Empty) => {
                *self.typed() = Pin::default();
                self.wrong = None;
            }
            (At::First | At::Again, Key::Backspace) if self.typed().pop() => self.wrong = None,
            (At::First, Key::Backspace | Key::Up) => *self = Self::default(),
            (At::Again, Key::Backspace | Key::Up) => self.begin_again(None),
            (At::First, Key::Enter) if self.first.is_long_enough() => self.at = At::Again,
            (At::First, Key::Enter) => self.wrong = Some(PinSays::TooFew),
            (At::Again, Key::Enter) if self.first == self.again => {
                self.at = At::Keeping;
                return PinPageDoes::Asks(Wish::SetPin(self.first.clone()));
            }
            (At::Again, Key::Enter) => self.begin_again(Some(PinSays::Differ)),
            _ => {}
        }
        PinPageDoes::Stays
    }

    /// The PIN could not be kept: she chooses anew.
    pub(super) fn not_kept(&mut self) {
        *self = Self { wrong: Some(PinSays::NotKept), ..Self::default() };
    }

    fn begin_again(&mut self, wrong: Option<PinSays>) {
        *self = Self { at: At::First, wrong, ..Self::default() };
    }

    fn typed(&mut self) -> &mut Pin {
        if self.at == At::Again { &mut self.again } else { &mut self.first }
    }

    /// Draws it over whatever the buffer has, with the cursor behind the dots.
    pub(super) fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let language = view.language;
        let fitted = sheet.rows(self.rows(language, &sheet, ink), buffer);
        sheet.says_hidden(&fitted, language, buffer);
        let mut hints = vec![("Esc", StartSays::Hide.text(language).into_owned())];
        if matches!(self.at, At::First | At::Again) {
            hints.push((key_cap(language, KeyCap::Enter), FormSays::Next.text(language).into_owned()));
        }
        if self.at != At::Keeping {
            hints.push(("↑", FormSays::Back.text(language).into_owned()));
        }
        sheet.hints(&hints, buffer);
        let field = fitted.needed?;
        let beside = u16::try_from(width(&self.field(language)?)).ok()?;
        Some(Position::new(field.x.saturating_add(beside).min(area.right().saturating_sub(1)), field.y))
    }

    fn rows(&self, language: Language, sheet: &Sheet, ink: Ink) -> Vec<Row> {
        let says = |says: PinSays| says.text(language);
        let explains = |text: PinSays| {
            let lines = wrap(says(text), sheet.sentence());
            lines.into_iter().map(|line| Row::new(Weight::Explains, line, ink.plain()))
        };
        let mut rows =
            vec![Row::new(Weight::Beside, says(PinSays::Title).to_owned(), ink.title()), Row::space()];
        rows.extend(explains(PinSays::Why));
        rows.extend(explains(PinSays::Forgotten));
        rows.push(Row::space());
        match self.field(language) {
            Some(field) => rows.push(Row::new(Weight::Needed, field, ink.current())),
            None if self.at == At::Keeping => {
                rows.push(Row::new(Weight::Stays, says(PinSays::Keeping).to_owned(), ink.plain()));
            }
            None => {
                for (digit, choice) in [("1", PinSays::SetOne), ("2", PinSays::Without)] {
                    let spans =
                        vec![(format!("{digit}  "), ink.key()), (says(choice).to_owned(), ink.plain())];
                    rows.push(Row { spans, weight: Weight::Stays });
                }
                rows.extend(explains(PinSays::WithoutMeans));
            }
        }
        if let Some(message) = self.message() {
            let style = if self.wrong.is_some() { ink.notice() } else { ink.dim() };
            let lines = wrap(says(message), sheet.sentence());
            rows.extend(lines.into_iter().map(|line| Row::new(Weight::Stays, line, style)));
        }
        rows
    }

    /// The open field: what is asked, and a dot for each digit.
    fn field(&self, language: Language) -> Option<String> {
        let (label, pin) = match self.at {
            At::First => (PinSays::First, &self.first),
            At::Again => (PinSays::Again, &self.again),
            At::Choice | At::Keeping => return None,
        };
        Some(format!("{}  {}", label.text(language), "•".repeat(pin.count())))
    }

    /// What stands under the field or the choice.
    fn message(&self) -> Option<PinSays> {
        self.wrong.or((self.at == At::First).then_some(PinSays::HowMany))
    }

    /// The page as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        let says = |says: PinSays| says.text(view.language).to_owned();
        let mut lines = Vec::new();
        match self.at {
            At::Choice => {
                lines.extend([PinSays::Title, PinSays::Why, PinSays::Forgotten].map(says));
                lines.push(format!("1 {}", says(PinSays::SetOne)));
                lines.push(format!("2 {}. {}", says(PinSays::Without), says(PinSays::WithoutMeans)));
            }
            At::Keeping => lines.push(says(PinSays::Keeping)),
            At::First | At::Again => {}
        }
        lines.extend(self.message().map(says));
        lines.extend(self.field(view.language));
        lines
    }
}

#[cfg(test)]
mod tests;
