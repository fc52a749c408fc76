//! Work that may take longer than a frame, each in a thread of its own: reading the protocol, looking through the
//! saved sessions, taking one up again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::journal::{
    Awaits, Back, EntryKind, Homecoming, JournalError, Ledger, NoWayOn, ProtocolFile, ProtocolSource, Reader,
    Session, SessionName, Store, Verdict, Writer,
};
use crate::machine::{At, State};
use crate::protocol::{self, Protocol, Reading};
use crate::review::{Protocols, When, awaits, due, in_danger, state_of};
use crate::seal::{Identity, Recipient, Recipients};
use crate::text::Language;
use crate::ui::{DueKind, DueLine, KeysAtHand, OnTheDesk, OpenSession, OwnKey, ReadBy};
use crate::words::Telling;

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
    if let Some(ready) = protocol::shipped_ready() {
        let base = ProtocolFile::new(protocol::SHIPPED_NAME, protocol::SHIPPED_TEXT);
        let beside = protocol::SHIPPED_TRANSLATED_TEXTS.iter();
        let beside = beside.map(|(name, text)| ProtocolFile::new(name, *text)).collect();
        let source = Arc::new(ProtocolSource::new(base, beside));
        return Some(ReadProtocol { protocol: Arc::new(ready), source });
    }
    ReadProtocol::of(protocol::read(
        protocol::SHIPPED_NAME,
        protocol::SHIPPED,
        protocol::SHIPPED_TRANSLATIONS,
    ))
}

