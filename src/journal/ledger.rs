//! The ledger of one machine: a chained list of the sessions that were started, closed, seen and erased on it.
//!
//! So a file that vanished or was cut is noticed, and how often a case code stands in earlier sessions is known without
//! opening any. Case codes stand in it as a keyed hash, and the key stands in its first line: it hides them from a glance,
//! and not from whoever takes the laptop, who can try them all. Whoever can write the file can write it anew as a whole;
//! the chain shows a line that was taken out or changed by hand, and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::machine::At;
use crate::seal::{Secret, fingerprint, keyed};
use crate::text::{CaseCode, Fingerprint};

use super::error::JournalError;
use super::folder::{self, Files, Lock};
use super::name::SessionName;
use super::receipt::{Kept, Receipt};
use super::stone::Stone;

/// Something to be noted about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// It was started, about a case; its file up to the end of its first event, which stays as it is.
    Started(SessionName, CaseCode, Seen),
    /// It was closed.
    Closed(SessionName, Seen),
    /// It was begun here, kept elsewhere for a while, and brought home.
    CameHome(SessionName),
    /// It was seen.
    Seen(Receipt, At),
    /// This is awaited of it now, and nothing that was noted before.
    Awaits(SessionName, Awaits),
    /// It was erased.
    Erased(Stone),
}

/// What somebody still waits for of a session, as far as it stands outside the seal: so that a call that nobody made is
/// seen on the start screen before any key is unlocked. An instant and a mark; no code, no word, no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Awaits {
    /// Until when a call is due, in milliseconds since 1970 (UTC); none: none is, or it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<i64>,
    /// Whether somebody is to come back to it.
    #[serde(default, skip_serializing_if = "Back::is_nobody")]
    pub back: Back,
    /// Whether an answer tells that somebody may be in danger, and nobody said that it is settled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mark: bool,
    /// The first instant of what was promised and is neither met nor settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<i64>,
}

/// Whether somebody is to come back to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Back {
    /// Nobody hid it, or somebody came back.
    #[default]
    Nobody,
    /// Its cover is up: nobody came back until now.
    Awaited,
}

impl Back {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    fn is_nobody(&self) -> bool {
        *self == Self::Nobody
    }
}

impl Awaits {
    /// Whether somebody may be in danger at an instant (milliseconds since 1970), as far as this can tell.
    pub fn is_late(self, now: i64) -> bool {
        self.back == Back::Awaited || self.mark || self.due.is_some_and(|due| due <= now)
    }

    /// What is left of it once the session is closed: nobody makes its call any more.
    fn closed(self) -> Self {
        Self { mark: self.mark, by: self.by, ..Self::default() }
    }
}

/// How a file was at some time: so many bytes, with this fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The bytes.
    pub bytes: u64,
    /// Their fingerprint.
    pub sha256: Fingerprint,
}

/// Something that was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Note {
    /// The key of case codes: the first line.
    Key(Fingerprint),
    Started {
        name: SessionName,
        case: Fingerprint,
        #[serde(flatten)]
        file: Option<Seen>,
    },
    Closed {
        name: SessionName,
        #[serde(flatten)]
        file: Seen,
    },
    CameHome {
        name: SessionName,
    },
    Seen {
        name: SessionName,
        #[serde(flatten)]
        file: Seen,
        #[serde(default, skip_serializing_if = "Kept::is_here")]
        kept: Kept,
        at: At,
    },
    Awaits {
        name: SessionName,
        #[serde(flatten)]
        awaits: Awaits,
    },
    Erased(Stone),
}

#[derive(Serialize, Deserialize)]
struct Line {
    /// The fingerprint of the line before; zeros before the first.
    after: Fingerprint,
    note: Note,
}

/// Whether the lines of a ledger hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ChainState {
    /// They do.
    #[default]
    Whole,
    /// There is no ledger: nothing was ever noted, or somebody took it away.
    Absent,
    /// There is something in its place that cannot be read: no ordinary file, one that is too large, or a disk that fails.
    Unreadable,
    /// Something between them is no line: one that was being written when the machine stopped, or that was changed.
    Torn {
        /// The line, from 1.
        line: usize,
    },
    /// A line does not stand on the one before it: one was changed, added, moved or taken out.
    Broken {
        /// The line, from 1.
        line: usize,
    },
}

