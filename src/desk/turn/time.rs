//! What the clock alone brings to the loop: a deadline that passed, rest, and when to look at it next.

use std::time::Duration;

use crate::machine::{Command, CoveredBy, with_her};
use crate::ui::Screens;

use super::Turn;

/// So many milliseconds asleep are a sleep.
const A_SLEEP: u64 = 1_000;

impl Turn {
    /// What the clock alone brings: a deadline that passed, rest, and what screens wait for.
    pub(super) fn tick(&mut self) {
        let now = self.clock.now();
        let overdue =
            self.state.awaited().find(|(_, deadline)| deadline.at <= now.wall).map(|(step, _)| step.clone());
        if let Some(step) = overdue {
            self.in_session(&Command::Overdue { step });
        }
        if self.rest_is_over(now.run) {
            self.hide(CoveredBy::Rest);
        }
        let wishes = self.ask(Screens::tick);
        self.fulfil(wishes);
    }

    /// Covers what stood on the screen when the machine went to sleep, before any key acts on it: whoever opens the lid may be
    /// somebody else. With her in the room too, since her story was interrupted already.
    pub(super) fn wakes(&mut self) {
        let slept = self.clock.slept();
        let asleep = slept.saturating_sub(self.slept);
        self.slept = self.slept.max(slept);
        if asleep >= A_SLEEP && !self.is_covered() && !self.tells_of_nothing() {
            self.hide(CoveredBy::Rest);
        }
    }

    fn rest_is_over(&self, run: u64) -> bool {
        self.covers_itself_at().is_some_and(|at| at <= run)
    }

    /// When the cover comes by itself: over every screen but the checklist while she is in the room, whose story nothing
    /// interrupts; and not over a start screen that tells of no session yet, to whoever has not learnt to come back.
    fn covers_itself_at(&self) -> Option<u64> {
        if self.is_covered() {
            return None;
        }
        let stays = if self.state.is_begun() {
            let protocol = self.protocol.as_ref().map(|read| &read.protocol);
            let her = protocol.is_some_and(|protocol| with_her(protocol, &self.state));
            her || self.state.record.covered.is_some()
        } else {
            self.tells_of_nothing()
        };
        if stays { None } else { Some(self.last_key + self.settings.cover_after()?) }
    }

    /// Whether this is a start screen that tells of no session.
    fn tells_of_nothing(&self) -> bool {
        let found = &self.found;
        let empty = found.sessions == 0 && found.due.is_empty() && found.noted.is_empty();
        let at_start = self.screens.as_ref().is_some_and(Screens::is_at_start);
        !self.state.is_begun() && empty && at_start
    }

    /// How long nothing needs to be done, if nothing comes.
    pub(super) fn next_wake(&self) -> Option<Duration> {
        let now = self.clock.now();
        let due = self
            .state
            .awaited()
            .map(|(_, deadline)| u64::try_from(deadline.at.saturating_sub(now.wall)).unwrap_or_default())
            .min();
        let rest = self.covers_itself_at().map(|at| at.saturating_sub(now.run));
        let screens = self.screens.as_ref().and_then(|screens| screens.next_wake(&self.view()));
        let screens = screens.map(|at| at.saturating_sub(now.run));
        let owed = self.owed.map(|at| at.saturating_sub(now.run));
        let wait = [due, rest, screens, owed].into_iter().flatten().min()?;
        Some(Duration::from_millis(wait))
    }
}
