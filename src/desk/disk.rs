//! The disk's own thread: events go in, what is on disk comes out. No key ever waits for it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use crate::journal::{Awaits, JournalError, ProtocolSource, Store, Trouble, Waits, Writer};
use crate::machine::Event;
use crate::seal::{HeadCode, Recipients};

/// What the disk says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// So many events of the session are on disk, and none waits.
    Saved(u64),
    /// Those after so many are not; they are tried again by themselves.
    NotSaved {
        /// How many are.
        saved: u64,
        /// What is wrong.
        trouble: Trouble,
    },
    /// Something else had changed the session's file; it was written anew, and all that was issued is in it.
    WrittenAnew,
    /// The session is kept in this folder now.
    Moved(PathBuf),
    /// Everything of a session that was parted with is on disk, or never will be. Its last word.
    Over,
    /// It is closed and on disk, and this is the code to note on paper.
    Closed(HeadCode),
}

enum Order {
    Append(Box<Event>, Awaits),
    Elsewhere(Vec<PathBuf>),
    Finish(Sender<()>, Vec<PathBuf>),
    Part,
    #[cfg(debug_assertions)]
    Fail,
}

/// The sessions that are being written, for a way out that has nothing else at hand: a panic in any thread.
static RUNNING: Mutex<Vec<(Sender<Order>, ThreadId)>> = Mutex::new(Vec::new());

/// Waits until everything that was issued until now is written, as long as a person can wait who has to leave. In the
/// disk's own thread there is nothing to wait for: what it had in hand was not shown as kept.
pub(super) fn make_safe() {
    let running = RUNNING.try_lock().map(|running| running.clone()).unwrap_or_default();
    let me = thread::current().id();
    finish(running.iter().filter(|(_, thread)| *thread != me).map(|(orders, _)| orders), &[]);
}

/// Asks all of them first, and then waits once for all.
fn finish<'a>(running: impl Iterator<Item = &'a Sender<Order>>, elsewhere: &[PathBuf]) {
    let asked = running.filter_map(|orders| {
        let (done, finished) = mpsc::channel();
        orders.send(Order::Finish(done, elsewhere.to_vec())).ok().map(|()| finished)
    });
    let asked: Vec<Receiver<()>> = asked.collect();
    let until = Instant::now() + PATIENCE;
    for finished in asked {
        let _ = finished.recv_timeout(until.saturating_duration_since(Instant::now()));
    }
}

/// How long what could not be written waits before it is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// How long leaving waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// A session that is being written.
#[derive(Debug)]
pub struct Disk {
    orders: Sender<Order>,
    thread: ThreadId,
}

impl Disk {
    /// Writes a new session. Its file is made in the thread too; until it can be, events wait in memory.
    pub fn begin(
        store: Store,
        protocol: ProtocolSource,
        recipients: Recipients,
        said: impl Fn(Said) + Send + 'static,
    ) -> Self {
        let file = Where::NotYet(store, protocol, recipients);
        Self::start(Keeper::of(file), said)
    }

    /// Goes on with a session.
    pub fn go_on(writer: Writer, said: impl Fn(Said) + Send + 'static) -> Self {
        Self::start(Keeper::of(Where::Here(writer)), said)
    }

    fn start(keeper: Keeper, said: impl Fn(Said) + Send + 'static) -> Self {
        let (orders, taken) = mpsc::channel();
        let thread = thread::spawn(move || serve(keeper, &taken, &said));
        let thread = thread.thread().id();
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).push((orders.clone(), thread));
        Self { orders, thread }
    }

    /// Keeps an event, and has noted what is awaited after it; what became of it is said later.
    pub fn append(&self, event: Event, awaits: Awaits) {
        // Without its thread nothing is said of the event, and so nothing shows it as kept.
        let _ = self.orders.send(Order::Append(Box::new(event), awaits));
    }

    /// Writes the whole session to the first of these places that takes it, and goes on there.
    pub fn save_elsewhere(&self, homes: Vec<PathBuf>) {
        let _ = self.orders.send(Order::Elsewhere(homes));
    }

    /// Goes on writing what was issued, without anybody waiting for it; what is said of it goes on too, until all of
    /// it is on disk. The session's file stays locked until then.
    pub fn part(&self) {
        let _ = self.orders.send(Order::Part);
    }

    /// Waits until everything of several sessions is written, as long as a person can wait who has to leave. What a
    /// folder of its own does not take goes to the first of these: there is nobody to ask any more.
    pub fn finish_all(all: impl Iterator<Item = Self>, elsewhere: &[PathBuf]) {
        let all: Vec<Self> = all.collect();
        finish(all.iter().map(|disk| &disk.orders), elsewhere);
    }

    /// Lets the thread panic.
    #[cfg(debug_assertions)]
    pub(super) fn fail(&self) {
        let _ = self.orders.send(Order::Fail);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|(_, thread)| *thread != self.thread);
    }
}

