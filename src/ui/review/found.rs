//! Words that are looked for in many sessions: the field, how far the search has come, and a line for each place.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::journal::SessionName;
use crate::machine::At;
use crate::protocol::Protocol;
use crate::review::{Hit, Search, Summary};
use crate::text::{CaseCode, line_safe, width};
use crate::words::{FoundSays, SessionKey, Telling};

use super::keys_page::{KeysDo, KeysPage, foot, framed, inner, place};
use super::long_page::{LongPage, Looking, MARGIN, Way, wrapped};
use crate::ui::field::{Drawn, Field, Typed};
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::keys::{Action, Can, Context, Where, action};
use crate::ui::view::View;

/// The most characters that are looked for.
const MOST_SOUGHT: usize = 60;
/// The most places that are listed. Who has more than these looks for one word more.
const MOST_PLACES: usize = 300;
/// The most rows of a text that are shown around its first word.
const ROWS: usize = 2;

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to where it was opened from.
    Closes,
    /// These words are to be looked for.
    Looks(Search),
    /// To this session, at this event.
    Opens(SessionName, u64),
}

/// The page.
#[derive(Debug)]
pub struct FoundPage {
    /// The field, while it is open.
    field: Option<Field>,
    sought: Option<Sought>,
    looking: Looking,
    keys: Option<KeysPage>,
}

/// A search that was begun.
#[derive(Debug)]
struct Sought {
    words: String,
    search: Search,
    /// The places of the sessions in which is looked, the newest first.
    order: HashMap<SessionName, usize>,
    looked: usize,
    /// How many places there are, in how many sessions.
    places: usize,
    sessions: usize,
    listed: Vec<Place>,
}

/// A place where the words stand.
#[derive(Debug)]
struct Place {
    order: usize,
    session: SessionName,
    case: Arc<CaseCode>,
    begun: At,
    protocol: Option<Arc<Protocol>>,
    hit: Hit,
}

impl Default for FoundPage {
    fn default() -> Self {
        Self { field: Some(Field::new(MOST_SOUGHT)), sought: None, looking: Looking::default(), keys: None }
    }
}

impl FoundPage {
    /// The search has begun, in these sessions, in their order.
    pub fn begins(&mut self, sessions: &[SessionName]) {
        if let Some(sought) = &mut self.sought {
            sought.order = sessions.iter().enumerate().map(|(order, name)| (*name, order)).collect();
        }
    }

    /// One session was looked through for these words. What is for an earlier search is dropped.
    pub fn looked(
        &mut self,
        search: &Search,
        session: SessionName,
        hits: Vec<Hit>,
        summary: Option<&Summary>,
    ) {
        let Some(sought) = self.sought.as_mut().filter(|sought| sought.search == *search) else { return };
        let Some(order) = sought.order.get(&session).copied() else { return };
        sought.looked += 1;
        let (Some(summary), false) = (summary, hits.is_empty()) else { return };
        sought.places += hits.len();
        sought.sessions += 1;
        let at = sought.listed.partition_point(|place| place.order < order);
        let places = hits.into_iter().take(MOST_PLACES).map(|hit| Place {
            order,
            session,
            case: Arc::clone(&summary.case),
            begun: summary.begun,
            protocol: summary.protocol.clone(),
            hit,
        });
        let before = sought.listed.len();
        sought.listed.splice(at..at, places);
        // Whoever reads a place stays at it while others come in above.
        if at <= self.looking.thing && self.looking.thing > 0 {
            let come = sought.listed.len() - before;
            self.looking.thing += come;
        }
        sought.listed.truncate(MOST_PLACES);
    }

    /// What takes keys, and what can be done.
    pub(in crate::ui) fn context(&self, view: &View) -> Context {
        let page = self.under_keys();
        if self.keys.is_some() { KeysPage::context(&page, view) } else { page }
    }

    /// The same without the keys: what those are told of.
    fn under_keys(&self) -> Context {
        let mut context = place(if self.field.is_some() { Where::Seeking } else { Where::Found });
        match &self.field {
            Some(field) => {
                context.can.insert(if field.text().is_empty() { Can::Empty } else { Can::Filled });
            }
            None if self.place().is_some() => {
                context.can.insert(Can::Line);
            }
            None => {}
        }
        context
    }

