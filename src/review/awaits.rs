//! What the ledger may know of a running session without its seal: until when a call is due, and whether the cover is up.

use crate::journal::{Awaits, Back};
use crate::machine::State;
use crate::protocol::{Protocol, Role};

/// What is awaited of a session as it stands: nothing of one that is closed.
pub fn awaits(protocol: &Protocol, state: &State) -> Awaits {
    if state.record.closed || !state.is_begun() {
        return Awaits::default();
    }
    let calls = protocol.steps.iter().filter(|step| step.role == Some(Role::CheckIn));
    let unmet = calls.filter_map(|step| state.record.deadlines.get(&step.id)).filter(|call| !call.met);
    // Left under the cover, it is still up; taking the session up again lifts it.
    let back = if state.record.covered.is_some() { Back::Awaited } else { Back::Nobody };
    Awaits { due: unmet.map(|call| call.at).min(), back }
}
