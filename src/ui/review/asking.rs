//! What is asked before something is put beside a session, or before one is erased: the number once, then the words, the
//! day or the reason, one question at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::export::Format;
use crate::journal::{Mark, On, SessionName};
use crate::review::Alarms;
use crate::text::{CaseCode, Line, Prose, StaffNumber, wrap};
use crate::ui::asked::{Asked, Below};
use crate::ui::field::{Drawn, Field, Typed};
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::moment;
use crate::ui::sheet::{Row, Sheet, Weight};
use crate::ui::view::View;
use crate::words::{HandingSays, KeyCap, RoomSays, StartSays, handing_says, key_cap, room_says};

use super::deed::{NotDone, ReviewWish, Saying};

/// The most characters of a remark, of a reason, of a number and of a day.
const REMARK_MOST: usize = 2_000;
const REASON_MOST: usize = 200;
const SHORT_MOST: usize = 20;
/// The most characters of a path.
const PATH_MOST: usize = 400;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// Open a session; nothing but the number is asked.
    Open(SessionName),
    /// Sign these off.
    SignOff(Vec<SessionName>),
    /// Write a remark.
    Remark(SessionName, On),
    /// Set a mark.
    Mark(SessionName, On),
    /// Set one mark on all the alarms of a session.
    MarkAlarms(SessionName, Alarms),
    /// Erase the session of this case code.
    Erase(SessionName, CaseCode),
    /// Hand these on.
    HandOn(Vec<SessionName>),
}

/// What the desk would need to do a deed, as far as the screen knows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// The supervisor's own number, once she gave it.
    pub(super) by: Option<&'a StaffNumber>,
    /// The numbers whose keys are on this machine; none: nobody could look.
    pub(super) readers: Option<&'a [StaffNumber]>,
}

/// The questions of one deed.
#[derive(Debug)]
pub(super) struct Asking {
    deed: Deed,
    by: Option<StaffNumber>,
    stage: Stage,
    field: Field,
    /// The words of a remark, while something else is asked or done: what was typed is never lost.
    words: String,
    readers: Option<Vec<StaffNumber>>,
    wrong: Option<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Number,
    /// Nothing more is asked.
    All,
    SignOff,
    RemarkTo,
    Remark(Option<StaffNumber>),
    Mark,
    MarkDay,
    Erase,
    EraseSure(Line),
    HandOn,
    HandOnTo(Format),
}

/// As what sessions are handed on, by the digits that choose.
const FORMATS: [Format; 4] = [Format::Html, Format::Markdown, Format::Csv, Format::Lines];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wrong {
    Number,
    /// No key of this number is on this machine.
    NoKeyOf(StaffNumber),
    /// It was tried, and could not be done.
    NotDone(String),
    Remark,
    Day,
    Reason,
    Path,
}

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AskingDoes {
    Stays,
    Closes,
    /// All is known: this number asks for this.
    Asks(StaffNumber, ReviewWish),
}

impl Asking {
    /// Begins to ask. The number is asked only where it is not known. `words`: those of a remark on the same that was
    /// begun before.
    pub(super) fn new(deed: Deed, known: Known<'_>, words: String) -> Self {
        let by = known.by.cloned();
        let stage = if by.is_none() { Stage::Number } else { first_stage(&deed) };
        let readers = known.readers.map(<[StaffNumber]>::to_vec);
        Self { field: field_of(&stage), deed, by, stage, words, readers, wrong: None }
    }

    /// It was tried, and could not be done: the same question again, with what was typed and why.
    pub(super) fn failed(mut self, why: &NotDone, view: &View) -> Self {
        if let NotDone::NoKeyOf(number) = why {
            self.keep_words();
            self.goes_to(Stage::RemarkTo);
            self.field.insert(number.as_str());
        }
        self.wrong = Some(Wrong::NotDone(why.sentence(view.language)));
        self
    }

    /// Whether words were typed that would be lost with it.
    pub(super) fn has_words(&self) -> bool {
        matches!(self.stage, Stage::Remark(_) | Stage::EraseSure(_)) || !self.words.is_empty()
    }

    /// The words of a remark that is not written yet, and what it is on.
    pub(super) fn remark_begun(&self) -> Option<(SessionName, On, String)> {
        let Deed::Remark(session, on) = &self.deed else { return None };
        let words = if matches!(self.stage, Stage::Remark(_)) { self.field.text() } else { &self.words };
        (!words.trim().is_empty()).then(|| (*session, on.clone(), words.to_owned()))
    }

