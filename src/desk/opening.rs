//! Opening many sessions: in as many threads as there are cores, the newest first, each told through one channel as soon
//! as it is read. The key is dropped with the last thread.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::journal::{
    Entry, EntryKind, JournalError, Noted, Placed, Reader, Receipt, SessionName, Store, cores, in_threads,
};
use crate::machine::At;
use crate::review::{Marks, Protocols, Shared, Summary, Unreadable};
use crate::seal::Identity;
use crate::text::Fingerprint;

/// What comes through the channel.
#[derive(Debug)]
pub enum Arrived {
    /// A session that was read.
    Session(Box<Summary>),
    /// A file that is no session, or none that can be read.
    Unreadable(Unreadable),
    /// A file that was there a moment ago, or holds nothing: nothing is shown, and it counts for the progress.
    Nothing,
}

/// Sessions that are being opened. Dropping it stops the threads after the file that each has in hand.
#[derive(Debug)]
pub struct Opening {
    arrives: Receiver<Arrived>,
    stop: Arc<AtomicBool>,
    /// How many files there are; as many things arrive.
    pub total: usize,
}

/// What the threads share.
struct Work {
    store: Store,
    identity: Arc<Identity>,
    now: At,
    known: Noted,
    beside: HashMap<SessionName, Vec<Placed>>,
    shared: Shared,
    /// What is to be noted of those that were opened.
    receipts: Mutex<Vec<Receipt>>,
}

impl Opening {
    /// Begins to open all sessions of a store, as they stand at a moment. `protocols`: those that are known already.
    ///
    /// # Errors
    /// [`JournalError::Disk`] where the folder cannot be read.
    pub fn start(
        store: &Store,
        identity: &Arc<Identity>,
        protocols: &Protocols,
        now: At,
    ) -> Result<Self, JournalError> {
        let entries = store.list()?;
        let (tell, arrives) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let total = entries.len();
        let (store, identity) = (store.clone(), Arc::clone(identity));
        let (halt, protocols) = (Arc::clone(&stop), protocols.clone());
        thread::spawn(move || {
            let beside = beside(&store, &identity, &halt);
            let (known, shared) = (Noted::of(&store.ledger()), Shared::default());
            let receipts = Mutex::default();
            let work = Work { store, identity, now, known, beside, shared, receipts };
            in_threads(&entries, cores(), &halt, &tell, &|entries, tell| {
                let (mut reader, mut protocols) = (Reader::new(&work.identity), protocols.clone());
                for entry in entries {
                    tell(work.entry(entry, &mut reader, &mut protocols));
                }
            });
            work.note();
        });
        Ok(Self { arrives, stop, total })
    }

    /// What has arrived since the last time, without waiting.
    pub fn arrived(&self) -> impl Iterator<Item = Arrived> {
        self.arrives.try_iter()
    }

    /// The next that arrives; none: it is done. Waits.
    pub fn wait(&self) -> Option<Arrived> {
        self.arrives.recv().ok()
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Work {
    fn entry(&self, entry: &Entry, reader: &mut Reader<'_>, protocols: &mut Protocols) -> Arrived {
        match &entry.kind {
            EntryKind::Session(name) => self.open(name, reader, protocols),
            EntryKind::Foreign { file, why } => {
                let why = JournalError::Foreign { path: self.store.folder().join(file), why: *why };
                Arrived::Unreadable(Unreadable { file: file.clone(), why })
            }
        }
    }

    /// Gives receipts for all that were opened, in one go; needs no key any more.
    fn note(self) {
        let Self { store, identity, now, receipts, .. } = self;
        drop(identity);
        let receipts = receipts.into_inner().unwrap_or_else(PoisonError::into_inner);
        // A ledger that takes nothing keeps nobody from reading; what is missing is noted the next time.
        let _ = store.note_seen(&receipts, now);
    }

    fn open(&self, name: &SessionName, reader: &mut Reader<'_>, protocols: &mut Protocols) -> Arrived {
        let known = self.known.known(name);
        let beside = self.beside.get(name).map(Vec::as_slice).unwrap_or_default();
        match self.store.inspect(name, reader, &known, &named(beside)) {
            Ok(inspected) => {
                if let Some(receipt) = inspected.receipt {
                    self.receipts.lock().unwrap_or_else(PoisonError::into_inner).push(receipt);
                }
                let protocol = protocols.of(&inspected.session.protocol);
                let marks =
                    (!beside.is_empty()).then(|| Marks::of(beside, Some((&inspected.prints, self.now))));
                match Summary::of(&inspected, protocol.as_ref(), marks, self.now, &self.shared) {
                    Some(summary) => Arrived::Session(Box::new(summary)),
                    None => Arrived::Unreadable(Unreadable {
                        file: name.to_string(),
                        why: JournalError::Unbegun(*name),
                    }),
                }
            }
            // Erased meanwhile.
            Err(JournalError::NoSuchSession(_) | JournalError::Erased(_)) => Arrived::Nothing,
            Err(why) => Arrived::Unreadable(Unreadable { file: name.to_string(), why }),
        }
    }
}

/// The files that what stands beside a session names as its own.
pub(super) fn named<'p>(beside: impl IntoIterator<Item = &'p Placed>) -> Vec<Fingerprint> {
    beside.into_iter().map(|placed| placed.companion.sha256()).collect()
}

/// What stands beside the sessions, by session, opened in parallel.
fn beside(store: &Store, identity: &Identity, stop: &AtomicBool) -> HashMap<SessionName, Vec<Placed>> {
    let names = store.beside_names();
    let (tell, found) = channel();
    in_threads(&names, cores(), stop, &tell, &|names, tell| {
        for placed in names.filter_map(|name| store.open_beside(name, identity)) {
            tell(placed);
        }
    });
    drop(tell);
    let mut beside: HashMap<SessionName, Vec<Placed>> = HashMap::new();
    for placed in found {
        beside.entry(*placed.companion.of()).or_default().push(placed);
    }
    beside
}

/// Opens one session anew, after something was put beside it. `placed`: all that stands beside the sessions now.
///
/// # Errors
/// As [`Store::open`].
pub fn open_again(
    store: &Store,
    name: &SessionName,
    identity: &Identity,
    placed: &[Placed],
    protocols: &mut Protocols,
    now: At,
) -> Result<Option<Summary>, JournalError> {
    let known = Noted::of(&store.ledger()).known(name);
    let beside: Vec<&Placed> = placed.iter().filter(|placed| placed.companion.of() == name).collect();
    let inspected =
        store.inspect(name, &mut Reader::new(identity), &known, &named(beside.iter().copied()))?;
    let marks = Marks::of(beside, Some((&inspected.prints, now)));
    let protocol = protocols.of(&inspected.session.protocol);
    Ok(Summary::of(&inspected, protocol.as_ref(), Some(marks), now, &Shared::default()))
}
