//! A disk whose k-th step fails, for every k until a run is clean: through a session's life, what is set, what stands
//! beside a session, and an erasing.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use amparo::journal::{
    Beside, Companion, Erasure, JournalError, Medium, Refused, Step, Verdict, replace_file_on,
};
use amparo::machine::At;
use amparo::seal::{HeadCode, fingerprint};
use amparo::text::{Line, Prose, StaffNumber};

use super::{Desk, closed, event, name, resumed, source};

/// Lets the k-th step fail, and a write go through in part.
#[derive(Debug)]
struct Failing {
    steps: AtomicUsize,
    fails: usize,
    /// How many bytes of a failing write go through.
    through: usize,
    lasts: Lasts,
    /// The step that failed first.
    failed: Mutex<Option<Step>>,
}

/// How long a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lasts {
    /// For one step.
    Once,
    /// From then on.
    ForGood,
}

impl Failing {
    fn at(fails: usize, through: usize, lasts: Lasts) -> Arc<Self> {
        Arc::new(Self { steps: AtomicUsize::new(0), fails, through, lasts, failed: Mutex::new(None) })
    }

    /// The step that failed; none: so many were never reached.
    fn failed(&self) -> Option<Step> {
        *self.failed.lock().unwrap()
    }
}

impl Medium for Failing {
    fn before(&self, step: Step) -> Result<(), Refused> {
        let number = self.steps.fetch_add(1, Ordering::Relaxed);
        if number == self.fails {
            *self.failed.lock().unwrap() = Some(step);
        }
        if number == self.fails || (self.lasts == Lasts::ForGood && number > self.fails) {
            Err(Refused { error: io::Error::from_raw_os_error(5), after: self.through })
        } else {
            Ok(())
        }
    }
}

/// A step by its kind, whatever it writes.
fn kind(step: Step) -> String {
    format!("{step:?}").chars().take_while(char::is_ascii_alphabetic).collect()
}

const SET: [&[u8]; 2] = [b"{\"cover\":\"health\"}", b"{\"cover\":\"health\",\"rest_after\":\"5\"}"];

/// A home with a session to be erased and what was added to it.
struct House {
    desk: Desk,
    addendum: Companion,
}

/// What was acknowledged in a life: to whoever waits at the screen.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    /// How many of the two settings.
    set: usize,
    /// How many events of the session.
    events: u64,
    /// That something stands beside the session.
    added: bool,
    /// That the other session is erased.
    erased: bool,
}

impl House {
    fn new() -> Self {
        let desk = Desk::new();
        desk.session(name(8), 3);
        let addendum = addendum_to(&desk, 8);
        desk.store().put_beside(&addendum, &desk.recipients).unwrap();
        Self { desk, addendum }
    }

    fn settings(&self) -> PathBuf {
        self.desk.home.path().join("set").join("settings.json")
    }

    /// All that the program writes, on a medium.
    fn life(&self, medium: &Arc<Failing>) -> Told {
        let mut told = Told::default();
        for text in SET {
            let kept = replace_file_on(Arc::clone(medium) as Arc<dyn Medium>, &self.settings(), text);
            told.set += usize::from(kept.is_ok());
            if kept.is_err() {
                break;
            }
        }
        told.events = self.session(medium);
        let store = self.desk.store().on(Arc::clone(medium) as Arc<dyn Medium>);
        if self.desk.store().bytes(&name(9)).is_ok() {
            told.added = store.put_beside(&addendum_to(&self.desk, 9), &self.desk.recipients).is_ok();
        }
        let (worker, readers) = (&self.desk.worker, &self.desk.recipients);
        told.erased = store.erase_with_what_stands_beside(&erasure(), Some(worker), readers).is_ok();
        told
    }

