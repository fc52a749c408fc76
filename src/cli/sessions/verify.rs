//! `amparo sessions verify`: each file with one answer, and an exit code for scripts.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::Role;
use crate::journal::{
    ChainState, Finding, JournalError, Kept, Known, Ledger, Noted, Receipt, Seen, SessionName, Store, Unread,
    Verified, of_each, verify_files, verify_store,
};
use crate::seal::HeadCode;
use crate::text::{Fingerprint, line_safe};
use crate::words::{
    finding, head_word, ledger_state, no_codes, not_begun_here, not_for_this_key, same_bytes,
};

use super::super::exit::Exit;
use super::progress::Progress;
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
    let ledger = Store::at(around.home).ledger();
    let found = look(around, files, head, &ledger)?;
    note(around, &found);
    let codes = codes(around, &found)?;
    let copies = if files.is_empty() { copies(around.role, &ledger, &found) } else { Vec::new() };
    let copy_of = |place: usize| copies.get(place).cloned().unwrap_or_default();
    match written {
        As::Lines => {
            for (place, (found, code)) in found.iter().zip(codes).enumerate() {
                if found.finding != NOT_FOR_US {
                    line(around, found, code, &copy_of(place))?;
                }
            }
            // What supervisors say among themselves is so for everybody else: counted, not named one by one.
            let not_for_us = found.iter().filter(|verified| verified.finding == NOT_FOR_US).count();
            if not_for_us > 0 {
                writeln!(around.err, "{}", not_for_this_key(not_for_us, around.language))?;
            }
        }
        As::Data => {
            let each = found.iter().zip(codes).enumerate();
            let all: Vec<Value> =
                each.map(|(place, (found, code))| data(found, code, &copy_of(place))).collect();
            super::list::write(around, &all)?;
        }
    }
    let exit = of_ledger(around, ledger.state, files)?;
    // What is wrong matters more than what could not be looked at.
    if found.iter().any(|verified| verified.finding.is_wrong()) {
        return Ok(Exit::NotRight);
    }
    if exit == Exit::Done && found.iter().any(|verified| verified.finding.is_unknown()) {
        return Ok(Exit::CouldNot);
    }
    Ok(exit)
}

const NOT_FOR_US: Finding = Finding::Beside(Unread::NotForUs);

/// Says what is wrong with the ledger, and what that is worth.
fn of_ledger(around: &mut Around<'_>, state: ChainState, files: &[PathBuf]) -> Result<Exit, Failed> {
    // Where nothing was ever kept, or files are named, nothing is missed.
    if state == ChainState::Absent && (!files.is_empty() || !Store::at(around.home).folder().exists()) {
        return Ok(Exit::Done);
    }
    if let Some(words) = ledger_state(state, around.language) {
        writeln!(around.err, "{words}")?;
    }
    Ok(match state {
        ChainState::Whole | ChainState::Torn { .. } => Exit::Done,
        ChainState::Broken { .. } => Exit::NotRight,
        // A supervisor's machine has none before its first look.
        ChainState::Absent if around.role == Role::Supervisor => Exit::Done,
        ChainState::Absent | ChainState::Unreadable => Exit::CouldNot,
    })
}

fn look(
    around: &mut Around<'_>,
    files: &[PathBuf],
    head: Option<HeadCode>,
    ledger: &Ledger,
) -> Result<Vec<Verified>, JournalError> {
    let store = Store::at(around.home);
    let identity = around.keys.identity.clone();
    let mut progress = Progress::begin(around);
    if files.is_empty() {
        return verify_store(&store, identity.as_deref(), &mut |done, all| progress.tell(done, all))
            .map(|(found, _)| found);
    }
    let noted = Noted::of(ledger);
    let known = |path: &Path| name(path).map_or_else(Known::default, |name| noted.known(&name));
    let files: Vec<(PathBuf, Known)> = files
        .iter()
        .flat_map(|path| in_folder(path))
        .map(|path| {
            let known = Known { head, ..known(&path) };
            (path, known)
        })
        .collect();
    Ok(verify_files(&files, identity.as_deref(), &mut |done| progress.tell(done, files.len())))
}

/// What tells a copy from a session that was held here.
#[derive(Debug, Clone, Default)]
struct Copied {
    /// It was not begun on this machine, where all that lie there should be.
    from_elsewhere: bool,
    /// Other files of the same bytes.
    same: Vec<String>,
}

