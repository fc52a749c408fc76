//! The journal as a disk, a power cut and an adversary find it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it tried and skipped"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use amparo::journal::{
    Awaits, Back, Companion, Decoded, EntryKind, Erasure, Foreign, JournalError, LARGEST_FILE, LONGEST_EVENT,
    NoSession, NoWayOn, ProtocolFile, ProtocolSource, Reader, SessionName, Store, Trouble, Verdict,
    replace_file,
};
use amparo::machine::{
    At, Before, CoveredBy, Deadline, EndChange, Event, Fact, Follows, Heard, LeftFrom, Opened, Outcome,
    Place, Reason, ReasonCode, RowKey, SessionKind, Shyness, Uncovered, Undoable, Value,
};
use amparo::protocol::{Ending, Protocol, read};
use amparo::review::{self, Timeline};
use amparo::seal::{CELL, HeadCode, Identity, Recipients, fingerprint};
use amparo::text::{
    CaseCode, Fingerprint, Language, Line, OptionId, PhaseId, Prose, ProtocolId, ResponseId, RowId,
    StaffNumber, StepId, TopicId, forbidden_character,
};
use amparo::words::{Telling, consequences};
use proptest::prelude::*;

// ---- what the tests write ------------------------------------------------------------------------------------------

/// One key for all, so that a child's sessions are read here.
static KEY: LazyLock<Identity> = LazyLock::new(|| {
    Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX").unwrap()
});

static READERS: LazyLock<Recipients> = LazyLock::new(|| Recipients::new(vec![KEY.public()]).unwrap());

fn read_back(bytes: &[u8]) -> Result<Decoded, NoSession> {
    Reader::new(&KEY).decode(bytes)
}

fn source() -> ProtocolSource {
    let base = ProtocolFile::new("night.yaml", "amparo: 1\nid: night-shelter\ntitle: \"Una «noche»\\n\"\n");
    ProtocolSource::new(
        base,
        vec![ProtocolFile::new("night.es.yaml", "amparo: 1\ntranslates: night-shelter\n")],
    )
}

fn step(id: &str) -> StepId {
    StepId::new(id).unwrap()
}

fn begun() -> Fact {
    Fact::Begun {
        staff: vec![StaffNumber::new("204").unwrap(), StaffNumber::new("311").unwrap()],
        case: CaseCode::new("K-17").unwrap(),
        protocol: ProtocolId::new("night-shelter").unwrap(),
        version: 4,
        kind: SessionKind::Real,
    }
}

/// The n-th event of a session that every test can tell again, from 1.
fn event(number: u64) -> Event {
    let at = At {
        wall: 1_795_537_000_000 + i64::try_from(number).unwrap() * 1_000,
        zone: 60,
        run: number * 1_000,
    };
    let fact = match number % 5 {
        _ if number == 1 => begun(),
        0 => Fact::Noted {
            step: Some(step("calm")),
            text: Prose::new(&format!("note {number}\n«ñ» \"quoted\"")).unwrap(),
        },
        1 => Fact::Answered {
            step: step("risk"),
            value: Value::Number(i64::try_from(number).unwrap()),
            reason: None,
        },
        2 => Fact::Skipped { step: step("rights"), reason: Reason { code: ReasonCode::NoTime, words: None } },
        3 => Fact::Answered { step: step("calm"), value: Value::Done, reason: None },
        _ => Fact::Covered { by: CoveredBy::Key },
    };
    let follows = Follows { goes: Some(Place::Step(step("rights"))), ..Follows::default() };
    Event { at, fact, follows }
}

fn closed(number: u64) -> Event {
    Event {
        fact: Fact::Closed { reason: None, open: Vec::new() },
        follows: Follows::default(),
        ..event(number)
    }
}

fn events(count: u64) -> Vec<Event> {
    (1..=count).map(event).collect()
}

/// A home with one session of so many events, and its name.
fn session_of(count: u64) -> (tempfile::TempDir, Store, SessionName) {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let mut writer = store.create(&source(), &READERS).unwrap();
    for event in events(count) {
        writer.append(&event).unwrap();
    }
    let name = *writer.name();
    (home, store, name)
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map(|files| files.map(|file| file.unwrap().path()).collect())
        .unwrap_or_default();
    files.sort();
    files
}

// ---- children: this test binary, run once more ---------------------------------------------------------------------

const CHILD: &str = "AMPARO_TEST_CHILD";

/// Runs this binary once more as the child that `child` plays, with a home.
fn child(part: &str, home: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "plays_the_child", "--nocapture", "--test-threads=1"])
        .env(CHILD, part)
        .env("AMPARO_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The lines that a child says after `say:`; what the test harness itself prints is passed over.
fn said(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.split_once("say:").map(|(_, said)| said.to_owned()))
}

/// Not a test by itself: what the other process does, in tests that need one.
#[test]
fn plays_the_child() {
    let Ok(part) = std::env::var(CHILD) else { return };
    let home = PathBuf::from(std::env::var("AMPARO_HOME").unwrap());
    let store = Store::at(&home);
    match part.as_str() {
        "appends" => {
            let mut writer = store.create(&source(), &READERS).unwrap();
            println!("say:{}", writer.name());
            for number in 1.. {
                let saved = writer.append(&event(number)).unwrap();
                println!("say:{saved}");
            }
        }
        "holds" => {
            let mut writer = store.create(&source(), &READERS).unwrap();
            writer.append(&event(1)).unwrap();
            println!("say:{}", writer.name());
            std::thread::sleep(Duration::from_secs(60));
        }
        "umask-open" | "umask-shut" => {
            let mask = if part == "umask-open" { 0o000 } else { 0o777 };
            rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask));
            let deep = Store::at(&home.join("a/b"));
            let mut writer = deep.create(&source(), &READERS).unwrap();
            writer.append(&event(1)).unwrap();
            let name = *writer.name();
            drop(writer);
            println!("say:{:o}", fs::metadata(deep.path(&name)).unwrap().permissions().mode() & 0o7777);
            for folder in ["a", "a/b", "a/b/data"] {
                println!("say:{:o}", fs::metadata(home.join(folder)).unwrap().permissions().mode() & 0o7777);
            }
            let name = *deep.create(&source(), &READERS).unwrap().name();
            deep.erase(&erasure(name), &READERS).unwrap();
            println!("say:{:o}", fs::metadata(home.join("a/b/index")).unwrap().permissions().mode() & 0o7777);
        }
        other => panic!("no such part: {other}"),
    }
}

