//! The chain of keys, and the cells that are sealed under it: each key is used once, and forgotten.
//!
//! Who holds the chain's key of now can neither open nor make what came before: going back means inverting HKDF. All
//! keys lie in one box and are overwritten in place.

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Tag};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroize;

use crate::text::Fingerprint;

use super::secret::Secret;
use super::wipe::on_a_stack_that_is_wiped;

/// The bytes of a sealed cell.
pub const CELL: usize = 256;

/// The bytes that a cell holds; the others are what shows that it was not changed.
pub const CONTENT: usize = 240;

/// The key of a segment's next cell, and what makes the one after it.
#[derive(Debug)]
pub struct Chain {
    /// `CK_i`.
    next: Secret,
    /// `CK_(i+1) ‖ K_i` while a cell is worked on, zeros otherwise.
    working: Box<[u8; 64]>,
}

/// What ties a segment to those before it: only who could read the session can compute it, so that nobody else can
/// add a segment. A writer never does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(Secret);

impl Link {
    /// What stands before the first segment.
    pub fn first() -> Self {
        Self(Secret::nothing())
    }
}

impl Chain {
    /// The chain of a segment: from the secret in its header, the link to the segment before, and the fingerprint of
    /// all bytes of the file up to the end of the header.
    pub fn begin(secret: &Secret, before: &Link, stands_on: &Fingerprint) -> Self {
        let mut chain = Self { next: Secret::nothing(), working: Box::new([0; 64]) };
        on_a_stack_that_is_wiped(|| {
            expand(secret, before, stands_on, b"amparo/1 chain", chain.next.bytes_mut());
        });
        chain
    }

    /// Seals the next cell, and forgets its key.
    pub fn seal(&mut self, content: &[u8; CONTENT]) -> [u8; CELL] {
        let mut cell = [0; CELL];
        cell[..CONTENT].copy_from_slice(content);
        on_a_stack_that_is_wiped(|| {
            self.step();
            let (inside, tag) = cell.split_at_mut(CONTENT);
            let sealed = ChaCha20Poly1305::new(self.working[32..].into()).encrypt_in_place_detached(
                &[0; 12].into(),
                &[],
                inside,
            );
            self.working.as_mut_slice().zeroize();
            match sealed {
                Ok(made) => tag.copy_from_slice(&made),
                // Only content of gigabytes is refused. Were it ever: zeros open for nobody, and show nothing.
                Err(_) => cell.zeroize(),
            }
        });
        cell
    }

    /// Opens the next cell; none where it is not what was sealed. The chain goes on either way. Does not wipe the
    /// stack: a reader holds the identity that opens everything anyway.
    pub fn open(&mut self, cell: &[u8; CELL]) -> Option<[u8; CONTENT]> {
        self.step();
        let mut content = [0; CONTENT];
        content.copy_from_slice(&cell[..CONTENT]);
        let opened = ChaCha20Poly1305::new(self.working[32..].into()).decrypt_in_place_detached(
            &[0; 12].into(),
            &[],
            &mut content,
            Tag::from_slice(&cell[CONTENT..]),
        );
        self.working.as_mut_slice().zeroize();
        opened.ok().map(|()| content)
    }

    /// Makes the key of the next cell, and overwrites what made it.
    fn step(&mut self) {
        if let Ok(chain) = Hkdf::<Sha256>::from_prk(self.next.bytes()) {
            // 64 bytes are two blocks of 255.
            let _ = chain.expand(b"amparo/1 cell", self.working.as_mut_slice());
        }
        self.next.bytes_mut().copy_from_slice(&self.working[..32]);
    }
}

impl Link {
    /// The link from a segment to the next one.
    pub fn after(secret: &Secret, before: &Self, stands_on: &Fingerprint) -> Self {
        let mut link = Self::first();
        on_a_stack_that_is_wiped(|| {
            expand(secret, before, stands_on, b"amparo/1 resume", link.0.bytes_mut());
        });
        link
    }
}

/// HKDF of a segment: PRK from salt P and S ‖ R, expanded for one purpose.
fn expand(secret: &Secret, before: &Link, stands_on: &Fingerprint, purpose: &[u8], into: &mut [u8; 32]) {
    let mut both = Box::new([0; 64]);
    both[..32].copy_from_slice(secret.bytes());
    both[32..].copy_from_slice(before.0.bytes());
    let (mut prk, segment) = Hkdf::<Sha256>::extract(Some(&stands_on.0), both.as_slice());
    // 32 bytes are one block of 255.
    let _ = segment.expand(purpose, into);
    prk.as_mut_slice().zeroize();
    both.as_mut_slice().zeroize();
}

impl Drop for Chain {
    fn drop(&mut self) {
        self.working.as_mut_slice().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::fingerprint;

    fn chain() -> Chain {
        Chain::begin(&Secret::of(&[7; 32]).unwrap(), &Link::first(), &fingerprint(b"header"))
    }

    #[test]
    fn a_cell_opens_in_its_place_only() {
        let mut writer = chain();
        let cells: Vec<[u8; CELL]> = (0..4).map(|number| writer.seal(&[number; CONTENT])).collect();
        let mut reader = chain();
        for (number, cell) in (0..).zip(&cells) {
            assert_eq!(reader.open(cell), Some([number; CONTENT]));
        }
        let mut reader = chain();
        assert_eq!(reader.open(&cells[1]), None);
        assert_eq!(reader.open(&cells[1]), Some([1; CONTENT]), "a bad cell does not spoil the next");
        for at in [0, 100, CONTENT, CELL - 1] {
            let mut bad = cells[0];
            bad[at] ^= 1;
            assert_eq!(chain().open(&bad), None);
        }
    }

    #[test]
    fn everything_that_a_segment_stands_on_changes_its_keys() {
        let (secret, place) = (Secret::of(&[7; 32]).unwrap(), fingerprint(b"header"));
        let link = Link::after(&secret, &Link::first(), &place);
        assert_ne!(link, Link::first());
        let cell = chain().seal(&[1; CONTENT]);
        for mut other in [
            Chain::begin(&Secret::of(&[8; 32]).unwrap(), &Link::first(), &place),
            Chain::begin(&secret, &link, &place),
            Chain::begin(&secret, &Link::first(), &fingerprint(b"another")),
        ] {
            assert_eq!(other.open(&cell), None);
        }
    }

    #[test]
    fn nothing_of_a_key_stays_in_the_box() {
        let mut writer = chain();
        let first = *writer.next.bytes();
        writer.seal(&[0; CONTENT]);
        assert_eq!(*writer.working, [0; 64]);
        assert_ne!(*writer.next.bytes(), first);
    }
}
