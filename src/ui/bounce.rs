//! A key that answered and comes again: held, bouncing, or pressed too soon. It must never answer two steps.

use crate::protocol::Kind;
use crate::text::StepId;

use super::checklist::Checklist;
use super::here::Here;
use super::key::Key;
use super::view::View;

/// A key that answered is dropped for so many milliseconds, or until another key came.
const BOUNCE: u64 = 700;
/// A key that comes again within so many milliseconds is held, or bounces: it is dropped for as long as it does.
const HELD: u64 = 150;

/// A key that answered, when, and when it was last heard.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    key: Key,
    answered: u64,
    heard: u64,
    /// The page of marks that it set one on.
    page: Option<StepId>,
}

impl Guard {
    pub fn new(key: Key, now: u64, page: Option<StepId>) -> Self {
        Self { key, answered: now, heard: now, page }
    }
}

/// Whether a key is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bounce {
    No,
    /// It is held, or bounces.
    Held,
    /// It was pressed again, too soon.
    TooSoon,
}

impl Checklist {
    /// Whether a key is the one that just answered: held, bouncing, or too soon.
    pub(super) fn bounces(&mut self, key: Key, view: &View) -> Bounce {
        let now = view.now.run;
        let page = self.guard.as_ref().and_then(|guard| guard.page.as_ref());
        let same_page = page.is_some() && page == self.page_of_marks(view).as_ref();
        if let Some(guard) = self.guard.as_mut().filter(|guard| guard.key == key) {
            let held = now.saturating_sub(std::mem::replace(&mut guard.heard, now)) < HELD;
            if held {
                return Bounce::Held;
            }
            if !same_page && now.saturating_sub(guard.answered) < BOUNCE {
                return Bounce::TooSoon;
            }
        }
        self.guard = None;
        Bounce::No
    }

    /// The page of marks that stands in the middle, with nothing on top of it.
    pub(super) fn page_of_marks(&self, view: &View) -> Option<StepId> {
        match self.here(view) {
            Here::Step(step) if self.level().tops.is_empty() => {
                matches!(step.kind, Kind::List { .. }).then(|| step.id.clone())
            }
            _ => None,
        }
    }
}
