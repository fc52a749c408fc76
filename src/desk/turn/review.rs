//! What the turn does for the review: opening all sessions, reading one, putting something beside them, erasing one. Each in
//! a thread of its own, that tells the turn and looks between two files whether it is still wanted.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::complaint::{complaint, complaint_of_settings};
use crate::desk::handing_on::{Handed, HandingOn, Terms};
use crate::desk::keyring::{Keyring, Role};
use crate::desk::new_file::{NewFile, may_go};
use crate::desk::opening::{Arrived, Opening, named, open_again};
use crate::desk::searching::Searching;
use crate::desk::settings::Settings;
use crate::desk::worker::{AtHand, GivenUp};
use crate::export::{AskedFor, Format};
use crate::journal::{Beside, Companion, Erasure, Handling, JournalError, Noted, Reader, SessionName, Store};
use crate::machine::At;
use crate::review::{Marks, Protocols, Reviewed, Search, Shared, Summary};
use crate::seal::{HeadCode, Identity, Recipients, fingerprint};
use crate::text::{Fingerprint, Language, StaffNumber};
use crate::ui::{Came, HandedOn, NotDone, ReadSession, ReviewTold, ReviewWish, Saying};
use crate::words::KeyComplaint;

use super::{Tell, Told, Turn};

/// The first sessions are shown after so long,
const FIRST: Duration = Duration::from_millis(30);
/// and then all that came in so long together, since each time the lists are made anew.
const TOGETHER: Duration = Duration::from_millis(150);

/// The review that is open.
#[derive(Default)]
pub(super) struct Open {
    /// Counts the reviews, so that what was on its way for one is not told to the next.
    number: u64,
    left: GivenUp,
    /// Those who look for words, until something else is looked for.
    looks: GivenUp,
    /// Who hands sessions on, until it is done or stopped.
    hands: GivenUp,
    /// The protocols that were read, for all that is opened later.
    protocols: Arc<Mutex<Protocols>>,
    /// Sessions whose opening was noted since the review was opened.
    noted: BTreeSet<SessionName>,
    /// The files as they were read: what is signed off is what was read.
    read: Arc<Mutex<BTreeMap<SessionName, Fingerprint>>>,
}

/// Tells the turn what is for one review.
#[derive(Clone)]
struct TellReview {
    tell: Tell,
    number: u64,
}

impl TellReview {
    fn send(&self, told: ReviewTold) {
        // Fails only once the loop has ended.
        let _ = self.tell.send(Told::Review { number: self.number, told: Box::new(told) });
    }
}

/// What a thread of the review works with.
struct Work {
    store: Store,
    home: PathBuf,
    identity: Arc<Identity>,
    protocols: Arc<Mutex<Protocols>>,
    read: Arc<Mutex<BTreeMap<SessionName, Fingerprint>>>,
    now: At,
}

impl Turn {
    /// Begins to open all sessions, the newest first.
    pub(super) fn open_review(&mut self) {
        self.review.left.declare();
        self.review.looks.declare();
        self.review.hands.declare();
        self.review = Open { number: self.review.number + 1, ..Open::default() };
        let (tell, keeps_for) = (self.tell_review(), self.settings.keeps_for());
        let Some(work) = self.work() else { return tell.send(ReviewTold::NotRead(NotDone::NoKey)) };
        let (left, given_up) = (self.review.left.clone(), self.keys.given_up.clone());
        thread::spawn(move || {
            let protocols = work.protocols.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let opening = match Opening::start(&work.store, &work.identity, &protocols, work.now) {
                Ok(opening) => opening,
                Err(error) => return tell.send(ReviewTold::NoFolder(error)),
            };
            if let Ok(ring) = ring(&work.home) {
                tell.send(ReviewTold::CanRead(
                    ring.others().iter().map(|other| other.number.clone()).collect(),
                ));
            }
            drop(work);
            tell.send(ReviewTold::Begins { total: opening.total, keeps_for });
            let mut wait = FIRST;
            while let Some(first) = opening.wait() {
                thread::sleep(wait);
                wait = TOGETHER;
                // Dropping it stops those who open.
                if left.is_so() || given_up.is_so() {
                    return;
                }
                let all = std::iter::once(first).chain(opening.arrived());
                tell.send(ReviewTold::Came(all.map(came).collect()));
            }
        });
    }

