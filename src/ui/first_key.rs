//! The way to the first real session on a machine without keys: who may read, a passphrase, the recovery sheet.
//!
//! Nothing is kept before the sheet was written down: a key whose sheet nobody has seen would be lost with its passphrase.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::machine::Uncovered;
use crate::seal::{Passphrase, Recipient, RecipientProblem, Sheet as RecoverySheet};
use crate::text::{StaffNumber, wrap};
use crate::words::{FirstKeySays, FormSays, KeyCap, KeyComplaint, StartSays, key_cap};

use super::asked::{Asked, Below};
use super::field::{Drawn, Field, Typed};
use super::ink::Ink;
use super::key::Key;
use super::key_square;
use super::sheet::{Hints, Row, Sheet, Weight};
use super::unseen::Unseen;
use super::view::{OwnKey, View};
use super::wish::{NewKeys, Wish};

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstKeyDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to the start screen.
    Closes,
    /// The desk is asked for something.
    Asks(Wish),
}

/// The screen.
#[derive(Debug)]
pub struct FirstKey {
    readers: Readers,
    page: Page,
    stands: Stands,
    number: Field,
    key: Field,
    secret: Unseen,
    again: Unseen,
    supervisor: Option<(StaffNumber, Recipient)>,
    sheet: Option<RecoverySheet>,
    public: Option<Recipient>,
}

/// Who may read what is written on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    Own,
    Both,
    Supervisor,
}

const READERS: [(char, Readers, FirstKeySays, FirstKeySays); 3] = [
    ('1', Readers::Own, FirstKeySays::Own, FirstKeySays::OwnMeans),
    ('2', Readers::Both, FirstKeySays::Both, FirstKeySays::BothMeans),
    ('3', Readers::Supervisor, FirstKeySays::Supervisor, FirstKeySays::SupervisorMeans),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Readers,
    Number,
    Key,
    Passphrase,
    Again,
    Sheet,
    /// Her own public key, to be given on.
    Public,
}

/// What stands under the field, or under the sheet.
#[derive(Debug)]
enum Stands {
    Open,
    /// The desk reads a file, or locks the keys and keeps them.
    Working(FirstKeySays),
    Wrong(FirstKeySays),
    WrongNumber(FormSays),
    Failed(KeyComplaint),
}

/// More than any path that somebody types.
const LONGEST_PATH: usize = 512;
/// So that too long a number is refused with a reason, not cut unseen.
const SLACK: usize = 8;

impl Default for FirstKey {
    fn default() -> Self {
        Self {
            readers: Readers::Own,
            page: Page::Readers,
            stands: Stands::Open,
            number: Field::new(StaffNumber::MOST + SLACK),
            key: Field::new(LONGEST_PATH),
            secret: Unseen::default(),
            again: Unseen::default(),
            supervisor: None,
            sheet: None,
            public: None,
        }
    }
}

impl FirstKey {
    /// A key was made; this is its recovery sheet, and its public half.
    pub fn has_sheet(&mut self, sheet: RecoverySheet, public: Recipient) {
        self.sheet = Some(sheet);
        self.public = Some(public);
        self.go(Page::Sheet);
    }

    /// The file with the supervisor's key was read.
    pub fn key_read(&mut self, read: Result<Recipient, KeyComplaint>) -> FirstKeyDoes {
        match (self.page, read) {
            (Page::Key, Ok(key)) => self.has_key(key),
            (Page::Key, Err(why)) => self.failed(why),
            // She went on to something else meanwhile.
            _ => FirstKeyDoes::Stays,
        }
    }

    /// Something that was asked of the desk could not be done; it can be tried again.
    pub fn failed(&mut self, why: KeyComplaint) -> FirstKeyDoes {
        self.stands = Stands::Failed(why);
        FirstKeyDoes::Stays
    }

    /// The cover came: a passphrase that was typed is given up, so that whoever lifts it cannot go on with it.
    pub fn forget(&mut self) {
        self.secret.forget();
        self.again.forget();
        if self.page == Page::Again {
            self.go(Page::Passphrase);
        }
    }

    /// The cover was lifted. A recovery sheet opens everything, and no PIN can stand before it yet: it is not shown to
    /// whoever lifts the cover later, nor is the page of the public key, from which one key leads back to it. Nothing was
    /// kept, so it begins anew at the passphrase.
    pub fn came_back(&mut self, how: Uncovered) {
        let open =
            matches!(self.page, Page::Sheet | Page::Public) && !matches!(self.stands, Stands::Working(_));
        if open && how == Uncovered::Later {
            (self.sheet, self.public) = (None, None);
            self.go(Page::Passphrase);
            self.stands = Stands::Wrong(FirstKeySays::SheetVoid);
        }
    }