    fn keep_words(&mut self) {
        if matches!(self.stage, Stage::Remark(_)) {
            self.words = self.field.take();
        }
    }

    /// The number that was given: it is asked once, whatever becomes of the deed.
    pub(super) fn by(&self) -> Option<&StaffNumber> {
        self.by.as_ref()
    }

    fn types(&self) -> bool {
        !matches!(self.stage, Stage::All | Stage::SignOff | Stage::Mark | Stage::EraseSure(_) | Stage::HandOn)
    }

    /// Takes a key.
    pub(super) fn press(&mut self, key: Key, view: &View) -> AskingDoes {
        if self.types() {
            if key == Key::Up {
                // One question back; the words wait.
                if matches!(self.stage, Stage::Remark(_)) {
                    self.keep_words();
                    self.goes_to(Stage::RemarkTo);
                    return AskingDoes::Stays;
                }
                return AskingDoes::Closes;
            }
            return match self.field.press(key) {
                Typed::Closed => AskingDoes::Closes,
                Typed::Kept => self.kept(view),
                Typed::Taken => {
                    self.wrong = None;
                    AskingDoes::Stays
                }
                Typed::NotMine => AskingDoes::Stays,
            };
        }
        match (&self.stage, key) {
            (_, Key::Left | Key::Backspace | Key::Char('q')) => AskingDoes::Closes,
            (Stage::SignOff, Key::Char('1')) => self.mark(Mark::SignedOff),
            (Stage::SignOff, Key::Char('2')) => self.mark(Mark::TakenBack),
            (Stage::Mark, Key::Char(digit @ ('1' | '2' | '4'))) => {
                let mark = match digit {
                    '1' => Mark::ToDiscuss,
                    '2' => Mark::Done,
                    _ => Mark::TakenBack,
                };
                self.mark(mark)
            }
            (Stage::Mark, Key::Char('3')) => {
                self.goes_to(Stage::MarkDay);
                AskingDoes::Stays
            }
            (Stage::EraseSure(reason), Key::Char('1')) => {
                let (Some(by), Deed::Erase(session, _)) = (self.by.clone(), &self.deed) else {
                    return AskingDoes::Closes;
                };
                let wish = ReviewWish::Erase { session: *session, by: by.clone(), reason: reason.clone() };
                AskingDoes::Asks(by, wish)
            }
            (Stage::EraseSure(_), Key::Char('2')) => AskingDoes::Closes,
            (Stage::HandOn, Key::Char(digit @ '1'..='4')) => {
                let format = FORMATS[usize::from(digit as u8 - b'1')];
                self.goes_to(Stage::HandOnTo(format));
                let day = moment::today(view.now).map(|day| day.to_string()).unwrap_or_default();
                self.field.insert(&format!("notes-{day}.{}", format.suffix()));
                AskingDoes::Stays
            }
            _ => AskingDoes::Stays,
        }
    }

    /// Takes a paste into the field.
    pub(super) fn paste(&mut self, text: &str) {
        if self.types() {
            self.field.insert(text);
        }
    }

    fn goes_to(&mut self, stage: Stage) {
        self.field = field_of(&stage);
        if matches!(stage, Stage::Remark(_)) {
            self.field.insert(&std::mem::take(&mut self.words));
        }
        self.stage = stage;
        self.wrong = None;
    }

    fn kept(&mut self, view: &View) -> AskingDoes {
        let text = self.field.text().trim().to_owned();
        match &self.stage {
            Stage::Number => match StaffNumber::new(&text) {
                Ok(number) => {
                    self.by = Some(number.clone());
                    if let Deed::Open(session) = self.deed {
                        return AskingDoes::Asks(number.clone(), ReviewWish::Read { session, by: number });
                    }
                    self.goes_to(first_stage(&self.deed));
                }
                Err(_) => self.wrong = Some(Wrong::Number),
            },
            Stage::RemarkTo if text.is_empty() => self.goes_to(Stage::Remark(None)),
            Stage::RemarkTo => match StaffNumber::new(&text) {
                Ok(number) if self.readers.as_ref().is_some_and(|readers| !readers.contains(&number)) => {
                    self.wrong = Some(Wrong::NoKeyOf(number));
                }
                Ok(number) => self.goes_to(Stage::Remark(Some(number))),
                Err(_) => self.wrong = Some(Wrong::Number),
            },
            Stage::Remark(to) => match Prose::new(&text) {
                Ok(text) => {
                    let saying = Saying::Remark { on: self.on(), to: to.clone(), text };
                    return self.say(saying);
                }
                Err(_) => self.wrong = Some(Wrong::Remark),
            },
            Stage::MarkDay => {
                let today = moment::today(view.now);
                match moment::read_day(&text, view.now).filter(|day| today.is_none_or(|today| *day > today)) {
                    Some(day) => return self.mark(Mark::LookAgain(day)),
                    None => self.wrong = Some(Wrong::Day),
                }
            }
            Stage::Erase => match Line::new(&text) {
                Ok(reason) => self.goes_to(Stage::EraseSure(reason)),
                Err(_) => self.wrong = Some(Wrong::Reason),
            },
            Stage::HandOnTo(_) if text.is_empty() => self.wrong = Some(Wrong::Path),
            Stage::HandOnTo(format) => {
                let (Some(by), Deed::HandOn(sessions)) = (self.by.clone(), &self.deed) else {
                    return AskingDoes::Closes;
                };
                let (sessions, format) = (sessions.clone(), *format);
                return AskingDoes::Asks(by.clone(), ReviewWish::HandOn { sessions, by, format, to: text });
            }
            Stage::All | Stage::SignOff | Stage::Mark | Stage::EraseSure(_) | Stage::HandOn => {}
        }
        AskingDoes::Stays
    }