/// Looks for copies among all sessions of this machine. Supervisors receive theirs; a caseworker begins hers.
fn copies(role: Role, ledger: &Ledger, found: &[Verified]) -> Vec<Copied> {
    let begun: HashSet<&SessionName> = ledger.begun_here().collect();
    let mut same: HashMap<Fingerprint, Vec<&Verified>> = HashMap::new();
    for verified in found {
        if let Some(seen) = verified.seen {
            same.entry(seen.sha256).or_default().push(verified);
        }
    }
    let copy = |verified: &Verified| {
        let (Some(name), Some(seen)) = (name(&verified.path), verified.seen) else {
            return Copied::default();
        };
        let from_elsewhere = role == Role::Caseworker && !begun.contains(&name);
        let others = same.get(&seen.sha256).into_iter().flatten().filter(|other| other.path != verified.path);
        Copied { from_elsewhere, same: others.map(|other| file_name(&other.path)).collect() }
    };
    found.iter().map(copy).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| shown(path), |name| line_safe(&name.to_string_lossy()))
}

/// The files of a folder, by name; a file itself.
fn in_folder(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn name(path: &Path) -> Option<SessionName> {
    SessionName::new(path.file_name()?.to_str()?)
}

/// Receipts for what was seen here: so that one that is shorter, another or gone next time is noticed.
fn note(around: &Around<'_>, found: &[Verified]) {
    let store = Store::at(around.home);
    let receipt = |verified: &Verified| {
        let here = name(&verified.path).filter(|name| is_same(&store.path(name), &verified.path));
        // What is being written may not be on disk yet, and a power cut takes it back without anybody's doing.
        if here.is_some_and(|name| verified.finding != Finding::Whole && store.is_written(&name)) {
            return None;
        }
        verified.receipt(if here.is_some() { Kept::Here } else { Kept::Elsewhere })
    };
    let receipts: Vec<Receipt> = found.iter().filter_map(receipt).collect();
    // What could not be noted today is noted the next time; the answer is the same.
    let _ = store.note_seen(&receipts, around.now);
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other
        || one.canonicalize().ok().is_some_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Of more files no codes are told: each is slow on purpose, and nobody holds thousands against paper.
const MOST_CODES: usize = 100;

/// The head codes of the files that have an end.
fn codes(around: &mut Around<'_>, found: &[Verified]) -> Result<Vec<Option<HeadCode>>, Failed> {
    let ends = |verified: &Verified| {
        let ends = matches!(
            verified.finding,
            Finding::Whole | Finding::AnotherFile | Finding::Slip(_) | Finding::Same
        );
        verified.seen.filter(|_| ends)
    };
    let ended: Vec<Option<Seen>> = found.iter().map(ends).collect();
    if ended.iter().flatten().count() > MOST_CODES {
        writeln!(around.err, "{}", no_codes(MOST_CODES, around.language))?;
        return Ok(vec![None; found.len()]);
    }
    let code = |seen: &Option<Seen>| seen.map(|seen| HeadCode::of(&seen.sha256));
    Ok(of_each(&ended, || (), |(), seen| code(seen), &mut |_| {}))
}

fn line(
    around: &mut Around<'_>,
    verified: &Verified,
    code: Option<HeadCode>,
    copy: &Copied,
) -> Result<(), Failed> {
    let words = line_safe(&finding(&verified.finding, around.language));
    writeln!(around.out, "{}  {words}", file_name(&verified.path))?;
    if let (Some(code), Some(seen)) = (code, verified.seen) {
        writeln!(around.out, "    {} {code}  SHA-256 {}", head_word(around.language), seen.sha256)?;
    }
    if copy.from_elsewhere {
        writeln!(around.out, "    {}", not_begun_here(around.language))?;
    }
    if let Some((first, more)) = copy.same.split_first() {
        writeln!(around.out, "    {}", same_bytes(first, more.len(), around.language))?;
    }
    Ok(())
}

fn data(verified: &Verified, code: Option<HeadCode>, copy: &Copied) -> Value {
    let mut value = json!({
        "file_name": verified.path.file_name().map(|name| line_safe(&name.to_string_lossy())),
        "finding": id(&verified.finding),
    });
    let is_session = !matches!(verified.finding, Finding::Beside(_));
    if let Some(name) = name(&verified.path).filter(|_| is_session) {
        value["session"] = json!(name);
    }
    if let Some(seen) = verified.seen {
        value["bytes"] = json!(seen.bytes);
        value["sha256"] = json!(seen.sha256);
    }
    if let Some(events) = verified.events {
        value["events_count"] = json!(events);
    }
    if let Some(code) = code {
        value["head"] = json!(code);
    }
    if copy.from_elsewhere {
        value["begun_here"] = json!(false);
    }
    if !copy.same.is_empty() {
        value["same_bytes_as"] = json!(copy.same);
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
pub(super) fn id(finding: &Finding) -> &'static str {
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
        Finding::Beside(Unread::Damaged | Unread::Gone) => "beside-damaged",
        Finding::Beside(Unread::NotForUs) => "beside-not-for-us",
        Finding::Beside(Unread::Newer) => "beside-newer",
        Finding::BackAgain => "back-again",
        Finding::Same => "same",
        Finding::Unopened => "unopened",
        Finding::Unreadable(_) => "unreadable",
    }
}