    /// What the review asks for.
    pub(super) fn of_review(&mut self, wish: ReviewWish) {
        let tell = self.tell_review();
        if matches!(wish, ReviewWish::Look { .. } | ReviewWish::LookNoMore | ReviewWish::Leave) {
            std::mem::take(&mut self.review.looks).declare();
        }
        if matches!(wish, ReviewWish::HandOnNoMore | ReviewWish::Leave) {
            self.hand_on_no_more();
        }
        if wish == ReviewWish::Leave {
            std::mem::take(&mut self.review.left).declare();
            self.review.number += 1;
            return self.look_through();
        }
        let Some(work) = self.work() else {
            return tell.send(ReviewTold::NotSaid(NotDone::NoKey, Vec::new()));
        };
        let keys = self.keys.clone();
        match wish {
            ReviewWish::Read { session, by } => {
                let noted = !self.review.noted.insert(session);
                thread::spawn(move || {
                    tell.send(match work.read(&session) {
                        Ok((read, of)) => {
                            // Before it is shown, so that nobody reads what leaves no trace; but a folder that takes
                            // no note keeps nobody from reading.
                            if !noted {
                                let _ = work.note_opened(of, by, &keys);
                            }
                            ReviewTold::Read(Arc::new(read))
                        }
                        Err(why) => ReviewTold::NotRead(why),
                    });
                });
            }
            ReviewWish::Say { sessions, by, saying } => {
                thread::spawn(move || {
                    let mut said = Ok(());
                    // The one that fails is read again too: of several marks some may stand.
                    let put = sessions.iter().map_while(|session| {
                        said.is_ok().then(|| {
                            said = work.say(session, &by, &saying, &keys);
                            session
                        })
                    });
                    let put: Vec<&SessionName> = put.collect();
                    let (changed, read) = work.again(&put);
                    tell.send(match said.and(read) {
                        Ok(()) => ReviewTold::Said(changed),
                        Err(why) => ReviewTold::NotSaid(why, changed),
                    });
                });
            }
            ReviewWish::Erase { session, by, reason } => {
                thread::spawn(move || {
                    let erasure = Erasure { name: session, at: work.now, by: Some(by), reason };
                    tell.send(match work.erase(&erasure, &keys) {
                        Ok(()) => ReviewTold::Erased(session),
                        Err(why) => ReviewTold::NotSaid(why, Vec::new()),
                    });
                });
            }
            ReviewWish::Look { search, sessions } => self.look_for(work, search, sessions),
            ReviewWish::HandOn { sessions, by, format, to } => {
                let stop = [self.review.hands.clone(), self.keys.given_up.clone()];
                let way = Way { sessions, by, format, to: path_of(&to), language: self.language };
                thread::spawn(move || {
                    let handed = work.hand_on(&way, &keys, &tell, || stop.iter().any(GivenUp::is_so));
                    tell.send(ReviewTold::HandedOn(handed));
                });
            }
            ReviewWish::LookNoMore | ReviewWish::HandOnNoMore | ReviewWish::Leave => {}
        }
    }

    /// What is not sealed is not written on behind the leaflet.
    pub(super) fn hand_on_no_more(&mut self) {
        std::mem::take(&mut self.review.hands).declare();
    }

    /// Looks for words in sessions, until something else is looked for, or the review is left.
    fn look_for(&mut self, work: Work, search: Search, sessions: Vec<SessionName>) {
        let tell = self.tell_review();
        let (halt, given_up) = (self.review.looks.clone(), self.keys.given_up.clone());
        thread::spawn(move || {
            let searching = Searching::start(&work.store, &work.identity, search.clone(), sessions);
            drop(work);
            let mut wait = FIRST;
            while let Some(first) = searching.wait() {
                thread::sleep(wait);
                wait = TOGETHER;
                // Dropping it stops those who look.
                if halt.is_so() || given_up.is_so() {
                    return;
                }
                let all = std::iter::once(first).chain(searching.arrived());
                let sessions = all.map(|looked| (looked.session, looked.hits)).collect();
                tell.send(ReviewTold::Looked { search: search.clone(), sessions });
            }
        });
    }

    /// Hears from a thread of the review that is open; what was for another one is dropped.
    pub(super) fn review_told(&mut self, number: u64, told: ReviewTold) {
        if number == self.review.number {
            self.ask(|screens, view| screens.review_told(told, view));
        }
    }

    fn tell_review(&self) -> TellReview {
        TellReview { tell: self.tell.clone(), number: self.review.number }
    }

