//! The supervisor's review on the screen: the lists, the table, a session, the figures, and what is put beside a session.
//!
//! [`Review`] holds the archive as it fills, and gives every key to the page that is open. What only the desk can do it
//! asks with a [`ReviewWish`], and hears of with a [`ReviewTold`].

mod answers;
mod asking;
mod course;
mod deed;
mod figures;
mod first;
mod found;
mod keys_page;
mod long_page;
mod many;
mod notice;
mod progress;
mod replay;
#[cfg(test)]
mod room_tests;
mod session;
mod table;
mod telling;
#[cfg(test)]
mod tests;
mod timeline;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::journal::{On, SessionName};
use crate::review::{Alarms, Archive, Column, Context, Figures, Summary};
use crate::text::StaffNumber;
use crate::words::ReviewKey;

use self::asking::{Asking, AskingDoes, Deed, Known};
use self::first::{FirstPage, Leads};
use self::keys_page::{KeysDo, KeysPage};
use self::notice::Notice;
use self::progress::Progress;
use self::table::{Filtered, TablePage};
use super::ink::Ink;
use super::key::Key;
use super::keys::{self, Action, Can, Where};
use super::moment;
use super::sheet::clear;
use super::view::View;

pub use answers::{Answer, AnswersDo, AnswersPage};
pub use deed::{Came, HandedOn, NotDone, ReviewTold, ReviewWish, Saying};
pub use figures::FiguresPage;
pub use found::{FoundDoes, FoundPage};
pub use session::{ReadSession, SessionDoes, SessionPage, SessionWish};

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to the start screen.
    Closes,
    /// The next language of the screen.
    NextLanguage,
    /// The desk is asked for something.
    Asks(ReviewWish),
}

/// The review.
#[derive(Debug, Default)]
pub struct Review {
    archive: Archive,
    progress: Progress,
    keeps_for: Option<i64>,
    first: FirstPage,
    table: TablePage,
    found: FoundPage,
    page: Page,
    /// Where a session was opened from.
    beneath: Beneath,
    /// Where words were asked for.
    words_from: Beneath,
    asking: Option<Asking>,
    /// What was asked for and is being done: where it cannot be, the question comes back with what was typed.
    doing: Option<Asking>,
    /// A remark that was begun and left.
    begun: Option<(SessionName, On, String)>,
    /// The numbers whose keys are on this machine.
    readers: Option<Vec<StaffNumber>>,
    /// The keys of the page, while they are up.
    keys: Option<KeysPage>,
    /// The supervisor's own number, once she gave it.
    by: Option<StaffNumber>,
    /// The session that is being read, and the event to open it at.
    opens: Option<(SessionName, Option<u64>)>,
    notice: Option<Notice>,
}

#[derive(Debug, Default)]
enum Page {
    #[default]
    First,
    Table,
    Session(Box<SessionPage>, Arc<ReadSession>),
    Figures(Box<FiguresPage>),
    /// The page of words, which stays while one of its places is read.
    Found,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Beneath {
    #[default]
    First,
    Table,
    Found,
}

impl Review {
    /// An empty one, that fills. `session`: to be opened as soon as she has said who she is.
    pub fn new(session: Option<SessionName>) -> Self {
        let mut review = Self::default();
        if let Some(session) = session {
            review.opens = Some((session, None));
            review.ask(Deed::Open(session));
        }
        review
    }

