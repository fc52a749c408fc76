//! What is in the memory of a program that writes a session, at event 150: the key of now, and no earlier one; nor the
//! words of notes that were written. Needs to be root, or the parent that may look (`ptrace_scope`).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking; a child speaks by printing"
)]

use std::alloc::System;
use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use amparo::journal::{ProtocolFile, ProtocolSource, Reader, SessionName, Store, Verdict};
use amparo::machine::{At, Event, Fact, Follows};
use amparo::seal::{CELL, Identity, Recipients, fingerprint, open_with};
use amparo::text::Prose;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroizing_alloc::ZeroAlloc;

/// As the program itself has it (`src/main.rs`).
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

const CHILD: &str = "AMPARO_TEST_CHILD";

fn key() -> Identity {
    Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX").unwrap()
}

/// Words that stand nowhere until they are made.
fn words(number: u64) -> String {
    format!("w{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Not a test by itself: the program that writes.
#[test]
fn plays_the_child() {
    let Ok(home) = std::env::var(CHILD) else { return };
    // The public key only: a writer has no secret.
    let key = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    let recipients = Recipients::new(vec![amparo::seal::Recipient::new(key).unwrap()]).unwrap();
    let protocol = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
    let mut writer = Store::at(Path::new(&home)).create(&protocol, &recipients).unwrap();
    for number in 1..=150 {
        let text = Prose::new(&words(number)).unwrap();
        let fact = Fact::Noted { step: None, text };
        writer.append(&Event { at: At::default(), fact, follows: Follows::default() }).unwrap();
    }
    println!("say:{}", writer.name());
    std::thread::sleep(std::time::Duration::from_secs(120));
    drop(writer);
}

fn child(home: &Path) -> (Child, SessionName) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "plays_the_child", "--nocapture", "--test-threads=1"])
        .env(CHILD, home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let name = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("say:").and_then(|(_, name)| SessionName::new(name)))
        .unwrap();
    (child, name)
}