    fn go(&mut self, page: Page) {
        self.page = page;
        self.stands = Stands::Open;
    }

    /// Takes a key; those that hide and come back are the stack's.
    pub fn press(&mut self, key: Key, view: &View) -> FirstKeyDoes {
        if key == Key::F(3) {
            return FirstKeyDoes::Asks(Wish::NextLanguage);
        }
        // A file may hang on a stick that was pulled: she can always go back from that.
        let reads = matches!(self.stands, Stands::Working(FirstKeySays::Reading)) && key == Key::Up;
        if matches!(self.stands, Stands::Working(_)) && !reads {
            return FirstKeyDoes::Stays;
        }
        match self.page {
            Page::Readers => return self.press_readers(key, view),
            Page::Sheet => return self.press_sheet(key),
            Page::Public => {
                if matches!(key, Key::Char('2' | 'q') | Key::Left | Key::Up | Key::Backspace) {
                    self.go(Page::Sheet);
                }
            }
            _ if key == Key::Up => self.back(),
            _ => {
                let Some(field) = self.open() else { return FirstKeyDoes::Stays };
                match field.press(key) {
                    Typed::Kept => return self.keep(),
                    Typed::Closed => self.back(),
                    Typed::Taken => self.stands = Stands::Open,
                    Typed::NotMine => {}
                }
            }
        }
        FirstKeyDoes::Stays
    }

    fn press_readers(&mut self, key: Key, view: &View) -> FirstKeyDoes {
        if matches!(key, Key::Left | Key::Up | Key::Backspace | Key::Char('q')) {
            return FirstKeyDoes::Closes;
        }
        if let Some((_, readers, ..)) = offered(view).find(|(digit, ..)| key == Key::Char(*digit)) {
            self.readers = *readers;
            self.go(if *readers == Readers::Own { Page::Passphrase } else { Page::Number });
        }
        FirstKeyDoes::Stays
    }

    fn press_sheet(&mut self, key: Key) -> FirstKeyDoes {
        match key {
            Key::Char('1') => {
                self.stands = Stands::Working(FirstKeySays::Keeping);
                FirstKeyDoes::Asks(Wish::KeepKeys)
            }
            Key::Char('2') if self.public.is_some() => {
                self.go(Page::Public);
                FirstKeyDoes::Stays
            }
            Key::Left | Key::Char('q') => {
                self.sheet = None;
                self.public = None;
                self.go(Page::Readers);
                FirstKeyDoes::Stays
            }
            _ => FirstKeyDoes::Stays,
        }
    }

    fn back(&mut self) {
        self.secret.forget();
        self.again.forget();
        self.go(match (self.page, self.readers) {
            (Page::Again, _) => Page::Passphrase,
            (Page::Passphrase, Readers::Both) => Page::Key,
            (Page::Key, _) => Page::Number,
            _ => Page::Readers,
        });
    }

    /// The field that is open.
    fn open(&mut self) -> Option<&mut Field> {
        match self.page {
            Page::Number => Some(&mut self.number),
            Page::Key => Some(&mut self.key),
            Page::Passphrase => Some(self.secret.field_mut()),
            Page::Again => Some(self.again.field_mut()),
            Page::Readers | Page::Sheet | Page::Public => None,
        }
    }

    /// Enter in a field.
    fn keep(&mut self) -> FirstKeyDoes {
        match self.page {
            Page::Number => match StaffNumber::new(self.number.text()) {
                Ok(_) => self.go(Page::Key),
                Err(problem) => self.stands = Stands::WrongNumber(FormSays::Staff(problem)),
            },
            Page::Key => return self.keep_key(),
            Page::Passphrase if self.secret.field().text().chars().count() < Passphrase::FEWEST => {
                self.stands = Stands::Wrong(FirstKeySays::TooShort);
            }
            Page::Passphrase => self.go(Page::Again),
            Page::Again => {
                let (first, second) = (self.secret.take(), self.again.take());
                if first == second {
                    return self.make(Some(first));
                }
                self.go(Page::Passphrase);
                self.stands = Stands::Wrong(FirstKeySays::NotTheSame);
            }
            Page::Readers | Page::Sheet | Page::Public => {}
        }
        FirstKeyDoes::Stays
    }