/// What a ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    notes: Vec<Note>,
    /// Whether its lines hang together.
    pub state: ChainState,
    last: Fingerprint,
}

/// The file that a ledger is kept in.
#[derive(Debug, Clone)]
pub(super) struct LedgerFile {
    path: PathBuf,
    files: Files,
}

const NOTHING: Fingerprint = Fingerprint([0; 32]);

impl Default for Ledger {
    fn default() -> Self {
        Self { notes: Vec::new(), state: ChainState::Whole, last: NOTHING }
    }
}

impl Ledger {
    /// Reads a ledger. Total: what is no line is passed over, and shown in its state.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut ledger = Self::default();
        let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
        for (at, text) in lines {
            let line = at + 1;
            let read: Option<Line> = serde_json::from_slice(text).ok();
            let state = match &read {
                None => ChainState::Torn { line },
                Some(read) if read.after != ledger.last => ChainState::Broken { line },
                Some(_) => ChainState::Whole,
            };
            if !matches!(ledger.state, ChainState::Broken { .. }) && state != ChainState::Whole {
                ledger.state = state;
            }
            if let Some(read) = read {
                ledger.last = fingerprint(text);
                ledger.notes.push(read.note);
            }
        }
        ledger
    }

    /// Each session that was started here, in order.
    pub fn started(&self) -> impl Iterator<Item = &SessionName> {
        self.notes.iter().filter_map(|note| match note {
            Note::Started { name, .. } => Some(name),
            _ => None,
        })
    }

    /// How the file of each session began that was started here, up to the end of its first event, where that was noted;
    /// of more than one, the first counts.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = (SessionName, Option<Seen>)> {
        self.notes.iter().filter_map(|note| match note {
            Note::Started { name, file, .. } => Some((*name, *file)),
            _ => None,
        })
    }

    /// How each session's file was when it was closed here; of more than one, the first counts: nothing follows an end.
    pub fn closed(&self) -> impl Iterator<Item = (SessionName, Seen)> {
        self.notes.iter().filter_map(|note| match note {
            Note::Closed { name, file } => Some((*name, *file)),
            _ => None,
        })
    }

    /// How each session's file was when it was looked at here; of more than one, the latest is last.
    pub fn seen(&self) -> impl Iterator<Item = (SessionName, Seen)> {
        self.notes.iter().filter_map(|note| match note {
            Note::Seen { name, file, .. } => Some((*name, *file)),
            _ => None,
        })
    }

    /// Each session that was begun, closed or brought home here; what else lies among the sessions was copied there.
    pub fn begun_here(&self) -> impl Iterator<Item = &SessionName> {
        self.notes.iter().filter_map(|note| match note {
            Note::Started { name, .. } | Note::Closed { name, .. } | Note::CameHome { name } => Some(name),
            _ => None,
        })
    }

    /// Each session whose file is to be among those of this machine, unless it was erased: it was begun, or looked at,
    /// there.
    pub fn kept_here(&self) -> impl Iterator<Item = &SessionName> {
        self.notes.iter().filter_map(|note| match note {
            Note::Started { name, .. }
            | Note::Closed { name, .. }
            | Note::CameHome { name }
            | Note::Seen { name, kept: Kept::Here, .. } => Some(name),
            _ => None,
        })
    }

    /// The sessions of which something is awaited, and not erased here since it was noted. Of one that is closed that is
    /// what outlives its end.
    pub fn awaited(&self) -> BTreeMap<SessionName, Awaits> {
        let (mut awaited, mut closed) = (BTreeMap::new(), BTreeSet::new());
        for note in &self.notes {
            match note {
                Note::Awaits { name, awaits } => {
                    awaited.insert(*name, if closed.contains(name) { awaits.closed() } else { *awaits });
                }
                Note::Closed { name, .. } => {
                    closed.insert(*name);
                    awaited.entry(*name).and_modify(|awaits| *awaits = awaits.closed());
                }
                Note::Erased(Stone { name, .. }) => {
                    awaited.remove(name);
                }
                Note::Key(_) | Note::Started { .. } | Note::CameHome { .. } | Note::Seen { .. } => {}
            }
        }
        awaited.retain(|_, awaits| *awaits != Awaits::default());
        awaited
    }

    /// What was last noted of what is awaited of a session, where anything ever was.
    pub(super) fn last_awaits(&self, name: &SessionName) -> Option<Awaits> {
        self.notes.iter().rev().find_map(|note| match note {
            Note::Awaits { name: noted, awaits } if noted == name => Some(*awaits),
            _ => None,
        })
    }

    /// The stones of the sessions that were erased here, the latest last.
    pub fn stones(&self) -> impl Iterator<Item = &Stone> {
        self.notes.iter().filter_map(|note| match note {
            Note::Erased(stone) => Some(stone),
            _ => None,
        })
    }

    /// In how many sessions that were started here, and not erased, a case code stands; one of them not counted.
    pub fn interviews(&self, case: &CaseCode, but: Option<&SessionName>) -> usize {
        let Some(key) = self.key() else { return 0 };
        let wanted = keyed(&key, case.as_str().as_bytes());
        let kept = |name: &SessionName| Some(name) != but && !self.stones().any(|stone| stone.name == *name);
        let about = self
            .notes
            .iter()
            .filter(|note| matches!(note, Note::Started { name, case, .. } if *case == wanted && kept(name)));
        about.count()
    }

    fn key(&self) -> Option<Secret> {
        self.notes.iter().find_map(|note| match note {
            Note::Key(key) => Secret::of(&key.0),
            _ => None,
        })
    }

    /// The lines that note something behind what stands.
    fn lines(&self, remarks: &[Remark]) -> io::Result<Vec<u8>> {
        let mut last = self.last;
        // What does not end with a line's end is torn, and stays a line of its own.
        let mut bytes = vec![b'\n'];
        let mut put = |note: Note| -> io::Result<()> {
            let line = serde_json::to_vec(&Line { after: last, note }).map_err(io::Error::other)?;
            last = fingerprint(&line);
            bytes.extend_from_slice(&line);
            bytes.push(b'\n');
            Ok(())
        };
        let key = if let Some(key) = self.key() {
            key
        } else {
            let key = Secret::random()?;
            put(Note::Key(Fingerprint(*key.bytes())))?;
            key
        };
        for remark in remarks {
            put(match remark.clone() {
                Remark::Started(name, case, file) => {
                    let case = keyed(&key, case.as_str().as_bytes());
                    Note::Started { name, case, file: Some(file) }
                }
                Remark::Closed(name, file) => Note::Closed { name, file },
                Remark::CameHome(name) => Note::CameHome { name },
                Remark::Seen(Receipt { name, file, kept }, at) => Note::Seen { name, file, kept, at },
                Remark::Awaits(name, awaits) => Note::Awaits { name, awaits },
                Remark::Erased(stone) => Note::Erased(stone),
            })?;
        }
        Ok(bytes)
    }
}

