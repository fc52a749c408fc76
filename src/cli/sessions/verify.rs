//! `amparo sessions verify`: each file with one answer, and an exit code for scripts.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::journal::{
    ChainState, Finding, JournalError, Known, Ledger, Seen, SessionName, Store, Verified, verify_file,
    verify_store,
};
use crate::seal::HeadCode;
use crate::text::line_safe;
use crate::words::{finding, head_word, ledger_state};

use super::super::exit::Exit;
use super::{Around, Failed, shown};

/// How the answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// A line a file.
    Lines,
    /// A JSON array.
    Data,
}

pub(super) fn run(
    around: &mut Around<'_>,
    files: &[PathBuf],
    head: Option<HeadCode>,
    written: As,
) -> Result<Exit, Failed> {
    let (found, ledger) = look(around, files, head)?;
    for verified in &found {
        note(around, verified);
    }
    match written {
        As::Lines => lines(around, &found)?,
        As::Data => {
            let all: Vec<Value> = found.iter().map(data).collect();
            super::list::write(around, &all)?;
        }
    }
    let mut exit = Exit::Done;
    if let Some(words) = ledger_state(ledger, around.language) {
        writeln!(around.err, "{words}")?;
        if matches!(ledger, ChainState::Broken { .. }) {
            exit = Exit::NotRight;
        }
    }
    // What is wrong matters more than what could not be looked at.
    if found.iter().any(|verified| verified.finding.is_wrong()) {
        return Ok(Exit::NotRight);
    }
    if exit == Exit::Done && found.iter().any(|verified| verified.finding.is_unknown()) {
        return Ok(Exit::CouldNot);
    }
    Ok(exit)
}

fn look(
    around: &Around<'_>,
    files: &[PathBuf],
    head: Option<HeadCode>,
) -> Result<(Vec<Verified>, ChainState), JournalError> {
    let store = Store::at(around.home);
    let mut reader = around.reader();
    if files.is_empty() {
        return verify_store(&store, reader.as_mut());
    }
    let ledger = store.ledger();
    let mut found = Vec::new();
    for path in files.iter().flat_map(|path| in_folder(path)) {
        let known = Known { head, ..known(&ledger, &path) };
        found.push(verify_file(&path, &known, reader.as_mut()));
    }
    Ok((found, ledger.state))
}

/// The files of a folder, by name; a file itself.
fn in_folder(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn known(ledger: &Ledger, path: &Path) -> Known {
    name(path).map_or_else(Known::default, |name| Known::of(ledger, &name))
}

fn name(path: &Path) -> Option<SessionName> {
    SessionName::new(path.file_name()?.to_str()?)
}

/// A receipt for what was seen here: so that one that is shorter or another next time is noticed.
fn note(around: &Around<'_>, verified: &Verified) {
    let noted = matches!(verified.finding, Finding::Whole | Finding::Open | Finding::Torn(_));
    let (Some(name), Some(intact)) = (name(&verified.path), verified.intact) else { return };
    let store = Store::at(around.home);
    if noted && store.ledger().seen(&name) != Some(intact) {
        // What could not be noted today is noted the next time; the answer is the same.
        let _ = store.note_seen(&name, intact, around.now);
    }
}

fn lines(around: &mut Around<'_>, found: &[Verified]) -> Result<(), Failed> {
    for verified in found {
        let file = verified
            .path
            .file_name()
            .map_or_else(|| shown(&verified.path), |name| line_safe(&name.to_string_lossy()));
        let words = line_safe(&finding(&verified.finding, around.language));
        writeln!(around.out, "{file}  {words}")?;
        if let (Some(code), Some(seen)) = (code(verified), verified.seen) {
            writeln!(around.out, "    {} {code}  SHA-256 {}", head_word(around.language), seen.sha256)?;
        }
    }
    Ok(())
}

/// The head code of a file that has an end.
fn code(verified: &Verified) -> Option<HeadCode> {
    let Seen { sha256, .. } = verified.seen?;
    let closed =
        matches!(verified.finding, Finding::Whole | Finding::AnotherFile | Finding::Slip(_) | Finding::Same);
    closed.then(|| HeadCode::of(&sha256))
}

fn data(verified: &Verified) -> Value {
    let mut value = json!({
        "file_name": verified.path.file_name().map(|name| line_safe(&name.to_string_lossy())),
        "finding": id(&verified.finding),
    });
    if let Some(name) = name(&verified.path) {
        value["session"] = json!(name);
    }
    if let Some(seen) = verified.seen {
        value["bytes"] = json!(seen.bytes);
        value["sha256"] = json!(seen.sha256);
    }
    if let Some(events) = verified.events {
        value["events_count"] = json!(events);
    }
    if let Some(code) = code(verified) {
        value["head"] = json!(code);
    }
    match &verified.finding {
        Finding::Torn(bytes) => value["dropped"] = json!(bytes),
        Finding::Altered(after) | Finding::NotForUs(after) => value["after"] = json!(after),
        Finding::Slip(signs) => value["signs"] = json!(signs),
        Finding::Erased(stone) => value["stone"] = json!(stone),
        _ => {}
    }
    value
}

/// A stable name for what was found.
fn id(finding: &Finding) -> &'static str {
    match finding {
        Finding::Whole => "whole",
        Finding::Open => "open",
        Finding::Torn(_) => "torn",
        Finding::Altered(_) => "altered",
        Finding::Cut => "cut",
        Finding::AnotherFile => "another-file",
        Finding::Slip(_) => "slip",
        Finding::NotForUs(_) => "unknown-recipient",
        Finding::Erased(_) => "erased",
        Finding::Missing => "missing",
        Finding::Foreign(_) => "not-one-of-ours",
        Finding::Newer(_) => "newer",
        Finding::Unbegun => "unbegun",
        Finding::Companion => "companion",
        Finding::Same => "same",
        Finding::Unopened => "unopened",
        Finding::Unreadable(_) => "unreadable",
    }
}