    /// What was typed is a key, or else the path of a file with one.
    fn keep_key(&mut self) -> FirstKeyDoes {
        let text = self.key.text().trim();
        match Recipient::new(text) {
            Ok(key) => self.has_key(key),
            Err(RecipientProblem::NoKey) if !text.is_empty() && !text.starts_with("age1") => {
                let path = text.to_owned();
                self.stands = Stands::Working(FirstKeySays::Reading);
                FirstKeyDoes::Asks(Wish::ReadKey(path))
            }
            Err(why) => {
                if why == RecipientProblem::Secret {
                    self.key.clear();
                }
                self.failed(KeyComplaint::Recipient(why))
            }
        }
    }

    fn has_key(&mut self, key: Recipient) -> FirstKeyDoes {
        let Ok(number) = StaffNumber::new(self.number.text()) else {
            self.go(Page::Number);
            return FirstKeyDoes::Stays;
        };
        self.supervisor = Some((number, key));
        if self.readers == Readers::Supervisor {
            return self.make(None);
        }
        self.go(Page::Passphrase);
        FirstKeyDoes::Stays
    }

    fn make(&mut self, own: Option<Passphrase>) -> FirstKeyDoes {
        self.stands = Stands::Working(FirstKeySays::Keeping);
        let supervisor = if self.readers == Readers::Own { None } else { self.supervisor.clone() };
        FirstKeyDoes::Asks(Wish::MakeKeys(NewKeys { own, supervisor }))
    }

    /// Takes a paste, where a field is open.
    pub fn paste(&mut self, text: &str) {
        if matches!(self.stands, Stands::Working(_)) {
            return;
        }
        if let Some(field) = self.open() {
            field.insert(text);
            self.stands = Stands::Open;
        }
    }

