//! What can be said of a session: deviations, the order of events, what is due, who may still be in danger. As data:
//! the sentences are in `words`.
//!
//! Works for any protocol: what matters is said by `tells`, `role`, `again`, gates and ends, never by an id. Start
//! reading at [`Timeline::of`] for what happened, and at [`deviations`] for what should not have.

mod aggregate;
mod alarms;
mod archive;
mod awaits;
mod catalogue;
mod coarse;
mod counted;
mod course;
mod danger;
mod deviation;
mod due;
mod figures;
mod filter;
mod jumps;
mod listen;
mod lists;
mod marks;
mod overview;
mod protocols;
mod reviewed;
mod search;
mod shared;
mod span;
mod spans;
mod summary;
mod tells;
mod timeline;

pub use aggregate::{
    Aggregate, LEAST, PhaseShare, PracticeShare, ProtocolColumn, Quarter, Quarters, Table, Together,
};
pub use alarms::Alarms;
pub use archive::{Archive, Column, Direction, Unreadable};
pub use awaits::awaits;
pub use catalogue::{Deviation, DeviationKind, Weight, What};
pub use counted::{Counted, Passed, Raised, Signal};
pub use course::{Course, Point, Stretch};
pub use danger::{Danger, dangers, in_danger};
pub use deviation::deviations;
pub use due::{Due, When, due};
pub use figures::{
    CheckInFigure, CoverFigure, End, Figures, LeftOut, PassedBy, PassedFigure, PhaseFigure, PracticeFigure,
    Quartiles, SignalFigure,
};
pub use filter::{
    Context, Counts, ENDINGS, Filter, FilterKey, FilterTrouble, KEYS, NUMBERS, PROPERTIES, Property,
};
pub use listen::{Listen, listening};
pub use lists::{Heavy, Listed, Lists, ToHear};
pub use marks::{Added, Given, Handled, Marks, Remark, SignedOff};
pub use overview::{Overview, Status, overview, overview_of};
pub use protocols::Protocols;
pub use reviewed::{Noticed, Reviewed};
pub use search::{Hit, Search};
pub use shared::Shared;
pub use span::{CoverEnd, CoverSpan, PhaseSpan, ResponseSpan};
pub use summary::{Against, Consent, FileState, Summary};
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
