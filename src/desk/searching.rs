//! Looking for words in many sessions: they are opened again, the newest first, and nothing of what was written stays in
//! memory but what was found.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::journal::{Reader, SessionName, Store, cores, in_threads};
use crate::review::{Hit, Search};
use crate::seal::Identity;

/// What became of one session: where the words were found in it, if anywhere.
#[derive(Debug)]
pub struct Looked {
    /// The session.
    pub session: SessionName,
    /// The places.
    pub hits: Vec<Hit>,
}

/// A search that runs. Dropping it stops it.
#[derive(Debug)]
pub struct Searching {
    arrives: Receiver<Looked>,
    stop: Arc<AtomicBool>,
    /// In how many sessions is looked; as many things arrive.
    pub total: usize,
}

impl Searching {
    /// Looks for words in these sessions, in their order.
    pub fn start(store: &Store, identity: &Arc<Identity>, search: Search, names: Vec<SessionName>) -> Self {
        let (tell, arrives) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (total, halt) = (names.len(), Arc::clone(&stop));
        let (store, identity) = (store.clone(), Arc::clone(identity));
        thread::spawn(move || {
            in_threads(&names, cores(), &halt, &tell, &|names, tell| {
                let mut reader = Reader::new(&identity);
                for session in names {
                    // What cannot be opened is listed as such elsewhere.
                    let hits =
                        store.open_with(session, &mut reader).map(|read| search.in_events(&read.events));
                    tell(Looked { session: *session, hits: hits.unwrap_or_default() });
                }
            });
        });
        Self { arrives, stop, total }
    }

    /// What has arrived since the last time, without waiting.
    pub fn arrived(&self) -> impl Iterator<Item = Looked> {
        self.arrives.try_iter()
    }

    /// The next that arrives; none: it is done. Waits.
    pub fn wait(&self) -> Option<Looked> {
        self.arrives.recv().ok()
    }
}

impl Drop for Searching {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
