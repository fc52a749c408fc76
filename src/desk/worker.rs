//! Work that may take longer than a frame, each in a thread of its own: reading the protocol, looking through the
//! saved sessions, taking one up again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::opening::named;
use crate::journal::{
    Awaits, Back, Entry, EntryKind, Homecoming, JournalError, Ledger, NoWayOn, Noted, Placed, Prints,
    ProtocolFile, ProtocolSource, Reader, Receipt, SessionName, Store, Verdict, Writer, of_each,
};
use crate::machine::{At, State};
use crate::protocol::{self, Protocol, Reading};
use crate::review::{
    FileState, Lists, Marks, Protocols, Shared, Status, Summary, When, awaits as awaits_of, state_of,
};
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
    /// How the files of those that were opened are: that of one that was closed while the ledger took nothing is known
    /// by this.
    pub receipts: Vec<Receipt>,
}

/// What became of one file among the sessions.
enum Looked {
    /// It is none of ours.
    Foreign,
    /// Nobody opened it.
    Sealed(SessionName),
    /// It cannot be read.
    Unreadable(SessionName),
    /// It was read.
    Read(Box<LookedAt>),
}

/// A session that was looked at.
struct LookedAt {
    name: SessionName,
    prints: Prints,
    /// None: it never began.
    summary: Option<Summary>,
    /// What is awaited of it, where that can be told.
    awaits: Option<Awaits>,
    /// What is to be noted of its file, where that is as it should be.
    receipt: Option<Receipt>,
}

/// Looks through the saved sessions. Without an unlocked identity they are only counted, and what is awaited of them is
/// what the ledger has of it; once it was given up, so are the rest. What is settled, by a mark or by a later session of the
/// same case, is found where the review finds it.
pub fn look_through(store: &Store, keys: &AtHand, now: At) -> Found {
    let ledger = store.ledger();
    let desk = OnTheDesk { known: true, ledger: ledger.state, ..OnTheDesk::default() };
    let (mut noted, known) = (ledger.awaited(), Noted::of(&ledger));
    let mut found = Found { desk, ledger, ..Found::default() };
    let (entries, protocols, shared) =
        (store.list().unwrap_or_default(), Protocols::default(), Shared::default());
    let start = || keys.identity.as_deref().map(|identity| (Reader::new(identity), protocols.clone()));
    let look = |reads: &mut Option<(Reader<'_>, Protocols)>, entry: &Entry| match (&entry.kind, reads) {
        (EntryKind::Foreign { .. }, _) => Looked::Foreign,
        (EntryKind::Session(name), Some((reader, protocols))) if !keys.given_up.is_so() => {
            let Ok(inspected) = store.inspect(name, reader, &known.known(name), &[]) else {
                return Looked::Unreadable(*name);
            };
            let protocol = protocols.of(&inspected.session.protocol);
            let summary = Summary::of(&inspected, protocol.as_ref(), None, now, &shared);
            let awaits = protocol.filter(|_| summary.is_some());
            let awaits = awaits.map(|protocol| awaits_of(&protocol, &state_of(&inspected.session.events)));
            let (prints, receipt) = (inspected.prints, inspected.receipt);
            Looked::Read(Box::new(LookedAt { name: *name, prints, summary, awaits, receipt }))
        }
        (EntryKind::Session(name), _) => Looked::Sealed(*name),
    };
    let (mut read, mut awaiting) = (Vec::new(), Vec::new());
    for looked in of_each(&entries, start, look, &mut |_| {}) {
        match looked {
            Looked::Foreign => found.desk.unreadable += 1,
            Looked::Sealed(name) => {
                found.desk.sessions += 1;
                found.desk.noted.extend(noted.remove(&name).map(|noted| untold(store, &name, noted)));
            }
            Looked::Unreadable(name) => {
                found.desk.unreadable += 1;
                found.desk.noted.extend(noted.remove(&name).map(|noted| untold(store, &name, noted)));
            }
            Looked::Read(one) => {
                let LookedAt { name, prints, summary, awaits, receipt } = *one;
                found.receipts.extend(receipt);
                let noted = noted.remove(&name).unwrap_or_default();
                awaiting.extend(awaits.map(|awaits| (name, awaits, noted)));
                read.extend(summary.map(|summary| (summary, prints)));
            }
        }
    }
    let summaries = marked(store, keys, read, now);
    let lists = Lists::of(&summaries, now, None);
    found.noted_wrong = noted_wrong(store, &lists, awaiting);
    found.add(&summaries, &lists);
    found
}