    fn place(&self) -> Option<&Place> {
        let listed = &self.sought.as_ref()?.listed;
        listed.get(self.looking.thing.min(listed.len().saturating_sub(1)))
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> FoundDoes {
        let of = self.under_keys();
        if let Some(keys) = &mut self.keys {
            if keys.press(key, &of, view) == KeysDo::Close {
                self.keys = None;
            }
            return FoundDoes::Stays;
        }
        if action(key, &of) == Some(Action::Help) {
            self.keys = Some(KeysPage::default());
            return FoundDoes::Stays;
        }
        if self.field.is_some() {
            return self.type_words(key);
        }
        let action = action(key, &of);
        let way = match (action.and_then(Way::of), action) {
            (Some(way), _) => way,
            (None, Some(Action::Session(SessionKey::Seek))) => {
                self.field = Some(Field::new(MOST_SOUGHT));
                return FoundDoes::Stays;
            }
            (None, Some(Action::Enter)) => {
                let opens = |place: &Place| FoundDoes::Opens(place.session, place.hit.event);
                return self.place().map_or(FoundDoes::Stays, opens);
            }
            (None, Some(Action::Back)) => return FoundDoes::Closes,
            _ => return FoundDoes::Stays,
        };
        let area = Rect::new(0, 0, view.size.width, view.size.height);
        let page = self.page(view, Ink::default(), area);
        let sight = usize::from(self.rows(area).height);
        page.go(&mut self.looking, way, sight);
        FoundDoes::Stays
    }

    fn type_words(&mut self, key: Key) -> FoundDoes {
        let Some(field) = &mut self.field else { return FoundDoes::Stays };
        match field.press(key) {
            Typed::Taken | Typed::NotMine => FoundDoes::Stays,
            Typed::Closed => {
                self.field = None;
                if self.sought.is_some() { FoundDoes::Stays } else { FoundDoes::Closes }
            }
            Typed::Kept => {
                let Some(search) = Search::new(field.text()) else { return FoundDoes::Stays };
                let words = line_safe(field.take().trim());
                self.field = None;
                self.looking = Looking::default();
                self.sought = Some(Sought {
                    words,
                    search: search.clone(),
                    order: HashMap::new(),
                    looked: 0,
                    places: 0,
                    sessions: 0,
                    listed: Vec::new(),
                });
                FoundDoes::Looks(search)
            }
        }
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
            keys.draw(&self.under_keys(), view, area, buffer);
            return None;
        }
        framed(&FoundSays::Title.text(language), ink, area, buffer);
        let context = self.context(view);
        self.page(view, ink, area).draw(self.looking, ink, self.rows(area), buffer);
        foot(language, ink, &context, area, buffer);
        let status = Rect { y: inner(area).y, height: u16::from(area.height > 3), ..area };
        if let Some(field) = &self.field {
            let label = format!("  {}: ", FoundSays::Field.text(language));
            buffer.set_stringn(status.x, status.y, &label, usize::from(status.width), ink.title());
            let wide = u16::try_from(width(&label)).unwrap_or(u16::MAX).min(status.width);
            let at = Rect { x: status.x + wide, width: status.width - wide, ..status };
            return field.draw(Drawn::Plain, ink, at, buffer);
        }
        None
    }

    /// Where the page lies: below the head, and the field where that is open.
    fn rows(&self, area: Rect) -> Rect {
        let inner = inner(area);
        let field = u16::from(self.field.is_some() && area.height > 3);
        Rect { y: inner.y + field, height: inner.height.saturating_sub(field), ..inner }
    }

    /// What stands below the field: how far it has come, and the places.
    fn page(&self, view: &View, ink: Ink, area: Rect) -> LongPage {
        let (language, columns) = (view.language, usize::from(area.width.saturating_sub(MARGIN)).max(1));
        let mut page = LongPage::default();
        let mut above = |says: FoundSays<'_>, style| {
            for row in wrapped(Vec::new(), &Vec::new(), &says.text(language), style, columns) {
                page.above(row);
            }
        };
        let Some(sought) = &self.sought else {
            above(FoundSays::WhereItLooks, ink.dim());
            return page;
        };
        let of = sought.order.len();
        if sought.looked < of {
            above(FoundSays::Progress(sought.looked, of), ink.notice());
        }
        match (sought.places, sought.sessions) {
            (0, _) if sought.looked < of => {}
            (0, _) => above(FoundSays::Nowhere(&sought.words, of), ink.plain()),
            (places, sessions) => above(FoundSays::Places(&sought.words, places, sessions), ink.plain()),
        }
        if sought.places > sought.listed.len() {
            above(FoundSays::OnlyFirst(sought.listed.len()), ink.dim());
        }
        for place in &sought.listed {
            let telling = Telling::new(language, place.protocol.as_deref(), place.begun.zone);
            let step = place.hit.step.as_ref().map(|step| telling.step(step)).unwrap_or_default();
            let head = format!("{}  {}  {step}", place.case, telling.day(place.begun));
            let mut all = wrapped(Vec::new(), &Vec::new(), head.trim_end(), ink.title(), columns);
            let text = around(&line_safe(&place.hit.text), &sought.search, columns.saturating_sub(2));
            let beside = vec![("  ".to_owned(), ink.plain())];
            all.extend(wrapped(beside.clone(), &beside, &text, ink.plain(), columns));
            page.thing(all);
        }
        page
    }
}

/// A text, or so much of it around the first of the words that it fits, with a sign where something was left out.
fn around(text: &str, search: &Search, columns: usize) -> String {
    let room = (columns * ROWS).saturating_sub(columns / 4 + 2).max(12);
    if width(text) <= room {
        return text.to_owned();
    }
    let hit = search.first_in(text).unwrap_or(0);
    // A third of what is shown lies before the word.
    let mut start = hit;
    let mut used = 0;
    for (at, c) in text[..hit].char_indices().rev() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > room / 3 {
            break;
        }
        start = at;
    }
    let cut = start > 0;
    // It begins with a whole word, where there is one before the hit.
    if cut {
        start = text[start..hit].find(' ').map_or(start, |blank| start + blank + 1);
    }
    let shown = crate::text::cut(&text[start..], room);
    if cut { format!("… {shown}") } else { shown }
}
