//! The start screen: new session, practise, resume, read, what is due. Drawn while the protocol is being read.
//!
//! What is overdue, and who may still be in danger, stands above everything else. On the very first run it teaches
//! the one thing that must be known before any other, by having it done: hide, look, come back.

mod pages;
mod trouble;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::journal::{ChainState, SessionName};
use crate::text::{line_safe, width, wrap};
use crate::words::{StartSays, zone};

use super::ink::Ink;
use super::instant::instant;
use super::key::Key;
use super::moment;
use super::sheet::{Hints, Row, Sheet, Weight};
use super::view::{DueKind, DueLine, Left, OpenSession, OwnKey, View};
use super::wish::Wish;
use pages::{PER_PAGE, chosen, due_per_page, on_page, pages};

/// What a key on the start screen led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartDoes {
    /// There is nothing more to do.
    Stays,
    /// The start form is to be opened on top, or what comes before it.
    OpensForm,
    /// What was remarked to her is to be read.
    OpensRemarks,
    /// The passphrase is to be asked for first.
    Unlocks(Goal),
    /// The desk is asked for something.
    Asks(Wish),
}

/// What a passphrase is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goal {
    /// Resuming a session.
    Resume,
    /// Reading what is saved.
    Read,
    /// Seeing what is due.
    Due,
    /// Reading this session.
    ReadThis(SessionName),
    /// Resuming this session.
    Session(SessionName),
}

/// The start screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    shows: Shows,
    lesson: Lesson,
    only: TheOnly,
}

/// Whether the only open session is taken up as soon as it was found: the command to resume named none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum TheOnly {
    #[default]
    IsListed,
    IsResumed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shows {
    #[default]
    Menu,
    /// The open sessions, from this page of nine on, counted from 0.
    Open(usize),
    /// What is due, likewise.
    Due(usize),
    /// Every key, of the menu or of a list, which it goes back to.
    Help(Under),
}

/// What the help lies over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    Menu,
    Open(usize),
    Due(usize),
}

impl Under {
    fn shown(self) -> Shows {
        match self {
            Self::Menu => Shows::Menu,
            Self::Open(page) => Shows::Open(page),
            Self::Due(page) => Shows::Due(page),
        }
    }
}

/// How far the lesson of the first run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lesson {
    /// Nobody has hidden and come back in this run of the program.
    #[default]
    ToDo,
    /// Somebody has, on whichever screen.
    Done,
}

/// A line of the menu; its digit is its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    New,
    Practise,
    Resume,
    Read,
    Due,
    Remarks,
}

const MENU: [(char, Item); 6] = [
    ('1', Item::New),
    ('2', Item::Practise),
    ('3', Item::Resume),
    ('4', Item::Read),
    ('5', Item::Due),
    ('6', Item::Remarks),
];

impl Item {
    fn help(self) -> StartSays {
        match self {
            Self::New => StartSays::NewSession,
            Self::Practise => StartSays::Practise,
            Self::Resume => StartSays::ResumeHelp,
            Self::Read => StartSays::ReadHelp,
            Self::Due => StartSays::WhatIsDue,
            Self::Remarks => StartSays::RemarksHelp,
        }
    }
}

impl Item {
    /// Whether it stands in the menu at all: remarks only where there are any.
    fn stands(self, view: &View) -> bool {
        self != Self::Remarks || !view.desk.remarks.is_empty()
    }

    /// What a passphrase is asked for, where this line needs one.
    fn goal(self) -> Option<Goal> {
        match self {
            Self::New | Self::Practise | Self::Remarks => None,
            Self::Resume => Some(Goal::Resume),
            Self::Read => Some(Goal::Read),
            Self::Due => Some(Goal::Due),
        }
    }
}

impl Start {
    /// A fresh one.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that takes up the open session, where there is only one, as soon as it was found.
    pub fn resuming() -> Self {
        Self { only: TheOnly::IsResumed, ..Self::default() }
    }

    /// What was found of the saved sessions is on the desk.
    pub fn found(&mut self, view: &View) -> Option<Wish> {
        if self.only == TheOnly::IsListed || self.shows != Shows::Open(0) || view.desk.open.is_empty() {
            return None;
        }
        self.only = TheOnly::IsListed;
        match view.desk.open.as_slice() {
            [session] => Some(Wish::Resume(session.name.clone())),
            _ => None,
        }
    }

    /// The cover came, or a key: from now on nothing is taken up by itself.
    pub fn waits(&mut self) {
        self.only = TheOnly::IsListed;
    }

