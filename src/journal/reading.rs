//! Reading a file back: what stands in it before its end or its first fault, and what can be said of it. Total: any
//! bytes give an answer, in bounded memory and time.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use flate2::read::ZlibDecoder;

use crate::machine::Event;
use crate::seal::{CELL, CONTENT, Chain, Identity, Link, NotOpened, Opened, Running, Secret, open_with};

use super::companion::Companion;
use super::content::Content;
use super::format::{
    ENVELOPE_PADDED_TO, HeaderAt, LARGEST_FILE, LARGEST_PROTOCOL, MAGIC, MOST_CELLS, MOST_CELLS_OF_AN_EVENT,
    MOST_SEGMENTS, NoSession, foreign, header_at,
};
use super::session::{Decoded, Verdict};
use super::source::ProtocolSource;
use super::verify::Finding;

/// Reads files for one identity. Remembers protocols, so that one that forty sessions ran is inflated once.
#[derive(Debug)]
pub struct Reader<'k> {
    identity: &'k Identity,
    /// As they stand in a header, deflated, and what they were read as; the one that was asked for last stands first.
    /// Looked for by comparing: of tens of thousands of bytes that takes a twentieth of hashing them.
    protocols: Vec<(Vec<u8>, Option<Arc<ProtocolSource>>)>,
    /// Room for a file's bytes, which the next file finds again: the system takes and gives such pieces page by page.
    room: Vec<u8>,
}

/// The most room that is kept for the next file: some ten times a long session.
const MOST_ROOM: usize = 1 << 20;

/// How many protocols are remembered: an archive of hostile files is not to fill the memory.
const MOST_PROTOCOLS: usize = 64;

/// The records of a file, whatever they mean, and what a writer needs to go on behind them.
#[derive(Debug)]
pub(super) struct Records<T> {
    pub(super) protocol: Carried,
    pub(super) all: Vec<T>,
    pub(super) verdict: Verdict,
    pub(super) standing: Standing,
}

/// The protocol as it stands in the first header, deflated; empty where there is none. It is not copied out of what was
/// opened, which is overwritten when it is dropped.
#[derive(Debug, Default)]
pub(super) struct Carried {
    inside: Opened,
    at: Range<usize>,
}

impl Carried {
    /// The deflated protocol.
    pub(super) fn bytes(&self) -> &[u8] {
        self.inside.get(self.at.clone()).unwrap_or_default()
    }
}

/// What a writer needs to go on behind a file.
#[derive(Debug)]
pub(super) struct Standing {
    /// The bytes up to the end of the last whole event.
    pub(super) intact: usize,
    pub(super) events: u64,
    pub(super) cells: usize,
    /// The segments in those bytes: one whose header stands there and whose event never came is none of them.
    pub(super) segments: usize,
    /// The link from the last of those segments.
    pub(super) link: Link,
}

impl<'k> Reader<'k> {
    /// A reader for an identity.
    pub fn new(identity: &'k Identity) -> Self {
        Self { identity, protocols: Vec::new(), room: Vec::new() }
    }

    /// Reads the bytes of a session's file.
    ///
    /// # Errors
    /// Why they are no session that can be read at all.
    pub fn decode(&mut self, bytes: &[u8]) -> Result<Decoded, NoSession> {
        self.decode_standing(bytes).map(|(decoded, _)| decoded)
    }

    pub(super) fn decode_standing(&mut self, bytes: &[u8]) -> Result<(Decoded, Standing), NoSession> {
        let (protocol, read) = self.session(bytes, event)?;
        let intact = read.standing.intact;
        Ok((Decoded { protocol, events: read.all, verdict: read.verdict, intact }, read.standing))
    }

    /// What can be said of the bytes of a session's file, and what stands of it. One event at a time is in memory, or a
    /// file that somebody made for it would fill that.
    ///
    /// # Errors
    /// As [`Reader::decode`].
    pub(super) fn judge(&mut self, bytes: &[u8]) -> Result<(Verdict, Standing), NoSession> {
        let (_, read) = self.session(bytes, |record| event(record).map(drop))?;
        Ok((read.verdict, read.standing))
    }

    fn session<T>(
        &mut self,
        bytes: &[u8],
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<(Arc<ProtocolSource>, Records<T>), NoSession> {
        let read = records(self.identity, bytes, read)?;
        if read.protocol.bytes().is_empty() {
            return Err(NoSession::Companion);
        }
        let protocol = self.protocol(read.protocol.bytes()).ok_or(NoSession::Damaged)?;
        Ok((protocol, read))
    }

    /// What can be said of bytes that stand beside a session; none where they do not.
    pub(super) fn beside(&self, bytes: &[u8]) -> Option<Finding> {
        match Companion::decode(self.identity, bytes) {
            Ok(_) => Some(Finding::Companion),
            Err(_) => None,
        }
    }

    /// Room for the bytes of a file; [`Reader::give_back`] takes it for the next one.
    pub(super) fn take_room(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.room)
    }