    fn on(&self) -> On {
        match &self.deed {
            Deed::Remark(_, on) | Deed::Mark(_, on) => on.clone(),
            Deed::Open(_) | Deed::SignOff(_) | Deed::MarkAlarms(..) | Deed::Erase(..) | Deed::HandOn(_) => {
                On::Session
            }
        }
    }

    fn mark(&self, mark: Mark) -> AskingDoes {
        let on = match &self.deed {
            Deed::MarkAlarms(_, alarms) if mark == Mark::TakenBack => alarms.to_take_back().to_vec(),
            Deed::MarkAlarms(_, alarms) => alarms.to_mark().to_vec(),
            _ => vec![self.on()],
        };
        self.say(Saying::Mark { on, mark })
    }

    fn say(&self, saying: Saying) -> AskingDoes {
        let Some(by) = self.by.clone() else { return AskingDoes::Closes };
        let sessions = match &self.deed {
            Deed::SignOff(sessions) | Deed::HandOn(sessions) => sessions.clone(),
            Deed::Open(session)
            | Deed::Remark(session, _)
            | Deed::Mark(session, _)
            | Deed::MarkAlarms(session, _)
            | Deed::Erase(session, _) => {
                vec![*session]
            }
        };
        AskingDoes::Asks(by.clone(), ReviewWish::Say { sessions, by, saying })
    }