// ---- reading back --------------------------------------------------------------------------------------------------

#[test]
fn what_was_appended_is_read_back_while_it_is_written_and_after() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let mut writer = store.create(&source(), &READERS).unwrap();
    for number in 1..=20 {
        assert_eq!(writer.append(&event(number)).unwrap(), number);
        let session = store.open(writer.name(), &KEY).unwrap();
        assert_eq!(session.events, events(number));
        assert_eq!(session.verdict, Verdict::Open);
    }
    assert_eq!(writer.append(&closed(21)).unwrap(), 21);
    let session = store.open(writer.name(), &KEY).unwrap();
    assert_eq!(session.verdict, Verdict::Whole);
    assert_eq!(session.events.len(), 21);
    assert_eq!(*session.protocol, source());
}

#[test]
fn one_reader_gives_each_session_its_own_protocol_however_many_it_has_read() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    // More than are remembered, of one length, each told from the others by its last letters only.
    let sources: Vec<ProtocolSource> = (100..170)
        .map(|number| {
            ProtocolSource::new(ProtocolFile::new("night.yaml", format!("amparo: 1\nid: {number}\n")), vec![])
        })
        .collect();
    let names: Vec<SessionName> = sources
        .iter()
        .map(|source| {
            let mut writer = store.create(source, &READERS).unwrap();
            writer.append(&event(1)).unwrap();
            *writer.name()
        })
        .collect();
    let mut reader = Reader::new(&KEY);
    let forth_and_back = (0..names.len()).chain((0..names.len()).rev()).chain([3, 3, 60, 3, 60, 0]);
    for at in forth_and_back {
        let session = store.open_with(&names[at], &mut reader).unwrap();
        assert_eq!(*session.protocol, sources[at], "{at}");
    }
}

#[test]
fn what_was_opened_to_others_is_the_owners_alone_again_once_it_is_gone_on_with() {
    let (_home, store, name) = session_of(1);
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
    open(store.folder());
    open(&store.path(&name));
    drop(store.resume(&name, &KEY, &READERS).unwrap());
    assert_eq!((mode(store.folder()), mode(&store.path(&name))), (0o700, 0o600));
    open(store.folder());
    drop(
        store
            .create(&ProtocolSource::new(ProtocolFile::new("n.yaml", "amparo: 1"), Vec::new()), &READERS)
            .unwrap(),
    );
    assert_eq!(mode(store.folder()), 0o700);
}