    fn work(&self) -> Option<Work> {
        Some(Work {
            store: self.store.clone(),
            home: self.home.clone(),
            identity: self.keys.identity.clone()?,
            protocols: Arc::clone(&self.review.protocols),
            read: Arc::clone(&self.review.read),
            now: self.clock.now(),
        })
    }
}

/// What is handed on, and how.
struct Way {
    sessions: Vec<SessionName>,
    by: StaffNumber,
    format: Format,
    to: PathBuf,
    language: Language,
}

/// A path as it was typed: `~/` is the person's own folder, and one without a folder lies where the program was started.
fn path_of(typed: &str) -> PathBuf {
    let path = match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    };
    std::path::absolute(&path).unwrap_or(path)
}

fn came(arrived: Arrived) -> Came {
    match arrived {
        Arrived::Session(summary) => Came::Session(summary),
        Arrived::Said(name, marks) => Came::Said(name, marks),
        Arrived::Unreadable(unreadable) => Came::Unreadable(unreadable),
        Arrived::Unread(file, why) => Came::Unread(file, why),
        Arrived::Nothing => Came::Nothing,
    }
}

impl Work {
    /// Reads one session with all that can be said of it, and notes which file that was. Gives how a companion names it.
    fn read(&self, name: &SessionName) -> Result<(ReadSession, Beside), NotDone> {
        let known = Noted::of(&self.store.ledger()).known(name);
        let mut reader = Reader::new(&self.identity);
        let all = self.store.placed(&self.identity);
        let beside: Vec<_> = all.iter().filter(|placed| placed.companion.of() == name).collect();
        let named = named(beside.iter().copied());
        let inspected = self.store.inspect(name, &mut reader, &known, &named).map_err(NotDone::Journal)?;
        let protocol = {
            let mut protocols = self.protocols.lock().unwrap_or_else(PoisonError::into_inner);
            protocols.of(&inspected.session.protocol)
        };
        let protocol = protocol.ok_or(NotDone::NoProtocol)?;
        let sha256 = inspected.prints.now;
        let marks = Marks::of(beside, Some((&inspected.prints, self.now)));
        let summary = Summary::of(&inspected, Some(&protocol), Some(marks), self.now, &Shared::default())
            .ok_or(NotDone::Journal(JournalError::Unbegun(*name)))?;
        let session = inspected.session;
        let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, self.now);
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(*name, sha256);
        let of = Beside { name: *name, sha256, head: HeadCode::of(&sha256) };
        let (head, events) = (Some(of.head), Arc::new(session.events));
        Ok((ReadSession { summary, head, protocol, events, reviewed }, of))
    }

    fn note_opened(&self, of: Beside, by: StaffNumber, keys: &AtHand) -> Result<(), NotDone> {
        let recipients = keys.recipients.as_ref().ok_or(NotDone::NoKey)?;
        let opened = Companion::Handled { of, at: self.now, by: Some(by), how: Handling::Opened };
        self.store.put_beside(&opened, recipients).map(drop).map_err(NotDone::Journal)
    }

    /// Puts something beside a session.
    fn say(
        &self,
        name: &SessionName,
        by: &StaffNumber,
        saying: &Saying,
        keys: &AtHand,
    ) -> Result<(), NotDone> {
        let all = keys.recipients.as_ref().ok_or(NotDone::NoKey)?;
        let readers = match saying {
            Saying::Remark { to: Some(number), .. } => Cow::Owned(self.readers_with(number)?),
            _ => Cow::Borrowed(all),
        };
        let sha256 = fingerprint(&self.store.bytes(name).map_err(NotDone::Journal)?);
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        if read.is_some_and(|read| read != sha256) {
            return Err(NotDone::FileChanged);
        }
        let of = Beside { name: *name, sha256, head: HeadCode::of(&sha256) };
        let (at, by) = (self.now, by.clone());
        let all = match saying.clone() {
            Saying::Mark { on, mark } => {
                let marked = |on| Companion::Marked { of, at, by: by.clone(), on, mark };
                on.into_iter().map(marked).collect()
            }
            Saying::Remark { on, to, text } => vec![Companion::Remark { of, at, by, text, on, to }],
        };
        let put = |one: &Companion| self.store.put_beside(one, &readers).map_err(NotDone::Journal);
        all.iter().try_for_each(|one| put(one).map(drop))
    }

    /// Reads sessions anew that something was put beside, up to the first that cannot be read. All that stands beside
    /// sessions is opened once for them together.
    fn again(&self, names: &[&SessionName]) -> (Vec<Summary>, Result<(), NotDone>) {
        let placed = if names.is_empty() { Vec::new() } else { self.store.placed(&self.identity) };
        let mut read = Vec::new();
        for name in names {
            let mut protocols = self.protocols.lock().unwrap_or_else(PoisonError::into_inner);
            match open_again(&self.store, name, &self.identity, &placed, &mut protocols, self.now) {
                Ok(summary) => read.extend(summary),
                Err(why) => return (read, Err(NotDone::Journal(why))),
            }
        }
        (read, Ok(()))
    }

    /// Those who may read what is addressed to a number: who reads all here, and she; nobody else's caseworker.
    fn readers_with(&self, number: &StaffNumber) -> Result<Recipients, NotDone> {
        let settings = Settings::read(&self.home)
            .map_err(|error| NotDone::Keys(KeyComplaint::Settings(complaint_of_settings(error))))?;
        let readers = ring(&self.home)?.readers_with(number, &settings);
        readers
            .map_err(|error| NotDone::Keys(complaint(&error)))?
            .ok_or_else(|| NotDone::NoKeyOf(number.clone()))
    }

    /// Hands sessions on as a new file. Where it was stopped there is none.
    fn hand_on(
        &self,
        way: &Way,
        keys: &AtHand,
        tell: &TellReview,
        is_stopped: impl Fn() -> bool,
    ) -> Result<HandedOn, NotDone> {
        let readers = keys.recipients.as_ref().ok_or(NotDone::NoKey)?;
        let file = way.to.display().to_string();
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => NotDone::FileThere(file.clone()),
            _ => NotDone::NotWritten { file: file.clone(), why: error.to_string() },
        };
        let (language, by) = (way.language, Some(way.by.clone()));
        let terms = Terms { format: way.format, language, with: AskedFor::default(), by, now: self.now };
        may_go(&way.to, Some(&self.home)).map_err(|_| NotDone::NoPlace(file.clone()))?;
        let mut new = NewFile::create(&way.to).map_err(failed)?;
        let mut handing = HandingOn::begin(&self.store, Some(&self.identity), Some(readers), terms);
        let mut handed = HandedOn { file: file.clone(), sessions: 0, withdrawn: 0, unreadable: 0 };
        new.write(&handing.head()).map_err(failed)?;
        let (of, mut told) = (way.sessions.len(), Instant::now());
        for (done, name) in way.sessions.iter().enumerate() {
            if is_stopped() {
                return Err(NotDone::Stopped);
            }
            if told.elapsed() > TOGETHER {
                told = Instant::now();
                tell.send(ReviewTold::HandsOn { done, of });
            }
            match handing.add(name, |_| true) {
                Ok(Handed::Text { text, .. }) => {
                    handed.sessions += 1;
                    new.write(&text).map_err(failed)?;
                }
                Ok(Handed::Withdrawn) => handed.withdrawn += 1,
                Ok(Handed::Unreadable(_) | Handed::Unknown | Handed::NotAsked) => handed.unreadable += 1,
                Err(error) => return Err(NotDone::Journal(error)),
            }
        }
        if handed.sessions == 0 {
            return Err(NotDone::NothingLeft);
        }
        let tail = handing.tail();
        if is_stopped() {
            return Err(NotDone::Stopped);
        }
        new.write(&tail).map_err(failed)?;
        new.finish().map_err(failed)?;
        Ok(handed)
    }

    /// Erases one with what stands beside it; a note stays.
    fn erase(&self, erasure: &Erasure, keys: &AtHand) -> Result<(), NotDone> {
        let ring = ring(&self.home)?;
        if ring.own().is_none_or(|own| own.role != Role::Supervisor) {
            return Err(NotDone::Keys(KeyComplaint::NotSupervisor));
        }
        let recipients = keys.recipients.as_ref().ok_or(NotDone::NoKey)?;
        let erased = self.store.erase_with_what_stands_beside(erasure, Some(&self.identity), recipients);
        erased.map(drop).map_err(NotDone::Journal)
    }
}

fn ring(home: &Path) -> Result<Keyring, NotDone> {
    Keyring::read(home).map_err(|error| NotDone::Keys(complaint(&error)))
}
