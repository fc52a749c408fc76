//! One session on the screen: its page, the list played back, and words that are looked for in it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::journal::On;
use crate::machine::{At, Event};
use crate::protocol::Protocol;
use crate::review::{Archive, Reviewed, Search, Summary};
use crate::seal::HeadCode;
use crate::text::{Language, StepId, width};
use crate::words::{PageSays, SessionKey, Telling};

use super::keys_page::{KeysDo, KeysPage, foot, framed, inner, place};
use super::long_page::{Looking, MARGIN, Way};
use super::replay::Replay;
use super::telling::{Teller, Thing, Told, title};
use crate::ui::field::{Drawn, Field, Typed};
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::keys::{Action, Can, Context, Where, action};
use crate::ui::moment;
use crate::ui::view::{Colour, View};

/// The most characters that are looked for.
const MOST_SOUGHT: usize = 60;

/// A session that was opened to be read.
#[derive(Debug)]
pub struct ReadSession {
    /// What the table knows of it.
    pub summary: Summary,
    /// The code of its file, where that was read whole; it takes some hundredths of a second, and so comes with it.
    pub head: Option<HeadCode>,
    /// Its protocol.
    pub protocol: Arc<Protocol>,
    /// Its events.
    pub events: Arc<Vec<Event>>,
    /// What can be said of it.
    pub reviewed: Reviewed,
}

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to where it was opened from.
    Closes,
    /// Something is asked for.
    Asks(SessionWish),
}

/// What the page of a session asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionWish {
    /// It is to be signed off.
    SignOff,
    /// A remark is to be written on this.
    Remark(On),
    /// A mark is to be set on this.
    Mark(On),
    /// One mark is to be set on all its alarms.
    MarkAlarms,
    /// It is to be handed on.
    Export,
}

/// What is on top of the page.
#[derive(Debug, Clone)]
enum Top {
    Nothing,
    Replay(Box<Replay>),
    Seeking(Field),
}

/// What was looked for, and what was found.
#[derive(Debug, Clone)]
struct Sought {
    words: String,
    events: Vec<u64>,
    at: usize,
}

/// The page of one session.
#[derive(Debug)]
pub struct SessionPage {
    read: Arc<ReadSession>,
    top: Top,
    keys: Option<KeysPage>,
    /// The line that is looked at; none before it was drawn or a key came.
    looking: Looking,
    /// The moment to open at.
    opens_at: Option<u64>,
    sought: Option<Sought>,
    told: RefCell<Option<Made>>,
    renewed: Renewed,
}

/// What this session promised and a later one of the same case dealt with anew: the steps, and when that one began.
pub(super) type Renewed = Vec<(StepId, At)>;

/// Finds that in the archive; the latest of the later sessions says when.
pub(super) fn renewed(archive: &Archive, summary: &Summary) -> Renewed {
    let of_case = if summary.dues.is_empty() { Vec::new() } else { archive.of_case(&summary.case) };
    let dues = summary.dues.iter().map(|due| &due.what);
    let anew = dues.filter_map(|due| {
        let later = of_case.iter().rfind(|later| later.renews(summary, due))?;
        Some((due.step.clone(), later.begun))
    });
    anew.collect()
}

/// A page as it was made for a screen.
#[derive(Debug, Clone)]
struct Made {
    language: Language,
    zone: i32,
    columns: usize,
    colour: Colour,
    told: Rc<Told>,
}

impl SessionPage {
    /// The page of a session, at its beginning.
    pub fn new(read: Arc<ReadSession>) -> Self {
        Self {
            read,
            top: Top::Nothing,
            keys: None,
            looking: Looking::default(),
            opens_at: None,
            sought: None,
            told: RefCell::new(None),
            renewed: Renewed::new(),
        }
    }

    /// Later sessions of the same case were read.
    pub(super) fn renewed(&mut self, renewed: Renewed) {
        if self.renewed != renewed {
            (self.renewed, self.told) = (renewed, RefCell::new(None));
        }
    }

    /// The same page, opened at an event, by its number from 1.
    #[must_use]
    pub fn at_event(mut self, event: u64) -> Self {
        self.opens_at = Some(event);
        self
    }

    /// Something stands beside the session now: the same page, told anew.
    pub fn marked(&mut self, read: Arc<ReadSession>) {
        self.read = read;
        self.told = RefCell::new(None);
    }