    /// Draws it over whatever the buffer has, with the cursor in the open field.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if let Some(asked) = self.asked(view) {
            return asked.draw(view, area, buffer);
        }
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let fitted = sheet.rows(self.rows(view, &sheet, ink), buffer);
        sheet.says_hidden(&fitted, view.language, buffer);
        sheet.hints(&self.hints(view), buffer);
        None
    }

    /// The same as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        if let Some(asked) = self.asked(view) {
            return asked.as_lines();
        }
        let sheet = Sheet::of(Rect::new(0, 0, 200, 60), Ink::default());
        let rows = self.rows(view, &sheet, Ink::default());
        let rows = rows.iter().map(Row::text).filter(|row| !row.is_empty());
        rows.chain(self.hints(view).into_iter().map(|(key, word)| format!("{key} {word}"))).collect()
    }

    /// The pages with a field.
    fn asked(&self, view: &View) -> Option<Asked<'_>> {
        let says = |says: FirstKeySays| says.text(view.language);
        let (title, why, label, field, drawn, hint) = match self.page {
            Page::Number => (
                FirstKeySays::WhoseKey,
                FirstKeySays::WhoseKeyWhy,
                FirstKeySays::Number,
                &self.number,
                Drawn::Plain,
                None,
            ),
            Page::Key => (
                FirstKeySays::WhoseKey,
                FirstKeySays::WhoseKeyWhy,
                FirstKeySays::Key,
                &self.key,
                Drawn::Plain,
                Some(FirstKeySays::KeyExample),
            ),
            Page::Passphrase => (
                FirstKeySays::NewPassphrase,
                FirstKeySays::PassphraseWhy,
                FirstKeySays::Label,
                self.secret.field(),
                Drawn::Dots,
                Some(FirstKeySays::Good),
            ),
            Page::Again => (
                FirstKeySays::NewPassphrase,
                FirstKeySays::PassphraseWhy,
                FirstKeySays::Again,
                self.again.field(),
                Drawn::Dots,
                None,
            ),
            Page::Readers | Page::Sheet | Page::Public => return None,
        };
        let below =
            self.below(view).unwrap_or_else(|| Below::Hint(hint.map(says).unwrap_or_default().to_owned()));
        let (title, why, label) = (says(title), says(why), says(label));
        Some(Asked { title, why, label, field, drawn, below, hints: self.hints(view) })
    }

    /// What is wrong, or being done.
    fn below(&self, view: &View) -> Option<Below> {
        match &self.stands {
            Stands::Open => None,
            Stands::Working(says) => Some(Below::Working(says.text(view.language).to_owned())),
            Stands::Wrong(says) => Some(Below::Wrong(says.text(view.language).to_owned())),
            Stands::WrongNumber(says) => Some(Below::Wrong(says.text(view.language).into_owned())),
            Stands::Failed(why) => Some(Below::Wrong(why.sentence(view.language))),
        }
    }

    fn hints(&self, view: &View) -> Hints {
        let says = |says: FirstKeySays| says.text(view.language).to_owned();
        let mut hints = vec![("Esc", StartSays::Hide.text(view.language).into_owned())];
        if matches!(self.stands, Stands::Working(_)) {
            return hints;
        }
        match self.page {
            Page::Readers | Page::Sheet | Page::Public => hints.push(("←", says(FirstKeySays::Back))),
            _ => {
                hints.push((key_cap(view.language, KeyCap::Enter), says(FirstKeySays::Next)));
                hints.push(("↑", says(FirstKeySays::Back)));
            }
        }
        hints
    }

    /// The pages without a field.
    fn rows(&self, view: &View, sheet: &Sheet, ink: Ink) -> Vec<Row> {
        match (self.page, &self.public) {
            (Page::Sheet, _) => return self.sheet_rows(view, sheet, ink),
            (Page::Public, Some(key)) => return key_square::rows(key, view, sheet),
            _ => {}
        }
        let says = |says: FirstKeySays| says.text(view.language);
        let why = if view.desk.keys.own == OwnKey::None { FirstKeySays::Why } else { FirstKeySays::OwnIsOff };
        let mut rows =
            vec![Row::new(Weight::Beside, says(FirstKeySays::Title).to_owned(), ink.title()), Row::space()];
        let lines = wrap(says(why), sheet.sentence()).into_iter();
        rows.extend(lines.map(|line| Row::new(Weight::Explains, line, ink.plain())));
        for (digit, _, choice, means) in offered(view) {
            rows.push(Row::space());
            let spans = vec![(format!("{digit}  "), ink.key()), (says(*choice).to_owned(), ink.plain())];
            rows.push(Row { spans, weight: Weight::Stays });
            // What a choice means is a part of it: the sentence above gives way first.
            let lines = wrap(says(*means), sheet.sentence().saturating_sub(3)).into_iter();
            rows.extend(lines.map(|line| Row::new(Weight::Beside, format!("   {line}"), ink.dim())));
        }
        rows
    }

    fn sheet_rows(&self, view: &View, sheet: &Sheet, ink: Ink) -> Vec<Row> {
        let says = |says: FirstKeySays| says.text(view.language).to_owned();
        let mut rows = vec![Row::new(Weight::Beside, says(FirstKeySays::Sheet), ink.title()), Row::space()];
        let lines = wrap(&says(FirstKeySays::SheetWhy), sheet.sentence()).into_iter();
        rows.extend(lines.map(|line| Row::new(Weight::Explains, line, ink.plain())));
        rows.push(Row::space());
        let signs = self.sheet.iter().flat_map(RecoverySheet::rows);
        rows.extend(
            (1..)
                .zip(signs)
                .map(|(number, row)| Row::new(Weight::Stays, format!("{number}.  {row}"), ink.current())),
        );
        rows.push(Row::space());
        match self.below(view) {
            Some(Below::Wrong(text)) => {
                let lines = wrap(&text, sheet.sentence()).into_iter();
                rows.extend(lines.map(|line| Row::new(Weight::Stays, line, ink.notice())));
            }
            Some(Below::Working(text) | Below::Hint(text)) => {
                let lines = wrap(&text, sheet.sentence()).into_iter();
                rows.extend(lines.map(|line| Row::new(Weight::Needed, line, ink.plain())));
                return rows;
            }
            None => {}
        }
        let spans = vec![("1  ".to_owned(), ink.key()), (says(FirstKeySays::Written), ink.plain())];
        rows.push(Row { spans, weight: Weight::Needed });
        let spans = vec![("2  ".to_owned(), ink.key()), (says(FirstKeySays::ShowPublic), ink.plain())];
        rows.push(Row { spans, weight: Weight::Beside });
        rows
    }
}

/// What can be chosen: where she has a key that was switched off, only somebody else's.
fn offered<'a>(view: &View) -> impl Iterator<Item = &'a (char, Readers, FirstKeySays, FirstKeySays)> {
    let has_own = view.desk.keys.own != OwnKey::None;
    READERS.iter().filter(move |(_, readers, ..)| !has_own || *readers == Readers::Supervisor)
}

#[cfg(test)]
mod tests;