    /// At the list that was asked for, once it was unlocked.
    #[must_use]
    pub fn at(mut self, goal: Goal) -> Self {
        self.shows = match goal {
            Goal::Resume => Shows::Open(0),
            Goal::Read | Goal::ReadThis(_) | Goal::Session(_) => Shows::Menu,
            Goal::Due => Shows::Due(0),
        };
        self
    }

    /// A fresh one, where the lesson has come so far.
    pub fn after(lesson: Lesson) -> Self {
        Self { lesson, ..Self::default() }
    }

    /// The stack says so when the cover was lifted above this screen: the first run's lesson is done.
    pub fn came_back(&mut self) {
        self.lesson = Lesson::Done;
    }

    /// Whether case codes are in sight: in a list of sessions, or beside a call that is late.
    pub(super) fn tells(&self, view: &View) -> bool {
        let desk = view.desk;
        match self.shows {
            Shows::Open(_) => !desk.open.is_empty(),
            Shows::Due(_) => !desk.due.is_empty(),
            Shows::Menu => desk.due.iter().any(|line| line.at <= view.now.wall),
            // The key that closes it leads back to what lies under it.
            Shows::Help(Under::Menu) => false,
            Shows::Help(Under::Open(_)) => !desk.open.is_empty(),
            Shows::Help(Under::Due(_)) => !desk.due.is_empty(),
        }
    }

    /// Takes a key; those that hide and come back are the stack's.
    pub fn press(&mut self, key: Key, view: &View) -> StartDoes {
        if key == Key::F(3) {
            return StartDoes::Asks(Wish::NextLanguage);
        }
        self.waits();
        match self.shows {
            Shows::Menu => return self.press_menu(key, view),
            Shows::Open(page) => {
                if let Some(session) = chosen(key, page, &view.desk.open, PER_PAGE) {
                    return StartDoes::Asks(Wish::Resume(session.name.clone()));
                }
                let pages = pages(view.desk.open.len(), PER_PAGE);
                self.press_list(key, page, pages, Under::Open);
            }
            Shows::Due(page) => {
                let per_page = due_per_page(view.size);
                if let Some(line) = chosen(key, page, &view.desk.due, per_page) {
                    let open = view.desk.open.iter().any(|session| session.name == line.name);
                    return StartDoes::Asks(if open {
                        Wish::Resume(line.name.clone())
                    } else {
                        Wish::Review
                    });
                }
                let pages = pages(view.desk.due.len(), per_page);
                self.press_list(key, page, pages, Under::Due);
            }
            Shows::Help(under) => {
                if matches!(key, Key::Left | Key::Char('?' | 'q') | Key::F(1)) {
                    self.shows = under.shown();
                }
            }
        }
        StartDoes::Stays
    }

    fn press_menu(&mut self, key: Key, view: &View) -> StartDoes {
        let line = MENU.iter().find(|(digit, item)| key == Key::Char(*digit) && item.stands(view));
        let item = line.map(|(_, item)| *item);
        match (item, key) {
            (Some(Item::New), _) => return StartDoes::OpensForm,
            (Some(Item::Practise), _) => return StartDoes::Asks(Wish::Practise),
            (Some(Item::Remarks), _) => return StartDoes::OpensRemarks,
            (Some(item), _) if is_sealed(view) => {
                // Without a key of hers there is nothing to unlock, and the menu says so.
                if let (Some(goal), OwnKey::Locked) = (item.goal(), view.desk.keys.own) {
                    return StartDoes::Unlocks(goal);
                }
            }
            (Some(Item::Resume), _) => {
                if !view.desk.open.is_empty() {
                    self.shows = Shows::Open(0);
                }
            }
            (Some(Item::Read), _) => {
                if something_saved(view) {
                    return StartDoes::Asks(Wish::Review);
                }
            }
            (Some(Item::Due), _) => {
                if !view.desk.due.is_empty() {
                    self.shows = Shows::Due(0);
                }
            }
            (None, Key::Char('q')) => return StartDoes::Asks(Wish::Quit),
            (None, Key::Char('e')) if view.desk.left == Left::NotYet => {
                return StartDoes::Asks(Wish::SaveElsewhere);
            }
            (None, Key::Char('?') | Key::F(1)) => self.shows = Shows::Help(Under::Menu),
            (None, _) => {}
        }
        StartDoes::Stays
    }

