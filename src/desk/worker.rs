//! Work that may take longer than a frame, each in a thread of its own: reading the protocol, looking through the
//! saved sessions, taking one up again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::journal::{EntryKind, JournalError, ProtocolFile, ProtocolSource, SessionName, Store, Verdict, Writer};
use crate::machine::{Event, State, Value, Outcome, apply};
use crate::protocol::{self, Protocol, Reading};
use crate::review;
use crate::text::CaseCode;
use crate::ui::{DueLine, OnTheDesk, OpenSession};

/// A protocol with the text that it was read from.
#[derive(Debug, Clone)]
pub struct ReadProtocol {
    /// The checked protocol.
    pub protocol: Arc<Protocol>,
    /// Its text, which goes into each session's journal.
    pub source: Arc<ProtocolSource>,
}

/// The protocol that is built into the program.
///
/// None only in a build whose own protocol has findings, which a test refuses.
pub fn shipped() -> Option<ReadProtocol> {
    ReadProtocol::of(protocol::read(protocol::SHIPPED_NAME, protocol::SHIPPED, protocol::SHIPPED_TRANSLATIONS))
}

impl ReadProtocol {
    /// A protocol that was read without errors, with its text; none where it has any.
    pub fn of(reading: Reading) -> Option<Self> {
        let mut files = reading.sources.into_iter().map(|source| ProtocolFile::new(&source.name, &source.text));
        let base = files.next()?;
        let source = Arc::new(ProtocolSource::new(base, files.collect()));
        Some(Self { protocol: Arc::new(reading.protocol?), source })
    }
}

/// A session that was taken up again.
#[derive(Debug)]
pub struct Taken {
    /// Its protocol.
    pub protocol: ReadProtocol,
    /// The session as it stood.
    pub state: State,
    /// Bytes at its end that were no whole event.
    pub dropped: u64,
    /// Goes on with it.
    pub writer: Writer,
}

/// Takes a session up again.
///
/// # Errors
/// As [`Store::resume`]; a session whose own protocol cannot be read any more is none of ours.
pub fn take_up(store: &Store, name: &SessionName) -> Result<Taken, JournalError> {
    let (session, writer) = store.resume(name)?;
    let Some(protocol) = read_source(&session.protocol) else {
        return Err(JournalError::Foreign { path: store.path(name), why: crate::journal::Foreign::Content });
    };
    let dropped = match session.verdict {
        Verdict::Torn { dropped } => dropped,
        _ => 0,
    };
    let state = fold(&session.events);
    Ok(Taken { protocol: ReadProtocol { protocol, source: session.protocol }, state, dropped, writer })
}

fn read_source(source: &ProtocolSource) -> Option<Arc<Protocol>> {
    let overlays: Vec<(&str, &[u8])> =
        source.overlays.iter().map(|file| (file.name.as_str(), file.text.as_bytes())).collect();
    protocol::read(&source.base.name, source.base.text.as_bytes(), &overlays).protocol.map(Arc::new)
}

fn fold(events: &[Event]) -> State {
    let mut state = State::default();
    for event in events {
        apply(&mut state, event);
    }
    state
}

/// What was found among the saved sessions.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What the start screen shows.
    pub desk: OnTheDesk,
    /// How often each case code stands in them.
    pub cases: BTreeMap<CaseCode, usize>,
}

/// Looks through the saved sessions.
pub fn look_through(store: &Store, now: i64) -> Found {
    let mut found = Found { desk: OnTheDesk { known: true, ..OnTheDesk::default() }, ..Found::default() };
    let mut protocols: BTreeMap<Arc<ProtocolSource>, Option<Arc<Protocol>>> = BTreeMap::new();
    for entry in store.list().unwrap_or_default() {
        let EntryKind::Session(name) = entry.kind else {
            found.desk.unreadable += 1;
            continue;
        };
        let Ok(session) = store.open(&name) else {
            found.desk.unreadable += 1;
            continue;
        };
        let state = fold(&session.events);
        let (Some(begun), Some(case)) = (state.record.begun, state.record.case.clone()) else {
            continue;
        };
        found.desk.sessions += 1;
        *found.cases.entry(case.clone()).or_default() += 1;
        if !state.record.closed {
            found.desk.open.push(OpenSession {
                name: name.to_string(),
                case: case.to_string(),
                begun: (begun.wall, begun.zone),
                last: state.record.last.wall,
            });
        }
        for (step, deadline) in state.record.deadlines.iter().filter(|(_, deadline)| !deadline.met) {
            let line = match state.seen.outcomes.get(step) {
                Some(Outcome::Answered(Value::Deadline { line: Some(line), .. })) => line.to_string(),
                _ => String::new(),
            };
            found.desk.due.push(DueLine { name: name.to_string(), case: case.to_string(), at: deadline.at, line });
        }
        let protocol = protocols
            .entry(Arc::clone(&session.protocol))
            .or_insert_with(|| read_source(&session.protocol));
        if let Some(protocol) = protocol
            && !review::in_danger(protocol, &session.events, now).is_empty()
        {
            found.desk.in_danger += 1;
        }
    }
    found.desk.open.sort_by_key(|session| std::cmp::Reverse(session.last));
    found.desk.due.sort_by_key(|due| due.at);
    found
}