    /// Hears from the desk.
    pub fn told(&mut self, told: ReviewTold, view: &View) {
        match told {
            ReviewTold::Begins { total, keeps_for } => {
                self.progress = Progress { of: Some(total), ..Progress::default() };
                self.keeps_for = keeps_for;
                self.refresh(view);
            }
            ReviewTold::CanRead(numbers) => self.readers = Some(numbers),
            ReviewTold::Came(all) => {
                for came in all {
                    self.progress.done += 1;
                    match came {
                        Came::Session(summary) => self.archive.add(*summary),
                        Came::Said(name, marks) => self.archive.said(&name, *marks),
                        Came::Unreadable(unreadable) => self.archive.add_unreadable(unreadable),
                        Came::Unread(file, why) => self.archive.add_unread(file, why),
                        Came::Nothing => {}
                    }
                }
                self.refresh(view);
            }
            ReviewTold::NoFolder(error) => {
                self.progress.fails = true;
                self.notice = Some(Notice::NotDone(NotDone::Journal(error)));
            }
            ReviewTold::Looked { search, sessions } => {
                for (name, hits) in sessions {
                    self.found.looked(&search, name, hits, self.archive.summary(&name));
                }
            }
            ReviewTold::Read(read) => self.opened(&read, view),
            ReviewTold::NotRead(why) => {
                (self.opens, self.doing) = (None, None);
                self.notice = Some(Notice::NotDone(why));
            }
            ReviewTold::Said(changed) => {
                (self.doing, self.begun) = (None, None);
                self.notice = Some(Notice::Said(changed.len()));
                self.table.forget_chosen();
                self.changed(changed, view);
            }
            ReviewTold::Erased(name) => {
                self.doing = None;
                self.archive.remove(&name);
                self.notice = Some(Notice::Erased);
                if matches!(&self.page, Page::Session(_, read) if read.summary.name == name) {
                    self.page = self.below();
                }
                self.refresh(view);
            }
            // A stop that came meanwhile counts.
            ReviewTold::HandsOn { done, of } => {
                if matches!(self.notice, Some(Notice::Working | Notice::HandsOn { .. })) {
                    self.notice = Some(Notice::HandsOn { done, of });
                }
            }
            ReviewTold::HandedOn(Ok(handed)) => {
                self.doing = None;
                self.table.forget_chosen();
                self.notice = Some(Notice::HandedOn(handed));
                self.refresh(view);
            }
            ReviewTold::HandedOn(Err(why)) => (self.doing, self.notice) = (None, Some(Notice::NotDone(why))),
            ReviewTold::NotSaid(why, changed) => {
                self.changed(changed, view);
                match self.doing.take() {
                    Some(doing) if doing.has_words() => {
                        (self.asking, self.notice) = (Some(doing.failed(&why, view)), None);
                    }
                    _ => self.notice = Some(Notice::NotDone(why)),
                }
            }
        }
    }

    /// A session was read: it is shown where it is still wanted.
    fn opened(&mut self, read: &Arc<ReadSession>, view: &View) {
        let Some((_, event)) = self.opens.filter(|(wanted, _)| *wanted == read.summary.name) else { return };
        (self.opens, self.doing, self.notice) = (None, None, None);
        // The keys of the page beneath would take every key, and not be seen.
        self.keys = None;
        let page = SessionPage::new(Arc::clone(read));
        let page = match event {
            Some(event) => page.at_event(event),
            None => page,
        };
        self.page = Page::Session(Box::new(page), Arc::clone(read));
        self.refresh(view);
    }

    /// Something stands beside these sessions now. A page that shows one shows it.
    fn changed(&mut self, changed: Vec<Summary>, view: &View) {
        for summary in changed {
            if let Page::Session(page, read) = &mut self.page
                && read.summary.name == summary.name
            {
                *read = Arc::new(ReadSession {
                    summary: summary.clone(),
                    head: read.head,
                    protocol: Arc::clone(&read.protocol),
                    events: Arc::clone(&read.events),
                    reviewed: read.reviewed.clone(),
                });
                page.marked(Arc::clone(read));
            }
            // One that is still on its way comes with it.
            if self.archive.summary(&summary.name).is_some() {
                self.archive.replace(summary);
            }
        }
        self.refresh(view);
    }

    fn refresh(&mut self, view: &View) {
        self.first.refresh(&self.archive, view.now, self.keeps_for, view.size);
        self.table.refresh(&self.archive, Context { now: view.now, keeps_for: self.keeps_for });
        if let Page::Session(page, read) = &mut self.page {
            page.renewed(session::renewed(&self.archive, &read.summary));
        }
    }

    fn below(&self) -> Page {
        match self.beneath {
            Beneath::First => Page::First,
            Beneath::Table => Page::Table,
            Beneath::Found => Page::Found,
        }
    }

    fn below_words(&self) -> Page {
        if self.words_from == Beneath::Table { Page::Table } else { Page::First }
    }

    /// The keys that work on the lists and the table.
    fn context(&self, view: &View) -> keys::Context {
        let (at, some, digits) = match &self.page {
            Page::Table if self.table.is_typing() => (Where::Filtering, false, Vec::new()),
            Page::Table => (Where::Sessions, !self.table.is_empty(), (0..=9).collect()),
            Page::First | Page::Session(..) | Page::Figures(_) | Page::Found => {
                let size = view.size;
                (Where::Lists, !self.first.is_empty(size), self.first.digits(size).into_iter().collect())
            }
        };
        let empty = if self.table.filter_text().is_empty() { Can::Empty } else { Can::Filled };
        let alarms = at == Where::Lists
            && self.looked_at(view.size).is_some_and(|(summary, _)| !summary.dangers.is_empty());
        let can = some.then_some(Can::Line).into_iter().chain(alarms.then_some(Can::Alarms));
        let can = can.chain([empty]).collect();
        keys::Context { at, digits: digits.into_iter().collect(), can, responses: Vec::new() }
    }

