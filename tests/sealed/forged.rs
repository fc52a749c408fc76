//! A segment made by hand from `docs/journal-format.md`, as somebody makes it who has a session's file and the public
//! keys: right in all but what she cannot know.

use amparo::machine::Event;
use amparo::seal::{
    CELL, CONTENT, Chain, Identity, Link, Recipients, Secret, fingerprint, open_with, seal_for,
};

const MAGIC: &[u8; 8] = b"\x89SJ1\r\n\x1a\n";

/// The header that begins at a place of a file: where its envelope begins and ends, and where the header ends.
pub fn header_at(file: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    let rest = file[at..].strip_prefix(MAGIC)?;
    let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
    let end = at + 16 + length;
    Some((at + 16, end, end.next_multiple_of(CELL)))
}

/// Where the headers of a file that was not damaged begin.
pub fn headers(file: &[u8]) -> impl Iterator<Item = usize> {
    (0..file.len()).step_by(CELL).filter(|at| file[*at..].starts_with(MAGIC))
}

/// What only who can read a file knows: the link from its last segment to one that would follow.
pub fn link_behind(file: &[u8], identity: &Identity) -> Link {
    headers(file).fold(Link::first(), |link, at| {
        let (from, to, end) = header_at(file, at).unwrap();
        let inside = open_with(identity, &file[from..to]).unwrap();
        Link::after(&Secret::of(&inside[..32]).unwrap(), &link, &fingerprint(&file[..end]))
    })
}

/// A segment of some events and an end, to be put behind a file; it `stands_on` these bytes, and on a link.
pub fn segment(
    stands_on: &[u8],
    link: &Link,
    recipients: &Recipients,
    events: &[Event],
    in_all: u64,
) -> Vec<u8> {
    let secret = Secret::random().unwrap();
    // S, no protocol (n = 0), and zeros.
    let mut inside = secret.bytes().to_vec();
    inside.resize(4096, 0);
    let envelope = seal_for(recipients, &inside).unwrap();
    let length = u32::try_from(envelope.len()).unwrap();
    let mut segment =
        [&MAGIC[..], &length.to_be_bytes(), &(!length).to_be_bytes(), envelope.as_slice()].concat();
    segment.resize(segment.len().next_multiple_of(CELL), 0);
    let mut chain = Chain::begin(&secret, link, &fingerprint(&[stands_on, &segment].concat()));
    for event in events {
        let json = serde_json::to_vec(event).unwrap();
        let mut parts = json.chunks(CONTENT - 3).peekable();
        while let Some(data) = parts.next() {
            let kind = if parts.peek().is_some() { 1 } else { 2 };
            segment.extend_from_slice(&chain.seal(&content(kind, data)));
        }
    }
    segment.extend_from_slice(&chain.seal(&content(4, &in_all.to_be_bytes())));
    segment
}

/// What a cell holds: a kind, a length, and data.
fn content(kind: u8, data: &[u8]) -> [u8; CONTENT] {
    let mut content = [0; CONTENT];
    content[0] = kind;
    content[1..3].copy_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
    content[3..3 + data.len()].copy_from_slice(data);
    content
}
