//! Verifying: each file with one answer, against what this machine noted of it and what a person noted on paper. Without
//! an identity it can still be told whether a file is, byte for byte, the one that was closed.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::seal::{HeadCode, Identity, Likeness, fingerprint};
use crate::text::Fingerprint;

use super::companion::Unread;
use super::error::{Foreign, JournalError, NoWayOn, Trouble};
use super::folder;
use super::format::{FormatVersion, NoSession};
use super::ledger::{ChainState, Ledger, Seen};
use super::many::of_each;
use super::name::SessionName;
use super::reading::Reader;
use super::receipt::{Kept, Receipt};
use super::session::Verdict;
use super::stone::Stone;
use super::store::{EntryKind, Store};

/// What was found of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The file.
    pub path: PathBuf,
    /// What can be said of it.
    pub finding: Finding,
    /// How many events stand in it, where it could be opened.
    pub events: Option<u64>,
    /// How many bytes it has, and their fingerprint, where it could be read.
    pub seen: Option<Seen>,
    /// The bytes up to the end of the last whole event, where it could be opened: what a receipt is given for.
    pub intact: Option<Seen>,
}

/// What can be said of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It was closed, and is as it was then.
    Whole,
    /// It ends after a whole event: never closed, or cut there.
    Open,
    /// It ends inside an event; so many bytes are none.
    Torn(u64),
    /// It was changed after so many events.
    Altered(u64),
    /// It ends earlier than it once did: it was begun, longer, or closed, and what followed is gone.
    Cut,
    /// It is not the file that was noted: it began otherwise, or is whole, sealed for others, of a later version, or not
    /// opened.
    AnotherFile,
    /// The head code has so many signs that differ: a slip of the pen, and not another file.
    Slip(usize),
    /// What follows after so many events was sealed for others.
    NotForUs(u64),
    /// It was erased.
    Erased(Stone),
    /// It was started or looked at here, and is not there.
    Missing,
    /// It is none of ours.
    Foreign(Foreign),
    /// It was written by a later version of the program.
    Newer(FormatVersion),
    /// It holds no event: the program was stopped as it began, or it was cut.
    Unbegun,
    /// It stands beside a session, and is whole.
    Companion,
    /// It stands beside the sessions, and says nothing.
    Beside(Unread),
    /// It was erased on this machine, and is there again.
    BackAgain,
    /// No identity was at hand to open it with; its bytes are those that were noted.
    Same,
    /// No identity was at hand to open it with, and nothing was noted of it, or less than there is now.
    Unopened,
    /// It could not be read.
    Unreadable(Trouble),
}

/// What is known of a file from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// The code that a person noted.
    pub head: Option<HeadCode>,
    /// How it began, where that was on this machine.
    pub begun: Begun,
    /// How it was when it was closed on this machine.
    pub closed: Option<Seen>,
    /// How it was when it was last looked at on this machine.
    pub seen: Option<Seen>,
    /// It was erased on this machine.
    pub erased: bool,
}

/// Whether a session was begun on this machine, and how its file begins then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begun {
    /// Nothing was noted of that.
    #[default]
    Unknown,
    /// It was, with an event at least.
    Here,
    /// It was; the file up to the end of its first event, which nothing changes any more.
    With(Seen),
}

impl Verified {
    /// What is noted of a file that is as it should be, so that one that is shorter, another or gone later is noticed.
    pub fn receipt(&self, kept: Kept) -> Option<Receipt> {
        let name = SessionName::new(self.path.file_name()?.to_str()?)?;
        let right = matches!(self.finding, Finding::Whole | Finding::Open | Finding::Torn(_));
        right.then_some(Receipt { name, file: self.intact?, kept })
    }
}

impl Finding {
    /// Whether it is wrong: something that should not be.
    pub fn is_wrong(&self) -> bool {
        matches!(
            self,
            Self::Altered(_)
                | Self::Cut
                | Self::AnotherFile
                | Self::Slip(_)
                | Self::Missing
                | Self::Foreign(_)
                | Self::Beside(Unread::Damaged)
                | Self::BackAgain
        )
    }

