//! Which event of a session to jump to, where something is told of it.

use crate::machine::{Event, Fact};
use crate::text::StepId;

/// Which event to jump to. Looked for only where there is something to jump to, which is seldom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jumps<'a>(pub(super) &'a [Event]);

impl Jumps<'_> {
    /// Where a step got its answer last; where it has none, the last event.
    pub(super) fn to(self, step: &StepId) -> u64 {
        let answered = |event: &Event| match &event.fact {
            Fact::Answered { step: about, .. } | Fact::Undone { step: Some(about), outcome: Some(_) } => {
                about == step
            }
            _ => false,
        };
        self.last(answered).unwrap_or(self.0.len() as u64)
    }

    /// Where the cover was drawn last; 0: it never was.
    pub(super) fn to_the_cover(self) -> u64 {
        self.last(|event| matches!(event.fact, Fact::Covered { .. })).unwrap_or_default()
    }

    /// The number of the last event that is such a one.
    fn last(self, is_such: impl Fn(&Event) -> bool) -> Option<u64> {
        self.0.iter().rposition(is_such).map(|at| at as u64 + 1)
    }
}