impl ReadProtocol {
    /// A protocol that was read without errors, with its text; none where it has any.
    pub fn of(reading: Reading) -> Option<Self> {
        let mut files =
            reading.sources.into_iter().map(|source| ProtocolFile::new(&source.name, source.text));
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

/// The keys that are at hand while the screen is open.
#[derive(Debug, Clone, Default)]
pub struct AtHand {
    /// Her identity, where it was unlocked. Overwritten when the last of these is dropped.
    pub identity: Option<Arc<Identity>>,
    /// Those who may read what is written; without any, only practice is begun.
    pub recipients: Option<Recipients>,
    /// The public half of this machine's own identity, locked or not.
    pub own: Option<Recipient>,
    /// Whether whoever works with her identity is to stop, since a session needs none.
    pub given_up: GivenUp,
}

/// A sign to those who still hold an identity in a thread of their own: between two files they look at it, and drop it.
#[derive(Debug, Clone, Default)]
pub struct GivenUp(Arc<AtomicBool>);

impl GivenUp {
    /// From now on it is given up, for all who hold this sign.
    pub fn declare(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it is.
    pub fn is_so(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl AtHand {
    /// What can be done with them.
    pub fn can_do(&self) -> KeysAtHand {
        let own = match (&self.identity, &self.own) {
            (Some(_), _) => OwnKey::Unlocked,
            (None, Some(_)) => OwnKey::Locked,
            (None, None) => OwnKey::None,
        };
        let readers = match &self.recipients {
            None => ReadBy::Nobody,
            Some(all) if all.iter().any(|one| Some(one) == self.own.as_ref()) => {
                ReadBy::HerAnd(all.iter().count())
            }
            Some(all) => ReadBy::OthersOnly(all.iter().count()),
        };
        KeysAtHand { readers, own }
    }
}

/// Takes a session up again.
///
/// # Errors
/// As [`Store::resume`]; [`JournalError::NotForUs`] where no key is at hand, [`JournalError::Unbegun`] for one that holds
/// no event, and [`NoWayOn::Protocol`] for one whose own protocol cannot be read any more.
pub fn take_up(store: &Store, name: &SessionName, keys: &AtHand) -> Result<Taken, JournalError> {
    let (Some(identity), Some(recipients)) = (&keys.identity, &keys.recipients) else {
        return Err(JournalError::NotForUs(*name));
    };
    let (session, writer) = store.resume(name, identity, recipients)?;
    let Some(protocol) = Protocols::default().of(&session.protocol) else {
        return Err(JournalError::NoWayOn { name: *name, why: NoWayOn::Protocol });
    };
    let dropped = match session.verdict {
        Verdict::Torn { dropped } => dropped,
        _ => 0,
    };
    let state = state_of(&session.events);
    if !state.is_begun() {
        // Stopped between the head of the file and the first event: nobody was shown a tick in it.
        return Err(JournalError::Unbegun(*name));
    }
    Ok(Taken { protocol: ReadProtocol { protocol, source: session.protocol }, state, dropped, writer })
}

/// What was found among the saved sessions.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What became of sessions that were saved elsewhere.
    pub homecoming: Homecoming,
    /// What the start screen shows.
    pub desk: OnTheDesk,
    /// What this machine has noted of them.
    pub ledger: Ledger,
    /// Where the ledger says something else of what is awaited than the sessions themselves: what they say.
    pub noted_wrong: Vec<(SessionName, Awaits)>,
}

/// Looks through the saved sessions. Without an unlocked identity they are only counted, and what is awaited of them is
/// what the ledger has of it; once it was given up, so are the rest.
pub fn look_through(store: &Store, keys: &AtHand, now: At) -> Found {
    let ledger = store.ledger();
    let desk = OnTheDesk { known: true, ledger: ledger.state, ..OnTheDesk::default() };
    let mut found = Found { desk, ledger, ..Found::default() };
    let mut noted = found.ledger.awaited();
    let mut reader = keys.identity.as_deref().map(Reader::new);
    let mut protocols = Protocols::default();
    for entry in store.list().unwrap_or_default() {
        if keys.given_up.is_so() {
            reader = None;
        }
        match (entry.kind, &mut reader) {
            (EntryKind::Foreign { .. }, _) => found.desk.unreadable += 1,
            (EntryKind::Session(name), None) => {
                found.desk.sessions += 1;
                found.desk.noted.extend(noted.remove(&name).map(|noted| untold(store, &name, noted)));
            }
            (EntryKind::Session(name), Some(reader)) => {
                let noted = noted.remove(&name);
                if let Ok(session) = store.open_with(&name, reader) {
                    let awaits = found.add(&session, &mut protocols, now);
                    let right = awaits.is_none_or(|awaits| awaits == noted.unwrap_or_default());
                    // One that is being written tells the ledger itself.
                    if !right && !store.is_written(&name) {
                        found.noted_wrong.extend(awaits.map(|awaits| (name, awaits)));
                    }
                } else {
                    found.desk.unreadable += 1;
                    found.desk.noted.extend(noted.map(|noted| untold(store, &name, noted)));
                }
            }
        }
    }
    found.desk.open.sort_by_key(|session| std::cmp::Reverse(session.last));
    found.desk.due.sort_by_key(|due| due.at);
    found
}

/// What the ledger has of a session that nobody opened. Where it is being written, somebody sits before its cover.
fn untold(store: &Store, name: &SessionName, noted: Awaits) -> Awaits {
    if store.is_written(name) { Awaits { back: Back::Nobody, ..noted } } else { noted }
}

impl Found {
    /// Gives what is awaited of it, where that can be told.
    fn add(&mut self, session: &Session, protocols: &mut Protocols, now: At) -> Option<Awaits> {
        let state = state_of(&session.events);
        let (Some(begun), Some(code)) = (state.record.begun, state.record.case.clone()) else { return None };
        let (name, case) = (session.name.to_string(), code.to_string());
        self.desk.sessions += 1;
        if !state.record.closed && matches!(session.verdict, Verdict::Open | Verdict::Torn { .. }) {
            self.desk.open.push(OpenSession {
                name: name.clone(),
                case: case.clone(),
                begun: (begun.wall, begun.zone),
                last: state.record.last.wall,
            });
        }
        let protocol = protocols.of(&session.protocol)?;
        self.desk.in_danger += usize::from(!in_danger(&protocol, &session.events, now.wall).is_empty());
        for due in due(&protocol, &state, now) {
            let When::Instant(at) = due.when else { continue };
            let kind = if due.check_in { DueKind::CheckIn } else { DueKind::Promise };
            let line = due.line.as_ref().map(ToString::to_string).unwrap_or_default();
            let (name, case) = (name.clone(), case.clone());
            let promised = Language::ALL.map(|language| {
                let telling = Telling::new(language, Some(&protocol), begun.zone);
                (language, telling.promised(&due))
            });
            self.desk.due.push(DueLine { name, case, at, line, promised: promised.to_vec(), kind });
        }
        Some(awaits(&protocol, &state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Event, Fact, Follows, SessionKind};
    use crate::text::{CaseCode, ProtocolId, StaffNumber};

    #[test]
    fn an_identity_that_is_given_up_opens_nothing_more() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::at(home.path());
        let identity = Arc::new(Identity::generate());
        let recipients = Recipients::new(vec![identity.public()]).unwrap();
        for _ in 0..3 {
            let source = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
            let begun = Fact::Begun {
                staff: vec![StaffNumber::new("204").unwrap()],
                case: CaseCode::new("K-17").unwrap(),
                protocol: ProtocolId::new("night").unwrap(),
                version: 1,
                kind: SessionKind::Real,
            };
            let event = Event { at: At::default(), fact: begun, follows: Follows::default() };
            store.create(&source, &recipients).unwrap().append(&event).unwrap();
        }
        let keys =
            AtHand { identity: Some(identity.clone()), own: Some(identity.public()), ..AtHand::default() };
        let found = look_through(&store, &keys, At::default());
        assert_eq!((found.desk.sessions, found.desk.open.len()), (3, 3));
        keys.given_up.declare();
        let found = look_through(&store, &keys, At::default());
        assert_eq!((found.desk.sessions, found.desk.open.len()), (3, 0), "counted, and not opened");
        drop(keys);
        assert_eq!(Arc::strong_count(&identity), 1, "nobody holds it");
    }
}
