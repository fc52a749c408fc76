//! Sessions one after the other, each with all that is to be known before it is handed on: what stands beside it, what
//! the ledger noted, and whether it may be handed on at all.

use std::collections::HashMap;
use std::sync::Arc;

use super::opening::named;
use crate::journal::{Beside, Inspected, JournalError, Noted, Placed, Reader, SessionName, Store};
use crate::machine::At;
use crate::protocol::Protocol;
use crate::review::{Consent, Marks, Protocols, Shared, Summary};
use crate::seal::{HeadCode, Identity};
use crate::text::Fingerprint;

/// Opens sessions.
pub struct Opener<'k> {
    store: Store,
    reader: Option<Reader<'k>>,
    known: Noted,
    beside: HashMap<SessionName, Vec<Placed>>,
    protocols: Protocols,
    shared: Shared,
    now: At,
}

/// A session that was opened.
pub struct OpenedSession {
    /// The session and its file.
    pub inspected: Inspected,
    /// The fingerprint of its file.
    pub sha256: Fingerprint,
    /// Its protocol; none where this version cannot read it.
    pub protocol: Option<Arc<Protocol>>,
    /// What is known of it; none where it never began.
    pub summary: Option<Summary>,
    /// What was said of it afterwards.
    pub marks: Marks,
}

impl<'k> Opener<'k> {
    /// Opens the sessions of a store with a key; without one, none is for us.
    pub fn new(store: Store, identity: Option<&'k Identity>, now: At) -> Self {
        let mut beside: HashMap<SessionName, Vec<Placed>> = HashMap::new();
        for placed in identity.map(|identity| store.placed(identity)).unwrap_or_default() {
            beside.entry(*placed.companion.of()).or_default().push(placed);
        }
        Self {
            known: Noted::of(&store.ledger()),
            reader: identity.map(Reader::new),
            beside,
            protocols: Protocols::default(),
            shared: Shared::default(),
            store,
            now,
        }
    }

    /// Opens one.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(&mut self, name: &SessionName) -> Result<OpenedSession, JournalError> {
        let reader = self.reader.as_mut().ok_or(JournalError::NotForUs(*name))?;
        let known = self.known.known(name);
        let beside = self.beside.get(name).map(Vec::as_slice).unwrap_or_default();
        let inspected = self.store.inspect(name, reader, &known, &named(beside))?;
        let sha256 = inspected.prints.now;
        let protocol = self.protocols.of(&inspected.session.protocol);
        let marks = Marks::of(beside, Some((&inspected.prints, self.now)));
        let summary = Summary::of(&inspected, protocol.as_ref(), Some(marks.clone()), self.now, &self.shared);
        Ok(OpenedSession { inspected, sha256, protocol, summary, marks })
    }
}

impl OpenedSession {
    /// What is known of her consent; of a session that never began, nothing is to be handed on that anybody gave it for.
    pub fn consent(&self) -> Consent {
        // Erased, and there again: whatever she consented to, it was to be gone.
        if self.inspected.erased {
            return Consent::TakenBack;
        }
        self.summary.as_ref().map_or(Consent::Stands, |summary| summary.consent)
    }

    /// What stands beside it names it so.
    pub fn named(&self, head: HeadCode) -> Beside {
        Beside { name: self.inspected.session.name, sha256: self.sha256, head }
    }
}
