//! The sealed format, version 1: what stands where in a file. `docs/journal-format.md` has it in words.
//!
//! A file is one or more segments, each a header and then cells. Nothing is in clear but sizes, the magic, and the
//! header of the age file that holds the segment's secret.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::seal::{CELL, CONTENT, LARGEST_ENVELOPE};

use super::error::Foreign;

/// The version of a session file's format.
///
/// - 0: JSON Lines in the clear. Was never used for a real session; nothing reads or writes it any more.
/// - 1: sealed cells behind an age file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormatVersion(pub u32);

impl FormatVersion {
    /// What this program writes.
    pub const CURRENT: Self = Self(1);

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
pub const LONGEST_EVENT: usize = MOST_CELLS_OF_AN_EVENT * DATA;

/// The most cells that an event may have: a megabyte of data.
pub(super) const MOST_CELLS_OF_AN_EVENT: usize = 4_425;

/// The most cells that a file may have.
pub(super) const MOST_CELLS: usize = 65_536;

/// The most segments that a file may have.
pub(super) const MOST_SEGMENTS: usize = 64;

/// A closed file is a multiple of so many cells, headers counted, so that its size does not tell how much was said.
pub(super) const PADDED_TO: usize = 64 * CELL;

/// The most bytes of a protocol with its translations, inflated.
pub(super) const LARGEST_PROTOCOL: usize = crate::protocol::LARGEST_CARRIED;

/// What the envelope holds is padded to a multiple of this.
pub(super) const ENVELOPE_PADDED_TO: usize = 4096;

/// How each header begins: no text, so that a copy in text mode is noticed, and no product's name. The fourth byte is
/// the version, as a digit.
pub(super) const MAGIC: [u8; 8] = *b"\x89SJ1\r\n\x1a\n";

/// The bytes before the envelope: magic, its length, and the length's complement.
const BEFORE_ENVELOPE: usize = 16;

/// The bytes of data that a cell has room for.
pub(super) const DATA: usize = CONTENT - 3;

/// Why bytes are no session at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoSession {
    /// They are something else.
    Foreign(Foreign),
    /// They are of a later version.
    Newer(FormatVersion),
    /// The first header is torn: no event was ever written.
    Unbegun,
    /// The first header was changed: nothing can be read.
    Damaged,
    /// It was not sealed for the identity, or what was is damaged.
    NotForUs,
    /// It is one of ours, and no session: something that stands beside one.
    Companion,
}

/// A header, padded so that no cell straddles a sector of a disk.
pub(super) fn encode_header(envelope: &[u8]) -> Vec<u8> {
    // An envelope is a megabyte at most.
    let length = u32::try_from(envelope.len()).unwrap_or(u32::MAX);
    let mut header = Vec::with_capacity(BEFORE_ENVELOPE + envelope.len() + CELL);
    header.extend_from_slice(&MAGIC);
    header.extend_from_slice(&length.to_be_bytes());
    header.extend_from_slice(&(!length).to_be_bytes());
    header.extend_from_slice(envelope);
    header.resize(header.len().next_multiple_of(CELL), 0);
    header
}

/// What stands where a header begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderAt {
    /// A whole header: where its envelope lies, and where it ends.
    Whole { envelope: Range<usize>, end: usize },
    /// The file ends inside it.
    Torn,
    /// It was changed.
    Bad,
}

/// Looks at the header that begins at a place with the magic.
pub(super) fn header_at(bytes: &[u8], start: usize) -> HeaderAt {
    let number = |at: usize| {
        let digits = bytes.get(start + at..).and_then(|rest| rest.first_chunk::<4>())?;
        Some(u32::from_be_bytes(*digits))
    };
    let (Some(length), Some(complement)) = (number(8), number(12)) else { return HeaderAt::Torn };
    let Ok(envelope) = usize::try_from(length) else { return HeaderAt::Bad };
    if complement != !length || envelope > LARGEST_ENVELOPE {
        return HeaderAt::Bad;
    }
    let envelope = start + BEFORE_ENVELOPE..start + BEFORE_ENVELOPE + envelope;
    let end = envelope.end.next_multiple_of(CELL);
    match bytes.get(envelope.end..end) {
        None => HeaderAt::Torn,
        Some(padding) if padding.iter().all(|byte| *byte == 0) => HeaderAt::Whole { envelope, end },
        Some(_) => HeaderAt::Bad,
    }
}

/// Why a file that does not begin with the magic is no session.
pub(super) fn foreign(bytes: &[u8]) -> Option<NoSession> {
    if bytes.starts_with(&MAGIC) {
        return None;
    }
    if MAGIC.starts_with(bytes) || (bytes.len() <= PADDED_TO && bytes.iter().all(|byte| *byte == 0)) {
        return Some(NoSession::Unbegun);
    }
    let version = bytes.get(3).filter(|version| version.is_ascii_digit());
    Some(match version {
        Some(version) if bytes.starts_with(&MAGIC[..3]) && bytes.get(4..8) == Some(&MAGIC[4..]) => {
            NoSession::Newer(FormatVersion(u32::from(version - b'0')))
        }
        _ => NoSession::Foreign(Foreign::Content),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_found_where_it_stands_and_every_change_of_its_frame_is_seen() {
        for length in [0, 1, 239, 240, 241, 5_000] {
            let header = encode_header(&vec![7; length]);
            assert_eq!(header.len() % CELL, 0);
            let file = [&[1; 3 * CELL][..], &header].concat();
            let envelope = 3 * CELL + 16..3 * CELL + 16 + length;
            assert_eq!(header_at(&file, 3 * CELL), HeaderAt::Whole { envelope, end: file.len() });
            for cut in 8..header.len() {
                assert_eq!(header_at(&header[..cut], 0), HeaderAt::Torn, "{length} cut at {cut}");
            }
            for at in (8..16).chain(16 + length..header.len()) {
                let mut bad = header.clone();
                bad[at] ^= 1;
                assert_eq!(header_at(&bad, 0), HeaderAt::Bad, "{length} at {at}");
            }
        }
    }

    #[test]
    fn what_is_no_session_is_told_by_its_beginning() {
        let newer = NoSession::Newer(FormatVersion(7));
        for (bytes, why) in [
            (&b""[..], Some(NoSession::Unbegun)),
            (&MAGIC[..5], Some(NoSession::Unbegun)),
            (&[0; 300], Some(NoSession::Unbegun)),
            (b"a poem", Some(NoSession::Foreign(Foreign::Content))),
            (b"\x89SJ7\r\n\x1a\n later", Some(newer)),
            (b"\x89SJ1\n\x1a\n copied as text", Some(NoSession::Foreign(Foreign::Content))),
            (&MAGIC, None),
        ] {
            assert_eq!(foreign(bytes), why, "{bytes:?}");
        }
        assert_eq!(foreign(&vec![0; PADDED_TO + 1]), Some(NoSession::Foreign(Foreign::Content)));
    }
}
