//! The bytes of a file that is being written: the image of all that was issued, and the key of the next cell.
//!
//! Never touches a disk, and never has a secret that opens what it wrote.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::seal::{CELL, Chain, Link, Recipients, Running, Secret, fingerprint, seal_for};

use super::content::{Content, of_event};
use super::error::{JournalError, Unsealed};
use super::format::{
    ENVELOPE_PADDED_TO, LARGEST_FILE, LARGEST_PROTOCOL, LONGEST_EVENT, MOST_CELLS, MOST_CELLS_OF_AN_EVENT,
    MOST_SEGMENTS, PADDED_TO, encode_header,
};
use super::reading::Standing;
use super::source::ProtocolSource;

/// The bytes of a file that is being written.
#[derive(Debug)]
pub(super) struct Sealing {
    chain: Chain,
    /// Every byte that was issued, from the first of the file.
    image: Vec<u8>,
    events: u64,
    cells: usize,
}

/// Cells that are kept free, so that a session that has grown to the most can still be closed.
const KEPT_FREE: usize = PADDED_TO / CELL + MOST_CELLS_OF_AN_EVENT + 1;

impl Sealing {
    /// Begins a file: its first header, which carries a protocol where there is one.
    pub(super) fn begin(
        protocol: Option<&ProtocolSource>,
        recipients: &Recipients,
    ) -> Result<Self, JournalError> {
        let protocol = protocol.map(deflated).transpose()?.unwrap_or_default();
        let (header, secret) = header(&protocol, recipients)?;
        let chain = Chain::begin(&secret, &Link::first(), &fingerprint(&header));
        Ok(Self { chain, image: header, events: 0, cells: 0 })
    }

    /// Goes on with a file that was read: a new segment behind what stands of it.
    pub(super) fn go_on(
        mut image: Vec<u8>,
        standing: &Standing,
        recipients: &Recipients,
    ) -> Result<Self, JournalError> {
        if standing.segments >= MOST_SEGMENTS || standing.cells + KEPT_FREE > MOST_CELLS {
            return Err(JournalError::FileTooLarge);
        }
        let (header, secret) = header(&[], recipients)?;
        image.extend_from_slice(&header);
        let mut hash = Running::default();
        hash.update(&image);
        let chain = Chain::begin(&secret, &standing.link, &hash.so_far());
        Ok(Self { chain, image, events: standing.events, cells: standing.cells })
    }

    /// All bytes so far.
    pub(super) fn image(&self) -> &[u8] {
        &self.image
    }

    /// How many events are in it.
    pub(super) fn events(&self) -> u64 {
        self.events
    }

    /// Adds an event.
    pub(super) fn add(&mut self, event: &[u8]) -> Result<(), JournalError> {
        self.room_for(event, KEPT_FREE)?;
        self.put(event);
        Ok(())
    }

    /// Adds the last event, fills up, and ends the file.
    pub(super) fn add_last(&mut self, event: &[u8]) -> Result<(), JournalError> {
        self.room_for(event, PADDED_TO / CELL)?;
        self.put(event);
        self.end();
        Ok(())
    }

    /// Fills up to the next multiple, and ends the file.
    pub(super) fn end(&mut self) {
        let end = (self.image.len() + CELL).next_multiple_of(PADDED_TO);
        while self.image.len() + CELL < end {
            self.cell(Content::Fill);
        }
        self.cell(Content::End(self.events));
    }

    fn room_for(&self, event: &[u8], free: usize) -> Result<(), JournalError> {
        if event.len() > LONGEST_EVENT {
            return Err(JournalError::EventTooLong { bytes: event.len() });
        }
        let cells = event.len().div_ceil(super::format::DATA) + free;
        let bytes = self.image.len() + cells * CELL;
        if self.cells + cells > MOST_CELLS || bytes as u64 > LARGEST_FILE {
            return Err(JournalError::FileTooLarge);
        }
        Ok(())
    }

    fn put(&mut self, event: &[u8]) {
        for content in of_event(event) {
            self.cell(content);
        }
        self.events += 1;
    }

    fn cell(&mut self, content: Content<'_>) {
        let cell = self.chain.seal(&content.write());
        self.image.extend_from_slice(&cell);
        self.cells += 1;
    }
}

/// A header for some recipients, and the secret in it.
fn header(protocol: &[u8], recipients: &Recipients) -> Result<(Vec<u8>, Secret), JournalError> {
    let secret = Secret::random().map_err(|_| JournalError::Unsealed(Unsealed::NoRandomness))?;
    let length =
        u32::try_from(protocol.len()).map_err(|_| JournalError::Unsealed(Unsealed::ProtocolTooLarge))?;
    // What is freed is wiped by the program's allocator (src/main.rs), the secret among it.
    let mut inside = Vec::with_capacity((36 + protocol.len()).next_multiple_of(ENVELOPE_PADDED_TO));
    inside.extend_from_slice(secret.bytes());
    inside.extend_from_slice(&length.to_be_bytes());
    inside.extend_from_slice(protocol);
    inside.resize(inside.len().next_multiple_of(ENVELOPE_PADDED_TO), 0);
    let sealed = seal_for(recipients, &inside);
    inside.fill(0);
    let envelope = sealed.map_err(|_| JournalError::Unsealed(Unsealed::ProtocolTooLarge))?;
    Ok((encode_header(&envelope), secret))
}

fn deflated(protocol: &ProtocolSource) -> Result<Vec<u8>, JournalError> {
    let too_large = |_| JournalError::Unsealed(Unsealed::ProtocolTooLarge);
    let json =
        serde_json::to_vec(protocol).map_err(|_| JournalError::Unsealed(Unsealed::ProtocolTooLarge))?;
    if json.len() > LARGEST_PROTOCOL {
        return Err(JournalError::Unsealed(Unsealed::ProtocolTooLarge));
    }
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::best());
    deflated.write_all(&json).and_then(|()| deflated.finish()).map_err(too_large)
}