/// Where the ledger has something else than what is awaited: what is settled is not awaited any more.
fn noted_wrong(
    store: &Store,
    lists: &Lists<'_>,
    awaiting: Vec<(SessionName, Awaits, Awaits)>,
) -> Vec<(SessionName, Awaits)> {
    let in_danger: HashSet<SessionName> = lists.danger.iter().map(|one| one.session).collect();
    let mut promised: HashMap<SessionName, i64> = HashMap::new();
    for one in lists.due.iter().filter(|one| !one.what.check_in) {
        if let When::Instant(at) = one.what.when {
            promised.entry(one.session).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
    }
    let stands = awaiting.into_iter().map(|(name, awaits, noted)| {
        let mark = awaits.mark && in_danger.contains(&name);
        (name, Awaits { mark, by: promised.get(&name).copied(), ..awaits }, noted)
    });
    // One that is being written tells the ledger itself.
    let wrong = stands.filter(|(name, awaits, noted)| awaits != noted && !store.is_written(name));
    wrong.map(|(name, awaits, _)| (name, awaits)).collect()
}

/// The sessions with what was said of them afterwards, where that can settle anything.
fn marked(store: &Store, keys: &AtHand, read: Vec<(Summary, Prints)>, now: At) -> Vec<Summary> {
    let asks = |summary: &Summary| !summary.dangers.is_empty() || !summary.dues.is_empty();
    let mut beside: HashMap<SessionName, Vec<Placed>> = HashMap::new();
    if let Some(identity) = keys.identity.as_deref().filter(|_| read.iter().any(|(one, _)| asks(one))) {
        let open = |(): &mut (), name: &SessionName| {
            if keys.given_up.is_so() { None } else { store.open_beside(name, identity).ok() }
        };
        for placed in of_each(&store.beside_names(), || (), open, &mut |_| {}).into_iter().flatten() {
            beside.entry(*placed.companion.of()).or_default().push(placed);
        }
    }
    let mark = |(mut summary, prints): (Summary, Prints)| {
        if let Some(placed) = beside.get(&summary.name).filter(|_| asks(&summary)) {
            let prints = store.prints_with(&summary.name, &prints, &named(placed));
            summary.mark(Marks::of(placed, Some((&prints, now))));
        }
        summary
    };
    read.into_iter().map(mark).collect()
}

/// What the ledger has of a session that nobody opened. Where it is being written, somebody sits before its cover.
fn untold(store: &Store, name: &SessionName, noted: Awaits) -> Awaits {
    if store.is_written(name) { Awaits { back: Back::Nobody, ..noted } } else { noted }
}

impl Found {
    /// Adds what the start screen shows of the sessions that were read.
    fn add(&mut self, summaries: &[Summary], lists: &Lists<'_>) {
        self.desk.sessions += summaries.len();
        for summary in summaries {
            let goes_on = matches!(summary.file, FileState::Open | FileState::Torn);
            if summary.status != Status::Closed && goes_on {
                self.desk.open.push(OpenSession {
                    name: summary.name.to_string(),
                    case: summary.case.to_string(),
                    begun: (summary.begun.wall, summary.begun.zone),
                    last: summary.last.wall,
                });
            }
        }
        self.desk.open.sort_by_key(|session| std::cmp::Reverse(session.last));
        let in_danger: HashSet<SessionName> = lists.danger.iter().map(|one| one.session).collect();
        self.desk.in_danger = in_danger.len();
        for one in &lists.due {
            let (When::Instant(at), Some(summary)) = (one.what.when, summaries.get(one.place)) else {
                continue;
            };
            let kind = if one.what.check_in { DueKind::CheckIn } else { DueKind::Promise };
            let line = one.what.line.as_ref().map(ToString::to_string).unwrap_or_default();
            let promised = Language::ALL.map(|language| {
                let telling = Telling::new(language, summary.protocol.as_deref(), summary.begun.zone);
                (language, telling.promised(one.what))
            });
            let (name, case) = (one.session.to_string(), one.case.to_string());
            self.desk.due.push(DueLine { name, case, at, line, promised: promised.to_vec(), kind });
        }
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