    /// What is due is told by the clock of whoever reads, as on the start screen.
    fn telling(&self, view: &View) -> Telling<'_> {
        Telling::new(view.language, Some(&self.read.protocol), view.now.zone)
    }

    /// The page for a screen; made anew only where that is another one.
    fn told(&self, view: &View, width: u16) -> Rc<Told> {
        let columns = usize::from(width.saturating_sub(MARGIN)).max(1);
        let (language, zone, colour) = (view.language, view.now.zone, view.look.colour);
        let mut made = self.told.borrow_mut();
        let fits = made.as_ref().filter(|made| {
            (made.language, made.zone, made.columns, made.colour) == (language, zone, columns, colour)
        });
        if let Some(made) = fits {
            return Rc::clone(&made.told);
        }
        let telling = self.telling(view);
        let (today, renewed) = (moment::today(view.now), self.renewed.as_slice());
        let (read, ink, head) = (&*self.read, Ink::new(colour), self.read.head);
        let told = Rc::new(Teller { read, telling: &telling, ink, columns, head, today, renewed }.tell());
        *made = Some(Made { language, zone, columns, colour, told: Rc::clone(&told) });
        told
    }

    /// The line that is looked at, and the rows in sight, on a screen of a height.
    fn looking(&self, told: &Told, height: u16) -> (Looking, usize) {
        let sight = sight(height);
        let mut looking = self.looking;
        if let Some(event) = self.opens_at {
            told.page.look_at(&mut looking, told.line_of(event), sight);
        }
        (told.page.in_sight(looking, sight), sight)
    }

    /// What takes keys, and what can be done.
    pub(in crate::ui) fn context(&self, view: &View) -> Context {
        let page = self.context_under_keys(view);
        if self.keys.is_some() { KeysPage::context(&page, view) } else { page }
    }

    /// The page under what lies on top: the place that its keys are told of.
    fn context_under_keys(&self, view: &View) -> Context {
        let mut context = place(self.place());
        if let Top::Seeking(field) = &self.top {
            context.can.insert(if field.text().is_empty() { Can::Empty } else { Can::Filled });
        }
        if !self.against().is_empty() {
            context.can.insert(Can::Against);
        }
        if !self.read.summary.dangers.is_empty() {
            context.can.insert(Can::Alarms);
        }
        if self.sought.as_ref().is_some_and(|sought| !sought.events.is_empty()) {
            context.can.insert(Can::Found);
        }
        let told = self.told(view, view.size.width);
        let (looking, _) = self.looking(&told, view.size.height);
        let leads = told.at(looking.thing).is_some_and(|thing| thing.event.is_some());
        if leads && !told.is_event(looking.thing) {
            context.can.insert(Can::Line);
        }
        if let Top::Replay(replay) = &self.top
            && replay.scrolls(&self.read, &self.telling(view), view)
        {
            context.can.insert(Can::Scroll);
        }
        context
    }

    /// What is on the screen, but for its keys.
    fn place(&self) -> Where {
        match &self.top {
            Top::Nothing => Where::Session,
            Top::Replay(_) => Where::Replay,
            Top::Seeking(_) => Where::Seeking,
        }
    }

    /// The events that went against the protocol, in order.
    fn against(&self) -> Vec<u64> {
        let found = self.read.reviewed.deviations.iter().filter_map(|found| found.event);
        let mut events: Vec<u64> = found.collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> SessionDoes {
        if self.keys.is_some() {
            let of = self.context_under_keys(view);
            if self.keys.as_mut().is_some_and(|keys| keys.press(key, &of, view) == KeysDo::Close) {
                self.keys = None;
            }
            return SessionDoes::Stays;
        }
        if matches!(self.top, Top::Seeking(_)) {
            if action(key, &self.context(view)) == Some(Action::Help) {
                self.keys = Some(KeysPage::default());
                return SessionDoes::Stays;
            }
            self.seek(key, view);
            return SessionDoes::Stays;
        }
        let Some(action) = action(key, &self.context(view)) else { return SessionDoes::Stays };
        let told = self.told(view, view.size.width);
        let (looking, sight) = self.looking(&told, view.size.height);
        (self.looking, self.opens_at) = (looking, None);
        match action {
            Action::Up => self.go(Way::Up, &told, sight, view),
            Action::Down => self.go(Way::Down, &told, sight, view),
            Action::PageUp => self.go(Way::PageUp, &told, sight, view),
            Action::PageDown => self.go(Way::PageDown, &told, sight, view),
            Action::Back => return SessionDoes::Closes,
            Action::Help => self.keys = Some(KeysPage::default()),
            Action::Enter => {
                if let Some(event) = told.at(looking.thing).and_then(|thing| thing.event) {
                    self.look_at(event, &told, sight);
                }
            }
            Action::Session(key) => return self.does(key, &told, sight),
            _ => {}
        }
        SessionDoes::Stays
    }

    /// Goes through the page, or through the card of the list played back.
    fn go(&mut self, way: Way, told: &Told, sight: usize, view: &View) {
        let read = Arc::clone(&self.read);
        let telling = Telling::new(view.language, Some(&read.protocol), view.now.zone);
        match &mut self.top {
            Top::Replay(replay) => replay.scroll(way, &read, &telling, view),
            Top::Nothing | Top::Seeking(_) => told.page.go(&mut self.looking, way, sight),
        }
    }

    fn does(&mut self, key: SessionKey, told: &Told, sight: usize) -> SessionDoes {
        let thing = told.at(self.looking.thing).unwrap_or(Thing { event: None, on: On::Session });
        let event = match &self.top {
            Top::Replay(replay) => Some(replay.at()),
            _ => thing.event,
        };
        let on = match &self.top {
            Top::Replay(replay) => On::Event(replay.at()),
            _ => thing.on,
        };
        let all = u64::try_from(self.read.events.len()).unwrap_or(u64::MAX);
        let here = event.unwrap_or(0);
        match key {
            SessionKey::SignOff => return SessionDoes::Asks(SessionWish::SignOff),
            SessionKey::Export => return SessionDoes::Asks(SessionWish::Export),
            SessionKey::Remark => return SessionDoes::Asks(SessionWish::Remark(on)),
            SessionKey::Mark => return SessionDoes::Asks(SessionWish::Mark(on)),
            SessionKey::MarkAlarms => return SessionDoes::Asks(SessionWish::MarkAlarms),
            SessionKey::Replay => self.top = Top::Replay(Box::new(Replay::after(&self.read, here))),
            SessionKey::EndReplay => {
                self.top = Top::Nothing;
                self.look_at(here, told, sight);
            }
            SessionKey::Forth => self.go_to((here + 1).min(all), told, sight),
            SessionKey::Back => self.go_to(here.saturating_sub(1).max(1), told, sight),
            SessionKey::NextAgainst => {
                let here = if self.is_moment(told) { here } else { 0 };
                if let Some(next) = self.against().into_iter().find(|event| *event > here) {
                    self.go_to(next, told, sight);
                }
            }
            SessionKey::LastAgainst => {
                if let Some(last) = self.against().into_iter().rev().find(|event| *event < here) {
                    self.go_to(last, told, sight);
                }
            }
            SessionKey::First | SessionKey::Last => {
                let first = key == SessionKey::First;
                if matches!(self.top, Top::Replay(_)) {
                    self.go_to(if first { 1 } else { all }, told, sight);
                } else {
                    told.page.go(&mut self.looking, if first { Way::First } else { Way::Last }, sight);
                }
            }
            SessionKey::Seek => self.top = Top::Seeking(Field::new(MOST_SOUGHT)),
            SessionKey::NextFound => {
                if let Some(sought) = &mut self.sought {
                    sought.at = (sought.at + 1) % sought.events.len().max(1);
                }
                self.look_at_found(told, sight);
            }
        }
        SessionDoes::Stays
    }

    /// Whether a moment is looked at, and not a line that leads to one.
    fn is_moment(&self, told: &Told) -> bool {
        matches!(self.top, Top::Replay(_)) || told.is_event(self.looking.thing)
    }

    /// To an event, in the list played back or on the page.
    fn go_to(&mut self, event: u64, told: &Told, sight: usize) {
        if matches!(self.top, Top::Replay(_)) {
            self.top = Top::Replay(Box::new(Replay::after(&self.read, event)));
        } else {
            self.look_at(event, told, sight);
        }
    }

    fn look_at(&mut self, event: u64, told: &Told, sight: usize) {
        told.page.look_at(&mut self.looking, told.line_of(event), sight);
    }

    fn seek(&mut self, key: Key, view: &View) {
        let Top::Seeking(field) = &mut self.top else { return };
        match field.press(key) {
            Typed::Taken | Typed::NotMine => {}
            Typed::Closed => self.top = Top::Nothing,
            Typed::Kept => {
                let words = field.take();
                let Some(search) = Search::new(&words) else { return };
                let mut events: Vec<u64> =
                    search.in_events(&self.read.events).into_iter().map(|hit| hit.event).collect();
                events.dedup();
                self.top = Top::Nothing;
                self.sought = Some(Sought { words: words.trim().to_owned(), events, at: 0 });
                let told = self.told(view, view.size.width);
                let (looking, sight) = self.looking(&told, view.size.height);
                (self.looking, self.opens_at) = (looking, None);
                self.look_at_found(&told, sight);
            }
        }
    }

    fn look_at_found(&mut self, told: &Told, sight: usize) {
        let found = self.sought.as_ref().and_then(|sought| sought.events.get(sought.at).copied());
        if let Some(event) = found {
            self.look_at(event, told, sight);
        }
    }

    /// Takes a paste, where a field is open.
    pub fn paste(&mut self, text: &str) {
        if let (Top::Seeking(field), None) = (&mut self.top, &self.keys) {
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
            keys.draw(&self.context_under_keys(view), view, area, buffer);
            return None;
        }
        let telling = self.telling(view);
        // A sentence below may have taken rows of the screen: what can be scrolled is what is drawn.
        let view = &View { size: area.as_size(), ..*view };
        let context = self.context(view);
        if let Top::Replay(replay) = &self.top {
            replay.draw(&self.read, &telling, view, area, buffer);
            foot(language, ink, &context, area, buffer);
            return None;
        }
        let told = self.told(view, area.width);
        let (looking, sight) = self.looking(&told, area.height);
        framed(&title(&self.read, &telling, usize::from(area.width.saturating_sub(1))), ink, area, buffer);
        let mut rows = inner(area);
        rows.height = u16::try_from(sight).unwrap_or(u16::MAX).min(rows.height);
        told.page.draw(looking, ink, rows, buffer);
        let cursor = self.draw_status(&told, looking, view, area, buffer);
        foot(language, ink, &context, area, buffer);
        cursor
    }

    /// The row above the hints: the field that looks for words, what was found, or how much lies below.
    fn draw_status(
        &self,
        told: &Told,
        looking: Looking,
        view: &View,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        if area.height < STATUS_FROM {
            return None;
        }
        let (ink, language) = (Ink::new(view.look.colour), view.language);
        let row = Rect { y: area.bottom() - 2, height: 1, ..area };
        if let Top::Seeking(field) = &self.top {
            let label = format!(" {}: ", PageSays::Seek.text(language));
            buffer.set_stringn(row.x, row.y, &label, usize::from(row.width), ink.title());
            let wide = u16::try_from(width(&label)).unwrap_or(u16::MAX).min(row.width);
            let field_area = Rect { x: row.x + wide, width: row.width - wide, ..row };
            return field.draw(Drawn::Plain, ink, field_area, buffer);
        }
        let below = told.page.below_sight(looking, sight(area.height));
        let says = match &self.sought {
            Some(sought) if sought.events.is_empty() => PageSays::FoundNowhere(&sought.words).text(language),
            Some(sought) => PageSays::Found(sought.at + 1, sought.events.len()).text(language),
            None if below > 0 => PageSays::Below(below).text(language),
            None => String::new(),
        };
        buffer.set_string(row.x, row.y, "─".repeat(usize::from(row.width)), ink.dim());
        if !says.is_empty() {
            let room = usize::from(row.width.saturating_sub(4));
            let text = format!(" {} ", crate::text::cut(&says, room.saturating_sub(2)));
            let style = if self.sought.is_some() { ink.notice() } else { ink.dim() };
            buffer.set_stringn(row.x + 2, row.y, text, room, style);
        }
        None
    }
}

/// From so many rows on there is one for what is said.
const STATUS_FROM: u16 = 6;

/// The rows for the page on a screen of a height: without title, hints, and what is said.
fn sight(height: u16) -> usize {
    let around = if height >= STATUS_FROM { 3 } else { 2 };
    usize::from(height.saturating_sub(around)).max(1)
}
