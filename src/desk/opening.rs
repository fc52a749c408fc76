//! Opening many sessions: in as many threads as there are cores, the newest first, each told through one channel as soon
//! as it is read. What stands beside them is opened between them, the latest first, and told with its session where that was
//! not told yet, and after it where it was. The key is dropped with the last thread.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::journal::{
    Entry, EntryKind, JournalError, Noted, Placed, Prints, Reader, Receipt, SessionName, Store, Unread,
    cores, in_threads,
};
use crate::machine::At;
use crate::review::{Marks, Protocols, Shared, Summary, Unreadable};
use crate::seal::Identity;
use crate::text::Fingerprint;

/// What comes through the channel.
#[derive(Debug)]
pub enum Arrived {
    /// A session that was read, with what is known so far of what stands beside it.
    Session(Box<Summary>),
    /// All that is known by now of what stands beside a session that came before.
    Said(SessionName, Box<Marks>),
    /// A file that is no session, or none that can be read.
    Unreadable(Unreadable),
    /// A file beside the sessions that says nothing.
    Unread(SessionName, Unread),
    /// A file that was there a moment ago, or holds nothing, or was told with its session: nothing more is shown, and it
    /// counts for the progress.
    Nothing,
}

/// Sessions that are being opened. Dropping it stops the threads after the file that each has in hand.
#[derive(Debug)]
pub struct Opening {
    arrives: Receiver<Arrived>,
    stop: Arc<AtomicBool>,
    /// How many files there are, those beside the sessions among them; as many things arrive.
    pub total: usize,
}

/// So many sessions are opened before anything that stands beside them, so that a screen is there at once.
const AT_ONCE: usize = 32;