    fn press_list(&mut self, key: Key, page: usize, pages: usize, list_of: fn(usize) -> Under) {
        let end = pages.saturating_sub(1);
        let list = |page: usize| list_of(page).shown();
        match key {
            Key::Left | Key::Char('q') => self.shows = Shows::Menu,
            Key::PageUp | Key::Up => self.shows = list(page.min(end).saturating_sub(1)),
            Key::PageDown | Key::Down => self.shows = list(page.saturating_add(1).min(end)),
            Key::Home => self.shows = list(0),
            Key::End => self.shows = list(end),
            Key::Char('?') | Key::F(1) => self.shows = Shows::Help(list_of(page)),
            _ => {}
        }
    }

    /// When something becomes overdue next, in milliseconds of the monotonic clock; none: nothing does.
    pub(super) fn next_wake(view: &View) -> Option<u64> {
        let desk = view.desk;
        let calls = desk.due.iter().filter(|line| line.kind == DueKind::CheckIn).map(|line| line.at);
        // How long a call is late stands there, so it moves on; everything else only turns overdue.
        let noted = || noted_calls(view).chain(noted_promises(view));
        let later = calls.chain(noted()).filter_map(|at| moment::later_next(at, view.now.wall));
        let to_come = desk.due.iter().map(|line| line.at).chain(noted());
        let to_come = to_come.filter_map(|at| at.checked_sub(view.now.wall));
        let wait = to_come.filter(|wait| *wait > 0).chain(later).min()?;
        Some(view.now.run.saturating_add(u64::try_from(wait).ok()?))
    }

    /// Draws it over whatever the buffer has. There is never a cursor.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let page = Page { view, ink, sheet };
        let (rows, hints) = page.shown(self);
        let fitted = sheet.rows(rows, buffer);
        match page.corner(self) {
            Some(corner) if fitted.hidden == 0 => sheet.corner(&corner, buffer),
            _ => sheet.says_hidden(&fitted, view.language, buffer),
        }
        sheet.hints(&hints, buffer);
        None
    }

    /// The same as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        let page =
            Page { view, ink: Ink::default(), sheet: Sheet::of(Rect::new(0, 0, 200, 60), Ink::default()) };
        let (rows, hints) = page.shown(self);
        let rows = rows.iter().map(Row::text).filter(|row| !row.is_empty());
        rows.chain(hints.into_iter().map(|(key, word)| format!("{key} {word}"))).collect()
    }
}

/// What it takes to draw: the view and where to.
struct Page<'a> {
    view: &'a View<'a>,
    ink: Ink,
    sheet: Sheet,
}

