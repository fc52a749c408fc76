//! What can be said of a session: deviations, the order of events, what is due, who may still be in danger. As data:
//! the sentences are in `words`.
//!
//! Works for any protocol: what matters is said by `tells`, `role`, `again`, gates and ends, never by an id. Start
//! reading at [`Timeline::of`] for what happened, and at [`deviations`] for what should not have.

mod course;
mod danger;
mod deviation;
mod due;
mod listen;
mod overview;
mod protocols;
mod span;
mod tells;
mod timeline;

pub use course::{Course, Point, Stretch};
pub use danger::{Danger, in_danger};
pub use deviation::{Deviation, DeviationKind, Weight, What, deviations};
pub use due::{Due, When, due};
pub use listen::{Listen, listening};
pub use overview::{Overview, Status, overview};
pub use protocols::Protocols;
pub use span::{CoverEnd, CoverSpan, PhaseSpan, ResponseSpan};
pub use tells::{Told, ToldBy, told};
pub use timeline::{Entry, Timeline};

use crate::machine::{Event, State, apply};

/// The state of a session after its events: the same fold as while it ran.
pub fn state_of(events: &[Event]) -> State {
    let mut state = State::default();
    for event in events {
        apply(&mut state, event);
    }
    state
}

/// The events with their numbers, from 1.
fn numbered(events: &[Event]) -> impl Iterator<Item = (u64, &Event)> {
    (1..).zip(events)
}

#[cfg(test)]
mod tests;
