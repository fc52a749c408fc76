//! The state machine: one command in, one event out, and one fold of events for live use, recovery, review and playback.
//!
//! ```text
//! decide(&Protocol, &State, Command, now) -> Result<Event, Refusal>      apply(&mut State, &Event)
//! ```
//!
//! Pure: no files, no terminal, no clock, no keys, and no phase, step or option known by its id. Time enters only
//! inside events. `apply` is total, even over a hostile journal, and evaluates no condition: an event carries what
//! followed from it, so that a later version of the program shows the same past.

mod apply;
mod command;
mod decide;
mod event;
mod follow;
mod next;
mod sight;
mod standing;
mod state;
mod value;

#[cfg(test)]
#[expect(dead_code, reason = "the tests outside use the rest")]
#[path = "../tests/all/random.rs"]
mod random;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use command::{Command, Refusal};
pub use decide::decide;
pub use event::{
    At, CoveredBy, EndChange, Event, Fact, Follows, LeftFrom, Opened, Reason, ReasonCode, SessionKind,
    Shyness, Uncovered,
};
pub use next::{Progress, neighbour, next_place, overall, phase_progress};
pub use sight::holds;
pub use standing::{
    Standing, closed_gates, due_and_open, gate_steps, gates_before, listed_steps, open_steps, open_wordless,
    rows_of, standing, with_her,
};
pub use state::{Aside, Before, Clock, Deadline, Outcome, Place, Record, Seen, State, Undoable};
pub use value::{Heard, MOST_ADDED, Misfit, RowKey, Value, fits, is_complete};
