//! How the second reader is run, and how what it says is compared with what the program's own reader says.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use amparo::journal::{NoSession, Reader, Verdict};
use amparo::seal::{HeadCode, Identity, fingerprint};
use serde_json::{Value, json};

const SECRET: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/// The key that it reads with.
pub fn key() -> Identity {
    Identity::of_text(SECRET).unwrap()
}

/// The Python that has what the reader needs: `.ci/run tools` makes it.
pub fn python() -> Option<PathBuf> {
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
pub fn second(python: &Path, folder: &Path, files: &[Vec<u8>]) -> Vec<Value> {
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

/// Where the two readers say something else of a file, event by event; none where they say the same.
pub fn differ(bytes: &[u8], said: &Value) -> Option<String> {
    let own = first(bytes);
    let events = |all: &Value| all["events"].as_array().cloned().unwrap_or_default();
    let (ours, theirs) = (events(&own), events(said));
    if let Some(at) = ours.iter().zip(&theirs).position(|(one, other)| one != other) {
        return Some(format!("event {}: {} and {}", at + 1, ours[at], theirs[at]));
    }
    // What cannot be opened has no protocol to compare: the second reader may have got that far.
    let protocol = own["protocol"].is_null() || own["protocol"] == said["protocol"];
    let same = ["answer", "after", "head"].iter().all(|key| own[key] == said[key]);
    let told = |of: &Value, events: usize| format!("{} after {}, {events} events", of["answer"], of["after"]);
    (!(same && protocol) || ours.len() != theirs.len())
        .then(|| format!("{}; {}", told(&own, ours.len()), told(said, theirs.len())))
}
