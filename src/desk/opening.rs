//! Opening many sessions: in as many threads as there are cores, the newest first, each told through one channel as soon
//! as it is read. The key is dropped with the last thread.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::journal::{Entry, EntryKind, JournalError, Known, Placed, Prints, Reader, SessionName, Store};
use crate::machine::At;
use crate::review::{Marks, Protocols, Shared, Summary, Unreadable};
use crate::seal::Identity;

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
    entries: Vec<Entry>,
    next: AtomicUsize,
    stop: Arc<AtomicBool>,
    identity: Arc<Identity>,
    now: At,
    known: HashMap<SessionName, Known>,
    beside: HashMap<SessionName, Vec<Placed>>,
    shared: Shared,
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
            let work = Work {
                known: Known::all(&store.ledger()),
                next: AtomicUsize::new(0),
                stop: halt,
                shared: Shared::default(),
                store,
                entries,
                identity,
                now,
                beside,
            };
            let work = &work;
            thread::scope(|scope| {
                for _ in 0..threads() {
                    let (tell, protocols) = (tell.clone(), protocols.clone());
                    scope.spawn(move || work.run(&tell, protocols));
                }
            });
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

/// As many as there are cores.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

impl Work {
    fn run(&self, tell: &Sender<Arrived>, mut protocols: Protocols) {
        let mut reader = Reader::new(&self.identity);
        while !self.stop.load(Ordering::Relaxed) {
            let Some(entry) = self.entries.get(self.next.fetch_add(1, Ordering::Relaxed)) else { return };
            let arrived = match &entry.kind {
                EntryKind::Session(name) => self.open(name, &mut reader, &mut protocols),
                EntryKind::Foreign { file, why } => {
                    let why = JournalError::Foreign { path: self.store.folder().join(file), why: *why };
                    Arrived::Unreadable(Unreadable { file: file.clone(), why })
                }
            };
            // Nobody listens any more.
            if tell.send(arrived).is_err() {
                return;
            }
        }
    }

    fn open(&self, name: &SessionName, reader: &mut Reader<'_>, protocols: &mut Protocols) -> Arrived {
        let known = self.known.get(name).copied().unwrap_or_default();
        let beside = self.beside.get(name).map(Vec::as_slice).unwrap_or_default();
        let prints = if beside.is_empty() { Prints::WhereKnown } else { Prints::Always };
        match self.store.inspect(name, reader, &known, prints) {
            Ok(inspected) => {
                let protocol = protocols.of(&inspected.session.protocol);
                let marks = (!beside.is_empty()).then(|| Marks::of(beside, inspected.sha256));
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

/// What stands beside the sessions, by session, opened in parallel.
fn beside(store: &Store, identity: &Identity, stop: &AtomicBool) -> HashMap<SessionName, Vec<Placed>> {
    let names = store.beside_names();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(HashMap::<SessionName, Vec<Placed>>::new()));
    let read = || {
        while !stop.load(Ordering::Relaxed) {
            let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            if let Some(placed) = store.open_beside(name, identity) {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.entry(*placed.companion.of()).or_default().push(placed);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads().min(names.len()) {
            scope.spawn(read);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Opens one session anew, after something was put beside it.
///
/// # Errors
/// As [`Store::open`].
pub fn open_again(
    store: &Store,
    name: &SessionName,
    identity: &Identity,
    protocols: &mut Protocols,
    now: At,
) -> Result<Option<Summary>, JournalError> {
    let known = Known::of(&store.ledger(), name);
    let inspected = store.inspect(name, &mut Reader::new(identity), &known, Prints::Always)?;
    let all = store.placed(identity);
    let beside = all.iter().filter(|placed| placed.companion.of() == name);
    let marks = Marks::of(beside, inspected.sha256);
    let protocol = protocols.of(&inspected.session.protocol);
    Ok(Summary::of(&inspected, protocol.as_ref(), Some(marks), now, &Shared::default()))
}