enum Where {
    NotYet(Store, ProtocolSource, Recipients),
    Here(Writer),
}

struct Keeper {
    file: Where,
    /// The sessions that it belongs to, wherever it is kept meanwhile.
    own: Store,
    /// Events of a session whose file could not be made yet.
    waiting: VecDeque<(Event, Awaits)>,
    /// Why no disk can ever take what comes next: it is more than a session can hold. Nothing behind it is taken
    /// either, since what follows stands on it.
    refused: Option<Trouble>,
}

impl Keeper {
    fn of(file: Where) -> Self {
        let own = match &file {
            Where::NotYet(store, ..) => store.clone(),
            Where::Here(writer) => writer.store(),
        };
        Self { file, own, waiting: VecDeque::new(), refused: None }
    }

    fn saved(&self) -> u64 {
        match &self.file {
            Where::NotYet(..) => 0,
            Where::Here(writer) => writer.saved(),
        }
    }

    fn is_behind(&self) -> bool {
        match &self.file {
            Where::NotYet(..) => self.refused.is_none(),
            Where::Here(writer) => writer.pending() > 0 || !self.waiting.is_empty(),
        }
    }

    /// Whether the ledger did not take yet what is awaited. The session itself is kept, so nobody is told; but the start
    /// screen would not know.
    fn owes_the_ledger(&self) -> bool {
        matches!(&self.file, Where::Here(writer) if writer.owes_the_ledger())
    }

    /// Tells the ledger what it is to be told.
    fn tell_the_ledger(&mut self, waits: Waits) {
        if let Where::Here(writer) = &mut self.file {
            writer.tell_the_ledger(waits);
        }
    }

    /// Whether the file was written anew, since something else had changed it, and this was last asked.
    fn was_written_anew(&mut self) -> bool {
        match &mut self.file {
            Where::NotYet(..) => false,
            Where::Here(writer) => writer.was_written_anew(),
        }
    }

    /// The head code, once the session is closed and on disk.
    fn head(&self) -> Option<HeadCode> {
        match &self.file {
            Where::NotYet(..) => None,
            Where::Here(writer) => writer.head().map(|head| HeadCode::of(&head)),
        }
    }

    fn append(&mut self, event: Event, awaits: Awaits) -> Result<(), JournalError> {
        if self.refused.is_none() {
            self.waiting.push_back((event, awaits));
        }
        self.write()
    }

    /// What is true of all that was issued, after what was just tried.
    fn says(&self, written: Result<(), JournalError>) -> Said {
        let saved = self.saved();
        let trouble = match written {
            Err(error) => Some(error.why_not_saved()),
            Ok(()) => self.refused,
        };
        trouble.map_or(Said::Saved(saved), |trouble| Said::NotSaved { saved, trouble })
    }

    /// It is refused for good: what waits behind it can go.
    fn refuse(&mut self, error: JournalError) -> JournalError {
        if error.trouble().is_none() && error.why_not_saved() == Trouble::TooLarge {
            self.refused = Some(Trouble::TooLarge);
            self.waiting.clear();
        }
        error
    }

    /// Makes the file where there is none, and writes what waits.
    fn write(&mut self) -> Result<(), JournalError> {
        if let Where::NotYet(store, protocol, recipients) = &self.file {
            if self.refused.is_some() {
                return Ok(());
            }
            match store.create(protocol, recipients) {
                Ok(writer) => self.file = Where::Here(writer),
                Err(error) => return Err(self.refuse(error)),
            }
        }
        let Where::Here(writer) = &mut self.file else { return Ok(()) };
        while let Some((event, awaits)) = self.waiting.front() {
            writer.awaits(*awaits);
            let written = writer.keep(event);
            // Once taken, the writer itself keeps what it could not write.
            if written.as_ref().err().is_none_or(|error| error.trouble().is_some()) {
                self.waiting.pop_front();
            }
            if let Err(error) = written {
                return Err(self.refuse(error));
            }
        }
        if writer.pending() > 0 {
            writer.retry()?;
        }
        Ok(())
    }

    /// Tries one folder after the other; the last one's refusal is told.
    fn elsewhere(&mut self, homes: &[PathBuf], said: &impl Fn(Said)) -> Result<(), JournalError> {
        // What no disk takes needs no other place.
        if self.refused.is_some() && !self.is_behind() {
            return Ok(());
        }
        let mut tried = Ok(());
        for place in homes {
            let moved = self.own.shelter(place).and_then(|home| self.to(&home).map(|()| home));
            match moved {
                Ok(home) => {
                    said(Said::Moved(home));
                    return Ok(());
                }
                Err(error) => tried = Err(error),
            }
        }
        tried
    }

