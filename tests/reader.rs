//! A second reader, in Python, written from `docs/journal-format.md` alone, beside the program's own: event by event, and
//! answer by answer over damaged files.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use amparo::journal::{ProtocolFile, ProtocolSource, Store};
use amparo::machine::{At, CoveredBy, Event, Fact, Follows};
use amparo::seal::{Identity, Recipients};
use amparo::text::Prose;

use second::{differ, key, python, second};

#[path = "reader/second.rs"]
mod second;

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
    let found: Vec<String> = files
        .iter()
        .zip(&said)
        .enumerate()
        .filter_map(|(number, (bytes, said))| Some(format!("{number}: {}", differ(bytes, said)?)))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let _ = writeln!(io::stderr(), "second reader: {} files, the same in each", files.len());
}

#[test]
fn the_second_reader_is_short() {
    let lines = fs::read_to_string("tests/reader/reader.py").unwrap().lines().count();
    assert!(lines <= 150, "{lines} lines");
}