impl LedgerFile {
    /// The ledger of a home.
    pub(super) fn at(home: &Path, files: &Files) -> Self {
        // A name that tells nothing.
        Self { path: home.join("index"), files: files.clone() }
    }

    /// What it says; nothing where there is none, or where it cannot be read, and which of these is in its state.
    pub(super) fn read(&self) -> Ledger {
        let without = |state| Ledger { state, ..Ledger::default() };
        match folder::open_to_read(&self.path).map(|file| file.map(|file| folder::read_all(&file))) {
            Ok(Ok(Ok(Ok(bytes)))) => Ledger::of_bytes(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => without(ChainState::Absent),
            _ => without(ChainState::Unreadable),
        }
    }

    /// Notes something, on disk when this returns.
    pub(super) fn note(&self, remarks: &[Remark]) -> Result<(), JournalError> {
        self.note_within(Waits::Long, remarks)
    }

    /// The same, where another process that has the ledger is waited for so long only.
    pub(super) fn note_within(&self, waits: Waits, remarks: &[Remark]) -> Result<(), JournalError> {
        if remarks.is_empty() {
            return Ok(());
        }
        self.add(waits, remarks).map_err(|error| JournalError::disk(&self.path, error))
    }

    fn add(&self, waits: Waits, remarks: &[Remark]) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            self.files.make_folder(folder)?;
        }
        let file = self.files.open_to_add(&self.path)?;
        Self::wait_for(&file, waits)?;
        let bytes = folder::read_all(&file)?.map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let lines = Ledger::of_bytes(&bytes).lines(remarks)?;
        self.files.add(&file, &lines)?;
        self.files.sync_all(&file)?;
        if bytes.is_empty() {
            self.path.parent().map_or(Ok(()), |folder| self.files.sync_folder(folder))?;
        }
        Ok(())
    }

    /// Another process that notes something is done in a moment; one that is not keeps nobody waiting for long.
    fn wait_for(file: &File, waits: Waits) -> io::Result<()> {
        match folder::lock_within(file, waits.moments())? {
            Lock::Ours => Ok(()),
            Lock::Theirs => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

/// How long another process is waited for that has the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Not at all: what waits behind it is more urgent.
    Never,
    /// As long as whoever leaves does not notice.
    Shortly,
    /// As long as a person waits for an answer.
    Long,
}

impl Waits {
    /// In hundredths of a second.
    fn moments(self) -> u32 {
        match self {
            Self::Never => 0,
            Self::Shortly => 50,
            Self::Long => 200,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line as Words;

    fn name(digit: u8) -> SessionName {
        SessionName::of_bytes([digit; 16])
    }

    fn case(code: &str) -> CaseCode {
        CaseCode::new(code).unwrap()
    }

    fn seen(digit: u8) -> Seen {
        Seen { bytes: u64::from(digit), sha256: Fingerprint([digit; 32]) }
    }

    fn receipt(digit: u8, of: u8) -> Receipt {
        Receipt { name: name(digit), file: seen(of), kept: Kept::Here }
    }

    fn written(remarks: &[&[Remark]]) -> Vec<u8> {
        remarks.iter().fold(Vec::new(), |bytes, some| {
            let lines = Ledger::of_bytes(&bytes).lines(some).unwrap();
            [bytes, lines].concat()
        })
    }

    fn three() -> Vec<u8> {
        written(&[
            &[Remark::Started(name(1), case("K-17"), seen(1))],
            &[Remark::Started(name(2), case("K-18"), seen(2)), Remark::Closed(name(1), seen(7))],
            &[Remark::Started(name(3), case("K-17"), seen(3)), Remark::Seen(receipt(3, 9), At::default())],
        ])
    }

    #[test]
    fn earlier_interviews_are_counted_without_their_case_code_in_clear() {
        let bytes = three();
        let ledger = Ledger::of_bytes(&bytes);
        assert_eq!(ledger.state, ChainState::Whole);
        assert_eq!(ledger.started().copied().collect::<Vec<_>>(), [name(1), name(2), name(3)]);
        assert_eq!((ledger.interviews(&case("K-17"), None), ledger.interviews(&case("K-1"), None)), (2, 0));
        assert_eq!(ledger.closed().collect::<Vec<_>>(), [(name(1), seen(7))]);
        assert_eq!(
            ledger.beginnings().collect::<Vec<_>>(),
            [(name(1), Some(seen(1))), (name(2), Some(seen(2))), (name(3), Some(seen(3)))]
        );
        assert_eq!(ledger.seen().collect::<Vec<_>>(), [(name(3), seen(9))]);
        assert!(!String::from_utf8_lossy(&bytes).contains("K-17"));
        let stone = Stone {
            name: name(1),
            sha256: seen(7).sha256,
            head: crate::seal::HeadCode::of(&seen(7).sha256),
            at: At::default(),
            by: None,
            reason: Words::new("consent taken back").unwrap(),
        };
        let erased = [bytes.clone(), ledger.lines(&[Remark::Erased(stone.clone())]).unwrap()].concat();
        let ledger = Ledger::of_bytes(&erased);
        assert_eq!(ledger.interviews(&case("K-17"), None), 1);
        assert_eq!(ledger.interviews(&case("K-17"), Some(&name(3))), 0);
        assert_eq!(ledger.stones().collect::<Vec<_>>(), [&stone]);
    }

    #[test]
    fn what_is_awaited_is_what_was_noted_last_until_it_is_closed_or_erased() {
        let call = |due| Awaits { due: Some(due), ..Awaits::default() };
        let hidden = Awaits { due: Some(9), back: Back::Awaited, ..Awaits::default() };
        let told = Awaits { mark: true, by: Some(11), ..hidden };
        let outlives = Awaits { mark: true, by: Some(11), ..Awaits::default() };
        let awaits = |digit, awaits| Remark::Awaits(name(digit), awaits);
        let stone = Stone {
            name: name(3),
            sha256: seen(7).sha256,
            head: crate::seal::HeadCode::of(&seen(7).sha256),
            at: At::default(),
            by: None,
            reason: Words::new("consent taken back").unwrap(),
        };
        let mut bytes = three();
        let mut after = |remark: Remark, expected: &[(u8, Awaits)]| {
            let lines = Ledger::of_bytes(&bytes).lines(std::slice::from_ref(&remark)).unwrap();
            bytes.extend_from_slice(&lines);
            let ledger = Ledger::of_bytes(&bytes);
            assert_eq!(ledger.state, ChainState::Whole);
            let expected = expected.iter().map(|(digit, awaits)| (name(*digit), *awaits)).collect();
            assert_eq!(ledger.awaited(), expected, "{remark:?}");
        };
        after(awaits(5, call(5)), &[(5, call(5))]);
        after(awaits(5, call(9)), &[(5, call(9))]);
        after(awaits(2, hidden), &[(2, hidden), (5, call(9))]);
        after(awaits(5, Awaits::default()), &[(2, hidden)]);
        after(awaits(3, call(7)), &[(2, hidden), (3, call(7))]);
        after(Remark::Closed(name(2), seen(1)), &[(3, call(7))]);
        after(Remark::Erased(stone), &[]);
        after(awaits(4, told), &[(4, told)]);
        after(Remark::Closed(name(4), seen(1)), &[(4, outlives)]);
        after(awaits(4, told), &[(4, outlives)]);
        after(awaits(4, Awaits::default()), &[]);
        assert!(outlives.is_late(0) && !Awaits { mark: false, ..outlives }.is_late(i64::MAX));
        assert_eq!((call(5).is_late(4), call(5).is_late(5)), (false, true));
        assert!(hidden.is_late(0) && !Awaits::default().is_late(i64::MAX));
    }

    #[test]
    fn what_is_awaited_has_an_instant_and_a_mark_and_nothing_else() {
        for (awaits, written) in [
            (Awaits::default(), "{}"),
            (Awaits { due: Some(5), ..Awaits::default() }, r#"{"due":5}"#),
            (
                Awaits { due: Some(5), back: Back::Awaited, ..Awaits::default() },
                r#"{"due":5,"back":"awaited"}"#,
            ),
            (Awaits { mark: true, by: Some(7), ..Awaits::default() }, r#"{"mark":true,"by":7}"#),
        ] {
            assert_eq!(serde_json::to_string(&awaits).unwrap(), written);
            assert_eq!(serde_json::from_str::<Awaits>(written).unwrap(), awaits);
        }
    }

    #[test]
    fn a_line_that_is_changed_moved_doubled_or_taken_out_is_noticed() {
        let bytes = three();
        let lines: Vec<&[u8]> =
            bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.len() > 1).collect();
        assert_eq!(lines.len(), 6);
        let broken = |lines: &[&[u8]]| Ledger::of_bytes(&lines.concat()).state != ChainState::Whole;
        assert!(!broken(&lines));
        for at in 0..lines.len() - 1 {
            let without: Vec<&[u8]> = [&lines[..at], &lines[at + 1..]].concat();
            assert!(broken(&without), "without line {at}");
            let mut moved = lines.clone();
            moved.swap(at, at + 1);
            assert!(broken(&moved), "line {at} moved");
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at]);
            assert!(broken(&doubled), "line {at} doubled");
        }
        // The last line is what the next one stands on; a file cut there looks like an earlier one.
        assert!(!broken(&lines[..5]));
        for at in 0..bytes.len() - lines[5].len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_ne!(Ledger::of_bytes(&changed).state, ChainState::Whole, "byte {at}");
        }
    }

    #[test]
    fn a_torn_line_hides_no_other() {
        let bytes = three();
        for cut in 0..bytes.len() {
            let ledger = Ledger::of_bytes(&bytes[..cut]);
            let next = ledger.lines(&[Remark::Started(name(4), case("K-19"), seen(4))]).unwrap();
            let after = Ledger::of_bytes(&[&bytes[..cut], &next].concat());
            assert_eq!(after.started().last(), Some(&name(4)), "cut at {cut}");
            assert_eq!(after.started().count(), ledger.started().count() + 1, "cut at {cut}");
            assert!(!matches!(after.state, ChainState::Broken { .. }), "cut at {cut}");
        }
    }
}