    /// Whether nothing could be said.
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::NotForUs(_)
                | Self::Newer(_)
                | Self::Unopened
                | Self::Unreadable(_)
                | Self::Beside(Unread::Newer)
        )
    }
}

/// What a machine's ledger has noted of each session: how it was closed first, and looked at last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    begun: HashMap<SessionName, Begun>,
    closed: HashMap<SessionName, Seen>,
    seen: HashMap<SessionName, Seen>,
    here: HashSet<SessionName>,
    erased: HashSet<SessionName>,
}

impl Noted {
    /// What stands in a ledger.
    pub fn of(ledger: &Ledger) -> Self {
        let (mut begun, mut closed) = (HashMap::new(), HashMap::new());
        for (name, file) in ledger.beginnings() {
            begun.entry(name).or_insert(file.map_or(Begun::Here, Begun::With));
        }
        for (name, file) in ledger.closed() {
            closed.entry(name).or_insert(file);
        }
        let (seen, here) = (ledger.seen().collect(), ledger.kept_here().copied().collect());
        let erased = ledger.stones().map(|stone| stone.name).collect();
        Self { begun, closed, seen, here, erased }
    }

    /// Whether a receipt says something that was not noted yet.
    pub(super) fn lacks(&self, receipt: &Receipt) -> bool {
        let Receipt { name, file, kept } = receipt;
        self.seen.get(name) != Some(file) || (kept.is_here() && !self.here.contains(name))
    }

    /// What was noted of one session.
    pub fn known(&self, name: &SessionName) -> Known {
        let (closed, seen) = (self.closed.get(name).copied(), self.seen.get(name).copied());
        let begun = self.begun.get(name).copied().unwrap_or_default();
        Known { head: None, begun, closed, seen, erased: self.erased.contains(name) }
    }
}

/// Why a file is not the one that is known, where it is not.
pub(super) fn is_other(
    known: &Known,
    bytes: &[u8],
    sha256: &Fingerprint,
    read: Result<(Verdict, u64), &NoSession>,
) -> Option<NoWayOn> {
    let finding = match read {
        Ok((verdict, events)) => of_verdict(verdict, events),
        Err(NoSession::Companion) => Finding::Companion,
        Err(why) => none(*why),
    };
    match against(known, bytes, sha256, finding) {
        Finding::Cut => Some(NoWayOn::Cut),
        Finding::AnotherFile => Some(NoWayOn::AnotherFile),
        _ => None,
    }
}

/// The first bytes of a file whose fingerprint is known.
pub(super) fn beginning(bytes: &[u8], length: usize, sha256: Fingerprint) -> Seen {
    let sha256 = if length == bytes.len() { sha256 } else { fingerprint(&bytes[..length]) };
    Seen { bytes: length as u64, sha256 }
}

fn of_verdict(verdict: Verdict, events: u64) -> Finding {
    match verdict {
        Verdict::Open | Verdict::Torn { .. } if events == 0 => Finding::Unbegun,
        Verdict::Whole => Finding::Whole,
        Verdict::Open => Finding::Open,
        Verdict::Torn { dropped } => Finding::Torn(dropped),
        Verdict::Altered { after } => Finding::Altered(after),
        Verdict::NotForUs { after } => Finding::NotForUs(after),
    }
}

