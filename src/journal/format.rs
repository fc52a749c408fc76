//! The plain format: a header line and a line of JSON an event. Stands in for the sealed format behind the same
//! interface, and goes with it: it finds a torn end and a line that is no event, but not a line that was exchanged
//! for another one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::machine::{Event, Fact};

use super::error::Foreign;
use super::session::{Decoded, Verdict};
use super::source::ProtocolSource;

/// The version of a session file's format.
///
/// - 0: JSON Lines in the clear: a header with the protocol's files, then an event a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormatVersion(pub u32);

impl FormatVersion {
    /// What this program writes.
    pub const CURRENT: Self = Self(0);

    /// Whether this program reads the version.
    pub fn is_readable(self) -> bool {
        self == Self::CURRENT
    }
}

impl fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The most bytes that a session's file may have; a larger one is refused before it is read.
pub const LARGEST_FILE: u64 = 32 << 20;

/// The most bytes that an event may have.
///
/// Room for the worst of any protocol: 810 steps (nine phases of nine groups of nine, and nine responses of nine), each
/// with the longest id and in every list that an event can name it in, are 260,000 bytes; what an undo puts back may be
/// the longest answers of a whole phase, 81 of 8,000 bytes.
pub const LONGEST_EVENT: usize = 1 << 20;

/// How each header line begins. No version of the format begins otherwise, so that a later one is known as later.
const MAGIC: &[u8] = b"{\"session\":";

#[derive(Serialize)]
struct HeaderOut<'a> {
    session: FormatVersion,
    protocol: &'a ProtocolSource,
}

#[derive(Deserialize)]
struct VersionIn {
    session: FormatVersion,
}

#[derive(Deserialize)]
struct HeaderIn {
    protocol: ProtocolSource,
}

/// Why bytes are no session at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoSession {
    /// They are something else.
    Foreign(Foreign),
    /// They are of a later version.
    Newer(FormatVersion),
    /// The header is torn.
    Unbegun,
}

/// The header line, with its line end.
pub fn encode_header(protocol: &ProtocolSource) -> serde_json::Result<Vec<u8>> {
    line(&HeaderOut { session: FormatVersion::CURRENT, protocol })
}

/// An event's line, with its line end.
pub fn encode_event(event: &Event) -> serde_json::Result<Vec<u8>> {
    line(event)
}

fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads the bytes of a session's file. Total: any bytes give an answer.
///
/// # Errors
/// Why they are no session at all.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NoSession> {
    let Some(header_end) = bytes.iter().position(|byte| *byte == b'\n') else {
        let begins_so = bytes.iter().zip(MAGIC).all(|(found, wanted)| found == wanted);
        let all_zero = bytes.iter().all(|byte| *byte == 0);
        return Err(if begins_so || all_zero {
            NoSession::Unbegun
        } else {
            NoSession::Foreign(Foreign::Content)
        });
    };
    let header = &bytes[..header_end];
    let foreign = |_| NoSession::Foreign(Foreign::Content);
    if !header.starts_with(MAGIC) {
        return Err(NoSession::Foreign(Foreign::Content));
    }
    let VersionIn { session: version } = serde_json::from_slice(header).map_err(foreign)?;
    if !version.is_readable() {
        return Err(NoSession::Newer(version));
    }
    let HeaderIn { protocol } = serde_json::from_slice(header).map_err(foreign)?;
    let (events, verdict, intact) = decode_events(bytes, header_end + 1);
    Ok(Decoded { protocol, events, verdict, intact })
}

fn decode_events(bytes: &[u8], start: usize) -> (Vec<Event>, Verdict, usize) {
    let mut events: Vec<Event> = Vec::new();
    let mut intact = start;
    while let Some(rest) = bytes.get(intact..).filter(|rest| !rest.is_empty()) {
        let after = events.len() as u64;
        let closed = matches!(events.last(), Some(Event { fact: Fact::Closed { .. }, .. }));
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            let verdict = if closed {
                Verdict::Altered { after }
            } else {
                Verdict::Torn { dropped: rest.len() as u64 }
            };
            return (events, verdict, intact);
        };
        let event = (!closed && length < LONGEST_EVENT).then(|| serde_json::from_slice(&rest[..length]));
        let Some(Ok(event)) = event else {
            return (events, Verdict::Altered { after }, intact);
        };
        events.push(event);
        intact += length + 1;
    }
    let closed = matches!(events.last(), Some(Event { fact: Fact::Closed { .. }, .. }));
    (events, if closed { Verdict::Whole } else { Verdict::Open }, intact)
}
