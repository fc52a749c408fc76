//! Keeping and reading sessions, beside the least that the same work can cost: a plain write with its sync, the cryptography
//! alone with the same library, and the `age` command a file at a time. docs/performance.md says how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::fs::{self, File, OpenOptions};
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use amparo::journal::{
    Finding, Known, ProtocolFile, ProtocolSource, Reader, SessionName, Store, Writer, verify_files,
};
use amparo::machine::{At, Event, Fact, Follows, Place, State, Value, apply};
use amparo::seal::{CELL, Chain, Identity, Link, Opened, Recipients, Secret, fingerprint, open_with};
use amparo::text::{Prose, StepId};
use beside::figures::{Figures, head, line, median, milliseconds};

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

/// The events of an interview of an hour.
const EVENTS: u64 = 300;

const SECRET: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

fn main() {
    let short = beside::is_short();
    let key = Identity::of_text(SECRET).expect("a key");
    // The supervisor reads, and stands first; the worker's own key stands behind hers.
    let recipients = Recipients::new(vec![key.public(), Identity::generate().public()]).expect("two keys");
    println!("\nSealed sessions of {EVENTS} events, with the shipped protocol inside, for two recipients\n");
    head("ms");
    append(&recipients, if short { 20 } else { 1_000 });
    opening(&key, &recipients, if short { 5 } else { 200 });
    bulk(&key, &recipients, if short { 40 } else { 10_000 }, if short { 1 } else { 3 });
    size(&recipients);
}

fn protocol() -> ProtocolSource {
    let base = ProtocolFile::new("phit.yaml", include_str!("../protocols/phit.yaml"));
    ProtocolSource::new(
        base,
        vec![ProtocolFile::new("phit.es.yaml", include_str!("../protocols/phit.es.yaml"))],
    )
}

/// The n-th event: most are an answer, every tenth is a note of some lines.
fn event(number: u64) -> Event {
    let step = |id: &str| StepId::new(id).expect("an id");
    let at = At {
        wall: 1_795_537_000_000 + i64::try_from(number).expect("small") * 9_000,
        zone: 60,
        run: number * 9_000,
    };
    let fact = if number.is_multiple_of(10) {
        let text =
            "She says that the door of the room is locked at night, and that she has no key of her own. "
                .repeat(2);
        Fact::Noted { step: Some(step("rights")), text: Prose::new(text.trim()).expect("a note") }
    } else {
        Fact::Answered { step: step("who-may-know"), value: Value::Number(3), reason: None }
    };
    Event { at, fact, follows: Follows { goes: Some(Place::Step(step("rights"))), ..Follows::default() } }
}

fn closed() -> Event {
    Event {
        fact: Fact::Closed { reason: None, open: Vec::new() },
        follows: Follows::default(),
        ..event(EVENTS)
    }
}

fn write(writer: &mut Writer, events: u64) {
    for number in 1..=events {
        writer.append(&event(number)).expect("kept");
    }
}

/// An event with its sync, beside a plain write of as many bytes with its sync.
fn append(recipients: &Recipients, rounds: u64) {
    let folder = folder();
    let mut writer = Store::at(folder.path()).create(&protocol(), recipients).expect("a session");
    let plain = plain_file(&folder.path().join("plain"));
    let mut took = [Figures::new(), Figures::new()];
    let mut at = fs::metadata(writer.path()).expect("there").len();
    for round in 0..=rounds {
        for turn in 0..2 {
            let program = (round + turn) % 2;
            let event = event(1);
            let started = Instant::now();
            if program == 0 {
                writer.append(&event).expect("kept");
            } else {
                plain.write_all_at(&[7; CELL], at).expect("written");
                plain.sync_data().expect("synced");
                at += CELL as u64;
            }
            if round > 0 {
                took[usize::from(program != 0)].push(milliseconds(started.elapsed()));
            }
        }
    }
    line("an event kept, beside write and sync of a cell", &took[0], &took[1], "at most 1.1");
}