/// Verifies all that is, and should be, in a store. The ledger's own state comes with it. `looked` hears how many
/// files were looked at, and of how many.
///
/// # Errors
/// [`JournalError::Disk`] where the folder cannot be read.
pub fn verify_store(
    store: &Store,
    identity: Option<&Identity>,
    looked: &mut dyn FnMut(usize, usize),
) -> Result<(Vec<Verified>, ChainState), JournalError> {
    let ledger = store.ledger();
    let noted = Noted::of(&ledger);
    let mut there = HashSet::new();
    let mut files = Vec::new();
    let mut none_of_ours = Vec::new();
    for (at, entry) in store.list()?.into_iter().enumerate() {
        match entry.kind {
            EntryKind::Session(name) => {
                there.insert(name);
                files.push((store.path(&name), noted.known(&name)));
            }
            EntryKind::Foreign { file, why } => {
                none_of_ours.push((at, without(&store.folder().join(file), Finding::Foreign(why))));
            }
        }
    }
    let mut found = verify_files(&files, identity, &mut |done| looked(done, files.len()));
    // Each where the list has it.
    for (at, foreign) in none_of_ours {
        found.insert(at.min(found.len()), foreign);
    }
    let stones: HashMap<SessionName, &Stone> = ledger.stones().map(|stone| (stone.name, stone)).collect();
    let mut gone: Vec<SessionName> =
        ledger.kept_here().chain(stones.keys()).filter(|name| !there.contains(*name)).copied().collect();
    gone.sort_unstable();
    gone.dedup();
    for name in gone {
        let finding = stones.get(&name).map_or(Finding::Missing, |stone| Finding::Erased((*stone).clone()));
        found.push(without(&store.path(&name), finding));
    }
    found.extend(identity.map(|identity| verify_beside(store, identity)).unwrap_or_default());
    Ok((found, ledger.state))
}

/// What stands beside the sessions and cannot be read, by name: a mark or a remark that is damaged is missing from every
/// list, and only this tells.
fn verify_beside(store: &Store, identity: &Identity) -> Vec<Verified> {
    let mut names = store.beside_names();
    names.sort_unstable();
    let look = |(): &mut (), name: &SessionName| store.open_beside(name, identity).err();
    let unread = of_each(&names, || (), look, &mut |_| {});
    let unread = names.iter().zip(unread).filter_map(|(name, why)| Some((name, why?)));
    let unread = unread.filter(|(_, why)| *why != Unread::Gone);
    unread.map(|(name, why)| without(&store.path_beside(name), Finding::Beside(why))).collect()
}

/// Verifies files, each with what is known of it; the answers stand as the files do. `looked` hears how many were looked at.
pub fn verify_files(
    files: &[(PathBuf, Known)],
    identity: Option<&Identity>,
    looked: &mut dyn FnMut(usize),
) -> Vec<Verified> {
    let start = || identity.map(Reader::new);
    of_each(files, start, |reader, (path, known)| verify_file(path, known, reader.as_mut()), looked)
}

/// Verifies one file.
pub fn verify_file(path: &Path, known: &Known, reader: Option<&mut Reader<'_>>) -> Verified {
    let unreadable = |error| without(path, Finding::Unreadable(Trouble::of(&error)));
    let bytes = match folder::open_to_read(path).map(|file| file.map(|file| folder::read_all(&file))) {
        Ok(Ok(Ok(Ok(bytes)))) => bytes,
        Ok(Ok(Ok(Err(why))) | Err(why)) => return without(path, Finding::Foreign(why)),
        Ok(Ok(Err(error))) | Err(error) => return unreadable(error),
    };
    let seen = Seen { bytes: bytes.len() as u64, sha256: fingerprint(&bytes) };
    let (finding, events, intact) = match reader {
        Some(reader) => opened(reader, &bytes, seen.sha256),
        None => (unopened(&bytes), None, None),
    };
    let finding = against(known, &bytes, &seen.sha256, finding);
    Verified { path: path.to_owned(), finding, events, seen: Some(seen), intact }
}

fn without(path: &Path, finding: Finding) -> Verified {
    Verified { path: path.to_owned(), finding, events: None, seen: None, intact: None }
}

fn opened(
    reader: &mut Reader<'_>,
    bytes: &[u8],
    sha256: Fingerprint,
) -> (Finding, Option<u64>, Option<Seen>) {
    let (verdict, standing) = match reader.judge(bytes) {
        Ok(judged) => judged,
        Err(why) => return (reader.beside(bytes).unwrap_or_else(|| none(why)), None, None),
    };
    let intact = beginning(bytes, standing.intact, sha256);
    (of_verdict(verdict, standing.events), Some(standing.events), Some(intact))
}