    /// What happens in a session's life: how many events were acknowledged at its end.
    fn session(&self, medium: &Arc<Failing>) -> u64 {
        let desk = &self.desk;
        let store = desk.store().on(Arc::clone(medium) as Arc<dyn Medium>);
        let mut acknowledged = 0;
        // Made again until it is made, as the disk's thread does.
        let made = (0..3).find_map(|_| store.create_named(name(9), &source(), &desk.recipients).ok());
        let Some(mut writer) = made else { return 0 };
        for number in 1..=5 {
            if let Ok(saved) = writer.append(&event(number)) {
                acknowledged = saved;
            }
        }
        if let Ok(saved) = writer.retry() {
            acknowledged = saved;
        }
        drop(writer);
        let Ok((_, mut writer)) = store.resume(&name(9), &desk.worker, &desk.recipients) else {
            return acknowledged;
        };
        for event in [resumed(6), event(7), closed(8)] {
            if let Ok(saved) = writer.append(&event) {
                acknowledged = saved;
            }
        }
        writer.retry().unwrap_or(acknowledged)
    }

    /// What was acknowledged is there, and nothing reads wrong.
    fn holds(&self, told: &Told, lasts: Lasts, what: &str) {
        self.settings_hold(told, what);
        self.session_holds(told, what);
        let there = self.desk.store().companions(&self.desk.supervisor);
        let added = addendum_to(&self.desk, 9);
        assert!(!told.added || there.contains(&added), "{what}: what was added is not there");
        for companion in &there {
            let right = matches!(companion, Companion::Stone(stone) if stone.name == name(8));
            assert!(right || *companion == added || *companion == self.addendum, "{what}: {companion:?}");
        }
        self.erasing_holds(told, lasts, &there, what);
    }

    fn settings_hold(&self, told: &Told, what: &str) {
        let set = fs::read(self.settings()).ok();
        let as_one_of = SET.iter().rposition(|text| set.as_deref() == Some(*text)).map_or(0, |at| at + 1);
        assert!(set.is_none() || as_one_of > 0, "{what}: what is set is torn: {set:?}");
        assert!(as_one_of >= told.set, "{what}: {} were told to be set, {as_one_of} are", told.set);
        let beside = fs::read_dir(self.settings().parent().unwrap()).map_or(0, Iterator::count);
        assert!(beside <= 1, "{what}: {beside} files where what is set lies alone");
    }

    fn session_holds(&self, told: &Told, what: &str) {
        match self.desk.store().open(&name(9), &self.desk.supervisor) {
            Ok(session) => {
                let kept = session.events.len() as u64;
                assert!(kept >= told.events, "{what}: {} acknowledged, {kept} there", told.events);
                let as_written = session.events.iter().zip((1..=5).map(event));
                assert!(as_written.into_iter().all(|(kept, written)| *kept == written), "{what}");
                assert!(!matches!(session.verdict, Verdict::Altered { .. }), "{what}");
            }
            Err(JournalError::NoSuchSession(_) | JournalError::Unbegun(_)) => {
                assert_eq!(told.events, 0, "{what}");
            }
            Err(other) => panic!("{what}: {other}"),
        }
    }

    /// Erased as a whole, or there as a whole, or begun: then the ledger has its stone, and it can be erased again.
    fn erasing_holds(&self, told: &Told, lasts: Lasts, there: &[Companion], what: &str) {
        let store = self.desk.store();
        let is_stone = |companion: &Companion| matches!(companion, Companion::Stone(_));
        if !told.erased && store.stones().is_empty() {
            let session = store.open(&name(8), &self.desk.supervisor).unwrap();
            assert_eq!(session.events, (1..=3).map(event).collect::<Vec<_>>(), "{what}: nothing is gone");
            assert!(there.contains(&self.addendum), "{what}: nor what stands beside it");
            // A disk that takes nothing any more may keep one that was to be taken back.
            assert!(
                lasts == Lasts::ForGood || !there.iter().any(is_stone),
                "{what}: a stone of what is there"
            );
        }
        if !told.erased {
            let again = store.erase(&erasure(), &self.desk.recipients);
            assert!(matches!(again, Ok(_) | Err(JournalError::Erased(_))), "{what}: {again:?}");
            assert!(store.path(&name(8)).metadata().is_err(), "{what}: it is gone then");
            return;
        }
        let opened = store.open(&name(8), &self.desk.supervisor);
        assert!(matches!(opened, Err(JournalError::Erased(_))), "{what}: {opened:?}");
        assert!(there.iter().any(is_stone) && !there.contains(&self.addendum), "{what}: {there:?}");
    }
}