    /// Draws it over whatever the buffer has, with the cursor in the field.
    pub(super) fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let says = |says| room_says(says, view.language).into_owned();
        let (title, why, label) = self.words(view);
        let hide = ("Esc", StartSays::Hide.text(view.language).into_owned());
        let wrong = match &self.wrong {
            None => Below::Hint(String::new()),
            Some(Wrong::NoKeyOf(number)) => Below::Wrong(says(RoomSays::NoKeyOf(number)).replace('`', "")),
            Some(Wrong::NotDone(why)) => Below::Wrong(why.clone()),
            Some(Wrong::Number) => Below::Wrong(says(RoomSays::NumberWrong)),
            Some(Wrong::Remark) => Below::Wrong(says(RoomSays::RemarkEmpty)),
            Some(Wrong::Day) => Below::Wrong(says(RoomSays::MarkDayWrong)),
            Some(Wrong::Reason) => Below::Wrong(says(RoomSays::EraseEmpty)),
            Some(Wrong::Path) => Below::Wrong(handing_says(HandingSays::NoPath, view.language).into_owned()),
        };
        if self.types() {
            let enter = (
                key_cap(view.language, KeyCap::Enter),
                crate::words::key_hint(view.language, crate::words::KeyWord::Keep).to_owned(),
            );
            let asked = Asked {
                title: &title,
                why: &why,
                label: &label,
                field: &self.field,
                drawn: Drawn::Plain,
                below: wrong,
                hints: vec![hide, enter, ("↑", says(RoomSays::Back))],
            };
            return asked.draw(view, area, buffer);
        }
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let mut rows = vec![Row::new(Weight::Beside, title, ink.title()), Row::space()];
        let lines = wrap(&why, sheet.sentence()).into_iter();
        rows.extend(lines.map(|line| Row::new(Weight::Explains, line, ink.plain())));
        rows.push(Row::space());
        for (number, choice) in self.choices(view).into_iter().enumerate() {
            let spans = vec![(format!("{}  ", number + 1), ink.key()), (choice, ink.plain())];
            rows.push(Row { spans, weight: Weight::Stays });
        }
        if let Some(Wrong::NotDone(why)) = &self.wrong {
            rows.push(Row::space());
            let lines = wrap(why, sheet.sentence()).into_iter();
            rows.extend(lines.map(|line| Row::new(Weight::Stays, line, ink.notice())));
        }
        sheet.rows(rows, buffer);
        sheet.hints(&vec![hide, ("←", says(RoomSays::Back))], buffer);
        None
    }

    fn choices(&self, view: &View) -> Vec<String> {
        let says = match self.stage {
            Stage::HandOn => {
                let says = FORMATS.map(|format| match format {
                    Format::Html => HandingSays::Page,
                    Format::Markdown => HandingSays::Markdown,
                    Format::Csv => HandingSays::Table,
                    Format::Lines => HandingSays::Lines,
                });
                return says.map(|says| handing_says(says, view.language).into_owned()).into();
            }
            Stage::SignOff => vec![RoomSays::SignOffYes, RoomSays::TakeBack],
            Stage::Mark => {
                vec![RoomSays::MarkDiscuss, RoomSays::MarkDone, RoomSays::MarkAgain, RoomSays::TakeBack]
            }
            Stage::EraseSure(_) => vec![RoomSays::EraseYes, RoomSays::Back],
            _ => Vec::new(),
        };
        says.into_iter().map(|says| room_says(says, view.language).into_owned()).collect()
    }

    fn mark_title(&self) -> RoomSays<'static> {
        match &self.deed {
            Deed::MarkAlarms(_, alarms) => RoomSays::MarkAlarmsTitle(alarms.to_mark().len()),
            _ => RoomSays::MarkTitle,
        }
    }

    /// The head line, why it is asked, and the word before the field.
    fn words(&self, view: &View) -> (String, String, String) {
        let says = |says| room_says(says, view.language).into_owned();
        let hands = |says| handing_says(says, view.language).into_owned();
        let case = match &self.deed {
            Deed::Erase(_, case) => Some(case),
            _ => None,
        };
        let (title, why, label) = match &self.stage {
            Stage::Number | Stage::All => {
                (RoomSays::NumberTitle, RoomSays::NumberWhy, Some(RoomSays::NumberLabel))
            }
            Stage::SignOff => {
                let count = match &self.deed {
                    Deed::SignOff(sessions) => sessions.len(),
                    _ => 1,
                };
                (RoomSays::SignOffTitle(count), RoomSays::SignOffWhy, None)
            }
            Stage::RemarkTo => (RoomSays::RemarkTitle, RoomSays::RemarkToWhy, Some(RoomSays::RemarkTo)),
            Stage::Remark(_) => (RoomSays::RemarkTitle, RoomSays::RemarkWhy, Some(RoomSays::RemarkLabel)),
            Stage::Mark => (self.mark_title(), RoomSays::MarkWhy, None),
            Stage::MarkDay => (self.mark_title(), RoomSays::MarkAgain, Some(RoomSays::MarkDay)),
            Stage::Erase => {
                let title = case.map_or(RoomSays::EraseYes, RoomSays::EraseTitle);
                (title, RoomSays::EraseWhy, Some(RoomSays::EraseLabel))
            }
            Stage::EraseSure(_) => (RoomSays::EraseSure, RoomSays::EraseWhy, None),
            Stage::HandOn | Stage::HandOnTo(_) => {
                let count = match &self.deed {
                    Deed::HandOn(sessions) => sessions.len(),
                    _ => 1,
                };
                let title = hands(HandingSays::Title(count));
                return match self.stage {
                    Stage::HandOn => (title, hands(HandingSays::Why), String::new()),
                    _ => (title, hands(HandingSays::WhereTo), hands(HandingSays::File)),
                };
            }
        };
        (says(title), says(why), label.map(says).unwrap_or_default())
    }
}

fn first_stage(deed: &Deed) -> Stage {
    match deed {
        Deed::Open(_) => Stage::All,
        Deed::SignOff(_) => Stage::SignOff,
        Deed::Remark(..) => Stage::RemarkTo,
        Deed::Mark(..) | Deed::MarkAlarms(..) => Stage::Mark,
        Deed::Erase(..) => Stage::Erase,
        Deed::HandOn(_) => Stage::HandOn,
    }
}

fn field_of(stage: &Stage) -> Field {
    Field::new(match stage {
        Stage::Remark(_) => REMARK_MOST,
        Stage::Erase => REASON_MOST,
        Stage::HandOnTo(_) => PATH_MOST,
        _ => SHORT_MOST,
    })
}