fn none(why: NoSession) -> Finding {
    match why {
        NoSession::Foreign(why) => Finding::Foreign(why),
        NoSession::Newer(version) => Finding::Newer(version),
        NoSession::Unbegun => Finding::Unbegun,
        NoSession::Damaged | NoSession::Companion => Finding::Altered(0),
        NoSession::NotForUs => Finding::NotForUs(0),
    }
}

fn unopened(bytes: &[u8]) -> Finding {
    super::format::foreign(bytes).map_or(Finding::Unopened, none)
}

/// Holds what a file shows by itself against what is known of it from elsewhere.
fn against(known: &Known, bytes: &[u8], sha256: &Fingerprint, finding: Finding) -> Finding {
    if known.erased {
        return Finding::BackAgain;
    }
    let other = |finding: Finding| match finding {
        // What was written behind it is gone, or what was written before it.
        Finding::Open | Finding::Torn(_) | Finding::Unbegun => Finding::Cut,
        Finding::Whole
        | Finding::Unopened
        | Finding::NotForUs(_)
        | Finding::Newer(_)
        | Finding::Companion => Finding::AnotherFile,
        // What is wrong already is not better known by what was noted.
        finding => finding,
    };
    if let Some(noted) = &known.head {
        match HeadCode::of(sha256).likeness(noted) {
            Likeness::Same => {}
            Likeness::Slip(signs) => return Finding::Slip(signs),
            Likeness::Other => return other(finding),
        }
    }
    let begins_so = |seen: Seen| {
        let length = usize::try_from(seen.bytes).ok().filter(|length| *length <= bytes.len());
        length.is_some_and(|length| beginning(bytes, length, *sha256) == seen)
    };
    match known.begun {
        // What was begun here has an event, and is a session.
        Begun::Here if matches!(finding, Finding::Unbegun | Finding::Companion) => return other(finding),
        Begun::With(seen) if !begins_so(seen) => {
            let reads = matches!(finding, Finding::Open | Finding::Torn(_));
            let longer = seen.bytes <= bytes.len() as u64;
            return if reads && longer { Finding::AnotherFile } else { other(finding) };
        }
        Begun::Unknown | Begun::Here | Begun::With(_) => {}
    }
    if known.closed.is_some_and(|closed| closed.sha256 != *sha256) {
        return other(finding);
    }
    if known.seen.is_some_and(|seen| !begins_so(seen)) {
        return other(finding);
    }
    match finding {
        Finding::Unopened
            if known.head.is_some()
                || known.closed.is_some()
                || known.seen.is_some_and(|seen| seen.bytes == bytes.len() as u64) =>
        {
            Finding::Same
        }
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_from_elsewhere_turns_an_answer() {
        let (bytes, other) = (b"a file".as_slice(), b"another".as_slice());
        let sha256 = fingerprint(bytes);
        let seen = |bytes: &[u8]| Seen { bytes: bytes.len() as u64, sha256: fingerprint(bytes) };
        let head = |bytes: &[u8]| Known { head: Some(HeadCode::of(&fingerprint(bytes))), ..Known::default() };
        let closed = |bytes: &[u8]| Known { closed: Some(seen(bytes)), ..Known::default() };
        let with = |bytes: &[u8]| Known { begun: Begun::With(seen(bytes)), ..Known::default() };
        let begun = Known { begun: Begun::Here, ..Known::default() };
        let looked_at = |bytes: &[u8]| Known { seen: Some(seen(bytes)), ..Known::default() };
        let (open, whole, torn) = (Finding::Open, Finding::Whole, Finding::Torn(3));
        for (known, own, expected) in vec![
            (Known::default(), open.clone(), open.clone()),
            (head(bytes), whole.clone(), whole.clone()),
            (head(other), whole.clone(), Finding::AnotherFile),
            (head(other), open.clone(), Finding::Cut),
            (closed(bytes), whole.clone(), whole.clone()),
            (closed(other), whole.clone(), Finding::AnotherFile),
            (closed(other), torn.clone(), Finding::Cut),
            (looked_at(b"a fi"), open.clone(), open.clone()),
            (looked_at(b"a file and more"), open, Finding::Cut),
            (looked_at(b"b fi"), torn, Finding::Cut),
            (looked_at(b"b fi"), whole, Finding::AnotherFile),
            (head(other), Finding::Altered(4), Finding::Altered(4)),
            (Known::default(), Finding::Unbegun, Finding::Unbegun),
            (head(other), Finding::Unbegun, Finding::Cut),
            (closed(other), Finding::Unbegun, Finding::Cut),
            (looked_at(b"a file and more"), Finding::Unbegun, Finding::Cut),
            (Known::default(), Finding::NotForUs(0), Finding::NotForUs(0)),
            (head(bytes), Finding::NotForUs(3), Finding::NotForUs(3)),
            (head(other), Finding::NotForUs(3), Finding::AnotherFile),
            (closed(other), Finding::NotForUs(0), Finding::AnotherFile),
            (looked_at(b"b fi"), Finding::NotForUs(0), Finding::AnotherFile),
            (looked_at(b"a fi"), Finding::NotForUs(1), Finding::NotForUs(1)),
            (closed(other), Finding::Newer(FormatVersion(9)), Finding::AnotherFile),
            (closed(other), Finding::Companion, Finding::AnotherFile),
            (Known::default(), Finding::Companion, Finding::Companion),
            (begun, Finding::Companion, Finding::AnotherFile),
            (begun, Finding::Unbegun, Finding::Cut),
            (begun, Finding::Open, Finding::Open),
            (with(b"a fi"), Finding::Open, Finding::Open),
            (with(b"a fi"), Finding::Whole, Finding::Whole),
            (with(b"b fi"), Finding::Open, Finding::AnotherFile),
            (with(b"b fi"), Finding::Torn(3), Finding::AnotherFile),
            (with(b"b fi"), Finding::Whole, Finding::AnotherFile),
            (with(b"b fi"), Finding::Companion, Finding::AnotherFile),
            (with(b"b fi"), Finding::Unopened, Finding::AnotherFile),
            (with(b"b fi"), Finding::Altered(0), Finding::Altered(0)),
            (with(b"b fi"), Finding::Unbegun, Finding::Cut),
            (with(b"a file and more"), Finding::Open, Finding::Cut),
            (with(b"a file and more"), Finding::Torn(3), Finding::Cut),
            (with(b"a file and more"), Finding::Unbegun, Finding::Cut),
            (with(b"a fi"), Finding::Unopened, Finding::Unopened),
            (closed(other), Finding::Foreign(Foreign::Content), Finding::Foreign(Foreign::Content)),
            (Known::default(), Finding::Unopened, Finding::Unopened),
            (head(bytes), Finding::Unopened, Finding::Same),
            (closed(other), Finding::Unopened, Finding::AnotherFile),
            (looked_at(bytes), Finding::Unopened, Finding::Same),
            (looked_at(b"a fi"), Finding::Unopened, Finding::Unopened),
            (looked_at(b"b fi"), Finding::Unopened, Finding::AnotherFile),
        ] {
            assert_eq!(against(&known, bytes, &sha256, own.clone()), expected, "{known:?} {own:?}");
        }
    }

    #[test]
    fn an_answer_is_right_wrong_or_unknown() {
        for finding in [Finding::Whole, Finding::Open, Finding::Torn(1), Finding::Same, Finding::Unbegun] {
            assert!(!finding.is_wrong() && !finding.is_unknown(), "{finding:?}");
        }
        for finding in [Finding::Cut, Finding::Missing, Finding::Altered(0), Finding::Slip(1)] {
            assert!(finding.is_wrong() && !finding.is_unknown(), "{finding:?}");
        }
        for finding in [Finding::Unopened, Finding::NotForUs(0), Finding::Unreadable(Trouble::Gone)] {
            assert!(!finding.is_wrong() && finding.is_unknown(), "{finding:?}");
        }
    }
}