/// A file that is to be opened.
enum Task<'a> {
    Entry(&'a Entry),
    Beside(&'a SessionName),
}

/// What the threads share.
struct Work {
    store: Store,
    identity: Arc<Identity>,
    now: At,
    known: Noted,
    beside: Mutex<BesideThem>,
    shared: Shared,
    /// What is to be noted of those that were opened.
    receipts: Mutex<Vec<Receipt>>,
}

/// What was found beside the sessions so far, and the files of the sessions that were opened.
#[derive(Default)]
struct BesideThem {
    placed: HashMap<SessionName, Vec<Placed>>,
    opened: HashMap<SessionName, Prints>,
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
        let (entries, mut names) = (store.list()?, store.beside_names());
        let (tell, arrives) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let total = entries.len() + names.len();
        let (store, identity) = (store.clone(), Arc::clone(identity));
        let (halt, protocols) = (Arc::clone(&stop), protocols.clone());
        thread::spawn(move || {
            let (known, shared) = (Noted::of(&store.ledger()), Shared::default());
            let (beside, receipts) = (Mutex::default(), Mutex::default());
            let work = Work { store, identity, now, known, beside, shared, receipts };
            let open = |tasks: &[Task<'_>]| {
                in_threads(tasks, cores(), &halt, &tell, &|tasks, tell| {
                    let (mut reader, mut protocols) = (Reader::new(&work.identity), protocols.clone());
                    for task in tasks {
                        match task {
                            Task::Entry(entry) => work.entry(entry, &mut reader, &mut protocols, tell),
                            Task::Beside(name) => work.beside(name, tell),
                        }
                    }
                });
            };
            let (first, rest) = entries.split_at(entries.len().min(AT_ONCE));
            open(&first.iter().map(Task::Entry).collect::<Vec<_>>());
            work.store.latest_first(&mut names);
            open(&woven(rest, &names));
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

/// Sessions and what stands beside them in turn, so that both come to their end together.
fn woven<'a>(entries: &'a [Entry], names: &'a [SessionName]) -> Vec<Task<'a>> {
    let mut tasks = Vec::with_capacity(entries.len() + names.len());
    let mut beside = names.iter();
    for (place, entry) in entries.iter().enumerate() {
        tasks.push(Task::Entry(entry));
        let so_far = (place + 1).saturating_mul(names.len()) / entries.len();
        let missing = so_far.saturating_sub(names.len() - beside.len());
        tasks.extend(beside.by_ref().take(missing).map(Task::Beside));
    }
    tasks.extend(beside.map(Task::Beside));
    tasks
}

impl Work {
    fn entry(
        &self,
        entry: &Entry,
        reader: &mut Reader<'_>,
        protocols: &mut Protocols,
        tell: &mut dyn FnMut(Arrived),
    ) {
        match &entry.kind {
            EntryKind::Session(name) => self.open(name, reader, protocols, tell),
            EntryKind::Foreign { file, why } => {
                let why = JournalError::Foreign { path: self.store.folder().join(file), why: *why };
                tell(Arrived::Unreadable(Unreadable { file: file.clone(), why }));
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

    fn open(
        &self,
        name: &SessionName,
        reader: &mut Reader<'_>,
        protocols: &mut Protocols,
        tell: &mut dyn FnMut(Arrived),
    ) {
        let known = self.known.known(name);
        let so_far = self.them().placed.get(name).map(named).unwrap_or_default();
        let unreadable = |why| Arrived::Unreadable(Unreadable { file: name.to_string(), why });
        let inspected = match self.store.inspect(name, reader, &known, &so_far) {
            Ok(inspected) => inspected,
            // Erased meanwhile.
            Err(JournalError::NoSuchSession(_) | JournalError::Erased(_)) => return tell(Arrived::Nothing),
            Err(why) => return tell(unreadable(why)),
        };
        if let Some(receipt) = inspected.receipt {
            self.receipts.lock().unwrap_or_else(PoisonError::into_inner).push(receipt);
        }
        let protocol = protocols.of(&inspected.session.protocol);
        let Some(mut summary) = Summary::of(&inspected, protocol.as_ref(), None, self.now, &self.shared)
        else {
            return tell(unreadable(JournalError::Unbegun(*name)));
        };
        // Held while it is told, so that what comes later is told later.
        let mut them = self.them();
        let mut prints = inspected.prints;
        if let Some(placed) = them.placed.get(name) {
            prints = self.store.prints_with(name, &prints, &named(placed));
            summary.mark(Marks::of(placed, Some((&prints, self.now))));
        }
        them.opened.insert(*name, prints);
        tell(Arrived::Session(Box::new(summary)));
    }

    fn beside(&self, name: &SessionName, tell: &mut dyn FnMut(Arrived)) {
        let placed = match self.store.open_beside(name, &self.identity) {
            Ok(placed) => placed,
            Err(Unread::Gone) => return tell(Arrived::Nothing),
            Err(why) => return tell(Arrived::Unread(*name, why)),
        };
        let (of, sha256) = (*placed.companion.of(), placed.companion.sha256());
        // A file that has grown since is hashed without holding the others up.
        let opened = self.them().opened.get(&of).cloned();
        let grown = opened.map(|prints| self.store.prints_with(&of, &prints, &[sha256]));
        let mut them = self.them();
        let BesideThem { placed: all, opened } = &mut *them;
        let all = all.entry(of).or_default();
        all.push(placed);
        let Some(prints) = opened.get_mut(&of) else { return tell(Arrived::Nothing) };
        match grown {
            Some(grown) if grown.has_or_had(&sha256) && !prints.has_or_had(&sha256) => {
                prints.once.push(sha256);
            }
            Some(_) => {}
            // Its session was told in this very moment.
            None => *prints = self.store.prints_with(&of, prints, &[sha256]),
        }
        let marks = Marks::of(&*all, Some((prints, self.now)));
        tell(Arrived::Said(of, Box::new(marks)));
    }

    fn them(&self) -> MutexGuard<'_, BesideThem> {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files that what stands beside a session names as its own.
pub(super) fn named<'p>(beside: impl IntoIterator<Item = &'p Placed>) -> Vec<Fingerprint> {
    beside.into_iter().map(|placed| placed.companion.sha256()).collect()
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