#[test]
fn nothing_follows_an_end() {
    let (_home, store, name) = session_of(1);
    let (_, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
    writer.append(&closed(2)).unwrap();
    assert!(matches!(writer.append(&event(3)), Err(JournalError::NoWayOn { why: NoWayOn::Closed, .. })));
    drop(writer);
    assert!(matches!(
        store.resume(&name, &KEY, &READERS),
        Err(JournalError::NoWayOn { why: NoWayOn::Closed, .. })
    ));

    let bytes = fs::read(store.path(&name)).unwrap();
    assert_eq!(
        bytes.len() % (64 * CELL),
        0,
        "its size tells the length in steps of sixteen thousand bytes only"
    );
    for more in [&b"{"[..], &[0], &[0; CELL], &bytes[..CELL], &bytes] {
        let decoded = read_back(&[&bytes, more].concat()).unwrap();
        assert_eq!(decoded.verdict, Verdict::Altered { after: 2 });
        assert_eq!(decoded.events.len(), 2);
    }
}

#[test]
fn an_event_that_is_too_long_is_refused_and_waits_nowhere() {
    let (_home, store, name) = session_of(1);
    let (_, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
    let off = (0..40_000).map(|number| step(&format!("a-step-with-a-long-id-{number}"))).collect();
    let follows = Follows { off, ..Follows::default() };
    let long = Event { follows, ..event(2) };
    assert!(
        matches!(writer.append(&long), Err(JournalError::EventTooLong { bytes }) if bytes > LONGEST_EVENT)
    );
    assert_eq!((writer.saved(), writer.pending()), (1, 0));
    assert_eq!(writer.append(&event(2)).unwrap(), 2);
    assert_eq!(store.open(&name, &KEY).unwrap().events, events(2));
}

#[test]
fn the_worst_event_of_the_largest_protocol_is_kept() {
    // 729 steps in phases and 81 in responses, each with the longest id, and each in every list that can name it.
    let all: Vec<StepId> = (0..810).map(|number| step(&format!("{:x<40}", format!("s{number}-")))).collect();
    let longest =
        || Some(Outcome::Answered(Value::Text(Prose::new(&"\u{1f9ed}".repeat(Prose::MOST)).unwrap())));
    let deadline = || Some(Deadline { at: i64::MAX, overdue: true, met: true });
    let before = all.iter().enumerate().map(|(place, step)| Before {
        step: step.clone(),
        // What an undo puts back of a whole phase that was asked again: the longest answers that there are.
        outcome: if place < 81 { longest() } else { Some(Outcome::Deferred) },
        deadline: deadline(),
    });
    let back = Some(Box::new(Undoable { before: before.collect(), ..Undoable::default() }));
    let (reopened, deferred, off, due) = (all.clone(), all.clone(), all.clone(), all.clone());
    let follows = Follows { reopened, deferred, off, due, back, ..Follows::default() };
    let worst = Event { follows, fact: Fact::Undone { step: None, outcome: longest() }, ..event(2) };
    let (_home, store, name) = session_of(1);
    let (_, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
    assert_eq!(writer.append(&worst).unwrap(), 2);
    assert_eq!(store.open(&name, &KEY).unwrap().events, [event(1), worst]);
}

// ---- crashes -------------------------------------------------------------------------------------------------------

#[test]
fn every_acknowledged_event_outlasts_a_kill_at_any_moment() {
    let kills = std::env::var("AMPARO_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let mut acknowledged_in_all = 0;
    for kill in 0..kills {
        let mut writing = child("appends", home.path());
        let mut lines = said(&mut writing);
        let name = SessionName::new(&lines.next().unwrap()).unwrap();
        let mut moment = [0; 2];
        getrandom::fill(&mut moment).unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(u16::from_le_bytes(moment)) / 2));
        writing.kill().unwrap();
        writing.wait().unwrap();
        let acknowledged: u64 = lines.last().map_or(0, |last| last.parse().unwrap());
        acknowledged_in_all += acknowledged;

        let session = store.open(&name, &KEY).unwrap();
        let kept = session.events.len() as u64;
        assert!(kept >= acknowledged, "kill {kill}: {acknowledged} were shown as kept, {kept} are there");
        assert_eq!(session.events, events(kept), "kill {kill}");
        assert!(
            matches!(session.verdict, Verdict::Open | Verdict::Torn { .. }),
            "kill {kill}: {:?}",
            session.verdict
        );

        let (resumed, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
        assert_eq!(resumed.events, session.events, "kill {kill}");
        assert_eq!(writer.append(&event(kept + 1)).unwrap(), kept + 1);
        let session = store.open(&name, &KEY).unwrap();
        assert_eq!((session.events, session.verdict), (events(kept + 1), Verdict::Open), "kill {kill}");
    }
    assert!(acknowledged_in_all > 0);
    println!("{kills} kills, {acknowledged_in_all} events acknowledged, all there");
}

#[test]
fn cut_at_every_byte_all_before_the_cut_is_there() {
    let (home, store, name) = session_of(0);
    let path = store.path(&name);
    let header = fs::metadata(&path).unwrap().len();
    let (_, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
    // Where each event ends: the header of the second segment lies before the first.
    let mut ends = vec![header];
    for number in 1..=12 {
        writer.append(&event(number)).unwrap();
        ends.push(fs::metadata(&path).unwrap().len());
    }
    drop(writer);
    let bytes = fs::read(&path).unwrap();
    for cut in 0..=bytes.len() {
        let whole = ends.iter().filter(|end| **end <= cut as u64).count();
        let decoded = read_back(&bytes[..cut]);
        if whole == 0 {
            assert_eq!(decoded, Err(NoSession::Unbegun), "cut at {cut}");
            continue;
        }
        let (decoded, end) = (decoded.unwrap(), usize::try_from(ends[whole - 1]).unwrap());
        assert_eq!(decoded.events, events(whole as u64 - 1), "cut at {cut}");
        assert_eq!(decoded.intact, end, "cut at {cut}");
        let expected = if cut == end { Verdict::Open } else { Verdict::Torn { dropped: (cut - end) as u64 } };
        assert_eq!(decoded.verdict, expected, "cut at {cut}");
        if cut % 41 == 0 {
            fs::write(&path, &bytes[..cut]).unwrap();
            // Where the ledger knows of an event no power cut leaves none; what it says of that is not asked here.
            let _ = fs::remove_file(home.path().join("index"));
            let (session, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
            assert_eq!(session.verdict, expected, "cut at {cut}");
            writer.append(&event(whole as u64)).unwrap();
            drop(writer);
            let again = store.open(&name, &KEY).unwrap();
            assert_eq!((again.events, again.verdict), (events(whole as u64), Verdict::Open), "cut at {cut}");
        }
    }
}

#[test]
fn zeros_that_a_power_cut_left_behind_are_a_torn_end() {
    let (_home, store, name) = session_of(3);
    let mut bytes = fs::read(store.path(&name)).unwrap();
    bytes.extend_from_slice(&[0; 500]);
    fs::write(store.path(&name), &bytes).unwrap();
    let (session, _writer) = store.resume(&name, &KEY, &READERS).unwrap();
    assert_eq!((session.events, session.verdict), (events(3), Verdict::Torn { dropped: 500 }));
}

// ---- disks that will not -------------------------------------------------------------------------------------------

/// A file system in memory, mounted for a test and unmounted after it. `None`, said loudly, where that is not
/// permitted.
struct Mounted(tempfile::TempDir);

impl Mounted {
    fn tmpfs(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "none"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            eprintln!(
                "SKIPPED: mounting a tmpfs is not permitted here, so a full or read-only disk was not tried"
            );
            return None;
        }
        Some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn remount(&self, options: &str) {
        let status = Command::new("mount")
            .args(["-o", &format!("remount,{options}")])
            .arg(self.path())
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_keeps_what_is_there_and_takes_the_rest_once_there_is_space() {
    let Some(disk) = Mounted::tmpfs("size=256k,mode=700") else { return };
    let store = Store::at(disk.path());
    let ballast = disk.path().join("ballast");
    let mut writer = store.create(&source(), &READERS).unwrap();
    for number in 1..=10 {
        writer.append(&event(number)).unwrap();
    }
    fs::write(&ballast, vec![1; 1 << 20]).unwrap_err();
    let mut issued = 10;
    let trouble = loop {
        issued += 1;
        match writer.append(&event(issued)) {
            Ok(_) => assert!(issued < 10_000),
            Err(error) => break error.trouble(),
        }
    };
    assert_eq!(trouble, Some(Trouble::Full));
    let saved = writer.saved();
    assert_eq!(writer.pending(), issued - saved);
    for _ in 0..3 {
        issued += 1;
        assert_eq!(writer.append(&event(issued)).unwrap_err().trouble(), Some(Trouble::Full));
        assert_eq!(writer.retry().unwrap_err().trouble(), Some(Trouble::Full));
    }
    let session = store.open(writer.name(), &KEY).unwrap();
    assert!(session.events.len() as u64 >= saved);
    assert_eq!(session.events, events(session.events.len() as u64));

    fs::remove_file(&ballast).unwrap();
    assert_eq!(writer.retry().unwrap(), issued);
    assert_eq!((writer.saved(), writer.pending()), (issued, 0));
    let session = store.open(writer.name(), &KEY).unwrap();
    assert_eq!((session.events, session.verdict), (events(issued), Verdict::Open));
}

#[test]
fn what_a_full_disk_does_not_take_can_be_saved_elsewhere() {
    let Some(disk) = Mounted::tmpfs("size=256k,mode=700") else { return };
    let store = Store::at(disk.path());
    let mut writer = store.create(&source(), &READERS).unwrap();
    fs::write(disk.path().join("ballast"), vec![1; 1 << 20]).unwrap_err();
    let issued = (1..10_000).find(|number| writer.append(&event(*number)).is_err()).unwrap();
    let old = writer.path().to_owned();

    let stick = tempfile::tempdir().unwrap();
    let home = stick.path().join("kept");
    assert_eq!(writer.save_elsewhere(&home).unwrap(), issued);
    assert_eq!(writer.append(&event(issued + 1)).unwrap(), issued + 1);
    let elsewhere = Store::at(&home);
    assert_eq!(elsewhere.open(writer.name(), &KEY).unwrap().events, events(issued + 1));
    assert_eq!(fs::metadata(writer.path()).unwrap().permissions().mode() & 0o7777, 0o600);
    assert!(
        matches!(elsewhere.resume(writer.name(), &KEY, &READERS), Err(JournalError::Locked(_))),
        "the lock goes along"
    );
    assert!(old.exists(), "what was there is left as it is");

    fs::remove_file(disk.path().join("ballast")).unwrap();
    assert_eq!(
        writer.save_elsewhere(disk.path()).unwrap(),
        issued + 1,
        "and back, over the beginning that stands there"
    );
    assert_eq!(store.open(writer.name(), &KEY).unwrap().events, events(issued + 1));
    assert_eq!(writer.path(), old);
}

#[test]
fn a_disk_that_is_full_at_the_start_leaves_no_file_behind() {
    let Some(disk) = Mounted::tmpfs("size=64k,mode=700") else { return };
    let store = Store::at(disk.path());
    drop(store.create(&source(), &READERS).unwrap());
    fs::write(disk.path().join("ballast"), vec![1; 1 << 20]).unwrap_err();
    let before = files_in(store.folder());
    let mut large = source();
    large.base.text = "x".repeat(100_000).into();
    assert_eq!(store.create(&large, &READERS).unwrap_err().trouble(), Some(Trouble::Full));
    assert_eq!(files_in(store.folder()), before);
}

#[test]
fn a_disk_that_becomes_read_only_is_said_so_and_can_still_be_read() {
    let Some(disk) = Mounted::tmpfs("size=256k,mode=700") else { return };
    let store = Store::at(disk.path());
    let mut writer = store.create(&source(), &READERS).unwrap();
    writer.append(&event(1)).unwrap();
    let name = *writer.name();
    drop(writer);
    disk.remount("ro");
    assert_eq!(store.create(&source(), &READERS).unwrap_err().trouble(), Some(Trouble::ReadOnly));
    assert_eq!(store.resume(&name, &KEY, &READERS).unwrap_err().trouble(), Some(Trouble::ReadOnly));
    assert_eq!(store.erase(&erasure(name), &READERS).unwrap_err().trouble(), Some(Trouble::ReadOnly));
    assert_eq!(
        Store::at(&disk.path().join("new")).create(&source(), &READERS).unwrap_err().trouble(),
        Some(Trouble::ReadOnly)
    );
    assert_eq!(store.open(&name, &KEY).unwrap().events, events(1));
    assert_eq!(store.list().unwrap().len(), 1);
    disk.remount("rw");
    assert_eq!(store.resume(&name, &KEY, &READERS).unwrap().1.append(&event(2)).unwrap(), 2);
}

#[test]
fn a_folder_that_is_gone_is_noticed_although_the_system_still_takes_bytes() {
    let (home, store, _) = session_of(0);
    let mut writer = store.create(&source(), &READERS).unwrap();
    writer.append(&event(1)).unwrap();
    fs::remove_dir_all(store.folder()).unwrap();
    assert_eq!(writer.append(&event(2)).unwrap_err().trouble(), Some(Trouble::Gone));
    assert_eq!(writer.retry().unwrap_err().trouble(), Some(Trouble::Gone));
    assert_eq!((writer.saved(), writer.pending()), (1, 1));
    assert_eq!(writer.save_elsewhere(home.path()).unwrap(), 2, "the same home, made anew");
    assert_eq!(store.open(writer.name(), &KEY).unwrap().events, events(2));
}

#[test]
fn a_file_that_comes_back_as_it_was_is_gone_on_with() {
    let (home, store, _) = session_of(0);
    let mut writer = store.create(&source(), &READERS).unwrap();
    writer.append(&event(1)).unwrap();
    let copy = home.path().join("copy");
    fs::copy(writer.path(), &copy).unwrap();
    fs::remove_file(writer.path()).unwrap();
    assert_eq!(writer.append(&event(2)).unwrap_err().trouble(), Some(Trouble::Gone));
    fs::rename(&copy, writer.path()).unwrap();
    assert_eq!(writer.retry().unwrap(), 2);
    assert_eq!(store.open(writer.name(), &KEY).unwrap().events, events(2));
}

#[test]
fn a_file_that_comes_back_as_another_is_never_written_over() {
    let (home, store, _) = session_of(0);
    let mut writer = store.create(&source(), &READERS).unwrap();
    writer.append(&event(1)).unwrap();
    fs::remove_file(writer.path()).unwrap();
    fs::write(writer.path(), b"something else").unwrap();
    assert_eq!(writer.append(&event(2)).unwrap_err().trouble(), Some(Trouble::Gone));
    assert!(writer.retry().is_err());
    assert!(writer.save_elsewhere(home.path()).is_err());
    assert_eq!(fs::read(writer.path()).unwrap(), b"something else");
    let other = tempfile::tempdir().unwrap();
    assert_eq!(writer.save_elsewhere(other.path()).unwrap(), 2);
}

/// What something else does to a file, by its name.
type Change = (&'static str, fn(&fs::File));

#[test]
fn a_file_that_something_else_changed_is_written_anew_from_memory() {
    let changes: [Change; 6] = [
        ("nothing", |_| {}),
        ("touched", |file| file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap()),
        ("emptied", |file| file.set_len(0).unwrap()),
        ("cut", |file| file.set_len(file.metadata().unwrap().len() - 1).unwrap()),
        ("a byte", |file| file.write_all_at(b"?", 5_000).unwrap()),
        ("added to", |file| file.write_all_at(b"?", file.metadata().unwrap().len()).unwrap()),
    ];
    let changes = changes.iter();
    for (number, (what, change)) in changes.enumerate() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::at(home.path());
        let mut writer = store.create(&source(), &READERS).unwrap();
        writer.append(&event(1)).unwrap();
        writer.append(&event(2)).unwrap();
        assert!(!writer.was_written_anew());
        change(&fs::OpenOptions::new().write(true).open(writer.path()).unwrap());
        assert_eq!(writer.append(&event(3)).unwrap(), 3, "{what}");
        assert_eq!(writer.was_written_anew(), number > 1, "{what}");
        assert!(!writer.was_written_anew(), "{what}: it is said once");
        assert_eq!(writer.append(&event(4)).unwrap(), 4);
        assert!(!writer.was_written_anew(), "{what}");
        let session = store.open(writer.name(), &KEY).unwrap();
        assert_eq!((session.verdict, session.events), (Verdict::Open, events(4)), "{what}");
    }
}

// ---- one writer ----------------------------------------------------------------------------------------------------

#[test]
fn a_second_writer_is_told_and_readers_are_not_kept_waiting() {
    let (_home, store, name) = session_of(2);
    let (_, mut first) = store.resume(&name, &KEY, &READERS).unwrap();
    assert!(
        matches!(store.resume(&name, &KEY, &READERS), Err(JournalError::Locked(locked)) if locked == name)
    );
    assert!(matches!(store.erase(&erasure(name), &READERS), Err(JournalError::Locked(_))));
    assert_eq!(store.open(&name, &KEY).unwrap().events.len(), 2);
    assert_eq!(first.append(&event(3)).unwrap(), 3);
    drop(first);
    assert_eq!(store.resume(&name, &KEY, &READERS).unwrap().0.events, events(3));
}

#[test]
fn the_lock_of_another_process_dies_with_it() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let mut holding = child("holds", home.path());
    let name = SessionName::new(&said(&mut holding).next().unwrap()).unwrap();
    assert!(matches!(store.resume(&name, &KEY, &READERS), Err(JournalError::Locked(_))));
    assert_eq!(store.open(&name, &KEY).unwrap().events, events(1));
    holding.kill().unwrap();
    holding.wait().unwrap();
    assert!(store.resume(&name, &KEY, &READERS).is_ok());
}

/// Between its fork and its exec a child holds all that its parent holds, a lock that was just given up too.
#[test]
fn a_program_that_is_just_being_started_keeps_no_session_from_being_taken_up() {
    let (_home, store, name) = session_of(1);
    std::thread::scope(|scope| {
        let starting = scope.spawn(|| {
            for _ in 0..300 {
                assert!(Command::new("true").status().unwrap().success());
            }
        });
        let mut taken_up = 0;
        while !starting.is_finished() {
            drop(store.resume(&name, &KEY, &READERS).unwrap());
            taken_up += 1;
        }
        assert!(taken_up > 10, "{taken_up}");
    });
}

// ---- files and folders ---------------------------------------------------------------------------------------------

#[test]
fn files_and_folders_are_the_owners_alone_whatever_the_umask() {
    for part in ["umask-open", "umask-shut"] {
        let home = tempfile::tempdir().unwrap();
        let mut child = child(part, home.path());
        let modes: Vec<String> = said(&mut child).collect();
        assert!(child.wait().unwrap().success(), "{part}");
        assert_eq!(modes, ["600", "700", "700", "700", "600"], "{part}");
    }
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("deep/settings");
    replace_file(&path, b"one").unwrap();
    replace_file(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(files_in(path.parent().unwrap()), std::slice::from_ref(&path));
    fs::create_dir(home.path().join("deep/folder")).unwrap();
    replace_file(&home.path().join("deep/folder"), b"").unwrap_err();
    assert_eq!(files_in(path.parent().unwrap()).len(), 2, "nothing is left beside it");
}

#[test]
fn names_tell_nothing() {
    let (_home, store, _) = session_of(1);
    drop(store.create(&source(), &READERS).unwrap());
    for file in files_in(store.folder()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 32 && name.bytes().all(|digit| digit.is_ascii_hexdigit()), "{name}");
    }
}

#[test]
fn a_home_that_does_not_exist_has_no_sessions_and_is_not_made() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(&home.path().join("none"));
    assert_eq!(store.list().unwrap(), []);
    assert!(matches!(store.find("0"), Err(JournalError::NoSuchSession(_))));
    assert!(matches!(store.open(&SessionName::of_bytes([0; 16]), &KEY), Err(JournalError::NoSuchSession(_))));
    assert!(matches!(
        store.resume(&SessionName::of_bytes([0; 16]), &KEY, &READERS),
        Err(JournalError::NoSuchSession(_))
    ));
    assert_eq!(files_in(home.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_home_that_is_a_file_is_an_error_and_no_panic() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let store = Store::at(&file);
    assert!(store.create(&source(), &READERS).is_err());
    assert!(store.list().is_err());
}

#[test]
fn foreign_files_are_listed_as_such_and_stop_nothing() {
    let (_home, store, good) = session_of(2);
    let folder = store.folder();
    let named = |digit: u8| SessionName::of_bytes([digit; 16]);
    fs::write(folder.join("notes.txt"), "hello").unwrap();
    fs::write(folder.join("evil\u{1b}[2J"), "").unwrap();
    fs::write(folder.join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff\xfe")), "")
        .unwrap();
    fs::create_dir(store.path(&named(1))).unwrap();
    symlink(store.path(&good), store.path(&named(2))).unwrap();
    assert!(Command::new("mkfifo").arg(store.path(&named(3))).status().unwrap().success());
    fs::File::create(store.path(&named(4))).unwrap().set_len(LARGEST_FILE + 1).unwrap();
    fs::write(store.path(&named(5)), "a poem\nin two lines\n").unwrap();
    fs::write(store.path(&named(6)), "").unwrap();
    fs::write(store.path(&named(7)), b"\x89SJ7\r\n\x1a\n and what a later version writes").unwrap();

    let entries = store.list().unwrap();
    assert_eq!(entries.len(), 11);
    let mut foreign: Vec<(String, Foreign)> = entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Foreign { file, why } => Some((file.clone(), *why)),
            EntryKind::Session(_) => None,
        })
        .collect();
    foreign.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert_eq!(
        foreign,
        [
            (named(1).to_string(), Foreign::Kind),
            (named(2).to_string(), Foreign::Kind),
            (named(3).to_string(), Foreign::Kind),
            (named(4).to_string(), Foreign::Size),
            ("evil\u{1b}[2J".to_owned(), Foreign::Name),
            ("notes.txt".to_owned(), Foreign::Name),
            ("\u{fffd}\u{fffd}".to_owned(), Foreign::Name),
        ]
    );
    let started = Instant::now();
    for (digit, why) in [
        (1, Foreign::Kind),
        (2, Foreign::Kind),
        (3, Foreign::Kind),
        (4, Foreign::Size),
        (5, Foreign::Content),
    ] {
        let opened = store.open(&named(digit), &KEY);
        assert!(
            matches!(&opened, Err(JournalError::Foreign { why: found, .. }) if *found == why),
            "{digit}: {opened:?}"
        );
        let resumed = store.resume(&named(digit), &KEY, &READERS);
        assert!(matches!(&resumed, Err(JournalError::Foreign { .. })), "{digit}: {resumed:?}");
    }
    assert!(matches!(store.open(&named(6), &KEY), Err(JournalError::Unbegun(_))));
    assert!(
        matches!(store.open(&named(7), &KEY), Err(JournalError::Newer { version, .. }) if version.0 == 7)
    );
    assert!(started.elapsed() < Duration::from_secs(5), "a pipe is not waited for");
    assert_eq!(store.open(&good, &KEY).unwrap().events.len(), 2);
}

#[test]
fn the_latest_written_is_listed_first() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let names: Vec<SessionName> =
        (0..3).map(|_| *store.create(&source(), &READERS).unwrap().name()).collect();
    for (age, name) in [3, 1, 2].into_iter().zip(&names) {
        let file = fs::OpenOptions::new().write(true).open(store.path(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age * 3_600)).unwrap();
    }
    let listed: Vec<EntryKind> = store.list().unwrap().into_iter().map(|entry| entry.kind).collect();
    assert_eq!(listed, [names[1], names[2], names[0]].map(EntryKind::Session));
}

#[test]
fn a_session_is_found_by_the_beginning_of_its_name() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let one = SessionName::of_bytes([0xab; 16]);
    let other = SessionName::of_bytes([0xac; 16]);
    for name in [one, other] {
        drop(store.create_named(name, &source(), &READERS).unwrap());
    }
    assert_eq!(store.find("ab").unwrap(), one);
    assert_eq!(store.find(&other.to_string()).unwrap(), other);
    assert!(matches!(store.find("a"), Err(JournalError::Ambiguous { matches: 2, .. })));
    for none in ["", "b", "AB", "../ab", "ab/"] {
        assert!(matches!(store.find(none), Err(JournalError::NoSuchSession(_))), "{none:?}");
    }
    assert!(store.create_named(one, &source(), &READERS).is_err(), "no file is ever created over another");
    assert!(store.open(&one, &KEY).is_ok());
}

// ---- erasing -------------------------------------------------------------------------------------------------------

fn erasure(name: SessionName) -> Erasure {
    Erasure {
        name,
        at: At::default(),
        by: Some(StaffNumber::new("7").unwrap()),
        reason: Line::new("consent taken back").unwrap(),
    }
}

#[test]
fn what_is_awaited_is_noted_behind_its_event_tried_again_and_comes_home() {
    let (home, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, other) = (Store::at(home.path()), Store::at(away.path()));
    let call = |due| Awaits { due: Some(due), ..Awaits::default() };
    let mut writer = store.create(&source(), &READERS).unwrap();
    let name = *writer.name();
    // Noted with the next event, and once for as long as it stays so.
    writer.awaits(call(5));
    assert!(store.ledger().awaited().is_empty());
    writer.append(&event(1)).unwrap();
    assert_eq!(store.ledger().awaited(), [(name, call(5))].into());
    let size = || fs::metadata(home.path().join("index")).unwrap().len();
    let before = size();
    writer.awaits(call(5));
    writer.append(&event(2)).unwrap();
    assert_eq!(size(), before);
    // A ledger that takes nothing keeps no event back; it has what was last, once it takes something.
    let (index, aside) = (home.path().join("index"), home.path().join("aside"));
    fs::rename(&index, &aside).unwrap();
    fs::create_dir(&index).unwrap();
    for (number, due) in [(3, 6), (4, 7)] {
        writer.awaits(call(due));
        assert_eq!(writer.append(&event(number)).unwrap(), number);
        assert!(writer.owes_the_ledger());
    }
    fs::remove_dir(&index).unwrap();
    fs::rename(&aside, &index).unwrap();
    assert_eq!(writer.retry().unwrap(), 4);
    assert!(!writer.owes_the_ledger());
    assert_eq!(store.ledger().awaited(), [(name, call(7))].into());
    // Elsewhere the ledger there is told, and it comes home with the session.
    writer.save_elsewhere(away.path()).unwrap();
    writer.awaits(Awaits { due: Some(7), back: Back::Awaited, ..Awaits::default() });
    writer.append(&event(5)).unwrap();
    assert_eq!(other.ledger().awaited()[&name].back, Back::Awaited);
    drop(writer);
    assert_eq!(store.bring_home(away.path()).came, 1);
    assert_eq!(
        store.ledger().awaited(),
        [(name, Awaits { due: Some(7), back: Back::Awaited, ..Awaits::default() })].into()
    );
    // Whoever takes it up goes on from what the ledger knows; closing ends it.
    let (_, mut writer) = store.resume(&name, &KEY, &READERS).unwrap();
    writer.awaits(call(7));
    writer.append(&event(6)).unwrap();
    assert_eq!(store.ledger().awaited(), [(name, call(7))].into());
    writer.awaits(Awaits::default());
    writer.append(&closed(7)).unwrap();
    assert!(store.ledger().awaited().is_empty() && store.ledger().closed().any(|(closed, _)| closed == name));
}

#[test]
fn erasing_overwrites_removes_and_leaves_a_stone() {
    let (home, store, name) = session_of(5);
    let kept = *store.create(&source(), &READERS).unwrap().name();
    let watching = fs::File::open(store.path(&name)).unwrap();
    let size = watching.metadata().unwrap().len();
    let closed_as = fingerprint(&fs::read(store.path(&name)).unwrap());
    let left_behind = store.erase(&erasure(name), &READERS).unwrap();
    assert_eq!(
        (left_behind.name, left_behind.sha256, left_behind.head),
        (name, closed_as, HeadCode::of(&closed_as))
    );
    assert_eq!(store.companions(&KEY), [Companion::Stone(left_behind.clone())], "a sealed one too");
    assert_eq!(store.companions(&Identity::generate()), []);

    let mut left = vec![1; usize::try_from(size).unwrap()];
    watching.read_exact_at(&mut left, 0).unwrap();
    assert!(left.iter().all(|byte| *byte == 0), "whoever still holds the file reads zeros");
    assert_eq!(watching.metadata().unwrap().nlink(), 0);
    assert!(matches!(store.open(&name, &KEY), Err(JournalError::Erased(left)) if *left == left_behind));
    assert!(matches!(store.resume(&name, &KEY, &READERS), Err(JournalError::Erased(_))));
    assert!(matches!(store.find(&name.to_string()), Err(JournalError::Erased(_))));
    assert!(matches!(store.erase(&erasure(name), &READERS), Err(JournalError::Erased(_))));
    assert_eq!(store.stones(), std::slice::from_ref(&left_behind));
    assert!(store.open(&kept, &KEY).is_ok());
    assert_eq!(
        files_in(home.path()).len(),
        3,
        "the sessions, the ledger and what stands beside, nothing else"
    );

    let torn = [&fs::read(home.path().join("index")).unwrap()[..], b"{\"after\":\"tor"].concat();
    fs::write(home.path().join("index"), torn).unwrap();
    let other = store.erase(&erasure(kept), &READERS).unwrap();
    assert_eq!(store.stones(), [left_behind, other], "a torn line hides no stone");
}

// ---- round trip ----------------------------------------------------------------------------------------------------

fn id() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9-]{0,12}".prop_filter("words of conditions and of YAML", |text| StepId::new(text).is_ok())
}

fn any_step() -> impl Strategy<Value = StepId> {
    id().prop_map(|id| StepId::new(&id).unwrap())
}

fn any_steps() -> impl Strategy<Value = Vec<StepId>> {
    prop::collection::vec(any_step(), 0..4)
}

fn any_option() -> impl Strategy<Value = OptionId> {
    id().prop_map(|id| OptionId::new(&id).unwrap())
}

fn any_phase() -> impl Strategy<Value = PhaseId> {
    id().prop_map(|id| PhaseId::new(&id).unwrap())
}

fn any_response() -> impl Strategy<Value = ResponseId> {
    id().prop_map(|id| ResponseId::new(&id).unwrap())
}

fn any_line() -> impl Strategy<Value = Line> {
    any::<String>().prop_filter_map("no line", |text| Line::new(&text).ok())
}

fn any_prose() -> impl Strategy<Value = Prose> {
    prop_oneof![any::<String>(), "[\\PC\n\"\\\\]{1,60}"]
        .prop_filter_map("no prose", |text| Prose::new(&text).ok())
}

fn any_staff() -> impl Strategy<Value = StaffNumber> {
    "[0-9][A-Za-z0-9-]{0,11}".prop_map(|text| StaffNumber::new(&text).unwrap())
}

fn any_case() -> impl Strategy<Value = CaseCode> {
    "\\PC{1,24}".prop_filter_map("no code", |text| CaseCode::new(&text).ok())
}

fn any_code() -> impl Strategy<Value = ReasonCode> {
    prop::sample::select(ReasonCode::ALL.to_vec())
}

fn any_reason() -> impl Strategy<Value = Reason> {
    (any_code(), prop::option::of(any_line())).prop_map(|(code, words)| Reason { code, words })
}

fn any_ending() -> impl Strategy<Value = Ending> {
    prop::sample::select(vec![Ending::Early, Ending::Postponed, Ending::NotHeld, Ending::Left])
}

fn any_key() -> impl Strategy<Value = RowKey> {
    prop_oneof![
        id().prop_map(|id| RowKey::Row(RowId::new(&id).unwrap())),
        any::<u8>().prop_map(RowKey::Added)
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Done),
        any_option().prop_map(Value::Option),
        prop::collection::btree_set(any_option(), 0..4).prop_map(Value::Options),
        any::<i64>().prop_map(Value::Number),
        any_prose().prop_map(Value::Text),
        (1_i32..9999, 1_u32..=365)
            .prop_map(|(year, day)| Value::Date(chrono::NaiveDate::from_yo_opt(year, day).unwrap())),
        (any::<i64>(), prop::option::of(any_line())).prop_map(|(at, line)| Value::Deadline { at, line }),
        prop::sample::select(vec![Heard::Understood, Heard::Back, Heard::Declined]).prop_map(Value::Heard),
        (prop::collection::btree_map(any_key(), any_option(), 0..4), prop::collection::vec(any_line(), 0..3))
            .prop_map(|(rows, added)| Value::List { rows, added }),
    ]
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        any_value().prop_map(Outcome::Answered),
        Just(Outcome::Skipped),
        Just(Outcome::Declined),
        Just(Outcome::Deferred),
        Just(Outcome::Read),
    ]
}

