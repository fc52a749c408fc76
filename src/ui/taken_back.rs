//! What was taken back, as far as it is named.

use crate::machine::Event;
use crate::text::StepId;

/// What was taken back.
#[derive(Debug, Clone)]
pub(super) enum TakenBack {
    /// What was done about a step.
    Step(StepId),
    Note,
    /// Something else.
    Other,
}

/// What an event takes back.
pub(super) fn taken_back(event: &Event) -> TakenBack {
    let back = event.follows.back.as_deref();
    match back.and_then(|back| back.step.as_ref().or_else(|| back.before.first().map(|before| &before.step)))
    {
        _ if back.is_some_and(|back| back.noted) => TakenBack::Note,
        Some(step) => TakenBack::Step(step.clone()),
        None => TakenBack::Other,
    }
}