fn plain_file(path: &Path) -> File {
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(path).expect("a file");
    file.sync_all().expect("synced");
    file
}

/// A session opened and folded, beside the cryptography alone.
fn opening(key: &Identity, recipients: &Recipients, rounds: usize) {
    let folder = folder();
    let store = Store::at(folder.path());
    let (name, _) = session(&store, recipients);
    let bytes = fs::read(store.path(&name)).expect("read");
    let mut took = [Figures::new(), Figures::new()];
    let mut reader = Reader::new(key);
    for round in 0..=rounds {
        for turn in 0..2 {
            let started = Instant::now();
            if (round + turn) % 2 == 0 {
                black_box(fold(&mut reader, &bytes));
            } else {
                black_box(cryptography(key, &bytes));
            }
            if round > 0 {
                took[(round + turn) % 2].push(milliseconds(started.elapsed()));
            }
        }
    }
    line("a session read and folded, beside its cryptography", &took[0], &took[1], "at most 2");
}

/// Many sessions on two threads, beside the same with the cryptography alone, and `age` a file at a time.
fn bulk(key: &Identity, recipients: &Recipients, sessions: usize, rounds: usize) {
    let folder = folder();
    let store = Store::at(folder.path());
    // Sealing so many anew would take as long as all the rest; a copy is read as its original is.
    let originals: Vec<SessionName> = (0..sessions.min(20)).map(|_| session(&store, recipients).0).collect();
    let mut paths: Vec<PathBuf> = originals.iter().map(|name| store.path(name)).collect();
    for number in paths.len()..sessions {
        let copy = folder.path().join(format!("copy{number}"));
        fs::copy(&paths[number % originals.len()], &copy).expect("copied");
        paths.push(copy);
    }
    let mut took = [Figures::new(), Figures::new()];
    for round in 0..=rounds {
        for turn in 0..2 {
            let program = (round + turn) % 2;
            let started = Instant::now();
            std::thread::scope(|threads| {
                for half in paths.chunks(paths.len().div_ceil(2)) {
                    threads.spawn(move || {
                        let mut reader = Reader::new(key);
                        for path in half {
                            let bytes = fs::read(path).expect("read");
                            if program == 0 {
                                black_box(fold(&mut reader, &bytes));
                            } else {
                                black_box(cryptography(key, &bytes));
                            }
                        }
                    });
                }
            });
            if round > 0 {
                took[program].push(milliseconds(started.elapsed()));
            }
        }
    }
    let what = format!("{sessions} read and folded, beside their cryptography");
    line(&what, &took[0], &took[1], "at most 2");
    verifying(key, &paths, rounds);
    let sealed = fs::read(&paths[0]).expect("read");
    age(&folder.path().join("age"), &inside(key, &sealed), recipients, sessions, median(&took[0]));
}

/// As many verified, beside plain reading of the same bytes.
fn verifying(key: &Identity, paths: &[PathBuf], rounds: usize) {
    let files: Vec<(PathBuf, Known)> = paths.iter().map(|path| (path.clone(), Known::default())).collect();
    let mut took = [Figures::new(), Figures::new()];
    for round in 0..=rounds {
        for turn in 0..2 {
            let program = (round + turn) % 2;
            let started = Instant::now();
            if program == 0 {
                let found = verify_files(&files, Some(key), &mut |_| {});
                assert!(found.iter().all(|found| found.finding == Finding::Whole));
            } else {
                for path in paths {
                    black_box(fs::read(path).expect("read"));
                }
            }
            if round > 0 {
                took[program].push(milliseconds(started.elapsed()));
            }
        }
    }
    line(&format!("{} verified, beside reading their bytes", paths.len()), &took[0], &took[1], "none");
}