    /// Takes a key; those that hide and come back are the stack's.
    pub fn press(&mut self, key: Key, view: &View) -> ReviewDoes {
        if let Some(asking) = &mut self.asking {
            return match asking.press(key, view) {
                AskingDoes::Stays => ReviewDoes::Stays,
                AskingDoes::Closes => {
                    self.by = asking.by().cloned();
                    self.begun = asking.remark_begun().or(self.begun.take());
                    self.asking = None;
                    // Whoever does not say who she is opens nothing.
                    self.wants_no_more();
                    ReviewDoes::Stays
                }
                AskingDoes::Asks(by, wish) => {
                    let opens = matches!(wish, ReviewWish::Read { .. });
                    self.notice = Some(if opens { Notice::Opening } else { Notice::Working });
                    (self.doing, self.by) = (self.asking.take(), Some(by));
                    ReviewDoes::Asks(wish)
                }
            };
        }
        if matches!(self.notice, Some(Notice::HandsOn { .. })) && key == Key::Left {
            self.notice = None;
            return ReviewDoes::Asks(ReviewWish::HandOnNoMore);
        }
        // What is being done stands until it is done.
        if !matches!(self.notice, Some(Notice::Opening | Notice::Working | Notice::HandsOn { .. })) {
            self.notice = None;
        }
        let of = self.context(view);
        if let Some(page) = &mut self.keys {
            if page.press(key, &of, view) == KeysDo::Close {
                self.keys = None;
            }
            return ReviewDoes::Stays;
        }
        match &mut self.page {
            Page::Session(page, read) => {
                let name = read.summary.name;
                match page.press(key, view) {
                    SessionDoes::Stays => {}
                    SessionDoes::Closes => self.page = self.below(),
                    SessionDoes::Asks(SessionWish::SignOff) => self.ask(Deed::SignOff(vec![name])),
                    SessionDoes::Asks(SessionWish::Remark(on)) => self.ask(Deed::Remark(name, on)),
                    SessionDoes::Asks(SessionWish::Mark(on)) => self.ask(Deed::Mark(name, on)),
                    SessionDoes::Asks(SessionWish::MarkAlarms) => {
                        let alarms = Alarms::of(&read.summary, moment::today(view.now));
                        self.ask(Deed::MarkAlarms(name, alarms));
                    }
                    SessionDoes::Asks(SessionWish::Export) => self.ask(Deed::HandOn(vec![name])),
                }
                ReviewDoes::Stays
            }
            Page::Figures(page) => {
                if page.press(key, view) == SessionDoes::Closes {
                    self.page = self.below();
                }
                ReviewDoes::Stays
            }
            Page::Found => match self.found.press(key, view) {
                FoundDoes::Stays => ReviewDoes::Stays,
                FoundDoes::Closes => {
                    self.wants_no_more();
                    self.page = self.below_words();
                    ReviewDoes::Asks(ReviewWish::LookNoMore)
                }
                FoundDoes::Looks(search) => {
                    let sessions = match self.words_from {
                        Beneath::Table => self.table.names(&self.archive),
                        Beneath::First | Beneath::Found => newest_first(&self.archive),
                    };
                    self.found.begins(&sessions);
                    ReviewDoes::Asks(ReviewWish::Look { search, sessions })
                }
                FoundDoes::Opens(session, event) => self.read(session, Some(event), Beneath::Found),
            },
            Page::Table if self.table.is_typing() => {
                if keys::action(key, &of) == Some(Action::Help) {
                    self.keys = Some(KeysPage::default());
                } else if self.table.type_filter(key) == Filtered::Anew {
                    self.refresh(view);
                }
                ReviewDoes::Stays
            }
            Page::First | Page::Table => {
                let Some(action) = keys::action(key, &self.context(view)) else { return ReviewDoes::Stays };
                self.act(action, key, view)
            }
        }
    }

    fn ask(&mut self, deed: Deed) {
        let words = match (&deed, &self.begun) {
            (Deed::Remark(session, on), Some((of, about, words))) if session == of && on == about => {
                words.clone()
            }
            _ => String::new(),
        };
        let known = Known { by: self.by.as_ref(), readers: self.readers.as_deref() };
        self.asking = Some(Asking::new(deed, known, words));
    }