/// All readable memory of a process; none where that is not permitted.
fn memory(pid: u32) -> Option<Vec<Vec<u8>>> {
    let memory = fs::File::open(format!("/proc/{pid}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" r") && !line.contains("[v")) {
        let (from, to) = line.split_once(' ')?.0.split_once('-')?;
        let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        if memory.read_exact_at(&mut bytes, from).is_ok() {
            all.push(bytes);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Every key of a session's first 151 cells, as the format has them.
struct Keys {
    /// S, PRK and R.
    before: Vec<[u8; 32]>,
    /// The chain's keys 0 to 149, and the cells' keys 0 to 149.
    earlier: Vec<[u8; 32]>,
    /// The chain's key 150.
    now: [u8; 32],
}

fn keys(file: &[u8]) -> Keys {
    let length = u32::from_be_bytes(file[8..12].try_into().unwrap()) as usize;
    let inside = open_with(&key(), &file[16..16 + length]).unwrap();
    let secret: [u8; 32] = inside[..32].try_into().unwrap();
    let header = (16 + length).next_multiple_of(CELL);
    let (prk, hkdf) =
        Hkdf::<Sha256>::extract(Some(&fingerprint(&file[..header]).0), &[&secret[..], &[0; 32]].concat());
    let (mut chain, mut resume) = ([0; 32], [0; 32]);
    hkdf.expand(b"amparo/1 chain", &mut chain).unwrap();
    hkdf.expand(b"amparo/1 resume", &mut resume).unwrap();
    let mut earlier = Vec::new();
    for _ in 0..150 {
        let mut both = [0; 64];
        Hkdf::<Sha256>::from_prk(&chain).unwrap().expand(b"amparo/1 cell", &mut both).unwrap();
        earlier.push(chain);
        earlier.push(both[32..].try_into().unwrap());
        chain.copy_from_slice(&both[..32]);
    }
    Keys { before: vec![secret, prk.into(), resume], earlier, now: chain }
}

/// The cells of a file of one segment.
fn cells(file: &[u8]) -> Vec<&[u8; CELL]> {
    let length = u32::from_be_bytes(file[8..12].try_into().unwrap()) as usize;
    file[(16 + length).next_multiple_of(CELL)..].as_chunks().0.iter().collect()
}

/// Opens a cell with a key.
fn open_cell(key: &[u8; 32], cell: &[u8; CELL]) -> Option<Vec<u8>> {
    ChaCha20Poly1305::new(key.into()).decrypt(&[0; 12].into(), &cell[..]).ok()
}

/// Seals what a cell holds with a key.
fn seal_cell(key: &[u8; 32], content: &[u8]) -> Vec<u8> {
    ChaCha20Poly1305::new(key.into()).encrypt(&[0; 12].into(), content).unwrap()
}

/// What can be made of a chain's key: keys of cells, one after the other, and the chain's own.
fn made_of(chain: &[u8; 32], cells: usize) -> Vec<[u8; 32]> {
    let (mut chain, mut made) = (*chain, vec![*chain]);
    for _ in 0..cells {
        let mut both = [0; 64];
        Hkdf::<Sha256>::from_prk(&chain).unwrap().expand(b"amparo/1 cell", &mut both).unwrap();
        made.push(both[32..].try_into().unwrap());
        chain.copy_from_slice(&both[..32]);
        made.push(chain);
    }
    made
}

/// How many of some keys stand in memory: looked up by their first eight bytes at every place.
fn found(memory: &[Vec<u8>], keys: &[[u8; 32]]) -> usize {
    let firsts: HashSet<[u8; 8]> = keys.iter().map(|key| *key.first_chunk().unwrap()).collect();
    let mut found: HashSet<&[u8; 32]> = HashSet::new();
    for bytes in memory {
        for at in 0..bytes.len().saturating_sub(31) {
            let Some(first) = bytes[at..].first_chunk::<8>() else { continue };
            if firsts.contains(first) {
                found.extend(keys.iter().filter(|key| bytes[at..].starts_with(&key[..])));
            }
        }
    }
    found.len()
}

#[test]
fn the_memory_at_event_150_has_the_key_of_now_and_none_before() {
    let home = tempfile::tempdir().unwrap();
    let (mut child, name) = child(home.path());
    let memory = memory(child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    let Some(memory) = memory else {
        let _ = writeln!(io::stderr(), "SKIPPED: the memory of another process may not be read here");
        return;
    };
    let keys = keys(&fs::read(Store::at(home.path()).path(&name)).unwrap());
    let searched: usize = memory.iter().map(Vec::len).sum();
    assert_eq!(found(&memory, &[keys.now]), 1, "the key of now is there: the search sees what it looks for");
    assert_eq!(found(&memory, &keys.before), 0, "S, PRK or R");
    assert_eq!(found(&memory, &keys.earlier), 0, "keys of cells before");
    let words: Vec<String> = (1..=150).map(words).collect();
    let left = words.iter().filter(|words| memory.iter().any(|bytes| holds(bytes, words.as_bytes()))).count();
    let _ = writeln!(
        io::stderr(),
        "{} keys looked for in {} MiB: none before event 150 found; of 150 notes {left} are left",
        keys.before.len() + keys.earlier.len() + 1,
        searched >> 20
    );
    // What was written last may still stand in a buffer that is in use.
    assert!(left <= 1, "{left} notes are left in memory");
}

/// Whoever has the memory at event 150 has the key of now: what can be made of it opens none of the session's own cells
/// from before, and a cell that is sealed with it is found in each of their places.
#[test]
fn the_key_of_now_opens_and_forges_nothing_of_before() {
    let home = tempfile::tempdir().unwrap();
    let (mut child, name) = child(home.path());
    let memory = memory(child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    let file = fs::read(Store::at(home.path()).path(&name)).unwrap();
    let own = keys(&file);
    match &memory {
        Some(memory) => assert_eq!(found(memory, &[own.now]), 1, "it is this key that the memory has"),
        // The trials hold for the key all the same.
        None => {
            let _ = writeln!(io::stderr(), "SKIPPED: the memory of another process may not be read here");
        }
    }
    let (key_of_readers, cells) = (key(), cells(&file));
    let written = Reader::new(&key_of_readers).decode(&file).unwrap().events;
    assert_eq!((cells.len(), written.len()), (150, 150), "each note is one cell");
    // The trial itself: a cell opens with its own key.
    for (cell, own) in cells.iter().zip(own.earlier.chunks(2)) {
        assert!(open_cell(&own[1], cell).is_some());
    }

    // As far as the longest session goes with the key, it is tried as a chain's and as a cell's.
    let made = made_of(&own.now, 300);
    let (mut tried, mut opened) = (0, 0);
    for cell in &cells {
        for key in &made {
            tried += 1;
            opened += usize::from(open_cell(key, cell).is_some());
        }
    }
    assert_eq!(opened, 0);

    // Content that would be read, sealed with all that can be made for the next cells.
    let content = open_cell(&own.earlier[2 * 149 + 1], cells[149]).unwrap();
    let header = file.len() - 150 * CELL;
    let (mut put, mut altered) = (0, 0);
    for place in 0..150 {
        for key in made.iter().take(4) {
            let at = header + place * CELL;
            let mut changed = file.clone();
            changed[at..at + CELL].copy_from_slice(&seal_cell(key, &content));
            let read = Reader::new(&key_of_readers).decode(&changed).unwrap();
            put += 1;
            altered += usize::from(read.verdict == Verdict::Altered { after: place as u64 });
            assert_eq!(read.events, written[..place], "in place {place}");
        }
    }
    assert_eq!(altered, put, "each is found, and its place is named");
    // What docs/security.md says does not hold: behind what was written, the key of now goes on.
    let longer = [&file[..], &seal_cell(&made[1], &content)].concat();
    let read = Reader::new(&key_of_readers).decode(&longer).unwrap();
    assert_eq!((read.events.len(), read.verdict), (151, Verdict::Open));
    let _ = writeln!(
        io::stderr(),
        "with the key of now: {tried} trials on the 150 cells before opened {opened}; {put} forged cells in their \
         places, {altered} found"
    );
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == words[0]) {
        at += next;
        if bytes[at..].starts_with(words) {
            return true;
        }
        at += 1;
    }
    false
}