/// The `age` command over as many files with the same content, a file at a time. Taken over a part of them, since it
/// takes the same for each.
fn age(folder: &Path, protocol: &[u8], recipients: &Recipients, sessions: usize, ours: f64) {
    fs::create_dir(folder).expect("a folder");
    let (secret, file) = (folder.join("key"), folder.join("file"));
    fs::write(&secret, SECRET).expect("written");
    let events = (1..=EVENTS).flat_map(|number| serde_json::to_vec(&event(number)).expect("JSON"));
    let plain: Vec<u8> = protocol.iter().copied().chain(events).collect();
    fs::write(&file, amparo::seal::seal_for(recipients, &plain).expect("sealed")).expect("written");
    let some = sessions.min(100);
    let started = Instant::now();
    for _ in 0..some {
        let ran =
            Command::new("age").arg("-d").arg("-i").arg(&secret).arg(&file).stdout(Stdio::null()).status();
        if !ran.is_ok_and(|ran| ran.success()) {
            println!("SKIPPED: `age` was not measured, since the package of that name is not installed");
            return;
        }
    }
    let all = milliseconds(started.elapsed()) * f64::from(u32::try_from(sessions).expect("small"))
        / f64::from(u32::try_from(some).expect("small"));
    line(&format!("{sessions} on two threads, beside `age` a file"), &[ours], &[all], "at most 0.2");
}

fn size(recipients: &Recipients) {
    let folder = folder();
    let store = Store::at(folder.path());
    let (name, open) = session(&store, recipients);
    let all = fs::metadata(store.path(&name)).expect("there").len();
    let json: usize =
        (1..=EVENTS).map(|number| serde_json::to_vec(&event(number)).expect("JSON").len()).sum();
    let each = |bytes: u64| bytes / EVENTS;
    println!(
        "\nbytes an event: {} with everything, {} its cells, {} its JSON; the file has {all}",
        each(all),
        each(open),
        each(json as u64)
    );
}

/// A closed session; and how many bytes its events took.
fn session(store: &Store, recipients: &Recipients) -> (SessionName, u64) {
    let mut writer = store.create(&protocol(), recipients).expect("a session");
    let before = fs::metadata(writer.path()).expect("there").len();
    write(&mut writer, EVENTS - 1);
    let after = fs::metadata(writer.path()).expect("there").len();
    writer.append(&closed()).expect("closed");
    (*writer.name(), after - before)
}

fn fold(reader: &mut Reader<'_>, bytes: &[u8]) -> State {
    let decoded = reader.decode(bytes).unwrap_or_else(|why| panic!("{why:?}"));
    let mut state = State::default();
    decoded.events.iter().for_each(|event| apply(&mut state, event));
    assert_eq!(state.record.events, EVENTS);
    state
}

/// What lies in the first envelope of a file: its secret, and the protocol.
fn inside(key: &Identity, bytes: &[u8]) -> Opened {
    open_with(key, &bytes[16..16 + envelope_length(bytes)]).expect("opened")
}

fn envelope_length(bytes: &[u8]) -> usize {
    u32::from_be_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize
}

/// Opens the envelope and every cell, and looks at nothing.
fn cryptography(key: &Identity, bytes: &[u8]) -> usize {
    let secret = Secret::of(&inside(key, bytes)[..32]).expect("32 bytes");
    let header = (16 + envelope_length(bytes)).next_multiple_of(CELL);
    let stands_on = fingerprint(&bytes[..header]);
    let mut chain = Chain::begin(&secret, &Link::first(), &stands_on);
    black_box(Link::after(&secret, &Link::first(), &stands_on));
    let (cells, _) = bytes[header..].as_chunks::<CELL>();
    cells.iter().filter(|cell| chain.open(cell).is_some()).count()
}

fn folder() -> tempfile::TempDir {
    // In the home, which is on a disk, and not in a folder for temporary files, which may be in memory.
    tempfile::tempdir_in("target").expect("a folder")
}