    pub(super) fn give_back(&mut self, mut room: Vec<u8>) {
        room.clear();
        room.shrink_to(MOST_ROOM);
        self.room = room;
    }

    fn protocol(&mut self, deflated: &[u8]) -> Option<Arc<ProtocolSource>> {
        if let Some(at) = self.protocols.iter().position(|(known, _)| known == deflated) {
            self.protocols[..=at].rotate_right(1);
            return self.protocols.first()?.1.clone();
        }
        let read = inflated(deflated).and_then(|json| serde_json::from_slice(&json).ok()).map(Arc::new);
        self.protocols.truncate(MOST_PROTOCOLS - 1);
        self.protocols.insert(0, (deflated.to_vec(), read.clone()));
        read
    }
}

/// Reads the records of a file, each with `read`; one that it refuses was altered.
pub(super) fn records<T>(
    identity: &Identity,
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Option<T>,
) -> Result<Records<T>, NoSession> {
    if let Some(why) = foreign(bytes) {
        return Err(why);
    }
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(NoSession::Foreign(super::error::Foreign::Size));
    }
    let mut walk = Walk {
        identity,
        bytes,
        at: 0,
        hashed: 0,
        hash: Running::default(),
        chain: None,
        event: Vec::new(),
        parts: 0,
        // Room for as many as there can be: a record has a cell at least.
        records: Vec::with_capacity(MOST_CELLS.min(bytes.len() / CELL)),
        events_before_segment: 0,
        segments: 0,
        link: Link::first(),
        in_event: false,
        ended: false,
        protocol: Carried::default(),
        standing: Standing { intact: 0, events: 0, segments: 0, cells: 0, link: Link::first() },
    };
    let verdict = match walk.header() {
        Ok(()) => walk.walk_on(&read),
        Err(Fault::Torn) => return Err(NoSession::Unbegun),
        Err(Fault::NotForUs) => return Err(NoSession::NotForUs),
        Err(Fault::Altered) => return Err(NoSession::Damaged),
    };
    Ok(Records { protocol: walk.protocol, all: walk.records, verdict, standing: walk.standing })
}

struct Walk<'a, T> {
    identity: &'a Identity,
    bytes: &'a [u8],
    at: usize,
    /// How many bytes are in the running hash.
    hashed: usize,
    hash: Running,
    chain: Option<Chain>,
    /// The event whose parts were read so far.
    event: Vec<u8>,
    parts: usize,
    in_event: bool,
    ended: bool,
    records: Vec<T>,
    events_before_segment: u64,
    /// The segments so far, and the link from the last of them.
    segments: usize,
    link: Link,
    protocol: Carried,
    standing: Standing,
}

/// Why a walk does not go on.
enum Fault {
    Torn,
    Altered,
    NotForUs,
}