    /// What a key of the lists or the table does.
    fn act(&mut self, action: Action, key: Key, view: &View) -> ReviewDoes {
        let size = view.size;
        let jump = usize::from(size.height.saturating_sub(4)).max(1);
        match action {
            Action::Up => self.move_to(|line, _| line.saturating_sub(1), size),
            Action::Down => self.move_to(|line, last| (line + 1).min(last), size),
            Action::PageUp => self.move_to(|line, _| line.saturating_sub(jump), size),
            Action::PageDown => self.move_to(|line, last| (line + jump).min(last), size),
            Action::Review(ReviewKey::First) => self.move_to(|_, _| 0, size),
            Action::Review(ReviewKey::Last) => self.move_to(|_, last| last, size),
            Action::Languages => return ReviewDoes::NextLanguage,
            Action::Help => self.keys = Some(KeysPage::default()),
            Action::Enter => return self.enter(size),
            Action::Digit => {
                if let Some(digit) = keys::digit(key)
                    && let Leads::To(session, event) = self.first.digit(digit, size)
                {
                    return self.read(session, event, Beneath::First);
                }
            }
            Action::Back => return self.back(view),
            Action::Review(ReviewKey::Table) => self.page = Page::Table,
            Action::Review(ReviewKey::Filter) => {
                self.page = Page::Table;
                self.table.open_filter();
                self.refresh(view);
            }
            Action::Review(ReviewKey::Sort) => {
                if let Some(column) = keys::digit(key).and_then(table::column_of) {
                    self.table.sort(column);
                    self.refresh(view);
                }
            }
            Action::Review(ReviewKey::SortSigned) => {
                self.table.sort(Column::Signed);
                self.refresh(view);
            }
            Action::Review(ReviewKey::Select) => self.table.choose(&self.archive),
            Action::Review(ReviewKey::SameCase) => {
                if let Some(case) = self.looked_at(size).map(|(summary, _)| Arc::clone(&summary.case)) {
                    self.table.of_case(&case);
                    self.page = Page::Table;
                    self.refresh(view);
                }
            }
            Action::Review(ReviewKey::Words) => {
                self.words_from =
                    if matches!(self.page, Page::Table) { Beneath::Table } else { Beneath::First };
                (self.found, self.page) = (FoundPage::default(), Page::Found);
            }
            Action::Review(ReviewKey::Figures) => {
                let figures = Figures::of(self.archive.summaries());
                self.beneath = if matches!(self.page, Page::Table) { Beneath::Table } else { Beneath::First };
                self.page = Page::Figures(Box::new(FiguresPage::new(figures)));
            }
            Action::Review(key) => self.deed(key, view),
            _ => {}
        }
        ReviewDoes::Stays
    }

    /// What is put beside what is looked at.
    fn deed(&mut self, key: ReviewKey, view: &View) {
        let (size, today) = (view.size, moment::today(view.now));
        let many = match &self.page {
            Page::Table => self.table.chosen(&self.archive),
            _ => self.looked_at(size).map(|(summary, _)| summary.name).into_iter().collect(),
        };
        let Some((summary, event)) = self.looked_at(size) else {
            match key {
                ReviewKey::SignOff if self.table.has_chosen() => self.ask(Deed::SignOff(many)),
                ReviewKey::HandOn if self.table.has_chosen() => self.ask(Deed::HandOn(many)),
                _ => {}
            }
            return;
        };
        let (name, case) = (summary.name, (*summary.case).clone());
        let on = event.map_or(On::Session, On::Event);
        match key {
            ReviewKey::SignOff => self.ask(Deed::SignOff(many)),
            ReviewKey::Remark => self.ask(Deed::Remark(name, on)),
            ReviewKey::Mark => self.ask(Deed::Mark(name, on)),
            ReviewKey::MarkAlarms => {
                let alarms = Alarms::of(summary, today);
                self.ask(Deed::MarkAlarms(name, alarms));
            }
            ReviewKey::Erase => self.ask(Deed::Erase(name, case)),
            ReviewKey::HandOn => self.ask(Deed::HandOn(many)),
            _ => {}
        }
    }

    /// The session that is looked at, and the event.
    fn looked_at(&self, size: Size) -> Option<(&Summary, Option<u64>)> {
        match &self.page {
            Page::Table => self.table.looked_at(&self.archive).map(|summary| (summary, None)),
            Page::First => {
                let entry = self.first.looked_at(size)?;
                Some((self.archive.summary(&entry.session?)?, entry.event))
            }
            Page::Session(_, read) => Some((&read.summary, None)),
            Page::Figures(_) | Page::Found => None,
        }
    }