/// Why the other session is to be erased.
fn erasure() -> Erasure {
    let by = Some(StaffNumber::new("204").unwrap());
    Erasure { name: name(8), at: At::default(), by, reason: Line::new("she asked for it").unwrap() }
}

/// Something that is added to a session after its closing.
fn addendum_to(desk: &Desk, digit: u8) -> Companion {
    let sha256 = fingerprint(&desk.store().bytes(&name(digit)).unwrap_or_default());
    // Of no file: what makes it is slow on purpose, and nobody compares it here.
    let head = HeadCode::new("6KFY-K9D2-ZSZB-7WWR").unwrap();
    let of = Beside { name: name(digit), sha256, head };
    let by = StaffNumber::new("204").unwrap();
    Companion::Addendum { of, at: At::default(), by, text: Prose::new("She called.").unwrap(), answers: None }
}

#[test]
fn whichever_step_of_a_disk_fails_nothing_that_was_acknowledged_is_lost() {
    let (mut tried, mut most, mut kinds) = (0, 0, BTreeSet::new());
    for lasts in [Lasts::Once, Lasts::ForGood] {
        let mut writes = BTreeSet::new();
        for through in [0, 1, 255, 256, 300, 5_000] {
            for fails in 0.. {
                // Only a write goes through in part.
                if through > 0 && fails < most && !writes.contains(&fails) {
                    continue;
                }
                let house = House::new();
                let medium = Failing::at(fails, through, lasts);
                let told = house.life(&medium);
                let Some(step) = medium.failed() else {
                    let all = Told { set: 2, events: 8, added: true, erased: true };
                    assert_eq!(told, all, "a run without a fault");
                    most = most.max(fails);
                    break;
                };
                tried += 1;
                kinds.insert(kind(step));
                if matches!(step, Step::Write(_)) {
                    writes.insert(fails);
                }
                let what = format!("step {fails}, {step:?}, fails after {through} bytes, {lasts:?}");
                house.holds(&told, lasts, &what);
            }
        }
    }
    let each = ["Create", "Cut", "MakeFolder", "Open", "Remove", "Rename", "Sync", "SyncFolder", "Write"];
    assert!(kinds.iter().eq(&each), "each kind of step failed: {kinds:?}");
    let _ = writeln!(io::stderr(), "steps of a disk that fail: {tried} tried, of {most} steps, nothing lost");
}

#[test]
fn the_same_bytes_are_tried_again() {
    // A second plaintext under a cell's key would give both away; so what a failing disk left behind must be a beginning
    // of what stands there in the end.
    let (mut tried, mut fails) = (0, 0);
    loop {
        let desk = Desk::new();
        let medium = Failing::at(fails, 100, Lasts::Once);
        let store = desk.store().on(Arc::clone(&medium) as Arc<dyn Medium>);
        fails += 1;
        let Ok(mut writer) = store.create_named(name(9), &source(), &desk.recipients) else { continue };
        for number in 1..=5 {
            let failed = writer.append(&event(number)).is_err();
            let left = fs::read(writer.path()).unwrap();
            if failed {
                tried += 1;
                writer.retry().unwrap();
            }
            assert!(fs::read(writer.path()).unwrap().starts_with(&left));
        }
        if medium.failed().is_none() {
            break;
        }
    }
    assert!(tried >= 10, "{tried}");
}