    fn to(&mut self, home: &Path) -> Result<(), JournalError> {
        match &mut self.file {
            Where::NotYet(_, protocol, recipients) => {
                // Its own folder stays its own until another took it: whoever frees it finds the session there.
                let writer = Store::at(home).create(protocol, recipients)?;
                self.file = Where::Here(writer);
            }
            Where::Here(writer) => {
                writer.save_elsewhere(home)?;
            }
        }
        self.write()
    }
}

/// The next order. The ledger is told when none waits, and whoever has it is not waited for: an event is never behind it.
fn next(keeper: &mut Keeper, orders: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
    if keeper.owes_the_ledger() {
        match orders.try_recv() {
            Ok(order) => return Ok(order),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => keeper.tell_the_ledger(Waits::Never),
        }
    }
    if keeper.is_behind() || keeper.owes_the_ledger() {
        orders.recv_timeout(AGAIN_AFTER)
    } else {
        orders.recv().map_err(Into::into)
    }
}

fn serve(mut keeper: Keeper, orders: &Receiver<Order>, said: &(impl Fn(Said) + Send)) {
    let mut finishing: Option<Sender<()>> = None;
    let mut parted = false;
    let mut head_said = false;
    loop {
        let order = next(&mut keeper, orders);
        let written = match order {
            Ok(Order::Append(event, awaits)) => keeper.append(*event, awaits),
            Ok(Order::Elsewhere(homes)) => keeper.elsewhere(&homes, said),
            Ok(Order::Finish(done, elsewhere)) => {
                finishing = Some(done);
                keeper.write().or_else(|error| {
                    // Nobody is there to be told, and another place helps against a disk only.
                    let helps = keeper.is_behind() && !elsewhere.is_empty();
                    if helps { keeper.elsewhere(&elsewhere, said) } else { Err(error) }
                })
            }
            Ok(Order::Part) => {
                parted = true;
                keeper.write()
            }
            #[cfg(debug_assertions)]
            Ok(Order::Fail) => {
                super::fault::happens();
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) => keeper.write(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        said(keeper.says(written));
        if keeper.was_written_anew() {
            said(Said::WrittenAnew);
        }
        if !head_said && let Some(head) = keeper.head() {
            said(Said::Closed(head));
            head_said = true;
        }
        if (parted || finishing.is_some()) && !keeper.is_behind() {
            // All events are on disk: now there is a moment for the ledger, which nobody will tell later.
            keeper.tell_the_ledger(Waits::Shortly);
            // Its file is free before anybody hears of it, who may take it up at once.
            drop(keeper);
            said(Said::Over);
            // Dropping it lets whoever leaves go on.
            return drop(finishing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{ProtocolFile, SessionName};
    use crate::machine::{At, Fact, Follows};
    use crate::seal::Identity;
    use crate::text::StepId;

    fn event(follows: Follows) -> Event {
        Event { at: At::default(), fact: Fact::Paused, follows }
    }

    /// More than a session can hold.
    fn too_long() -> Event {
        let step = |number| StepId::new(&format!("a-step-with-a-long-id-{number}")).unwrap();
        event(Follows { off: (0..40_000).map(step).collect(), ..Follows::default() })
    }

    #[test]
    fn what_no_disk_can_take_is_told_once_and_holds_nothing_up() {
        let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let identity = Identity::generate();
        let recipients = Recipients::new(vec![identity.public()]).unwrap();
        let protocol = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
        let (told, said) = mpsc::channel();
        let store = Store::at(home.path());
        let disk = Disk::begin(store.clone(), protocol, recipients.clone(), move |said| {
            let _ = told.send(said);
        });
        let next = || said.recv_timeout(Duration::from_secs(30)).unwrap();
        let refused = Said::NotSaved { saved: 1, trouble: Trouble::TooLarge };
        disk.append(event(Follows::default()), Awaits::default());
        assert_eq!(next(), Said::Saved(1));
        disk.append(too_long(), Awaits::default());
        assert_eq!(next(), refused);
        disk.append(event(Follows::default()), Awaits::default());
        assert_eq!(next(), refused, "what follows stands on what was not taken");
        assert!(said.recv_timeout(AGAIN_AFTER * 2).is_err(), "it is not tried again");
        disk.save_elsewhere(vec![other.path().to_owned()]);
        assert_eq!(next(), refused, "no other place takes it either");
        disk.part();
        assert_eq!((next(), next()), (refused, Said::Over));
        assert!(!other.path().join("data").exists());
        // Its file is free again, with all that was kept.
        let name: SessionName = store.find(&only_file(home.path())).unwrap();
        let (session, _) = store.resume(&name, &identity, &recipients).unwrap();
        assert_eq!(session.events.len(), 1);
    }

    fn only_file(home: &Path) -> String {
        let mut files = std::fs::read_dir(home.join("data")).unwrap();
        files.next().unwrap().unwrap().file_name().into_string().unwrap()
    }
}
