//! The cover that was there before the session was.

use crate::machine::{Command, Event, Fact};
use crate::ui::Screens;

use super::Turn;

impl Turn {
    /// A cover that came while a session was still being begun or taken up hides that session from now on.
    pub(super) fn covered_before(&mut self, event: &Event) {
        let by = self.screens.as_ref().and_then(Screens::covered_by);
        if let (Fact::Begun { .. } | Fact::Resumed { .. }, Some(by)) = (&event.fact, by) {
            self.in_session(&Command::Cover { by });
        }
    }
}
