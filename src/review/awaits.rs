//! What the ledger may know of a session without its seal: until when a call is due, whether the cover is up, whether an
//! answer tells danger, and by when something was promised.

use crate::journal::{Awaits, Back};
use crate::machine::{At, State};
use crate::protocol::{Protocol, Role};

use super::danger::{Danger, dangers};
use super::due::{When, due};

/// What is awaited of a session as it stands. Of one that is closed that is what its answers tell and what was promised.
pub fn awaits(protocol: &Protocol, state: &State) -> Awaits {
    if !state.is_begun() {
        return Awaits::default();
    }
    let told = |danger: &Danger| matches!(danger, Danger::Told(_) | Danger::RiskRose { .. });
    let mark = dangers(protocol, state, None, i64::MIN).iter().any(told);
    let promised = due(protocol, state, At::default());
    let by = promised.iter().filter(|due| !due.check_in).filter_map(|due| match due.when {
        When::Instant(at) => Some(at),
        _ => None,
    });
    let by = by.min();
    if state.record.closed {
        return Awaits { mark, by, ..Awaits::default() };
    }
    let calls = protocol.steps.iter().filter(|step| step.role == Some(Role::CheckIn));
    let unmet = calls.filter_map(|step| state.record.deadlines.get(&step.id)).filter(|call| !call.met);
    // Left under the cover, it is still up; taking the session up again lifts it.
    let back = if state.record.covered.is_some() { Back::Awaited } else { Back::Nobody };
    Awaits { due: unmet.map(|call| call.at).min(), back, mark, by }
}
