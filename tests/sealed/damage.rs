//! A closed session's file laid out, what a damage to it must be answered with, and the count of what was tried. What the
//! file alone shows is compared exactly: the verdict, and each event that is given. Some damage leaves what is no fault by
//! itself (a tail cut behind an event, a stanza that opens for nobody); that is held against the ledger, and named there.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::PathBuf;

use amparo::journal::{Finding, Known, NoSession, Noted, Reader, Verdict, verify_file};
use amparo::machine::Event;
use amparo::seal::{CELL, Chain, Identity, Link, Secret, fingerprint, open_with};

use super::{Desk, forged, name};

/// What a reader says of a file: how many events it gives, and its verdict; or why it gives none.
pub type Said = Result<(u64, Verdict), NoSession>;

/// It was altered after so many events.
#[expect(clippy::unnecessary_wraps, reason = "as a reader says it")]
pub fn altered(after: u64) -> Said {
    Ok((after, Verdict::Altered { after }))
}

/// What follows after so many events was sealed for others: so it looks where the stanza of a reader was damaged.
#[expect(clippy::unnecessary_wraps, reason = "as a reader says it")]
pub fn for_others(after: u64) -> Said {
    Ok((after, Verdict::NotForUs { after }))
}

/// Where what lies in a file that is whole.
pub struct Layout {
    /// The headers: where each begins, its envelope, and where it ends.
    pub headers: Vec<(usize, Range<usize>, usize)>,
    /// Where each cell begins.
    pub cells: Vec<usize>,
    /// Where the file could end behind something whole, and how many events it has then.
    stands: Vec<(usize, u64)>,
    length: usize,
}

impl Layout {
    pub fn of(bytes: &[u8], identity: &Identity) -> Self {
        let (mut headers, mut cells, mut stands) = (Vec::new(), Vec::new(), Vec::new());
        let (mut at, mut events, mut link, mut chain) = (0, 0, Link::first(), None);
        while at < bytes.len() {
            if let Some((from, to, end)) = forged::header_at(bytes, at) {
                let inside = open_with(identity, &bytes[from..to]).unwrap();
                let (secret, stands_on) = (Secret::of(&inside[..32]).unwrap(), fingerprint(&bytes[..end]));
                chain = Some(Chain::begin(&secret, &link, &stands_on));
                link = Link::after(&secret, &link, &stands_on);
                if headers.is_empty() {
                    stands.push((end, 0));
                }
                headers.push((at, from..to, end));
                at = end;
                continue;
            }
            let cell = bytes[at..].first_chunk::<CELL>().unwrap();
            let content = chain.as_mut().unwrap().open(cell).unwrap();
            cells.push(at);
            at += CELL;
            events += u64::from(content[0] == 2);
            // A part of an event is nothing to stand on.
            if content[0] != 1 {
                stands.push((at, events));
            }
        }
        Self { headers, cells, stands, length: at }
    }

    /// How many events end before a place.
    pub fn before(&self, at: usize) -> u64 {
        self.stands.iter().rev().find(|(end, _)| *end <= at).map_or(0, |(_, events)| *events)
    }

    /// What is said of the file cut there.
    pub fn cut(&self, at: usize) -> Said {
        let Some((end, events)) = self.stands.iter().rev().find(|(end, _)| *end <= at) else {
            return Err(NoSession::Unbegun);
        };
        assert!(at < self.length, "that is no cut");
        let dropped = (at - end) as u64;
        Ok((*events, if dropped == 0 { Verdict::Open } else { Verdict::Torn { dropped } }))
    }
}

/// What was tried on a closed session, and what was said of it.
pub struct Tried<'d> {
    events: &'d [Event],
    reader: Reader<'d>,
    path: PathBuf,
    known: Known,
    times: u32,
    by_itself: BTreeMap<&'static str, u32>,
    by_the_ledger: BTreeMap<&'static str, u32>,
}

impl<'d> Tried<'d> {
    /// On a session that was closed on this machine, so that its ledger knows it.
    pub fn on(desk: &'d Desk, events: &'d [Event]) -> Self {
        let known = Noted::of(&desk.store().ledger()).known(&name(1));
        assert!(known.closed.is_some(), "the ledger knows that it was closed");
        let (path, reader) = (desk.store().path(&name(1)), Reader::new(&desk.supervisor));
        Self {
            events,
            reader,
            path,
            known,
            times: 0,
            by_itself: BTreeMap::new(),
            by_the_ledger: BTreeMap::new(),
        }
    }

    /// A file that was damaged is answered with one of these, and gives the events before the damage and no others.
    pub fn damage(&mut self, bytes: &[u8], expected: &[Said], what: &str) {
        self.times += 1;
        let said = self.reader.decode(bytes).map(|decoded| {
            let given = decoded.events.len();
            assert!(self.events.starts_with(&decoded.events), "{what}: read what was not written");
            (given as u64, decoded.verdict)
        });
        assert!(expected.contains(&said), "{what}: {said:?} and not {expected:?}");
        *self.by_itself.entry(in_words(said)).or_default() += 1;
        let by_the_ledger = match said {
            Ok((_, Verdict::Open | Verdict::Torn { .. })) | Err(NoSession::Unbegun) => Finding::Cut,
            Ok((_, Verdict::NotForUs { .. })) | Err(NoSession::NotForUs | NoSession::Newer(_)) => {
                Finding::AnotherFile
            }
            // Wrong by itself.
            _ => return,
        };
        fs::write(&self.path, bytes).unwrap();
        let found = verify_file(&self.path, &self.known, Some(&mut self.reader)).finding;
        assert_eq!(found, by_the_ledger, "{what}, against the ledger");
        *self.by_the_ledger.entry(if found == Finding::Cut { "cut" } else { "another file" }).or_default() +=
            1;
    }

    /// Past the test runner, which hides what passing tests print.
    pub fn say(&self, what: &str) {
        let each = |said: &BTreeMap<&str, u32>| {
            let each: Vec<String> = said.iter().map(|(said, times)| format!("{times} {said}")).collect();
            each.join(", ")
        };
        let _ = writeln!(
            io::stderr(),
            "{what}: {} tried; by the file alone {}; where that is no fault by itself, by the ledger {}",
            self.times,
            each(&self.by_itself),
            if self.by_the_ledger.is_empty() {
                "none was left".to_owned()
            } else {
                each(&self.by_the_ledger)
            }
        );
    }
}

/// The answer by its name in `docs/journal-format.md`. None of them is whole.
fn in_words(said: Said) -> &'static str {
    match said {
        Ok((_, Verdict::Whole)) => panic!("a damage was not found"),
        Ok((_, Verdict::Open)) => "open",
        Ok((_, Verdict::Torn { .. })) | Err(NoSession::Unbegun) => "torn",
        Ok((_, Verdict::Altered { .. })) | Err(NoSession::Damaged | NoSession::Companion) => "altered",
        Ok((_, Verdict::NotForUs { .. })) | Err(NoSession::NotForUs) => "sealed for others",
        Err(NoSession::Foreign(_) | NoSession::Newer(_)) => "not one of ours",
    }
}
