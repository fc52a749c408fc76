//! What stands at the head of a session, and in a list of many.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::machine::{At, Event, Fact, LeftFrom, SessionKind, State};
use crate::protocol::Ending;
use crate::text::{CaseCode, ProtocolId, ResponseId, StaffNumber};

use super::state_of;

/// What stands at the head of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Real or practice.
    pub kind: SessionKind,
    /// The case code.
    pub case: CaseCode,
    /// The staff numbers, in the order in which they joined.
    pub staff: Vec<StaffNumber>,
    /// The protocol that was run.
    pub protocol: ProtocolId,
    /// Its version.
    pub version: u32,
    /// When it began.
    pub begun: At,
    /// When its last event happened.
    pub last: At,
    /// Its length in milliseconds, by the monotonic clock, without pauses and without the time between two runs.
    pub length: u64,
    /// How many events there are.
    pub events: u64,
    /// Where it stands.
    pub status: Status,
    /// How it ended before its last step.
    pub ended: Option<Ending>,
    /// How often each response happened; of the covering one, how often it was no false alarm.
    pub responses: BTreeMap<ResponseId, u32>,
    /// How many notes there are.
    pub notes: u32,
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It goes on, or the program was stopped.
    Open,
    /// It was made safe and left.
    Left(LeftFrom),
    /// It was closed.
    Closed,
}

/// What stands at the head of a session; nothing where it never began.
pub fn overview(events: &[Event]) -> Option<Overview> {
    overview_of(state_of(events), events.last())
}

/// How a session stands that was folded already. `last`: its last event.
pub(super) fn status(state: &State, last: Option<&Event>) -> Status {
    match last.map(|event| &event.fact) {
        _ if state.record.closed => Status::Closed,
        Some(Fact::Left { from }) => Status::Left(*from),
        _ => Status::Open,
    }
}

/// What stands at the head of a session that was folded already. `last`: its last event.
pub fn overview_of(state: State, last: Option<&Event>) -> Option<Overview> {
    let status = status(&state, last);
    let (ended, record) = (state.seen.ended, state.record);
    let (protocol, version) = record.protocol?;
    Some(Overview {
        kind: record.kind?,
        case: record.case?,
        staff: record.staff,
        protocol,
        version,
        begun: record.begun?,
        last: record.last,
        length: record.clock.elapsed(record.last.run),
        events: record.events,
        status,
        ended,
        responses: record.confirmed,
        notes: record.notes,
    })
}