    fn move_to(&mut self, to: impl FnOnce(usize, usize) -> usize, size: Size) {
        match &self.page {
            Page::Table => self.table.move_to(to),
            _ => self.first.move_to(to, size),
        }
    }

    fn enter(&mut self, size: Size) -> ReviewDoes {
        if matches!(self.page, Page::Table) {
            if let Some(file) = self.table.unreadable_at(&self.archive) {
                self.notice = Some(Notice::Unreadable(file.file.clone()));
                return ReviewDoes::Stays;
            }
            let name = self.table.looked_at(&self.archive).map(|summary| summary.name);
            return name.map_or(ReviewDoes::Stays, |name| self.read(name, None, Beneath::Table));
        }
        match self.first.enter(size) {
            Leads::To(session, event) => self.read(session, event, Beneath::First),
            Leads::Nowhere => ReviewDoes::Stays,
        }
    }

    /// Who goes back while a session is being opened does not want it any more: it must not come on top later.
    fn wants_no_more(&mut self) {
        if self.opens.take().is_some() {
            self.notice = None;
        }
    }

    fn read(&mut self, session: SessionName, event: Option<u64>, beneath: Beneath) -> ReviewDoes {
        self.opens = Some((session, event));
        self.beneath = beneath;
        // Who opened it stands beside it, so she says once who she is.
        let Some(by) = self.by.clone() else {
            self.ask(Deed::Open(session));
            return ReviewDoes::Stays;
        };
        self.notice = Some(Notice::Opening);
        ReviewDoes::Asks(ReviewWish::Read { session, by })
    }

    /// One step back: a case, a filter, a long list, the table, and then the review is left.
    fn back(&mut self, view: &View) -> ReviewDoes {
        self.wants_no_more();
        match &self.page {
            Page::Table => {
                if self.table.step_back() {
                    self.refresh(view);
                } else {
                    self.page = Page::First;
                }
                ReviewDoes::Stays
            }
            _ if self.first.shorten(view.size) => ReviewDoes::Stays,
            _ => ReviewDoes::Closes,
        }
    }

    /// Takes a paste into the field that is open, if any.
    pub fn paste(&mut self, text: &str, view: &View) {
        match (&mut self.asking, &mut self.page) {
            (Some(asking), _) => asking.paste(text),
            (None, Page::Session(page, _)) => page.paste(text),
            (None, Page::Found) => self.found.paste(text),
            (None, Page::Table) if self.table.is_typing() => {
                self.table.paste_filter(text);
                self.refresh(view);
            }
            _ => {}
        }
    }

    /// Draws it over whatever the buffer has.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        clear(area, buffer);
        if area.height == 0 || area.width == 0 {
            return None;
        }
        if let Some(asking) = &self.asking {
            return asking.draw(view, area, buffer);
        }
        let ink = Ink::new(view.look.colour);
        let columns = usize::from(area.width.saturating_sub(2)).max(1);
        let notice = self.notice.as_ref();
        let notice = notice.map_or_else(Vec::new, |notice| notice.lines(&self.archive, view, columns));
        let below = u16::try_from(notice.len()).unwrap_or(0).min(area.height.saturating_sub(1));
        let room = Rect { height: area.height - below, ..area };
        let cursor = match &self.page {
            Page::Session(page, _) => page.draw(view, room, buffer),
            Page::Found => self.found.draw(view, room, buffer),
            Page::Figures(page) => {
                page.draw(view, room, buffer);
                None
            }
            Page::First | Page::Table if self.keys.is_some() => {
                if let Some(keys) = &self.keys {
                    keys.draw(&self.context(view), view, room, buffer);
                }
                None
            }
            Page::First | Page::Table => self.draw_many(view, ink, room, buffer),
        };
        for (y, line) in (room.bottom()..area.bottom()).zip(notice) {
            buffer.set_stringn(
                area.x + 1.min(area.width),
                y,
                line,
                usize::from(area.width - 1),
                ink.notice(),
            );
        }
        cursor
    }

    /// The same as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        let area = Rect::new(0, 0, 160, 60);
        let mut buffer = Buffer::empty(area);
        self.draw(view, area, &mut buffer);
        let row = |y| {
            (0..area.width)
                .filter_map(|x| buffer.cell((x, y)))
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
        };
        (0..area.height).map(|y| row(y).trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
    }
}

/// All sessions, the newest first.
fn newest_first(archive: &Archive) -> Vec<SessionName> {
    let mut all: Vec<(i64, SessionName)> =
        archive.summaries().iter().map(|one| (one.begun.wall, one.name)).collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    all.into_iter().map(|(_, name)| name).collect()
}