fn any_place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::Nowhere),
        any_step().prop_map(Place::Step),
        any_phase().prop_map(Place::Pause),
        any_phase().prop_map(Place::Gate),
        Just(Place::End),
    ]
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let session = prop_oneof![
        (prop::collection::vec(any_staff(), 1..3), any_case(), id(), any::<u32>(), any::<bool>()).prop_map(
            |(staff, case, protocol, version, real)| Fact::Begun {
                staff,
                case,
                protocol: ProtocolId::new(&protocol).unwrap(),
                version,
                kind: if real { SessionKind::Real } else { SessionKind::Practice },
            }
        ),
        any_staff().prop_map(|staff| Fact::Joined { staff }),
        (any::<u64>(), prop::option::of(any::<[u8; 32]>()))
            .prop_map(|(dropped, lost)| Fact::Resumed { dropped, sha256: lost.map(Fingerprint) }),
        Just(Fact::Went),
        Just(Fact::Paused),
        Just(Fact::Continued),
        (any_ending(), prop::option::of(any_reason()))
            .prop_map(|(ending, reason)| Fact::Ended { ending, reason }),
        (prop::option::of(any_step()), prop::option::of(any_outcome()))
            .prop_map(|(step, outcome)| Fact::Undone { step, outcome }),
        (prop::option::of(any_reason()), any_steps())
            .prop_map(|(reason, open)| Fact::Closed { reason, open }),
        prop::sample::select(vec![LeftFrom::Checklist, LeftFrom::Cover]).prop_map(|from| Fact::Left { from }),
    ];
    let steps = prop_oneof![
        (any_step(), any_value(), prop::option::of(any_reason()))
            .prop_map(|(step, value, reason)| Fact::Answered { step, value, reason }),
        any_step().prop_map(|step| Fact::Cleared { step }),
        any_step().prop_map(|step| Fact::Read { step }),
        (any_step(), any_reason()).prop_map(|(step, reason)| Fact::Skipped { step, reason }),
        any_step().prop_map(|step| Fact::Deferred { step }),
        any_step().prop_map(|step| Fact::Declined { step }),
        any_step().prop_map(|step| Fact::Overdue { step }),
        any_step().prop_map(|step| Fact::Met { step }),
        (prop::option::of(any_step()), any_prose()).prop_map(|(step, text)| Fact::Noted { step, text }),
        (any::<u64>(), any_line()).prop_map(|(event, words)| Fact::Worded { event, words }),
    ];
    let others = prop_oneof![
        (any_phase(), prop::collection::vec(0_usize..9, 0..3), any_reason())
            .prop_map(|(phase, gates, reason)| Fact::Overrode { phase, gates, reason }),
        any_response().prop_map(|response| Fact::Raised { response }),
        any_response().prop_map(|response| Fact::Waited { response }),
        any_response().prop_map(|response| Fact::Returned { response }),
        any_response().prop_map(|response| Fact::NotTaken { response }),
        prop::sample::select(vec![CoveredBy::Key, CoveredBy::Focus, CoveredBy::Rest, CoveredBy::Signal])
            .prop_map(|by| Fact::Covered { by }),
        id().prop_map(|id| Fact::PageOpened { topic: TopicId::new(&id).unwrap() }),
        prop::sample::select(vec![Uncovered::Brief, Uncovered::Later])
            .prop_map(|how| Fact::Uncovered { how }),
    ];
    prop_oneof![session, steps, others]
}