impl Page<'_> {
    fn says(&self, says: StartSays) -> String {
        says.text(self.view.language).into_owned()
    }

    fn shown(&self, start: &Start) -> (Vec<Row>, Hints) {
        let desk = self.view.desk;
        match start.shows {
            Shows::Menu => (self.menu_rows(start.lesson), self.menu_hints()),
            Shows::Open(page) => {
                let lines = self.open_lines(page);
                (
                    self.list_rows(StartSays::WhichToResume, lines),
                    self.list_hints(pages(desk.open.len(), PER_PAGE)),
                )
            }
            Shows::Due(page) => {
                let lines = self.due_lines(page);
                (self.list_rows(StartSays::WhatIsDue, lines), self.list_hints(self.pages_of_due()))
            }
            Shows::Help(under) => (
                self.help_rows(under),
                vec![("Esc", self.says(StartSays::Hide)), ("←", self.says(StartSays::Back))],
            ),
        }
    }

    /// What stands at the right of the head line where nothing is hidden: the page of a list, or that something is awaited.
    fn corner(&self, start: &Start) -> Option<String> {
        let (desk, protocol) = (self.view.desk, self.view.protocol);
        let (page, of) = match start.shows {
            Shows::Open(page) => (page, pages(desk.open.len(), PER_PAGE)),
            Shows::Due(page) => (page, self.pages_of_due()),
            Shows::Menu | Shows::Help(_) => (0, 1),
        };
        let says = if of > 1 {
            StartSays::PageOf { page: page.min(of - 1) + 1, of }
        } else if start.shows == Shows::Menu && (protocol.is_none() || !desk.known) {
            StartSays::Reading
        } else {
            return None;
        };
        Some(self.says(says))
    }

    fn menu_rows(&self, lesson: Lesson) -> Vec<Row> {
        let ink = self.ink;
        let mut rows = vec![Row::new(Weight::Beside, self.says(StartSays::Title), ink.title()), Row::space()];
        rows.extend(self.urgent_rows());
        for (digit, item) in MENU.into_iter().filter(|(_, item)| item.stands(self.view)) {
            let spans = vec![(format!("{digit}  "), ink.key()), self.menu_line(item)];
            rows.push(Row { spans, weight: Weight::Stays });
        }
        rows.extend(self.trouble_rows());
        if self.view.desk.unreadable > 0 {
            rows.push(Row::space());
            let text = self.says(StartSays::Unreadable(self.view.desk.unreadable));
            rows.push(Row::new(Weight::Stays, text, ink.notice()));
        }
        if self.view.desk.ledger == ChainState::Unreadable {
            rows.push(Row::space());
            for text in wrap(&self.says(StartSays::NoLedger), self.sheet.sentence()) {
                rows.push(Row::new(Weight::Stays, text, ink.notice()));
            }
        }
        rows.extend(self.lesson_rows(lesson));
        if is_sealed(self.view) && self.view.desk.keys.own == OwnKey::None {
            rows.push(Row::space());
            for text in wrap(&self.says(StartSays::SealedForOthers), self.sheet.sentence()) {
                rows.push(Row::new(Weight::Stays, text, ink.notice()));
            }
        }
        rows
    }

    /// A call that somebody waits for, first; then who may still be in danger, and what else is overdue. What no key has
    /// opened is told from the ledger: a bare time, since that is all that it has.
    fn urgent_rows(&self) -> Vec<Row> {
        let desk = self.view.desk;
        let late = desk.due.iter().filter(|line| line.at <= self.view.now.wall);
        let (calls, overdue): (Vec<&DueLine>, Vec<&DueLine>) =
            late.partition(|line| line.kind == DueKind::CheckIn);
        let named = if self.sheet.area.height >= 20 { 3 } else { 1 };
        let due = digit_of(Item::Due);
        let opened =
            calls.iter().map(|line| (line.at, format!("{}: {due}", self.due_line(line, &self.zone()))));
        let now = self.view.now.wall;
        let noted = noted_calls(self.view).filter(|at| *at <= now);
        let noted = noted.map(|at| (at, format!("{}{}", self.bare_call(at), self.unlocks(Item::Due))));
        let mut calls: Vec<(i64, String)> = opened.chain(noted).collect();
        calls.sort();
        let mut lines: Vec<String> = calls.iter().take(named).map(|(_, text)| text.clone()).collect();
        let in_danger = desk.in_danger + desk.noted.iter().filter(|noted| noted.is_late(now)).count();
        if in_danger > 0 {
            let reads = if desk.in_danger > 0 {
                format!(": {}", digit_of(Item::Read))
            } else {
                self.unlocks(Item::Read)
            };
            lines.push(format!("! {}{reads}", self.says(StartSays::InDanger(in_danger))));
        }
        let mut promised: Vec<i64> = noted_promises(self.view).filter(|at| *at <= now).collect();
        promised.sort_unstable();
        let opened = overdue.iter().map(|line| self.due_line(line, &self.zone()));
        let noted = promised.iter().map(|at| format!("{}{}", self.bare_call(*at), self.unlocks(Item::Due)));
        lines.extend(opened.chain(noted).take(named));
        let more = calls.len().saturating_sub(named) + (overdue.len() + promised.len()).saturating_sub(named);
        if more > 0 {
            lines.push(format!("! {}: {due}", self.says(StartSays::MoreOverdue(more))));
        }
        let mut rows: Vec<Row> =
            lines.into_iter().map(|text| Row::new(Weight::Stays, text, self.ink.notice())).collect();
        if !rows.is_empty() {
            rows.push(Row::space());
        }
        rows
    }

    /// A call or a promise that is late, of a session that no key has opened.
    fn bare_call(&self, at: i64) -> String {
        let when = instant(self.view.language, at, self.view.now.zone, self.view.now);
        format!("! {when}{}  {}", self.zone(), moment::later(at, self.view.now.wall))
    }

    /// The digit that leads there through the passphrase, where there is a key that may open it.
    fn unlocks(&self, item: Item) -> String {
        match self.view.desk.keys.own {
            OwnKey::Locked => format!(": {}", digit_of(item)),
            OwnKey::None | OwnKey::Unlocked => String::new(),
        }
    }

    fn menu_line(&self, item: Item) -> (String, Style) {
        let desk = self.view.desk;
        let can_unlock = desk.keys.own == OwnKey::Locked;
        let (says, works) = match item {
            Item::New => (StartSays::NewSession, true),
            Item::Practise => (StartSays::Practise, true),
            Item::Resume if is_sealed(self.view) => (StartSays::ResumeSealed, can_unlock),
            Item::Read if is_sealed(self.view) => (StartSays::ReadSealed(desk.sessions), can_unlock),
            Item::Due if is_sealed(self.view) => (StartSays::DueSealed, can_unlock),
            Item::Remarks => (StartSays::Remarks(desk.remarks.len()), true),
            Item::Resume => (StartSays::Resume(desk.open.len()), !desk.open.is_empty()),
            Item::Read => (StartSays::Read(desk.sessions), something_saved(self.view)),
            Item::Due => (StartSays::Due(desk.due.len()), !desk.due.is_empty()),
        };
        (self.says(says), if works { self.ink.plain() } else { self.ink.dim() })
    }

    /// What the first run teaches.
    fn lesson_rows(&self, lesson: Lesson) -> Vec<Row> {
        let desk = self.view.desk;
        if !desk.known || something_saved(self.view) || !desk.open.is_empty() {
            return Vec::new();
        }
        let (explains, says, style) = match lesson {
            Lesson::ToDo => (StartSays::FirstRun, StartSays::Lesson, self.ink.current()),
            Lesson::Done => (StartSays::LessonWhy, StartSays::LessonDone, self.ink.done()),
        };
        let mut rows = vec![Row::space(), Row::new(Weight::Stays, self.says(says), style)];
        for text in wrap(&self.says(explains), self.sheet.sentence()) {
            rows.push(Row::new(Weight::Explains, text, self.ink.plain()));
        }
        rows
    }

    /// Every key that works on the menu, or on a list.
    fn help_rows(&self, under: Under) -> Vec<Row> {
        let mut rows =
            vec![Row::new(Weight::Beside, self.says(StartSays::Help), self.ink.title()), Row::space()];
        let menu = MENU.into_iter().filter(|(_, item)| item.stands(self.view));
        let menu = menu.map(|(digit, item)| (digit.to_string(), item.help()));
        let hides = [
            ("Esc", StartSays::HideHelp),
            ("Ctrl+R", StartSays::ReturnHelp),
            ("F3", StartSays::LanguageHelp),
        ];
        let mut keys: Vec<(String, StartSays)> = match under {
            Under::Menu => menu.collect(),
            Under::Open(_) => vec![("1-9".to_owned(), StartSays::ResumeLineHelp)],
            Under::Due(_) => vec![("1-9".to_owned(), StartSays::DueLineHelp)],
        };
        keys.extend(hides.map(|(key, says)| (key.to_owned(), says)));
        match under {
            Under::Menu => keys.push(("q".to_owned(), StartSays::QuitHelp)),
            Under::Open(_) | Under::Due(_) => {
                keys.push(("↑ ↓".to_owned(), StartSays::Turn));
                keys.push(("← q".to_owned(), StartSays::Back));
            }
        }
        for (key, says) in keys {
            let spans = vec![(padded(&key, 8), self.ink.key()), (self.says(says), self.ink.plain())];
            rows.push(Row { spans, weight: Weight::Stays });
        }
        rows
    }

    fn menu_hints(&self) -> Hints {
        vec![
            ("Esc", self.says(StartSays::Hide)),
            ("?", self.says(StartSays::Help)),
            ("q", self.says(StartSays::Quit)),
            ("F3", self.says(StartSays::NextLanguage)),
        ]
    }

    fn pages_of_due(&self) -> usize {
        pages(self.view.desk.due.len(), due_per_page(self.sheet.area.as_size()))
    }

    fn list_hints(&self, pages: usize) -> Hints {
        let mut hints = vec![
            ("Esc", self.says(StartSays::Hide)),
            ("?", self.says(StartSays::Help)),
            ("←", self.says(StartSays::Back)),
        ];
        if pages > 1 {
            hints.push(("↑↓", self.says(StartSays::Turn)));
        }
        hints
    }

    fn list_rows(&self, title: StartSays, lines: Vec<(String, Style)>) -> Vec<Row> {
        // All times of the list are of one zone, which is said once.
        let times = !lines.is_empty() && matches!(title, StartSays::WhatIsDue | StartSays::WhichToResume);
        let zone = if times { format!(" {}", self.zone()) } else { String::new() };
        let spans = vec![(self.says(title), self.ink.title()), (zone, self.ink.dim())];
        let mut rows = vec![Row { spans, weight: Weight::Beside }];
        rows.extend(self.trouble_rows());
        rows.push(Row::space());
        if lines.is_empty() {
            let says = match title {
                _ if !self.view.desk.known => StartSays::Looking,
                StartSays::WhatIsDue => StartSays::Due(0),
                _ => StartSays::Resume(0),
            };
            rows.push(Row::new(Weight::Stays, self.says(says), self.ink.plain()));
        }
        for (number, (text, style)) in lines.into_iter().enumerate() {
            let room = self.sheet.columns().saturating_sub(3);
            let folded = if width(&text) > room { wrap(&text, room) } else { vec![text] };
            let mut folded = folded.into_iter();
            let first = folded.next().unwrap_or_default();
            let spans = vec![(format!("{}  ", number + 1), self.ink.key()), (first, style)];
            rows.push(Row { spans, weight: Weight::Stays });
            rows.extend(folded.map(|rest| Row::new(Weight::Stays, format!("   {rest}"), style)));
        }
        rows
    }

    fn open_lines(&self, page: usize) -> Vec<(String, Style)> {
        let shown = on_page(page, &self.view.desk.open, PER_PAGE);
        let longest = shown.iter().map(|session| width(&line_safe(&session.case))).max().unwrap_or(0);
        let line = |session: &OpenSession| {
            let (begun, _) = session.begun;
            let case = padded(&line_safe(&session.case), longest);
            (
                format!("{case}  {}", instant(self.view.language, begun, self.view.now.zone, self.view.now)),
                self.ink.plain(),
            )
        };
        shown.iter().map(line).collect()
    }

    fn due_lines(&self, page: usize) -> Vec<(String, Style)> {
        let style = |line: &DueLine| {
            if line.at <= self.view.now.wall { self.ink.notice() } else { self.ink.plain() }
        };
        let shown = on_page(page, &self.view.desk.due, due_per_page(self.sheet.area.as_size()));
        shown.iter().map(|line| (self.due_line(line, ""), style(line))).collect()
    }

    /// The zone of every time here, as it stands behind one.
    fn zone(&self) -> String {
        format!(" {}", zone(self.view.now.zone))
    }

    /// The sign, the word where there is room for it, the moment with its zone, the case and what it is for.
    fn due_line(&self, line: &DueLine, zone: &str) -> String {
        let when = instant(self.view.language, line.at, self.view.now.zone, self.view.now) + zone;
        let late = line.at <= self.view.now.wall;
        let sign = if late { '!' } else { '·' };
        let wide = self.sheet.columns() >= 60;
        let (word, when) = match line.kind {
            DueKind::CheckIn if late && wide => {
                (String::new(), format!("{when}  {}", moment::later(line.at, self.view.now.wall)))
            }
            DueKind::Promise if late && wide => (format!("{} ", self.says(StartSays::Overdue)), when),
            DueKind::CheckIn | DueKind::Promise => (String::new(), when),
        };
        let what = match line.kind {
            DueKind::CheckIn if line.line.is_empty() => self.says(StartSays::TheCall),
            // Without words for it the step, option or row that promised it tells it from the others of its case.
            DueKind::Promise if line.line.is_empty() => {
                let told = line.promised.iter().find(|(language, _)| *language == self.view.language);
                told.map(|(_, text)| line_safe(text)).unwrap_or_default()
            }
            _ => line_safe(&line.line),
        };
        format!("{sign} {word}{when}  {}  {what}", line_safe(&line.case)).trim_end().to_owned()
    }
}

/// By when something was promised in sessions which no key has opened.
fn noted_promises(view: &View) -> impl Iterator<Item = i64> {
    view.desk.noted.iter().filter_map(|noted| noted.by)
}

/// The calls that sessions wait for which no key has opened.
fn noted_calls(view: &View) -> impl Iterator<Item = i64> {
    view.desk.noted.iter().filter_map(|noted| noted.due)
}

/// Whether there is something to read, and no key that reads it at hand.
fn is_sealed(view: &View) -> bool {
    view.desk.keys.own != OwnKey::Unlocked && something_saved(view)
}

fn something_saved(view: &View) -> bool {
    view.desk.sessions > 0 || view.desk.unreadable > 0
}

fn digit_of(item: Item) -> char {
    MENU.iter().find(|(_, one)| *one == item).map_or(' ', |(digit, _)| *digit)
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests;
