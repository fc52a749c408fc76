//! The fingerprints of a session's file: as it is, and as it was when it was shorter.

use crate::seal::{CELL, Running};
use crate::text::Fingerprint;

/// The fingerprints of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prints {
    /// As it is.
    pub now: Fingerprint,
    /// Of those that were asked for, each that it had once.
    pub once: Vec<Fingerprint>,
}

impl Prints {
    /// Those of a file, and of the named ones those that it had before it grew. It only ever grows, and by whole cells; a
    /// torn end, which is cut off, is not among what it was.
    pub(super) fn of(bytes: &[u8], now: Fingerprint, named: &[Fingerprint]) -> Self {
        let mut once = Vec::new();
        if named.iter().any(|named| *named != now) {
            let mut hash = Running::default();
            for cell in bytes.chunks_exact(CELL) {
                hash.update(cell);
                let was = hash.so_far();
                if was != now && named.contains(&was) && !once.contains(&was) {
                    once.push(was);
                }
            }
        }
        Self { now, once }
    }

    /// Whether it has a fingerprint, or had it once.
    pub fn has_or_had(&self, sha256: &Fingerprint) -> bool {
        self.now == *sha256 || self.once.contains(sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::fingerprint;

    #[test]
    fn a_file_is_known_by_what_it_is_and_by_what_it_was() {
        let bytes: Vec<u8> = (0..=250).cycle().take(4 * CELL).collect();
        let (now, before) = (fingerprint(&bytes), fingerprint(&bytes[..2 * CELL]));
        let (inside, another) = (fingerprint(&bytes[..=CELL]), Fingerprint([0; 32]));
        let prints = Prints::of(&bytes, now, &[now, before, inside, another]);
        assert_eq!(prints.once, [before]);
        assert!(prints.has_or_had(&now) && prints.has_or_had(&before));
        assert!(!prints.has_or_had(&inside) && !prints.has_or_had(&another));
        assert_eq!(Prints::of(&bytes, now, &[now]).once, []);
    }
}