impl<T> Walk<'_, T> {
    /// Goes to the end or to the first fault.
    fn walk_on(&mut self, read: &impl Fn(&[u8]) -> Option<T>) -> Verdict {
        while self.at < self.bytes.len() {
            if let Err(fault) = self.next(read) {
                return match fault {
                    Fault::Torn => self.torn(),
                    Fault::Altered => Verdict::Altered { after: self.standing.events },
                    Fault::NotForUs => Verdict::NotForUs { after: self.standing.events },
                };
            }
        }
        if self.ended {
            Verdict::Whole
        } else if self.in_event || self.standing.intact < self.bytes.len() {
            // In the middle of an event, or right behind a later header whose event never came.
            self.torn()
        } else {
            Verdict::Open
        }
    }

    fn torn(&self) -> Verdict {
        Verdict::Torn { dropped: (self.bytes.len() - self.standing.intact) as u64 }
    }

    fn next(&mut self, read: &impl Fn(&[u8]) -> Option<T>) -> Result<(), Fault> {
        if self.ended {
            return Err(Fault::Altered);
        }
        if self.bytes[self.at..].starts_with(&MAGIC) {
            // A segment holds an event, all but the first; and none begins inside an event.
            let empty = self.segments > 1 && self.standing.events == self.events_before_segment;
            if self.in_event || empty || self.segments >= MOST_SEGMENTS {
                return Err(Fault::Altered);
            }
            return self.header();
        }
        self.cell(read)
    }

    /// Reads the header that stands here, and begins its chain.
    fn header(&mut self) -> Result<(), Fault> {
        let (envelope, end) = match header_at(self.bytes, self.at) {
            HeaderAt::Whole { envelope, end } => (envelope, end),
            HeaderAt::Torn => return Err(Fault::Torn),
            HeaderAt::Bad => return Err(Fault::Altered),
        };
        let inside = open_with(self.identity, &self.bytes[envelope]).map_err(|why| match why {
            NotOpened::NotForUs => Fault::NotForUs,
            NotOpened::Damaged => Fault::Altered,
        })?;
        let (secret, protocol) = inside_of_header(&inside).ok_or(Fault::Altered)?;
        if self.segments == 0 {
            self.protocol = Carried { inside, at: protocol };
        } else if !protocol.is_empty() {
            return Err(Fault::Altered);
        }
        self.hash.update(&self.bytes[self.hashed..end]);
        self.hashed = end;
        let stands_on = self.hash.so_far();
        self.chain = Some(Chain::begin(&secret, &self.link, &stands_on));
        self.link = Link::after(&secret, &self.link, &stands_on);
        self.segments += 1;
        self.events_before_segment = self.standing.events;
        self.at = end;
        if self.segments == 1 {
            self.stands();
        }
        Ok(())
    }

    /// All up to here stands.
    fn stands(&mut self) {
        self.standing.intact = self.at;
        if self.standing.segments < self.segments {
            self.standing.segments = self.segments;
            self.standing.link = self.link.clone();
        }
    }

    fn cell(&mut self, read: &impl Fn(&[u8]) -> Option<T>) -> Result<(), Fault> {
        let rest = &self.bytes[self.at..];
        let Some(cell) = rest.first_chunk::<CELL>() else { return Err(Fault::Torn) };
        let opened = self.chain.as_mut().and_then(|chain| chain.open(cell));
        let Some(opened) = opened else {
            let zeros = rest.len() <= MOST_CELLS_OF_AN_EVENT * CELL && rest.iter().all(|byte| *byte == 0);
            return Err(if zeros { Fault::Torn } else { Fault::Altered });
        };
        self.standing.cells += 1;
        if self.standing.cells > MOST_CELLS {
            return Err(Fault::Altered);
        }
        self.at += CELL;
        self.content(&opened, read)
    }

    fn content(&mut self, cell: &[u8; CONTENT], read: &impl Fn(&[u8]) -> Option<T>) -> Result<(), Fault> {
        match Content::read(cell) {
            Some(Content::Part(data)) => {
                self.parts += 1;
                if self.parts >= MOST_CELLS_OF_AN_EVENT {
                    return Err(Fault::Altered);
                }
                self.in_event = true;
                self.event.extend_from_slice(data);
            }
            Some(Content::Event(data)) => {
                let record = if self.in_event {
                    self.event.extend_from_slice(data);
                    read(&self.event)
                } else {
                    read(data)
                };
                self.records.push(record.ok_or(Fault::Altered)?);
                self.event.clear();
                self.parts = 0;
                self.in_event = false;
                self.standing.events += 1;
                self.stands();
            }
            Some(Content::Fill) if !self.in_event => {
                // Behind a header alone there is nothing to cut after.
                if self.segments == 1 || self.standing.events > self.events_before_segment {
                    self.stands();
                }
            }
            Some(Content::End(events)) if !self.in_event && events == self.standing.events => {
                self.ended = true;
                self.stands();
            }
            _ => return Err(Fault::Altered),
        }
        Ok(())
    }
}

/// The secret in an opened envelope, and where in it the deflated protocol lies.
fn inside_of_header(inside: &[u8]) -> Option<(Secret, Range<usize>)> {
    let (secret, rest) = inside.split_at_checked(32)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (protocol, padding) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let padded = inside.len().is_multiple_of(ENVELOPE_PADDED_TO)
        && padding.len() < ENVELOPE_PADDED_TO
        && padding.iter().all(|byte| *byte == 0);
    let end = inside.len() - padding.len();
    Some((Secret::of(secret)?, end - protocol.len()..end)).filter(|_| padded)
}

/// An event from its JSON, which is looked at as UTF-8 once, and not once more for each text in it.
fn event(record: &[u8]) -> Option<Event> {
    serde_json::from_str(std::str::from_utf8(record).ok()?).ok()
}

fn inflated(deflated: &[u8]) -> Option<Vec<u8>> {
    let mut json = Vec::new();
    ZlibDecoder::new(deflated).take(LARGEST_PROTOCOL as u64 + 1).read_to_end(&mut json).ok()?;
    Some(json).filter(|json| json.len() <= LARGEST_PROTOCOL)
}
