//! A session that is read.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::journal::On;
use crate::machine::Event;
use crate::protocol::Protocol;
use crate::review::{Reviewed, Summary, Timeline};
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::view::View;
use crate::words::Telling;

/// A session with all that can be said of it.
#[derive(Debug, Clone)]
pub struct ReadSession {
    /// What is known of it without its events.
    pub summary: Summary,
    /// The protocol that was run.
    pub protocol: Arc<Protocol>,
    /// What happened, in order.
    pub events: Arc<Vec<Event>>,
    /// What can be said of it.
    pub reviewed: Reviewed,
}

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionDoes {
    /// There is nothing more to do.
    Stays,
    /// Back.
    Closes,
    /// The review is asked for something.
    Asks(SessionWish),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionWish {
    /// Sign it off.
    SignOff,
    /// Write a remark on this.
    Remark(On),
    /// Set a mark on this.
    Mark(On),
    /// Hand it on.
    Export,
}

/// The page.
#[derive(Debug, Clone)]
pub struct SessionPage {
    read: Arc<ReadSession>,
    top: usize,
}

impl SessionPage {
    /// At its beginning.
    pub fn new(read: Arc<ReadSession>) -> Self {
        Self { read, top: 0 }
    }

    /// At an event, by its number from 1.
    #[must_use]
    pub fn at_event(mut self, event: u64) -> Self {
        self.top = usize::try_from(event).unwrap_or(0).saturating_sub(1);
        self
    }

    /// Something stands beside the session now.
    pub fn marked(&mut self, read: Arc<ReadSession>) {
        self.read = read;
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, _view: &View) -> SessionDoes {
        let on = || On::Event(u64::try_from(self.top + 1).unwrap_or(1));
        match key {
            Key::Up => self.top = self.top.saturating_sub(1),
            Key::Down => self.top = (self.top + 1).min(self.read.events.len().saturating_sub(1)),
            Key::Left | Key::Backspace | Key::Char('q') => return SessionDoes::Closes,
            Key::Char('f') => return SessionDoes::Asks(SessionWish::SignOff),
            Key::Char('r') => return SessionDoes::Asks(SessionWish::Remark(on())),
            Key::Char('m') => return SessionDoes::Asks(SessionWish::Mark(on())),
            Key::Char('x') => return SessionDoes::Asks(SessionWish::Export),
            _ => {}
        }
        SessionDoes::Stays
    }

    /// Draws it.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) {
        let summary = &self.read.summary;
        let telling = Telling::new(view.language, Some(&self.read.protocol), summary.begun.zone);
        let ink = Ink::new(view.look.colour);
        let timeline = Timeline::of(&self.read.events);
        let head = format!("{}  {}", summary.case, telling.moment(summary.begun));
        let lines = timeline.entries.iter().skip(self.top).map(|entry| telling.fact(entry));
        for (y, line) in (area.top()..area.bottom()).zip(std::iter::once(head).chain(lines)) {
            buffer.set_stringn(area.x, y, line, usize::from(area.width), ink.plain());
        }
    }
}