fn any_follows() -> impl Strategy<Value = Follows> {
    let ends = prop_oneof![any_ending().prop_map(EndChange::Set), Just(EndChange::Lifted)];
    let opened = (any_response(), any_steps(), prop::option::of(any_place()))
        .prop_map(|(response, fresh, from)| Opened { response, fresh, from });
    let back = (any::<u64>(), prop::option::of(any_step()), any_place())
        .prop_map(|(event, step, place)| Box::new(Undoable { event, step, place, ..Undoable::default() }));
    let shy = prop::sample::select(vec![Shyness::Open, Shyness::Shy]);
    let first = (
        prop::option::of(ends),
        any_steps(),
        any_steps(),
        any::<u8>(),
        prop::option::of(opened),
        any::<bool>(),
    );
    let second = (any_steps(), any_steps(), any_steps(), any_steps());
    let third = (
        prop::option::of(prop::collection::vec(0_usize..9, 0..3)),
        prop::option::of(any_response()),
        prop::option::of(any_phase()),
        prop::option::of(any_place()),
        prop::option::of(shy),
        prop::collection::vec(any_response(), 0..3),
        prop::option::of(any_step()),
        prop::option::of(back),
    );
    (first, second, third).prop_map(|(first, second, third)| {
        let (ended, reopened, deferred, returned, opened, paused) = first;
        let (off, on, due, undue) = second;
        let (fell, proposes, enters, goes, shy, raised, with_her_at, back) = third;
        let (lowered, waits) = (raised.clone(), raised.clone());
        Follows {
            ended,
            reopened,
            deferred,
            raised,
            lowered,
            returned,
            opened,
            waits,
            back,
            paused,
            off,
            on,
            due,
            undue,
            fell,
            proposes,
            enters,
            goes,
            shy,
            with_her_at,
        }
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    (any::<i64>(), any::<i32>(), any::<u64>(), any_fact(), any_follows())
        .prop_map(|(wall, zone, run, fact, follows)| Event { at: At { wall, zone, run }, fact, follows })
}

static NIGHT: LazyLock<Protocol> =
    LazyLock::new(|| read("night.yaml", include_bytes!("sessions/night.yaml"), &[]).protocol.unwrap());

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_event_is_read_back_as_it_was_written(event in any_event()) {
        let json = serde_json::to_string(&event).unwrap();
        prop_assert!(!json.contains('\n'));
        prop_assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event, "{}", json);
    }

    #[test]
    fn any_events_are_reviewed_and_told_without_a_panic(events in prop::collection::vec(any_event(), 0..30)) {
        let protocol = &*NIGHT;
        let now = At { wall: 1_795_537_000_000, zone: 60, run: 0 };
        let state = review::state_of(&events);
        for language in Language::ALL {
            for known in [None, Some(protocol)] {
                let telling = Telling::new(language, known, now.zone);
                let timeline = Timeline::of(&events);
                prop_assert_eq!(timeline.entries.len(), events.len());
                let mut said: Vec<String> = timeline.entries.iter().map(|entry| telling.fact(entry)).collect();
                for entry in &timeline.entries {
                    let followed = consequences(&entry.event.fact, &entry.event.follows);
                    said.extend(followed.into_iter().map(|one| telling.consequence(one)));
                    said.extend([telling.moment(entry.event.at), telling.time(entry.event.at), telling.day(entry.event.at)]);
                }
                said.extend(timeline.responses.iter().map(|span| telling.response_span(span)));
                said.extend(timeline.covers.iter().map(|span| telling.cover_span(span)));
                said.extend(timeline.phases.iter().map(|span| telling.phase_span(span)));
                let found = review::deviations(protocol, &events, Verdict::Open, now.wall);
                said.extend(found.iter().map(|found| telling.deviation(&found.what)));
                said.extend(review::in_danger(protocol, &events, now.wall).iter().map(|one| telling.danger(one)));
                said.extend(review::due(protocol, &state, now).iter().map(|one| telling.due(one)));
                said.extend(review::listening(protocol, &state, now).iter().map(|one| telling.listen(one)));
                for line in said {
                    prop_assert_eq!(forbidden_character(&line), None, "{}", line);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_back(&bytes);
        let _ = read_back(&[b"\x89SJ1\r\n\x1a\n", &bytes[..]].concat());
        let _ = read_back(&[&OPEN[..], &bytes].concat());
    }
}

/// An open session's bytes.
static OPEN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (_home, store, name) = session_of(2);
    fs::read(store.path(&name)).unwrap()
});

// ---- speed ---------------------------------------------------------------------------------------------------------

/// Not judged here, only said: `cargo test --release --test journal -- --ignored --nocapture speed`.
#[test]
#[ignore = "a measurement"]
fn speed_of_opening_and_appending() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::at(home.path());
    let mut protocol = source();
    protocol.base.text = "  - id: calm # «words»\n".repeat(3_000).into();
    let mut writer = store.create(&protocol, &READERS).unwrap();
    let started = Instant::now();
    for number in 1..=300 {
        writer.append(&event(number)).unwrap();
    }
    println!("append: {:?} each", started.elapsed() / 300);
    let started = Instant::now();
    for _ in 0..200 {
        assert_eq!(store.open(writer.name(), &KEY).unwrap().events.len(), 300);
    }
    println!("opening 300 events and a protocol of 69 kB: {:?}", started.elapsed() / 200);
}
