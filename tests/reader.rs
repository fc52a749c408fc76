//! A second reader, in Python, written from `docs/journal-format.md` alone, beside the program's own: event by event, and
//! answer by answer over damaged files.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use amparo::journal::{NoSession, ProtocolFile, ProtocolSource, Reader, Store, Verdict};
use amparo::machine::{At, CoveredBy, Event, Fact, Follows};
use amparo::seal::{HeadCode, Identity, Recipients, fingerprint};
use amparo::text::Prose;
use serde_json::{Value, json};

const SECRET: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

fn key() -> Identity {
    Identity::of_text(SECRET).unwrap()
}

/// The Python that has what the reader needs: `.ci/run tools` makes it.
fn python() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/reader-venv/bin/python");
    let named = std::env::var_os("AMPARO_READER_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or(beside);
    let has = Command::new(&python).args(["-c", "import pyrage, cryptography"]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    let _ = writeln!(
        io::stderr(),
        "SKIPPED: the second reader was not run, since no Python with `pyrage` and `cryptography` is there; \
         `.ci/run tools` makes one"
    );
    None
}

/// What the second reader says of some files.
fn second(python: &Path, folder: &Path, files: &[Vec<u8>]) -> Vec<Value> {
    let key = folder.join("key");
    fs::write(&key, SECRET).unwrap();
    let paths: Vec<PathBuf> =
        (0..files.len()).map(|number| folder.join(format!("{number}.session"))).collect();
    for (path, bytes) in paths.iter().zip(files) {
        fs::write(path, bytes).unwrap();
    }
    let ran = Command::new(python).arg("tests/reader/reader.py").arg(&key).args(&paths).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8(ran.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the program's own reader says, in the same words.
fn first(bytes: &[u8]) -> Value {
    let (answer, after, protocol, events) = match Reader::new(&key()).decode(bytes) {
        Ok(read) => {
            let (answer, after) = match read.verdict {
                Verdict::Whole => ("whole", read.events.len() as u64),
                Verdict::Open => ("open", read.events.len() as u64),
                Verdict::Torn { .. } => ("torn", read.events.len() as u64),
                Verdict::Altered { after } => ("altered", after),
                Verdict::NotForUs { after } => ("sealed for others", after),
            };
            (answer, after, json!(*read.protocol), json!(read.events))
        }
        Err(why) => {
            let answer = match why {
                NoSession::Foreign(_) | NoSession::Newer(_) => "not one of ours",
                NoSession::Unbegun => "torn",
                NoSession::NotForUs => "sealed for others",
                NoSession::Damaged | NoSession::Companion => "altered",
            };
            (answer, 0, Value::Null, json!([]))
        }
    };
    let head = HeadCode::of(&fingerprint(bytes));
    json!({ "answer": answer, "after": after, "protocol": protocol, "events": events, "head": head })
}

fn session(home: &Path) -> Vec<u8> {
    let recipients = Recipients::new(vec![Identity::generate().public(), key().public()]).unwrap();
    let base = ProtocolFile::new("night.yaml", "amparo: 1\ntitle: «Una noche»\n");
    let protocol = ProtocolSource::new(base, vec![ProtocolFile::new("night.es.yaml", "amparo: 1\n")]);
    let event = |number: u64| {
        let fact = if number.is_multiple_of(3) {
            let text = format!("{number} «ñ» \"quoted\" \\ 雪 {}", "words ".repeat(60));
            Fact::Noted { step: None, text: Prose::new(&text).unwrap() }
        } else {
            Fact::Covered { by: CoveredBy::Focus }
        };
        Event { at: At { wall: -5, zone: -180, run: number }, fact, follows: Follows::default() }
    };
    let store = Store::at(home);
    let mut writer = store.create(&protocol, &recipients).unwrap();
    let name = *writer.name();
    for number in 1..=7 {
        writer.append(&event(number)).unwrap();
    }
    drop(writer);
    let torn = [&fs::read(store.path(&name)).unwrap()[..], &[0; 700]].concat();
    fs::write(store.path(&name), torn).unwrap();
    let (_, mut writer) = store.resume(&name, &key(), &recipients).unwrap();
    let resumed = Event { fact: Fact::Resumed { dropped: 700, sha256: None }, ..event(1) };
    writer.append(&resumed).unwrap();
    for number in 9..=14 {
        writer.append(&event(number)).unwrap();
    }
    writer.append(&Event { fact: Fact::Closed { reason: None, open: Vec::new() }, ..event(1) }).unwrap();
    fs::read(writer.path()).unwrap()
}

#[test]
fn a_second_reader_reads_the_same() {
    let Some(python) = python() else { return };
    let home = tempfile::tempdir().unwrap();
    let whole = session(home.path());
    let mut files = vec![whole.clone(), Vec::new(), vec![0; 300], b"a poem".to_vec()];
    files.push([&whole[..], b"\0"].concat());
    // Cut and flipped at places that are spread over the file, more of them in its frames.
    for at in (0..whole.len()).step_by(607).chain(0..40).chain((whole.len() - 600..whole.len()).step_by(37)) {
        files.push(whole[..at].to_vec());
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        files.push(flipped);
    }
    for zeros in [1, 255, 256, 64 * 256, 64 * 256 + 1] {
        files.push([&whole[..5 * 1024 + 512], &vec![0; zeros]].concat());
    }
    let said = second(&python, home.path(), &files);
    assert_eq!(said.len(), files.len());
    assert_eq!(said[0]["answer"], "whole");
    assert_eq!(said[0]["after"], 15);
    let mut differ = Vec::new();
    for (number, (bytes, said)) in files.iter().zip(&said).enumerate() {
        let own = first(bytes);
        // What cannot be opened has no protocol to compare: the second reader may have got that far.
        let same = ["answer", "after", "events", "head"].iter().all(|key| own[key] == said[key]);
        let protocol = own["protocol"].is_null() || own["protocol"] == said["protocol"];
        if !(same && protocol) {
            differ.push(format!(
                "{number}: {} after {}, {} after {}",
                own["answer"], own["after"], said["answer"], said["after"]
            ));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
    let _ = writeln!(io::stderr(), "second reader: {} files, the same in each", files.len());
}

#[test]
fn the_second_reader_is_short() {
    let lines = fs::read_to_string("tests/reader/reader.py").unwrap().lines().count();
    assert!(lines <= 150, "{lines} lines");
}
