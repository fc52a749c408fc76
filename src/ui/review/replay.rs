//! A session played back: the list as it stood after each event, made by the same fold and drawn by the same code as
//! while it ran.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::machine::{Shyness, State};
use crate::review::{Timeline, state_of};
use crate::text::{cut, width, wrap};
use crate::words::{PageSays, Telling, deviation_kind};

use super::long_page::Way;
use super::session::ReadSession;
use crate::ui::body::Reach;
use crate::ui::checklist::Checklist;
use crate::ui::ink::Ink;
use crate::ui::scene::Showing;
use crate::ui::view::{Keeping, Look, OnTheDesk, View};

/// From so many rows on, what happened may take two of them.
const ROOMY: u16 = 20;

/// The list as it stood after an event.
#[derive(Debug, Clone)]
pub(super) struct Replay {
    /// The number of the event, from 1.
    at: u64,
    state: State,
    /// By how many lines the card was scrolled with a key.
    scrolled: Option<usize>,
}

impl Replay {
    /// After an event.
    pub(super) fn after(read: &ReadSession, event: u64) -> Self {
        let all = read.events.len();
        let played = usize::try_from(event).unwrap_or(usize::MAX).clamp(all.min(1), all);
        let events = read.events.get(..played).unwrap_or_default();
        Self { at: u64::try_from(played).unwrap_or(u64::MAX), state: state_of(events), scrolled: None }
    }

    /// The event after which it stood so.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Whether not all of the card is in sight on a screen of the view's size.
    pub(super) fn scrolls(&self, read: &ReadSession, telling: &Telling<'_>, view: &View) -> bool {
        self.reach(read, telling, view).most > 0
    }

    /// Reads on in the card, or back: a line, or as many as are in sight, so that none is passed over.
    pub(super) fn scroll(&mut self, way: Way, read: &ReadSession, telling: &Telling<'_>, view: &View) {
        let reach = self.reach(read, telling, view);
        let from = self.scrolled.unwrap_or(reach.start).min(reach.most);
        let sight = reach.room.max(1);
        let to = match way {
            Way::Up => from.saturating_sub(1),
            Way::Down => from + 1,
            Way::PageUp => from.saturating_sub(sight),
            Way::PageDown => from + sight,
            Way::First => 0,
            Way::Last => reach.most,
        };
        self.scrolled = Some(to.min(reach.most));
    }

    fn reach(&self, read: &ReadSession, telling: &Telling<'_>, view: &View) -> Reach {
        let area = Rect::new(0, 0, view.size.width, view.size.height);
        let rows = self.what_happened(read, telling, Ink::default(), area).len();
        let (_, list) = above_and_list(rows, area);
        self.with_list(read, view, list, |list, view| list.reach(view, 0))
    }

    /// Draws what happened, and below it the list; the last row stays free.
    pub(super) fn draw(
        &self,
        read: &ReadSession,
        telling: &Telling<'_>,
        view: &View,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let area = area.intersection(buffer.area);
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, area, buffer);
        let ink = Ink::new(view.look.colour);
        let rows = self.what_happened(read, telling, ink, area);
        let (above, list) = above_and_list(rows.len(), area);
        for ((text, style), y) in rows.into_iter().zip(above.y..above.bottom()) {
            buffer.set_stringn(above.x, y, text, usize::from(above.width), style);
        }
        self.with_list(read, view, list, |checklist, view| checklist.draw(view, list, buffer));
        // Its own hints are of keys that answer.
        if list.height > 2 {
            let foot = Rect { y: list.bottom() - 1, height: 1, ..list };
            ratatui::widgets::Widget::render(ratatui::widgets::Clear, foot, buffer);
        }
    }

    /// The number and time of the event, what it was, and what was against the protocol in it.
    fn what_happened(
        &self,
        read: &ReadSession,
        telling: &Telling<'_>,
        ink: Ink,
        area: Rect,
    ) -> Vec<(String, ratatui::style::Style)> {
        let timeline = Timeline::of(&read.events);
        let place = usize::try_from(self.at.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(entry) = timeline.entries.get(place) else { return Vec::new() };
        let columns = usize::from(area.width.saturating_sub(1));
        let after = PageSays::After(self.at, read.events.len()).text(telling.language());
        let at = entry.event.at;
        // Where the day has no room, the time keeps its zone.
        let ways =
            [format!("{}  {}", telling.time(at), telling.day(at)), telling.minute(at), telling.clock(at)];
        let covered = self.state.record.covered.is_some();
        let under = if covered {
            format!("▒ {}, ", PageSays::UnderTheCover.text(telling.language()))
        } else {
            String::new()
        };
        let mut heads = ways.into_iter().map(|when| format!(" {under}{after}  {when}"));
        let fits = heads.find(|head| width(head) <= columns);
        let head = fits.unwrap_or_else(|| {
            let sign = if covered { "▒ " } else { "" };
            format!(" {sign}{after}  {}", telling.clock(at))
        });
        let lines = telling.rows_changed(entry).unwrap_or_else(|| vec![telling.fact(entry)]);
        let most = if area.height >= ROOMY { 2 } else { 1 };
        let mut what = wrap(&lines.join("; "), columns);
        if what.len() > most {
            what.truncate(most);
            if let Some(last) = what.last_mut() {
                *last = cut(&format!("{last} …"), columns);
            }
        }
        let mut rows = vec![(cut(&head, columns), ink.dim())];
        rows.extend(what.into_iter().map(|line| (format!(" {line}"), ink.title())));
        let against = read.reviewed.deviations.iter().filter(|found| found.event == Some(self.at));
        let against = against.map(|found| {
            let kind = found.what.kind();
            let signs = "▲".repeat(kind.weight().0.into());
            cut(&format!(" {signs} {}", deviation_kind(kind, telling.language())), columns)
        });
        rows.extend(against.map(|text| (text, ink.later())));
        rows
    }

    /// Makes the list as it stood, for an area, and gives what is made of it.
    fn with_list<T>(
        &self,
        read: &ReadSession,
        view: &View,
        area: Rect,
        of: impl FnOnce(&Checklist, &View) -> T,
    ) -> T {
        // All of it was on disk, and nothing of this machine belongs into it.
        let (keeping, desk) = (Keeping { saved: u64::MAX, ..Keeping::default() }, OnTheDesk::default());
        let view = View {
            protocol: Some(&read.protocol),
            state: &self.state,
            now: self.state.record.last,
            keeping: &keeping,
            desk: &desk,
            look: Look { quiet_after: u32::MAX, ..view.look },
            size: Size::new(area.width, area.height),
            ..*view
        };
        let mut checklist = Checklist::new(&view);
        // Whoever reads it has unlocked it; and a breath says nothing here.
        checklist.f4 = Some(Shyness::Open);
        checklist.showing = Showing::PlayedBack;
        checklist.pacer = None;
        checklist.scrolled = self.scrolled;
        of(&checklist, &view)
    }
}

/// Where what happened stands in so many rows, at most half of an area, and where the list.
fn above_and_list(rows: usize, area: Rect) -> (Rect, Rect) {
    let above = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height / 2);
    (Rect { height: above, ..area }, Rect { y: area.y + above, height: area.height - above, ..area })
}
